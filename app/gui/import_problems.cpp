#include "app/gui/import_problems.h"

#include "app/gui/import_words.h"
#include "app/gui/look.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <algorithm>
#include <map>

namespace cordon {

namespace {

enum Tab { Suspicions, Left, Roads, Values };
constexpr std::size_t kMostValues = 500; // different words of one column

} // namespace

void ImportNotesModel::setNotes(std::vector<Note> notes) {
    beginResetModel();
    m_notes = std::move(notes);
    endResetModel();
}

int ImportNotesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_notes.size());
}

QVariant ImportNotesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Note& note = m_notes[static_cast<std::size_t>(index.row())];
    if (role == Qt::ToolTipRole)
        return QString("<qt>" + note.text.toHtmlEscaped() + "</qt>");
    if (role == Qt::TextAlignmentRole && index.column() == 0)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return index.column() == 0   ? QVariant(QString::number(note.row))
           : index.column() == 1 ? QVariant(note.column)
           : index.column() == 2 ? QVariant(note.value.left(200).simplified())
                                 : QVariant(note.text);
}

QVariant ImportNotesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const QString names[] = {tr("Row"), tr("Column"), tr("Value"), tr("Why")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? QVariant(names[section]) : QVariant();
}

ImportProblems::ImportProblems(QWidget* parent) : QTabWidget(parent), m_values(new QTableWidget(this)) {
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_suspicions = new QWidget(scroll);
    m_suspicionRows = new QVBoxLayout(m_suspicions);
    m_suspicionRows->setSpacing(8);
    scroll->setWidget(m_suspicions);
    addTab(scroll, tr("Suspicious"));
    addNotes(m_left, tr("Rows Left"));
    QTableView* roads = addNotes(m_roads, tr("Roads"));
    roads->hideColumn(2);
    m_values->setColumnCount(3);
    m_values->setHorizontalHeaderLabels({tr("Column"), tr("In the file"), tr("Means")});
    m_values->setAccessibleName(tr("What the words of the file mean"));
    m_values->verticalHeader()->hide();
    m_values->horizontalHeader()->setStretchLastSection(true);
    m_values->setColumnWidth(0, 150);
    m_values->setColumnWidth(1, 180);
    m_values->setEditTriggers(QAbstractItemView::NoEditTriggers);
    addTab(m_values, tr("Values"));
}

QTableView* ImportProblems::addNotes(ImportNotesModel& model, const QString& title) {
    auto* view = new QTableView(this);
    view->setModel(&model);
    view->setAccessibleName(title);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setAlternatingRowColors(true);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    view->horizontalHeader()->setStretchLastSection(true);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int widths[] = {54, 130, 130};
    for (int i = 0; i < 3; ++i)
        view->setColumnWidth(i, widths[i]);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this, &model](const QModelIndex& i) {
                if (i.isValid())
                    emit rowChosen(model.notes()[static_cast<std::size_t>(i.row())].row);
            });
    addTab(view, title);
    return view;
}

void ImportProblems::change(const std::function<void(ImportPlan&)>& how) {
    ImportPlan changed = m_plan;
    how(changed);
    emit planChosen(changed);
}

void ImportProblems::showEntry(const ImportSession::Entry* entry, const Warnings& warnings) {
    m_table = entry ? entry->table : nullptr;
    m_batch = entry ? entry->batch : nullptr;
    m_plan = entry ? entry->plan : ImportPlan();
    m_warnings = warnings;
    std::vector<ImportNotesModel::Note> left, roads;
    if (m_batch) {
        const ImportReport& report = m_batch->report;
        for (const RowNote& note : report.left)
            left.push_back({note.row, fromUtf8(note.column), fromUtf8(note.value), fromUtf8(note.reason)});
        const std::pair<const std::vector<SnapNote>*, QString> kinds[] = {{&report.ambiguous, tr("to decide")},
                                                                          {&report.notSnapped, tr("on no road")},
                                                                          {&report.snapped, tr("on a road")}};
        for (const auto& [notes, kind] : kinds)
            for (const SnapNote& note : *notes)
                roads.push_back({note.row, kind, {}, fromUtf8(note.text)});
    }
    setTabText(Left, tr("Rows Left (%1)").arg(countText(left.size())));
    setTabText(Roads, tr("Roads (%1)").arg(countText(roads.size())));
    setTabVisible(Roads, !roads.empty());
    m_left.setNotes(std::move(left));
    m_roads.setNotes(std::move(roads));
    fillSuspicions();
    fillValues();
}

void ImportProblems::fillSuspicions() {
    while (QLayoutItem* item = m_suspicionRows->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater(); // its button may be what was just clicked
        delete item;
    }
    std::size_t count = 0;
    if (m_batch)
        for (const Suspicion& suspicion : m_batch->report.suspicions) {
            addSuspicion(suspicion);
            ++count;
        }
    for (const ImportFix fix : m_plan.fixes)
        addMended(fix);
    const auto addWarnings = [this](const Warnings& warnings) {
        for (const Warning& warning : warnings)
            addPlain(warning.leftOut ? "warning" : "info", fromUtf8(warning.text), {});
    };
    addWarnings(m_warnings);
    if (m_batch)
        addWarnings(m_batch->report.warnings);
    if (m_suspicionRows->count() == 0)
        addPlain("info", m_batch ? tr("Nothing suspicious.") : QString(), {});
    m_suspicionRows->addStretch();
    setTabText(Suspicions, tr("Suspicious (%1)").arg(count));
}

void ImportProblems::addButton(QLayout& layout, const QString& text, const QString& tip,
                               const std::function<void(ImportPlan&)>& how) {
    auto* button = new QPushButton(text, m_suspicions);
    button->setToolTip(tip);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this, how] { change(how); });
    layout.addWidget(button);
}

