// Shortest paths from one or several nodes to all, and how they move when a few arcs change.
#pragma once

#include "core/network/road_graph.h"

#include <limits>
#include <span>
#include <vector>

namespace cordon {

inline constexpr double kUnreached = std::numeric_limits<double>::infinity();

struct Seed {
    std::uint32_t node = kNone;
    double cost = 0;
    friend bool operator==(const Seed&, const Seed&) = default;
};

struct PathTree {
    std::vector<double> cost;       // per node; kUnreached
    std::vector<std::uint32_t> via; // per node, the arc that leads to it; kNone at seeds and where unreached

    bool reaches(std::uint32_t node) const { return cost[node] < kUnreached; }
    // The arcs from the seed to a node, in their order.
    std::vector<std::uint32_t> pathTo(const RoadGraph& graph, std::uint32_t node) const;
};

// What a change overwrote, to take it back.
struct PathUndo {
    struct Entry {
        std::uint32_t node, via;
        double cost;
    };
    std::vector<Entry> entries;
};

// Dijkstra with a heap of four children a node. Costs are per arc, not negative; infinite: not to be passed. Not
// thread-safe: keeps its heap. One per thread.
class PathSearch {
public:
    explicit PathSearch(const RoadGraph& graph) : m_graph(graph) {}

    PathTree run(std::span<const float> costs, std::span<const Seed> seeds);
    // After the costs of some arcs fell (costs are the new ones). The work is that of what becomes nearer.
    void lower(PathTree& tree, std::span<const float> costs, std::span<const std::uint32_t> arcs, PathUndo* undo = {});
    // After the costs of some arcs rose. The work is that of what was reached through them. Seeds as they were given.
    void raise(PathTree& tree, std::span<const float> costs, std::span<const std::uint32_t> arcs,
               std::span<const Seed> seeds, PathUndo* undo = {});
    static void takeBack(PathTree& tree, const PathUndo& undo);

private:
    struct Item {
        double cost;
        std::uint32_t node;
    };
    void push(double cost, std::uint32_t node);
    Item pop();
    void settle(PathTree& tree, std::span<const float> costs, PathUndo* undo);

    const RoadGraph& m_graph;
    std::vector<Item> m_heap;
    std::vector<std::uint32_t> m_affected;
};

} // namespace cordon
