#include "core/io/table_draft.h"

#include "core/geo/crs.h"

#include <array>
#include <atomic>
#include <charconv>
#include <cmath>
#include <thread>

namespace cordon {

namespace {

// Longitudes past 180 are how many files cross the antimeridian; a full turn is the limit.
constexpr double kMaxLonDegrees = 360;
constexpr double kMaxLatDegrees = 90;
// Poles and edges come out of transformations with a rounding error.
constexpr double kToleranceDegrees = 1e-6;

bool isOnEarth(LonLat p) {
    return std::abs(p.lonDegrees) <= kMaxLonDegrees + kToleranceDegrees &&
           std::abs(p.latDegrees) <= kMaxLatDegrees + kToleranceDegrees;
}

std::string numberText(double value) {
    std::array<char, 32> buffer{};
    const auto format = std::abs(value) < 1e15 ? std::chars_format::fixed : std::chars_format::general;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format);
    return error == std::errc{} ? std::string(buffer.data(), end) : std::to_string(value);
}

// The definition nearly all files carry, without waking PROJ.
bool isPlainlyWgs84(std::string_view text) {
    std::string compact;
    for (const char c : text)
        if (static_cast<unsigned char>(c) > ' ')
            compact += c;
    const std::string_view view = compact;
    for (const std::string_view known :
         {"GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM["
          "\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]",
          "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84",
          "urn:ogc:def:crs:EPSG::4326"})
        if (view == known)
            return true;
    return false;
}

// "urn:ogc:def:crs:EPSG:6.9:32629" and "http://www.opengis.net/def/crs/EPSG/0/32629" as "EPSG:32629".
std::string withoutUrn(const std::string& text) {
    for (const std::string_view prefix : {"urn:ogc:def:crs:", "urn:x-ogc:def:crs:", "http://www.opengis.net/def/crs/",
                                          "https://www.opengis.net/def/crs/"}) {
        if (!lowerCased(text).starts_with(prefix))
            continue;
        const std::string rest = text.substr(prefix.size());
        const std::size_t first = rest.find_first_of(":/");
        const std::size_t last = rest.find_last_of(":/");
        if (first != std::string::npos && last + 1 < rest.size())
            return rest.substr(0, first) + ":" + rest.substr(last + 1);
    }
    return text;
}

// The CRS of the file; nullopt where it says none, or one that cannot be understood (which is warned of).
std::optional<Crs> crsOf(const TableDraft& draft, ReadJob& job) {
    const std::string& wanted = job.options().crs;
    const std::string& text = wanted.empty() ? draft.crs : wanted;
    if (text.empty())
        return std::nullopt;
    if (isPlainlyWgs84(text))
        return Crs();
    try {
        return Crs::fromText(withoutUrn(text));
    } catch (const Error& error) {
        if (!wanted.empty())
            throw;
        job.warn(draft.source.path +
                 ": its coordinate reference system is not understood and was passed over: " + error.what());
        return std::nullopt;
    }
}

void toWgs84(std::vector<LonLat>& coordinates, const Crs& crs, ReadJob& job) {
    constexpr std::size_t kChunk = 4096;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        const Projection projection(crs); // one per thread
        std::array<MapPoint, kChunk> in;
        for (std::size_t begin; (begin = next.fetch_add(kChunk)) < coordinates.size();) {
            if (job.options().stop.stop_requested())
                return;
            const std::size_t count = std::min(kChunk, coordinates.size() - begin);
            for (std::size_t i = 0; i < count; ++i)
                in[i] = {coordinates[begin + i].lonDegrees, coordinates[begin + i].latDegrees};
            projection.inverse(std::span(in).first(count), std::span(coordinates).subspan(begin, count));
        }
    };
    std::vector<std::jthread> threads;
    const std::size_t chunks = coordinates.size() / kChunk;
    for (int i = 1; i < job.threadCount() && static_cast<std::size_t>(i) <= chunks; ++i)
        threads.emplace_back(work);
    work();
    threads.clear();
    job.throwIfStopped();
}

bool allOnEarth(const std::vector<LonLat>& coordinates) {
    double maxLon = 0, maxLat = 0, nanMark = 0;
    for (const LonLat p : coordinates) {
        maxLon = std::max(maxLon, std::abs(p.lonDegrees));
        maxLat = std::max(maxLat, std::abs(p.latDegrees));
        nanMark += p.lonDegrees * 0 + p.latDegrees * 0; // NaN and infinity times 0 are NaN, and a NaN stays
    }
    return !std::isnan(nanMark) && maxLon <= kMaxLonDegrees + kToleranceDegrees &&
           maxLat <= kMaxLatDegrees + kToleranceDegrees;
}

