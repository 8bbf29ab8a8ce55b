#include "core/io/geojson_reader.h"

#include "core/io/encoding.h"
#include "core/io/geojson_features.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <thread>

namespace cordon {

namespace {

// The members of the outermost object other than the features.
struct Root {
    std::string type, name, crs;
    bool hasFeatures = false;
};

bool isGeometryType(std::string_view type) {
    return type == "Point" || type == "MultiPoint" || type == "LineString" || type == "MultiLineString" ||
           type == "Polygon" || type == "MultiPolygon" || type == "GeometryCollection";
}

// The 2008 form's member: {"type":"name","properties":{"name":"urn:..."}} or {"type":"EPSG","properties":{"code":n}}.
std::string readCrs(JsonScanner& s) {
    std::string crs;
    if (s.peek() != '{') {
        s.skipValue();
        return crs;
    }
    ++s.at;
    if (s.take('}'))
        return crs;
    do {
        const bool isProperties = s.string() == "properties";
        s.expect(':', "after a name");
        if (!isProperties || s.peek() != '{') {
            s.skipValue();
            continue;
        }
        ++s.at;
        if (s.take('}'))
            continue;
        do {
            const std::string key(s.string());
            s.expect(':', "after a name");
            if (key == "name" && s.peek() == '"') {
                crs = s.string();
            } else if (key == "code" && s.peek() != '"') {
                const JsonNumber code = s.number();
                crs = "EPSG:" + std::to_string(code.integer);
            } else {
                s.skipValue();
            }
        } while (s.takeCommaOr('}'));
    } while (s.takeCommaOr('}'));
    return crs;
}

constexpr std::size_t kBytesWorthAThread = 4 << 20;

// A place in the middle of the list of features that looks like the begin of one: where `s`, at the first feature, has
// the same bytes up to its second quoted word again. nullptr where it is not worth it.
const char* probableFeature(const JsonScanner& s) {
    const std::string_view rest = s.text().substr(s.offset());
    if (rest.size() < kBytesWorthAThread)
        return nullptr;
    std::size_t length = 0;
    for (int quotes = 0; quotes < 4 && length < 64; ++length)
        quotes += rest[length] == '"';
    const std::size_t at = rest.find(rest.substr(0, length), rest.size() / 2);
    return at == std::string_view::npos ? nullptr : rest.data() + at;
}

// Features from a place on that only looks like the begin of one, read on a thread of their own. When the other reader
// comes to that very place, they are what it would have read; when it passes it by, they are forgotten.
class FurtherFeatures {
public:
    FurtherFeatures(std::string_view text, const char* begin, const ReadJob& job)
        : m_scanner(text), m_features(m_scanner, job), m_begin(begin) {
        m_scanner.at = begin;
        m_thread = std::jthread([this, &job](const std::stop_token& stop) { read(stop, job); });
    }

    const char* begin() const { return m_begin; }

    // Waits; the place after the list. Throws what reading threw.
    const char* joinTo(GeoJsonFeatures& features) {
        m_thread.join();
        if (m_failure)
            std::rethrow_exception(m_failure);
        features.append(std::move(m_features));
        return m_scanner.at;
    }

private:
    void read(const std::stop_token& stop, const ReadJob& job) {
        try {
            do {
                if (stop.stop_requested())
                    return;
                job.throwIfStopped();
                if (m_scanner.peek() == '{')
                    m_features.readFeature();
                else
                    m_features.skipNonFeature();
            } while (m_scanner.takeCommaOr(']'));
        } catch (...) {
            m_failure = std::current_exception();
        }
    }

    JsonScanner m_scanner;
    GeoJsonFeatures m_features;
    const char* m_begin;
    std::exception_ptr m_failure;
    std::jthread m_thread; // the last member: it ends before the others go
};

class Reader {
public:
    Reader(std::string_view text, const std::string& path, ReadJob& job)
        : m_scanner(text), m_features(m_scanner, job), m_path(path), m_job(job) {}

    // False: not GeoJSON.
    bool read(Root& first) {
        m_scanner.skipSpace();
        skipSeparators();
        bool isFirst = true;
        while (!m_scanner.atEnd()) {
            if (m_scanner.peek() != '{') {
                if (!isFirst)
                    m_scanner.fail("only one value is allowed here");
                m_scanner.skipValue();
                return false;
            }
            Root root;
            if (!readRoot(root))
                return false;
            if (isFirst)
                first = root;
            isFirst = false;
            skipSeparators();
        }
        return !isFirst;
    }

    GeoJsonFeatures& features() { return m_features; }

private:
    // Between the records of a text sequence (RFC 8142) or of lines.
    void skipSeparators() {
        do {
            m_scanner.skipSpace();
        } while (*m_scanner.at == '\x1E' && ++m_scanner.at);
    }

    // Reads the features on the way; a feature or geometry alone in a second look, when its type is known.
    bool readRoot(Root& root) {
        JsonScanner& s = m_scanner;
        const char* const begin = s.at;
        s.expect('{', "at the beginning");
        if (s.take('}'))
            return false;
        do {
            const std::string key(s.string());
            s.expect(':', "after a name");
            readRootMember(key, root);
        } while (s.takeCommaOr('}'));
        const char* const end = s.at;
        if (root.type == "Feature" || isGeometryType(root.type)) {
            s.at = begin;
            if (root.type == "Feature")
                m_features.readFeature();
            else
                m_features.readBareGeometry();
            s.at = end;
            return true;
        }
        return root.type == "FeatureCollection" && root.hasFeatures;
    }

