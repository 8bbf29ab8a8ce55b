#include "core/io/gpkg_geometry.h"

#include "core/error.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace cordon {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie in memory");

enum Wkb : std::uint32_t {
    kPoint = 1,
    kLineString = 2,
    kPolygon = 3,
    kMultiPoint = 4,
    kMultiLineString = 5,
    kMultiPolygon = 6,
    kCollection = 7,
};

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

template <class T> void append(std::string& bytes, T value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
}

// One feature's geometry as parts, whatever it is stored in.
struct Shape {
    struct Part {
        PartRole role;
        const LonLat* points;
        const double* z; // null: none
        const double* m;
        std::uint32_t count;
    };
    std::vector<Part> parts;
    bool hasZ = false;
    bool hasM = false;
};

class Encoder {
public:
    Encoder(const Shape& source, bool isMulti) : m_source(source), m_isMulti(isMulti) {}

    std::string encode() {
        writeHeader();
        const std::size_t n = m_source.parts.size();
        const PartRole first = m_source.parts.front().role;
        const std::size_t polygons = countOf(PartRole::OuterRing);
        if (first == PartRole::Points && n == 1)
            writePoints(m_source.parts[0], m_isMulti);
        else if (first == PartRole::Line && countOf(PartRole::Line) == n)
            writeLines(n);
        else if (polygons + countOf(PartRole::InnerRing) == n && first == PartRole::OuterRing)
            writePolygons(0, n, m_isMulti || polygons > 1);
        else
            writeCollection();
        return std::move(m_bytes);
    }

private:
    std::size_t countOf(PartRole role) const {
        std::size_t count = 0;
        for (const Shape::Part& part : m_source.parts)
            count += part.role == role;
        return count;
    }

    void writeHeader() {
        const bool isPoint = m_source.parts.size() == 1 && m_source.parts[0].count == 1;
        m_bytes += "GP";
        m_bytes += '\0';
        m_bytes += isPoint ? '\x01' : '\x03'; // little-endian; with or without the envelope
        append(m_bytes, std::int32_t{4326});
        if (isPoint)
            return;
        GeoBox box;
        for (const Shape::Part& part : m_source.parts)
            for (std::uint32_t i = 0; i < part.count; ++i)
                box.include(part.points[i]);
        for (const double bound : {box.minX, box.maxX, box.minY, box.maxY})
            append(m_bytes, bound);
    }

    void writeType(std::uint32_t type) {
        m_bytes += '\x01';
        append(m_bytes, type + (m_source.hasZ ? 1000U : 0U) + (m_source.hasM ? 2000U : 0U));
    }

    void writePoint(const Shape::Part& part, std::uint32_t i) {
        append(m_bytes, part.points[i].lonDegrees);
        append(m_bytes, part.points[i].latDegrees);
        if (m_source.hasZ)
            append(m_bytes, part.z ? part.z[i] : kNaN);
        if (m_source.hasM)
            append(m_bytes, part.m ? part.m[i] : kNaN);
    }

    void writePath(const Shape::Part& part) {
        append(m_bytes, part.count);
        for (std::uint32_t i = 0; i < part.count; ++i)
            writePoint(part, i);
    }

    void writePoints(const Shape::Part& part, bool isMulti) {
        if (part.count == 1 && !isMulti) {
            writeType(kPoint);
            writePoint(part, 0);
            return;
        }
        writeType(kMultiPoint);
        append(m_bytes, part.count);
        for (std::uint32_t i = 0; i < part.count; ++i) {
            writeType(kPoint);
            writePoint(part, i);
        }
    }

    void writeLines(std::size_t n) {
        if (n > 1 || m_isMulti) {
            writeType(kMultiLineString);
            append(m_bytes, static_cast<std::uint32_t>(n));
        }
        for (const Shape::Part& part : m_source.parts) {
            writeType(kLineString);
            writePath(part);
        }
    }

    // One past the last ring of the polygon that starts at `begin`.
    std::size_t polygonEnd(std::size_t begin) const {
        std::size_t end = begin + 1;
        while (end < m_source.parts.size() && m_source.parts[end].role == PartRole::InnerRing)
            ++end;
        return end;
    }

