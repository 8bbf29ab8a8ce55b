// Asks how a report goes: it no longer holds (it ends), or it was never so (it is withdrawn).
#pragma once

#include "core/model/time.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <optional>

class QDialogButtonBox;

namespace cordon {

class WithdrawDialog : public QDialog {
    Q_OBJECT
public:
    WithdrawDialog(const QString& what, TimePoint day, QWidget* parent = nullptr);

    std::optional<TimePoint> end() const; // nullopt: withdraw

private:
    void follow();

    QRadioButton *m_withdraw, *m_end;
    QLineEdit* m_date;
    QLabel* m_reason;
    QDialogButtonBox* m_buttons;
};

} // namespace cordon
