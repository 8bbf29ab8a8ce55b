#include "core/render/generalise.h"

#include "core/render/four_floats.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cordon {

namespace {

constexpr std::size_t kLongestChain = 512; // bounds the recursion where positions repeat

// One vertex in 32, by its position.
bool isAnchor(GridPoint p) {
    const std::uint32_t h =
        (static_cast<std::uint32_t>(p.x) * 0x9E3779B1U ^ static_cast<std::uint32_t>(p.y)) * 0x85EBCA77U;
    return (h >> 27) == 0;
}

bool isBefore(GridPoint a, GridPoint b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
}

// Points in canonical direction, from the first of them on: index 0 is the smaller end, whichever way the ring runs.
class Chain {
public:
    // in[from..to].
    Chain(std::span<const GridPoint> in, std::size_t from, std::size_t to)
        : m_length(to - from), m_isForward(!isBefore(in[to], in[from])) {
        const GridPoint* first = m_isForward ? &in[from] : &in[to];
        if (m_isForward)
            place([first](std::size_t i) { return first[i]; });
        else
            place([first](std::size_t i) { return *(first - i); });
    }

    void thin(float tolerance) {
        // So long that a float does not tell the tolerance, it has few points for its length.
        const bool isTooLong = extent() > tolerance * 65536;
        std::fill_n(m_isKept.data(), m_length + 1, static_cast<std::uint8_t>(isTooLong ? 1 : 0));
        if (!isTooLong)
            markKept(0, m_length, tolerance * tolerance);
    }
    bool isKept(std::size_t fromStart) const { return m_isKept[m_isForward ? fromStart : m_length - fromStart] != 0; }

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

    float extent() const {
        FourFloats farthest(0);
        const FourFloats zero(0);
        for (std::size_t i = 0; i <= m_length; i += 4) {
            const FourFloats x = FourFloats::from(&m_x[i]), y = FourFloats::from(&m_y[i]);
            farthest = max(max(farthest, max(x, zero - x)), max(y, zero - y));
        }
        float four[4];
        farthest.storeTo(four);
        return *std::max_element(four, four + 4);
    }

    // Marks what is kept strictly between `from` and `to`.
    void markKept(std::size_t from, std::size_t to, float squaredTolerance) {
        while (to - from > 1) {
            measure(from, to);
            float largest = squaredTolerance;
            std::size_t at = 0;
            for (std::size_t i = from + 1; i < to; ++i)
                if (m_squaredDistance[i] > largest) {
                    largest = m_squaredDistance[i];
                    at = i;
                }
            if (at == 0)
                return;
            m_isKept[at] = 1;
            markKept(from, at, squaredTolerance);
            from = at;
        }
    }

    // How far the points between lie from the segment from..to.
    void measure(std::size_t from, std::size_t to) {
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
    }

    using Values = std::array<float, kLongestChain + 5>; // four are looked at in one
    std::size_t m_length;
    bool m_isForward;
    Values m_x, m_y, m_squaredDistance;
    std::array<std::uint8_t, kLongestChain + 1> m_isKept;
};

// Appends the kept points of in[from..to), without in[to].
void appendChain(std::span<const GridPoint> in, std::size_t from, std::size_t to, float tolerance,
                 std::vector<GridPoint>& out) {
    out.push_back(in[from]);
    if (to - from < 2)
        return;
    Chain chain(in, from, to);
    chain.thin(tolerance);
    for (std::size_t i = 1; i < to - from; ++i)
        if (chain.isKept(i))
            out.push_back(in[from + i]);
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
void appendTriangle(std::span<const GridPoint> ring, std::size_t farthest, std::vector<GridPoint>& out) {
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
    out.push_back(a);
    out.push_back(ring[std::min(at, farthest)]);
    out.push_back(ring[std::max(at, farthest)]);
    out.push_back(a);
}

} // namespace

void appendThinned(std::span<const GridPoint> in, double toleranceSteps, std::vector<GridPoint>& out) {
    const bool isRing = in.size() > 3 && in.front() == in.back();
    if (in.size() <= 2 || (isRing && in.size() <= 5)) {
        out.insert(out.end(), in.begin(), in.end());
        return;
    }
    const std::size_t start = out.size();
    const auto tolerance = static_cast<float>(toleranceSteps);
    std::size_t from = 0;
    // A ring without anchors would be one chain that ends where it starts; the farthest point splits it.
    const std::size_t split = isRing ? farthestFromFirst(in) : 0;
    bool hasAnchor = false;
    for (std::size_t i = 1; i + 1 < in.size(); ++i) {
        if (!isAnchor(in[i]) && i - from < kLongestChain && !(isRing && i == split && !hasAnchor))
            continue;
        hasAnchor = true;
        appendChain(in, from, i, tolerance, out);
        from = i;
    }
    appendChain(in, from, in.size() - 1, tolerance, out);
    out.push_back(in.back());
    if (isRing && out.size() - start < 4) {
        out.resize(start);
        appendTriangle(in, std::max<std::size_t>(split, 1), out);
    }
}

} // namespace cordon