    void writePolygons(std::size_t begin, std::size_t end, bool isMulti) {
        if (isMulti) {
            writeType(kMultiPolygon);
            append(m_bytes, static_cast<std::uint32_t>(countOf(PartRole::OuterRing)));
        }
        while (begin < end) {
            const std::size_t next = polygonEnd(begin);
            writeType(kPolygon);
            append(m_bytes, static_cast<std::uint32_t>(next - begin));
            for (; begin < next; ++begin)
                writePath(m_source.parts[begin]);
        }
    }

    // Mixed parts, or several runs of points, which a MultiPoint would merge: one member each, in order.
    void writeCollection() {
        writeType(kCollection);
        const std::size_t countAt = m_bytes.size();
        append(m_bytes, std::uint32_t{0});
        std::uint32_t count = 0;
        for (std::size_t i = 0; i < m_source.parts.size(); ++count) {
            const Shape::Part& part = m_source.parts[i];
            if (part.role == PartRole::Points) {
                writePoints(part, false);
                ++i;
            } else if (part.role == PartRole::Line) {
                writeType(kLineString);
                writePath(part);
                ++i;
            } else {
                const std::size_t end = polygonEnd(i);
                writeType(kPolygon);
                append(m_bytes, static_cast<std::uint32_t>(end - i));
                for (; i < end; ++i)
                    writePath(m_source.parts[i]);
            }
        }
        std::memcpy(m_bytes.data() + countAt, &count, sizeof count);
    }

    const Shape& m_source;
    bool m_isMulti;
    std::string m_bytes;
};

// Bytes of a blob that may be damaged: every read is checked.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    std::uint8_t byte() { return static_cast<std::uint8_t>(take(1)[0]); }
    std::uint32_t number32(bool isLittle) {
        std::uint32_t value = 0;
        std::memcpy(&value, take(4).data(), 4);
        return isLittle ? value : __builtin_bswap32(value);
    }
    double real(bool isLittle) {
        std::uint64_t value = 0;
        std::memcpy(&value, take(8).data(), 8);
        return std::bit_cast<double>(isLittle ? value : __builtin_bswap64(value));
    }
    std::string_view take(std::size_t count) {
        if (count > m_bytes.size())
            throw Error("its geometry ends too early");
        const std::string_view taken = m_bytes.substr(0, count);
        m_bytes.remove_prefix(count);
        return taken;
    }
    std::size_t left() const { return m_bytes.size(); }

private:
    std::string_view m_bytes;
};

// The header read, the reader stands at the WKB.
struct Header {
    bool isEmpty = false;
    bool hasBox = false;
    GeoBox box;
};

Header readHeader(Reader& reader) {
    if (reader.take(2) != "GP" || reader.byte() != 0)
        throw Error("its geometry is not a GeoPackage geometry");
    const std::uint8_t flags = reader.byte();
    const bool isLittle = (flags & 1) != 0;
    const int envelope = (flags >> 1) & 7;
    static constexpr int kSizes[] = {0, 4, 6, 6, 8};
    if (envelope > 4)
        throw Error("its geometry has an unknown envelope");
    reader.number32(isLittle);
    double bounds[8] = {};
    for (int i = 0; i < kSizes[envelope]; ++i)
        bounds[i] = reader.real(isLittle);
    Header header;
    header.isEmpty = (flags & 16) != 0;
    header.hasBox = envelope > 0;
    if (header.hasBox)
        header.box = GeoBox{{bounds[0], bounds[2], bounds[1], bounds[3]}};
    return header;
}

