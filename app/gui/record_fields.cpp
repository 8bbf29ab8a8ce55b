#include "app/gui/record_fields.h"

#include "app/gui/report_words.h"
#include "core/io/record_columns.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QVBoxLayout>
#include <set>

namespace cordon {

namespace {

const std::set<std::string> kDates = {"valid_from", "valid_to", "confirmed"};

// Fields that only some kinds have; all others are common to all.
const std::map<std::string, std::set<RecordKind>>& kindsOf() {
    using K = RecordKind;
    static const std::map<std::string, std::set<RecordKind>> kKinds = {
        {"control_class", {K::Control}},
        {"basis", {K::Control}},
        {"other_actors", {K::Control, K::Incident}},
        {"status", {K::RoadStatus}},
        {"cause_type", {K::RoadStatus}},
        {"direction", {K::RoadStatus}},
        {"vehicle_class", {K::RoadStatus}},
        {"load_tonnes", {K::RoadStatus}},
        {"hours", {K::RoadStatus}},
        {"escort", {K::RoadStatus}},
        {"incident_type", {K::Incident}},
        {"fatalities_low", {K::Incident}},
        {"fatalities_best", {K::Incident}},
        {"fatalities_high", {K::Incident}},
        {"date_precision", {K::Incident}},
        {"acled_sub_event", {K::Incident}},
        {"ucdp_violence", {K::Incident}},
        {"cause", {K::Restriction, K::Measure}},
    };
    return kKinds;
}

const std::set<std::string> kRestrictedOnly = {"vehicle_class", "load_tonnes", "hours", "escort"};

std::optional<TimePoint> timeOf(const QString& text) {
    const auto parsed = parseTime(text.trimmed().toStdString());
    return parsed ? std::optional(parsed->time) : std::nullopt;
}

template <class E> std::string fieldOf(std::string_view column) {
    return std::is_same_v<E, ObstacleType> ? "cause_type" : std::string(column); // "cause" of other kinds is free text
}

} // namespace

// Visitors of visitColumns(): a record's members into the widgets and back.
struct FieldFiller {
    RecordFieldSet& fields;
    const Situation& situation;

    void set(const std::string& column, const QString& text) const {
        if (column == "note")
            return static_cast<QPlainTextEdit*>(fields.m_fields.at(column).editor)->setPlainText(text);
        if (auto* combo = qobject_cast<QComboBox*>(fields.m_fields.at(column).editor))
            return combo->setEditText(text);
        fields.text(column).setText(text);
    }
    void text(const char* name, const std::string& value) const {
        const std::string column = name;
        if (column == "id")
            return;
        const QString shown = column == "actor" ? actorName(situation, value) : fromUtf8(value);
        if (column == "actor")
            fields.m_actors[column] = {shown, value};
        set(column, shown);
    }
    void interval(const char* from, const char* to, const TimeInterval& value) const {
        if (std::string_view(from) != "valid_from")
            return;
        set(from, timeText(value.begin));
        set(to, timeText(value.end));
    }
    void time(const char* name, const std::optional<TimePoint>& value) const { set(name, timeText(value)); }
    void grade(const char*, Grade value) const { fields.setGrade(value); }
    template <class E> void word(const char* name, E value) const {
        fields.combo(fieldOf<E>(name)).setCurrentIndex(static_cast<int>(value));
    }
    template <class E> void optionalWord(const char* name, std::optional<E> value) const {
        QComboBox& combo = fields.combo(name);
        combo.setCurrentIndex(value ? combo.findData(static_cast<int>(*value)) : 0);
    }
    void number(const char* name, std::optional<double> value) const {
        set(name, value ? QString::number(*value, 'g', 12) : QString());
    }
    void count(const char* name, std::optional<int> value) const {
        set(name, value ? QString::number(*value) : QString());
    }
    void flag(const char* name, bool value) const {
        static_cast<QCheckBox*>(fields.m_fields.at(name).editor)->setChecked(value);
    }
    void list(const char* name, const std::vector<std::string>& values) const {
        if (std::string_view(name) == "regions")
            return;
        QStringList texts;
        for (const std::string& value : values)
            texts.append(fromUtf8(value));
        set(name, texts.join("; "));
    }
    void roads(const char*, const std::vector<RoadReference>&) const {}
};

struct FieldReader {
    const RecordFieldSet& fields;

