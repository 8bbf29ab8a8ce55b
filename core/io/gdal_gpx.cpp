#include "core/io/gdal_gpx.h"

#include "core/io/gdal_columns.h"
#include "core/io/ogr_geometry.h"
#include "core/io/table_draft.h"

#include <chrono>
#include <cmath>
#include <ogrsf_frmts.h>

namespace cordon {

namespace {

std::int64_t timeOf(const OGRFeature& feature, int field) {
    using namespace std::chrono;
    int y = 0, m = 0, d = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    if (field < 0 || !feature.IsFieldSetAndNotNull(field) ||
        !feature.GetFieldAsDateTime(field, &y, &m, &d, &hour, &minute, &second, &zone))
        return GeometryColumn::kNoTime;
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    if (!date.ok())
        return GeometryColumn::kNoTime;
    // GPX times are UTC; others say their offset in quarters of an hour.
    const int offsetMinutes = zone > 1 ? (zone - 100) * 15 : 0;
    const auto time = time_point_cast<milliseconds>(sys_days{date}) + hours{hour} + minutes{minute} -
                      minutes{offsetMinutes} + milliseconds{std::llround(static_cast<double>(second) * 1000)};
    return time.time_since_epoch().count();
}

// The points of all routes or tracks, in the order of the file.
class PointReader {
public:
    PointReader(OGRLayer& layer, const char* ownerField, const char* segmentField)
        : m_layer(layer), m_owner(layer.GetLayerDefn()->GetFieldIndex(ownerField)),
          m_segment(segmentField ? layer.GetLayerDefn()->GetFieldIndex(segmentField) : -1),
          m_elevation(layer.GetLayerDefn()->GetFieldIndex("ele")), m_time(layer.GetLayerDefn()->GetFieldIndex("time")) {
        layer.ResetReading();
        advance();
    }

    // Adds the vertices of one route or track as lines, one a segment.
    void addLinesOf(std::int64_t owner, GeometryBuilder& builder, ReadJob& job) {
        GeometryColumn& g = builder.column;
        std::size_t lines = 0;
        std::int64_t segment = 0;
        const auto endLine = [&] {
            if (builder.openCoordinates() == 0)
                return;
            builder.endPart(PartRole::Line);
            ++lines;
        };
        for (; m_feature && ownerOf() <= owner; advance()) {
            const OGRGeometry* geometry = m_feature->GetGeometryRef();
            if (!geometry || wkbFlatten(geometry->getGeometryType()) != wkbPoint || ownerOf() < owner)
                continue;
            const std::int64_t pointSegment = m_segment < 0 ? 0 : m_feature->GetFieldAsInteger64(m_segment);
            if (pointSegment != segment)
                endLine();
            segment = pointSegment;
            const OGRPoint& point = *geometry->toPoint();
            builder.add(point.getX(), point.getY());
            if (m_elevation >= 0 && m_feature->IsFieldSetAndNotNull(m_elevation))
                builder.addZ(m_feature->GetFieldAsDouble(m_elevation));
            if (const std::int64_t time = timeOf(*m_feature, m_time); time != GeometryColumn::kNoTime) {
                g.timeMs.resize(g.coordinates.size() - 1, GeometryColumn::kNoTime);
                g.timeMs.push_back(time);
            }
            if (++m_count % 1024 == 0)
                job.checkpoint(0.5);
        }
        endLine();
        if (lines > 0)
            builder.kinds |= m_segment < 0 ? kLineString : kMultiLineString;
    }

private:
    std::int64_t ownerOf() const { return m_feature->GetFieldAsInteger64(m_owner); }
    void advance() { m_feature.reset(m_layer.GetNextFeature()); }

    OGRLayer& m_layer;
    int m_owner, m_segment, m_elevation, m_time;
    OGRFeatureUniquePtr m_feature;
    std::size_t m_count = 0;
};

// GPX has some twenty fields that hardly any file fills.
void dropEmptyColumns(std::vector<Column>& columns) {
    std::erase_if(columns, [](const Column& column) {
        return std::all_of(column.isNullAt.begin(), column.isNullAt.end(), [](std::uint8_t n) { return n != 0; }) &&
               !column.isNullAt.empty();
    });
}

std::shared_ptr<const FeatureTable> readLayer(GDALDataset& dataset, OGRLayer& layer, const GdalSource& source,
                                              ReadJob& job) {
    const std::string name = layer.GetName();
    std::optional<PointReader> points;
    if (name == "routes")
        if (OGRLayer* pointLayer = dataset.GetLayerByName("route_points"))
            points.emplace(*pointLayer, "route_fid", nullptr);
    if (name == "tracks")
        if (OGRLayer* pointLayer = dataset.GetLayerByName("track_points"))
            points.emplace(*pointLayer, "track_fid", "track_seg_id");
    TableDraft draft;
    GdalColumns columns(*layer.GetLayerDefn(), job);
    const int elevation = layer.GetLayerDefn()->GetFieldIndex("ele");
    const int time = layer.GetLayerDefn()->GetFieldIndex("time");
    GeometryBuilder& builder = draft.geometry;
    layer.ResetReading();
    while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
        if (points) {
            points->addLinesOf(feature->GetFID(), builder, job);
        } else {
            const std::size_t before = builder.coordinateCount();
            addOgrGeometry(builder, feature->GetGeometryRef());
            GeometryColumn& g = builder.column;
            if (builder.coordinateCount() == before + 1) {
                if (elevation >= 0 && feature->IsFieldSetAndNotNull(elevation) && g.z.size() <= before)
                    builder.addZ(feature->GetFieldAsDouble(elevation));
                if (const std::int64_t t = timeOf(*feature, time); t != GeometryColumn::kNoTime) {
                    g.timeMs.resize(before, GeometryColumn::kNoTime);
                    g.timeMs.push_back(t);
                }
            }
        }
        builder.endFeature(kNoGeometry);
        columns.append(*feature);
    }
    draft.name = name;
    draft.source = {source.label, name, "GPX", "", "UTF-8"};
    draft.crs = "EPSG:4326";
    draft.columns = columns.finish(source.label, job);
    dropEmptyColumns(draft.columns);
    return completeTable(std::move(draft), job);
}

} // namespace

std::vector<std::shared_ptr<const FeatureTable>> readGpx(GDALDataset& dataset, const GdalSource& source, ReadJob& job) {
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    for (const char* const name : {"waypoints", "routes", "tracks"}) {
        if (!job.options().layer.empty() && job.options().layer != name)
            continue;
        if (OGRLayer* layer = dataset.GetLayerByName(name))
            tables.push_back(readLayer(dataset, *layer, source, job));
    }
    return tables;
}

} // namespace cordon
