// What the situation says of a place: the state that follows from the reports, then the reports, with what each of them
// counts for.
#include "core/model/road_snap.h"
#include "core/render/identify_probe.h"
#include "core/render/symbols.h"

#include <cstdio>
#include <set>

namespace cordon {
namespace {

constexpr double kHalfLineMm = 0.55;

std::string daysText(double days) {
    return days > kMostAgeDays ? std::string("never confirmed")
                               : std::to_string(static_cast<long>(days)) + (days >= 1 && days < 2 ? " day" : " days") +
                                     " without confirmation";
}

template <class Reports> std::string idsOf(const Reports& reports) {
    std::string text;
    for (const auto* report : reports)
        text += (text.empty() ? "" : ", ") + report->head.id;
    return text;
}

std::string pointText(const SmallGeometry& geometry) {
    const LonLat p = geometry.parts.front().points.front();
    char text[64];
    std::snprintf(text, sizeof text, "%.5f, %.5f", p.latDegrees, p.lonDegrees);
    return text;
}

class Finder {
public:
    Finder(const Scene& scene, const ShownSituation& now, const Layer& layer, const IdentifyQuery& query,
           std::vector<Identified>& out)
        : m_now(now), m_layer(layer), m_query(query), m_situation(*scene.project->situation),
          m_pxPerMm(scene.view.pxPerMm()), m_probe(scene, query), m_out(out) {}

    void findControl() {
        const auto place = m_probe.place();
        if (!place)
            return;
        const RegionLookup& regions = m_now.places->regions;
        const ControlState state = controlAt(*m_now.index, *place, m_now.filter, regions);
        if (state.reports.empty())
            return;
        addState(describe(state), {{"Control", describe(state)}, {"Decided by", idsOf(state.reports)}});
        addReports(state.reports, controlReportsAt(*m_now.index, *place, m_now.filter, regions));
    }

    void findRoads() {
        std::vector<const RoadStatus*> live;
        for (const ShownRoad& road : m_now.roads) {
            std::vector<RoadReference> here;
            if (m_found >= m_query.atMost || !hitsRoad(road, here))
                continue;
            if (live.empty())
                live = m_now.index->at<RoadStatus>(m_now.filter);
            addRoad(road, here, live);
        }
    }

    template <class T> void findRecords(double radiusPx) {
        std::vector<const T*> here;
        for (const T* record : m_now.index->at<T>(m_now.filter))
            if (hits(*record, radiusPx))
                here.push_back(record);
        std::stable_partition(here.begin(), here.end(), [&](const T* record) { return !isStale(*record); });
        for (const T* record : here)
            add(*record, isStale(*record) ? "last known, " + daysText(ageOf(*record)) : std::string());
    }

    void findIncidents() {
        for (const Incident* record : m_now.incidents) {
            const MarkerStyle marker = incidentMarker(record->type, record->fatalitiesBest, 1, m_pxPerMm);
            if (m_probe.hitsPoints({&record->location, 1}, m_query.tolerancePx + marker.radiusPx()))
                add(*record, {});
        }
    }

    double pxPerMm() const { return m_pxPerMm; }

private:
    template <class T> bool isStale(const T& record) const {
        return cordon::isStale(m_situation.shelfLives, record, m_now.filter.asOf);
    }
    template <class T> double ageOf(const T& record) const { return ageDays(record.head, m_now.filter.asOf); }

    template <class T> bool hits(const T& record, double radiusPx) {
        return m_probe.hitsSmall(record.geometry, m_query.tolerancePx + radiusPx);
    }

    bool hitsLine(const std::vector<std::vector<LonLat>>& lines) {
        return std::ranges::any_of(lines, [&](const std::vector<LonLat>& line) {
            return m_probe.hitsLine(line, m_query.tolerancePx + kHalfLineMm * m_pxPerMm);
        });
    }
    // By one of its signs or its line; `here` gets the stretches at the place.
    bool hitsRoad(const ShownRoad& road, std::vector<RoadReference>& here) {
        const double signPx =
            static_cast<double>(roadStatusSignSizePx({road.status, road.escort, road.load, road.hours}, m_pxPerMm)) / 2;
        const bool isOnLine = hitsLine(road.lines);
        if (!isOnLine && !m_probe.hitsPoints(road.places, m_query.tolerancePx + signPx))
            return false;
        for (const RoadReference& s : road.stretches)
            if (isOnLine &&
                hitsLine(m_now.places->roads.measured(s.roadId).stretch(s.fromFraction, s.toFraction).lines))
                here.push_back(s);
        if (here.empty())
            here = road.stretches;
        return true;
    }

