#include "core/render/generalise.h"

#include <algorithm>

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

// Points in canonical direction: index 0 is the smaller end, whichever way the ring runs.
struct Chain {
    const GridPoint* first;
    std::ptrdiff_t step;
    GridPoint at(std::size_t i) const { return first[static_cast<std::ptrdiff_t>(i) * step]; }
};

double squaredDistance(GridPoint p, GridPoint a, GridPoint b, double dx, double dy, double squaredLength) {
    const double px = static_cast<double>(p.x) - a.x, py = static_cast<double>(p.y) - a.y;
    const double along = px * dx + py * dy;
    if (along <= 0 || squaredLength == 0)
        return px * px + py * py;
    if (along >= squaredLength) {
        const double qx = static_cast<double>(p.x) - b.x, qy = static_cast<double>(p.y) - b.y;
        return qx * qx + qy * qy;
    }
    const double across = px * dy - py * dx;
    return across * across / squaredLength;
}

// Marks what is kept strictly between `from` and `to`.
void markKept(const Chain& chain, std::size_t from, std::size_t to, double squaredTolerance, std::uint8_t* kept) {
    while (to - from > 1) {
        const GridPoint a = chain.at(from), b = chain.at(to);
        const double dx = static_cast<double>(b.x) - a.x, dy = static_cast<double>(b.y) - a.y;
        const double squaredLength = dx * dx + dy * dy;
        double largest = squaredTolerance;
        std::size_t at = 0;
        for (std::size_t i = from + 1; i < to; ++i) {
            const double d = squaredDistance(chain.at(i), a, b, dx, dy, squaredLength);
            if (d > largest) {
                largest = d;
                at = i;
            }
        }
        if (at == 0)
            return;
        kept[at] = 1;
        markKept(chain, from, at, squaredTolerance, kept);
        from = at;
    }
}

// Appends the kept points of in[from..to), without in[to].
void appendChain(std::span<const GridPoint> in, std::size_t from, std::size_t to, double squaredTolerance,
                 std::vector<GridPoint>& out) {
    std::uint8_t kept[kLongestChain + 1] = {};
    const std::size_t length = to - from;
    const bool isForward = !isBefore(in[to], in[from]);
    const Chain chain = isForward ? Chain{&in[from], 1} : Chain{&in[to], -1};
    markKept(chain, 0, length, squaredTolerance, kept);
    out.push_back(in[from]);
    for (std::size_t i = 1; i < length; ++i)
        if (kept[isForward ? i : length - i] != 0)
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
    const double squaredTolerance = toleranceSteps * toleranceSteps;
    std::size_t from = 0;
    // A ring without anchors would be one chain that ends where it starts; the farthest point splits it.
    const std::size_t split = isRing ? farthestFromFirst(in) : 0;
    bool hasAnchor = false;
    for (std::size_t i = 1; i + 1 < in.size(); ++i) {
        if (!isAnchor(in[i]) && i - from < kLongestChain && !(isRing && i == split && !hasAnchor))
            continue;
        hasAnchor = true;
        appendChain(in, from, i, squaredTolerance, out);
        from = i;
    }
    appendChain(in, from, in.size() - 1, squaredTolerance, out);
    out.push_back(in.back());
    if (isRing && out.size() - start < 4) {
        out.resize(start);
        appendTriangle(in, std::max<std::size_t>(split, 1), out);
    }
}

} // namespace cordon
