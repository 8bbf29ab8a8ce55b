#include "core/model/default_style.h"

#include "core/model/lowered.h"
#include "core/model/style_columns.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace cordon {
namespace {

constexpr Color kWater{0xD6, 0xE4, 0xEC, 255};
constexpr Color kRiver{0x9D, 0xBF, 0xD3, 255};
constexpr Color kWaterName{0x5F, 0x8C, 0xA6, 255};
constexpr Color kFocusLand{0xFB, 0xFA, 0xF6, 255};
constexpr Color kOtherLand{0xE4, 0xE0, 0xD6, 255};
constexpr Color kBorder{0x7A, 0x76, 0x70, 255};
constexpr Color kRegionLine{0xB9, 0xB4, 0xAB, 255};
constexpr Color kRegionName{0xA3, 0x9E, 0x95, 255};
constexpr Color kCountryName{0x8A, 0x86, 0x7F, 255};
constexpr Color kRoad{0x66, 0x64, 0x61, 255};
constexpr Color kMinorRoad{0x7D, 0x7A, 0x75, 255};
constexpr Color kWhite{255, 255, 255, 255};
constexpr Color kInk{0x1A, 0x1A, 0x1A, 255};
constexpr Color kIncident{0x33, 0x33, 0x33, 217};
// Okabe and Ito (2008), without the orange that stands for roads that are cut.
constexpr std::array kPalette = {Color{0x00, 0x72, 0xB2, 255}, Color{0x00, 0x9E, 0x73, 255},
                                 Color{0xCC, 0x79, 0xA7, 255}, Color{0x56, 0xB4, 0xE9, 255}};
constexpr std::uint32_t kManyPoints = 2000;

LineSymbol cased(LineSymbol symbol, double casingMm = 0.2, Color casing = kWhite) {
    symbol.casingColor = casing;
    symbol.casingMm = casingMm;
    return symbol;
}
FillSymbol fill(Color color) {
    FillSymbol symbol;
    symbol.color = color;
    return symbol;
}
MarkerSymbol marker(double sizeMm, Color inside, Color edge, double edgeMm, MarkerShape shape = MarkerShape::Circle) {
    MarkerSymbol symbol;
    symbol.shape = shape;
    symbol.sizeMm = sizeMm;
    symbol.fill = inside;
    symbol.stroke = edge;
    symbol.strokeMm = edgeMm;
    return symbol;
}
Condition when(const Column& column, Comparison comparison, std::string value) {
    return {column.name, comparison, std::move(value)};
}
// How a true value of this column compares equal.
std::string trueOf(const Column& column) {
    return column.type == FieldType::Text ? "true" : "1";
}
LabelSymbol label(const std::string& field, double sizePt, Color color, double haloMm = 0.4) {
    LabelSymbol symbol;
    symbol.field = field;
    symbol.sizePt = sizePt;
    symbol.color = color;
    symbol.haloMm = haloMm;
    return symbol;
}
LabelSymbol italic(LabelSymbol symbol) {
    symbol.italic = true;
    return symbol;
}
void addLabel(Style& style, LabelSymbol symbol, std::vector<Condition> conditions = {}) {
    if (!symbol.field.empty())
        style.labels.push_back({std::move(conditions), std::move(symbol)});
}
Rule rule(std::vector<Condition> conditions, std::string title) {
    Rule r;
    r.when = std::move(conditions);
    r.title = std::move(title);
    return r;
}

Style countryStyle(const FeatureTable& table) {
    Style style;
    LabelSymbol name = label(nameField(table), 9, kCountryName, 0.3);
    name.upperCase = true;
    name.letterSpacingEm = 0.2;
    // A broad pale band under the line makes the border readable over any fill without weight.
    const std::vector<LineSymbol> border = {line(kBorder.withOpacity(0.15), 2.4), line(kBorder, 0.4)};
    const Column* focus = table.findColumn("focus");
    if (focus == nullptr) {
        Rule all = rule({}, "");
        all.fill = fill(kFocusLand);
        all.lines = border;
        style.rules = {all};
        addLabel(style, name);
        return style;
    }
    Rule ours = rule({when(*focus, Comparison::Equal, trueOf(*focus))}, "Country border");
    ours.fill = fill(kFocusLand);
    ours.lines = border;
    Rule others = rule({}, "Other borders");
    others.fill = fill(kOtherLand);
    others.lines = {line(kBorder.withOpacity(0.7), 0.25)};
    style.rules = {ours, others};
    addLabel(style, name, {when(*focus, Comparison::NotEqual, trueOf(*focus))}); // ours is in the title
    return style;
}

Style regionStyle(const FeatureTable& table) {
    Style style;
    Rule all = rule({}, "");
    // So thin that it hardly shows over a country's fill, and is a calm ground where there is none.
    all.fill = fill({0xD2, 0xC6, 0xA4, 52});
    const bool many = table.featureCount > 120;
    all.lines = {many ? line(kRegionLine, 0.1) : line(kRegionLine.darker(0.86), 0.22, {2, 1})};
    style.rules = {all};
    LabelSymbol name = label(nameField(table), table.featureCount > 30 ? 7 : 8, kRegionName.darker(0.78), 0.3);
    name.letterSpacingEm = many ? 0 : table.featureCount > 30 ? 0.05 : 0.12;
    addLabel(style, name);
    return style;
}

Style areaWaterStyle(const FeatureTable& table, bool sea) {
    Style style;
    Rule all = rule({}, "");
    all.fill = fill(kWater);
    if (!sea)
        all.lines = {line(kRiver, 0.12)};
    style.rules = {all};
    LabelSymbol name = italic(label(nameField(table), sea ? 8 : 6.5, kWaterName, 0.25));
    name.letterSpacingEm = sea ? 0.15 : 0;
    addLabel(style, name);
    return style;
}

Style riverStyle(const FeatureTable& table) {
    Style style;
    // Natural Earth's scalerank runs to 12, our own rank and GSHHG's level to 4 or more.
    const Column* rank = findColumn(table, {"rank", "level", "strahler", "scalerank"});
    const bool isScaleRank = rank != nullptr && lowered(rank->name) == "scalerank";
    struct Step {
        int most;
        double widthMm;
    };
    const std::vector<Step> steps = isScaleRank ? std::vector<Step>{{3, 0.5}, {5, 0.38}, {7, 0.28}, {9, 0.2}}
                                                : std::vector<Step>{{1, 0.5}, {2, 0.38}, {3, 0.25}};
    if (rank != nullptr && isNumber(*rank))
        for (const Step& step : steps) {
            Rule r = rule({when(*rank, Comparison::LessOrEqual, std::to_string(step.most))}, "River");
            r.lines = {line(kRiver, step.widthMm)};
            style.rules.push_back(r);
        }
    Rule rest = rule({}, "River");
    rest.lines = {line(kRiver, style.rules.empty() ? 0.3 : 0.15)};
    style.rules.push_back(rest);
    for (Rule& r : style.rules)
        r.lines[0].roundCap = true;
    LabelSymbol name = italic(label(nameField(table), 7, kWaterName, 0.3));
    name.letterSpacingEm = 0.08;
    addLabel(style, name);
    return style;
}

enum class RoadClass { Main, Secondary, Minor, Track };

RoadClass roadClassOf(const std::string& value) {
    const std::string v = lowered(value);
    const auto has = [&](std::initializer_list<const char*> words) {
        return std::any_of(words.begin(), words.end(),
                           [&](const char* word) { return v.find(word) != std::string::npos; });
    };
    if (has({"motorway", "trunk", "primary", "main", "highway", "national", "principal", "rn", "route nat"}))
        return RoadClass::Main;
    if (has({"secondary", "tertiary", "region", "secondaire", "major"}))
        return RoadClass::Secondary;
    if (has({"track", "path", "foot", "cycle", "bridleway", "steps", "piste", "trail", "pedestrian"}))
        return RoadClass::Track;
    return RoadClass::Minor;
}

Rule roadRule(RoadClass roadClass, bool dense, std::vector<Condition> conditions) {
    switch (roadClass) {
    case RoadClass::Main: {
        Rule r = rule(std::move(conditions), "Main road");
        r.lines = {cased(line(kRoad, 0.55))};
        return r;
    }
    case RoadClass::Secondary: {
        Rule r = rule(std::move(conditions), "Secondary road");
        r.lines = {cased(line(kRoad, 0.4))};
        return r;
    }
    case RoadClass::Minor: {
        Rule r = rule(std::move(conditions), "Other road");
        r.lines = {dense ? line(kMinorRoad, 0.15) : cased(line(kMinorRoad, 0.25), 0.15)};
        return r;
    }
    case RoadClass::Track: {
        Rule r = rule(std::move(conditions), "Track");
        r.lines = {dense ? line(kMinorRoad, 0.12, {0.9, 0.6}) : cased(line(kRoad, 0.25, {1.4, 0.8}), 0.15)};
        return r;
    }
    }
    return {};
}

Style roadStyle(const FeatureTable& table) {
    Style style;
    const bool dense = table.featureCount > 5000;
    const Column* column =
        findColumn(table, {"class", "road_class", "highway", "fclass", "type", "category", "classe"});
    std::vector<std::pair<RoadClass, std::string>> values;
    if (column != nullptr)
        for (std::string& value : distinctTexts(table, *column, 64))
            if (!value.empty())
                values.emplace_back(roadClassOf(value), std::move(value));
    std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [roadClass, value] : values)
        style.rules.push_back(roadRule(roadClass, dense, {when(*column, Comparison::Equal, value)}));
    if (values.empty()) { // no classes: roads as such
        Rule r = rule({}, "");
        r.lines = {dense ? line(kRoad, 0.2) : cased(line(kRoad, 0.45))};
        style.rules = {r};
    } else {
        style.rules.push_back(roadRule(RoadClass::Minor, dense, {}));
    }
    return style;
}

