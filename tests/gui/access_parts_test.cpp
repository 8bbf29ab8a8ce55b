// The tabs beside who is cut off: corridors, the health of the roads; what would hurt most; what is kept and exported.
#include "tests/gui/access_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

namespace cordon {

namespace {

class AccessParts : public AccessInWindow {
protected:
    AccessCorridors& corridors() { return panel().corridors(); }
    const std::vector<SavedCorridor>& saved() { return document().project()->access.corridors; }
    void addCorridor(const QString& from, const QString& to) {
        corridors().from().setText(from);
        corridors().to().setText(to);
        corridors().add().click();
        settle();
    }
    // "Charlie & Sons – Alpha|shut", row by row.
    QStringList corridorRows() {
        QStringList rows;
        for (int i = 0; i < corridors().tree().topLevelItemCount(); ++i)
            rows += corridors().tree().topLevelItem(i)->text(0) + '|' + corridors().tree().topLevelItem(i)->text(1);
        return rows;
    }
    QStringList roadRows() {
        QStringList rows;
        const QTreeWidget& tree = panel().roads().tree();
        for (int i = 0; i < tree.topLevelItemCount(); ++i) {
            rows += tree.topLevelItem(i)->text(0);
            for (int k = 0; k < tree.topLevelItem(i)->childCount(); ++k)
                rows += "  " + tree.topLevelItem(i)->child(k)->text(0) + '|' + tree.topLevelItem(i)->child(k)->text(1);
        }
        return rows;
    }
    QByteArray contentOf(const QString& path) {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
        return file.readAll();
    }
};

// A road to Foxtrot begins 100 m beside the main road.
Project projectWithAGap() {
    Project project = accessProject();
    for (auto& layer : project.layers) {
        auto changed = std::make_shared<Layer>(*layer);
        if (layer->role == LayerRole::Road)
            changed->table = namedTable("Roads", PartRole::Line,
                                        {{{-8, 12.5}, {-7, 12.5}, {-6, 12.5}}, {{-7.5, 12.5009}, {-7.5, 13}}},
                                        {"1", "3"}, {"Main road", "Gap road"});
        if (layer->role == LayerRole::Place)
            changed->table = namedTable("Towns", PartRole::Points, {{{-8, 12.5}}, {{-7.5, 13}}, {{-3, 10}}},
                                        {"1", "6", "5"}, {"Alpha", "Foxtrot", "Echo"});
        layer = changed;
    }
    return project;
}

} // namespace

TEST_F(AccessParts, ACorridorIsKeptToldRenamedAndTakenBack) {
    openPanel();
    from("Bravo");
    panel().tabs().setCurrentWidget(&corridors());
    settle();
    addCorridor("Charlie & Sons", "alpha");
    ASSERT_EQ(saved().size(), 1u) << corridors().problem().toStdString();
    EXPECT_EQ(corridorRows(), QStringList(QString::fromUtf8("Charlie & Sons – alpha|shut")));
    EXPECT_TRUE(corridors().tree().topLevelItem(0)->text(3).contains("km"));
    QSignalSpy shown(&panel(), &AccessPanel::highlightWanted);
    emit corridors().tree().itemClicked(corridors().tree().topLevelItem(0), 0);
    for (const char* words : {"shut", "Charlie & Sons to Alpha", "Normally", "What shuts it", "R1"})
        EXPECT_TRUE(panel().story().contains(words)) << words << " is not in\n" << panel().story().toStdString();
    ASSERT_FALSE(shown.isEmpty());
    const GeoBox box = shown.last()[0].value<MapSketch>().box();
    EXPECT_NEAR(box.minX, -8, 0.01); // the normal way, though there is none today
    EXPECT_NEAR(box.maxX, -6, 0.01);

    look("2025-10-17");
    EXPECT_EQ(corridorRows(), QStringList(QString::fromUtf8("Charlie & Sons – alpha|open")));
    EXPECT_TRUE(panel().story().contains("Today the same")) << panel().story().toStdString();

    corridors().tree().topLevelItem(0)->setText(0, "South road");
    ASSERT_TRUE(waitFor([&] { return saved()[0].name == "South road"; }));
    settle();
    EXPECT_EQ(corridorRows(), QStringList("South road|open"));
    EXPECT_EQ(document().undoText(), std::optional(QString::fromUtf8("Rename Corridor Charlie & Sons – alpha")));
    corridors().tree().setCurrentItem(corridors().tree().topLevelItem(0));
    corridors().remove().click();
    settle();
    EXPECT_TRUE(saved().empty());
    EXPECT_EQ(corridors().tree().topLevelItemCount(), 0);
    document().undo();
    settle();
    EXPECT_EQ(corridorRows(), QStringList("South road|open"));
}

TEST_F(AccessParts, CorridorsAreToldWithoutAPlaceToStartFrom) {
    openPanel();
    addCorridor("Charlie & Sons", "Alpha");
    EXPECT_EQ(corridorRows(), QStringList(QString::fromUtf8("Charlie & Sons – Alpha|shut")));
    emit corridors().tree().itemClicked(corridors().tree().topLevelItem(0), 0);
    EXPECT_TRUE(panel().story().contains("R1")) << panel().story().toStdString();
    EXPECT_FALSE(live().finding());
}

TEST_F(AccessParts, ACorridorThatLeadsNowhereIsRefusedInWords) {
    openPanel();
    addCorridor("Alfa", "Bravo");
    EXPECT_TRUE(corridors().problem().contains("Alpha")) << corridors().problem().toStdString();
    addCorridor("Alpha", "Alpha");
    EXPECT_TRUE(corridors().problem().contains("nowhere")) << corridors().problem().toStdString();
    addCorridor("Alpha", "");
    EXPECT_TRUE(corridors().problem().contains("both ends")) << corridors().problem().toStdString();
    EXPECT_TRUE(saved().empty());
    addCorridor("Alpha", "Bravo");
    EXPECT_EQ(corridors().problem(), QString());
    addCorridor("Alpha", "Bravo");
    EXPECT_TRUE(corridors().problem().contains("already")) << corridors().problem().toStdString();
    EXPECT_EQ(saved().size(), 1u);
}

TEST_F(AccessParts, TwoClicksOnTownsMakeACorridor) {
    openPanel();
    desk().takeCorridorEnd({-7.5, 12.2});
    EXPECT_TRUE(corridors().problem().contains("No place")) << corridors().problem().toStdString();
    desk().takeCorridorEnd({-8, 12.5});
    EXPECT_EQ(corridors().from().text(), "Alpha");
    desk().takeCorridorEnd({-6, 12.5});
    settle();
    EXPECT_EQ(corridorRows(), QStringList(QString::fromUtf8("Alpha – Charlie & Sons|shut")));
    EXPECT_EQ(corridors().from().text(), QString());
}

TEST_F(AccessParts, CorridorsAreFollowedThroughTheDays) {
    openPanel();
    from("Bravo");
    addCorridor("Charlie & Sons", "Alpha");
    panel().tabs().setCurrentWidget(&corridors());
    settle();
    ASSERT_TRUE(live().series());
    const AccessDayChart& chart = corridors().chart();
    const auto stateOn = [&](std::chrono::sys_days day) { return chart.textAt(chart.xOf(day) + 1); };
    using namespace std::chrono;
    EXPECT_TRUE(stateOn(sys_days{2025y / 10 / 18}).endsWith(": shut"));
    QSignalSpy looked(&chart, &AccessDayChart::asOfWanted);
    QTest::mouseClick(&corridors().chart(), Qt::LeftButton, {},
                      QPoint(static_cast<int>(chart.xOf(sys_days{2025y / 10 / 25})) + 1, 20));
    ASSERT_EQ(looked.size(), 1);
    settle();
    EXPECT_GT(document().time().asOf, parseAsOf("2025-10-20"));
    addCorridor("Bravo", "Alpha"); // a further lane
    ASSERT_TRUE(waitFor([&] { return live().hasSeries() && !live().isBusy(); }));
    EXPECT_EQ(live().series()->report.series.front().corridors.size(), 2u);
}

TEST_F(AccessParts, ALooseEndIsJoinedWithAClickAndPartedByUndo) {
    open(projectWithAGap(), "gap.gpkg");
    openPanel();
    from("Alpha");
    EXPECT_EQ(live().finding()->report.answer.places[1].kind, ReachKind::Island);
    panel().tabs().setCurrentWidget(&panel().roads());
    const QStringList before = roadRows();
    ASSERT_GE(before.size(), 4) << before.join('\n').toStdString();
    EXPECT_EQ(before[0], "Loose ends near another road: 1");
    EXPECT_EQ(before[1], "  Gap road (3) ends near Main road (1)|100 m");
    EXPECT_TRUE(before.contains("Islands: 1")) << before.join('\n').toStdString();
    EXPECT_TRUE(before.contains("Places farther than 5.0 km from any road: 1")) << before.join('\n').toStdString();
    QSignalSpy shown(&panel(), &AccessPanel::zoomWanted);
    QTreeWidget& tree = panel().roads().tree();
    tree.setCurrentItem(tree.topLevelItem(0)->child(0));
    ASSERT_FALSE(shown.isEmpty());
    EXPECT_TRUE(shown.last()[0].value<GeoBox>().contains(-7.5, 12.5009));
    panel().roads().join().click();
    settle();
    EXPECT_EQ(document().project()->access.joins.size(), 1u);
    EXPECT_EQ(live().finding()->report.answer.places[1].kind, ReachKind::Reached);
    EXPECT_EQ(roadRows()[0], "Joined by hand: 1") << roadRows().join('\n').toStdString();
    document().undo();
    settle();
    EXPECT_EQ(live().finding()->report.answer.places[1].kind, ReachKind::Island);
    EXPECT_EQ(roadRows(), before);
    panel().roads().nearMeters().setValue(99);
    EXPECT_FALSE(panel().roads().joinNear().isEnabled());
    panel().roads().nearMeters().setValue(120);
    panel().roads().joinNear().click();
    settle();
    EXPECT_EQ(document().project()->access.joins.size(), 1u);
    tree.setCurrentItem(tree.topLevelItem(0)->child(0));
    panel().roads().join().click(); // now it parts them
    settle();
    EXPECT_EQ(roadRows(), before);
}

TEST_F(AccessParts, WhatWouldHurtMostIsFoundWhenAskedForAndInNoExport) {
    openPanel();
    AccessCritical& critical = desk().critical();
    critical.ask();
    EXPECT_TRUE(critical.state().contains("place to start from")) << critical.state().toStdString();
    from("Alpha");
    look("2025-10-17");
    EXPECT_EQ(critical.tree().topLevelItemCount(), 0); // not unasked
    critical.ask();
    settle();
    ASSERT_GE(critical.tree().topLevelItemCount(), 2);
    EXPECT_EQ(critical.tree().topLevelItem(0)->text(0), "Main road (1)");
    EXPECT_TRUE(critical.tree().topLevelItem(0)->text(1).startsWith("5,000 people in 3 places"))
        << critical.tree().topLevelItem(0)->text(1).toStdString();
    bool isMarked = false;
    for (const QLabel* label : critical.findChildren<QLabel*>())
        isMarked = isMarked || label->text().contains("INTERNAL");
    EXPECT_TRUE(isMarked);
    desk().saveTable(m_files.path("access.csv"));
    desk().saveJson(m_files.path("access.json"));
    EXPECT_FALSE(contentOf(m_files.path("access.csv")).toLower().contains("internal"));
    EXPECT_FALSE(contentOf(m_files.path("access.json")).toLower().contains("internal"));
    look("2025-10-20");
    EXPECT_EQ(critical.tree().topLevelItemCount(), 0);
    EXPECT_TRUE(critical.state().contains("changed")) << critical.state().toStdString();
}

TEST_F(AccessParts, SavesTheAnswerAsJson) {
    openPanel();
    EXPECT_THROW(desk().saveJson(m_files.path("none.json")), Error);
    from("Alpha");
    addCorridor("Charlie & Sons", "Alpha");
    panel().tabs().setCurrentWidget(&panel().days());
    settle();
    desk().saveJson(m_files.path("access.json"));
    const QJsonObject answer = QJsonDocument::fromJson(contentOf(m_files.path("access.json"))).object();
    EXPECT_EQ(answer["summary"]["cut_off"]["people"].toDouble(), 3000);
    EXPECT_EQ(answer["corridors"][0]["state"].toString(), "shut");
    EXPECT_EQ(answer["blockages"][0]["lifted"][0]["reports"][0].toString(), "R1");
    EXPECT_GT(answer["series"].toArray().size(), 10);
}

TEST_F(AccessParts, SavedAsAProjectAMapIsAskedTheSame) {
    const QString csv = m_files.write("towns.csv", "name,lon,lat,population\nAlpha,-8,12.5,1000\nBravo,-7,12.5,2000\n");
    const QString roads = m_files.write(
        "roads.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"1"},)"
                         R"("geometry":{"type":"LineString","coordinates":[[-8,12.5],[-7,12.5]]}}]})");
    m_window.load({csv, roads}, MainWindow::Mode::Open);
    ASSERT_TRUE(waitFor([&] { return !m_window.isLoading(); }));
    openPanel();
    from("Bravo");
    ASSERT_EQ(live().query().origins.size(), 1u);
    ASSERT_TRUE(m_window.saveAsProject(m_files.path("saved.gpkg")));
    settle();
    ASSERT_EQ(live().query().origins.size(), 1u);
    EXPECT_EQ(live().query().origins[0].name, "Bravo");
    EXPECT_TRUE(live().finding());
}

} // namespace cordon
