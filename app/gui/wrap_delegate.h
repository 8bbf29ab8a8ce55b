// Rows of a tree or table as high as their wrapped text needs; Qt's own delegate elides instead.
#pragma once

#include <QStyledItemDelegate>

class QTreeView;

namespace cordon {

class WrapDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit WrapDelegate(QTreeView& view); // becomes the view's delegate

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QTreeView& m_view;
};

} // namespace cordon
