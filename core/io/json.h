// Small JSON files as plain values (recipes, styles, situation records), and reading them with checks: an unknown key
// or a value of the wrong type is an Error that names file, place and key. Large GeoJSON does not come through here.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon {

struct Json {
    // Written out after the struct: a pair cannot hold a Json before that is complete.
    Json();
    Json(const Json&);
    Json(Json&&) noexcept;
    Json& operator=(const Json&);
    Json& operator=(Json&&) noexcept;
    ~Json();

    enum class Kind { Null, Boolean, Number, Text, Array, Object };
    Kind kind = Kind::Null;
    bool boolean = false;
    double number = 0;
    std::string text; // Text; of a number: as written, so that an id of 17 digits stays one
    std::vector<Json> items;
    std::vector<std::pair<std::string, Json>> members; // in file order

    const Json* find(std::string_view key) const; // of an object; nullptr if absent
};

inline Json::Json() = default;
inline Json::Json(const Json&) = default;
inline Json::Json(Json&&) noexcept = default;
inline Json& Json::operator=(const Json&) = default;
inline Json& Json::operator=(Json&&) noexcept = default;
inline Json::~Json() = default;

// `what` names the file for people: "recipe", "style". Throws Error.
Json readJson(const std::string& path, const std::string& what);
// The same from a text; `subject` starts the Error's sentence: "The layers of 'a.gpkg' ".
Json parseJson(std::string_view text, const std::string& subject);

// One object of a JSON file, read key by key.
class JsonObject {
public:
    // `file` is "The recipe 'a.json'", `where` the place in it ("layers[2]", "" = the whole). Throws Error unless
    // `json` is an object with no other keys than `keys`; an unknown one is named with the nearest known.
    JsonObject(const Json& json, std::string file, std::string where, std::initializer_list<std::string_view> keys);

    const Json* find(std::string_view key) const { return m_json.find(key); }
    std::string text(std::string_view key) const; // "" if absent
    std::optional<double> number(std::string_view key) const;
    double number(std::string_view key, double fallback) const { return number(key).value_or(fallback); }
    bool flag(std::string_view key, bool fallback) const;
    std::vector<std::string> texts(std::string_view key) const; // an array of texts, or one text
    std::vector<double> numbers(std::string_view key) const;
    std::vector<Json> array(std::string_view key) const;
    std::string placeOf(std::string_view key) const; // "layers[2].style"
    const std::string& file() const { return m_file; }
    // Throws Error: "The recipe 'a.json' cannot be used: 'dpi' <why>."
    [[noreturn]] void fail(std::string_view key, const std::string& why) const;

private:
    const Json& m_json;
    std::string m_file;
    std::string m_where;
};

// The candidate with the fewest letters to change, if few enough to be a slip of the keyboard.
std::optional<std::string> nearestWord(std::string_view word, const std::vector<std::string>& candidates);

} // namespace cordon
