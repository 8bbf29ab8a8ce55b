#include "core/io/small_geometry.h"

#include "core/error.h"

#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace cordon {
namespace {

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return result;
}

// WKT's nested lists, as GeoJSON would write the same coordinates.
class WktParser {
public:
    explicit WktParser(std::string_view text) : m_text(text) {}

    std::string word() {
        skipBlanks();
        const std::size_t start = m_at;
        while (m_at < m_text.size() && std::isalpha(static_cast<unsigned char>(m_text[m_at])))
            ++m_at;
        return upper(m_text.substr(start, m_at - start));
    }

    Json list(int depth = 0) {
        if (depth > 4)
            throw Error("its parentheses are nested too deep");
        expect('(');
        Json result;
        result.kind = Json::Kind::Array;
        do {
            skipBlanks();
            result.items.push_back(peek() == '(' ? list(depth + 1) : position());
        } while (accept(','));
        expect(')');
        return result;
    }

    void expectEnd() {
        skipBlanks();
        if (m_at != m_text.size())
            throw Error("there is text after its last parenthesis");
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skipBlanks() {
        while (m_at < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_at])))
            ++m_at;
    }
    bool accept(char c) {
        skipBlanks();
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    void expect(char c) {
        if (!accept(c))
            throw Error(std::string("it is not WKT: '") + c + "' is missing at character " + std::to_string(m_at + 1));
    }
    Json position() {
        Json result;
        result.kind = Json::Kind::Array;
        for (;;) {
            skipBlanks();
            Json number;
            number.kind = Json::Kind::Number;
            const char* end = m_text.data() + m_text.size();
            const auto [next, error] = std::from_chars(m_text.data() + m_at, end, number.number);
            if (error != std::errc{})
                break;
            m_at = static_cast<std::size_t>(next - m_text.data());
            result.items.push_back(number);
        }
        if (result.items.size() < 2)
            throw Error("it is not WKT: a coordinate is missing at character " + std::to_string(m_at + 1));
        return result;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

const std::vector<Json>& itemsOf(const Json& json) {
    if (json.kind != Json::Kind::Array)
        throw Error("its coordinates are not nested lists of numbers");
    return json.items;
}

LonLat toLonLat(const Json& position) {
    const std::vector<Json>& numbers = itemsOf(position);
    if (numbers.size() < 2 || numbers[0].kind != Json::Kind::Number || numbers[1].kind != Json::Kind::Number)
        throw Error("a coordinate does not hold two numbers");
    return checkedLonLat(numbers[0].number, numbers[1].number);
}

void appendPart(SmallGeometry& geometry, const Json& positions, bool isRing, bool isHole) {
    SmallGeometry::Part part;
    part.isHole = isHole;
    for (const Json& position : itemsOf(positions))
        part.points.push_back(toLonLat(position));
    if (isRing && !part.points.empty() && part.points.front() != part.points.back())
        part.points.push_back(part.points.front());
    if (isRing && part.points.size() < 4)
        throw Error("a polygon ring has fewer than 4 points");
    if (!isRing && part.points.size() < 2)
        throw Error("a line has fewer than 2 points");
    geometry.parts.push_back(std::move(part));
}

void appendPolygon(SmallGeometry& geometry, const Json& rings) {
    bool isHole = false;
    for (const Json& ring : itemsOf(rings)) {
        appendPart(geometry, ring, true, isHole);
        isHole = true;
    }
}

void appendPoint(SmallGeometry& geometry, const Json& position) {
    // WKT allows MULTIPOINT ((1 2), (3 4)) beside MULTIPOINT (1 2, 3 4).
    const std::vector<Json>& items = itemsOf(position);
    const bool isWrapped = !items.empty() && items[0].kind == Json::Kind::Array;
    geometry.parts.push_back({{toLonLat(isWrapped ? items[0] : position)}, false});
}

// `type` in upper case, as in both formats; coordinates nested as GeoJSON nests them.
SmallGeometry build(const std::string& type, const Json& coordinates) {
    SmallGeometry geometry;
    using Kind = SmallGeometry::Kind;
    if (type == "POINT" || type == "MULTIPOINT") {
        geometry.kind = Kind::Point;
        if (type == "POINT")
            appendPoint(geometry, coordinates);
        else
            for (const Json& position : itemsOf(coordinates))
                appendPoint(geometry, position);
    } else if (type == "LINESTRING" || type == "MULTILINESTRING") {
        geometry.kind = Kind::Line;
        if (type == "LINESTRING")
            appendPart(geometry, coordinates, false, false);
        else
            for (const Json& line : itemsOf(coordinates))
                appendPart(geometry, line, false, false);
    } else if (type == "POLYGON" || type == "MULTIPOLYGON") {
        geometry.kind = Kind::Polygon;
        if (type == "POLYGON")
            appendPolygon(geometry, coordinates);
        else
            for (const Json& polygon : itemsOf(coordinates))
                appendPolygon(geometry, polygon);
    } else {
        throw Error("'" + type + "' is not a point, line or polygon");
    }
    return geometry;
}

std::string shortNumber(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.10g", value);
    return buffer;
}

} // namespace

LonLat checkedLonLat(double lonDegrees, double latDegrees) {
    if (!std::isfinite(lonDegrees) || !std::isfinite(latDegrees))
        throw Error("a coordinate is not a finite number");
    if (std::abs(latDegrees) > 90)
        throw Error("the latitude " + shortNumber(latDegrees) + " is beyond 90 degrees");
    if (std::abs(lonDegrees) > 180)
        throw Error("the longitude " + shortNumber(lonDegrees) + " is beyond 180 degrees");
    return {lonDegrees, latDegrees};
}

SmallGeometry geometryFromWkt(std::string_view wkt) {
    if (upper(wkt.substr(0, 5)) == "SRID=") {
        const std::size_t end = wkt.find(';');
        if (end == std::string_view::npos || wkt.substr(5, end - 5) != "4326")
            throw Error("its SRID is not 4326 (WGS 84)");
        wkt.remove_prefix(end + 1);
    }
    WktParser parser(wkt);
    const std::string type = parser.word();
    if (type.empty())
        throw Error("it is not WKT such as POINT (-8.0 12.6)");
    for (std::string mark = parser.word(); !mark.empty(); mark = parser.word()) {
        if (mark == "EMPTY")
            return {};
        if (mark != "Z" && mark != "M" && mark != "ZM")
            throw Error("it is not WKT: '" + mark + "' is not known");
    }
    Json coordinates = parser.list();
    parser.expectEnd();
    if (type == "POINT") {
        if (coordinates.items.size() != 1)
            throw Error("a point has one coordinate");
        coordinates = Json(coordinates.items.front());
    }
    return build(type, coordinates);
}

SmallGeometry geometryFromGeoJson(const Json& geometry) {
    if (geometry.kind == Json::Kind::Null)
        return {};
    const Json* type = geometry.find("type");
    const Json* coordinates = geometry.find("coordinates");
    if (!type || type->kind != Json::Kind::Text || !coordinates)
        throw Error("it has no type and coordinates");
    return build(upper(type->text), *coordinates);
}

} // namespace cordon
