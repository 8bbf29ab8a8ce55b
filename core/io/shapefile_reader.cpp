#include "core/io/shapefile_reader.h"

#include "core/io/dbf_reader.h"

#include <bit>
#include <cstring>
#include <future>

namespace cordon {

namespace {

static_assert(std::endian::native == std::endian::little, "coordinates are copied as they lie in the file");

constexpr std::size_t kHeaderSize = 100;
constexpr double kNoMeasure = -1e38; // anything below it is "no data" (specification, page 2)

std::uint32_t big32(std::string_view bytes, std::size_t at) {
    std::uint32_t value;
    std::memcpy(&value, bytes.data() + at, 4);
    return __builtin_bswap32(value);
}

std::uint32_t little32(std::string_view bytes, std::size_t at) {
    std::uint32_t value;
    std::memcpy(&value, bytes.data() + at, 4);
    return value;
}

double doubleAt(std::string_view bytes, std::size_t at) {
    double value;
    std::memcpy(&value, bytes.data() + at, 8);
    return value;
}

// Points as they lie in the file, at any address; vector::insert() makes one block copy of them.
class PointIterator {
public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = LonLat;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = LonLat;

    explicit PointIterator(const char* at) : m_at(at) {}
    LonLat operator*() const {
        LonLat p;
        std::memcpy(&p, m_at, sizeof p);
        return p;
    }
    PointIterator& operator++() {
        m_at += sizeof(LonLat);
        return *this;
    }
    PointIterator operator++(int) {
        PointIterator old = *this;
        ++*this;
        return old;
    }
    PointIterator& operator--() {
        m_at -= sizeof(LonLat);
        return *this;
    }
    PointIterator& operator+=(difference_type n) {
        m_at += n * static_cast<difference_type>(sizeof(LonLat));
        return *this;
    }
    friend difference_type operator-(PointIterator a, PointIterator b) {
        return (a.m_at - b.m_at) / static_cast<difference_type>(sizeof(LonLat));
    }
    friend bool operator==(PointIterator, PointIterator) = default;

private:
    const char* m_at;
};

enum ShapeType : std::uint32_t {
    Null = 0,
    Point = 1,
    PolyLine = 3,
    Polygon = 5,
    MultiPoint = 8,
    MultiPatch = 31,
};

struct ShapeKind {
    ShapeType type = Null;
    bool hasZ = false, hasM = false; // M may still be missing from a record with Z
    bool isKnown = true;
};

ShapeKind kindOf(std::uint32_t code) {
    switch (code) {
    case 0:
    case 1:
    case 3:
    case 5:
    case 8:
        return {static_cast<ShapeType>(code), false, false};
    case 11:
    case 13:
    case 15:
    case 18:
        return {static_cast<ShapeType>(code - 10), true, true};
    case 21:
    case 23:
    case 25:
    case 28:
        return {static_cast<ShapeType>(code - 20), false, true};
    case 31:
        return {MultiPatch, true, true};
    default:
        return {Null, false, false, false};
    }
}

// Reads one record's content into the builder. Every function returns false for a record that contradicts itself; the
// caller then drops what it has pushed.
class RecordReader {
public:
    explicit RecordReader(GeometryBuilder& builder) : m_builder(builder) {}

    bool read(std::string_view content) {
        if (content.size() < 4)
            return false;
        m_content = content;
        m_kind = kindOf(little32(content, 0));
        switch (m_kind.type) {
        case Point:
            return readPoint();
        case MultiPoint:
            return readMultiPoint();
        case PolyLine:
        case Polygon:
        case MultiPatch:
            return readParts();
        case Null:
            break;
        }
        m_builder.endFeature(kNoGeometry);
        return m_kind.isKnown;
    }

