// Asks between which two dates to look for changes, and by what knowledge the earlier one is looked at.
#pragma once

#include "app/gui/date_field.h"

#include <QCheckBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <optional>

namespace cordon {

class ChangeDialog : public QDialog {
    Q_OBJECT
public:
    ChangeDialog(TimePoint from, TimePoint to, std::optional<TimePoint> knownBy, MessageLog& log,
                 QWidget* parent = nullptr);

    TimePoint from() const { return m_from->time(); }
    TimePoint to() const { return m_to->time(); }
    std::optional<TimePoint> knownBy() const; // of the earlier date; nullopt: as of the later one

private:
    void follow();

    DateField *m_from, *m_to, *m_knownBy;
    QCheckBox* m_isKnownBefore;
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
};

} // namespace cordon
