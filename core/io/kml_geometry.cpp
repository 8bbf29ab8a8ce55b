#include "core/io/kml_geometry.h"

#include "core/io/row_columns.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cordon {

namespace {

using Visited = XmlScanner::Visited;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\0';
}

struct Vertex {
    LonLat place;
    double height = kNone;
    bool isGood = false;
};

Vertex vertexOf(std::string_view lon, std::string_view lat, std::string_view height) {
    const double x = numberFrom(lon).value_or(kNone), y = numberFrom(lat).value_or(kNone);
    return {{x, y}, numberFrom(height).value_or(kNone), std::abs(x) <= 360 && std::abs(y) <= 90};
}

// "lon,lat,height lon,lat ...", with or without blanks after the commas.
template <class Take> void scanCoordinates(std::string_view text, Take take) {
    std::size_t at = 0;
    const auto skipBlanks = [&] {
        while (at < text.size() && isBlank(text[at]))
            ++at;
    };
    for (skipBlanks(); at < text.size(); skipBlanks()) {
        std::array<std::string_view, 3> items;
        for (std::size_t count = 0;; ++count) {
            const std::size_t begin = at;
            while (at < text.size() && !isBlank(text[at]) && text[at] != ',')
                ++at;
            if (count < items.size())
                items[count] = text.substr(begin, at - begin);
            const std::size_t end = at;
            skipBlanks();
            if (at >= text.size() || text[at] != ',') {
                if (at == begin) // cannot stand still
                    ++at;
                else if (at > end)
                    at = end;
                break;
            }
            ++at;
            skipBlanks();
        }
        take(vertexOf(items[0], items[1], items[2]));
    }
}

} // namespace

bool KmlGeometry::isGeometry(std::string_view element) {
    for (const std::string_view known :
         {"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack", "Model"})
        if (element == known)
            return true;
    return false;
}

void KmlGeometry::addVertex(LonLat place, double height) {
    m_builder.add(place.lonDegrees, place.latDegrees);
    if (std::isfinite(height))
        m_builder.addZ(height);
}

void KmlGeometry::addTime(std::int64_t timeMs) {
    GeometryColumn& g = m_builder.column;
    if (timeMs == GeometryColumn::kNoTime)
        return;
    g.timeMs.resize(g.coordinates.size() - 1, GeometryColumn::kNoTime);
    g.timeMs.push_back(timeMs);
}

void KmlGeometry::addCoordinates(std::string_view text, PartRole role) {
    scanCoordinates(text, [&](const Vertex& vertex) {
        if (vertex.isGood)
            addVertex(vertex.place, vertex.height);
        else
            ++m_bad;
    });
    if (m_builder.openCoordinates() == 0)
        return;
    m_builder.endPart(role);
    ++(role == PartRole::Points ? m_points : m_lines);
}

bool KmlGeometry::readParts(PartRole role) {
    return m_xml.readChildren([&] {
        if (m_xml.name() != "coordinates")
            return m_xml.skip();
        const auto text = m_xml.readText(m_scratch);
        if (text)
            addCoordinates(*text, role);
        return text.has_value();
    });
}

// After the Start of a boundary, or of a ring in it: the coordinates of its last ring.
bool KmlGeometry::readBoundary(std::vector<LonLat>& ring, std::vector<double>& heights) {
    return m_xml.readInside([&] {
        if (m_xml.name() != "coordinates")
            return Visited::Enter;
        const auto text = m_xml.readText(m_scratch);
        if (!text)
            return Visited::Broken;
        scanCoordinates(*text, [&](const Vertex& vertex) {
            m_bad += !vertex.isGood;
            if (!vertex.isGood)
                return;
            ring.push_back(vertex.place);
            heights.push_back(vertex.height);
        });
        return Visited::Read;
    });
}

bool KmlGeometry::readPolygon() {
    struct Ring {
        std::vector<LonLat> places;
        std::vector<double> heights;
        bool isOuter = false;
    };
    std::vector<Ring> rings;
    const bool isWhole = m_xml.readChildren([&] {
        Ring ring;
        ring.isOuter = m_xml.name() == "outerBoundaryIs";
        if (!ring.isOuter && m_xml.name() != "innerBoundaryIs")
            return m_xml.skip();
        if (!readBoundary(ring.places, ring.heights))
            return false;
        if (!ring.places.empty())
            rings.push_back(std::move(ring));
        return true;
    });
    if (!isWhole)
        return false;
    std::stable_partition(rings.begin(), rings.end(), [](const Ring& ring) { return ring.isOuter; });
    for (std::size_t i = 0; i < rings.size(); ++i) {
        for (std::size_t k = 0; k < rings[i].places.size(); ++k)
            addVertex(rings[i].places[k], rings[i].heights[k]);
        m_builder.closeRing();
        m_builder.endPart(i == 0 ? PartRole::OuterRing : PartRole::InnerRing);
    }
    m_polygons += !rings.empty();
    return true;
}

