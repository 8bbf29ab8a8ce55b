// GeoJSON features and geometries, from the scanner into columns.
#pragma once

#include "core/io/column_builder.h"
#include "core/io/geometry_builder.h"
#include "core/io/json_scanner.h"
#include "core/io/read_job.h"

#include <unordered_map>

namespace cordon {

// Row numbers count from 0.
class GeoJsonFeatures {
public:
    GeoJsonFeatures(JsonScanner& scanner, const ReadJob& job) : m_scanner(scanner), m_job(job) {}

    // At the '{' of a feature: adds a row.
    void readFeature();
    // At the '{' of a geometry: adds a row of it alone.
    void readBareGeometry();
    // A value in the place of a feature that is none: it is passed over and counted.
    void skipNonFeature();

    std::uint32_t rowCount() const { return m_row; }
    // Takes over the rows of what was read further on in the same file.
    void append(GeoJsonFeatures&& next);
    std::vector<Column> finishColumns();

    GeometryBuilder geometry;
    std::vector<std::uint32_t> unreadableGeometries; // rows
    std::size_t skippedValues = 0, closedRings = 0, droppedOrdinates = 0;
    bool hasTooManyProperties = false; // the first kMaxColumns were kept

private:
    enum class Type { Unknown, Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon, Collection };
    struct NameHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    };
    static Type typeNamed(std::string_view name);

    void readProperties();
    void readId();
    void readProperty(ColumnBuilder& column);
    ColumnBuilder* columnNamed(std::string_view name);
    void readGeometryMember();
    bool readGeometry(GeometryKind& kind, int depth);
    bool readCoordinates(Type type, GeometryKind& kind);
    bool readGeometries(GeometryKind& kind, int depth);
    bool readPosition();
    bool readPositions();
    bool readPolygonRings();
    template <class Read> bool readArray(Read readItem);

    JsonScanner& m_scanner;
    const ReadJob& m_job;
    std::uint32_t m_row = 0;
    std::vector<ColumnBuilder> m_columns;
    std::size_t m_nextColumn = 0; // features mostly have the same properties in the same order
    std::unordered_map<std::string, std::size_t, NameHash, std::equal_to<>> m_columnIndex;
    std::optional<ColumnBuilder> m_ids;
};

} // namespace cordon
