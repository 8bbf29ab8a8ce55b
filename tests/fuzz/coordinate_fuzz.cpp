// Any text as a coordinate: read or refused; what is read is a place on Earth.
#include "core/io/coordinate_text.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    cordon::parseDegrees(text, cordon::Axis::Latitude);
    cordon::parseDegrees(text, cordon::Axis::Longitude);
    cordon::parseTrace(text);
    const auto place = cordon::parseLatLon(text);
    if (place && !(std::abs(place->first) <= 90 && std::abs(place->second) <= 360))
        std::abort();
    return 0;
}
