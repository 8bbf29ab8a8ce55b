// Reports through the window's own widgets, into a project file.
#include "app/gui/lists_dialog.h"
#include "app/gui/main_window.h"
#include "app/gui/report_words.h"
#include "core/model/edit.h"
#include "core/model/shelf_life.h"
#include "tests/gui/report_fixture.h"

#include <QCompleter>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QSignalSpy>
#include <QTimer>

namespace cordon {

namespace {

class ReportsTest : public testing::Test {
protected:
    ReportsTest() {
        m_window.resize(1400, 900);
        m_window.show();
    }

    void open(Situation situation = {}) {
        ProjectFile::create(path().toStdString(), std::make_shared<const Project>(reportProject(std::move(situation))));
        load(path());
    }
    void load(const QString& file) {
        m_window.load({file}, MainWindow::Mode::Open);
        ASSERT_TRUE(waitFor([&] { return !m_window.isLoading(); }));
        for (QDockWidget* dock : m_window.findChildren<QDockWidget*>())
            if (dock->objectName() == "reports")
                dock->show();
        TimeFilter time = m_window.document().time();
        time.asOf = parseAsOf("2025-10-20");
        m_window.document().setTime(time);
        settle();
    }
    void settle() {
        ASSERT_TRUE(waitFor([&] { return !panel().isBusy() && panel().isVisible(); }));
    }

    QString path() const { return m_files.path("reports.gpkg"); }
    Document& document() { return m_window.document(); }
    ReportPanel& panel() { return m_window.reports().panel(); }
    RecordForm& form() { return m_window.reports().form(); }
    RecordFieldSet& fields() { return form().fields(); }

