// What people decide in the assistant: which road a report means, whose file it is, and how it is told afterwards.
#include "app/gui/import_words.h"
#include "tests/gui/import_fixture.h"

#include <QPlainTextEdit>

namespace cordon {

namespace {

class ImportChoicesTest : public ImportAssistantTest {
protected:
    // At the crossing of the roads 76 and 77 the report means either; the second lies on 76.
    ImportAssistant& startWithReports() {
        return start({m_files.write("etat.csv", "etat,lat,lon,date\n"
                                                "bloqué,12.501,-5.501,2025-10-20\n"
                                                "bloqué,12.5005,-7.0,2025-10-20\n")});
    }
    static ImportRoads& roads(ImportAssistant& assistant) { return assistant.problems().roads(); }
    void choose(const QString& begin) {
        QComboBox& choice = roads(*m_assistant).choice();
        const int index = choice.findText(begin, Qt::MatchStartsWith);
        ASSERT_GE(index, 0) << begin.toStdString();
        choice.setCurrentIndex(index);
        emit choice.activated(index);
        settle();
    }
    std::string roadOf(int record) const {
        const auto& statuses = m_document.project()->situation->roadStatuses;
        const auto& references = statuses[static_cast<std::size_t>(record)].roads;
        return references.empty() ? "" : references[0].roadId;
    }
};

} // namespace

TEST_F(ImportChoicesTest, RoadIsPickedForAnAmbiguousReport) {
    openFile();
    ImportAssistant& assistant = startWithReports();
    ASSERT_EQ(assistant.session().entries().size(), 1U);
    ASSERT_TRUE(assistant.session().entries()[0].batch) << assistant.session().entries()[0].problem.toStdString();
    ASSERT_EQ(roads(assistant).undecided(), 1U);
    ASSERT_EQ(roads(assistant).count(), 2U);
    EXPECT_FALSE(roads(assistant).choice().isEnabled());
    roads(assistant).list().selectRow(0);
    EXPECT_EQ(roads(assistant).choice().currentIndex(), -1) << "nothing is chosen for the user";
    choose("77");
    EXPECT_EQ(roads(assistant).undecided(), 0U);
    import();
    EXPECT_EQ(roadOf(0), "77");
    EXPECT_EQ(roadOf(1), "76");
    ASSERT_TRUE(m_document.undo());
    const auto& statuses = m_document.project()->situation->roadStatuses;
    EXPECT_TRUE(std::ranges::all_of(statuses, [](const RoadStatus& s) { return s.head.recorded.end.has_value(); }));
}

TEST_F(ImportChoicesTest, ReportIsLeftAPointAndTheChoiceTakenBack) {
    openInMemory();
    ImportAssistant& assistant = startWithReports();
    const auto& report = [&]() -> const ImportReport& { return assistant.session().entries()[0].batch->report; };
    roads(assistant).list().selectRow(1); // on road 76, as the rules say
    EXPECT_TRUE(roads(assistant).choice().currentText().startsWith("76"));
    choose("On no road");
    EXPECT_EQ(report().snapped.size(), 0U);
    EXPECT_EQ(report().notSnapped.size(), 1U);
    choose("Decide as found");
    EXPECT_EQ(report().snapped.size(), 1U);
    EXPECT_TRUE(assistant.session().entries()[0].plan.roads.empty());
}

TEST_F(ImportChoicesTest, PresetIsChosenByHandAndWhatWasChosenBesideItStays) {
    openInMemory();
    ImportAssistant& assistant = start({m_files.write("some.csv", "date_start,latitude,longitude,side_a,best\n"
                                                                  "2025-10-20,12.5,-7.2,FAMa,3\n")});
    ASSERT_EQ(assistant.session().entries().size(), 1U);
    const auto& entry = [&]() -> const ImportSession::Entry& { return assistant.session().entries()[0]; };
    EXPECT_EQ(entry().plan.preset, "");
    EXPECT_EQ(entry().plan.target, ImportTarget::Points);
    ImportPlan plan = entry().plan;
    plan.timezone = "Africa/Bamako";
    assistant.session().setPlan(0, plan);
    QComboBox& preset = assistant.options().preset();
    preset.setCurrentText("UCDP GED");
    emit preset.activated(preset.currentIndex());
    settle();
    EXPECT_EQ(entry().plan.preset, "UCDP GED");
    EXPECT_EQ(entry().plan.target, ImportTarget::Incidents);
    EXPECT_EQ(entry().plan.columns[3].field, "actor");
    EXPECT_EQ(entry().plan.timezone, "Africa/Bamako");
    EXPECT_EQ(preset.currentText(), "UCDP GED");
    emit assistant.options().presetChosen(std::nullopt); // Recognise Anew
    settle();
    EXPECT_EQ(entry().plan.preset, "");
    EXPECT_EQ(entry().plan.target, ImportTarget::Points);
}

TEST_F(ImportChoicesTest, ReportSpeaksOfTheWindowsOwnControls) {
    openInMemory();
    ImportAssistant& assistant = start({m_files.write("points.csv", "nom,latitude,longitude,date\n"
                                                                    "A,-7.2,12.5,2025-10-20T10:00\n"
                                                                    "B,0,0,2025-10-20T10:00\n"
                                                                    "C,12.5,-7.3,2025-10-20T10:00\n")});
    import();
    const QString text = assistant.findChild<QPlainTextEdit*>()->toPlainText();
    EXPECT_TRUE(text.contains("'Swap Them'")) << text.toStdString();
    EXPECT_FALSE(text.contains("--")) << text.toStdString();
    assistant.saveReport(m_files.path("report.txt"));
    QFile file(m_files.path("report.txt"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_FALSE(file.readAll().contains("--"));
}

} // namespace cordon
