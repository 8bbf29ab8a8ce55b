#include "app/gui/identify_panel.h"

#include "app/gui/look.h"
#include "app/gui/wrap_delegate.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

namespace cordon {

namespace {

QString fromUtf8(const std::string& text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString textOf(const QTreeWidgetItem& item) {
    QStringList lines{item.text(0)};
    for (int i = 0; i < item.childCount(); ++i)
        lines.append(item.child(i)->text(0) + '\t' + item.child(i)->text(1));
    return lines.join('\n');
}

} // namespace

IdentifyPanel::IdentifyPanel(QWidget* parent)
    : QWidget(parent), m_place(new QLabel(this)), m_tree(new QTreeWidget(this)), m_report(new QToolButton(this)),
      m_actions(new QToolButton(this)), m_photo(new PhotoThumbnail(this)) {
    showNamesIn(*m_place);
    m_place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tree->setColumnCount(2);
    m_tree->setHeaderLabels({tr("Field"), tr("Value")});
    m_tree->setAccessibleName(tr("Attributes under the click"));
    m_tree->setIndentation(12);
    new WrapDelegate(*m_tree);
    m_tree->setAlternatingRowColors(true);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Interactive);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->resizeSection(0, 140);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &IdentifyPanel::showMenu);
    auto* copy = new QAction(tr("&Copy"), m_tree);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &IdentifyPanel::copySelected);
    m_tree->addAction(copy);

    auto* copyAll = new QToolButton(this);
    copyAll->setIcon(iconOf("copy"));
    copyAll->setAutoRaise(true);
    copyAll->setToolTip(tr("Copy all attributes"));
    copyAll->setAccessibleName(tr("Copy all attributes"));
    connect(copyAll, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
    m_report->setText(tr("Show Report"));
    m_report->setIcon(iconOf("reports"));
    m_report->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_report->setToolTip(tr("Choose this report in the list of reports"));
    connect(m_report, &QToolButton::clicked, this, [this] {
        if (const Identified* find = findOf(m_tree->currentItem()))
            emit reportWanted(find->recordId);
    });
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &IdentifyPanel::followCurrent);
    m_actions->setText(tr("Actions"));
    m_actions->setToolTip(tr("What can be done with what is chosen below; also with a right click there"));
    m_actions->setPopupMode(QToolButton::InstantPopup);
    auto* actions = new QMenu(m_actions);
    m_actions->setMenu(actions);
    connect(actions, &QMenu::aboutToShow, this, [this, actions] {
        actions->clear();
        if (const QTreeWidgetItem* item = m_tree->currentItem())
            fillMenu(*actions, *item);
    });
    auto* top = new QHBoxLayout;
    top->addWidget(m_place, 1);
    top->addWidget(m_report, 0, Qt::AlignTop);
    top->addWidget(m_actions, 0, Qt::AlignTop);
    top->addWidget(copyAll, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->addLayout(top);
    layout->addWidget(m_photo);
    layout->addWidget(m_tree, 1);
    clear();
}

void IdentifyPanel::clear() {
    m_place->setText(tr("Click on the map to see what is there."));
    m_tree->clear();
    m_finds.clear();
    followCurrent();
}

const Identified* IdentifyPanel::findOf(const QTreeWidgetItem* item) const {
    const QTreeWidgetItem* top = item && item->parent() ? item->parent() : item;
    const int row = m_tree->indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(top));
    return row >= 0 && row < static_cast<int>(m_finds.size()) ? &m_finds[static_cast<std::size_t>(row)] : nullptr;
}

void IdentifyPanel::followCurrent() {
    const Identified* find = findOf(m_tree->currentItem());
    m_report->setVisible(find && !find->recordId.empty());
    m_actions->setVisible(find != nullptr);
    m_photo->showPhoto(find ? photoOf(*find) : std::nullopt);
}

void IdentifyPanel::showFinds(const QString& place, const std::vector<Identified>& finds) {
    m_tree->clear();
    m_finds = finds;
    m_place->setText(finds.empty() ? tr("%1: nothing here.").arg(place)
                                   : tr("%1: %n found", nullptr, static_cast<int>(finds.size())).arg(place));
    for (const Identified& find : finds) {
        auto* top =
            new QTreeWidgetItem(m_tree, {fromUtf8(find.title) + QString::fromUtf8("  –  ") + fromUtf8(find.layerName)});
        top->setFirstColumnSpanned(true);
        QFont bold = m_tree->font();
        bold.setBold(true);
        top->setFont(0, bold);
        for (const IdentifiedField& field : find.fields) {
            auto* item = new QTreeWidgetItem(top, {fromUtf8(field.name), fromUtf8(field.value)});
            item->setTextAlignment(0, Qt::AlignLeft | Qt::AlignTop);
            item->setTextAlignment(1, Qt::AlignLeft | Qt::AlignTop);
        }
    }
    for (int i = 0; i < std::min(3, m_tree->topLevelItemCount()); ++i)
        m_tree->topLevelItem(i)->setExpanded(true);
    // A report or a photo, where there is one: it is what people click for.
    const auto wanted = std::ranges::find_if(
        m_finds, [](const Identified& find) { return !find.recordId.empty() || photoOf(find).has_value(); });
    m_tree->setCurrentItem(
        m_tree->topLevelItem(wanted == m_finds.end() ? 0 : static_cast<int>(wanted - m_finds.begin())));
    followCurrent();
}

QString IdentifyPanel::asText() const {
    QStringList blocks;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        blocks.append(textOf(*m_tree->topLevelItem(i)));
    return blocks.join("\n\n");
}

void IdentifyPanel::copySelected() const {
    const QTreeWidgetItem* item = m_tree->currentItem();
    if (item)
        QGuiApplication::clipboard()->setText(item->childCount() > 0 ? textOf(*item) : item->text(1));
}

void IdentifyPanel::fillMenu(QMenu& menu, const QTreeWidgetItem& item) {
    if (const Identified* find = findOf(&item))
        emit menuWanted(*find, &menu);
    if (!menu.isEmpty())
        menu.addSeparator();
    menu.addAction(item.childCount() > 0 ? tr("Copy &Attributes") : tr("&Copy Value"), this,
                   &IdentifyPanel::copySelected);
    menu.addAction(tr("Copy &All"), this, [this] { QGuiApplication::clipboard()->setText(asText()); });
    const QUrl url(item.text(1), QUrl::StrictMode);
    if (url.isValid() && (url.scheme() == "https" || url.scheme() == "http"))
        menu.addAction(tr("&Open %1 in the Browser").arg(shortName(url.host())), this,
                       [url] { QDesktopServices::openUrl(url); });
}

void IdentifyPanel::showMenu(const QPoint& position) {
    const QTreeWidgetItem* item = m_tree->itemAt(position);
    if (!item)
        return;
    QMenu menu(this);
    fillMenu(menu, *item);
    menu.exec(m_tree->viewport()->mapToGlobal(position));
}

} // namespace cordon