struct BadRows {
    std::vector<std::uint32_t> off;     // somewhere off the Earth, infinite or partly not a number
    std::vector<std::uint32_t> noPlace; // points that are not a number: no place at all
    std::vector<std::uint8_t> keep;
    LonLat example; // the first coordinate off the Earth
    std::size_t withGeometry = 0;
};

BadRows findBadRows(const GeometryColumn& g) {
    BadRows bad;
    bad.keep.assign(g.featureCount(), 1);
    for (std::uint32_t f = 0; f < g.featureCount(); ++f) {
        const std::uint32_t begin = g.partStart[g.featureStart[f]], end = g.partStart[g.featureStart[f + 1]];
        bad.withGeometry += begin < end;
        bool isOff = false, allNan = true;
        for (std::uint32_t i = begin; i < end; ++i) {
            const LonLat p = g.coordinates[i];
            allNan &= std::isnan(p.lonDegrees) && std::isnan(p.latDegrees);
            if (!isOff && !isOnEarth(p)) {
                isOff = true;
                if (bad.off.empty())
                    bad.example = p;
            }
        }
        if (!isOff)
            continue;
        if (allNan) {
            bad.noPlace.push_back(f);
        } else {
            bad.off.push_back(f);
            bad.keep[f] = 0;
        }
    }
    return bad;
}

void dropGeometryOf(GeometryColumn& g, const std::vector<std::uint32_t>& rows) {
    GeometryColumn kept;
    std::size_t next = 0;
    for (std::uint32_t f = 0; f < g.featureCount(); ++f) {
        const bool isDropped = next < rows.size() && rows[next] == f;
        next += isDropped;
        for (std::uint32_t p = g.featureStart[f]; !isDropped && p < g.featureStart[f + 1]; ++p) {
            const auto copy = [&](const auto& from, auto& to) {
                if (!from.empty())
                    to.insert(to.end(), from.begin() + g.partStart[p], from.begin() + g.partStart[p + 1]);
            };
            copy(g.coordinates, kept.coordinates);
            copy(g.z, kept.z);
            copy(g.m, kept.m);
            copy(g.timeMs, kept.timeMs);
            kept.partStart.push_back(static_cast<std::uint32_t>(kept.coordinates.size()));
            kept.partRole.push_back(g.partRole[p]);
        }
        kept.featureStart.push_back(static_cast<std::uint32_t>(kept.partRole.size()));
    }
    g = std::move(kept);
}

void keepRowsOf(Column& column, const std::vector<std::uint8_t>& keep) {
    const auto filter = [&](auto& values) {
        std::size_t to = 0;
        for (std::size_t row = 0; row < keep.size(); ++row)
            if (keep[row])
                values[to++] = values[row];
        values.resize(to);
    };
    if (!column.isNullAt.empty())
        filter(column.isNullAt);
    if (!column.zoneOffsetMinutes.empty())
        filter(column.zoneOffsetMinutes);
    if (auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values)) {
        filter(*integers);
    } else if (auto* reals = std::get_if<std::vector<double>>(&column.values)) {
        filter(*reals);
    } else {
        const auto& texts = std::get<TextValues>(column.values);
        TextValues kept;
        for (std::size_t row = 0; row < keep.size(); ++row)
            if (keep[row])
                kept.append(texts.at(row));
        column.values = std::move(kept);
    }
}

[[noreturn]] void refuseNumbers(const TableDraft& draft, const BadRows& bad, bool saysCrs, const std::string& crsName) {
    const LonLat p = bad.example;
    const std::string where = "Cannot place " + draft.source.path + " on the map: ";
    const std::string numbers = numberText(p.lonDegrees) + ", " + numberText(p.latDegrees);
    if (std::isnan(p.lonDegrees) || std::isnan(p.latDegrees) || std::isinf(p.lonDegrees) || std::isinf(p.latDegrees))
        throw Error(where + "its coordinates (" + numbers + ") are no places" +
                    (saysCrs ? " in its coordinate reference system " + crsName : std::string()) +
                    "; check them, or name the right system with --crs EPSG:n.");
    if (std::abs(p.lonDegrees) <= kMaxLatDegrees && std::abs(p.latDegrees) <= 180)
        throw Error(where + "latitude " + numberText(p.latDegrees) +
                    " is beyond 90, so longitude and latitude seem to be swapped; the order must be longitude first.");
    if (std::abs(p.lonDegrees) <= kMaxLonDegrees && std::abs(p.latDegrees) <= kMaxLonDegrees)
        throw Error(where + "latitude " + numberText(p.latDegrees) +
                    " is beyond 90; correct the coordinates, or name their reference system with --crs EPSG:n.");
    if (saysCrs && draft.source.format == "CSV")
        throw Error(where + "its coordinates (" + numbers +
                    ") are not degrees; put back the decimal point if it was lost, or name their reference system with "
                    "--crs EPSG:n.");
    if (saysCrs)
        throw Error(where + "its coordinates (" + numbers + ") are not degrees, although the file says " + crsName +
                    "; name the right system with --crs EPSG:n.");
    throw Error(where + "its coordinates (" + numbers +
                ") are projected, and the file does not say in which reference system; name it with --crs EPSG:n.");
}

