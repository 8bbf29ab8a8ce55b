// Reference data: a large, immutable, columnar table of features in WGS 84. Shared as shared_ptr<const FeatureTable>,
// built by io, never edited. Ready for millions of features: no object per feature.
#pragma once

#include "core/geo/coordinates.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cordon {

enum class PartRole : std::uint8_t {
    Points,    // one or more loose points
    Line,      // a line string
    OuterRing, // starts a polygon; closed (first point repeated)
    InnerRing, // a hole of the polygon before it; closed
};

// All geometries of a table. Feature f has parts featureStart[f]..featureStart[f+1), part p has coordinates
// partStart[p]..partStart[p+1). A feature without parts has no (or an empty) geometry.
struct GeometryColumn {
    std::vector<LonLat> coordinates;
    std::vector<double> z;            // elevation in metres, empty or one per coordinate; NaN = none
    std::vector<double> m;            // measure, empty or one per coordinate; NaN = none
    std::vector<std::int64_t> timeMs; // track times (ms UTC), empty or one per coordinate; kNoTime = none
    std::vector<std::uint32_t> partStart{0};
    std::vector<PartRole> partRole;
    std::vector<std::uint32_t> featureStart{0};

    static constexpr std::int64_t kNoTime = INT64_MIN;

    std::uint32_t featureCount() const { return static_cast<std::uint32_t>(featureStart.size() - 1); }
    std::uint32_t partCount() const { return static_cast<std::uint32_t>(partRole.size()); }
    std::span<const LonLat> part(std::uint32_t p) const {
        return {coordinates.data() + partStart[p], partStart[p + 1] - partStart[p]};
    }
};

enum class FieldType : std::uint8_t { Integer, Real, Text, Date, DateTime, Boolean };

// Text values back to back in one buffer.
struct TextValues {
    std::vector<std::uint64_t> start{0};
    std::string bytes; // UTF-8

    void append(std::string_view text) {
        bytes.append(text);
        start.push_back(bytes.size());
    }
    std::string_view at(std::size_t row) const {
        return std::string_view(bytes).substr(start[row], start[row + 1] - start[row]);
    }
};

struct Column {
    std::string name;
    FieldType type = FieldType::Text;
    // Integer: value; Boolean: 0/1; Date: days since 1970-01-01; DateTime: milliseconds UTC -> int64. Real -> double.
    std::variant<std::vector<std::int64_t>, std::vector<double>, TextValues> values;
    std::vector<std::uint8_t> isNullAt;          // empty: no nulls; else one per row. Null is not zero.
    std::vector<std::int16_t> zoneOffsetMinutes; // DateTime only: as written in the file; kNoZone; empty: all UTC
    static constexpr std::int16_t kNoZone = INT16_MIN;

    bool isNull(std::size_t row) const { return !isNullAt.empty() && isNullAt[row] != 0; }
    std::int64_t integerAt(std::size_t row) const { return std::get<std::vector<std::int64_t>>(values)[row]; }
    double realAt(std::size_t row) const { return std::get<std::vector<double>>(values)[row]; }
    std::string_view textAt(std::size_t row) const { return std::get<TextValues>(values).at(row); }
};

// Where a table came from, for people, info and re-import.
struct TableSource {
    std::string path;
    std::string layer;    // name inside the file
    std::string format;   // "ESRI Shapefile", "GeoJSON", ...
    std::string crs;      // of the file, as text; "" = assumed
    std::string encoding; // of the attributes as read
};

enum class GeometryClass : std::uint8_t { None, Points, Lines, Polygons, Mixed };

struct FeatureTable {
    std::string name;
    TableSource source;
    std::uint32_t featureCount = 0; // rows, those without geometry too; == geometry.featureCount()
    GeometryColumn geometry;
    std::vector<Column> columns; // each with featureCount rows
    std::vector<GeoBox> boxes;   // per feature; none for a table of points: see boxOf()
    GeoBox extent;
    std::string geometryType; // OGC name for info: "Polygon", "MultiLineString", "Point", "Geometry" (mixed), "None"

    GeoBox boxOf(std::uint32_t feature) const;                            // empty = no geometry
    GeometryClass geometryClass() const;                                  // what its parts are
    const Column* findColumn(std::string_view name) const;                // case-insensitive (ASCII); nullptr if none
    std::string valueAsText(const Column& column, std::size_t row) const; // for people; "" for null
    // Number of an Integer/Real/Boolean column, or of text that is wholly a number; nullopt for null and the rest.
    static std::optional<double> valueAsNumber(const Column& column, std::size_t row);
};

// Fills `boxes`, `extent` and `featureCount` from the geometry; every reader calls it last.
void finishTable(FeatureTable& table);

} // namespace cordon
