#include "app/gui/time_options.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>
#include <QWidgetAction>

namespace cordon {

namespace {

// A form that drops down from a button.
QWidget* dropDown(QToolButton& button) {
    auto* menu = new QMenu(&button);
    auto* form = new QWidget(menu);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(form);
    menu->addAction(action);
    button.setMenu(menu);
    button.setPopupMode(QToolButton::InstantPopup);
    button.setToolButtonStyle(Qt::ToolButtonTextOnly);
    button.setAutoRaise(true);
    return form;
}

// What is not as usual is in colour.
void mark(QToolButton& button, bool isUnusual) {
    const QString style = QString("QToolButton { border-radius: 4px; padding: 3px 18px 3px 6px; %1 }"
                                  "QToolButton:hover { border: 1px solid #C4C1BA; }"
                                  "QToolButton::menu-indicator { subcontrol-origin: padding; "
                                  "subcontrol-position: center right; right: 4px; }")
                              .arg(isUnusual ? "color: white; background: #6A3D9A; border: 1px solid #6A3D9A;"
                                             : "border: 1px solid transparent;");
    if (style != button.styleSheet()) // Qt takes milliseconds to apply even the same one
        button.setStyleSheet(style);
}

} // namespace

KnowledgeButton::KnowledgeButton(MessageLog& log, QWidget* parent) : QToolButton(parent) {
    setAccessibleName(tr("Known by"));
    QWidget* form = dropDown(*this);
    m_now = new QRadioButton(tr("As known &now"), form);
    m_sameDay = new QRadioButton(tr("As known on the as-of &date itself"), form);
    m_onDate = new QRadioButton(tr("As known &on"), form);
    m_date = new DateField(tr("Known-by date"), log, form);
    auto* dateRow = new QHBoxLayout;
    dateRow->addWidget(m_onDate);
    dateRow->addWidget(m_date, 1);
    auto* hint = new QLabel(tr("An earlier knowledge leaves out what was learnt, corrected or withdrawn since."), form);
    hint->setWordWrap(true);
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(12, 10, 12, 10);
    for (QRadioButton* button : {m_now, m_sameDay})
        layout->addWidget(button);
    layout->addLayout(dateRow);
    layout->addWidget(hint);
    connect(m_now, &QRadioButton::clicked, this, [this] { emit wanted(Knowledge::Now, {}); });
    connect(m_sameDay, &QRadioButton::clicked, this, [this] { emit wanted(Knowledge::SameDay, {}); });
    connect(m_onDate, &QRadioButton::clicked, this, [this] { emit wanted(Knowledge::OnDate, m_date->time()); });
    connect(m_date, &DateField::chosen, this, [this](TimePoint t) { emit wanted(Knowledge::OnDate, t); });
}

void KnowledgeButton::show(Knowledge knowledge, const TimeFilter& clock) {
    (knowledge == Knowledge::Now ? m_now : knowledge == Knowledge::SameDay ? m_sameDay : m_onDate)->setChecked(true);
    if (knowledge == Knowledge::OnDate)
        m_date->setTime(clock.knownBy);
    setText(knowledge == Knowledge::Now       ? tr("As known now")
            : knowledge == Knowledge::SameDay ? tr("As known that day")
                                              : tr("Known by %1").arg(asOfText(clock.knownBy)));
    setToolTip(knowledge == Knowledge::Now
                   ? tr("The map shows all that is known now. Choose an earlier knowledge here.")
                   : tr("The map shows an earlier knowledge, not all that is known now."));
    mark(*this, knowledge != Knowledge::Now);
}

ReportFilterButton::ReportFilterButton(QWidget* parent) : QToolButton(parent) {
    setAccessibleName(tr("Which reports count"));
    QWidget* form = dropDown(*this);
    m_days = new QSpinBox(form);
    m_days->setRange(1, 36525);
    m_days->setSuffix(tr(" days"));
    m_days->setKeyboardTracking(false);
    m_reliability = new QComboBox(form);
    m_reliability->setAccessibleName(tr("Least reliability of the source"));
    m_credibility = new QComboBox(form);
    m_credibility->setAccessibleName(tr("Least credibility of the report"));
    const QString reliability[] = {tr("A: reliable"),    tr("B: usually reliable"), tr("C: fairly reliable"),
                                   tr("D: not usually"), tr("E: unreliable"),       tr("any")};
    const QString credibility[] = {tr("1: confirmed"), tr("2: probably true"), tr("3: possibly true"),
                                   tr("4: doubtful"),  tr("5: improbable"),    tr("any")};
    for (int i = 0; i < 6; ++i) {
        m_reliability->addItem(reliability[i]);
        m_credibility->addItem(credibility[i]);
    }
    m_shade = new QCheckBox(tr("Darker bars where more were &killed"), form);
    auto* layout = new QFormLayout(form);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->addRow(tr("&Incidents of the last"), m_days);
    layout->addRow(tr("Source at least"), m_reliability);
    layout->addRow(tr("Report at least"), m_credibility);
    layout->addRow(m_shade);
    connect(m_days, &QSpinBox::valueChanged, this, &ReportFilterButton::take);
    connect(m_reliability, &QComboBox::activated, this, &ReportFilterButton::take);
    connect(m_credibility, &QComboBox::activated, this, &ReportFilterButton::take);
    connect(m_shade, &QCheckBox::toggled, this, &ReportFilterButton::shadeWanted);
}

void ReportFilterButton::take() {
    const Grade grade{static_cast<char>('A' + m_reliability->currentIndex()),
                      static_cast<char>('1' + m_credibility->currentIndex())};
    emit wanted(m_days->value(), grade == Grade() ? std::nullopt : std::optional(grade)); // F6: any
}

void ReportFilterButton::show(const TimeFilter& clock) {
    const Grade grade = clock.atLeastGrade.value_or(Grade());
    const QSignalBlocker quiet(m_days);
    m_days->setValue(clock.incidentDays);
    m_reliability->setCurrentIndex(grade.reliability - 'A');
    m_credibility->setCurrentIndex(grade.credibility - '1');
    const bool isGraded = grade != Grade();
    setText(tr("%1 days, %2")
                .arg(clock.incidentDays)
                .arg(isGraded ? tr("%1 or better").arg(grade.toText().c_str()) : tr("any grade")));
    setToolTip(tr("Incidents of how many days, and reports of which grade, are on the map."));
    mark(*this, isGraded);
}

} // namespace cordon
