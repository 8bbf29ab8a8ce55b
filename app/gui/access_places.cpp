#include "app/gui/access_places.h"

#include "app/gui/access_words.h"
#include "app/gui/report_words.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QVBoxLayout>
#include <cmath>

namespace cordon {

namespace {

// Worst first.
int rankOf(const PlaceReach& reach) {
    switch (reach.kind) {
    case ReachKind::CutOff:
        return 0;
    case ReachKind::Restricted:
        return 1;
    case ReachKind::Reached:
        return reach.isLate ? 2 : reach.isDelayed ? 3 : reach.detour() > 1.005 ? 4 : 5;
    case ReachKind::Island:
        return 6;
    case ReachKind::OffNetwork:
        break;
    }
    return 7;
}

QColor colorOf(const PlaceReach& reach) {
    const int rank = rankOf(reach);
    return rank <= 1 ? QColor(0xA8, 0x32, 0x0A) : rank <= 3 ? QColor(0x8A, 0x5A, 0x00) : QColor(0x60, 0x60, 0x60);
}

} // namespace

void AccessPlaceModel::show(std::shared_ptr<const AccessFinding> finding) {
    const bool isSame = finding && m_finding && finding->report.network == m_finding->report.network;
    if (!isSame)
        beginResetModel();
    m_finding = std::move(finding);
    if (!isSame)
        endResetModel();
    else if (rowCount() > 0) // the same places: what is chosen stays chosen
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int AccessPlaceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_finding ? 0 : static_cast<int>(m_finding->report.answer.places.size());
}

int AccessPlaceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AccessPlaceModel::text(std::size_t place, int column) const {
    const Place& of = m_finding->report.network->places[place];
    const PlaceReach& reach = m_finding->report.answer.places[place];
    const bool isReached = reach.kind == ReachKind::Reached;
    switch (column) {
    case Name:
        return fromUtf8(of.name);
    case People:
        return of.population ? QLocale(QLocale::English).toString(*of.population, 'f', 0) : QString("?");
    case Reach:
        return reachText(reach);
    case Time:
        return isReached ? hoursText(reach.seconds) : QString();
    case Distance:
        return isReached ? numberText(reach.meters / 1000) : QString();
    case Detour:
        return isReached ? detourText(reach.detour()) : QString();
    default:
        return fromUtf8(of.regionName.empty() ? of.region : of.regionName);
    }
}

QVariant AccessPlaceModel::sortKey(std::size_t place, int column) const {
    const Place& of = m_finding->report.network->places[place];
    const PlaceReach& reach = m_finding->report.answer.places[place];
    const bool isReached = reach.kind == ReachKind::Reached;
    switch (column) {
    case People:
        return of.population.value_or(-1);
    case Reach: // among equals the larger ones first
        return rankOf(reach) - of.population.value_or(0) * 1e-12;
    case Time:
        return isReached ? reach.seconds : 1e300;
    case Distance:
        return isReached ? reach.meters : 1e300;
    case Detour:
        return isReached && std::isfinite(reach.detour()) ? reach.detour() : 0;
    default:
        return text(place, column);
    }
}

QVariant AccessPlaceModel::data(const QModelIndex& index, int role) const {
    const auto place = static_cast<std::size_t>(index.row());
    const PlaceReach& reach = m_finding->report.answer.places[place];
    const bool isNumber = index.column() == People || (index.column() >= Time && index.column() <= Detour);
    switch (role) {
    case Qt::DisplayRole:
        return text(place, index.column());
    case kSortRole:
        return sortKey(place, index.column());
    case Qt::TextAlignmentRole:
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return index.column() == Reach ? QVariant(colorOf(reach)) : QVariant();
    case Qt::ToolTipRole:
        if (index.column() == Reach)
            return reachTip(reach);
        if (index.column() >= Time && index.column() <= Detour && std::isfinite(reach.freeSeconds))
            return tr("Normally %1").arg(wayText(reach.freeMeters, reach.freeSeconds));
        return text(place, index.column());
    default:
        return {};
    }
}

QVariant AccessPlaceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == People || (section >= Time && section <= Detour) ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Place"), tr("People"), tr("Reach"), tr("Time"), tr("Km"), tr("Detour"), tr("Region")};
    return titles[section];
}

