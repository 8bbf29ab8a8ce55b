#include "core/render/sheet_column.h"

#include "core/render/locator.h"
#include "core/render/scale_bar.h"
#include "core/render/sheet_tables.h"
#include "core/render/sheet_words.h"

#include <algorithm>
#include <array>
#include <compare>
#include <optional>

namespace cordon {

namespace {

constexpr Color kInk{34, 34, 34, 255};
constexpr Color kGrey{0x5B, 0x5B, 0x5B, 255};
constexpr Color kRule{0xB9, 0xB4, 0xAB, 255};
constexpr double kLocatorMm = 50;
constexpr double kArrowMm = 13;
constexpr double kSmallestLocatorMm = 12;
constexpr float kLegendShare = 0.4F; // that tables leave to the legend

// What is given up when the room is short. The credits, which licences ask for, get smaller but keep all their words.
struct Plan {
    double locatorMm;
    int summaryLines;
    double creditsPt;            // and the least they may be on small paper
    bool hasWideCredits = false; // upright paper: across the page, not below the title
};
constexpr std::array kPlans{Plan{kLocatorMm, kAnyNumberOfLines, 6},
                            Plan{38, kAnyNumberOfLines, 6},
                            Plan{38, 8, 6},
                            Plan{28, 6, 6},
                            Plan{28, 6, 5},
                            Plan{22, 6, 5},
                            Plan{0, 6, 6},
                            Plan{0, 6, 5},
                            Plan{0, 3, 5},
                            Plan{0, 0, 5},
                            Plan{28, 6, 5, true},
                            Plan{0, 0, 5, true}};

// What found no room, the worst first.
struct Loss {
    bool credits = false;
    std::size_t legendEntries = 0;
    bool locator = false;

    auto operator<=>(const Loss&) const = default;
};

// A column that fills from both ends; nothing placed in it can overlap or leave it.
class Stack {
public:
    Stack(DisplayList& list, const SheetLayout& layout, const PageBox& box)
        : m_list(list), m_layout(layout), m_box(box) {}

    float width() const { return m_box.width(); }
    float left() const { return m_box.minX; }
    float room() const { return m_box.height(); }

    void placeTop(const TextBlock& block, double gapMm) {
        if (block.isEmpty() || block.heightPx > room())
            return;
        appendTextBlock(m_list, block, m_box.minX, m_box.minY);
        m_box.minY = std::min(m_box.maxY, m_box.minY + block.heightPx + gap(gapMm));
    }
    void placeBottom(const TextBlock& block, double gapMm) {
        if (block.isEmpty() || block.heightPx > room())
            return;
        appendTextBlock(m_list, block, m_box.minX, m_box.maxY - block.heightPx);
        m_box.maxY = std::max(m_box.minY, m_box.maxY - block.heightPx - gap(gapMm));
    }
    // Room for something `heightPx` high; its box, or nothing when it is not there.
    std::optional<PageBox> takeTop(float heightPx, double gapMm) {
        if (heightPx > room())
            return std::nullopt;
        const PageBox taken{m_box.minX, m_box.minY, m_box.maxX, m_box.minY + heightPx};
        m_box.minY = std::min(m_box.maxY, taken.maxY + gap(gapMm));
        return taken;
    }
    std::optional<PageBox> takeBottom(float heightPx, double gapMm) {
        if (heightPx > room())
            return std::nullopt;
        const PageBox taken{m_box.minX, m_box.maxY - heightPx, m_box.maxX, m_box.maxY};
        m_box.maxY = std::max(m_box.minY, taken.minY - gap(gapMm));
        return taken;
    }
    // As many lines as go in.
    TextBlock wrapped(const std::string& text, const TextStyle& style, int maxLines = kAnyNumberOfLines) const {
        const int roomLines = static_cast<int>(room() / (style.sizePx * style.leading));
        return wrapText(text, style, width(), std::min(maxLines, roomLines));
    }
    void ruleTop(double gapMm) {
        if (const auto box = takeTop(m_layout.mm(0.2), gapMm))
            appendRule(*box);
    }
    void ruleBottom(double gapMm) {
        if (const auto box = takeBottom(m_layout.mm(0.2), gapMm))
            appendRule(*box);
    }

private:
    float gap(double millimeters) const { return m_layout.mm(millimeters * m_layout.furniture); }
    void appendRule(const PageBox& box) {
        const auto first = static_cast<std::uint32_t>(m_list.partStart.size() - 1);
        appendBoxPart(m_list, box);
        m_list.addOp(OpKind::Fill, m_list.fillStyle(kRule), first);
    }

