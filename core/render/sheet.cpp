#include "core/render/sheet.h"

#include "core/render/day_chart.h"
#include "core/render/graticule.h"
#include "core/render/sheet_column.h"
#include "core/render/sheet_layout.h"
#include "core/render/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cordon {

namespace {

constexpr Color kInk{34, 34, 34, 255};
constexpr Color kGrey{0x5B, 0x5B, 0x5B, 255};

std::uint32_t nextPart(const DisplayList& list) {
    return static_cast<std::uint32_t>(list.partStart.size() - 1);
}

void appendBoxOutline(DisplayList& list, const PageBox& box, float widthPx) {
    const auto first = nextPart(list);
    appendBoxPart(list, box);
    StrokeStyle stroke;
    stroke.color = kInk;
    stroke.widthPx = widthPx;
    list.addOp(OpKind::Stroke, list.strokeStyle(stroke), first);
}

// 1:N rounded up so that it reads well, by at most 5 %: 4 387 112 -> 4 400 000.
double roundedScale(double denominator) {
    if (!(denominator >= 100) || !std::isfinite(denominator))
        return denominator;
    const double power = std::pow(10, std::floor(std::log10(denominator)) - 1);
    const double unit = denominator < 20 * power ? power / 2 : power;
    return std::ceil(denominator / unit - 1e-6) * unit;
}

void roundScale(MapView& view) {
    const double denominator = view.scaleDenominator();
    if (denominator > 0 && std::isfinite(denominator))
        view.unitsPerPx *= roundedScale(denominator) / denominator;
}

PageBox boxOf(const Text& text) {
    const TextExtent extent = measureText(text.utf8, text.sizePx, text.bold, text.italic, text.letterSpacingPx);
    const double angle = static_cast<double>(text.angleDegrees) * 3.14159265358979323846 / 180;
    const auto cosine = static_cast<float>(std::cos(angle));
    const auto sine = static_cast<float>(std::sin(angle));
    PageBox box;
    for (const float x : {0.0F, extent.advancePx})
        for (const float y : {-extent.ascentPx, extent.descentPx})
            box.include(text.at.x + x * cosine - y * sine, text.at.y + x * sine + y * cosine);
    return box;
}

// The map under the frame: its page becomes a clip, and no text may reach across the neat line.
void appendMap(DisplayList& list, const DisplayList& map, const PageBox& frame) {
    const auto first = nextPart(list);
    appendBoxPart(list, frame);
    list.addOp(OpKind::Fill, list.fillStyle(map.background), first);
    const std::size_t firstText = list.texts.size();
    appendList(list, map, {frame.minX, frame.minY}, frame);
    const auto leaves = [&](const Text& text) {
        const PageBox box = boxOf(text);
        return box.minX < frame.minX || box.maxX > frame.maxX || box.minY < frame.minY || box.maxY > frame.maxY;
    };
    list.texts.erase(
        std::remove_if(list.texts.begin() + static_cast<std::ptrdiff_t>(firstText), list.texts.end(), leaves),
        list.texts.end());
}

// Degrees in the band between the neat line and the outer line, with a tick each.
class FrameLabels {
public:
    FrameLabels(DisplayList& list, const SheetLayout& layout) : m_list(list), m_layout(layout) {
        m_style.sizePx = layout.pt(6);
        m_style.color = kGrey;
        m_capHeightPx = measureText("0", m_style.sizePx).capHeightPx;
        m_usedTo.fill(-1e9F);
    }

