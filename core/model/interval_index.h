// A static index of half-open time intervals that finds those which contain an instant in time proportional to the
// answer: sorted by begin, with a 16-ary tree of the latest end over them. Immutable, read from any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cordon {

class IntervalIndex {
public:
    struct Interval {
        std::int64_t begin = 0;
        std::int64_t end = kOpen; // excluded
    };
    static constexpr std::int64_t kOpen = std::numeric_limits<std::int64_t>::max(); // no end: contains every later time

    IntervalIndex() = default;
    explicit IntervalIndex(std::span<const Interval> intervals); // items are their positions in the span

    // How many contain `t`, in O(log n); exact as long as no interval is inverted.
    std::size_t countAt(std::int64_t t) const;
    // Calls visit(item) for each interval that contains `t`, in order of begin.
    template <class F> void visitAt(std::int64_t t, F visit) const {
        const std::size_t begun = begunBy(t);
        if (begun > 0)
            visitNode(m_levels.size(), 0, t, begun, visit);
    }
    // Calls visit(item) for each interval whose begin is in (after, upTo].
    template <class F> void visitBegun(std::int64_t after, std::int64_t upTo, F visit) const {
        const std::size_t last = begunBy(upTo);
        for (std::size_t i = begunBy(after); i < last; ++i)
            visit(m_items[i]);
    }

private:
    static constexpr std::size_t kFanOut = 16;

    std::size_t begunBy(std::int64_t t) const {
        return static_cast<std::size_t>(std::upper_bound(m_begins.begin(), m_begins.end(), t) - m_begins.begin());
    }
    static bool lasts(std::int64_t end, std::int64_t t) { return end > t || end == kOpen; }

    // Children of node `node` of level `level`; level 0 are the intervals, level n is over m_levels[n - 1].
    template <class F>
    void visitNode(std::size_t level, std::size_t node, std::int64_t t, std::size_t begun, F& visit) const {
        std::size_t itemsPerChild = 1;
        for (std::size_t i = 0; i < level; ++i)
            itemsPerChild *= kFanOut;
        const std::vector<std::int64_t>& ends = level == 0 ? m_ends : m_levels[level - 1];
        const std::size_t last = std::min((node + 1) * kFanOut, ends.size());
        for (std::size_t child = node * kFanOut; child < last && child * itemsPerChild < begun; ++child) {
            if (!lasts(ends[child], t))
                continue;
            if (level == 0)
                visit(m_items[child]);
            else
                visitNode(level - 1, child, t, begun, visit);
        }
    }

    std::vector<std::int64_t> m_begins; // ascending
    std::vector<std::int64_t> m_ends;   // in the order of m_begins
    std::vector<std::uint32_t> m_items; // in the order of m_begins
    std::vector<std::int64_t> m_sortedEnds;
    std::vector<std::vector<std::int64_t>> m_levels; // latest ends of groups of kFanOut of the level below
};

} // namespace cordon
