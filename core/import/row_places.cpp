#include "core/import/row_places.h"

#include "core/geo/crs.h"
#include "core/import/place_lookup.h"
#include "core/import/utm_zones.h"
#include "core/io/coordinate_text.h"
#include "core/io/csv_columns.h"
#include "core/io/delimited_text.h"
#include "core/io/geometry_builder.h"
#include "core/io/small_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace cordon {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Bad {
    std::size_t column;
    std::string value, why;
};

// The two coordinates of one cell, in the order they stand in, whatever marks part them.
template <class Parse> bool splitPair(std::string_view text, Parse parse) {
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        const char c = text[i];
        const bool isMark = c == ',' || c == ';' || c == '/' || c == ' ';
        const bool isLetter = c == 'N' || c == 'S' || c == 'E' || c == 'W' || c == 'O';
        if ((isMark || isLetter) && parse(trimText(text.substr(0, isMark ? i : i + 1)), trimText(text.substr(i + 1))))
            return true;
    }
    return false;
}

std::optional<LonLat> latLonOf(std::string_view text) {
    if (const auto pair = parseLatLon(text))
        return LonLat{pair->second, pair->first};
    LonLat p;
    const bool isRead = splitPair(text, [&](std::string_view a, std::string_view b) {
        const auto lat = parseDegrees(a, Axis::Latitude), lon = parseDegrees(b, Axis::Longitude);
        if (lat && lon)
            p = {*lon, *lat};
        return lat && lon;
    });
    return isRead ? std::optional(p) : std::nullopt;
}

std::optional<LonLat> lonLatOf(std::string_view text) {
    if (const auto pair = parseLatLon(text))
        return LonLat{pair->first, pair->second};
    LonLat p;
    const bool isRead = splitPair(text, [&](std::string_view a, std::string_view b) {
        const auto lon = parseDegrees(a, Axis::Longitude), lat = parseDegrees(b, Axis::Latitude);
        if (lat && lon)
            p = {*lon, *lat};
        return lat && lon;
    });
    return isRead ? std::optional(p) : std::nullopt;
}

class PlaceReader {
public:
    explicit PlaceReader(const ImportJob& job) : m_job(job), m_cells(job.table) {
        for (const auto role :
             {ColumnRole::Latitude, ColumnRole::Longitude, ColumnRole::LatitudeSide, ColumnRole::LongitudeSide,
              ColumnRole::Easting, ColumnRole::Northing, ColumnRole::UtmZone, ColumnRole::Mgrs, ColumnRole::LatLon,
              ColumnRole::LonLat, ColumnRole::GeoTrace, ColumnRole::GeoShape, ColumnRole::Wkt, ColumnRole::PlaceName,
              ColumnRole::PlaceCode})
            m_columns[role] = job.columnOf(role);
        if (!job.plan.crs.empty())
            if (const Crs crs = Crs::fromText(job.plan.crs); !crs.isWgs84())
                m_projection.emplace(crs);
        if (at(ColumnRole::Easting) && at(ColumnRole::Northing) && !at(ColumnRole::UtmZone) && !m_projection)
            throw Error("The columns '" + job.columnName(*at(ColumnRole::Easting)) + "' and '" +
                        job.columnName(*at(ColumnRole::Northing)) + "' of '" + job.table.name +
                        "' are metres, but nothing says on which grid; give its CRS, such as EPSG:32629.");
        if (const auto zone = at(ColumnRole::UtmZone))
            m_zones.emplace(job, *zone);
        if (at(ColumnRole::PlaceName) || at(ColumnRole::PlaceCode))
            m_lookup.emplace(job.project);
    }

    bool hasColumns() const {
        return std::any_of(m_columns.begin(), m_columns.end(), [](const auto& c) { return c.second.has_value(); });
    }

