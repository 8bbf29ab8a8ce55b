// Thinning of lines and rings on a layer's grid. Internal to render.
#pragma once

#include "core/render/prepared_layer.h"

namespace cordon {

// Lines and rings are thinned as by Douglas and Peucker (1973), between anchors, which are chosen by position alone, so
// that a border shared by two rings is thinned alike in both. What that keeps for a tolerance it keeps for every
// smaller one: a vertex's rank is the highest level that keeps it (level l: tolerance 2^(l / kLevelsPerDoubling)
// steps). Ranks are found down to one level, and from there to a finer one with little more work.

constexpr VertexRank kAlwaysKept = 255; // the ends of what is thinned by itself
constexpr VertexRank kUnranked = 255;   // a level above all others

// `ranks`: one a vertex of the part, of which nothing is known after this but the anchors.
void startRanks(std::span<const GridPoint> part, std::span<VertexRank> ranks);
// Finds the ranks down to `level`, from 1 on, where those down to `known` are there.
void findRanks(std::span<const GridPoint> part, std::span<VertexRank> ranks, int known, int level);
constexpr std::size_t kLeastOfRing = 4; // a ring keeps a triangle, so that small areas do not lose their ink
// Writes the vertices that `level` keeps to `out` and returns their number; the ranks must be known down to it. There
// must be room for one more, and for kLeastOfRing where the part is a ring (first == last point).
std::size_t writeThinned(std::span<const GridPoint> part, std::span<const VertexRank> ranks, int level, GridPoint* out);

} // namespace cordon
