#include "app/gui/access_options.h"

#include "app/gui/report_words.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

namespace cordon {

namespace {

QString factorText(double factor) {
    if (factor == kShut)
        return AccessOptions::tr("shut");
    return factor == 1 ? AccessOptions::tr("passable") : AccessOptions::tr("%1 times as long").arg(factor);
}

// A factor that is none of the usual ones (from the command line, say) is offered, too.
void choose(QComboBox& combo, double factor) {
    int found = combo.findData(factor);
    if (found < 0) {
        combo.addItem(factorText(factor), factor);
        found = combo.count() - 1;
    }
    combo.setCurrentIndex(found);
}

void addHeading(QFormLayout& form, const QString& text) {
    auto* label = new QLabel("<b>" + text + "</b>");
    label->setContentsMargins(0, 8, 0, 0);
    form.addRow(label);
}

} // namespace

AccessOptions::AccessOptions(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Who May Pass"));
    m_isFilling = true; // while it is built
    auto* inside = new QWidget(this);
    auto* form = new QFormLayout(inside);
    form->setContentsMargins(12, 4, 12, 4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addTravel(*form);
    addPolicies(*form);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inside);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::RestoreDefaults | QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::RestoreDefaults)->setText(tr("As &Usual"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::hide);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, [this] {
        const AccessQuery usual;
        m_query.policy = usual.policy;
        m_query.vehicle.clear();
        m_query.loadTonnes.reset();
        m_query.budgetHours.reset();
        m_query.delayFactor = usual.delayFactor;
        fill();
        emit changed(m_query);
    });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 10);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    buttons->setContentsMargins(12, 0, 12, 0);
    resize(inside->sizeHint().width() + 40,
           std::min(inside->sizeHint().height() + 80, this->screen()->availableSize().height() * 4 / 5));
    m_isFilling = false;
}

QDoubleSpinBox* AccessOptions::addNumber(QFormLayout& form, const QString& label, const QString& suffix,
                                         const QString& none) {
    auto* spin = new QDoubleSpinBox(this);
    spin->setDecimals(1);
    spin->setRange(0, 100000);
    spin->setSuffix(suffix);
    spin->setSpecialValueText(none);
    spin->setKeyboardTracking(false);
    form.addRow(label, spin);
    connect(spin, &QDoubleSpinBox::valueChanged, this, &AccessOptions::take);
    return spin;
}

void AccessOptions::addTravel(QFormLayout& form) {
    m_vehicle = new QLineEdit(this);
    m_vehicle->setPlaceholderText(tr("any; such as 4x4 or truck"));
    m_vehicle->setToolTip(tr("Compared with the vehicles that reports of restricted roads name"));
    form.addRow(tr("&Vehicle"), m_vehicle);
    connect(m_vehicle, &QLineEdit::editingFinished, this, &AccessOptions::take);
    m_load = addNumber(form, tr("&Load"), tr(" t"), tr("does not matter"));
    m_budget = addNumber(form, tr("&Time allowed"), tr(" h"), tr("any"));
    m_budget->setToolTip(tr("What takes longer is listed as too late"));
    m_delay = addNumber(form, tr("&Delayed is more than"), tr(" times as long"), {});
    m_delay->setMinimum(1);
}

void AccessOptions::addChoice(QFormLayout& form, const QString& label, const QString& tip, Factor factor) {
    auto* combo = new QComboBox(this);
    AccessPolicy usual;
    for (const double f : {1.0, 1.3, 1.5, 2.0, 3.0, 5.0, kShut})
        combo->addItem(f == factor(usual) ? tr("%1 (usual)").arg(factorText(f)) : factorText(f), f);
    combo->setToolTip(tip);
    combo->setAccessibleName(label);
    form.addRow(label, combo);
    m_choices.push_back({combo, std::move(factor)});
    connect(combo, &QComboBox::activated, this, &AccessOptions::take);
}

