// What a render command asks for, read from its options and checked, before any file is touched.
#pragma once

#include "core/geo/coordinates.h"
#include "core/io/recipe.h"
#include "core/model/situation.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cordon {

struct PixelSize {
    int width = 0;
    int height = 0;
};

struct MapRequest {
    std::string output; // "" = the outputs of the recipe
    std::optional<GeoBox> extent;
    std::optional<LonLat> center;
    std::optional<double> scaleDenominator;
    std::string crs;
    std::optional<PixelSize> size;
    std::string paper;       // "A3"; "" = not given
    std::string orientation; // "landscape", "portrait"; "" = not given
    std::optional<double> dpi;
    std::optional<bool> sheet;
    std::string title, language;
    std::optional<Grade> atLeastGrade;
    std::optional<int> incidentDays;
    std::vector<std::string> layers;                         // names; empty = all
    std::vector<std::pair<std::string, std::string>> styles; // layer name ("" = all), file
    bool graticule = false;
    bool overwrite = true;
};

// All throw UsageError that names the option and says how to write it.
GeoBox parseExtent(const std::string& option, const std::string& text);  // "W,S,E,N"; E grows by 360 where W > E
LonLat parseCenter(const std::string& text);                             // "LON,LAT"
double parseScale(const std::string& text);                              // "1:500000" or "500000"
PixelSize parseSize(const std::string& option, const std::string& text); // "1920x1080"
double parseDpi(const std::string& text);                                // 10 to 2400
std::string parsePaper(const std::string& text);                         // "a3" -> "A3"

} // namespace cordon
