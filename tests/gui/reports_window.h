// A window with reports, driven through its own widgets.
#pragma once

#include "app/gui/main_window.h"
#include "tests/gui/report_fixture.h"

#include <QDockWidget>
#include <QMenu>
#include <QTimer>
#include <map>

namespace cordon {

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

inline Situation threeRoads() {
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

} // namespace cordon