    QString shown(const std::string& column) const {
        if (column == "note")
            return static_cast<QPlainTextEdit*>(fields.m_fields.at(column).editor)->toPlainText();
        if (const auto* combo = qobject_cast<QComboBox*>(fields.m_fields.at(column).editor))
            return combo->currentText();
        return fields.text(column).text();
    }
    void text(const char* name, std::string& value) const {
        const std::string column = name;
        if (column == "id")
            return;
        const QString typed = shown(column).trimmed();
        if (column != "actor") {
            value = typed.toStdString();
            return;
        }
        const auto filled = fields.m_actors.find(column);
        if (filled != fields.m_actors.end() && filled->second.first == typed) {
            value = filled->second.second;
            return;
        }
        Situation known;
        known.actors = fields.m_known;
        const Actor* actor = known.findActor(typed.toStdString());
        value = actor ? actor->id : typed.toStdString();
    }
    void interval(const char* from, const char* to, TimeInterval& value) const {
        if (std::string_view(from) != "valid_from")
            return;
        // A begin of "since ever" is shown as nothing and stays.
        if (shown(from).trimmed() != timeText(value.begin))
            value.begin = timeOf(shown(from)).value_or(value.begin);
        value.end = timeOf(shown(to));
    }
    void time(const char* name, std::optional<TimePoint>& value) const { value = timeOf(shown(name)); }
    void grade(const char*, Grade& value) const {
        value.reliability = static_cast<char>('A' + fields.combo("reliability").currentIndex());
        value.credibility = static_cast<char>('1' + fields.combo("credibility").currentIndex());
    }
    template <class E> void word(const char* name, E& value) const {
        value = static_cast<E>(fields.combo(fieldOf<E>(name)).currentIndex());
    }
    template <class E> void optionalWord(const char* name, std::optional<E>& value) const {
        const QVariant data = fields.combo(name).currentData();
        value = data.isValid() ? std::optional(static_cast<E>(data.toInt())) : std::nullopt;
    }
    void number(const char* name, std::optional<double>& value) const {
        bool isNumber = false;
        const double number = shown(name).trimmed().replace(',', '.').toDouble(&isNumber);
        value = isNumber ? std::optional(number) : std::nullopt;
    }
    void count(const char* name, std::optional<int>& value) const {
        bool isNumber = false;
        const int number = shown(name).trimmed().toInt(&isNumber);
        value = isNumber ? std::optional(number) : std::nullopt;
    }
    void flag(const char* name, bool& value) const {
        value = static_cast<QCheckBox*>(fields.m_fields.at(name).editor)->isChecked();
    }
    void list(const char* name, std::vector<std::string>& values) const {
        if (std::string_view(name) == "regions")
            return;
        values.clear();
        for (const QString& item : shown(name).split(';'))
            if (!item.trimmed().isEmpty())
                values.push_back(item.trimmed().toStdString());
    }
    void roads(const char*, std::vector<RoadReference>&) const {}
};

RecordFieldSet::RecordFieldSet(QWidget* place, QWidget* parent) : QWidget(parent), m_form(new QGridLayout(this)) {
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setVerticalSpacing(5);
    m_form->setHorizontalSpacing(8);
    m_form->setColumnStretch(1, 1);
    addText("place", tr("&Place"), tr("Name as reported; names of the map's places are offered"));
    m_form->addWidget(place, m_form->rowCount(), 0, 1, 2);
    buildWhat();
    buildWhen();
    buildWho();
    connect(&text("place"), &QLineEdit::textEdited, this,
            [this] { m_placeIsProposal = text("place").text().isEmpty(); });
}

void RecordFieldSet::addHeading(const QString& heading) {
    auto* label = new QLabel(heading, this);
    QFont bold = font();
    bold.setBold(true);
    label->setFont(bold);
    label->setContentsMargins(0, 6, 0, 0);
    m_form->addWidget(label, m_form->rowCount(), 0, 1, 2);
}

void RecordFieldSet::addField(const std::string& column, const QString& label, QWidget* editor, const QString& tip) {
    auto* row = new QWidget(this);
    auto* layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    auto* problem = new QLabel(row);
    problem->setTextFormat(Qt::PlainText);
    problem->setWordWrap(true);
    problem->setStyleSheet("color: #A32D1E;");
    problem->hide();
    layout->addWidget(editor);
    layout->addWidget(problem);
    editor->setToolTip(tip);
    editor->setObjectName(QString::fromStdString(column));
    editor->setAccessibleName(QString(label).remove('&'));
    editor->setAccessibleDescription(tip);
    auto* labelWidget = new QLabel(label, this);
    labelWidget->setBuddy(editor);
    labelWidget->setToolTip(tip);
    labelWidget->setMinimumHeight(std::min(editor->sizeHint().height(), 2 * fontMetrics().height())); // beside the text
    const int line = m_form->rowCount();
    m_form->addWidget(labelWidget, line, 0, Qt::AlignTop);
    m_form->addWidget(row, line, 1);
    m_fields[column] = {editor, problem, labelWidget, row};
}

QLineEdit* RecordFieldSet::addText(const std::string& column, const QString& label, const QString& tip,
                                   const QString& placeholder) {
    auto* edit = new QLineEdit(this);
    edit->setPlaceholderText(placeholder);
    if (kDates.contains(column))
        edit->installEventFilter(this);
    connect(edit, &QLineEdit::textChanged, this, &RecordFieldSet::changed);
    addField(column, label, edit, tip);
    return edit;
}

QComboBox* RecordFieldSet::addCombo(const std::string& column, const QString& label, const QString& tip, bool isFree) {
    auto* combo = new QComboBox(this);
    combo->setEditable(isFree);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(10);
    if (isFree) {
        combo->setInsertPolicy(QComboBox::NoInsert);
        combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
        combo->completer()->setFilterMode(Qt::MatchContains);
        combo->completer()->setCaseSensitivity(Qt::CaseInsensitive);
        connect(combo, &QComboBox::currentTextChanged, this, &RecordFieldSet::changed);
    } else {
        connect(combo, &QComboBox::currentIndexChanged, this, &RecordFieldSet::changed);
    }
    addField(column, label, combo, tip);
    return combo;
}

template <class E> void RecordFieldSet::addWords(const std::string& column, const QString& label, const QString& tip) {
    QComboBox* combo = addCombo(column, label, tip, false);
    for (const Phrase& phrase : phrasesOf<E>()) {
        combo->addItem(translated(phrase.text));
        combo->setItemData(combo->count() - 1, translated(phrase.tip), Qt::ToolTipRole);
    }
}

void RecordFieldSet::buildWhat() {
    addHeading(tr("What"));
    addWords<RoadStatusKind>("status", tr("&Status"), tr("Whether the road can be used"));
    addWords<ObstacleType>("cause_type", tr("Ca&use"), tr("What stands in the way (WFP's obstacle types)"));
    addWords<ControlClass>("control_class", tr("C&lass"), tr("What the actor does there"));
    addWords<ControlBasis>("basis", tr("&Basis"), tr("Whether it was judged, or is claimed by the actor"));
    addWords<IncidentType>("incident_type", tr("T&ype"), tr("What happened"));
    addText("cause", tr("Ca&use"), tr("In free words: what it is, or why"));
    addCombo("actor", tr("&Actor"), tr("Who does it or holds it; a name that is not in the list can be typed"), true);
    addText("other_actors", tr("Other actors"), tr("The other sides, ; between them"));
    addText("vehicle_class", tr("&Vehicles"), tr("Who may pass"), tr("4x4, truck ..."));
    addText("load_tonnes", tr("Load (t)"), tr("Greatest load that may pass, in tonnes"));
    addText("hours", tr("Hours"), tr("When one may pass"), tr("06:00-18:00"));
    auto* escort = new QCheckBox(tr("Only with escort"), this);
    connect(escort, &QCheckBox::toggled, this, &RecordFieldSet::changed);
    addField("escort", tr("Escort"), escort, tr("Whether one may pass only with an escort"));
    addWords<TrafficDirection>("direction", tr("Direction"), tr("Which way of the road it concerns"));
    addText("fatalities_best", tr("&Killed"), tr("Best estimate; empty: not known, which is not zero"));
    addText("fatalities_low", tr("Killed, least"), tr("Lowest count reported"));
    addText("fatalities_high", tr("Killed, most"), tr("Highest count reported"));
    QComboBox* acled =
        addCombo("acled_sub_event", tr("ACLED type"), tr("Sub-event type, if the source coded it"), false);
    acled->addItem(tr("Not coded"));
    for (int i = 0; i <= static_cast<int>(AcledSubEvent::Other); ++i)
        acled->addItem(QString::fromUtf8(acledName(static_cast<AcledSubEvent>(i)).data()), i);
    QComboBox* ucdp = addCombo("ucdp_violence", tr("UCDP type"), tr("Type of violence, if the source coded it"), false);
    ucdp->addItem(tr("Not coded"));
    for (const auto& [type, word] : {std::pair(UcdpViolence::StateBased, tr("State-based")),
                                     {UcdpViolence::NonState, tr("Non-state")},
                                     {UcdpViolence::OneSided, tr("One-sided")}})
        ucdp->addItem(word, static_cast<int>(type));
    connect(&combo("status"), &QComboBox::currentIndexChanged, this, &RecordFieldSet::followKind);
}

void RecordFieldSet::buildWhen() {
    addHeading(tr("When"));
    addText("valid_from", tr("F&rom"),
            tr("Since when it holds, UTC: 2025-10-18 or 2025-10-18T14:00Z. Up and Down step a day"), tr("YYYY-MM-DD"));
    addText("valid_to", tr("Un&til"), tr("The first day on which it no longer held; empty: it still holds"),
            tr("open-ended"));
    addText("confirmed", tr("Confirmed"),
            tr("When somebody last vouched that it was still so; ageing counts from then"), tr("not since"));
    addWords<DatePrecision>("date_precision", tr("Date known to"), tr("How exactly the date is known"));
}

void RecordFieldSet::buildWho() {
    addHeading(tr("Who says so"));
    QComboBox* source =
        addCombo("source", tr("S&ource"), tr("Who reports it; a known one brings its usual grade"), true);
    connect(source, &QComboBox::currentTextChanged, this, [this](const QString& name) {
        if (!m_isFilling)
            emit sourceChosen(name);
    });
    for (const auto& [column, label, tip, phrases] :
         {std::tuple("reliability", tr("Reliab&ility"), tr("Of the source (Admiralty code A to F)"),
                     reliabilityPhrases()),
          {"credibility", tr("Credibilit&y"), tr("Of what it says (Admiralty code 1 to 6)"), credibilityPhrases()}}) {
        QComboBox* grade = addCombo(column, label, tip, false);
        for (const Phrase& phrase : phrases) {
            grade->addItem(translated(phrase.text));
            grade->setItemData(grade->count() - 1, translated(phrase.tip), Qt::ToolTipRole);
        }
    }
    addText("source_url", tr("Address"), tr("Where the source can be read"), tr("https://"));
    addWords<LocationPrecision>("location_precision", tr("Place known to"), tr("How exactly the place is known"));
    auto* note = new QPlainTextEdit(this);
    note->setTabChangesFocus(true);
    note->setFixedHeight(fontMetrics().height() * 3 + 12);
    connect(note, &QPlainTextEdit::textChanged, this, &RecordFieldSet::changed);
    addField("note", tr("&Note"), note, tr("What else there is to say"));
}

QLineEdit& RecordFieldSet::text(const std::string& column) const {
    return *static_cast<QLineEdit*>(m_fields.at(column).editor);
}

QComboBox& RecordFieldSet::combo(const std::string& column) const {
    return *static_cast<QComboBox*>(m_fields.at(column).editor);
}

QWidget* RecordFieldSet::firstWidget() const {
    const char* columns[] = {"control_class", "status", "cause", "incident_type", "cause"};
    return m_fields.at(columns[static_cast<std::size_t>(m_kind)]).editor;
}

void RecordFieldSet::offer(const std::vector<std::string>& sources, const std::vector<Actor>& actors) {
    m_known = actors;
    for (const char* column : {"source", "actor"}) {
        QComboBox& box = combo(column);
        const QSignalBlocker quiet(box);
        const QString typed = box.currentText();
        box.clear();
        if (&box == &combo("source"))
            for (const std::string& source : sources)
                box.addItem(fromUtf8(source));
        else
            for (const Actor& actor : actors)
                box.addItem(fromUtf8(actor.name.empty() ? actor.id : actor.name));
        box.setCurrentIndex(-1);
        box.setEditText(typed);
    }
}

void RecordFieldSet::fill(const Record& record, const Situation& situation) {
    m_isFilling = true;
    m_kind = kindOf(record);
    std::visit(
        [&](const auto& r) {
            FieldFiller filler{*this, situation};
            visitColumns(filler, r);
        },
        record);
    m_placeIsProposal = headOf(record).place.empty();
    followKind();
    m_isFilling = false;
    emit changed();
}

void RecordFieldSet::readInto(Record& record) const {
    std::visit(
        [&](auto& r) {
            FieldReader reader{*this};
            visitColumns(reader, r);
        },
        record);
}

void RecordFieldSet::setGrade(Grade grade) {
    combo("reliability").setCurrentIndex(std::clamp(grade.reliability - 'A', 0, 5));
    combo("credibility").setCurrentIndex(std::clamp(grade.credibility - '1', 0, 5));
}

void RecordFieldSet::setPlaceName(const QString& name, bool isProposal) {
    if (isProposal && !m_placeIsProposal)
        return;
    text("place").setText(name);
    m_placeIsProposal = isProposal;
}

bool RecordFieldSet::isShown(const std::string& column) const {
    const auto kinds = kindsOf().find(column);
    if (kinds != kindsOf().end() && !kinds->second.contains(m_kind))
        return false;
    if (!kRestrictedOnly.contains(column))
        return true;
    // Who may pass is asked of restricted roads, and shown of others where it was said.
    const bool isSaid = column == "escort" ? static_cast<QCheckBox*>(m_fields.at(column).editor)->isChecked()
                                           : !text(column).text().isEmpty();
    return isSaid || combo("status").currentIndex() == static_cast<int>(RoadStatusKind::Restricted);
}

void RecordFieldSet::followKind() {
    for (const auto& [column, field] : m_fields) {
        field.label->setVisible(isShown(column));
        field.row->setVisible(isShown(column));
    }
}

void RecordFieldSet::setProblem(const std::string& column, const QString& problem) {
    QLabel& label = *m_fields.at(column).problem;
    label.setText(problem);
    label.setVisible(!problem.isEmpty());
}

QString RecordFieldSet::validate() {
    QStringList problems;
    const auto say = [&](const std::string& column, const QString& problem) {
        setProblem(column, isShown(column) ? problem : QString());
        if (!problem.isEmpty() && isShown(column))
            problems.append(problem);
    };
    const auto typed = [&](const char* column) { return text(column).text().trimmed(); };
    for (const std::string& column : kDates) {
        const QString date = typed(column.c_str());
        const bool isGood = date.isEmpty() || timeOf(date);
        say(column, isGood ? QString() : tr("Write a date like 2025-10-18, or a time like 2025-10-18T14:00Z."));
    }
    const auto from = timeOf(typed("valid_from")), until = timeOf(typed("valid_to")), sure = timeOf(typed("confirmed"));
    if (from && until && *until <= *from)
        say("valid_to", tr("It must end after it begins, %1; leave it empty if it still holds.").arg(timeText(*from)));
    if (from && sure && *sure < *from)
        say("confirmed", tr("It cannot be confirmed before it begins, %1.").arg(timeText(*from)));
    bool isNumber = false;
    const double load = typed("load_tonnes").replace(',', '.').toDouble(&isNumber);
    say("load_tonnes",
        typed("load_tonnes").isEmpty() || (isNumber && load > 0) ? QString() : tr("Write tonnes as a number: 10."));
    std::map<std::string, int> counts;
    for (const char* column : {"fatalities_low", "fatalities_best", "fatalities_high"}) {
        const int count = typed(column).toInt(&isNumber);
        const bool isGood = typed(column).isEmpty() || (isNumber && count >= 0);
        say(column, isGood ? QString() : tr("Write a whole number, or nothing if it is not known."));
        if (isNumber && count >= 0)
            counts[column] = count;
    }
    const auto isAbove = [&](const char* a, const char* b) {
        return counts.contains(a) && counts.contains(b) && counts[a] > counts[b];
    };
    if (isAbove("fatalities_low", "fatalities_best") || isAbove("fatalities_low", "fatalities_high"))
        say("fatalities_low", tr("The least cannot be more than the best estimate or the most."));
    if (isAbove("fatalities_best", "fatalities_high"))
        say("fatalities_high", tr("The most cannot be less than the best estimate."));
    return problems.isEmpty() ? QString() : problems.first();
}

void RecordFieldSet::step(QLineEdit& date, int days) {
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const auto typed = timeOf(date.text());
    date.setText(timeText(typed ? *typed + std::chrono::days(days) : TimePoint(now)));
}

bool RecordFieldSet::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress)
        for (const std::string& column : kDates)
            if (watched == &text(column)) {
                const int key = static_cast<QKeyEvent*>(event)->key();
                const int days = key == Qt::Key_Up         ? 1
                                 : key == Qt::Key_Down     ? -1
                                 : key == Qt::Key_PageUp   ? 7
                                 : key == Qt::Key_PageDown ? -7
                                                           : 0;
                if (days != 0) {
                    step(text(column), days);
                    return true;
                }
            }
    return QWidget::eventFilter(watched, event);
}

} // namespace cordon
