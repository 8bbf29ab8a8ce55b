#include "app/gui/record_form.h"

#include "app/gui/look.h"
#include "app/gui/report_edits.h"
#include "app/gui/report_words.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QShortcut>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

namespace cordon {

namespace {

constexpr std::size_t kRowsForSources = 2000; // of each kind, the latest: enough to know who reports

// Sources of the list first, then those that reports name, the latest first.
std::vector<std::string> sourcesOf(const Situation& situation, std::map<QString, Grade>& usualGrades) {
    std::vector<std::string> sources;
    usualGrades.clear();
    const auto add = [&](const std::string& source, Grade grade) {
        if (!source.empty() && usualGrades.emplace(fromUtf8(source), grade).second)
            sources.push_back(source);
    };
    for (const Source& source : situation.sources)
        add(source.name.empty() ? source.id : source.name, source.usualGrade);
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
        visitRecords(situation, static_cast<RecordKind>(kind), [&](const auto& records) {
            for (std::size_t i = records.size(); i > 0 && records.size() - i < kRowsForSources; --i)
                add(records[i - 1].head.source, records[i - 1].head.grade);
        });
    return sources;
}

const Column* nameColumn(const Layer& layer) {
    if (!layer.style.labels.empty())
        if (const Column* column = layer.table->findColumn(layer.style.labels.front().symbol.field))
            return column;
    return layer.table->findColumn("name");
}

LocationPrecision usualPrecision(const ReportPlace& place) {
    if (!place.roads.empty())
        return LocationPrecision::Segment;
    return place.regions.empty() ? LocationPrecision::Approximate : LocationPrecision::Region;
}

} // namespace

RecordForm::RecordForm(Document& document, MapCanvas& canvas, PlaceLookupsCache& lookups, QWidget* parent)
    : QWidget(parent), m_document(document), m_lookups(lookups), m_title(new QLabel(this)),
      m_scroll(new QScrollArea(this)), m_place(new PlaceEditor(canvas, lookups)), m_fields(new RecordFieldSet(m_place)),
      m_reason(new QLabel(this)), m_save(new QPushButton(tr("Sa&ve"), this)),
      m_saveAndNew(new QPushButton(tr("Save and &New"), this)), m_cancel(new QPushButton(tr("Cancel"), this)) {
    build();
    buildKeys();
    connect(m_fields, &RecordFieldSet::changed, this, &RecordForm::validate);
    connect(m_fields, &RecordFieldSet::sourceChosen, this, &RecordForm::takeSource);
    connect(m_place, &PlaceEditor::changed, this, &RecordForm::takePlace);
    connect(m_place, &PlaceEditor::finished, this, [this] { m_fields->firstWidget()->setFocus(Qt::TabFocusReason); });
    for (const char* column : {"reliability", "credibility"})
        connect(&m_fields->combo(column), &QComboBox::activated, this, [this] { m_hasOwnGrade = true; });
    connect(m_save, &QPushButton::clicked, this, &RecordForm::save);
    connect(m_saveAndNew, &QPushButton::clicked, this, &RecordForm::saveAndNew);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (mayClose())
            end();
    });
    connect(&m_document, &Document::projectChanged, this, [this] {
        if (m_isOpen)
            m_place->followLayers();
    });
    connect(&m_document, &Document::opened, this, &RecordForm::end);
}

void RecordForm::build() {
    QFont bold = font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.1);
    m_title->setFont(bold);
    showNamesIn(*m_title);
    auto* inside = new QWidget(this);
    auto* insideLayout = new QVBoxLayout(inside);
    insideLayout->setContentsMargins(8, 2, 8, 2);
    insideLayout->addWidget(m_fields);
    insideLayout->addStretch();
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(inside);
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setWordWrap(true);
    m_reason->setAccessibleName(tr("What is missing"));
    m_save->setToolTip(tr("Save the report and close the form (Ctrl+Enter)"));
    m_save->setDefault(true);
    m_saveAndNew->setToolTip(tr("Save it and begin another one of the same kind, source and date (Ctrl+Shift+Enter)"));
    m_cancel->setToolTip(tr("Close the form without saving (Esc)"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_save);
    buttons->addWidget(m_saveAndNew);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 8);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(8, 0, 8, 0);
    head->addWidget(m_title);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(8, 0, 8, 0);
    foot->addWidget(m_reason);
    foot->addLayout(buttons);
    layout->addLayout(head);
    layout->addWidget(m_scroll, 1);
    layout->addLayout(foot);
}

