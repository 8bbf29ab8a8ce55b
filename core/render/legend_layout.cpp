#include "core/render/legend.h"

#include "core/render/sheet_words.h"
#include "core/render/text.h"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace cordon {

namespace {

constexpr double kSwatchWidthMm = 9;
constexpr double kSwatchGapMm = 2;
constexpr double kColumnGapMm = 4;
constexpr double kGroupGapMm = 2.2;
constexpr double kRowGapMm = 0.7;
constexpr double kNarrowestColumnMm = 34;
constexpr int kMostColumns = 3;

struct Trial {
    int columns = 1;
    float factor = 1; // of the type
};

// Room for one sample of the sizes row, its text included.
float sizeSampleWidth(const LegendEntry& sample, const TextStyle& style, double pxPerMm) {
    return static_cast<float>((sample.heightMm + 0.8) * pxPerMm) +
           measureText(sample.text, style.sizePx, style.bold, style.italic).advancePx +
           static_cast<float>(2.5 * pxPerMm);
}

LegendRow entryRow(const LegendEntry& entry, const LegendGroup& group, const TextStyle& style, float textWidth,
                   double pxPerMm) {
    LegendRow row;
    row.entry = &entry;
    row.group = &group;
    row.text = wrapText(entry.text, style, textWidth, 4);
    row.heightPx = std::max(row.text.heightPx, static_cast<float>(entry.heightMm * pxPerMm));
    row.gapPx = static_cast<float>(kRowGapMm * pxPerMm);
    return row;
}

std::vector<LegendRow> rowsOf(const std::vector<LegendGroup>& groups, const LegendSpace& space, float factor,
                              float columnWidth) {
    TextStyle heading = space.heading;
    TextStyle style = space.entry;
    heading.sizePx = std::max(space.minSizePx, heading.sizePx * factor);
    style.sizePx = std::max(space.minSizePx, style.sizePx * factor);
    const auto textWidth = columnWidth - static_cast<float>((kSwatchWidthMm + kSwatchGapMm) * space.pxPerMm);
    std::vector<LegendRow> rows;
    for (const LegendGroup& group : groups) {
        LegendRow title;
        title.kind = LegendRow::Kind::Heading;
        title.group = &group;
        title.text = wrapText(group.title, heading, columnWidth, 3);
        title.heightPx = title.text.heightPx;
        title.gapPx = static_cast<float>(kGroupGapMm * space.pxPerMm);
        if (!group.title.empty())
            rows.push_back(title);
        for (const LegendEntry& entry : group.entries)
            rows.push_back(entryRow(entry, group, style, textWidth, space.pxPerMm));
        if (group.sizes.empty())
            continue;
        LegendRow sizes;
        sizes.kind = LegendRow::Kind::Sizes;
        sizes.group = &group;
        sizes.text = wrapText(group.sizesTitle, style, columnWidth, 1);
        double tallest = 0;
        for (const LegendEntry& sample : group.sizes)
            tallest = std::max(tallest, sample.heightMm);
        sizes.heightPx =
            sizes.text.heightPx + std::max(static_cast<float>(tallest * space.pxPerMm), style.sizePx * style.leading);
        sizes.gapPx = static_cast<float>(kRowGapMm * space.pxPerMm);
        rows.push_back(sizes);
    }
    return rows;
}

// Places rows down the columns, each no higher than `heightPx`; how many rows went in. A heading never ends a column.
std::size_t flow(std::vector<LegendRow>& rows, int columns, float heightPx, float columnWidth, float columnGap) {
    int column = 0;
    float y = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        LegendRow& row = rows[i];
        float gap = y > 0 ? row.gapPx : 0;
        float needed = row.heightPx;
        if (row.kind == LegendRow::Kind::Heading && i + 1 < rows.size())
            needed += rows[i + 1].gapPx + rows[i + 1].heightPx;
        if (y > 0 && y + gap + needed > heightPx) {
            ++column;
            y = gap = 0;
        }
        if (column >= columns || y + gap + needed > heightPx)
            return i;
        row.left = static_cast<float>(column) * (columnWidth + columnGap);
        row.top = y + gap;
        y = row.top + row.heightPx;
    }
    return rows.size();
}

float bottomOf(const std::vector<LegendRow>& rows) {
    float bottom = 0;
    for (const LegendRow& row : rows)
        bottom = std::max(bottom, row.top + row.heightPx);
    return bottom;
}

// Columns of about the same height: the lowest height at which all rows go in.
void balance(std::vector<LegendRow>& rows, int columns, float heightPx, float columnWidth, float columnGap) {
    float lowest = heightPx;
    for (float height = heightPx; height > heightPx * 0.2F; height *= 0.97F)
        if (flow(rows, columns, height, columnWidth, columnGap) == rows.size())
            lowest = height;
        else
            break;
    flow(rows, columns, lowest, columnWidth, columnGap);
}

