#include "app/gui/access_lifts.h"

#include "app/gui/access_words.h"
#include "app/gui/report_words.h"
#include "app/gui/wrap_delegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>
#include <cmath>

namespace cordon {

namespace {

constexpr int kNumber = Qt::UserRole, kTogether = Qt::UserRole + 1;
constexpr std::size_t kMostRows = 500; // who is further down reconnects nobody

QString gainText(const LiftGain& gain) {
    if (gain.reconnected.places == 0)
        return AccessLifts::tr("nobody by itself");
    return peopleText(gain.reconnected);
}

} // namespace

AccessQuery withLifted(AccessQuery query, const AccessFinding& finding, const LiftGain& gain) {
    const Passages& passages = finding.report.answer.passages;
    const auto lift = [&](const std::string& id) {
        if (std::find(query.lifted.begin(), query.lifted.end(), id) == query.lifted.end())
            query.lifted.push_back(id);
    };
    for (const Liftable& lifted : gain.lifted) {
        if (lifted.restriction) {
            lift(lifted.restriction->head.id);
            continue;
        }
        const Blockage& blockage = passages.blockages[lifted.blockage];
        for (const RoadStatus* report : blockage.reports)
            lift(report->head.id);
        for (const std::uint32_t o : blockage.obstacles)
            if (const Obstacle& obstacle = passages.obstacles[o]; obstacle.isWhatIf)
                std::erase_if(query.closed, [&](const RoadReference& closed) {
                    return closed.roadId == finding.report.network->graph.idOf(obstacle.road) &&
                           closed.fromFraction == obstacle.fromFraction && closed.toFraction == obstacle.toFraction;
                });
    }
    return query;
}

AccessLifts::AccessLifts(QWidget* parent)
    : QWidget(parent), m_tree(new QTreeWidget(this)), m_lift(new QPushButton(tr("What If &Lifted"), this)),
      m_empty(new QLabel(m_tree)) {
    m_tree->setHeaderLabels({tr("No."), tr("Blockage"), tr("Lifting it reconnects"), tr("Saves")});
    m_tree->headerItem()->setToolTip(3, tr("Hours saved for one journey to each place that is reached now"));
    m_tree->setAccessibleName(tr("Blockages by what lifting them brings"));
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(0);
    m_tree->setAlternatingRowColors(true);
    new WrapDelegate(*m_tree);
    QHeaderView* header = m_tree->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(1, QHeaderView::Stretch);
    header->setSectionResizeMode(3, QHeaderView::ResizeToContents);
    header->resizeSection(2, 150);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    (new QVBoxLayout(m_tree->viewport()))->addWidget(m_empty);
    m_lift->setToolTip(tr("Answer as if the chosen blockage were lifted; the reports stay as they are"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_lift);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_tree, 1);
    layout->addLayout(buttons);
    connect(m_lift, &QPushButton::clicked, this, &AccessLifts::liftChosen);
    const auto tell = [this](QTreeWidgetItem* item, auto signal) {
        if (item && item->data(0, kNumber).isValid())
            emit(this->*signal)(item->data(0, kNumber).toULongLong(), item->data(0, kTogether).toBool());
    };
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this, tell](QTreeWidgetItem* item) {
        followChoice();
        if (!m_tree->signalsBlocked())
            tell(item, &AccessLifts::chosen);
    });
    connect(m_tree, &QTreeWidget::itemClicked, this,
            [tell](QTreeWidgetItem* item) { tell(item, &AccessLifts::chosen); });
    connect(m_tree, &QTreeWidget::itemActivated, this,
            [tell](QTreeWidgetItem* item) { tell(item, &AccessLifts::zoomWanted); });
    connect(m_tree, &QTreeWidget::itemDoubleClicked, this,
            [tell](QTreeWidgetItem* item) { tell(item, &AccessLifts::zoomWanted); });
    show(nullptr);
}

void AccessLifts::addGains(const std::vector<LiftGain>& gains, bool isTogether, QTreeWidgetItem* group) {
    const QColor quiet(0x80, 0x80, 0x80);
    for (std::size_t i = 0; i < std::min(gains.size(), kMostRows); ++i) {
        const LiftGain& gain = gains[i];
        const QString saves = gain.hoursSaved >= 0.05 ? hoursText(gain.hoursSaved * 3600) : QString();
        const bool isNumbered = !isTogether && i < m_finding->report.top;
        auto* item = new QTreeWidgetItem({isNumbered ? QString::number(i + 1) : QString(),
                                          liftText(m_finding->report, gain), gainText(gain), saves});
        if (group)
            group->addChild(item);
        else
            m_tree->addTopLevelItem(item);
        item->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
        item->setData(0, kNumber, static_cast<qulonglong>(i));
        item->setData(0, kTogether, isTogether);
        if (gain.reconnected.places == 0)
            item->setForeground(2, quiet);
        item->setToolTip(2, placeNames(m_finding->report, gain.places, 20));
    }
}

void AccessLifts::show(std::shared_ptr<const AccessFinding> finding) {
    const LiftGain* before = chosenGain();
    const QString chosen = before ? liftText(m_finding->report, *before) : QString();
    m_finding = std::move(finding);
    const QSignalBlocker quiet(m_tree);
    m_tree->clear();
    m_empty->clear();
    if (m_finding && m_finding->isExplained) {
        addGains(m_finding->report.ranked, false, nullptr);
        if (!m_finding->report.together.empty()) {
            auto* group = new QTreeWidgetItem(m_tree, {{}, tr("Only together")});
            QFont bold = font();
            bold.setBold(true);
            group->setFont(1, bold);
            group->setFlags(Qt::ItemIsEnabled);
            group->setExpanded(true);
            addGains(m_finding->report.together, true, group);
        }
        if (m_tree->topLevelItemCount() == 0)
            m_empty->setText(tr("Nothing is blocked at this date."));
    } else if (m_finding) {
        m_empty->setText(tr("What matters most is being found..."));
    }
    m_empty->setVisible(!m_empty->text().isEmpty());
    const auto again = m_tree->findItems(chosen, Qt::MatchExactly | Qt::MatchRecursive, 1);
    if (!chosen.isEmpty() && !again.isEmpty())
        m_tree->setCurrentItem(again.front());
    followChoice();
}

void AccessLifts::choose(std::size_t number) {
    const QSignalBlocker quiet(m_tree);
    if (auto* item = m_tree->topLevelItem(static_cast<int>(number))) {
        m_tree->setCurrentItem(item);
        m_tree->scrollToItem(item);
    }
    followChoice();
}

const LiftGain* AccessLifts::chosenGain() const {
    const QTreeWidgetItem* item = m_finding ? m_tree->currentItem() : nullptr;
    if (!item || !item->data(0, kNumber).isValid())
        return nullptr;
    const auto& gains = item->data(0, kTogether).toBool() ? m_finding->report.together : m_finding->report.ranked;
    const auto number = item->data(0, kNumber).toULongLong();
    return number < gains.size() ? &gains[number] : nullptr;
}

void AccessLifts::followChoice() {
    m_lift->setEnabled(chosenGain() != nullptr);
}

void AccessLifts::liftChosen() {
    if (const LiftGain* gain = chosenGain())
        emit changed(withLifted(m_finding->report.answer.query, *m_finding, *gain));
}

} // namespace cordon
