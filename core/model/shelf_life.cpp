#include "core/model/shelf_life.h"

#include <algorithm>

namespace cordon {
namespace {

constexpr int kLongestDays = 36525;

std::optional<int> daysOrNever(int days) {
    return days == ShelfLives::kNever ? std::nullopt : std::optional(days);
}

template <class E> std::size_t positionOf(E value) {
    return static_cast<std::size_t>(value);
}

// Calls f(key, days) for each entry of the table, in its order.
template <class Lives, class F> void forEachEntry(Lives& lives, F f) {
    for (std::size_t i = 1; i < lives.byCauseDays.size(); ++i)
        f("road." + std::string(toWord(static_cast<ObstacleType>(i))), lives.byCauseDays[i]);
    for (std::size_t i = 0; i < lives.byStatusDays.size(); ++i)
        f("road.status." + std::string(toWord(static_cast<RoadStatusKind>(i))), lives.byStatusDays[i]);
    for (std::size_t i = 0; i < lives.byControlClassDays.size(); ++i)
        f("control." + std::string(toWord(static_cast<ControlClass>(i))), lives.byControlClassDays[i]);
    f(std::string("restriction"), lives.restrictionDays);
    f(std::string("measure"), lives.measureDays);
}

} // namespace

std::optional<int> shelfLifeDays(const ShelfLives& lives, const RoadStatus& report) {
    const bool goesByCause = report.cause != ObstacleType::Unknown && report.status != RoadStatusKind::Open &&
                             report.status != RoadStatusKind::Unknown;
    return daysOrNever(goesByCause ? lives.byCauseDays[positionOf(report.cause)]
                                   : lives.byStatusDays[positionOf(report.status)]);
}

std::optional<int> shelfLifeDays(const ShelfLives& lives, const ControlArea& report) {
    return daysOrNever(lives.byControlClassDays[positionOf(report.controlClass)]);
}

std::optional<int> shelfLifeDays(const ShelfLives& lives, const Restriction&) {
    return daysOrNever(lives.restrictionDays);
}

std::optional<int> shelfLifeDays(const ShelfLives&, const Incident&) {
    return std::nullopt;
}

std::optional<int> shelfLifeDays(const ShelfLives& lives, const Measure&) {
    return daysOrNever(lives.measureDays);
}

TimePoint vouchedAt(const RecordHead& head, TimePoint asOf) {
    return std::min(std::max(head.valid.begin, head.confirmed.value_or(TimePoint::min())), asOf);
}

double ageDays(const RecordHead& head, TimePoint asOf) {
    // In doubles: the difference of the ends of the calendar does not fit in 64 bits.
    const auto milliseconds = [](TimePoint t) { return static_cast<double>(t.time_since_epoch().count()); };
    const TimePoint vouched = vouchedAt(head, asOf);
    return vouched == asOf ? 0 : (milliseconds(asOf) - milliseconds(vouched)) / 86'400'000.0;
}

bool isStale(const ShelfLives& lives, const Record& report, TimePoint asOf) {
    return std::visit([&](const auto& r) { return isStale(lives, r, asOf); }, report);
}

std::vector<std::pair<std::string, int>> shelfLifeEntries(const ShelfLives& lives) {
    std::vector<std::pair<std::string, int>> entries;
    forEachEntry(lives, [&](std::string key, int days) { entries.emplace_back(std::move(key), days); });
    return entries;
}

bool setShelfLife(ShelfLives& lives, std::string_view key, int days) {
    if (days < 0 || days > kLongestDays)
        return false;
    bool known = false;
    forEachEntry(lives, [&](const std::string& entry, int& value) {
        if (entry == key) {
            value = days;
            known = true;
        }
    });
    return known;
}

} // namespace cordon
