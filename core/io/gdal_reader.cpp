#include "core/io/gdal_reader.h"

#include "core/io/gdal_columns.h"
#include "core/io/gdal_error.h"
#include "core/io/ogr_geometry.h"
#include "core/io/osm_config.h"

#include <cpl_conv.h>
#include <gdal_priv.h>
#include <mutex>
#include <ogr_api.h>
#include <ogrsf_frmts.h>

namespace cordon {

namespace {

// Drivers that read one file (or folder) of data and follow nothing out of it. Not here on purpose: VRT and GMLAS
// (refer to other files), the web services and databases, GPSBabel (starts a foreign program), SVG and PDF (no maps).
constexpr const char* kAllowedDrivers[] = {
    "GPKG",         "FlatGeobuf",     "GeoJSON",     "GeoJSONSeq", "ESRIJSON",   "TopoJSON", "GML",   "GeoRSS",
    "MapInfo File", "SQLite",         "OpenFileGDB", "DXF",        "DGN",        "OSM",      "XLSX",  "ODS",
    "XLS",          "MapML",          "S57",         "SXF",        "VDV",        "OGR_GMT",  "JML",   "Selafin",
    "OGR_PDS",      "ESRI Shapefile", "MVT",         "Idrisi",     "Geoconcept", "EDIGEO",   "TIGER", "AVCE00",
    "AVCBin",       "WAsP",           "UK .NTF",     "OGR_SDTS",   "LVBAG"};
// Only when the user allows files to point elsewhere.
constexpr const char* kReferencingDrivers[] = {"OGR_VRT", "GMLAS", "WFS", "OAPIF"};

void prepareGdal(bool allowReferences) {
    static std::once_flag once;
    std::call_once(once, [] {
        CPLSetConfigOption("GDAL_DRIVER_PATH", "disable"); // no plug-ins from the environment
        CPLSetConfigOption("OGR_GMT_USE_HTTP", "NO");
        GDALAllRegister();
        // The driver reads its settings from a file; this one lies in memory and stays.
        constexpr const char* kConfigFile = "/vsimem/cordon-osmconf.ini";
        static std::string config = kOsmConfig;
        VSIFCloseL(VSIFileFromMemBuffer(kConfigFile, reinterpret_cast<GByte*>(config.data()), config.size(), FALSE));
        CPLSetConfigOption("OSM_CONFIG_FILE", kConfigFile);
    });
    if (allowReferences)
        return;
    // Nothing is fetched: no schemas, no linked files, no network.
    for (const auto& [key, value] : {std::pair{"GML_DOWNLOAD_SCHEMA", "NO"},
                                     {"GML_SKIP_RESOLVE_ELEMS", "ALL"},
                                     {"OGR_SQLITE_LIST_VIRTUAL_OGR", "NO"},
                                     {"OGR_SQLITE_LOAD_EXTENSIONS", ""},
                                     {"SQLITE_LIST_ALL_TABLES", "NO"},
                                     {"GDAL_HTTP_TIMEOUT", "1"},
                                     {"GDAL_HTTP_PROXY", "127.0.0.1:9"},
                                     {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "{noext}"},
                                     {"OGR_GEOMETRY_ACCEPT_UNCLOSED_RING", "YES"},
                                     {"OSM_MAX_TMPFILE_SIZE", "100"}})
        CPLSetThreadLocalConfigOption(key, value);
}

GDALDatasetUniquePtr openSource(const GdalSource& source, const ReadJob& job, const GdalMessages& messages) {
    CPLStringList drivers;
    if (source.drivers.empty()) {
        for (const char* driver : kAllowedDrivers)
            drivers.AddString(driver);
        if (job.options().allowReferences)
            for (const char* driver : kReferencingDrivers)
                drivers.AddString(driver);
    }
    for (const std::string& driver : source.drivers)
        drivers.AddString(driver.c_str());
    GDALDatasetUniquePtr dataset(GDALDataset::Open(source.gdalPath.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                                   drivers.List(), nullptr, nullptr));
    if (dataset)
        return dataset;
    if (messages.errors().empty())
        throw Error("Cannot read " + source.label +
                    ": it is in no map format that is known and safe to open; convert it to GeoJSON, GeoPackage or a "
                    "shapefile.");
    throw Error("Cannot read " + source.label + ": " + quotedGdalMessage(messages.firstError(), source) +
                "; check the file or ask for a whole copy.");
}

std::string crsTextOf(const OGRLayer& layer) {
    const OGRSpatialReference* srs = const_cast<OGRLayer&>(layer).GetSpatialRef(); // not const in GDAL 3.6
    if (!srs)
        return {};
    // "Undefined geographic SRS" and the like of GeoPackage say that nobody knows.
    const char* const name = srs->GetName();
    if (name && std::string_view(name).starts_with("Undefined"))
        return {};
    const char* const authority = srs->GetAuthorityName(nullptr);
    const char* const code = srs->GetAuthorityCode(nullptr);
    if (authority && code && std::string_view(authority) == "EPSG")
        return std::string("EPSG:") + code;
    char* wkt = nullptr;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    const OGRErr result = srs->exportToWkt(&wkt, options);
    const std::unique_ptr<char, decltype(&CPLFree)> owned(wkt, &CPLFree);
    return result == OGRERR_NONE && wkt ? wkt : "";
}

// One layer while its features come in.
struct OpenLayer {
    OpenLayer(OGRLayer& layerRead, const ReadJob& job) : layer(layerRead), columns(*layerRead.GetLayerDefn(), job) {}