// Instants and places of a gx:Track belong together in their order.
bool KmlGeometry::readTrack() {
    std::vector<std::int64_t> times;
    std::size_t next = 0;
    const bool isWhole = m_xml.readChildren([&] {
        const bool isTime = m_xml.name() == "when";
        if (!isTime && m_xml.name() != "coord")
            return m_xml.skip();
        const auto text = m_xml.readText(m_scratch);
        if (!text)
            return false;
        if (isTime) {
            times.push_back(timeMsFrom(*text));
            return true;
        }
        std::string withCommas(*text);
        std::replace_if(withCommas.begin(), withCommas.end(), isBlank, ',');
        scanCoordinates(withCommas, [&](const Vertex& vertex) {
            m_bad += !vertex.isGood;
            if (vertex.isGood) {
                addVertex(vertex.place, vertex.height);
                if (next < times.size())
                    addTime(times[next]);
            }
        });
        ++next;
        return true;
    });
    if (!isWhole)
        return false;
    if (m_builder.openCoordinates() > 0) {
        m_builder.endPart(PartRole::Line);
        ++m_lines;
    }
    return true;
}

// A model stands at its Location.
bool KmlGeometry::readLocation() {
    std::string lon, lat;
    const bool isWhole = m_xml.readInside([&] {
        const bool isLon = m_xml.name() == "longitude";
        if (!isLon && m_xml.name() != "latitude")
            return Visited::Enter;
        const auto text = m_xml.readText(m_scratch);
        if (text)
            (isLon ? lon : lat) = *text;
        return XmlScanner::readOrBroken(text.has_value());
    });
    if (!isWhole)
        return false;
    if (!lon.empty() && !lat.empty())
        addCoordinates(lon + "," + lat, PartRole::Points);
    return true;
}

bool KmlGeometry::readBox() {
    double north = kNone, south = kNone, east = kNone, west = kNone, ignored = kNone;
    const bool isWhole = m_xml.readChildren([&] {
        const std::string name(m_xml.name());
        const auto text = m_xml.readText(m_scratch);
        if (!text)
            return false;
        const double value = numberFrom(*text).value_or(kNone);
        (name == "north"   ? north
         : name == "south" ? south
         : name == "east"  ? east
         : name == "west"  ? west
                           : ignored) = value;
        return true;
    });
    if (!isWhole)
        return false;
    if (!(std::abs(north) <= 90 && std::abs(south) <= 90 && std::abs(east) <= 360 && std::abs(west) <= 360))
        return true;
    for (const LonLat corner :
         {LonLat{west, south}, LonLat{east, south}, LonLat{east, north}, LonLat{west, north}, LonLat{west, south}})
        addVertex(corner, kNone);
    m_builder.endPart(PartRole::OuterRing);
    ++m_polygons;
    return true;
}

bool KmlGeometry::read() {
    const std::string_view name = m_xml.name();
    if (name == "Point")
        return readParts(PartRole::Points);
    if (name == "LineString" || name == "LinearRing")
        return readParts(PartRole::Line);
    if (name == "Polygon")
        return readPolygon();
    if (name == "Track")
        return readTrack();
    if (name == "Model")
        return readLocation();
    // MultiGeometry, MultiTrack
    return m_xml.readChildren([&] { return isGeometry(m_xml.name()) ? read() : m_xml.skip(); });
}

void KmlGeometry::endFeature() {
    const int sorts = (m_points > 0) + (m_lines > 0) + (m_polygons > 0);
    GeometryKind kind = kNoGeometry;
    if (sorts > 1)
        kind = kCollection;
    else if (m_points > 0)
        kind = m_points > 1 ? kMultiPoint : kPoint;
    else if (m_lines > 0)
        kind = m_lines > 1 ? kMultiLineString : kLineString;
    else if (m_polygons > 0)
        kind = m_polygons > 1 ? kMultiPolygon : kPolygon;
    m_builder.endFeature(kind);
    m_points = m_lines = m_polygons = 0;
}

} // namespace cordon
