#include "core/io/feature_shape.h"

#include "core/io/column_builder.h"

#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

struct Marks {
    const char* open;
    const char* close;
    const char* pointOpen;
    const char* pointClose;
    const char* betweenNumbers;
    const char* betweenPoints;
};
constexpr Marks kGeoJson{"[", "]", "[", "]", ",", ","};
constexpr Marks kWkt{"(", ")", "", "", " ", ", "};
constexpr Marks kKml{"", "", "", "", ",", " "};

template <class Items, class Write> std::string listed(const Marks& marks, const Items& items, Write write) {
    std::string text = marks.open;
    bool isFirst = true;
    for (const auto& item : items) {
        text += (isFirst ? "" : marks.betweenPoints) + write(item);
        isFirst = false;
    }
    return text + marks.close;
}

std::string pointText(const FeatureShape& shape, const Marks& marks, std::uint32_t i) {
    const LonLat p = shape.geometry->coordinates[i];
    std::string text = marks.pointOpen + shortestText(p.lonDegrees) + marks.betweenNumbers + shortestText(p.latDegrees);
    if (shape.hasZ)
        text += marks.betweenNumbers + shortestText(shape.geometry->z[i]);
    return text + marks.pointClose;
}

std::vector<std::uint32_t> coordinatesOf(const FeatureShape& shape, std::uint32_t part, bool isReversed = false) {
    std::vector<std::uint32_t> list;
    for (std::uint32_t i = shape.geometry->partStart[part]; i < shape.geometry->partStart[part + 1]; ++i)
        list.push_back(i);
    if (isReversed)
        std::reverse(list.begin(), list.end());
    return list;
}

bool isClockwise(std::span<const LonLat> ring) {
    double twiceArea = 0;
    for (std::size_t i = 1; i < ring.size(); ++i)
        twiceArea += (ring[i].lonDegrees - ring[0].lonDegrees) * (ring[i - 1].latDegrees - ring[0].latDegrees) -
                     (ring[i - 1].lonDegrees - ring[0].lonDegrees) * (ring[i].latDegrees - ring[0].latDegrees);
    return twiceArea > 0;
}

struct Piece {
    const char* type; // "Polygon"
    std::string coordinates;
};

std::vector<Piece> piecesOf(const FeatureShape& shape, const Marks& marks) {
    std::vector<Piece> pieces;
    const auto point = [&](std::uint32_t i) { return pointText(shape, marks, i); };
    const auto line = [&](std::uint32_t part) { return listed(marks, coordinatesOf(shape, part), point); };
    const auto polygon = [&](const std::vector<std::uint32_t>& rings) {
        return listed(marks, rings, [&](std::uint32_t part) {
            const bool isOuter = part == rings.front();
            const bool isReversed = isClockwise(shape.geometry->part(part)) == isOuter;
            return listed(marks, coordinatesOf(shape, part, isReversed), point);
        });
    };
    if (shape.points.size() == 1)
        pieces.push_back({"Point", marks.pointOpen[0] ? point(shape.points[0]) : listed(marks, shape.points, point)});
    else if (!shape.points.empty())
        pieces.push_back({"MultiPoint", listed(marks, shape.points, point)});
    if (shape.lines.size() == 1)
        pieces.push_back({"LineString", line(shape.lines[0])});
    else if (!shape.lines.empty())
        pieces.push_back({"MultiLineString", listed(marks, shape.lines, line)});
    if (shape.polygons.size() == 1)
        pieces.push_back({"Polygon", polygon(shape.polygons[0])});
    else if (!shape.polygons.empty())
        pieces.push_back({"MultiPolygon", listed(marks, shape.polygons, polygon)});
    return pieces;
}

std::string upperCase(std::string text) {
    for (char& c : text)
        c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    return text;
}

} // namespace

FeatureShape shapeOf(const GeometryColumn& geometry, std::uint32_t feature) {
    FeatureShape shape;
    shape.geometry = &geometry;
    const std::uint32_t first = geometry.featureStart[feature], end = geometry.featureStart[feature + 1];
    for (std::uint32_t p = first; p < end; ++p)
        switch (geometry.partRole[p]) {
        case PartRole::Points:
            for (std::uint32_t i = geometry.partStart[p]; i < geometry.partStart[p + 1]; ++i)
                shape.points.push_back(i);
            break;
        case PartRole::Line:
            shape.lines.push_back(p);
            break;
        case PartRole::OuterRing:
            shape.polygons.push_back({p});
            break;
        case PartRole::InnerRing:
            if (!shape.polygons.empty())
                shape.polygons.back().push_back(p);
            break;
        }
    const auto begin = geometry.z.begin();
    shape.hasZ = !geometry.z.empty() && first < end &&
                 std::all_of(begin + geometry.partStart[first], begin + geometry.partStart[end],
                             [](double z) { return std::isfinite(z); });
    return shape;
}

std::string geoJsonOf(const FeatureShape& shape) {
    std::string text;
    const std::vector<Piece> pieces = piecesOf(shape, kGeoJson);
    for (const Piece& piece : pieces)
        text += std::string(text.empty() ? "" : ",") + "{\"type\":\"" + piece.type +
                "\",\"coordinates\":" + piece.coordinates + "}";
    if (pieces.empty())
        return "null";
    return pieces.size() == 1 ? text : "{\"type\":\"GeometryCollection\",\"geometries\":[" + text + "]}";
}

std::string wktOf(const FeatureShape& shape) {
    const char* const z = shape.hasZ ? " Z " : " ";
    std::string text;
    const std::vector<Piece> pieces = piecesOf(shape, kWkt);
    for (const Piece& piece : pieces)
        text += (text.empty() ? "" : ", ") + upperCase(piece.type) + z + piece.coordinates;
    return pieces.size() < 2 ? text : std::string("GEOMETRYCOLLECTION") + z + "(" + text + ")";
}

std::string kmlCoordinates(const FeatureShape& shape, std::uint32_t part) {
    return listed(kKml, coordinatesOf(shape, part), [&](std::uint32_t i) { return pointText(shape, kKml, i); });
}

} // namespace cordon
