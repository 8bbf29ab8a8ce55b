// What a table gives besides rows that are taken: suspicions with buttons that mend them, rows left with their reasons,
// what became of reports on roads, and which words of the file mean which of ours.
#pragma once

#include "app/gui/import_notes_model.h"
#include "app/gui/import_roads.h"
#include "app/gui/import_session.h"
#include "app/gui/import_words.h"

#include <QLabel>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace cordon {

class ImportProblems : public QTabWidget {
    Q_OBJECT
public:
    explicit ImportProblems(QWidget* parent = nullptr);

    void showEntry(const ImportSession::Entry* entry, const Warnings& warnings);
    const ImportNotesModel& left() const { return m_left; }
    ImportRoads& roads() { return *m_roads; }
    QTableWidget& values() { return *m_values; }

signals:
    void planChosen(const cordon::ImportPlan& plan);
    void rowChosen(std::uint32_t rowNumber);
    void roadsInQuestion(std::uint32_t rowNumber, const std::vector<cordon::SnapCandidate>& candidates);

private:
    void addNotes(ImportNotesModel& model, const QString& title);
    void fillSuspicions();
    void addSuspicion(const Suspicion& suspicion);
    void addZoneButtons(QLayout& layout);
    void addMended(ImportFix fix);
    QLayout& addPlain(const QString& icon, const QString& text, const QString& head); // where its buttons go
    void fillValues();
    void addValue(std::size_t column, const std::string& word, std::size_t count, const ReportField& field);
    void addButton(QLayout& layout, const QString& text, const QString& tip,
                   const std::function<void(ImportPlan&)>& change);
    void change(const std::function<void(ImportPlan&)>& how);

    std::shared_ptr<const SourceTable> m_table;
    std::shared_ptr<const ImportBatch> m_batch;
    ImportPlan m_plan;
    Warnings m_warnings;
    ImportNotesModel m_left;
    ImportRoads* m_roads;
    QWidget* m_suspicions = nullptr;
    QVBoxLayout* m_suspicionRows = nullptr;
    QTableWidget* m_values;
    ImportPlan m_valuesOf; // the plan the table of values was made for
};

} // namespace cordon