    RowPlaces read() {
        const std::size_t rows = m_job.rowCount();
        m_places.states.assign(rows, PlaceState::None);
        GeometryBuilder& builder = m_builder;
        builder.column.featureStart.reserve(rows + 1);
        for (std::size_t row = 0; row < rows; ++row) {
            m_job.checkpoint(row, 0, 0.4);
            m_kind = kNoGeometry;
            try {
                if (readRow(row))
                    m_places.states[row] = PlaceState::Good;
            } catch (const Bad& bad) {
                builder.dropFeature();
                m_kind = kNoGeometry;
                fail(row, bad, PlaceState::Bad);
            }
            builder.endFeature(m_kind);
        }
        builder.finish();
        m_places.geometry = std::move(builder.column);
        for (std::size_t row = 0; row < rows; ++row)
            if (m_places.states[row] == PlaceState::Good)
                checkRow(row);
        return std::move(m_places);
    }

    void check(RowPlaces& places) {
        m_places = std::move(places);
        for (std::size_t row = 0; row < m_job.rowCount(); ++row)
            if (m_places.states[row] == PlaceState::Good)
                checkRow(row);
        places = std::move(m_places);
    }

private:
    std::optional<std::size_t> at(ColumnRole role) const {
        const auto found = m_columns.find(role);
        return found == m_columns.end() ? std::nullopt : found->second;
    }
    std::string text(ColumnRole role, std::size_t row) {
        return at(role) ? std::string(m_cells.at(*at(role), row)) : std::string();
    }
    void fail(std::size_t row, const Bad& bad, PlaceState state) {
        m_places.states[row] = state;
        m_places.problems.push_back({m_job.table.rowNumbers[row], m_job.columnName(bad.column), bad.value, bad.why});
    }

    void addPoint(LonLat p) {
        m_builder.add(p.lonDegrees, p.latDegrees);
        m_builder.endPart(PartRole::Points);
        m_kind = kPoint;
    }

    // The first of the columns that says something tells the place.
    bool readRow(std::size_t row) {
        return readDegrees(row) || readPair(row) || readGrid(row) || readShape(row) || readName(row);
    }

    double degrees(std::size_t column, std::size_t row, const std::string& side, Axis axis) {
        const std::string_view cell = m_cells.at(column, row);
        std::optional<double> value = realFrom(cell, true);
        if (!value)
            value = parseDegrees(side.empty() ? std::string(cell) : std::string(cell) + side, axis);
        else if (!side.empty())
            value = parseDegrees(std::string(cell) + side, axis);
        if (!value || !std::isfinite(*value))
            throw Bad{column, std::string(cell), axis == Axis::Latitude ? "is not a latitude" : "is not a longitude"};
        return *value;
    }

    bool readDegrees(std::size_t row) {
        const auto lat = at(ColumnRole::Latitude), lon = at(ColumnRole::Longitude);
        if (!lat || !lon)
            return false;
        const bool hasLat = !m_cells.at(*lat, row).empty(), hasLon = !m_cells.at(*lon, row).empty();
        if (!hasLat && !hasLon)
            return false;
        if (!hasLat || !hasLon)
            throw Bad{hasLat ? *lon : *lat, "", "is empty beside the other coordinate"};
        const double y = degrees(*lat, row, text(ColumnRole::LatitudeSide, row), Axis::Latitude);
        const double x = degrees(*lon, row, text(ColumnRole::LongitudeSide, row), Axis::Longitude);
        addPoint({x, y});
        return true;
    }

    bool readPair(std::size_t row) {
        for (const auto role : {ColumnRole::LatLon, ColumnRole::LonLat, ColumnRole::Mgrs}) {
            const std::string cell = text(role, row);
            if (cell.empty())
                continue;
            const PlaceText read =
                readPlace(cell, role == ColumnRole::LonLat ? PlaceOrder::LonLat : PlaceOrder::LatLon);
            const auto p = read.place ? std::optional(LonLat{read.place->lonDegrees, read.place->latDegrees})
                           : role == ColumnRole::LatLon ? latLonOf(cell)
                           : role == ColumnRole::LonLat ? lonLatOf(cell)
                                                        : std::nullopt;
            if (!p)
                throw Bad{*at(role), cell, read.why};
            addPoint(*p);
            if (read.place)
                setBeside(row, read.place->altitudeMeters, read.place->accuracyMeters);
            return true;
        }
        return false;
    }

