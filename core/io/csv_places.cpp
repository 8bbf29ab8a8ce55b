#include "core/io/csv_places.h"

#include "core/io/coordinate_text.h"
#include "core/io/csv_columns.h"
#include "core/io/decimal.h"
#include "core/io/ogr_geometry.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace cordon {

namespace {

using Kind = PlaceColumns::Kind;

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> candidates) {
    return std::find(candidates.begin(), candidates.end(), text) != candidates.end();
}

// Lower case, with words separated by single blanks: "gps-point-Latitude" and "decimalLatitude" end in " latitude".
std::string wordsOf(std::string_view name) {
    std::string words;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        if (c < 0x80 && !std::isalnum(c)) {
            if (!words.empty() && words.back() != ' ')
                words += ' ';
            continue;
        }
        const bool startsWord = std::isupper(c) && i > 0 && std::islower(static_cast<unsigned char>(name[i - 1]));
        if (startsWord && !words.empty() && words.back() != ' ')
            words += ' ';
        words += static_cast<char>(std::tolower(c));
    }
    while (!words.empty() && words.back() == ' ')
        words.pop_back();
    return words;
}

struct AxisName {
    int rank = 0;     // 0: not an axis; the smaller the surer
    std::string rest; // the name without the axis word: both columns of a pair have the same
};

AxisName axisName(const std::string& words, std::initializer_list<std::string_view> axisWords) {
    for (const std::string_view axis : axisWords) {
        if (words == axis)
            return {1, ""};
        if (words.ends_with(" " + std::string(axis)))
            return {2, words.substr(0, words.size() - axis.size() - 1)};
        if (words.starts_with(std::string(axis) + " "))
            return {3, words.substr(axis.size() + 1)};
    }
    return {};
}

std::string withoutAxisHints(std::string rest) {
    for (const std::string_view hint : {"n s", "e w", "ns", "ew"})
        if (rest == hint)
            return {};
    return rest;
}

bool findPair(const std::vector<std::string>& words, std::initializer_list<std::string_view> firstWords,
              std::initializer_list<std::string_view> secondWords, PlaceColumns& places) {
    int bestRank = 100;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const AxisName first = axisName(words[i], firstWords);
        for (std::size_t k = 0; first.rank > 0 && k < words.size(); ++k) {
            const AxisName second = axisName(words[k], secondWords);
            if (second.rank == 0 || k == i)
                continue;
            const bool isPair = withoutAxisHints(first.rest) == withoutAxisHints(second.rest);
            const int rank = first.rank + second.rank + (isPair ? 0 : 20);
            if (rank < bestRank) {
                bestRank = rank;
                places.first = i;
                places.second = k;
            }
        }
    }
    return bestRank < 100;
}

void addPlace(double x, double y, GeometryBuilder& geometry) {
    geometry.add(x, y);
    geometry.endPart(PartRole::Points);
    geometry.kinds |= kPoint;
}

} // namespace

PlaceColumns findPlaceColumns(const std::vector<std::string>& names) {
    std::vector<std::string> words;
    for (const std::string& name : names)
        words.push_back(wordsOf(name));
    PlaceColumns places;
    const auto isSide = [&](std::size_t column, std::string_view wanted) {
        return column + 1 < words.size() && words[column + 1] == wanted ? std::optional(column + 1) : std::nullopt;
    };
    if (findPair(words, {"latitude", "lat", "latitud"}, {"longitude", "lon", "long", "lng", "longitud"}, places)) {
        places.kind = Kind::LatLon;
        places.firstSide = isSide(places.first, "n s");
        places.secondSide = isSide(places.second, "e w");
        return places;
    }
    for (std::size_t i = 0; i < words.size(); ++i)
        if (isOneOf(words[i], {"wkt", "geom", "geometry", "geom wkt", "wkt geom", "the geom", "geometry wkt"})) {
            places.kind = Kind::Wkt;
            places.first = i;
            return places;
        }
    if (findPair(words, {"y", "y coord", "coord y", "ycoord", "point y", "coordy", "northing"},
                 {"x", "x coord", "coord x", "xcoord", "point x", "coordx", "easting"}, places)) {
        places.kind = Kind::XY;
        return places;
    }
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const std::string_view combined : {"gps", "geopoint", "location", "coordinates", "coordonnees",
                                                "coordonn\xC3\xA9"
                                                "es",
                                                "latlon", "latlong", "lat lon", "position", "geolocation"})
            if (words[i] == combined || words[i].ends_with(" " + std::string(combined))) {
                places.kind = Kind::Combined;
                places.first = i;
                return places;
            }
    return places;
}

std::string_view cellAt(const std::vector<CsvCell>& row, std::size_t index, std::string& scratch) {
    return index < row.size() ? trimmedCell(cellText(row[index], scratch)) : std::string_view{};
}

bool CsvPlaces::refuse(const std::string& text) {
    if (m_example.empty())
        m_example = text.substr(0, 40);
    return false;
}

// From two cells; false when one is there but is no coordinate. Both empty: no place.
bool CsvPlaces::addPoint(const std::vector<CsvCell>& row, GeometryBuilder& geometry) {
    const auto number = [&](std::size_t cell, std::optional<double>& asColumn) {
        const std::string_view text = cellAt(row, cell, m_scratch);
        asColumn = realFrom(text, false);
        if (asColumn && !std::isfinite(*asColumn))
            asColumn.reset();
        return asColumn ? asColumn : decimalFrom(text);
    };
    auto y = number(columns.first, first), x = number(columns.second, second);
    if (!x || !y || !std::isfinite(*x) || !std::isfinite(*y)) { // no plain numbers
        const std::string latitude(cellAt(row, columns.first, m_scratch));
        const std::string longitude(cellAt(row, columns.second, m_scratch));
        if (isNullText(latitude) && isNullText(longitude))
            return true;
        y = parseDegrees(latitude, Axis::Latitude);
        x = parseDegrees(longitude, Axis::Longitude);
        if (!x || !y)
            return refuse(latitude + ", " + longitude);
    }
    if (columns.firstSide && cellAt(row, *columns.firstSide, m_scratch).starts_with('S'))
        y = -std::abs(*y);
    if (columns.secondSide && cellAt(row, *columns.secondSide, m_scratch).starts_with('W'))
        x = -std::abs(*x);
    addPlace(*x, *y, geometry);
    return true;
}

bool CsvPlaces::read(const std::vector<CsvCell>& row, GeometryBuilder& geometry) {
    if (columns.kind == Kind::None)
        return true;
    if (columns.kind == Kind::LatLon || columns.kind == Kind::XY)
        return addPoint(row, geometry);
    const std::string text(cellAt(row, columns.first, m_scratch));
    if (isNullText(text))
        return true;
    if (columns.kind == Kind::Wkt)
        return addWkt(geometry, text) || refuse(text);
    const auto place = parseLatLon(text);
    if (!place)
        return refuse(text);
    addPlace(place->second, place->first, geometry);
    return true;
}

} // namespace cordon
