#include "app/gui/main_window.h"

#include "app/gui/export_job.h"
#include "app/gui/import_assistant.h"
#include "app/gui/project_edits.h"
#include "app/gui/settings.h"
#include "core/io/data_folder.h"
#include "tests/gui/gui_fixture.h"

#include <QDropEvent>
#include <QFileInfo>
#include <QImage>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QToolButton>

namespace cordon {

namespace {

const QByteArray kSquare = R"({"type":"FeatureCollection","features":[{"type":"Feature",
    "properties":{"name":"<b>Test</b> square","count":7},
    "geometry":{"type":"Polygon","coordinates":[[[-6,13],[-5,13],[-5,14],[-6,14],[-6,13]]]}}]})";

bool isDone(MainWindow& window) {
    return !window.isLoading();
}

void open(MainWindow& window, const QStringList& paths, MainWindow::Mode mode = MainWindow::Mode::Open) {
    window.load(paths, mode);
    ASSERT_TRUE(waitFor([&] { return isDone(window); }));
}

void openSampleIn(MainWindow& window) {
    if (!QFileInfo::exists(QString::fromStdString(sampleRecipePath())))
        GTEST_SKIP() << "the sample is missing";
    window.openSample();
    ASSERT_TRUE(waitFor([&] { return isDone(window); }));
}

void drop(MainWindow& window, const QStringList& paths) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls.append(QUrl::fromLocalFile(path));
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter); // makes the window the target of the drop
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
    ASSERT_TRUE(waitFor([&] { return isDone(window); }));
}

QStringList errorsOf(MainWindow& window) {
    QStringList errors;
    for (const Message& message : window.messages().messages())
        if (message.severity == Severity::Error)
            errors.append(message.text);
    return errors;
}

} // namespace

TEST(MainWindow, SampleShowsItsLayersAndDate) {
    MainWindow window;
    window.show();
    openSampleIn(window);
    EXPECT_EQ(errorsOf(window), QStringList());
    const LayerListModel& layers = window.layerPanel().model();
    QStringList names;
    for (int row = 0; row < layers.rowCount(); ++row)
        names.append(layers.data(layers.index(row), Qt::DisplayRole).toString());
    for (const QString name : {"Towns", "Roads (schematic)", "Regions", "Countries"})
        EXPECT_TRUE(names.contains(name)) << names.join(", ").toStdString();
    EXPECT_LT(names.indexOf("Towns"), names.indexOf("Countries")); // topmost first
    EXPECT_EQ(asOfText(window.document().time().asOf), "2025-10-20");
    EXPECT_TRUE(window.windowTitle().contains("Mali"));
}

TEST(MainWindow, WhatItBeginsWithIsReadOnceItIsSeen) {
    const Files files;
    MainWindow window;
    window.loadWhenSeen({files.write("square.geojson", kSquare)});
    QTest::qWait(20);
    EXPECT_TRUE(window.isLoading());
    EXPECT_TRUE(window.document().isEmpty());
    window.show();
    ASSERT_TRUE(waitFor([&] { return isDone(window); }));
    EXPECT_EQ(window.document().project()->layers.size(), 1U);
    EXPECT_EQ(recentFiles().value(0), files.path("square.geojson"));
}

TEST(MainWindow, AsOfStepChangesTheScene) {
    MainWindow window;
    window.resize(1000, 700);
    window.show();
    openSampleIn(window);
    int renders = 0;
    QObject::connect(&window.canvas(), &MapCanvas::rendered, &window, [&](double) { ++renders; });
    ASSERT_TRUE(waitFor([&] { return renders > 0; }));
    const QImage before = window.canvas().grab().toImage();
    auto* field = window.findChild<QLineEdit*>(QString(), Qt::FindChildrenRecursively);
    for (QLineEdit* edit : window.findChildren<QLineEdit*>())
        if (edit->accessibleName() == "As-of date")
            field = edit;
    ASSERT_EQ(field->text(), "2025-10-20");
    field->setText("2025-01-15");
    renders = 0;
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(asOfText(window.canvas().scene().time.asOf), "2025-01-15");
    ASSERT_TRUE(waitFor([&] { return renders > 0; }));
    EXPECT_NE(window.canvas().grab().toImage(), before);
    QTest::keyClick(field, Qt::Key_PageDown);
    EXPECT_EQ(asOfText(window.document().time().asOf), "2025-01-08");
    field->setText("20 Octember");
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(asOfText(window.document().time().asOf), "2025-01-08");
    EXPECT_EQ(errorsOf(window).size(), 1);
}

