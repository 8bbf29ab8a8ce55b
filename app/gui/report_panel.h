// The list of reports with what can be done to the chosen ones. Says what is wanted; who does it is the report desk.
#pragma once

#include "app/gui/document.h"
#include "app/gui/report_edits.h"
#include "app/gui/report_filter_bar.h"
#include "app/gui/report_list_model.h"
#include "app/gui/worker.h"

#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QWidget>
#include <set>

class QMenu;

namespace cordon {

class ReportPanel : public QWidget {
    Q_OBJECT
public:
    explicit ReportPanel(Document& document, QWidget* parent = nullptr);
    ~ReportPanel() override;

    ReportListModel& model() { return m_model; }
    ReportFilterBar& filterBar() { return *m_filter; }
    QTableView& view() { return *m_view; }
    bool isBusy() const { return m_worker.isBusy(); }

    // Chooses the row of the report, with the filters taken off if they hide it.
    void showReport(const std::string& id);

signals:
    void addWanted(cordon::RecordKind kind);
    void correctWanted(const std::string& id);
    void confirmWanted(const cordon::ReportIds& ids);
    void withdrawWanted(const cordon::ReportIds& ids);
    void historyWanted(const std::string& id);
    void menuWanted(const std::string& id, QMenu* menu); // to be filled with what else can be done
    void listsWanted();                                  // actors, sources and shelf lives
    void projectWanted();
    void chosen(const std::vector<cordon::Record>& records);
    void zoomWanted(const cordon::Record& record);
    void failed(const QString& reason);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildView();
    QWidget* buildNotice();
    QWidget* buildButtons();
    QPushButton* addButton(QLayout& layout, const QString& text, const QString& toolTip);
    void follow();  // the document
    void refresh(); // asks for the list
    void take(ReportTable table);
    void followSelection();
    void fillMenu(QMenu& menu);
    void chooseIds(const std::set<std::string>& ids);
    std::vector<int> chosenRows() const;
    ReportIds liveIds() const; // of the chosen rows that are not withdrawn

    Document& m_document;
    ReportListModel m_model;
    ReportFilterBar* m_filter;
    QTableView* m_view;
    QWidget* m_notice;
    QLabel* m_noticeText;
    QPushButton* m_makeProject;
    QPushButton *m_add = nullptr, *m_correct = nullptr, *m_confirm = nullptr, *m_withdraw = nullptr,
                *m_history = nullptr, *m_lists = nullptr;
    QLabel* m_count;
    int m_column = ReportListModel::From;
    Qt::SortOrder m_order = Qt::DescendingOrder;
    bool m_isStale = true;  // hidden panels are filled when they are shown
    std::string m_wantedId; // to be chosen when the list comes
    Worker m_worker;
};

} // namespace cordon
