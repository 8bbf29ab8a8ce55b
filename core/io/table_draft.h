// The last step of every reader: a table in the CRS of its file becomes an immutable one in WGS 84, checked.
#pragma once

#include "core/io/geometry_builder.h"
#include "core/io/read_job.h"

namespace cordon {

struct TableDraft {
    std::string name;
    TableSource source;       // path, layer, format, encoding; crs is filled in by completeTable()
    GeometryBuilder geometry; // one feature a row
    std::vector<Column> columns;
    std::string crs;                       // what the file says, as WKT, EPSG code or URN; "" = it does not say
    const char* rowNoun = "feature";       // how rows are called in warnings: "feature", "row", "record"
    std::vector<std::uint32_t> rowNumbers; // how they are counted; empty = from 1
};

// Transforms to WGS 84 and checks every coordinate. Features whose coordinates cannot be on Earth are left out and
// named in a warning; throws Error when that is most of them (projected numbers without CRS, axes swapped).
std::shared_ptr<const FeatureTable> completeTable(TableDraft draft, ReadJob& job);

// "row 3", "rows 3, 7 and 9", "rows 3, 7, 9 and 40 more".
std::string namedRows(const char* noun, const std::vector<std::uint32_t>& rows);

// Keeps the rows where keep[row] is not 0.
void keepRows(GeometryColumn& geometry, std::vector<Column>& columns, const std::vector<std::uint8_t>& keep);

} // namespace cordon
