#include "core/model/interval_index.h"

#include <numeric>

namespace cordon {

IntervalIndex::IntervalIndex(std::span<const Interval> intervals) : m_items(intervals.size()) {
    std::iota(m_items.begin(), m_items.end(), 0u);
    const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
        return intervals[a].begin != intervals[b].begin ? intervals[a].begin < intervals[b].begin : a < b;
    };
    if (!std::is_sorted(m_items.begin(), m_items.end(), earlier)) // reports mostly come in the order of time
        std::sort(m_items.begin(), m_items.end(), earlier);
    m_begins.reserve(m_items.size());
    m_ends.reserve(m_items.size());
    for (const std::uint32_t item : m_items) {
        m_begins.push_back(intervals[item].begin);
        m_ends.push_back(intervals[item].end);
    }
    m_sortedEnds = m_ends;
    std::sort(m_sortedEnds.begin(), m_sortedEnds.end());
    for (const std::vector<std::int64_t>* below = &m_ends; below->size() > kFanOut;) {
        std::vector<std::int64_t> level;
        for (std::size_t i = 0; i < below->size(); i += kFanOut)
            level.push_back(
                *std::max_element(below->begin() + static_cast<std::ptrdiff_t>(i),
                                  below->begin() + static_cast<std::ptrdiff_t>(std::min(i + kFanOut, below->size()))));
        m_levels.push_back(std::move(level));
        below = &m_levels.back();
    }
}

std::size_t IntervalIndex::countAt(std::int64_t t) const {
    const auto firstLater = std::upper_bound(m_sortedEnds.begin(), m_sortedEnds.end(), t);
    // An end at kOpen never comes, not even at the last instant there is.
    const auto ended = t == kOpen ? std::lower_bound(m_sortedEnds.begin(), m_sortedEnds.end(), kOpen) : firstLater;
    const auto endedCount = static_cast<std::size_t>(ended - m_sortedEnds.begin());
    const std::size_t begun = begunBy(t);
    return begun > endedCount ? begun - endedCount : 0;
}

} // namespace cordon
