// Greedy placement by priority: each wish takes the first free of its candidate places, or none.
#include "core/render/label_grid.h"
#include "core/render/layer_drawing.h"
#include "core/render/text.h"

#include <QString>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <unordered_map>

namespace cordon {
namespace {

constexpr double kSmallestPt = 6;
constexpr double kRepeatMm = 30; // the same text no nearer than this
constexpr std::size_t kLongestBytes = 160;
constexpr std::size_t kMostSoftSymbols = 4000;
constexpr float kAirMm = 2.5;
constexpr float kSamePlaceMm = 1.5;

// A text ready to be placed: one or two lines.
struct Block {
    std::vector<std::string> lines;
    std::vector<float> widthsPx;
    float widthPx = 0;
    float sizePx = 0;
    float spacingPx = 0;
    float capPx = 0, descentPx = 0, lineHeightPx = 0;
    float heightPx() const { return capPx + static_cast<float>(lines.size() - 1) * lineHeightPx; }
};

std::vector<std::string> splitInTwo(const std::string& text) {
    std::size_t best = std::string::npos;
    for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
        const auto distance = [&](std::size_t p) {
            return p > text.size() / 2 ? p - text.size() / 2 : text.size() / 2 - p;
        };
        if (best == std::string::npos || distance(at) < distance(best))
            best = at;
    }
    if (best == std::string::npos || best == 0 || best + 1 >= text.size())
        return {text};
    return {text.substr(0, best), text.substr(best + 1)};
}

// The situation first; then towns; then what names areas and lines, before the villages would take all their room.
int tierOf(const LabelWish& wish) {
    if (wish.priority >= kSituationPriority)
        return 0;
    if (wish.where == LabelWish::Where::AtPoint)
        return wish.symbol.sizePt >= 7 || wish.symbol.bold ? 1 : 3;
    return 2;
}

class Placer {
public:
    explicit Placer(DrawContext& context)
        : m_context(context), m_frame(context.list.clips[context.clip]),
          m_mm(static_cast<float>(context.list.dpi / 25.4)), m_taken(m_frame, 4 * m_mm), m_obstacles(m_frame, 4 * m_mm),
          m_symbols(m_frame, 4 * m_mm) {
        for (const PageBox& box : context.labelObstacles)
            m_obstacles.add(box);
        for (const PageBox& box : context.labelHindrances)
            m_symbols.add(box);
        addSymbols();
    }

    void placeAll() {
        const auto& wishes = m_context.labels;
        std::vector<std::uint32_t> order(wishes.size());
        std::iota(order.begin(), order.end(), 0U);
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            if (const int x = tierOf(wishes[a]), y = tierOf(wishes[b]); x != y)
                return x < y;
            if (wishes[a].priority != wishes[b].priority)
                return wishes[a].priority > wishes[b].priority;
            return wishes[a].symbol.sizePt > wishes[b].symbol.sizePt;
        });
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i % 64 == 0)
                m_context.throwIfStopped();
            place(wishes[order[i]]);
        }
    }

