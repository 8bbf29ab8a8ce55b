#include "core/render/legend_situation.h"

#include "core/render/ink_probe.h"
#include "core/render/layer_drawing.h"
#include "core/render/list_append.h"
#include "core/render/sheet_words.h"
#include "core/render/symbols.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace cordon {

namespace {

std::uint32_t nextPart(const DisplayList& list) {
    return static_cast<std::uint32_t>(list.partStart.size() - 1);
}

PagePoint centerOf(const PageBox& box) {
    return {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
}

// Asks the map's own drawing code whether a record leaves ink in the view, by drawing that record alone.
class RecordProbe {
public:
    RecordProbe(const Scene& scene, PreparedLayers& prepared, const Layer& layer, std::stop_token stop)
        : m_scene(scene), m_prepared(prepared), m_layer(layer), m_projection(scene.view.crs),
          m_stop(std::move(stop)), m_page{0, 0, static_cast<float>(scene.view.widthPx),
                                          static_cast<float>(scene.view.heightPx)} {}

    bool isShown(const ControlArea* record) { return shows({{record}, {}, {}, {}, {}}); }
    bool isShown(const RoadStatus* record) { return shows({{}, {record}, {}, {}, {}}); }
    bool isShown(const Restriction* record) { return shows({{}, {}, {record}, {}, {}}); }

    // The layer's shapes for these records only, in the view's page.
    DisplayList drawn(SituationAt records) {
        DisplayList list;
        list.widthPx = m_scene.view.widthPx;
        list.heightPx = m_scene.view.heightPx;
        list.dpi = m_scene.view.dpi;
        list.clips.push_back(m_page);
        DrawContext context{m_scene, m_prepared, m_projection, std::move(records), list, 0, {}, {}, m_stop};
        context.throwIfStopped();
        appendSituationLayer(context, m_layer);
        return list;
    }
    const PageBox& page() const { return m_page; }

private:
    bool shows(SituationAt alone) { return paintsInside(drawn(std::move(alone)), m_page); }

    const Scene& m_scene;
    PreparedLayers& m_prepared;
    const Layer& m_layer;
    Projection m_projection;
    std::stop_token m_stop;
    PageBox m_page;
};

// One entry for each distinct look of the records that are shown; `lookOf` must give an ordered value.
template <class Record, class LookOf>
auto shownLooks(const std::vector<const Record*>& records, RecordProbe& probe, LookOf lookOf) {
    std::vector<decltype(lookOf(*records.front()))> looks;
    for (const Record* record : records) {
        const auto look = lookOf(*record);
        if (std::find(looks.begin(), looks.end(), look) == looks.end() && probe.isShown(record))
            looks.push_back(look);
    }
    std::sort(looks.begin(), looks.end());
    return looks;
}

std::string actorName(const Situation& situation, const std::string& id, const std::string& language) {
    const Actor* actor = situation.findActor(id);
    if (!actor)
        return id;
    if (language.substr(0, 2) == "fr" && !actor->nameFr.empty())
        return actor->nameFr;
    return actor->name.empty() ? actor->id : actor->name;
}

Color actorColor(const Situation& situation, const std::string& id) {
    const Actor* actor = situation.findActor(id);
    return actor ? actor->color : Actor{}.color;
}

struct ControlLook {
    int rank = 0; // in reading order
    ControlClass controlClass = ControlClass::Control;
    ControlBasis basis = ControlBasis::Assessed;
    std::vector<std::string> actors;

    auto tied() const { return std::tie(rank, basis, actors); }
    friend bool operator==(const ControlLook& a, const ControlLook& b) { return a.tied() == b.tied(); }
    friend bool operator<(const ControlLook& a, const ControlLook& b) { return a.tied() < b.tied(); }
};

ControlLook lookOf(const ControlArea& area) {
    ControlLook look;
    look.controlClass = area.controlClass;
    look.rank = static_cast<int>(area.controlClass);
    if (area.controlClass == ControlClass::NoInformation)
        return look; // whoever is named, it looks the same
    look.basis = area.controlClass == ControlClass::Contested ? ControlBasis::Assessed : area.basis;
    look.actors = {area.actor};
    if (area.controlClass == ControlClass::Contested)
        look.actors.insert(look.actors.end(), area.otherActors.begin(), area.otherActors.end());
    return look;
}

std::string controlText(const ControlLook& look, const Situation& situation, const std::string& language) {
    const auto word = [&](SheetWord name) { return sheetWord(name, language); };
    std::string actors;
    for (const std::string& actor : look.actors)
        if (!actor.empty())
            actors += (actors.empty() ? "" : " / ") + actorName(situation, actor, language);
    std::string text = actors;
    switch (look.controlClass) {
    case ControlClass::NoInformation:
        return word(SheetWord::NoInformation);
    case ControlClass::Contested:
        return word(SheetWord::Contested) + (actors.empty() ? "" : ": " + actors);
    case ControlClass::Control:
        break;
    case ControlClass::Support:
        text += ": " + word(SheetWord::Support);
        break;
    case ControlClass::Influence:
        text += ": " + word(SheetWord::Influence);
        break;
    case ControlClass::AttackZone:
        text += ": " + word(SheetWord::AttackZone);
        break;
    }
    return look.basis == ControlBasis::Claimed ? text + ", " + word(SheetWord::Claimed) : text;
}

void addControl(LegendGroup& group, const Scene& scene, RecordProbe& probe, const SituationAt& now, double opacity) {
    const Situation& situation = *scene.project->situation;
    for (const ControlLook& look :
         shownLooks(now.controlAreas, probe, [](const ControlArea& a) { return lookOf(a); })) {
        std::vector<Color> colors;
        for (const std::string& actor : look.actors)
            colors.push_back(actorColor(situation, actor));
        LegendEntry entry;
        entry.text = controlText(look, situation, scene.project->map.language);
        entry.draw = [look, colors, opacity](DisplayList& list, const PageBox& swatch, double pxPerMm) {
            const auto first = nextPart(list);
            appendBoxPart(list, swatch.grown(-static_cast<float>(0.2 * pxPerMm)));
            appendControlArea(list, first, look.controlClass, look.basis, colors, opacity, pxPerMm);
        };
        group.entries.push_back(std::move(entry));
    }
}

// Blocked first: what the reader looks for.
int rankOf(RoadStatusKind status) {
    switch (status) {
    case RoadStatusKind::Blocked:
        return 0;
    case RoadStatusKind::Impassable:
        return 1;
    case RoadStatusKind::Contested:
        return 2;
    case RoadStatusKind::Restricted:
        return 3;
    case RoadStatusKind::Difficult:
        return 4;
    case RoadStatusKind::Unknown:
        return 5;
    case RoadStatusKind::Open:
        break;
    }
    return 6;
}

using RoadLook = std::tuple<int, RoadStatusKind, bool, bool, bool>; // rank, status, escort, load, hours

void addRoads(LegendGroup& group, const Scene& scene, RecordProbe& probe, const SituationAt& now, double opacity) {
    const auto word = [&](SheetWord name) { return sheetWord(name, scene.project->map.language); };
    const auto lookOfRoad = [](const RoadStatus& road) {
        const bool isRestricted = road.status == RoadStatusKind::Restricted;
        return RoadLook{rankOf(road.status), road.status, isRestricted && road.escortRequired,
                        isRestricted && road.loadTonnes.has_value(), isRestricted && !road.hours.empty()};
    };
    for (const auto& [rank, status, escort, load, hours] : shownLooks(now.roadStatuses, probe, lookOfRoad)) {
        const RoadStatusLook look{status, escort, load, hours};
        LegendEntry entry;
        entry.text = word(wordOf(status));
        std::string conditions;
        const auto add = [&](bool holds, SheetWord name) {
            if (holds)
                conditions += (conditions.empty() ? ": " : ", ") + word(name);
        };
        add(escort, SheetWord::Escort);
        add(load, SheetWord::Load);
        add(hours, SheetWord::Hours);
        entry.text += conditions;
        entry.heightMm = std::max(2.4, static_cast<double>(roadStatusSignSizePx(look, 100)) / 100);
        entry.draw = [look, opacity](DisplayList& list, const PageBox& swatch, double pxPerMm) {
            const auto first = nextPart(list);
            list.points.push_back({swatch.minX, centerOf(swatch).y});
            list.points.push_back({swatch.maxX, centerOf(swatch).y});
            list.endPart();
            appendRoadStatus(list, first, look, opacity, pxPerMm);
            appendRoadStatusSign(list, centerOf(swatch), look, pxPerMm);
        };
        group.entries.push_back(std::move(entry));
    }
}

// An area's outline is known to the layer's drawing code alone: it draws a small area in a small view.
void drawRestrictedArea(DisplayList& list, const PageBox& swatch, const Scene& scene, PreparedLayers& prepared,
                        const Layer& layer) {
    Scene small = scene;
    small.view = {Crs::webMercator(),
                  {0, 0},
                  1,
                  static_cast<int>(std::ceil(swatch.width())),
                  static_cast<int>(std::ceil(swatch.height())),
                  scene.view.dpi};
    const Projection projection(small.view.crs);
    const double inset = 0.9 * scene.view.pxPerMm();
    const MapBox box = small.view.box();
    Restriction area;
    area.geometry.kind = SmallGeometry::Kind::Polygon;
    area.geometry.parts.emplace_back();
    for (const auto& [x, y] :
         {std::pair{box.minX + inset, box.minY + inset}, std::pair{box.maxX - inset, box.minY + inset},
          std::pair{box.maxX - inset, box.maxY - inset}, std::pair{box.minX + inset, box.maxY - inset},
          std::pair{box.minX + inset, box.minY + inset}})
        area.geometry.parts[0].points.push_back(projection.inverse(MapPoint{x, y}).value_or(LonLat{}));
    DisplayList drawn;
    drawn.dpi = small.view.dpi;
    drawn.clips.push_back({0, 0, static_cast<float>(small.view.widthPx), static_cast<float>(small.view.heightPx)});
    DrawContext context{small, prepared, projection, {{}, {}, {&area}, {}, {}}, drawn, 0, {}, {}, {}};
    appendSituationLayer(context, layer);
    appendList(list, drawn, {swatch.minX, swatch.minY}, swatch);
}

void addRestrictions(LegendGroup& group, const Scene& scene, PreparedLayers& prepared, const Layer& layer,
                     RecordProbe& probe, const SituationAt& now) {
    const auto isArea = [](const Restriction& r) { return r.geometry.kind == SmallGeometry::Kind::Polygon; };
    for (const bool area : shownLooks(now.restrictions, probe, isArea)) {
        LegendEntry entry;
        entry.text =
            sheetWord(area ? SheetWord::RestrictedArea : SheetWord::RestrictedTown, scene.project->map.language);
        entry.heightMm = area ? 4.5 : static_cast<double>(restrictedTownMarker(100).radiusPx()) * 2 / 100;
        if (area)
            entry.draw = [scene, &prepared, layer](DisplayList& list, const PageBox& swatch, double) {
                drawRestrictedArea(list, swatch, scene, prepared, layer);
            };
        else
            entry.draw = [](DisplayList& list, const PageBox& swatch, double pxPerMm) {
                appendMarker(list, restrictedTownMarker(pxPerMm), centerOf(swatch));
            };
        group.entries.push_back(std::move(entry));
    }
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

DrawnIncidents drawnIncidents(RecordProbe& probe, const SituationAt& now, double pxPerMm) {
    std::vector<IncidentType> reported;
    for (const Incident* incident : now.incidents)
        if (std::find(reported.begin(), reported.end(), incident->type) == reported.end())
            reported.push_back(incident->type);
    std::sort(reported.begin(), reported.end());
    const DisplayList list = probe.drawn({{}, {}, {}, now.incidents, {}});
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

void addIncidents(LegendGroup& group, const Scene& scene, RecordProbe& probe, const SituationAt& now) {
    const std::string& language = scene.project->map.language;
    const DrawnIncidents drawn = drawnIncidents(probe, now, scene.view.pxPerMm());
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

} // namespace

void addSituationEntries(LegendGroup& group, const Scene& scene, PreparedLayers& prepared, const Layer& layer,
                         std::stop_token stop) {
    const SituationAt now = situationAt(*scene.project->situation, scene.time);
    RecordProbe probe(scene, prepared, layer, stop);
    switch (layer.role) {
    case LayerRole::ControlAreas:
        addControl(group, scene, probe, now, layer.opacity);
        break;
    case LayerRole::RoadStatuses:
        addRoads(group, scene, probe, now, layer.opacity);
        break;
    case LayerRole::Restrictions:
        addRestrictions(group, scene, prepared, layer, probe, now);
        break;
    case LayerRole::Incidents:
        addIncidents(group, scene, probe, now);
        break;
    default:
        break;
    }
}

} // namespace cordon
