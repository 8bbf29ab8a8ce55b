#include "core/geo/spatial_index.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cordon {
namespace {

constexpr std::uint32_t kNodeSize = 16;

// Position of (x, y), each 0..65535, along a Hilbert curve of order 16 (iterative form after Warren, Hacker's Delight,
// 2nd ed., 16-2).
std::uint32_t hilbert(std::uint32_t x, std::uint32_t y) {
    std::uint32_t d = 0;
    for (std::uint32_t s = 1u << 15; s > 0; s >>= 1) {
        const std::uint32_t rx = (x & s) ? 1 : 0, ry = (y & s) ? 1 : 0;
        d += s * s * ((3 * rx) ^ ry);
        if (ry == 0) {
            if (rx == 1) {
                x = 65535 - x;
                y = 65535 - y;
            }
            std::swap(x, y);
        }
    }
    return d;
}

float roundedDown(double v) {
    const float f = static_cast<float>(v);
    return static_cast<double>(f) > v ? std::nextafterf(f, -INFINITY) : f;
}
float roundedUp(double v) {
    const float f = static_cast<float>(v);
    return static_cast<double>(f) < v ? std::nextafterf(f, INFINITY) : f;
}

} // namespace

FloatBox outwardBox(double minX, double minY, double maxX, double maxY) {
    if (!(minX <= maxX) || !(minY <= maxY))
        return {};
    return {roundedDown(minX), roundedDown(minY), roundedUp(maxX), roundedUp(maxY)};
}

SpatialIndex::SpatialIndex(std::span<const FloatBox> boxes) {
    std::vector<std::uint32_t> items;
    items.reserve(boxes.size());
    for (std::uint32_t i = 0; i < boxes.size(); ++i)
        if (!boxes[i].isEmpty()) {
            items.push_back(i);
            m_bounds.include(boxes[i]);
        }
    m_itemCount = static_cast<std::uint32_t>(items.size());
    if (items.empty())
        return;

    std::vector<std::uint32_t> keys(boxes.size());
    const double scaleX = m_bounds.width() > 0 ? 65535.0 / m_bounds.width() : 0;
    const double scaleY = m_bounds.height() > 0 ? 65535.0 / m_bounds.height() : 0;
    for (const std::uint32_t i : items) {
        const FloatBox& b = boxes[i];
        const double x = ((double(b.minX) + b.maxX) / 2 - m_bounds.minX) * scaleX;
        const double y = ((double(b.minY) + b.maxY) / 2 - m_bounds.minY) * scaleY;
        keys[i] = hilbert(static_cast<std::uint32_t>(std::clamp(x, 0.0, 65535.0)),
                          static_cast<std::uint32_t>(std::clamp(y, 0.0, 65535.0)));
    }
    std::sort(items.begin(), items.end(),
              [&](std::uint32_t a, std::uint32_t b) { return keys[a] != keys[b] ? keys[a] < keys[b] : a < b; });

    for (const std::uint32_t i : items) {
        m_boxes.push_back(boxes[i]);
        m_indices.push_back(i);
    }
    m_levelEnds.push_back(m_itemCount);
    std::uint32_t levelBegin = 0;
    while (m_levelEnds.back() - levelBegin > 1) {
        const std::uint32_t levelEnd = m_levelEnds.back();
        for (std::uint32_t first = levelBegin; first < levelEnd; first += kNodeSize) {
            FloatBox box;
            for (std::uint32_t c = first; c < std::min(first + kNodeSize, levelEnd); ++c)
                box.include(m_boxes[c]);
            m_boxes.push_back(box);
            m_indices.push_back(first);
        }
        levelBegin = levelEnd;
        m_levelEnds.push_back(static_cast<std::uint32_t>(m_boxes.size()));
    }
}

void SpatialIndex::query(const FloatBox& box, std::vector<std::uint32_t>& out) const {
    if (m_itemCount == 0 || !m_bounds.intersects(box))
        return;
    const std::size_t firstFound = out.size();
    if (box.minX <= m_bounds.minX && box.minY <= m_bounds.minY && box.maxX >= m_bounds.maxX &&
        box.maxY >= m_bounds.maxY) {
        out.insert(out.end(), m_indices.begin(), m_indices.begin() + m_itemCount);
    } else {
        struct Entry {
            std::uint32_t node, level;
        };
        std::vector<Entry> stack{
            {static_cast<std::uint32_t>(m_boxes.size() - 1), static_cast<std::uint32_t>(m_levelEnds.size() - 1)}};
        while (!stack.empty()) {
            const auto [node, level] = stack.back();
            stack.pop_back();
            if (!m_boxes[node].intersects(box))
                continue;
            if (level == 0) {
                out.push_back(m_indices[node]);
                continue;
            }
            const std::uint32_t first = m_indices[node];
            const std::uint32_t last = std::min(first + kNodeSize, m_levelEnds[level - 1]);
            for (std::uint32_t c = first; c < last; ++c)
                stack.push_back({c, level - 1});
        }
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(firstFound), out.end());
}

} // namespace cordon
