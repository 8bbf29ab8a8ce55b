// A window on a small network: three towns along one road, one by another, one by none.
#pragma once

#include "app/gui/access_desk.h"
#include "app/gui/change_map.h"
#include "app/gui/main_window.h"
#include "app/gui/map_chip.h"
#include "core/model/default_style.h"
#include "tests/gui/report_fixture.h"

#include <QDockWidget>
#include <QTextDocumentFragment>

namespace cordon {

inline std::shared_ptr<const FeatureTable> townTable() {
    auto table = std::make_shared<FeatureTable>(
        *namedTable("Towns", PartRole::Points, {{{-8, 12.5}}, {{-7, 12.5}}, {{-6, 12.5}}, {{-7, 13.3}}, {{-3, 10}}},
                    {"1", "2", "3", "4", "5"}, {"Alpha", "Bravo", "Charlie & Sons", "Delta", "Echo"}));
    Column people{"population", FieldType::Text, TextValues{}, {}, {}};
    for (const char* number : {"1000", "2000", "3000", "", "500"})
        std::get<TextValues>(people.values).append(number);
    table->columns.push_back(std::move(people));
    return table;
}

// Alpha - Bravo - Charlie along one road, Delta north of Bravo by another; Echo by none. R1 shuts the way to Charlie
// from 18 October on.
inline Project accessProject() {
    Situation situation;
    situation.roadStatuses = {blockedRoad("R1", "2025-10-18")};
    situation.roadStatuses[0].roads = {{"1", 0.6, 0.7}};
    Project project;
    project =
        withLayer(project, layerWithIds(namedTable("Roads", PartRole::Line,
                                                   {{{-8, 12.5}, {-7, 12.5}, {-6, 12.5}}, {{-7, 12.5}, {-7, 13.3}}},
                                                   {"1", "2"}, {"Main road", "North road"}),
                                        LayerRole::Road));
    project = withLayer(project, layerWithIds(townTable(), LayerRole::Place));
    return withSituation(std::move(project), std::make_shared<const Situation>(std::move(situation)));
}

class AccessInWindow : public testing::Test {
protected:
    AccessInWindow() {
        m_window.resize(1400, 900);
        m_window.show();
        open(accessProject());
    }
    void open(const Project& project, const char* name = "access.gpkg") {
        const QString path = m_files.path(name);
        if (!QFile::exists(path))
            ProjectFile::create(path.toStdString(), std::make_shared<const Project>(project));
        m_window.load({path}, MainWindow::Mode::Open);
        ASSERT_TRUE(waitFor([&] { return !m_window.isLoading(); }));
        look("2025-10-20");
    }
    void look(const char* day) {
        TimeFilter time = document().time();
        time.asOf = parseAsOf(day);
        document().setTime(time);
        settle();
    }
    QDockWidget& dock() { return *m_window.findChild<QDockWidget*>("access"); }
    void openPanel() {
        dock().toggleViewAction()->trigger();
        settle();
    }
    void from(const QString& name) {
        panel().question().from().setText(name);
        QTest::keyClick(&panel().question().from(), Qt::Key_Return);
        settle();
    }
    void settle() {
        ASSERT_TRUE(waitFor([&] { return !live().isBusy(); }));
    }
    Document& document() { return m_window.document(); }
    AccessDesk& desk() { return m_window.access(); }
    LiveAccess& live() { return desk().access(); }
    AccessPanel& panel() { return desk().panel(); }
    QString summary() { return QTextDocumentFragment::fromHtml(panel().summary()).toPlainText(); }
    QStringList layerNames() {
        QStringList names;
        for (const auto& layer : m_window.canvas().scene().project->layers)
            names += QString::fromStdString(layer->name);
        return names;
    }
    QStringList chips() {
        QStringList texts;
        for (const MapChip* chip : m_window.findChildren<MapChip*>())
            if (!chip->text().isEmpty())
                texts += chip->text();
        return texts;
    }
    // "Charlie|3,000|cut off", row by row.
    QStringList rows() {
        QStringList texts;
        const auto& model = panel().places().rows();
        for (int row = 0; row < model.rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < 3; ++column)
                cells += model.index(row, column).data().toString();
            texts += cells.join('|');
        }
        return texts;
    }

    const Files m_files;
    MainWindow m_window;
};

} // namespace cordon
