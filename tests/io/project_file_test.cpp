#include "core/io/project_file.h"

#include "core/io/record_columns.h"
#include "core/io/situation_reader.h"
#include "tests/io/project_samples.h"
#include "tests/io/scratch_folder.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace cordon {
namespace {

using test::at;

class ProjectFileTest : public testing::Test {
protected:
    std::string fileNamed(const std::string& name) const { return m_folder.path(name); }
    ScratchFolder m_folder;
};

TEST_F(ProjectFileTest, LoadingGivesWhatWasSaved) {
    const auto project = test::richProject();
    ProjectFile::create(fileNamed("rich.gpkg"), project);
    const ProjectFile file = ProjectFile::open(fileNamed("rich.gpkg"));
    EXPECT_EQ(test::difference(*project, *file.project()), "");
    EXPECT_FALSE(file.isReadOnly()) << file.readOnlyReason();
    EXPECT_EQ(file.checkIntegrity(), std::vector<std::string>{});
}

TEST_F(ProjectFileTest, LayersThatShareATableShareItAgain) {
    ProjectFile::create(fileNamed("a.gpkg"), test::richProject());
    const auto project = ProjectFile::open(fileNamed("a.gpkg")).project();
    const FeatureTable* roads = nullptr;
    int sharing = 0;
    for (const auto& layer : project->layers)
        if (layer->table && layer->table->name == "Mali roads") {
            sharing += roads == layer->table.get();
            roads = layer->table.get();
        }
    EXPECT_EQ(sharing, 1);
}

TEST_F(ProjectFileTest, EveryEditIsThereWhenTheFileIsOpenedAgain) {
    const std::string path = fileNamed("a.gpkg");
    std::shared_ptr<const Project> last;
    {
        ProjectFile file = ProjectFile::create(path, test::richProject());
        file.apply(addReports(*file.project()->situation, {test::incident("N1", {-8, 12}, at("2025-11-02"))},
                              at("2025-11-03")));
        file.apply(withdrawReport(*file.project()->situation, "R1", at("2025-11-04")));
        last = file.project();
    }
    const ProjectFile file = ProjectFile::open(path);
    EXPECT_EQ(test::difference(*last, *file.project()), "");
    EXPECT_EQ(historyOf(*file.project()->situation, "R1").size(), 1U);
    EXPECT_EQ(file.undoName(), "Withdraw report R1");
    const auto history = file.history(10);
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(history[0].at + " " + history[0].name, "2025-11-04T00:00:00.000Z Withdraw report R1");
}

TEST_F(ProjectFileTest, UndoAppendsTheInverseAndRedoItsInverse) {
    ProjectFile file = ProjectFile::create(fileNamed("a.gpkg"), test::richProject());
    file.apply(withdrawReport(*file.project()->situation, "T1", at("2025-11-04")));
    const auto undone = file.undo(at("2025-11-05"));
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->name, "Withdraw report T1");
    auto history = historyOf(*file.project()->situation, "T1");
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(headOf(history[0]).recorded.end, at("2025-11-04"));
    EXPECT_EQ(headOf(history[1]).recorded, (TimeInterval{at("2025-11-05"), std::nullopt}));
    EXPECT_EQ(file.undoName(), std::nullopt);
    EXPECT_EQ(file.redoName(), "Withdraw report T1");
    ASSERT_TRUE(file.redo(at("2025-11-06")));
    history = historyOf(*file.project()->situation, "T1");
    EXPECT_EQ(headOf(history[1]).recorded.end, at("2025-11-06"));
    EXPECT_EQ(file.redoName(), std::nullopt);
    EXPECT_EQ(file.redo(), std::nullopt);
}