    QPushButton* button(const QString& text) {
        for (QPushButton* found : panel().findChildren<QPushButton*>())
            if (QString(found->text()).remove('&') == text)
                return found;
        ADD_FAILURE() << "no button " << text.toStdString();
        return nullptr;
    }
    void add(RecordKind kind) {
        button("Add")->menu()->actions()[static_cast<int>(kind)]->trigger();
        ASSERT_TRUE(form().isOpen());
    }
    void clickMap(LonLat place) {
        MapCanvas& canvas = m_window.canvas();
        const QPointF at = *canvas.devicePositionOf(place) / canvas.devicePixelRatioF();
        QTest::mouseMove(&canvas, at.toPoint());
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, at.toPoint());
    }
    void choose(const std::string& column, int index) { fields().combo(column).setCurrentIndex(index); }
    void select(const std::vector<int>& rows) {
        panel().view().clearSelection();
        for (const int row : rows)
            panel().view().selectionModel()->select(panel().model().index(row, 0),
                                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    // Rows as people read them: "kind|place|says|state".
    QStringList rows() {
        QStringList texts;
        const ReportListModel& model = panel().model();
        for (int row = 0; row < model.rowCount(); ++row) {
            QStringList cells;
            for (const int column :
                 {ReportListModel::Kind, ReportListModel::Place, ReportListModel::Says, ReportListModel::State})
                cells.append(model.index(row, column).data().toString());
            texts.append(cells.join('|'));
        }
        return texts;
    }
    // Answers the dialog that opens next.
    void answer(const std::function<void(QWidget&)>& how) {
        QTimer::singleShot(0, &m_window, [how] {
            ASSERT_NE(QApplication::activeModalWidget(), nullptr);
            how(*QApplication::activeModalWidget());
        });
    }
    static void press(QWidget& dialog, const QString& text) {
        for (QPushButton* found : dialog.findChildren<QPushButton*>())
            if (QString(found->text()).remove('&') == text)
                return found->click();
        ADD_FAILURE() << "no button " << text.toStdString();
    }
    static bool isField(const QWidget& widget) {
        return !widget.objectName().isEmpty() && !widget.objectName().startsWith("qt_") &&
               (qobject_cast<const QLineEdit*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
                qobject_cast<const QPlainTextEdit*>(&widget) || qobject_cast<const QCheckBox*>(&widget));
    }
    // Columns of the fields that can be seen, from top to bottom.
    std::string shownFields() {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        std::map<int, QString> byTop;
        for (const QWidget* found : fields().findChildren<QWidget*>())
            if (isField(*found) && found->isVisible() && found->height() >= found->fontMetrics().height())
                byTop[found->mapTo(&fields(), QPoint()).y()] = found->objectName();
        QStringList names;
        for (const auto& [top, name] : byTop)
            names.append(name);
        return names.join(' ').toStdString();
    }
    template <class T> std::vector<T> inFile() {
        const auto project = ProjectFile::open(path().toStdString(), ProjectAccess::ReadOnly).project();
        const auto& records = recordsOf<T>(*project->situation);
        return {records.begin(), records.end()};
    }

    const Files m_files;
    MainWindow m_window;
};

Situation threeRoads() {
    Situation situation;
    situation.roadStatuses = {blockedRoad("R1", "2025-10-18"), blockedRoad("R2", "2025-09-01"),
                              blockedRoad("R3", "2025-01-01")};
    situation.roadStatuses[1].status = RoadStatusKind::Open;
    situation.roadStatuses[1].cause = ObstacleType::Unknown;
    situation.roadStatuses[1].actor = "JNIM";
    situation.roadStatuses[1].head.grade = {'C', '3'};
    situation.roadStatuses[2].head.valid.end = parseTime("2025-02-01")->time;
    return situation;
}

} // namespace

TEST_F(ReportsTest, BlockedRoadIsAddedByClickingTheRoad) {
    open();
    add(RecordKind::RoadStatus);
    EXPECT_FALSE(form().saveButton().isEnabled());
    EXPECT_EQ(form().problem(), "Click the road on the map, or type its id.");
    clickMap({-6.5, 12.5});
    EXPECT_EQ(fields().text("place").text(), "Kita - Mopti"); // proposed
    EXPECT_TRUE(form().saveButton().isEnabled());
    choose("status", static_cast<int>(RoadStatusKind::Blocked));
    choose("cause_type", static_cast<int>(ObstacleType::Roadblock));
    fields().combo("actor").setEditText("group for support"); // an alias
    fields().text("valid_from").setText("2025-10-18");
    fields().combo("source").setEditText("Radio");
    fields().setGrade({'B', '3'});
    fields().text("valid_from").setFocus();
    QTest::keyClick(&fields().text("valid_from"), Qt::Key_Return, Qt::ControlModifier);
    ASSERT_FALSE(form().isOpen());
    settle();
    EXPECT_EQ(rows(), QStringList{"Road status|Kita - Mopti|blocked (roadblock)|In force"});
    EXPECT_EQ(document().undoText(), "Add Road status, Kita - Mopti");

    RoadStatus expected;
    expected.head.valid.begin = parseTime("2025-10-18")->time;
    expected.head.place = "Kita - Mopti";
    expected.head.source = "Radio";
    expected.head.grade = {'B', '3'};
    expected.head.precision = LocationPrecision::Segment;
    expected.roads = {{"76", 0, 1}};
    expected.status = RoadStatusKind::Blocked;
    expected.cause = ObstacleType::Roadblock;
    expected.actor = "JNIM";
    auto kept = inFile<RoadStatus>();
    ASSERT_EQ(kept.size(), 1U);
    expected.head.id = kept[0].head.id;
    expected.head.recorded = kept[0].head.recorded;
    EXPECT_EQ(kept[0], expected);
    EXPECT_FALSE(kept[0].head.recorded.end);

    ASSERT_TRUE(document().undo());
    settle();
    EXPECT_EQ(rows(), QStringList());
    kept = inFile<RoadStatus>();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_TRUE(kept[0].head.recorded.end); // withdrawn, not erased
    ASSERT_TRUE(document().redo());
    settle();
    EXPECT_EQ(rows().size(), 1);
}

TEST_F(ReportsTest, TownIsAPlaceAndSaveAndNewKeepsSourceAndDate) {
    open();
    add(RecordKind::Incident);
    EXPECT_FALSE(form().saveAndNewButton().isEnabled());
    emit fields().text("place").completer()->activated("Kita");
    EXPECT_TRUE(form().saveAndNewButton().isEnabled());
    choose("incident_type", static_cast<int>(IncidentType::Abduction));
    fields().combo("source").setEditText("Radio");
    fields().setGrade({'B', '2'});
    fields().text("valid_from").setText("2025-10-19");
    fields().text("fatalities_best").setText("2");
    QTest::keyClick(&fields().text("place"), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(form().isOpen());
    const Record next = form().record();
    EXPECT_EQ(headOf(next).source, "Radio");
    EXPECT_EQ(headOf(next).grade, (Grade{'B', '2'}));
    EXPECT_EQ(headOf(next).valid.begin, parseTime("2025-10-19")->time);
    EXPECT_EQ(headOf(next).place, "");
    EXPECT_EQ(std::get<Incident>(next).fatalitiesBest, std::nullopt);
    EXPECT_FALSE(form().saveButton().isEnabled()); // no place yet
    EXPECT_TRUE(form().mayClose());                // nothing was typed: nothing to ask
    form().cancelButton().click();
    EXPECT_FALSE(form().isOpen());
    const auto kept = inFile<Incident>();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].location, (LonLat{-7.5, 12.8}));
    EXPECT_EQ(kept[0].head.place, "Kita");
    EXPECT_EQ(kept[0].head.precision, LocationPrecision::Town);
    EXPECT_EQ(kept[0].fatalitiesBest, 2);
}

TEST_F(ReportsTest, AreaIsDrawnForAControlReport) {
    open();
    add(RecordKind::Control);
    for (const LonLat corner : {LonLat{-7.6, 12.2}, LonLat{-6.6, 12.2}, LonLat{-6.6, 12.8}})
        clickMap(corner);
    QTest::keyClick(&m_window.canvas(), Qt::Key_Return);
    EXPECT_EQ(form().problem(), "Say who: choose the actor.");
    fields().combo("actor").setEditText("Malian Armed Forces");
    ASSERT_TRUE(form().saveButton().isEnabled());
    form().saveButton().click();
    const auto kept = inFile<ControlArea>();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].actor, "FAMa");
    ASSERT_EQ(kept[0].area.parts.size(), 1U);
    EXPECT_EQ(kept[0].area.parts[0].points.size(), 4U);
}

