#include "app/gui/import_roads.h"

#include "app/gui/import_words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace cordon {

namespace {

enum Kind { AsRules, Point, Road }; // of an item of the choice

QString roadText(const SnapCandidate& candidate) {
    const QString name = fromUtf8(candidate.name).left(80).simplified(), id = fromUtf8(candidate.roadId);
    const QString road = name.isEmpty() || name == id ? id : id + "  " + name;
    const double m = candidate.distanceMeters;
    return QString("%1  (%2)")
        .arg(road,
             m < 1000 ? ImportRoads::tr("%1 m").arg(m, 0, 'f', 0) : ImportRoads::tr("%1 km").arg(m / 1000, 0, 'f', 1));
}

} // namespace

ImportRoads::ImportRoads(QWidget* parent)
    : QWidget(parent), m_list(new QTableView(this)), m_label(new QLabel(this)), m_choice(new QComboBox(this)) {
    m_model.setColumnTitle(tr("Lies"));
    setUpNotesView(*m_list, m_model, tr("Reports on roads"));
    m_list->hideColumn(2);
    m_list->setColumnWidth(1, 96);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setText(tr("&Lies on"));
    m_label->setBuddy(m_choice);
    m_choice->setAccessibleName(tr("The road this report lies on"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setPlaceholderText(tr("Which road does it mean?"));
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(6, 0, 6, 6);
    bar->addWidget(m_label);
    bar->addWidget(m_choice, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list, 1);
    layout->addLayout(bar);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ImportRoads::followCurrent);
    connect(m_choice, &QComboBox::activated, this, [this](int index) {
        const Line* line = current();
        if (!line || index < 0)
            return;
        m_isChoosing = true;
        const int kind = m_choice->itemData(index, Qt::UserRole + 1).toInt();
        emit roadChosen(line->note.recordId, kind == AsRules
                                                 ? std::nullopt
                                                 : std::optional(m_choice->itemData(index).toString().toStdString()));
    });
    followCurrent();
}

const ImportRoads::Line* ImportRoads::current() const {
    const int row = m_list->currentIndex().row();
    return row >= 0 && row < static_cast<int>(m_notes.size()) ? &m_notes[static_cast<std::size_t>(row)] : nullptr;
}

void ImportRoads::add(const std::vector<SnapNote>& notes, State state) {
    for (const SnapNote& note : notes)
        m_notes.push_back({note, state});
}

void ImportRoads::showBatch(const ImportBatch* batch) {
    const int row = m_list->currentIndex().row();
    m_notes.clear();
    m_undecided = 0;
    if (batch) {
        add(batch->report.ambiguous, State::ToDecide);
        add(batch->report.notSnapped, State::OnNoRoad);
        add(batch->report.snapped, State::OnRoad);
        m_undecided = batch->report.ambiguous.size();
    }
    const QString states[] = {tr("to decide"), tr("stays a point"), tr("on a road")};
    std::vector<ImportNotesModel::Note> notes;
    for (const Line& line : m_notes)
        notes.push_back({line.note.row, states[static_cast<std::size_t>(line.state)], {}, fromUtf8(line.note.text)});
    m_model.setNotes(std::move(notes));
    // Who has just decided goes on with the next, which now stands where that one stood.
    if (std::exchange(m_isChoosing, false) && row >= 0)
        m_list->selectRow(std::min(row, static_cast<int>(m_notes.size()) - 1));
    followCurrent();
}

void ImportRoads::followCurrent() {
    const Line* line = current();
    m_choice->clear();
    const bool isChoice = line && !line->note.candidates.empty(); // tracks are matched whole
    m_choice->setEnabled(isChoice);
    m_label->setEnabled(isChoice);
    if (!line)
        return;
    fillChoice(*line);
    emit choiceShown(line->note.row, line->note.candidates);
}

void ImportRoads::fillChoice(const Line& line) {
    const auto add = [this](const QString& text, Kind kind, const std::string& road) {
        m_choice->addItem(text, fromUtf8(road));
        m_choice->setItemData(m_choice->count() - 1, kind, Qt::UserRole + 1);
    };
    if (line.note.isChosen)
        add(tr("Decide as found: take back the choice"), AsRules, {});
    for (const SnapCandidate& candidate : line.note.candidates)
        add(roadText(candidate), Road, candidate.roadId);
    add(tr("On no road: stays a point"), Point, {});
    m_choice->setCurrentIndex(-1);
    if (line.state == State::OnNoRoad)
        m_choice->setCurrentIndex(m_choice->count() - 1);
    for (int i = 0; i < m_choice->count() && line.state == State::OnRoad; ++i)
        if (m_choice->itemData(i, Qt::UserRole + 1).toInt() == Road &&
            m_choice->itemData(i).toString() == fromUtf8(line.note.roadId))
            m_choice->setCurrentIndex(i);
}

} // namespace cordon
