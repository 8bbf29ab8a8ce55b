#include "app/gui/export_job.h"

#include "core/error.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace cordon {

namespace {

Scene viewScene(const ExportRequest& request, Scene scene) {
    const MapBox visible = scene.view.box();
    const double labels = scene.view.dpi;
    scene.view.unitsPerPx = std::max(visible.width() / request.widthPx, visible.height() / request.heightPx);
    scene.view.widthPx = request.widthPx;
    scene.view.heightPx = request.heightPx;
    scene.view.dpi = request.dpi > 0 ? request.dpi : labels;
    return scene;
}

} // namespace

QString exportMap(const ExportRequest& request, const Scene& scene, PreparedLayers& prepared,
                  const std::stop_token& stop, const std::function<void(double)>& progress) {
    const std::string path = request.path.toStdString();
    checkOutput(path, request.outputWidthPx(), request.outputHeightPx());
    progress(0.05);
    ExportOptions options;
    options.title = scene.project->map.title;
    options.producer = "Cordon " CORDON_VERSION;
    options.stop = stop;
    DisplayList list;
    if (request.isSheet) {
        list = buildSheet(scene, request.page, prepared, stop);
        options.frame = mapFrameOf(scene, request.page);
    } else {
        const Scene wanted = viewScene(request, scene);
        list = buildDisplayList(wanted, prepared, stop);
        options.frame =
            MapFrame{wanted.view, {0, 0, static_cast<float>(request.widthPx), static_cast<float>(request.heightPx)}};
    }
    progress(0.5);
    exportDisplayList(list, path, options);
    const QFileInfo file(request.path);
    return QCoreApplication::translate("Export", "Saved %1 (%2 x %3 px, %4).")
        .arg(file.fileName())
        .arg(request.outputWidthPx())
        .arg(request.outputHeightPx())
        .arg(QLocale().formattedDataSize(file.size()));
}

} // namespace cordon
