#include "core/render/scale_bar.h"

#include "core/render/list_append.h"
#include "core/render/sheet_words.h"
#include "core/render/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cordon {

namespace {

constexpr double kMetersPerMile = 1609.344;
constexpr Color kInk{34, 34, 34, 255};
constexpr Color kPaper{255, 255, 255, 255};
constexpr double kBarMm = 1.1;
constexpr double kLabelGapMm = 0.6;

std::string lengthText(double length) {
    if (length >= 1000)
        return groupedNumber(std::llround(length));
    char text[32];
    std::snprintf(text, sizeof text, "%g", length);
    return text;
}

std::uint32_t nextPart(const DisplayList& list) {
    return static_cast<std::uint32_t>(list.partStart.size() - 1);
}

// Numbers at every second division at most, centred on it, held within the bar's room; the unit follows the last.
void appendNumbers(DisplayList& list, const ScaleBarStep& step, const std::string& unit, const TextStyle& style,
                   float left, float middleY, float rightLimit) {
    const float division = step.widthPx / static_cast<float>(step.divisions);
    float usedTo = -1e9F;
    for (int i = 0; i <= step.divisions; ++i) {
        const bool isLast = i == step.divisions;
        const std::string number = lengthText(step.length * i);
        const float numberWidth = measureText(number, style.sizePx, style.bold).advancePx;
        const std::string text = isLast ? number + "\u00a0" + unit : number;
        const float width = measureText(text, style.sizePx, style.bold).advancePx;
        float x = left + division * static_cast<float>(i) - numberWidth / 2;
        x = std::clamp(x, left, std::max(left, rightLimit - width));
        if (!isLast) { // the last number, which carries the unit, takes precedence
            const float lastWidth =
                measureText(lengthText(step.length * step.divisions), style.sizePx, style.bold).advancePx;
            const float lastLeft = std::min(left + step.widthPx - lastWidth / 2, rightLimit - width);
            if (x < usedTo + style.sizePx * 0.4F || (i > 0 && x + width + style.sizePx * 0.4F > lastLeft))
                continue;
        }
        if (isLast && x < usedTo + style.sizePx * 0.3F)
            continue;
        appendLabel(list, text, style, x, middleY);
        usedTo = x + width;
    }
}

void appendBar(DisplayList& list, const ScaleBarStep& step, float left, float top, double pxPerMm) {
    const float bottom = top + static_cast<float>(kBarMm * pxPerMm);
    const float division = step.widthPx / static_cast<float>(step.divisions);
    std::uint32_t first = nextPart(list);
    appendBoxPart(list, {left, top, left + step.widthPx, bottom});
    list.addOp(OpKind::Fill, list.fillStyle(kPaper), first);
    first = nextPart(list);
    for (int i = 0; i < step.divisions; i += 2)
        appendBoxPart(
            list, {left + division * static_cast<float>(i), top, left + division * static_cast<float>(i + 1), bottom});
    list.addOp(OpKind::Fill, list.fillStyle(kInk), first);
    first = nextPart(list);
    appendBoxPart(list, {left, top, left + step.widthPx, bottom});
    StrokeStyle outline;
    outline.color = kInk;
    outline.widthPx = static_cast<float>(0.15 * pxPerMm);
    list.addOp(OpKind::Stroke, list.strokeStyle(outline), first);
}

} // namespace

ScaleBarStep scaleBarStep(double unitsPerPx, float widthPx) {
    ScaleBarStep step;
    const double room = unitsPerPx * static_cast<double>(widthPx);
    if (!(room > 0) || !std::isfinite(room))
        return step;
    // 1, 2, 5 times a power of ten; four divisions of 5 would end at 20, of 2 at 8: both read well.
    const double power = std::pow(10, std::floor(std::log10(room)) - 1);
    for (const double digit : {50.0, 40.0, 20.0, 10.0, 8.0, 4.0, 2.0, 1.0}) {
        const double total = digit * power;
        if (total > room * (1 + 1e-9))
            continue;
        step.divisions = digit == 50.0 ? 5 : digit == 10.0 || digit == 1.0 ? 2 : 4;
        step.length = total / step.divisions;
        step.widthPx = static_cast<float>(total / unitsPerPx);
        break;
    }
    return step;
}

