#include "core/render/generalise.h"

#include "core/render/four_floats.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace cordon {

namespace {

constexpr std::size_t kLongestChain = 512; // bounds the recursion where positions repeat
constexpr VertexRank kUnknown = 254;       // of a gap that was not looked at

// One vertex in 32, by its position.
bool isAnchor(GridPoint p) {
    const std::uint32_t h =
        (static_cast<std::uint32_t>(p.x) * 0x9E3779B1U ^ static_cast<std::uint32_t>(p.y)) * 0x85EBCA77U;
    return (h >> 27) == 0;
}

bool isBefore(GridPoint a, GridPoint b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
}

// The highest level whose tolerance is smaller than the distance; 0 where none is.
int levelBelow(float squaredDistance) {
    static_assert(kLevelsPerDoubling == 4); // so that the squared tolerance of level l is 2^(l / 2)
    if (!(squaredDistance > 1))
        return 0;
    // A power of two is of the level below, and so is one times the root of two.
    constexpr std::uint32_t kMantissa = 0x7FFFFF, kRootOfTwo = std::bit_cast<std::uint32_t>(1.41421356F) & kMantissa;
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(squaredDistance) - 1;
    const int level = 2 * (static_cast<int>(bits >> 23) - 127) + ((bits & kMantissa) >= kRootOfTwo ? 1 : 0);
    return std::min(level, kLevels - 1);
}

// The vertices from one anchor to the next, in canonical direction, from the first of them on: index 0 is the smaller
// end, whichever way the ring runs. Between the kept ones lie gaps; the first and the last vertex in a gap have the
// rank that the one kept next would get, the others have none.
class Chain {
public:
    // in[from..to].
    Chain(std::span<const GridPoint> in, VertexRank* ranks, std::size_t from, std::size_t to)
        : m_length(to - from), m_step(isBefore(in[to], in[from]) ? -1 : 1),
          m_ranks(m_step > 0 ? ranks + from : ranks + to) {
        if (m_step > 0)
            place([first = &in[from]](std::size_t i) { return first[i]; });
        else
            place([first = &in[to]](std::size_t i) { return *(first - i); });
    }

    void findRanks(int known, int level) {
        // So long that a float does not tell the tolerance, it has few points for its length.
        constexpr float kMostTolerances = 65536;
        const float longest = extent() / kMostTolerances;
        m_wholeLevel = longest > 1 ? levelBelow(longest * longest) : 0;
        const int least = std::max(level, m_wholeLevel + 1);
        std::size_t from = 0;
        for (std::size_t i = 1; known < kUnranked && i < m_length; ++i)
            if (rank(i) >= known) {
                fill(from, i, least);
                from = i;
            }
        fill(from, m_length, least);
        if (level <= m_wholeLevel)
            for (std::size_t i = 1; i < m_length; ++i)
                rank(i) = std::max(rank(i), static_cast<VertexRank>(m_wholeLevel));
    }

private:
    template <class PointAt> void place(const PointAt& pointAt) {
        const GridPoint first = pointAt(0);
        for (std::size_t i = 0; i <= m_length; ++i) {
            m_x[i] = static_cast<float>(pointAt(i).x - first.x);
            m_y[i] = static_cast<float>(pointAt(i).y - first.y);
        }
        std::fill_n(&m_x[m_length + 1], 4, 0.0F);
        std::fill_n(&m_y[m_length + 1], 4, 0.0F);
    }

    VertexRank& rank(std::size_t i) { return m_ranks[static_cast<std::ptrdiff_t>(i) * m_step]; }
    // Of the gap between two kept vertices.
    void setGap(std::size_t from, std::size_t to, int rank) {
        if (to - from > 1)
            this->rank(from + 1) = this->rank(to - 1) = static_cast<VertexRank>(rank);
    }

    float extent() const {
        FourFloats farthest(0);
        const FourFloats zero(0);
        for (std::size_t i = 0; i <= m_length; i += 4) {
            const FourFloats x = FourFloats::from(&m_x[i]), y = FourFloats::from(&m_y[i]);
            farthest = max(max(farthest, max(x, zero - x)), max(y, zero - y));
        }
        return largestOf(farthest);
    }

    static float largestOf(FourFloats four) {
        float each[4];
        four.storeTo(each);
        return std::max(std::max(each[0], each[1]), std::max(each[2], each[3]));
    }

    // Ranks what is kept strictly between two kept vertices, down to `level`.
    void fill(std::size_t from, std::size_t to, int level) {
        while (to - from > 1 && rank(from + 1) >= level) {
            const float largest = measure(from, to);
            // Kept no longer than what the gap came to be by.
            const int found = std::min<int>(levelBelow(largest), std::min(rank(from), rank(to)));
            if (found < level) {
                setGap(from, to, std::max(found, m_wholeLevel));
                return;
            }
            setGap(from, to, 0);
            std::size_t at = from + 1;
            while (m_squaredDistance[at] != largest)
                ++at;
            rank(at) = static_cast<VertexRank>(found);
            setGap(from, at, kUnknown);
            setGap(at, to, kUnknown);
            fill(from, at, level);
            from = at;
        }
    }

