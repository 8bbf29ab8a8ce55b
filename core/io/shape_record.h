// The records of a .shp file (ESRI Shapefile Technical Description, 1998). Internal to io.
#pragma once

#include "core/io/geometry_builder.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cordon {

enum class ShapeType : std::uint32_t {
    Null = 0,
    Point = 1,
    PolyLine = 3,
    Polygon = 5,
    MultiPoint = 8,
    MultiPatch = 31,
};

struct ShapeKind {
    ShapeType type = ShapeType::Null;
    bool hasZ = false, hasM = false; // M may still be missing from a record with Z
    bool isKnown = true;
};

// Reads the content of one record after the other into the builder.
class ShapeRecordReader {
public:
    explicit ShapeRecordReader(GeometryBuilder& builder) : m_builder(builder) {}

    // False for a record that contradicts itself; the caller then drops what was added.
    bool read(std::string_view content);
    std::size_t closedRings() const { return m_closedRings; }

private:
    bool readPoint();
    bool readMultiPoint();
    bool readParts();
    void readLines();
    void readPolygon();
    bool readPatches();
    void addTriangle(std::uint32_t a, std::uint32_t b, std::uint32_t c);
    bool placeArrays(std::uint64_t pointsAt);
    void addPoints(std::uint32_t begin, std::uint32_t end);
    void addMeasure(double m);
    void closeRingFrom(std::size_t begin);

    GeometryBuilder& m_builder;
    std::string_view m_content;
    ShapeKind m_kind;
    std::uint32_t m_pointCount = 0;
    std::size_t m_pointsAt = 0, m_zAt = 0, m_mAt = 0;
    std::vector<std::uint32_t> m_partStarts, m_ringSizes;
    std::size_t m_closedRings = 0;
};

} // namespace cordon
