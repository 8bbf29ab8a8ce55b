#include "app/gui/access_critical.h"

#include "app/gui/access_words.h"
#include "app/gui/report_words.h"
#include "app/gui/wrap_delegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

namespace cordon {

namespace {

constexpr std::size_t kMostRows = 200;

} // namespace

AccessCritical::AccessCritical(LiveAccess& access, QWidget* parent)
    : QDialog(parent), m_access(access), m_state(new QLabel(this)), m_tree(new QTreeWidget(this)),
      m_again(new QPushButton(tr("Find &Again"), this)) {
    setWindowTitle(tr("What Would Hurt Most (Internal)"));
    setModal(false);
    resize(520, 420);
    auto* note = new QLabel(fromUtf8(kInternalNote) + tr(" It is part of no map, table or export."), this);
    note->setWordWrap(true);
    note->setTextFormat(Qt::PlainText);
    note->setStyleSheet("color: #A8320A; font-weight: bold;");
    m_state->setWordWrap(true);
    m_tree->setHeaderLabels({tr("Open road"), tr("Its loss would cut off"), tr("Places")});
    m_tree->setAccessibleName(tr("Open roads by whom their loss would cut off"));
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(0);
    m_tree->setAlternatingRowColors(true);
    new WrapDelegate(*m_tree);
    m_tree->header()->resizeSection(0, 170);
    m_tree->header()->resizeSection(1, 150);
    auto* close = new QPushButton(tr("&Close"), this);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_again);
    buttons->addStretch();
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(note);
    layout->addWidget(m_state);
    layout->addWidget(m_tree, 1);
    layout->addLayout(buttons);
    m_again->setAutoDefault(false);
    close->setAutoDefault(false);
    connect(m_again, &QPushButton::clicked, this, &AccessCritical::ask);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_tree, &QTreeWidget::currentItemChanged, this,
            [this](QTreeWidgetItem* item) { tell(m_tree->indexOfTopLevelItem(item), false); });
    connect(m_tree, &QTreeWidget::itemClicked, this,
            [this](QTreeWidgetItem* item) { tell(m_tree->indexOfTopLevelItem(item), true); });
    connect(&m_access, &LiveAccess::criticalFound, this,
            qOverload<const std::vector<CriticalRoad>&>(&AccessCritical::show));
    connect(&m_access, &LiveAccess::found, this, &AccessCritical::forget);
    connect(&m_access, &LiveAccess::failed, this, &AccessCritical::forget);
    connect(this, &QDialog::finished, this, [this] { emit roadWanted({}, {}); });
}

void AccessCritical::ask() {
    m_finding.reset();
    m_tree->clear();
    m_again->setEnabled(m_access.finding() != nullptr);
    if (!m_access.finding())
        m_state->setText(tr("Name a place to start from in the Access panel first (Ctrl+6)."));
    else if (!m_access.findCriticalRoads())
        m_state->setText(tr("The answer is being found; ask again in a moment."));
    else
        m_state->setText(tr("The open roads are being ranked..."));
    QDialog::show();
    raise();
    activateWindow();
}

void AccessCritical::show(const std::vector<CriticalRoad>& roads) {
    m_finding = m_access.finding();
    m_roads = roads;
    const QSignalBlocker quiet(m_tree);
    m_tree->clear();
    if (!m_finding)
        return;
    const AccessNetwork& network = *m_finding->report.network;
    for (std::size_t i = 0; i < std::min(roads.size(), kMostRows); ++i)
        new QTreeWidgetItem(m_tree, {roadText(network, network.graph.roadOf(roads[i].edges.front())),
                                     peopleText(roads[i].lost), placeNames(m_finding->report, roads[i].places)});
    const std::size_t more = roads.size() - std::min(roads.size(), kMostRows);
    m_state->setText(roads.empty() ? tr("No single open road is the only way to a place that is reached.")
                     : more > 0
                         ? tr("Each is the only way to the places named; %1 that hurt less are not listed.").arg(more)
                         : tr("Each is the only way to the places named."));
}

// What is listed is not of the present question any more.
void AccessCritical::forget() {
    if (!isVisible() || (m_finding && m_finding == m_access.finding()))
        return;
    m_finding.reset();
    m_roads.clear();
    m_tree->clear();
    m_again->setEnabled(m_access.finding() != nullptr);
    m_state->setText(tr("The answer has changed since; find them again."));
}

void AccessCritical::tell(int row, bool zooms) {
    if (!m_finding || row < 0 || static_cast<std::size_t>(row) >= m_roads.size())
        return;
    const AccessNetwork& network = *m_finding->report.network;
    MapSketch sketch;
    for (const std::uint32_t edge : m_roads[static_cast<std::size_t>(row)].edges)
        sketch.addLine(network.graph.geometryOf(edge));
    for (const std::uint32_t place : m_roads[static_cast<std::size_t>(row)].places)
        sketch.addPoint(network.places[place].at);
    emit roadWanted(zooms ? sketch.box() : GeoBox{}, sketch);
}

} // namespace cordon
