#include "core/io/feature_shape.h"
#include "core/io/record_json.h"
#include "core/io/text_writers.h"
#include "core/io/xml_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <ostream>

namespace cordon {
namespace {

// A column's name as the name of an element: "road_type", "_2024".
std::string elementName(std::string_view name) {
    std::string result;
    for (const char c : name) {
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        const bool isLater = (c >= '0' && c <= '9') || c == '-' || c == '.';
        const bool isOther = static_cast<unsigned char>(c) >= 0x80; // letters of other scripts
        if (result.empty() && isLater)
            result += '_';
        result += isLetter || isLater || isOther ? c : '_';
    }
    return result.empty() ? "_" : result;
}

std::string element(const std::string& name, const std::string& text) {
    return text.empty() ? std::string() : "<" + name + ">" + xmlText(text) + "</" + name + ">";
}

std::string utcText(const Column& column, std::uint32_t row) {
    return formatIso(TimePoint{std::chrono::milliseconds{column.integerAt(row)}});
}

std::string timeText(std::int64_t ms) {
    return ms == GeometryColumn::kNoTime ? std::string() : formatIso(TimePoint{std::chrono::milliseconds{ms}});
}

// In the order the schema asks for (GPX 1.1); ele, time and link are written apart.
constexpr std::array kPointElements =
    std::to_array<std::string_view>({"magvar", "geoidheight", "name", "cmt", "desc", "src", "sym", "type", "fix", "sat",
                                     "hdop", "vdop", "pdop", "ageofdgpsdata", "dgpsid"});
constexpr std::array kLineElements = std::to_array<std::string_view>({"name", "cmt", "desc", "src", "number", "type"});

class GpxWriter {
public:
    GpxWriter(const FeatureTable& table, std::ostream& out) : m_table(table), m_g(table.geometry), m_out(out) {}

    // GPX wants waypoints before routes and tracks.
    void write(const WriteOptions& options) {
        m_out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<gpx version=\"1.1\" creator=\"Cordon\" xmlns=\"http://www.topografix.com/GPX/1/1\" "
                 "xmlns:cordon=\"urn:cordon:column\">\n"
              << "<metadata>" << element("name", m_table.name) << "</metadata>\n";
        for (const bool arePoints : {true, false})
            for (std::uint32_t row = 0; row < m_table.featureCount; ++row) {
                stepWriting(options, row, m_table.featureCount);
                const FeatureShape shape = shapeOf(m_g, row);
                if (arePoints)
                    for (const std::uint32_t i : shape.points)
                        writeWaypoint(row, i);
                else if (!shape.lines.empty())
                    m_table.source.layer == "routes" && shape.lines.size() == 1 ? writeRoute(row, shape)
                                                                                : writeTrack(row, shape);
            }
        m_out << "</gpx>\n";
    }

private:
    std::string valueOf(std::string_view name, std::uint32_t row) const {
        const Column* column = m_table.findColumn(name);
        return column ? m_table.valueAsText(*column, row) : std::string();
    }

