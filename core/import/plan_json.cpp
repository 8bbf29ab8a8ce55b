#include "core/import/import_plan.h"

#include "core/io/json.h"
#include "core/io/record_columns.h"
#include "core/io/record_json.h"

#include <algorithm>
#include <array>

namespace cordon {

namespace {

constexpr std::array<std::string_view, 4> kDayOrders = {"from_values", "day_first", "month_first", "year_first"};

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string pairsAsJson(const Pairs& pairs) {
    std::string json = "{";
    for (const auto& [key, value] : pairs)
        json += (json.size() > 1 ? ", " : "") + jsonText(key) + ": " + jsonText(value);
    return json + "}";
}

std::string columnAsJson(const ColumnUse& use) {
    std::string json = "    {\"column\": " + jsonText(use.column) + ", \"as\": " + jsonText(toWord(use.role));
    if (!use.field.empty())
        json += ", \"field\": " + jsonText(use.field);
    if (!use.values.empty())
        json += ", \"values\": " + pairsAsJson(use.values);
    if (!use.why.empty())
        json += ", \"why\": " + jsonText(use.why);
    return json + "}";
}

// Words known by the functions of import_plan.h, for the nearest of a wrong one.
template <class E> std::vector<std::string> wordsUpTo(E last) {
    std::vector<std::string> words;
    for (int i = 0; i <= static_cast<int>(last); ++i)
        words.emplace_back(toWord(static_cast<E>(i)));
    return words;
}

std::string whyUnknown(const std::string& word, const std::vector<std::string>& known) {
    std::string why = "'" + word + "' is not known";
    if (const auto nearest = nearestWord(word, known))
        return why + "; did you mean '" + *nearest + "'?";
    std::string list;
    for (const std::string& one : known)
        list += (list.empty() ? "" : ", ") + one;
    return why + "; write one of " + list;
}

template <class E, class Find> E wordOf(const JsonObject& object, std::string_view key, E fallback, E last, Find find) {
    const std::string word = object.text(key);
    if (word.empty())
        return fallback;
    if (const auto found = find(word))
        return *found;
    object.fail(key, whyUnknown(word, wordsUpTo(last)));
}

Pairs pairsOf(const JsonObject& object, std::string_view key) {
    Pairs pairs;
    const Json* const json = object.find(key);
    if (!json)
        return pairs;
    if (json->kind != Json::Kind::Object)
        object.fail(key, "must be an object of texts, such as {\"bloqué\": \"blocked\"}");
    for (const auto& [name, value] : json->members) {
        if (value.kind != Json::Kind::Text)
            object.fail(key, "has no text for '" + name + "'; write one in quotation marks");
        pairs.emplace_back(name, value.text);
    }
    return pairs;
}

ColumnUse columnOf(const Json& json, const std::string& file, const std::string& where) {
    const JsonObject object(json, file, where, {"column", "as", "field", "values", "why"});
    ColumnUse use;
    use.column = object.text("column");
    use.role = wordOf(object, "as", ColumnRole::Attribute, ColumnRole::Field, columnRoleFromWord);
    use.field = object.text("field");
    if (use.role == ColumnRole::Field && use.field.empty())
        object.fail("field", "is missing; name the column of situation records that '" + use.column + "' is");
    if (!use.field.empty()) {
        const std::vector<std::string> known = recordColumns();
        if (std::find(known.begin(), known.end(), use.field) == known.end())
            object.fail("field", whyUnknown(use.field, known));
    }
    use.values = pairsOf(object, "values");
    use.why = object.text("why");
    return use;
}

DayOrder dayOrderOf(const JsonObject& object) {
    const std::string word = object.text("day_order");
    if (word.empty())
        return DayOrder::FromValues;
    for (std::size_t i = 0; i < kDayOrders.size(); ++i)
        if (kDayOrders[i] == word)
            return static_cast<DayOrder>(i);
    object.fail("day_order", whyUnknown(word, {kDayOrders.begin(), kDayOrders.end()}));
}

double notBelowZero(const JsonObject& object, std::string_view key, double fallback) {
    const double value = object.number(key, fallback);
    if (!(value >= 0))
        object.fail(key, "must not be below 0");
    return value;
}

} // namespace

std::string planAsJson(const ImportPlan& plan) {
    std::string json = "{\n  \"as\": " + jsonText(toWord(plan.target));
    const auto addText = [&](const char* key, const std::string& value) {
        if (!value.empty())
            json += ",\n  \"" + std::string(key) + "\": " + jsonText(value);
    };
    addText("preset", plan.preset);
    addText("layer", plan.layerName);
    addText("crs", plan.crs);
    addText("timezone", plan.timezone);
    addText("day_order", std::string(kDayOrders[static_cast<std::size_t>(plan.dayOrder)]));
    json += ",\n  \"snap_m\": " + jsonNumber(plan.snapMeters);
    json += ",\n  \"track_snap_m\": " + jsonNumber(plan.trackSnapMeters);
    json += ",\n  \"track_gap_s\": " + jsonNumber(plan.trackGapSeconds);
    json += ",\n  \"worst_accuracy_m\": " + jsonNumber(plan.worstAccuracyMeters);
    if (!plan.constants.empty())
        json += ",\n  \"constants\": " + pairsAsJson(plan.constants);
    if (!plan.roads.empty())
        json += ",\n  \"roads\": " + pairsAsJson(plan.roads);
    if (!plan.fixes.empty()) {
        json += ",\n  \"fixes\": [";
        for (const ImportFix fix : plan.fixes)
            json += (json.ends_with('[') ? "" : ", ") + jsonText(toWord(fix));
        json += "]";
    }
    json += ",\n  \"columns\": [";
    for (const ColumnUse& use : plan.columns)
        json += (json.ends_with('[') ? "\n" : ",\n") + columnAsJson(use);
    return json + (plan.columns.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

ImportPlan planFromJson(std::string_view json, const std::string& subject) {
    const Json root = parseJson(json, subject + " ");
    const JsonObject object(root, subject, "",
                            {"as", "preset", "layer", "crs", "timezone", "day_order", "snap_m", "track_snap_m",
                             "track_gap_s", "worst_accuracy_m", "constants", "fixes", "roads", "columns"});
    ImportPlan plan;
    plan.target = wordOf(object, "as", ImportTarget::Points, ImportTarget::Records, importTargetFromWord);
    plan.preset = object.text("preset");
    plan.layerName = object.text("layer");
    plan.crs = object.text("crs");
    plan.timezone = object.text("timezone");
    plan.dayOrder = dayOrderOf(object);
    plan.snapMeters = notBelowZero(object, "snap_m", plan.snapMeters);
    plan.trackSnapMeters = notBelowZero(object, "track_snap_m", plan.trackSnapMeters);
    plan.trackGapSeconds = notBelowZero(object, "track_gap_s", plan.trackGapSeconds);
    plan.worstAccuracyMeters = notBelowZero(object, "worst_accuracy_m", plan.worstAccuracyMeters);
    plan.constants = pairsOf(object, "constants");
    plan.roads = pairsOf(object, "roads");
    for (const std::string& word : object.texts("fixes")) {
        const auto fix = importFixFromWord(word);
        if (!fix)
            object.fail("fixes", whyUnknown(word, wordsUpTo(ImportFix::UtmSouth)));
        plan.fixes.push_back(*fix);
    }
    const std::vector<Json> columns = object.array("columns");
    for (std::size_t i = 0; i < columns.size(); ++i)
        plan.columns.push_back(columnOf(columns[i], subject, "columns[" + std::to_string(i) + "]"));
    return plan;
}

} // namespace cordon