    DisplayList& m_list;
    const SheetLayout& m_layout;
    PageBox m_box; // what is left
};

// What needs a projection to find out, found out once for all plans.
struct Bearings {
    double northDegrees;
    double locatorAspect; // height over width
};

class SheetColumn {
public:
    SheetColumn(DisplayList& list, const SheetLayout& layout, const Scene& scene,
                const std::vector<LegendGroup>& legend, const Bearings& bearings, const Plan& plan)
        : m_list(list), m_layout(layout), m_scene(scene), m_map(scene.project->map), m_legend(legend),
          m_bearings(bearings), m_plan(plan) {}

    Loss compose() {
        PageBox box = m_layout.column;
        if (m_layout.isLandscape) {
            Stack stack(m_list, m_layout, box);
            appendHeading(stack);
            appendFoot(stack);
            stack.ruleBottom(3);
            appendScale(stack);
            appendLocatorRow(stack);
            appendSummary(stack);
            // The legend can do with less than it would take: it sets its entries smaller, or in two columns.
            appendTables(stack, stack.room() - std::min(legendHeight(stack), stack.room() * kLegendShare));
            appendLegendIn(stack);
            return m_loss;
        }
        if (m_plan.hasWideCredits) {
            Stack stack(m_list, m_layout, box);
            appendFoot(stack);
            stack.ruleBottom(2);
            box.maxY = box.minY + stack.room();
        }
        const float gap = m_layout.mm(6 * m_layout.furniture);
        const bool hasTables = m_scene.project->answer && !m_scene.project->answer->tables.empty();
        const float textWidth = (box.width() - 2 * gap) * (hasTables ? 0.32F : 0.35F);
        const float legendWidth = (box.width() - 2 * gap) * (hasTables ? 0.29F : 0.41F);
        const float legendLeft = box.minX + textWidth + gap;
        Stack texts(m_list, m_layout, {box.minX, box.minY, box.minX + textWidth, box.maxY});
        appendHeading(texts);
        if (!m_plan.hasWideCredits)
            appendFoot(texts);
        appendSummary(texts);
        Stack figures(m_list, m_layout, {legendLeft + legendWidth + gap, box.minY, box.maxX, box.maxY});
        appendScale(figures);
        appendLocatorRow(figures);
        appendTables(figures, figures.room());
        Stack legend(m_list, m_layout, {legendLeft, box.minY, legendLeft + legendWidth, box.maxY});
        appendLegendIn(legend);
        return m_loss;
    }

    // Where the inset goes, which the caller draws for the plan it chooses only.
    const std::optional<PageBox>& locatorBox() const { return m_locatorBox; }

private:
    TextStyle style(double points, Color color = kInk, bool bold = false, bool italic = false) const {
        TextStyle result;
        result.sizePx = m_layout.pt(points);
        result.color = color;
        result.bold = bold;
        result.italic = italic;
        return result;
    }
    std::string word(SheetWord sheetWordName) const { return sheetWord(sheetWordName, m_map.language); }

    void appendHeading(Stack& stack) {
        TextStyle title = style(20, kInk, true);
        title.leading = 1.15F;
        stack.placeTop(fitText(m_map.title, title, stack.width(), 2, m_layout.pt(11)), 1.5);
        std::string subtitle = m_map.subtitle;
        // A dated map carries its date, whatever else its subtitle says.
        if (!m_scene.project->situation->isEmpty()) {
            const std::string date = situationSubtitle(m_scene.time, m_map.language);
            subtitle += (subtitle.empty() || date.empty() ? "" : "\n") + date;
        }
        stack.placeTop(fitText(subtitle, style(11, kGrey), stack.width(), 4, m_layout.pt(8)), 2.5);
        if (!m_map.title.empty() || !subtitle.empty())
            stack.ruleTop(2.5);
    }

