#include "app/cli/map_drawing.h"

#include "core/render/export.h"

#include <cstdlib>

namespace cordon {

void startDrawing() {
    // Qt's remarks about the machine (no runtime folder, no accessibility bus) are none of the user's business here.
    ::setenv("QT_LOGGING_RULES", "*.debug=false;*.info=false;*.warning=false", 0);
    // Qt keeps references to these for as long as the program runs.
    static int argc = 1;
    static char name[] = "cordon";
    static char* argv[] = {name, nullptr};
    startOffscreen(argc, argv);
}

DrawnMap drawMap(const MapPlan& plan, bool overwrite, PreparedLayers& prepared, std::stop_token stop) {
    Scene scene = plan.scene;
    DisplayList list;
    DrawnMap drawn{plan};
    if (plan.isSheet) {
        if (plan.scaleWish) {
            // A view of just the frame's size keeps the scale that was asked for.
            const MapView framed = mapFrameOf(scene, plan.page).view;
            scene.view = viewAt(plan.scaleWish->first, plan.scaleWish->second, framed.crs, framed.widthPx,
                                framed.heightPx, framed.dpi);
        } else {
            scene.view =
                sheetView(plan.extent, scene.view.crs, pageFor(*scene.project, plan.page), plan.marginFraction);
        }
        drawn.frame = mapFrameOf(scene, plan.page);
        list = buildSheet(scene, plan.page, prepared, stop);
    } else {
        drawn.frame.view = scene.view;
        drawn.frame.box = {0, 0, static_cast<float>(scene.view.widthPx), static_cast<float>(scene.view.heightPx)};
        list = buildDisplayList(scene, prepared, stop);
    }
    drawn.widthPx = list.widthPx;
    drawn.heightPx = list.heightPx;
    ExportOptions options;
    options.frame = drawn.frame;
    options.title = scene.project->map.title;
    options.producer = scene.project->map.producer;
    options.overwrite = overwrite;
    options.stop = stop;
    exportDisplayList(list, plan.file, options);
    return drawn;
}

} // namespace cordon
