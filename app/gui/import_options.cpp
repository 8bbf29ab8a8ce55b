#include "app/gui/import_options.h"

#include "app/gui/import_words.h"

#include <QCompleter>
#include <QFileInfo>
#include <QTimeZone>
#include <algorithm>

namespace cordon {

namespace {

QString constantOf(const ImportPlan& plan, const std::string& field) {
    for (const auto& [name, value] : plan.constants)
        if (name == field)
            return fromUtf8(value);
    return {};
}

void setConstant(ImportPlan& plan, const std::string& field, const std::string& value) {
    std::erase_if(plan.constants, [&](const auto& constant) { return constant.first == field; });
    if (!value.empty())
        plan.constants.emplace_back(field, value);
}

} // namespace

ImportOptions::ImportOptions(QWidget* parent)
    : QWidget(parent), m_form(new QFormLayout(this)), m_name(new QLabel(this)),
      m_reset(new QPushButton(tr("Recognise Ane&w"), this)), m_target(new QComboBox(this)),
      m_preset(new QComboBox(this)), m_encoding(new QComboBox(this)), m_timezone(new QComboBox(this)),
      m_dayOrder(new QComboBox(this)), m_status(new QComboBox(this)), m_layerName(new QLineEdit(this)),
      m_crs(new QLineEdit(this)), m_source(new QLineEdit(this)) {
    m_name->setTextFormat(Qt::PlainText);
    m_name->setWordWrap(true);
    for (QComboBox* combo : {m_target, m_preset, m_encoding, m_timezone, m_dayOrder, m_status}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(12);
    }
    buildForm();
    m_snap = addNumber(tr("S&nap within"), 5000, tr(" m"), tr("not at all"), &ImportPlan::snapMeters, 1,
                       tr("Points are put on the nearest road that is not farther than this"));
    m_trackSnap = addNumber(tr("&Passed within"), 5000, tr(" m"), tr("not at all"), &ImportPlan::trackSnapMeters, 1,
                            tr("A recorded track passes the roads that are not farther than this"));
    m_gap = addNumber(tr("Split at &gaps of"), 1440, tr(" min"), tr("never"), &ImportPlan::trackGapSeconds, 1 / 60.0,
                      tr("A longer silence begins another track"));
    m_accuracy = addNumber(tr("&Worst accuracy"), 100000, tr(" m"), tr("any"), &ImportPlan::worstAccuracyMeters, 1,
                           tr("Less accurate points are named as suspicious"));
    setEnabled(false);
}

void ImportOptions::buildForm() {
    m_form->setContentsMargins(8, 0, 0, 0);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (std::size_t i = 0; i < phrasesOf<ImportTarget>().size(); ++i) {
        m_target->addItem(phraseOf(static_cast<ImportTarget>(i)));
        m_target->setItemData(static_cast<int>(i), translated(phrasesOf<ImportTarget>()[i].tip), Qt::ToolTipRole);
    }
    m_preset->addItem(tr("By names and values"), QString());
    for (const std::string& name : presetNames())
        m_preset->addItem(fromUtf8(name), fromUtf8(name));
    m_preset->setToolTip(tr("Whose file it is: its columns are then taken as they are known from there"));
    for (std::size_t i = 0; i < phrasesOf<DayOrder>().size(); ++i)
        m_dayOrder->addItem(phraseOf(static_cast<DayOrder>(i)));
    m_encoding->addItem(tr("As recognised"), QString());
    for (const char* name : {"UTF-8", "CP1252", "ISO-8859-1", "ISO-8859-15", "CP1256", "CP1251", "CP437", "CP850",
                             "UTF-16LE", "UTF-16BE", "MACINTOSH", "GB18030"})
        m_encoding->addItem(QString(name).replace("CP125", "Windows-125"), QString(name));
    m_timezone->setEditable(true);
    m_timezone->setInsertPolicy(QComboBox::NoInsert);
    m_timezone->addItem("UTC");
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds())
        if (id.contains('/') && !id.startsWith("Etc/"))
            m_timezone->addItem(QString::fromLatin1(id));
    m_timezone->completer()->setFilterMode(Qt::MatchContains);
    m_timezone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_timezone->lineEdit()->setPlaceholderText(tr("UTC unless said"));
    m_timezone->setToolTip(tr("Of times that name none: a place such as Africa/Bamako, or +01:00"));
    m_crs->setPlaceholderText("WGS 84");
    m_crs->setToolTip(tr("Of eastings, northings and geometries: EPSG:32629, for example"));
    m_source->setToolTip(tr("Of reports that name none themselves"));
    m_form->addRow(m_name);
    m_form->addRow(tr("Import &as"), m_target);
    m_form->addRow(tr("&Made by"), m_preset);
    m_form->addRow(QString(), m_reset);
    m_form->addRow(tr("&Layer name"), m_layerName);
    m_form->addRow(tr("S&ource"), m_source);
    addStatus();
    m_form->addRow(tr("&Coordinates in"), m_crs);
    m_form->addRow(tr("&Encoding"), m_encoding);
    m_form->addRow(tr("&Time zone"), m_timezone);
    m_form->addRow(tr("&Dates"), m_dayOrder);
    connect(m_target, &QComboBox::activated, this, [this](int index) {
        change([&](ImportPlan& plan) { plan = planAs(std::move(plan), *m_table, static_cast<ImportTarget>(index)); });
    });
    connect(m_preset, &QComboBox::activated, this,
            [this] { emit presetChosen(m_preset->currentData().toString().toStdString()); });
    connect(m_reset, &QPushButton::clicked, this, [this] { emit presetChosen(std::nullopt); });
    connect(m_dayOrder, &QComboBox::activated, this,
            [this](int index) { change([&](ImportPlan& plan) { plan.dayOrder = static_cast<DayOrder>(index); }); });
    connect(m_encoding, &QComboBox::activated, this,
            [this] { emit encodingChosen(m_encoding->currentData().toString().toStdString()); });
    m_reset->setToolTip(tr("Forgets what was changed here for this table, and how such files were taken before"));
    connect(m_layerName, &QLineEdit::textEdited, this, [this](const QString& text) {
        change([&](ImportPlan& plan) { plan.layerName = text.trimmed().toStdString(); });
    });
    connect(m_source, &QLineEdit::textEdited, this, [this](const QString& text) {
        change([&](ImportPlan& plan) { setConstant(plan, "source", text.trimmed().toStdString()); });
    });
    connect(m_crs, &QLineEdit::textEdited, this, [this](const QString& text) {
        change([&](ImportPlan& plan) { plan.crs = text.trimmed().toStdString(); });
    });
    connect(m_timezone, &QComboBox::currentTextChanged, this, [this](const QString& text) {
        change([&](ImportPlan& plan) { plan.timezone = text.trimmed().toStdString(); });
    });
}

