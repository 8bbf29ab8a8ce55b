#include "core/render/record_geometry.h"

#include <algorithm>
#include <cmath>

namespace cordon {
namespace {

// The share 0..1 of a..b inside `box` (Liang and Barsky 1984); false if none.
bool clipSegment(PagePosition a, PagePosition b, const WideBox& box, double& from, double& to) {
    from = 0;
    to = 1;
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double p[4] = {-dx, dx, -dy, dy};
    const double q[4] = {a.x - box.minX, box.maxX - a.x, a.y - box.minY, box.maxY - a.y};
    for (int i = 0; i < 4; ++i) {
        if (p[i] == 0) {
            if (q[i] < 0)
                return false;
            continue;
        }
        const double t = q[i] / p[i];
        if (p[i] < 0)
            from = std::max(from, t);
        else
            to = std::min(to, t);
    }
    return from <= to;
}

PagePosition between(PagePosition a, PagePosition b, double t) {
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

// Sutherland and Hodgman (1974), one side: keeps where side(p) >= 0.
template <class Side> PageLine cutBySide(const PageLine& ring, const Side& side) {
    PageLine kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const PagePosition a = ring[i], b = ring[(i + 1) % ring.size()];
        const double da = side(a), db = side(b);
        if (da >= 0)
            kept.push_back(a);
        if ((da >= 0) != (db >= 0))
            kept.push_back(between(a, b, da / (da - db)));
    }
    return kept;
}

} // namespace

RecordShapes::RecordShapes(const DrawContext& context, double marginPx)
    : m_context(context), m_window{-marginPx, -marginPx, context.scene.view.widthPx + marginPx,
                                   context.scene.view.heightPx + marginPx} {}

std::optional<PagePosition> RecordShapes::toPage(LonLat p) const {
    const auto point = m_context.projection.forward(p);
    if (!point)
        return std::nullopt;
    return PagePosition{m_context.scene.view.pageX(point->x), m_context.scene.view.pageY(point->y)};
}

std::vector<PageLine> RecordShapes::project(const LonLatLine& line) const {
    std::vector<MapPoint> mapped(line.size());
    m_context.projection.forward(line, mapped);
    std::vector<PageLine> pieces(1);
    for (const MapPoint& p : mapped) {
        if (std::isfinite(p.x) && std::isfinite(p.y))
            pieces.back().push_back({m_context.scene.view.pageX(p.x), m_context.scene.view.pageY(p.y)});
        else if (!pieces.back().empty())
            pieces.emplace_back();
    }
    if (pieces.back().size() < 2)
        pieces.pop_back();
    return pieces;
}

std::vector<PageLine> RecordShapes::cutLine(const PageLine& whole) const {
    std::vector<PageLine> result;
    PageLine piece;
    const auto finish = [&] {
        if (piece.size() > 1)
            result.push_back(piece);
        piece.clear();
    };
    for (std::size_t i = 0; i + 1 < whole.size(); ++i) {
        double from = 0, to = 1;
        if (!clipSegment(whole[i], whole[i + 1], m_window, from, to)) {
            finish();
            continue;
        }
        if (piece.empty() || from > 0) {
            finish();
            piece.push_back(between(whole[i], whole[i + 1], from));
        }
        piece.push_back(between(whole[i], whole[i + 1], to));
        if (to < 1)
            finish();
    }
    finish();
    return result;
}

PageLine RecordShapes::cutRing(const LonLatLine& ring) const {
    PageLine line;
    for (const PageLine& piece : project(ring)) // across a gap of the projection the ring closes straight
        line.insert(line.end(), piece.begin(), piece.end());
    if (line.size() > 1 && line.front().x == line.back().x && line.front().y == line.back().y)
        line.pop_back();
    const WideBox& w = m_window;
    line = cutBySide(line, [&](PagePosition p) { return p.x - w.minX; });
    line = cutBySide(line, [&](PagePosition p) { return w.maxX - p.x; });
    line = cutBySide(line, [&](PagePosition p) { return p.y - w.minY; });
    line = cutBySide(line, [&](PagePosition p) { return w.maxY - p.y; });
    if (line.size() < 3)
        return {};
    line.push_back(line.front());
    return line;
}

void appendPart(DisplayList& list, const PageLine& line) {
    // Points closer than a tenth of a pixel add nothing but time.
    PagePoint last{1e30F, 1e30F};
    for (std::size_t i = 0; i < line.size(); ++i) {
        const PagePoint p{static_cast<float>(line[i].x), static_cast<float>(line[i].y)};
        const bool isEnd = i == 0 || i + 1 == line.size();
        if (isEnd || std::abs(p.x - last.x) + std::abs(p.y - last.y) > 0.1F)
            list.points.push_back(last = p);
    }
    list.endPart();
}

double lengthOf(const PageLine& line) {
    double length = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
        length += std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
    return length;
}

PagePosition placeAt(const PageLine& line, double at) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const double length = std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
        if (at <= length && length > 0)
            return between(line[i], line[i + 1], std::max(at, 0.0) / length);
        at -= length;
    }
    return line.empty() ? PagePosition{} : line.back();
}

NearestOnLine nearestOn(const std::vector<PageLine>& lines, PagePosition p) {
    NearestOnLine best;
    for (std::size_t l = 0; l < lines.size(); ++l) {
        double before = 0;
        for (std::size_t i = 0; i + 1 < lines[l].size(); ++i) {
            const PagePosition a = lines[l][i], b = lines[l][i + 1];
            const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
            const double t =
                length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (length * length), 0.0, 1.0) : 0;
            const double distance = std::hypot(a.x + dx * t - p.x, a.y + dy * t - p.y);
            if (distance < best.distance)
                best = {l, before + length * t, distance};
            before += length;
        }
    }
    return best;
}

} // namespace cordon