TEST_F(ReportsTest, CorrectConfirmAndWithdrawAreOneStepEachAndStayInTheFile) {
    open(threeRoads());
    ASSERT_EQ(rows(),
              QStringList({"Road status|Place of R1|blocked (roadblock)|In force", "Road status|Place of R2|open|Stale",
                           "Road status|Place of R3|blocked (roadblock)|Ended"}));
    select({1});
    button("Correct...")->click();
    ASSERT_TRUE(form().isOpen());
    EXPECT_EQ(form().problem(), "Nothing is changed yet.");
    choose("status", static_cast<int>(RoadStatusKind::Restricted));
    fields().text("load_tonnes").setText("10");
    form().saveButton().click();
    settle();
    EXPECT_EQ(rows()[1], "Road status|Place of R2|restricted|Stale");
    EXPECT_EQ(document().undoText(), "Correct Road status, Place of R2");

    select({0, 1});
    button("Confirm")->click();
    settle();
    EXPECT_EQ(rows()[1], "Road status|Place of R2|restricted|In force");
    EXPECT_EQ(document().undoText(), "Confirm 2 reports");

    select({0, 1});
    answer([](QWidget& dialog) { press(dialog, "Withdraw"); });
    button("Withdraw...")->click();
    settle();
    EXPECT_EQ(rows(), QStringList{"Road status|Place of R3|blocked (roadblock)|Ended"});
    EXPECT_EQ(document().undoText(), "Withdraw 2 reports");
    ASSERT_TRUE(document().undo());
    settle();
    EXPECT_EQ(rows().size(), 3);

    const auto before = document().project();
    document().open(std::make_shared<const Project>(), {}, {}); // lets go of the file
    load(path());
    EXPECT_EQ(*document().project()->situation, *before->situation);
    EXPECT_EQ(rows().size(), 3);
    ASSERT_TRUE(document().undo()); // of the session before: the confirmation
    settle();
    EXPECT_EQ(rows()[1], "Road status|Place of R2|restricted|Stale");
}