// For tables that do not say it themselves, such as the tracks of a convoy that got through.
void ImportOptions::addStatus() {
    m_status->addItem(tr("Not said"), QString());
    for (std::size_t i = 0; i < phrasesOf<RoadStatusKind>().size(); ++i) {
        const auto kind = static_cast<RoadStatusKind>(i);
        m_status->addItem(phraseOf(kind), fromUtf8(std::string(toWord(kind))));
    }
    m_status->setToolTip(
        tr("The state of the road in all rows: a track tells which roads were passed, not how they are"));
    m_form->addRow(tr("Stat&us of all"), m_status);
    connect(m_status, &QComboBox::activated, this, [this] {
        change(
            [&](ImportPlan& plan) { setConstant(plan, "status", m_status->currentData().toString().toStdString()); });
    });
}

QDoubleSpinBox* ImportOptions::addNumber(const QString& label, double most, const QString& suffix, const QString& none,
                                         double ImportPlan::*member, double factor, const QString& tip) {
    auto* box = new QDoubleSpinBox(this);
    box->setDecimals(0);
    box->setRange(0, most);
    box->setSuffix(suffix);
    box->setSpecialValueText(none);
    box->setToolTip(tip);
    m_form->addRow(label, box);
    connect(box, &QDoubleSpinBox::valueChanged, this,
            [this, member, factor](double value) { change([&](ImportPlan& plan) { plan.*member = value / factor; }); });
    return box;
}

