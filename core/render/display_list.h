// What is to be drawn, wholly decided: projected, styled, ordered, clipped shapes and placed texts in page units. Pure
// data; a Canvas only draws it. Texts are drawn after all shapes.
#pragma once

#include "core/model/style.h"
#include "core/render/map_view.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cordon {

enum class LineCap : std::uint8_t { Butt, Round };
enum class LineJoin : std::uint8_t { Miter, Round };

struct StrokeStyle {
    Color color;
    float widthPx = 1;
    std::vector<float> dashPx; // on, off, ...; empty = solid
    LineCap cap = LineCap::Butt;
    LineJoin join = LineJoin::Miter;
    friend bool operator==(const StrokeStyle&, const StrokeStyle&) = default;
};

// One layer of a marker: closed outlines about (0, 0), filled even-odd, then stroked. Either may be absent (alpha 0).
struct MarkerPath {
    std::vector<std::vector<PagePoint>> rings;
    bool closed = true;
    Color fill{0, 0, 0, 0};
    Color stroke{0, 0, 0, 0};
    float strokePx = 0;
    friend bool operator==(const MarkerPath&, const MarkerPath&) = default;
};
struct MarkerStyle {
    std::vector<MarkerPath> paths; // bottom first
    float radiusPx() const;        // of all it covers, strokes included
    friend bool operator==(const MarkerStyle&, const MarkerStyle&) = default;
};

enum class OpKind : std::uint8_t {
    Fill,    // parts = rings, filled even-odd together with fills[style]
    Stroke,  // parts = lines (closed when first == last point) stroked with strokes[style]
    Letters, // parts = closed outlines, filled non-zero together with fills[style]
    Markers, // parts = one run of points, each stamped with markers[style]
};

struct Op {
    OpKind kind = OpKind::Fill;
    std::uint16_t clip = 0;      // into clips
    std::uint32_t style = 0;     // into fills (letters too) / strokes / markers
    std::uint32_t firstPart = 0; // parts firstPart..firstPart+partCount
    std::uint32_t partCount = 0;
    PageBox box; // of all it paints, stroke width included; unclipped
};

struct Text {
    std::string utf8;
    PagePoint at;      // left end of the baseline
    float sizePx = 10; // font size (em)
    float widthPx = 0; // advance as measured when it was placed
    bool bold = false;
    bool italic = false;
    float letterSpacingPx = 0;
    float angleDegrees = 0; // clockwise round `at`
    Color color{0, 0, 0, 255};
    Color halo{255, 255, 255, 0};
    float haloPx = 0; // halo width on each side
    friend bool operator==(const Text&, const Text&) = default;
};

struct DisplayList {
    int widthPx = 0;
    int heightPx = 0;
    double dpi = 96;
    bool exact = false; // thin lines, too, are drawn by their exact outlines: slow, what the fast way is compared with
    Color background{255, 255, 255, 255};
    std::vector<PageBox> clips; // clips[0] = the whole page
    std::vector<Color> fills;
    std::vector<StrokeStyle> strokes;
    std::vector<MarkerStyle> markers;
    std::vector<PagePoint> points;
    std::vector<std::uint32_t> partStart{0}; // part p = points[partStart[p], partStart[p + 1])
    std::vector<Op> ops;                     // in painting order
    std::vector<Text> texts;

    // Index of an equal style, added if new (linear search from the end; lists are short).
    std::uint32_t fillStyle(Color color);
    std::uint32_t strokeStyle(const StrokeStyle& style);
    std::uint32_t markerStyle(const MarkerStyle& style);
    std::uint16_t clip(const PageBox& box);
    // Closes a part: the points appended to `points` since the last call become one part. Empty ones are dropped.
    void endPart();
    // Adds an op over the parts [firstPart, now) and computes its box; no op if there are none.
    void addOp(OpKind kind, std::uint32_t style, std::uint32_t firstPart, std::uint16_t clip = 0);

    // For tests and debugging: one line an op or text.
    std::string toText() const;
};

} // namespace cordon
