// Fills a GeometryColumn feature by feature, in whatever CRS the file has.
#pragma once

#include "core/model/feature_table.h"

#include <limits>

namespace cordon {

// OGC kinds of geometry seen in a table, as bits.
enum GeometryKind : unsigned {
    kNoGeometry = 0,
    kPoint = 1,
    kMultiPoint = 2,
    kLineString = 4,
    kMultiLineString = 8,
    kPolygon = 16,
    kMultiPolygon = 32,
    kCollection = 64,
};

// Coordinates are pushed straight into `column`; endPart() and endFeature() close what was pushed since the last call.
class GeometryBuilder {
public:
    GeometryColumn column;
    unsigned kinds = kNoGeometry;

    void add(double x, double y) { column.coordinates.push_back({x, y}); }
    // Right after add(): the first value opens the column, coordinates without one get NaN.
    void addZ(double z) { addBeside(column.z, z); }
    void addM(double m) { addBeside(column.m, m); }

    void endPart(PartRole role);
    void endFeature(GeometryKind kind);
    // Closes an unclosed ring before endPart(); returns whether it had to.
    bool closeRing();

    // What belongs to the feature under way is forgotten, its parts too.
    void dropFeature();

    std::size_t coordinateCount() const { return column.coordinates.size(); }
    std::size_t openCoordinates() const { return column.coordinates.size() - column.partStart.back(); }
    bool featureIsEmpty() const { return column.partRole.size() == column.featureStart.back(); }
    // Pads the z and m columns; no more may be added after it.
    void finish();

    // Appends all features of another builder, which is left empty.
    void append(GeometryBuilder&& other);

private:
    void addBeside(std::vector<double>& values, double value) {
        values.resize(column.coordinates.size() - 1, std::numeric_limits<double>::quiet_NaN());
        values.push_back(value);
    }
};

// "Polygon", "MultiLineString", "Geometry" (mixed), "None".
const char* geometryTypeName(unsigned kinds);

// Ring roles of a polygon whose rings come in any order and orientation: rings nested at an even depth are outer, the
// others holes of the smallest ring around them. Where no two rings lie in each other this costs a box test each.
struct RingRef {
    std::size_t begin = 0, end = 0; // into `coordinates`
};
struct OrderedRing {
    RingRef ring;
    PartRole role = PartRole::OuterRing;
};
// Outer rings stay in the order given, each followed by its holes.
std::vector<OrderedRing> orderRings(const std::vector<LonLat>& coordinates, const std::vector<RingRef>& rings);

// The coordinates [firstCoordinate, end) are the rings of one polygon record, each as long as `ringSizes` says: ends
// the parts with their roles, moving coordinates where the order changes. Returns Polygon or MultiPolygon.
GeometryKind endPolygonRings(GeometryBuilder& builder, std::size_t firstCoordinate,
                             const std::vector<std::uint32_t>& ringSizes);

} // namespace cordon