// As wide as the fields and tools of its kind need: the map keeps the rest.
void RecordForm::fitWidth() {
    m_scroll->widget()->layout()->activate();
    m_scroll->setMinimumWidth(m_scroll->widget()->minimumSizeHint().width() +
                              style()->pixelMetric(QStyle::PM_ScrollBarExtent));
}

void RecordForm::buildKeys() {
    const auto add = [this](const QKeySequence& key, QPushButton* button) {
        auto* shortcut = new QShortcut(key, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, button, [button] { button->click(); });
    };
    for (const Qt::Key enter : {Qt::Key_Return, Qt::Key_Enter}) {
        add(QKeySequence(Qt::CTRL | enter), m_save);
        add(QKeySequence(Qt::CTRL | Qt::SHIFT | enter), m_saveAndNew);
    }
    add(Qt::Key_Escape, m_cancel);
}

void RecordForm::begin(const Record& record) {
    m_isOpen = false; // while it is filled
    m_initial = record;
    m_hasOwnGrade = !(headOf(record).grade == Grade());
    const bool isNew = headOf(record).id.empty();
    const Situation& situation = *m_document.project()->situation;
    m_title->setText(isNew ? tr("New report: %1").arg(phraseOf(kindOf(record)))
                           : tr("Correct %1").arg(titleOf(record)));
    m_saveAndNew->setVisible(isNew);
    offerNames();
    m_fields->offer(sourcesOf(situation, m_usualGrades), situation.actors);
    m_fields->fill(record, situation);
    ReportPlace place = placeOf(record);
    if (isNew && std::holds_alternative<Incident>(record) && std::get<Incident>(record).location == LonLat{})
        place = {}; // not said yet
    m_place->begin(kindOf(record), place);
    fitWidth();
    m_isOpen = true;
    m_shown = this->record();
    validate();
    m_fields->text("place").setFocus(Qt::TabFocusReason);
    m_fields->text("place").selectAll();
}

// Names of the map's places, to be completed while typing.
void RecordForm::offerNames() {
    std::vector<std::shared_ptr<const Layer>> layers;
    for (const auto& layer : m_document.project()->layers)
        if (layer->role == LayerRole::Place && layer->table && nameColumn(*layer))
            layers.push_back(layer);
    QLineEdit& field = m_fields->text("place");
    if (layers == m_placeLayers && field.completer())
        return;
    m_placeLayers = layers;
    m_places.clear();
    QStringList names;
    for (const auto& layer : layers)
        for (std::uint32_t f = 0; f < layer->table->featureCount; ++f) {
            const GeoBox box = layer->table->boxOf(f);
            const QString name = fromUtf8(layer->table->valueAsText(*nameColumn(*layer), f));
            if (name.isEmpty() || box.isEmpty())
                continue;
            m_places.push_back({name, {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2}});
            names.append(name);
        }
    names.sort(Qt::CaseInsensitive);
    names.removeDuplicates();
    auto* completer = new QCompleter(names, &field);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &RecordForm::takeNamedPlace);
    delete field.completer();
    field.setCompleter(completer);
}

// A town's name is its place where the report can be at a point.
void RecordForm::takeNamedPlace(const QString& name) {
    const auto found = std::ranges::find(m_places, name, &NamedPlace::name);
    const ReportPlace& place = m_place->place();
    const bool takesPoint = kindOf(m_initial) != RecordKind::Control && place.roads.empty() &&
                            (place.isEmpty() || place.geometry.kind == SmallGeometry::Kind::Point);
    m_fields->setPlaceName(name, false);
    if (found == m_places.end() || !takesPoint)
        return;
    ReportPlace changed = place;
    changed.geometry = pointGeometry(found->at);
    m_fields->combo("location_precision").setCurrentIndex(static_cast<int>(LocationPrecision::Town));
    m_place->setPlace(changed);
}

void RecordForm::takeSource(const QString& source) {
    const auto usual = m_usualGrades.find(source);
    if (!m_hasOwnGrade && usual != m_usualGrades.end())
        m_fields->setGrade(usual->second);
}