    std::size_t closedRings() const { return m_closedRings; }

private:
    bool readPoint() {
        if (m_content.size() < 20u + (m_kind.hasZ || m_kind.hasM ? 8u : 0u))
            return false;
        m_builder.add(doubleAt(m_content, 4), doubleAt(m_content, 12));
        if (m_kind.hasZ)
            m_builder.addZ(doubleAt(m_content, 20));
        const std::size_t measureAt = m_kind.hasZ ? 28 : 20;
        if (m_kind.hasM && m_content.size() >= measureAt + 8)
            addMeasure(doubleAt(m_content, measureAt));
        m_builder.endPart(PartRole::Points);
        m_builder.endFeature(kPoint);
        return true;
    }

    bool readMultiPoint() {
        if (m_content.size() < 40)
            return false;
        m_pointCount = little32(m_content, 36);
        if (!placeArrays(40))
            return false;
        if (m_pointCount > 0) {
            addPoints(0, m_pointCount);
            m_builder.endPart(PartRole::Points);
        }
        m_builder.endFeature(m_pointCount == 1 ? kPoint : kMultiPoint);
        return true;
    }

    bool readParts() {
        if (m_content.size() < 44)
            return false;
        const std::uint64_t partCount = little32(m_content, 36);
        m_pointCount = little32(m_content, 40);
        const std::uint64_t bytesPerPart = m_kind.type == MultiPatch ? 8 : 4;
        if (44 + partCount * bytesPerPart > m_content.size() || !placeArrays(44 + partCount * bytesPerPart))
            return false;
        m_partStarts.clear();
        for (std::size_t i = 0; i < partCount; ++i) {
            m_partStarts.push_back(little32(m_content, 44 + 4 * i));
            const bool isInOrder = i == 0 || m_partStarts[i] > m_partStarts[i - 1];
            if (!isInOrder || (m_partStarts[i] >= m_pointCount && m_pointCount > 0))
                return false;
        }
        if (partCount == 0 || m_pointCount == 0) {
            m_builder.endFeature(kNoGeometry);
            return true;
        }
        m_partStarts.push_back(m_pointCount);
        if (m_kind.type == PolyLine)
            readLines();
        else if (m_kind.type == Polygon)
            readPolygon();
        else
            return readPatches();
        return true;
    }

    void readLines() {
        for (std::size_t i = 0; i + 1 < m_partStarts.size(); ++i) {
            addPoints(m_partStarts[i], m_partStarts[i + 1]);
            m_builder.endPart(PartRole::Line);
        }
        m_builder.endFeature(m_partStarts.size() > 2 ? kMultiLineString : kLineString);
    }

    void readPolygon() {
        const std::size_t first = m_builder.coordinateCount();
        m_ringSizes.clear();
        for (std::size_t i = 0; i + 1 < m_partStarts.size(); ++i) {
            const std::size_t begin = m_builder.coordinateCount();
            addPoints(m_partStarts[i], m_partStarts[i + 1]);
            closeRingFrom(begin);
            m_ringSizes.push_back(static_cast<std::uint32_t>(m_builder.coordinateCount() - begin));
        }
        m_builder.endFeature(endPolygonRings(m_builder, first, m_ringSizes));
    }

    // Triangle strips and fans, and rings that say their role (specification, page 20).
    bool readPatches() {
        for (std::size_t i = 0; i + 1 < m_partStarts.size(); ++i) {
            const std::uint32_t begin = m_partStarts[i], end = m_partStarts[i + 1];
            const std::uint32_t patch = little32(m_content, 44 + 4 * (m_partStarts.size() - 1 + i));
            if (patch > 5)
                return false;
            if (patch <= 1) {
                for (std::uint32_t p = begin; p + 2 < end; ++p)
                    addTriangle(patch == 0 ? p : begin, p + 1, p + 2);
                continue;
            }
            const std::size_t ring = m_builder.coordinateCount();
            addPoints(begin, end);
            closeRingFrom(ring);
            const bool isHole = patch == 3 && !m_builder.featureIsEmpty();
            m_builder.endPart(isHole ? PartRole::InnerRing : PartRole::OuterRing);
        }
        m_builder.endFeature(kMultiPolygon);
        return true;
    }

    void addTriangle(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
        for (const std::uint32_t p : {a, b, c, a})
            addPoints(p, p + 1);
        m_builder.endPart(PartRole::OuterRing);
    }