float scaleBarHeightPx(const TextStyle& label, double pxPerMm) {
    return 2 * label.sizePx + static_cast<float>((2 * kBarMm + 2 * kLabelGapMm) * pxPerMm);
}

void appendScaleBar(DisplayList& list, const ScaleBarScale& scale, const TextStyle& label, float left, float top,
                    float widthPx) {
    // Room for half the last number and the unit behind it.
    const float barRoom = widthPx - measureText("000\u00a0km", label.sizePx, label.bold).advancePx;
    const auto kilometers = scaleBarStep(scale.metersPerPx / 1000, barRoom);
    const auto miles = scaleBarStep(scale.metersPerPx / kMetersPerMile, barRoom);
    if (kilometers.widthPx <= 0 || miles.widthPx <= 0)
        return;
    const auto gap = static_cast<float>(kLabelGapMm * scale.pxPerMm);
    const auto bar = static_cast<float>(kBarMm * scale.pxPerMm);
    const float barTop = top + label.sizePx + gap;
    appendNumbers(list, kilometers, "km", label, left, top + label.sizePx / 2, left + widthPx);
    appendBar(list, kilometers, left, barTop, scale.pxPerMm);
    appendBar(list, miles, left, barTop + bar, scale.pxPerMm);
    appendNumbers(list, miles, "mi", label, left, barTop + 2 * bar + gap + label.sizePx / 2, left + widthPx);
}

double northAzimuthDegrees(const MapView& view) {
    const Projection projection(view.crs);
    const auto center = projection.inverse(view.center);
    if (!center || center->latDegrees > 89.9)
        return 0;
    const auto north = projection.forward(LonLat{center->lonDegrees, center->latDegrees + 0.01});
    if (!north)
        return 0;
    const double azimuth =
        std::atan2(north->x - view.center.x, north->y - view.center.y) * 180 / 3.14159265358979323846;
    return std::isfinite(azimuth) ? azimuth : 0;
}

void appendNorthArrow(DisplayList& list, PagePoint center, float heightPx, double azimuthDegrees,
                      const TextStyle& label) {
    const double angle = azimuthDegrees * 3.14159265358979323846 / 180;
    const auto cosine = static_cast<float>(std::cos(angle));
    const auto sine = static_cast<float>(std::sin(angle));
    const auto turned = [&](float x, float y) {
        return PagePoint{center.x + x * cosine - y * sine, center.y + x * sine + y * cosine};
    };
    const TextExtent letter = measureText("N", label.sizePx, true);
    const float letterRoom = letter.capHeightPx * 1.5F;
    const float top = -heightPx / 2 + letterRoom;
    const float bottom = heightPx / 2;
    const float half = (bottom - top) * 0.28F;
    const float notch = bottom - (bottom - top) * 0.24F;
    const auto append = [&](std::initializer_list<PagePoint> corners) {
        for (const PagePoint corner : corners)
            list.points.push_back(turned(corner.x, corner.y));
        list.endPart();
    };
    std::uint32_t first = nextPart(list);
    append({{0, top}, {-half, bottom}, {0, notch}, {0, top}});
    list.addOp(OpKind::Fill, list.fillStyle(kInk), first);
    first = nextPart(list);
    append({{0, top}, {half, bottom}, {0, notch}, {0, top}});
    list.addOp(OpKind::Fill, list.fillStyle(kPaper), first);
    first = nextPart(list);
    append({{0, top}, {half, bottom}, {0, notch}, {-half, bottom}, {0, top}});
    StrokeStyle outline;
    outline.color = kInk;
    outline.widthPx = heightPx * 0.02F;
    list.addOp(OpKind::Stroke, list.strokeStyle(outline), first);
    // The letter stays upright beyond the tip.
    const PagePoint tip = turned(0, -heightPx / 2 + letter.capHeightPx / 2);
    TextStyle bold = label;
    bold.bold = true;
    appendLabel(list, "N", bold, tip.x, tip.y, TextAlign::Center);
}

} // namespace cordon
