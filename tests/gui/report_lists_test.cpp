// Lists of reports: filters, sorting, the work list, histories, actors and sources.
#include "app/gui/lists_dialog.h"
#include "app/gui/report_words.h"
#include "core/model/edit.h"
#include "core/model/shelf_life.h"
#include "tests/gui/reports_window.h"

namespace cordon {

TEST_F(ReportsTest, FiltersLeaveOut) {
    open(threeRoads());
    ReportFilterBar& bar = panel().filterBar();
    const auto combo = [&](const QString& name) -> QComboBox& {
        for (QComboBox* found : bar.findChildren<QComboBox*>())
            if (found->accessibleName() == name)
                return *found;
        throw std::runtime_error("no such filter");
    };
    const auto idsWith = [&](const QString& name, int index) {
        combo(name).setCurrentIndex(index);
        settle();
        QStringList ids;
        for (int row = 0; row < panel().model().rowCount(); ++row)
            ids.append(fromUtf8(panel().model().headAt(row).id));
        bar.clear();
        return ids;
    };
    EXPECT_EQ(idsWith("Kind", 1 + static_cast<int>(RecordKind::Incident)), QStringList());
    EXPECT_EQ(idsWith("Kind", 1 + static_cast<int>(RecordKind::RoadStatus)), QStringList({"R1", "R2", "R3"}));
    EXPECT_EQ(idsWith("State", 1 + static_cast<int>(ReportState::Stale)), QStringList({"R2"}));
    EXPECT_EQ(idsWith("Actor", 1), QStringList({"R2"})); // JNIM
    EXPECT_EQ(idsWith("Least grade", combo("Least grade").findData("B2")), QStringList({"R1", "R3"}));
    EXPECT_EQ(idsWith("Age", combo("Age").findData(30)), QStringList({"R2", "R3"}));
    auto* search = bar.findChild<QLineEdit*>();
    search->setText("of r3");
    settle();
    EXPECT_EQ(rows(), QStringList{"Road status|Place of R3|blocked (roadblock)|Ended"});
    search->clear();
    document().edit([](const SituationIndex& index, TimePoint now) { return withdrawReport(index, "R1", now); });
    settle();
    EXPECT_EQ(rows().size(), 2);
    bar.findChild<QCheckBox*>()->setChecked(true);
    settle();
    EXPECT_EQ(rows()[0], "Road status|Place of R1|blocked (roadblock)|Withdrawn");
}

TEST_F(ReportsTest, ListIsSortedByAColumnAndFollowsTheDate) {
    open(threeRoads());
    panel().view().sortByColumn(ReportListModel::GradeCode, Qt::DescendingOrder);
    settle();
    EXPECT_EQ(panel().model().headAt(0).id, "R2");
    panel().view().sortByColumn(ReportListModel::From, Qt::AscendingOrder);
    settle();
    EXPECT_EQ(panel().model().headAt(0).id, "R3");
    TimeFilter time = document().time();
    time.asOf = parseAsOf("2025-01-15");
    document().setTime(time);
    settle();
    EXPECT_EQ(rows()[0], "Road status|Place of R3|blocked (roadblock)|In force");
    EXPECT_EQ(rows()[2], "Road status|Place of R1|blocked (roadblock)|Not yet");
    time.knownBy = parseAsOf("2025-09-30");
    document().setTime(time);
    settle();
    EXPECT_EQ(rows().size(), 2); // R1 was not known then
}

TEST_F(ReportsTest, WorkListNamesWhatIsStaleAndConfirmingTakesItOff) {
    open(threeRoads());
    // R1 overrules R2: same road, later, better graded.
    document().edit([](const SituationIndex& index, TimePoint now) { return withdrawReport(index, "R1", now); });
    WorkListPanel& work = m_window.reports().workList();
    ASSERT_TRUE(waitFor([&] { return !work.isBusy(); }));
    ASSERT_EQ(work.items().size(), 1U);
    EXPECT_EQ(work.items()[0].kind, WorkKind::StaleReport);
    EXPECT_EQ(work.items()[0].ids, std::vector<std::string>{"R2"});
    EXPECT_TRUE(work.items()[0].text.ends_with("confirm, correct or end the report of 1 Sep 2025 by Radio."))
        << work.items()[0].text; // in words, not by id
    work.tree().topLevelItem(0)->child(0)->setSelected(true);
    for (QPushButton* found : work.findChildren<QPushButton*>())
        if (found->text() == "Con&firm")
            found->click();
    ASSERT_TRUE(waitFor([&] { return !work.isBusy(); }));
    EXPECT_EQ(work.items().size(), 0U);
    EXPECT_EQ(document().undoText(), "Confirm Road status, Place of R2");
}

TEST_F(ReportsTest, HistoriesTellWhatChangedAndWhichReportDecides) {
    open(threeRoads());
    document().edit([](const SituationIndex& index, TimePoint now) {
        RoadStatus changed = std::get<RoadStatus>(historyOf(index, "R1").back());
        changed.status = RoadStatusKind::Difficult;
        return correctReport(index, changed, now);
    });
    m_window.reports().showHistory("R1");
    const HistoryTable& table = m_window.reports().history().table();
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0].remark.toStdString(), "status: blocked → difficult");
    EXPECT_EQ(table.rows[1].remark, "first recorded");
    m_window.reports().showRoadHistory("76");
    EXPECT_EQ(table.title, "Kita - Mopti (76)");
    EXPECT_EQ(table.verdicts, QStringList{"20 Oct 2025: difficult (whole)"});
    ASSERT_EQ(table.rows.size(), 4U);
    QStringList remarks;
    for (const HistoryRow& row : table.rows)
        remarks.append(fromUtf8(row.id) + ": " + row.remark);
    EXPECT_EQ(remarks,
              QStringList({"R1: Withdrawn or corrected.", "R1: Decides.",
                           "R2: Overruled by the report of 18 Oct 2025 by Radio: later, and graded as well or better.",
                           "R3: Ended before."}));
}

