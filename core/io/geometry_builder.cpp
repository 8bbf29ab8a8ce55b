#include "core/io/geometry_builder.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cordon {

namespace {

constexpr std::size_t kMostRingsCompared = 20'000;

std::uint32_t checked32(std::size_t value) {
    if (value > std::numeric_limits<std::uint32_t>::max())
        throw Error("The file has more than 4,294,967,295 coordinates, more than one layer can hold; split it.");
    return static_cast<std::uint32_t>(value);
}

struct RingFacts {
    RingRef ref;
    MapBox box;
    double signedArea = 0; // counter-clockwise positive
};

RingFacts factsOf(const std::vector<LonLat>& coordinates, RingRef ref) {
    RingFacts facts{ref, {}, 0};
    if (ref.begin == ref.end)
        return facts;
    const LonLat origin = coordinates[ref.begin];
    LonLat previous = coordinates[ref.end - 1];
    for (std::size_t i = ref.begin; i < ref.end; ++i) {
        const LonLat p = coordinates[i];
        facts.box.include(p.lonDegrees, p.latDegrees);
        facts.signedArea += (previous.lonDegrees - origin.lonDegrees) * (p.latDegrees - origin.latDegrees) -
                            (p.lonDegrees - origin.lonDegrees) * (previous.latDegrees - origin.latDegrees);
        previous = p;
    }
    return facts;
}

bool boxHolds(const MapBox& outer, const MapBox& inner) {
    return outer.minX <= inner.minX && outer.minY <= inner.minY && outer.maxX >= inner.maxX && outer.maxY >= inner.maxY;
}

enum class Side { Outside, OnEdge, Inside };

// Crossing number of the ray to the east; a point on an edge is told apart.
Side sideOf(const std::vector<LonLat>& c, RingRef ring, LonLat p) {
    bool inside = false;
    LonLat a = c[ring.end - 1];
    for (std::size_t i = ring.begin; i < ring.end; ++i) {
        const LonLat b = c[i];
        const double cross = (b.lonDegrees - a.lonDegrees) * (p.latDegrees - a.latDegrees) -
                             (p.lonDegrees - a.lonDegrees) * (b.latDegrees - a.latDegrees);
        if (cross == 0 && p.lonDegrees >= std::min(a.lonDegrees, b.lonDegrees) &&
            p.lonDegrees <= std::max(a.lonDegrees, b.lonDegrees) &&
            p.latDegrees >= std::min(a.latDegrees, b.latDegrees) &&
            p.latDegrees <= std::max(a.latDegrees, b.latDegrees))
            return Side::OnEdge;
        if ((a.latDegrees > p.latDegrees) != (b.latDegrees > p.latDegrees) &&
            (cross > 0) == (b.latDegrees > a.latDegrees))
            inside = !inside;
        a = b;
    }
    return inside ? Side::Inside : Side::Outside;
}

// The first vertex of `inner` that is not on the edge of `outer` decides; all on the edge: the middle of its box does.
bool ringHolds(const std::vector<LonLat>& c, const RingFacts& outer, const RingFacts& inner) {
    if (!boxHolds(outer.box, inner.box))
        return false;
    for (std::size_t i = inner.ref.begin; i < inner.ref.end; ++i) {
        const Side side = sideOf(c, outer.ref, c[i]);
        if (side != Side::OnEdge)
            return side == Side::Inside;
    }
    const LonLat middle{(inner.box.minX + inner.box.maxX) / 2, (inner.box.minY + inner.box.maxY) / 2};
    return sideOf(c, outer.ref, middle) == Side::Inside;
}

bool noBoxesNest(const std::vector<RingFacts>& rings) {
    std::vector<std::size_t> order(rings.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return rings[a].box.minX < rings[b].box.minX; });
    for (std::size_t i = 0; i < order.size(); ++i)
        for (std::size_t k = i + 1; k < order.size() && rings[order[k]].box.minX <= rings[order[i]].box.maxX; ++k)
            if (boxHolds(rings[order[i]].box, rings[order[k]].box) ||
                boxHolds(rings[order[k]].box, rings[order[i]].box))
                return false;
    return true;
}

