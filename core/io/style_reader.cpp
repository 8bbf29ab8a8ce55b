#include "core/io/style_reader.h"

#include "core/io/recipe.h"

#include <array>
#include <cmath>
#include <utility>

namespace cordon {
namespace {

template <class E, std::size_t N> using Words = std::array<std::pair<std::string_view, E>, N>;

constexpr Words<Comparison, 8> kComparisons{{{"=", Comparison::Equal},
                                             {"!=", Comparison::NotEqual},
                                             {"<", Comparison::Less},
                                             {"<=", Comparison::LessOrEqual},
                                             {">", Comparison::Greater},
                                             {">=", Comparison::GreaterOrEqual},
                                             {"is null", Comparison::IsNull},
                                             {"is not null", Comparison::IsNotNull}}};
constexpr Words<Hatch, 6> kHatches{{{"none", Hatch::None},
                                    {"diagonal", Hatch::Diagonal},
                                    {"back_diagonal", Hatch::BackDiagonal},
                                    {"cross", Hatch::Cross},
                                    {"dots", Hatch::Dots},
                                    {"stipple", Hatch::Stipple}}};
constexpr Words<MarkerShape, 9> kShapes{{{"circle", MarkerShape::Circle},
                                         {"square", MarkerShape::Square},
                                         {"triangle", MarkerShape::Triangle},
                                         {"diamond", MarkerShape::Diamond},
                                         {"cross", MarkerShape::Cross},
                                         {"star", MarkerShape::Star},
                                         {"ring", MarkerShape::Ring},
                                         {"plane", MarkerShape::Plane},
                                         {"pin", MarkerShape::Pin}}};

template <class E, std::size_t N>
E wordOf(const JsonObject& object, std::string_view key, const Words<E, N>& words, E fallback) {
    const std::string value = object.text(key);
    if (value.empty())
        return fallback;
    std::string known;
    for (const auto& [word, result] : words) {
        if (word == value)
            return result;
        known += (known.empty() ? "" : ", ") + std::string(word);
    }
    object.fail(key, "is '" + value + "', which is not one of " + known);
}

Color colorOf(const JsonObject& object, std::string_view key, Color fallback) {
    const std::string value = object.text(key);
    if (value.empty())
        return fallback;
    if (const auto color = Color::fromText(value))
        return *color;
    object.fail(key, "is '" + value + "', which is not a colour such as #CC79A7 or #CC79A780");
}

double sizeOf(const JsonObject& object, std::string_view key, double fallback, double largest = 1000) {
    const double value = object.number(key, fallback);
    if (!(value >= 0) || value > largest)
        object.fail(key, "must be a number from 0 to " + std::to_string(static_cast<long long>(largest)));
    return value;
}

double scaleOf(const JsonObject& object, std::string_view key) {
    return sizeOf(object, key, 0, 1e12);
}

std::vector<Condition> conditionsOf(const JsonObject& object) {
    std::vector<Condition> conditions;
    std::vector<Json> list;
    if (const Json* one = object.find("when"); one && one->kind == Json::Kind::Object)
        list.push_back(*one);
    else
        list = object.array("when");
    for (std::size_t i = 0; i < list.size(); ++i) {
        const JsonObject entry(list[i], object.file(), object.placeOf("when[" + std::to_string(i) + "]"),
                               {"field", "is", "value"});
        Condition condition;
        condition.field = entry.text("field");
        if (condition.field.empty())
            entry.fail("field", "is missing; it names the attribute to look at");
        condition.comparison = wordOf(entry, "is", kComparisons, Comparison::Equal);
        const Json* value = entry.find("value");
        if (value && value->kind == Json::Kind::Boolean)
            condition.value = value->boolean ? "true" : "false";
        else
            condition.value = entry.text("value");
        conditions.push_back(std::move(condition));
    }
    return conditions;
}

LineSymbol lineOf(const JsonObject& object) {
    LineSymbol line;
    line.color = colorOf(object, "color", line.color);
    line.widthMm = sizeOf(object, "width_mm", line.widthMm);
    line.dashMm = object.numbers("dash_mm");
    double total = 0;
    for (const double length : line.dashMm) {
        if (!(length >= 0))
            object.fail("dash_mm", "must be lengths from 0 up");
        total += length;
    }
    if (line.dashMm.size() % 2 != 0 || (!line.dashMm.empty() && !(total > 0.01)))
        object.fail("dash_mm", "must be pairs of on and off that are not all 0");
    line.roundCap = object.flag("round_cap", line.roundCap);
    line.casingColor = colorOf(object, "casing_color", line.casingColor);
    line.casingMm = sizeOf(object, "casing_mm", line.casingMm);
    return line;
}

FillSymbol fillOf(const JsonObject& object) {
    FillSymbol fill;
    fill.color = colorOf(object, "color", fill.color);
    fill.hatch = wordOf(object, "hatch", kHatches, fill.hatch);
    fill.hatchColor = colorOf(object, "hatch_color", fill.hatchColor);
    fill.hatchColor2 = colorOf(object, "hatch_color_2", fill.hatchColor2);
    fill.hatchWidthMm = sizeOf(object, "hatch_width_mm", fill.hatchWidthMm);
    fill.hatchSpacingMm = sizeOf(object, "hatch_spacing_mm", fill.hatchSpacingMm);
    if (fill.hatch != Hatch::None && fill.hatchSpacingMm < 0.2)
        object.fail("hatch_spacing_mm", "must be 0.2 or more");
    return fill;
}

MarkerSymbol markerOf(const JsonObject& object) {
    MarkerSymbol marker;
    marker.shape = wordOf(object, "shape", kShapes, marker.shape);
    marker.sizeMm = sizeOf(object, "size_mm", marker.sizeMm);
    marker.fill = colorOf(object, "fill", marker.fill);
    marker.stroke = colorOf(object, "stroke", marker.stroke);
    marker.strokeMm = sizeOf(object, "stroke_mm", marker.strokeMm);
    return marker;
}

Rule ruleOf(const JsonObject& object) {
    Rule rule;
    rule.when = conditionsOf(object);
    rule.title = object.text("title");
    rule.minScale = scaleOf(object, "min_scale");
    rule.maxScale = scaleOf(object, "max_scale");
    if (const Json* fill = object.find("fill"))
        rule.fill = fillOf(
            JsonObject(*fill, object.file(), object.placeOf("fill"),
                       {"color", "hatch", "hatch_color", "hatch_color_2", "hatch_width_mm", "hatch_spacing_mm"}));
    const std::vector<Json> lines = object.array("lines");
    for (std::size_t i = 0; i < lines.size(); ++i)
        rule.lines.push_back(
            lineOf(JsonObject(lines[i], object.file(), object.placeOf("lines[" + std::to_string(i) + "]"),
                              {"color", "width_mm", "dash_mm", "round_cap", "casing_color", "casing_mm"})));
    if (const Json* marker = object.find("marker"))
        rule.marker = markerOf(JsonObject(*marker, object.file(), object.placeOf("marker"),
                                          {"shape", "size_mm", "fill", "stroke", "stroke_mm"}));
    return rule;
}

LabelRule labelOf(const JsonObject& object) {
    LabelRule label;
    label.when = conditionsOf(object);
    LabelSymbol& symbol = label.symbol;
    symbol.field = object.text("field");
    if (symbol.field.empty())
        object.fail("field", "is missing; it names the attribute that holds the text");
    symbol.sizePt = sizeOf(object, "size_pt", symbol.sizePt);
    symbol.color = colorOf(object, "color", symbol.color);
    symbol.halo = colorOf(object, "halo", symbol.halo);
    symbol.haloMm = sizeOf(object, "halo_mm", symbol.haloMm);
    symbol.bold = object.flag("bold", symbol.bold);
    symbol.italic = object.flag("italic", symbol.italic);
    symbol.upperCase = object.flag("upper_case", symbol.upperCase);
    symbol.letterSpacingEm = sizeOf(object, "letter_spacing_em", symbol.letterSpacingEm);
    symbol.priorityField = object.text("priority_field");
    symbol.minScale = scaleOf(object, "min_scale");
    symbol.maxScale = scaleOf(object, "max_scale");
    return label;
}

} // namespace

Style styleFromJson(const Json& json, const std::string& file, const std::string& where) {
    const JsonObject object(json, file, where, {"rules", "labels"});
    Style style;
    const std::vector<Json> rules = object.array("rules");
    for (std::size_t i = 0; i < rules.size(); ++i)
        style.rules.push_back(
            ruleOf(JsonObject(rules[i], file, object.placeOf("rules[" + std::to_string(i) + "]"),
                              {"when", "title", "fill", "lines", "marker", "min_scale", "max_scale"})));
    const std::vector<Json> labels = object.array("labels");
    for (std::size_t i = 0; i < labels.size(); ++i)
        style.labels.push_back(
            labelOf(JsonObject(labels[i], file, object.placeOf("labels[" + std::to_string(i) + "]"),
                               {"when", "field", "size_pt", "color", "halo", "halo_mm", "bold", "italic", "upper_case",
                                "letter_spacing_em", "priority_field", "min_scale", "max_scale"})));
    return style;
}

Style readStyle(const std::string& path) {
    return styleFromJson(readJson(path, "style"), "The style '" + path + "'", "");
}

} // namespace cordon
