#include "app/gui/access_roads.h"

#include "app/gui/access_words.h"
#include "app/gui/report_words.h"
#include "app/gui/status_line.h"
#include "app/gui/wrap_delegate.h"
#include "core/geo/geodesic.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

constexpr int kKind = Qt::UserRole, kNumber = Qt::UserRole + 1;
constexpr std::size_t kMostRows = 500;
constexpr double kAroundDegrees = 0.02; // shown around a point

QString metersText(double meters) {
    return meters < 10000 ? AccessRoads::tr("%1 m").arg(numberText(meters, meters < 10 ? 1 : 0)) : kmText(meters);
}
QString countText(std::size_t number) {
    return numberText(static_cast<double>(number));
}

std::vector<std::uint32_t> edgesOfNoLength(const RoadGraph& graph) {
    std::vector<std::uint32_t> edges;
    for (std::uint32_t e = 0; e < graph.edgeCount(); ++e)
        if (graph.edges[e].lengthMeters <= 0)
            edges.push_back(e);
    return edges;
}

QString healthText(const AccessNetwork& network) {
    const NetworkHealth& health = network.health;
    QString text = AccessRoads::tr("%1 roads, %2 junctions and ends, %3 stretches between them.")
                       .arg(countText(network.graph.roads.size()), countText(network.graph.nodeCount()),
                            countText(network.graph.edgeCount()));
    if (health.joinedEnds > 0)
        text += AccessRoads::tr(" %1 ends within %2 of another road were joined to it, the widest over %3.")
                    .arg(countText(health.joinedEnds), metersText(health.toleranceMeters),
                         metersText(health.widestJoinMeters));
    if (health.duplicateEdges > 0)
        text += AccessRoads::tr(" %1 stretches lie on another one.").arg(countText(health.duplicateEdges));
    for (const Warning& warning : network.warnings)
        text += "\n" + fromUtf8(warning.text);
    return text;
}

} // namespace

AccessRoads::AccessRoads(LiveAccess& access, Document& document, QWidget* parent)
    : QWidget(parent), m_access(access), m_document(document), m_text(new QLabel(this)), m_tree(new QTreeWidget(this)) {
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_tree->setHeaderLabels({tr("What is doubtful"), tr("How far")});
    m_tree->setAccessibleName(tr("What is doubtful about the roads"));
    m_tree->setIndentation(12);
    m_tree->setAlternatingRowColors(true);
    new WrapDelegate(*m_tree);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_text);
    layout->addWidget(m_tree, 1);
    layout->addWidget(buildButtons());
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem* item) {
        followChoice();
        if (!m_tree->signalsBlocked())
            show(item);
    });
    connect(m_tree, &QTreeWidget::itemClicked, this, &AccessRoads::show);
    connect(m_tree, &QTreeWidget::itemActivated, this, &AccessRoads::joinChosen);
    connect(&m_access, &LiveAccess::networkChanged, this, qOverload<>(&AccessRoads::follow));
    follow();
}

QWidget* AccessRoads::buildButtons() {
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_join = new QPushButton(tr("&Join"), row);
    m_joinNear = new QPushButton(tr("Join All &Within"), row);
    m_joinNear->setToolTip(tr("Let traffic pass from every loose end that is as near to another road"));
    m_nearMeters = new QSpinBox(row);
    m_nearMeters->setRange(1, 500);
    m_nearMeters->setValue(50);
    m_nearMeters->setSuffix(tr(" m"));
    m_nearMeters->setAccessibleName(tr("How near a loose end is to be joined"));
    layout->addWidget(m_join);
    layout->addStretch();
    layout->addWidget(m_joinNear);
    layout->addWidget(m_nearMeters);
    connect(m_join, &QPushButton::clicked, this, &AccessRoads::joinChosen);
    connect(m_joinNear, &QPushButton::clicked, this, &AccessRoads::joinAllNear);
    connect(m_nearMeters, &QSpinBox::valueChanged, this, &AccessRoads::followChoice);
    return row;
}

