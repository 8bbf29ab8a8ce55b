#include "core/render/identify.h"

#include "core/error.h"
#include "core/render/prepared_layer.h"
#include "core/render/record_geometry.h"
#include "core/render/symbols.h"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <span>

namespace cordon {

namespace {

// Hit tests of one query: everything is projected and measured in pixels from the place asked for.
class Probe {
public:
    Probe(const Scene& scene, const IdentifyQuery& query)
        : m_projection(scene.view.crs), m_view(scene.view), m_x(query.pageX), m_y(query.pageY) {}

    bool hitsPoints(std::span<const LonLat> points, double radiusPx) {
        project(points);
        return std::ranges::any_of(m_points, [&](MapPoint p) { return std::hypot(p.x, p.y) <= radiusPx; });
    }
    bool hitsLine(std::span<const LonLat> line, double radiusPx) {
        project(line);
        for (std::size_t i = 1; i < m_points.size(); ++i)
            if (distancePx(m_points[i - 1], m_points[i]) <= radiusPx)
                return true;
        return false;
    }
    // Edges of the ring that a ray to the right crosses; odd over all rings of a polygon = inside.
    int crossings(std::span<const LonLat> ring) {
        project(ring);
        int count = 0;
        for (std::size_t i = 1; i < m_points.size(); ++i) {
            const MapPoint a = m_points[i - 1], b = m_points[i];
            if ((a.y > 0) != (b.y > 0) && a.x + (b.x - a.x) * (-a.y) / (b.y - a.y) > 0)
                ++count;
        }
        return count;
    }
    bool hitsSmall(const SmallGeometry& geometry, double radiusPx) {
        int count = 0;
        for (const auto& part : geometry.parts) {
            if (geometry.kind == SmallGeometry::Kind::Polygon)
                count += crossings(part.points);
            else if (geometry.kind == SmallGeometry::Kind::Line && hitsLine(part.points, radiusPx))
                return true;
            else if (geometry.kind == SmallGeometry::Kind::Point && hitsPoints(part.points, radiusPx))
                return true;
        }
        return count % 2 == 1;
    }
    bool hitsFeature(const FeatureTable& table, std::uint32_t feature, double radiusPx) {
        const GeometryColumn& geometry = table.geometry;
        int count = 0;
        for (std::uint32_t p = geometry.featureStart[feature]; p < geometry.featureStart[feature + 1]; ++p) {
            const PartRole role = geometry.partRole[p];
            if (role == PartRole::Points && hitsPoints(geometry.part(p), radiusPx))
                return true;
            if (role == PartRole::Line && hitsLine(geometry.part(p), radiusPx))
                return true;
            if (role == PartRole::OuterRing || role == PartRole::InnerRing)
                count += crossings(geometry.part(p));
        }
        return count % 2 == 1;
    }
    MapBox box(double radiusPx) const {
        MapBox box;
        box.include(m_view.mapPoint(m_x - radiusPx, m_y - radiusPx));
        box.include(m_view.mapPoint(m_x + radiusPx, m_y + radiusPx));
        return box;
    }

private:
    // Into pixels from the place asked for; points without a place on this map become NaN and hit nothing.
    void project(std::span<const LonLat> points) {
        m_points.resize(points.size());
        m_projection.forward(points, m_points);
        for (MapPoint& p : m_points)
            p = {m_view.pageX(p.x) - m_x, m_view.pageY(p.y) - m_y};
    }
    static double distancePx(MapPoint a, MapPoint b) {
        const double dx = b.x - a.x, dy = b.y - a.y;
        const double length2 = dx * dx + dy * dy;
        const double t = length2 > 0 ? std::clamp(-(a.x * dx + a.y * dy) / length2, 0.0, 1.0) : 0;
        return std::hypot(a.x + t * dx, a.y + t * dy);
    }

