#include "core/io/gpkg_style.h"

#include "core/io/gpkg_tables.h"
#include "core/io/record_json.h"
#include "core/io/xml_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace cordon {
namespace {

std::string qgisColor(Color c) {
    return std::to_string(c.r) + "," + std::to_string(c.g) + "," + std::to_string(c.b) + "," + std::to_string(c.a);
}

std::string millimetres(double value) {
    return numberText(value);
}

using Options = std::vector<std::pair<const char*, std::string>>;

std::string symbolLayer(const char* className, const Options& options, const std::string& subSymbol = "") {
    std::string text = std::string("<layer class=\"") + className +
                       "\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option "
                       "type=\"Map\">";
    for (const auto& [name, value] : options)
        text += std::string("<Option name=\"") + name + "\" type=\"QString\" value=\"" + xmlText(value) + "\"/>";
    return text + "</Option>" + subSymbol + "</layer>";
}

std::string symbol(const std::string& name, const char* type, const std::string& layers) {
    return "<symbol name=\"" + xmlText(name) + "\" type=\"" + type +
           "\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">" + layers + "</symbol>";
}

std::string lineLayer(Color color, double widthMm, const std::vector<double>& dashMm = {}, bool roundCap = false) {
    std::string dashes;
    for (const double length : dashMm)
        dashes += (dashes.empty() ? "" : ";") + millimetres(length);
    return symbolLayer("SimpleLine", {{"line_color", qgisColor(color)},
                                      {"line_width", millimetres(widthMm)},
                                      {"line_width_unit", "MM"},
                                      {"line_style", "solid"},
                                      {"capstyle", roundCap ? "round" : "flat"},
                                      {"joinstyle", "round"},
                                      {"use_custom_dash", dashes.empty() ? "0" : "1"},
                                      {"customdash", dashes.empty() ? "5;2" : dashes},
                                      {"customdash_unit", "MM"}});
}

std::string lineLayers(const std::vector<LineSymbol>& lines) {
    std::string text;
    for (const LineSymbol& line : lines)
        if (line.casingColor.a > 0 && line.casingMm > 0)
            text += lineLayer(line.casingColor, line.widthMm + 2 * line.casingMm, {}, line.roundCap);
    for (const LineSymbol& line : lines)
        text += lineLayer(line.color, line.widthMm, line.dashMm, line.roundCap);
    return text;
}

std::string fillLayer(Color color) {
    return symbolLayer("SimpleFill", {{"color", qgisColor(color)}, {"style", "solid"}, {"outline_style", "no"}});
}

std::string hatchLayer(Color color, double widthMm, double distanceMm, int angle, double offsetMm = 0) {
    return symbolLayer("LinePatternFill",
                       {{"angle", std::to_string(angle)},
                        {"distance", millimetres(distanceMm)},
                        {"distance_unit", "MM"},
                        {"offset", millimetres(offsetMm)},
                        {"offset_unit", "MM"}},
                       symbol("@0@1", "line", lineLayer(color, widthMm)));
}

std::string markerLayer(const char* shape, double sizeMm, Color fill, Color stroke, double strokeMm) {
    return symbolLayer("SimpleMarker", {{"name", shape},
                                        {"size", millimetres(sizeMm)},
                                        {"size_unit", "MM"},
                                        {"color", qgisColor(fill)},
                                        {"outline_color", qgisColor(stroke)},
                                        {"outline_style", strokeMm > 0 ? "solid" : "no"},
                                        {"outline_width", millimetres(strokeMm)},
                                        {"outline_width_unit", "MM"}});
}

std::string dotsLayer(Color color, double sizeMm, double distanceMm) {
    return symbolLayer("PointPatternFill",
                       {{"distance_x", millimetres(distanceMm)},
                        {"distance_x_unit", "MM"},
                        {"distance_y", millimetres(distanceMm)},
                        {"distance_y_unit", "MM"}},
                       symbol("@0@1", "marker", markerLayer("circle", sizeMm, color, color, 0)));
}

std::string fillLayers(const FillSymbol& fill) {
    std::string text = fillLayer(fill.color);
    const double width = fill.hatchWidthMm, spacing = fill.hatchSpacingMm;
    switch (fill.hatch) {
    case Hatch::None:
        break;
    case Hatch::Diagonal:
        if (fill.hatchColor2.a > 0) // every other line
            text += hatchLayer(fill.hatchColor, width, 2 * spacing, 45) +
                    hatchLayer(fill.hatchColor2, width, 2 * spacing, 45, spacing);
        else
            text += hatchLayer(fill.hatchColor, width, spacing, 45);
        break;
    case Hatch::BackDiagonal:
        text += hatchLayer(fill.hatchColor, width, spacing, 135);
        break;
    case Hatch::Cross:
        text += hatchLayer(fill.hatchColor, width, spacing, 45) + hatchLayer(fill.hatchColor, width, spacing, 135);
        break;
    case Hatch::Dots:
    case Hatch::Stipple:
        text += dotsLayer(fill.hatchColor, width, spacing);
        break;
    }
    return text;
}

const char* markerName(MarkerShape shape) {
    constexpr std::array kNames = {"circle", "square", "triangle",         "diamond", "cross_fill",
                                   "star",   "circle", "arrowhead_filled", "circle"};
    return kNames[static_cast<std::size_t>(shape)];
}

std::string ruleSymbol(const std::string& name, const Rule& rule, GeometryClass geometry) {
    switch (geometry) {
    case GeometryClass::Polygons:
        return symbol(name, "fill",
                      (rule.fill ? fillLayers(*rule.fill) : fillLayer({0, 0, 0, 0})) + lineLayers(rule.lines));
    case GeometryClass::Lines:
        return symbol(name, "line", rule.lines.empty() ? lineLayer({0, 0, 0, 0}, 0.1) : lineLayers(rule.lines));
    default: {
        const MarkerSymbol marker = rule.marker.value_or(MarkerSymbol{});
        return symbol(
            name, "marker",
            markerLayer(markerName(marker.shape), marker.sizeMm, marker.fill, marker.stroke, marker.strokeMm));
    }
    }
}

std::optional<double> wholeNumber(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isNumber = error == std::errc{} && end == text.data() + text.size() && !text.empty();
    return isNumber ? std::optional(value) : std::nullopt;
}

// Styles of one layer; a field is looked up under its name in the file.
class LayerStyle {
public:
    LayerStyle(const Database& database, std::string table, const Layer& layer)
        : m_database(database), m_table(std::move(table)), m_layer(layer), m_geometry(layer.table->geometryClass()) {}