// WKB into any sink with point(lon, lat, z, m) and endPart(role).
template <class Sink> class Decoder {
public:
    Decoder(Reader& reader, Sink& sink) : m_reader(reader), m_sink(sink) {}

    void geometry(int depth = 0, bool inMultiPoint = false) {
        if (depth > 3)
            throw Error("its geometry is nested too deep");
        m_isLittle = m_reader.byte() != 0;
        const std::uint32_t code = m_reader.number32(m_isLittle);
        const std::uint32_t type = code % 1000;
        m_hasZ = code / 1000 == 1 || code / 1000 == 3;
        m_hasM = code / 1000 == 2 || code / 1000 == 3;
        if (code / 1000 > 3 || type < kPoint || type > kCollection)
            throw Error("its geometry has the unknown type " + std::to_string(code));
        if (type == kPoint) {
            point();
            if (!inMultiPoint)
                m_sink.endPart(PartRole::Points);
        } else if (type == kLineString) {
            path(PartRole::Line);
        } else if (type == kPolygon) {
            const std::uint32_t rings = count(4);
            for (std::uint32_t i = 0; i < rings; ++i)
                path(i == 0 ? PartRole::OuterRing : PartRole::InnerRing);
        } else {
            const std::uint32_t members = count(5);
            for (std::uint32_t i = 0; i < members; ++i)
                geometry(depth + 1, type == kMultiPoint);
            if (type == kMultiPoint && members > 0)
                m_sink.endPart(PartRole::Points);
        }
    }

private:
    // A damaged count must not ask for more than the blob can hold.
    std::uint32_t count(std::size_t leastBytesEach) {
        const std::uint32_t value = m_reader.number32(m_isLittle);
        if (value > m_reader.left() / leastBytesEach)
            throw Error("its geometry ends too early");
        return value;
    }
    void path(PartRole role) {
        const std::uint32_t points = count(16);
        for (std::uint32_t i = 0; i < points; ++i)
            point();
        if (points > 0)
            m_sink.endPart(role);
    }
    void point() {
        const double lon = m_reader.real(m_isLittle);
        const double lat = m_reader.real(m_isLittle);
        const double z = m_hasZ ? m_reader.real(m_isLittle) : kNaN;
        const double m = m_hasM ? m_reader.real(m_isLittle) : kNaN;
        if (!(std::abs(lat) <= 90.0001) || !(std::abs(lon) <= 720))
            throw Error("its geometry lies outside the globe");
        m_sink.point({lon, lat}, z, m, m_hasZ, m_hasM);
    }

    Reader& m_reader;
    Sink& m_sink;
    bool m_isLittle = true;
    bool m_hasZ = false;
    bool m_hasM = false;
};

struct ColumnSink {
    GeometryColumn& geometry;
    void point(LonLat at, double z, double m, bool hasZ, bool hasM) {
        const std::size_t before = geometry.coordinates.size();
        geometry.coordinates.push_back(at);
        if (hasZ || !geometry.z.empty()) {
            geometry.z.resize(before, kNaN);
            geometry.z.push_back(z);
        }
        if (hasM || !geometry.m.empty()) {
            geometry.m.resize(before, kNaN);
            geometry.m.push_back(m);
        }
    }
    void endPart(PartRole role) {
        geometry.partStart.push_back(static_cast<std::uint32_t>(geometry.coordinates.size()));
        geometry.partRole.push_back(role);
    }
};

struct SmallSink {
    SmallGeometry geometry;
    SmallGeometry::Part open;
    void point(LonLat at, double, double, bool, bool) { open.points.push_back(at); }
    void endPart(PartRole role) {
        using Kind = SmallGeometry::Kind;
        const Kind kind = role == PartRole::Points ? Kind::Point : role == PartRole::Line ? Kind::Line : Kind::Polygon;
        if (geometry.kind != Kind::None && geometry.kind != kind)
            throw Error("its geometry mixes points, lines and polygons");
        geometry.kind = kind;
        if (kind == Kind::Point) { // every point of its own is a part
            for (const LonLat p : open.points)
                geometry.parts.push_back({{p}, false});
        } else {
            open.isHole = role == PartRole::InnerRing;
            geometry.parts.push_back(std::move(open));
        }
        open = {};
    }
};

bool hasNumber(const std::vector<double>& values, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end; ++i)
        if (!std::isnan(values[i]))
            return true;
    return false;
}

} // namespace