void AccessPlaceFilter::setWanted(Kind kind, const QString& words) {
    m_kind = kind;
    m_words = words.split(' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool AccessPlaceFilter::filterAcceptsRow(int row, const QModelIndex&) const {
    const AccessFinding* finding = static_cast<const AccessPlaceModel*>(sourceModel())->finding();
    const auto place = static_cast<std::size_t>(row);
    const PlaceReach& reach = finding->report.answer.places[place];
    const bool isReached = reach.kind == ReachKind::Reached;
    const bool isWanted = m_kind == Kind::All || (m_kind == Kind::CutOff && reach.isCutOff()) ||
                          (m_kind == Kind::Slower && isReached && reach.detour() > 1.005) ||
                          (m_kind == Kind::Reached && isReached) ||
                          (m_kind == Kind::NotJudged && !isReached && !reach.isCutOff());
    if (!isWanted)
        return false;
    const Place& of = finding->report.network->places[place];
    const QString text = fromUtf8(of.name) + ' ' + fromUtf8(of.regionName) + ' ' + fromUtf8(of.country);
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

AccessPlaces::AccessPlaces(QWidget* parent)
    : QWidget(parent), m_kind(new QComboBox(this)), m_words(new QLineEdit(this)), m_view(new QTableView(this)),
      m_empty(new QLabel(m_view)) {
    m_kind->addItems({tr("All places"), tr("Cut off"), tr("Slower than usual"), tr("Reached"), tr("Not judged")});
    m_kind->setAccessibleName(tr("Which places"));
    m_words->setPlaceholderText(tr("Filter by name or region"));
    m_words->setClearButtonEnabled(true);
    m_rows.setSourceModel(&m_model);
    m_rows.setSortRole(AccessPlaceModel::kSortRole);
    m_rows.setSortCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(&m_rows);
    m_view->setAccessibleName(tr("Places"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(AccessPlaceModel::Reach, Qt::AscendingOrder);
    m_view->horizontalHeader()->setHighlightSections(false);
    const int widths[] = {100, 66, 94, 46, 48, 52, 90}; // all but the region in the usual width of the panel
    for (int i = 0; i < AccessPlaceModel::ColumnCount; ++i)
        m_view->setColumnWidth(i, widths[i]);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto* fill = new QVBoxLayout(m_view->viewport());
    fill->addWidget(m_empty);
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_kind);
    bar->addWidget(m_words, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AccessPlaces::filter);
    connect(m_words, &QLineEdit::textChanged, this, &AccessPlaces::filter);
    const auto placeAt = [this](const QModelIndex& row) {
        return static_cast<std::size_t>(m_rows.mapToSource(row).row());
    };
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this, placeAt](const QModelIndex& row) {
                if (row.isValid() && !m_isQuiet)
                    emit chosen(placeAt(row));
            });
    connect(m_view, &QTableView::clicked, this, [this, placeAt](const QModelIndex& row) { emit chosen(placeAt(row)); });
    for (const auto signal : {&QTableView::doubleClicked, &QTableView::activated})
        connect(m_view, signal, this, [this, placeAt](const QModelIndex& row) { emit zoomWanted(placeAt(row)); });
    auto* find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    find->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QAction::triggered, m_words, [this] { m_words->setFocus(); });
    addAction(find);
    sayEmpty();
}

void AccessPlaces::show(std::shared_ptr<const AccessFinding> finding) {
    m_isQuiet = true; // rows that move are not chosen anew
    m_model.show(std::move(finding));
    m_isQuiet = false;
    sayEmpty();
}

void AccessPlaces::filter() {
    m_isQuiet = true;
    m_rows.setWanted(static_cast<AccessPlaceFilter::Kind>(m_kind->currentIndex()), m_words->text());
    m_isQuiet = false;
    sayEmpty();
}

void AccessPlaces::sayEmpty() {
    m_empty->setVisible(m_rows.rowCount() == 0);
    if (!m_model.finding())
        m_empty->clear();
    else if (m_model.rowCount() == 0)
        m_empty->setText(tr("The map has no layer of places. Add one (File > Add Layers) to see who is reached."));
    else if (m_kind->currentIndex() == int(AccessPlaceFilter::Kind::CutOff) && m_words->text().isEmpty())
        m_empty->setText(tr("No place is cut off."));
    else
        m_empty->setText(tr("No such place."));
}

void AccessPlaces::choose(std::size_t place) {
    const QModelIndex row = m_rows.mapFromSource(m_model.index(static_cast<int>(place), 0));
    m_isQuiet = true;
    if (row.isValid()) {
        m_view->setCurrentIndex(row);
        m_view->scrollTo(row);
    } else {
        m_view->clearSelection();
    }
    m_isQuiet = false;
}

} // namespace cordon
