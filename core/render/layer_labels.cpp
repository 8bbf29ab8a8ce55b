// Where the labels of a table layer would like to be.
#include "core/render/table_layer.h"

#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

// More wishes than this are never read on one page; those of the highest priority are kept.
constexpr std::size_t kMostWishes = 20000;

struct Room {
    PagePoint at;
    float widthPx = 0;
};

// The widest stretch inside the rings (even-odd) on one of several level lines; those near the middle are preferred.
Room widestRoom(const DisplayList& shapes) {
    constexpr int kLines = 9;
    PageBox box;
    for (const PagePoint& p : shapes.points)
        box.include(p.x, p.y);
    Room best;
    float bestScore = 0;
    std::vector<float> crossings;
    for (int line = 0; line < kLines; ++line) {
        const float share = static_cast<float>(line + 1) / (kLines + 1);
        const float y = box.minY + box.height() * share;
        crossings.clear();
        for (std::size_t part = 0; part + 1 < shapes.partStart.size(); ++part)
            for (std::size_t i = shapes.partStart[part] + 1; i < shapes.partStart[part + 1]; ++i) {
                const PagePoint a = shapes.points[i - 1], b = shapes.points[i];
                if ((a.y <= y) != (b.y <= y))
                    crossings.push_back(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
            }
        std::sort(crossings.begin(), crossings.end());
        for (std::size_t i = 1; i < crossings.size(); i += 2) {
            const float width = crossings[i] - crossings[i - 1];
            const float score = width * (1 - std::abs(share - 0.5F));
            if (score > bestScore) {
                bestScore = score;
                best = {{(crossings[i] + crossings[i - 1]) / 2, y}, width};
            }
        }
    }
    return best;
}

float ringArea(const DisplayList& shapes, std::size_t part) {
    double twice = 0;
    for (std::size_t i = shapes.partStart[part] + 1; i < shapes.partStart[part + 1]; ++i) {
        const PagePoint a = shapes.points[i - 1], b = shapes.points[i];
        twice += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    }
    return static_cast<float>(std::abs(twice) / 2);
}

float lineLength(const DisplayList& shapes, std::size_t part) {
    float length = 0;
    for (std::size_t i = shapes.partStart[part] + 1; i < shapes.partStart[part + 1]; ++i)
        length += std::hypot(shapes.points[i].x - shapes.points[i - 1].x, shapes.points[i].y - shapes.points[i - 1].y);
    return length;
}

// Shapes of one feature, cut to the page, by what they are.
class WishMaker {
public:
    WishMaker(DrawContext& context, const LayerView& layer)
        : m_context(context), m_layer(layer), m_shapes(layer.prepared, layer.geometry, layer.view, layer.projection),
          m_page{0, 0, static_cast<double>(layer.view.widthPx), static_cast<double>(layer.view.heightPx)} {
        for (const Rule& rule : layer.layer.style.rules)
            if (rule.marker)
                m_symbolRadiusPx =
                    std::max(m_symbolRadiusPx, static_cast<float>((rule.marker->sizeMm / 2 + rule.marker->strokeMm) *
                                                                  layer.view.pxPerMm()));
    }

    std::optional<LabelWish> wishFor(std::uint32_t feature) {
        const GeometryColumn& geometry = m_layer.prepared.table().geometry;
        const std::uint32_t begin = geometry.featureStart[feature], end = geometry.featureStart[feature + 1];
        if (begin == end)
            return std::nullopt;
        m_scratch.points.clear();
        m_scratch.partStart.assign(1, 0);
        switch (geometry.partRole[begin]) {
        case PartRole::Points:
            return atPoint(feature, begin);
        case PartRole::Line:
            return alongLine(feature, begin, end);
        case PartRole::OuterRing:
        case PartRole::InnerRing:
            return inArea(feature, begin, end);
        }
        return std::nullopt;
    }

private:
    std::optional<LabelWish> atPoint(std::uint32_t feature, std::uint32_t part) {
        m_shapes.appendPoints(m_scratch, feature, part, m_page);
        if (m_scratch.points.empty())
            return std::nullopt;
        LabelWish wish;
        wish.anchor = m_scratch.points.front();
        wish.symbolRadiusPx = m_symbolRadiusPx;
        return wish;
    }

    std::optional<LabelWish> alongLine(std::uint32_t feature, std::uint32_t begin, std::uint32_t end) {
        for (std::uint32_t p = begin; p < end; ++p)
            m_shapes.appendLine(m_scratch, feature, p, m_page, false);
        std::size_t longest = 0;
        float length = 0;
        for (std::size_t part = 0; part + 1 < m_scratch.partStart.size(); ++part)
            if (const float l = lineLength(m_scratch, part); l > length) {
                length = l;
                longest = part;
            }
        if (length <= 0)
            return std::nullopt;
        LabelWish wish;
        wish.where = LabelWish::Where::AlongLine;
        wish.line.assign(m_scratch.points.begin() + m_scratch.partStart[longest],
                         m_scratch.points.begin() + m_scratch.partStart[longest + 1]);
        return wish;
    }

    // Inside the polygon (outer ring and its holes) of which most is seen.
    std::optional<LabelWish> inArea(std::uint32_t feature, std::uint32_t begin, std::uint32_t end) {
        const std::vector<PartRole>& roles = m_layer.prepared.table().geometry.partRole;
        DisplayList largest;
        float largestArea = 0;
        for (std::uint32_t p = begin; p < end;) {
            m_scratch.points.clear();
            m_scratch.partStart.assign(1, 0);
            m_shapes.appendRing(m_scratch, feature, p, m_page, false);
            const float area = m_scratch.partStart.size() > 1 ? ringArea(m_scratch, 0) : 0;
            for (++p; p < end && roles[p] == PartRole::InnerRing; ++p)
                if (area > largestArea)
                    m_shapes.appendRing(m_scratch, feature, p, m_page, false);
            if (area > largestArea) {
                largestArea = area;
                largest.points = m_scratch.points;
                largest.partStart = m_scratch.partStart;
            }
        }
        const Room room = widestRoom(largest);
        if (room.widthPx <= 0)
            return std::nullopt;
        LabelWish wish;
        wish.where = LabelWish::Where::InArea;
        wish.anchor = room.at;
        wish.roomPx = room.widthPx;
        return wish;
    }

    DrawContext& m_context;
    const LayerView& m_layer;
    PageGeometry m_shapes;
    WideBox m_page;
    float m_symbolRadiusPx = 0;
    DisplayList m_scratch;
};

struct Candidate {
    std::uint32_t feature;
    const LabelSymbol* symbol;
    const Column* text;
    double priority;
};

std::vector<Candidate> candidates(const LayerView& layer, const std::stop_token& stop) {
    const FeatureTable& table = layer.prepared.table();
    const double scale = layer.view.scaleDenominator();
    std::vector<std::vector<Condition>> conditions;
    std::vector<const LabelSymbol*> symbols;
    for (const LabelRule& rule : layer.layer.style.labels)
        if (isInScale(rule.symbol.minScale, rule.symbol.maxScale, scale) && symbols.size() < PreparedLayer::kNoRule) {
            conditions.push_back(rule.when);
            symbols.push_back(&rule.symbol);
        }
    if (symbols.empty())
        return {};
    const auto matches = layer.prepared.firstMatches(conditions, stop);
    std::vector<const Column*> texts, priorities;
    for (const LabelSymbol* symbol : symbols) {
        texts.push_back(table.findColumn(symbol->field));
        priorities.push_back(symbol->priorityField.empty() ? nullptr : table.findColumn(symbol->priorityField));
    }
    std::vector<Candidate> found;
    for (const std::uint32_t f : layer.features) {
        if (f % 4096 == 0 && stop.stop_requested())
            throw Stopped{};
        const std::uint8_t rule = (*matches)[f];
        if (rule == PreparedLayer::kNoRule || texts[rule] == nullptr || texts[rule]->isNull(f))
            continue;
        const double priority =
            priorities[rule] != nullptr ? FeatureTable::valueAsNumber(*priorities[rule], f).value_or(0) : 0;
        found.push_back({f, symbols[rule], texts[rule], std::isnan(priority) ? 0 : priority});
    }
    if (found.size() > kMostWishes) {
        const auto isBefore = [](const Candidate& a, const Candidate& b) {
            return a.priority != b.priority ? a.priority > b.priority : a.feature < b.feature;
        };
        std::nth_element(found.begin(), found.begin() + kMostWishes, found.end(), isBefore);
        found.resize(kMostWishes);
        std::sort(found.begin(), found.end(), isBefore);
    }
    return found;
}

} // namespace

void appendLabelWishes(DrawContext& context, const LayerView& layer) {
    WishMaker maker(context, layer);
    for (const Candidate& candidate : candidates(layer, context.stop)) {
        context.throwIfStopped();
        std::string text = layer.prepared.table().valueAsText(*candidate.text, candidate.feature);
        if (text.empty())
            continue;
        std::optional<LabelWish> wish = maker.wishFor(candidate.feature);
        if (!wish)
            continue;
        wish->text = std::move(text);
        wish->symbol = *candidate.symbol;
        wish->priority = candidate.priority;
        context.labels.push_back(std::move(*wish));
    }
}

} // namespace cordon
