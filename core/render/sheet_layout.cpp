#include "core/render/sheet_layout.h"

#include "core/error.h"
#include "core/render/day_chart.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <string>

namespace cordon {

namespace {

constexpr double kMarginMm = 8;
constexpr double kColumnMm = 78;
constexpr double kColumnGapMm = 6;
constexpr double kBandMm = 3.6; // degree labels
constexpr double kA3ShortSideMm = 297;
constexpr double kStripShare = 0.29; // of a portrait page's height, below the map

struct Paper {
    const char* name;
    double shortMm, longMm;
};
// ISO 216 and ANSI.
constexpr std::array kPapers{Paper{"A0", 841, 1189}, Paper{"A1", 594, 841},        Paper{"A2", 420, 594},
                             Paper{"A3", 297, 420},  Paper{"A4", 210, 297},        Paper{"A5", 148, 210},
                             Paper{"A6", 105, 148},  Paper{"Letter", 215.9, 279.4}};

bool equalIgnoringCase(const std::string& a, const std::string& b) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

} // namespace

Page paperPage(const std::string& paper, bool landscape, double dpi) {
    for (const Paper& known : kPapers)
        if (equalIgnoringCase(paper, known.name))
            return landscape ? Page{known.longMm, known.shortMm, dpi} : Page{known.shortMm, known.longMm, dpi};
    throw Error("There is no paper \"" + paper + "\"; choose one of A0, A1, A2, A3, A4, A5, A6 and Letter.");
}

float SheetLayout::pt(double points, double smallestPt) const {
    return static_cast<float>(std::max(smallestPt, points * type) * 25.4 / 72 * pxPerMm);
}

TextStyle chartText(const SheetLayout& layout) {
    TextStyle text;
    text.sizePx = layout.pt(7);
    return text;
}

SheetLayout sheetLayout(const Page& page) {
    SheetLayout layout;
    layout.pxPerMm = page.dpi / 25.4;
    layout.isLandscape = page.widthMm >= page.heightMm;
    const double shortSideMm = std::min(page.widthMm, page.heightMm);
    layout.furniture = std::clamp(shortSideMm / kA3ShortSideMm, 0.5, 3.0);
    layout.type = layout.furniture < 1 ? std::pow(layout.furniture, 0.6) : layout.furniture;

    // Pages too small for furniture of that size give it a share of what they have.
    const double marginMm = std::min(kMarginMm * layout.furniture, shortSideMm * 0.05);
    const double gapMm = std::min(kColumnGapMm * layout.furniture, shortSideMm * 0.04);
    const double bandMm = std::min(std::max(kBandMm * layout.type, 3.0), shortSideMm * 0.04);
    const auto snapped = [&](double mm) { return static_cast<float>(std::round(mm * layout.pxPerMm)); };
    const float left = snapped(marginMm);
    const float top = snapped(marginMm);
    const float right = snapped(page.widthMm - marginMm);
    const float bottom = snapped(page.heightMm - marginMm);
    layout.outer = {left, top, right, bottom};
    layout.column = layout.outer;
    if (layout.isLandscape) {
        const double columnMm =
            std::min(std::max(kColumnMm * layout.furniture, 42.0), (page.widthMm - 2 * marginMm) * 0.36);
        layout.column.minX = right - snapped(columnMm);
        layout.outer.maxX = layout.column.minX - snapped(gapMm);
    } else {
        layout.column.minY = bottom - snapped((page.heightMm - 2 * marginMm) * kStripShare);
        layout.outer.maxY = layout.column.minY - snapped(gapMm);
    }
    if (page.stripMm > 0) {
        layout.strip = {left, layout.outer.maxY - snapped(page.stripMm), layout.outer.maxX, layout.outer.maxY};
        layout.outer.maxY = layout.strip.minY - snapped(gapMm / 2);
    }
    layout.frame = layout.outer.grown(-std::max(1.0F, snapped(bandMm)));
    layout.frame.maxX = std::max(layout.frame.maxX, layout.frame.minX + 1);
    layout.frame.maxY = std::max(layout.frame.maxY, layout.frame.minY + 1);
    return layout;
}

Page pageFor(const Project& project, Page page) {
    if (!project.answer || !project.answer->chart)
        return page;
    page.stripMm = 0;
    const SheetLayout layout = sheetLayout(page);
    const double wanted =
        static_cast<double>(dayChartHeight(*project.answer->chart, chartText(layout))) / layout.pxPerMm;
    constexpr double kMostOfMap = 0.4;
    page.stripMm = std::min(wanted, static_cast<double>(layout.outer.height()) / layout.pxPerMm * kMostOfMap);
    return page;
}

PageBox mapFrameBox(const Page& page) {
    return sheetLayout(page).frame;
}

} // namespace cordon