    std::string renderer() const {
        const std::vector<Rule>& rules = m_layer.style.rules;
        if (rules.size() == 1 && rules[0].when.empty() && rules[0].minScale == 0 && rules[0].maxScale == 0)
            return "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" forceraster=\"0\" "
                   "enableorderby=\"0\"><symbols>" +
                   ruleSymbol("0", rules[0], m_geometry) + "</symbols></renderer-v2>";
        return isCategorised() ? categorised() : ruleBased();
    }

private:
    const Column* columnOf(const Condition& condition) const { return m_layer.table->findColumn(condition.field); }

    // Every rule asks one field for another value; the last may take the rest.
    bool isCategorised() const {
        const std::vector<Rule>& rules = m_layer.style.rules;
        std::set<std::string> values;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            const Rule& rule = rules[i];
            const bool isRest = rule.when.empty() && i + 1 == rules.size() && i > 0;
            if (rule.minScale != 0 || rule.maxScale != 0 || (!isRest && rule.when.size() != 1))
                return false;
            if (isRest)
                continue;
            const Condition& condition = rule.when[0];
            const Column* column = columnOf(condition);
            if (condition.comparison != Comparison::Equal || condition.field != rules[0].when[0].field || !column ||
                column->type == FieldType::Date || column->type == FieldType::DateTime || condition.value.empty() ||
                !values.insert(condition.value).second)
                return false;
        }
        return !rules.empty();
    }

    std::string categorised() const {
        std::string categories, symbols;
        const std::vector<Rule>& rules = m_layer.style.rules;
        const Column& column = *columnOf(rules[0].when[0]);
        for (std::size_t i = 0; i < rules.size(); ++i) {
            std::string value = rules[i].when.empty() ? "" : rules[i].when[0].value;
            if (column.type == FieldType::Boolean && !value.empty())
                value = value == "1" || value == "true" ? "true" : "false";
            categories += "<category value=\"" + xmlText(value) + "\" symbol=\"" + std::to_string(i) + "\" label=\"" +
                          xmlText(titleOf(rules[i])) + "\" render=\"true\" type=\"" +
                          (column.type == FieldType::Boolean && !value.empty() ? "bool" : "string") + "\"/>";
            symbols += ruleSymbol(std::to_string(i), rules[i], m_geometry);
        }
        return "<renderer-v2 type=\"categorizedSymbol\" attr=\"" +
               xmlText(sqlColumnOf(m_database, m_table, column.name)) +
               "\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\"><categories>" + categories +
               "</categories><symbols>" + symbols + "</symbols></renderer-v2>";
    }

