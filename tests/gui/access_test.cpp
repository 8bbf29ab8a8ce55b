// Who is cut off, in the window: asked, shown, told, kept up with dates, reports and what-ifs; never kept.
#include "app/gui/access_memory.h"
#include "tests/gui/access_fixture.h"

#include <QMenu>
#include <QSignalSpy>

namespace cordon {

TEST_F(AccessInWindow, AnswersFromANamedPlaceOnTheMapAndInTheTable) {
    const auto project = document().project();
    openPanel();
    EXPECT_TRUE(summary().contains("where supplies")) << summary().toStdString();
    from("Alpha");
    EXPECT_TRUE(summary().contains("Cut off: 3,000 people in 1 place.")) << summary().toStdString();
    EXPECT_TRUE(summary().contains("1 farther than 5.0 km from any road")) << summary().toStdString();
    EXPECT_EQ(rows().front(), "Charlie & Sons|3,000|cut off");
    EXPECT_EQ(rows().last(), "Echo|500|off the roads");
    EXPECT_TRUE(layerNames().contains("Reached by road")) << layerNames().join(", ").toStdString();
    EXPECT_FALSE(layerNames().contains("Road status"));
    EXPECT_EQ(chips(), QStringList("Access from Alpha, civilians"));
    EXPECT_EQ(document().project(), project); // nothing to keep, nothing to undo
    EXPECT_EQ(document().undoText(), std::nullopt);
    dock().hide();
    EXPECT_TRUE(layerNames().contains("Road status"));
    EXPECT_EQ(chips(), QStringList());
}

TEST_F(AccessInWindow, FollowsTheDateAndTheReports) {
    openPanel();
    from("Alpha");
    look("2025-10-17");
    EXPECT_TRUE(summary().contains("Nobody is cut off.")) << summary().toStdString();
    look("2025-10-20");
    EXPECT_TRUE(summary().contains("Cut off: 3,000")) << summary().toStdString();
    document().edit([](const SituationIndex& index, TimePoint now) { return withdrawReports(index, {"R1"}, now); });
    settle();
    EXPECT_TRUE(summary().contains("Nobody is cut off.")) << summary().toStdString();
}

TEST_F(AccessInWindow, SuggestsTheNearestNamesForAnUnknownPlace) {
    openPanel();
    from("Alfa");
    EXPECT_TRUE(panel().question().problem().contains("Alpha")) << panel().question().problem().toStdString();
    EXPECT_TRUE(live().query().origins.empty());
    EXPECT_EQ(panel().question().from().text(), "Alfa"); // to be mended
}

TEST_F(AccessInWindow, RefusesAStartFarFromAnyRoadWithTheDistance) {
    openPanel();
    from("Alpha");
    desk().toggleOrigin({-3, 10});
    settle();
    EXPECT_TRUE(summary().contains("km from the nearest road")) << summary().toStdString();
    EXPECT_FALSE(layerNames().contains("Reached by road")); // no old answer under a new question
    desk().toggleOrigin({-3, 10});
    settle();
    EXPECT_TRUE(summary().contains("Cut off: 3,000")) << summary().toStdString();
}

TEST_F(AccessInWindow, TellsTheStoryOfAClickedTown) {
    openPanel();
    from("Alpha");
    const QPointF at = *m_window.canvas().devicePositionOf({-6, 12.5}) / m_window.canvas().devicePixelRatioF();
    QTest::mouseClick(&m_window.canvas(), Qt::LeftButton, {}, at.toPoint());
    const QString story = panel().story();
    for (const char* words :
         {"Charlie & Sons: cut off", "3,000 people", "Normally", "What separates it", "R1", "Radio"})
        EXPECT_TRUE(story.contains(words)) << words << " is not in\n" << story.toStdString();
    QSignalSpy wanted(&panel(), &AccessPanel::reportWanted);
    QMetaObject::invokeMethod(panel().findChild<QTextBrowser*>(), "anchorClicked", Q_ARG(QUrl, QUrl("report:R1")));
    ASSERT_EQ(wanted.size(), 1);
    EXPECT_EQ(wanted[0][0].toString(), "R1");
}

TEST_F(AccessInWindow, ABlockageSaysWhomItCutsOffAndCanBeLifted) {
    openPanel();
    from("Alpha");
    QTreeWidget& tree = panel().lifts().tree();
    ASSERT_EQ(tree.topLevelItemCount(), 1);
    EXPECT_EQ(tree.topLevelItem(0)->text(0), "1");
    EXPECT_TRUE(tree.topLevelItem(0)->text(1).contains("R1"));
    EXPECT_TRUE(desk().panel().tellAt({-6.7, 12.5}, 2000)); // on the shut stretch
    EXPECT_TRUE(panel().story().contains("reconnects 3,000 people")) << panel().story().toStdString();
    panel().lifts().lift().click();
    settle();
    EXPECT_EQ(live().query().lifted, std::vector<std::string>{"R1"});
    EXPECT_TRUE(summary().contains("Nobody is cut off.")) << summary().toStdString();
    EXPECT_EQ(document().project()->situation->roadStatuses.size(), 1u); // the report stays
}

TEST_F(AccessInWindow, ARoadCanBeBlockedToSeeWhatIf) {
    openPanel();
    from("Alpha");
    QMenu menu;
    desk().fillMapMenu(menu, {-7.5, 12.5});
    const auto actions = menu.actions();
    const auto block = std::find_if(actions.begin(), actions.end(),
                                    [](const QAction* action) { return action->text().contains("Blocked Here"); });
    ASSERT_NE(block, actions.end());
    EXPECT_TRUE((*block)->text().contains("Main road")) << (*block)->text().toStdString();
    (*block)->trigger();
    settle();
    EXPECT_TRUE(summary().contains("Cut off: 5,000 people in 3 places, 1 of them of unknown"))
        << summary().toStdString();
    AccessQuery query = live().query();
    query.closed.clear();
    live().setQuery(query);
    settle();
    EXPECT_TRUE(summary().contains("Cut off: 3,000 people in 1 place.")) << summary().toStdString();
}

TEST_F(AccessInWindow, PolicyAndUserCountAtOnce) {
    openPanel();
    from("Alpha");
    desk().options().show(live().query(), {});
    AccessQuery query = live().query();
    ASSERT_TRUE(setPolicy(query.policy, "blocked=2"));
    emit desk().options().changed(query);
    settle();
    EXPECT_TRUE(summary().contains("Nobody is cut off.")) << summary().toStdString();
    EXPECT_TRUE(panel().findChild<AccessQuestionBar*>()->findChildren<QLabel*>().size() > 0);
    EXPECT_EQ(live().query().policy.byStatus[static_cast<std::size_t>(RoadStatusKind::Blocked)], 2);
}

TEST_F(AccessInWindow, WhatWasAskedIsRememberedButNotWhatIfs) {
    openPanel();
    from("Bravo");
    AccessQuery query = live().query();
    query.userClass = UserClass::Convoy;
    query.lifted = {"R1"};
    live().setQuery(query);
    settle();
    open(reportProject(), "other.gpkg");
    EXPECT_TRUE(live().query().origins.empty());
    open(accessProject());
    ASSERT_EQ(live().query().origins.size(), 1u);
    EXPECT_EQ(live().query().origins[0].name, "Bravo");
    EXPECT_EQ(live().query().userClass, UserClass::Convoy);
    EXPECT_TRUE(live().query().lifted.empty());
    settle();
    EXPECT_TRUE(summary().contains("Cut off: 3,000")) << summary().toStdString();
}

TEST_F(AccessInWindow, SaysWhatIsMissingWithoutRoads) {
    Project project;
    project = withLayer(project, layerWithIds(townTable(), LayerRole::Place));
    openPanel();
    open(project, "towns.gpkg");
    EXPECT_TRUE(summary().contains("no layer of roads")) << summary().toStdString();
}

TEST_F(AccessInWindow, PlacesAreFiltered) {
    openPanel();
    from("Alpha");
    panel().places().kind().setCurrentIndex(static_cast<int>(AccessPlaceFilter::Kind::CutOff));
    EXPECT_EQ(rows(), QStringList("Charlie & Sons|3,000|cut off"));
    panel().places().kind().setCurrentIndex(0);
    panel().places().words().setText("alp");
    EXPECT_EQ(rows(), QStringList("Alpha|1,000|reached"));
}

TEST_F(AccessInWindow, GoesThroughTheDays) {
    openPanel();
    from("Alpha");
    panel().tabs().setCurrentWidget(&panel().days());
    const auto fields = panel().days().findChildren<DateField*>();
    ASSERT_EQ(fields.size(), 2);
    for (int i = 0; i < 2; ++i) {
        fields[i]->edit().setText(i == 0 ? "2025-10-01" : "2025-10-31");
        QTest::keyClick(&fields[i]->edit(), Qt::Key_Return);
    }
    settle();
    ASSERT_TRUE(live().series());
    QTreeWidget& days = panel().days().days();
    ASSERT_EQ(days.topLevelItemCount(), 2);
    EXPECT_EQ(days.topLevelItem(1)->text(0), "18 Oct 2025");
    EXPECT_TRUE(days.topLevelItem(1)->text(3).contains("Newly cut off: Charlie & Sons."));
    EXPECT_TRUE(days.topLevelItem(1)->text(3).contains("Begun: R1 Place of R1."));
    emit days.itemClicked(days.topLevelItem(1), 0);
    EXPECT_EQ(document().time().asOf, parseAsOf("2025-10-18"));
    const AccessDayChart& chart = panel().days().chart();
    const double x = chart.xOf(std::chrono::sys_days{std::chrono::year{2025} / 10 / 20}) + 1;
    EXPECT_TRUE(chart.textAt(x).startsWith("20 Oct 2025\nCut off: 3,000")) << chart.textAt(x).toStdString();
}

TEST_F(AccessInWindow, GivesTheMapToChangesAndTakesItBack) {
    openPanel();
    from("Alpha");
    m_window.showChangesBetween(parseAsOf("2025-10-01"), parseAsOf("2025-10-20"));
    ASSERT_TRUE(waitFor([&] { return !m_window.changes().isBusy(); }));
    settle();
    EXPECT_TRUE(layerNames().contains("Road changes")) << layerNames().join(", ").toStdString();
    EXPECT_FALSE(layerNames().contains("Reached by road"));
    look("2025-10-21");
    ASSERT_TRUE(waitFor([&] { return !m_window.changes().isBusy(); }));
    EXPECT_TRUE(layerNames().contains("Road changes"));
    m_window.changes().leave();
    EXPECT_TRUE(layerNames().contains("Reached by road")) << layerNames().join(", ").toStdString();
    live().setShowsMap(false);
    EXPECT_TRUE(layerNames().contains("Road status"));
}

TEST_F(AccessInWindow, SavesTheTableOfPlaces) {
    openPanel();
    EXPECT_THROW(desk().saveTable(m_files.path("none.csv")), Error);
    from("Alpha");
    desk().saveTable(m_files.path("access.csv"));
    QFile file(m_files.path("access.csv"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    EXPECT_TRUE(text.startsWith("name,lon,lat,")) << text.toStdString();
    EXPECT_TRUE(text.contains("cut_off")) << text.toStdString();
    EXPECT_FALSE(text.contains("INTERNAL"));
}

TEST(AccessMemory, KeepsTheQuestion) {
    EXPECT_EQ(questionAsText({}), QString());
    AccessQuery query;
    query.origins = {{"Tombouctou \"T\"", {-3.0026, 16.7735}}, {"x", {-180, -90}}};
    query.userClass = UserClass::Humanitarian;
    query.season = Season::Rainy;
    query.vehicle = "4x4";
    query.loadTonnes = 7.5;
    query.budgetHours = 12;
    query.delayFactor = 3;
    for (const char* entry : {"blocked=2.5", "open=shut", "stale=open", "control.attack_zone=shut", "actor.JNIM=3",
                              "restriction=open", "restriction_transit=shut"})
        ASSERT_TRUE(setPolicy(query.policy, entry)) << entry;
    EXPECT_EQ(questionFromText(questionAsText(query)), query);
    EXPECT_EQ(questionFromText("{]"), AccessQuery());
    EXPECT_EQ(
        questionFromText(R"({"from":[{"name":"x","lon":"a"}],"delay_factor":-3,"policy":["x=y"]})").origins.size(), 0u);
}

} // namespace cordon
