#include "core/render/legend_situation.h"

#include "core/render/legend_probe.h"
#include "core/render/list_append.h"
#include "core/render/sheet_words.h"
#include "core/render/situation_layer.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cordon {

namespace {

PagePoint centerOf(const PageBox& box) {
    return {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
}

// Of the stale ones of a look.
struct AgeRange {
    double fewestDays = 1e300;
    double mostDays = 0;

    void include(double days) {
        fewestDays = std::min(fewestDays, days);
        mostDays = std::max(mostDays, days);
    }
};

// The looks that leave ink on the map, in order. `lookOf` must give an ordered value; `alone` a situation of one item.
template <class Item, class LookOf, class Alone>
auto shownLooks(const std::vector<Item>& items, SituationProbe& probe, LookOf lookOf, Alone alone) {
    std::map<decltype(lookOf(items.front())), AgeRange> looks;
    for (const Item& item : items) {
        const auto look = lookOf(item);
        const bool isKnown = looks.contains(look);
        if ((isKnown && !item.isStale) || !probe.isShown(alone(item)))
            continue;
        looks[look].include(item.ageDays);
    }
    return looks;
}

class SituationLegend {
public:
    SituationLegend(LegendGroup& group, const Scene& scene, SituationProbe& probe, const ShownSituation& now,
                    double opacity)
        : m_group(group), m_situation(*scene.project->situation), m_language(scene.project->map.language),
          m_probe(probe), m_now(now), m_opacity(opacity) {}

    void addControl();
    void addRoads();
    void addRestrictions();
    void addMeasures();

private:
    struct ControlLook {
        int rank = 0;                                      // in reading order
        ControlClass controlClass = ControlClass::Control; // of a stale one the last known
        ControlBasis basis = ControlBasis::Assessed;
        std::vector<std::string> actors;
        bool isStale = false;
        bool isDisputed = false;
        friend auto operator<=>(const ControlLook&, const ControlLook&) = default;
    };
    struct RoadLook {
        int rank = 0;
        RoadStatusKind status = RoadStatusKind::Unknown;
        RoadStatusKind lastKnown = RoadStatusKind::Unknown;
        bool isStale = false;
        bool isContested = false;
        bool isOneWay = false;
        bool escort = false, load = false, hours = false;
        friend auto operator<=>(const RoadLook&, const RoadLook&) = default;
    };

    std::string word(SheetWord name) const { return sheetWord(name, m_language); }
    std::string actorName(const std::string& id) const;
    static ControlLook lookOf(const ShownControl& piece);
    static RoadLook lookOf(const ShownRoad& road);
    std::string standingText(const ControlLook& look) const;
    std::string textOf(const ControlLook& look, const AgeRange& age) const;
    std::string textOf(const RoadLook& look, const AgeRange& age) const;
    // "12 days ago"
    std::string agoText(const AgeRange& age) const { return daysAgo(age.fewestDays, age.mostDays, m_language); }
    // "last known blocked, 12 days ago"
    std::string lastKnownText(std::string what, const AgeRange& age) const;

    LegendGroup& m_group;
    const Situation& m_situation;
    const std::string& m_language;
    SituationProbe& m_probe;
    const ShownSituation& m_now;
    double m_opacity;
};

std::string SituationLegend::actorName(const std::string& id) const {
    const Actor* actor = m_situation.findActor(id);
    if (!actor)
        return id;
    if (m_language.substr(0, 2) == "fr" && !actor->nameFr.empty())
        return actor->nameFr;
    return actor->name.empty() ? actor->id : actor->name;
}

std::string SituationLegend::lastKnownText(std::string what, const AgeRange& age) const {
    const std::string ago = agoText(age);
    if (!what.empty() && !ago.empty())
        what += ",";
    return word(SheetWord::LastKnown) + (what.empty() ? "" : " " + what) + (ago.empty() ? "" : " " + ago);
}

// ---- control

SituationLegend::ControlLook SituationLegend::lookOf(const ShownControl& piece) {
    ControlLook look;
    look.controlClass = piece.lastKnown;
    look.isStale = piece.isStale;
    look.rank = static_cast<int>(piece.controlClass) * 2 + (piece.isStale ? 1 : 0);
    if (piece.lastKnown == ControlClass::NoInformation)
        return look; // whoever is named, it looks the same
    const bool isContested = piece.lastKnown == ControlClass::Contested;
    look.isDisputed = piece.isDisputed;
    look.basis = isContested ? ControlBasis::Assessed : piece.basis;
    look.actors = {piece.actor};
    if (isContested)
        look.actors.insert(look.actors.end(), piece.otherActors.begin(), piece.otherActors.end());
    return look;
}

std::string SituationLegend::standingText(const ControlLook& look) const {
    std::string actors;
    for (const std::string& actor : look.actors)
        if (!actor.empty())
            actors += (actors.empty() ? "" : " / ") + actorName(actor);
    std::string text = actors;
    switch (look.controlClass) {
    case ControlClass::NoInformation:
        return word(SheetWord::NoInformation);
    case ControlClass::Contested:
        return word(SheetWord::Contested) + (look.isDisputed ? " (" + word(SheetWord::ReportsDisagree) + ")" : "") +
               (actors.empty() ? "" : colon(m_language) + actors);
    case ControlClass::Control:
        break;
    case ControlClass::Support:
        text += colon(m_language) + word(SheetWord::Support);
        break;
    case ControlClass::Influence:
        text += colon(m_language) + word(SheetWord::Influence);
        break;
    case ControlClass::AttackZone:
        text += colon(m_language) + word(SheetWord::AttackZone);
        break;
    }
    return look.basis == ControlBasis::Claimed ? text + ", " + word(SheetWord::Claimed) : text;
}

std::string SituationLegend::textOf(const ControlLook& look, const AgeRange& age) const {
    if (!look.isStale)
        return standingText(look);
    return word(SheetWord::NoInformation) + colon(m_language) + lastKnownText(standingText(look), age);
}

void SituationLegend::addControl() {
    const auto alone = [](const ShownControl& piece) {
        ShownSituation one;
        one.control = {piece};
        return one;
    };
    for (const auto& [look, age] : shownLooks(
             m_now.control, m_probe, [](const ShownControl& p) { return lookOf(p); }, alone)) {
        ShownControl sample;
        sample.actor = look.actors.empty() ? "" : look.actors.front();
        if (look.actors.size() > 1)
            sample.otherActors.assign(look.actors.begin() + 1, look.actors.end());
        LegendEntry entry;
        entry.text = textOf(look, age);
        entry.draw = [look = look, colors = actorColorsOf(sample, m_situation),
                      opacity = m_opacity](DisplayList& list, const PageBox& swatch, double pxPerMm) {
            const auto first = nextPart(list);
            appendBoxPart(list, swatch.grown(-static_cast<float>(0.2 * pxPerMm)));
            if (look.isStale)
                appendLastKnownControl(list, first, colors.front(), opacity, pxPerMm);
            else
                appendControlArea(list, first, look.controlClass, look.basis, colors, opacity, pxPerMm);
        };
        m_group.entries.push_back(std::move(entry));
    }
}

// ---- roads

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

SituationLegend::RoadLook SituationLegend::lookOf(const ShownRoad& road) {
    return {rankOf(road.status), road.status,      road.lastKnown,
            road.isStale,        road.isContested, road.direction != TrafficDirection::Both,
            road.escort,         road.load,        road.hours};
}

std::string SituationLegend::textOf(const RoadLook& look, const AgeRange& age) const {
    std::string text = word(wordOf(look.status));
    std::string conditions;
    const auto add = [&](bool holds, SheetWord name) {
        if (holds)
            conditions += (conditions.empty() ? colon(m_language) : ", ") + word(name);
    };
    if (look.isContested)
        text += " (" + word(SheetWord::ReportsDisagree) + ")";
    if (look.isStale) {
        std::string known = word(wordOf(look.lastKnown));
        if (!known.empty() && known.front() >= 'A' && known.front() <= 'Z') // É stays: it is no single byte
            known.front() = static_cast<char>(known.front() - 'A' + 'a');
        text += colon(m_language) + lastKnownText(known, age);
    }
    add(look.escort, SheetWord::Escort);
    add(look.load, SheetWord::Load);
    add(look.hours, SheetWord::Hours);
    return text + conditions + (look.isOneWay ? " (" + word(SheetWord::OneWay) + ")" : "");
}

void SituationLegend::addRoads() {
    const auto alone = [](const ShownRoad& road) {
        ShownSituation one;
        one.roads = {road};
        return one;
    };
    for (const auto& [look, age] : shownLooks(
             m_now.roads, m_probe, [](const ShownRoad& r) { return lookOf(r); }, alone)) {
        const RoadStatusLook drawn{look.status, look.escort, look.load, look.hours};
        LegendEntry entry;
        entry.text = textOf(look, age);
        entry.heightMm = std::max(2.4, static_cast<double>(roadStatusSignSizePx(drawn, 100)) / 100);
        entry.draw = [drawn, opacity = m_opacity](DisplayList& list, const PageBox& swatch, double pxPerMm) {
            const auto first = nextPart(list);
            list.points.push_back({swatch.minX, centerOf(swatch).y});
            list.points.push_back({swatch.maxX, centerOf(swatch).y});
            list.endPart();
            appendRoadStatus(list, first, drawn, opacity, pxPerMm);
            appendRoadStatusSign(list, centerOf(swatch), drawn, pxPerMm);
        };
        m_group.entries.push_back(std::move(entry));
    }
}

// ---- restrictions and measures

void SituationLegend::addRestrictions() {
    using Shown = ShownRecord<Restriction>;
    const auto lookOfShown = [](const Shown& shown) {
        return std::pair(shown.isStale, shown.report->geometry.kind == SmallGeometry::Kind::Polygon);
    };
    const auto alone = [](const Shown& shown) {
        ShownSituation one;
        one.restrictions = {shown};
        return one;
    };
    for (const auto& [look, age] : shownLooks(m_now.restrictions, m_probe, lookOfShown, alone)) {
        const auto [isStale, isArea] = look;
        LegendEntry entry;
        entry.text = word(isArea ? SheetWord::RestrictedArea : SheetWord::RestrictedTown);
        if (isStale)
            entry.text += colon(m_language) + lastKnownText("", age);
        entry.heightMm = isArea ? 4.5 : static_cast<double>(restrictedTownMarker(100).radiusPx()) * 2 / 100;
        entry.draw = [isStale = isStale, isArea = isArea, opacity = m_opacity](DisplayList& list, const PageBox& swatch,
                                                                               double pxPerMm) {
            if (!isArea)
                return appendMarker(list, restrictedTownMarker(pxPerMm, isStale), centerOf(swatch));
            const auto first = nextPart(list);
            appendBoxPart(list, swatch.grown(-static_cast<float>(0.9 * pxPerMm)));
            appendRestrictedArea(list, first, isStale, opacity, pxPerMm);
        };
        m_group.entries.push_back(std::move(entry));
    }
}

void SituationLegend::addMeasures() {
    using Shown = ShownRecord<Measure>;
    // Each by what it is: there are few, and the sign alone does not say.
    const auto lookOfShown = [](const Shown& shown) { return std::pair(shown.isStale, shown.report->cause); };
    const auto alone = [](const Shown& shown) {
        ShownSituation one;
        one.measures = {shown};
        return one;
    };
    for (const auto& [look, age] : shownLooks(m_now.measures, m_probe, lookOfShown, alone)) {
        const auto& [isStale, cause] = look;
        LegendEntry entry;
        entry.text = word(SheetWord::Measure) + (cause.empty() ? "" : colon(m_language) + cause);
        if (isStale)
            entry.text += " (" + lastKnownText("", age) + ")";
        entry.draw = [isStale = isStale](DisplayList& list, const PageBox& swatch, double pxPerMm) {
            appendMarker(list, measureMarker(pxPerMm, isStale), centerOf(swatch));
        };
        m_group.entries.push_back(std::move(entry));
    }
}

} // namespace

void addSituationEntries(LegendGroup& group, const Scene& scene, PreparedLayers& prepared, const Layer& layer,
                         std::stop_token stop) {
    const auto now = prepared.shownAt(*scene.project, scene.time);
    SituationProbe probe(scene, prepared, layer, stop);
    SituationLegend legend(group, scene, probe, *now, layer.opacity);
    switch (layer.role) {
    case LayerRole::ControlAreas:
        return legend.addControl();
    case LayerRole::RoadStatuses:
        return legend.addRoads();
    case LayerRole::Restrictions:
        return legend.addRestrictions();
    case LayerRole::Measures:
        return legend.addMeasures();
    case LayerRole::Incidents:
        return addIncidentEntries(group, scene, probe, *now);
    default:
        return;
    }
}

} // namespace cordon
