// Latitudes and longitudes as people and devices write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon {

enum class Axis { Latitude, Longitude };

// Degrees from "-7.44", "7,44", "7.44 N", "S0 08.040", "7°26'20.5\"E", "7d26m20s W", "W 8° 6,0'", "١٢٫٦٥", "1239.0N":
// degrees, minutes, seconds with any marks between, and the hemisphere as a letter or a word (English, French, Spanish,
// Arabic; O is ouest) before or after. No range check. nullopt for what is not wholly such a number, or has the letter
// of the other axis.
std::optional<double> parseDegrees(std::string_view text, Axis axis);

struct WrittenPlace {
    double latDegrees = 0, lonDegrees = 0;
    std::optional<double> altitudeMeters, accuracyMeters; // the third and fourth number of a Kobo or ODK form
    std::optional<double> squareMeters;                   // MGRS: side of the square whose centre this is
    friend bool operator==(const WrittenPlace&, const WrittenPlace&) = default;
};

enum class PlaceOrder { LatLon, LonLat };

// A whole place in one text: two coordinates in any of the spellings above, in `order` unless letters tell; "lat lon
// alt acc" of Kobo and ODK; UTM ("29P 612345 1398765", see placeInUtm); MGRS; a WKT point; ISO 6709; a geo: address or
// a map's link.
struct PlaceText {
    std::optional<WrittenPlace> place;
    std::string why; // without a place: what is wrong, to follow the text: "is ambiguous: ..."
};
PlaceText readPlace(std::string_view text, PlaceOrder order = PlaceOrder::LatLon);

// Latitude and longitude of readPlace().
std::optional<std::pair<double, double>> parseLatLon(std::string_view text);

// "29P", "29 N", "UTM zone 30 Sud", "29": the letter is that of a band or N, kSouth for a hemisphere that is written
// out,
// '\0' where there is none.
struct UtmZone {
    static constexpr char kSouth = '-';
    int number = 0;
    char letter = '\0';
};
std::optional<UtmZone> parseUtmZone(std::string_view text);
// A letter S is the band (32 to 40 N) where the northing lies in it, else south, unless `sIsBand`. Without a letter it
// is no place.
PlaceText placeInUtm(UtmZone zone, double eastingMeters, double northingMeters, bool sIsBand = false);

// ODK's geotrace and geoshape: places with ";" between. nullopt if one of them is none.
std::optional<std::vector<WrittenPlace>> parseTrace(std::string_view text);

} // namespace cordon