Style boundaryStyle() {
    Style style;
    Rule r = rule({}, "");
    r.lines = {line(kBorder.withOpacity(0.12), 1.6), line(kBorder, 0.3, {3, 1, 0.6, 1})};
    style.rules = {r};
    return style;
}

// One class of places: how it looks and its name.
struct PlaceClass {
    const char* title;
    double sizeMm;
    double labelPt;
    bool bold;
};
constexpr PlaceClass kCapital{"Capital", 3.0, 10, true};
constexpr PlaceClass kCity{"Large town", 2.2, 8.5, false};
constexpr PlaceClass kTown{"Town", 1.7, 7.5, false};
constexpr PlaceClass kSmallTown{"Small town", 1.2, 7, false};
constexpr PlaceClass kVillage{"Village", 0.8, 6, false};

void addPlaceClass(Style& style, const PlaceClass& look, const std::string& title, std::vector<Condition> conditions,
                   const LabelSymbol& text, bool dense) {
    const bool capital = look.sizeMm == kCapital.sizeMm, village = look.sizeMm == kVillage.sizeMm;
    Rule r = rule(conditions, title);
    if (dense && village) // thousands: a speckle, not rings
        r.marker = marker(0.5, kRoad.withOpacity(0.8), {255, 255, 255, 0}, 0);
    else if (dense && look.sizeMm == kSmallTown.sizeMm)
        r.marker = marker(0.9, kWhite, kInk, 0.15);
    else
        r.marker = marker(look.sizeMm, capital ? kInk : kWhite, kInk, village ? 0.2 : 0.25,
                          capital ? MarkerShape::Star : MarkerShape::Circle);
    style.rules.push_back(std::move(r));
    LabelSymbol symbol = text;
    symbol.sizePt = look.labelPt;
    symbol.bold = look.bold;
    if (village)
        symbol.color = {0x44, 0x44, 0x44, 255};
    addLabel(style, std::move(symbol), std::move(conditions));
}

