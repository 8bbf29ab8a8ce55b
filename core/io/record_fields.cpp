#include "core/io/record_fields.h"

#include "core/io/delimited_text.h"
#include "core/io/json.h"
#include "core/io/read_job.h"
#include "core/io/small_geometry.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <set>

namespace cordon {
namespace {

void warnUnknownColumns(const std::string& path, const std::set<std::string>& names,
                        const std::vector<std::string>& knownColumns, Warnings& warnings) {
    for (const std::string& name : names) {
        if (name.empty() || std::find(knownColumns.begin(), knownColumns.end(), name) != knownColumns.end())
            continue;
        const auto nearest = nearestWord(name, knownColumns);
        warnings.push_back({path + ": the column '" + name + "' is not known and is not used" +
                                (nearest ? "; did you mean '" + *nearest + "'?" : "."),
                            false});
    }
}

std::vector<RawRecord> recordsOfCsv(const std::string& path, const std::string& subject,
                                    const std::vector<std::string>& knownColumns, Warnings& warnings) {
    const std::string text = readTextFile(path, warnings);
    std::vector<TextRow> rows;
    try {
        rows = parseDelimitedText(text);
    } catch (const Error& error) {
        throw Error(subject + " cannot be read: " + error.what());
    }
    if (rows.empty())
        throw Error(subject + " is empty; the first row must name the columns.");
    std::vector<std::string> header;
    for (const std::string& cell : rows.front().cells)
        header.push_back(lowerCased(trimText(cell)));
    warnUnknownColumns(path, {header.begin(), header.end()}, knownColumns, warnings);
    std::vector<RawRecord> records;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        RawRecord record;
        record.where = "line " + std::to_string(rows[i].line);
        if (rows[i].cells.size() > header.size()) {
            warnings.push_back({path + ", " + record.where + ": left out, because it has " +
                                    std::to_string(rows[i].cells.size()) + " cells under " +
                                    std::to_string(header.size()) + " column names; is a quote missing?",
                                true});
            continue;
        }
        for (std::size_t c = 0; c < rows[i].cells.size(); ++c)
            record.values.emplace_back(header[c], std::string(trimText(rows[i].cells[c])));
        records.push_back(std::move(record));
    }
    return records;
}

std::string textOf(const Json& value) {
    switch (value.kind) {
    case Json::Kind::Text:
        return std::string(trimText(value.text));
    case Json::Kind::Number:
        return value.text;
    case Json::Kind::Boolean:
        return value.boolean ? "true" : "false";
    case Json::Kind::Array: { // a list column may be a JSON list
        std::string joined;
        for (const Json& item : value.items)
            joined += (joined.empty() ? "" : ";") + textOf(item);
        return joined;
    }
    default:
        return {};
    }
}

std::vector<RawRecord> recordsOfGeoJson(const std::string& path, const std::string& subject,
                                        const std::vector<std::string>& knownColumns, Warnings& warnings) {
    const Json root = readJson(path, "file of situation records");
    const Json* features = root.find("features");
    if (!features || features->kind != Json::Kind::Array)
        throw Error(subject + " is not a GeoJSON FeatureCollection; it must hold a list of features.");
    std::vector<RawRecord> records;
    std::set<std::string> names;
    for (std::size_t i = 0; i < features->items.size(); ++i) {
        const Json& feature = features->items[i];
        RawRecord record;
        record.where = "feature " + std::to_string(i + 1);
        if (const Json* properties = feature.find("properties"))
            for (const auto& [name, value] : properties->members) {
                record.values.emplace_back(lowerCased(name), textOf(value));
                names.insert(lowerCased(name));
            }
        try {
            if (const Json* geometry = feature.find("geometry"))
                record.geometry = geometryFromGeoJson(*geometry);
        } catch (const Error& error) {
            warnings.push_back(
                {path + ", " + record.where + ": left out, because geometry cannot be used: " + error.what() + ".",
                 true});
            continue;
        }
        records.push_back(std::move(record));
    }
    warnUnknownColumns(path, names, knownColumns, warnings);
    return records;
}

} // namespace

bool isGeoJsonName(const std::string& path) {
    const std::string suffix = lowerCased(std::filesystem::path(path).extension().string());
    return suffix == ".geojson" || suffix == ".json";
}

std::vector<RawRecord> readRawRecords(const std::string& path, const std::string& subject,
                                      const std::vector<std::string>& knownColumns, Warnings& warnings) {
    return isGeoJsonName(path) ? recordsOfGeoJson(path, subject, knownColumns, warnings)
                               : recordsOfCsv(path, subject, knownColumns, warnings);
}

std::string RecordFields::text(std::string_view column) const {
    for (const auto& [name, value] : m_record.values)
        if (name == column)
            return value;
    return {};
}

void RecordFields::fail(std::string_view column, const std::string& why) const {
    const std::string value = text(column);
    throw BadValue{std::string(column) + (value.empty() ? " " : " '" + value + "' ") + why, std::string(column), value,
                   why};
}

std::string RecordFields::required(std::string_view column, const std::string& why) const {
    std::string value = text(column);
    if (value.empty())
        fail(column, "is empty; " + why);
    return value;
}

std::optional<TimePoint> RecordFields::time(std::string_view column) const {
    const std::string value = text(column);
    if (value.empty())
        return std::nullopt;
    if (const auto parsed = parseTime(value))
        return parsed->time;
    fail(column, "is not a date such as 2025-10-20 or 2025-10-20T14:00Z");
}

TimeInterval RecordFields::interval(std::string_view from, std::string_view to) const {
    TimeInterval result;
    if (const auto begin = time(from))
        result.begin = *begin;
    result.end = time(to);
    if (result.isEmpty())
        fail(to, "is not after " + std::string(from) + " '" + text(from) + "'");
    return result;
}

std::optional<double> RecordFields::number(std::string_view column) const {
    const std::string value = text(column);
    if (value.empty())
        return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size() || !std::isfinite(number))
        fail(column, "is not a number");
    return number;
}

std::optional<int> RecordFields::count(std::string_view column) const {
    const auto value = number(column);
    if (!value)
        return std::nullopt;
    if (*value < 0 || *value > 10'000'000 || *value != std::floor(*value))
        fail(column, "is not a whole number from 0 up");
    return static_cast<int>(*value);
}

std::vector<std::string> RecordFields::list(std::string_view column) const {
    return splitText(text(column), ';');
}

SmallGeometry RecordFields::geometry() const {
    if (const std::string wkt = text("geometry"); !wkt.empty()) {
        try {
            return geometryFromWkt(wkt);
        } catch (const Error& error) {
            throw BadValue{std::string("geometry cannot be used: ") + error.what(), "geometry", wkt.substr(0, 60),
                           std::string("cannot be used: ") + error.what()};
        }
    }
    if (m_record.geometry.kind != SmallGeometry::Kind::None)
        return m_record.geometry;
    const auto lon = number("lon");
    const auto lat = number("lat");
    if (!lon && !lat)
        return {};
    if (!lon || !lat)
        fail(lon ? "lat" : "lon", "is empty; a point needs lon and lat");
    try {
        return {SmallGeometry::Kind::Point, {{{checkedLonLat(*lon, *lat)}, false}}};
    } catch (const Error& error) {
        throw BadValue{error.what()};
    }
}

} // namespace cordon
