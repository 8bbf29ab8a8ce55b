// The places of a project that people live in: what is reached or cut off.
#pragma once

#include "core/error.h"
#include "core/model/project.h"
#include "core/model/region_lookup.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

struct Place {
    std::string name;
    LonLat at;
    std::optional<double> population; // 0 in a file means not known
    std::string country;              // as the layer says it, or ""
    std::string region;               // code of the region it lies in, or ""
    std::string regionName;
};

// Of all layers with role Place that have points. Warns of populations that are no numbers.
std::vector<Place> placesOf(const Project& project, Warnings& warnings);

// "-8.0,12.65": longitude first.
std::optional<LonLat> lonLatOf(std::string_view text);

// A place by its name, or by LON,LAT of one within 5 km: case, accents and punctuation do not matter. Of several of one
// name the one of ten times the people of the next is meant. Throws Error that names the nearest names, or the several
// of that name.
std::size_t findPlace(const std::vector<Place>& places, std::string_view name);

} // namespace cordon
