#include "core/io/shape_record.h"

#include <bit>
#include <cstring>
#include <limits>

namespace cordon {

namespace {

static_assert(std::endian::native == std::endian::little, "coordinates are copied as they lie in the file");

constexpr double kNoMeasure = -1e38; // anything below it is "no data" (specification, page 2)

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
        return {ShapeType::MultiPatch, true, true};
    default:
        return {ShapeType::Null, false, false, false};
    }
}

} // namespace

bool ShapeRecordReader::read(std::string_view content) {
    if (content.size() < 4)
        return false;
    m_content = content;
    m_kind = kindOf(little32(content, 0));
    switch (m_kind.type) {
    case ShapeType::Point:
        return readPoint();
    case ShapeType::MultiPoint:
        return readMultiPoint();
    case ShapeType::PolyLine:
    case ShapeType::Polygon:
    case ShapeType::MultiPatch:
        return readParts();
    case ShapeType::Null:
        break;
    }
    m_builder.endFeature(kNoGeometry);
    return m_kind.isKnown;
}

bool ShapeRecordReader::readPoint() {
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

bool ShapeRecordReader::readMultiPoint() {
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

bool ShapeRecordReader::readParts() {
    if (m_content.size() < 44)
        return false;
    const std::uint64_t partCount = little32(m_content, 36);
    m_pointCount = little32(m_content, 40);
    const std::uint64_t bytesPerPart = m_kind.type == ShapeType::MultiPatch ? 8 : 4;
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
    if (m_kind.type == ShapeType::PolyLine)
        readLines();
    else if (m_kind.type == ShapeType::Polygon)
        readPolygon();
    else
        return readPatches();
    return true;
}

void ShapeRecordReader::readLines() {
    for (std::size_t i = 0; i + 1 < m_partStarts.size(); ++i) {
        addPoints(m_partStarts[i], m_partStarts[i + 1]);
        m_builder.endPart(PartRole::Line);
    }
    m_builder.endFeature(m_partStarts.size() > 2 ? kMultiLineString : kLineString);
}

void ShapeRecordReader::readPolygon() {
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
bool ShapeRecordReader::readPatches() {
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

void ShapeRecordReader::addTriangle(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    for (const std::uint32_t p : {a, b, c, a})
        addPoints(p, p + 1);
    m_builder.endPart(PartRole::OuterRing);
}

// Where the arrays of points, elevations and measures lie; false if the record is too short for them.
bool ShapeRecordReader::placeArrays(std::uint64_t pointsAt) {
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

void ShapeRecordReader::addPoints(std::uint32_t begin, std::uint32_t end) {
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

void ShapeRecordReader::addMeasure(double m) {
    m_builder.addM(m < kNoMeasure ? std::numeric_limits<double>::quiet_NaN() : m);
}

void ShapeRecordReader::closeRingFrom(std::size_t begin) {
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

} // namespace cordon
