// Paragraphs of the sheet: wrapped, shrunk or cut to a width, measured before anything is placed.
#pragma once

#include "core/render/display_list.h"

#include <limits>
#include <string>
#include <vector>

namespace cordon {

struct TextStyle {
    float sizePx = 10;
    bool bold = false;
    bool italic = false;
    Color color{34, 34, 34, 255};
    float leading = 1.25F; // line height over font size
};

struct TextBlock {
    std::vector<std::string> lines;
    TextStyle style;
    float widthPx = 0;  // of the longest line
    float heightPx = 0; // lines times line height
    bool isCut = false; // ends in "…", because not all of it went in

    bool isEmpty() const { return lines.empty(); }
};

constexpr int kAnyNumberOfLines = std::numeric_limits<int>::max();

// Breaks at blanks and new lines, inside a word only where the word alone is wider than `widthPx`.
TextBlock wrapText(const std::string& utf8, const TextStyle& style, float widthPx, int maxLines = kAnyNumberOfLines);
// The same at the largest size from style.sizePx down to `minSizePx` that goes into `maxLines` uncut.
TextBlock fitText(const std::string& utf8, TextStyle style, float widthPx, int maxLines, float minSizePx);
// One line, cut with "…" where it is too long.
std::string cutText(const std::string& utf8, const TextStyle& style, float widthPx);

enum class TextAlign : std::uint8_t { Left, Center, Right };
// `x` is the left end, middle or right end of the lines; `top` the upper edge of the block.
void appendTextBlock(DisplayList& list, const TextBlock& block, float x, float top, TextAlign align = TextAlign::Left);

// One line centred vertically on `middleY` by its capitals, so that it sits level with a swatch.
void appendLabel(DisplayList& list, const std::string& utf8, const TextStyle& style, float x, float middleY,
                 TextAlign align = TextAlign::Left);

} // namespace cordon