    // QGIS draws every rule that holds, Cordon the first: each rule excludes those before it.
    std::string ruleBased() const {
        std::string text, symbols, before;
        const std::vector<Rule>& rules = m_layer.style.rules;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            const Rule& rule = rules[i];
            const std::string own = expression(rule.when);
            std::string filter = own;
            if (!before.empty())
                filter += (own.empty() ? "" : " AND ") + std::string("NOT coalesce(") + before + ", false)";
            const std::string index = std::to_string(i);
            text += "<rule key=\"{r" + index + "}\" symbol=\"" + index + "\" label=\"" + xmlText(titleOf(rule)) + "\"" +
                    (filter.empty() ? "" : " filter=\"" + xmlText(filter) + "\"") + scaleBounds(rule) + "/>";
            symbols += ruleSymbol(index, rule, m_geometry);
            before += (before.empty() ? "" : " OR ") + ("coalesce(" + (own.empty() ? "true" : own) + ", false)");
        }
        return "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\"><rules "
               "key=\"{root}\">" +
               text + "</rules><symbols>" + symbols + "</symbols></renderer-v2>";
    }

    std::string titleOf(const Rule& rule) const { return rule.title.empty() ? m_layer.name : rule.title; }

    static std::string scaleBounds(const Rule& rule) {
        std::string text;
        if (rule.minScale > 0)
            text += " scalemindenom=\"" + numberText(rule.minScale) + "\"";
        if (rule.maxScale > 0)
            text += " scalemaxdenom=\"" + numberText(rule.maxScale) + "\"";
        return text;
    }

    std::string expression(const std::vector<Condition>& conditions) const {
        std::string text;
        for (const Condition& condition : conditions)
            text += (text.empty() ? "" : " AND ") + expression(condition);
        return conditions.size() > 1 ? "(" + text + ")" : text;
    }

    std::string expression(const Condition& condition) const {
        constexpr std::array kSigns = {" = ", " <> ", " < ", " <= ", " > ", " >= ", " IS NULL", " IS NOT NULL"};
        const Column* column = columnOf(condition);
        const char* sign = kSigns[static_cast<std::size_t>(condition.comparison)];
        const bool isNullTest =
            condition.comparison == Comparison::IsNull || condition.comparison == Comparison::IsNotNull;
        if (!column)
            return condition.comparison == Comparison::IsNull ? "true" : "false";
        const std::string name = quotedName(sqlColumnOf(m_database, m_table, column->name));
        if (isNullTest)
            return name + sign;
        const auto number = wholeNumber(condition.value);
        if (column->type == FieldType::Boolean)
            return name + sign + (condition.value == "true" || (number && *number != 0) ? "true" : "false");
        return name + sign + (number ? numberText(*number) : quotedLiteral(condition.value));
    }

    const Database& m_database;
    std::string m_table;
    const Layer& m_layer;
    GeometryClass m_geometry;
};

std::string document(const std::string& renderer, double opacity) {
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" "
           "styleCategories=\"Symbology\">" +
           renderer + "<layerOpacity>" + numberText(opacity) + "</layerOpacity></qgis>";
}

void insertStyle(const Database& database, const std::string& table, const std::string& qml) {
    removeLayerStyle(database, table);
    Statement insert = database.prepare(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
        "styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, 'geom', 'Cordon', ?, '', 1, "
        "'Written by Cordon', 'cordon')");
    insert.bind(0, table).bind(1, std::string_view(qml)).run();
}

// The situation's looks: those of core/render/symbols.cpp, as QGIS can draw them.
constexpr Color kWhite{255, 255, 255, 255};
constexpr Color kBlocked{0xD5, 0x5E, 0x00, 255};
constexpr Color kRestricted{0xE6, 0x9F, 0x00, 255};
constexpr Color kImpassable{0x7A, 0x2E, 0x00, 255};
constexpr Color kOpen{0x5B, 0x5B, 0x5B, 255};
constexpr Color kUnknown{0x8C, 0x8C, 0x8C, 255};
constexpr Color kNoInformation{0xD9, 0xD9, 0xD9, 255};

