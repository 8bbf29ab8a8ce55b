#include "app/gui/change_dialog.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace cordon {

ChangeDialog::ChangeDialog(TimePoint from, TimePoint to, std::optional<TimePoint> knownBy, MessageLog& log,
                           QWidget* parent)
    : QDialog(parent), m_from(new DateField(tr("Earlier date"), log, this)),
      m_to(new DateField(tr("Later date"), log, this)),
      m_knownBy(new DateField(tr("Knowledge of the earlier date"), log, this)),
      m_isKnownBefore(new QCheckBox(tr("Only what was &known on"), this)), m_problem(new QLabel(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this)) {
    setWindowTitle(tr("Changes Between Two Dates"));
    m_from->setTime(from);
    m_to->setTime(to);
    m_isKnownBefore->setChecked(knownBy.has_value());
    m_isKnownBefore->setToolTip(
        tr("Looks at the earlier date as it was known then; what was only learnt later is told apart from what changed "
           "on the ground."));
    m_knownBy->setEnabled(knownBy.has_value());
    m_knownBy->setTime(knownBy.value_or(from));
    auto* knownRow = new QHBoxLayout;
    knownRow->addWidget(m_isKnownBefore);
    knownRow->addWidget(m_knownBy, 1);
    auto* form = new QFormLayout;
    auto *fromLabel = new QLabel(tr("&From"), this), *toLabel = new QLabel(tr("&To"), this);
    fromLabel->setBuddy(m_from);
    toLabel->setBuddy(m_to);
    form->addRow(fromLabel, m_from);
    form->addRow(QString(), knownRow);
    form->addRow(toLabel, m_to);
    auto* hint =
        new QLabel(tr("The later date stays the as-of date of the time bar. In the bar, Shift and drag chooses "
                      "both dates, and either handle can be moved."),
                   this);
    hint->setWordWrap(true);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Show Changes"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(hint);
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);
    connect(m_from, &DateField::chosen, this, &ChangeDialog::follow);
    connect(m_to, &DateField::chosen, this, &ChangeDialog::follow);
    connect(m_isKnownBefore, &QCheckBox::toggled, this, [this](bool on) {
        m_knownBy->setEnabled(on);
        m_knownBy->setTime(m_from->time());
    });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    follow();
}

std::optional<TimePoint> ChangeDialog::knownBy() const {
    return m_isKnownBefore->isChecked() ? std::optional(m_knownBy->time()) : std::nullopt;
}

void ChangeDialog::follow() {
    const bool isInOrder = m_from->time() < m_to->time();
    m_problem->setText(isInOrder ? QString() : tr("The second date has to be after the first."));
    m_problem->setVisible(!isInOrder);
    m_problem->setStyleSheet("color: #9B2C1D;");
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(isInOrder);
}

} // namespace cordon
