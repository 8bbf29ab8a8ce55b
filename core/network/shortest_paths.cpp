#include "core/network/shortest_paths.h"

#include <algorithm>

namespace cordon {

std::vector<std::uint32_t> PathTree::pathTo(const RoadGraph& graph, std::uint32_t node) const {
    std::vector<std::uint32_t> arcs;
    for (std::uint32_t arc = via[node]; arc != kNone; arc = via[graph.tailOf(arc)])
        arcs.push_back(arc);
    std::reverse(arcs.begin(), arcs.end());
    return arcs;
}

void PathSearch::push(double cost, std::uint32_t node) {
    std::size_t at = m_heap.size();
    m_heap.push_back({cost, node});
    while (at > 0) {
        const std::size_t parent = (at - 1) / 4;
        if (m_heap[parent].cost <= cost)
            break;
        m_heap[at] = m_heap[parent];
        at = parent;
    }
    m_heap[at] = {cost, node};
}

PathSearch::Item PathSearch::pop() {
    const Item top = m_heap.front(), last = m_heap.back();
    m_heap.pop_back();
    const std::size_t size = m_heap.size();
    if (size == 0)
        return top;
    std::size_t at = 0;
    for (;;) {
        const std::size_t first = 4 * at + 1, end = std::min(first + 4, size);
        if (first >= size)
            break;
        std::size_t least = first;
        for (std::size_t child = first + 1; child < end; ++child)
            if (m_heap[child].cost < m_heap[least].cost)
                least = child;
        if (m_heap[least].cost >= last.cost)
            break;
        m_heap[at] = m_heap[least];
        at = least;
    }
    m_heap[at] = last;
    return top;
}

void PathSearch::settle(PathTree& tree, std::span<const float> costs, PathUndo* undo) {
    while (!m_heap.empty()) {
        const Item item = pop();
        if (item.cost > tree.cost[item.node])
            continue;
        const std::uint32_t end = m_graph.firstArc[item.node + 1];
        for (std::uint32_t arc = m_graph.firstArc[item.node]; arc < end; ++arc) {
            const double cost = item.cost + static_cast<double>(costs[arc]);
            const std::uint32_t node = m_graph.head[arc];
            if (!(cost < tree.cost[node]))
                continue;
            if (undo)
                undo->entries.push_back({node, tree.via[node], tree.cost[node]});
            tree.cost[node] = cost;
            tree.via[node] = arc;
            push(cost, node);
        }
    }
}

PathTree PathSearch::run(std::span<const float> costs, std::span<const Seed> seeds) {
    PathTree tree;
    tree.cost.assign(m_graph.nodeCount(), kUnreached);
    tree.via.assign(m_graph.nodeCount(), kNone);
    m_heap.clear();
    for (const Seed& seed : seeds)
        if (seed.cost < tree.cost[seed.node]) {
            tree.cost[seed.node] = seed.cost;
            push(seed.cost, seed.node);
        }
    settle(tree, costs, nullptr);
    return tree;
}

void PathSearch::lower(PathTree& tree, std::span<const float> costs, std::span<const std::uint32_t> arcs,
                       PathUndo* undo) {
    m_heap.clear();
    for (const std::uint32_t arc : arcs) {
        const std::uint32_t node = m_graph.head[arc];
        const double cost = tree.cost[m_graph.tailOf(arc)] + static_cast<double>(costs[arc]);
        if (!(cost < tree.cost[node]))
            continue;
        if (undo)
            undo->entries.push_back({node, tree.via[node], tree.cost[node]});
        tree.cost[node] = cost;
        tree.via[node] = arc;
        push(cost, node);
    }
    settle(tree, costs, undo);
}

void PathSearch::raise(PathTree& tree, std::span<const float> costs, std::span<const std::uint32_t> arcs,
                       std::span<const Seed> seeds, PathUndo* undo) {
    m_affected.clear();
    const auto affect = [&](std::uint32_t node) {
        if (undo)
            undo->entries.push_back({node, tree.via[node], tree.cost[node]});
        tree.cost[node] = kUnreached;
        m_affected.push_back(node);
    };
    for (const std::uint32_t arc : arcs)
        if (tree.via[m_graph.head[arc]] == arc && tree.reaches(m_graph.head[arc]))
            affect(m_graph.head[arc]);
    // All that hangs on them: nodes whose way in starts at one that is affected.
    for (std::size_t i = 0; i < m_affected.size(); ++i)
        for (std::uint32_t arc = m_graph.firstArc[m_affected[i]]; arc < m_graph.firstArc[m_affected[i] + 1]; ++arc)
            if (const std::uint32_t node = m_graph.head[arc]; tree.via[node] == arc && tree.reaches(node))
                affect(node);
    for (const std::uint32_t node : m_affected)
        tree.via[node] = kNone;
    m_heap.clear();
    for (const Seed& seed : seeds)
        if (seed.cost < tree.cost[seed.node]) {
            if (undo)
                undo->entries.push_back({seed.node, tree.via[seed.node], tree.cost[seed.node]});
            tree.cost[seed.node] = seed.cost;
            tree.via[seed.node] = kNone;
            push(seed.cost, seed.node);
        }
    for (const std::uint32_t node : m_affected)
        for (std::uint32_t out = m_graph.firstArc[node]; out < m_graph.firstArc[node + 1]; ++out) {
            const std::uint32_t arc = m_graph.twinOf(out); // the same edge towards the node
            const double cost = tree.cost[m_graph.head[out]] + static_cast<double>(costs[arc]);
            if (!(cost < tree.cost[node]))
                continue;
            tree.cost[node] = cost;
            tree.via[node] = arc;
            push(cost, node);
        }
    settle(tree, costs, undo);
}

void PathSearch::takeBack(PathTree& tree, const PathUndo& undo) {
    for (auto entry = undo.entries.rbegin(); entry != undo.entries.rend(); ++entry) {
        tree.cost[entry->node] = entry->cost;
        tree.via[entry->node] = entry->via;
    }
}

} // namespace cordon