// Three steps on one report, all undone and done again after a restart: what counts is as before each time.
TEST_F(ProjectFileTest, StepsOnOneReportAreUndoneOneAfterTheOtherAcrossRestarts) {
    const std::string path = fileNamed("a.gpkg");
    {
        ProjectFile file = ProjectFile::create(path, test::richProject());
        file.apply(addReports(*file.project()->situation, {test::incident("N1", {-8, 12}, at("2025-11-02"))},
                              at("2025-11-03")));
        Record corrected = historyOf(*file.project()->situation, "N1").back();
        std::get<Incident>(corrected).fatalitiesBest = 3;
        file.apply(correctReport(*file.project()->situation, corrected, at("2025-11-04")));
        file.apply(withdrawReport(*file.project()->situation, "N1", at("2025-11-05")));
    }
    const auto liveNow = [](const ProjectFile& file) {
        std::string text;
        for (const Incident& row : file.project()->situation->incidents)
            if (row.head.id == "N1" && !row.head.recorded.end)
                text += row.fatalitiesBest ? "corrected" : "first";
        return text;
    };
    const auto step = [&](bool isUndo) {
        ProjectFile file = ProjectFile::open(path);
        const auto done = isUndo ? file.undo(at("2025-11-06")) : file.redo(at("2025-11-06"));
        EXPECT_EQ(test::difference(*file.project(), *ProjectFile::open(path, ProjectAccess::ReadOnly).project()), "");
        return (done ? done->name : "nothing") + ": " + liveNow(file);
    };
    EXPECT_EQ(step(true), "Withdraw report N1: corrected");
    EXPECT_EQ(step(true), "Correct report N1: first");
    EXPECT_EQ(step(true), "Add report N1: ");
    EXPECT_EQ(step(true), "nothing: ");
    EXPECT_EQ(step(false), "Add report N1: first");
    EXPECT_EQ(step(false), "Correct report N1: corrected");
    EXPECT_EQ(step(true), "Correct report N1: first");
    EXPECT_EQ(step(false), "Correct report N1: corrected");
    EXPECT_EQ(step(false), "Withdraw report N1: ");
    EXPECT_EQ(step(false), "nothing: ");
}

TEST_F(ProjectFileTest, ANewStepDropsWhatWasUndone) {
    ProjectFile file = ProjectFile::create(fileNamed("a.gpkg"), test::richProject());
    file.apply(withdrawReport(*file.project()->situation, "T1", at("2025-11-04")));
    file.undo(at("2025-11-05"));
    file.apply(withdrawReport(*file.project()->situation, "M1", at("2025-11-06")));
    EXPECT_EQ(file.redoName(), std::nullopt);
    EXPECT_EQ(file.undoName(), "Withdraw report M1");
    file.undo(at("2025-11-07"));
    EXPECT_EQ(file.undo(at("2025-11-08")), std::nullopt);
}

TEST_F(ProjectFileTest, AHundredStepsAreUndone) {
    const std::string path = fileNamed("a.gpkg");
    {
        ProjectFile file = ProjectFile::create(path, test::richProject());
        for (int i = 0; i < 120; ++i)
            file.apply(addReports(*file.project()->situation,
                                  {test::incident("N" + std::to_string(i), {-8, 12}, at("2025-11-02"))},
                                  at("2025-11-03")));
    }
    ProjectFile file = ProjectFile::open(path);
    for (int i = 119; i >= 0; --i) {
        const auto step = file.undo(at("2025-11-04"));
        ASSERT_TRUE(step);
        EXPECT_EQ(step->name, "Add report N" + std::to_string(i));
    }
    EXPECT_EQ(file.undoName(), std::nullopt);
    for (const Incident& row : file.project()->situation->incidents)
        EXPECT_TRUE(row.head.id == "I1" || row.head.recorded.end);
}

TEST_F(ProjectFileTest, AStampFollowsTheLastOneWhenTheClockWasSetBack) {
    ProjectFile file = ProjectFile::create(fileNamed("a.gpkg"), test::richProject());
    file.apply(withdrawReport(*file.project()->situation, "T1", at("2025-11-04")));
    file.undo(at("1999-01-01"));
    const auto history = historyOf(*file.project()->situation, "T1");
    EXPECT_EQ(formatIso(headOf(history.back()).recorded.begin), "2025-11-04T00:00:00.001Z");
}

