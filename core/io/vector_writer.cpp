#include "core/io/vector_writer.h"

#include "core/atomic_file.h"
#include "core/io/archive.h"
#include "core/io/feature_shape.h"
#include "core/io/gdal_writer.h"
#include "core/io/project_file.h"
#include "core/io/text_writers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace cordon {
namespace fs = std::filesystem;
namespace {

// Written with the .shp; the .shp last, so that what is seen is whole.
constexpr std::array kShapeParts{".dbf", ".shx", ".prj", ".cpg", ".shp"};
// Made by other programs for the old file; wrong for the new one.
constexpr std::array kShapeIndexes{".qix", ".sbn", ".sbx", ".fix", ".ain", ".aih", ".atx", ".ixs", ".mxs", ".qpj"};

std::string suffixOf(const std::string& path) {
    std::string suffix = fs::path(path).extension().string();
    for (char& c : suffix)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return suffix;
}

std::string suffixList() {
    std::string text;
    for (const std::string& suffix : writableSuffixes())
        text += (text.empty() ? "" : " ") + suffix;
    return text;
}

template <class Write> void writeText(const std::string& file, const std::string& subject, Write write) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    write(out);
    out.close();
    if (!out)
        throw Error("Cannot write '" + subject + "': the disk may be full; free some space and try again.");
}

void writeKmz(const FeatureTable& table, const std::string& file, const std::string& subject,
              const WriteOptions& options) {
    std::ostringstream kml;
    writeKml(table, kml, options);
    if (!writeZip(file, "doc.kml", std::move(kml).str()))
        throw Error("Cannot write '" + subject + "': the disk may be full; free some space and try again.");
}