std::optional<Condition> capitalCondition(const FeatureTable& table) {
    if (const Column* c = findColumn(table, {"capital", "is_capital"}); c != nullptr && c->type != FieldType::DateTime)
        return when(*c, Comparison::Equal, trueOf(*c));
    if (const Column* c = table.findColumn("adm0cap"))
        return when(*c, Comparison::Equal, "1");
    if (const Column* c = table.findColumn("feature_code"); c != nullptr && c->type == FieldType::Text)
        return when(*c, Comparison::Equal, "PPLC");
    return std::nullopt;
}

std::optional<PlaceClass> placeClassOf(const std::string& value) {
    const std::string v = lowered(value);
    if (v == "capital" || v == "national capital" || v == "1")
        return kCapital;
    if (v == "city" || v == "ville" || v == "admin1 capital" || v == "2")
        return kCity;
    if (v == "town" || v == "admin2 capital" || v == "3")
        return kTown;
    if (v == "admin3 capital" || v == "4" || v == "suburb")
        return kSmallTown;
    if (v == "village" || v == "hamlet" || v == "locality" || v == "isolated_dwelling" || v == "5")
        return kVillage;
    return std::nullopt;
}

// Rules by a column of kinds; false if it says nothing about more than one kind.
bool addPlaceKinds(Style& style, const FeatureTable& table, const LabelSymbol& text, bool dense) {
    for (const char* name : {"class", "popPlaceCl", "place", "fclass", "value", "type"}) {
        const Column* column = table.findColumn(name);
        if (column == nullptr)
            continue;
        std::vector<std::string> values = distinctTexts(table, *column, 64);
        if (column->type == FieldType::Integer)
            values = {"1", "2", "3", "4", "5"};
        std::vector<std::pair<PlaceClass, std::string>> kinds;
        for (const std::string& value : values)
            if (const auto kind = placeClassOf(value))
                kinds.emplace_back(*kind, value);
        if (kinds.size() < 2)
            continue;
        std::stable_sort(kinds.begin(), kinds.end(),
                         [](const auto& a, const auto& b) { return a.first.sizeMm > b.first.sizeMm; });
        for (const auto& [kind, value] : kinds)
            addPlaceClass(style, kind, kind.title, {when(*column, Comparison::Equal, value)}, text, dense);
        return true;
    }
    return false;
}

