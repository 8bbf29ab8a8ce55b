#include "core/io/file_format.h"

#include "core/io/read_job.h"

namespace cordon {

namespace {

using Format = FileFormat;

bool isIn(std::string_view text, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

// The name of an XML file's outermost element, without its prefix; "" if that is not within the bytes.
std::string_view rootElement(std::string_view begin) {
    for (std::size_t at = 0; (at = begin.find('<', at)) != std::string_view::npos; ++at) {
        const std::string_view rest = begin.substr(at + 1);
        if (rest.starts_with("!--")) {
            at = begin.find("-->", at);
            if (at == std::string_view::npos)
                return {};
            continue;
        }
        if (rest.starts_with('?') || rest.starts_with('!'))
            continue;
        std::string_view name = rest.substr(0, std::min(rest.find_first_of(" \t\r\n/>"), rest.size()));
        return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
    }
    return {};
}

Format formatOfXml(std::string_view begin) {
    const std::string_view root = rootElement(begin);
    if (root == "gpx")
        return Format::Gpx;
    if (root == "kml")
        return Format::Kml;
    return isIn(root, {"event", "events"}) && begin.find("how=") != std::string_view::npos ? Format::CursorOnTarget
                                                                                           : Format::Child;
}

// "$GPGGA,", "!AIVDM,": the first sentence may be cut.
bool looksLikeNmea(std::string_view begin) {
    for (std::size_t at = 0; at < begin.size(); at = begin.find('\n', at), at += at < begin.size()) {
        const std::string_view line = begin.substr(at, 7);
        if (line.size() == 7 && line[0] == '$' && line[6] == ',' &&
            isIn(line.substr(3, 3), {"GGA", "RMC", "GLL", "GNS", "GSA", "GSV", "VTG", "ZDA"}))
            return true;
    }
    return false;
}

Format formatOfContent(const std::string& extension, std::string_view begin) {
    if (begin.starts_with("PK\x03\x04"))
        return Format::Zip;
    if (begin.starts_with(std::string_view("\0\0\x27\x0A", 4)))
        return Format::Shapefile;
    if (begin.starts_with("\xFF\xD8\xFF"))
        return Format::Photo;
    const std::size_t first = begin.find_first_not_of(" \t\r\n\xEF\xBB\xBF\x1E");
    if (first == std::string_view::npos)
        return Format::Child;
    if (begin[first] == '{' || begin[first] == '[')
        return Format::Json;
    if (begin[first] == '<')
        return formatOfXml(begin);
    if (looksLikeNmea(begin))
        return Format::Nmea;
    const bool isText = begin.find('\0') == std::string_view::npos;
    return extension == "txt" && isText ? Format::Csv : Format::Child;
}

} // namespace

std::string extensionOf(const std::string& name) {
    const std::size_t slash = name.find_last_of('/');
    const std::size_t dot = name.find_last_of('.');
    if (dot == std::string::npos || (slash != std::string::npos && dot < slash))
        return {};
    return lowerCased(std::string_view(name).substr(dot + 1));
}

std::string stemOf(const std::string& name) {
    const std::size_t slash = name.find_last_of('/');
    const std::string file = slash == std::string::npos ? name : name.substr(slash + 1);
    const std::size_t dot = file.find_last_of('.');
    return dot == std::string::npos || dot == 0 ? file : file.substr(0, dot);
}

bool isVectorFile(const std::string& name) {
    return isIn(extensionOf(name),
                {"shp",  "dbf", "geojson", "json",     "geojsonl", "geojsons", "ndjson", "topojson", "csv",    "tsv",
                 "gpkg", "fgb", "gpx",     "kml",      "kmz",      "gml",      "tab",    "mif",      "sqlite", "dxf",
                 "dgn",  "osm", "pbf",     "xlsx",     "ods",      "xls",      "mapml",  "000",      "sxf",    "gmt",
                 "jml",  "zip", "nmea",    "nmea0183", "cot",      "fit",      "tcx",    "gdb",      "igc",    "plt"});
}

bool isPhoto(const std::string& name) {
    return isIn(extensionOf(name), {"jpg", "jpeg", "jpe", "tif", "tiff", "heic", "heif"});
}

std::string gpsbabelFormatOf(const std::string& name) {
    constexpr std::pair<std::string_view, const char*> kFormats[] = {
        {"fit", "garmin_fit"}, {"tcx", "gtrnctr"},    {"gdb", "gdb"},         {"igc", "igc"},          {"plt", "ozi"},
        {"wpt", "ozi"},        {"gpi", "garmin_gpi"}, {"usr", "lowranceusr"}, {"loc", "geo"},          {"sbn", "sbn"},
        {"sbp", "sbp"},        {"unicsv", "unicsv"},  {"hwr", "humminbird"},  {"hwt", "humminbird_ht"}};
    const std::string extension = extensionOf(name);
    for (const auto& [known, format] : kFormats)
        if (extension == known)
            return format;
    return {};
}

FileFormat formatOf(const std::string& name, std::string_view begin) {
    const std::string extension = extensionOf(name);
    if (isIn(extension, {"shp", "shx"}))
        return Format::Shapefile;
    if (extension == "dbf")
        return Format::Dbf;
    if (isIn(extension, {"geojson", "json", "geojsonl", "geojsons", "geojsonseq", "ndjson", "jsonl"}))
        return Format::Json;
    if (extension == "topojson")
        return Format::TopoJson;
    if (isIn(extension, {"csv", "tsv", "psv"}))
        return Format::Csv;
    if (extension == "zip")
        return Format::Zip;
    if (extension == "kmz")
        return begin.empty() || begin.starts_with("PK") ? Format::Kmz : Format::Kml;
    if (extension == "gpx")
        return Format::Gpx;
    if (extension == "kml")
        return begin.starts_with("PK\x03\x04") ? Format::Kmz : Format::Kml;
    if (isIn(extension, {"nmea", "nmea0183"}))
        return Format::Nmea;
    if (extension == "cot")
        return Format::CursorOnTarget;
    if (isPhoto(name))
        return Format::Photo;
    if (isIn(extension, {"gpkg", "fgb"}))
        return Format::InProcess;
    if (!gpsbabelFormatOf(name).empty())
        return Format::Gpsbabel;
    return extension.empty() || isIn(extension, {"txt", "dat", "log", "xml", "ubx"}) ? formatOfContent(extension, begin)
                                                                                     : Format::Child;
}

} // namespace cordon
