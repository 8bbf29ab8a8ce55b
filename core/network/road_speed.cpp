#include "core/network/road_speed.h"

#include <algorithm>
#include <array>

namespace cordon {
namespace {

struct Pair {
    double dry, rainy;
    double in(Season season) const { return season == Season::Dry ? dry : rainy; }
};
// In the order of the enumerators.
constexpr std::array<Pair, 9> kByClass = {
    {{90, 80}, {60, 50}, {45, 35}, {35, 25}, {30, 20}, {20, 10}, {5, 4}, {8, 8}, {40, 30}}};
constexpr std::array<Pair, 5> kBySurface = {{{1, 1}, {1, 0.9}, {0.8, 0.6}, {0.6, 0.35}, {0.5, 0.5}}};
constexpr Pair kFord = {5, 2};

} // namespace

double speedKmh(const RoadAttributes& attributes, Season season) {
    const Pair& byClass = kByClass[static_cast<std::size_t>(attributes.roadClass)];
    const Pair& bySurface = kBySurface[static_cast<std::size_t>(attributes.surface)];
    double speed = byClass.in(season)*bySurface.in(season);
    if (attributes.speedKmh > 0)
        speed = attributes.speedKmh * (season == Season::Dry ? 1 : speed / (byClass.dry * bySurface.dry));
    return attributes.isFord ? std::min(speed, kFord.in(season)) : speed;
}

} // namespace cordon
