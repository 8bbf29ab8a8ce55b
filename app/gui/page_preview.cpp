#include "app/gui/page_preview.h"

#include <QPainter>
#include <algorithm>

namespace cordon {

PagePreview::PagePreview(QWidget* parent) : QWidget(parent) {
    setMinimumSize(200, 200);
    setAccessibleName(tr("Shape of the page"));
}

void PagePreview::showPage(double width, double height, bool isSheet, double columnShare) {
    m_width = std::max(width, 1e-6);
    m_height = std::max(height, 1e-6);
    m_isSheet = isSheet;
    m_columnShare = columnShare;
    update();
}

void PagePreview::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double scale = std::min((width() - 16) / m_width, (height() - 16) / m_height);
    const QSizeF size(m_width * scale, m_height * scale);
    const QRectF page(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size);
    painter.fillRect(page.translated(3, 3), QColor(0, 0, 0, 40));
    painter.setPen(QColor(0x9C, 0x99, 0x92));
    painter.setBrush(Qt::white);
    painter.drawRect(page);
    const QColor mapColor(0xD6, 0xE4, 0xEC), textColor(0xC4, 0xC1, 0xBA);
    if (!m_isSheet) {
        painter.fillRect(page.adjusted(1, 1, -1, -1), mapColor);
        return;
    }
    const double margin = std::max(3.0, 0.02 * size.width());
    QRectF map = page.adjusted(margin, margin, -margin, -margin);
    QRectF column = map;
    const bool isBeside = m_width >= m_height;
    if (isBeside) {
        column.setLeft(map.right() - m_columnShare * size.width());
        map.setRight(column.left() - margin);
    } else {
        column.setTop(map.bottom() - 0.28 * size.height());
        map.setBottom(column.top() - margin);
    }
    painter.fillRect(map, mapColor);
    painter.setPen(QColor(0x77, 0x77, 0x77));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(map);
    double y = column.top();
    painter.fillRect(QRectF(column.left(), y, column.width() * 0.9, 7), QColor(0x6A, 0x68, 0x63));
    for (y += 14; y + 3 < column.bottom(); y += 8)
        painter.fillRect(QRectF(column.left(), y, column.width() * (static_cast<int>(y) % 3 == 0 ? 0.5 : 0.75), 3),
                         textColor);
}

} // namespace cordon
