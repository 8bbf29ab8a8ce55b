#include "core/io/shapefile_reader.h"

#include "core/io/dbf_reader.h"
#include "core/io/shape_record.h"

#include <cstring>
#include <future>

namespace cordon {

namespace {

constexpr std::size_t kHeaderSize = 100;

std::uint32_t big32(std::string_view bytes, std::size_t at) {
    std::uint32_t value;
    std::memcpy(&value, bytes.data() + at, 4);
    return __builtin_bswap32(value);
}

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
    ShapeRecordReader reader(builder);
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