Style placeStyle(const FeatureTable& table) {
    Style style;
    const bool dense = table.featureCount > kManyPoints;
    const Column* population = findColumn(table, {"population", "pop", "pop_max", "pop_est", "habitants", "pop_total"});
    LabelSymbol text = label(nameField(table), 7, kInk);
    if (population != nullptr)
        text.priorityField = population->name;
    std::size_t known = 0;
    if (population != nullptr)
        for (std::size_t row = 0; row < table.featureCount; ++row)
            known += FeatureTable::valueAsNumber(*population, row).value_or(0) > 0 ? 1U : 0U;
    if (const auto capital = capitalCondition(table))
        addPlaceClass(style, kCapital, kCapital.title, {*capital}, text, dense);
    if (known * 3 >= table.featureCount && known > 0) { // else the kind tells more
        const std::pair<PlaceClass, const char*> steps[] = {{kCity, "250000"}, {kTown, "50000"}, {kSmallTown, "10000"}};
        const char* titles[] = {"Over 250 000 people", "50 000 – 250 000", "10 000 – 50 000"};
        for (std::size_t i = 0; i < 3; ++i)
            addPlaceClass(style, steps[i].first, titles[i],
                          {when(*population, Comparison::GreaterOrEqual, steps[i].second)}, text, dense);
        addPlaceClass(style, kVillage, "Smaller or not known", {}, text, dense);
        return style;
    }
    const bool kinds = addPlaceKinds(style, table, text, dense);
    addPlaceClass(style, kinds || dense ? kVillage : kSmallTown, kinds ? "Other place" : "", {}, text, dense);
    return style;
}

Color colorFor(const FeatureTable& table) {
    const std::size_t sum = std::accumulate(table.name.begin(), table.name.end(), std::size_t{0},
                                            [](std::size_t s, char c) { return s + static_cast<unsigned char>(c); });
    return kPalette[sum % kPalette.size()];
}

MarkerSymbol pointMarker(const FeatureTable& table, Color color) {
    if (table.featureCount > 10 * kManyPoints)
        return marker(0.6, color.withOpacity(0.7), {255, 255, 255, 0}, 0);
    if (table.featureCount > kManyPoints)
        return marker(0.9, color.withOpacity(0.8), {255, 255, 255, 0}, 0);
    return marker(1.8, color, kWhite, 0.25);
}

Style pointStyle(const FeatureTable& table) {
    Style style;
    Rule r = rule({}, "");
    r.marker = pointMarker(table, colorFor(table));
    style.rules = {r};
    if (table.featureCount <= kManyPoints)
        addLabel(style, label(nameField(table), 6.5, kInk));
    return style;
}

