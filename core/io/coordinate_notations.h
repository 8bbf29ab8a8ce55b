// Places written in notations of their own: grids, WKT, ISO 6709, links. Internal to coordinate_text.
#pragma once

#include "core/io/coordinate_text.h"

namespace cordon {

// Each takes plainCoordinateText(). nullopt: it is not in that notation at all; a PlaceText without a place: it is, but
// wrong.
std::optional<PlaceText> readMgrs(std::string_view plain);
std::optional<PlaceText> readUtm(std::string_view plain);
std::optional<PlaceText> readWktPoint(std::string_view plain);
std::optional<PlaceText> readIso6709(std::string_view plain);

// The coordinates in "geo:12.65,-8.0;u=35" and in links of usual web maps; the text itself if it is none.
std::string_view withoutLink(std::string_view plain);

// Degrees from ddmm.m or ddmmss.s written in one, as `integerDigits` tell; nullopt where they are no such number.
std::optional<double> degreesFromPacked(double value, int integerDigits, Axis axis);

PlaceText placeAt(double latDegrees, double lonDegrees); // with the range checked

} // namespace cordon
