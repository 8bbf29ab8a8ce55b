#include "core/network/access_layers.h"

#include "core/model/answer_table.h"
#include "core/model/default_style.h"
#include "core/model/number_text.h"
#include "core/network/access_sheet.h"
#include "core/network/fast_length.h"
#include "core/network/isochrones.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace cordon {
namespace {

constexpr Color kShutColor{0xD5, 0x5E, 0x00, 255}, kCutRoad{0xB4, 0x6A, 0x4A, 255}, kWhite{255, 255, 255, 255},
    kBlack{0, 0, 0, 255}, kSlow{0xE6, 0x9F, 0x00, 255};
// From near to far; of one hue, so that they order themselves, also in grey. Rivers are blue.
constexpr std::array<Color, 6> kBands = {Color{0x3F, 0x00, 0x7D, 255}, Color{0x60, 0x3F, 0x9F, 255},
                                         Color{0x80, 0x7D, 0xBA, 255}, Color{0x9F, 0x9B, 0xCB, 255},
                                         Color{0xBB, 0xB8, 0xDB, 255}, Color{0xCF, 0xCC, 0xE0, 255}};

constexpr const char* kFormat = "Cordon access";

std::shared_ptr<Layer> layerOf(AnswerTable& draft, std::string name, std::string geometryType) {
    auto layer = std::make_shared<Layer>();
    layer->table = draft.finish(std::move(geometryType));
    layer->id = layer->table->name;
    layer->name = std::move(name);
    layer->role = LayerRole::Change;
    return layer;
}

Rule ruleFor(const char* field, std::string value, std::string title) {
    Rule rule;
    rule.when = {{field, Comparison::Equal, std::move(value)}};
    rule.title = std::move(title);
    return rule;
}

std::string hoursText(double hours) {
    return hours < 1 ? std::to_string(static_cast<int>(std::lround(hours * 60))) + " min"
                     : std::to_string(static_cast<int>(std::lround(hours))) + " h";
}

std::shared_ptr<const Layer> roadLayer(const AccessNetwork& network, const AccessAnswer& answer,
                                       const std::vector<double>& bands, const std::string& language) {
    AnswerTable draft("access_roads", kFormat, {"reach", "road"});
    const RoadGraph& graph = network.graph;
    // What was reached without blockages and is not now, whole; what is reached is drawn over it.
    for (std::uint32_t e = 0; e < graph.edgeCount(); ++e) {
        const RoadEdge& edge = graph.edges[e];
        const bool wasReached = answer.free.reaches(edge.from) || answer.free.reaches(edge.to);
        const bool isShut = [&] {
            for (const std::uint32_t directed : {2 * e, 2 * e + 1})
                if (static_cast<double>(answer.passages.costs[graph.arcOf[directed]]) < kUnreached)
                    return false;
            return true;
        }();
        const bool isReached = answer.now.reaches(edge.from) || answer.now.reaches(edge.to);
        if (graph.attributes[edge.chain].isUsable && wasReached && (!isReached || isShut)) {
            draft.part(PartRole::Line, graph.geometryOf(e));
            draft.endFeature({"lost", graph.nameOf(graph.roadOf(e))});
        }
    }
    std::set<std::size_t> used;
    for (const ReachedStretch& stretch : reachedStretches(network, answer, bands)) {
        draft.part(PartRole::Line, graph.geometryOf(stretch.edge, stretch.fromFraction, stretch.toFraction));
        draft.endFeature({std::to_string(stretch.band), graph.nameOf(graph.roadOf(stretch.edge))});
        used.insert(stretch.band);
    }
    auto layer = layerOf(draft, inLanguage(language, {"Reached by road", "Accessible par la route"}), "LineString");
    for (const std::size_t band : used) {
        Rule rule = ruleFor("reach", std::to_string(band),
                            band < bands.size()
                                ? inLanguage(language, {"within ", "en moins de "}) + hoursText(bands[band])
                                : inLanguage(language, {"later than ", "en plus de "}) + hoursText(bands.back()));
        rule.lines = {line(kWhite, 1.3), line(kBands[std::min(band, kBands.size() - 1)], 0.8)};
        layer->style.rules.push_back(std::move(rule));
    }
    Rule lost = ruleFor("reach", "lost", inLanguage(language, {"no longer reached", "n’est plus relié"}));
    lost.lines = {line(kWhite, 1.2), line(kCutRoad, 0.6, {1.2, 0.9})};
    layer->style.rules.push_back(std::move(lost));
    return layer;
}

std::shared_ptr<const Layer> groundLayer(const AccessNetwork& network, const AccessAnswer& answer, double km,
                                         const std::string& language) {
    AnswerTable draft("access_ground", kFormat, {"km"});
    for (const GeoRing& ring : reachedGround(network, answer, km * 1000).rings())
        draft.part(ring.isHole ? PartRole::InnerRing : PartRole::OuterRing, ring.points);
    draft.endFeature({quantityText(km, "km", language)});
    auto layer = layerOf(draft, inLanguage(language, {"Within reach", "À portée"}), "MultiPolygon");
    Rule rule;
    rule.title = inLanguage(language, {"up to ", "jusqu’à "}) + quantityText(km, "km", language) +
                 inLanguage(language, {" from a road reached", " d’une route accessible"});
    if (answer.query.budgetHours)
        rule.title += inLanguage(language, {" within ", " en moins de "}) + hoursText(*answer.query.budgetHours);
    rule.fill = FillSymbol{};
    rule.fill->color = {0xBB, 0xB8, 0xDB, 110};
    layer->style.rules.push_back(std::move(rule));
    return layer;
}

// Towns that are reached, in the colours of the roads, which the legend explains.
std::shared_ptr<const Layer> reachedTownLayer(const AccessNetwork& network, const AccessAnswer& answer,
                                              const std::vector<double>& bands, const std::string& language) {
    AnswerTable draft("access_reached_towns", kFormat, {"reach", "name"});
    std::set<std::size_t> used;
    for (std::size_t i = 0; i < answer.places.size(); ++i) {
        const PlaceReach& reach = answer.places[i];
        if (reach.kind != ReachKind::Reached)
            continue;
        const auto band = static_cast<std::size_t>(std::lower_bound(bands.begin(), bands.end(), reach.seconds / 3600) -
                                                   bands.begin());
        draft.part(PartRole::Points, {&network.places[i].at, 1});
        draft.endFeature({std::to_string(band), network.places[i].name});
        used.insert(band);
    }
    auto layer = layerOf(draft, inLanguage(language, {"Towns reached", "Localités accessibles"}), "Point");
    layer->inLegend = false;
    for (const std::size_t band : used) {
        Rule rule = ruleFor("reach", std::to_string(band), "");
        rule.marker = MarkerSymbol{MarkerShape::Circle, 1.6, kBands[std::min(band, kBands.size() - 1)], kBlack, 0.2};
        layer->style.rules.push_back(std::move(rule));
    }
    return layer;
}

std::shared_ptr<const Layer> obstacleLayer(const AccessNetwork& network, const AccessAnswer& answer,
                                           const std::string& language) {
    AnswerTable draft("access_obstacles", kFormat, {"kind", "why"});
    const RoadGraph& graph = network.graph;
    for (const Obstacle& obstacle : answer.passages.obstacles) {
        if (obstacle.road == kNone || obstacle.edges.empty() || obstacle.fromFraction == obstacle.toFraction)
            continue;
        for (const std::uint32_t edge : obstacle.edges)
            if (graph.roadOf(edge) == obstacle.road) {
                const RoadEdge& e = graph.edges[edge];
                draft.part(PartRole::Line, graph.geometryOf(edge, std::max(obstacle.fromFraction, e.fromFraction),
                                                            std::min(obstacle.toFraction, e.toFraction)));
            }
        draft.endFeature({obstacle.factor == kShut ? "shut" : "slow", obstacle.why});
    }
    auto layer = layerOf(draft, inLanguage(language, {"Obstacles", "Obstacles"}), "MultiLineString");
    Rule shut = ruleFor("kind", "shut", inLanguage(language, {"road shut to this user", "route fermée à cet usager"}));
    shut.lines = {line(kWhite, 2.0), line(kShutColor, 1.2), line(kBlack, 1.8, {0.35, 2.65})};
    Rule slow = ruleFor("kind", "slow", inLanguage(language, {"passed with delay", "passage ralenti"}));
    slow.lines = {line(kSlow, 0.5, {2, 1.5})};
    layer->style.rules = {std::move(shut), std::move(slow)};
    return layer;
}

// The middle of the longest stretch of a blockage.
std::optional<LonLat> middleOf(const AccessNetwork& network, const AccessAnswer& answer, const Liftable& liftable) {
    if (liftable.restriction) {
        const auto& parts = liftable.restriction->geometry.parts;
        return parts.empty() || parts.front().points.empty() ? std::nullopt
                                                             : std::optional(parts.front().points.front());
    }
    std::optional<LonLat> middle;
    double longest = -1;
    for (const std::uint32_t o : answer.passages.blockages[liftable.blockage].obstacles) {
        const Obstacle& obstacle = answer.passages.obstacles[o];
        const double meters =
            (obstacle.toFraction - obstacle.fromFraction) * network.graph.roads[obstacle.road].lengthMeters;
        const double at = (obstacle.fromFraction + obstacle.toFraction) / 2;
        if (meters <= longest)
            continue;
        for (const std::uint32_t edge : obstacle.edges) {
            const RoadEdge& e = network.graph.edges[edge];
            if (network.graph.roadOf(edge) == obstacle.road && e.fromFraction <= at && at <= e.toFraction) {
                middle = network.graph.pointAt(edge, at);
                longest = meters;
            }
        }
    }
    return middle;
}

LabelRule labelOf(const char* field, double sizePt, Color color) {
    LabelRule label;
    label.symbol.field = field;
    label.symbol.sizePt = sizePt;
    label.symbol.bold = true;
    label.symbol.color = color;
    return label;
}

std::shared_ptr<const Layer> numberLayer(const AccessNetwork& network, const AccessAnswer& answer, const AccessMap& map,
                                         const std::string& language) {
    AnswerTable draft("access_blockages", kFormat, {"number"});
    for (std::size_t i = 0; i < map.ranked.size(); ++i)
        if (const auto at = middleOf(network, answer, map.ranked[i].lifted.front())) {
            draft.part(PartRole::Points, {&*at, 1});
            draft.endFeature({std::to_string(i + 1)});
        }
    auto layer = layerOf(draft, inLanguage(language, {"Blockages", "Blocages"}), "Point");
    Rule rule;
    rule.title = inLanguage(language, {"blockage, numbered as in the table", "blocage, numéroté comme au tableau"});
    rule.marker = MarkerSymbol{MarkerShape::Diamond, 2.6, kBlack, kWhite, 0.3};
    layer->style.rules.push_back(std::move(rule));
    layer->style.labels.push_back(labelOf("number", 9, kBlack));
    return layer;
}

std::shared_ptr<const Layer> townLayer(const AccessNetwork& network, const AccessAnswer& answer,
                                       const std::string& language) {
    AnswerTable draft("access_towns", kFormat, {"reach", "label", "people"});
    const auto add = [&](std::size_t i, const std::string& kind) {
        const Place& place = network.places[i];
        draft.part(PartRole::Points, {&place.at, 1});
        draft.endFeature(
            {kind,
             place.name + (place.population ? " (" + groupedNumber(std::llround(*place.population)) + ")" : " (?)"),
             place.population ? std::to_string(std::llround(*place.population)) : "0"});
    };
    for (std::size_t i = 0; i < answer.places.size(); ++i)
        if (answer.places[i].isCutOff())
            add(i, std::string(toWord(answer.places[i].kind)));
    for (const OriginAt& origin : answer.origins) {
        draft.part(PartRole::Points, {&origin.origin.at, 1});
        draft.endFeature({"origin", origin.origin.name, "999999999"});
    }
    auto layer = layerOf(draft, inLanguage(language, {"Towns", "Localités"}), "Point");
    Rule cut = ruleFor("reach", "cut_off", inLanguage(language, {"cut off (people)", "isolée (habitants)"}));
    cut.marker = MarkerSymbol{MarkerShape::Circle, 2.8, kShutColor, kBlack, 0.35};
    Rule restricted =
        ruleFor("reach", "restricted", inLanguage(language, {"under blockade (people)", "sous blocus (habitants)"}));
    restricted.marker = MarkerSymbol{MarkerShape::Square, 2.8, kShutColor, kBlack, 0.35};
    Rule origin = ruleFor("reach", "origin", inLanguage(language, {"start", "départ"}));
    origin.marker = MarkerSymbol{MarkerShape::Star, 4.2, kBands[0], kWhite, 0.3};
    layer->style.rules = {std::move(cut), std::move(restricted), std::move(origin)};
    LabelRule label = labelOf("label", 7.5, kBlack);
    label.symbol.priorityField = "people";
    layer->style.labels.push_back(std::move(label));
    return layer;
}

// The sheet's column is for the answer and its table: what the base map shows speaks for itself. Towns that the answer
// labels are not labelled twice.
void makeRoom(Project& project, const AccessNetwork& network, const AccessAnswer& answer) {
    std::set<std::string> labelled;
    for (std::size_t i = 0; i < answer.places.size(); ++i)
        if (answer.places[i].isCutOff())
            labelled.insert(network.places[i].name);
    for (const OriginAt& origin : answer.origins)
        labelled.insert(origin.origin.name);
    for (auto& layer : project.layers) {
        auto quiet = std::make_shared<Layer>(*layer);
        quiet->inLegend = false;
        if (layer->role == LayerRole::Place)
            for (LabelRule& label : quiet->style.labels)
                for (const std::string& name : labelled)
                    label.when.push_back({label.symbol.field, Comparison::NotEqual, name});
        layer = std::move(quiet);
    }
}

} // namespace

