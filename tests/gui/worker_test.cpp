#include "app/gui/worker.h"

#include "app/gui/render_worker.h"
#include "app/gui/view_motion.h"
#include "app/gui/wait_dialog.h"
#include "core/error.h"
#include "tests/gui/gui_fixture.h"

#include <QApplication>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTimer>
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

TEST(Worker, HoldsDeliveriesBackAndMakesThemUpInOrder) {
    Worker worker;
    QStringList done;
    const auto post = [&](const QString& name) {
        worker.post({name, [&done, name](const std::stop_token&, const Worker::Progress&) {
                         return Worker::Delivery([&done, name] { done.append(name); });
                     }});
    };
    {
        const Worker::Hold hold(worker);
        const Worker::Hold inner(worker);
        post("a");
        post("b");
        QTest::qWait(50);
        EXPECT_TRUE(done.isEmpty());
        EXPECT_TRUE(worker.isBusy());
    }
    EXPECT_TRUE(done.isEmpty()) << "whoever waited goes on first";
    post("c");
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    EXPECT_EQ(done, QStringList({"a", "b", "c"}));
    {
        const Worker::Hold hold(worker);
        post("d");
        QTest::qWait(50);
        worker.stopAll();
    }
    QTest::qWait(20);
    EXPECT_EQ(done.size(), 3) << "stopped before it was delivered";
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

TEST(RunWaiting, ReturnsWhenTheWorkIsDoneAndThrowsWhatItThrows) {
    QWidget window;
    window.show();
    const auto owner = std::this_thread::get_id();
    std::thread::id worked;
    runWaiting(window, "Quick",
               [&](const std::stop_token&, const Worker::Progress&) { worked = std::this_thread::get_id(); });
    EXPECT_NE(worked, owner);
    EXPECT_THROW(
        runWaiting(window, "Bad", [](const std::stop_token&, const Worker::Progress&) { throw Error("Could not."); }),
        Error);
}

TEST(RunWaiting, LongWorkShowsItsProgressAndIsStoppedByEscape) {
    QWidget window;
    window.show();
    QTimer hands;
    int shown = -1;
    QObject::connect(&hands, &QTimer::timeout, &window, [&] {
        QWidget* dialog = QApplication::activeModalWidget();
        if (!dialog)
            return;
        shown = dialog->findChild<QProgressBar*>()->value();
        if (shown > 0)
            QTest::keyClick(dialog, Qt::Key_Escape);
    });
    hands.start(5);
    bool ended = false;
    const auto work = [&](const std::stop_token& stop, const Worker::Progress& progress) {
        progress(0.5);
        while (!stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        std::this_thread::sleep_for(std::chrono::milliseconds(20)); // it takes what it takes to end
        ended = true;
        throw Stopped();
    };
    EXPECT_THROW(runWaiting(window, "Long", work), Stopped);
    EXPECT_TRUE(ended);
    EXPECT_EQ(shown, 500);
}

// The whole of the first layer, with labels.
Scene sceneOf(const Project& project, int widthPx, int heightPx) {
    return {std::make_shared<const Project>(project),
            viewOf(project.layers[0]->table->extent, Crs::webMercator(), widthPx, heightPx, 96),
            {},
            true,
            false};
}

TEST(RenderWorker, NewestRequestWins) {
    Project project;
    project.layers.push_back(filledLayer("a", squares("a", 2000, -170, 0, 0.1), {200, 100, 50, 255}));
    Scene scene = sceneOf(project, 800, 600);
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
    for (const auto& [name, count] : {std::pair{"larger", 110000}, {"large", 100000}})
        project.layers.push_back(filledLayer(name, squares(name, count, 0, 0, 0.0001), {20, 100, 50, 255}));
    const Scene scene{std::make_shared<const Project>(project),
                      viewOf(project.layers[0]->table->extent, Crs::webMercator(), 400, 300, 96),
                      {},
                      true,
                      false};
    RenderWorker worker(std::make_shared<PreparedLayers>());
    std::vector<std::pair<std::string, bool>> pictures; // layers, whole
    QObject::connect(&worker, &RenderWorker::rendered, &worker, [&](const Picture& picture) {
        std::string names;
        for (const auto& layer : picture.scene.project->layers)
            names += layer->id + ' ';
        pictures.emplace_back(names, picture.isWhole);
    });
    worker.request(scene);
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    EXPECT_EQ(pictures, (std::vector<std::pair<std::string, bool>>{
                            {"small ", false}, {"small large ", false}, {"small larger large ", true}}));
    pictures.clear();
    worker.request(scene);
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    EXPECT_EQ(pictures, (std::vector<std::pair<std::string, bool>>{{"small larger large ", true}}));
}

// Whole pictures seen lately come back as they were, until the map is another one.
TEST(RenderWorker, LastPicturesComeBack) {
    const auto projectOf = [](const char* name) {
        Project project;
        project.layers.push_back(filledLayer(name, squares(name, 10, 0, 0, 1), {200, 100, 50, 255}));
        return std::make_shared<const Project>(project);
    };
    const auto first = projectOf("a"), second = projectOf("b");
    Scene scene{first, viewOf(first->layers[0]->table->extent, Crs::webMercator(), 400, 300, 96), {}, true, false};
    RenderWorker worker(std::make_shared<PreparedLayers>());
    std::vector<QImage> images;
    QObject::connect(&worker, &RenderWorker::rendered, &worker,
                     [&](const Picture& picture) { images.push_back(picture.image); });
    const auto draw = [&](const Scene& wanted) {
        worker.request(wanted);
        ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    };
    Scene later = scene, other = scene;
    later.time.asOf = parseAsOf("2025-10-20");
    other.project = second;
    for (const Scene& wanted : {scene, later, scene, other, scene})
        draw(wanted);
    ASSERT_EQ(images.size(), 5U);
    EXPECT_NE(images[1].constBits(), images[0].constBits()); // another date is drawn
    EXPECT_EQ(images[2].constBits(), images[0].constBits()); // the very same
    EXPECT_NE(images[4].constBits(), images[0].constBits()); // nothing was kept of a map that was closed
    EXPECT_EQ(images[4], images[0]);
}

// However long one was elsewhere: the first picture, for which all was prepared, took longest.
TEST(RenderWorker, WholeMapComesBack) {
    Project project;
    project.layers.push_back(filledLayer("a", squares("a", 50000, 0, 0, 0.0001), {20, 100, 50, 255}));
    const Scene whole = sceneOf(project, 400, 300);
    RenderWorker worker(std::make_shared<PreparedLayers>());
    std::vector<QImage> images;
    QObject::connect(&worker, &RenderWorker::rendered, &worker,
                     [&](const Picture& picture) { images.push_back(picture.image); });
    const auto draw = [&](const Scene& wanted) {
        worker.request(wanted);
        ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    };
    draw(whole);
    Scene closer = whole;
    for (int i = 0; i < 8; ++i) {
        closer.view = zoomedAt(closer.view, 100, 100, 4);
        draw(closer);
    }
    draw(whole);
    ASSERT_EQ(images.size(), 10U);
    EXPECT_EQ(images[9].constBits(), images[0].constBits());
}

// What stays in view is not drawn again.
TEST(RenderWorker, MovedMapTakesOverWhatStaysInView) {
    Project project;
    project.layers.push_back(filledLayer("a", squares("a", 50, 0, 0, 1), {20, 100, 50, 255}));
    Scene scene = sceneOf(project, 400, 300);
    const auto prepared = std::make_shared<PreparedLayers>();
    RenderWorker worker(prepared);
    QImage image;
    QObject::connect(&worker, &RenderWorker::rendered, &worker, [&](const Picture& picture) { image = picture.image; });
    for (int i = 0; i < 5; ++i) {
        worker.request(scene);
        ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
        EXPECT_EQ(image, render(scene, *prepared).convertToFormat(QImage::Format_RGB32)) << i;
        scene.view = panned(scene.view, 30, -20);
    }
}

TEST(RenderWorker, WarmsUpTheNeighbouringLevelsWhenIdleAndNoPictureShowsIt) {
    auto table = std::make_shared<FeatureTable>(*squares("a", 1, 0, 0, 1));
    table->geometry = {};
    for (int i = 0; i < 20000; ++i) // a ragged coast, worth thinning
        table->geometry.coordinates.push_back({i * 1e-4, (i * 7919 % 1000) * 1e-4});
    table->geometry.coordinates.push_back({0, 0});
    table->geometry.partStart.push_back(20001);
    table->geometry.partRole.push_back(PartRole::OuterRing);
    table->geometry.featureStart.push_back(1);
    finishTable(*table);
    Project project;
    project.layers.push_back(filledLayer("a", table, {200, 100, 50, 255}));
    const Scene scene{std::make_shared<const Project>(project),
                      viewOf(table->extent, Crs::webMercator(), 400, 300, 96),
                      {},
                      true,
                      false};
    const auto prepared = std::make_shared<PreparedLayers>();
    RenderWorker worker(prepared);
    worker.request(scene);
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy() && !worker.isWarmingUp(); }));
    for (const double factor : {kZoomStep, 1 / kZoomStep}) {
        Scene next = scene;
        next.view = zoomedAt(scene.view, 100, 100, factor);
        PreparedLayers cold;
        EXPECT_EQ(render(next, *prepared), render(next, cold)) << factor;
    }
    worker.request(scene);
    ASSERT_TRUE(waitFor([&] { return !worker.isBusy(); }));
    EXPECT_TRUE(worker.isWarmingUp());
    worker.stop();
    EXPECT_FALSE(worker.isWarmingUp());
}

} // namespace cordon
