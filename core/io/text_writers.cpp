#include "core/io/text_writers.h"

#include "core/io/feature_shape.h"
#include "core/io/record_json.h"
#include "core/model/csv_text.h"

#include <algorithm>
#include <ostream>

namespace cordon {
namespace {

std::string jsonValue(const FeatureTable& table, const Column& column, std::uint32_t row) {
    if (column.isNull(row))
        return "null";
    switch (column.type) {
    case FieldType::Real:
        return jsonNumber(column.realAt(row));
    case FieldType::Integer:
    case FieldType::Boolean:
        return table.valueAsText(column, row);
    default:
        return jsonText(table.valueAsText(column, row));
    }
}

// Where a CSV says the place of its rows.
struct PlaceColumns {
    bool arePoints = false; // lat and lon
    bool areShapes = false; // WKT; neither: no row has a place
    bool hasZ = false;
    std::string lat = "lat", lon = "lon", ele = "ele", wkt = "WKT";
};

PlaceColumns placeColumnsOf(const FeatureTable& table) {
    PlaceColumns place;
    const GeometryColumn& g = table.geometry;
    for (std::uint32_t f = 0; f < table.featureCount && !place.areShapes; ++f) {
        const FeatureShape shape = shapeOf(g, f);
        const bool isPoint = shape.kinds() == 1 && shape.points.size() == 1;
        place.areShapes = !shape.isEmpty() && !isPoint;
        place.arePoints = place.arePoints || isPoint;
        place.hasZ = place.hasZ || shape.hasZ;
    }
    place.arePoints = place.arePoints && !place.areShapes;
    const auto free = [&](std::string& name, const char* otherwise) {
        for (int i = 1; table.findColumn(name); ++i)
            name = otherwise + (i > 1 ? std::to_string(i) : std::string());
    };
    free(place.ele, "ele_wgs84");
    free(place.wkt, "geometry_wkt");
    if (table.findColumn(place.lat) || table.findColumn(place.lon)) {
        place.lat = "lat_wgs84";
        place.lon = "lon_wgs84";
        free(place.lat, "lat_wgs84_");
        free(place.lon, "lon_wgs84_");
    }
    return place;
}

} // namespace

void writeGeoJson(const FeatureTable& table, std::ostream& out, bool inLines, const WriteOptions& options) {
    std::vector<std::string> keys;
    for (const Column& column : table.columns)
        keys.push_back(jsonText(column.name) + ":");
    if (!inLines)
        out << "{\"type\":\"FeatureCollection\",\"name\":" << jsonText(table.name) << ",\"features\":[";
    for (std::uint32_t row = 0; row < table.featureCount; ++row) {
        stepWriting(options, row, table.featureCount);
        out << (inLines ? "" : row ? ",\n" : "\n") << "{\"type\":\"Feature\",\"properties\":{";
        for (std::size_t c = 0; c < keys.size(); ++c)
            out << (c ? "," : "") << keys[c] << jsonValue(table, table.columns[c], row);
        out << "},\"geometry\":" << geoJsonOf(shapeOf(table.geometry, row)) << '}' << (inLines ? "\n" : "");
    }
    if (!inLines)
        out << "\n]}\n";
}

void writeCsv(const FeatureTable& table, std::ostream& out, const WriteOptions& options, Warnings& warnings) {
    const PlaceColumns place = placeColumnsOf(table);
    std::size_t formulas = 0;
    const auto cellOf = [&](const std::string& text) {
        formulas += looksLikeFormula(text);
        return safeCsvCell(text);
    };
    if (options.byteOrderMark)
        out << "\xEF\xBB\xBF";
    const char* separator = "";
    const auto put = [&](const std::string& cell) {
        out << separator << cell;
        separator = ",";
    };
    const auto endRow = [&] {
        out << "\r\n";
        separator = "";
    };
    if (place.areShapes)
        put(csvCell(place.wkt));
    for (const Column& column : table.columns)
        put(cellOf(column.name));
    if (place.arePoints) {
        put(place.lat);
        put(place.lon);
        if (place.hasZ)
            put(place.ele);
    }
    endRow();
    for (std::uint32_t row = 0; row < table.featureCount; ++row) {
        stepWriting(options, row, table.featureCount);
        const FeatureShape shape = shapeOf(table.geometry, row);
        if (place.areShapes)
            put(csvCell(wktOf(shape)));
        for (const Column& column : table.columns) {
            const std::string text = table.valueAsText(column, row);
            if (column.type != FieldType::Text)
                put(csvCell(text));
            else
                put(text.empty() && !column.isNull(row) ? "\"\"" : cellOf(text));
        }
        if (place.arePoints) {
            const bool isPlaced = !shape.points.empty();
            const LonLat p = isPlaced ? table.geometry.coordinates[shape.points[0]] : LonLat{};
            put(isPlaced ? numberText(p.latDegrees) : "");
            put(isPlaced ? numberText(p.lonDegrees) : "");
            if (place.hasZ)
                put(isPlaced && shape.hasZ ? numberText(table.geometry.z[shape.points[0]]) : "");
        }
        endRow();
    }
    if (formulas > 0)
        warnings.push_back({std::to_string(formulas) + (formulas == 1 ? " cell begins" : " cells begin") +
                                " like a formula and got a ' before it, so that no spreadsheet runs it.",
                            false});
}

} // namespace cordon
