// The properties of situation records, for people.
#include "core/render/identify.h"

#include <algorithm>

namespace cordon {

namespace {

using Fields = std::vector<IdentifiedField>;

std::string readable(std::string_view word) {
    std::string text(word);
    std::ranges::replace(text, '_', ' ');
    return text;
}

std::string actorName(const std::string& actor, const Situation& situation) {
    const Actor* known = situation.findActor(actor);
    return known && !known->name.empty() ? known->name : actor;
}

std::string actorNames(const std::vector<std::string>& actors, const Situation& situation) {
    std::string text;
    for (const std::string& actor : actors)
        text += (text.empty() ? "" : ", ") + actorName(actor, situation);
    return text;
}

void add(Fields& fields, const char* name, std::string value) {
    if (!value.empty())
        fields.push_back({name, std::move(value)});
}

std::string instantText(TimePoint t) {
    return t == TimePoint::min() ? std::string() : formatIso(t);
}

// "B2 (reliability B, credibility 2)"
std::string gradeText(Grade grade) {
    static constexpr const char* reliability[] = {"completely reliable",  "usually reliable", "fairly reliable",
                                                  "not usually reliable", "unreliable",       "reliability not judged"};
    static constexpr const char* credibility[] = {"confirmed", "probably true", "possibly true",
                                                  "doubtful",  "improbable",    "truth not judged"};
    const int letter = grade.reliability - 'A', digit = grade.credibility - '1';
    if (letter < 0 || letter > 5 || digit < 0 || digit > 5)
        return grade.toText();
    return grade.toText() + " (" + reliability[letter] + ", " + credibility[digit] + ")";
}

void addHead(Fields& fields, const RecordHead& head) {
    add(fields, "Place", head.place);
    add(fields, "Valid from", instantText(head.valid.begin));
    add(fields, "Valid until", head.valid.end ? formatIso(*head.valid.end) : "still in force");
    add(fields, "Source", head.source);
    add(fields, "Source address", head.sourceUrl);
    add(fields, "Grade", gradeText(head.grade));
    add(fields, "Location precision", readable(toWord(head.precision)));
    add(fields, "Recorded", instantText(head.recorded.begin));
    add(fields, "Withdrawn", head.recorded.end ? formatIso(*head.recorded.end) : "");
    add(fields, "Note", head.note);
    add(fields, "Id", head.id);
}

std::string countText(const std::optional<int>& count) {
    return count ? std::to_string(*count) : std::string();
}

} // namespace

std::vector<IdentifiedField> fieldsOf(const ControlArea& record, const Situation& situation) {
    Fields fields;
    const std::string who = actorName(record.actor, situation);
    add(fields, "Control", readable(toWord(record.controlClass)) + (who.empty() ? "" : ", " + who));
    add(fields, "Other actors", actorNames(record.otherActors, situation));
    add(fields, "Basis", readable(toWord(record.basis)));
    addHead(fields, record.head);
    return fields;
}

std::vector<IdentifiedField> fieldsOf(const RoadStatus& record, const Situation& situation) {
    Fields fields;
    add(fields, "Road status", readable(toWord(record.status)));
    add(fields, "Cause", record.cause == ObstacleType::Unknown ? "" : readable(toWord(record.cause)));
    add(fields, "Actor", actorName(record.actor, situation));
    add(fields, "Vehicles", record.vehicleClass);
    if (record.loadTonnes) {
        std::string load = std::to_string(*record.loadTonnes);
        load.erase(load.find_last_not_of('0') + 1);
        add(fields, "Load", (load.back() == '.' ? load.substr(0, load.size() - 1) : load) + " t");
    }
    add(fields, "Hours", record.hours);
    add(fields, "Escort", record.escortRequired ? "required" : "");
    add(fields, "Direction", readable(toWord(record.direction)));
    addHead(fields, record.head);
    return fields;
}

std::vector<IdentifiedField> fieldsOf(const Restriction& record, const Situation& situation) {
    Fields fields;
    add(fields, "Restriction", record.cause.empty() ? "restricted" : record.cause);
    add(fields, "Actor", actorName(record.actor, situation));
    addHead(fields, record.head);
    return fields;
}

std::vector<IdentifiedField> fieldsOf(const Measure& record, const Situation& situation) {
    Fields fields;
    add(fields, "Measure", record.cause.empty() ? "measure" : record.cause);
    add(fields, "Actor", actorName(record.actor, situation));
    addHead(fields, record.head);
    return fields;
}

std::vector<IdentifiedField> fieldsOf(const Incident& record, const Situation& situation) {
    Fields fields;
    add(fields, "Incident", readable(toWord(record.type)));
    add(fields, "Actor", actorName(record.actor, situation));
    add(fields, "Other actors", actorNames(record.otherActors, situation));
    add(fields, "Fatalities (best)", countText(record.fatalitiesBest));
    add(fields, "Fatalities (low)", countText(record.fatalitiesLow));
    add(fields, "Fatalities (high)", countText(record.fatalitiesHigh));
    add(fields, "Date precision", readable(toWord(record.datePrecision)));
    addHead(fields, record.head);
    return fields;
}

} // namespace cordon
