#include "core/render/raster_tiles.h"

#include "core/error.h"
#include "core/render/parallel.h"
#include "core/render/stroker.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cordon {

namespace {

constexpr std::size_t kChunkPoints = 50000; // of ops that are sorted together
constexpr std::size_t kOpsAtOnce = 64;      // whose dashes are made together
constexpr float kShortestDashPx = 0.05F;    // a pattern finer than that is drawn solid

bool isDashed(const StrokeStyle& style) {
    return std::accumulate(style.dashPx.begin(), style.dashPx.end(), 0.0F) > kShortestDashPx;
}

} // namespace

RasterTiles::RasterTiles(const DisplayList& list, int threads, std::stop_token stop)
    : m_list(list), m_columns((list.widthPx + CoverageWindow::kMaxWidth - 1) / CoverageWindow::kMaxWidth),
      m_rows((list.heightPx + CoverageWindow::kMaxHeight - 1) / CoverageWindow::kMaxHeight) {
    makeDashes(threads, stop);
    sortIntoTiles(threads, stop);
}

PixelRect RasterTiles::tileRect(int tile) const {
    const int left = tile % m_columns * CoverageWindow::kMaxWidth;
    const int top = tile / m_columns * CoverageWindow::kMaxHeight;
    return {left, top, std::min(left + CoverageWindow::kMaxWidth, m_list.widthPx),
            std::min(top + CoverageWindow::kMaxHeight, m_list.heightPx)};
}

OpShape RasterTiles::shape(std::uint32_t op) const {
    const Op& o = m_list.ops[op];
    if (const std::uint32_t number = m_dashNumbers.empty() ? 0 : m_dashNumbers[op]; number > 0) {
        const Dashes& dashes = m_dashes[(number - 1) / kOpsAtOnce];
        const std::uint32_t* first = &dashes.firstPart[(number - 1) % kOpsAtOnce];
        return {dashes.points.data(), dashes.partStart.data(), first[0], first[1] - first[0]};
    }
    return {m_list.points.data(), m_list.partStart.data(), o.firstPart, o.partCount};
}

// Before anything is cut into tiles, so that a dash goes on where a tile ends.
void RasterTiles::makeDashes(int threads, const std::stop_token& stop) {
    std::vector<std::uint32_t> dashed;
    for (std::uint32_t op = 0; op < m_list.ops.size(); ++op)
        if (m_list.ops[op].kind == OpKind::Stroke && isDashed(m_list.strokes[m_list.ops[op].style]))
            dashed.push_back(op);
    if (dashed.empty())
        return;
    m_dashNumbers.resize(m_list.ops.size());
    m_dashes.resize((dashed.size() + kOpsAtOnce - 1) / kOpsAtOnce);
    parallelFor(threads, static_cast<int>(m_dashes.size()), [&](int batch) {
        if (stop.stop_requested())
            throw Stopped{};
        Dashes& dashes = m_dashes[static_cast<std::size_t>(batch)];
        const std::size_t begin = static_cast<std::size_t>(batch) * kOpsAtOnce;
        for (std::size_t i = begin; i < std::min(dashed.size(), begin + kOpsAtOnce); ++i) {
            m_dashNumbers[dashed[i]] = static_cast<std::uint32_t>(i + 1);
            const Op& op = m_list.ops[dashed[i]];
            for (std::uint32_t p = op.firstPart; p < op.firstPart + op.partCount; ++p)
                appendDashes(std::span(m_list.points)
                                 .subspan(m_list.partStart[p], m_list.partStart[p + 1] - m_list.partStart[p]),
                             m_list.strokes[op.style].dashPx, dashes.points, dashes.partStart);
            dashes.firstPart.push_back(static_cast<std::uint32_t>(dashes.partStart.size() - 1));
        }
    });
}

