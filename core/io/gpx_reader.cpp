#include "core/io/gpx_reader.h"

#include "core/io/row_columns.h"
#include "core/io/table_draft.h"
#include "core/io/xml_scanner.h"

#include <array>
#include <cmath>

namespace cordon {

namespace {

using Token = XmlScanner::Token;
using Kind = RowColumns::Kind;

struct Detail {
    const char* name;
    Kind kind;
};
constexpr Detail kPointDetails[] = {
    {"ele", Kind::Real},           {"time", Kind::Time},     {"magvar", Kind::Real},     {"geoidheight", Kind::Real},
    {"name", Kind::Text},          {"cmt", Kind::Text},      {"desc", Kind::Text},       {"src", Kind::Text},
    {"url", Kind::Text},           {"urlname", Kind::Text},  {"link1_href", Kind::Text}, {"link1_text", Kind::Text},
    {"link1_type", Kind::Text},    {"sym", Kind::Text},      {"type", Kind::Text},       {"fix", Kind::Text},
    {"sat", Kind::Integer},        {"hdop", Kind::Real},     {"vdop", Kind::Real},       {"pdop", Kind::Real},
    {"ageofdgpsdata", Kind::Real}, {"dgpsid", Kind::Integer}};
constexpr Detail kLineDetails[] = {{"name", Kind::Text},       {"cmt", Kind::Text},        {"desc", Kind::Text},
                                   {"src", Kind::Text},        {"url", Kind::Text},        {"urlname", Kind::Text},
                                   {"link1_href", Kind::Text}, {"link1_text", Kind::Text}, {"link1_type", Kind::Text},
                                   {"number", Kind::Integer},  {"type", Kind::Text}};

template <std::size_t N> bool isDetail(const Detail (&details)[N], std::string_view name) {
    return std::any_of(std::begin(details), std::end(details), [&](const Detail& d) { return name == d.name; });
}

struct Layer {
    Layer(const char* layerName, bool isOfPoints, const std::string& path, ReadJob& job)
        : name(layerName), hasPoints(isOfPoints), columns(path, job) {
        if (hasPoints)
            for (const Detail& detail : kPointDetails)
                columns.declare(detail.name, detail.kind);
        else
            for (const Detail& detail : kLineDetails)
                columns.declare(detail.name, detail.kind);
    }
    bool knows(std::string_view detail) const {
        return hasPoints ? isDetail(kPointDetails, detail) : isDetail(kLineDetails, detail);
    }

    const char* name;
    bool hasPoints;
    GeometryBuilder geometry;
    RowColumns columns;
    std::vector<std::uint32_t> unplaced; // rows whose coordinates are none
};

struct Place {
    double lon = 0, lat = 0;
    bool isOnEarth = false;
};

class GpxReader {
public:
    GpxReader(const FileBytes& bytes, const std::string& path, ReadJob& job)
        : m_bytes(bytes), m_path(path), m_job(job), m_text(decodeXml(bytes, path, job)), m_xml(m_text.view),
          m_waypoints("waypoints", true, path, job), m_routes("routes", false, path, job),
          m_tracks("tracks", false, path, job) {}

    std::vector<std::shared_ptr<const FeatureTable>> read();

private:
    void readRoot();
    bool readWaypoint();
    bool readLines(Layer& layer);
    bool readSegment(Layer& layer);
    bool readVertex(Layer& layer);
    bool readRouteShape(Layer& layer);
    bool readDetail(Layer& layer);
    bool readLink(Layer& layer, int number);
    bool readExtension(Layer& layer);
    void endLine(Layer& layer);
    Place placeOfTag() const;
    void notePassedOver(std::string_view what);
    void breathe();
    void report();
    std::shared_ptr<const FeatureTable> complete(Layer& layer);

