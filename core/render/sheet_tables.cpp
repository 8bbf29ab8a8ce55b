#include "core/render/sheet_tables.h"

#include "core/render/list_append.h"
#include "core/render/sheet_words.h"
#include "core/render/text.h"

#include <algorithm>

namespace cordon {
namespace {

constexpr Color kRule{0xB9, 0xB4, 0xAB, 255};
constexpr float kMostValueShare = 0.46F;
constexpr float kGapEm = 0.6F, kRowGapEm = 0.28F;

float widthOf(const std::string& text, const TextStyle& style) {
    return measureText(text, style.sizePx, style.bold, style.italic).advancePx;
}

// Widths of the columns, the same for all rows.
struct Columns {
    float number = 0, text = 0, value = 0;
};

Columns columnsOf(const SheetTable& table, const SheetTableSpace& space, const TextStyle& bold) {
    Columns columns;
    const float gap = space.text.sizePx * kGapEm;
    for (const SheetTable::Row& row : table.rows) {
        if (!row.number.empty())
            columns.number = std::max(columns.number, widthOf(row.number, bold) + gap);
        columns.value = std::max(columns.value, widthOf(row.value, space.text));
    }
    columns.value = std::min(columns.value, space.widthPx * kMostValueShare);
    columns.text = space.widthPx - columns.number - columns.value - gap;
    return columns;
}

} // namespace

SheetTableLayout layoutSheetTable(const SheetTable& table, const SheetTableSpace& space) {
    SheetTableLayout layout;
    layout.widthPx = space.widthPx;
    TextStyle bold = space.text;
    bold.bold = true;
    TextStyle small = space.text;
    small.color = {0x5B, 0x5B, 0x5B, 255};
    const Columns columns = columnsOf(table, space, bold);
    const float rowGap = space.text.sizePx * kRowGapEm;

    const TextBlock heading = wrapText(table.title, space.heading, space.widthPx, 2);
    layout.cells.push_back({heading, 0, 0, TextAlign::Left});
    float y = heading.heightPx;
    if (!table.valueTitle.empty()) {
        const TextBlock title = wrapText(table.valueTitle, small, space.widthPx, 1);
        layout.cells.push_back({title, space.widthPx, y, TextAlign::Right});
        y += title.heightPx;
    }
    const float more = space.text.sizePx * space.text.leading + rowGap;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const SheetTable::Row& row = table.rows[i];
        const TextBlock text = wrapText(row.text, space.text, columns.text, 2);
        const TextBlock value = wrapText(row.value, space.text, columns.value, 2);
        const float height = std::max(text.heightPx, value.heightPx) + rowGap;
        const bool isLast = i + 1 == table.rows.size();
        if (y + height + (isLast ? 0 : more) > space.heightPx) {
            if (i == 0)
                return {};
            std::string rest = sheetWord(SheetWord::MoreEntries, space.language);
            rest.replace(rest.find("%d"), 2, std::to_string(table.rows.size() - i));
            layout.cells.push_back({wrapText(rest, small, space.widthPx, 1), columns.number, y, TextAlign::Left});
            y += more;
            break;
        }
        layout.rules.push_back(y);
        layout.cells.push_back({wrapText(row.number, bold, columns.number, 1), 0, y + rowGap / 2, TextAlign::Left});
        layout.cells.push_back({text, columns.number, y + rowGap / 2, TextAlign::Left});
        layout.cells.push_back({value, space.widthPx, y + rowGap / 2, TextAlign::Right});
        y += height;
    }
    layout.heightPx = y;
    return layout;
}

void appendSheetTable(DisplayList& list, const SheetTableLayout& layout, float left, float top) {
    const auto first = static_cast<std::uint32_t>(list.partStart.size() - 1);
    for (const float y : layout.rules)
        appendBoxPart(list, {left, top + y, left + layout.widthPx, top + y + 1});
    list.addOp(OpKind::Fill, list.fillStyle(kRule), first);
    for (const SheetTableLayout::Cell& cell : layout.cells)
        appendTextBlock(list, cell.text, left + cell.x, top + cell.top, cell.align);
}

} // namespace cordon
