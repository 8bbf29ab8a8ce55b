// Layers out of the window, through its dialog and on its worker.
#include "app/gui/layer_export.h"

#include "core/io/vector_reader.h"
#include "tests/gui/reports_window.h"

namespace cordon {

namespace {

class LayerExportTest : public ReportsTest {
protected:
    const Layer& layer(const std::string& name) {
        for (const auto& layer : document().project()->layers)
            if (layer->name == name)
                return *layer;
        throw Error("no layer " + name);
    }
    void write(const std::string& name, const QString& file) {
        m_window.exportLayer({document().project(), layer(name).id, document().time(), m_files.path(file)});
        ASSERT_TRUE(waitFor([&] { return !m_window.isLoading(); }));
    }
    QStringList messages(Severity severity) {
        QStringList texts;
        for (const Message& message : m_window.messages().messages())
            if (message.severity == severity)
                texts.append(message.text);
        return texts;
    }
};

} // namespace

TEST_F(LayerExportTest, EveryFormatIsWrittenAndReadAgain) {
    open(threeRoads());
    for (const char* suffix : {"gpkg", "geojson", "geojsonl", "csv", "gpx", "kml", "kmz", "shp", "fgb"}) {
        const QString file = QString("roads.") + suffix;
        write("Roads", file);
        EXPECT_EQ(messages(Severity::Error), QStringList()) << suffix;
        const ImportResult read = readVector(m_files.path(file).toStdString());
        ASSERT_FALSE(read.tables.empty()) << suffix;
        std::size_t features = 0;
        for (const auto& table : read.tables)
            features += table->featureCount;
        EXPECT_EQ(features, 2U) << suffix;
    }
}

TEST_F(LayerExportTest, ReportsInForceAreWritten) {
    open(threeRoads());
    std::string name;
    for (const auto& layer : document().project()->layers)
        if (layer->role == LayerRole::RoadStatuses)
            name = layer->name;
    write(name, "status.csv");
    const auto table = readVector(m_files.path("status.csv").toStdString()).tables.at(0);
    EXPECT_EQ(table->featureCount, 2U) << "the third has ended";
    TimeFilter early = document().time();
    early.asOf = parseAsOf("2025-01-15");
    document().setTime(early);
    write(name, "status.csv");
    EXPECT_EQ(readVector(m_files.path("status.csv").toStdString()).tables.at(0)->featureCount, 1U);
}

TEST_F(LayerExportTest, WhatIsLostAndWhatCannotBeIsSaid) {
    open();
    write("Regions", "regions.gpx");
    ASSERT_EQ(messages(Severity::Error).size(), 1);
    EXPECT_TRUE(messages(Severity::Error)[0].contains("GPX")) << messages(Severity::Error)[0].toStdString();
    EXPECT_FALSE(QFile::exists(m_files.path("regions.gpx")));
    Project project = *document().project();
    auto table = std::make_shared<FeatureTable>(*layer("Roads").table);
    table->columns[1].name = "a name of more than ten letters";
    auto renamed = std::make_shared<Layer>(layer("Roads"));
    renamed->table = table;
    project.layers = {renamed};
    const LayerExport request{std::make_shared<const Project>(project), renamed->id, {}, m_files.path("long.shp")};
    m_window.exportLayer(request);
    ASSERT_TRUE(waitFor([&] { return !m_window.isLoading(); }));
    EXPECT_TRUE((messages(Severity::Info) + messages(Severity::Warning)).join('\n').contains("a name of more"));
}

TEST_F(LayerExportTest, DialogProposesANameAndRefusesAProject) {
    open();
    LayerExportDialog dialog(document().project(), document().time(), layer("Roads").id, m_files.path(""));
    dialog.format().setCurrentIndex(dialog.format().findData("csv"));
    EXPECT_EQ(dialog.request().path, m_files.path("Roads.csv"));
    EXPECT_EQ(dialog.request().layerId, layer("Roads").id);
    dialog.format().setCurrentIndex(dialog.format().findData("shp"));
    EXPECT_EQ(dialog.request().path, m_files.path("Roads.shp"));
    EXPECT_TRUE(dialog.keeps().contains("10 letters"));
    dialog.path().setText(path()); // the project that is open
    dialog.accept();
    EXPECT_EQ(dialog.result(), 0);
    EXPECT_FALSE(dialog.problem().isEmpty());
}

TEST_F(LayerExportTest, DialogShowsAllOfItsSentences) {
    open();
    LayerExportDialog dialog(document().project(), document().time(), layer("Roads").id, m_files.path(""));
    dialog.show();
    for (int i = 0; i < dialog.format().count(); ++i) {
        dialog.format().setCurrentIndex(i);
        QCoreApplication::processEvents();
        for (const QLabel* label : dialog.findChildren<QLabel*>()) {
            if (label->isVisible() && label->wordWrap()) {
                EXPECT_GE(label->height(), label->heightForWidth(label->width())) << label->text().toStdString();
            }
        }
    }
}

TEST_F(LayerExportTest, StoppedExportLeavesNoFile) {
    open();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(writeLayer({document().project(), layer("Roads").id, {}, m_files.path("roads.geojson")},
                            stop.get_token(), [](double) {}),
                 Stopped);
    EXPECT_FALSE(QFile::exists(m_files.path("roads.geojson")));
}

} // namespace cordon
