#include "core/model/default_style.h"

namespace cordon {

Style defaultStyle(LayerRole, const FeatureTable&) {
    Rule rule;
    rule.fill = FillSymbol{Color{235, 233, 225, 255}};
    rule.lines = {LineSymbol{Color{91, 91, 91, 255}, 0.25}};
    rule.marker = MarkerSymbol{};
    return Style{{rule}, {}};
}

} // namespace cordon
