#include "app/gui/map_chip.h"

#include <QHBoxLayout>

namespace cordon {

MapChip::MapChip(const QColor& color, const QString& closeText, QWidget* parent)
    : QFrame(parent), m_text(new QLabel(this)), m_close(new QToolButton(this)) {
    setStyleSheet(QString("cordon--MapChip { background: %1; border-radius: 4px; }"
                          "QLabel { color: white; font-weight: bold; background: transparent; }"
                          "QToolButton { color: white; border: none; border-radius: 3px; padding: 0 4px; "
                          "background: transparent; font-weight: bold; }"
                          "QToolButton:hover, QToolButton:focus { background: rgba(255, 255, 255, 60); }")
                      .arg(color.name()));
    m_text->setTextFormat(Qt::PlainText);
    m_close->setText(QString::fromUtf8("✕"));
    m_close->setToolTip(closeText);
    m_close->setAccessibleName(closeText);
    m_close->setCursor(Qt::PointingHandCursor);
    connect(m_close, &QToolButton::clicked, this, &MapChip::closeWanted);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 4, 4);
    layout->setSpacing(6);
    layout->addWidget(m_text);
    layout->addWidget(m_close);
    setCursor(Qt::ArrowCursor);
    hide();
}

void MapChip::showText(const QString& text) {
    m_text->setText(text);
    setVisible(!text.isEmpty());
    adjustSize();
}

} // namespace cordon
