// A few words in colour over the map that say it shows something special, with a button to leave that.
#pragma once

#include <QColor>
#include <QFrame>
#include <QLabel>
#include <QToolButton>

namespace cordon {

class MapChip : public QFrame {
    Q_OBJECT
public:
    MapChip(const QColor& color, const QString& closeText, QWidget* parent);

    void showText(const QString& text); // "": hidden
    QString text() const { return isHidden() ? QString() : m_text->text(); }

signals:
    void closeWanted();

private:
    QLabel* m_text;
    QToolButton* m_close;
};

} // namespace cordon
