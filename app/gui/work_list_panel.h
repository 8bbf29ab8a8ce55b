// What somebody has to decide or look after: contested, stale, without a source, without its road or region.
#pragma once

#include "app/gui/document.h"
#include "app/gui/place_lookups.h"
#include "app/gui/report_edits.h"
#include "app/gui/worker.h"
#include "core/model/work_list.h"

#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QTreeWidget>
#include <QWidget>

namespace cordon {

class WorkListPanel : public QWidget {
    Q_OBJECT
public:
    WorkListPanel(Document& document, PlaceLookupsCache& lookups, QWidget* parent = nullptr);
    ~WorkListPanel() override;

    const std::vector<WorkItem>& items() const { return m_items; }
    QTreeWidget& tree() { return *m_tree; }
    bool isBusy() const { return m_delay.isActive() || m_worker.isBusy(); }

signals:
    void countChanged(int count);
    void goToWanted(const cordon::WorkItem& item);
    void chosen(const cordon::ReportIds& ids);
    void correctWanted(const std::string& id);
    void confirmWanted(const cordon::ReportIds& ids);
    void withdrawWanted(const cordon::ReportIds& ids);
    void historyWanted(const cordon::WorkItem& item);
    void failed(const QString& reason);

private:
    void buildTree();
    QWidget* buildButtons();
    void refreshSoon();
    void refresh();
    void take(std::vector<WorkItem> items);
    void addReports(QTreeWidgetItem& row, const WorkItem& item) const;
    void followSelection();
    std::vector<const WorkItem*> chosenItems() const;
    ReportIds chosenIds() const; // reports that can be acted on: where several are in question, those chosen one by one

    Document& m_document;
    PlaceLookupsCache& m_lookups;
    QTreeWidget* m_tree;
    QLabel* m_nothing;
    QPushButton *m_goTo = nullptr, *m_confirm = nullptr, *m_withdraw = nullptr, *m_correct = nullptr,
                *m_history = nullptr;
    std::vector<WorkItem> m_items;
    QTimer m_delay; // while the time is being dragged
    Worker m_worker;
};

} // namespace cordon
