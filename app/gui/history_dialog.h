// Shows a history beside the map; stays open and follows the dates and the edits.
#pragma once

#include "app/gui/document.h"
#include "app/gui/history.h"

#include <QDialog>
#include <QLabel>
#include <QTreeWidget>
#include <functional>

namespace cordon {

class HistoryDialog : public QDialog {
    Q_OBJECT
public:
    HistoryDialog(Document& document, QWidget* parent = nullptr);

    void show(std::function<HistoryTable()> make); // asked again when something changed
    const HistoryTable& table() const { return m_table; }

signals:
    void reportWanted(const std::string& id);

private:
    void follow();

    std::function<HistoryTable()> m_make;
    HistoryTable m_table;
    QLabel* m_title;
    QLabel* m_verdicts;
    QTreeWidget* m_tree;
};

} // namespace cordon