QTreeWidgetItem* AccessRoads::addGroup(const QString& title, std::size_t count, const QString& tip) {
    auto* group = new QTreeWidgetItem(m_tree, {title.arg(countText(count))});
    QFont bold = font();
    bold.setBold(true);
    group->setFont(0, bold);
    group->setToolTip(0, tip);
    group->setExpanded(true);
    group->setFirstColumnSpanned(true);
    return group;
}

QTreeWidgetItem* AccessRoads::addRow(QTreeWidgetItem& group, Kind kind, std::size_t number, const QString& text,
                                     const QString& how) {
    auto* item = new QTreeWidgetItem(&group, {text, how});
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignTop);
    item->setData(0, kKind, static_cast<int>(kind));
    item->setData(0, kNumber, static_cast<qulonglong>(number));
    return item;
}

// Nothing where there are none.
template <class Add> void AccessRoads::addRows(const QString& title, std::size_t count, const QString& tip, Add add) {
    if (count == 0)
        return;
    QTreeWidgetItem* group = addGroup(title, count, tip);
    for (std::size_t i = 0; i < std::min(count, kMostRows); ++i)
        add(*group, i);
    if (count > kMostRows)
        new QTreeWidgetItem(group, {tr("and %1 more").arg(countText(count - kMostRows))});
}

void AccessRoads::addPlaces(const AccessNetwork& network) {
    constexpr double kFarMeters = 100000;
    std::vector<std::pair<double, std::size_t>> off; // nearest first: those a wider snap or a missing road would bring
    for (std::size_t i = 0; i < network.places.size(); ++i)
        if (network.nodeOfPlace[i] == kNone) {
            const auto near = network.nearestRoad(network.places[i].at, kFarMeters);
            off.emplace_back(near ? near->meters : kShut, i);
        }
    std::sort(off.begin(), off.end());
    addRows(tr("Places farther than %1 from any road: %2").arg(kmText(network.options.snapMeters), "%1"), off.size(),
            tr("Who lives there is not judged: neither reached nor cut off"),
            [&](QTreeWidgetItem& group, std::size_t i) {
                const auto [meters, place] = off[i];
                addRow(group, Kind::OffRoads, place, fromUtf8(network.places[place].name),
                       std::isfinite(meters) ? kmText(meters) : tr("over %1").arg(kmText(kFarMeters)));
            });
}

void AccessRoads::follow(const AccessNetwork& network) {
    const NetworkHealth& health = network.health;
    addRows(tr("Loose ends near another road: %1"), health.suggestedJoins.size(),
            tr("Were they meant to meet? Until they are joined nobody passes there."),
            [&](QTreeWidgetItem& group, std::size_t i) {
                const LooseEnd& end = health.suggestedJoins[i];
                addRow(group, Kind::LooseEnd, i,
                       tr("%1 ends near %2").arg(roadText(network, end.road), roadText(network, end.nearRoad)),
                       metersText(end.gapMeters));
            });
    addRows(tr("Joined by hand: %1"), m_joins.size(), tr("Kept in the project"),
            [&](QTreeWidgetItem& group, std::size_t i) {
                addRow(group, Kind::Joined, i, placeText(m_joins[i].from, false),
                       metersText(distanceMeters(m_joins[i].from, m_joins[i].to)));
            });
    addRows(tr("Islands: %1"), health.islands.size(), tr("Roads that no other road of the map leads to"),
            [&](QTreeWidgetItem& group, std::size_t i) {
                const Island& island = health.islands[i];
                addRow(group, Kind::Island, i, tr("Roads at %1").arg(placeText(island.at, false)),
                       kmText(island.lengthMeters));
            });
    const std::vector<std::uint32_t> noLength = edgesOfNoLength(network.graph);
    addRows(tr("Stretches of no length: %1"), noLength.size(),
            tr("Two vertices of a road at one and the same point; they do no harm"),
            [&](QTreeWidgetItem& group, std::size_t i) {
                addRow(group, Kind::NoLength, noLength[i], roadText(network, network.graph.roadOf(noLength[i])), {});
            });
    addPlaces(network);
    if (m_tree->topLevelItemCount() == 0)
        new QTreeWidgetItem(m_tree, {tr("Nothing: all roads hang together.")});
}