std::string nameOf(const AccessNetwork& network, const AccessAnswer& answer, const Liftable& liftable) {
    if (liftable.restriction)
        return liftable.restriction->head.id + " " + liftable.restriction->head.place;
    const Blockage& blockage = answer.passages.blockages[liftable.blockage];
    std::string name;
    for (const RoadStatus* report : blockage.reports)
        name += (name.empty() ? "" : " + ") + report->head.id;
    const std::string place = blockage.reports.empty() ? "" : blockage.reports.front()->head.place;
    if (!place.empty())
        return name + " " + place;
    const std::string road = network.graph.nameOf(answer.passages.obstacles[blockage.obstacles.front()].road);
    return name.empty() ? road : name + " " + road;
}

Project withAccessLayers(Project project, const AccessNetwork& network, const AccessAnswer& answer,
                         const AccessMap& map) {
    const std::string language = project.map.language;
    const std::vector<double> bands = map.bandHours.empty() ? bandsFor(answer) : map.bandHours;
    std::erase_if(project.layers, [](const auto& layer) { return isSituationRole(layer->role); });
    makeRoom(project, network, answer);
    if (map.areaKm > 0)
        project = withLayer(std::move(project), groundLayer(network, answer, map.areaKm, language));
    for (const auto& layer : {roadLayer(network, answer, bands, language), obstacleLayer(network, answer, language)})
        if (layer->table->featureCount > 0)
            project = withLayer(std::move(project), layer);
    for (const auto& layer : {reachedTownLayer(network, answer, bands, language),
                              numberLayer(network, answer, map, language), townLayer(network, answer, language)})
        if (layer->table->featureCount > 0)
            project.layers.push_back(layer);
    std::string from;
    for (const Origin& origin : answer.query.origins)
        from += (from.empty() ? "" : ", ") + origin.name;
    static constexpr std::array kUsers = {AccessWords{"for civilians", "pour les civils"},
                                          AccessWords{"for humanitarians", "pour les humanitaires"},
                                          AccessWords{"for escorted convoys", "pour les convois escortés"}};
    project.map.title = inLanguage(language, {"Access by road from ", "Accès routier depuis "}) + from;
    project.map.subtitle = formatDate(answer.query.filter.asOf, language) + ", UTC, " +
                           inLanguage(language, kUsers[static_cast<std::size_t>(answer.query.userClass)]);
    project.map.summary = accessSummary(answer, language);
    project.answer = std::make_shared<const SheetAnswer>(accessSheet(network, answer, map, language));
    project.map.asOf.reset();
    project.map.locator.reset();                             // its room is the table's
    project.situation = std::make_shared<const Situation>(); // the answer stands for it
    return project;
}

} // namespace cordon