void AccessOptions::addPolicies(QFormLayout& form) {
    addHeading(form, tr("A road that is reported"));
    for (std::size_t i = 0; i < AccessPolicy().byStatus.size(); ++i)
        addChoice(form, phraseOf(static_cast<RoadStatusKind>(i)).toLower(),
                  translated(phrasesOf<RoadStatusKind>()[i].tip),
                  [i](AccessPolicy& policy) -> double& { return policy.byStatus[i]; });
    m_stale = new QComboBox(this);
    m_stale->addItem(tr("as last known (usual)"));
    for (const double factor : {1.0, 1.5, 2.0, kShut})
        m_stale->addItem(factorText(factor), factor);
    m_stale->setToolTip(tr("What nobody has confirmed for too long"));
    form.addRow(tr("stale"), m_stale);
    addHeading(form, tr("A blockaded town"));
    m_enter = new QComboBox(this);
    m_enter->addItems({tr("not entered (usual)"), tr("entered and left")});
    m_enter->setToolTip(tr("Usually it may be neither entered nor left"));
    form.addRow(tr("may be"), m_enter);
    m_pass = new QComboBox(this);
    m_pass->addItems({tr("pass it (usual)"), tr("end there")});
    form.addRow(tr("roads"), m_pass);
    addHeading(form, tr("Ground under"));
    for (std::size_t i = 0; i < AccessPolicy().byControlClass.size(); ++i)
        addChoice(form, phraseOf(static_cast<ControlClass>(i)).toLower(), translated(phrasesOf<ControlClass>()[i].tip),
                  [i](AccessPolicy& policy) -> double& { return policy.byControlClass[i]; });
    m_actor = new QComboBox(this);
    m_actor->setAccessibleName(tr("Ground of an actor"));
    m_actorHow = new QComboBox(this);
    for (const double factor : {1.0, 1.5, 2.0, 3.0, 5.0, kShut})
        m_actorHow->addItem(factor == 1 ? tr("passable (usual)") : factorText(factor), factor);
    form.addRow(m_actor, m_actorHow);
    connect(m_actor, &QComboBox::activated, this, &AccessOptions::fill);
    for (QComboBox* combo : {m_stale, m_enter, m_pass, m_actorHow})
        connect(combo, &QComboBox::activated, this, &AccessOptions::take);
}

void AccessOptions::showActors(const std::vector<Actor>& actors) {
    const QVariant chosen = m_actor->currentData();
    m_actor->clear();
    for (const Actor& actor : actors)
        m_actor->addItem(fromUtf8(actor.name.empty() ? actor.id : actor.name), fromUtf8(actor.id));
    m_actor->setCurrentIndex(std::max(0, m_actor->findData(chosen)));
    m_actor->setEnabled(m_actor->count() > 0);
    m_actorHow->setEnabled(m_actor->count() > 0);
}

void AccessOptions::show(const AccessQuery& query, const std::vector<Actor>& actors) {
    m_query = query;
    showActors(actors);
    fill();
}

void AccessOptions::fill() {
    m_isFilling = true;
    m_vehicle->setText(fromUtf8(m_query.vehicle));
    m_load->setValue(m_query.loadTonnes.value_or(0));
    m_budget->setValue(m_query.budgetHours.value_or(0));
    m_delay->setValue(m_query.delayFactor);
    for (const Choice& choice : m_choices)
        choose(*choice.combo, choice.factor(m_query.policy));
    if (m_query.policy.stale)
        choose(*m_stale, *m_query.policy.stale);
    else
        m_stale->setCurrentIndex(0);
    m_enter->setCurrentIndex(m_query.policy.mayEnterRestricted ? 1 : 0);
    m_pass->setCurrentIndex(m_query.policy.mayPassRestricted ? 0 : 1);
    const auto ofActor = m_query.policy.byActor.find(m_actor->currentData().toString().toStdString());
    choose(*m_actorHow, ofActor == m_query.policy.byActor.end() ? 1 : ofActor->second);
    m_isFilling = false;
}

void AccessOptions::take() {
    if (m_isFilling)
        return;
    const auto positive = [](double value) { return value > 0 ? std::optional(value) : std::nullopt; };
    AccessQuery query = m_query;
    query.vehicle = m_vehicle->text().trimmed().toStdString();
    query.loadTonnes = positive(m_load->value());
    query.budgetHours = positive(m_budget->value());
    query.delayFactor = m_delay->value();
    for (const Choice& choice : m_choices)
        choice.factor(query.policy) = choice.combo->currentData().toDouble();
    query.policy.stale.reset();
    if (m_stale->currentIndex() > 0)
        query.policy.stale = m_stale->currentData().toDouble();
    query.policy.mayEnterRestricted = m_enter->currentIndex() == 1;
    query.policy.mayPassRestricted = m_pass->currentIndex() == 0;
    if (const std::string actor = m_actor->currentData().toString().toStdString(); !actor.empty()) {
        query.policy.byActor.erase(actor);
        if (const double factor = m_actorHow->currentData().toDouble(); factor != 1)
            query.policy.byActor[actor] = factor;
    }
    if (query == m_query)
        return;
    m_query = query;
    emit changed(m_query);
}

} // namespace cordon
