#include "app/gui/layer_panel.h"

#include "app/gui/project_edits.h"

#include <QAction>
#include <QColorDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace cordon {

namespace {

QColor toQt(Color c) {
    return QColor(c.r, c.g, c.b, c.a);
}

QIcon colorIcon(const std::optional<Color>& color) {
    QPixmap pixmap(32, 20);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setPen(QColor(0x9C, 0x99, 0x92));
    painter.setBrush(color ? QBrush(toQt({color->r, color->g, color->b, 255})) : QBrush(Qt::NoBrush));
    painter.drawRect(0, 0, 31, 19);
    return QIcon(pixmap);
}

// A name longer than the list is wide is cut in the middle, rather than that all of them have to be scrolled.
class NarrowDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        return {0, QStyledItemDelegate::sizeHint(option, index).height()};
    }
};

} // namespace

LayerPanel::LayerPanel(Document& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_model(document), m_list(new QListView(this)),
      m_opacity(new QSlider(Qt::Horizontal, this)), m_opacityText(new QLabel(this)), m_color(new QToolButton(this)) {
    m_list->setModel(&m_model);
    m_list->setAccessibleName(tr("Layers, topmost first"));
    m_list->setIconSize({26, 18});
    m_list->setSpacing(1);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->setDragDropOverwriteMode(false);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setItemDelegate(new NarrowDelegate(m_list));
    connect(m_list, &QWidget::customContextMenuRequested, this, &LayerPanel::showMenu);
    connect(m_list, &QAbstractItemView::doubleClicked, this, &LayerPanel::zoomToCurrent);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (const auto layer = m_model.layerAt(index))
            m_currentId = layer->id;
        followLayer();
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_list->setCurrentIndex(m_model.indexOf(m_currentId));
        followLayer();
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &LayerPanel::followLayer);
    buildControls();
    followLayer();
}

void LayerPanel::buildControls() {
    auto* label = new QLabel(tr("&Opacity"), this);
    label->setBuddy(m_opacity);
    m_opacity->setRange(0, 100);
    m_opacity->setPageStep(10);
    m_opacity->setAccessibleName(tr("Opacity of the chosen layer"));
    m_opacity->setToolTip(tr("Opacity of the chosen layer"));
    m_opacityText->setMinimumWidth(fontMetrics().horizontalAdvance("100 %"));
    m_opacityText->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_color->setIconSize({32, 20});
    m_color->setToolTip(tr("Colour of the chosen layer"));
    m_color->setAccessibleName(tr("Colour of the chosen layer"));
    connect(m_opacity, &QSlider::sliderPressed, this, [this] { ++m_opacityDrag; });
    connect(m_opacity, &QSlider::valueChanged, this, &LayerPanel::setOpacity);
    connect(m_color, &QToolButton::clicked, this, &LayerPanel::chooseColor);

    const auto addKey = [this](const QKeySequence& key, auto slot) {
        auto* action = new QAction(this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    addKey(QKeySequence::Delete, [this] { removeCurrent(); });
    addKey(QKeySequence("Alt+Up"), [this] { moveCurrent(-1); });
    addKey(QKeySequence("Alt+Down"), [this] { moveCurrent(1); });

    auto* controls = new QHBoxLayout;
    controls->addWidget(label);
    controls->addWidget(m_opacity, 1);
    controls->addWidget(m_opacityText);
    controls->addWidget(m_color);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->addWidget(m_list, 1);
    layout->addLayout(controls);
    setMinimumWidth(220);
}

std::shared_ptr<const Layer> LayerPanel::currentLayer() const {
    return findLayer(*m_document.project(), m_currentId);
}

void LayerPanel::followLayer() {
    const auto layer = currentLayer();
    const auto color = layer ? mainColor(layer->style) : std::nullopt;
    const int percent = layer ? static_cast<int>(layer->opacity * 100 + 0.5) : 100;
    const QSignalBlocker quiet(m_opacity);
    m_opacity->setEnabled(layer != nullptr);
    m_opacity->setValue(percent);
    m_opacityText->setEnabled(layer != nullptr);
    m_opacityText->setText(tr("%1 %").arg(percent));
    m_color->setEnabled(layer && layer->table && color);
    m_color->setIcon(colorIcon(color));
}

void LayerPanel::setOpacity(int percent) {
    const auto layer = currentLayer();
    if (!layer)
        return;
    if (!m_opacity->isSliderDown())
        ++m_opacityDrag;
    m_document.apply(tr("Opacity of %1").arg(QString::fromStdString(layer->name)),
                     withChangedLayer(*m_document.project(), layer->id, [&](Layer& l) { l.opacity = percent / 100.0; }),
                     QString("opacity %1").arg(m_opacityDrag));
}

void LayerPanel::chooseColor() {
    const auto layer = currentLayer();
    const auto color = layer ? mainColor(layer->style) : std::nullopt;
    if (!color)
        return;
    const QString name = QString::fromStdString(layer->name);
    const QColor chosen = QColorDialog::getColor(toQt(*color), this, tr("Colour of %1").arg(name));
    if (!chosen.isValid())
        return;
    const Color rgb{static_cast<std::uint8_t>(chosen.red()), static_cast<std::uint8_t>(chosen.green()),
                    static_cast<std::uint8_t>(chosen.blue()), 255};
    m_document.apply(tr("Colour of %1").arg(name), withChangedLayer(*m_document.project(), layer->id, [&](Layer& l) {
                         l.style = withMainColor(l.style, rgb);
                     }));
}

void LayerPanel::removeCurrent() {
    if (const auto layer = currentLayer())
        m_document.apply(tr("Remove %1").arg(QString::fromStdString(layer->name)),
                         withoutLayer(*m_document.project(), layer->id));
}

void LayerPanel::zoomToCurrent() {
    if (const auto layer = currentLayer())
        emit zoomWanted(extentOf(*layer, *m_document.project()->situation));
}

void LayerPanel::moveCurrent(int rows) {
    const QModelIndex index = m_model.indexOf(m_currentId);
    if (index.isValid())
        m_model.moveRows({}, index.row(), 1, {}, index.row() + (rows > 0 ? rows + 1 : rows));
}

void LayerPanel::showMenu(const QPoint& position) {
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid())
        return;
    QMenu menu(this);
    menu.addAction(tr("&Zoom to Layer"), this, &LayerPanel::zoomToCurrent);
    menu.addAction(tr("&Export..."), this, [this] { emit exportWanted(m_currentId); });
    menu.addAction(tr("&Rename"), Qt::Key_F2, this, [this, index] { m_list->edit(index); });
    menu.addSeparator();
    menu.addAction(tr("Move &Up"), QKeySequence("Alt+Up"), this, [this] { moveCurrent(-1); });
    menu.addAction(tr("Move &Down"), QKeySequence("Alt+Down"), this, [this] { moveCurrent(1); });
    menu.addSeparator();
    menu.addAction(tr("Re&move"), QKeySequence::Delete, this, &LayerPanel::removeCurrent);
    menu.exec(m_list->viewport()->mapToGlobal(position));
}

} // namespace cordon
