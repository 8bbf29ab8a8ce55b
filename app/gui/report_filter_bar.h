// The row of fields above the report list that says which reports are wanted.
#pragma once

#include "core/model/report_list.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QWidget>

namespace cordon {

class ReportFilterBar : public QWidget {
    Q_OBJECT
public:
    explicit ReportFilterBar(QWidget* parent = nullptr);

    ReportFilter filter() const;
    std::optional<Grade> leastGrade() const;
    bool isActive() const; // leaves anything out
    void clear();
    void setActors(const std::vector<Actor>& actors); // keeps the chosen one
    void focusSearch();

signals:
    void changed();

private:
    QComboBox* addCombo(const QString& name, const QString& all);

    QLineEdit* m_text;
    QComboBox* m_kind;
    QComboBox* m_state;
    QComboBox* m_actor;
    QComboBox* m_grade;
    QComboBox* m_age;
    QCheckBox* m_withdrawn;
};

} // namespace cordon
