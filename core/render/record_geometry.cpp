#include "core/render/record_geometry.h"

#include "core/geo/geodesic.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_set>

namespace cordon {
namespace {

struct PointHash {
    std::size_t operator()(const LonLat& p) const {
        return std::hash<double>()(p.lonDegrees) * 31 + std::hash<double>()(p.latDegrees);
    }
};

void appendRings(std::vector<LonLatLine>& rings, const FoundFeature& feature) {
    const GeometryColumn& geometry = feature.table->geometry;
    for (std::uint32_t p = geometry.featureStart[feature.row]; p < geometry.featureStart[feature.row + 1]; ++p)
        if (geometry.partRole[p] == PartRole::OuterRing || geometry.partRole[p] == PartRole::InnerRing)
            rings.emplace_back(geometry.part(p).begin(), geometry.part(p).end());
}

std::vector<LonLatLine> lineParts(const FoundFeature& feature) {
    std::vector<LonLatLine> lines;
    const GeometryColumn& geometry = feature.table->geometry;
    for (std::uint32_t p = geometry.featureStart[feature.row]; p < geometry.featureStart[feature.row + 1]; ++p)
        if (geometry.partRole[p] == PartRole::Line && geometry.part(p).size() > 1)
            lines.emplace_back(geometry.part(p).begin(), geometry.part(p).end());
    return lines;
}

// The stretch of a road of several parts: fractions are of the whole length.
std::vector<LonLatLine> stretchOf(const std::vector<LonLatLine>& parts, double from, double to) {
    if (from <= 0 && to >= 1)
        return parts;
    if (from > to)
        std::swap(from, to);
    std::vector<double> lengths;
    double total = 0;
    for (const LonLatLine& part : parts)
        total += lengths.emplace_back(lengthMeters(part));
    std::vector<LonLatLine> result;
    double before = 0;
    for (std::size_t i = 0; i < parts.size() && total > 0; ++i) {
        if (lengths[i] > 0) {
            const double low = std::clamp((from * total - before) / lengths[i], 0.0, 1.0);
            const double high = std::clamp((to * total - before) / lengths[i], 0.0, 1.0);
            if (low < high)
                result.push_back(lineStretch(parts[i], low, high));
        }
        before += lengths[i];
    }
    return result;
}

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

FoundFeatures findFeatures(const Project& project, std::initializer_list<LayerRole> roles,
                           const std::vector<std::string>& ids) {
    FoundFeatures found;
    const std::unordered_set<std::string> wanted(ids.begin(), ids.end());
    if (wanted.empty())
        return found;
    for (auto it = project.layers.rbegin(); it != project.layers.rend(); ++it) {
        const Layer& layer = **it;
        if (layer.table == nullptr || layer.idField.empty() ||
            std::find(roles.begin(), roles.end(), layer.role) == roles.end())
            continue;
        const Column* column = layer.table->findColumn(layer.idField);
        if (column == nullptr)
            continue;
        FoundFeatures here;
        for (std::uint32_t row = 0; row < layer.table->featureCount; ++row) {
            if (column->isNull(row))
                continue;
            std::string id = column->type == FieldType::Text ? std::string(column->textAt(row))
                                                             : layer.table->valueAsText(*column, row);
            if (wanted.count(id) > 0)
                here.emplace(std::move(id), FoundFeature{layer.table.get(), row});
        }
        found.merge(here);
        if (found.size() == wanted.size())
            break;
    }
    return found;
}

std::vector<LonLatLine> dissolved(const std::vector<LonLatLine>& rings) {
    using Ends = std::vector<LonLat>;
    std::unordered_map<LonLat, Ends, PointHash> edges; // start -> ends
    std::vector<LonLat> starts;                        // in file order, so that the result does not depend on hashing
    for (const LonLatLine& ring : rings)
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const LonLat a = ring[i], b = ring[i + 1];
            if (a == b)
                continue;
            if (const auto back = edges.find(b); back != edges.end())
                if (const auto same = std::find(back->second.begin(), back->second.end(), a);
                    same != back->second.end()) {
                    back->second.erase(same);
                    continue;
                }
            edges[a].push_back(b);
            starts.push_back(a);
        }
    std::vector<LonLatLine> result;
    for (const LonLat start : starts) {
        LonLatLine ring{start};
        for (LonLat at = start;;) {
            const auto next = edges.find(at);
            if (next == edges.end() || next->second.empty())
                break;
            at = next->second.back();
            next->second.pop_back();
            ring.push_back(at);
            if (at == start)
                break;
        }
        if (ring.size() > 3)
            result.push_back(std::move(ring));
    }
    return result;
}

std::vector<LonLatLine> ringsOf(const SmallGeometry& area, const std::vector<std::string>& regions,
                                const FoundFeatures& found) {
    std::vector<LonLatLine> rings;
    if (area.kind == SmallGeometry::Kind::Polygon) {
        for (const SmallGeometry::Part& part : area.parts)
            rings.push_back(part.points);
        return rings;
    }
    for (const std::string& region : regions)
        if (const auto it = found.find(region); it != found.end())
            appendRings(rings, it->second);
    return regions.size() > 1 ? dissolved(rings) : rings;
}

std::vector<LonLatLine> linesOf(const RoadStatus& status, const FoundFeatures& found) {
    std::vector<LonLatLine> lines;
    for (const RoadReference& reference : status.roads)
        if (const auto it = found.find(reference.roadId); it != found.end())
            for (LonLatLine& line : stretchOf(lineParts(it->second), reference.fromFraction, reference.toFraction))
                lines.push_back(std::move(line));
    if (lines.empty() && status.geometry.kind == SmallGeometry::Kind::Line)
        for (const SmallGeometry::Part& part : status.geometry.parts)
            lines.push_back(part.points);
    return lines;
}

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

std::vector<PageLine> RecordShapes::cutLine(const LonLatLine& line) const {
    std::vector<PageLine> result;
    for (const PageLine& whole : project(line)) {
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
    }
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