    void appendSummary(Stack& stack) {
        TextStyle summary = style(8.5);
        summary.leading = 1.3F;
        stack.placeTop(stack.wrapped(m_map.summary, summary, m_plan.summaryLines), 3.5);
    }

    void appendTables(Stack& stack, float room) {
        if (!m_scene.project->answer)
            return;
        SheetTableSpace space;
        space.widthPx = stack.width();
        space.heading = style(8.5, kInk, true);
        space.text = style(7.5);
        space.text.leading = 1.15F;
        space.language = m_map.language;
        const float gap = m_layout.mm(2.5 * m_layout.furniture);
        for (const SheetTable& table : m_scene.project->answer->tables) {
            space.heightPx = room - gap;
            const SheetTableLayout layout = layoutSheetTable(table, space);
            const auto box = layout.heightPx > 0 ? stack.takeTop(layout.heightPx, 2.5) : std::nullopt;
            if (!box)
                continue;
            appendSheetTable(m_list, layout, box->minX, box->minY);
            room -= layout.heightPx + gap;
        }
    }

    // From the bottom up: producer and number, disclaimer, projection, sources.
    void appendFoot(Stack& stack) {
        TextStyle small = style(m_plan.creditsPt, kGrey);
        small.sizePx = m_layout.pt(m_plan.creditsPt, m_plan.creditsPt);
        TextStyle imprint = small, disclaimer = small;
        imprint.sizePx = m_layout.pt(m_plan.creditsPt + 0.5, m_plan.creditsPt);
        imprint.bold = true;
        imprint.color = kInk;
        disclaimer.italic = true;
        std::string producer = m_map.producer;
        if (!m_map.mapNumber.empty())
            producer += (producer.empty() ? "" : "  ·  ") + m_map.mapNumber;
        std::string sources;
        for (const std::string& source : m_map.sources)
            sources += (sources.empty() ? word(SheetWord::Sources) + ": " : "; ") + source;
        placeCredits(stack, producer, imprint, 1.2);
        placeCredits(stack, m_map.disclaimer, disclaimer, 1.2);
        placeCredits(stack, word(SheetWord::Projection) + ": " + projectionText(m_scene.view.crs), small, 1.2);
        placeCredits(stack, sources.empty() ? "" : sources + ".", small, 2);
    }

    void placeCredits(Stack& stack, const std::string& text, const TextStyle& style, double gapMm) {
        const TextBlock block = stack.wrapped(text, style);
        m_loss.credits |= block.isCut || (block.isEmpty() && !text.empty());
        stack.placeBottom(block, gapMm);
    }

    bool hasLocator() const { return m_map.locator && m_plan.locatorMm > 0 && !m_map.locator->extent.isEmpty(); }

    TextStyle arrowStyle() const { return style(8, kInk, true); }

    // "Scale 1:4 500 000", the bar below it; the north arrow beside them where there is no inset for it to stand by.
    void appendScale(Stack& stack) {
        const double denominator = m_scene.view.scaleDenominator();
        const TextStyle label = style(6.5);
        const double pxPerMm = m_layout.pxPerMm * m_layout.furniture;
        const float barHeight = scaleBarHeightPx(label, pxPerMm);
        const float gap = m_layout.mm(0.8 * m_layout.furniture);
        TextStyle bold = style(8, kInk, true);
        const float height = bold.sizePx * bold.leading + gap + barHeight;
        const float arrow = hasLocator() ? 0 : std::min(m_layout.mm(kArrowMm * m_layout.furniture), height);
        const float width = stack.width() - arrow;
        TextBlock text = fitText(word(SheetWord::Scale) + " " + scaleText(denominator), bold, width, 1, m_layout.pt(6));
        if (text.isCut)
            text = fitText(scaleText(denominator), bold, width, 1, m_layout.pt(6));
        const auto box = text.isCut ? std::nullopt : stack.takeBottom(height, 3.5);
        if (!box)
            return;
        appendTextBlock(m_list, text, box->minX, box->minY);
        appendScaleBar(m_list, {denominator * 0.0254 / m_scene.view.dpi, pxPerMm}, label, box->minX,
                       box->maxY - barHeight, width);
        if (arrow > 0)
            appendNorthArrow(m_list, {box->maxX - arrow / 2, (box->minY + box->maxY) / 2}, arrow,
                             m_bearings.northDegrees, arrowStyle());
    }

