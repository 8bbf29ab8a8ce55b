#include "core/io/kml_reader.h"

#include "core/io/archive.h"
#include "core/io/file_format.h"
#include "core/io/kml_geometry.h"
#include "core/io/row_columns.h"
#include "core/io/table_draft.h"

#include <chrono>

namespace cordon {

namespace {

using Token = XmlScanner::Token;
using Visited = XmlScanner::Visited;
using Kind = RowColumns::Kind;

// A file of more folders puts the rest into the last one.
constexpr std::size_t kMostLayers = 1000;
constexpr const char* kOwnColumns[] = {"Name",    "description", "begin",       "end",
                                       "Snippet", "address",     "phoneNumber", "visibility"};

bool isIn(std::string_view text, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

struct Layer {
    Layer(std::string layerName, const std::string& path, ReadJob& job, XmlScanner& xml)
        : name(std::move(layerName)), columns(path, job), shapes(geometry, xml) {
        for (const char* column : {"Name", "description", "Snippet", "address", "phoneNumber"})
            columns.declare(column, Kind::Text);
    }
    std::string name;
    GeometryBuilder geometry;
    RowColumns columns;
    KmlGeometry shapes;
};

// "2004", "2004-05" and "2004-05-06" mean a period: its last day. Other texts are returned as they are.
std::string lastDayOf(const std::string& when) {
    using namespace std::chrono;
    if (when.size() == 4)
        return when + "-12-31";
    if (when.size() != 7)
        return when;
    const auto y = numberFrom(when.substr(0, 4)), m = numberFrom(when.substr(5));
    if (!y || !m || *m < 1 || *m > 12)
        return when;
    const year_month_day_last last{year{static_cast<int>(*y)} / static_cast<int>(*m) / std::chrono::last};
    return when + "-" + std::to_string(static_cast<unsigned>(last.day()));
}

std::string firstDayOf(const std::string& when) {
    return when.size() == 4 ? when + "-01-01" : when.size() == 7 ? when + "-01" : when;
}

class KmlReader {
public:
    KmlReader(const FileBytes& bytes, const std::string& path, const std::string& stem, ReadJob& job)
        : m_path(path), m_stem(stem), m_job(job), m_text(decodeXml(bytes, path, job)), m_xml(m_text.view) {}

    std::vector<std::shared_ptr<const FeatureTable>> read();

private:
    std::size_t addLayer(const std::string& name);
    bool readContainer(std::size_t layer);
    bool readFeature(std::size_t layer, bool isOverlay);
    bool readDetail(Layer& layer, std::string_view name);
    bool readTimes(Layer& layer);
    bool readExtendedData(Layer& layer);
    bool readData(Layer& layer, const std::string& name, bool isSimple);
    bool readSchema();
    bool readLink();
    void setData(Layer& layer, std::string name, std::string_view text, Kind kind);
    void report();

    const std::string& m_path;
    const std::string& m_stem;
    ReadJob& m_job;
    XmlText m_text;
    XmlScanner m_xml;
    std::vector<std::unique_ptr<Layer>> m_layers;
    std::map<std::string, Kind, std::less<>> m_schemaKinds;
    std::string m_scratch;
    std::size_t m_features = 0, m_styled = 0, m_links = 0, m_overlays = 0;
    std::string m_firstLink;
};

std::size_t KmlReader::addLayer(const std::string& name) {
    if (m_layers.size() < kMostLayers)
        m_layers.push_back(std::make_unique<Layer>(name, m_path, m_job, m_xml));
    return m_layers.size() - 1;
}

void KmlReader::setData(Layer& layer, std::string name, std::string_view text, Kind kind) {
    for (const char* own : kOwnColumns)
        if (equalIgnoringCase(name, own)) {
            name = "data_" + name;
            break;
        }
    layer.columns.set(name.empty() ? "data" : name, text, kind);
}

// <Data name=""><value/></Data> or <SimpleData name="">text</SimpleData>.
bool KmlReader::readData(Layer& layer, const std::string& name, bool isSimple) {
    const auto take = [&](Kind kind) {
        const auto text = m_xml.readText(m_scratch);
        if (text)
            setData(layer, name, *text, kind);
        return text.has_value();
    };
    if (isSimple) {
        const auto known = m_schemaKinds.find(name);
        return take(known == m_schemaKinds.end() ? Kind::Auto : known->second);
    }
    return m_xml.readChildren([&] { return m_xml.name() == "value" ? take(Kind::Auto) : m_xml.skip(); });
}

bool KmlReader::readExtendedData(Layer& layer) {
    return m_xml.readInside([&] {
        if (m_xml.name() == "SchemaData")
            return Visited::Enter;
        const bool isSimple = m_xml.name() == "SimpleData";
        if (isSimple || m_xml.name() == "Data")
            return XmlScanner::readOrBroken(readData(layer, m_xml.attribute("name"), isSimple));
        const std::string name(m_xml.name()); // data in a namespace of its own
        return XmlScanner::readOrBroken(readData(layer, name, true));
    });
}

bool KmlReader::readSchema() {
    return m_xml.readInside([&] {
        if (m_xml.name() != "SimpleField")
            return Visited::Enter;
        const std::string type = m_xml.attribute("type");
        m_schemaKinds[m_xml.attribute("name")] = isIn(type, {"int", "uint", "short", "ushort"}) ? Kind::Integer
                                                 : isIn(type, {"float", "double"})              ? Kind::Real
                                                 : type == "string"                             ? Kind::Text
                                                                                                : Kind::Auto;
        return XmlScanner::readOrBroken(m_xml.skip());
    });
}

// TimeSpan and TimeStamp.
bool KmlReader::readTimes(Layer& layer) {
    return m_xml.readChildren([&] {
        const std::string name(m_xml.name());
        const auto text = m_xml.readText(m_scratch);
        if (!text)
            return false;
        const std::string when(*text);
        if (name == "begin" || name == "when")
            layer.columns.set("begin", firstDayOf(when));
        if (name == "end" || name == "when")
            layer.columns.set("end", lastDayOf(when));
        return true;
    });
}

// Where a link points is told, not followed.
bool KmlReader::readLink() {
    ++m_links;
    return m_xml.readInside([&] {
        if (m_xml.name() != "href")
            return Visited::Enter;
        const auto text = m_xml.readText(m_scratch);
        if (text && m_firstLink.empty())
            m_firstLink = text->substr(0, 100);
        return XmlScanner::readOrBroken(text.has_value());
    });
}

// After the Start of a child of a placemark or overlay.
bool KmlReader::readDetail(Layer& layer, std::string_view name) {
    if (KmlGeometry::isGeometry(name))
        return layer.shapes.read();
    if (name == "LatLonBox")
        return layer.shapes.readBox();
    if (name == "TimeSpan" || name == "TimeStamp")
        return readTimes(layer);
    if (name == "ExtendedData" || name == "Metadata")
        return readExtendedData(layer);
    if (isIn(name, {"Style", "StyleMap", "styleUrl"})) {
        ++m_styled;
        return m_xml.skip();
    }
    if (!isIn(name, {"name", "description", "Snippet", "address", "phoneNumber", "visibility"}))
        return m_xml.skip();
    const std::string column = name == "name" ? "Name" : std::string(name);
    const auto text = m_xml.readText(m_scratch);
    if (text && (column != "visibility" || *text == "0"))
        layer.columns.set(column, *text, Kind::Auto);
    return text.has_value();
}

// After the Start of a Placemark or GroundOverlay. One that is cut off is not taken.
bool KmlReader::readFeature(std::size_t index, bool isOverlay) {
    Layer& layer = *m_layers[index];
    if (++m_features % 1024 == 0)
        m_job.checkpoint(static_cast<double>(m_xml.offset()) / static_cast<double>(m_text.view.size()));
    const bool isWhole = m_xml.readChildren(
        [&] { return isOverlay && m_xml.name() == "Icon" ? m_xml.skip() : readDetail(layer, m_xml.name()); });
    if (!isWhole) {
        layer.geometry.dropFeature();
        layer.columns.dropRow();
        return false;
    }
    layer.shapes.endFeature();
    layer.columns.endRow();
    return true;
}

bool KmlReader::readContainer(std::size_t layer) {
    return m_xml.readChildren([&] {
        const std::string_view name = m_xml.name();
        if (name == "name") {
            const auto text = m_xml.readText(m_scratch);
            if (text && !text->empty())
                m_layers[layer]->name = *text;
            return text.has_value();
        }
        if (isIn(name, {"Document", "Folder"}))
            return readContainer(addLayer(m_stem));
        if (isIn(name, {"Placemark", "GroundOverlay"}))
            return readFeature(layer, name != "Placemark");
        if (name == "Schema")
            return readSchema();
        if (name == "NetworkLink")
            return readLink();
        m_overlays += name == "ScreenOverlay" || name == "PhotoOverlay";
        return m_xml.skip();
    });
}

void KmlReader::report() {
    bool isEmpty = true;
    std::size_t bad = 0;
    for (const auto& layer : m_layers) {
        isEmpty &= layer->columns.rowCount() == 0;
        bad += layer->shapes.badCoordinates();
    }
    reportXmlProblems(m_xml, m_path, isEmpty, m_job);
    if (isEmpty && m_links > 0)
        throw Error("Cannot read " + m_path + ": it only links to other files (such as " + m_firstLink +
                    "), which were not opened; get those files.");
    if (isEmpty)
        throw Error("Cannot read " + m_path + ": there is no placemark in it; check that it is the right file.");
    if (bad > 0)
        m_job.warn(m_path + ": " + countOf(bad, "coordinate") +
                       " left out, because they are no numbers or no places on Earth.",
                   true);
    if (m_links > 0)
        m_job.warn(m_path + ": it links to " + countOf(m_links, "other file") + " (such as " + m_firstLink +
                       "), which were not opened; save the content itself as KMZ to have it.",
                   true);
    if (m_styled > 0)
        m_job.warn(m_path + ": " + countOf(m_styled, "style") +
                   " of placemarks (icons, colours, widths) not taken over; set the look of the layer in Cordon.");
    if (m_overlays > 0)
        m_job.warn(m_path + ": " + countOf(m_overlays, "overlay") +
                   " left out: pictures over the screen or the sky, not on the ground.");
}

std::vector<std::shared_ptr<const FeatureTable>> KmlReader::read() {
    const Token token = m_xml.next();
    if (token == Token::Start && m_xml.name() != "kml" && !isIn(m_xml.name(), {"Document", "Folder"}))
        throw Error("Cannot read " + m_path + ": it is no KML, its first tag is <" +
                    std::string(m_xml.fullName().substr(0, 40)) + ">; check what kind of file it is.");
    addLayer(m_stem);
    if (token == Token::Start && readContainer(0))
        m_xml.next(); // what follows the end is a problem
    report();
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    for (const auto& layer : m_layers) {
        if (layer->columns.rowCount() == 0)
            continue;
        TableDraft draft;
        draft.name = layer->name;
        draft.source = {m_path, layer->name, "KML", "", m_text.encoding};
        draft.crs = "EPSG:4326";
        draft.geometry = std::move(layer->geometry);
        draft.columns = layer->columns.finish();
        tables.push_back(completeTable(std::move(draft), m_job));
    }
    return tables;
}

} // namespace

std::vector<std::shared_ptr<const FeatureTable>> readKml(const FileBytes& bytes, const std::string& path,
                                                         const std::string& stem, ReadJob& job) {
    return KmlReader(bytes, path, stem, job).read();
}

std::vector<std::shared_ptr<const FeatureTable>> readKmz(const std::string& path, const std::string& stem,
                                                         ReadJob& job) {
    // The first KML at the top is the one that counts, or the first at all.
    std::string chosen;
    std::size_t count = 0;
    for (const ArchiveEntry& entry : listZip(path)) {
        if (extensionOf(entry.name) != "kml")
            continue;
        ++count;
        const bool isHigher = chosen.find('/') != std::string::npos && entry.name.find('/') == std::string::npos;
        if (chosen.empty() || isHigher)
            chosen = entry.name;
    }
    if (chosen.empty())
        throw Error("Cannot read " + path + ": there is no KML file in it; check that it is the right one.");
    if (count > 1)
        job.warn(path + ": only " + chosen + " was read, of " + countOf(count, "KML file") +
                     " in it; unpack it to read the others.",
                 true);
    return readKml(readZipEntry(path, chosen), path, stem, job);
}

} // namespace cordon
