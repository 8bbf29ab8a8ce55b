// Asks for whom roads are passable: vehicle, time allowed, what each state of a road and each holder of ground means.
// Stays open beside the map; every change is asked at once.
#pragma once

#include "core/model/situation.h"
#include "core/network/access_query.h"

#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <functional>
#include <vector>

class QFormLayout;

namespace cordon {

class AccessOptions : public QDialog {
    Q_OBJECT
public:
    explicit AccessOptions(QWidget* parent = nullptr);

    void show(const AccessQuery& query, const std::vector<Actor>& actors);

signals:
    void changed(const cordon::AccessQuery& query);

private:
    using Factor = std::function<double&(AccessPolicy&)>;
    struct Choice {
        QComboBox* combo;
        Factor factor;
    };
    void addTravel(QFormLayout& form);
    void addPolicies(QFormLayout& form);
    void addChoice(QFormLayout& form, const QString& label, const QString& tip, Factor factor);
    QDoubleSpinBox* addNumber(QFormLayout& form, const QString& label, const QString& suffix, const QString& none);
    void showActors(const std::vector<Actor>& actors);
    void take();
    void fill();

    AccessQuery m_query;
    bool m_isFilling = false;
    QLineEdit* m_vehicle;
    QDoubleSpinBox *m_load, *m_budget, *m_delay;
    std::vector<Choice> m_choices;
    QComboBox *m_stale, *m_enter, *m_pass, *m_actor, *m_actorHow;
};

} // namespace cordon
