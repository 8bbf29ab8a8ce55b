// The blockages of an answer, ranked by what lifting each would bring and numbered as on the map.
#pragma once

#include "app/gui/live_access.h"

#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QWidget>

namespace cordon {

class AccessLifts : public QWidget {
    Q_OBJECT
public:
    explicit AccessLifts(QWidget* parent = nullptr);
    void show(std::shared_ptr<const AccessFinding> finding);
    void choose(std::size_t number); // of report.ranked, without chosen()
    QTreeWidget& tree() { return *m_tree; }
    QPushButton& lift() { return *m_lift; }

signals:
    void chosen(std::size_t number, bool isTogether); // of report.ranked, or of report.together
    void zoomWanted(std::size_t number, bool isTogether);
    void changed(const cordon::AccessQuery& query); // what if the chosen one were lifted

private:
    void addGains(const std::vector<LiftGain>& gains, bool isTogether, QTreeWidgetItem* group);
    void liftChosen();
    const LiftGain* chosenGain() const;
    void followChoice();

    std::shared_ptr<const AccessFinding> m_finding;
    QTreeWidget* m_tree;
    QPushButton* m_lift;
    QLabel* m_empty;
};

// The question with these lifted: reports as lifted, what the question itself closes as open again.
AccessQuery withLifted(AccessQuery query, const AccessFinding& finding, const LiftGain& gain);

} // namespace cordon
