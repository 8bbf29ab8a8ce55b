// What was found under a click: a tree of finds, each with its fields. All text is plain.
#pragma once

#include "core/render/identify.h"

#include <QLabel>
#include <QTreeWidget>
#include <QWidget>

namespace cordon {

class IdentifyPanel : public QWidget {
    Q_OBJECT
public:
    explicit IdentifyPanel(QWidget* parent = nullptr);

    void showFinds(const QString& place, const std::vector<Identified>& finds);
    void clear();
    QString asText() const; // all finds, a field a line

private:
    void showMenu(const QPoint& position);
    void copySelected() const;

    QLabel* m_place;
    QTreeWidget* m_tree;
};

} // namespace cordon