void AccessRoads::follow() {
    m_network = m_access.network();
    m_joins = m_document.project()->access.joins;
    {
        const QSignalBlocker quiet(m_tree);
        m_tree->clear();
        m_text->setText(m_network ? healthText(*m_network) : tr("The road network of the map is not built yet."));
        if (m_network)
            follow(*m_network);
    }
    followChoice();
}

void AccessRoads::followChoice() {
    const QTreeWidgetItem* item = m_tree->currentItem();
    const QVariant kind = item ? item->data(0, kKind) : QVariant();
    const bool isJoined = kind.isValid() && kind.toInt() == static_cast<int>(Kind::Joined);
    const bool isLoose = kind.isValid() && kind.toInt() == static_cast<int>(Kind::LooseEnd);
    m_join->setText(isJoined ? tr("Un&join") : tr("&Join"));
    m_join->setToolTip(isJoined ? tr("Part them again")
                                : tr("Let traffic pass from the loose end to the other road; kept in the project"));
    m_join->setEnabled(isJoined || isLoose);
    m_joinNear->setEnabled(m_network && !m_network->health.suggestedJoins.empty() &&
                           m_network->health.suggestedJoins.front().gapMeters <= m_nearMeters->value());
}

void AccessRoads::joinChosen() {
    const QTreeWidgetItem* item = m_tree->currentItem();
    if (!item || !m_join->isEnabled())
        return;
    const auto number = item->data(0, kNumber).toULongLong();
    Project changed = *m_document.project();
    if (item->data(0, kKind).toInt() == static_cast<int>(Kind::Joined)) {
        std::erase(changed.access.joins, m_joins[number]);
        m_document.apply(tr("Unjoin Roads"), std::move(changed));
        return;
    }
    const LooseEnd& end = m_network->health.suggestedJoins[number];
    changed.access.joins.push_back({end.at, end.join});
    m_document.apply(tr("Join Roads"), std::move(changed));
}

void AccessRoads::joinAllNear() {
    Project changed = *m_document.project();
    std::size_t joined = 0;
    for (const LooseEnd& end : m_network->health.suggestedJoins)
        if (end.gapMeters <= m_nearMeters->value()) {
            changed.access.joins.push_back({end.at, end.join});
            ++joined;
        }
    if (joined > 0)
        m_document.apply(tr("Join %1 Loose Ends").arg(joined), std::move(changed));
}

void AccessRoads::show(const QTreeWidgetItem* item) {
    if (!item || !item->data(0, kKind).isValid() || !m_network)
        return;
    const auto number = item->data(0, kNumber).toULongLong();
    const NetworkHealth& health = m_network->health;
    MapSketch sketch;
    const auto join = [&](LonLat from, LonLat to) {
        sketch.addLine({from, to});
        sketch.addPoint(from);
    };
    switch (static_cast<Kind>(item->data(0, kKind).toInt())) {
    case Kind::LooseEnd:
        join(health.suggestedJoins[number].at, health.suggestedJoins[number].join);
        break;
    case Kind::Joined:
        join(m_joins[number].from, m_joins[number].to);
        break;
    case Kind::Island:
        sketch.addPoint(health.islands[number].at);
        break;
    case Kind::NoLength:
        sketch.addPoint(m_network->graph.nodes[m_network->graph.edges[number].from]);
        break;
    case Kind::OffRoads:
        sketch.addPoint(m_network->places[number].at);
        break;
    }
    emit placeWanted(GeoBox{sketch.box().grown(kAroundDegrees)}, sketch);
}

} // namespace cordon
