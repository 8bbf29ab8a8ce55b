#include "core/render/table_look.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cordon {

namespace {

// Dashes keep their phase up to here: a line is cut only this far outside the page.
constexpr double kDashMarginPx = 4000;
constexpr double kSoftEdgePx = 1.5; // what a line touches beyond its half width

MarkerSymbol faded(MarkerSymbol marker, double opacity) {
    marker.fill = marker.fill.withOpacity(opacity);
    marker.stroke = marker.stroke.withOpacity(opacity);
    return marker;
}

// After which a pattern repeats itself: an odd number of lengths goes round twice.
double periodOf(const std::vector<float>& dashPx) {
    return std::accumulate(dashPx.begin(), dashPx.end(), 0.0) * (dashPx.size() % 2 == 0 ? 1 : 2);
}

} // namespace

LineSymbol faded(LineSymbol line, double opacity) {
    line.color = line.color.withOpacity(opacity);
    line.casingColor = line.casingColor.withOpacity(opacity);
    return line;
}

FillSymbol faded(FillSymbol fill, double opacity) {
    fill.color = fill.color.withOpacity(opacity);
    fill.hatchColor = fill.hatchColor.withOpacity(opacity);
    fill.hatchColor2 = fill.hatchColor2.withOpacity(opacity);
    return fill;
}

TableLook lookOf(const Rule& rule, double opacity, double pxPerMm, DisplayList& list) {
    TableLook look;
    if (rule.fill) {
        look.fill = faded(*rule.fill, opacity);
        look.isPlainFill = look.fill->hatch == Hatch::None;
        if (look.isPlainFill && look.fill->color.a == 0)
            look.fill.reset();
        else if (look.isPlainFill)
            look.fillStyle = list.fillStyle(look.fill->color);
    }
    for (const LineSymbol& symbol : rule.lines) {
        const LineSymbol line = faded(symbol, opacity);
        look.hasCasing |= line.casingMm > 0 && line.casingColor.a > 0;
        look.lines.push_back(line);
        if (line.color.a > 0 && line.widthMm > 0) {
            const StrokeStyle stroke = strokeOf(line, pxPerMm);
            look.strokeStyles.push_back(list.strokeStyle(stroke));
            if (look.dashPeriodPx == 0)
                look.dashPeriodPx = periodOf(stroke.dashPx);
        }
        const double widthMm = std::max(line.widthMm, 0.0) + 2 * std::max(line.casingMm, 0.0);
        look.linesReachPx = std::max(look.linesReachPx, widthMm / 2 * pxPerMm);
    }
    look.linesReachPx += kSoftEdgePx;
    if (rule.marker) {
        const MarkerSymbol marker = faded(*rule.marker, opacity);
        look.markerStyle = list.markerStyle(markerOf(marker, pxPerMm));
        look.isMarkerOpaque = marker.fill.a == 255;
    }
    return look;
}

double reachPx(const std::vector<TableLook>& looks, const DisplayList& list, double pxPerMm) {
    double reach = 1;
    for (const TableLook& look : looks) {
        for (const LineSymbol& line : look.lines)
            reach = std::max(reach, 2 * (line.widthMm + 2 * line.casingMm) * pxPerMm);
        if (look.markerStyle)
            reach = std::max<double>(reach, list.markers[*look.markerStyle].radiusPx());
    }
    return std::ceil(reach) + 2;
}

double cutMarginPx(const std::vector<TableLook>& looks, double reach) {
    for (const TableLook& look : looks)
        for (const LineSymbol& line : look.lines)
            if (!line.dashMm.empty())
                return std::max(reach, kDashMarginPx);
    return reach;
}

} // namespace cordon
