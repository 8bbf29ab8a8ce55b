// What is asked about access: from where, for whom, in which season, and what if.
#pragma once

#include "core/network/access_network.h"
#include "core/network/access_query.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QWidget>
#include <functional>

namespace cordon {

class AccessQuestionBar : public QWidget {
    Q_OBJECT
public:
    explicit AccessQuestionBar(QWidget* parent = nullptr);

    void show(const AccessQuery& query);
    void setNetwork(std::shared_ptr<const AccessNetwork> network); // whose places are offered; null: none yet
    void setPicking(bool on);                                      // the map is waiting for a click
    QLineEdit& from() { return *m_from; }
    QString problem() const { return m_problem->isHidden() ? QString() : m_problem->text(); }

signals:
    void changed(const cordon::AccessQuery& query);
    void pickWanted(bool on);
    void optionsWanted();

private:
    QWidget* buildFrom();
    QWidget* buildUser();
    void addNamed();
    void takeLink(const QString& link);
    void change(AccessQuery query);
    QString whatIfText() const;

    AccessQuery m_query;
    std::shared_ptr<const AccessNetwork> m_network;
    QLineEdit* m_from;
    QToolButton *m_pick, *m_options;
    QComboBox *m_user, *m_season;
    QLabel *m_origins, *m_problem, *m_unusual, *m_whatIf;
};

// Names of the network's places to choose from while one is typed; null: none yet. `chosen` is called after the name is
// in the field.
void offerPlaces(QLineEdit& edit, const AccessNetwork* network, const std::function<void()>& chosen = {});

} // namespace cordon
