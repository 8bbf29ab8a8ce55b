// What a camera writes into a JPEG or TIFF about where, when and which way (Exif 2.32, in a TIFF structure).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cordon {

struct PhotoFacts {
    std::optional<double> latDegrees, lonDegrees, altitudeMetres;
    std::optional<double> directionDegrees; // where the camera looked
    bool directionIsMagnetic = false;
    std::string time; // ISO 8601; with Z when it comes from the satellites, else with a zone only if the camera says it
    std::string camera; // make and model
    std::string description;
};

// Nullopt if the bytes are neither. Broken or absent facts are just missing.
std::optional<PhotoFacts> photoFacts(std::string_view bytes);

} // namespace cordon