    const FileBytes& m_bytes;
    const std::string& m_path;
    ReadJob& m_job;
    XmlText m_text;
    XmlScanner m_xml;
    Layer m_waypoints, m_routes, m_tracks;
    std::string m_scratch;
    int m_linkCount = 0;
    std::size_t m_points = 0, m_badVertices = 0, m_badTimes = 0;
    std::vector<std::string> m_passedOver; // details of vertices that have no place in a line
};

Place GpxReader::placeOfTag() const {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const double lat = numberFrom(trimmedXml(m_xml.rawAttribute("lat").value_or(""))).value_or(kNone);
    const double lon = numberFrom(trimmedXml(m_xml.rawAttribute("lon").value_or(""))).value_or(kNone);
    return {lon, lat, std::abs(lon) <= 360 && std::abs(lat) <= 90};
}

// Every some thousand points: progress, stopping, and no more memory than needed.
void GpxReader::breathe() {
    constexpr std::size_t kOften = 4096;
    if (++m_points % kOften != 0)
        return;
    const double fraction = static_cast<double>(m_xml.offset()) / static_cast<double>(m_text.view.size());
    m_job.checkpoint(fraction);
    if (m_text.encoding == "UTF-8" && !m_text.converted)
        m_bytes.release(m_bytes.view().substr(0, m_xml.offset()));
    if (m_points == kOften) { // long enough to know how many there will be
        const auto expected = static_cast<std::size_t>(static_cast<double>(m_points) / fraction * 1.02) + kOften;
        for (Layer* layer : {&m_waypoints, &m_routes, &m_tracks}) {
            GeometryColumn& g = layer->geometry.column;
            if (g.coordinates.size() < m_points / 2)
                continue;
            g.coordinates.reserve(expected);
            if (!g.z.empty())
                g.z.reserve(expected);
            if (!g.timeMs.empty())
                g.timeMs.reserve(expected);
        }
    }
}

void GpxReader::notePassedOver(std::string_view what) {
    constexpr std::size_t kNamed = 20;
    if (m_passedOver.size() < kNamed && std::find(m_passedOver.begin(), m_passedOver.end(), what) == m_passedOver.end())
        m_passedOver.emplace_back(what);
}

bool GpxReader::readLink(Layer& layer, int number) {
    const std::string prefix = "link" + std::to_string(number) + "_";
    layer.columns.set(prefix + "href", m_xml.attribute("href"), Kind::Text);
    for (;;) {
        const Token token = m_xml.next();
        if (token == Token::End)
            return true;
        if (token == Token::Broken || token == Token::Done)
            return false;
        if (token != Token::Start)
            continue;
        const std::string name(m_xml.name());
        const auto text = m_xml.readText(m_scratch);
        if (!text)
            return false;
        layer.columns.set(prefix + name, *text, Kind::Text);
    }
}

// Each leaf becomes a column of its full name, as "gpxx_DisplayMode"; what Cordon wrote keeps the name it had.
bool GpxReader::readExtension(Layer& layer) {
    constexpr std::string_view kOwn = "cordon:";
    std::string name(m_xml.fullName());
    if (name.starts_with(kOwn))
        name.erase(0, kOwn.size());
    std::replace(name.begin(), name.end(), ':', '_');
    if (layer.knows(name))
        name = "extensions_" + name;
    std::string text;
    for (;;) {
        switch (m_xml.next()) {
        case Token::Start:
            if (!readExtension(layer))
                return false;
            break;
        case Token::Text:
            text += m_xml.text(m_scratch);
            break;
        case Token::End:
            layer.columns.set(name, text);
            return true;
        default:
            return false;
        }
    }
}

// One child of a waypoint, route or track that is no point.
bool GpxReader::readDetail(Layer& layer) {
    const std::string name(m_xml.name());
    if (name == "link")
        return readLink(layer, ++m_linkCount);
    if (name == "extensions") {
        for (;;) {
            const Token token = m_xml.next();
            if (token == Token::End)
                return true;
            if (token == Token::Broken || token == Token::Done || (token == Token::Start && !readExtension(layer)))
                return false;
        }
    }
    if (!layer.knows(name) || m_xml.fullName() != name)
        return readExtension(layer); // GPX 1.0 mixes foreign elements with its own
    const auto text = m_xml.readText(m_scratch);
    if (text && !layer.columns.hasValue(name))
        layer.columns.set(name, *text);
    return text.has_value();
}

bool GpxReader::readWaypoint() {
    Layer& layer = m_waypoints;
    GeometryColumn& g = layer.geometry.column;
    const Place place = placeOfTag();
    double height = std::numeric_limits<double>::quiet_NaN();
    std::int64_t timeMs = GeometryColumn::kNoTime;
    m_linkCount = 0;
    for (;;) {
        const Token token = m_xml.next();
        if (token == Token::End)
            break;
        if (token == Token::Text)
            continue;
        const bool isEle = token == Token::Start && m_xml.fullName() == "ele";
        const bool isTime = token == Token::Start && m_xml.fullName() == "time";
        if (token != Token::Start) {
            layer.columns.dropRow();
            return false;
        }
        if (!isEle && !isTime) {
            if (readDetail(layer))
                continue;
            layer.columns.dropRow();
            return false;
        }
        const auto text = m_xml.readText(m_scratch);
        if (!text) {
            layer.columns.dropRow();
            return false;
        }
        layer.columns.set(isEle ? "ele" : "time", *text);
        if (isEle)
            height = numberFrom(*text).value_or(height);
        else
            timeMs = timeMsFrom(*text);
    }
    if (place.isOnEarth) {
        layer.geometry.add(place.lon, place.lat);
        if (std::isfinite(height))
            layer.geometry.addZ(height);
        if (timeMs != GeometryColumn::kNoTime) {
            g.timeMs.resize(g.coordinates.size() - 1, GeometryColumn::kNoTime);
            g.timeMs.push_back(timeMs);
        }
        layer.geometry.endPart(PartRole::Points);
        layer.geometry.kinds |= kPoint;
    } else {
        layer.unplaced.push_back(static_cast<std::uint32_t>(layer.columns.rowCount() + 1));
    }
    layer.geometry.endFeature(kNoGeometry);
    layer.columns.endRow();
    breathe();
    return true;
}

// The way between two route points, as Garmin's programs write it: extensions / RoutePointExtension / rpt.
bool GpxReader::readRouteShape(Layer& layer) {
    for (int depth = 0;;) {
        const Token token = m_xml.next();
        if (token == Token::Broken || token == Token::Done)
            return false;
        if (token == Token::End && depth-- == 0)
            return true;
        if (token != Token::Start)
            continue;
        ++depth;
        if (m_xml.name() != "rpt")
            continue;
        if (const Place place = placeOfTag(); place.isOnEarth)
            layer.geometry.add(place.lon, place.lat);
    }
}

// A point is taken when its end tag is there; one that is cut off is not.
bool GpxReader::readVertex(Layer& layer) {
    GeometryColumn& g = layer.geometry.column;
    const Place place = placeOfTag();
    if (place.isOnEarth)
        layer.geometry.add(place.lon, place.lat);
    else
        ++m_badVertices;
    const std::size_t at = g.coordinates.size() - 1;
    double height = std::numeric_limits<double>::quiet_NaN();
    std::int64_t timeMs = GeometryColumn::kNoTime;
    bool isWhole = false;
    for (;;) {
        const Token token = m_xml.next();
        isWhole = token == Token::End;
        if (token == Token::Text)
            continue;
        if (token != Token::Start)
            break;
        const std::string_view name = m_xml.fullName();
        const bool isEle = name == "ele";
        if (!isEle && name != "time") {
            notePassedOver(name);
            const bool mayHoldShape = &layer == &m_routes && name == "extensions" && place.isOnEarth;
            if (mayHoldShape ? readRouteShape(layer) : m_xml.skip())
                continue;
            break;
        }
        const auto text = m_xml.readText(m_scratch);
        if (!text)
            break;
        if (isEle) {
            height = numberFrom(*text).value_or(height);
        } else {
            timeMs = timeMsFrom(*text);
            m_badTimes += timeMs == GeometryColumn::kNoTime && !text->empty();
        }
    }
    if (!place.isOnEarth)
        return isWhole;
    if (!isWhole) {
        g.coordinates.resize(at);
        return false;
    }
    if (std::isfinite(height)) {
        g.z.resize(at, std::numeric_limits<double>::quiet_NaN());
        g.z.push_back(height);
    }
    if (timeMs != GeometryColumn::kNoTime) {
        g.timeMs.resize(at, GeometryColumn::kNoTime);
        g.timeMs.push_back(timeMs);
    }
    breathe();
    return true;
}

void GpxReader::endLine(Layer& layer) {
    if (layer.geometry.openCoordinates() == 0)
        return;
    layer.geometry.endPart(PartRole::Line);
    layer.geometry.kinds |= &layer == &m_tracks ? kMultiLineString : kLineString;
}

bool GpxReader::readSegment(Layer& layer) {
    endLine(layer);
    for (;;) {
        const Token token = m_xml.next();
        if (token == Token::Text)
            continue;
        if (token == Token::Start) {
            if (m_xml.name() == "trkpt" ? readVertex(layer) : m_xml.skip())
                continue;
        }
        endLine(layer);
        return token == Token::End;
    }
}

bool GpxReader::readLines(Layer& layer) {
    m_linkCount = 0;
    bool isWhole = true;
    for (;;) {
        const Token token = m_xml.next();
        if (token == Token::Text)
            continue;
        isWhole = token == Token::End;
        if (token != Token::Start)
            break;
        const std::string_view name = m_xml.name();
        if (name == "trkseg")
            isWhole = readSegment(layer);
        else if (name == "rtept" || name == "trkpt")
            isWhole = readVertex(layer);
        else
            isWhole = readDetail(layer);
        if (!isWhole)
            break;
    }
    endLine(layer);
    layer.geometry.endFeature(kNoGeometry);
    layer.columns.endRow();
    return isWhole;
}

void GpxReader::readRoot() {
    Token token = m_xml.next();
    if (token == Token::Start && m_xml.name() != "gpx")
        throw Error("Cannot read " + m_path + ": it is no GPX, its first tag is <" +
                    std::string(m_xml.fullName().substr(0, 40)) + ">; check what kind of file it is.");
    while (token != Token::Done && token != Token::Broken) {
        token = m_xml.next();
        if (token != Token::Start)
            continue;
        const std::string_view name = m_xml.name();
        if (name == "wpt")
            readWaypoint();
        else if (name == "rte")
            readLines(m_routes);
        else if (name == "trk")
            readLines(m_tracks);
        else
            m_xml.skip();
    }
}

void GpxReader::report() {
    const bool isEmpty =
        m_waypoints.columns.rowCount() + m_routes.columns.rowCount() + m_tracks.columns.rowCount() == 0;
    reportXmlProblems(m_xml, m_path, isEmpty, m_job);
    if (m_badVertices > 0)
        m_job.warn(m_path + ": " + countOf(m_badVertices, "point") +
                       " of routes and tracks left out, whose coordinates are no places on Earth.",
                   true);
    if (m_badTimes > 0)
        m_job.warn(m_path + ": " + countOf(m_badTimes, "time") + " of points of tracks cannot be understood.", true);
    if (!m_waypoints.unplaced.empty())
        m_job.warn(m_path + ": " + countOf(m_waypoints.unplaced.size(), "waypoint") +
                       " without a place, because the coordinates are none on Earth: " +
                       namedRows("waypoint", m_waypoints.unplaced) + ".",
                   true);
    if (!m_passedOver.empty()) {
        std::string names;
        for (const std::string& name : m_passedOver)
            names += (names.empty() ? "" : ", ") + name;
        m_job.warn(m_path + ": points of routes and tracks keep their place, height and time only; they also have " +
                   names + ".");
    }
}

std::shared_ptr<const FeatureTable> GpxReader::complete(Layer& layer) {
    TableDraft draft;
    draft.name = layer.name;
    draft.source = {m_path, layer.name, "GPX", "", m_text.encoding};
    draft.crs = "EPSG:4326";
    draft.geometry = std::move(layer.geometry);
    draft.columns = layer.columns.finish();
    return completeTable(std::move(draft), m_job);
}

std::vector<std::shared_ptr<const FeatureTable>> GpxReader::read() {
    readRoot();
    report();
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    for (Layer* layer : {&m_waypoints, &m_routes, &m_tracks})
        if (m_job.options().layer.empty() || m_job.options().layer == layer->name)
            tables.push_back(complete(*layer));
    return tables;
}

} // namespace

std::vector<std::shared_ptr<const FeatureTable>> readGpx(const FileBytes& bytes, const std::string& path,
                                                         ReadJob& job) {
    return GpxReader(bytes, path, job).read();
}

} // namespace cordon
