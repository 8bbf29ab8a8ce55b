#include "app/gui/withdraw_dialog.h"

#include "app/gui/look.h"
#include "app/gui/report_words.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace cordon {

WithdrawDialog::WithdrawDialog(const QString& what, TimePoint day, QWidget* parent)
    : QDialog(parent), m_withdraw(new QRadioButton(tr("It was &wrong: withdraw it"), this)),
      m_end(new QRadioButton(tr("It no longer holds: it &ended on"), this)), m_date(new QLineEdit(timeText(day), this)),
      m_reason(new QLabel(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this)) {
    setWindowTitle(tr("End or Withdraw"));
    m_withdraw->setChecked(true);
    m_withdraw->setToolTip(tr("It counts no longer, for any date. It stays in the history: a map of what was known "
                              "before still shows it."));
    m_end->setToolTip(tr("It stays as it was up to that day, and is out of force from then on."));
    m_date->setAccessibleName(tr("First day on which it no longer held"));
    m_date->setToolTip(tr("The first day on which it no longer held, like 2025-10-18"));
    m_reason->setWordWrap(true);
    m_reason->setStyleSheet("color: #A32D1E;");
    auto* name = new QLabel(what, this);
    showNamesIn(*name);
    QFont bold = font();
    bold.setBold(true);
    name->setFont(bold);
    auto* line = new QHBoxLayout;
    line->addWidget(m_end);
    line->addWidget(m_date, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->addWidget(name);
    layout->addSpacing(6);
    layout->addWidget(m_withdraw);
    layout->addLayout(line);
    layout->addWidget(m_reason);
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_end, &QRadioButton::toggled, this, [this](bool on) {
        follow();
        if (on)
            m_date->setFocus();
    });
    connect(m_date, &QLineEdit::textChanged, this, &WithdrawDialog::follow);
    connect(m_date, &QLineEdit::textEdited, m_end, [this] { m_end->setChecked(true); });
    follow();
}

std::optional<TimePoint> WithdrawDialog::end() const {
    const auto parsed = parseTime(m_date->text().trimmed().toStdString());
    return m_end->isChecked() && parsed ? std::optional(parsed->time) : std::nullopt;
}

void WithdrawDialog::follow() {
    const bool isGood = m_withdraw->isChecked() || end();
    m_reason->setText(isGood ? QString() : tr("Write a date like 2025-10-18."));
    QPushButton* ok = m_buttons->button(QDialogButtonBox::Ok);
    ok->setEnabled(isGood);
    ok->setText(m_withdraw->isChecked() ? tr("Withdraw") : tr("End"));
}

} // namespace cordon