void ImportOptions::change(const std::function<void(ImportPlan&)>& how) {
    if (m_isShowing)
        return;
    how(m_plan);
    followTarget();
    emit planChosen(m_plan);
}

void ImportOptions::showEntry(const ImportSession::Entry* entry, const ImportSession::FileOptions& options) {
    setEnabled(entry != nullptr);
    if (!entry)
        return;
    m_isShowing = true;
    m_table = entry->table;
    m_plan = entry->plan;
    m_recognised = entry->recognised;
    QStringList said;
    if (!entry->table->details.empty())
        said.append(sentence(fromUtf8(entry->table->details)));
    if (entry->isRemembered)
        said.append(tr("Taken as files with these columns were before."));
    m_name->setText(said.join('\n'));
    m_name->setHidden(said.isEmpty());
    m_target->setCurrentIndex(static_cast<int>(m_plan.target));
    m_preset->setCurrentIndex(std::max(0, m_preset->findData(fromUtf8(m_plan.preset))));
    m_reset->setEnabled(entry->isRemembered || m_plan != m_recognised);
    const auto setText = [](QLineEdit& edit, const QString& text) {
        if (edit.text().trimmed() != text) // the cursor stays where somebody types
            edit.setText(text);
    };
    setText(*m_layerName, fromUtf8(m_plan.layerName));
    setText(*m_crs, fromUtf8(m_plan.crs));
    setText(*m_source, constantOf(m_plan, "source"));
    m_encoding->setEnabled(entry->table->features == nullptr);
    m_encoding->setItemText(0, entry->table->source.encoding.empty()
                                   ? tr("As recognised")
                                   : tr("As recognised: %1").arg(fromUtf8(entry->table->source.encoding)));
    m_encoding->setCurrentIndex(std::max(0, m_encoding->findData(fromUtf8(options.encoding))));
    const QString zone = fromUtf8(m_plan.timezone);
    if (m_timezone->currentText().trimmed() != zone)
        m_timezone->setCurrentText(zone);
    m_dayOrder->setCurrentIndex(static_cast<int>(m_plan.dayOrder));
    m_status->setCurrentIndex(std::max(0, m_status->findData(constantOf(m_plan, "status"))));
    m_snap->setValue(m_plan.snapMeters);
    m_trackSnap->setValue(m_plan.trackSnapMeters);
    m_gap->setValue(m_plan.trackGapSeconds / 60);
    m_accuracy->setValue(m_plan.worstAccuracyMeters);
    followTarget();
    m_isShowing = false;
}

// Only what counts for the target is in sight.
void ImportOptions::followTarget() {
    const bool isRecords = isRecordTarget(m_plan.target);
    const auto setShown = [this](QWidget* field, bool isShown) {
        field->setVisible(isShown);
        if (QWidget* label = m_form->labelForField(field))
            label->setVisible(isShown);
    };
    setShown(m_layerName, !isRecords);
    setShown(m_source, isRecords);
    const bool isStatus = m_plan.target == ImportTarget::RoadStatuses;
    const bool hasTrack = m_table && m_table->features && !m_table->features->geometry.timeMs.empty();
    const bool saysStatus = std::ranges::any_of(
        m_plan.columns, [](const ColumnUse& use) { return use.role == ColumnRole::Field && use.field == "status"; });
    setShown(m_status, isStatus && !saysStatus);
    setShown(m_snap, isStatus && !hasTrack);
    setShown(m_trackSnap, isStatus && (hasTrack || !saysStatus)); // rows may be the points of one
    setShown(m_gap, m_plan.target == ImportTarget::Tracks);
    m_target->setToolTip(translated(phrasesOf<ImportTarget>()[static_cast<std::size_t>(m_plan.target)].tip));
}

} // namespace cordon