// A folder beside the target for files that belong together; removed with what is left in it.
class SideFolder {
public:
    explicit SideFolder(const fs::path& target) {
        const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
        std::string name = (folder / ("." + target.stem().string() + "-XXXXXX")).string();
        if (!::mkdtemp(name.data()))
            throw Error("Cannot write '" + target.string() +
                        "': its folder cannot be written to; choose another place.");
        m_path = name;
    }
    ~SideFolder() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    SideFolder(const SideFolder&) = delete;
    SideFolder& operator=(const SideFolder&) = delete;
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

// Before anything takes the place of the target.
void requireGoOn(const WriteOptions& options, const Warnings& warnings) {
    if (options.stop.stop_requested())
        throw Stopped{};
    for (const Warning& warning : warnings)
        if (options.isStrict && warning.leftOut)
            throw Error("Nothing was written, since something would be left out: " + warning.text);
}

void writeShapefile(const FeatureTable& table, const std::string& path, const WriteOptions& options,
                    Warnings& warnings) {
    const fs::path target(path);
    const SideFolder folder(target);
    const std::string stem = target.stem().string();
    writeWithGdal(table, GdalFormat::Shapefile, (folder.path() / (stem + ".shp")).string(), path, options, warnings);
    requireGoOn(options, warnings);
    const auto besides = [&](const char* suffix) { return fs::path(target).replace_extension(suffix); };
    try {
        for (const char* suffix : kShapeIndexes)
            fs::remove(besides(suffix));
        for (const char* suffix : kShapeParts) {
            const fs::path from = folder.path() / (stem + suffix);
            // A table without places has a .dbf alone.
            if (fs::exists(from))
                fs::rename(from, std::string_view(suffix) == ".shp" ? target : besides(suffix));
            else
                fs::remove(std::string_view(suffix) == ".shp" ? target : besides(suffix));
        }
    } catch (const fs::filesystem_error& error) {
        throw Error("Cannot write '" + path + "': " + error.code().message() + "; choose another place.");
    }
}

bool anyFinite(const std::vector<double>& values) {
    return std::any_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

void warnOfGeometry(const FeatureTable& table, const std::string& path, bool keepsTimes, Warnings& warnings) {
    const GeometryColumn& g = table.geometry;
    if (anyFinite(g.m))
        warnings.push_back({path + ": the measures of its points are left out.", true});
    const bool hasTimes =
        std::any_of(g.timeMs.begin(), g.timeMs.end(), [](std::int64_t ms) { return ms != GeometryColumn::kNoTime; });
    if (hasTimes && !keepsTimes)
        warnings.push_back(
            {path + ": the times of single points of tracks are left out; GPX and KML keep them.", true});
}

void requireNoPolygons(const FeatureTable& table, const std::string& path) {
    const auto& roles = table.geometry.partRole;
    if (std::find(roles.begin(), roles.end(), PartRole::OuterRing) != roles.end())
        throw Error("Cannot write '" + path +
                    "': GPX holds points and lines, and the layer has areas; write KML or GeoJSON instead.");
    for (std::uint32_t f = 0; f < table.featureCount; ++f)
        if (table.geometry.featureStart[f] < table.geometry.featureStart[f + 1])
            return;
    if (table.featureCount > 0)
        throw Error("Cannot write '" + path +
                    "': GPX holds places, and the layer has none; write CSV or GeoJSON instead.");
}

// Rows without a place, which GPX cannot hold.
void warnOfPlaceless(const FeatureTable& table, const std::string& path, Warnings& warnings) {
    std::size_t count = 0;
    for (std::uint32_t f = 0; f < table.featureCount; ++f)
        count += table.geometry.featureStart[f] == table.geometry.featureStart[f + 1];
    if (count > 0)
        warnings.push_back({path + ": " + std::to_string(count) + (count == 1 ? " row" : " rows") +
                                " without a place left out, which GPX cannot hold.",
                            true});
}

} // namespace

const std::vector<std::string>& writableSuffixes() {
    static const std::vector<std::string> suffixes{".geojson", ".json", ".geojsonl", ".csv",  ".gpx",
                                                   ".kml",     ".kmz",  ".shp",      ".gpkg", ".fgb"};
    return suffixes;
}

void checkVectorOutput(const std::string& path, bool overwrite) {
    const auto& known = writableSuffixes();
    if (std::find(known.begin(), known.end(), suffixOf(path)) == known.end())
        throw Error("Cannot write '" + path + "': its suffix is none of " + suffixList() +
                    "; name the file for the format you want.");
    std::error_code ignored;
    const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
    if (!fs::is_directory(folder, ignored))
        throw Error("Cannot write '" + path +
                    "': its folder does not exist; create the folder or choose another place.");
    if (fs::is_directory(path, ignored))
        throw Error("Cannot write '" + path + "': there is a folder of that name; choose another name.");
    std::vector<fs::path> files{path};
    if (suffixOf(path) == ".shp")
        for (const char* suffix : kShapeParts)
            files.push_back(fs::path(path).replace_extension(suffix));
    for (const fs::path& file : files)
        if (!overwrite && fs::exists(file, ignored))
            throw Error("Cannot write '" + path + "': '" + file.string() +
                        "' is there already and must not be replaced; choose another name.");
    if (fs::exists(path, ignored) && isProjectFile(path))
        throw Error("Cannot write '" + path +
                    "': that is a Cordon project, and a layer would replace it with its history; name another file.");
}

Warnings writeVector(const FeatureTable& table, const std::string& path, const WriteOptions& options) {
    checkVectorOutput(path, options.overwrite);
    const std::string suffix = suffixOf(path);
    Warnings warnings;
    const bool keepsTimes = suffix == ".gpx" || suffix == ".kml" || suffix == ".kmz";
    warnOfGeometry(table, path, keepsTimes, warnings);
    if (suffix == ".shp") {
        writeShapefile(table, path, options, warnings);
        return warnings;
    }
    if (suffix == ".gpx") {
        requireNoPolygons(table, path);
        warnOfPlaceless(table, path, warnings);
    }
    AtomicFile file(path);
    const std::string& temporary = file.temporaryPath();
    const auto text = [&](auto write) { writeText(temporary, path, write); };
    if (suffix == ".geojson" || suffix == ".json" || suffix == ".geojsonl")
        text([&](std::ostream& out) { writeGeoJson(table, out, suffix == ".geojsonl", options); });
    else if (suffix == ".csv")
        text([&](std::ostream& out) { writeCsv(table, out, options, warnings); });
    else if (suffix == ".gpx")
        text([&](std::ostream& out) { writeGpx(table, out, options); });
    else if (suffix == ".kml")
        text([&](std::ostream& out) { writeKml(table, out, options); });
    else if (suffix == ".kmz")
        writeKmz(table, temporary, path, options);
    else {
        fs::remove(temporary); // GeoPackage's driver wants to make it itself
        writeWithGdal(table, suffix == ".gpkg" ? GdalFormat::GeoPackage : GdalFormat::FlatGeobuf, temporary, path,
                      options, warnings);
    }
    requireGoOn(options, warnings);
    file.commit();
    return warnings;
}

} // namespace cordon
