// A map or sheet to a file, on a worker's thread.
#pragma once

#include "core/render/export.h"

#include <QString>
#include <functional>
#include <stop_token>

namespace cordon {

struct ExportRequest {
    bool isSheet = true;
    QString path;
    Page page;          // of a sheet
    int widthPx = 1920; // of a view
    int heightPx = 1080;
    double dpi = 96; // of a view

    int outputWidthPx() const { return isSheet ? page.widthPx() : widthPx; }
    int outputHeightPx() const { return isSheet ? page.heightPx() : heightPx; }
};

// What was asked for, as shown in the window but at the request's size. Throws Error and Stopped; a failure leaves no
// file behind. Returns a sentence for the user.
QString exportMap(const ExportRequest& request, const Scene& scene, PreparedLayers& prepared,
                  const std::stop_token& stop, const std::function<void(double)>& progress);

} // namespace cordon
