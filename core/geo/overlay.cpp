#include "core/geo/overlay.h"

#include "core/error.h"
#include "core/geo/geodesic.h"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace cordon {
namespace {

// About a tenth of a square metre: what rounding leaves where borders nearly agree.
constexpr double kSmallestSquareDegrees = 1e-11;
constexpr double kLongestEdgeDegrees = 0.1;

// GEOS' context: one per thread. It keeps the last message, which an Error then carries.
class Context {
public:
    Context() : m_handle(GEOS_init_r()) {
        GEOSContext_setErrorMessageHandler_r(
            m_handle, [](const char* message, void* self) { static_cast<Context*>(self)->m_message = message; }, this);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { GEOS_finish_r(m_handle); }

    GEOSContextHandle_t handle() const { return m_handle; }
    [[noreturn]] void fail() const {
        throw Error("Areas cannot be overlaid: " + (m_message.empty() ? std::string("out of memory") : m_message) +
                    "; check the polygons for coordinates that are no numbers.");
    }

private:
    GEOSContextHandle_t m_handle;
    std::string m_message;
};

Context& context() {
    thread_local Context instance;
    return instance;
}

struct GeometryDeleter {
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context().handle(), geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, GeometryDeleter>;

Geometry checked(GEOSGeometry* geometry) {
    if (!geometry)
        context().fail();
    return Geometry(geometry);
}

Geometry emptyGeometry() {
    return checked(GEOSGeom_createEmptyPolygon_r(context().handle()));
}

Geometry linearRing(const std::vector<LonLat>& points) {
    const auto handle = context().handle();
    const bool isClosed = points.front() == points.back();
    const auto count = static_cast<unsigned>(points.size() + (isClosed ? 0 : 1));
    GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(handle, count, 2);
    if (!sequence)
        context().fail();
    for (unsigned i = 0; i < count; ++i) {
        const LonLat p = points[i % points.size()];
        GEOSCoordSeq_setXY_r(handle, sequence, i, p.lonDegrees, p.latDegrees);
    }
    return checked(GEOSGeom_createLinearRing_r(handle, sequence));
}

bool isRing(const GeoRing& ring) {
    std::size_t distinct = 0;
    for (std::size_t i = 0; i < ring.points.size(); ++i) {
        if (!std::isfinite(ring.points[i].lonDegrees) || !std::isfinite(ring.points[i].latDegrees))
            return false;
        distinct += i == 0 || ring.points[i] != ring.points[i - 1];
    }
    return distinct >= 3;
}

// The polygons in it, whatever else there is (a repaired polygon may leave lines and points).
void collectPolygons(const GEOSGeometry* geometry, std::vector<const GEOSGeometry*>& out) {
    const auto handle = context().handle();
    const int type = GEOSGeomTypeId_r(handle, geometry);
    if (type == GEOS_POLYGON) {
        if (!GEOSisEmpty_r(handle, geometry))
            out.push_back(geometry);
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        for (int i = 0; i < GEOSGetNumGeometries_r(handle, geometry); ++i)
            collectPolygons(GEOSGetGeometryN_r(handle, geometry, i), out);
    }
}

Geometry collectionOf(const std::vector<const GEOSGeometry*>& polygons) {
    const auto handle = context().handle();
    std::vector<GEOSGeometry*> clones;
    for (const GEOSGeometry* polygon : polygons)
        clones.push_back(GEOSGeom_clone_r(handle, polygon));
    return checked(GEOSGeom_createCollection_r(handle, GEOS_MULTIPOLYGON, clones.data(),
                                               static_cast<unsigned>(clones.size()))); // takes the clones
}

// The polygons of a result that are more than rounding; lines and points, where areas only touch, are none.
Geometry withoutRests(Geometry geometry) {
    const auto handle = context().handle();
    std::vector<const GEOSGeometry*> polygons;
    collectPolygons(geometry.get(), polygons);
    const auto isRest = [&](const GEOSGeometry* polygon) {
        double squareDegrees = 0;
        return GEOSArea_r(handle, polygon, &squareDegrees) != 1 || squareDegrees < kSmallestSquareDegrees;
    };
    const int type = GEOSGeomTypeId_r(handle, geometry.get());
    const bool isClean = type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
    if (isClean && std::none_of(polygons.begin(), polygons.end(), isRest))
        return geometry;
    std::erase_if(polygons, isRest);
    return polygons.empty() ? emptyGeometry() : collectionOf(polygons);
}

Geometry unionOfAll(const std::vector<const GEOSGeometry*>& geometries) {
    std::vector<const GEOSGeometry*> polygons;
    for (const GEOSGeometry* geometry : geometries)
        collectPolygons(geometry, polygons);
    if (polygons.empty())
        return emptyGeometry();
    const Geometry all = collectionOf(polygons);
    return withoutRests(checked(GEOSUnaryUnion_r(context().handle(), all.get())));
}

Geometry polygonOf(const GeoRing& outer, std::span<const GeoRing> holes) {
    const auto handle = context().handle();
    std::vector<Geometry> inner;
    for (const GeoRing& hole : holes)
        if (isRing(hole))
            inner.push_back(linearRing(hole.points));
    Geometry shell = linearRing(outer.points);
    std::vector<GEOSGeometry*> released;
    for (Geometry& ring : inner)
        released.push_back(ring.release());
    Geometry polygon = checked(
        GEOSGeom_createPolygon_r(handle, shell.release(), released.data(), static_cast<unsigned>(released.size())));
    if (GEOSisValid_r(handle, polygon.get()) == 1)
        return polygon;
    return checked(GEOSMakeValid_r(handle, polygon.get()));
}

double ringSquareMeters(const std::vector<LonLat>& ring) {
    std::vector<LonLat> dense;
    dense.reserve(ring.size());
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const LonLat a = ring[i], b = ring[i + 1];
        const double longest = std::max(std::abs(b.lonDegrees - a.lonDegrees), std::abs(b.latDegrees - a.latDegrees));
        const int pieces = std::max(1, static_cast<int>(std::ceil(longest / kLongestEdgeDegrees)));
        for (int n = 0; n < pieces; ++n) {
            const double t = static_cast<double>(n) / pieces;
            dense.push_back(
                {a.lonDegrees + t * (b.lonDegrees - a.lonDegrees), a.latDegrees + t * (b.latDegrees - a.latDegrees)});
        }
    }
    return ringAreaSquareMeters(dense);
}

std::vector<LonLat> pointsOf(const GEOSGeometry* ring) {
    const auto handle = context().handle();
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(handle, ring);
    unsigned count = 0;
    GEOSCoordSeq_getSize_r(handle, sequence, &count);
    std::vector<LonLat> points(count);
    for (unsigned i = 0; i < count; ++i)
        GEOSCoordSeq_getXY_r(handle, sequence, i, &points[i].lonDegrees, &points[i].latDegrees);
    return points;
}

void appendRings(const GEOSGeometry* polygon, std::vector<GeoRing>& out) {
    const auto handle = context().handle();
    out.push_back({pointsOf(GEOSGetExteriorRing_r(handle, polygon)), false});
    for (int i = 0; i < GEOSGetNumInteriorRings_r(handle, polygon); ++i)
        out.push_back({pointsOf(GEOSGetInteriorRingN_r(handle, polygon, i)), true});
}

double polygonSquareMeters(const GEOSGeometry* polygon) {
    std::vector<GeoRing> rings;
    appendRings(polygon, rings);
    double sum = 0;
    for (const GeoRing& ring : rings)
        sum += (ring.isHole ? -1 : 1) * ringSquareMeters(ring.points);
    return sum;
}

} // namespace

struct Area::Impl {
    Geometry geometry;
};

Area::Area() = default;

Area::Area(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {
    const auto handle = context().handle();
    const GEOSGeometry* geometry = m_impl->geometry.get();
    if (GEOSisEmpty_r(handle, geometry)) {
        m_impl.reset();
        return;
    }
    GEOSGeom_getXMin_r(handle, geometry, &m_box.minX);
    GEOSGeom_getYMin_r(handle, geometry, &m_box.minY);
    GEOSGeom_getXMax_r(handle, geometry, &m_box.maxX);
    GEOSGeom_getYMax_r(handle, geometry, &m_box.maxY);
}

Area::Area(std::span<const GeoRing> rings) {
    std::vector<Geometry> polygons;
    std::vector<const GEOSGeometry*> pointers;
    for (std::size_t i = 0; i < rings.size();) {
        std::size_t end = i + 1;
        while (end < rings.size() && rings[end].isHole)
            ++end;
        if (!rings[i].isHole && isRing(rings[i])) {
            polygons.push_back(polygonOf(rings[i], rings.subspan(i + 1, end - i - 1)));
            pointers.push_back(polygons.back().get());
        }
        i = end;
    }
    *this = Area(std::make_shared<const Impl>(Impl{unionOfAll(pointers)}));
}

bool Area::isEmpty() const {
    return m_impl == nullptr;
}

double Area::squareMeters() const {
    if (!m_impl)
        return 0;
    std::vector<const GEOSGeometry*> polygons;
    collectPolygons(m_impl->geometry.get(), polygons);
    double sum = 0;
    for (const GEOSGeometry* polygon : polygons)
        sum += polygonSquareMeters(polygon);
    return sum;
}

std::vector<GeoRing> Area::rings() const {
    std::vector<GeoRing> result;
    if (!m_impl)
        return result;
    std::vector<const GEOSGeometry*> polygons;
    collectPolygons(m_impl->geometry.get(), polygons);
    for (const GEOSGeometry* polygon : polygons)
        appendRings(polygon, result);
    return result;
}

Area Area::united(const Area& other) const {
    return unionOf({*this, other});
}

Area Area::unionOf(const std::vector<Area>& areas) {
    std::vector<const GEOSGeometry*> geometries;
    const Area* last = nullptr;
    for (const Area& area : areas)
        if (area.m_impl) {
            geometries.push_back(area.m_impl->geometry.get());
            last = &area;
        }
    if (geometries.size() < 2)
        return last ? *last : Area();
    return Area(std::make_shared<const Impl>(Impl{unionOfAll(geometries)}));
}

Area Area::minus(const Area& other) const {
    if (!m_impl || !other.m_impl || !m_box.intersects(other.m_box))
        return *this;
    Geometry result =
        checked(GEOSDifference_r(context().handle(), m_impl->geometry.get(), other.m_impl->geometry.get()));
    return Area(std::make_shared<const Impl>(Impl{withoutRests(std::move(result))}));
}

Area Area::intersected(const Area& other) const {
    if (!m_impl || !other.m_impl || !m_box.intersects(other.m_box))
        return {};
    Geometry result =
        checked(GEOSIntersection_r(context().handle(), m_impl->geometry.get(), other.m_impl->geometry.get()));
    return Area(std::make_shared<const Impl>(Impl{withoutRests(std::move(result))}));
}

Area Area::withoutSlivers(double squareMetersLimit) const {
    if (!m_impl)
        return {};
    std::vector<const GEOSGeometry*> polygons;
    collectPolygons(m_impl->geometry.get(), polygons);
    const std::size_t before = polygons.size();
    std::erase_if(polygons, [&](const GEOSGeometry* p) { return polygonSquareMeters(p) < squareMetersLimit; });
    if (polygons.size() == before)
        return *this;
    return polygons.empty() ? Area() : Area(std::make_shared<const Impl>(Impl{collectionOf(polygons)}));
}

} // namespace cordon