// Index of the outer ring each ring belongs to (itself when it is outer), by containment.
std::vector<std::size_t> ownersByContainment(const std::vector<LonLat>& c, const std::vector<RingFacts>& rings) {
    std::vector<std::size_t> bySize(rings.size());
    std::iota(bySize.begin(), bySize.end(), std::size_t{0});
    std::stable_sort(bySize.begin(), bySize.end(),
                     [&](auto a, auto b) { return std::abs(rings[a].signedArea) > std::abs(rings[b].signedArea); });
    std::vector<std::size_t> owner(rings.size());
    std::iota(owner.begin(), owner.end(), std::size_t{0});
    for (std::size_t i = 1; i < bySize.size(); ++i) {
        const std::size_t ring = bySize[i];
        for (std::size_t k = i; k-- > 0;) { // from the next larger ring upwards: the first that holds it is the parent
            const std::size_t parent = bySize[k];
            if (rings[ring].ref.begin == rings[ring].ref.end || !ringHolds(c, rings[parent], rings[ring]))
                continue;
            const bool parentIsOuter = owner[parent] == parent;
            if (parentIsOuter)
                owner[ring] = parent;
            break;
        }
    }
    return owner;
}

// Beyond any real polygon: clockwise rings are outer, others belong to the outer ring before them.
std::vector<std::size_t> ownersByOrientation(const std::vector<RingFacts>& rings) {
    std::vector<std::size_t> owner(rings.size());
    std::size_t lastOuter = 0;
    for (std::size_t i = 0; i < rings.size(); ++i) {
        if (i == 0 || rings[i].signedArea <= 0)
            lastOuter = i;
        owner[i] = lastOuter;
    }
    return owner;
}

} // namespace

void GeometryBuilder::endPart(PartRole role) {
    column.partStart.push_back(checked32(column.coordinates.size()));
    column.partRole.push_back(role);
}

void GeometryBuilder::endFeature(GeometryKind kind) {
    if (!featureIsEmpty())
        kinds |= kind;
    column.featureStart.push_back(checked32(column.partRole.size()));
}

bool GeometryBuilder::closeRing() {
    const std::size_t begin = column.partStart.back();
    const std::size_t count = column.coordinates.size();
    if (count == begin || column.coordinates[begin] == column.coordinates.back())
        return false;
    const LonLat first = column.coordinates[begin];
    column.coordinates.push_back(first);
    if (column.z.size() > begin)
        addZ(column.z[begin]);
    if (column.m.size() > begin)
        addM(column.m[begin]);
    return true;
}

void GeometryBuilder::dropFeature() {
    const std::size_t firstPart = column.featureStart.back();
    column.partRole.resize(firstPart);
    column.partStart.resize(firstPart + 1);
    const std::size_t size = column.partStart.back();
    column.coordinates.resize(size);
    column.z.resize(std::min(column.z.size(), size));
    column.m.resize(std::min(column.m.size(), size));
    column.timeMs.resize(std::min(column.timeMs.size(), size));
}

void GeometryBuilder::finish() {
    const auto pad = [&](std::vector<double>& values) {
        const auto isNumber = [](double v) { return !std::isnan(v); };
        if (std::none_of(values.begin(), values.end(), isNumber))
            values.clear();
        else
            values.resize(column.coordinates.size(), std::numeric_limits<double>::quiet_NaN());
    };
    pad(column.z);
    pad(column.m);
    if (!column.timeMs.empty())
        column.timeMs.resize(column.coordinates.size(), GeometryColumn::kNoTime);
}

void GeometryBuilder::append(GeometryBuilder&& other) {
    if (coordinateCount() == 0 && column.featureStart.size() == 1) {
        *this = std::move(other);
        return;
    }
    const std::size_t coordinates = coordinateCount();
    const std::size_t parts = column.partRole.size();
    checked32(coordinates + other.coordinateCount());
    const auto joinBeside = [&](std::vector<double>& mine, const std::vector<double>& theirs) {
        if (theirs.empty())
            return;
        mine.resize(coordinates, std::numeric_limits<double>::quiet_NaN());
        mine.insert(mine.end(), theirs.begin(), theirs.end());
    };
    joinBeside(column.z, other.column.z);
    joinBeside(column.m, other.column.m);
    const GeometryColumn& from = other.column;
    column.coordinates.insert(column.coordinates.end(), from.coordinates.begin(), from.coordinates.end());
    column.partRole.insert(column.partRole.end(), from.partRole.begin(), from.partRole.end());
    const auto joinStarts = [](std::vector<std::uint32_t>& mine, const std::vector<std::uint32_t>& theirs,
                               std::size_t shift) {
        mine.reserve(mine.size() + theirs.size() - 1);
        for (std::size_t i = 1; i < theirs.size(); ++i)
            mine.push_back(static_cast<std::uint32_t>(theirs[i] + shift));
    };
    joinStarts(column.partStart, from.partStart, coordinates);
    joinStarts(column.featureStart, from.featureStart, parts);
    kinds |= other.kinds;
    other = GeometryBuilder{};
}