// Rows are taken away from the end until the rest and "... and N more" go in.
int cutRows(std::vector<LegendRow>& rows, const LegendSpace& space, int columns, float columnWidth, float columnGap) {
    std::vector<LegendRow> kept = rows;
    int hidden = 0;
    TextStyle style = space.entry;
    style.sizePx = space.minSizePx;
    style.italic = true;
    while (!kept.empty()) {
        const LegendRow last = kept.back();
        kept.pop_back();
        hidden += last.kind == LegendRow::Kind::Entry ? 1 : 0;
        if (!kept.empty() && kept.back().kind == LegendRow::Kind::Heading)
            continue;
        char text[64];
        std::snprintf(text, sizeof text, sheetWord(SheetWord::MoreEntries, space.language).c_str(), hidden);
        LegendRow more;
        more.kind = LegendRow::Kind::More;
        more.text = wrapText(text, style, columnWidth, 1);
        more.heightPx = more.text.heightPx;
        more.gapPx = static_cast<float>(kRowGapMm * space.pxPerMm);
        kept.push_back(more);
        if (flow(kept, columns, space.heightPx, columnWidth, columnGap) == kept.size()) {
            rows = kept;
            return hidden;
        }
        kept.pop_back();
    }
    rows.clear();
    return hidden;
}

// A little smaller first, then more columns, then as small as may be.
std::vector<Trial> trialsFor(const LegendSpace& space) {
    const double widthMm = static_cast<double>(space.widthPx) / space.pxPerMm;
    const int mostColumns =
        std::clamp(static_cast<int>((widthMm + kColumnGapMm) / (kNarrowestColumnMm + kColumnGapMm)), 1, kMostColumns);
    const float smallest = std::min(1.0F, space.minSizePx / space.entry.sizePx);
    std::vector<Trial> trials;
    for (int columns = 1; columns <= mostColumns; ++columns)
        for (const float factor : {1.0F, 0.93F, 0.87F})
            trials.push_back({columns, std::max(factor, smallest)});
    for (int columns = 1; columns <= mostColumns; ++columns)
        trials.push_back({columns, smallest});
    return trials;
}

void appendSizes(DisplayList& list, const LegendLayout& layout, const LegendRow& row, float left, float top) {
    appendTextBlock(list, row.text, left, top);
    float x = left;
    const float middle = top + row.text.heightPx + (row.heightPx - row.text.heightPx) / 2;
    for (const LegendEntry& sample : row.group->sizes) {
        const float width = sizeSampleWidth(sample, row.text.style, layout.pxPerMm);
        if (x + width > left + layout.columnWidthPx)
            break; // a narrow column shows the smaller samples only
        const auto size = static_cast<float>(sample.heightMm * layout.pxPerMm);
        sample.draw(list, {x, middle - size / 2, x + size, middle + size / 2}, layout.pxPerMm);
        appendLabel(list, sample.text, row.text.style, x + size + static_cast<float>(0.8 * layout.pxPerMm), middle);
        x += width;
    }
}

} // namespace

LegendLayout layoutLegend(const std::vector<LegendGroup>& groups, const LegendSpace& space) {
    LegendLayout layout;
    layout.pxPerMm = space.pxPerMm;
    layout.swatchWidthPx = static_cast<float>(kSwatchWidthMm * space.pxPerMm);
    layout.swatchGapPx = static_cast<float>(kSwatchGapMm * space.pxPerMm);
    if (groups.empty() || space.heightPx <= 0 || space.widthPx <= layout.swatchWidthPx + layout.swatchGapPx)
        return layout;
    const auto columnGap = static_cast<float>(kColumnGapMm * space.pxPerMm);
    const auto columnWidthOf = [&](int columns) {
        return (space.widthPx - columnGap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    };
    const std::vector<Trial> trials = trialsFor(space);
    for (const Trial& trial : trials) {
        const float columnWidth = columnWidthOf(trial.columns);
        layout.rows = rowsOf(groups, space, trial.factor, columnWidth);
        layout.columns = trial.columns;
        layout.columnWidthPx = columnWidth;
        if (flow(layout.rows, trial.columns, space.heightPx, columnWidth, columnGap) == layout.rows.size()) {
            if (trial.columns > 1)
                balance(layout.rows, trial.columns, space.heightPx, columnWidth, columnGap);
            layout.heightPx = bottomOf(layout.rows);
            return layout;
        }
    }
    layout.hiddenEntries = cutRows(layout.rows, space, layout.columns, columnWidthOf(layout.columns), columnGap);
    layout.heightPx = bottomOf(layout.rows);
    return layout;
}

void appendLegend(DisplayList& list, const LegendLayout& layout, float left, float top) {
    for (const LegendRow& row : layout.rows) {
        const float x = left + row.left;
        const float y = top + row.top;
        if (row.kind == LegendRow::Kind::Sizes) {
            appendSizes(list, layout, row, x, y);
            continue;
        }
        if (row.kind != LegendRow::Kind::Entry) {
            appendTextBlock(list, row.text, x, y);
            continue;
        }
        const float middle = y + row.heightPx / 2;
        const auto half = static_cast<float>(row.entry->heightMm * layout.pxPerMm / 2);
        row.entry->draw(list, {x, middle - half, x + layout.swatchWidthPx, middle + half}, layout.pxPerMm);
        appendTextBlock(list, row.text, x + layout.swatchWidthPx + layout.swatchGapPx, middle - row.text.heightPx / 2);
    }
}

} // namespace cordon
