#include "app/gui/access_corridors.h"

#include "app/gui/access_question_bar.h"
#include "app/gui/access_words.h"
#include "app/gui/look.h"
#include "app/gui/report_words.h"
#include "app/gui/wrap_delegate.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTimer>
#include <QVBoxLayout>

namespace cordon {

namespace {

enum Column { Name, State, Today, Usual };

QColor colorOf(CorridorState state) {
    switch (state) {
    case CorridorState::Shut:
        return {0xA8, 0x32, 0x0A};
    case CorridorState::Restricted:
        return {0x8A, 0x5A, 0x00};
    default:
        return {0x60, 0x60, 0x60};
    }
}

} // namespace

AccessCorridors::AccessCorridors(LiveAccess& access, Document& document, QWidget* parent)
    : QWidget(parent), m_access(access), m_document(document), m_tree(new QTreeWidget(this)),
      m_empty(new QLabel(m_tree)), m_problem(new QLabel(this)),
      m_chart(new AccessDayChart(AccessDayChart::Shows::Corridors, this)) {
    m_tree->setHeaderLabels({tr("Corridor"), tr("State"), tr("Today"), tr("Normally")});
    m_tree->setAccessibleName(tr("Corridors"));
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(0);
    m_tree->setAlternatingRowColors(true);
    m_tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    new WrapDelegate(*m_tree);
    m_tree->setMinimumHeight(6 * (fontMetrics().height() + 4)); // some rows beside the chart
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(State, QHeaderView::ResizeToContents);
    m_tree->header()->resizeSection(Today, 104);
    m_tree->header()->resizeSection(Usual, 104);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setText(tr("No corridor is watched yet. Give its two ends below, or click them on the map."));
    (new QVBoxLayout(m_tree->viewport()))->addWidget(m_empty);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setStyleSheet("color: #A8320A;");
    m_problem->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_chart);
    layout->addWidget(buildEntry());
    layout->addWidget(m_problem);
    connectTree();
    connect(&m_access, &LiveAccess::networkChanged, this, &AccessCorridors::followNetwork);
    connect(&m_access, &LiveAccess::found, this, &AccessCorridors::follow);
    connect(&m_access, &LiveAccess::failed, this, &AccessCorridors::follow);
    connect(&m_access, &LiveAccess::seriesFound, this, &AccessCorridors::followSeries);
    connect(&m_document, &Document::projectChanged, this, &AccessCorridors::follow);
    follow();
}

void AccessCorridors::connectTree() {
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this] {
        const auto number = chosenNumber();
        m_rename->setEnabled(number.has_value());
        m_remove->setEnabled(number.has_value());
        if (number && !m_tree->signalsBlocked())
            emit chosen(*number);
    });
    const auto row = [this](QTreeWidgetItem* item) {
        return static_cast<std::size_t>(m_tree->indexOfTopLevelItem(item));
    };
    connect(m_tree, &QTreeWidget::itemClicked, this, [this, row](QTreeWidgetItem* item) { emit chosen(row(item)); });
    connect(m_tree, &QTreeWidget::itemDoubleClicked, this,
            [this, row](QTreeWidgetItem* item) { emit zoomWanted(row(item)); });
    // After the editor is closed: the rows are made anew.
    connect(m_tree, &QTreeWidget::itemChanged, this, [this, row](QTreeWidgetItem* item) {
        QTimer::singleShot(0, this, [this, number = row(item), name = item->text(Name)] { rename(number, name); });
    });
    auto* erase = new QAction(m_tree);
    erase->setShortcut(QKeySequence::Delete);
    erase->setShortcutContext(Qt::WidgetShortcut);
    connect(erase, &QAction::triggered, this, &AccessCorridors::removeChosen);
    m_tree->addAction(erase);
}

QWidget* AccessCorridors::buildEntry() {
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_from = new QLineEdit(row);
    m_to = new QLineEdit(row);
    m_from->setPlaceholderText(tr("From"));
    m_from->setAccessibleName(tr("Corridor from"));
    m_to->setPlaceholderText(tr("To"));
    m_to->setAccessibleName(tr("Corridor to"));
    m_pick = new QToolButton(row);
    m_pick->setIcon(iconOf("tool-point"));
    m_pick->setCheckable(true);
    m_pick->setToolTip(tr("Click the two ends on the map; Esc when done"));
    const auto button = [row](const QString& text, const QString& tip) {
        auto* made = new QToolButton(row);
        made->setText(text);
        made->setToolTip(tip);
        return made;
    };
    m_add = button(tr("&Add"), tr("Watch this corridor; it is kept in the project"));
    m_rename = button(tr("Re&name"), tr("Call the chosen corridor otherwise (F2)"));
    m_remove = button(tr("Re&move"), tr("Watch the chosen corridor no longer (Del)"));
    m_rename->setEnabled(false);
    m_remove->setEnabled(false);
    layout->addWidget(m_from, 1);
    layout->addWidget(m_to, 1);
    for (QToolButton* each : {m_pick, m_add, m_rename, m_remove})
        layout->addWidget(each);
    connect(m_from, &QLineEdit::returnPressed, m_to, [this] { m_to->setFocus(); });
    connect(m_to, &QLineEdit::returnPressed, this, &AccessCorridors::addTyped);
    connect(m_add, &QToolButton::clicked, this, &AccessCorridors::addTyped);
    connect(m_rename, &QToolButton::clicked, this, [this] {
        if (m_tree->currentItem())
            m_tree->editItem(m_tree->currentItem(), Name);
    });
    connect(m_remove, &QToolButton::clicked, this, &AccessCorridors::removeChosen);
    connect(m_pick, &QToolButton::clicked, this, &AccessCorridors::pickWanted);
    for (QLineEdit* edit : {m_from, m_to})
        connect(edit, &QLineEdit::textEdited, this, [this] { say({}); });
    return row;
}