    // Where the arrays of points, elevations and measures lie; false if the record is too short for them.
    bool placeArrays(std::uint64_t pointsAt) {
        const std::uint64_t points = m_pointCount;
        std::uint64_t end = pointsAt + 16 * points;
        m_pointsAt = pointsAt;
        m_zAt = m_mAt = 0;
        if (m_kind.hasZ) {
            m_zAt = end + 16; // after the range
            end = m_zAt + 8 * points;
        }
        if (end > m_content.size() + (points == 0 ? 16u : 0u))
            return false;
        const std::uint64_t measuresEnd = end + 16 + 8 * points;
        if (m_kind.hasM && measuresEnd <= m_content.size())
            m_mAt = end + 16;
        return true;
    }

    void addPoints(std::uint32_t begin, std::uint32_t end) {
        GeometryColumn& g = m_builder.column;
        const char* const points = m_content.data() + m_pointsAt;
        const std::size_t first = g.coordinates.size();
        g.coordinates.insert(g.coordinates.end(), PointIterator(points + 16u * std::size_t{begin}),
                             PointIterator(points + 16u * std::size_t{end}));
        const auto addBeside = [&](std::vector<double>& values, std::size_t at, bool isMeasure) {
            values.resize(first, std::numeric_limits<double>::quiet_NaN());
            for (std::size_t i = begin; i < end; ++i) {
                const double value = doubleAt(m_content, at + 8 * i);
                values.push_back(isMeasure && value < kNoMeasure ? std::numeric_limits<double>::quiet_NaN() : value);
            }
        };
        if (m_zAt)
            addBeside(g.z, m_zAt, false);
        if (m_mAt)
            addBeside(g.m, m_mAt, true);
    }

    void addMeasure(double m) { m_builder.addM(m < kNoMeasure ? std::numeric_limits<double>::quiet_NaN() : m); }

    void closeRingFrom(std::size_t begin) {
        GeometryColumn& g = m_builder.column;
        const LonLat first = g.coordinates[begin];
        if (first == g.coordinates.back())
            return;
        m_builder.add(first.lonDegrees, first.latDegrees);
        if (g.z.size() > begin)
            m_builder.addZ(g.z[begin]);
        if (g.m.size() > begin)
            m_builder.addM(g.m[begin]);
        ++m_closedRings;
    }