void ImportProblems::addSuspicion(const Suspicion& suspicion) {
    QLayout& row = addPlain("warning", fromUtf8(suspicion.text), phraseOf(suspicion.kind));
    if (suspicion.fix)
        addButton(row, phraseOf(*suspicion.fix),
                  translated(phrasesOf<ImportFix>()[static_cast<std::size_t>(*suspicion.fix)].tip),
                  [fix = *suspicion.fix](ImportPlan& plan) { plan.fixes.push_back(fix); });
    if (suspicion.dayOrderChoice)
        for (const DayOrder order : {DayOrder::DayFirst, DayOrder::MonthFirst})
            addButton(row, order == DayOrder::DayFirst ? tr("Day First") : tr("Month First"), phraseOf(order),
                      [order](ImportPlan& plan) { plan.dayOrder = order; });
    if (suspicion.valueChoice)
        addButton(row, tr("Take as '%1'").arg(fromUtf8(suspicion.valueChoice->to)), {},
                  [choice = *suspicion.valueChoice](ImportPlan& plan) {
                      for (ColumnUse& use : plan.columns)
                          if (use.column == choice.column)
                              use.values.emplace_back(choice.from, choice.to);
                  });
    if (suspicion.rows.empty())
        return;
    auto* show = new QPushButton(tr("Show"), m_suspicions);
    show->setAutoDefault(false);
    show->setToolTip(tr("Show the first of these rows in the table and on the map"));
    connect(show, &QPushButton::clicked, this, [this, number = suspicion.rows.front()] { emit rowChosen(number); });
    row.addWidget(show);
}

void ImportProblems::addMended(ImportFix fix) {
    QLayout& row =
        addPlain("info", translated(phrasesOf<ImportFix>()[static_cast<std::size_t>(fix)].tip) + '.', tr("Mended"));
    addButton(row, tr("Take Back"), {}, [fix](ImportPlan& plan) { std::erase(plan.fixes, fix); });
}

QLayout& ImportProblems::addPlain(const QString& icon, const QString& text, const QString& head) {
    auto* row = new QWidget(m_suspicions);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* picture = new QLabel(row);
    picture->setPixmap(iconOf(icon).pixmap(18, 18));
    layout->addWidget(picture, 0, Qt::AlignTop);
    auto* label = new QLabel(row);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setText(head.isEmpty() ? text : head + '\n' + text);
    auto* right = new QVBoxLayout;
    right->addWidget(label);
    auto* buttons = new QHBoxLayout;
    buttons->setAlignment(Qt::AlignLeft);
    right->addLayout(buttons);
    layout->addLayout(right, 1);
    m_suspicionRows->addWidget(row);
    return *buttons;
}

// The words of the columns that go into fields with words of ours, each with what it is taken for.
void ImportProblems::fillValues() {
    const auto key = [](ImportPlan plan) {
        plan.fixes.clear();
        return plan;
    };
    if (m_table && key(m_plan) == m_valuesOf && m_values->rowCount() > 0)
        return; // somebody may be at work in it
    m_valuesOf = key(m_plan);
    m_values->setRowCount(0);
    if (m_table && isRecordTarget(m_plan.target)) {
        const auto fields = fieldsOf(m_plan.target);
        for (std::size_t column = 0; column < m_plan.columns.size(); ++column) {
            const ColumnUse& use = m_plan.columns[column];
            const auto field = std::ranges::find(fields, use.field, &ReportField::name);
            if (use.role != ColumnRole::Field || field == fields.end() || field->values.empty())
                continue;
            std::map<std::string, std::size_t> words;
            for (std::size_t row = 0; row < m_table->rowCount() && words.size() < kMostValues; ++row)
                if (std::string word = m_table->cell(column, row); !word.empty())
                    ++words[std::move(word)];
            for (const auto& [word, count] : words)
                addValue(column, word, count, *field);
        }
    }
    setTabVisible(Values, m_values->rowCount() > 0);
}

void ImportProblems::addValue(std::size_t column, const std::string& word, std::size_t count,
                              const ReportField& field) {
    const ColumnUse& use = m_plan.columns[column];
    const int row = m_values->rowCount();
    m_values->insertRow(row);
    m_values->setItem(row, 0, new QTableWidgetItem(fromUtf8(use.column)));
    m_values->setItem(row, 1, new QTableWidgetItem(tr("%1  (%2 rows)").arg(fromUtf8(word), countText(count))));
    auto* combo = new QComboBox(m_values);
    combo->setAccessibleName(tr("What '%1' means").arg(fromUtf8(word)));
    combo->addItem(tr("as recognised"), QString());
    for (const FieldValue& value : field.values)
        combo->addItem(value.text, fromUtf8(value.word));
    const auto chosen = std::ranges::find(use.values, word, [](const auto& pair) { return pair.first; });
    if (chosen != use.values.end())
        combo->setCurrentIndex(std::max(0, combo->findData(fromUtf8(chosen->second))));
    connect(combo, &QComboBox::activated, this, [this, combo, column, word] {
        const std::string meant = combo->currentData().toString().toStdString();
        ImportPlan changed = m_plan;
        auto& values = changed.columns[column].values;
        std::erase_if(values, [&](const auto& pair) { return pair.first == word; });
        if (!meant.empty())
            values.emplace_back(word, meant);
        m_valuesOf = changed; // the table stays as it is
        m_valuesOf.fixes.clear();
        emit planChosen(changed);
    });
    m_values->setCellWidget(row, 2, combo);
}

} // namespace cordon
