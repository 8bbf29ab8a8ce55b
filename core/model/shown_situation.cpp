#include "core/model/shown_situation.h"

#include "core/model/shown_roads.h"

#include <algorithm>

namespace cordon {
namespace {

constexpr std::size_t kAnswersKept = 4;
constexpr std::size_t kMostGrounds = 20000; // overlaid clusters kept for the next dates

bool isPlaceRole(LayerRole role) {
    return role == LayerRole::Road || role == LayerRole::Region || role == LayerRole::Country;
}

GeoBox boxOf(const ControlArea& report, const RegionLookup& regions) {
    GeoBox box;
    if (report.area.kind == SmallGeometry::Kind::Polygon) {
        for (const SmallGeometry::Part& part : report.area.parts)
            for (const LonLat p : part.points)
                box.include(p);
        return box;
    }
    for (const std::string& code : report.regions)
        if (const GeoBox region = regions.boxOf(code); !region.isEmpty())
            box.include(static_cast<const BasicBox<double>&>(region));
    return box;
}

// Reports whose boxes touch, directly or over others: no report of one cluster bears on another. In the order given.
std::vector<std::vector<const ControlArea*>> clustersOf(const std::vector<const ControlArea*>& live,
                                                        const RegionLookup& regions) {
    struct Item {
        GeoBox box;
        std::size_t position, cluster;
    };
    std::vector<Item> items;
    for (std::size_t i = 0; i < live.size(); ++i)
        if (const GeoBox box = boxOf(*live[i], regions); !box.isEmpty())
            items.push_back({box, i, items.size()});
    std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.box.minX < b.box.minX; });
    for (std::size_t i = 0; i < items.size(); ++i)
        items[i].cluster = i;
    const auto rootOf = [&](std::size_t i) {
        while (items[i].cluster != i)
            i = items[i].cluster = items[items[i].cluster].cluster;
        return i;
    };
    for (std::size_t i = 0; i < items.size(); ++i)
        for (std::size_t j = i + 1; j < items.size() && items[j].box.minX <= items[i].box.maxX; ++j)
            if (items[i].box.intersects(items[j].box))
                items[rootOf(j)].cluster = rootOf(i);
    std::map<std::size_t, std::vector<std::size_t>> positions;
    for (std::size_t i = 0; i < items.size(); ++i)
        positions[rootOf(i)].push_back(items[i].position);
    std::vector<std::vector<const ControlArea*>> clusters;
    for (auto& [root, members] : positions) {
        std::sort(members.begin(), members.end());
        std::vector<const ControlArea*>& cluster = clusters.emplace_back();
        for (const std::size_t position : members)
            cluster.push_back(live[position]);
    }
    return clusters;
}

ShownControl shownOf(const ControlPiece& piece, std::vector<GeoRing> rings) {
    ShownControl shown;
    shown.controlClass = piece.isStale ? ControlClass::NoInformation : piece.controlClass;
    shown.lastKnown = piece.controlClass;
    shown.basis = piece.basis;
    shown.actor = piece.actor;
    shown.otherActors = piece.otherActors;
    shown.isStale = piece.isStale;
    shown.isDisputed = piece.isDisputed;
    shown.rings = std::make_shared<const std::vector<GeoRing>>(std::move(rings));
    shown.reports = piece.reports;
    return shown;
}

// A report that no other bears on keeps its shape, vertex by vertex.
std::vector<GeoRing> ownRings(const ControlArea& report, const RegionLookup& regions, ControlShapes& shapes) {
    if (report.area.kind != SmallGeometry::Kind::Polygon)
        return report.regions.size() == 1 ? regions.ringsOf(report.regions.front()) : shapes.shapeOf(report).rings();
    std::vector<GeoRing> rings;
    for (const SmallGeometry::Part& part : report.area.parts)
        rings.push_back({part.points, part.isHole});
    return rings;
}

template <class T>
std::vector<ShownRecord<T>> shownRecords(const std::vector<const T*>& live, const ShelfLives& lives, TimePoint asOf) {
    std::vector<ShownRecord<T>> result;
    for (const T* report : live)
        result.push_back({report, isStale(lives, *report, asOf), ageDays(report->head, asOf)});
    return result;
}

void keepOneAPlace(std::vector<ShownRecord<Restriction>>& records) {
    const auto isBetter = [](const ShownRecord<Restriction>& a, const ShownRecord<Restriction>& b) {
        return a.isStale != b.isStale ? b.isStale : a.ageDays < b.ageDays;
    };
    std::map<std::pair<double, double>, std::vector<std::size_t>> kept; // by the first vertex
    std::vector<ShownRecord<Restriction>> result;
    for (const ShownRecord<Restriction>& record : records) {
        const SmallGeometry& geometry = record.report->geometry;
        if (geometry.parts.empty() || geometry.parts[0].points.empty())
            continue;
        const LonLat first = geometry.parts[0].points[0];
        auto& here = kept[{first.lonDegrees, first.latDegrees}];
        const auto same = std::find_if(here.begin(), here.end(),
                                       [&](std::size_t i) { return result[i].report->geometry == geometry; });
        if (same == here.end()) {
            here.push_back(result.size());
            result.push_back(record);
        } else if (isBetter(record, result[*same])) {
            result[*same] = record;
        }
    }
    records = std::move(result);
}

} // namespace

