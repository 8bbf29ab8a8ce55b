#include "app/gui/import_problems.h"

#include "app/gui/import_words.h"
#include "app/gui/look.h"
#include "app/gui/settings.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QTimeZone>
#include <algorithm>
#include <map>

namespace cordon {

namespace {

enum Tab { Suspicions, Left, Roads, Values };
constexpr std::size_t kMostValues = 500; // different words of one column

} // namespace

ImportProblems::ImportProblems(QWidget* parent)
    : QTabWidget(parent), m_roads(new ImportRoads(this)), m_values(new QTableWidget(this)) {
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_suspicions = new QWidget(scroll);
    m_suspicionRows = new QVBoxLayout(m_suspicions);
    m_suspicionRows->setSpacing(8);
    scroll->setWidget(m_suspicions);
    addTab(scroll, tr("Suspicious"));
    addNotes(m_left, tr("Left Out"));
    addTab(m_roads, tr("Roads"));
    connect(m_roads, &ImportRoads::choiceShown, this, &ImportProblems::roadsInQuestion);
    connect(m_roads, &ImportRoads::roadChosen, this,
            [this](const std::string& id, const std::optional<std::string>& road) {
                change([&](ImportPlan& plan) {
                    std::erase_if(plan.roads, [&](const auto& choice) { return choice.first == id; });
                    if (road)
                        plan.roads.emplace_back(id, *road);
                });
            });
    m_values->setColumnCount(3);
    m_values->setHorizontalHeaderLabels({tr("Column"), tr("In the file"), tr("Means")});
    m_values->setAccessibleName(tr("What the words of the file mean"));
    m_values->verticalHeader()->hide();
    m_values->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_values->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_values->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_values->setEditTriggers(QAbstractItemView::NoEditTriggers);
    addTab(m_values, tr("Values"));
}

void ImportProblems::addNotes(ImportNotesModel& model, const QString& title) {
    auto* view = new QTableView(this);
    setUpNotesView(*view, model, title);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this, &model](const QModelIndex& i) {
                if (i.isValid())
                    emit rowChosen(model.notes()[static_cast<std::size_t>(i.row())].row);
            });
    addTab(view, title);
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
    std::vector<ImportNotesModel::Note> left;
    if (m_batch) {
        const ImportReport& report = m_batch->report;
        for (const RowNote& note : report.left)
            left.push_back({note.row, fromUtf8(note.column), fromUtf8(note.value), fromUtf8(note.reason)});
    }
    m_roads->showBatch(m_batch.get());
    setTabText(Left, tr("Left Out (%1)").arg(countText(left.size())));
    setTabText(Roads, m_roads->undecided() > 0 ? tr("Roads (%1 to decide)").arg(countText(m_roads->undecided()))
                                               : tr("Roads (%1)").arg(countText(m_roads->count())));
    setTabVisible(Roads, m_roads->count() > 0);
    m_left.setNotes(std::move(left));
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
    const auto addWarnings = [this](const Warnings& warnings) {
        for (const Warning& warning : warnings)
            addPlain(warning.leftOut ? "warning" : "info", fromUtf8(warning.text), {});
    };
    addWarnings(m_warnings); // of reading: what follows may come from it
    if (m_batch && !m_batch->report.left.empty() && m_batch->report.left.size() == m_batch->report.rows) {
        const RowNote& first = m_batch->report.left.front();
        addPlain("warning", sentence(fromUtf8(first.column + (first.column.empty() ? "" : " ") + first.reason)),
                 tr("All rows are left out"));
    }
    if (m_batch)
        for (const Suspicion& suspicion : m_batch->report.suspicions) {
            addSuspicion(suspicion);
            ++count;
        }
    for (const ImportFix fix : m_plan.fixes)
        addMended(fix);
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
    QLayout& row = addPlain("warning", sentence(fromUtf8(suspicion.text)), phraseOf(suspicion.kind));
    if (suspicion.fix)
        addButton(row, phraseOf(*suspicion.fix),
                  translated(phrasesOf<ImportFix>()[static_cast<std::size_t>(*suspicion.fix)].tip),
                  [fix = *suspicion.fix](ImportPlan& plan) { plan.fixes.push_back(fix); });
    if (suspicion.dayOrderChoice)
        for (const DayOrder order : {DayOrder::DayFirst, DayOrder::MonthFirst})
            addButton(row, order == DayOrder::DayFirst ? tr("Day First") : tr("Month First"), phraseOf(order),
                      [order](ImportPlan& plan) { plan.dayOrder = order; });
    if (suspicion.kind == SuspicionKind::NoTimeZone)
        addZoneButtons(row);
    if (suspicion.kind == SuspicionKind::UnknownValue) {
        auto* choose = new QPushButton(tr("Choose What It Means"), m_suspicions);
        choose->setAutoDefault(false);
        connect(choose, &QPushButton::clicked, this, [this] { setCurrentIndex(Values); });
        row.addWidget(choose);
    }
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

// The zone that was chosen last, else that of this computer; and UTC.
void ImportProblems::addZoneButtons(QLayout& layout) {
    const QString here = fromUtf8(QTimeZone::systemTimeZoneId().toStdString());
    const QString last = openSettings()->value("import/timezone", here).toString();
    QStringList zones{last, "UTC"};
    zones.removeDuplicates();
    for (const QString& zone : zones)
        if (!zone.isEmpty())
            addButton(layout, tr("Take as %1").arg(shortName(zone)), tr("The clock showed the time of this zone"),
                      [zone](ImportPlan& plan) { plan.timezone = zone.toStdString(); });
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
        plan.roads.clear();
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
    const QString rows = count == 1 ? tr("1 row") : tr("%1 rows").arg(countText(count));
    m_values->setItem(row, 1, new QTableWidgetItem(QString("%1  (%2)").arg(fromUtf8(word), rows)));
    auto* combo = new QComboBox(m_values);
    combo->setAccessibleName(tr("What '%1' means").arg(fromUtf8(word)));
    const QString plain = fromUtf8(word).toLower().replace(' ', '_').replace('-', '_');
    const bool isOurs =
        std::ranges::any_of(field.values, [&](const FieldValue& value) { return fromUtf8(value.word) == plain; });
    combo->addItem(isOurs ? tr("the same") : tr("not known"), QString());
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
