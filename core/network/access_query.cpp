#include "core/network/access_query.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cordon {
namespace {

constexpr std::array<std::string_view, 3> kUserWords = {"civilian", "humanitarian", "convoy"};

// "open" 1, "shut" kShut, else a factor of 1 or more.
std::optional<double> factorOf(std::string_view word) {
    if (word == "open" || word == "pass")
        return 1;
    if (word == "shut" || word == "closed")
        return kShut;
    double factor = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), factor);
    if (error != std::errc() || end != word.data() + word.size() || !(factor >= 1) || !std::isfinite(factor))
        return std::nullopt;
    return factor;
}

std::string wordOf(double factor) {
    if (factor == 1)
        return "open";
    if (factor == kShut)
        return "shut";
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, factor).ptr;
    return std::string(text, end);
}

} // namespace

std::string_view toWord(UserClass userClass) {
    return kUserWords[static_cast<std::size_t>(userClass)];
}

std::optional<UserClass> userClassFromWord(std::string_view word) {
    const auto found = std::find(kUserWords.begin(), kUserWords.end(), word);
    if (found == kUserWords.end())
        return std::nullopt;
    return static_cast<UserClass>(found - kUserWords.begin());
}

bool AccessPolicy::asksControl() const {
    return !byActor.empty() ||
           std::any_of(byControlClass.begin(), byControlClass.end(), [](double factor) { return factor != 1; });
}

bool setPolicy(AccessPolicy& policy, std::string_view text) {
    const auto equals = text.rfind('=');
    if (equals == std::string_view::npos)
        return false;
    const std::string_view key = text.substr(0, equals), word = text.substr(equals + 1);
    if (key == "stale" && word == "last") {
        policy.stale.reset();
        return true;
    }
    const auto factor = factorOf(word);
    if (!factor)
        return false;
    if (key == "stale") {
        policy.stale = *factor;
    } else if (key == "restriction") {
        policy.mayEnterRestricted = *factor != kShut;
    } else if (key == "restriction_transit") {
        policy.mayPassRestricted = *factor != kShut;
    } else if (key.starts_with("control.")) {
        const auto controlClass = fromWord<ControlClass>(key.substr(8));
        if (!controlClass)
            return false;
        policy.byControlClass[static_cast<std::size_t>(*controlClass)] = *factor;
    } else if (key.starts_with("actor.") && key.size() > 6) {
        policy.byActor[std::string(key.substr(6))] = *factor;
    } else if (const auto status = fromWord<RoadStatusKind>(key)) {
        policy.byStatus[static_cast<std::size_t>(*status)] = *factor;
    } else {
        return false;
    }
    return true;
}

std::vector<std::string> policyEntries(const AccessPolicy& policy) {
    static const AccessPolicy kUsual;
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < policy.byStatus.size(); ++i)
        if (policy.byStatus[i] != kUsual.byStatus[i])
            entries.push_back(std::string(toWord(static_cast<RoadStatusKind>(i))) + "=" + wordOf(policy.byStatus[i]));
    if (policy.stale)
        entries.push_back("stale=" + wordOf(*policy.stale));
    for (std::size_t i = 0; i < policy.byControlClass.size(); ++i)
        if (policy.byControlClass[i] != kUsual.byControlClass[i])
            entries.push_back("control." + std::string(toWord(static_cast<ControlClass>(i))) + "=" +
                              wordOf(policy.byControlClass[i]));
    for (const auto& [actor, factor] : policy.byActor)
        entries.push_back("actor." + actor + "=" + wordOf(factor));
    if (policy.mayEnterRestricted != kUsual.mayEnterRestricted)
        entries.push_back("restriction=open");
    if (policy.mayPassRestricted != kUsual.mayPassRestricted)
        entries.push_back("restriction_transit=shut");
    return entries;
}

std::optional<std::chrono::minutes> timeOfDayOf(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    int hours = 0, minutes = 0;
    const char* const end = text.data() + text.size();
    auto at = std::from_chars(text.data(), end, hours);
    if (at.ec != std::errc() || at.ptr == end || (*at.ptr != ':' && *at.ptr != 'h'))
        return std::nullopt;
    const bool mayEnd = *at.ptr == 'h';
    if (++at.ptr != end || !mayEnd) {
        const char* const begin = at.ptr;
        at = std::from_chars(begin, end, minutes);
        if (at.ec != std::errc() || at.ptr != end || at.ptr - begin != 2)
            return std::nullopt;
    }
    if (hours < 0 || hours > 24 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 24 * 60)
        return std::nullopt;
    return std::chrono::minutes{hours * 60 + minutes};
}

std::optional<bool> isWithinHours(std::string_view hours, std::chrono::minutes timeOfDay) {
    bool isWithin = false;
    while (!hours.empty()) {
        const std::size_t next = hours.find_first_of(",;");
        const std::string_view span = hours.substr(0, next);
        hours = next == std::string_view::npos ? "" : hours.substr(next + 1);
        std::size_t dash = span.find('-'), width = 1;
        if (const std::size_t longDash = span.find("–"); longDash != std::string_view::npos) {
            dash = longDash;
            width = std::string_view("–").size();
        }
        if (dash == std::string_view::npos)
            return std::nullopt;
        const auto from = timeOfDayOf(span.substr(0, dash)), to = timeOfDayOf(span.substr(dash + width));
        if (!from || !to)
            return std::nullopt;
        isWithin |= *from <= *to ? *from <= timeOfDay && timeOfDay < *to // the end of the day is 24:00
                                 : timeOfDay >= *from || timeOfDay < *to;
    }
    return isWithin;
}

} // namespace cordon