    GeometryBuilder& m_builder;
    std::string_view m_content;
    ShapeKind m_kind;
    std::uint32_t m_pointCount = 0;
    std::size_t m_pointsAt = 0, m_zAt = 0, m_mAt = 0;
    std::vector<std::uint32_t> m_partStarts, m_ringSizes;
    std::size_t m_closedRings = 0;
};

struct RecordPlace {
    std::size_t offset;      // of the record's header
    std::size_t claimedSize; // of the content, by the index
};

// Where the records are, by the index file. Empty optional: there is none that can be used.
std::optional<std::vector<RecordPlace>> placesByIndex(std::string_view shx) {
    if (shx.size() < kHeaderSize || (big32(shx, 0) != 9994 && big32(shx, 0) != 9993))
        return std::nullopt;
    std::size_t size = shx.size();
    const std::size_t claimed = std::size_t{big32(shx, 24)} * 2;
    if (claimed >= kHeaderSize)
        size = std::min(size, claimed);
    std::vector<RecordPlace> places((size - kHeaderSize) / 8);
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i] = {std::size_t{big32(shx, kHeaderSize + 8 * i)} * 2,
                     std::size_t{big32(shx, kHeaderSize + 8 * i + 4)} * 2};
    return places;
}

// Where they are, by walking from one to the next. `isCut`: the last one is not whole.
std::vector<RecordPlace> placesByWalking(std::string_view shp, bool& isCut) {
    std::vector<RecordPlace> places;
    std::size_t at = kHeaderSize;
    while (at + 8 < shp.size()) {
        const std::size_t size = std::size_t{big32(shp, at + 4)} * 2;
        if (size < 4 || at + 8 + size > shp.size()) {
            isCut = true;
            break;
        }
        places.push_back({at, size});
        at += 8 + size;
    }
    return places;
}

// The content of a record, empty if it lies outside the file. The index and the record's own header may disagree on the
// length: the longer one that fits is taken, the shape's own counts decide.
std::string_view contentOf(std::string_view shp, const RecordPlace& place) {
    if (place.offset < kHeaderSize || place.offset + 12 > shp.size())
        return {};
    const std::size_t available = shp.size() - place.offset - 8;
    const std::size_t own = std::size_t{big32(shp, place.offset + 4)} * 2;
    std::size_t size = std::max(own, place.claimedSize);
    if (size > available)
        size = std::min(own, place.claimedSize) <= available ? std::min(own, place.claimedSize) : available;
    return shp.substr(place.offset + 8, size);
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
    throw Error("Cannot read " + path + ": " + why + "; ask for a whole copy of the file.");
}

std::vector<RecordPlace> findRecords(const ShapefileParts& parts, ReadJob& job) {
    const std::string_view shp = parts.shp.view();
    if (shp.empty())
        refuse(parts.path, "the file is empty");
    if (shp.size() < kHeaderSize)
        refuse(parts.path, "the file is cut off within its header");
    if (big32(shp, 0) != 9994)
        refuse(parts.path, "it is not a shapefile");
    if (parts.shx)
        if (auto places = placesByIndex(parts.shx.view()))
            return std::move(*places);
    job.warn(parts.path + (parts.shx ? ": its index (.shx) is damaged" : ": its index (.shx) is missing") +
             "; the shapes were found without it, deleted ones may be among them.");
    bool isCut = false;
    std::vector<RecordPlace> places = placesByWalking(shp, isCut);
    if (isCut && places.empty())
        refuse(parts.path, "not one of its shapes is whole");
    if (isCut)
        job.warn(parts.path + ": the file is cut off or damaged after " + countOf(places.size(), "shape") +
                     "; what follows is missing.",
                 true);
    return places;
}

void readGeometry(const ShapefileParts& parts, GeometryBuilder& builder, ReadJob& job) {
    const std::vector<RecordPlace> places = findRecords(parts, job);
    const std::string_view shp = parts.shp.view();
    builder.column.coordinates.reserve(shp.size() / sizeof(LonLat));
    builder.column.featureStart.reserve(places.size() + 1);
    builder.column.partStart.reserve(places.size() + 1);
    builder.column.partRole.reserve(places.size());
    RecordReader reader(builder);
    std::vector<std::uint32_t> damaged;
    std::size_t beyondEnd = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i % 1024 == 0)
            job.checkpoint(static_cast<double>(i) / static_cast<double>(places.size()));
        // Records do not overlap, so there can be no more points than fit the file (patches repeat theirs up to four
        // times).
        if (builder.coordinateCount() > shp.size() / 4)
            refuse(parts.path, "its index (.shx) points to the same shapes again and again");
        const std::string_view content = contentOf(shp, places[i]);
        const std::size_t featuresBefore = builder.column.featureStart.size();
        if (reader.read(content))
            continue;
        if (builder.column.featureStart.size() == featuresBefore) {
            builder.dropFeature();
            builder.endFeature(kNoGeometry);
        }
        damaged.push_back(static_cast<std::uint32_t>(i + 1));
        beyondEnd += places[i].offset + 8 + places[i].claimedSize > shp.size();
    }
    if (!damaged.empty() && damaged.size() == places.size() && beyondEnd > 0)
        refuse(parts.path, "the file is cut off, not one of its shapes is whole");
    if (!damaged.empty())
        job.warn(parts.path + (beyondEnd > 0 ? ": the file is cut off or damaged; " : ": ") +
                     countOf(damaged.size(), "feature") + " of " + std::to_string(places.size()) +
                     " without a shape, because it is damaged: " + namedRows("record", damaged) + ".",
                 true);
    if (reader.closedRings() > 0)
        job.warn(parts.path + ": " + countOf(reader.closedRings(), "ring") + " of polygons not closed; closed them.");
}

