// What was found under a click: a tree of finds, each with its fields. All text is plain.
#pragma once

#include "app/gui/photo_view.h"
#include "core/render/identify.h"

#include <QLabel>
#include <QToolButton>
#include <QTreeWidget>
#include <QWidget>

class QMenu;

namespace cordon {

class IdentifyPanel : public QWidget {
    Q_OBJECT
public:
    explicit IdentifyPanel(QWidget* parent = nullptr);

    void showFinds(const QString& place, const std::vector<Identified>& finds);
    void clear();
    PhotoThumbnail& photo() { return *m_photo; }
    QTreeWidget& tree() { return *m_tree; }
    QString asText() const; // all finds, a field a line

signals:
    void reportWanted(const std::string& id);
    void menuWanted(const cordon::Identified& find, QMenu* menu); // to be filled with what can be done

private:
    const Identified* findOf(const QTreeWidgetItem* item) const; // of an item or the one above it
    void followCurrent();
    void fillMenu(QMenu& menu, const QTreeWidgetItem& item);
    void showMenu(const QPoint& position);
    void copySelected() const;

    QLabel* m_place;
    QTreeWidget* m_tree;
    QToolButton* m_report;  // shows the report in the list, where a find is one
    QToolButton* m_actions; // what else can be done with a find
    PhotoThumbnail* m_photo;
    std::vector<Identified> m_finds;
};

} // namespace cordon
