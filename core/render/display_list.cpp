#include "core/render/display_list.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cordon {

namespace {

template <class T> std::uint32_t indexOf(std::vector<T>& styles, const T& style) {
    for (std::size_t i = styles.size(); i-- > 0;)
        if (styles[i] == style)
            return static_cast<std::uint32_t>(i);
    styles.push_back(style);
    return static_cast<std::uint32_t>(styles.size() - 1);
}

// "12", "12.5", "-0.25": up to two decimals, so that texts of lists compare across machines.
std::string number(double value) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.2f", value);
    std::string text = buffer;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string pointText(PagePoint p) {
    return number(p.x) + "," + number(p.y);
}

std::string strokeText(const StrokeStyle& stroke) {
    std::string text = stroke.color.toText() + " " + number(stroke.widthPx) + "px";
    for (std::size_t i = 0; i < stroke.dashPx.size(); ++i)
        text += (i == 0 ? " dash " : "/") + number(stroke.dashPx[i]);
    if (stroke.cap == LineCap::Round)
        text += " round-cap";
    if (stroke.join == LineJoin::Round)
        text += " round-join";
    return text;
}

std::string markerText(const MarkerStyle& marker) {
    std::string text = "radius " + number(marker.radiusPx());
    for (const MarkerPath& path : marker.paths) {
        if (path.fill.a > 0)
            text += " fill " + path.fill.toText();
        if (path.stroke.a > 0 && path.strokePx > 0)
            text += " stroke " + path.stroke.toText() + " " + number(path.strokePx) + "px";
    }
    return text;
}

std::string partText(const DisplayList& list, std::uint32_t part) {
    std::string text;
    for (std::uint32_t i = list.partStart[part]; i < list.partStart[part + 1]; ++i)
        text += (text.empty() ? "" : " ") + pointText(list.points[i]);
    return text;
}

std::string opText(const DisplayList& list, const Op& op) {
    std::string text;
    switch (op.kind) {
    case OpKind::Fill:
        text = "fill " + list.fills[op.style].toText();
        break;
    case OpKind::Letters:
        text = "letters " + list.fills[op.style].toText();
        break;
    case OpKind::Stroke:
        text = "stroke " + strokeText(list.strokes[op.style]);
        break;
    case OpKind::Markers:
        text = "markers " + markerText(list.markers[op.style]);
        break;
    }
    if (op.clip != 0) {
        const PageBox& box = list.clips[op.clip];
        text += " clip " + pointText({box.minX, box.minY}) + " " + pointText({box.maxX, box.maxY});
    }
    for (std::uint32_t part = op.firstPart; part < op.firstPart + op.partCount; ++part)
        text += (part == op.firstPart ? ": " : "; ") + partText(list, part);
    return text + "\n";
}

std::string textText(const Text& text) {
    std::string line =
        "text \"" + text.utf8 + "\" at " + pointText(text.at) + " " + number(text.sizePx) + "px " + text.color.toText();
    if (text.bold)
        line += " bold";
    if (text.italic)
        line += " italic";
    if (text.letterSpacingPx != 0)
        line += " spacing " + number(text.letterSpacingPx);
    if (text.angleDegrees != 0)
        line += " angle " + number(text.angleDegrees);
    if (text.haloPx > 0 && text.halo.a > 0)
        line += " halo " + text.halo.toText() + " " + number(text.haloPx) + "px";
    return line + "\n";
}

// How far paint reaches from an op's points.
float reachPx(const DisplayList& list, OpKind kind, std::uint32_t style) {
    if (kind == OpKind::Markers)
        return list.markers[style].radiusPx();
    if (kind != OpKind::Stroke)
        return 0;
    const StrokeStyle& stroke = list.strokes[style];
    // A mitre reaches at most twice the width (limit 4, measured across).
    return stroke.join == LineJoin::Miter ? stroke.widthPx * 2 : stroke.widthPx / 2;
}

} // namespace

float MarkerStyle::radiusPx() const {
    float radius = 0;
    for (const MarkerPath& path : paths) {
        float reach = 0;
        for (const auto& ring : path.rings)
            for (const PagePoint& p : ring)
                reach = std::max(reach, std::hypot(p.x, p.y));
        radius = std::max(radius, reach + (path.stroke.a > 0 ? path.strokePx / 2 : 0));
    }
    return radius;
}

std::uint32_t DisplayList::fillStyle(Color color) {
    return indexOf(fills, color);
}

std::uint32_t DisplayList::strokeStyle(const StrokeStyle& style) {
    return indexOf(strokes, style);
}

std::uint32_t DisplayList::markerStyle(const MarkerStyle& style) {
    return indexOf(markers, style);
}

std::uint16_t DisplayList::clip(const PageBox& box) {
    return static_cast<std::uint16_t>(indexOf(clips, box));
}

void DisplayList::endPart() {
    if (points.size() > partStart.back())
        partStart.push_back(static_cast<std::uint32_t>(points.size()));
}

void DisplayList::addOp(OpKind kind, std::uint32_t style, std::uint32_t firstPart, std::uint16_t clip) {
    const auto partEnd = static_cast<std::uint32_t>(partStart.size() - 1);
    if (partEnd <= firstPart)
        return;
    Op op{kind, clip, style, firstPart, partEnd - firstPart, {}};
    for (std::size_t i = partStart[firstPart]; i < partStart[partEnd]; ++i)
        op.box.include(points[i].x, points[i].y);
    const float reach = reachPx(*this, kind, style);
    op.box.minX -= reach;
    op.box.minY -= reach;
    op.box.maxX += reach;
    op.box.maxY += reach;
    ops.push_back(op);
}

std::string DisplayList::toText() const {
    std::string text =
        "page " + std::to_string(widthPx) + "x" + std::to_string(heightPx) + " " + background.toText() + "\n";
    for (const Op& op : ops)
        text += opText(*this, op);
    for (const Text& t : texts)
        text += textText(t);
    return text;
}

} // namespace cordon
