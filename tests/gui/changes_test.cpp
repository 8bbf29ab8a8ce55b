// Changes between two dates in the window: shown, listed, left; never kept.
#include "app/gui/change_map.h"
#include "app/gui/change_panel.h"
#include "app/gui/main_window.h"
#include "app/gui/map_chip.h"
#include "core/io/data_folder.h"
#include "tests/gui/gui_fixture.h"

#include <QFileInfo>
#include <QSignalSpy>

namespace cordon {

namespace {

class ChangesInWindow : public testing::Test {
protected:
    void SetUp() override {
        if (!QFileInfo::exists(QString::fromStdString(sampleRecipePath())))
            GTEST_SKIP() << "the sample is missing";
        m_window.resize(1200, 800);
        m_window.show();
        m_window.openSample();
        ASSERT_TRUE(waitFor([&] { return !m_window.isLoading(); }));
    }
    void compare(const char* from, const char* to) {
        m_window.showChangesBetween(parseAsOf(from), parseAsOf(to));
        ASSERT_TRUE(waitFor([&] { return !m_window.changes().isBusy(); }));
    }
    QStringList layerNames() const {
        QStringList names;
        for (const auto& layer : m_window.canvas().scene().project->layers)
            names += QString::fromStdString(layer->name);
        return names;
    }
    QStringList chips() const {
        QStringList texts;
        for (const MapChip* chip : m_window.findChildren<MapChip*>())
            if (!chip->text().isEmpty())
                texts += chip->text();
        return texts;
    }

    mutable MainWindow m_window;
};

} // namespace

TEST_F(ChangesInWindow, ShowsChangesInPlaceOfTheSituationUntilEscape) {
    const QStringList before = layerNames();
    const auto project = m_window.document().project();
    compare("2025-09-01", "2025-11-15");
    EXPECT_TRUE(layerNames().contains("Road changes")) << layerNames().join(", ").toStdString();
    EXPECT_FALSE(layerNames().contains("Road status"));
    EXPECT_EQ(chips(), QStringList(QString::fromUtf8("Changes 2025-09-01 → 2025-11-15")));
    EXPECT_EQ(m_window.document().project(), project); // nothing to keep, nothing to undo
    EXPECT_EQ(m_window.document().undoText(), std::nullopt);
    QTest::keyClick(&m_window.canvas(), Qt::Key_Escape);
    EXPECT_FALSE(m_window.changes().isOn());
    EXPECT_EQ(layerNames(), before);
    EXPECT_EQ(chips(), QStringList());
}

TEST_F(ChangesInWindow, ListsWhatChangedAndZoomsToIt) {
    compare("2025-09-01", "2025-11-15");
    const QString text = m_window.changePanel().asText();
    for (const QString words : {"Roads: newly blocked", "Kayes", "Nioro", "Kolondiéba", "Léré", "on the ground"})
        EXPECT_TRUE(text.contains(words)) << words.toStdString() << " is not in\n" << text.toStdString();
    auto* tree = m_window.changePanel().findChild<QTreeWidget*>();
    QTreeWidgetItem* road = tree->topLevelItem(0)->child(0);
    QSignalSpy zoomed(&m_window.changePanel(), &ChangePanel::zoomWanted);
    const MapView before = m_window.canvas().view();
    emit tree->itemClicked(road, 0);
    ASSERT_EQ(zoomed.size(), 1);
    EXPECT_LT(m_window.canvas().view().unitsPerPx, before.unitsPerPx);
}

TEST_F(ChangesInWindow, FollowsTheAsOfDate) {
    compare("2025-09-01", "2025-11-15");
    const std::size_t rows = m_window.changePanel().rows().size();
    TimeFilter time = m_window.document().time();
    time.asOf = parseAsOf("2025-09-02");
    m_window.document().setTime(time);
    ASSERT_TRUE(waitFor([&] { return !m_window.changes().isBusy(); }));
    EXPECT_LT(m_window.changePanel().rows().size(), rows);
    EXPECT_EQ(m_window.changes().query().after.asOf, parseAsOf("2025-09-02"));
    time.asOf = parseAsOf("2025-08-01"); // before the other one: they change places
    m_window.document().setTime(time);
    ASSERT_TRUE(waitFor([&] { return !m_window.changes().isBusy(); }));
    EXPECT_EQ(m_window.changes().query().before.asOf, parseAsOf("2025-08-01"));
    EXPECT_EQ(m_window.changes().query().after.asOf, parseAsOf("2025-09-01"));
}

TEST_F(ChangesInWindow, FollowsLayersAndLeavesWithTheMap) {
    compare("2025-09-01", "2025-11-15");
    const auto changes = m_window.changes().changes();
    Project hidden = *m_window.document().project();
    auto layer = std::make_shared<Layer>(*hidden.layers.front());
    layer->visible = false;
    hidden.layers.front() = layer;
    m_window.document().apply("Hide", hidden);
    ASSERT_TRUE(waitFor([&] { return !m_window.changes().isBusy(); }));
    EXPECT_FALSE(m_window.canvas().scene().project->layers.front()->visible);
    EXPECT_TRUE(layerNames().contains("Road changes"));
    m_window.document().open(std::make_shared<const Project>(), {}, {});
    EXPECT_FALSE(m_window.changes().isOn());
    EXPECT_EQ(m_window.document().shownProject(), m_window.document().project());
}

TEST_F(ChangesInWindow, ToldApartWhatWasOnlyLearntLater) {
    m_window.showChangesBetween(parseAsOf("2025-09-14"), parseAsOf("2025-09-15"), parseAsOf("2025-09-10"));
    ASSERT_TRUE(waitFor([&] { return !m_window.changes().isBusy(); }));
    EXPECT_EQ(m_window.changes().query().before.knownBy, parseAsOf("2025-09-10"));
    EXPECT_EQ(m_window.changes().query().after.knownBy, TimePoint::max());
    EXPECT_TRUE(m_window.changePanel().asText().contains("learnt later"))
        << m_window.changePanel().asText().toStdString();
}

TEST_F(ChangesInWindow, AnEarlierKnowledgeIsNamedOnTheMap) {
    TimeFilter time = m_window.document().time();
    time.knownBy = parseAsOf("2025-09-10");
    m_window.document().setTime(time);
    EXPECT_EQ(chips(), QStringList("As known on 2025-09-10"));
    EXPECT_EQ(m_window.canvas().scene().time.knownBy, parseAsOf("2025-09-10"));
    m_window.timeBar().showNow();
    EXPECT_EQ(chips(), QStringList());
}

} // namespace cordon