TEST_F(ProjectFileTest, LayerChangesAreKeptAndUndone) {
    const std::string path = fileNamed("a.gpkg");
    const auto before = test::richProject();
    {
        ProjectFile file = ProjectFile::create(path, before);
        Project after = *file.project();
        auto layer = std::make_shared<Layer>(*after.layers[2]);
        layer->visible = !layer->visible;
        layer->name = "Renamed";
        layer->style.rules.push_back(Rule{{{"pcode", Comparison::Equal, "x"}}, "Other title"});
        after.layers[2] = layer;
        std::swap(after.layers[0], after.layers[3]);
        after.layers.erase(after.layers.begin() + 1);
        after.map.title = "Another title";
        after.access.corridors.erase(after.access.corridors.begin());
        auto situation = std::make_shared<Situation>(*after.situation);
        situation->actors[0].color = {1, 2, 3, 255};
        situation->shelfLives.measureDays = 12;
        after.situation = situation;
        file.applyProject("Change much", after);
        EXPECT_EQ(test::difference(*ProjectFile::open(path, ProjectAccess::ReadOnly).project(), after), "");
    }
    ProjectFile file = ProjectFile::open(path);
    ASSERT_TRUE(file.undo());
    EXPECT_EQ(test::difference(*before, *file.project()), "");
    EXPECT_EQ(test::difference(*before, *ProjectFile::open(path, ProjectAccess::ReadOnly).project()), "");
    ASSERT_TRUE(file.redo());
    EXPECT_EQ(file.project()->map.title, "Another title");
    EXPECT_EQ(file.project()->access.corridors.size(), 1U);
    EXPECT_EQ(file.project()->layers.size(), before->layers.size() - 1);
    EXPECT_EQ(file.project()->situation->actors[0].color, (Color{1, 2, 3, 255}));
}

TEST_F(ProjectFileTest, LayersThatDidNotChangeAreTheSameObjectsAfterUndo) {
    ProjectFile file = ProjectFile::create(fileNamed("a.gpkg"), test::richProject());
    Project after = *file.project();
    auto layer = std::make_shared<Layer>(*after.layers[0]);
    layer->opacity = 0.5;
    after.layers[0] = layer;
    const auto before = file.project();
    file.applyProject("Fade", after);
    file.undo();
    for (std::size_t i = 1; i < before->layers.size(); ++i)
        EXPECT_EQ(before->layers[i], file.project()->layers[i]);
    EXPECT_EQ(before->layers[0]->table, file.project()->layers[0]->table);
}

TEST_F(ProjectFileTest, AnImportedLayerIsWrittenOnceAndComesBackWithRedo) {
    const std::string path = fileNamed("a.gpkg");
    {
        ProjectFile file = ProjectFile::create(path, std::make_shared<const Project>());
        file.applyProject("Import admin1", withLayer(*file.project(), makeLayer(test::regionTable())));
        file.applyProject("Import roads", withLayer(*file.project(), makeLayer(test::lineTable())));
        file.undo();
        file.undo();
        EXPECT_TRUE(file.project()->layers.empty());
    }
    ProjectFile file = ProjectFile::open(path);
    EXPECT_TRUE(file.project()->layers.empty());
    EXPECT_EQ(file.redo()->name, "Import admin1");
    ASSERT_EQ(file.project()->layers.size(), 1U);
    EXPECT_EQ(test::difference(*test::regionTable(), *file.project()->layers[0]->table), "");
}

TEST_F(ProjectFileTest, ADraggedSliderIsOneStep) {
    ProjectFile file = ProjectFile::create(fileNamed("a.gpkg"), test::richProject());
    const auto fade = [&](double opacity) {
        Project after = *file.project();
        auto layer = std::make_shared<Layer>(*after.layers[0]);
        layer->opacity = opacity;
        after.layers[0] = layer;
        file.applyProject("Fade", after, "opacity/0");
    };
    for (const double opacity : {0.9, 0.7, 0.4})
        fade(opacity);
    EXPECT_EQ(file.history(10).size(), 1U);
    file.undo();
    EXPECT_EQ(file.project()->layers[0]->opacity, 1);
    file.redo();
    EXPECT_EQ(file.project()->layers[0]->opacity, 0.4);
}

TEST_F(ProjectFileTest, ACopyHasTheHistoryAndIsAFileOfItsOwn) {
    ProjectFile file = ProjectFile::create(fileNamed("a.gpkg"), test::richProject());
    file.apply(withdrawReport(*file.project()->situation, "T1", at("2025-11-04")));
    file.saveCopy(fileNamed("b.gpkg"));
    EXPECT_THROW(file.saveCopy(fileNamed("b.gpkg")), Error);
    EXPECT_THROW(file.saveCopy(fileNamed("a.gpkg"), true), Error);
    file.saveCopy(fileNamed("b.gpkg"), true);
    ProjectFile copy = ProjectFile::open(fileNamed("b.gpkg"), ProjectAccess::ReadWrite);
    EXPECT_EQ(test::difference(*file.project(), *copy.project()), "");
    EXPECT_EQ(copy.undo()->name, "Withdraw report T1");
    EXPECT_EQ(file.undoName(), "Withdraw report T1");
}

