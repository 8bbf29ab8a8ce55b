// The vocabularies of reports in the words that people use, with what each means.
#pragma once

#include "core/model/record.h"
#include "core/model/report_list.h"
#include "core/model/work_list.h"

#include <QCoreApplication>
#include <QString>
#include <span>

namespace cordon {

struct Phrase {
    const char* text;
    const char* tip; // "" where the text says it all
};

// In the order of the enumerators.
template <class E> std::span<const Phrase> phrasesOf();
template <> std::span<const Phrase> phrasesOf<RecordKind>();
template <> std::span<const Phrase> phrasesOf<ReportState>();
template <> std::span<const Phrase> phrasesOf<WorkKind>();
template <> std::span<const Phrase> phrasesOf<ControlClass>();
template <> std::span<const Phrase> phrasesOf<ControlBasis>();
template <> std::span<const Phrase> phrasesOf<RoadStatusKind>();
template <> std::span<const Phrase> phrasesOf<ObstacleType>();
template <> std::span<const Phrase> phrasesOf<TrafficDirection>();
template <> std::span<const Phrase> phrasesOf<IncidentType>();
template <> std::span<const Phrase> phrasesOf<LocationPrecision>();
template <> std::span<const Phrase> phrasesOf<DatePrecision>();

inline QString translated(const char* text) {
    return QCoreApplication::translate("ReportWords", text);
}
template <class E> QString phraseOf(E value) {
    return translated(phrasesOf<E>()[static_cast<std::size_t>(value)].text);
}

// "A  completely reliable", "3  possibly true", by position (A, B, ... and 1, 2, ...).
std::span<const Phrase> reliabilityPhrases();
std::span<const Phrase> credibilityPhrases();

QString fromUtf8(const std::string& text);
// Name of a known actor, else as written.
QString actorName(const Situation& situation, const std::string& idNameOrAlias);
// What names a report for people: its kind with its place, "Road status, Bamako - Bougouni", or with what
// it says and since when, "Control, JNIM: control, assessed, 2025-10-18".
QString titleOf(const Record& record);
// "the report of 18 Oct 2025 by Radio Kita": for sentences that speak of several.
QString reportName(const RecordHead& head);
// "2025-10-18", with the time where it is not midnight UTC; "" for an absent one and for "since ever".
QString timeText(TimePoint time);
QString timeText(const std::optional<TimePoint>& time);
// "3 days", "5 months", "2 years".
QString ageText(double days);

} // namespace cordon
