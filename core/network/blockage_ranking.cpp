#include "core/network/blockage_ranking.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace cordon {
namespace {

// Lifts some, looks, and puts everything back as it was.
class Lifting {
public:
    Lifting(const AccessNetwork& network, const AccessAnswer& answer)
        : m_network(network), m_answer(answer), m_search(network.graph), m_costs(answer.passages.costs),
          m_tree(answer.now) {}

    LiftGain gainOf(const std::vector<Liftable>& lifted) {
        LiftGain gain;
        gain.lifted = lifted;
        std::vector<std::uint32_t> arcs;
        const auto isLifted = [&](std::uint32_t obstacle) {
            const std::uint32_t blockage = m_answer.passages.obstacles[obstacle].blockage;
            return blockage != kNone &&
                   std::any_of(lifted.begin(), lifted.end(), [&](const Liftable& l) { return l.blockage == blockage; });
        };
        for (const Liftable& l : lifted)
            if (l.blockage != kNone)
                lower(l.blockage, isLifted, arcs);
        PathUndo undo;
        m_search.lower(m_tree, m_costs, arcs, &undo);
        count(gain);
        PathSearch::takeBack(m_tree, undo);
        for (const std::uint32_t arc : arcs)
            m_costs[arc] = m_answer.passages.costs[arc];
        return gain;
    }

private:
    template <class IsLifted>
    void lower(std::uint32_t blockage, const IsLifted& isLifted, std::vector<std::uint32_t>& arcs) {
        for (const std::uint32_t o : m_answer.passages.blockages[blockage].obstacles)
            for (const std::uint32_t edge : m_answer.passages.obstacles[o].edges)
                for (const std::uint32_t directed : {2 * edge, 2 * edge + 1}) {
                    const std::uint32_t arc = m_network.graph.arcOf[directed];
                    m_costs[arc] = m_answer.passages.costOf(m_network.graph, arc,
                                                            [&](std::uint32_t other) { return !isLifted(other); });
                    arcs.push_back(arc);
                }
    }

    bool mayEnter(const PlaceReach& reach, const std::vector<Liftable>& lifted) const {
        return std::all_of(reach.restrictions.begin(), reach.restrictions.end(), [&](const Restriction* restriction) {
            return std::any_of(lifted.begin(), lifted.end(),
                               [&](const Liftable& l) { return l.restriction == restriction; });
        });
    }

    void count(LiftGain& gain) const {
        for (std::uint32_t i = 0; i < m_answer.places.size(); ++i) {
            const PlaceReach& reach = m_answer.places[i];
            const std::uint32_t node = m_network.nodeOfPlace[i];
            if (node == kNone)
                continue;
            const double seconds = m_tree.cost[node];
            if (reach.isCutOff()) {
                if (seconds < kUnreached && mayEnter(reach, gain.lifted)) {
                    gain.reconnected.add(m_network.places[i]);
                    gain.places.push_back(i);
                }
            } else if (reach.kind == ReachKind::Reached && seconds < reach.seconds) {
                gain.hoursSaved += (reach.seconds - seconds) / 3600;
                gain.personHoursSaved += (reach.seconds - seconds) / 3600 * m_network.places[i].population.value_or(0);
            }
        }
    }

    const AccessNetwork& m_network;
    const AccessAnswer& m_answer;
    PathSearch m_search;
    std::vector<float> m_costs;
    PathTree m_tree;
};

void sortByGain(std::vector<LiftGain>& gains) {
    std::stable_sort(gains.begin(), gains.end(), [](const LiftGain& a, const LiftGain& b) {
        return std::tuple(b.reconnected.people, b.reconnected.places, b.personHoursSaved, b.hoursSaved) <
               std::tuple(a.reconnected.people, a.reconnected.places, a.personHoursSaved, a.hoursSaved);
    });
}

std::vector<Liftable> liftables(const AccessAnswer& answer) {
    std::vector<Liftable> all;
    for (std::uint32_t b = 0; b < answer.passages.blockages.size(); ++b)
        all.push_back({b, nullptr});
    std::set<const Restriction*> seen;
    for (const PlaceReach& reach : answer.places)
        for (const Restriction* restriction : reach.restrictions)
            if (reach.isCutOff() && seen.insert(restriction).second)
                all.push_back({kNone, restriction});
    return all;
}

} // namespace

std::vector<LiftGain> rankBlockages(const AccessNetwork& network, const AccessAnswer& answer, std::size_t most) {
    Lifting lifting(network, answer);
    std::vector<LiftGain> gains;
    for (const Liftable& liftable : liftables(answer)) {
        if (most > 0 && gains.size() >= most)
            break;
        gains.push_back(lifting.gainOf({liftable}));
    }
    sortByGain(gains);
    return gains;
}

std::vector<LiftGain> blockagesTogether(const AccessNetwork& network, const AccessAnswer& answer,
                                        const std::vector<LiftGain>& ranked) {
    constexpr std::size_t kMost = 24;
    const std::size_t count = std::min(ranked.size(), kMost);
    Lifting lifting(network, answer);
    std::vector<std::set<std::uint32_t>> alone;
    for (std::size_t i = 0; i < count; ++i)
        alone.emplace_back(ranked[i].places.begin(), ranked[i].places.end());
    std::vector<LiftGain> together;
    std::vector<std::vector<std::set<std::uint32_t>>> pairs(count, std::vector<std::set<std::uint32_t>>(count));
    const auto keep = [&](LiftGain gain, const auto& isReachedByLess) {
        if (!std::all_of(gain.places.begin(), gain.places.end(), isReachedByLess))
            together.push_back(std::move(gain));
    };
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t k = i + 1; k < count; ++k) {
            LiftGain gain = lifting.gainOf({ranked[i].lifted[0], ranked[k].lifted[0]});
            pairs[i][k] = {gain.places.begin(), gain.places.end()};
            keep(std::move(gain), [&](std::uint32_t p) { return alone[i].contains(p) || alone[k].contains(p); });
        }
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t k = i + 1; k < count; ++k)
            for (std::size_t l = k + 1; l < count; ++l)
                keep(lifting.gainOf({ranked[i].lifted[0], ranked[k].lifted[0], ranked[l].lifted[0]}),
                     [&](std::uint32_t p) {
                         return pairs[i][k].contains(p) || pairs[i][l].contains(p) || pairs[k][l].contains(p);
                     });
    sortByGain(together);
    return together;
}

} // namespace cordon
