// Where the rows of a delimited text are: columns found by their names, and the place of each row.
#pragma once

#include "core/io/csv_tokenizer.h"
#include "core/io/geometry_builder.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon {

struct PlaceColumns {
    enum class Kind { None, LatLon, XY, Wkt, Combined } kind = Kind::None;
    std::size_t first = 0, second = 0;                // latitude, longitude; y, x; or the one column
    std::optional<std::size_t> firstSide, secondSide; // columns with N/S and E/W
};

// By the usual English, French and Spanish names, with prefixes ("gps-point-Latitude", "_gps_latitude").
PlaceColumns findPlaceColumns(const std::vector<std::string>& names);

// Trimmed, empty beyond the row's end; may lie in `scratch`.
std::string_view cellAt(const std::vector<CsvCell>& row, std::size_t index, std::string& scratch);

class CsvPlaces {
public:
    PlaceColumns columns;

    // Adds the row's place to `geometry`, nothing where it has none. False if the row is to be left out.
    bool read(const std::vector<CsvCell>& row, GeometryBuilder& geometry);
    // Of the first row that was left out: what was not understood.
    const std::string& example() const { return m_example; }

    // The two numbers of the row read last, where its columns read them alike.
    std::optional<double> first, second;

private:
    bool addPoint(const std::vector<CsvCell>& row, GeometryBuilder& geometry);
    bool refuse(const std::string& text);

    std::string m_example, m_scratch;
};

} // namespace cordon
