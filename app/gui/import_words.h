// What an import is made of, in the words that people use: targets, kinds of columns, suspicions, and the values that
// the columns of a report can have.
#pragma once

#include "app/gui/report_words.h"
#include "core/import/import_batch.h"

#include <QColor>
#include <vector>

namespace cordon {

template <> std::span<const Phrase> phrasesOf<ImportTarget>();
template <> std::span<const Phrase> phrasesOf<ColumnRole>();
template <> std::span<const Phrase> phrasesOf<SuspicionKind>();
template <> std::span<const Phrase> phrasesOf<ImportFix>();
template <> std::span<const Phrase> phrasesOf<DayOrder>();

// What a column is about: gives it its colour, which no two of these share in any kind of colour vision.
enum class ColumnGroup { Place, Time, Measure, Identity, Report, Kept, Ignored };
ColumnGroup groupOf(ColumnRole role);
QString groupName(ColumnGroup group);
QColor colorOf(ColumnGroup group); // light, for black text on it

struct FieldValue {
    std::string word; // as in our files: "blocked"
    QString text;     // "Blocked"
};
struct ReportField {
    std::string name;               // "status"
    QString text;                   // "Status"
    std::vector<FieldValue> values; // empty: anything
};
// The fields that records of a target have; none for layers.
std::vector<ReportField> fieldsOf(ImportTarget target);
QString fieldText(const std::string& name);

// "Place: lat, lon. Time: start." What the columns were recognised as; "" for none.
QString recognisedText(const ImportPlan& plan, bool hasShapes);
// "rows 3 and 4 lie ..." -> "Rows 3 and 4 lie ..."
QString sentence(QString text);
// "12,345".
QString countText(std::size_t count);
// "Easting", or the field: "Status of the report".
QString useText(const ColumnUse& use);
// What in the assistant mends a suspicion: "the button 'Swap Them' mends it". "" = nothing does.
std::string mendHint(const Suspicion& suspicion);
// "gps_lat: '95.2' is not a latitude".
QString noteText(const RowNote& note);

} // namespace cordon