    OGRLayer& layer;
    GdalColumns columns;
    GeometryBuilder geometry;

    void add(OGRFeature& feature) {
        addOgrGeometry(geometry, feature.GetGeometryRef());
        geometry.endFeature(kNoGeometry);
        columns.append(feature);
    }
};

TableDraft draftOf(OpenLayer& open, const GdalSource& source, const char* format, ReadJob& job) {
    TableDraft draft;
    draft.name = open.layer.GetName();
    draft.source = {source.label, draft.name, format, "", "UTF-8"};
    draft.crs = crsTextOf(open.layer);
    draft.geometry = std::move(open.geometry);
    draft.columns = open.columns.finish(source.label, job);
    return draft;
}

bool isWanted(const OGRLayer& layer, const ReadJob& job) {
    const std::string& wanted = job.options().layer;
    return wanted.empty() || wanted == const_cast<OGRLayer&>(layer).GetName();
}

std::vector<TableDraft> readLayers(GDALDataset& dataset, const GdalSource& source, ReadJob& job) {
    const char* const format = dataset.GetDriverName();
    std::vector<TableDraft> tables;
    for (OGRLayer* layer : dataset.GetLayers()) {
        if (!isWanted(*layer, job))
            continue;
        OpenLayer open(*layer, job);
        const double expected = std::max(1.0, static_cast<double>(layer->GetFeatureCount(FALSE)));
        layer->ResetReading();
        for (std::size_t count = 0; const OGRFeatureUniquePtr feature{layer->GetNextFeature()}; ++count) {
            if (count % 1024 == 0)
                job.checkpoint(static_cast<double>(count) / expected);
            open.add(*feature);
        }
        tables.push_back(draftOf(open, source, format, job));
    }
    return tables;
}

// OSM files give their features in the order of the file, whatever the layer.
std::vector<TableDraft> readInterleaved(GDALDataset& dataset, const GdalSource& source, ReadJob& job) {
    std::vector<std::unique_ptr<OpenLayer>> layers;
    for (OGRLayer* layer : dataset.GetLayers())
        if (isWanted(*layer, job))
            layers.push_back(std::make_unique<OpenLayer>(*layer, job));
    dataset.ResetReading();
    OGRLayer* from = nullptr;
    double fraction = 0;
    for (std::size_t count = 0;; ++count) {
        const OGRFeatureUniquePtr feature(dataset.GetNextFeature(&from, &fraction, nullptr, nullptr));
        if (!feature)
            break;
        if (count % 1024 == 0)
            job.checkpoint(fraction);
        for (const auto& open : layers)
            if (&open->layer == from)
                open->add(*feature);
    }
    std::vector<TableDraft> tables;
    for (const auto& open : layers)
        tables.push_back(draftOf(*open, source, dataset.GetDriverName(), job));
    return tables;
}

void reportMessages(const GdalMessages& messages, const GdalSource& source, ReadJob& job) {
    if (!messages.errors().empty())
        job.warn(source.label + ": part of the file could not be read (" +
                     quotedGdalMessage(messages.firstError(), source) +
                     (messages.errors().size() > 1 ? ", and more)." : ")."),
                 true);
    for (const std::string& warning : messages.warnings())
        job.warn(source.label + ": " + quotedGdalMessage(warning, source) + ".");
}

} // namespace

std::string quotedGdalMessage(std::string message, const GdalSource& source) {
    for (char& c : message)
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
    if (message.size() > 200)
        message = message.substr(0, 197) + "...";
    for (std::size_t at; source.gdalPath != source.label && (at = message.find(source.gdalPath)) != std::string::npos;)
        message.replace(at, source.gdalPath.size(), source.label);
    while (!message.empty() && (message.back() == '.' || message.back() == ' '))
        message.pop_back();
    return message;
}

std::vector<TableDraft> draftsWithGdal(const GdalSource& source, ReadJob& job) {
    prepareGdal(job.options().allowReferences);
    const GdalMessages messages;
    const GDALDatasetUniquePtr dataset = openSource(source, job, messages);
    std::vector<TableDraft> tables;
    if (dataset->TestCapability(ODsCRandomLayerRead))
        tables = readInterleaved(*dataset, source, job);
    else
        tables = readLayers(*dataset, source, job);
    if (tables.empty() && job.options().layer.empty())
        throw Error("Cannot read " + source.label + ": there are no features in it; check that it is the right file.");
    reportMessages(messages, source, job);
    return tables;
}

} // namespace cordon
