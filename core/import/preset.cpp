#include "core/import/preset.h"

#include "core/import/column_facts.h"
#include "core/import/column_names.h"
#include "core/io/record_columns.h"

#include <algorithm>

namespace cordon {

namespace {

using Values = std::vector<std::pair<std::string, std::string>>;
using enum ColumnRole;

const Values kSdiTStatus = {{"Open", "open"},
                            {"Closed", "blocked"},
                            {"Restricted", "restricted"},
                            {"Planned", "unknown"},
                            {"Unknown", "unknown"}};
const Values kSdiTPrecision = {
    {"Accurate", "exact"}, {"Approximate", "approximate"}, {"Bad", "region"}, {"Unknown", "unknown"}};

// https://acleddata.com/knowledge-base/codebook; data_id and iso3 until March 2023, disorder_type and tags since.
Preset acled() {
    return {"ACLED",
            ImportTarget::Incidents,
            {{"event date"}, {"event type"}, {"sub event type"}, {"actor1"}, {"latitude"}, {"longitude"}},
            {{"event id cnty", Field, "id", {}},
             {"event date", Time, "", {}},
             {"time precision", Field, "date_precision", {{"1", "day"}, {"2", "week"}, {"3", "month"}}},
             {"sub event type", Field, "acled_sub_event", {}},
             {"actor1", Field, "actor", {}},
             {"actor2", Field, "other_actors", {}},
             {"location", Field, "place", {}},
             {"latitude", Latitude, "", {}},
             {"longitude", Longitude, "", {}},
             {"geo precision", Field, "location_precision", {{"1", "town"}, {"2", "approximate"}, {"3", "region"}}},
             {"source", Field, "source", {}},
             {"notes", Field, "note", {}},
             {"fatalities", Field, "fatalities_best", {}}},
            {}};
}

// Codebook of UCDP GED 23.1.
Preset ucdp() {
    return {
        "UCDP GED",
        ImportTarget::Incidents,
        {{"type of violence"}, {"side a"}, {"side b"}, {"date start"}, {"date end"}, {"latitude"}, {"longitude"}},
        {{"id", Field, "id", {}},
         {"date start", Time, "", {}},
         {"date end", EndTime, "", {}},
         {"date prec",
          Field,
          "date_precision",
          {{"1", "day"}, {"2", "day"}, {"3", "week"}, {"4", "month"}, {"5", "year"}}},
         {"type of violence", Field, "ucdp_violence", {{"1", "state_based"}, {"2", "non_state"}, {"3", "one_sided"}}},
         {"side a", Field, "actor", {}},
         {"side b", Field, "other_actors", {}},
         {"where coordinates", Field, "place", {}},
         {"where description", Field, "note", {}},
         {"where prec",
          Field,
          "location_precision",
          {{"1", "exact"},
           {"2", "approximate"},
           {"3", "region"},
           {"4", "region"},
           {"5", "segment"},
           {"6", "country"},
           {"7", "country"}}},
         {"source article", Field, "source", {}},
         {"best", Field, "fatalities_best", {}},
         {"low", Field, "fatalities_low", {}},
         {"high", Field, "fatalities_high", {}},
         {"latitude", Latitude, "", {}},
         {"longitude", Longitude, "", {}}},
        {}};
}

const Values kNoLoad = {{"0", ""}, {"0.0", ""}}; // "any attributes which are blank or '0' had no data entered"

// https://data.humdata.org/dataset/global-obstacles. It does not say who may pass: the status stays unknown.
Preset obstacles() {
    return {"WFP obstacles",
            ImportTarget::RoadStatuses,
            {{"obstype"}, {"obsdate"}, {"locprecision"}},
            {{"obstype", Field, "cause", {}},
             {"obsdate", Time, "", {}},
             {"status", Field, "status", kSdiTStatus},
             {"locprecision", Field, "location_precision", kSdiTPrecision},
             {"maxloadmt", Field, "load_tonnes", kNoLoad},
             {"lastcheckdate", Field, "confirmed", {}},
             {"source", Field, "source", {}},
             {"comments", Field, "note", {}},
             {"remarks", Field, "note", {}}},
            {{"status", "unknown"}}};
}

// https://data.humdata.org/dataset/global-bridges
Preset bridges() {
    return {"WFP bridges",
            ImportTarget::RoadStatuses,
            {{"brdgname", "brdgtype", "curntprac", "hasbypass"}, {"maxloadmt"}, {"status"}},
            {{"brdgname", Field, "place", {}},
             {"status", Field, "status", kSdiTStatus},
             {"maxloadmt", Field, "load_tonnes", kNoLoad},
             {"lastcheckdate", Time, "", {}},
             {"locprecision", Field, "location_precision", kSdiTPrecision},
             {"source", Field, "source", {}},
             {"comments", Field, "note", {}},
             {"remarks", Field, "note", {}}},
            {}};
}

// Our own, as README's "Situation records" names them; each row says its kind.
Preset records() {
    Preset preset{"Cordon records", ImportTarget::Records, {{"kind"}, {"valid from"}}, {}, {}};
    for (const std::string& column : recordColumns()) {
        const ColumnRole role = column == "lat"        ? Latitude
                                : column == "lon"      ? Longitude
                                : column == "geometry" ? Wkt
                                                       : Field;
        preset.columns.push_back({foldedName(column), role, role == Field ? column : "", {}});
    }
    return preset;
}

// https://download.geonames.org/export/dump/readme.txt
constexpr const char* kGeoNames[] = {"geonameid",   "name",          "asciiname",    "alternatenames",   "latitude",
                                     "longitude",   "feature class", "feature code", "country code",     "cc2",
                                     "admin1 code", "admin2 code",   "admin3 code",  "admin4 code",      "population",
                                     "elevation",   "dem",           "timezone",     "modification date"};

constexpr const char* kUcdp[] = {"id",
                                 "relid",
                                 "year",
                                 "active_year",
                                 "code_status",
                                 "type_of_violence",
                                 "conflict_dset_id",
                                 "conflict_new_id",
                                 "conflict_name",
                                 "dyad_dset_id",
                                 "dyad_new_id",
                                 "dyad_name",
                                 "side_a_dset_id",
                                 "side_a_new_id",
                                 "side_a",
                                 "side_b_dset_id",
                                 "side_b_new_id",
                                 "side_b",
                                 "number_of_sources",
                                 "source_article",
                                 "source_office",
                                 "source_date",
                                 "source_headline",
                                 "source_original",
                                 "where_prec",
                                 "where_coordinates",
                                 "where_description",
                                 "adm_1",
                                 "adm_2",
                                 "latitude",
                                 "longitude",
                                 "geom_wkt",
                                 "priogrid_gid",
                                 "country",
                                 "country_id",
                                 "region",
                                 "event_clarity",
                                 "date_prec",
                                 "date_start",
                                 "date_end",
                                 "deaths_a",
                                 "deaths_b",
                                 "deaths_civilians",
                                 "deaths_unknown",
                                 "best",
                                 "high",
                                 "low",
                                 "gwnoa",
                                 "gwnob"};

Preset geoNames() {
    return {
        "GeoNames",
        ImportTarget::Points,
        {{"geonameid"}, {"name"}, {"latitude"}, {"longitude"}},
        {{"latitude", Latitude, "", {}}, {"longitude", Longitude, "", {}}, {"modification date", Attribute, "", {}}},
        {}};
}

Preset koboOrOdk(std::vector<std::vector<std::string>> signs) {
    return {"Kobo/ODK", std::nullopt, std::move(signs), {}, {}};
}

const std::vector<Preset>& presets() {
    static const std::vector<Preset> kPresets = {
        records(),
        acled(),
        ucdp(),
        obstacles(),
        bridges(),
        geoNames(),
        koboOrOdk({{"uuid", "id"}, {"submission time"}}),
        koboOrOdk({{"submission date"}, {"key", "meta instance id", "instance id"}}),
        koboOrOdk({{"meta instance id", "instance id"}}),
        {"OCHA COD-AB",
         std::nullopt,
         // The names of 2015 were cut to what a shapefile holds; "admin1Pcod" folds into one word.
         {{"adm0 pcode", "adm1 pcode", "adm2 pcode", "admin0pcod", "admin1pcod", "admin2pcod", "admin1pcode"},
          {"valid on", "validon", "date"}},
         {},
         {}},
    };
    return kPresets;
}

template <std::size_t N> void nameAll(SourceTable& table, const char* const (&names)[N]) {
    for (std::size_t i = 0; i < N && i < table.columns.size(); ++i)
        table.columns[i] = names[i];
}

} // namespace

const Preset* findPreset(const std::vector<std::string>& foldedNames) {
    const auto isThere = [&](const std::string& name) {
        return std::find(foldedNames.begin(), foldedNames.end(), name) != foldedNames.end();
    };
    for (const Preset& preset : presets())
        if (std::all_of(preset.signs.begin(), preset.signs.end(), [&](const std::vector<std::string>& anyOf) {
                return std::any_of(anyOf.begin(), anyOf.end(), isThere);
            }))
            return &preset;
    return nullptr;
}

const Preset* presetNamed(const std::string& name) {
    const auto found = std::ranges::find(presets(), name, &Preset::name);
    return found == presets().end() ? nullptr : &*found;
}

std::vector<std::string> presetNames() {
    std::vector<std::string> names;
    for (const Preset& preset : presets())
        if (std::ranges::find(names, preset.name) == names.end())
            names.push_back(preset.name);
    names.push_back(kHxl);
    return names;
}

std::string nameKnownColumns(SourceTable& table) {
    const bool isNamed =
        std::any_of(table.columns.begin(), table.columns.end(), [](const std::string& name) { return !name.empty(); });
    const std::size_t count = table.columns.size();
    if (isNamed || table.rowCount() == 0 || (count != std::size(kGeoNames) && count != std::size(kUcdp)))
        return {};
    const auto isWithin = [&](std::size_t column, double from, double to) {
        return factsOf(table, column).isWithin(from, to);
    };
    if (count == std::size(kGeoNames) && isWithin(4, -90, 90) && isWithin(5, -180, 180) && isWithin(0, 1, 1e9)) {
        nameAll(table, kGeoNames);
        return "GeoNames";
    }
    if (count == std::size(kUcdp) && isWithin(2, 1946, 2200) && isWithin(5, 1, 3) && isWithin(29, -90, 90) &&
        isWithin(30, -180, 180)) {
        nameAll(table, kUcdp);
        return "UCDP GED";
    }
    return {};
}

} // namespace cordon
