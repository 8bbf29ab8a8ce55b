#include "core/io/json.h"

#include "core/io/delimited_text.h"

#include <algorithm>
#include <numeric>
#include <simdjson.h>

namespace cordon {
namespace {

Json convert(simdjson::dom::element element) {
    using simdjson::dom::element_type;
    Json json;
    switch (element.type()) {
    case element_type::NULL_VALUE:
        break;
    case element_type::BOOL:
        json.kind = Json::Kind::Boolean;
        json.boolean = element.get_bool();
        break;
    case element_type::INT64:
    case element_type::UINT64:
    case element_type::DOUBLE:
        json.kind = Json::Kind::Number;
        json.number = element.get_double();
        json.text = simdjson::minify(element);
        break;
    case element_type::STRING:
        json.kind = Json::Kind::Text;
        json.text = std::string(std::string_view(element.get_string()));
        break;
    case element_type::ARRAY:
        json.kind = Json::Kind::Array;
        for (simdjson::dom::element item : element.get_array())
            json.items.push_back(convert(item));
        break;
    case element_type::OBJECT:
        json.kind = Json::Kind::Object;
        for (const simdjson::dom::key_value_pair member : element.get_object())
            json.members.emplace_back(std::string(member.key), convert(member.value));
        break;
    }
    return json;
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
        }
    }
    return row.back();
}

} // namespace

const Json* Json::find(std::string_view key) const {
    for (const auto& [name, value] : members)
        if (name == key)
            return &value;
    return nullptr;
}

Json readJson(const std::string& path, const std::string& what) {
    const std::string subject = "The " + what + " '" + path + "' ";
    Warnings ignored; // an encoding that is no UTF-8 shows as JSON that is not valid, or in its names
    const std::string text = readTextFile(path, ignored);
    return parseJson(text, subject);
}

Json parseJson(std::string_view text, const std::string& subject) {
    if (trimText(text).empty())
        throw Error(subject + "is empty; it should hold one JSON object.");
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    if (const auto code = parser.parse(text.data(), text.size()).get(root))
        throw Error(subject + "is not valid JSON (" + simdjson::error_message(code) +
                    "); correct it with a text editor that checks JSON.");
    return convert(root);
}

JsonObject::JsonObject(const Json& json, std::string file, std::string where,
                       std::initializer_list<std::string_view> keys)
    : m_json(json), m_file(std::move(file)), m_where(std::move(where)) {
    const std::string place = m_where.empty() ? "it" : "'" + m_where + "'";
    if (json.kind != Json::Kind::Object)
        throw Error(m_file + " cannot be used: " + place + " must be an object in braces.");
    const std::vector<std::string> known(keys.begin(), keys.end());
    for (const auto& [key, value] : json.members) {
        if (std::find(known.begin(), known.end(), key) != known.end())
            continue;
        std::string message = m_file + " cannot be used: " + place + " has the unknown key '" + key + "'";
        if (const auto nearest = nearestWord(key, known))
            throw Error(message + "; did you mean '" + *nearest + "'?");
        std::string all;
        for (const std::string& name : known)
            all += (all.empty() ? "" : ", ") + name;
        throw Error(message + "; the known keys are " + all + ".");
    }
}

std::string JsonObject::placeOf(std::string_view key) const {
    return m_where.empty() ? std::string(key) : m_where + "." + std::string(key);
}

void JsonObject::fail(std::string_view key, const std::string& why) const {
    throw Error(m_file + " cannot be used: '" + placeOf(key) + "' " + why + (why.ends_with('?') ? "" : "."));
}

std::string JsonObject::text(std::string_view key) const {
    const Json* value = find(key);
    if (!value || value->kind == Json::Kind::Null)
        return "";
    if (value->kind != Json::Kind::Text && value->kind != Json::Kind::Number)
        fail(key, "must be a text");
    return value->text;
}

std::optional<double> JsonObject::number(std::string_view key) const {
    const Json* value = find(key);
    if (!value || value->kind == Json::Kind::Null)
        return std::nullopt;
    if (value->kind != Json::Kind::Number)
        fail(key, "must be a number");
    return value->number;
}

bool JsonObject::flag(std::string_view key, bool fallback) const {
    const Json* value = find(key);
    if (!value || value->kind == Json::Kind::Null)
        return fallback;
    if (value->kind != Json::Kind::Boolean)
        fail(key, "must be true or false");
    return value->boolean;
}

std::vector<Json> JsonObject::array(std::string_view key) const {
    const Json* value = find(key);
    if (!value || value->kind == Json::Kind::Null)
        return {};
    if (value->kind != Json::Kind::Array)
        fail(key, "must be a list in brackets");
    return value->items;
}

std::vector<std::string> JsonObject::texts(std::string_view key) const {
    if (const Json* value = find(key); value && value->kind == Json::Kind::Text)
        return {value->text};
    std::vector<std::string> result;
    for (const Json& item : array(key)) {
        if (item.kind != Json::Kind::Text)
            fail(key, "must be a list of texts");
        result.push_back(item.text);
    }
    return result;
}

std::vector<double> JsonObject::numbers(std::string_view key) const {
    std::vector<double> result;
    for (const Json& item : array(key)) {
        if (item.kind != Json::Kind::Number)
            fail(key, "must be a list of numbers");
        result.push_back(item.number);
    }
    return result;
}

std::optional<std::string> nearestWord(std::string_view word, const std::vector<std::string>& candidates) {
    const std::size_t allowed = std::max<std::size_t>(1, std::min<std::size_t>(3, word.size() / 2));
    std::optional<std::string> best;
    std::size_t bestDistance = allowed + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace cordon
