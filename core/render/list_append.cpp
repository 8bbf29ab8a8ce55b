#include "core/render/list_append.h"

#include <algorithm>

namespace cordon {

namespace {

PageBox moved(const PageBox& box, PagePoint by) {
    return {box.minX + by.x, box.minY + by.y, box.maxX + by.x, box.maxY + by.y};
}

PageBox intersection(const PageBox& a, const PageBox& b) {
    return {std::max(a.minX, b.minX), std::max(a.minY, b.minY), std::min(a.maxX, b.maxX), std::min(a.maxY, b.maxY)};
}

std::uint32_t mappedStyle(DisplayList& to, const DisplayList& from, const Op& op) {
    switch (op.kind) {
    case OpKind::Fill:
    case OpKind::Letters:
        return to.fillStyle(from.fills[op.style]);
    case OpKind::Stroke:
        return to.strokeStyle(from.strokes[op.style]);
    case OpKind::Markers:
        break;
    }
    return to.markerStyle(from.markers[op.style]);
}

} // namespace

void appendList(DisplayList& to, const DisplayList& from, PagePoint origin, const PageBox& clip) {
    std::vector<std::uint16_t> clips(std::max<std::size_t>(1, from.clips.size()));
    clips[0] = to.clip(clip);
    for (std::size_t i = 1; i < from.clips.size(); ++i)
        clips[i] = to.clip(intersection(moved(from.clips[i], origin), clip));

    const auto firstPoint = static_cast<std::uint32_t>(to.points.size());
    const auto firstPart = static_cast<std::uint32_t>(to.partStart.size() - 1);
    to.points.reserve(to.points.size() + from.points.size());
    for (const PagePoint point : from.points)
        to.points.push_back({point.x + origin.x, point.y + origin.y});
    to.partStart.reserve(to.partStart.size() + from.partStart.size());
    for (std::size_t part = 1; part < from.partStart.size(); ++part)
        to.partStart.push_back(firstPoint + from.partStart[part]);

    for (Op op : from.ops) {
        op.style = mappedStyle(to, from, op);
        op.clip = clips[op.clip];
        op.firstPart += firstPart;
        op.box = moved(op.box, origin);
        to.ops.push_back(op);
    }
    for (Text text : from.texts) {
        text.at = {text.at.x + origin.x, text.at.y + origin.y};
        to.texts.push_back(text);
    }
}

void appendBoxPart(DisplayList& list, const PageBox& box) {
    list.points.insert(
        list.points.end(),
        {{box.minX, box.minY}, {box.maxX, box.minY}, {box.maxX, box.maxY}, {box.minX, box.maxY}, {box.minX, box.minY}});
    list.endPart();
}

} // namespace cordon
