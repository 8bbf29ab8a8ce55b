// How fast a road is driven, in km/h, when its layer does not say:
//
//   class                 dry   rainy        surface           dry    rainy
//   motorway               90     80         paved            x 1     x 0.9
//   main (trunk, primary)  60     50         gravel, laterite x 0.8   x 0.6
//   secondary              45     35         earth            x 0.6   x 0.35
//   tertiary               35     25         sand             x 0.5   x 0.5
//   local                  30     20
//   track                  20     10         a ford: at most 5, in the rainy season 2
//   path                    5      4
//   ferry                   8      8
//   unknown                40     30
//
// A speed the layer gives holds in the dry season whatever the surface; in the rainy one it is lowered as its class and
// surface are. These are assumptions for a first answer, not measurements: give speeds with the layer where they are
// known.
#pragma once

#include "core/network/road_attributes.h"

namespace cordon {

enum class Season : std::uint8_t { Dry, Rainy };

double speedKmh(const RoadAttributes& attributes, Season season); // > 0

} // namespace cordon