    void readRootMember(const std::string& key, Root& root) {
        JsonScanner& s = m_scanner;
        const bool isText = s.peek() == '"';
        if (key == "type" && isText)
            root.type = s.string();
        else if (key == "name" && isText)
            root.name = s.string();
        else if (key == "crs")
            root.crs = readCrs(s);
        else if (key == "features" && *s.at == '[' && root.type != "Feature" && root.type != "Topology")
            readFeatures(root);
        else
            s.skipValue();
    }

    void readFeatures(Root& root) {
        JsonScanner& s = m_scanner;
        root.hasFeatures = true;
        ++s.at;
        if (s.take(']'))
            return;
        s.peek();
        std::optional<FurtherFeatures> further;
        if (m_job.threadCount() > 1)
            if (const char* const begin = probableFeature(s))
                further.emplace(s.text(), begin, m_job);
        const double end = static_cast<double>(further ? further->begin() - s.text().data() : s.text().size());
        do {
            if (m_features.rowCount() % 512 == 0)
                m_job.checkpoint(static_cast<double>(s.offset()) / end);
            const bool isObject = s.peek() == '{';
            if (further && s.at == further->begin()) { // it was the begin of a feature: what is there is what we want
                s.at = further->joinTo(m_features);
                return;
            }
            if (isObject)
                m_features.readFeature();
            else
                m_features.skipNonFeature();
        } while (s.takeCommaOr(']'));
    }

    JsonScanner m_scanner;
    GeoJsonFeatures m_features;
    const std::string& m_path;
    ReadJob& m_job;
};

Error sentence(const std::string& path, std::string_view text, const JsonError& error) {
    const std::string_view before = text.substr(0, std::min(error.offset, text.size()));
    const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::size_t lineStart = before.rfind('\n');
    const std::size_t column = before.size() - (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1;
    return Error("Cannot read " + path + ": its JSON is broken at line " + std::to_string(line) + ", character " +
                 std::to_string(column) + ": " + error.what + "; ask for a whole copy or repair the file.");
}

void warnOfOddities(const GeoJsonFeatures& features, const std::string& path, ReadJob& job) {
    if (features.skippedValues > 0)
        job.warn(path + ": " + countOf(features.skippedValues, "entry") +
                     " in the list of features left out, being no feature.",
                 true);
    std::vector<std::uint32_t> rows = features.unreadableGeometries;
    for (std::uint32_t& row : rows)
        ++row;
    if (!rows.empty())
        job.warn(path + ": the geometry of " + countOf(rows.size(), "feature") +
                     " is not valid GeoJSON and was left out: " + namedRows("feature", rows) + ".",
                 true);
    if (features.closedRings > 0)
        job.warn(path + ": " + countOf(features.closedRings, "ring") + " of polygons not closed; closed them.");
    if (features.hasTooManyProperties)
        job.warn(path + ": the features have more than 2,000 different properties; further ones were left out.", true);
    if (features.droppedOrdinates > 0)
        job.warn(path + ": positions have more than longitude, latitude and elevation; the further " +
                     countOf(features.droppedOrdinates, "number") + " left out.",
                 true);
}

} // namespace

GeoJsonResult readGeoJson(const FileBytes& bytes, const std::string& path, const std::string& layerName, ReadJob& job) {
    DecodedText decoded = decodeText(bytes.view(), job.options().encoding);
    FileBytes converted;
    std::string_view text = bytes.view().substr(decoded.skippedBytes);
    if (decoded.isGuess)
        job.warn(path + ": its texts are not in UTF-8, as GeoJSON must be; they were read as cp1252 (else give "
                        "--encoding).");
    if (decoded.converted) {
        converted = FileBytes::own(std::move(*decoded.converted));
        text = converted.view();
    }
    Root root;
    Reader reader(text, path, job);
    try {
        if (!reader.read(root))
            return {nullptr, root.type.empty() ? "it is JSON, but not GeoJSON"
                                               : "it is JSON of the type " + root.type.substr(0, 40) + ", not GeoJSON"};
    } catch (const JsonError& error) {
        throw sentence(path, text, error);
    }
    GeoJsonFeatures& features = reader.features();
    if (isGeometryType(root.type) && features.rowCount() == 1 && !features.unreadableGeometries.empty())
        throw Error("Cannot read " + path + ": the coordinates do not fit a " + root.type +
                    "; correct the file by the GeoJSON format (RFC 7946).");
    warnOfOddities(features, path, job);
    TableDraft draft;
    draft.name = root.name.empty() ? layerName : root.name;
    draft.source = {path, draft.name, "GeoJSON", "", decoded.encoding};
    draft.crs = root.crs.empty() ? "EPSG:4326" : root.crs;
    draft.geometry = std::move(features.geometry);
    draft.columns = features.finishColumns();
    return {completeTable(std::move(draft), job), {}};
}

} // namespace cordon
