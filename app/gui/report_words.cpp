#include "app/gui/report_words.h"

#include <cmath>

namespace cordon {

template <> std::span<const Phrase> phrasesOf<RecordKind>() {
    static constexpr Phrase kPhrases[] = {
        {"Control", "Who holds an area"},
        {"Road status", "Whether a road can be used, and what stands in the way"},
        {"Restriction", "A town or area that may be neither entered nor left"},
        {"Incident", "Something that happened at a place"},
        {"Measure", "Schools closed, curfew, convoy schedule ..."},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<ReportState>() {
    static constexpr Phrase kPhrases[] = {
        {"In force", "Holds at the as-of date"},
        {"Stale", "Past its shelf life: shown as unknown until somebody confirms it"},
        {"Ended", "No longer held at the as-of date"},
        {"Not yet", "Begins after the as-of date"},
        {"Withdrawn", "Withdrawn or corrected; kept for the history"},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<WorkKind>() {
    static constexpr Phrase kPhrases[] = {
        {"Contested roads", "Fresh reports disagree about a road"},
        {"Contested control", "Fresh reports disagree about who holds ground"},
        {"Stale reports", "Past their shelf life: confirm, correct or end them"},
        {"No source", "Reports that do not say who reports it"},
        {"Missing roads", "Reports on a road that is in no road layer"},
        {"Missing regions", "Reports on a region that is in no region layer"},
        {"Two versions", "Reports that stand twice in the records"},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<ControlClass>() {
    static constexpr Phrase kPhrases[] = {
        {"Control", "Holds the ground and decides who passes"},
        {"Support", "Moves and is supplied freely, without enemy action worth naming"},
        {"Contested", "Two or more sides fight over it"},
        {"Attack zone", "Attacks there, without holding it"},
        {"Influence", "Taxes, recruits or is obeyed there"},
        {"No information", "Nothing is known: not the same as held by nobody"},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<ControlBasis>() {
    static constexpr Phrase kPhrases[] = {
        {"Assessed", "Judged from several reports"},
        {"Claimed", "Said by the actor itself"},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<RoadStatusKind>() {
    static constexpr Phrase kPhrases[] = {
        {"Open", "Passable for all"},
        {"Restricted", "Passable for some: vehicles, load, hours or escort"},
        {"Difficult", "Passable, but slow or in bad condition"},
        {"Blocked", "Closed by people"},
        {"Impassable", "Closed physically: bridge gone, flooded, mined"},
        {"Contested", "The source itself says that reports disagree"},
        {"Unknown", "Nothing is known of it"},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<ObstacleType>() {
    static constexpr Phrase kPhrases[] = {
        {"Not known", "No cause given"},
        {"Flood", ""},
        {"Mines or UXO", "Mines, improvised explosive devices, unexploded ordnance"},
        {"Roadblock", "An announced or standing blockade by people"},
        {"Road damage", ""},
        {"Railway damage", ""},
        {"Bridge damage", ""},
        {"Culvert damage", ""},
        {"Ferry", "Depends on a ferry"},
        {"Checkpoint, official", ""},
        {"Checkpoint, unofficial", ""},
        {"Traffic restriction", "By order: convoys only, no lorries, no motorcycles ..."},
        {"Landslide", ""},
        {"Wreckage", ""},
        {"Ford", ""},
        {"Trees", ""},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<TrafficDirection>() {
    static constexpr Phrase kPhrases[] = {
        {"Both directions", ""},
        {"Forward", "From the begin of the road, as it is drawn, to its end"},
        {"Backward", "From the end of the road, as it is drawn, to its begin"},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<IncidentType>() {
    static constexpr Phrase kPhrases[] = {
        {"Armed attack", ""},
        {"Explosive", "IED, mine, shell"},
        {"Convoy attack", ""},
        {"Abduction", ""},
        {"Air strike", ""},
        {"Checkpoint", "Stopped, taxed or turned back"},
        {"Convoy arrival", "A convoy came through"},
        {"Protest", ""},
        {"Looting", ""},
        {"Other", ""},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<LocationPrecision>() {
    static constexpr Phrase kPhrases[] = {
        {"Unknown", ""},
        {"Exact", "To some hundred metres"},
        {"Approximate", "To some kilometres"},
        {"Town", ""},
        {"Road segment", ""},
        {"Region", ""},
        {"Country", ""},
    };
    return kPhrases;
}

template <> std::span<const Phrase> phrasesOf<DatePrecision>() {
    static constexpr Phrase kPhrases[] = {{"Day", ""}, {"Week", ""}, {"Month", ""}, {"Quarter", ""}, {"Year", ""}};
    return kPhrases;
}

std::span<const Phrase> reliabilityPhrases() {
    static constexpr Phrase kPhrases[] = {
        {"A  completely reliable", ""}, {"B  usually reliable", ""},
        {"C  fairly reliable", ""},     {"D  not usually reliable", ""},
        {"E  unreliable", ""},          {"F  cannot be judged", "Not bad: simply not known"},
    };
    return kPhrases;
}

std::span<const Phrase> credibilityPhrases() {
    static constexpr Phrase kPhrases[] = {
        {"1  confirmed", "By independent sources"},
        {"2  probably true", ""},
        {"3  possibly true", ""},
        {"4  doubtful", ""},
        {"5  improbable", ""},
        {"6  cannot be judged", "Not bad: simply not known"},
    };
    return kPhrases;
}

QString fromUtf8(const std::string& text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString actorName(const Situation& situation, const std::string& idNameOrAlias) {
    const Actor* known = situation.findActor(idNameOrAlias);
    return fromUtf8(known && !known->name.empty() ? known->name : idNameOrAlias);
}

QString titleOf(const Record& record) {
    const RecordHead& head = headOf(record);
    if (!head.place.empty())
        return phraseOf(kindOf(record)) + ", " + fromUtf8(head.place);
    const QString says = QString::fromStdString(summaryOf(record)), since = timeText(head.valid.begin);
    return phraseOf(kindOf(record)) + ", " + says + (since.isEmpty() ? QString() : ", " + since);
}

QString reportName(const RecordHead& head) {
    const bool isDated = head.valid.begin != TimePoint::min();
    const QString name = isDated ? translated("the report of %1").arg(fromUtf8(formatDate(head.valid.begin)))
                                 : translated("the report without a date");
    return head.source.empty() ? name : translated("%1 by %2").arg(name, fromUtf8(head.source));
}

QString timeText(TimePoint time) {
    if (time == TimePoint::min() || time == TimePoint::max())
        return {};
    const bool isDay = time == std::chrono::floor<std::chrono::days>(time);
    return QString::fromStdString(isDay ? formatIsoDate(time) : formatIso(time));
}

QString timeText(const std::optional<TimePoint>& time) {
    return time ? timeText(*time) : QString();
}

QString ageText(double days) {
    const int whole = static_cast<int>(std::floor(std::min(days, 1e7)));
    if (whole < 1)
        return translated("today");
    if (whole < 120)
        return whole == 1 ? translated("1 day") : translated("%1 days").arg(whole);
    if (whole < 730)
        return translated("%1 months").arg(whole * 12 / 365);
    return whole > 36525 ? translated("never") : translated("%1 years").arg(whole / 365);
}

} // namespace cordon
