// Answers the shared benchmark's calls (its README, "A contender"):
//   export POLYGONS ROADS POINTS "xmin ymin xmax ymax" W H LABELS OUT.png
//   tour   POLYGONS ROADS POINTS VIEWSFILE W H LABELS [OUTDIR]
//   reach  ROADS OUTSTEM                                  see reach_job.h
//   compare POLYGONS ROADS POINTS VIEWSFILE W H LABELS    the fast picture of each view against the slow exact one
// Exit 64: cannot do this; compare: 1 when a view differs too much. BENCH_EXACT=1 draws the slow exact way. A tour
// takes over what stays in view, as the window does; BENCH_WHOLE=1 draws each view whole. BENCH_TIMES=1 does so, too,
// and says on stderr where the time went.
#include "core/error.h"
#include "core/render/moved_map.h"
#include "core/render/png_writer.h"
#include "tests/bench/bench_scene.h"
#include "tests/bench/reach_job.h"
#include "tests/picture_difference.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <future>

namespace {

using namespace cordon;

constexpr int kCannot = 64;

double nowMs() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Of all threads.
double cpuMs() {
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

bool isSet(const char* variable) {
    return std::getenv(variable) != nullptr;
}

PreparedLayers::Precision precision() {
    return isSet("BENCH_EXACT") ? PreparedLayers::Precision::Exact : PreparedLayers::Precision::Fast;
}

struct Call {
    bench::Inputs inputs;
    std::string where; // box or file of boxes
    int widthPx = 0, heightPx = 0;
    bool labels = false;
    std::string output;
};

int exportMap(const Call& call, int& argc, char** argv) {
    const double start = nowMs();
    auto reading = std::async(std::launch::async, [&] { return bench::readProject(call.inputs, call.labels); });
    if (call.labels)
        startOffscreen(argc, argv);
    const auto project = reading.get();
    const double read = nowMs();
    PreparedLayers prepared(precision());
    const MapView view = bench::viewOfBox(call.where, call.widthPx, call.heightPx);
    const DisplayList list = buildDisplayList(bench::sceneOf(project, view, call.labels), prepared);
    const double listed = nowMs();
    drawPng(list, call.output);
    if (isSet("BENCH_TIMES"))
        std::fprintf(stderr, "read %.1f list %.1f draw and write %.1f ms (%zu ops, %zu points)\n", read - start,
                     listed - read, nowMs() - listed, list.ops.size(), list.points.size());
    return 0;
}

std::vector<MapView> viewsOf(const Call& call) {
    std::vector<MapView> views;
    std::ifstream file(call.where);
    for (std::string line; std::getline(file, line);)
        views.push_back(bench::viewOfBox(line, call.widthPx, call.heightPx));
    if (views.empty())
        throw Error("Could not read views from " + call.where + ".");
    return views;
}

// As the window does.
QImage drawMoved(const Scene& scene, PreparedLayers& prepared, MapGround& ground) {
    MapPicture picture = renderMoved(scene, prepared, ground);
    ground = std::move(picture.ground);
    return picture.image;
}

QImage drawInSteps(const Scene& scene, PreparedLayers& prepared) {
    const double start = nowMs(), startCpu = cpuMs();
    const DisplayList list = buildDisplayList(scene, prepared);
    const double listed = nowMs(), listedCpu = cpuMs();
    QImage image = drawImage(list);
    std::fprintf(stderr, "list %.1f draw %.1f ms, of CPU %.1f and %.1f (%zu ops, %zu points)\n", listed - start,
                 nowMs() - listed, listedCpu - startCpu, cpuMs() - listedCpu, list.ops.size(), list.points.size());
    return image;
}

int tourMap(const Call& call) {
    const double start = nowMs();
    const auto project = bench::readProject(call.inputs, call.labels);
    PreparedLayers prepared(precision());
    const std::vector<MapView> views = viewsOf(call);
    // As the peers: the last view is drawn once before the clock starts.
    render(bench::sceneOf(project, views.back(), call.labels), prepared);
    std::printf("load_ms %.1f\n", nowMs() - start);
    MapGround ground;
    for (std::size_t i = 0; i < views.size(); ++i) {
        const Scene scene = bench::sceneOf(project, views[i], call.labels);
        QImage image;
        const double frame = nowMs();
        if (isSet("BENCH_TIMES"))
            image = drawInSteps(scene, prepared);
        else if (isSet("BENCH_WHOLE"))
            image = render(scene, prepared);
        else
            image = drawMoved(scene, prepared, ground);
        std::printf("%.2f\n", nowMs() - frame);
        const int every = isSet("BENCH_ALL_FRAMES") ? 1 : 10;
        if (!call.output.empty() && i % static_cast<std::size_t>(every) == 0)
            writePng(image, call.output + "/" + std::to_string(i) + ".png", views[i].dpi);
    }
    return 0;
}

int compareMaps(const Call& call) {
    const auto project = bench::readProject(call.inputs, call.labels);
    PreparedLayers fast(PreparedLayers::Precision::Fast), exact(PreparedLayers::Precision::Exact);
    Difference worst{0, 1};
    MapGround ground;
    for (const MapView& view : viewsOf(call)) {
        const Scene scene = bench::sceneOf(project, view, call.labels);
        const Difference found = differenceOf(drawMoved(scene, fast, ground), render(scene, exact));
        std::printf("rmse %.4f, near %.2f %%\n", found.rmse, found.nearShare * 100);
        worst = {std::max(worst.rmse, found.rmse), std::min(worst.nearShare, found.nearShare)};
    }
    const bool isTrue = worst.rmse <= kMostRmse && worst.nearShare >= kLeastNearShare;
    std::printf("worst: rmse %.4f (at most 0.02), near %.2f %% (at least 99): %s\n", worst.rmse, worst.nearShare * 100,
                isTrue ? "true" : "NOT TRUE");
    return isTrue ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::string command = argc > 1 ? argv[1] : "";
    if (command == "reach" && argc > 2) {
        try {
            bench::reachJob(argv[2]);
            std::fflush(nullptr);
            std::_Exit(0);
        } catch (const std::exception& e) {
            std::fprintf(stderr, "%s\n", e.what());
            return 1;
        }
    }
    if ((command != "export" && command != "tour" && command != "compare") || argc < (command == "export" ? 10 : 9))
        return kCannot;
    try {
        Call call{{argv[2], argv[3], argv[4]},
                  argv[5],
                  std::atoi(argv[6]),
                  std::atoi(argv[7]),
                  std::strcmp(argv[8], "0") != 0,
                  argc > 9 ? argv[9] : ""};
        if (command != "export")
            keepFreedMemory();
        if (call.labels && command != "export")
            startOffscreen(argc, argv);
        const int status = command == "export"    ? exportMap(call, argc, argv)
                           : command == "compare" ? compareMaps(call)
                                                  : tourMap(call);
        // Like the peers' programs: what the system frees at once is not taken apart piece by piece.
        std::fflush(nullptr);
        std::_Exit(status);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