bool ShownSituations::hasPlacesOf(const Project& project) const {
    std::size_t i = 0;
    for (const auto& layer : project.layers) {
        if (!layer->table || !isPlaceRole(layer->role))
            continue;
        if (i == m_layers.size() || m_layers[i].address != layer->table.get() || m_layers[i].table.expired() ||
            m_layers[i].role != layer->role || m_layers[i].idField != layer->idField)
            return false;
        ++i;
    }
    return m_places && i == m_layers.size() && (m_arePlacesListed || project.situation->isEmpty());
}

void ShownSituations::findPlacesOf(const Project& project, const std::stop_token& stop) {
    const bool areListed = !project.situation->isEmpty(); // a million roads take a second
    m_places = std::make_shared<const ReferencePlaces>(
        areListed ? ReferencePlaces{RoadLookup(project, stop), RegionLookup(project, stop)} : ReferencePlaces{});
    m_arePlacesListed = areListed;
    m_layers.clear();
    for (const auto& layer : project.layers)
        if (layer->table && isPlaceRole(layer->role))
            m_layers.push_back({layer->table, layer->table.get(), layer->role, layer->idField});
}

const ShownSituations::Ground& ShownSituations::groundOf(const std::vector<const ControlArea*>& cluster,
                                                         TimePoint asOf) {
    const Situation& situation = m_index->situation();
    std::vector<ControlKey> key;
    for (const ControlArea* report : cluster)
        key.push_back({report, vouchedAt(report->head, asOf), isStale(situation.shelfLives, *report, asOf)});
    const auto [found, isNew] = m_grounds.try_emplace(std::move(key));
    if (!isNew)
        return found->second;
    for (const ControlPiece& piece : controlGround(cluster, situation, asOf, *m_shapes)) {
        const bool isWhole = cluster.size() == 1;
        found->second.push_back(
            shownOf(piece, isWhole ? ownRings(*cluster.front(), m_places->regions, *m_shapes) : piece.area.rings()));
    }
    return found->second;
}

std::vector<ShownControl> ShownSituations::controlAt(const TimeFilter& filter) {
    if (m_grounds.size() > kMostGrounds)
        m_grounds.clear();
    std::vector<ShownControl> result;
    for (const auto& cluster : clustersOf(m_index->at<ControlArea>(filter), m_places->regions))
        for (const ShownControl& ground : groundOf(cluster, filter.asOf)) {
            ShownControl& shown = result.emplace_back(ground);
            shown.ageDays = 1e300;
            for (const ControlArea* report : shown.reports)
                shown.ageDays = std::min(shown.ageDays, ageDays(report->head, filter.asOf));
        }
    return result;
}

std::shared_ptr<const ShownSituation> ShownSituations::at(const Project& project, const TimeFilter& filter,
                                                          const std::stop_token& stop) {
    const std::lock_guard lock(m_mutex);
    const bool hasPlaces = hasPlacesOf(project);
    if (!hasPlaces || !m_index || m_index->sharedSituation() != project.situation) {
        m_latest.clear();
        m_grounds.clear();
        m_index = m_indexes.of(project.situation);
        if (!hasPlaces) {
            findPlacesOf(project, stop);
            m_measured = std::make_unique<MeasuredRoads>(m_places->roads);
        }
        m_shapes = std::make_unique<ControlShapes>(m_places->regions);
    }
    const auto known =
        std::find_if(m_latest.begin(), m_latest.end(), [&](const auto& shown) { return shown->filter == filter; });
    if (known != m_latest.end()) {
        std::rotate(known, known + 1, m_latest.end());
        return m_latest.back();
    }
    const ShelfLives& lives = project.situation->shelfLives;
    auto shown = std::make_shared<ShownSituation>();
    shown->filter = filter;
    shown->index = m_index;
    shown->places = m_places;
    shown->control = controlAt(filter);
    shown->roads = shownRoads(roadStates(*m_index, filter), *m_measured);
    shown->restrictions = shownRecords(m_index->at<Restriction>(filter), lives, filter.asOf);
    keepOneAPlace(shown->restrictions);
    shown->incidents = m_index->at<Incident>(filter);
    shown->measures = shownRecords(m_index->at<Measure>(filter), lives, filter.asOf);
    m_latest.push_back(std::move(shown));
    if (m_latest.size() > kAnswersKept)
        m_latest.erase(m_latest.begin());
    return m_latest.back();
}

} // namespace cordon