void RasterTiles::sortIntoTiles(int threads, const std::stop_token& stop) {
    std::vector<std::uint32_t> starts{0}; // first op of each chunk
    std::size_t points = 0;
    for (std::uint32_t op = 0; op < m_list.ops.size(); ++op) {
        const Op& o = m_list.ops[op];
        points += m_list.partStart[o.firstPart + o.partCount] - m_list.partStart[o.firstPart];
        if (points >= kChunkPoints) {
            starts.push_back(op + 1);
            points = 0;
        }
    }
    if (starts.back() != m_list.ops.size())
        starts.push_back(static_cast<std::uint32_t>(m_list.ops.size()));
    m_chunks.resize(starts.size() - 1);
    parallelFor(threads, static_cast<int>(m_chunks.size()), [&](int chunk) {
        if (stop.stop_requested())
            throw Stopped{};
        const auto c = static_cast<std::size_t>(chunk);
        std::vector<PlacedItem> placed;
        for (std::uint32_t op = starts[c]; op < starts[c + 1]; ++op)
            placeOp(op, placed);
        m_chunks[c] = sorted(placed);
    });
}

RasterTiles::Chunk RasterTiles::sorted(std::span<const PlacedItem> placed) const {
    Chunk chunk{std::vector<std::uint32_t>(static_cast<std::size_t>(tileCount()) + 1),
                std::vector<TileItem>(placed.size())};
    for (const PlacedItem& p : placed)
        ++chunk.start[p.tile];
    std::exclusive_scan(chunk.start.begin(), chunk.start.end(), chunk.start.begin(), 0U);
    for (const PlacedItem& p : placed)
        chunk.items[chunk.start[p.tile]++] = p.item;
    // Each start has become the next one's.
    std::shift_right(chunk.start.begin(), chunk.start.end(), 1);
    chunk.start.front() = 0;
    return chunk;
}

void RasterTiles::placeOp(std::uint32_t op, std::vector<PlacedItem>& placed) const {
    const Op& o = m_list.ops[op];
    const OpShape s = shape(op);
    if (o.kind == OpKind::Markers) {
        const float radius = m_list.markers[o.style].radiusPx() + 1;
        for (std::uint32_t i = s.partStart[s.firstPart]; i < s.partStart[s.firstPart + s.partCount]; ++i)
            place({s.points[i].x - radius, s.points[i].y - radius, s.points[i].x + radius, s.points[i].y + radius},
                  {op, i}, placed);
        return;
    }
    // A mitre reaches at most twice the width.
    const float reach = o.kind == OpKind::Stroke ? m_list.strokes[o.style].widthPx * 2 + 1 : 0;
    for (std::uint32_t p = s.firstPart; p < s.firstPart + s.partCount; ++p) {
        PageBox box;
        for (const PagePoint& point : s.part(p))
            box.include(point.x, point.y);
        place({box.minX - reach, box.minY - reach, box.maxX + reach, box.maxY + reach}, {op, p}, placed);
    }
}

void RasterTiles::place(const PageBox& box, TileItem item, std::vector<PlacedItem>& placed) const {
    const auto width = static_cast<float>(m_list.widthPx), height = static_cast<float>(m_list.heightPx);
    if (!(box.maxX > 0 && box.maxY > 0 && box.minX < width && box.minY < height)) // NaN is nowhere
        return;
    const auto left = static_cast<int>(std::max(box.minX, 0.0F)) / CoverageWindow::kMaxWidth;
    const auto top = static_cast<int>(std::max(box.minY, 0.0F)) / CoverageWindow::kMaxHeight;
    const auto right = static_cast<int>(std::min(box.maxX, width - 1)) / CoverageWindow::kMaxWidth;
    const auto bottom = static_cast<int>(std::min(box.maxY, height - 1)) / CoverageWindow::kMaxHeight;
    for (int row = top; row <= bottom; ++row)
        for (int column = left; column <= right; ++column)
            placed.push_back({static_cast<std::uint32_t>(row * m_columns + column), item});
}

} // namespace cordon