GpkgGeometryType geometryTypeOf(const GeometryColumn& g) {
    bool points = false, lines = false, polygons = false, multi = false, collection = false;
    for (std::uint32_t f = 0; f < g.featureCount(); ++f) {
        bool fPoints = false, fLines = false, fPolygons = false;
        std::uint32_t members = 0, pointParts = 0;
        for (std::uint32_t p = g.featureStart[f]; p < g.featureStart[f + 1]; ++p) {
            const PartRole role = g.partRole[p];
            fPoints |= role == PartRole::Points;
            fLines |= role == PartRole::Line;
            fPolygons |= role == PartRole::OuterRing || role == PartRole::InnerRing;
            members += role == PartRole::Points      ? static_cast<std::uint32_t>(g.part(p).size())
                       : role == PartRole::InnerRing ? 0U
                                                     : 1U;
            pointParts += role == PartRole::Points;
        }
        collection |= fPoints + fLines + fPolygons > 1 || pointParts > 1;
        multi |= members > 1;
        points |= fPoints;
        lines |= fLines;
        polygons |= fPolygons;
    }
    GpkgGeometryType type;
    type.hasZ = !g.z.empty();
    type.hasM = !g.m.empty();
    if (collection || points + lines + polygons != 1)
        return type;
    type.isMulti = multi;
    type.typeName = std::string(multi ? "MULTI" : "") + (points ? "POINT" : lines ? "LINESTRING" : "POLYGON");
    return type;
}

std::string encodeGeometry(const GeometryColumn& g, std::uint32_t feature, const GpkgGeometryType& type) {
    Shape source;
    for (std::uint32_t p = g.featureStart[feature]; p < g.featureStart[feature + 1]; ++p) {
        const std::uint32_t begin = g.partStart[p];
        const std::uint32_t end = g.partStart[p + 1];
        if (begin == end)
            continue;
        source.parts.push_back({g.partRole[p], g.coordinates.data() + begin, g.z.empty() ? nullptr : &g.z[begin],
                                g.m.empty() ? nullptr : &g.m[begin], end - begin});
        source.hasZ |= type.hasZ && hasNumber(g.z, begin, end);
        source.hasM |= type.hasM && hasNumber(g.m, begin, end);
    }
    return source.parts.empty() ? std::string() : Encoder(source, type.isMulti).encode();
}

std::string encodeGeometry(const SmallGeometry& geometry, bool isMulti) {
    using Kind = SmallGeometry::Kind;
    Shape source;
    std::vector<LonLat> points;
    if (geometry.kind == Kind::Point) {
        for (const SmallGeometry::Part& part : geometry.parts)
            points.insert(points.end(), part.points.begin(), part.points.end());
        if (!points.empty())
            source.parts.push_back(
                {PartRole::Points, points.data(), nullptr, nullptr, static_cast<std::uint32_t>(points.size())});
    } else {
        for (const SmallGeometry::Part& part : geometry.parts) {
            const PartRole role = geometry.kind == Kind::Line            ? PartRole::Line
                                  : part.isHole && !source.parts.empty() ? PartRole::InnerRing
                                                                         : PartRole::OuterRing;
            if (!part.points.empty())
                source.parts.push_back(
                    {role, part.points.data(), nullptr, nullptr, static_cast<std::uint32_t>(part.points.size())});
        }
    }
    return source.parts.empty() ? std::string() : Encoder(source, isMulti).encode();
}

void decodeGeometry(std::string_view blob, GeometryColumn& geometry) {
    if (!blob.empty()) {
        Reader reader(blob);
        if (!readHeader(reader).isEmpty) {
            ColumnSink sink{geometry};
            Decoder<ColumnSink>(reader, sink).geometry();
        }
    }
    geometry.featureStart.push_back(static_cast<std::uint32_t>(geometry.partRole.size()));
}

SmallGeometry decodeSmallGeometry(std::string_view blob) {
    if (blob.empty())
        return {};
    Reader reader(blob);
    if (readHeader(reader).isEmpty)
        return {};
    SmallSink sink;
    Decoder<SmallSink>(reader, sink).geometry();
    return std::move(sink.geometry);
}

GeoBox boxOfGeometry(std::string_view blob) {
    if (blob.empty())
        return {};
    Reader reader(blob);
    const Header header = readHeader(reader);
    if (header.isEmpty || header.hasBox)
        return header.box;
    GeoBox box;
    for (const SmallGeometry::Part& part : decodeSmallGeometry(blob).parts)
        for (const LonLat p : part.points)
            box.include(p);
    return box;
}

} // namespace cordon