TEST_F(ReportsTest, ReportEndsOnADay) {
    open(threeRoads());
    select({0});
    answer([](QWidget& dialog) {
        auto* date = dialog.findChild<QLineEdit*>();
        date->setText("October");
        emit date->textEdited(date->text()); // typing chooses that it ended
        for (QPushButton* found : dialog.findChildren<QPushButton*>())
            EXPECT_FALSE(found->text() == "End" && found->isEnabled());
        date->setText("2025-10-19");
        press(dialog, "End");
    });
    button("Withdraw...")->click();
    settle();
    EXPECT_EQ(rows()[0], "Road status|Place of R1|blocked (roadblock)|Ended");
    EXPECT_EQ(document().undoText(), "End Road status, Place of R1");
}

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

TEST_F(ReportsTest, WrongValuesAreSaidAtTheirFields) {
    open();
    add(RecordKind::Incident);
    clickMap({-6.2, 12.7});
    EXPECT_TRUE(form().saveButton().isEnabled());
    fields().text("valid_from").setText("20 Octember");
    EXPECT_FALSE(form().saveButton().isEnabled());
    EXPECT_TRUE(form().problem().startsWith("Write a date like 2025-10-18")) << form().problem().toStdString();
    fields().text("valid_from").setText("2025-10-18");
    fields().text("valid_to").setText("2025-10-18");
    EXPECT_TRUE(form().problem().startsWith("It must end after it begins")) << form().problem().toStdString();
    fields().text("valid_to").clear();
    fields().text("fatalities_best").setText("some");
    EXPECT_TRUE(form().problem().startsWith("Write a whole number")) << form().problem().toStdString();
    fields().text("fatalities_best").setText("3");
    fields().text("fatalities_low").setText("4");
    EXPECT_TRUE(form().problem().startsWith("The least cannot be more")) << form().problem().toStdString();
    fields().text("fatalities_low").setText("3");
    EXPECT_TRUE(form().saveButton().isEnabled());
    EXPECT_TRUE(form().isChanged());
    answer([](QWidget& dialog) { press(dialog, "Cancel"); });
    form().cancelButton().click();
    EXPECT_TRUE(form().isOpen()); // what was typed is not lost by one wrong key
    answer([](QWidget& dialog) { press(dialog, "Discard"); });
    form().cancelButton().click();
    EXPECT_FALSE(form().isOpen());
    EXPECT_EQ(inFile<Incident>().size(), 0U);
}

TEST_F(ReportsTest, EveryFormOfASessionShowsAllItsRows) {
    open();
    const QStringList when{"valid_from", "valid_to", "confirmed"},
        who{"source", "reliability", "credibility", "source_url", "location_precision", "note"};
    const QStringList incident{"incident_type",  "actor",           "other_actors",    "fatalities_best",
                               "fatalities_low", "fatalities_high", "acled_sub_event", "ucdp_violence"};
    const QStringList road{"status", "cause_type", "actor", "direction"};
    const QStringList control{"control_class", "basis", "actor", "other_actors"}, cause{"cause", "actor"};
    const std::vector<std::pair<RecordKind, QStringList>> expected{
        {RecordKind::RoadStatus, QStringList("place") + road + when + who},
        {RecordKind::Incident, QStringList("place") + incident + when + QStringList("date_precision") + who},
        {RecordKind::Control, QStringList("place") + control + when + who},
        {RecordKind::Restriction, QStringList("place") + cause + when + who},
        {RecordKind::Measure, QStringList("place") + cause + when + who},
    };
    for (int round = 0; round < 2; ++round) {
        for (const auto& [kind, names] : expected) {
            const std::string columns = names.join(' ').toStdString();
            add(kind);
            EXPECT_EQ(shownFields(), columns) << phraseOf(kind).toStdString() << " without a place";
            if (kind == RecordKind::RoadStatus)
                clickMap({-6.5, 12.5});
            else if (kind == RecordKind::Control)
                form().placeEditor().setPlace({{}, {}, {"P1", "P2"}});
            else
                clickMap({-6.2, 12.7});
            ASSERT_FALSE(form().placeEditor().place().isEmpty());
            EXPECT_EQ(shownFields(), columns) << phraseOf(kind).toStdString() << " with a place";
            fields().text("valid_to").setText("never"); // a problem said in a row of its own
            EXPECT_EQ(shownFields(), columns) << phraseOf(kind).toStdString() << " with a problem";
            form().end();
        }
    }
}

