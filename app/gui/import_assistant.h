// From files as people send them to layers and reports: what each table is, what becomes of its columns, where its rows
// lie, what is wrong with them; then all of it at once, as one step that can be undone.
#pragma once

#include "app/gui/import_column_header.h"
#include "app/gui/import_options.h"
#include "app/gui/import_preview_map.h"
#include "app/gui/import_problems.h"
#include "app/gui/import_table_model.h"

#include <QDialog>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

namespace cordon {

class ImportAssistant : public QDialog {
    Q_OBJECT
public:
    ImportAssistant(Document& document, const QStringList& files, QWidget* parent);

    ImportSession& session() { return m_session; }
    QListWidget& list() { return *m_list; }
    ImportTableModel& table() { return m_model; }
    ImportColumnHeader& header() { return *m_header; }
    ImportOptions& options() { return *m_options; }
    ImportProblems& problems() { return *m_problems; }
    ImportPreviewMap& map() { return *m_map; }
    QPushButton& importButton() { return *m_import; }
    QPushButton& showButton() { return *m_show; }
    bool isFinished() const { return m_isFinished; } // what was imported is told
    QString summary() const { return m_summary->text(); }
    void saveReport(const QString& path) const; // JSON for .json, else text. Throws Error.

    void done(int result) override;

signals:
    void imported(const QString& sentence, bool isEmpty); // the document has it
    void failed(const QString& reason);
    void showWanted(const cordon::GeoBox& box); // on the map: where the new rows lie

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* buildWork();
    QWidget* buildResult();
    QLayout* buildButtons();
    void connectParts();
    int current() const;
    void fillList();
    void followEntry();
    void showPlaceColumn();
    void followPrepared(int index);
    void followBusy();
    void showRow(std::uint32_t rowNumber);
    QString entryText(const ImportSession::Entry& entry) const;
    void changeUse(int column, ColumnRole role, const std::string& field);
    void importAll();
    void finish(const ImportStep& step);
    void chooseReport();
    void readSettings();
    void writeSettings() const;

    Document& m_document;
    ImportSession m_session;
    Worker m_writer; // of the project file; never stopped from outside: the document must hear how it ended
    std::stop_source m_stopWriting;
    ImportTableModel m_model;
    QStackedWidget* m_pages;
    QListWidget* m_list;
    QTableView* m_view;
    ImportColumnHeader* m_header;
    QLabel *m_problem, *m_state, *m_recognised, *m_summary;
    ImportOptions* m_options;
    ImportProblems* m_problems;
    ImportPreviewMap* m_map;
    QSplitter *m_columns, *m_rows, *m_below;
    QPlainTextEdit* m_report;
    QProgressBar* m_progress;
    QPushButton *m_add, *m_save, *m_show, *m_import, *m_cancel;
    std::vector<ImportReport> m_reports; // of what was imported
    bool m_isFinished = false, m_isWriting = false;
};

} // namespace cordon
