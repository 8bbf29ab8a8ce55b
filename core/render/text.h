// Text through Qt: measuring while the display list is built, drawing on any QPainter or as shapes. Fonts are the
// bundled ones; shaped texts and glyphs are cached. Needs a QGuiApplication (startOffscreen()).
#pragma once

#include "core/render/display_list.h"

#include <string>

class QPainter;

namespace cordon {

struct TextExtent {
    float advancePx = 0;
    float ascentPx = 0;  // of the font, above the baseline
    float descentPx = 0; // below it
    float capHeightPx = 0;
};
TextExtent measureText(const std::string& utf8, float sizePx, bool bold = false, bool italic = false,
                       float letterSpacingPx = 0);
// The texts as shapes, for pixels: halos below all letters. Texts with colour glyphs (emoji) stay in its `texts`.
DisplayList lettersOf(const std::vector<Text>& texts, int widthPx, int heightPx);
// Halo first for all, then all fills, so that no halo covers a neighbour's letters.
void drawTexts(QPainter& painter, const std::vector<Text>& texts);

} // namespace cordon
