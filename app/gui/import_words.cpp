#include "app/gui/import_words.h"

#include "app/gui/look.h"
#include "core/io/record_columns.h"
#include "core/model/vocabulary.h"

#include <QLocale>
#include <algorithm>

namespace cordon {

namespace {

QString sentenceCase(QString text) {
    text.replace('_', ' ');
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

// A visitor of visitColumns(): the names of the columns and the words they take.
struct FieldCollector {
    std::vector<ReportField>& fields;

    void add(std::string_view name, std::vector<FieldValue> values = {}) const {
        const auto known = std::ranges::find(fields, name, &ReportField::name);
        if (known == fields.end())
            fields.push_back({std::string(name), fieldText(std::string(name)), std::move(values)});
        else if (known->values.empty())
            known->values = std::move(values);
    }
    void text(std::string_view name, const std::string&) const { add(name); }
    void interval(std::string_view from, std::string_view to, const TimeInterval&) const {
        add(from);
        add(to);
    }
    void time(std::string_view name, const std::optional<TimePoint>&) const { add(name); }
    template <class E> void word(std::string_view name, E) const {
        std::vector<FieldValue> values;
        for (std::size_t i = 0; i < phrasesOf<E>().size(); ++i)
            values.push_back({std::string(toWord(static_cast<E>(i))), phraseOf(static_cast<E>(i))});
        add(name, std::move(values));
    }
    template <class E> void optionalWord(std::string_view name, const std::optional<E>&) const {
        std::vector<FieldValue> values;
        for (const QString& word : fromUtf8(wordsOf<E>()).split(", "))
            values.push_back({word.toStdString(), sentenceCase(word)});
        add(name, std::move(values));
    }
    void number(std::string_view name, const std::optional<double>&) const { add(name); }
    void count(std::string_view name, const std::optional<int>&) const { add(name); }
    void flag(std::string_view name, bool) const { add(name); }
    void list(std::string_view name, const std::vector<std::string>&) const { add(name); }
    void roads(std::string_view name, const std::vector<RoadReference>&) const { add(name); }
    void grade(std::string_view name, const Grade&) const { add(name); }
};

template <class T> void collect(std::vector<ReportField>& fields) {
    FieldCollector collector{fields};
    const T record{};
    visitColumns(collector, record);
}

} // namespace

template <> std::span<const Phrase> phrasesOf<ImportTarget>() {
    static constexpr Phrase kPhrases[] = {
        {"Points", "A layer of points with all columns"},
        {"Tracks", "A layer of lines: the points in the order of their times, split where they pause"},
        {"Regions", "A layer of areas that reports can name"},
        {"Roads", "A layer of roads that reports can name"},
        {"Incidents", "Reports: what happened, where and when"},
        {"Control", "Reports: who holds which area"},
        {"Road status", "Reports: which roads can be used; points are put on the nearest road"},
        {"Restrictions", "Reports: places that may be neither entered nor left"},
        {"Measures", "Reports: curfews, schools closed, convoys"},
        {"Reports of all kinds", "Our own columns: each row says what kind of report it is"},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<ColumnRole>() {
    static constexpr Phrase kPhrases[] = {
        {"Attribute", "Kept as it is in a layer; not used in reports"},
        {"Left out", "Not taken at all"},
        {"Latitude", ""},
        {"Longitude", ""},
        {"Latitude side (N, S)", ""},
        {"Longitude side (E, W)", ""},
        {"Easting", "Metres of the coordinate system, or of the UTM zone"},
        {"Northing", "Metres of the coordinate system, or of the UTM zone"},
        {"UTM zone", "29P, 29 N"},
        {"MGRS", ""},
        {"Latitude, longitude", "Both in one cell, latitude first"},
        {"Longitude, latitude", "Both in one cell, longitude first"},
        {"Line of points (ODK)", "lat lon alt acc; lat lon alt acc; ..."},
        {"Area of points (ODK)", "lat lon alt acc; lat lon alt acc; ..."},
        {"Geometry (WKT)", "POINT (-8 12.65)"},
        {"Place name", "Looked up in the places and regions of the map"},
        {"P-code", "Looked up in the places and regions of the map"},
        {"Altitude", "Metres"},
        {"Accuracy", "Metres"},
        {"Date or time", ""},
        {"Time of day", "Beside a date"},
        {"End date or time", ""},
        {"Device", "Who or what measured it"},
        {"Track", "Rows with the same value are one track"},
        {"Value of the report", ""},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<SuspicionKind>() {
    static constexpr Phrase kPhrases[] = {
        {"Latitude and longitude swapped?", ""},
        {"Sign lost?", ""},
        {"Far from the rest", ""},
        {"Outside the area of the map", ""},
        {"At 0, 0", ""},
        {"In the map already", ""},
        {"Not accurate", ""},
        {"In the future", ""},
        {"No time zone", ""},
        {"Day or month first?", ""},
        {"Not understood", ""},
        {"North or south?", ""},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<ImportFix>() {
    static constexpr Phrase kPhrases[] = {
        {"Swap Them", "Takes latitudes for longitudes and longitudes for latitudes"},
        {"Make Them West", "Puts a minus before the longitudes"},
        {"Make Them South", "Puts a minus before the latitudes"},
        {"Leave Them Out", "Leaves out rows that lie far from the rest"},
        {"Leave Them Out", "Leaves out rows that are less accurate than asked for"},
        {"Leave Them Out", "Leaves out rows at latitude 0, longitude 0"},
        {"Take Them Again", "Takes points that are in the map already"},
        {"Take Them as South", "Takes UTM zones of which nothing tells the hemisphere as south of the equator"},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<DayOrder>() {
    static constexpr Phrase kPhrases[] = {
        {"As the values say", "From dates of the column that can be read in one way only"},
        {"Day first: 31/12/2025", ""},
        {"Month first: 12/31/2025", ""},
        {"Year first: 2025/12/31", ""},
    };
    return kPhrases;
}

ColumnGroup groupOf(ColumnRole role) {
    switch (role) {
    case ColumnRole::Attribute:
        return ColumnGroup::Kept;
    case ColumnRole::Ignore:
        return ColumnGroup::Ignored;
    case ColumnRole::Altitude:
    case ColumnRole::Accuracy:
        return ColumnGroup::Measure;
    case ColumnRole::Time:
    case ColumnRole::TimeOfDay:
    case ColumnRole::EndTime:
        return ColumnGroup::Time;
    case ColumnRole::Device:
    case ColumnRole::TrackId:
        return ColumnGroup::Identity;
    case ColumnRole::Field:
        return ColumnGroup::Report;
    default:
        return ColumnGroup::Place;
    }
}

QString groupName(ColumnGroup group) {
    static constexpr const char* kNames[] = {"Place",         "Time",      "Measured", "Who measured",
                                             "In the report", "Attribute", "Left out"};
    return translated(kNames[static_cast<std::size_t>(group)]);
}

// Tints of the palette of Okabe and Ito (2008); they differ in lightness, too.
QColor colorOf(ColumnGroup group) {
    static const QColor kColors[] = {{0xB9, 0xDD, 0xF3}, {0xF9, 0xD9, 0x9E}, {0xC4, 0xEA, 0xDB}, {0xEB, 0xC9, 0xDD},
                                     {0xF7, 0xF1, 0xA4}, {0xFF, 0xFF, 0xFF}, {0xE4, 0xE2, 0xDD}};
    return kColors[static_cast<std::size_t>(group)];
}

std::vector<ReportField> fieldsOf(ImportTarget target) {
    std::vector<ReportField> fields;
    const bool isAny = target == ImportTarget::Records;
    if (isAny)
        fields.push_back({"kind", fieldText("kind"), {}});
    if (isAny || target == ImportTarget::RoadStatuses)
        collect<RoadStatus>(fields);
    if (isAny || target == ImportTarget::Control)
        collect<ControlArea>(fields);
    if (isAny || target == ImportTarget::Incidents)
        collect<Incident>(fields);
    if (isAny || target == ImportTarget::Restrictions)
        collect<Restriction>(fields);
    if (isAny || target == ImportTarget::Measures)
        collect<Measure>(fields);
    return fields;
}

QString fieldText(const std::string& name) {
    static const std::pair<const char*, const char*> kTexts[] = {{"id", "Id of the report"},
                                                                 {"valid_from", "From"},
                                                                 {"valid_to", "Until"},
                                                                 {"recorded_from", "Recorded from"},
                                                                 {"recorded_to", "Recorded until"},
                                                                 {"escort", "Escort required"},
                                                                 {"load_tonnes", "Load, tonnes"},
                                                                 {"acled_sub_event", "Sub-event (ACLED)"},
                                                                 {"ucdp_violence", "Type of violence (UCDP)"},
                                                                 {"source_url", "Link to the source"}};
    for (const auto& [known, text] : kTexts)
        if (name == known)
            return translated(text);
    return sentenceCase(fromUtf8(name));
}

QString recognisedText(const ImportPlan& plan, bool hasShapes) {
    constexpr qsizetype kMostNames = 4;
    QStringList texts;
    for (const ColumnGroup group :
         {ColumnGroup::Place, ColumnGroup::Time, ColumnGroup::Measure, ColumnGroup::Identity, ColumnGroup::Report}) {
        QStringList names;
        if (group == ColumnGroup::Place && hasShapes)
            names.append(translated("in the file itself"));
        for (const ColumnUse& use : plan.columns)
            if (groupOf(use.role) == group)
                names.append(shortName(fromUtf8(use.column), 40));
        const qsizetype more = names.size() - kMostNames;
        if (more > 0)
            names = names.first(kMostNames) + QStringList{translated("%1 more").arg(more)};
        if (!names.isEmpty())
            texts.append(groupName(group) + ": " + names.join(", "));
    }
    return texts.join(QString::fromUtf8("  ·  "));
}

QString sentence(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString countText(std::size_t count) {
    return QLocale(QLocale::English).toString(static_cast<qulonglong>(count));
}

QString noteText(const RowNote& note) {
    QString text = fromUtf8(note.reason);
    if (!note.value.empty())
        text = QString("'%1' %2").arg(fromUtf8(note.value).left(80), text);
    return note.column.empty() ? text : fromUtf8(note.column) + ": " + text;
}

std::string mendHint(const Suspicion& suspicion) {
    QString how;
    if (suspicion.fix)
        how = translated("the button '%1' would mend it").arg(phraseOf(*suspicion.fix));
    else if (suspicion.dayOrderChoice)
        how = translated("the button 'Month First' would take it the other way");
    else if (suspicion.valueChoice)
        how = translated("the button 'Take as '%1'' would mend it").arg(fromUtf8(suspicion.valueChoice->to));
    else if (suspicion.kind == SuspicionKind::NoTimeZone)
        how = translated("Time zone, at the right, says which it is");
    return how.toStdString();
}

QString useText(const ColumnUse& use) {
    return use.role == ColumnRole::Field ? fieldText(use.field) : phraseOf(use.role);
}

} // namespace cordon
