// What shall become of a table: what it is imported as, and what each column is. Made by recognise(), changed by the
// user, kept in mapping files and remembered for files of the same shape.
#pragma once

#include "core/import/source_table.h"
#include "core/model/project.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon {

enum class ImportTarget : std::uint8_t {
    Points,
    Tracks,
    Regions,
    Roads,
    Incidents, // records, as all below
    Control,
    RoadStatuses, // "status" on the command line
    Restrictions,
    Measures,
    Records, // our own columns: each row says its kind
};
std::string_view toWord(ImportTarget target);
std::optional<ImportTarget> importTargetFromWord(std::string_view word);
bool isRecordTarget(ImportTarget target);

enum class ColumnRole : std::uint8_t {
    Attribute, // kept as it is (layers) or not used (records)
    Ignore,
    Latitude,
    Longitude,
    LatitudeSide, // N or S
    LongitudeSide,
    Easting, // metres of plan.crs, or of the zone
    Northing,
    UtmZone, // "29P", "29 N"
    Mgrs,
    LatLon,   // one cell: "12.65 -8.0 350 5" (Kobo, ODK), "12°39'N 8°0'W"
    LonLat,   // one cell, longitude first
    GeoTrace, // ODK: "lat lon alt acc;lat lon alt acc"
    GeoShape, // the same, closed
    Wkt,
    PlaceName, // looked up in a gazetteer or region layer of the project
    PlaceCode, // P-code, likewise
    Altitude,  // metres
    Accuracy,  // metres
    Time,      // date, or date and time
    TimeOfDay, // beside a date
    EndTime,
    Device,
    TrackId,
    Field, // a value of a record: ColumnUse::field says which
};
std::string_view toWord(ColumnRole role);
std::optional<ColumnRole> columnRoleFromWord(std::string_view word);

struct ColumnUse {
    std::string column; // as written in the file
    ColumnRole role = ColumnRole::Attribute;
    std::string field; // Field only: a column of situation records (README): "status", "actor", "note"
    std::vector<std::pair<std::string, std::string>>
        values;      // Field only: what stands there -> what is meant ("bloqué", "blocked")
    std::string why; // for people: "named like a latitude", "values are MGRS"
    friend bool operator==(const ColumnUse&, const ColumnUse&) = default;
};

enum class DayOrder : std::uint8_t { FromValues, DayFirst, MonthFirst, YearFirst };

// Nothing suspicious is mended unless asked for.
enum class ImportFix : std::uint8_t {
    SwapLatLon,
    NegateLongitude,
    NegateLatitude,
    LeaveOutFarRows,
    LeaveOutInaccurate,
    LeaveOutZeroIsland,
    KeepDuplicates,
    UtmSouth // zones of which nothing tells the hemisphere
};
std::string_view toWord(ImportFix fix);
std::optional<ImportFix> importFixFromWord(std::string_view word);

struct ImportPlan {
    ImportTarget target = ImportTarget::Points;
    std::string preset; // "ACLED", "Kobo/ODK", ...; "" = none
    std::string layerName;
    std::vector<ColumnUse> columns;                             // in the order of the table
    std::vector<std::pair<std::string, std::string>> constants; // record field -> value for all rows
    std::string crs;                                            // of Easting/Northing, Wkt ("" = WGS 84)
    std::string timezone;                                       // of times without one, as the user wrote it; "" = UTC
    DayOrder dayOrder = DayOrder::FromValues;
    double snapMeters = 500;       // RoadStatuses given as points; 0 = do not snap
    double trackSnapMeters = 50;   // RoadStatuses from tracks: a road so near is passed; 0 = none is
    double trackGapSeconds = 1800; // a longer silence splits a track; 0 = never
    double worstAccuracyMeters = 100;
    std::vector<ImportFix> fixes;
    std::vector<std::pair<std::string, std::string>> roads; // id of a road status -> id of its road; "" = stays a point
    friend bool operator==(const ImportPlan&, const ImportPlan&) = default;
};

// What the file most likely is: a preset where its columns are known, else by names (English, French, Arabic, HXL tags)
// and by what stands in the columns. Never throws; a table that nothing is known of becomes points without places.
ImportPlan recognise(const SourceTable& table, const Project& project);
// The same, as what somebody says it is: one of presetNames(), or "" for none of them.
ImportPlan recogniseAs(const SourceTable& table, const Project& project, const std::string& preset);
std::vector<std::string> presetNames();
// The plan with another target. Columns of which nobody has said what they are become the fields their names tell.
ImportPlan planAs(ImportPlan plan, const SourceTable& table, ImportTarget target);

// The same shape: the same column names in the same order, and of features the same kind of geometry. For remembering
// plans.
std::string shapeOf(const SourceTable& table);

// Mapping files (JSON, documented in README). Throw Error that names an unknown key.
std::string planAsJson(const ImportPlan& plan);
ImportPlan planFromJson(std::string_view json, const std::string& subject);

} // namespace cordon
