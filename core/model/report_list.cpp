#include "core/model/report_list.h"

#include "core/model/lowered.h"
#include "core/model/shelf_life.h"

#include <algorithm>

namespace cordon {
namespace {

std::string spaced(std::string_view word) {
    std::string result(word);
    std::replace(result.begin(), result.end(), '_', ' ');
    return result;
}

template <class T> std::string_view actorOf(const T& record) {
    return record.actor;
}

bool mentions(const RecordHead& head, const std::string& wanted) {
    const std::string key = lowered(wanted);
    for (const std::string* text : {&head.id, &head.place, &head.source, &head.note})
        if (lowered(*text).find(key) != std::string::npos)
            return true;
    return false;
}

bool isSameActor(const Situation& situation, std::string_view actor, const std::string& wanted) {
    if (lowered(actor) == lowered(wanted))
        return true;
    const Actor* known = situation.findActor(actor);
    return known && known == situation.findActor(wanted);
}

template <class T> ReportState stateOf(const Situation& situation, const T& record, const TimeFilter& clock) {
    if (record.head.recorded.end && *record.head.recorded.end <= clock.knownBy)
        return ReportState::Withdrawn;
    if (record.head.valid.begin > clock.asOf)
        return ReportState::NotYet;
    if constexpr (std::is_same_v<T, Incident>)
        return isRecentIncident(record, {.asOf = clock.asOf, .incidentDays = clock.incidentDays}) ? ReportState::InForce
                                                                                                  : ReportState::Ended;
    if (!record.head.valid.contains(clock.asOf))
        return ReportState::Ended;
    return isStale(situation.shelfLives, record, clock.asOf) ? ReportState::Stale : ReportState::InForce;
}

template <class T>
bool isWanted(const Situation& situation, const T& record, const TimeFilter& clock, const ReportFilter& filter) {
    const RecordHead& head = record.head;
    if (head.recorded.begin > clock.knownBy || (clock.atLeastGrade && !head.grade.isAtLeast(*clock.atLeastGrade)))
        return false;
    return (filter.actor.empty() || isSameActor(situation, actorOf(record), filter.actor)) &&
           (filter.text.empty() || mentions(head, filter.text));
}

} // namespace

std::string_view toWord(ReportState state) {
    switch (state) {
    case ReportState::InForce:
        return "in_force";
    case ReportState::Stale:
        return "stale";
    case ReportState::Ended:
        return "ended";
    case ReportState::NotYet:
        return "not_yet";
    case ReportState::Withdrawn:
        break;
    }
    return "withdrawn";
}

std::vector<ReportRow> listReports(const Situation& situation, const TimeFilter& clock, const ReportFilter& filter) {
    std::vector<ReportRow> rows;
    for (std::size_t k = 0; k < kRecordKinds; ++k) {
        const auto kind = static_cast<RecordKind>(k);
        if (filter.kind && *filter.kind != kind)
            continue;
        visitRecords(situation, kind, [&](const auto& records) {
            std::uint32_t row = 0;
            for (const auto& record : records) {
                const RowPosition position{kind, row++};
                if (!isWanted(situation, record, clock, filter))
                    continue;
                const ReportRow found{position, stateOf(situation, record, clock), ageDays(record.head, clock.asOf)};
                const bool isHidden = found.state == ReportState::Withdrawn && !filter.withWithdrawn &&
                                      filter.state != ReportState::Withdrawn;
                if (!isHidden && (!filter.state || *filter.state == found.state) &&
                    (!filter.moreDays || found.ageDays > *filter.moreDays))
                    rows.push_back(found);
            }
        });
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const ReportRow& a, const ReportRow& b) {
        return headAt(situation, a.position).valid.begin > headAt(situation, b.position).valid.begin;
    });
    return rows;
}

namespace {

struct Summary {
    std::string operator()(const ControlArea& r) const {
        std::string text = spaced(toWord(r.controlClass));
        if (r.controlClass == ControlClass::NoInformation)
            return text;
        std::string actors = r.actor;
        for (const std::string& other : r.otherActors)
            actors += ", " + other;
        return actors + ": " + text + (r.basis == ControlBasis::Claimed ? ", claimed" : "");
    }
    std::string operator()(const RoadStatus& r) const {
        std::string text(toWord(r.status));
        if (r.escortRequired)
            text += ", escort";
        if (!r.vehicleClass.empty())
            text += ", " + r.vehicleClass;
        if (!r.hours.empty())
            text += ", " + r.hours;
        return r.cause == ObstacleType::Unknown ? text : text + " (" + spaced(toWord(r.cause)) + ")";
    }
    std::string operator()(const Restriction& r) const { return withActor("restricted", r.actor); }
    std::string operator()(const Incident& r) const { return withActor(spaced(toWord(r.type)), r.actor); }
    std::string operator()(const Measure& r) const { return withActor(r.cause.empty() ? "measure" : r.cause, r.actor); }

    static std::string withActor(const std::string& what, const std::string& actor) {
        return actor.empty() ? what : what + " (" + actor + ")";
    }
};

} // namespace

std::string summaryOf(const Record& record) {
    return std::visit(Summary{}, record);
}

} // namespace cordon