    void writeDetails(std::uint32_t row, std::span<const std::string_view> names, std::string_view linkBefore) {
        for (const std::string_view name : names) {
            if (name == linkBefore)
                writeLink(row);
            m_out << element(std::string(name), valueOf(name, row));
        }
        std::string others;
        for (const Column& column : m_table.columns) {
            std::string name = column.name;
            std::transform(name.begin(), name.end(), name.begin(),
                           [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
            const bool isWritten = std::find(names.begin(), names.end(), name) != names.end() ||
                                   name.starts_with("link1_") ||
                                   (names.size() == kPointElements.size() && (name == "ele" || name == "time"));
            if (!isWritten)
                others += element("cordon:" + elementName(column.name), m_table.valueAsText(column, row));
        }
        if (!others.empty())
            m_out << "<extensions>" << others << "</extensions>";
    }

    void writeLink(std::uint32_t row) {
        if (const std::string href = valueOf("link1_href", row); !href.empty())
            m_out << "<link href=\"" << xmlText(href) << "\">" << element("text", valueOf("link1_text", row))
                  << element("type", valueOf("link1_type", row)) << "</link>";
    }

    void openPoint(const char* tag, std::uint32_t i) {
        const LonLat p = m_g.coordinates[i];
        m_out << '<' << tag << " lat=\"" << numberText(p.latDegrees) << "\" lon=\"" << numberText(p.lonDegrees)
              << "\">";
    }
    bool writeHeight(std::uint32_t i) {
        const bool has = !m_g.z.empty() && std::isfinite(m_g.z[i]);
        if (has)
            m_out << "<ele>" << numberText(m_g.z[i]) << "</ele>";
        return has;
    }

    void writeWaypoint(std::uint32_t row, std::uint32_t i) {
        openPoint("wpt", i);
        if (!writeHeight(i))
            m_out << element("ele", valueOf("ele", row));
        const Column* time = m_table.findColumn("time");
        if (time && time->type == FieldType::DateTime && !time->isNull(row))
            m_out << element("time", utcText(*time, row));
        else
            m_out << element("time", valueOf("time", row));
        writeDetails(row, kPointElements, "sym");
        m_out << "</wpt>\n";
    }

    void writeVertices(const char* tag, std::uint32_t part) {
        for (std::uint32_t i = m_g.partStart[part]; i < m_g.partStart[part + 1]; ++i) {
            openPoint(tag, i);
            writeHeight(i);
            if (!m_g.timeMs.empty())
                m_out << element("time", timeText(m_g.timeMs[i]));
            m_out << "</" << tag << ">\n";
        }
    }

    void writeRoute(std::uint32_t row, const FeatureShape& shape) {
        m_out << "<rte>";
        writeDetails(row, kLineElements, "number");
        writeVertices("rtept", shape.lines[0]);
        m_out << "</rte>\n";
    }
    void writeTrack(std::uint32_t row, const FeatureShape& shape) {
        m_out << "<trk>";
        writeDetails(row, kLineElements, "number");
        for (const std::uint32_t part : shape.lines) {
            m_out << "<trkseg>\n";
            writeVertices("trkpt", part);
            m_out << "</trkseg>";
        }
        m_out << "</trk>\n";
    }

    const FeatureTable& m_table;
    const GeometryColumn& m_g;
    std::ostream& m_out;
};

std::string kmlColor(Color c) {
    char text[9];
    std::snprintf(text, sizeof text, "%02x%02x%02x%02x", c.a, c.b, c.g, c.r);
    return text;
}

std::string kmlStyle(const Style& style) {
    const auto plain =
        std::find_if(style.rules.begin(), style.rules.end(), [](const Rule& r) { return r.when.empty(); });
    if (style.rules.empty())
        return {};
    const Rule& rule = plain != style.rules.end() ? *plain : style.rules.front();
    std::string text;
    if (rule.marker)
        text += "<IconStyle><color>" + kmlColor(rule.marker->fill) + "</color></IconStyle>";
    if (!rule.lines.empty()) {
        const LineSymbol& line = rule.lines.back();
        // KML's widths are pixels; of a screen of 96 dots per inch.
        text += "<LineStyle><color>" + kmlColor(line.color) + "</color><width>" +
                numberText(std::round(line.widthMm / 25.4 * 96 * 10) / 10) + "</width></LineStyle>";
    }
    if (rule.fill)
        text += "<PolyStyle><color>" + kmlColor(rule.fill->color) + "</color></PolyStyle>";
    return text.empty() ? text : "<Style id=\"layer\">" + text + "</Style>\n";
}

class KmlWriter {
public:
    KmlWriter(const FeatureTable& table, std::ostream& out) : m_table(table), m_g(table.geometry), m_out(out) {
        for (const char* name : {"name", "nom", "title", "place", "label"})
            if (!m_name)
                m_name = table.findColumn(name);
        m_note = table.findColumn("description");
        m_note = m_note ? m_note : table.findColumn("desc");
        for (const auto& [from, to] : {std::pair{"valid_from", "valid_to"}, {"begin", "end"}})
            if (const Column* column = timeColumn(from); column && !m_from) {
                m_from = column;
                m_to = timeColumn(to);
                m_isSpan = true;
            }
        for (const char* name : {"time", "timestamp", "when", "date"})
            m_from = m_from ? m_from : timeColumn(name);
    }

    void write(const WriteOptions& options) {
        m_out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<kml xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:gx=\"http://www.google.com/kml/ext/2.2\">\n"
              << "<Document id=\"root\">" << element("name", m_table.name) << '\n';
        const std::string style = options.style ? kmlStyle(*options.style) : std::string();
        m_out << style;
        writeSchema();
        m_out << "<Folder>" << element("name", m_table.name) << '\n';
        for (std::uint32_t row = 0; row < m_table.featureCount; ++row) {
            stepWriting(options, row, m_table.featureCount);
            writePlacemark(row, !style.empty());
        }
        m_out << "</Folder></Document></kml>\n";
    }

private:
    const Column* timeColumn(const char* name) const {
        const Column* column = m_table.findColumn(name);
        return column && (column->type == FieldType::DateTime || column->type == FieldType::Date) ? column : nullptr;
    }
    bool isApart(const Column& column) const { return &column == m_name || &column == m_note; }

    void writeSchema() {
        constexpr std::array kTypes{"int", "double", "string", "string", "string", "bool"}; // by FieldType
        m_out << "<Schema name=\"columns\" id=\"columns\">";
        for (const Column& column : m_table.columns)
            if (!isApart(column))
                m_out << "<SimpleField type=\"" << kTypes[static_cast<std::size_t>(column.type)] << "\" name=\""
                      << xmlText(column.name) << "\"></SimpleField>";
        m_out << "</Schema>\n";
    }

    void writeTime(std::uint32_t row) {
        const auto text = [&](const Column* column) {
            return column ? m_table.valueAsText(*column, row) : std::string();
        };
        const std::string from = text(m_from), to = text(m_to);
        if (m_isSpan && !(from + to).empty())
            m_out << "<TimeSpan>" << element("begin", from) << element("end", to) << "</TimeSpan>";
        else if (!from.empty())
            m_out << "<TimeStamp>" << element("when", from) << "</TimeStamp>";
    }

    void writePlacemark(std::uint32_t row, bool isStyled) {
        m_out << "<Placemark>";
        if (m_name)
            m_out << element("name", m_table.valueAsText(*m_name, row));
        if (m_note)
            m_out << element("description", m_table.valueAsText(*m_note, row));
        writeTime(row);
        if (isStyled)
            m_out << "<styleUrl>#layer</styleUrl>";
        m_out << "<ExtendedData><SchemaData schemaUrl=\"#columns\">";
        for (const Column& column : m_table.columns)
            if (!isApart(column) && !column.isNull(row))
                m_out << "<SimpleData name=\"" << xmlText(column.name) << "\">"
                      << xmlText(m_table.valueAsText(column, row)) << "</SimpleData>";
        m_out << "</SchemaData></ExtendedData>";
        writeGeometry(shapeOf(m_g, row));
        m_out << "</Placemark>\n";
    }

    bool isTimed(std::uint32_t part) const {
        return !m_g.timeMs.empty() &&
               std::none_of(m_g.timeMs.begin() + m_g.partStart[part], m_g.timeMs.begin() + m_g.partStart[part + 1],
                            [](std::int64_t ms) { return ms == GeometryColumn::kNoTime; });
    }

    void writeLine(const FeatureShape& shape, std::uint32_t part) {
        if (!isTimed(part)) {
            m_out << "<LineString>" << heightMode(shape) << "<coordinates>" << kmlCoordinates(shape, part)
                  << "</coordinates></LineString>";
            return;
        }
        m_out << "<gx:Track>" << heightMode(shape);
        for (std::uint32_t i = m_g.partStart[part]; i < m_g.partStart[part + 1]; ++i)
            m_out << element("when", timeText(m_g.timeMs[i]));
        for (std::uint32_t i = m_g.partStart[part]; i < m_g.partStart[part + 1]; ++i)
            m_out << "<gx:coord>" << numberText(m_g.coordinates[i].lonDegrees) << ' '
                  << numberText(m_g.coordinates[i].latDegrees) << (shape.hasZ ? " " + numberText(m_g.z[i]) : "")
                  << "</gx:coord>";
        m_out << "</gx:Track>";
    }

    static const char* heightMode(const FeatureShape& shape) {
        return shape.hasZ ? "<altitudeMode>absolute</altitudeMode>" : "";
    }

    void writeGeometry(const FeatureShape& shape) {
        const bool isMany = shape.points.size() + shape.lines.size() + shape.polygons.size() > 1;
        m_out << (isMany ? "<MultiGeometry>" : "");
        for (const std::uint32_t i : shape.points)
            m_out << "<Point>" << heightMode(shape) << "<coordinates>" << numberText(m_g.coordinates[i].lonDegrees)
                  << ',' << numberText(m_g.coordinates[i].latDegrees) << (shape.hasZ ? "," + numberText(m_g.z[i]) : "")
                  << "</coordinates></Point>";
        for (const std::uint32_t part : shape.lines)
            writeLine(shape, part);
        for (const auto& rings : shape.polygons) {
            m_out << "<Polygon>" << heightMode(shape);
            for (const std::uint32_t part : rings) {
                const char* tag = part == rings.front() ? "outerBoundaryIs" : "innerBoundaryIs";
                m_out << '<' << tag << "><LinearRing><coordinates>" << kmlCoordinates(shape, part)
                      << "</coordinates></LinearRing></" << tag << '>';
            }
            m_out << "</Polygon>";
        }
        m_out << (isMany ? "</MultiGeometry>" : "");
    }

    const FeatureTable& m_table;
    const GeometryColumn& m_g;
    std::ostream& m_out;
    const Column *m_name = nullptr, *m_note = nullptr, *m_from = nullptr, *m_to = nullptr;
    bool m_isSpan = false;
};

} // namespace

void writeGpx(const FeatureTable& table, std::ostream& out, const WriteOptions& options) {
    GpxWriter(table, out).write(options);
}

void writeKml(const FeatureTable& table, std::ostream& out, const WriteOptions& options) {
    KmlWriter(table, out).write(options);
}

} // namespace cordon
