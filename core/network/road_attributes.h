// What the columns of a road layer say of a road: OSM tags (also those in GDAL's other_tags) and plain attributes.
//   class     highway, class, road_class, fclass, type, category
//   surface   surface, pavement
//   speed     speed_kmh, maxspeed, max_speed, speed (km/h; "30 mph" is understood)
//   length    length_km (of the real road, where the line is schematic)
//   direction oneway (yes, true, 1, -1), junction=roundabout, highway=motorway
//   use       access, motor_vehicle, vehicle (no, private: not used), ford, route=ferry, ferry
//   level     layer, bridge, tunnel: lines of different levels cross without meeting
#pragma once

#include "core/model/feature_table.h"

#include <cstdint>
#include <string>

namespace cordon {

enum class RoadClass : std::uint8_t { Motorway, Main, Secondary, Tertiary, Local, Track, Path, Ferry, Unknown };
enum class RoadSurface : std::uint8_t { Unknown, Paved, Gravel, Earth, Sand };

struct RoadAttributes {
    RoadClass roadClass = RoadClass::Unknown;
    RoadSurface surface = RoadSurface::Unknown;
    bool isUsable = true; // false: no road for vehicles, or closed to the public for good
    bool forward = true, backward = true;
    bool isFord = false;
    std::int8_t level = 0;
    float speedKmh = 0; // 0: by class and surface
    float lengthKm = 0; // 0: by the line
    friend bool operator==(const RoadAttributes&, const RoadAttributes&) = default;
};

// Reads a table's rows; resolve the columns once, then ask for each row. The table must outlive it.
class RoadAttributeReader {
public:
    explicit RoadAttributeReader(const FeatureTable& table);
    RoadAttributes of(std::uint32_t row);
    // The layer is cut as OpenStreetMap is: roads meet where they share a vertex, and nowhere else.
    bool isOpenStreetMap() const { return m_highway != nullptr; }
    std::uint32_t badSpeeds() const { return m_badSpeeds; } // rows whose speed could not be used

private:
    std::string textOf(const Column* column, const char* tag, std::uint32_t row) const;
    void readClass(RoadAttributes& attributes, std::uint32_t row) const;
    void readUse(RoadAttributes& attributes, std::uint32_t row) const;
    void readLevel(RoadAttributes& attributes, std::uint32_t row) const;
    void readSpeed(RoadAttributes& attributes, std::uint32_t row);

    const FeatureTable& m_table;
    const Column *m_highway, *m_class, *m_surface, *m_speed, *m_length, *m_oneway, *m_junction, *m_access, *m_vehicle,
        *m_ford, *m_ferry, *m_route, *m_layer, *m_bridge, *m_tunnel, *m_otherTags;
    bool m_isPlain = false; // no column but the speed and length matters
    std::uint32_t m_badSpeeds = 0;
};

} // namespace cordon