private:
    void addSymbols() {
        std::size_t points = 0;
        for (const LabelWish& wish : m_context.labels)
            points += wish.where == LabelWish::Where::AtPoint ? 1 : 0;
        if (points > kMostSoftSymbols) { // names everywhere would be a carpet: leave air between them
            m_airPx = kAirMm * m_mm;
            return;
        }
        for (const LabelWish& wish : m_context.labels)
            if (wish.where == LabelWish::Where::AtPoint && wish.symbolRadiusPx > 0 &&
                m_frame.contains(wish.anchor.x, wish.anchor.y))
                m_symbols.add(around(wish.anchor, wish.symbolRadiusPx));
    }

    static PageBox around(PagePoint p, float radius) {
        return {p.x - radius, p.y - radius, p.x + radius, p.y + radius};
    }

    void place(const LabelWish& wish) {
        if (wish.text.empty() || wish.text.size() > kLongestBytes)
            return;
        if (wish.where != LabelWish::Where::AlongLine && !m_frame.contains(wish.anchor.x, wish.anchor.y))
            return;
        if (wish.where == LabelWish::Where::AtPoint && isHopeless(wish))
            return;
        const std::string text =
            wish.symbol.upperCase ? QString::fromStdString(wish.text).toUpper().toStdString() : wish.text;
        switch (wish.where) {
        case LabelWish::Where::AtPoint:
            return placeAtPoint(wish, text);
        case LabelWish::Where::AlongLine:
            return placeAlongLine(wish, text);
        case LabelWish::Where::InArea:
            return placeInArea(wish, text);
        }
    }

    float sizePxOf(const LabelSymbol& symbol) const {
        return static_cast<float>(std::max(symbol.sizePt, kSmallestPt) * m_context.list.dpi / 72);
    }

    // Cheap: no place for even the narrowest text on either side of the symbol. Spares most of the measuring where
    // there are far more wishes than room.
    bool isHopeless(const LabelWish& wish) const {
        const float size = sizePxOf(wish.symbol), away = wish.symbolRadiusPx + 0.4F * m_mm;
        const float y = wish.anchor.y, x = wish.anchor.x, half = size * 0.3F, width = size * 0.5F;
        const auto blocked = [&](PageBox box) { return !m_taken.isFree(box); };
        return blocked({x + away, y - half, x + away + width, y + half}) &&
               blocked({x - away - width, y - half, x - away, y + half}) &&
               blocked({x - width / 2, y - away - half, x + width / 2, y - away}) &&
               blocked({x - width / 2, y + away, x + width / 2, y + away + half});
    }

    Block blockOf(std::vector<std::string> lines, const LabelSymbol& symbol, float sizePx) const {
        Block block;
        block.lines = std::move(lines);
        block.sizePx = sizePx;
        block.spacingPx = static_cast<float>(symbol.letterSpacingEm) * sizePx;
        for (const std::string& line : block.lines) {
            const TextExtent extent = measureText(line, sizePx, symbol.bold, symbol.italic, block.spacingPx);
            block.widthsPx.push_back(extent.advancePx);
            block.widthPx = std::max(block.widthPx, extent.advancePx);
            block.capPx = extent.capHeightPx;
            block.descentPx = extent.descentPx * 0.75F; // of the letters; the font's own has room to spare
        }
        block.lineHeightPx = sizePx * 1.15F;
        return block;
    }

    // A town and the region called after it may both be named.
    static std::string kindKey(const LabelWish& wish) {
        return std::to_string(static_cast<int>(wish.where)) + wish.text;
    }

    bool isRepeated(const LabelWish& wish, PagePoint at) const {
        const auto found = m_placed.find(kindKey(wish));
        if (found == m_placed.end())
            return false;
        const float near = static_cast<float>(kRepeatMm) * m_mm;
        return std::any_of(found->second.begin(), found->second.end(),
                           [&](PagePoint p) { return std::hypot(p.x - at.x, p.y - at.y) < near; });
    }

    // A town that bears a situation's label is not labelled again, however its name is spelt.
    bool isNamedBySituation(const LabelWish& wish) const {
        return wish.priority < kSituationPriority &&
               std::any_of(m_situationPlaces.begin(), m_situationPlaces.end(), [&](PagePoint p) {
                   return std::hypot(p.x - wish.anchor.x, p.y - wish.anchor.y) < kSamePlaceMm * m_mm;
               });
    }

    bool isInFrame(const PageBox& box) const {
        const PageBox inner = m_frame.grown(-0.5F * m_mm);
        return box.minX >= inner.minX && box.minY >= inner.minY && box.maxX <= inner.maxX && box.maxY <= inner.maxY;
    }
    // The symbol under the label's own anchor is no obstacle: the label keeps its radius away from it anyway.
    bool isFree(const PageBox& box, const LabelWish* own = nullptr) const {
        if (!isInFrame(box) || !m_taken.isFree(box))
            return false;
        bool free = true;
        m_obstacles.visit(box, [&](const PageBox& o) {
            return free = own != nullptr && isCentredOn(o, own->anchor) && o.width() / 2 <= own->symbolRadiusPx + 1;
        });
        return free;
    }
    static bool isCentredOn(const PageBox& box, PagePoint p) {
        return std::abs((box.minX + box.maxX) / 2 - p.x) < 1 && std::abs((box.minY + box.maxY) / 2 - p.y) < 1;
    }
    int coveredSymbols(const PageBox& box, PagePoint own) const {
        int count = 0;
        m_symbols.visit(box, [&](const PageBox& s) {
            count += isCentredOn(s, own) ? 0 : 1;
            return count < 8;
        });
        return count;
    }

    // Box of the letters with the halo's share of room.
    PageBox boxAt(const Block& block, float left, float firstBaseline) const {
        const float pad = 0.25F * m_mm;
        return PageBox{left, firstBaseline - block.capPx, left + block.widthPx,
                       firstBaseline + block.descentPx +
                           static_cast<float>(block.lines.size() - 1) * block.lineHeightPx}
            .grown(pad);
    }

    // How lines of unequal length stand under each other: -1 left, 0 centred, 1 right.
    void put(const LabelWish& wish, const Block& block, float left, float firstBaseline, int align) {
        for (std::size_t i = 0; i < block.lines.size(); ++i) {
            Text text = textOf(wish, block, i);
            const float spare = block.widthPx - block.widthsPx[i];
            text.at = {left + (align < 0    ? 0
                               : align == 0 ? spare / 2
                                            : spare),
                       firstBaseline + static_cast<float>(i) * block.lineHeightPx};
            m_context.list.texts.push_back(std::move(text));
        }
        m_taken.add(boxAt(block, left, firstBaseline).grown(wish.priority < kSituationPriority ? m_airPx : 0));
        m_placed[kindKey(wish)].push_back(wish.anchor);
        if (wish.where == LabelWish::Where::AtPoint && wish.priority >= kSituationPriority)
            m_situationPlaces.push_back(wish.anchor);
    }

    Text textOf(const LabelWish& wish, const Block& block, std::size_t line) const {
        Text text;
        text.utf8 = block.lines[line];
        text.sizePx = block.sizePx;
        text.widthPx = block.widthsPx[line];
        text.bold = wish.symbol.bold;
        text.italic = wish.symbol.italic;
        text.letterSpacingPx = block.spacingPx;
        text.color = wish.symbol.color;
        text.halo = wish.symbol.halo;
        text.haloPx = static_cast<float>(wish.symbol.haloMm) * m_mm;
        return text;
    }

    void placeAtPoint(const LabelWish& wish, const std::string& text) {
        if (isRepeated(wish, wish.anchor) || isNamedBySituation(wish))
            return;
        const bool isLong = text.size() > 24 && text.find(' ') != std::string::npos;
        const Block block =
            blockOf(isLong ? splitInTwo(text) : std::vector<std::string>{text}, wish.symbol, sizePxOf(wish.symbol));
        struct Side {
            float x, y; // -1, 0, 1: where the text stands from the symbol
        };
        // Imhof's order: upper right first, above and below last.
        static constexpr Side sides[] = {{1, -1}, {1, 0}, {1, 1}, {-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}};
        const float height = block.heightPx();
        for (const float extra : {0.F, 1.2F * m_mm, 2.6F * m_mm}) {
            const float r = wish.symbolRadiusPx + extra, gap = 0.45F * m_mm;
            int bestCost = INT_MAX;
            float bestLeft = 0, bestBaseline = 0;
            int bestAlign = 0, rank = 0;
            for (const Side& side : sides) {
                const float reach = side.x != 0 && side.y != 0 ? r * 0.86F + gap * 0.7F : r + gap;
                const float left = side.x > 0   ? wish.anchor.x + reach
                                   : side.x < 0 ? wish.anchor.x - reach - block.widthPx
                                                : wish.anchor.x - block.widthPx / 2;
                const float middle = wish.anchor.y + (side.x == 0 ? side.y * (reach + height / 2)
                                                                  : side.y * (r * 0.5F + height * 0.45F));
                const float baseline =
                    middle - height / 2 + block.capPx - (side.x == 0 && side.y < 0 ? block.descentPx : 0);
                const PageBox box = boxAt(block, left, baseline);
                ++rank;
                if (!isFree(box, &wish))
                    continue;
                const int cost = coveredSymbols(box, wish.anchor) * 16 + rank;
                if (cost < bestCost)
                    bestCost = cost, bestLeft = left, bestBaseline = baseline,
                    bestAlign = side.x > 0   ? -1
                                : side.x < 0 ? 1
                                             : 0;
            }
            if (bestCost != INT_MAX)
                return put(wish, block, bestLeft, bestBaseline, bestAlign);
            if (wish.symbolRadiusPx <= 0)
                return;
        }
    }

    void placeInArea(const LabelWish& wish, const std::string& text) {
        if (isRepeated(wish, wish.anchor))
            return;
        const float full = sizePxOf(wish.symbol);
        const float smallest = static_cast<float>(kSmallestPt * m_context.list.dpi / 72);
        const float room = wish.roomPx > 0 ? wish.roomPx : m_frame.width();
        LabelSymbol symbol = wish.symbol;
        for (const float size : {full, std::max(full * 0.85F, smallest)}) {
            for (const bool two : {false, true}) {
                const auto lines = two ? splitInTwo(text) : std::vector<std::string>{text};
                if (two && lines.size() < 2)
                    continue;
                const Block block = blockOf(lines, symbol, size);
                if (block.widthPx <= room && tryInArea(wish, block, room))
                    return;
            }
            symbol.letterSpacingEm /= 2;
        }
    }

    bool tryInArea(const LabelWish& wish, const Block& block, float room) {
        const float step = block.lineHeightPx, spare = std::max(0.F, (room - block.widthPx) / 2);
        const std::pair<float, float> shifts[] = {{0, 0},     {0, -1},     {0, 1},    {0.5F, 0},  {-0.5F, 0},
                                                  {0.5F, -1}, {-0.5F, -1}, {0.5F, 1}, {-0.5F, 1}, {0, -2},
                                                  {0, 2},     {0.9F, 0},   {-0.9F, 0}};
        for (const auto& [x, y] : shifts) {
            const float left = wish.anchor.x - block.widthPx / 2 + x * spare;
            const float baseline = wish.anchor.y - block.heightPx() / 2 + block.capPx + y * step;
            if (isFree(boxAt(block, left, baseline))) {
                put(wish, block, left, baseline, 0);
                return true;
            }
        }
        return false;
    }

    // A stretch of the line, nearly straight, as long as the text.
    struct Stretch {
        PagePoint from, to;
        float bend = 0; // greatest distance of the line from the chord
    };

    void placeAlongLine(const LabelWish& wish, const std::string& text) {
        const Block block = blockOf({text}, wish.symbol, sizePxOf(wish.symbol));
        std::vector<float> at(wish.line.size(), 0.F);
        for (std::size_t i = 1; i < wish.line.size(); ++i)
            at[i] = at[i - 1] + std::hypot(wish.line[i].x - wish.line[i - 1].x, wish.line[i].y - wish.line[i - 1].y);
        const float length = at.empty() ? 0 : at.back(), need = block.widthPx * 1.04F;
        if (!(length >= need) || !(need > 0))
            return;
        const int steps = std::clamp(static_cast<int>((length - need) / (need / 3)), 0, 120);
        // From the middle outwards, straightest first.
        std::vector<std::pair<float, Stretch>> candidates;
        for (int i = 0; i <= steps; ++i) {
            const float start =
                steps == 0 ? (length - need) / 2 : (length - need) * static_cast<float>(i) / static_cast<float>(steps);
            const Stretch s = stretchAt(wish.line, at, start, need);
            if (s.bend > block.sizePx * 0.6F)
                continue;
            const float offMiddle = std::abs(start + need / 2 - length / 2) / length;
            candidates.emplace_back(s.bend / block.sizePx + offMiddle, s);
        }
        std::stable_sort(candidates.begin(), candidates.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [score, stretch] : candidates)
            if (tryAlong(wish, block, stretch))
                return;
    }

    static Stretch stretchAt(const std::vector<PagePoint>& line, const std::vector<float>& at, float start,
                             float length) {
        const auto pointAt = [&](float s) {
            const auto i = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(
                std::upper_bound(at.begin(), at.end(), s) - at.begin(), 1, static_cast<std::ptrdiff_t>(at.size()) - 1));
            const float t = at[i] > at[i - 1] ? std::clamp((s - at[i - 1]) / (at[i] - at[i - 1]), 0.F, 1.F) : 0;
            return PagePoint{line[i - 1].x + t * (line[i].x - line[i - 1].x),
                             line[i - 1].y + t * (line[i].y - line[i - 1].y)};
        };
        Stretch s{pointAt(start), pointAt(start + length), 0};
        const float dx = s.to.x - s.from.x, dy = s.to.y - s.from.y, chord = std::hypot(dx, dy);
        if (!(chord > length * 0.8F))
            return {s.from, s.to, 1e9F};
        for (std::size_t i = 0; i < line.size(); ++i)
            if (at[i] > start && at[i] < start + length)
                s.bend = std::max(s.bend, std::abs((line[i].x - s.from.x) * dy - (line[i].y - s.from.y) * dx) / chord);
        return s;
    }

    bool tryAlong(const LabelWish& wish, const Block& block, const Stretch& stretch) {
        PagePoint from = stretch.from, to = stretch.to;
        if (to.x < from.x) // upright
            std::swap(from, to);
        const float chord = std::hypot(to.x - from.x, to.y - from.y);
        const float ux = (to.x - from.x) / chord, uy = (to.y - from.y) / chord;
        const PagePoint middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
        if (isRepeated(wish, middle))
            return false;
        // Above the line, clear of its bends.
        const float lift = stretch.bend + 0.6F * m_mm + block.descentPx * 0.6F;
        for (const float side : {1.F, -1.F}) {
            const float shift = side > 0 ? lift : -(lift + block.capPx - block.descentPx * 0.4F);
            const PagePoint start{middle.x - ux * block.widthPx / 2 + uy * shift,
                                  middle.y - uy * block.widthPx / 2 - ux * shift};
            const auto pieces = piecesAlong(block, start, ux, uy);
            if (!std::all_of(pieces.begin(), pieces.end(), [&](const PageBox& b) { return isFree(b); }))
                continue;
            Text text = textOf(wish, block, 0);
            text.at = start;
            text.angleDegrees = std::atan2(uy, ux) * 180 / std::numbers::pi_v<float>;
            m_context.list.texts.push_back(std::move(text));
            for (const PageBox& piece : pieces)
                m_taken.add(piece);
            m_placed[kindKey(wish)].push_back(middle);
            return true;
        }
        return false;
    }

    // A slanted text as a row of boxes.
    std::vector<PageBox> piecesAlong(const Block& block, PagePoint start, float ux, float uy) const {
        std::vector<PageBox> pieces;
        const int count = std::clamp(static_cast<int>(block.widthPx / (block.capPx + 1)) + 1, 1, 64);
        const float step = block.widthPx / static_cast<float>(count);
        for (int i = 0; i < count; ++i) {
            PageBox box;
            for (const float along : {static_cast<float>(i) * step, static_cast<float>(i + 1) * step})
                for (const float up : {block.capPx, -block.descentPx})
                    box.include(start.x + ux * along + uy * up, start.y + uy * along - ux * up);
            pieces.push_back(box.grown(0.2F * m_mm));
        }
        return pieces;
    }

    DrawContext& m_context;
    PageBox m_frame;
    float m_mm;
    float m_airPx = 0;
    LabelGrid m_taken;     // labels placed
    LabelGrid m_obstacles; // signs
    LabelGrid m_symbols;   // other points and hindrances: better left free, but not at the price of the label
    std::unordered_map<std::string, std::vector<PagePoint>> m_placed;
    std::vector<PagePoint> m_situationPlaces;
};

} // namespace

void placeLabels(DrawContext& context) {
    if (!context.labels.empty())
        Placer(context).placeAll();
}

} // namespace cordon