    // How far the points between lie from the segment from..to; the largest of their squared distances.
    float measure(std::size_t from, std::size_t to) {
        const float dx = m_x[to] - m_x[from], dy = m_y[to] - m_y[from];
        const float squaredLength = dx * dx + dy * dy;
        const float perSquaredLength = squaredLength > 0 ? 1 / squaredLength : 0;
        const FourFloats fromX(m_x[from]), fromY(m_y[from]), alongX(dx), alongY(dy), zero(0), one(1);
        const FourFloats shareX(dx * perSquaredLength), shareY(dy * perSquaredLength);
        for (std::size_t i = from + 1; i < to; i += 4) {
            const FourFloats x = FourFloats::from(&m_x[i]) - fromX, y = FourFloats::from(&m_y[i]) - fromY;
            const FourFloats share = min(max(x * shareX + y * shareY, zero), one);
            const FourFloats offX = x - share * alongX, offY = y - share * alongY;
            (offX * offX + offY * offY).storeTo(&m_squaredDistance[i]);
        }
        std::fill_n(&m_squaredDistance[to], 3, 0.0F); // what was measured beyond
        FourFloats largest(0);
        for (std::size_t i = from + 1; i < to; i += 4)
            largest = max(largest, FourFloats::from(&m_squaredDistance[i]));
        return largestOf(largest);
    }

    using Values = std::array<float, kLongestChain + 5>; // four are looked at in one
    std::size_t m_length;
    std::ptrdiff_t m_step; // to the next rank
    VertexRank* m_ranks;
    int m_wholeLevel = 0; // it and those below keep every vertex
    Values m_x, m_y, m_squaredDistance;
};

bool isRing(std::span<const GridPoint> part) {
    return part.size() > 3 && part.front() == part.back();
}

std::size_t farthestFromFirst(std::span<const GridPoint> ring) {
    std::size_t at = 0;
    double largest = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        const double dx = static_cast<double>(ring[i].x) - ring[0].x, dy = static_cast<double>(ring[i].y) - ring[0].y;
        if (dx * dx + dy * dy > largest) {
            largest = dx * dx + dy * dy;
            at = i;
        }
    }
    return at;
}

// Three corners and the closing point: first, farthest from it, farthest from the line between.
void writeTriangle(std::span<const GridPoint> ring, std::size_t farthest, GridPoint* out) {
    const GridPoint a = ring[0], b = ring[farthest];
    const double dx = static_cast<double>(b.x) - a.x, dy = static_cast<double>(b.y) - a.y;
    double largest = -1;
    std::size_t at = 1;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        const double d =
            std::abs((static_cast<double>(ring[i].x) - a.x) * dy - (static_cast<double>(ring[i].y) - a.y) * dx);
        if (i != farthest && d > largest) {
            largest = d;
            at = i;
        }
    }
    out[0] = out[3] = a;
    out[1] = ring[std::min(at, farthest)];
    out[2] = ring[std::max(at, farthest)];
}

} // namespace

void startRanks(std::span<const GridPoint> part, std::span<VertexRank> ranks) {
    const bool isRing = cordon::isRing(part);
    if (part.size() <= 2 || (isRing && part.size() <= 5)) {
        std::fill(ranks.begin(), ranks.end(), kAlwaysKept);
        return;
    }
    std::fill(ranks.begin(), ranks.end(), VertexRank{0});
    // A ring without anchors would be one chain that ends where it starts; the farthest point splits it.
    const std::size_t split = isRing ? farthestFromFirst(part) : 0;
    std::size_t from = 0;
    for (std::size_t i = 1; i < part.size(); ++i) {
        const bool isEnd = i + 1 == part.size() || isAnchor(part[i]) || i - from == kLongestChain ||
                           (isRing && i == split && from == 0);
        if (!isEnd)
            continue;
        if (i - from > 1)
            ranks[from + 1] = ranks[i - 1] = kUnknown;
        ranks[from] = ranks[i] = kAlwaysKept;
        from = i;
    }
}

void findRanks(std::span<const GridPoint> part, std::span<VertexRank> ranks, int known, int level) {
    const auto wouldBeSplit = [&](VertexRank rank) { return rank >= level && rank < known; };
    for (auto from = ranks.begin(), to = from; from + 1 < ranks.end(); from = to) {
        to = std::find(from + 1, ranks.end(), kAlwaysKept);
        if (known == kUnranked ? to - from > 1 : std::any_of(from + 1, to, wouldBeSplit))
            Chain(part, ranks.data(), static_cast<std::size_t>(from - ranks.begin()),
                  static_cast<std::size_t>(to - ranks.begin()))
                .findRanks(known, level);
    }
}

std::size_t writeThinned(std::span<const GridPoint> part, std::span<const VertexRank> ranks, int level,
                         GridPoint* out) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
        out[count] = part[i]; // the next one's place if it is not kept
        count += ranks[i] >= level ? 1 : 0;
    }
    if (!isRing(part) || count >= kLeastOfRing)
        return count;
    writeTriangle(part, std::max<std::size_t>(farthestFromFirst(part), 1), out);
    return kLeastOfRing;
}

} // namespace cordon
