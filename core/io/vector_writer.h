// Layers out, by the suffix of the file: .geojson (.json) .geojsonl .csv .gpx .kml .kmz .shp .gpkg .fgb. Always WGS 84.
#pragma once

#include "core/error.h"
#include "core/model/feature_table.h"
#include "core/model/style.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace cordon {

struct WriteOptions {
    bool overwrite = true;
    bool byteOrderMark = false;           // CSV: tells Excel that it is UTF-8
    std::optional<Style> style;           // KML: colours and widths of the first rule without conditions
    bool isStrict = false;                // throw Error, nothing written, rather than leave anything out
    std::stop_token stop;                 // throws Stopped
    std::function<void(double)> progress; // 0..1
};

// Suffixes with their dot, lower case, the usual one of a format first.
const std::vector<std::string>& writableSuffixes();
// Throws Error unless the suffix is known, the folder is there and the file may be replaced; a Cordon project never is.
void checkVectorOutput(const std::string& path, bool overwrite);

// What each format keeps:
//   GeoJSON, lines of it: all but measures and the times of single vertices.
//   CSV: points as lat and lon (and ele), other geometry as WKT; a cell that a spreadsheet would run as a formula gets
//   a '
//        before it. Null is an empty cell, an empty text is "".
//   GPX 1.1: points and lines with heights and times; columns GPX does not know as extensions (prefix cordon). Areas
//        are refused.
//   KML, KMZ: names, time stamps or spans, ExtendedData with types, tracks with times, one style.
//   Shapefile (with .dbf .shx .prj .cpg): one kind of geometry, else refused; names of 10 bytes, texts of 254 bytes,
//        times as text, truth values as 0 and 1.
//   GeoPackage: all but measures and the times of single vertices.
//   FlatGeobuf: likewise, but dates as times and no rows without a place; its spatial index sets the order.
// Written beside the target and renamed into place. What was changed or left out is warned of. Throws Error.
Warnings writeVector(const FeatureTable& table, const std::string& path, const WriteOptions& options = {});

} // namespace cordon
