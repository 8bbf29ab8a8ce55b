// A display list to a file, by suffix: .png .jpg .webp .tif (GeoTIFF when georeferenced) .pdf .svg. Written beside the
// target and renamed into place, so that a failure leaves nothing half done. Throws Error.
#pragma once

#include "core/render/sheet.h"

#include <optional>
#include <string>

namespace cordon {

struct ExportOptions {
    std::optional<MapFrame> frame; // georeferencing of the map frame (GeoTIFF)
    std::string title, producer;   // document metadata
    bool overwrite = true;
    int threads = 0;
    std::stop_token stop;
};

// Checks suffix, folder and size (pixels, memory) before anything is drawn; throws Error saying what to do.
void checkOutput(const std::string& path, int widthPx, int heightPx, bool overwrite = true);
void exportDisplayList(const DisplayList& list, const std::string& path, const ExportOptions& options = {});

} // namespace cordon
