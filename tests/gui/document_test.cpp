// The document in a project file: every change is on the disk when the call returns.
#include "app/gui/document.h"

#include "app/gui/project_edits.h"
#include "tests/gui/gui_fixture.h"

#include <QSignalSpy>

namespace cordon {

namespace {

Project twoLayers() {
    Project project;
    for (const char* id : {"a", "b"})
        project.layers.push_back(filledLayer(id, squares(id, 1, -6, 13, 1), {200, 100, 50, 255}));
    return withSituation(std::move(project), std::make_shared<const Situation>());
}

Incident ambush() {
    Incident incident;
    incident.head.valid.begin = parseAsOf("2025-09-14");
    incident.head.place = "Diéma";
    incident.location = {-9.2, 14.5};
    return incident;
}

class ProjectDocument : public testing::Test {
protected:
    ProjectDocument() {
        m_document.open(std::make_shared<const Project>(twoLayers()), {}, {});
        m_document.open(ProjectFile::create(m_path.toStdString(), m_document.project()), m_document.time());
    }
    bool add(const Incident& incident) {
        return m_document.edit([&](const SituationIndex& index, TimePoint now) {
            SituationEdit edit = addReports(index, {incident}, now);
            edit.name = "Add incident";
            return edit;
        });
    }
    // What another program would find now.
    std::shared_ptr<const Project> onDisk() const {
        Warnings warnings;
        auto project = loadProject(m_path.toStdString(), warnings);
        EXPECT_TRUE(warnings.empty());
        return project;
    }
    void reopen() {
        m_document.open(std::make_shared<const Project>(), {}, {}); // lets go of the file
        m_document.open(ProjectFile::open(m_path.toStdString()), {});
    }

    Files m_files;
    QString m_path = m_files.path("situation.gpkg");
    Document m_document;
};

} // namespace

TEST_F(ProjectDocument, ReportIsOnTheDiskWhenItIsShown) {
    ASSERT_TRUE(add(ambush()));
    EXPECT_EQ(onDisk()->situation->incidents.size(), 1U);
    EXPECT_EQ(m_document.project()->situation->incidents[0].head.place, "Diéma");
    EXPECT_EQ(m_document.index()->sharedSituation(), m_document.project()->situation);
}

TEST_F(ProjectDocument, LayerChangeIsOnTheDiskToo) {
    EXPECT_TRUE(
        m_document.apply("Hide b", withChangedLayer(*m_document.project(), "b", [](Layer& l) { l.visible = false; })));
    EXPECT_FALSE(findLayer(*onDisk(), "b")->visible);
    EXPECT_FALSE(m_document.hasUnsavedChanges());
}

TEST_F(ProjectDocument, UndoIsNamedAndOutlivesTheSession) {
    ASSERT_TRUE(add(ambush()));
    reopen();
    EXPECT_EQ(m_document.undoText(), "Add incident");
    QSignalSpy changes(&m_document, &Document::projectChanged);
    EXPECT_TRUE(m_document.undo());
    EXPECT_EQ(changes.size(), 1);
    const TimeFilter now;
    EXPECT_TRUE(m_document.index()->at(now).incidents.empty());
    EXPECT_EQ(m_document.redoText(), "Add incident");
    EXPECT_TRUE(m_document.redo());
    reopen();
    EXPECT_EQ(onDisk()->situation->incidents.size(), 2U); // an undo withdraws, a redo records again: nothing is erased
}

TEST_F(ProjectDocument, SecondDocumentReadsOnlyAndSaysWhy) {
    Document second;
    second.open(ProjectFile::open(m_path.toStdString()), {});
    EXPECT_FALSE(second.canEditReports());
    EXPECT_FALSE(second.undoText());
    QSignalSpy failures(&second, &Document::failed);
    const auto before = second.project();
    EXPECT_FALSE(second.apply("Hide b", withoutLayer(*second.project(), "b")));
    ASSERT_EQ(failures.size(), 1);
    EXPECT_TRUE(failures[0][0].toString().contains("situation.gpkg")) << failures[0][0].toString().toStdString();
    EXPECT_EQ(second.project(), before);
}

// The runner may take it to another thread, and its Cancel leaves everything as it was.
TEST_F(ProjectDocument, UndoIsLongWorkThatCanBeStopped) {
    ASSERT_TRUE(add(ambush()));
    const auto before = m_document.project();
    QStringList titles;
    std::stop_source stop;
    m_document.setRunner([&](const QString& title, const LongWork& work) {
        titles << title;
        work(stop.get_token(), [](double) {});
    });
    stop.request_stop();
    QSignalSpy failures(&m_document, &Document::failed);
    EXPECT_FALSE(m_document.undo());
    EXPECT_EQ(failures.size(), 0);
    EXPECT_EQ(m_document.project(), before);
    EXPECT_EQ(onDisk()->situation->incidents.size(), 1U);
    stop = std::stop_source();
    EXPECT_TRUE(m_document.undo());
    EXPECT_TRUE(onDisk()->situation->incidents[0].head.recorded.end.has_value());
    EXPECT_TRUE(m_document.redo());
    ASSERT_EQ(titles.size(), 3);
    EXPECT_TRUE(titles[1].startsWith("Undo: ") && titles[2].startsWith("Redo: ")) << titles.join("|").toStdString();
}

TEST_F(ProjectDocument, BadReportChangesNothing) {
    QSignalSpy failures(&m_document, &Document::failed);
    Incident inverted = ambush();
    inverted.head.valid.end = inverted.head.valid.begin - std::chrono::days(1);
    EXPECT_FALSE(add(inverted));
    EXPECT_EQ(failures.size(), 1);
    EXPECT_TRUE(onDisk()->situation->incidents.empty());
    EXPECT_FALSE(m_document.undoText());
}

TEST(MemoryDocument, KeepsNoReports) {
    Document document;
    document.open(std::make_shared<const Project>(twoLayers()), {"a.shp"}, {});
    EXPECT_FALSE(document.canEditReports());
    QSignalSpy failures(&document, &Document::failed);
    EXPECT_FALSE(
        document.edit([](const SituationIndex& index, TimePoint now) { return addReports(index, {ambush()}, now); }));
    EXPECT_EQ(failures.size(), 1);
}

TEST(MemoryDocument, KnowsWhetherItWasChanged) {
    Document document;
    document.open(std::make_shared<const Project>(twoLayers()), {"a.shp"}, {});
    EXPECT_FALSE(document.hasUnsavedChanges());
    document.apply("Remove b", withoutLayer(*document.project(), "b"));
    EXPECT_TRUE(document.hasUnsavedChanges());
    document.undo();
    EXPECT_FALSE(document.hasUnsavedChanges());
}

} // namespace cordon
