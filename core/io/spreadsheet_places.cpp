#include "core/io/spreadsheet_places.h"

#include "core/io/coordinate_text.h"
#include "core/io/csv_columns.h"
#include "core/io/csv_places.h"

namespace cordon {

namespace {

std::optional<double> degreesAt(const Column& column, std::size_t row, Axis axis) {
    if (column.type == FieldType::Text)
        return parseDegrees(column.textAt(row), axis);
    return FeatureTable::valueAsNumber(column, row);
}

} // namespace

void placeSpreadsheetRows(TableDraft& draft, ReadJob& job) {
    std::vector<std::string> names;
    for (const Column& column : draft.columns)
        names.push_back(column.name);
    const PlaceColumns places = findPlaceColumns(names);
    if (places.kind != PlaceColumns::Kind::LatLon)
        return;
    const Column& lat = draft.columns[places.first];
    const Column& lon = draft.columns[places.second];
    const std::uint32_t rows = draft.geometry.column.featureCount();
    GeometryBuilder builder;
    std::vector<std::uint32_t> unusable;
    for (std::uint32_t row = 0; row < rows; ++row) {
        const auto y = degreesAt(lat, row, Axis::Latitude), x = degreesAt(lon, row, Axis::Longitude);
        if (x && y) {
            builder.add(*x, *y);
            builder.endPart(PartRole::Points);
        } else if (!lat.isNull(row) || !lon.isNull(row)) {
            unusable.push_back(row + 1);
        }
        builder.endFeature(kPoint);
    }
    if (!unusable.empty())
        job.warn(draft.source.path + ": " + countOf(unusable.size(), "row") + " of " + draft.name +
                     " without a place, because the coordinates cannot be understood: " + namedRows("row", unusable) +
                     ".",
                 true);
    draft.geometry = std::move(builder);
    draft.crs = "EPSG:4326";
    draft.rowNoun = "row";
}

} // namespace cordon
