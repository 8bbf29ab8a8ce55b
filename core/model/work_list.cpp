#include "core/model/work_list.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace cordon {
namespace {

std::optional<LonLat> locationOf(const SmallGeometry& geometry) {
    GeoBox box;
    for (const SmallGeometry::Part& part : geometry.parts)
        for (const LonLat p : part.points)
            box.include(p);
    if (box.isEmpty())
        return std::nullopt;
    return LonLat{(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
}

std::string listed(const std::vector<std::string>& ids) {
    std::string text;
    for (std::size_t i = 0; i < ids.size(); ++i)
        text += (i == 0 ? "" : i + 1 == ids.size() ? " and " : ", ") + ids[i];
    return text;
}

template <class Reports> std::vector<std::string> idsOf(const Reports& reports) {
    std::vector<std::string> ids;
    for (const auto* report : reports)
        ids.push_back(report->head.id);
    return ids;
}

std::string daysOf(double days) {
    return std::to_string(static_cast<long>(std::floor(std::min(days, 1e6)))) + " days";
}

class Collector {
public:
    Collector(const SituationIndex& index, const TimeFilter& filter, const RoadLookup& roads,
              const RegionLookup& regions, const ReportNaming& naming)
        : m_situation(index.situation()), m_filter(filter), m_roads(roads), m_regions(regions), m_naming(naming),
          m_live(index.at(filter)) {}

    std::vector<WorkItem> take() {
        addRoadStates();
        addDisputedControl();
        addStaleRecords(m_live.controlAreas);
        addStaleRecords(m_live.restrictions);
        addStaleRecords(m_live.measures);
        forEachKind([&](const auto& records) {
            for (const auto* record : records)
                if (record->head.source.empty())
                    addRecord(WorkKind::NoSource, *record, "names no source; say who reports it.");
        });
        addMissingPlaces();
        forEachKind([&](const auto& records) { addTwoVersions(records); });
        std::stable_sort(m_items.begin(), m_items.end(), [](const WorkItem& a, const WorkItem& b) {
            return a.kind != b.kind ? a.kind < b.kind : a.kind == WorkKind::StaleReport && a.ageDays > b.ageDays;
        });
        return std::move(m_items);
    }

private:
    template <class F> void forEachKind(F f) {
        f(m_live.controlAreas);
        f(m_live.roadStatuses);
        f(m_live.restrictions);
        f(m_live.incidents);
        f(m_live.measures);
    }

    template <class Reports> std::string namesOf(const Reports& reports) const {
        std::vector<std::string> names;
        for (const auto* report : reports)
            names.push_back(m_naming ? m_naming(report->head) : report->head.id);
        return listed(names);
    }

    // To begin a sentence with.
    std::string titleOf(const RecordHead& head) const {
        std::string title = m_naming ? m_naming(head) : "Report " + head.id;
        if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
            title[0] = static_cast<char>(title[0] - 'a' + 'A');
        return title;
    }

    std::string roadName(std::string_view roadId) const {
        const std::string name = m_roads.nameOf(roadId);
        return name.empty() ? "the road " + std::string(roadId) : name;
    }

    std::optional<LonLat> middleOf(const RoadStretch& stretch) {
        const auto& geometry = stretch.reports.front()->geometry;
        if (stretch.roadId.empty())
            return locationOf(geometry);
        if (m_measuredRoad != stretch.roadId) { // stretches come by road
            m_measured = m_roads.measured(stretch.roadId);
            m_measuredRoad = stretch.roadId;
        }
        const auto middle = m_measured.pointAt((stretch.fromFraction + stretch.toFraction) / 2);
        return middle ? middle : locationOf(geometry);
    }

    void addRoadStates() {
        std::set<std::vector<std::string>> staleIds;
        for (const RoadStretch& stretch : roadStates(m_live.roadStatuses, m_situation.shelfLives, m_filter.asOf)) {
            if (!stretch.isContested && !stretch.isStale)
                continue;
            WorkItem item;
            item.kind = stretch.isContested ? WorkKind::ContestedRoad : WorkKind::StaleReport;
            item.ids = idsOf(stretch.reports);
            item.roadId = stretch.roadId;
            item.fromFraction = stretch.fromFraction;
            item.toFraction = stretch.toFraction;
            item.ageDays = stretch.isStale ? stretch.ageDays : 0;
            const std::string where =
                stretch.roadId.empty() ? stretch.reports.front()->head.place : roadName(stretch.roadId);
            item.text = (where.empty() ? std::string() : where + ": ") + describe(stretch) + "; " +
                        (stretch.isContested ? "decide between " : "confirm, correct or end ") +
                        namesOf(stretch.reports) + ".";
            if (stretch.isStale && !staleIds.insert(item.ids).second)
                continue; // one report of several roads is one thing to do
            item.location = middleOf(stretch);
            m_items.push_back(std::move(item));
        }
    }

    void addDisputedControl() {
        ControlShapes shapes(m_regions);
        for (const ControlPiece& piece : controlPieces(m_live.controlAreas, m_situation, m_filter.asOf, shapes)) {
            const bool isReported = std::any_of(piece.reports.begin(), piece.reports.end(), [](const ControlArea* r) {
                return r->controlClass == ControlClass::Contested;
            });
            if (piece.controlClass != ControlClass::Contested || isReported)
                continue;
            WorkItem item{WorkKind::ContestedControl};
            item.recordKind = RecordKind::Control;
            item.ids = idsOf(piece.reports);
            const GeoBox& box = piece.area.box();
            item.location = LonLat{(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
            std::string actors = piece.actor;
            for (const std::string& other : piece.otherActors)
                actors += ", " + other;
            item.text = "Who holds " + std::to_string(std::lround(piece.area.squareMeters() / 1e6)) +
                        " km2 is contested (" + actors + "); decide between " + namesOf(piece.reports) + ".";
            m_items.push_back(std::move(item));
        }
    }

    template <class T> void addStaleRecords(const std::vector<const T*>& records) {
        for (const T* record : records)
            if (isStale(m_situation.shelfLives, *record, m_filter.asOf)) {
                const double days = ageDays(record->head, m_filter.asOf);
                addRecord(WorkKind::StaleReport, *record,
                          (days > kMostAgeDays ? std::string("was never confirmed")
                                               : "was last confirmed " + daysOf(days) + " ago") +
                              "; confirm, correct or end it.");
                m_items.back().ageDays = days;
            }
    }

    template <class T> void addRecord(WorkKind kind, const T& record, const std::string& what) {
        WorkItem item{kind};
        item.recordKind = kRecordKindOf<T>;
        item.ids = {record.head.id};
        item.text = titleOf(record.head) +
                    (record.head.place.empty() ? std::string() : " (" + record.head.place + ")") + " " + what;
        if constexpr (std::is_same_v<T, Incident>)
            item.location = record.location;
        else if constexpr (std::is_same_v<T, ControlArea>)
            item.location = locationOf(record.area);
        else
            item.location = locationOf(record.geometry);
        m_items.push_back(std::move(item));
    }

    void addMissingPlaces() {
        for (const RoadStatus* report : m_live.roadStatuses)
            for (const RoadReference& road : report->roads)
                if (!m_roads.contains(road.roadId)) {
                    addRecord(WorkKind::MissingRoad, *report,
                              "names the road " + road.roadId +
                                  ", which is in no road layer; correct the id or add "
                                  "the layer.");
                    m_items.back().roadId = road.roadId;
                    m_items.back().fromFraction = road.fromFraction;
                    m_items.back().toFraction = road.toFraction;
                }
        for (const ControlArea* area : m_live.controlAreas)
            for (const std::string& code : area->regions)
                if (!m_regions.contains(code))
                    addRecord(WorkKind::MissingRegion, *area,
                              "names the region " + code +
                                  ", which is in no region layer; correct the code or add "
                                  "the layer.");
    }

    template <class T> void addTwoVersions(const std::vector<const T*>& records) {
        std::unordered_map<std::string_view, int> count;
        for (const T* record : records)
            if (++count[record->head.id] == 2)
                addRecord(WorkKind::TwoVersions, *record, "stands twice in the records; withdraw one of them.");
    }

    const Situation& m_situation;
    const TimeFilter& m_filter;
    const RoadLookup& m_roads;
    const RegionLookup& m_regions;
    const ReportNaming& m_naming;
    SituationAt m_live;
    MeasuredRoad m_measured;
    std::string_view m_measuredRoad;
    std::vector<WorkItem> m_items;
};

} // namespace

std::string_view toWord(WorkKind kind) {
    static constexpr std::array<std::string_view, 7> kWords = {"contested_road", "contested_control", "stale_report",
                                                               "no_source",      "missing_road",      "missing_region",
                                                               "two_versions"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::vector<WorkItem> workList(const SituationIndex& index, const TimeFilter& filter, const RoadLookup& roads,
                               const RegionLookup& regions, const ReportNaming& naming) {
    return Collector(index, filter, roads, regions, naming).take();
}

std::vector<WorkItem> workList(const Project& project, const TimeFilter& filter) {
    return workList(SituationIndex(project.situation), filter, RoadLookup(project), RegionLookup(project));
}

} // namespace cordon
