#include "app/gui/layer_swatch.h"

#include "core/render/render.h"
#include "core/render/symbols.h"

#include <algorithm>

namespace cordon {

namespace {

constexpr double kDpi = 96; // of a logical pixel

struct Swatch {
    DisplayList list;
    double pxPerMm = 1;
    float width = 0, height = 0;

    std::uint32_t addRectangle() {
        const auto first = static_cast<std::uint32_t>(list.partStart.size() - 1);
        const float left = 1.5F, top = 2.5F, right = width - 1.5F, bottom = height - 2.5F;
        for (const PagePoint p : {PagePoint{left, top}, {right, top}, {right, bottom}, {left, bottom}, {left, top}})
            list.points.push_back(p);
        list.endPart();
        return first;
    }
    std::uint32_t addLine() {
        const auto first = static_cast<std::uint32_t>(list.partStart.size() - 1);
        list.points.push_back({1, height * 0.65F});
        list.points.push_back({width * 0.4F, height * 0.4F});
        list.points.push_back({width * 0.6F, height * 0.6F});
        list.points.push_back({width - 1, height * 0.35F});
        list.endPart();
        return first;
    }
    // In the middle, made smaller where it would not fit.
    template <class MarkerAt> void addMarker(MarkerAt markerAt) {
        MarkerStyle marker = markerAt(pxPerMm);
        const double room = height / 2 - 1;
        if (marker.radiusPx() > room)
            marker = markerAt(pxPerMm * room / marker.radiusPx());
        appendMarker(list, marker, {width / 2, height / 2});
    }
};

// The rule most people would call the layer's look: the first that draws this kind of geometry.
template <class Has> const Rule* firstRule(const Style& style, Has has) {
    const auto it = std::ranges::find_if(style.rules, has);
    return it == style.rules.end() ? nullptr : &*it;
}

void addTableLayer(Swatch& swatch, const Layer& layer) {
    const GeometryClass kind = layer.table->geometryClass();
    if (kind == GeometryClass::Points) {
        if (const Rule* rule = firstRule(layer.style, [](const Rule& r) { return r.marker.has_value(); }))
            swatch.addMarker([&](double pxPerMm) { return markerOf(*rule->marker, pxPerMm); });
        return;
    }
    const bool isArea = kind == GeometryClass::Polygons || kind == GeometryClass::Mixed;
    const Rule* rule = firstRule(layer.style, [&](const Rule& r) { return !r.lines.empty() || (isArea && r.fill); });
    if (!rule)
        return;
    const std::uint32_t first = isArea ? swatch.addRectangle() : swatch.addLine();
    if (isArea && rule->fill)
        appendFill(swatch.list, first, *rule->fill, swatch.pxPerMm);
    for (const LineSymbol& line : rule->lines) {
        appendCasing(swatch.list, first, line, swatch.pxPerMm);
        appendLine(swatch.list, first, line, swatch.pxPerMm);
    }
}

void addSituationLayer(Swatch& swatch, LayerRole role, const Situation& situation) {
    if (role == LayerRole::ControlAreas) {
        std::vector<Color> colors;
        if (!situation.controlAreas.empty())
            if (const Actor* actor = situation.findActor(situation.controlAreas.front().actor))
                colors.push_back(actor->color);
        if (colors.empty())
            colors.push_back({213, 94, 0, 255});
        appendControlArea(swatch.list, swatch.addRectangle(), ControlClass::Control, ControlBasis::Assessed, colors, 1,
                          swatch.pxPerMm);
    } else if (role == LayerRole::RoadStatuses) {
        appendRoadStatus(swatch.list, swatch.addLine(), {RoadStatusKind::Blocked}, 1, swatch.pxPerMm);
    } else if (role == LayerRole::Restrictions) {
        swatch.addMarker([](double pxPerMm) { return restrictedTownMarker(pxPerMm); });
    } else if (role == LayerRole::Measures) {
        swatch.addMarker([](double pxPerMm) { return measureMarker(pxPerMm); });
    } else {
        swatch.addMarker([](double pxPerMm) { return incidentMarker(IncidentType::ArmedAttack, 5, 1, pxPerMm); });
    }
}

} // namespace

QPixmap layerSwatch(const Layer& layer, const Situation& situation, QSize size, double devicePixelRatio) {
    Swatch swatch;
    swatch.list.widthPx = static_cast<int>(size.width() * devicePixelRatio);
    swatch.list.heightPx = static_cast<int>(size.height() * devicePixelRatio);
    swatch.list.dpi = kDpi * devicePixelRatio;
    swatch.list.background = {0, 0, 0, 0};
    swatch.pxPerMm = swatch.list.dpi / 25.4;
    swatch.width = static_cast<float>(swatch.list.widthPx);
    swatch.height = static_cast<float>(swatch.list.heightPx);
    swatch.list.clips.push_back({0, 0, swatch.width, swatch.height});
    if (isSituationRole(layer.role))
        addSituationLayer(swatch, layer.role, situation);
    else if (layer.table)
        addTableLayer(swatch, layer);
    QPixmap pixmap = QPixmap::fromImage(drawImage(swatch.list, 1));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace cordon
