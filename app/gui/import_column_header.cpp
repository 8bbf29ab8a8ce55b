#include "app/gui/import_column_header.h"

#include "app/gui/import_words.h"
#include "app/gui/look.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStandardItemModel>
#include <algorithm>

namespace cordon {

namespace {

constexpr int kMostCombos = 400; // columns beyond are attributes
constexpr int kRole = Qt::UserRole, kField = Qt::UserRole + 1;

QPixmap swatch(ColumnGroup group) {
    QPixmap pixmap(12, 12);
    pixmap.fill(colorOf(group));
    QPainter painter(&pixmap);
    painter.setPen(QColor(0x77, 0x77, 0x77));
    painter.drawRect(0, 0, 11, 11);
    return pixmap;
}

} // namespace

ImportColumnHeader::ImportColumnHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), m_choices(new QStandardItemModel(this)) {
    setSectionsMovable(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(120);
    setDefaultSectionSize(150);
    connect(this, &QHeaderView::sectionResized, this, &ImportColumnHeader::placeCombos);
    connect(this, &QHeaderView::geometriesChanged, this, &ImportColumnHeader::placeCombos);
}

QSize ImportColumnHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(), 2 * fontMetrics().height() + 26};
}

QComboBox* ImportColumnHeader::combo(int column) const {
    return column >= 0 && column < static_cast<int>(m_combos.size()) ? m_combos[static_cast<std::size_t>(column)]
                                                                     : nullptr;
}

void ImportColumnHeader::fillChoices(ImportTarget target) {
    if (m_target == target)
        return;
    m_target = target;
    m_choices->clear();
    const auto add = [this](const QString& text, ColumnRole role, const std::string& field, const QString& tip) {
        auto* item = new QStandardItem(text);
        item->setData(static_cast<int>(role), kRole);
        item->setData(fromUtf8(field), kField);
        item->setIcon(swatch(groupOf(role)));
        item->setToolTip(tip);
        m_choices->appendRow(item);
    };
    for (int i = 0; i < static_cast<int>(ColumnRole::Field); ++i) {
        const auto role = static_cast<ColumnRole>(i);
        add(phraseOf(role), role, {}, translated(phrasesOf<ColumnRole>()[static_cast<std::size_t>(i)].tip));
    }
    for (const ReportField& field : isRecordTarget(target) ? fieldsOf(target) : std::vector<ReportField>())
        add(tr("Report: %1").arg(field.text), ColumnRole::Field, field.name, {});
}

void ImportColumnHeader::setPlan(const ImportPlan& plan) {
    m_uses = plan.columns;
    fillChoices(plan.target);
    const int wanted = std::min(static_cast<int>(m_uses.size()), kMostCombos);
    while (static_cast<int>(m_combos.size()) > wanted) {
        delete m_combos.back();
        m_combos.pop_back();
    }
    while (static_cast<int>(m_combos.size()) < wanted)
        addCombo(static_cast<int>(m_combos.size()));
    for (std::size_t i = 0; i < m_combos.size(); ++i) {
        const ColumnUse& use = m_uses[i];
        QComboBox& combo = *m_combos[i];
        int found = -1;
        for (int row = 0; row < m_choices->rowCount() && found < 0; ++row)
            if (m_choices->item(row)->data(kRole).toInt() == static_cast<int>(use.role) &&
                m_choices->item(row)->data(kField).toString().toStdString() == use.field)
                found = row;
        combo.setCurrentIndex(found);
        combo.setPlaceholderText(useText(use));
        combo.setAccessibleName(tr("What column %1 is").arg(fromUtf8(use.column)));
        const QString tip = use.why.empty() ? groupName(groupOf(use.role))
                                            : tr("%1: %2").arg(groupName(groupOf(use.role)), fromUtf8(use.why));
        combo.setToolTip(plainTip(tip));
        QPalette palette = combo.palette();
        palette.setColor(QPalette::Button, colorOf(groupOf(use.role)));
        combo.setPalette(palette);
    }
    placeCombos();
    viewport()->update();
}

void ImportColumnHeader::addCombo(int column) {
    auto* combo = new QComboBox(viewport());
    combo->setModel(m_choices);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(6);
    combo->setMaxVisibleItems(20);
    combo->view()->setMinimumWidth(220);
    combo->setFocusPolicy(Qt::StrongFocus); // no wheel while the table is scrolled
    connect(combo, &QComboBox::activated, this, [this, column](int row) {
        const QStandardItem* item = m_choices->item(row);
        emit useChosen(column, static_cast<ColumnRole>(item->data(kRole).toInt()),
                       item->data(kField).toString().toStdString());
    });
    m_combos.push_back(combo);
    combo->show();
}

void ImportColumnHeader::placeCombos() {
    const int height = fontMetrics().height() + 10;
    for (std::size_t i = 0; i < m_combos.size(); ++i) {
        const int section = static_cast<int>(i);
        if (section >= count())
            break;
        m_combos[i]->setGeometry(sectionViewportPosition(section) + 2, viewport()->height() - height - 3,
                                 sectionSize(section) - 4, height);
    }
}

void ImportColumnHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    const auto column = static_cast<std::size_t>(section);
    const ColumnRole role = column < m_uses.size() ? m_uses[column].role : ColumnRole::Attribute;
    painter->save();
    painter->fillRect(rect, colorOf(groupOf(role)));
    painter->setPen(QColor(0xC4, 0xC1, 0xBA));
    painter->drawLine(rect.topRight(), rect.bottomRight());
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    QFont bold = font();
    bold.setBold(true);
    painter->setFont(bold);
    painter->setPen(QColor(0x22, 0x26, 0x2A));
    QString name = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString().simplified();
    if (name.isEmpty())
        name = tr("(column %1)").arg(section + 1);
    const QRect place(rect.left() + 6, rect.top() + 4, rect.width() - 12, painter->fontMetrics().height());
    painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(name, Qt::ElideMiddle, place.width()));
    painter->restore();
}

} // namespace cordon