struct Category {
    std::string value, label, symbolLayers;
};

std::string categorisedRenderer(const std::string& attribute, const char* symbolType,
                                const std::vector<Category>& categories) {
    std::string list, symbols;
    for (std::size_t i = 0; i < categories.size(); ++i) {
        list += "<category value=\"" + xmlText(categories[i].value) + "\" symbol=\"" + std::to_string(i) +
                "\" label=\"" + xmlText(categories[i].label) + "\" render=\"true\" type=\"string\"/>";
        symbols += symbol(std::to_string(i), symbolType, categories[i].symbolLayers);
    }
    return "<renderer-v2 type=\"categorizedSymbol\" attr=\"" + xmlText(attribute) +
           "\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\"><categories>" + list +
           "</categories><symbols>" + symbols + "</symbols></renderer-v2>";
}

std::vector<Category> roadCategories() {
    const auto category = [](RoadStatusKind kind, const char* label, std::string layers) {
        return Category{std::string(toWord(kind)), label, std::move(layers)};
    };
    return {category(RoadStatusKind::Open, "Open", lineLayer(kWhite, 1.0) + lineLayer(kOpen, 0.6)),
            category(RoadStatusKind::Restricted, "Restricted",
                     lineLayer(kWhite, 1.1) + lineLayer(kRestricted, 0.8, {4, 1.2})),
            category(RoadStatusKind::Difficult, "Difficult",
                     lineLayer(kWhite, 1.2) + lineLayer(kRestricted, 0.8, {0.02, 1.3}, true)),
            category(RoadStatusKind::Blocked, "Blocked", lineLayer(kWhite, 1.6) + lineLayer(kBlocked, 1.1)),
            category(RoadStatusKind::Impassable, "Impassable",
                     lineLayer(kWhite, 1.5) + lineLayer(kImpassable, 1.1, {1.5, 1})),
            category(RoadStatusKind::Contested, "Contested",
                     lineLayer(kWhite, 1.3) + lineLayer(kOpen, 0.9) + lineLayer(kBlocked, 0.9, {3, 3})),
            category(RoadStatusKind::Unknown, "Unknown",
                     lineLayer(kWhite.withOpacity(0.9), 1.1) + lineLayer(kUnknown.withOpacity(0.85), 0.6, {0.6, 1.2}))};
}

std::string controlLayers(ControlClass controlClass, ControlBasis basis, Color actor) {
    const bool isClaimed = basis == ControlBasis::Claimed;
    const std::vector<double> dash = isClaimed ? std::vector<double>{1.8, 1.0} : std::vector<double>{};
    switch (controlClass) {
    case ControlClass::Control:
        return fillLayer(actor.withOpacity(isClaimed ? 0.06 : 0.35)) +
               (isClaimed ? hatchLayer(actor, 0.3, 1.6, 45) : std::string()) +
               lineLayer(actor.darker(0.75), 0.35, dash);
    case ControlClass::Contested:
        return fillLayer(kWhite.withOpacity(0.35)) + hatchLayer(actor.withOpacity(0.6), 1.1, 3.2, 45) +
               hatchLayer(kUnknown.withOpacity(0.6), 1.1, 3.2, 45, 1.6) + lineLayer(kOpen, 0.25);
    case ControlClass::Support:
        return fillLayer(actor.withOpacity(0.18)) + dotsLayer(actor.withOpacity(0.55), 0.5, 1.8);
    case ControlClass::Influence:
        return fillLayer(actor.withOpacity(0.10)) + dotsLayer(actor.withOpacity(0.4), 0.35, 2.6);
    case ControlClass::AttackZone:
        return fillLayer({0, 0, 0, 0}) + lineLayer(actor.darker(0.85), 0.3, dash);
    case ControlClass::NoInformation:
        break;
    }
    return fillLayer(kNoInformation.withOpacity(0.4)) + dotsLayer(kUnknown.withOpacity(0.8), 0.22, 0.9);
}

constexpr std::array kControlClasses = {ControlClass::Control,    ControlClass::Support,   ControlClass::Contested,
                                        ControlClass::AttackZone, ControlClass::Influence, ControlClass::NoInformation};

