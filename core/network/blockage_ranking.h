// Which blockage matters most: what lifting each would bring, and which matter only together.
#pragma once

#include "core/network/access.h"

namespace cordon {

// Of the road blockages of an answer and of the restrictions on places.
struct Liftable {
    std::uint32_t blockage = kNone;           // of Passages::blockages, or
    const Restriction* restriction = nullptr; // one of these
    friend bool operator==(const Liftable&, const Liftable&) = default;
};

struct LiftGain {
    std::vector<Liftable> lifted;      // one; several that bring more together than apart
    PeopleCount reconnected;           // cut off now, reached then
    std::vector<std::uint32_t> places; // which
    double personHoursSaved = 0;       // of those reached both now and then, for one journey each
    double hoursSaved = 0;             // the same, a place counting once whoever lives there
};

// Every present blockage, by people reconnected, then places, then hours; at most `most` of them are worked out (those
// whose lifting touches the network first), all if 0.
std::vector<LiftGain> rankBlockages(const AccessNetwork& network, const AccessAnswer& answer, std::size_t most = 0);

// Twos and threes that reconnect a place which no smaller part of them does, by people reconnected. All of them are
// tried while there are at most 24 blockages, otherwise only the 24 that `ranked` puts first.
std::vector<LiftGain> blockagesTogether(const AccessNetwork& network, const AccessAnswer& answer,
                                        const std::vector<LiftGain>& ranked);

} // namespace cordon
