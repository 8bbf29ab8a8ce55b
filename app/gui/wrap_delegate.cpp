#include "app/gui/wrap_delegate.h"

#include <QHeaderView>
#include <QTreeView>

namespace cordon {

namespace {

constexpr int kMarginPx = 10;      // left and right together, with room for rounding
constexpr int kMostHeightPx = 400; // of one row; the rest is in the copied text

} // namespace

WrapDelegate::WrapDelegate(QTreeView& view) : QStyledItemDelegate(&view), m_view(view) {
    view.setWordWrap(true);
    view.setUniformRowHeights(false);
    view.setItemDelegate(this);
    connect(view.header(), &QHeaderView::sectionResized, &view, [&view] { view.doItemsLayout(); });
}

QSize WrapDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QSize plain = QStyledItemDelegate::sizeHint(option, index);
    const bool isSpanned = m_view.isFirstColumnSpanned(index.row(), index.parent());
    int width = isSpanned ? m_view.viewport()->width() : m_view.columnWidth(index.column());
    if (index.column() == 0)
        for (QModelIndex i = index; i.isValid(); i = i.parent())
            width -= m_view.indentation();
    if (!index.data(Qt::DecorationRole).isNull())
        width -= option.decorationSize.width() + 4;
    QFont font = option.font;
    if (const QVariant own = index.data(Qt::FontRole); own.isValid())
        font = own.value<QFont>();
    const QRect text = QFontMetrics(font).boundingRect(QRect(0, 0, std::max(40, width - kMarginPx), 100000),
                                                       Qt::TextWordWrap, index.data().toString());
    return {plain.width(), std::clamp(text.height() + 4, QFontMetrics(font).height() + 4, kMostHeightPx)};
}

} // namespace cordon