const char* geometryTypeName(unsigned kinds) {
    const auto onlyOf = [&](unsigned mask) { return (kinds & ~mask) == 0; };
    if (kinds == kNoGeometry)
        return "None";
    if (onlyOf(kPoint))
        return "Point";
    if (onlyOf(kPoint | kMultiPoint))
        return "MultiPoint";
    if (onlyOf(kLineString))
        return "LineString";
    if (onlyOf(kLineString | kMultiLineString))
        return "MultiLineString";
    if (onlyOf(kPolygon))
        return "Polygon";
    if (onlyOf(kPolygon | kMultiPolygon))
        return "MultiPolygon";
    if (onlyOf(kCollection))
        return "GeometryCollection";
    return "Geometry";
}

std::vector<OrderedRing> orderRings(const std::vector<LonLat>& coordinates, const std::vector<RingRef>& rings) {
    std::vector<RingFacts> facts;
    facts.reserve(rings.size());
    for (const RingRef ring : rings)
        facts.push_back(factsOf(coordinates, ring));
    std::vector<std::size_t> owner(rings.size());
    std::iota(owner.begin(), owner.end(), std::size_t{0});
    if (rings.size() > kMostRingsCompared)
        owner = ownersByOrientation(facts);
    else if (rings.size() > 1 && !noBoxesNest(facts))
        owner = ownersByContainment(coordinates, facts);
    std::vector<std::vector<std::size_t>> holes(rings.size());
    for (std::size_t i = 0; i < rings.size(); ++i)
        if (owner[i] != i)
            holes[owner[i]].push_back(i);
    std::vector<OrderedRing> ordered;
    ordered.reserve(rings.size());
    for (std::size_t i = 0; i < rings.size(); ++i) {
        if (owner[i] != i)
            continue;
        ordered.push_back({rings[i], PartRole::OuterRing});
        for (const std::size_t hole : holes[i])
            ordered.push_back({rings[hole], PartRole::InnerRing});
    }
    return ordered;
}

namespace {

// Puts the values of [first, end) into the order of the rings.
template <class T> void reorder(std::vector<T>& values, std::size_t first, const std::vector<OrderedRing>& rings) {
    std::vector<T> moved;
    moved.reserve(values.size() - first);
    for (const OrderedRing& r : rings)
        moved.insert(moved.end(), values.begin() + static_cast<std::ptrdiff_t>(r.ring.begin),
                     values.begin() + static_cast<std::ptrdiff_t>(r.ring.end));
    std::copy(moved.begin(), moved.end(), values.begin() + static_cast<std::ptrdiff_t>(first));
}

} // namespace

GeometryKind endPolygonRings(GeometryBuilder& builder, std::size_t firstCoordinate,
                             const std::vector<std::uint32_t>& ringSizes) {
    GeometryColumn& g = builder.column;
    if (ringSizes.size() == 1) {
        builder.endPart(PartRole::OuterRing);
        return kPolygon;
    }
    std::vector<RingRef> refs;
    refs.reserve(ringSizes.size());
    std::size_t at = firstCoordinate;
    for (const std::uint32_t size : ringSizes) {
        refs.push_back({at, at + size});
        at += size;
    }
    const std::vector<OrderedRing> ordered = orderRings(g.coordinates, refs);
    const bool isMoved = !std::equal(ordered.begin(), ordered.end(), refs.begin(), refs.end(),
                                     [](const OrderedRing& a, const RingRef& b) { return a.ring.begin == b.begin; });
    if (isMoved) {
        reorder(g.coordinates, firstCoordinate, ordered);
        if (g.z.size() == at)
            reorder(g.z, firstCoordinate, ordered);
        if (g.m.size() == at)
            reorder(g.m, firstCoordinate, ordered);
    }
    std::size_t end = firstCoordinate;
    std::size_t outerCount = 0;
    for (const OrderedRing& r : ordered) {
        end += r.ring.end - r.ring.begin;
        g.partStart.push_back(checked32(end));
        g.partRole.push_back(r.role);
        outerCount += r.role == PartRole::OuterRing;
    }
    return outerCount > 1 ? kMultiPolygon : kPolygon;
}

} // namespace cordon