// Attributes and shapes must be of the same number; the shapes decide.
void fitAttributes(DbfTable& dbf, std::size_t features, const std::string& path, ReadJob& job) {
    if (dbf.recordCount == features)
        return;
    job.warn(path + ": there are " + countOf(features, "shape") + " but " + countOf(dbf.recordCount, "record") +
                 " of attributes; " +
                 (dbf.recordCount < features ? "the last shapes have none." : "the last records were left out."),
             true);
    for (Column& column : dbf.columns) {
        if (dbf.recordCount < features)
            column.isNullAt.resize(dbf.recordCount, 0);
        if (!column.isNullAt.empty())
            column.isNullAt.resize(features, 1);
        if (auto* texts = std::get_if<TextValues>(&column.values)) {
            texts->start.resize(std::min(texts->start.size(), features + 1));
            texts->bytes.resize(texts->start.back());
            texts->start.resize(features + 1, texts->start.back());
        } else if (auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values)) {
            integers->resize(features, 0);
        } else {
            std::get<std::vector<double>>(column.values).resize(features, 0);
        }
    }
    if (!dbf.isDeleted.empty())
        dbf.isDeleted.resize(features, 0);
}

struct Attributes {
    DbfTable table;
    Warnings warnings;
};

// A table that cannot be read costs the attributes, not the shapes, unless it is all there is.
Attributes readAttributes(const ShapefileParts& parts, const ReadOptions& options) {
    ReadOptions quiet = options;
    quiet.progress = nullptr;
    ReadJob job(quiet); // its own: this runs beside the reading of the geometry
    Attributes result;
    const std::string path = parts.isTableOnly ? parts.path : parts.path.substr(0, parts.path.size() - 3) + "dbf";
    if (!parts.dbf) {
        job.warn(parts.path + ": its attributes (.dbf) are missing; only the shapes were read.", true);
    } else if (parts.isTableOnly) {
        result.table = readDbf(parts.dbf.view(), path, parts.cpg, job);
    } else {
        try {
            result.table = readDbf(parts.dbf.view(), path, parts.cpg, job);
        } catch (const Error& error) {
            job.warn(std::string(error.what()) + " Only the shapes of " + parts.path + " were read.", true);
        }
    }
    result.warnings = std::move(job.warnings);
    return result;
}

} // namespace

std::shared_ptr<const FeatureTable> readShapefile(const ShapefileParts& parts, ReadJob& job) {
    TableDraft draft;
    draft.name = parts.name;
    draft.source = {parts.path, parts.name, "ESRI Shapefile", "", ""};
    draft.crs = parts.prj;
    draft.rowNoun = "record";
    const auto policy = job.threadCount() > 1 ? std::launch::async : std::launch::deferred;
    auto attributes = std::async(policy, [&] { return readAttributes(parts, job.options()); });
    if (parts.shp)
        readGeometry(parts, draft.geometry, job);
    auto [dbf, warnings] = attributes.get();
    for (Warning& warning : warnings)
        job.warn(std::move(warning.text), warning.leftOut);
    if (!parts.shp)
        draft.geometry.column.featureStart.resize(dbf.recordCount + 1, 0);
    const std::size_t features = draft.geometry.column.featureCount();
    if (parts.dbf)
        fitAttributes(dbf, features, parts.path, job);
    draft.source.encoding = dbf.encoding;
    draft.columns = std::move(dbf.columns);
    if (!dbf.isDeleted.empty()) {
        std::vector<std::uint8_t> keep(features);
        for (std::size_t row = 0; row < features; ++row) {
            keep[row] = !dbf.isDeleted[row];
            if (keep[row])
                draft.rowNumbers.push_back(static_cast<std::uint32_t>(row + 1));
        }
        keepRows(draft.geometry.column, draft.columns, keep);
    }
    return completeTable(std::move(draft), job);
}

} // namespace cordon