    static bool speaksOf(const RoadStatus& report, const std::vector<RoadReference>& here) {
        return std::ranges::any_of(report.roads, [&](const RoadReference& r) {
            const auto [from, to] = std::minmax(r.fromFraction, r.toFraction);
            return std::ranges::any_of(here, [&, f = from, t = to](const RoadReference& h) {
                if (h.roadId != r.roadId)
                    return false;
                const double low = std::max(f, h.fromFraction), high = std::min(t, h.toFraction);
                return low < high || (low == high && (f == t || h.fromFraction == h.toFraction));
            });
        });
    }

    void addRoad(const ShownRoad& road, const std::vector<RoadReference>& here,
                 const std::vector<const RoadStatus*>& live) {
        std::vector<const RoadStatus*> deciding, all;
        for (const RoadStatus* report : road.reports)
            if (report->roads.empty() || speaksOf(*report, here))
                deciding.push_back(report);
        all = deciding;
        for (const RoadStatus* report : live)
            if (std::ranges::find(all, report) == all.end() && speaksOf(*report, here) &&
                (road.direction == TrafficDirection::Both || report->direction == TrafficDirection::Both ||
                 report->direction == road.direction))
                all.push_back(report);
        std::string names;
        std::set<std::string> named;
        for (const RoadReference& s : here) {
            const std::string name = m_now.places->roads.nameOf(s.roadId);
            if (const std::string text = name.empty() ? s.roadId : name; named.insert(text).second)
                names += (names.empty() ? "" : ", ") + text;
        }
        std::vector<IdentifiedField> fields{{"Road status", describe(road)}};
        if (!names.empty())
            fields.push_back({"Road", names});
        if (road.direction != TrafficDirection::Both)
            fields.push_back({"Direction", std::string(toWord(road.direction))});
        fields.push_back({"Decided by", idsOf(deciding)});
        addState((names.empty() ? "" : names + ": ") + describe(road), std::move(fields));
        addReports(deciding, all);
    }

    void addState(std::string title, std::vector<IdentifiedField> fields) {
        m_out.push_back({m_layer.id, m_layer.name, std::nullopt, {}, std::move(title), std::move(fields), {}});
        ++m_found;
    }

    template <class T> void addReports(const std::vector<const T*>& deciding, const std::vector<const T*>& all) {
        for (const T* report : deciding)
            add(*report, isStale(*report) ? "stale, " + daysText(ageOf(*report)) : std::string());
        for (const T* report : all)
            if (std::ranges::find(deciding, report) == deciding.end())
                add(*report, standingOf(*report, all));
    }

    // Of a report that does not decide.
    template <class T> std::string standingOf(const T& report, const std::vector<const T*>& all) const {
        for (const T* other : all)
            if (overrules(other->head, report.head, m_now.filter.asOf))
                return "overruled by " + other->head.id;
        return isStale(report) ? "stale, " + daysText(ageOf(report)) : "others count for more here";
    }

    template <class T> void add(const T& record, const std::string& standing) {
        if (m_found >= m_query.atMost)
            return;
        auto fields = fieldsOf(record, m_situation);
        if constexpr (std::is_same_v<T, RoadStatus>)
            if (std::string link = snapLinkText(record, m_now.places->roads); !link.empty())
                fields.push_back({"Reported at", pointText(record.geometry) + ", put on a road: " + link});
        std::string title = record.head.place.empty() ? "" : record.head.place + ": ";
        title += fields.front().value + (standing.empty() ? "" : " (" + standing + ")");
        m_out.push_back(
            {m_layer.id, m_layer.name, std::nullopt, record.head.id, std::move(title), std::move(fields), {}});
        ++m_found;
    }

    const ShownSituation& m_now;
    const Layer& m_layer;
    const IdentifyQuery& m_query;
    const Situation& m_situation;
    double m_pxPerMm;
    IdentifyProbe m_probe;
    std::vector<Identified>& m_out;
    std::size_t m_found = 0;
};

} // namespace

void identifySituation(const Scene& scene, const ShownSituation& now, const Layer& layer, const IdentifyQuery& query,
                       std::vector<Identified>& out) {
    Finder finder(scene, now, layer, query, out);
    switch (layer.role) {
    case LayerRole::ControlAreas:
        return finder.findControl();
    case LayerRole::RoadStatuses:
        return finder.findRoads();
    case LayerRole::Restrictions:
        return finder.findRecords<Restriction>(restrictedTownMarker(finder.pxPerMm()).radiusPx());
    case LayerRole::Measures:
        return finder.findRecords<Measure>(measureMarker(finder.pxPerMm()).radiusPx());
    case LayerRole::Incidents:
        return finder.findIncidents();
    default:
        return;
    }
}

} // namespace cordon
