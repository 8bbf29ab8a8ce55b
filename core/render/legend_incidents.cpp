// Legend entries of incidents: their types, and how size tells the fatalities.
#include "core/render/legend_probe.h"
#include "core/render/sheet_words.h"
#include "core/render/symbols.h"

#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

PagePoint centerOf(const PageBox& box) {
    return {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
}

LegendEntry incidentEntry(IncidentType type, std::optional<int> fatalities, std::string text) {
    LegendEntry entry;
    entry.text = std::move(text);
    entry.heightMm = static_cast<double>(incidentMarker(type, fatalities, 1, 100).radiusPx()) * 2 / 100;
    entry.draw = [type, fatalities](DisplayList& list, const PageBox& swatch, double pxPerMm) {
        appendMarker(list, incidentMarker(type, fatalities, 1, pxPerMm), centerOf(swatch));
    };
    return entry;
}

// Samples of the size scale that frame the largest number on the map.
std::vector<int> fatalitySamples(int largest) {
    if (largest <= 5)
        return {5};
    if (largest <= 10)
        return {10};
    if (largest <= 20)
        return {5, 20};
    return {10, 50};
}

// An incident marker's size: its last path is the symbol itself, which grows with the fatalities.
float sizeOf(const MarkerStyle& marker) {
    float size = 0;
    if (!marker.paths.empty())
        for (const auto& ring : marker.paths.back().rings)
            for (const PagePoint point : ring)
                size = std::max({size, std::abs(point.x), std::abs(point.y)});
    return size;
}

// The fewest fatalities whose symbol is as large as `marker`.
int fatalitiesOf(const MarkerStyle& marker, IncidentType type, double pxPerMm) {
    int from = 0;
    int to = 1000;
    while (from < to) {
        const int middle = (from + to) / 2;
        if (sizeOf(incidentMarker(type, middle, 1, pxPerMm)) < sizeOf(marker) * 0.999F)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool isSameShape(const MarkerStyle& a, const MarkerStyle& b) {
    const float tolerance = 0.01F * sizeOf(a);
    if (a.paths.size() != b.paths.size() || a.paths.empty())
        return false;
    const auto& ringsA = a.paths.back().rings;
    const auto& ringsB = b.paths.back().rings;
    return std::equal(ringsA.begin(), ringsA.end(), ringsB.begin(), ringsB.end(), [&](const auto& p, const auto& q) {
        return std::equal(p.begin(), p.end(), q.begin(), q.end(), [&](PagePoint u, PagePoint v) {
            return std::abs(u.x - v.x) < tolerance && std::abs(u.y - v.y) < tolerance;
        });
    });
}

// Incidents in one place are drawn as one symbol, so what is on the map is read from the drawn symbols.
struct DrawnIncidents {
    std::vector<IncidentType> types;
    int mostFatalities = 0; // of one symbol
};

DrawnIncidents drawnIncidents(const Scene& scene, SituationProbe& probe, const ShownSituation& now) {
    const double pxPerMm = scene.view.pxPerMm();
    std::vector<IncidentType> reported;
    for (const Incident* incident : now.incidents)
        if (std::find(reported.begin(), reported.end(), incident->type) == reported.end())
            reported.push_back(incident->type);
    std::sort(reported.begin(), reported.end());
    ShownSituation incidents;
    incidents.incidents = now.incidents;
    const DisplayList list = probe.drawn(incidents);
    DrawnIncidents drawn;
    for (const Op& op : list.ops) {
        if (op.kind != OpKind::Markers || !op.box.intersects(probe.page()))
            continue;
        const MarkerStyle& marker = list.markers[op.style];
        for (const IncidentType type : reported) {
            const int fatalities = fatalitiesOf(marker, type, pxPerMm);
            if (!isSameShape(marker, incidentMarker(type, fatalities, 1, pxPerMm)))
                continue;
            if (std::find(drawn.types.begin(), drawn.types.end(), type) == drawn.types.end())
                drawn.types.push_back(type);
            drawn.mostFatalities = std::max(drawn.mostFatalities, fatalities);
        }
    }
    std::sort(drawn.types.begin(), drawn.types.end());
    return drawn;
}

} // namespace

void addIncidentEntries(LegendGroup& group, const Scene& scene, SituationProbe& probe, const ShownSituation& now) {
    const std::string& language = scene.project->map.language;
    const DrawnIncidents drawn = drawnIncidents(scene, probe, now);
    for (const IncidentType type : drawn.types)
        group.entries.push_back(incidentEntry(type, std::nullopt, sheetWord(wordOf(type), language)));
    if (drawn.mostFatalities <= 0)
        return;
    group.sizesTitle = sheetWord(SheetWord::Fatalities, language);
    group.sizes.push_back(
        incidentEntry(drawn.types.front(), std::nullopt, sheetWord(SheetWord::NoFatalities, language)));
    for (const int sample : fatalitySamples(drawn.mostFatalities))
        group.sizes.push_back(incidentEntry(drawn.types.front(), sample, std::to_string(sample)));
}

} // namespace cordon
