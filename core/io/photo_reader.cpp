#include "core/io/photo_reader.h"

#include "core/io/column_builder.h"
#include "core/io/exif.h"
#include "core/io/file_format.h"

#include <filesystem>

namespace cordon {

using Kind = RowColumns::Kind;

PhotoTable::PhotoTable(const std::string& path, ReadJob& job) : m_path(path), m_job(job), m_columns(path, job) {
    m_columns.declare("name", Kind::Text);
    m_columns.declare("path", Kind::Text);
    m_columns.declare("time", Kind::Time);
    m_columns.declare("direction", Kind::Real);
    m_columns.declare("north", Kind::Text);
    m_columns.declare("altitude", Kind::Real);
    m_columns.declare("camera", Kind::Text);
    m_columns.declare("description", Kind::Text);
}

bool PhotoTable::add(const FileBytes& bytes, const std::string& photoPath, bool isInArchive) {
    if (bytes.view().substr(0, 16).find("ftyp") == 4)
        throw Error("Cannot read " + photoPath +
                    ": HEIC photos are not read; save them as JPEG (on the phone: the most compatible format).");
    const auto facts = photoFacts(bytes.view());
    if (!facts)
        return false;
    if (!facts->latDegrees || !facts->lonDegrees) {
        if (m_unplaced++ == 0)
            m_firstUnplaced = photoPath.substr(photoPath.find_last_of('/') + 1);
        return true;
    }
    m_geometry.add(*facts->lonDegrees, *facts->latDegrees);
    if (facts->altitudeMetres)
        m_geometry.addZ(*facts->altitudeMetres);
    if (const std::int64_t time = timeMsFrom(facts->time); time != GeometryColumn::kNoTime) {
        GeometryColumn& g = m_geometry.column;
        g.timeMs.resize(g.coordinates.size() - 1, GeometryColumn::kNoTime);
        g.timeMs.push_back(time);
    }
    m_geometry.endPart(PartRole::Points);
    m_geometry.endFeature(kPoint);
    m_columns.set("name", stemOf(photoPath));
    std::error_code error;
    const auto absolute = std::filesystem::absolute(photoPath, error);
    m_columns.set("path", error || isInArchive ? photoPath : absolute.lexically_normal().string());
    m_columns.set("time", facts->time);
    if (facts->directionDegrees) {
        m_columns.set("direction", shortestText(*facts->directionDegrees));
        m_columns.set("north", facts->directionIsMagnetic ? "magnetic" : "true");
    }
    if (facts->altitudeMetres)
        m_columns.set("altitude", shortestText(*facts->altitudeMetres));
    m_columns.set("camera", facts->camera);
    m_columns.set("description", facts->description);
    m_columns.endRow();
    return true;
}

std::shared_ptr<const FeatureTable> PhotoTable::finish(const std::string& name) {
    if (m_unplaced > 0)
        m_job.warn(m_path + ": " + countOf(m_unplaced, "photo") + " without a position left out (such as " +
                       m_firstUnplaced + ").",
                   true);
    if (m_columns.rowCount() == 0)
        return nullptr;
    TableDraft draft;
    draft.name = name;
    draft.source = {m_path, name, "photos", "", "UTF-8"};
    draft.crs = "EPSG:4326";
    draft.rowNoun = "photo";
    draft.geometry = std::move(m_geometry);
    draft.columns = m_columns.finish();
    return completeTable(std::move(draft), m_job);
}

std::vector<std::shared_ptr<const FeatureTable>> readPhoto(const FileBytes& bytes, const std::string& path,
                                                           ReadJob& job) {
    PhotoTable photos(path, job);
    const bool isPhoto = photos.add(bytes, path);
    if (auto table = photos.finish(stemOf(path)))
        return {std::move(table)};
    throw Error("Cannot read " + path +
                (isPhoto ? ": the photo says no position; switch on its recording in the camera's settings."
                         : ": it is no JPEG or TIFF photo; check what kind of file it is."));
}

} // namespace cordon
