// Incidents of the last days: one symbol a place, older ones faded.
#include "core/render/situation_layer.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace cordon {
namespace {

constexpr double kSameIncidentPlaceMm = 2;

struct IncidentGroup {
    PagePosition at;
    const Incident* first = nullptr; // the newest
    int count = 0;
    std::optional<int> fatalities;
    std::map<IncidentType, int> types;
};

double fadeOf(const Incident& incident, const TimeFilter& filter) {
    const auto window = std::chrono::duration<double>(std::chrono::days{std::max(filter.incidentDays, 1)});
    const auto age = std::chrono::duration<double>(filter.asOf - incident.head.valid.begin);
    return 1 - 0.65 * std::clamp(age / window, 0.0, 1.0);
}

// Newest first; what lies within a symbol's width of an earlier one joins it.
std::vector<IncidentGroup> groupsOf(const DrawContext& context, const RecordShapes& shapes) {
    std::vector<const Incident*> incidents = context.situation.incidents;
    std::stable_sort(incidents.begin(), incidents.end(),
                     [](const Incident* a, const Incident* b) { return a->head.valid.begin > b->head.valid.begin; });
    const double pxPerMm = context.scene.view.pxPerMm(), near = kSameIncidentPlaceMm * pxPerMm;
    std::vector<IncidentGroup> groups;
    std::map<std::pair<long, long>, std::vector<std::size_t>> cells; // of `near` px
    for (const Incident* incident : incidents) {
        const auto at = shapes.toPage(incident->location);
        if (!at || !isOnPage(context, *at))
            continue;
        const long column = std::lround(std::floor(at->x / near)), row = std::lround(std::floor(at->y / near));
        std::size_t joined = groups.size();
        for (long r = row - 1; r <= row + 1; ++r)
            for (long c = column - 1; c <= column + 1; ++c)
                if (const auto cell = cells.find({c, r}); cell != cells.end())
                    for (const std::size_t g : cell->second)
                        if (std::hypot(groups[g].at.x - at->x, groups[g].at.y - at->y) < near)
                            joined = std::min(joined, g);
        if (joined == groups.size()) {
            groups.push_back({*at, incident, 0, std::nullopt, {}});
            cells[{column, row}].push_back(joined);
        }
        IncidentGroup& group = groups[joined];
        ++group.count;
        ++group.types[incident->type];
        if (incident->fatalitiesBest)
            group.fatalities = group.fatalities.value_or(0) + *incident->fatalitiesBest;
    }
    return groups;
}

// The type of most of them; the newest one's where two are as many.
IncidentType typeOf(const IncidentGroup& group) {
    IncidentType best = group.first->type;
    for (const auto& [type, count] : group.types)
        if (count > group.types.at(best))
            best = type;
    return best;
}

} // namespace

void appendIncidents(DrawContext& context, const Layer& layer) {
    const double pxPerMm = context.scene.view.pxPerMm();
    const RecordShapes shapes(context, kSituationMarginMm * pxPerMm);
    std::vector<IncidentGroup> groups = groupsOf(context, shapes);
    // The largest at the bottom, the newest on top.
    std::stable_sort(groups.begin(), groups.end(), [](const IncidentGroup& a, const IncidentGroup& b) {
        if (a.fatalities.value_or(0) != b.fatalities.value_or(0))
            return a.fatalities.value_or(0) > b.fatalities.value_or(0);
        return a.first->head.valid.begin < b.first->head.valid.begin;
    });
    for (const IncidentGroup& group : groups) {
        context.throwIfStopped();
        const double fade = fadeOf(*group.first, context.scene.time);
        MarkerStyle marker = incidentMarker(typeOf(group), group.fatalities, fade * layer.opacity, pxPerMm);
        const float radius = marker.radiusPx();
        appendMarker(context.list, marker, toPoint(group.at), context.clip);
        context.labelObstacles.push_back(boxAround(toPoint(group.at), radius));
        if (group.count > 1)
            appendNote(context, "×" + std::to_string(group.count),
                       {static_cast<float>(group.at.x + radius * 0.8 + 0.1 * pxPerMm),
                        static_cast<float>(group.at.y - radius * 0.3)});
    }
}

} // namespace cordon