    void setBeside(std::size_t row, std::optional<double> altitude, std::optional<double> accuracy) {
        for (auto [values, value] :
             {std::pair(&m_places.altitudeMeters, altitude), std::pair(&m_places.accuracyMeters, accuracy)})
            if (value) {
                values->resize(m_job.rowCount(), kNone);
                (*values)[row] = *value;
            }
    }

    bool readGrid(std::size_t row) {
        const auto east = at(ColumnRole::Easting), north = at(ColumnRole::Northing);
        if (!east || !north)
            return false;
        const std::string x = text(ColumnRole::Easting, row), y = text(ColumnRole::Northing, row);
        if (x.empty() && y.empty())
            return false;
        const auto easting = realFrom(x, true), northing = realFrom(y, true);
        if (!easting || !northing || !std::isfinite(*easting) || !std::isfinite(*northing))
            throw Bad{easting ? *north : *east, easting ? y : x, "is not a number of metres"};
        const std::string zone = text(ColumnRole::UtmZone, row);
        if (!m_zones || (zone.empty() && m_projection)) {
            const auto p = m_projection->inverse(MapPoint{*easting, *northing});
            if (!p)
                throw Bad{*east, x, "is not on the grid of '" + m_job.plan.crs + "'"};
            addPoint(*p);
            return true;
        }
        const auto found = m_zones->find(zone, *easting, *northing);
        if (!found)
            throw Bad{*at(ColumnRole::UtmZone), zone, "is not a UTM zone such as 29N"};
        if (!found->text.place)
            throw Bad{*at(ColumnRole::UtmZone), zone + " " + x + " " + y, found->text.why};
        addPoint({found->text.place->lonDegrees, found->text.place->latDegrees});
        if (found->isGuess)
            m_places.guessedHemispheres.push_back(static_cast<std::uint32_t>(row));
        return true;
    }

    bool readShape(std::size_t row) {
        for (const auto role : {ColumnRole::GeoTrace, ColumnRole::GeoShape})
            if (const std::string cell = text(role, row); !cell.empty())
                return readTrace(cell, *at(role), role == ColumnRole::GeoShape);
        const std::string wkt = text(ColumnRole::Wkt, row);
        if (wkt.empty())
            return false;
        try {
            addShape(geometryFromWkt(wkt), row, wkt);
        } catch (const Error& error) {
            throw Bad{*at(ColumnRole::Wkt), wkt.substr(0, 60), std::string("is no usable WKT: ") + error.what()};
        }
        return true;
    }

    bool readTrace(const std::string& cell, std::size_t column, bool isClosed) {
        for (const std::string& vertex : splitText(cell, ';')) {
            const auto p = latLonOf(vertex);
            if (!p)
                throw Bad{column, vertex, "is not a place such as '12.65 -8.0 350 5'"};
            m_builder.add(p->lonDegrees, p->latDegrees);
        }
        if (isClosed)
            m_builder.closeRing();
        if (m_builder.openCoordinates() < (isClosed ? 4U : 2U))
            throw Bad{column, cell, isClosed ? "has fewer than 3 places" : "has fewer than 2 places"};
        m_builder.endPart(isClosed ? PartRole::OuterRing : PartRole::Line);
        m_kind = isClosed ? kPolygon : kLineString;
        return true;
    }

    void addShape(const SmallGeometry& shape, std::size_t row, const std::string& wkt) {
        using Kind = SmallGeometry::Kind;
        for (const SmallGeometry::Part& part : shape.parts) {
            for (const LonLat written : part.points) {
                const auto p = m_projection ? m_projection->inverse(MapPoint{written.lonDegrees, written.latDegrees})
                                            : std::optional(written);
                if (!p)
                    throw Bad{*at(ColumnRole::Wkt), wkt.substr(0, 60),
                              "is not on the grid of '" + m_job.plan.crs + "'"};
                m_builder.add(p->lonDegrees, p->latDegrees);
            }
            m_builder.endPart(shape.kind == Kind::Point  ? PartRole::Points
                              : shape.kind == Kind::Line ? PartRole::Line
                              : part.isHole              ? PartRole::InnerRing
                                                         : PartRole::OuterRing);
        }
        m_kind = shape.kind == Kind::Point ? kPoint : shape.kind == Kind::Line ? kLineString : kPolygon;
        if (shape.parts.empty())
            throw Bad{*at(ColumnRole::Wkt), m_job.table.cell(*at(ColumnRole::Wkt), row), "is empty"};
    }

