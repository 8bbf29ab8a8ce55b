#include "core/render/symbols.h"

#include "core/render/hatch.h"
#include "core/render/text.h"

#include <algorithm>

namespace cordon {
namespace {

constexpr Color kWhite{255, 255, 255, 255};
constexpr Color kBlocked{0xD5, 0x5E, 0x00, 255};
constexpr Color kRestricted{0xE6, 0x9F, 0x00, 255};
constexpr Color kRestrictedCasing{0x4A, 0x33, 0x00, 255};
constexpr Color kImpassable{0x7A, 0x2E, 0x00, 255};
constexpr Color kOpen{0x5B, 0x5B, 0x5B, 255};
constexpr Color kUnknown{0x8C, 0x8C, 0x8C, 255};
constexpr Color kNoInformation{0xD9, 0xD9, 0xD9, 255};
constexpr Color kNeutralActor{0x8C, 0x8C, 0x8C, 255};

StrokeStyle stroke(Color color, double widthMm, double pxPerMm, std::vector<double> dashMm = {},
                   bool roundCap = false) {
    LineSymbol symbol;
    symbol.color = color;
    symbol.widthMm = widthMm;
    symbol.dashMm = std::move(dashMm);
    symbol.roundCap = roundCap;
    return strokeOf(symbol, pxPerMm);
}

PartRange rangeFrom(const DisplayList& list, std::uint32_t firstPart) {
    return {firstPart, partTotal(list) - firstPart};
}

} // namespace

StrokeStyle strokeOf(const LineSymbol& symbol, double pxPerMm) {
    StrokeStyle style;
    style.color = symbol.color;
    style.widthPx = static_cast<float>(symbol.widthMm * pxPerMm);
    for (const double length : symbol.dashMm)
        style.dashPx.push_back(static_cast<float>(std::max(length * pxPerMm, 0.05)));
    style.cap = symbol.roundCap ? LineCap::Round : LineCap::Butt;
    style.join = LineJoin::Round;
    return style;
}

void appendFill(DisplayList& list, std::uint32_t firstPart, const FillSymbol& symbol, double pxPerMm,
                std::uint16_t clip) {
    const PartRange rings = rangeFrom(list, firstPart);
    if (symbol.color.a > 0)
        addOpOver(list, OpKind::Fill, list.fillStyle(symbol.color), rings, clip);
    appendHatch(list, rings, symbol, pxPerMm, clip);
}

void appendLine(DisplayList& list, std::uint32_t firstPart, const LineSymbol& symbol, double pxPerMm,
                std::uint16_t clip, std::uint32_t partCount) {
    if (symbol.color.a == 0 || !(symbol.widthMm > 0))
        return;
    PartRange lines = rangeFrom(list, firstPart);
    lines.count = std::min(lines.count, partCount);
    addOpOver(list, OpKind::Stroke, list.strokeStyle(strokeOf(symbol, pxPerMm)), lines, clip);
}

void appendCasing(DisplayList& list, std::uint32_t firstPart, const LineSymbol& symbol, double pxPerMm,
                  std::uint16_t clip) {
    if (symbol.casingColor.a == 0 || !(symbol.casingMm > 0))
        return;
    StrokeStyle casing = stroke(symbol.casingColor, symbol.widthMm + 2 * symbol.casingMm, pxPerMm, {}, symbol.roundCap);
    addOpOver(list, OpKind::Stroke, list.strokeStyle(casing), rangeFrom(list, firstPart), clip);
}

void appendControlArea(DisplayList& list, std::uint32_t firstPart, ControlClass controlClass, ControlBasis basis,
                       const std::vector<Color>& actorColors, double opacity, double pxPerMm, std::uint16_t clip) {
    const PartRange rings = rangeFrom(list, firstPart);
    const Color actor = actorColors.empty() ? kNeutralActor : actorColors[0];
    const Color other = actorColors.size() > 1 ? actorColors[1] : kNeutralActor;
    const bool claimed = basis == ControlBasis::Claimed;
    FillSymbol fill;
    fill.hatchColor = actor.withOpacity(opacity);
    std::optional<StrokeStyle> edge;
    switch (controlClass) {
    case ControlClass::Control:
        fill.color = actor.withOpacity((claimed ? 0.06 : 0.35) * opacity);
        fill.hatch = claimed ? Hatch::Diagonal : Hatch::None;
        edge = stroke(actor.darker(0.75).withOpacity(opacity), 0.35, pxPerMm,
                      claimed ? std::vector<double>{1.8, 1.0} : std::vector<double>{});
        break;
    case ControlClass::Contested:
        // Both actors' stripes in turn, broader than those of a claim, so that the two differ in grey too.
        fill.color = kWhite.withOpacity(0.35 * opacity);
        fill.hatch = Hatch::Diagonal;
        fill.hatchColor = actor.withOpacity(0.6 * opacity);
        fill.hatchColor2 = other.withOpacity(0.6 * opacity);
        fill.hatchWidthMm = claimed ? 0.65 : 1.1;
        fill.hatchSpacingMm = 1.6;
        edge = stroke(kOpen.withOpacity(opacity), 0.25, pxPerMm);
        break;
    case ControlClass::Support:
    case ControlClass::Influence: {
        const bool support = controlClass == ControlClass::Support;
        fill.color = actor.withOpacity((support ? 0.18 : 0.10) * opacity);
        fill.hatch = claimed ? Hatch::Diagonal : Hatch::Dots;
        fill.hatchColor = actor.withOpacity((support ? 0.55 : 0.4) * opacity);
        fill.hatchWidthMm = claimed ? 0.2 : support ? 0.5 : 0.35;
        fill.hatchSpacingMm = support ? 1.8 : 2.6;
        break;
    }
    case ControlClass::AttackZone:
        edge = stroke(actor.darker(0.85).withOpacity(opacity), 0.3, pxPerMm,
                      claimed ? std::vector<double>{1.8, 1.0} : std::vector<double>{});
        break;
    case ControlClass::NoInformation:
        fill.color = kNoInformation.withOpacity(0.22 * opacity); // more would darken the country against its neighbours
        fill.hatch = Hatch::Stipple;
        fill.hatchColor = kUnknown.withOpacity(0.8 * opacity);
        fill.hatchWidthMm = 0.22;
        fill.hatchSpacingMm = 0.9;
        break;
    }
    appendFill(list, firstPart, fill, pxPerMm, clip);
    if (edge)
        addOpOver(list, OpKind::Stroke, list.strokeStyle(*edge), rings, clip);
    if (controlClass == ControlClass::AttackZone)
        appendInwardTicks(list, rings, stroke(edge->color, 0.3, pxPerMm), 2 * pxPerMm, 1.3 * pxPerMm, clip);
}

void appendLastKnownControl(DisplayList& list, std::uint32_t firstPart, Color actorColor, double opacity,
                            double pxPerMm, std::uint16_t clip) {
    const PartRange rings = rangeFrom(list, firstPart);
    appendControlArea(list, firstPart, ControlClass::NoInformation, ControlBasis::Assessed, {}, opacity, pxPerMm, clip);
    const StrokeStyle edge = stroke(actorColor.withOpacity(0.8 * opacity), 0.35, pxPerMm, {0.02, 1.0}, true);
    addOpOver(list, OpKind::Stroke, list.strokeStyle(edge), rings, clip);
}

void appendRestrictedArea(DisplayList& list, std::uint32_t firstPart, bool isStale, double opacity, double pxPerMm,
                          std::uint16_t clip) {
    const PartRange rings = rangeFrom(list, firstPart);
    const auto draw = [&](Color color, double widthMm, std::vector<double> dashMm = {}) {
        const StrokeStyle style = stroke(color.withOpacity(opacity), widthMm, pxPerMm, std::move(dashMm));
        addOpOver(list, OpKind::Stroke, list.strokeStyle(style), rings, clip);
    };
    if (isStale) {
        draw(kWhite, 1.1);
        draw(kUnknown, 0.6, {0.6, 1.2});
        return;
    }
    draw(kWhite, 1.7);
    draw(kBlocked, 1.3);
    draw(kWhite, 0.5);
}

void appendRoadStatus(DisplayList& list, std::uint32_t firstPart, const RoadStatusLook& look, double opacity,
                      double pxPerMm, std::uint16_t clip) {
    const PartRange lines = rangeFrom(list, firstPart);
    const auto draw = [&](Color color, double widthMm, std::vector<double> dashMm = {}, bool roundCap = false) {
        const StrokeStyle style = stroke(color.withOpacity(opacity), widthMm, pxPerMm, std::move(dashMm), roundCap);
        addOpOver(list, OpKind::Stroke, list.strokeStyle(style), lines, clip);
    };
    // Every status lies on a white band that covers the road's own line.
    switch (look.status) {
    case RoadStatusKind::Open:
        draw(kWhite, 1.0);
        draw(kOpen, 0.6);
        break;
    case RoadStatusKind::Restricted:
        draw(kRestrictedCasing, 1.1);
        draw(kWhite, 0.8);
        draw(kRestricted, 0.8, {4, 1.2});
        break;
    case RoadStatusKind::Difficult:
        draw(kWhite, 1.2);
        draw(kRestricted, 0.8, {0.02, 1.3}, true);
        break;
    case RoadStatusKind::Blocked:
        draw(kWhite, 1.6);
        draw(kBlocked, 1.1);
        appendCrossTicks(list, lines, stroke(Color{0, 0, 0, 255}.withOpacity(opacity), 0.35, pxPerMm), 3 * pxPerMm,
                         2.3 * pxPerMm, clip);
        break;
    case RoadStatusKind::Impassable:
        draw(kWhite, 1.5);
        draw(kImpassable, 1.1, {1.5, 1});
        break;
    case RoadStatusKind::Contested:
        draw(kWhite, 1.3);
        draw(kOpen, 0.9);
        draw(kBlocked, 0.9, {3, 3});
        break;
    case RoadStatusKind::Unknown:
        draw(kWhite.withOpacity(0.9), 1.1);
        draw(kUnknown, 0.7, {0.6, 1.2});
        break;
    }
}

} // namespace cordon
