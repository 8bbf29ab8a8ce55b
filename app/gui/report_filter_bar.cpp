#include "app/gui/report_filter_bar.h"

#include "app/gui/report_list_model.h"
#include "app/gui/report_words.h"

#include <QAbstractItemView>
#include <QHBoxLayout>
#include <QSignalBlocker>

namespace cordon {

ReportFilterBar::ReportFilterBar(QWidget* parent) : QWidget(parent), m_text(new QLineEdit(this)) {
    m_text->setPlaceholderText(tr("Search reports"));
    m_text->setToolTip(tr("Search place, source, note and id"));
    m_text->setAccessibleName(tr("Search reports"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(m_text->fontMetrics().horizontalAdvance(m_text->placeholderText()) + 40);
    connect(m_text, &QLineEdit::textChanged, this, &ReportFilterBar::changed);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_text, 3);
    m_kind = addCombo(tr("Kind"), tr("All kinds"));
    for (std::size_t i = 0; i < kRecordKinds; ++i)
        m_kind->addItem(kindIcon(static_cast<RecordKind>(i)), phraseOf(static_cast<RecordKind>(i)),
                        static_cast<int>(i));
    m_state = addCombo(tr("State"), tr("All states"));
    for (int i = 0; i <= static_cast<int>(ReportState::Withdrawn); ++i)
        m_state->addItem(stateIcon(static_cast<ReportState>(i)), phraseOf(static_cast<ReportState>(i)), i);
    m_actor = addCombo(tr("Actor"), tr("All actors"));
    m_grade = addCombo(tr("Least grade"), tr("All grades"));
    for (const char* grade : {"A1", "A2", "B2", "B3", "C3", "D4"})
        m_grade->addItem(tr("%1 or better").arg(grade), grade);
    m_age = addCombo(tr("Age"), tr("Any age"));
    for (const int days : {3, 7, 14, 30, 60, 90, 180, 365})
        m_age->addItem(tr("Older than %1 days").arg(days), days);
    m_withdrawn = new QCheckBox(tr("With withdrawn"), this);
    m_withdrawn->setToolTip(tr("Show rows that were withdrawn or corrected since, too"));
    connect(m_withdrawn, &QCheckBox::toggled, this, &ReportFilterBar::changed);
    layout->addWidget(m_withdrawn);
}

QComboBox* ReportFilterBar::addCombo(const QString& name, const QString& all) {
    auto* combo = new QComboBox(this);
    combo->setAccessibleName(name);
    combo->setToolTip(name);
    combo->addItem(all);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(static_cast<int>(all.length()));
    combo->view()->setMinimumWidth(180);
    connect(combo, &QComboBox::currentIndexChanged, this, &ReportFilterBar::changed);
    static_cast<QHBoxLayout*>(layout())->addWidget(combo, 1);
    return combo;
}

ReportFilter ReportFilterBar::filter() const {
    ReportFilter filter;
    if (m_kind->currentIndex() > 0)
        filter.kind = static_cast<RecordKind>(m_kind->currentData().toInt());
    if (m_state->currentIndex() > 0)
        filter.state = static_cast<ReportState>(m_state->currentData().toInt());
    if (m_age->currentIndex() > 0)
        filter.moreDays = m_age->currentData().toInt();
    filter.actor = m_actor->currentData().toString().toStdString();
    filter.text = m_text->text().trimmed().toStdString();
    filter.withWithdrawn = m_withdrawn->isChecked();
    return filter;
}

std::optional<Grade> ReportFilterBar::leastGrade() const {
    return Grade::fromText(m_grade->currentData().toString().toStdString());
}

bool ReportFilterBar::isActive() const {
    const ReportFilter f = filter();
    return f.kind || f.state || f.moreDays || !f.actor.empty() || !f.text.empty() || leastGrade();
}

void ReportFilterBar::clear() {
    {
        const QSignalBlocker quiet(this);
        m_text->clear();
        for (QComboBox* combo : {m_kind, m_state, m_actor, m_grade, m_age})
            combo->setCurrentIndex(0);
    }
    emit changed();
}

void ReportFilterBar::setActors(const std::vector<Actor>& actors) {
    const QSignalBlocker quiet(m_actor);
    const QString chosen = m_actor->currentData().toString();
    while (m_actor->count() > 1)
        m_actor->removeItem(1);
    for (const Actor& actor : actors)
        m_actor->addItem(fromUtf8(actor.name.empty() ? actor.id : actor.name), fromUtf8(actor.id));
    m_actor->setCurrentIndex(std::max(0, m_actor->findData(chosen)));
}

void ReportFilterBar::focusSearch() {
    m_text->setFocus();
    m_text->selectAll();
}

} // namespace cordon