    bool readName(std::size_t row) {
        for (const auto role : {ColumnRole::PlaceCode, ColumnRole::PlaceName}) {
            const std::string cell = text(role, row);
            if (cell.empty())
                continue;
            try {
                const PlaceLookup::Place place = m_lookup->find(cell);
                addPoint(place.point);
                if (place.isRegion) {
                    m_places.isInRegion.resize(m_job.rowCount(), 0);
                    m_places.isInRegion[row] = 1;
                }
                return true;
            } catch (const Error& error) {
                if (role == ColumnRole::PlaceCode && !text(ColumnRole::PlaceName, row).empty())
                    continue; // perhaps the name is known
                throw Bad{*at(role), cell, error.what()};
            }
        }
        return false;
    }

    // Coordinates beyond the globe.
    void checkRow(std::size_t row) {
        const GeometryColumn& g = m_places.geometry;
        const std::uint32_t begin = g.partStart[g.featureStart[row]], end = g.partStart[g.featureStart[row + 1]];
        for (std::uint32_t i = begin; i < end; ++i) {
            const LonLat p = g.coordinates[i];
            if (isOnEarth(p))
                continue;
            const bool isLat = std::abs(p.lonDegrees) <= 180;
            const double value = isLat ? p.latDegrees : p.lonDegrees;
            const auto column = at(isLat ? ColumnRole::Latitude : ColumnRole::Longitude);
            const std::string limit = isLat ? "90" : "180";
            fail(row,
                 {column.value_or(firstColumn()),
                  column ? std::string(m_cells.at(*column, row)) : std::to_string(value),
                  std::string("is not a ") + (isLat ? "latitude" : "longitude") + ": it is " +
                      (value > 0 ? "above " : "below -") + limit},
                 m_places.isPoint(row) ? PlaceState::Impossible : PlaceState::Bad);
            return;
        }
    }
    std::size_t firstColumn() const {
        for (const auto& [role, column] : m_columns)
            if (column)
                return *column;
        return 0;
    }

    const ImportJob& m_job;
    SourceCells m_cells;
    std::map<ColumnRole, std::optional<std::size_t>> m_columns;
    std::optional<Projection> m_projection;
    std::optional<UtmZones> m_zones;
    std::optional<PlaceLookup> m_lookup;
    GeometryBuilder m_builder;
    GeometryKind m_kind = kNoGeometry;
    RowPlaces m_places;
};

} // namespace

bool isOnEarth(LonLat p) {
    return std::abs(p.latDegrees) <= 90 && std::abs(p.lonDegrees) <= 180; // false for NaN
}

bool RowPlaces::isPoint(std::size_t row) const {
    const std::uint32_t first = geometry.featureStart[row];
    return geometry.featureStart[row + 1] == first + 1 && geometry.partRole[first] == PartRole::Points &&
           geometry.partStart[first + 1] == geometry.partStart[first] + 1;
}

bool hasPlaces(const ImportJob& job) {
    if (job.table.features)
        return true;
    return std::any_of(job.plan.columns.begin(), job.plan.columns.end(), [](const ColumnUse& use) {
        return use.role >= ColumnRole::Latitude && use.role <= ColumnRole::PlaceCode;
    });
}

RowPlaces readPlaces(const ImportJob& job) {
    PlaceReader reader(job);
    if (reader.hasColumns() && (!job.table.features || job.table.features->geometry.coordinates.empty()))
        return reader.read();
    RowPlaces places;
    if (job.table.features) {
        places.geometry = job.table.features->geometry;
    } else {
        places.geometry.featureStart.assign(job.rowCount() + 1, 0);
    }
    places.states.resize(job.rowCount());
    for (std::size_t row = 0; row < job.rowCount(); ++row)
        places.states[row] = places.geometry.featureStart[row + 1] > places.geometry.featureStart[row]
                                 ? PlaceState::Good
                                 : PlaceState::None;
    reader.check(places);
    return places;
}

} // namespace cordon
