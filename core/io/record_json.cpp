#include "core/io/record_json.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace cordon {
namespace {

// Length of the UTF-8 sequence at the front of `text`; 0 if it is none (RFC 3629).
std::size_t sequenceLength(std::string_view text) {
    const auto byteAt = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byteAt(0);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byteAt(i) & 0xC0) != 0x80)
            return 0;
    const bool isBad = length > 1 && ((first == 0xE0 && byteAt(1) < 0xA0) || (first == 0xED && byteAt(1) > 0x9F) ||
                                      (first == 0xF0 && byteAt(1) < 0x90) || (first == 0xF4 && byteAt(1) > 0x8F));
    return isBad ? 0 : length;
}

std::vector<std::vector<const SmallGeometry::Part*>> polygonsOf(const SmallGeometry& geometry) {
    std::vector<std::vector<const SmallGeometry::Part*>> polygons;
    for (const SmallGeometry::Part& part : geometry.parts) {
        if (!part.isHole || polygons.empty())
            polygons.emplace_back();
        polygons.back().push_back(&part);
    }
    return polygons;
}

// The nested lists of both formats: what opens, closes and separates.
struct Marks {
    const char* open;
    const char* close;
    const char* pointOpen;
    const char* pointClose;
    const char* betweenNumbers;
};
constexpr Marks kWkt{"(", ")", "", "", " "};
constexpr Marks kGeoJson{"[", "]", "[", "]", ","};

template <class Items, class Write> std::string listed(const Marks& marks, const Items& items, Write write) {
    std::string text = marks.open;
    const char* separator = "";
    for (const auto& item : items) {
        text += separator + write(item);
        separator = ",";
    }
    return text + marks.close;
}

std::string written(const Marks& marks, LonLat p) {
    return marks.pointOpen + numberText(p.lonDegrees) + marks.betweenNumbers + numberText(p.latDegrees) +
           marks.pointClose;
}

std::string written(const Marks& marks, const std::vector<LonLat>& path) {
    return listed(marks, path, [&](LonLat p) { return written(marks, p); });
}

struct Coordinates {
    std::string type; // "Point", "MultiPolygon"
    std::string text;
};

Coordinates coordinatesOf(const SmallGeometry& geometry, const Marks& marks) {
    using Kind = SmallGeometry::Kind;
    const auto path = [&](const SmallGeometry::Part& part) { return written(marks, part.points); };
    if (geometry.kind == Kind::Point) {
        std::vector<LonLat> points;
        for (const SmallGeometry::Part& part : geometry.parts)
            points.insert(points.end(), part.points.begin(), part.points.end());
        if (points.size() != 1)
            return {"MultiPoint", written(marks, points)};
        return {"Point", marks.pointOpen[0] ? written(marks, points[0]) : written(marks, points)};
    }
    if (geometry.kind == Kind::Line) {
        if (geometry.parts.size() == 1)
            return {"LineString", path(geometry.parts[0])};
        return {"MultiLineString", listed(marks, geometry.parts, path)};
    }
    const auto polygon = [&](const std::vector<const SmallGeometry::Part*>& rings) {
        return listed(marks, rings, [&](const SmallGeometry::Part* part) { return path(*part); });
    };
    const auto polygons = polygonsOf(geometry);
    if (polygons.size() == 1)
        return {"Polygon", polygon(polygons[0])};
    return {"MultiPolygon", listed(marks, polygons, polygon)};
}

} // namespace

std::string jsonText(std::string_view text) {
    std::string result = "\"";
    while (!text.empty()) {
        const char c = text.front();
        const std::size_t length = sequenceLength(text);
        if (length == 0) {
            result += "\xEF\xBF\xBD";
        } else if (c == '"' || c == '\\') {
            result.append({'\\', c});
        } else if (length == 1 && static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
            result += escape;
        } else {
            result += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result + '"';
}

std::string jsonList(const std::vector<std::string>& texts) {
    return listed(kGeoJson, texts, [](const std::string& text) { return jsonText(text); });
}

std::string numberText(double value) {
    char buffer[32];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return error == std::errc{} ? std::string(buffer, end) : std::string();
}

std::string jsonNumber(double value) {
    return std::isfinite(value) ? numberText(value) : "null";
}

std::string jsonGeometry(const SmallGeometry& geometry) {
    if (geometry.parts.empty())
        return "null";
    const Coordinates coordinates = coordinatesOf(geometry, kGeoJson);
    return "{\"type\":\"" + coordinates.type + "\",\"coordinates\":" + coordinates.text + "}";
}

std::string wktGeometry(const SmallGeometry& geometry) {
    if (geometry.parts.empty())
        return {};
    Coordinates coordinates = coordinatesOf(geometry, kWkt);
    for (char& c : coordinates.type)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return coordinates.type + " " + coordinates.text;
}

} // namespace cordon