void RecordForm::takePlace() {
    const ReportPlace& place = m_place->place();
    const auto lookups = m_lookups.of(*m_document.project());
    QComboBox& precision = m_fields->combo("location_precision");
    if (!place.isEmpty() && precision.currentIndex() == static_cast<int>(LocationPrecision::Unknown))
        precision.setCurrentIndex(static_cast<int>(usualPrecision(place)));
    if (!place.roads.empty())
        m_fields->setPlaceName(fromUtf8(lookups->roads.nameOf(place.roads.front().roadId)), true);
    else if (!place.regions.empty())
        m_fields->setPlaceName(fromUtf8(lookups->regions.nameOf(place.regions.front())), true);
    validate();
}

Record RecordForm::record() const {
    Record record = m_initial;
    m_fields->readInto(record);
    setPlace(record, m_place->place());
    return record;
}

QString RecordForm::missing(const Record& record) const {
    const ReportPlace& place = m_place->place();
    if (place.isEmpty())
        switch (kindOf(record)) {
        case RecordKind::Control:
            return tr("Draw the area or choose its regions.");
        case RecordKind::RoadStatus:
            return tr("Click the road on the map, or type its id.");
        case RecordKind::Restriction:
            return tr("Click the town on the map, or draw the area.");
        case RecordKind::Incident:
            return tr("Click the place on the map, or choose a town by its name.");
        case RecordKind::Measure:
            break;
        }
    if (headOf(record).valid.begin == TimePoint::min() && headOf(m_initial).id.empty())
        return tr("Say since when it holds.");
    if (const auto* control = std::get_if<ControlArea>(&record))
        if (control->actor.empty() && control->controlClass != ControlClass::NoInformation)
            return tr("Say who: choose the actor.");
    return {};
}

void RecordForm::validate() {
    if (!m_isOpen)
        return;
    QString reason = m_fields->validate();
    if (reason.isEmpty())
        reason = m_place->problem();
    const Record now = record();
    if (reason.isEmpty())
        reason = missing(now);
    const bool isNew = headOf(m_initial).id.empty();
    if (reason.isEmpty() && !isNew && now == m_shown)
        reason = tr("Nothing is changed yet.");
    const bool isGood = reason.isEmpty();
    m_save->setEnabled(isGood && m_document.canEditReports());
    m_saveAndNew->setEnabled(m_save->isEnabled());
    if (isGood && headOf(now).source.empty())
        reason = tr("It names no source, and will be on the work list.");
    m_reason->setText(reason);
    m_save->setToolTip(isGood ? tr("Save the report and close the form (Ctrl+Enter)") : plainTip(reason));
}

bool RecordForm::isChanged() const {
    return m_isOpen && !(record() == m_shown);
}

bool RecordForm::mayClose() {
    if (!isChanged())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Discard the report?"), tr("The report in the form is not saved."),
                    QMessageBox::Discard | QMessageBox::Cancel, this);
    if (m_save->isEnabled())
        box.addButton(QMessageBox::Save);
    box.setDefaultButton(QMessageBox::Cancel);
    const int answer = box.exec();
    return answer == QMessageBox::Discard || (answer == QMessageBox::Save && save());
}

void RecordForm::end() {
    if (!m_isOpen)
        return;
    m_isOpen = false;
    m_place->end();
    emit closed();
}

bool RecordForm::save() {
    std::string id;
    const bool isSaved = m_document.edit([&](const SituationIndex& index, TimePoint now) {
        SituationEdit edit = saveReport(index, record(), now);
        id = headOf(edit.added.front()).id;
        return edit;
    });
    if (!isSaved)
        return false;
    end();
    emit saved(id);
    return true;
}

void RecordForm::saveAndNew() {
    const RecordHead kept = headOf(record());
    Record next = m_initial;
    if (!save())
        return;
    std::visit([](auto& r) { r = std::decay_t<decltype(r)>{}; }, next);
    RecordHead& head = headOf(next);
    head.valid.begin = kept.valid.begin;
    head.source = kept.source;
    head.sourceUrl = kept.sourceUrl;
    head.grade = kept.grade;
    begin(next);
    m_hasOwnGrade = false;
}

} // namespace cordon
