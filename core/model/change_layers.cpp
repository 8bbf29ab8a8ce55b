#include "core/model/change_layers.h"

#include "core/model/answer_table.h"
#include "core/model/default_style.h"
#include "core/model/number_text.h"

#include <algorithm>
#include <array>
#include <map>

namespace cordon {
namespace {

constexpr Color kBlocked{0xD5, 0x5E, 0x00, 255};
constexpr Color kReopened{0x00, 0x72, 0xB2, 255};
constexpr Color kWorse{0xE6, 0x9F, 0x00, 255};
constexpr Color kBetter{0x56, 0xB4, 0xE9, 255};
constexpr Color kUnclear{0x8C, 0x8C, 0x8C, 255};
constexpr Color kWhite{255, 255, 255, 255};
constexpr Color kBlack{0, 0, 0, 255};

struct Words {
    const char* en;
    const char* fr;
};
std::string in(const std::string& language, const Words& words) {
    return language == "fr" ? words.fr : words.en;
}

constexpr const char* kFormat = "Cordon changes";

Rule ruleFor(const char* field, std::string value, std::string title) {
    Rule rule;
    rule.when = {{field, Comparison::Equal, std::move(value)}};
    rule.title = std::move(title);
    return rule;
}

// What was learnt later and did not happen between the dates is told apart by a thin dark core in the line.
struct RoadLook {
    RoadChangeKind kind;
    Words words;
    std::vector<LineSymbol> lines;
};
std::vector<RoadLook> roadLooks() {
    return {{RoadChangeKind::NewlyBlocked,
             {"Newly blocked", "Nouvellement bloquée"},
             {line(kWhite, 2.0), line(kBlocked, 1.3), line(kBlack, 1.9, {0.35, 2.65})}},
            {RoadChangeKind::Reopened, {"Reopened", "Rouverte"}, {line(kWhite, 2.0), line(kReopened, 1.3)}},
            {RoadChangeKind::Worse, {"Worse", "Dégradée"}, {line(kWhite, 1.5), line(kWorse, 1.0, {3, 1})}},
            {RoadChangeKind::Better, {"Better", "Améliorée"}, {line(kWhite, 1.5), line(kBetter, 1.0, {3, 1})}},
            {RoadChangeKind::NewlyContested,
             {"Reports disagree", "Informations contradictoires"},
             {line(kUnclear, 1.1), line(kBlocked, 1.1, {3, 3})}},
            {RoadChangeKind::NoLongerKnown,
             {"Gone stale", "Devenue incertaine"},
             {line(kWhite, 1.8), line(kUnclear, 1.1, {0.7, 1.1})}},
            {RoadChangeKind::KnownAgain,
             {"Confirmed again", "Confirmée à nouveau"},
             {line(kWhite, 1.8), line(kUnclear, 1.1, {3, 1})}}};
}

std::string causeSuffix(ChangeCause cause, const std::string& language) {
    switch (cause) {
    case ChangeCause::Ground:
        return {};
    case ChangeCause::Learnt:
        return in(language, {" (learnt later)", " (appris plus tard)"});
    case ChangeCause::Source:
        return in(language, {" (other source)", " (autre source)"});
    case ChangeCause::Boundary:
        return in(language, {" (other boundary file)", " (autre fichier de limites)"});
    }
    return {};
}

// " (639 km)"; empty where nothing has a length, as of roads that are in no layer.
std::string totalSuffix(double value, std::string_view unit, const std::string& language) {
    return value > 0 ? " (" + quantityText(value, unit, language) + ")" : "";
}

std::shared_ptr<Layer> layerOf(std::shared_ptr<const FeatureTable> table, LayerRole role, std::string name) {
    auto layer = std::make_shared<Layer>();
    layer->id = table->name;
    layer->name = std::move(name);
    layer->role = role;
    layer->table = std::move(table);
    return layer;
}

std::shared_ptr<const Layer> roadLayer(const Changes& changes, const std::string& language) {
    AnswerTable draft("road_changes", kFormat, {"change", "road"});
    for (const RoadChange& change : changes.roads) {
        for (const auto& points : change.lines)
            draft.part(PartRole::Line, points);
        draft.endFeature({std::string(toWord(change.kind)) + "/" + std::string(toWord(change.cause)),
                          change.roadName.empty() ? change.roadId : change.roadName});
    }
    auto layer = layerOf(draft.finish("MultiLineString"), LayerRole::Change,
                         in(language, {"Road changes", "Changements des routes"}));
    for (const RoadLook& look : roadLooks())
        for (const ChangeCause cause :
             {ChangeCause::Ground, ChangeCause::Learnt, ChangeCause::Source, ChangeCause::Boundary}) {
            Rule rule = ruleFor("change", std::string(toWord(look.kind)) + "/" + std::string(toWord(cause)),
                                in(language, look.words) + causeSuffix(cause, language) +
                                    totalSuffix(changes.roadMeters(look.kind, cause) / 1000, "km", language));
            rule.lines = look.lines;
            if (cause != ChangeCause::Ground)
                rule.lines.push_back(line(kBlack, 0.25));
            layer->style.rules.push_back(std::move(rule));
        }
    return layer;
}

std::shared_ptr<const Layer> controlLayer(const Changes& changes, const Situation& situation,
                                          const std::string& language) {
    AnswerTable draft("control_changes", kFormat, {"change", "area"});
    struct Entry {
        std::string key;
        Rule rule;
    };
    std::vector<Entry> entries;
    std::map<std::string, double> squareMeters; // by key
    for (const ControlChange& change : changes.control) {
        for (const GeoRing& ring : change.polygons)
            draft.part(ring.isHole ? PartRole::InnerRing : PartRole::OuterRing, ring.points);
        const std::string key = change.actor + (change.isWon ? "/won/" : "/lost/") + std::string(toWord(change.cause));
        draft.endFeature({key, (change.isWon ? "+" : "−") + quantityText(change.squareMeters / 1e6, "km²", language)});
        squareMeters[key] += change.squareMeters;
        if (std::any_of(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; }))
            continue;
        const Actor* actor = situation.findActor(change.actor);
        const std::string name = !actor                                       ? change.actor
                                 : language == "fr" && !actor->nameFr.empty() ? actor->nameFr
                                                                              : actor->name;
        const Color color = actor ? actor->color : kUnclear;
        Rule rule = ruleFor(
            "change", key,
            (change.isWon ? in(language, {"Won by ", "Gagné par "}) : in(language, {"Lost by ", "Perdu par "})) + name +
                causeSuffix(change.cause, language));
        rule.fill = FillSymbol{};
        rule.fill->color = color.withOpacity(change.isWon ? 0.45 : 0.08);
        rule.fill->hatch = change.isWon ? Hatch::None : Hatch::Diagonal;
        rule.fill->hatchColor = color.withOpacity(0.8);
        rule.lines = {line(color.darker(0.7), 0.4, change.isWon ? std::vector<double>{} : std::vector<double>{2, 1})};
        entries.push_back({key, std::move(rule)});
    }
    auto layer = layerOf(draft.finish("MultiPolygon"), LayerRole::Change,
                         in(language, {"Control won and lost", "Contrôle gagné et perdu"}));
    for (Entry& entry : entries) {
        entry.rule.title += totalSuffix(squareMeters[entry.key] / 1e6, "km²", language);
        layer->style.rules.push_back(std::move(entry.rule));
    }
    LabelRule label;
    label.symbol.field = "area";
    label.symbol.sizePt = 7;
    label.symbol.bold = true;
    layer->style.labels.push_back(std::move(label));
    return layer;
}

void appendRestriction(AnswerTable& draft, const Restriction& report) {
    for (const SmallGeometry::Part& part : report.geometry.parts)
        draft.part(report.geometry.kind == SmallGeometry::Kind::Point ? PartRole::Points
                   : part.isHole                                      ? PartRole::InnerRing
                                                                      : PartRole::OuterRing,
                   part.points);
}

std::shared_ptr<const Layer> townLayer(const Changes& changes, const std::string& language) {
    AnswerTable draft("town_changes", kFormat, {"change", "place"});
    for (const TownChange& change : changes.towns) {
        appendRestriction(draft, *change.report);
        draft.endFeature({std::string(toWord(change.kind)), change.report->head.place});
    }
    auto layer = layerOf(draft.finish("Point"), LayerRole::Change, in(language, {"Towns", "Localités"}));
    const std::array<std::pair<TownChangeKind, Words>, 4> words = {
        {{TownChangeKind::NewlyUnder, {"Newly under restriction", "Nouvellement sous restriction"}},
         {TownChangeKind::NewlyOut, {"Restriction lifted", "Restriction levée"}},
         {TownChangeKind::NoLongerKnown, {"Restriction gone stale", "Restriction devenue incertaine"}},
         {TownChangeKind::KnownAgain, {"Restriction confirmed again", "Restriction confirmée à nouveau"}}}};
    for (const auto& [kind, title] : words) {
        Rule rule = ruleFor("change", std::string(toWord(kind)), in(language, title));
        const bool under = kind == TownChangeKind::NewlyUnder;
        const Color color = under ? kBlocked : kind == TownChangeKind::NewlyOut ? kReopened : kUnclear;
        rule.marker = MarkerSymbol{under ? MarkerShape::Ring : MarkerShape::Circle, under ? 5.0 : 4.0,
                                   under ? color : kWhite, color, under ? 0.3 : 0.9};
        rule.fill = FillSymbol{};
        rule.fill->color = color.withOpacity(0.15);
        rule.lines = {line(color, 0.6)};
        layer->style.rules.push_back(std::move(rule));
    }
    LabelRule label;
    label.symbol.field = "place";
    label.symbol.sizePt = 8;
    label.symbol.bold = true;
    layer->style.labels.push_back(std::move(label));
    return layer;
}

std::shared_ptr<const Layer> incidentLayer(const Changes& changes, const std::string& language) {
    AnswerTable draft("incidents_between", kFormat, {"type", "place"});
    for (const Incident* incident : changes.incidents) {
        draft.part(PartRole::Points, {&incident->location, 1});
        draft.endFeature({std::string(toWord(incident->type)), incident->head.place});
    }
    auto layer =
        layerOf(draft.finish("Point"), LayerRole::Change, in(language, {"Incidents between", "Incidents entre-temps"}));
    Rule rule;
    rule.title = in(language, {"Incident between the dates", "Incident entre les dates"});
    rule.marker = MarkerSymbol{MarkerShape::Circle, 1.7, kBlack.withOpacity(0.75), kWhite, 0.2};
    layer->style.rules.push_back(std::move(rule));
    return layer;
}

} // namespace

Project withChangeLayers(Project project, const Changes& changes, const ChangeQuery& query) {
    const std::string language = project.map.language;
    std::erase_if(project.layers, [](const auto& layer) { return isSituationRole(layer->role); });
    const auto add = [&](std::shared_ptr<const Layer> layer) {
        if (layer->table->featureCount > 0)
            project.layers.push_back(std::move(layer));
    };
    // Areas go where control goes, under the roads; changes of roads over these and under the towns; the rest on top.
    for (const auto& layer : {controlLayer(changes, *project.situation, language), roadLayer(changes, language)})
        if (layer->table->featureCount > 0)
            project = withLayer(std::move(project), layer);
    add(incidentLayer(changes, language));
    add(townLayer(changes, language));
    project.map.subtitle = in(language, {"Changes from ", "Changements du "}) +
                           formatDate(query.before.asOf, language) + in(language, {" to ", " au "}) +
                           formatDate(query.after.asOf, language) + ", UTC";
    project.map.summary.clear(); // it tells of one date, not of two
    project.map.asOf.reset();
    project.situation = std::make_shared<const Situation>(); // nor does the map show the situation of one
    return project;
}

} // namespace cordon
