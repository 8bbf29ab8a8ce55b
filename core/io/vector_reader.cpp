#include "core/io/vector_reader.h"

#include "core/io/archive.h"
#include "core/io/child_reader.h"
#include "core/io/cot_reader.h"
#include "core/io/csv_reader.h"
#include "core/io/file_bytes.h"
#include "core/io/file_format.h"
#include "core/io/gdal_reader.h"
#include "core/io/geojson_reader.h"
#include "core/io/gpkg_reader.h"
#include "core/io/gpsbabel_reader.h"
#include "core/io/gpx_reader.h"
#include "core/io/kml_reader.h"
#include "core/io/nmea_reader.h"
#include "core/io/photo_reader.h"
#include "core/io/read_job.h"
#include "core/io/shapefile_reader.h"
#include "core/model/time.h"

#include <filesystem>
#include <set>

namespace cordon {

namespace fs = std::filesystem;

namespace {

using Tables = std::vector<std::shared_ptr<const FeatureTable>>;

using Format = FileFormat;

std::uint64_t sizeOf(const std::string& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    return error ? 0 : static_cast<std::uint64_t>(size);
}

// The file of the same name and another extension, whatever its case; "" if there is none.
std::string findSibling(const std::string& path, std::string_view extension) {
    const fs::path file(path);
    const std::string wanted = file.stem().string() + "." + std::string(extension);
    std::error_code error;
    for (const std::string& candidate : {wanted, file.stem().string() + "." + [&] {
                                             std::string upper(extension);
                                             for (char& c : upper)
                                                 c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
                                             return upper;
                                         }()})
        if (fs::is_regular_file(file.parent_path() / candidate, error))
            return (file.parent_path() / candidate).string();
    for (const auto& entry : fs::directory_iterator(file.has_parent_path() ? file.parent_path() : ".", error))
        if (equalIgnoringCase(entry.path().filename().string(), wanted))
            return entry.path().string();
    return {};
}

// A sidecar of some hundred bytes; "" if it is missing or absurdly large.
std::string smallText(const std::string& path) {
    constexpr std::uint64_t kMaxBytes = 100'000;
    if (path.empty() || sizeOf(path) > kMaxBytes)
        return {};
    std::string text(FileBytes::map(path).view());
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    return text;
}

Tables readShapefileAt(const std::string& path, ReadJob& job) {
    ShapefileParts parts;
    parts.path = path;
    const std::string extension = extensionOf(path);
    const bool isTable = extension == "dbf";
    if (extension != "shp") {
        const std::string shapes = findSibling(path, "shp");
        if (!shapes.empty())
            parts.path = shapes;
        else if (extension == "shx")
            throw Error("Cannot read " + path + ": it is only the index of a shapefile; give its .shp file.");
    }
    parts.name = stemOf(parts.path);
    if (isTable && parts.path == path) {
        parts.isTableOnly = true;
        parts.dbf = FileBytes::map(path);
        parts.cpg = smallText(findSibling(path, "cpg"));
        return {readShapefile(parts, job)};
    }
    parts.shp = FileBytes::map(parts.path);
    if (const std::string shx = findSibling(parts.path, "shx"); !shx.empty())
        parts.shx = FileBytes::map(shx);
    if (const std::string dbf = findSibling(parts.path, "dbf"); !dbf.empty())
        parts.dbf = FileBytes::map(dbf);
    parts.prj = smallText(findSibling(parts.path, "prj"));
    parts.cpg = smallText(findSibling(parts.path, "cpg"));
    return {readShapefile(parts, job)};
}

// GeoJSON; other kinds of JSON maps through GDAL.
Tables readJson(const FileBytes& bytes, const std::string& label, const GdalSource& fallback, const std::string& name,
                ReadJob& job) {
    if (bytes.view().empty())
        throw Error("Cannot read " + label + ": the file is empty; ask for a whole copy.");
    const GeoJsonResult result = readGeoJson(bytes, label, name, job);
    if (result.table)
        return {result.table};
    const std::string_view begin = bytes.view().substr(0, 100'000);
    const bool mayBeMap = begin.find("Topology") != std::string_view::npos ||
                          begin.find("esri") != std::string_view::npos ||
                          begin.find("spatialReference") != std::string_view::npos ||
                          begin.find("\"features\"") != std::string_view::npos;
    if (mayBeMap) {
        try {
            GdalSource source = fallback;
            source.drivers = {"TopoJSON", "ESRIJSON"};
            return readInChild(source, bytes.view().size(), job);
        } catch (const Error&) { // the sentence below says more
        }
    }
    throw Error("Cannot read " + label + ": " + result.whyNot + "; give a GeoJSON file of features.");
}

// What our own readers of track logs and the like take.
Tables readText(Format format, const FileBytes& bytes, const std::string& label, const std::string& name,
                ReadJob& job) {
    switch (format) {
    case Format::Gpx:
        return readGpx(bytes, label, job);
    case Format::Kml:
        return readKml(bytes, label, name, job);
    case Format::Nmea:
        return readNmea(bytes, label, name, job);
    default:
        return readCursorOnTarget(bytes, label, name, job);
    }
}

// Reads the shapefiles, tables and texts of an archive from memory, the rest through GDAL's own view of the archive.
class ZipReader {
public:
    ZipReader(const std::string& path, ReadJob& job) : m_path(path), m_job(job), m_entries(listZip(path)) {}

    Tables readAll() {
        Tables tables;
        std::string firstError;
        std::size_t tried = 0, failed = 0;
        if (auto photos = readPhotos())
            tables.push_back(std::move(photos));
        for (const ArchiveEntry& entry : m_entries) {
            if (!isVectorFile(entry.name) || isPartOfShapefile(entry.name))
                continue;
            ++tried;
            try {
                for (auto& table : read(entry))
                    tables.push_back(std::move(table));
            } catch (const Error& error) {
                ++failed;
                if (firstError.empty())
                    firstError = error.what();
                m_job.warn(error.what(), true);
            }
        }
        if (tried == 0 && tables.empty())
            throw Error("Cannot read " + m_path +
                        ": there is no map file and no photo with a position in the archive; check that it is the "
                        "right one.");
        if (failed == tried && tables.empty()) {
            m_job.warnings.clear();
            throw Error(firstError);
        }
        return tables;
    }

private:
    const ArchiveEntry* sibling(const std::string& name, std::string_view extension) const {
        const std::string wanted = name.substr(0, name.find_last_of('.') + 1) + std::string(extension);
        for (const ArchiveEntry& entry : m_entries)
            if (equalIgnoringCase(entry.name, wanted))
                return &entry;
        return nullptr;
    }
    bool isPartOfShapefile(const std::string& name) const { return extensionOf(name) == "dbf" && sibling(name, "shp"); }
    FileBytes siblingBytes(const std::string& name, std::string_view extension) const {
        const ArchiveEntry* const entry = sibling(name, extension);
        return entry ? readZipEntry(m_path, entry->name) : FileBytes();
    }
    std::string siblingText(const std::string& name, std::string_view extension) const {
        const ArchiveEntry* const entry = sibling(name, extension);
        return entry && entry->claimedBytes < 100'000 ? std::string(readZipEntry(m_path, entry->name).view()) : "";
    }

    // Null if there are none with a position.
    std::shared_ptr<const FeatureTable> readPhotos() {
        PhotoTable table(m_path, m_job);
        std::size_t done = 0;
        for (const ArchiveEntry& entry : m_entries) {
            m_job.checkpoint(static_cast<double>(done++) / static_cast<double>(m_entries.size()));
            if (!isPhoto(entry.name))
                continue;
            try {
                table.add(readZipEntry(m_path, entry.name), m_path + "/" + entry.name, true);
            } catch (const Error& problem) {
                m_job.warn(problem.what(), true);
            }
        }
        return table.finish("photos");
    }

    Tables read(const ArchiveEntry& entry) {
        const std::string label = m_path + "/" + entry.name;
        Tables tables = readEntry(entry, label);
        for (auto& table : tables) // made a moment ago by completeTable() and not yet shared
            std::const_pointer_cast<FeatureTable>(table)->source.path = m_path;
        return tables;
    }

    Tables readEntry(const ArchiveEntry& entry, const std::string& label) {
        const std::string name = stemOf(entry.name);
        const GdalSource source{gdalPathOfZipEntry(m_path, entry.name), label, {}};
        const Format format = formatOf(entry.name, {});
        switch (format) {
        case Format::Shapefile:
        case Format::Dbf: {
            ShapefileParts parts;
            parts.path = label;
            parts.name = name;
            parts.isTableOnly = extensionOf(entry.name) == "dbf";
            if (!parts.isTableOnly) {
                parts.shp = readZipEntry(m_path, entry.name);
                parts.shx = siblingBytes(entry.name, "shx");
            }
            parts.dbf = siblingBytes(entry.name, "dbf");
            parts.prj = siblingText(entry.name, "prj");
            parts.cpg = siblingText(entry.name, "cpg");
            return {readShapefile(parts, m_job)};
        }
        case Format::Json:
            return readJson(readZipEntry(m_path, entry.name), label, source, name, m_job);
        case Format::Csv:
            return {readCsv(readZipEntry(m_path, entry.name), label, name, siblingText(entry.name, "prj"), m_job)};
        case Format::TopoJson:
            return readInChild({source.gdalPath, label, {"TopoJSON"}}, entry.claimedBytes, m_job);
        case Format::Gpx:
        case Format::Kml:
        case Format::Nmea:
        case Format::CursorOnTarget:
            return readText(format, readZipEntry(m_path, entry.name), label, name, m_job);
        case Format::Gpsbabel:
            throw Error("Cannot read " + label + ": gpsbabel, which its format needs, reads no archives; unpack it.");
        case Format::Kmz:
        case Format::Zip:
            throw Error("Cannot read " + label + ": it is an archive within an archive; unpack it first.");
        default:
            return readInChild(source, entry.claimedBytes, m_job);
        }
    }

    const std::string m_path;
    ReadJob& m_job;
    std::vector<ArchiveEntry> m_entries;
};

Tables readOneFile(const std::string& path, ReadJob& job) {
    const FileBytes bytes = FileBytes::map(path); // also refuses what is missing or no file
    const Format format = formatOf(path, bytes.view().substr(0, 4096));
    const std::string name = stemOf(path);
    if (bytes.view().empty() && format != Format::Shapefile && format != Format::Dbf)
        throw Error("Cannot read " + path + ": the file is empty; ask for a whole copy.");
    switch (format) {
    case Format::Shapefile:
    case Format::Dbf:
        return readShapefileAt(path, job);
    case Format::Json:
        return readJson(bytes, path, {path, path, {}}, name, job);
    case Format::Csv:
        return {readCsv(bytes, path, name, smallText(findSibling(path, "prj")), job)};
    case Format::Zip:
        return ZipReader(path, job).readAll();
    case Format::InProcess:
        if (extensionOf(path) != "gpkg")
            return readWithGdal({path, path, {"FlatGeobuf"}}, job);
        if (auto tables = readPlainGeoPackage(path, job))
            return *std::move(tables);
        return readWithGdal({path, path, {"GPKG"}}, job);
    case Format::TopoJson:
        return readInChild({path, path, {"TopoJSON"}}, bytes.view().size(), job);
    case Format::Gpx:
    case Format::Kml:
    case Format::Nmea:
    case Format::CursorOnTarget:
        return readText(format, bytes, path, name, job);
    case Format::Kmz:
        return readKmz(path, name, job);
    case Format::Photo:
        return readPhoto(bytes, path, job);
    case Format::Gpsbabel:
        return readWithGpsbabel(path, gpsbabelFormatOf(path), bytes.view().size(), job);
    case Format::Child:
        break;
    }
    if (extensionOf(path) != "xls")
        return readInChild({path, path, {}}, bytes.view().size(), job);
    try {
        return readInChild({path, path, {"XLS"}}, bytes.view().size(), job);
    } catch (const Error&) { // the driver has no words for it
        throw Error("Cannot read " + path + ": it is no Excel table that can be read; save it as .xlsx and give that.");
    }
}

std::shared_ptr<const FeatureTable> readPhotos(const std::string& folder, const std::set<std::string>& photos,
                                               ReadJob& job) {
    PhotoTable table(folder, job);
    std::size_t done = 0;
    for (const std::string& photo : photos) {
        job.checkpoint(static_cast<double>(done++) / static_cast<double>(photos.size()));
        try {
            table.add(FileBytes::map(photo), photo);
        } catch (const Error& problem) {
            job.warn(problem.what(), true);
        }
    }
    return table.finish("photos");
}

// The map files of a folder, not of those inside it. A folder can also be a file geodatabase.
Tables readFolder(const std::string& path, ReadJob& job) {
    if (lowerCased(fs::path(path).filename().string()).ends_with(".gdb") ||
        lowerCased(fs::path(path).parent_path().filename().string()).ends_with(".gdb"))
        return readInChild({path, path, {"OpenFileGDB"}}, std::uint64_t{64} << 20, job);
    std::set<std::string> files, photos; // sorted: the same order everywhere
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(path, error)) {
        const std::string file = entry.path().string();
        if (job.options().leftOut.contains(file))
            continue;
        const bool isShapesTable = extensionOf(file) == "dbf" && !findSibling(file, "shp").empty();
        if (entry.is_regular_file(error) && isVectorFile(file) && !isShapesTable)
            files.insert(file);
        else if (entry.is_regular_file(error) && isPhoto(file))
            photos.insert(file);
    }
    Tables tables;
    if (auto table = readPhotos(path, photos, job))
        tables.push_back(std::move(table));
    if (files.empty() && !tables.empty())
        return tables;
    if (files.empty() && !photos.empty())
        throw Error("Cannot read " + path + ": none of its " + countOf(photos.size(), "photo") +
                    " says a position; switch on its recording in the camera's settings.");
    if (files.empty() && !job.options().leftOut.empty())
        return tables;
    if (files.empty())
        throw Error("Cannot read " + path + ": there are no map files in this folder; give one that holds some.");
    for (const std::string& file : files) {
        try {
            for (auto& table : readOneFile(file, job))
                tables.push_back(std::move(table));
        } catch (const Error& problem) {
            if (files.size() == 1)
                throw;
            job.warn(problem.what(), true);
        }
    }
    if (tables.empty())
        throw Error("Cannot read " + path + ": none of the " + countOf(files.size(), "map file") +
                    " in this folder can be read; try them one by one to see why.");
    return tables;
}

void keepOnlyLayer(Tables& tables, const std::string& path, const std::string& layer) {
    std::string names;
    for (const auto& table : tables)
        names += (names.empty() ? "" : ", ") + table->name;
    std::erase_if(tables, [&](const auto& table) { return table->name != layer; });
    if (tables.empty())
        throw Error("Cannot read " + path + ": it has no layer " + layer +
                    (names.empty() ? "; check the name." : "; it has " + names + "."));
}

} // namespace

ImportResult readVector(const std::string& path, const ReadOptions& options) {
    ReadJob job(options);
    job.throwIfStopped();
    std::error_code error;
    ImportResult result;
    result.tables = fs::is_directory(path, error) ? readFolder(path, job) : readOneFile(path, job);
    if (!options.layer.empty())
        keepOnlyLayer(result.tables, path, options.layer);
    result.warnings = std::move(job.warnings);
    if (options.progress)
        options.progress(1);
    return result;
}

std::optional<TimeSpan> timeSpanOf(const FeatureTable& table) {
    std::optional<std::int64_t> from, to; // milliseconds UTC
    const auto include = [&](std::int64_t begin, std::int64_t end) {
        from = std::min(from.value_or(begin), begin);
        to = std::max(to.value_or(end), end);
    };
    bool hasTimes = false;
    constexpr std::int64_t kDayMs = 86'400'000;
    for (const Column& column : table.columns) {
        const bool isDate = column.type == FieldType::Date;
        if (!isDate && column.type != FieldType::DateTime)
            continue;
        for (std::size_t row = 0; row < table.featureCount; ++row) {
            if (column.isNull(row))
                continue;
            const std::int64_t value = column.integerAt(row) * (isDate ? kDayMs : 1);
            include(value, value);
            hasTimes |= !isDate;
        }
    }
    for (const std::int64_t time : table.geometry.timeMs)
        if (time != GeometryColumn::kNoTime) {
            include(time, time);
            hasTimes = true;
        }
    if (!from)
        return std::nullopt;
    const auto text = [&](std::int64_t ms) {
        const TimePoint time{std::chrono::milliseconds(ms)};
        return hasTimes ? formatIso(time) : formatIsoDate(time);
    };
    return TimeSpan{text(*from), text(*to)};
}

} // namespace cordon