void reportBadRows(const TableDraft& draft, const BadRows& bad, const FeatureTable& table, ReadJob& job) {
    const auto numbered = [&](std::vector<std::uint32_t> rows) {
        for (std::uint32_t& row : rows)
            row = draft.rowNumbers.empty() ? row + 1 : draft.rowNumbers[row];
        return namedRows(draft.rowNoun, rows);
    };
    const std::string where = table.source.path + ": ";
    if (!bad.noPlace.empty())
        job.warn(where + countOf(bad.noPlace.size(), draft.rowNoun) +
                     " with coordinates that are not numbers (NaN) kept without a place: " + numbered(bad.noPlace) +
                     ".",
                 true);
    if (!bad.off.empty())
        job.warn(where + countOf(bad.off.size(), draft.rowNoun) +
                     " left out, because latitude must be within 90 and longitude within 360 degrees (found " +
                     numberText(bad.example.lonDegrees) + ", " + numberText(bad.example.latDegrees) +
                     "): " + numbered(bad.off) + ".",
                 true);
}

} // namespace

std::string namedRows(const char* noun, const std::vector<std::uint32_t>& rows) {
    constexpr std::size_t kNamed = 5;
    std::string text = noun;
    if (rows.size() > 1)
        text += 's';
    const std::size_t named = rows.size() <= kNamed ? rows.size() : kNamed - 1;
    for (std::size_t i = 0; i < named; ++i) {
        const bool isLast = i + 1 == rows.size();
        text += (i == 0 ? " " : isLast ? " and " : ", ") + std::to_string(rows[i]);
    }
    if (named < rows.size())
        text += " and " + std::to_string(rows.size() - named) + " more";
    return text;
}

void keepRows(GeometryColumn& geometry, std::vector<Column>& columns, const std::vector<std::uint8_t>& keep) {
    std::vector<std::uint32_t> gone;
    for (std::uint32_t row = 0; row < keep.size(); ++row)
        if (!keep[row])
            gone.push_back(row);
    dropGeometryOf(geometry, gone);
    std::vector<std::uint32_t> starts{0};
    for (std::uint32_t row = 0; row < keep.size(); ++row)
        if (keep[row])
            starts.push_back(geometry.featureStart[row + 1]);
    geometry.featureStart = std::move(starts);
    for (Column& column : columns)
        keepRowsOf(column, keep);
}

std::shared_ptr<const FeatureTable> completeTable(TableDraft draft, ReadJob& job) {
    draft.geometry.finish();
    auto table = std::make_shared<FeatureTable>();
    table->name = draft.name;
    table->source = draft.source;
    table->columns = std::move(draft.columns);
    table->geometry = std::move(draft.geometry.column);
    table->geometryType = geometryTypeName(draft.geometry.kinds);
    const bool hasPlaces = !table->geometry.coordinates.empty();
    const std::optional<Crs> crs = hasPlaces || !draft.crs.empty() ? crsOf(draft, job) : std::nullopt;
    if (crs && !crs->isWgs84() && hasPlaces)
        toWgs84(table->geometry.coordinates, *crs, job);
    if (crs)
        table->source.crs = crs->definition();
    if (hasPlaces && !allOnEarth(table->geometry.coordinates)) {
        const BadRows bad = findBadRows(table->geometry);
        if (2 * bad.off.size() > bad.withGeometry || (bad.off.size() == bad.withGeometry && !bad.off.empty()))
            refuseNumbers(draft, bad, crs.has_value(), crs ? crs->name() : std::string());
        reportBadRows(draft, bad, *table, job);
        dropGeometryOf(table->geometry, bad.noPlace);
        if (!bad.off.empty())
            keepRows(table->geometry, table->columns, bad.keep);
    }
    if (hasPlaces && !crs)
        job.warn(table->source.path + ": the file does not say its coordinate reference system; WGS 84 degrees were "
                                      "assumed, which fits its numbers (else give --crs EPSG:n).");
    finishTable(*table);
    return table;
}

} // namespace cordon
