// JSON out, for --json: every text is escaped and made valid UTF-8, numbers round-trip, what is not finite is null.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

// Calls follow the document's order; indented with two blanks. `out` must outlive it.
class JsonWriter {
public:
    explicit JsonWriter(std::ostream& out) : m_out(out) {}

    JsonWriter& beginObject();
    JsonWriter& beginArray(bool onOneLine = false);
    JsonWriter& end(); // of the innermost object or array; the last one ends the line
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(double number);
    JsonWriter& value(std::size_t number);
    JsonWriter& value(int number);
    JsonWriter& value(bool flag);
    JsonWriter& null();
    template <class T> JsonWriter& member(std::string_view name, const T& v) { return key(name).value(v); }

private:
    struct Level {
        char closing;
        bool onOneLine;
        bool isEmpty = true;
    };
    void beforeValue();
    void begin(char opening, char closing, bool onOneLine);

    std::ostream& m_out;
    std::vector<Level> m_levels;
    bool m_afterKey = false;
};

std::string jsonEscaped(std::string_view text); // without the quotes

} // namespace cordon
