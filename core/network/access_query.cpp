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

} // namespace cordon
