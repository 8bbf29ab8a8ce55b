#include "core/io/ogr_geometry.h"

#include <memory>
#include <ogr_geometry.h>

namespace cordon {

namespace {

class Adder {
public:
    explicit Adder(GeometryBuilder& builder) : m_builder(builder) {}

    GeometryKind add(const OGRGeometry& geometry) {
        switch (wkbFlatten(geometry.getGeometryType())) {
        case wkbPoint:
            addPoint(*geometry.toPoint());
            endPart(PartRole::Points);
            return kPoint;
        case wkbMultiPoint:
            for (const OGRPoint* point : *geometry.toMultiPoint())
                addPoint(*point);
            endPart(PartRole::Points);
            return kMultiPoint;
        case wkbLineString:
            addCurve(*geometry.toLineString());
            endPart(PartRole::Line);
            return kLineString;
        case wkbMultiLineString:
            for (const OGRLineString* line : *geometry.toMultiLineString())
                add(*line);
            return kMultiLineString;
        case wkbPolygon:
        case wkbTriangle:
            addPolygon(*geometry.toPolygon());
            return kPolygon;
        case wkbMultiPolygon:
            for (const OGRPolygon* polygon : *geometry.toMultiPolygon())
                addPolygon(*polygon);
            return kMultiPolygon;
        case wkbPolyhedralSurface:
        case wkbTIN:
            for (const OGRPolygon* polygon : *geometry.toPolyhedralSurface())
                addPolygon(*polygon);
            return kMultiPolygon;
        case wkbGeometryCollection:
            for (const OGRGeometry* inner : *geometry.toGeometryCollection())
                add(*inner);
            return kCollection;
        default:
            return addLinearized(geometry);
        }
    }

private:
    GeometryKind addLinearized(const OGRGeometry& geometry) {
        if (!geometry.hasCurveGeometry())
            return kNoGeometry;
        const std::unique_ptr<OGRGeometry> linear(geometry.getLinearGeometry());
        return linear && !linear->hasCurveGeometry() ? add(*linear) : kNoGeometry;
    }

    void addPoint(const OGRPoint& point) {
        if (point.IsEmpty())
            return;
        m_builder.add(point.getX(), point.getY());
        if (point.Is3D())
            m_builder.addZ(point.getZ());
        if (point.IsMeasured())
            m_builder.addM(point.getM());
    }

    void addCurve(const OGRSimpleCurve& curve) {
        for (int i = 0; i < curve.getNumPoints(); ++i) {
            m_builder.add(curve.getX(i), curve.getY(i));
            if (curve.Is3D())
                m_builder.addZ(curve.getZ(i));
            if (curve.IsMeasured())
                m_builder.addM(curve.getM(i));
        }
    }

    void addPolygon(const OGRPolygon& polygon) {
        bool isFirst = true;
        for (const OGRLinearRing* ring : polygon) {
            addCurve(*ring);
            if (m_builder.openCoordinates() == 0)
                continue;
            m_builder.closeRing();
            m_builder.endPart(isFirst ? PartRole::OuterRing : PartRole::InnerRing);
            isFirst = false;
        }
    }

    void endPart(PartRole role) {
        if (m_builder.openCoordinates() > 0)
            m_builder.endPart(role);
    }

    GeometryBuilder& m_builder;
};

} // namespace

void addOgrGeometry(GeometryBuilder& builder, const OGRGeometry* geometry) {
    if (!geometry || geometry->IsEmpty())
        return;
    const GeometryKind kind = Adder(builder).add(*geometry);
    if (!builder.featureIsEmpty())
        builder.kinds |= kind;
}

bool addWkt(GeometryBuilder& builder, const std::string& wkt) {
    OGRGeometry* raw = nullptr;
    const OGRErr result = OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &raw);
    const std::unique_ptr<OGRGeometry> geometry(raw);
    if (result != OGRERR_NONE || !geometry)
        return false;
    addOgrGeometry(builder, geometry.get());
    return true;
}

} // namespace cordon
