// Where the rows of a table lie. Internal to import.
#pragma once

#include "core/import/import_job.h"

#include <vector>

namespace cordon {

enum class PlaceState : std::uint8_t {
    None,       // the row says no place
    Good,       //
    Impossible, // a point that cannot be on Earth as it is written; in the geometry nevertheless, for mending it
    Bad         // what it says cannot be read
};

struct RowPlaces {
    GeometryColumn geometry; // one feature a row; without parts: no place
    std::vector<PlaceState> states;
    std::vector<double> altitudeMeters, accuracyMeters; // of cells with four numbers; empty: no such cells
    std::vector<std::uint8_t> isInRegion;               // looked up in a region layer; empty: none was
    std::vector<std::uint32_t> guessedHemispheres;      // positions of rows whose UTM zone does not tell it
    std::vector<RowNote> problems;                      // of the rows that are Impossible or Bad; by row number

    LonLat pointOf(std::size_t row) const { return geometry.coordinates[firstOf(row)]; }
    void setPoint(std::size_t row, LonLat p) { geometry.coordinates[firstOf(row)] = p; }
    bool isPoint(std::size_t row) const;

private:
    std::size_t firstOf(std::size_t row) const { return geometry.partStart[geometry.featureStart[row]]; }
};

// Throws Error for a CRS that is none.
RowPlaces readPlaces(const ImportJob& job);
// Whether the plan or the table says where rows lie.
bool hasPlaces(const ImportJob& job);

bool isOnEarth(LonLat p);

} // namespace cordon