TEST_F(ReportsTest, WhereIsTypedToo) {
    open();
    add(RecordKind::RoadStatus);
    auto* typed = form().placeEditor().findChild<QLineEdit*>();
    QTest::keyClicks(typed, "77; 76:0.2-0.5");
    EXPECT_EQ(form().placeEditor().place().roads, (std::vector<RoadReference>{{"77", 0, 1}, {"76", 0.2, 0.5}}));
    typed->clear();
    QTest::keyClicks(typed, "76:0.5-0.2");
    EXPECT_FALSE(form().saveButton().isEnabled());
    EXPECT_TRUE(form().problem().contains("76:0.5-0.2")) << form().problem().toStdString();
    form().end();
    add(RecordKind::Restriction);
    QTest::keyClicks(typed, "12.65, -8.0");
    EXPECT_EQ(form().placeEditor().place(), (ReportPlace{pointGeometry({-8, 12.65}), {}, {}}));
}

TEST_F(ReportsTest, MapInMemoryAsksForAProjectFile) {
    document().open(std::make_shared<const Project>(reportProject(threeRoads())), {"roads.csv"}, {});
    panel().window()->findChild<QDockWidget*>("reports")->show();
    settle();
    EXPECT_EQ(rows().size(), 3); // reading is possible
    select({0});
    EXPECT_TRUE(button("Save as Project...")->isVisible());
    for (const char* name : {"Add", "Correct...", "Confirm", "Withdraw..."})
        EXPECT_FALSE(button(name)->isEnabled()) << name;
    EXPECT_TRUE(button("History")->isEnabled());
    m_window.reports().add(RecordKind::Incident);
    EXPECT_FALSE(form().isOpen());
}

TEST_F(ReportsTest, ReadOnlyFileSaysWhyAndCannotBeEdited) {
    open(threeRoads());
    MainWindow second; // the first has the file
    second.show();
    second.load({path()}, MainWindow::Mode::Open);
    ASSERT_TRUE(waitFor([&] { return !second.isLoading(); }));
    ASSERT_TRUE(second.document().file() && second.document().file()->isReadOnly());
    second.findChild<QDockWidget*>("reports")->show();
    ReportPanel& list = second.reports().panel();
    ASSERT_TRUE(waitFor([&] { return list.isVisible() && !list.isBusy(); }));
    EXPECT_EQ(list.model().rowCount(), 3);
    QStringList texts;
    for (const QLabel* label : list.findChildren<QLabel*>())
        if (label->isVisible())
            texts.append(label->text());
    EXPECT_TRUE(texts.contains(fromUtf8(second.document().file()->readOnlyReason()))) << texts.join('\n').toStdString();
    for (const QPushButton* found : list.findChildren<QPushButton*>())
        EXPECT_FALSE(found->isEnabled() && found->isVisible()) << found->text().toStdString();
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
    EXPECT_EQ(remarks, QStringList({"R1: Withdrawn or corrected.", "R1: Decides.",
                                    "R2: Overruled by R1: later, and graded as well or better.", "R3: Ended before."}));
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
