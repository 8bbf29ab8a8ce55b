#include "app/cli/time_zone.h"

#include "app/cli/cli.h"
#include "core/error.h"

#include <QDateTime>
#include <QTimeZone>

namespace cordon {

using std::chrono::minutes;

TimeZone TimeZone::fromText(const std::string& text) {
    TimeZone zone;
    if (text.empty() || text == "Z")
        return zone;
    const auto parsed = parseTime("2000-01-01T00:00" + text);
    zone.m_id = parsed && parsed->hasZone ? "UTC" + text : text;
    if (!QTimeZone::isTimeZoneIdAvailable(QByteArray::fromStdString(zone.m_id)))
        throw UsageError("--timezone '" + text +
                         "' is not a time zone this computer knows; write it as +01:00, Africa/Bamako or UTC.");
    return zone;
}

TimePoint TimeZone::asOf(const std::string& text) const {
    const auto parsed = parseTime(text);
    if (!parsed || parsed->hasZone)
        return parseAsOf(text);
    return parseAsOf(text, offsetAt(parseAsOf(text), parsed->hasTime ? text : std::string()));
}

TimePoint TimeZone::toUtc(TimePoint wallClock) const {
    std::string text = formatIso(wallClock);
    text.pop_back(); // Z
    return wallClock - offsetAt(wallClock, text);
}

// The offset at which the clocks there show `local`. They show some times never and some twice: an error when `text`,
// the time as written, is given; a date alone ends when it last ends.
minutes TimeZone::offsetAt(TimePoint local, const std::string& text) const {
    const QTimeZone zone(QByteArray::fromStdString(m_id));
    const auto offsetOf = [&](TimePoint utc) {
        const auto moment = QDateTime::fromMSecsSinceEpoch(utc.time_since_epoch().count(), Qt::UTC);
        return minutes(zone.offsetFromUtc(moment) / 60);
    };
    const minutes before = offsetOf(local - std::chrono::days(1)), after = offsetOf(local + std::chrono::days(1));
    const bool isBefore = offsetOf(local - before) == before, isAfter = offsetOf(local - after) == after;
    if (!text.empty() && !isBefore && !isAfter)
        throw Error("The time '" + text + "' does not exist in " + m_id +
                    ", where the clocks are put forward over it; give another, or its offset from UTC.");
    if (!text.empty() && isBefore && isAfter && before != after)
        throw Error("The time '" + text + "' comes twice in " + m_id +
                    ", where the clocks are put back; write it with its offset from UTC.");
    return isAfter ? after : before;
}

} // namespace cordon
