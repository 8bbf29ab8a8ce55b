// Geometries of KML, the tracks of Google's extension too. Private to the KML reader.
#pragma once

#include "core/io/geometry_builder.h"
#include "core/io/xml_scanner.h"

namespace cordon {

// Reads the geometries of one placemark; what they are is told by endFeature().
class KmlGeometry {
public:
    KmlGeometry(GeometryBuilder& builder, XmlScanner& xml) : m_builder(builder), m_xml(xml) {}

    static bool isGeometry(std::string_view element);

    // After the Start of one: up to its End. False if the file breaks off before.
    bool read();
    void endFeature();

    std::size_t badCoordinates() const { return m_bad; } // numbers that are none, or no place on Earth

    // A ground overlay's box as a polygon. After the Start of LatLonBox.
    bool readBox();

private:
    bool readParts(PartRole role);
    bool readPolygon();
    bool readBoundary(std::vector<LonLat>& ring, std::vector<double>& heights);
    bool readTrack();
    bool readLocation();
    void addCoordinates(std::string_view text, PartRole role);
    void addVertex(LonLat place, double height);
    void addTime(std::int64_t timeMs);

    GeometryBuilder& m_builder;
    XmlScanner& m_xml;
    std::string m_scratch;
    unsigned m_points = 0, m_lines = 0, m_polygons = 0;
    std::size_t m_bad = 0;
};

} // namespace cordon
