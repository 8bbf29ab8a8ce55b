// Which reader a file is for, by its name and its first bytes.
#pragma once

#include <string>
#include <string_view>

namespace cordon {

enum class FileFormat {
    Shapefile,
    Dbf,
    Json, // GeoJSON in all its forms
    TopoJson,
    Csv,
    Zip,
    Kmz,
    Gpx,
    Kml,
    Nmea,
    CursorOnTarget,
    Photo,
    InProcess, // GDAL drivers that are known to be safe
    Gpsbabel,  // what only that program reads
    Child      // anything else: GDAL in a process of its own
};

// `begin` are the first bytes, some thousand of them; without any the name decides alone.
FileFormat formatOf(const std::string& name, std::string_view begin);

// Of a folder or archive: what is worth a try. Sidecars and documents are not; photos are asked for with isPhoto().
bool isVectorFile(const std::string& name);
bool isPhoto(const std::string& name);

// The format of gpsbabel for a file that is for it, such as "garmin_fit"; "" otherwise.
std::string gpsbabelFormatOf(const std::string& name);

std::string extensionOf(const std::string& name); // lower case, without dot
std::string stemOf(const std::string& name);      // without folder and extension

} // namespace cordon