Style trackStyle(const FeatureTable& table) {
    Style style;
    Rule r = rule({}, "");
    const Color color = kPalette[0];
    r.lines = {cased(line(color, 0.5), 0.2)};
    r.lines[0].roundCap = true;
    r.marker = pointMarker(table, color);
    style.rules = {r};
    if (table.featureCount <= 200)
        addLabel(style, label(nameField(table), 6.5, color.darker(0.8)));
    return style;
}

Style incidentStyle(const FeatureTable& table) {
    Style style;
    const Column* deaths =
        findColumn(table, {"best", "fatalities", "fatalities_best", "deaths", "killed", "morts", "tues"});
    struct Step {
        const char* least;
        const char* title;
        double sizeMm;
    };
    // Hundreds lie on one another: see-through, so that the dense places show.
    const bool many = table.featureCount > 300;
    const Color color = kIncident.withOpacity(many ? 0.6 : 1);
    const double haloMm = many ? 0.15 : 0.25;
    // Areas grow with the number: 1.6 mm for none, 6 mm for 50 (the middle of each class).
    const Step steps[] = {{"100", "100 killed or more", 8},
                          {"50", "50 – 99 killed", 6.4},
                          {"20", "20 – 49 killed", 4.6},
                          {"5", "5 – 19 killed", 3},
                          {"1", "1 – 4 killed", 2.1}};
    if (deaths != nullptr)
        for (const Step& step : steps) {
            Rule r = rule({when(*deaths, Comparison::GreaterOrEqual, step.least)}, step.title);
            r.marker = marker(step.sizeMm, color, kWhite, haloMm);
            style.rules.push_back(r);
        }
    Rule rest = rule({}, deaths != nullptr ? "None killed or not known" : "");
    rest.marker = marker(deaths != nullptr ? 1.6 : 2, color, kWhite, haloMm);
    style.rules.push_back(rest);
    return style;
}

Style otherStyle(const FeatureTable& table) {
    const GeometryClass geometry = table.geometryClass();
    if (geometry == GeometryClass::Points)
        return pointStyle(table);
    Style style;
    const Color color = colorFor(table);
    Rule r = rule({}, "");
    if (geometry != GeometryClass::Lines)
        r.fill = fill(color.withOpacity(0.22));
    const bool dense = table.featureCount > 5000;
    r.lines = {line(color.darker(0.8), geometry == GeometryClass::Lines ? (dense ? 0.2 : 0.4) : (dense ? 0.1 : 0.2))};
    r.marker = pointMarker(table, color);
    style.rules = {r};
    if (table.featureCount <= kManyPoints)
        addLabel(style, label(nameField(table), 6.5, color.darker(0.55)));
    return style;
}

} // namespace

LineSymbol line(Color color, double widthMm, std::vector<double> dashMm) {
    LineSymbol symbol;
    symbol.color = color;
    symbol.widthMm = widthMm;
    symbol.dashMm = std::move(dashMm);
    return symbol;
}

Style defaultStyle(LayerRole role, const FeatureTable& table) {
    switch (role) {
    case LayerRole::Country:
        return countryStyle(table);
    case LayerRole::Region:
        return regionStyle(table);
    case LayerRole::Sea:
    case LayerRole::Lake:
        return areaWaterStyle(table, role == LayerRole::Sea);
    case LayerRole::River:
        return riverStyle(table);
    case LayerRole::Boundary:
        return boundaryStyle();
    case LayerRole::Road:
        return roadStyle(table);
    case LayerRole::Place:
        return placeStyle(table);
    case LayerRole::Point:
        return pointStyle(table);
    case LayerRole::Track:
        return trackStyle(table);
    case LayerRole::Incident:
        return incidentStyle(table);
    case LayerRole::Change:
    case LayerRole::Other:
        return otherStyle(table);
    case LayerRole::ControlAreas:
    case LayerRole::RoadStatuses:
    case LayerRole::Restrictions:
    case LayerRole::Incidents:
    case LayerRole::Measures:
        break; // drawn by their own rules
    }
    return {};
}

} // namespace cordon