TEST_F(ProjectFileTest, WhatIsStoppedLeavesEverythingAsItWas) {
    const auto empty = std::make_shared<const Project>();
    ProjectFile file = ProjectFile::create(fileNamed("a.gpkg"), test::richProject());
    ProjectFile::create(fileNamed("b.gpkg"), empty);
    std::stop_source stop;
    const auto stopAtOnce = [&](double) { stop.request_stop(); };
    EXPECT_THROW(ProjectFile::create(fileNamed("b.gpkg"), test::richProject(), true, stop.get_token(), stopAtOnce),
                 Stopped);
    EXPECT_TRUE(ProjectFile::open(fileNamed("b.gpkg")).project()->layers.empty());
    EXPECT_THROW(ProjectFile::create(fileNamed("c.gpkg"), test::richProject(), false, stop.get_token()), Stopped);
    EXPECT_THROW(file.saveCopy(fileNamed("c.gpkg"), false, stop.get_token()), Stopped);
    EXPECT_THROW(ProjectFile::open(fileNamed("b.gpkg"), ProjectAccess::ReadWrite, stop.get_token()), Stopped);
    int files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(m_folder.path(".")))
        files += entry.path().extension() != ".gpkg-journal"; // of the one that is open
    EXPECT_EQ(files, 2);
    EXPECT_EQ(file.checkIntegrity(), std::vector<std::string>{});
    file.saveCopy(fileNamed("c.gpkg"));
    EXPECT_EQ(test::difference(*file.project(), *ProjectFile::open(fileNamed("c.gpkg")).project()), "");
}

TEST_F(ProjectFileTest, ABundleOfRecordsIsImportedAsOneStepWithTheirOwnDates) {
    ProjectFile file = ProjectFile::create(fileNamed("a.gpkg"), std::make_shared<const Project>());
    std::vector<Record> records;
    for (int i = 0; i < 1000; ++i) {
        Incident record = test::incident("N" + std::to_string(i), {-8, 12}, at("2025-01-02"));
        record.head.recorded.begin = at("2025-02-01");
        if (i % 10 == 0)
            record.head.recorded.end = at("2025-03-01"); // withdrawn where it came from
        records.emplace_back(record);
    }
    file.apply(importReports(*file.project()->situation, records, at("2025-11-03")));
    EXPECT_EQ(file.project()->layers.size(), 5U); // the situation's
    EXPECT_EQ(test::difference(*file.project(), *loadProject(file.path(), *std::make_unique<Warnings>())), "");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(file.undo(at("2025-11-04"), stop.get_token()), Stopped);
    EXPECT_EQ(test::difference(*file.project(), *loadProject(file.path(), *std::make_unique<Warnings>())), "");
    EXPECT_FALSE(file.redoName());
    file.undo(at("2025-11-04"));
    int withdrawn = 0;
    for (const Incident& row : file.project()->situation->incidents)
        withdrawn += row.head.recorded.end.has_value();
    EXPECT_EQ(withdrawn, 1000);
    file.redo(at("2025-11-05"));
    EXPECT_EQ(file.project()->situation->incidents.size(), 1900U);
}

TEST(RecordColumns, CsvAndGeoJsonReadBackAsTheyWereWritten) {
    const ScratchFolder folder;
    Situation situation = test::richSituation();
    situation.actors.clear();
    situation.sources.clear();
    situation.shelfLives = {};
    for (const char* name : {"records.csv", "records.geojson"}) {
        const std::string path = folder.path(name);
        writeRecords(situation, path);
        const SituationResult read = readRecords(path);
        for (const Warning& warning : read.warnings)
            ADD_FAILURE() << warning.text;
        Project a, b;
        a.situation = std::make_shared<const Situation>(situation);
        b.situation = std::make_shared<const Situation>(read.situation);
        EXPECT_EQ(test::difference(a, b), "") << name;
    }
}

} // namespace
} // namespace cordon