    void append(const GraticuleLabel& label) {
        const PageBox& frame = m_layout.frame;
        const bool isHorizontal = label.side == FrameSide::Top || label.side == FrameSide::Bottom;
        const float width = measureText(label.text, m_style.sizePx).advancePx;
        const float start = label.position - width / 2;
        const float length = isHorizontal ? frame.width() : frame.height();
        float& usedTo = m_usedTo[static_cast<std::size_t>(label.side)];
        const float room = frame.minX - m_layout.outer.minX;
        if (room < m_style.sizePx * 1.15F) // a page too small for a band of labels
            return;
        if (start < 0 || start + width > length || start < usedTo + m_style.sizePx)
            return;
        usedTo = start + width;
        Text text;
        text.utf8 = label.text;
        text.sizePx = m_style.sizePx;
        text.widthPx = width;
        text.color = m_style.color;
        const float band = room / 2; // its middle
        switch (label.side) {
        case FrameSide::Top:
            text.at = {frame.minX + start, frame.minY - band + m_capHeightPx / 2};
            appendTick({frame.minX + label.position, frame.minY}, 0, -1);
            break;
        case FrameSide::Bottom:
            text.at = {frame.minX + start, frame.maxY + band + m_capHeightPx / 2};
            appendTick({frame.minX + label.position, frame.maxY}, 0, 1);
            break;
        case FrameSide::Left: // reads upwards
            text.angleDegrees = -90;
            text.at = {frame.minX - band + m_capHeightPx / 2, frame.minY + label.position + width / 2};
            appendTick({frame.minX, frame.minY + label.position}, -1, 0);
            break;
        case FrameSide::Right: // reads downwards
            text.angleDegrees = 90;
            text.at = {frame.maxX + band - m_capHeightPx / 2, frame.minY + label.position - width / 2};
            appendTick({frame.maxX, frame.minY + label.position}, 1, 0);
            break;
        }
        m_list.texts.push_back(text);
    }

private:
    void appendTick(PagePoint from, float dx, float dy) {
        const float length = m_layout.mm(0.6 * m_layout.type);
        const auto first = nextPart(m_list);
        m_list.points.push_back(from);
        m_list.points.push_back({from.x + dx * length, from.y + dy * length});
        m_list.endPart();
        StrokeStyle stroke;
        stroke.color = kInk;
        stroke.widthPx = m_layout.mm(0.12);
        m_list.addOp(OpKind::Stroke, m_list.strokeStyle(stroke), first);
    }

    DisplayList& m_list;
    const SheetLayout& m_layout;
    TextStyle m_style;
    float m_capHeightPx = 0;
    std::array<float, 4> m_usedTo{};
};

void appendFrame(DisplayList& list, const SheetLayout& layout, const MapView& view, const std::string& language) {
    FrameLabels labels(list, layout);
    auto all = graticuleLabels(graticuleLines(view, Projection(view.crs)), view, language);
    std::stable_sort(all.begin(), all.end(),
                     [](const GraticuleLabel& a, const GraticuleLabel& b) { return a.position < b.position; });
    for (const GraticuleLabel& label : all)
        labels.append(label);
    appendBoxOutline(list, layout.frame, layout.mm(0.12));
    appendBoxOutline(list, layout.outer.grown(-layout.mm(0.15)), layout.mm(0.3));
}

} // namespace

MapFrame mapFrameOf(const Scene& scene, const Page& wholePage) {
    const Page page = pageFor(*scene.project, wholePage);
    MapFrame frame;
    frame.box = mapFrameBox(page);
    frame.view = scene.view;
    frame.view.dpi = page.dpi;
    frame.view.widthPx = static_cast<int>(frame.box.width());
    frame.view.heightPx = static_cast<int>(frame.box.height());
    if (frame.view.widthPx == scene.view.widthPx && frame.view.heightPx == scene.view.heightPx)
        return frame;
    const MapBox visible = scene.view.box();
    frame.view.unitsPerPx = std::max(visible.width() / frame.view.widthPx, visible.height() / frame.view.heightPx);
    roundScale(frame.view);
    return frame;
}

MapView sheetView(const GeoBox& extent, const Crs& crs, const Page& page, double marginFraction) {
    const PageBox frame = mapFrameBox(page);
    MapView view = viewOf(extent, crs, static_cast<int>(frame.width()), static_cast<int>(frame.height()), page.dpi,
                          marginFraction);
    roundScale(view);
    return view;
}

DisplayList buildSheet(const Scene& scene, const Page& wholePage, PreparedLayers& prepared, std::stop_token stop) {
    const Page page = pageFor(*scene.project, wholePage);
    const SheetLayout layout = sheetLayout(page);
    Scene mapScene = scene;
    mapScene.view = mapFrameOf(scene, page).view;
    mapScene.graticule = true;
    const DisplayList map = buildDisplayList(mapScene, prepared, stop);

    DisplayList list;
    list.widthPx = page.widthPx();
    list.heightPx = page.heightPx();
    list.dpi = page.dpi;
    list.clips.push_back({0, 0, static_cast<float>(list.widthPx), static_cast<float>(list.heightPx)});
    appendMap(list, map, layout.frame);
    appendFrame(list, layout, mapScene.view, scene.project->map.language);
    appendColumn(list, layout, mapScene, legendOf(mapScene, prepared, stop));
    if (!layout.strip.isEmpty())
        appendDayChart(list, *scene.project->answer->chart, layout.strip, chartText(layout));
    return list;
}

} // namespace cordon