std::string controlRenderer(const Situation& situation) {
    std::vector<Category> categories;
    const auto add = [&](const std::string& actor, const std::string& name, Color color) {
        for (const ControlClass c : kControlClasses)
            for (const ControlBasis b : {ControlBasis::Assessed, ControlBasis::Claimed})
                if (c != ControlClass::NoInformation)
                    categories.push_back(
                        {actor + "|" + std::string(toWord(c)) + "|" + std::string(toWord(b)),
                         name + ": " + std::string(toWord(c)) + (b == ControlBasis::Claimed ? " (claimed)" : ""),
                         controlLayers(c, b, color)});
    };
    for (const Actor& actor : situation.actors)
        add(actor.id, actor.name, actor.color);
    add("", "Another actor", kUnknown);
    categories.push_back({"no_information", "No information",
                          controlLayers(ControlClass::NoInformation, ControlBasis::Assessed, kUnknown)});
    // An actor that is not on the list of actors is drawn in grey, as Cordon draws it.
    std::string known;
    for (const Actor& actor : situation.actors)
        known += (known.empty() ? "" : ", ") + quotedLiteral(actor.id);
    const std::string shown =
        known.empty() ? "''" : "CASE WHEN \"actor_id\" IN (" + known + ") THEN \"actor_id\" ELSE '' END";
    return categorisedRenderer("CASE WHEN \"control_class\" = 'no_information' THEN 'no_information' ELSE concat(" +
                                   shown + ", '|', \"control_class\", '|', \"basis\") END",
                               "fill", categories);
}

std::string single(const char* type, const std::string& layers) {
    return "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\"><symbols>" +
           symbol("0", type, layers) + "</symbols></renderer-v2>";
}

} // namespace

void removeLayerStyle(const Database& database, const std::string& table) {
    Statement remove = database.prepare("DELETE FROM layer_styles WHERE f_table_name = ? AND owner = 'cordon'");
    remove.bind(0, table).run();
}

void writeLayerStyle(const Database& database, const std::string& table, const Layer& layer) {
    const GeometryClass geometry = layer.table->geometryClass();
    const bool isDrawn = geometry != GeometryClass::Mixed && geometry != GeometryClass::None;
    if (isDrawn && !layer.style.rules.empty())
        insertStyle(database, table, document(LayerStyle(database, table, layer).renderer(), layer.opacity));
    else
        removeLayerStyle(database, table);
}

void writeSituationStyles(const Database& database, const Situation& situation) {
    insertStyle(database, "situation_control", document(controlRenderer(situation), 1));
    insertStyle(database, "situation_road_status",
                document(categorisedRenderer("status", "line", roadCategories()), 1));
    std::vector<Category> signs;
    const std::array kSigns = {std::pair{RoadStatusKind::Open, kOpen},
                               std::pair{RoadStatusKind::Restricted, kRestricted},
                               std::pair{RoadStatusKind::Difficult, kRestricted},
                               std::pair{RoadStatusKind::Blocked, kBlocked},
                               std::pair{RoadStatusKind::Impassable, kImpassable},
                               std::pair{RoadStatusKind::Contested, kBlocked},
                               std::pair{RoadStatusKind::Unknown, kUnknown}};
    for (const auto& [kind, color] : kSigns)
        signs.push_back(
            {std::string(toWord(kind)), std::string(toWord(kind)), markerLayer("circle", 2.4, color, kWhite, 0.4)});
    insertStyle(database, "situation_road_status_points", document(categorisedRenderer("status", "marker", signs), 1));
    insertStyle(database, "situation_restriction",
                document(single("marker", markerLayer("circle", 3.2, kWhite, kBlocked, 0.7)), 1));
    insertStyle(database, "situation_restriction_areas",
                document(single("fill", fillLayer(kBlocked.withOpacity(0.12)) + lineLayer(kBlocked, 0.6)), 1));
    insertStyle(database, "situation_measure",
                document(single("marker", markerLayer("square", 2.2, kOpen, kWhite, 0.4)), 1));
    insertStyle(database, "situation_measure_areas",
                document(single("fill", fillLayer(kOpen.withOpacity(0.1)) + lineLayer(kOpen, 0.4)), 1));
    insertStyle(database, "situation_incident",
                document(single("marker", markerLayer("circle", 1.8, Color{0x33, 0x33, 0x33, 217}, kWhite, 0.2)), 1));
}

} // namespace cordon