TEST_F(ReportsTest, ActorsSourcesAndShelfLivesAreEdited) {
    open(threeRoads());
    Situation expected = *document().project()->situation;
    answer([](QWidget& widget) {
        auto& dialog = dynamic_cast<ListsDialog&>(widget);
        dialog.actors().item(0, 1)->setText("JNIM and allies");
        dialog.actors().item(0, 5)->setText("Group for Support; GSIM");
        press(*dialog.actors().parentWidget(), "Add");
        const int row = dialog.actors().rowCount() - 1;
        dialog.actors().item(row, 1)->setText("Dozo");
        for (const QPushButton* save : dialog.findChildren<QPushButton*>())
            EXPECT_FALSE(save->text().remove('&') == "Save" && save->isEnabled()); // it has no id yet
        dialog.actors().item(row, 0)->setText("DOZO");
        for (int life = 0; life < dialog.shelfLives().rowCount(); ++life)
            if (dialog.shelfLives().item(life, 0)->data(Qt::UserRole).toString() == "road.roadblock")
                dialog.shelfLives().item(life, 1)->setText("1");
        press(dialog, "Save");
    });
    button("Actors...")->click();
    settle();
    expected.actors[0].name = "JNIM and allies";
    expected.actors[0].aliases = {"Group for Support", "GSIM"};
    expected.actors.push_back({"DOZO", "Dozo"});
    ASSERT_TRUE(setShelfLife(expected.shelfLives, "road.roadblock", 1));
    EXPECT_EQ(document().project()->situation->actors, expected.actors);
    EXPECT_EQ(document().project()->situation->shelfLives, expected.shelfLives);
    EXPECT_EQ(*document().project()->situation, expected);
    EXPECT_EQ(rows()[0], "Road status|Place of R1|blocked (roadblock)|Stale");
    EXPECT_EQ(document().undoText(), "Edit Actors and Sources");
    ASSERT_TRUE(document().undo());
    settle();
    EXPECT_EQ(rows()[0], "Road status|Place of R1|blocked (roadblock)|In force");
}

TEST_F(ReportsTest, TwentyThousandReportsAreListed) {
    Situation situation;
    for (int i = 0; i < 20000; ++i) {
        Incident incident;
        incident.head.id = "I" + std::to_string(i);
        incident.head.valid.begin = parseTime("2025-01-01")->time + std::chrono::hours(i % 7000);
        incident.head.recorded.begin = incident.head.valid.begin;
        incident.location = {-7, 12.3};
        incident.actor = "JNIM";
        situation.incidents.push_back(incident);
    }
    open(std::move(situation));
    EXPECT_EQ(panel().model().rowCount(), 20000);
    panel().view().sortByColumn(ReportListModel::Age, Qt::DescendingOrder);
    settle();
    EXPECT_EQ(panel().model().headAt(0).valid.begin, parseTime("2025-01-01")->time);
    panel().showReport("I19999");
    settle();
    ASSERT_EQ(panel().view().selectionModel()->selectedRows().size(), 1);
    EXPECT_EQ(panel().model().headAt(panel().view().selectionModel()->selectedRows()[0].row()).id, "I19999");
}

} // namespace cordon