    void appendLocatorRow(Stack& stack) {
        if (!hasLocator())
            return;
        const float arrowRoom = m_layout.mm((kArrowMm + 3) * m_layout.furniture);
        const double aspect = m_bearings.locatorAspect;
        const float size = std::min(m_layout.mm(m_plan.locatorMm * m_layout.furniture), stack.width() - arrowRoom);
        const float width = aspect > 1 ? size / static_cast<float>(aspect) : size;
        const auto box = width < m_layout.mm(kSmallestLocatorMm)
                             ? std::nullopt
                             : stack.takeBottom(width * static_cast<float>(aspect), 3);
        if (!box) {
            m_loss.locator = true;
            return;
        }
        m_locatorBox = PageBox{box->minX, box->minY, box->minX + width, box->maxY};
        const float arrow = std::min(m_layout.mm(kArrowMm * m_layout.furniture), box->height());
        appendNorthArrow(m_list, {(box->minX + width + box->maxX) / 2, box->maxY - arrow / 2}, arrow,
                         m_bearings.northDegrees, arrowStyle());
    }

    LegendSpace legendSpace(const Stack& stack) const {
        LegendSpace space;
        space.widthPx = stack.width();
        space.heightPx = stack.room();
        space.pxPerMm = m_layout.pxPerMm;
        space.heading = style(8.5, kInk, true);
        space.entry = style(7.5);
        space.entry.leading = 1.15F;
        space.minSizePx = m_layout.pt(1); // the smallest type there is
        space.language = m_map.language;
        return space;
    }

    float legendHeight(const Stack& stack) const {
        return m_scene.project->answer ? layoutLegend(m_legend, legendSpace(stack)).heightPx : 0;
    }

    void appendLegendIn(Stack& stack) {
        const LegendLayout layout = layoutLegend(m_legend, legendSpace(stack));
        if (const auto box = layout.rows.empty() ? std::nullopt : stack.takeTop(layout.heightPx, 0))
            appendLegend(m_list, layout, box->minX, box->minY);
        m_loss.legendEntries = static_cast<std::size_t>(layout.hiddenEntries);
        if (layout.rows.empty()) {
            m_loss.legendEntries = 0;
            for (const LegendGroup& group : m_legend)
                m_loss.legendEntries += group.entries.size();
        }
    }

    DisplayList& m_list;
    const SheetLayout& m_layout;
    const Scene& m_scene;
    const MapSettings& m_map;
    const std::vector<LegendGroup>& m_legend;
    Bearings m_bearings;
    Plan m_plan;
    std::optional<PageBox> m_locatorBox;
    Loss m_loss;
};

} // namespace

void appendColumn(DisplayList& list, const SheetLayout& layout, const Scene& scene,
                  const std::vector<LegendGroup>& legend) {
    const auto& outlines = scene.project->map.locator;
    const Bearings bearings{northAzimuthDegrees(scene.view),
                            outlines && !outlines->extent.isEmpty() ? locatorAspect(*outlines, scene.view) : 1};
    std::optional<Loss> least;
    std::optional<PageBox> locatorBox;
    DisplayList best;
    for (const Plan& plan : kPlans) {
        DisplayList furniture;
        furniture.widthPx = list.widthPx;
        furniture.heightPx = list.heightPx;
        furniture.dpi = list.dpi;
        furniture.clips = {list.clips[0]};
        SheetColumn column(furniture, layout, scene, legend, bearings, plan);
        const Loss loss = column.compose();
        if (least && loss >= *least)
            continue;
        least = loss;
        locatorBox = column.locatorBox();
        best = std::move(furniture);
        if (loss == Loss{})
            break;
    }
    if (locatorBox)
        appendLocator(best, *outlines, scene.view, *locatorBox, layout.pxPerMm);
    appendList(list, best, {0, 0}, list.clips[0]);
}

} // namespace cordon
