#include "core/io/cot_reader.h"

#include "core/io/row_columns.h"
#include "core/io/table_draft.h"
#include "core/io/xml_scanner.h"

#include <cmath>

namespace cordon {

namespace {

using Token = XmlScanner::Token;
using Kind = RowColumns::Kind;

// How Cursor-on-Target says that a height or error is not known.
constexpr double kUnknown = 9'999'999;

class CotReader {
public:
    CotReader(const FileBytes& bytes, const std::string& path, ReadJob& job)
        : m_path(path), m_job(job), m_text(decodeXml(bytes, path, job)), m_xml(m_text.view, true),
          m_columns(path, job) {
        for (const char* name : {"uid", "callsign", "type", "how"})
            m_columns.declare(name, Kind::Text);
        for (const char* name : {"time", "begin", "end"})
            m_columns.declare(name, Kind::Time);
        for (const char* name : {"ce", "le", "speed", "course"})
            m_columns.declare(name, Kind::Real);
        m_columns.declare("remarks", Kind::Text);
    }

    std::vector<std::shared_ptr<const FeatureTable>> read(const std::string& stem);

private:
    bool readEvent();
    bool readDetail();
    void takePoint();
    void addCorner(const std::string& point);
    void endEvent();
    void setNumber(const char* column, std::string_view text);

    const std::string& m_path;
    ReadJob& m_job;
    XmlText m_text;
    XmlScanner m_xml;
    RowColumns m_columns;
    GeometryBuilder m_geometry;
    std::string m_scratch, m_type;
    std::optional<LonLat> m_place;
    double m_height = 0;
    std::int64_t m_timeMs = 0;
    std::vector<LonLat> m_shape;
    std::vector<std::uint32_t> m_unplaced;
};

void CotReader::setNumber(const char* column, std::string_view text) {
    const auto value = numberFrom(text);
    if (value && std::isfinite(*value) && std::abs(*value) < kUnknown)
        m_columns.set(column, text);
}

void CotReader::takePoint() {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const double lat = numberFrom(m_xml.attribute("lat")).value_or(kNone);
    const double lon = numberFrom(m_xml.attribute("lon")).value_or(kNone);
    if (std::abs(lat) <= 90 && std::abs(lon) <= 360)
        m_place = LonLat{lon, lat};
    m_height = numberFrom(m_xml.attribute("hae")).value_or(kUnknown);
    setNumber("ce", m_xml.attribute("ce"));
    setNumber("le", m_xml.attribute("le"));
}

// The detail element: names, remarks, movement, the corners of a drawing.
bool CotReader::readDetail() {
    return m_xml.readInside([&] {
        const std::string_view name = m_xml.name();
        if (name == "contact") {
            m_columns.set("callsign", m_xml.attribute("callsign"));
        } else if (name == "track") {
            setNumber("speed", m_xml.attribute("speed"));
            setNumber("course", m_xml.attribute("course"));
        } else if (name == "link") {
            addCorner(m_xml.attribute("point"));
        } else if (name == "remarks") {
            const auto text = m_xml.readText(m_scratch);
            if (text)
                m_columns.set("remarks", *text);
            return XmlScanner::readOrBroken(text.has_value());
        }
        return XmlScanner::Visited::Enter;
    });
}

// "lat,lon,height".
void CotReader::addCorner(const std::string& point) {
    const std::size_t comma = point.find(',');
    const std::string lonText =
        comma == std::string::npos ? "" : point.substr(comma + 1, point.find(',', comma + 1) - comma - 1);
    const auto lat = numberFrom(point.substr(0, comma)), lon = numberFrom(lonText);
    if (lat && lon && std::abs(*lat) <= 90 && std::abs(*lon) <= 360)
        m_shape.push_back({*lon, *lat});
}

void CotReader::endEvent() {
    const bool isDrawing = m_type.starts_with("u-d-") || m_type.starts_with("b-m-r");
    if (isDrawing && m_shape.size() > 1) {
        for (const LonLat p : m_shape)
            m_geometry.add(p.lonDegrees, p.latDegrees);
        m_geometry.endPart(PartRole::Line);
        m_geometry.endFeature(kLineString);
    } else if (m_place) {
        m_geometry.add(m_place->lonDegrees, m_place->latDegrees);
        if (std::abs(m_height) < kUnknown)
            m_geometry.addZ(m_height);
        if (m_timeMs != GeometryColumn::kNoTime) {
            GeometryColumn& g = m_geometry.column;
            g.timeMs.resize(g.coordinates.size() - 1, GeometryColumn::kNoTime);
            g.timeMs.push_back(m_timeMs);
        }
        m_geometry.endPart(PartRole::Points);
        m_geometry.endFeature(kPoint);
    } else {
        m_geometry.endFeature(kNoGeometry);
        m_unplaced.push_back(static_cast<std::uint32_t>(m_columns.rowCount() + 1));
    }
    m_columns.endRow();
}

bool CotReader::readEvent() {
    m_place.reset();
    m_shape.clear();
    m_type = m_xml.attribute("type");
    for (const char* name : {"uid", "type", "how", "time"})
        m_columns.set(name, m_xml.attribute(name));
    m_columns.set("begin", m_xml.attribute("start"));
    m_columns.set("end", m_xml.attribute("stale"));
    m_timeMs = timeMsFrom(m_xml.attribute("time"));
    const bool isWhole = m_xml.readChildren([&] {
        if (m_xml.name() == "detail")
            return readDetail();
        if (m_xml.name() == "point")
            takePoint();
        return m_xml.skip();
    });
    if (!isWhole) {
        m_columns.dropRow();
        return false;
    }
    endEvent();
    return true;
}

std::vector<std::shared_ptr<const FeatureTable>> CotReader::read(const std::string& stem) {
    std::size_t events = 0;
    for (;;) {
        const Token token = m_xml.next();
        if (token == Token::Broken || token == Token::Done)
            break;
        if (token != Token::Start)
            continue;
        if (m_xml.name() == "event" && !readEvent())
            break;
        if (++events % 1024 == 0)
            m_job.checkpoint(static_cast<double>(m_xml.offset()) / static_cast<double>(m_text.view.size()));
    }
    reportXmlProblems(m_xml, m_path, m_columns.rowCount() == 0, m_job);
    if (m_columns.rowCount() == 0)
        throw Error("Cannot read " + m_path + ": there is no event of Cursor-on-Target in it; check the file.");
    if (!m_unplaced.empty())
        m_job.warn(m_path + ": " + countOf(m_unplaced.size(), "event") +
                       " without a place: " + namedRows("event", m_unplaced) + ".",
                   true);
    TableDraft draft;
    draft.name = stem;
    draft.source = {m_path, stem, "Cursor-on-Target", "", m_text.encoding};
    draft.crs = "EPSG:4326";
    draft.rowNoun = "event";
    draft.geometry = std::move(m_geometry);
    draft.columns = m_columns.finish();
    return {completeTable(std::move(draft), m_job)};
}

} // namespace

std::vector<std::shared_ptr<const FeatureTable>> readCursorOnTarget(const FileBytes& bytes, const std::string& path,
                                                                    const std::string& stem, ReadJob& job) {
    return CotReader(bytes, path, job).read(stem);
}

} // namespace cordon
