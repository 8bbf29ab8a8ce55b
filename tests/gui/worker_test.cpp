#include "app/gui/worker.h"

#include "app/gui/render_worker.h"
#include "core/error.h"
#include "tests/gui/gui_fixture.h"

#include <QSignalSpy>
#include <atomic>
#include <thread>

namespace cordon {

TEST(Worker, DeliversInOrderOnTheOwnersThread) {
    Worker worker;
    QStringList done;
    bool isOwnersThread = true;
    const auto owner = std::this_thread::get_id();
    for (const QString name : {"a", "b", "c"})
        worker.post({name, [&, name](const std::stop_token&, const Worker::Progress&) {
                         return Worker::Delivery([&, name] {
                             done.append(name);
                             isOwnersThread = isOwnersThread && std::this_thread::get_id() == owner;
                         });
                     }});
    EXPECT_TRUE(worker.isBusy());
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    EXPECT_EQ(done, QStringList({"a", "b", "c"}));
    EXPECT_TRUE(isOwnersThread);
}

TEST(Worker, StoppedJobEndsAndDeliversNothing) {
    Worker worker;
    std::atomic<bool> runs = false, ended = false;
    bool delivered = false;
    worker.post({"long", [&](const std::stop_token& stop, const Worker::Progress&) {
                     runs = true;
                     while (!stop.stop_requested())
                         std::this_thread::sleep_for(std::chrono::milliseconds(1));
                     ended = true;
                     return Worker::Delivery([&] { delivered = true; });
                 }});
    ASSERT_TRUE(waitFor([&] { return runs.load(); }));
    worker.stopAll();
    EXPECT_FALSE(worker.isBusy());
    ASSERT_TRUE(waitFor([&] { return ended.load(); }));
    QTest::qWait(20);
    EXPECT_FALSE(delivered);
}

TEST(Worker, FailureIsReportedOnceAndTheNextJobRuns) {
    Worker worker;
    QSignalSpy failures(&worker, &Worker::failed);
    bool nextRan = false;
    worker.post({"bad", [](const std::stop_token&, const Worker::Progress&) -> Worker::Delivery {
                     throw Error("Could not.");
                 }});
    worker.post({"good", [&](const std::stop_token&, const Worker::Progress&) {
                     return Worker::Delivery([&] { nextRan = true; });
                 }});
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    ASSERT_EQ(failures.size(), 1);
    EXPECT_EQ(failures[0][1].toString(), "Could not.");
    EXPECT_TRUE(nextRan);
}

TEST(RenderWorker, NewestRequestWins) {
    Project project;
    project.layers.push_back(filledLayer("a", squares("a", 2000, -170, 0, 0.1), {200, 100, 50, 255}));
    Scene scene{std::make_shared<const Project>(project),
                viewOf(project.layers[0]->table->extent, Crs::webMercator(), 800, 600, 96),
                {},
                true,
                false};
    RenderWorker worker(std::make_shared<PreparedLayers>());
    std::vector<int> widths;
    QObject::connect(&worker, &RenderWorker::rendered, &worker,
                     [&](const Picture& picture) { widths.push_back(picture.image.width()); });
    for (const int width : {640, 650, 660, 670}) {
        scene.view.widthPx = width;
        worker.request(scene);
    }
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    EXPECT_EQ(widths, std::vector<int>{670});
}

TEST(RenderWorker, LargeLayersComeOneByOneTheFirstTime) {
    Project project;
    project.layers.push_back(filledLayer("small", squares("small", 10, 0, 0, 1), {200, 100, 50, 255}));
    for (const char* name : {"a", "b"})
        project.layers.push_back(filledLayer(name, squares(name, 100000, 0, 0, 0.0001), {20, 100, 50, 255}));
    const Scene scene{std::make_shared<const Project>(project),
                      viewOf(project.layers[0]->table->extent, Crs::webMercator(), 400, 300, 96),
                      {},
                      true,
                      false};
    RenderWorker worker(std::make_shared<PreparedLayers>());
    std::vector<std::pair<std::size_t, bool>> pictures; // layers, whole
    QObject::connect(&worker, &RenderWorker::rendered, &worker, [&](const Picture& picture) {
        pictures.emplace_back(picture.scene.project->layers.size(), picture.isWhole);
    });
    worker.request(scene);
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    EXPECT_EQ(pictures, (std::vector<std::pair<std::size_t, bool>>{{1, false}, {2, false}, {3, true}}));
    pictures.clear();
    worker.request(scene);
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    EXPECT_EQ(pictures, (std::vector<std::pair<std::size_t, bool>>{{3, true}}));
}

} // namespace cordon
