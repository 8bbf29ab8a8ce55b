#include "core/io/project_json.h"

#include "core/io/record_json.h"
#include "core/io/style_reader.h"
#include "core/model/default_style.h"
#include "core/model/shelf_life.h"

#include <array>
#include <cmath>

namespace cordon {
namespace {

// {"a":1,...} with the members that are not left at their defaults.
class ObjectText {
public:
    ObjectText& raw(std::string_view key, const std::string& json) {
        m_text += m_text.size() > 1 ? "," : "";
        m_text += jsonText(key) + ":" + json;
        return *this;
    }
    ObjectText& text(std::string_view key, const std::string& value) {
        return value.empty() ? *this : raw(key, jsonText(value));
    }
    ObjectText& number(std::string_view key, double value, double fallback) {
        return value == fallback ? *this : raw(key, jsonNumber(value));
    }
    ObjectText& flag(std::string_view key, bool value, bool fallback) {
        return value == fallback ? *this : raw(key, value ? "true" : "false");
    }
    ObjectText& color(std::string_view key, Color value, Color fallback) {
        return value == fallback ? *this : raw(key, jsonText(value.toText()));
    }
    std::string done() const { return m_text + "}"; }

private:
    std::string m_text = "{";
};

template <class Items, class Write> std::string arrayOf(const Items& items, Write write) {
    std::string text = "[";
    for (const auto& item : items)
        text += (text.size() > 1 ? "," : "") + write(item);
    return text + "]";
}

constexpr std::array kComparisons = {"=", "!=", "<", "<=", ">", ">=", "is null", "is not null"};
constexpr std::array kHatches = {"none", "diagonal", "back_diagonal", "cross", "dots", "stipple"};
constexpr std::array kShapes = {"circle", "square", "triangle", "diamond", "cross", "star", "ring", "plane", "pin"};

std::string conditionJson(const Condition& condition) {
    return ObjectText()
        .text("field", condition.field)
        .text("is", kComparisons[static_cast<std::size_t>(condition.comparison)])
        .text("value", condition.value)
        .done();
}

std::string lineJson(const LineSymbol& line) {
    const LineSymbol none;
    ObjectText object;
    object.color("color", line.color, none.color).number("width_mm", line.widthMm, none.widthMm);
    if (!line.dashMm.empty())
        object.raw("dash_mm", arrayOf(line.dashMm, jsonNumber));
    return object.flag("round_cap", line.roundCap, none.roundCap)
        .color("casing_color", line.casingColor, none.casingColor)
        .number("casing_mm", line.casingMm, none.casingMm)
        .done();
}

std::string fillJson(const FillSymbol& fill) {
    const FillSymbol none;
    ObjectText object;
    object.color("color", fill.color, none.color);
    if (fill.hatch != none.hatch)
        object.text("hatch", kHatches[static_cast<std::size_t>(fill.hatch)]);
    return object.color("hatch_color", fill.hatchColor, none.hatchColor)
        .color("hatch_color_2", fill.hatchColor2, none.hatchColor2)
        .number("hatch_width_mm", fill.hatchWidthMm, none.hatchWidthMm)
        .number("hatch_spacing_mm", fill.hatchSpacingMm, none.hatchSpacingMm)
        .done();
}

std::string markerJson(const MarkerSymbol& marker) {
    const MarkerSymbol none;
    return ObjectText()
        .text("shape", kShapes[static_cast<std::size_t>(marker.shape)])
        .number("size_mm", marker.sizeMm, none.sizeMm)
        .color("fill", marker.fill, none.fill)
        .color("stroke", marker.stroke, none.stroke)
        .number("stroke_mm", marker.strokeMm, none.strokeMm)
        .done();
}

std::string ruleJson(const Rule& rule) {
    ObjectText object;
    if (!rule.when.empty())
        object.raw("when", arrayOf(rule.when, conditionJson));
    object.text("title", rule.title);
    if (rule.fill)
        object.raw("fill", fillJson(*rule.fill));
    if (!rule.lines.empty())
        object.raw("lines", arrayOf(rule.lines, lineJson));
    if (rule.marker)
        object.raw("marker", markerJson(*rule.marker));
    return object.number("min_scale", rule.minScale, 0).number("max_scale", rule.maxScale, 0).done();
}

std::string labelJson(const LabelRule& label) {
    const LabelSymbol none;
    const LabelSymbol& symbol = label.symbol;
    ObjectText object;
    if (!label.when.empty())
        object.raw("when", arrayOf(label.when, conditionJson));
    return object.text("field", symbol.field)
        .number("size_pt", symbol.sizePt, none.sizePt)
        .color("color", symbol.color, none.color)
        .color("halo", symbol.halo, none.halo)
        .number("halo_mm", symbol.haloMm, none.haloMm)
        .flag("bold", symbol.bold, none.bold)
        .flag("italic", symbol.italic, none.italic)
        .flag("upper_case", symbol.upperCase, none.upperCase)
        .number("letter_spacing_em", symbol.letterSpacingEm, none.letterSpacingEm)
        .text("priority_field", symbol.priorityField)
        .number("min_scale", symbol.minScale, 0)
        .number("max_scale", symbol.maxScale, 0)
        .done();
}

std::string extentJson(const GeoBox& box) {
    return arrayOf(std::array{box.minX, box.minY, box.maxX, box.maxY}, jsonNumber);
}

LayerRole roleFromWord(const std::string& word) {
    for (const LayerRole role : {LayerRole::ControlAreas, LayerRole::RoadStatuses, LayerRole::Restrictions,
                                 LayerRole::Incidents, LayerRole::Measures}) // not among the words of table roles
        if (toWord(role) == word)
            return role;
    return layerRoleFromWord(word).value_or(LayerRole::Other);
}

} // namespace

std::string styleJson(const Style& style) {
    ObjectText object;
    object.raw("rules", arrayOf(style.rules, ruleJson));
    if (!style.labels.empty())
        object.raw("labels", arrayOf(style.labels, labelJson));
    return object.done();
}

LayerRow layerRowOf(const Layer& layer, const std::string& table) {
    LayerRow row;
    row.id = layer.id;
    row.name = layer.name;
    row.role = toWord(layer.role);
    row.table = table;
    row.style = styleJson(layer.style);
    row.idField = layer.idField;
    row.visible = layer.visible;
    row.inLegend = layer.inLegend;
    row.opacity = layer.opacity;
    return row;
}

std::string layerJson(const LayerRow& row) {
    return ObjectText()
        .raw("id", jsonText(row.id))
        .text("name", row.name)
        .text("role", row.role)
        .text("table", row.table)
        .raw("style", row.style)
        .flag("visible", row.visible, true)
        .number("opacity", row.opacity, 1)
        .flag("in_legend", row.inLegend, true)
        .text("id_field", row.idField)
        .done();
}

LayerRow layerRowFromJson(const Json& json, const std::string& subject) {
    const JsonObject object(json, subject, "layer",
                            {"id", "name", "role", "table", "style", "visible", "opacity", "in_legend", "id_field"});
    LayerRow row;
    row.id = object.text("id");
    row.name = object.text("name");
    row.role = object.text("role");
    row.table = object.text("table");
    const Json* style = object.find("style");
    row.style = styleJson(style ? styleFromJson(*style, subject, "layer.style") : Style{});
    row.visible = object.flag("visible", true);
    row.opacity = object.number("opacity", 1);
    row.inLegend = object.flag("in_legend", true);
    row.idField = object.text("id_field");
    return row;
}

Layer layerOf(const LayerRow& row, std::shared_ptr<const FeatureTable> table, const std::string& subject,
              Warnings& warnings) {
    Layer layer;
    layer.id = row.id;
    layer.name = row.name;
    layer.role = roleFromWord(row.role);
    layer.table = std::move(table);
    layer.visible = row.visible;
    layer.opacity = row.opacity;
    layer.inLegend = row.inLegend;
    layer.idField = row.idField;
    try {
        layer.style = styleFromJson(parseJson(row.style, subject + ", layer '" + row.name + "': its style "), subject,
                                    "the style of " + row.name);
    } catch (const Error& error) {
        warnings.push_back({std::string(error.what()) + " The layer is drawn in its default style.", true});
        if (layer.table)
            layer.style = defaultStyle(layer.role, *layer.table);
    }
    return layer;
}

std::string mapSettingsJson(const MapSettings& map, const std::string& locatorTable) {
    ObjectText object;
    object.text("title", map.title)
        .text("subtitle", map.subtitle)
        .text("summary", map.summary)
        .text("crs", map.crs)
        .text("disclaimer", map.disclaimer)
        .text("producer", map.producer)
        .text("map_number", map.mapNumber)
        .text("lang", map.language)
        .text("locator", locatorTable)
        .text("as_of", map.asOf ? formatIso(*map.asOf) : std::string());
    if (map.extent)
        object.raw("extent", extentJson(*map.extent));
    if (!map.sources.empty())
        object.raw("sources", jsonList(map.sources));
    return object.done();
}

MapSettings mapSettingsFromJson(const Json& json, const std::string& subject, std::string& locatorTable) {
    const JsonObject object(json, subject, "map settings",
                            {"title", "subtitle", "summary", "crs", "disclaimer", "producer", "map_number", "lang",
                             "locator", "extent", "sources", "as_of"});
    MapSettings map;
    map.title = object.text("title");
    map.subtitle = object.text("subtitle");
    map.summary = object.text("summary");
    map.crs = object.text("crs");
    map.disclaimer = object.text("disclaimer");
    map.producer = object.text("producer");
    map.mapNumber = object.text("map_number");
    map.language = object.text("lang");
    map.sources = object.texts("sources");
    if (const auto asOf = parseTime(object.text("as_of")))
        map.asOf = asOf->time;
    locatorTable = object.text("locator");
    if (const std::vector<double> v = object.numbers("extent"); v.size() == 4)
        map.extent = GeoBox{{v[0], v[1], v[2], v[3]}};
    return map;
}

std::string accessSettingsJson(const AccessSettings& access) {
    ObjectText object;
    if (!access.corridors.empty())
        object.raw("corridors", arrayOf(access.corridors, [](const SavedCorridor& c) {
                       return ObjectText().text("name", c.name).text("from", c.from).text("to", c.to).done();
                   }));
    if (!access.joins.empty())
        object.raw("joins", arrayOf(access.joins, [](const RoadJoin& j) {
                       return arrayOf(
                           std::array{j.from.lonDegrees, j.from.latDegrees, j.to.lonDegrees, j.to.latDegrees},
                           jsonNumber);
                   }));
    return object.done();
}

AccessSettings accessSettingsFromJson(const Json& json, const std::string& subject) {
    const JsonObject object(json, subject, "access settings", {"corridors", "joins"});
    AccessSettings access;
    for (const Json& item : object.array("corridors")) {
        const JsonObject entry(item, subject, "corridor", {"name", "from", "to"});
        access.corridors.push_back({entry.text("name"), entry.text("from"), entry.text("to")});
    }
    for (const Json& item : object.array("joins")) {
        std::vector<double> v;
        for (const Json& number : item.items)
            v.push_back(number.number);
        if (v.size() == 4)
            access.joins.push_back({{v[0], v[1]}, {v[2], v[3]}});
    }
    return access;
}

std::string rosterJson(const Situation& situation) {
    const auto actor = [](const Actor& a) {
        ObjectText object;
        object.raw("id", jsonText(a.id)).text("name", a.name).text("name_fr", a.nameFr);
        object.text("color", a.color.toText()).text("pattern", a.pattern);
        return (a.aliases.empty() ? object : object.raw("aliases", jsonList(a.aliases))).done();
    };
    const auto source = [](const Source& s) {
        return ObjectText()
            .raw("id", jsonText(s.id))
            .text("name", s.name)
            .text("url", s.url)
            .text("usual_grade", s.usualGrade.toText())
            .done();
    };
    ObjectText lives;
    for (const auto& [key, days] : shelfLifeEntries(situation.shelfLives))
        lives.raw(key, std::to_string(days));
    return ObjectText()
        .raw("actors", arrayOf(situation.actors, actor))
        .raw("sources", arrayOf(situation.sources, source))
        .raw("shelf_lives", lives.done())
        .done();
}

void readRoster(const Json& json, const std::string& subject, Situation& situation) {
    const JsonObject object(json, subject, "roster", {"actors", "sources", "shelf_lives"});
    situation.actors.clear();
    situation.sources.clear();
    for (const Json& item : object.array("actors")) {
        const JsonObject entry(item, subject, "actor", {"id", "name", "name_fr", "color", "pattern", "aliases"});
        situation.actors.push_back({entry.text("id"), entry.text("name"), entry.text("name_fr"),
                                    Color::fromText(entry.text("color")).value_or(Actor{}.color), entry.text("pattern"),
                                    entry.texts("aliases")});
    }
    for (const Json& item : object.array("sources")) {
        const JsonObject entry(item, subject, "source", {"id", "name", "url", "usual_grade"});
        situation.sources.push_back({entry.text("id"), entry.text("name"), entry.text("url"),
                                     Grade::fromText(entry.text("usual_grade")).value_or(Grade{})});
    }
    if (const Json* lives = object.find("shelf_lives"))
        for (const auto& [key, days] : lives->members)
            if (days.kind == Json::Kind::Number && days.number >= 0 && days.number <= 36525)
                setShelfLife(situation.shelfLives, key, static_cast<int>(days.number));
}

} // namespace cordon
