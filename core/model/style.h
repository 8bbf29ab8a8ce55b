// How a layer is drawn: rules of conditions and symbols (after OGC Symbology Encoding). Sizes in millimetres and points
// on the output, so that screen and paper agree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

struct Color {
    std::uint8_t r = 0, g = 0, b = 0, a = 255; // straight (not premultiplied) alpha
    friend bool operator==(const Color&, const Color&) = default;

    static std::optional<Color> fromText(const std::string& hex); // "#RGB", "#RRGGBB", "#RRGGBBAA"
    std::string toText() const;                                   // "#RRGGBB" or "#RRGGBBAA"
    Color withOpacity(double opacity) const;                      // alpha multiplied by 0..1
    Color darker(double factor) const;                            // channels times 0..1
};

struct LineSymbol {
    Color color;
    double widthMm = 0.25;
    std::vector<double> dashMm; // on, off, ...; empty = solid
    bool roundCap = false;
    Color casingColor{255, 255, 255, 0}; // alpha 0 = no casing
    double casingMm = 0; // on each side; drawn below all lines of the layer, so that crossings stay open
};

enum class Hatch : std::uint8_t { None, Diagonal, BackDiagonal, Cross, Dots, Stipple };

struct FillSymbol {
    Color color{0, 0, 0, 0};
    Hatch hatch = Hatch::None;
    Color hatchColor;
    Color hatchColor2{0, 0, 0, 0}; // alpha > 0: every other hatch line in this colour (contested)
    double hatchWidthMm = 0.3;
    double hatchSpacingMm = 1.6;
};

enum class MarkerShape : std::uint8_t { Circle, Square, Triangle, Diamond, Cross, Star, Ring, Plane, Pin };

struct MarkerSymbol {
    MarkerShape shape = MarkerShape::Circle;
    double sizeMm = 1.6;
    Color fill{51, 51, 51, 255};
    Color stroke{255, 255, 255, 255};
    double strokeMm = 0.25;
};

enum class Comparison : std::uint8_t { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, IsNull, IsNotNull };

struct Condition {
    std::string field;
    Comparison comparison = Comparison::Equal;
    std::string value; // compared as number where both sides are numbers, else as text
};

struct Rule {
    std::vector<Condition> when;        // all must hold; empty = every feature
    std::string title;                  // legend; empty = the layer's name
    std::optional<FillSymbol> fill;     // polygons
    std::vector<LineSymbol> lines;      // lines and outlines, first at the bottom
    std::optional<MarkerSymbol> marker; // points
    double minScale = 0;                // drawn when minScale <= 1:N denominator < maxScale (0 = no bound)
    double maxScale = 0;
};

struct LabelSymbol {
    std::string field; // attribute that holds the text
    double sizePt = 7;
    Color color{0, 0, 0, 255};
    Color halo{255, 255, 255, 217};
    double haloMm = 0.4;
    bool bold = false;
    bool italic = false;
    bool upperCase = false;
    double letterSpacingEm = 0;
    std::string priorityField; // larger value is placed first
    double minScale = 0, maxScale = 0;
};

struct LabelRule {
    std::vector<Condition> when;
    LabelSymbol symbol;
};

// A feature is drawn with the first rule whose conditions hold; with none it is not drawn. Labels likewise.
struct Style {
    std::vector<Rule> rules;
    std::vector<LabelRule> labels;
};

} // namespace cordon