TEST(MainWindow, HidingALayerIsUndone) {
    const Files files;
    MainWindow window;
    window.show();
    open(window, {files.write("square.geojson", kSquare)});
    LayerListModel& model = window.layerPanel().model();
    ASSERT_EQ(model.rowCount(), 1);
    model.setData(model.index(0), Qt::Unchecked, Qt::CheckStateRole);
    EXPECT_FALSE(window.canvas().scene().project->layers[0]->visible);
    EXPECT_EQ(window.document().undoText(), "Hide square");
    window.document().undo();
    EXPECT_TRUE(window.canvas().scene().project->layers[0]->visible);
    EXPECT_EQ(model.data(model.index(0), Qt::CheckStateRole).toInt(), Qt::Checked);
}

TEST(MainWindow, MovedLayerIsDrawnInItsNewPlace) {
    Document document;
    Project project;
    for (const char* id : {"a", "b", "c"})
        project.layers.push_back(filledLayer(id, squares(id, 1, 0, 0, 1), {200, 100, 50, 255}));
    document.apply("Open", project);
    LayerListModel model(document); // c, b, a
    EXPECT_TRUE(model.moveRow({}, 0, {}, 3));
    EXPECT_EQ(document.project()->layers[0]->id, "c");
    EXPECT_EQ(document.project()->layers[2]->id, "b");
    EXPECT_FALSE(model.moveRow({}, 1, {}, 2));
    document.undo();
    EXPECT_EQ(model.layerAt(model.index(0))->id, "c");
}

TEST(MainWindow, BrokenFileIsOneMessageAndLosesNothing) {
    const Files files;
    MainWindow window;
    window.show();
    open(window, {files.write("square.geojson", kSquare)});
    const auto before = window.document().project();
    drop(window, {files.write("cut.geojson", kSquare.left(120))});
    EXPECT_EQ(window.document().project(), before);
    ASSERT_EQ(errorsOf(window).size(), 1);
    EXPECT_TRUE(errorsOf(window)[0].contains("cut.geojson")) << errorsOf(window)[0].toStdString();
    drop(window, {files.path("missing.shp")});
    EXPECT_EQ(window.document().project(), before);
    EXPECT_EQ(errorsOf(window).size(), 2);
}

// The answer of a loading comes through the event loop, so that the key is there before it.
TEST(MainWindow, EscapeWhileLoadingLeavesTheMap) {
    const Files files;
    MainWindow window;
    window.show();
    open(window, {files.write("square.geojson", kSquare)});
    const auto before = window.document().project();
    QByteArray points = "lon,lat\n";
    for (int i = 0; i < 50000; ++i)
        points += QByteArray::number(i % 360 - 180) + "," + QByteArray::number(i % 170 - 85) + "\n";
    const QString large = files.write("points.csv", points);
    for (const auto mode : {MainWindow::Mode::Open, MainWindow::Mode::Add}) {
        window.load({large}, mode);
        EXPECT_TRUE(window.isLoading());
        QTest::keyClick(&window.canvas(), Qt::Key_Escape);
        EXPECT_FALSE(window.isLoading());
    }
    open(window, {files.write("other.geojson", QByteArray(kSquare).replace("-6", "-9"))}, MainWindow::Mode::Add);
    EXPECT_EQ(errorsOf(window), QStringList());
    ASSERT_EQ(window.document().project()->layers.size(), 2U); // the one of before, and what was opened after that
    EXPECT_EQ(window.document().project()->layers[0], before->layers[0]);
}

TEST(MainWindow, GoodFilesOfADropAreTakenBrokenOnesNamed) {
    const Files files;
    MainWindow window;
    window.show();
    open(window, {files.write("cut.geojson", kSquare.left(120)), files.write("square.geojson", kSquare)});
    EXPECT_EQ(window.document().project()->layers.size(), 1U);
    EXPECT_EQ(errorsOf(window).size(), 1);
}

