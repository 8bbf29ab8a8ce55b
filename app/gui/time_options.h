// Two small buttons of the time bar with a form each: by what knowledge the map is looked at, and which reports count.
#pragma once

#include "app/gui/date_field.h"
#include "core/model/situation_at.h"

#include <QCheckBox>
#include <QComboBox>
#include <QRadioButton>
#include <QSpinBox>
#include <QToolButton>

namespace cordon {

// By what was known when.
enum class Knowledge {
    Now,     // all that is known
    SameDay, // what was known on the as-of date itself
    OnDate,  // what was known on a date of its own
};

class KnowledgeButton : public QToolButton {
    Q_OBJECT
public:
    explicit KnowledgeButton(MessageLog& log, QWidget* parent = nullptr);
    void show(Knowledge knowledge, const TimeFilter& clock);

signals:
    void wanted(cordon::Knowledge knowledge, cordon::TimePoint onDate); // the date counts for OnDate only

private:
    QRadioButton *m_now, *m_sameDay, *m_onDate;
    DateField* m_date;
};

class ReportFilterButton : public QToolButton {
    Q_OBJECT
public:
    explicit ReportFilterButton(QWidget* parent = nullptr);
    void show(const TimeFilter& clock);

    bool shadesFatalities() const { return m_shade->isChecked(); }
    void setShadesFatalities(bool on) { m_shade->setChecked(on); }

signals:
    void wanted(int incidentDays, std::optional<cordon::Grade> atLeast);
    void shadeWanted(bool on);

private:
    void take();

    QSpinBox* m_days;
    QComboBox *m_reliability, *m_credibility;
    QCheckBox* m_shade;
};

} // namespace cordon
