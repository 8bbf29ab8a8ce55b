// Which roads the reports of a table were put on, which of them leave a choice, and making it: the road is picked from
// those in question, or the report stays a point. The choice is part of the plan.
#pragma once

#include "app/gui/import_notes_model.h"
#include "app/gui/import_session.h"

#include <QComboBox>
#include <QLabel>
#include <QTableView>

namespace cordon {

class ImportRoads : public QWidget {
    Q_OBJECT
public:
    explicit ImportRoads(QWidget* parent = nullptr);

    void showBatch(const ImportBatch* batch);
    std::size_t count() const { return m_notes.size(); }
    std::size_t undecided() const { return m_undecided; }
    const ImportNotesModel& model() const { return m_model; }
    QTableView& list() { return *m_list; }
    QComboBox& choice() { return *m_choice; }

signals:
    // For the report with that id: a road, "" for none (it stays a point), nullopt for what the rules say.
    void roadChosen(const std::string& recordId, const std::optional<std::string>& road);
    void choiceShown(std::uint32_t rowNumber, const std::vector<cordon::SnapCandidate>& candidates);

private:
    enum class State { ToDecide, OnNoRoad, OnRoad };
    struct Line {
        SnapNote note;
        State state = State::ToDecide;
    };
    void add(const std::vector<SnapNote>& notes, State state);
    void followCurrent();
    void fillChoice(const Line& line);
    const Line* current() const;

    std::vector<Line> m_notes;
    std::size_t m_undecided = 0;
    ImportNotesModel m_model;
    QTableView* m_list;
    QLabel* m_label;
    QComboBox* m_choice;
    bool m_isChoosing = false; // the next to decide is shown when the choice is there
};

} // namespace cordon