    Projection m_projection;
    const MapView& m_view;
    double m_x, m_y;
    std::vector<MapPoint> m_points;
};

bool isInScale(const Rule& rule, double scale) {
    return scale >= rule.minScale && (rule.maxScale <= 0 || scale < rule.maxScale);
}

double halfWidthPx(const Rule& rule, double pxPerMm) {
    double mm = rule.marker ? rule.marker->sizeMm / 2 : 0;
    for (const LineSymbol& line : rule.lines)
        mm = std::max(mm, line.widthMm / 2 + line.casingMm);
    return mm * pxPerMm;
}

std::string titleOf(const FeatureTable& table, std::uint32_t feature, const Layer& layer) {
    if (!layer.style.labels.empty())
        if (const Column* column = table.findColumn(layer.style.labels.front().symbol.field))
            if (std::string text = table.valueAsText(*column, feature); !text.empty())
                return text;
    for (const char* name : {"name", "name_en", "title", "label", "nom", "adm2_name", "adm1_name", "place"})
        if (const Column* column = table.findColumn(name))
            if (std::string text = table.valueAsText(*column, feature); !text.empty())
                return text;
    return "#" + std::to_string(feature + 1);
}

void identifyTable(const Scene& scene, const Layer& layer, PreparedLayers& prepared, const IdentifyQuery& query,
                   std::stop_token stop, std::vector<Identified>& out) {
    std::vector<std::vector<Condition>> conditions;
    double widestPx = 0;
    for (const Rule& rule : layer.style.rules) {
        conditions.push_back(rule.when);
        widestPx = std::max(widestPx, halfWidthPx(rule, scene.view.pxPerMm()));
    }
    const auto ready = prepared.find(layer.table, scene.view.crs, stop);
    const auto rules = ready->firstMatches(conditions);
    const double scale = scene.view.scaleDenominator();
    Probe probe(scene, query);
    std::size_t found = 0;
    for (const std::uint32_t f : ready->visible(ready->gridBox(probe.box(query.tolerancePx + widestPx)))) {
        if (stop.stop_requested())
            throw Stopped{};
        if ((*rules)[f] == PreparedLayer::kNoRule || found == query.atMost)
            continue;
        const Rule& rule = layer.style.rules[(*rules)[f]];
        if (!isInScale(rule, scale) ||
            !probe.hitsFeature(*layer.table, f, query.tolerancePx + halfWidthPx(rule, scene.view.pxPerMm())))
            continue;
        Identified hit{layer.id, layer.name, f, {}, titleOf(*layer.table, f, layer), {}};
        for (const Column& column : layer.table->columns)
            hit.fields.push_back({column.name, layer.table->valueAsText(column, f)});
        out.push_back(std::move(hit));
        ++found;
    }
}

bool hits(Probe& probe, const ControlArea& record, const Project& project, const IdentifyQuery&, double) {
    const auto found = findFeatures(project, {LayerRole::Region, LayerRole::Country, LayerRole::Other}, record.regions);
    int count = 0;
    for (const LonLatLine& ring : ringsOf(record.area, record.regions, found))
        count += probe.crossings(ring);
    return count % 2 == 1;
}

bool hits(Probe& probe, const RoadStatus& record, const Project& project, const IdentifyQuery& query, double pxPerMm) {
    const double signPx = roadStatusSignSizePx({record.status}, pxPerMm) / 2;
    if (record.geometry.kind == SmallGeometry::Kind::Point &&
        probe.hitsSmall(record.geometry, query.tolerancePx + signPx))
        return true;
    std::vector<std::string> roads;
    for (const RoadReference& reference : record.roads)
        roads.push_back(reference.roadId);
    const double halfWidthPx = 0.55 * pxPerMm;
    return std::ranges::any_of(
        linesOf(record, findFeatures(project, {LayerRole::Road, LayerRole::Track}, roads)),
        [&](const LonLatLine& line) { return probe.hitsLine(line, query.tolerancePx + halfWidthPx); });
}

bool hits(Probe& probe, const Restriction& record, const Project&, const IdentifyQuery& query, double pxPerMm) {
    return probe.hitsSmall(record.geometry, query.tolerancePx + restrictedTownMarker(pxPerMm).radiusPx());
}

bool hits(Probe& probe, const Incident& record, const Project&, const IdentifyQuery& query, double pxPerMm) {
    const MarkerStyle marker = incidentMarker(record.type, record.fatalitiesBest, 1, pxPerMm);
    return probe.hitsPoints({&record.location, 1}, query.tolerancePx + marker.radiusPx());
}

template <class Record>
void identifyRecords(const std::vector<const Record*>& records, const Scene& scene, const Layer& layer,
                     const IdentifyQuery& query, std::vector<Identified>& out) {
    Probe probe(scene, query);
    std::size_t found = 0;
    for (const Record* record : records) {
        if (found == query.atMost || !hits(probe, *record, *scene.project, query, scene.view.pxPerMm()))
            continue;
        auto fields = fieldsOf(*record, *scene.project->situation);
        std::string title =
            record->head.place.empty() ? fields.front().value : record->head.place + ": " + fields.front().value;
        out.push_back({layer.id, layer.name, std::nullopt, record->head.id, std::move(title), std::move(fields)});
        ++found;
    }
}

} // namespace

std::vector<Identified> identify(const Scene& scene, PreparedLayers& prepared, const IdentifyQuery& query,
                                 std::stop_token stop) {
    std::vector<Identified> found;
    const SituationAt now = situationAt(*scene.project->situation, scene.time);
    for (const auto& layer : std::views::reverse(scene.project->layers)) {
        if (!layer->visible || layer->opacity <= 0)
            continue;
        switch (layer->role) {
        case LayerRole::ControlAreas:
            identifyRecords(now.controlAreas, scene, *layer, query, found);
            break;
        case LayerRole::RoadStatuses:
            identifyRecords(now.roadStatuses, scene, *layer, query, found);
            break;
        case LayerRole::Restrictions:
            identifyRecords(now.restrictions, scene, *layer, query, found);
            break;
        case LayerRole::Incidents:
            identifyRecords(now.incidents, scene, *layer, query, found);
            break;
        default:
            if (layer->table)
                identifyTable(scene, *layer, prepared, query, stop, found);
        }
    }
    return found;
}

} // namespace cordon