std::optional<std::size_t> AccessCorridors::chosenNumber() const {
    const int row = m_tree->indexOfTopLevelItem(m_tree->currentItem());
    return row < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(row));
}

void AccessCorridors::choose(std::size_t number) {
    const QSignalBlocker quiet(m_tree);
    m_tree->setCurrentItem(m_tree->topLevelItem(static_cast<int>(number)));
}

void AccessCorridors::say(const QString& problem) {
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void AccessCorridors::setPicking(bool on) {
    m_pick->setChecked(on);
}

void AccessCorridors::takePicked(const std::string& placeName) {
    say({});
    if (m_from->text().trimmed().isEmpty()) {
        m_from->setText(fromUtf8(placeName));
        return;
    }
    m_to->setText(fromUtf8(placeName));
    addTyped();
}

void AccessCorridors::addRow(const SavedCorridor& saved, std::size_t number) {
    auto* item = new QTreeWidgetItem(m_tree, {fromUtf8(nameOf(saved))});
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setToolTip(Name, tr("%1 to %2").arg(fromUtf8(saved.from), fromUtf8(saved.to)));
    const auto& finding = m_access.corridors();
    if (!finding || number >= finding->corridors.size() || finding->corridors[number].saved != saved)
        return; // being found
    const WatchedCorridor& watched = finding->corridors[number];
    if (!watched.number) {
        item->setText(State, tr("not found"));
        item->setToolTip(State, fromUtf8(watched.problem));
        return;
    }
    const Corridor& corridor = finding->report.corridors[*watched.number];
    item->setText(State, stateText(corridor.state));
    item->setForeground(State, colorOf(corridor.state));
    if (corridor.state == CorridorState::None)
        return;
    item->setText(Usual, wayText(corridor.freeMeters, corridor.freeSeconds));
    if (corridor.state == CorridorState::Shut) {
        item->setToolTip(State, fromUtf8(obstaclesText(finding->report, corridor.separating)));
        return;
    }
    item->setText(Today, wayText(corridor.meters, corridor.seconds));
    item->setToolTip(Today, extraText(corridor));
    item->setToolTip(State, fromUtf8(obstaclesText(finding->report, corridor.obstacles)));
}

void AccessCorridors::follow() {
    const auto before = chosenNumber();
    const auto& saved = m_document.project()->access.corridors;
    {
        const QSignalBlocker quiet(m_tree);
        m_tree->clear();
        for (std::size_t i = 0; i < saved.size(); ++i)
            addRow(saved[i], i);
        if (before && *before < saved.size())
            m_tree->setCurrentItem(m_tree->topLevelItem(static_cast<int>(*before)));
    }
    m_rename->setEnabled(chosenNumber().has_value());
    m_remove->setEnabled(chosenNumber().has_value());
    m_empty->setVisible(saved.empty());
    followSeries();
}

void AccessCorridors::followSeries() {
    const auto& series = m_access.series();
    const bool has = series && !series->report.corridorEnds.empty();
    m_chart->show(has ? series : nullptr);
    m_chart->setVisible(has);
}

void AccessCorridors::followNetwork() {
    for (QLineEdit* edit : {m_from, m_to})
        offerPlaces(*edit, m_access.network().get());
}

void AccessCorridors::addTyped() {
    say({});
    const auto& network = m_access.network();
    const SavedCorridor corridor{"", m_from->text().trimmed().toStdString(), m_to->text().trimmed().toStdString()};
    if (corridor.from.empty() || corridor.to.empty())
        return say(tr("Give both ends of the corridor: names of places, or two clicks on the map."));
    if (!network)
        return say(tr("The road network of the map is not built yet; try again in a moment."));
    try {
        Project changed = *m_document.project();
        changed.access = withCorridor(std::move(changed.access), network->places, corridor);
        if (!m_document.apply(tr("Watch Corridor %1").arg(fromUtf8(nameOf(corridor))), std::move(changed)))
            return;
        m_from->clear();
        m_to->clear();
        m_tree->setCurrentItem(m_tree->topLevelItem(m_tree->topLevelItemCount() - 1));
    } catch (const Error& e) {
        say(QString::fromUtf8(e.what()));
    }
}

void AccessCorridors::rename(std::size_t number, const QString& name) {
    Project changed = *m_document.project();
    auto& corridors = changed.access.corridors;
    if (number >= corridors.size() || name == fromUtf8(nameOf(corridors[number])))
        return;
    say({});
    const SavedCorridor before = corridors[number];
    SavedCorridor after = before;
    after.name = name.trimmed().toStdString(); // "": by its ends
    for (std::size_t i = 0; i < corridors.size(); ++i)
        if (i != number && nameOf(corridors[i]) == nameOf(after)) {
            follow();
            return say(tr("There is a corridor %1 already; choose another name.").arg(fromUtf8(nameOf(after))));
        }
    corridors[number] = after;
    if (after == before ||
        !m_document.apply(tr("Rename Corridor %1").arg(fromUtf8(nameOf(before))), std::move(changed)))
        follow();
}

void AccessCorridors::removeChosen() {
    const auto number = chosenNumber();
    Project changed = *m_document.project();
    auto& corridors = changed.access.corridors;
    if (!number || *number >= corridors.size())
        return;
    const QString name = fromUtf8(nameOf(corridors[*number]));
    corridors.erase(corridors.begin() + static_cast<std::ptrdiff_t>(*number));
    say({});
    m_document.apply(tr("Remove Corridor %1").arg(name), std::move(changed));
}

} // namespace cordon