TEST(MainWindow, ProjectIsOpenedInItsFileAndTakesWhatIsDropped) {
    const Files files;
    const QString path = files.path("situation.gpkg");
    ProjectFile::create(path.toStdString(),
                        std::make_shared<const Project>(withSituation({}, std::make_shared<Situation>())));
    MainWindow window;
    window.show();
    open(window, {path});
    ASSERT_TRUE(window.document().file());
    EXPECT_EQ(window.windowTitle(), "situation.gpkg - Cordon");
    drop(window, {files.write("square.geojson", kSquare)});
    window.load({files.write("records.csv", "kind,id,valid_from,status,lat,lon\n"
                                            "road_status,R1,2025-09-01,blocked,14.5,-9.2\n")},
                MainWindow::Mode::Add);
    ASSERT_TRUE(waitFor([&] { return !window.isLoading(); }));
    EXPECT_EQ(errorsOf(window), QStringList());
    Warnings warnings;
    const auto onDisk = loadProject(path.toStdString(), warnings);
    EXPECT_EQ(onDisk->situation->roadStatuses.size(), 1U);
    EXPECT_EQ(std::ranges::count_if(onDisk->layers, [](const auto& layer) { return layer->table != nullptr; }), 1);
    EXPECT_EQ(window.document().undoText(), "Add records.csv");
}

TEST(MainWindow, FieldFilesBringWhatIsDroppedWithThemIntoTheAssistant) {
    const Files files;
    const QString path = files.path("situation.gpkg"), other = files.path("other.gpkg");
    for (const QString& project : {path, other})
        ProjectFile::create(project.toStdString(), std::make_shared<const Project>());
    MainWindow window;
    window.show();
    open(window, {path});
    const QString points = files.write("points.csv", "name,lat,lon\nKita,13.0,-9.5\n");
    drop(window, {files.write("square.geojson", kSquare), points});
    auto* assistant = window.findChild<ImportAssistant*>();
    ASSERT_NE(assistant, nullptr);
    ASSERT_TRUE(waitFor([&] { return !assistant->session().isBusy(); }));
    EXPECT_EQ(assistant->session().entries().size(), 2U);
    assistant->reject();
    delete assistant;
    drop(window, {points, other});
    EXPECT_EQ(window.findChild<ImportAssistant*>(), nullptr) << "the layers of a project are no tables";
}

TEST(MainWindow, DroppedFileIsAddedToTheMapAndUndone) {
    const Files files;
    MainWindow window;
    window.show();
    open(window, {files.write("square.geojson", kSquare)});
    drop(window, {files.write("other.geojson", QByteArray(kSquare).replace("-6", "-9"))});
    EXPECT_EQ(window.document().project()->layers.size(), 2U);
    window.document().undo();
    EXPECT_EQ(window.document().project()->layers.size(), 1U);
}

TEST(MainWindow, IdentifyNamesTheFeatureAsPlainText) {
    const Files files;
    MainWindow window;
    window.resize(1000, 700);
    window.show();
    open(window, {files.write("square.geojson", kSquare)});
    const MapView& view = window.canvas().view();
    window.identifyAt({view.widthPx / 2.0, view.heightPx / 2.0}, window.canvas().scene());
    ASSERT_TRUE(waitFor([&] { return !window.identifyPanel().asText().isEmpty(); }));
    const QString found = window.identifyPanel().asText();
    EXPECT_TRUE(found.contains("name\t<b>Test</b> square")) << found.toStdString();
    EXPECT_TRUE(found.contains("count\t7")) << found.toStdString();
}

TEST(MainWindow, ExportWritesTheViewAndSaysWhere) {
    const Files files;
    MainWindow window;
    window.show();
    open(window, {files.write("square.geojson", kSquare)});
    ExportRequest request;
    request.isSheet = false;
    request.path = files.path("view.png");
    request.widthPx = 640;
    request.heightPx = 480;
    window.exportTo(request);
    ASSERT_TRUE(waitFor([&] { return isDone(window); }));
    EXPECT_EQ(errorsOf(window), QStringList());
    EXPECT_EQ(QImage(request.path).size(), QSize(640, 480));
    EXPECT_EQ(window.messages().messages().last().file, request.path);
    request.path = files.path("no such folder/view.png");
    window.exportTo(request);
    ASSERT_TRUE(waitFor([&] { return isDone(window); }));
    EXPECT_EQ(errorsOf(window).size(), 1);
    EXPECT_FALSE(QFileInfo::exists(request.path));
}

TEST(MainWindow, RemembersSizeRecentFilesAndCrs) {
    const Files files;
    const QString path = files.write("square.geojson", kSquare);
    {
        MainWindow window;
        window.resize(911, 633);
        window.show();
        open(window, {path});
        rememberCrs({path}, "EPSG:3857");
        window.close();
    }
    MainWindow window;
    window.show();
    EXPECT_EQ(window.size(), QSize(911, 633));
    EXPECT_EQ(recentFiles().value(0), path);
    open(window, {path});
    EXPECT_TRUE(window.canvas().view().crs.isWebMercator());
}

} // namespace cordon
