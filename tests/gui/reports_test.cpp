// Reports through the window's own widgets, into a project file.
#include "app/gui/report_words.h"
#include "core/model/edit.h"
#include "tests/gui/reports_window.h"

#include <QCompleter>
#include <QFileInfo>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTreeWidget>

namespace cordon {

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

TEST_F(ReportsTest, ReportPutOnARoadIsShownSoAndPutBackAsAPoint) {
    Situation situation = threeRoads();
    RoadStatus& linked = situation.roadStatuses[0];
    linked.geometry = {SmallGeometry::Kind::Point, {{{{-6.5, 12.502}}, false}}};
    linked.roads = {{"76", 0.3, 0.4}};
    const RoadStatus before = linked;
    open(situation);
    clickMap({-6.5, 12.5});
    ASSERT_TRUE(waitFor([&] { return m_window.identifyPanel().asText().contains("put on a road"); }));
    const QString shown = m_window.identifyPanel().asText();
    EXPECT_TRUE(shown.contains("12.50200, -6.50000, put on a road: 221 m from road 76 Kita - Mopti at 0.36"))
        << shown.toStdString();
    const auto putBack = [&](const std::string& id) -> QAction* {
        static QMenu menu;
        menu.clear();
        m_window.reports().fillFindMenu(menu, {{}, {}, {}, id, {}, {}, {}});
        for (QAction* action : menu.actions())
            if (QString(action->text()).remove('&') == "Put Back as a Point")
                return action;
        return nullptr;
    };
    EXPECT_EQ(putBack("R2"), nullptr) << "it never was a point";
    ASSERT_NE(putBack("R1"), nullptr);
    putBack("R1")->trigger();
    settle();
    EXPECT_EQ(document().undoText(), "Put Back as a Point: Road status, Place of R1");
    const auto kept = inFile<RoadStatus>();
    ASSERT_EQ(kept.size(), 4U) << "the version on the road stays in the history";
    EXPECT_TRUE(kept.back().roads.empty());
    EXPECT_EQ(kept.back().geometry, before.geometry);
    EXPECT_EQ(putBack("R1"), nullptr);
    m_window.reports().showHistory("R1");
    const auto* tree = m_window.reports().history().findChild<QTreeWidget*>();
    ASSERT_EQ(tree->topLevelItemCount(), 2);
    EXPECT_TRUE(tree->topLevelItem(1)->text(5).contains("221 m from road 76"))
        << tree->topLevelItem(1)->text(5).toStdString();
    m_window.reports().history().close();
    ASSERT_TRUE(document().undo());
    settle();
    EXPECT_NE(putBack("R1"), nullptr);
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

TEST_F(ReportsTest, MenuOffersAProjectFileForAMapInMemory) {
    document().open(std::make_shared<const Project>(reportProject()), {"roads.csv"}, {});
    QString question;
    answer([&](QWidget& dialog) {
        question = static_cast<QMessageBox&>(dialog).text();
        press(dialog, "Cancel");
    });
    for (QAction* action : m_window.findChildren<QAction*>())
        if (action->text() == "New Incident...") {
            EXPECT_TRUE(action->isEnabled());
            action->trigger();
        }
    EXPECT_EQ(question, "Reports are kept in a project file, and this map is not in one.");
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

} // namespace cordon
