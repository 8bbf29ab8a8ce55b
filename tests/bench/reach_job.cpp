#include "tests/bench/reach_job.h"

#include "core/geo/geodesic.h"
#include "core/io/vector_reader.h"
#include "core/network/graph_builder.h"
#include "core/network/shortest_paths.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace cordon::bench {
namespace {

double nowMs() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::uint32_t middleNode(const RoadGraph& graph) {
    LonLat mean;
    for (const LonLat& node : graph.nodes) {
        mean.lonDegrees += node.lonDegrees / graph.nodeCount();
        mean.latDegrees += node.latDegrees / graph.nodeCount();
    }
    std::uint32_t nearest = 0;
    double least = 1e18;
    for (std::uint32_t n = 0; n < graph.nodeCount(); ++n) {
        const double x = (graph.nodes[n].lonDegrees - mean.lonDegrees) * 0.7, // only near ones are compared exactly
            y = graph.nodes[n].latDegrees - mean.latDegrees;
        if (x * x + y * y > 0.25)
            continue;
        if (const double meters = distanceMeters(graph.nodes[n], mean); meters < least) {
            least = meters;
            nearest = n;
        }
    }
    return nearest;
}

std::vector<std::uint8_t> blockedEdges(const RoadGraph& graph) {
    std::vector<std::uint8_t> blocked(graph.edgeCount(), 0);
    for (std::uint32_t e = 0; e < graph.edgeCount(); ++e) {
        const RoadChain& chain = graph.chainOf(e);
        const Column* status = graph.tables[chain.table]->findColumn("status");
        blocked[e] = status && status->textAt(chain.feature) == "blocked";
    }
    return blocked;
}

// One blockage lifted and put back, over and over: what a window does while somebody clicks.
double worstToggleMs(PathSearch& search, PathTree& tree, std::vector<float>& costs, const std::vector<float>& free,
                     const RoadGraph& graph, const std::vector<std::uint8_t>& blocked, const std::vector<Seed>& seeds) {
    double worst = 0;
    int tried = 0;
    for (std::uint32_t e = 0; e < graph.edgeCount() && tried < 200; ++e) {
        if (!blocked[e])
            continue;
        ++tried;
        const std::uint32_t arcs[] = {graph.arcOf[2 * e], graph.arcOf[2 * e + 1]};
        const double start = nowMs();
        for (const std::uint32_t arc : arcs)
            costs[arc] = free[arc];
        search.lower(tree, costs, arcs);
        const double lifted = nowMs();
        for (const std::uint32_t arc : arcs)
            costs[arc] = static_cast<float>(kUnreached);
        search.raise(tree, costs, arcs, seeds);
        worst = std::max({worst, lifted - start, nowMs() - lifted});
    }
    return worst;
}

} // namespace

void reachJob(const std::string& roadsFile) {
    const double start = nowMs();
    ReadOptions read;
    read.columns = {"status"};
    Project project;
    for (const auto& table : readVector(roadsFile, read).tables) {
        auto layer = std::make_shared<Layer>();
        layer->role = LayerRole::Road;
        layer->table = table;
        project.layers.push_back(std::move(layer));
    }
    const double loaded = nowMs();
    // As the peers do it: roads meet at their ends alone. BENCH_NODING=1: with crossings, loose ends and the report.
    GraphOptions options;
    if (!std::getenv("BENCH_NODING")) {
        options.crossings = Crossings::Ends;
        options.toleranceMeters = 0;
        options.wantHealth = false;
    }
    const RoadGraph graph = buildGraph(project, {}, options).graph;
    const double built = nowMs();
    std::vector<float> free(graph.head.size());
    for (std::uint32_t arc = 0; arc < free.size(); ++arc)
        free[arc] = static_cast<float>(graph.edges[graph.edgeOf[arc] / 2].lengthMeters);
    const std::vector<std::uint8_t> blocked = blockedEdges(graph);
    std::vector<float> costs = free;
    for (std::uint32_t arc = 0; arc < costs.size(); ++arc)
        if (blocked[graph.edgeOf[arc] / 2])
            costs[arc] = static_cast<float>(kUnreached);
    const std::vector<Seed> seeds{{middleNode(graph), 0}};
    PathSearch search(graph);
    const PathTree usual = search.run(free, seeds);
    PathTree now = search.run(costs, seeds);
    const double searched = nowMs();
    std::size_t cut = 0, both = 0;
    double meters = 0, extra = 0;
    for (std::uint32_t n = 0; n < graph.nodeCount(); ++n) {
        cut += usual.reaches(n) && !now.reaches(n);
        if (!now.reaches(n))
            continue;
        ++both;
        meters += usual.cost[n];
        extra += now.cost[n] - usual.cost[n];
    }
    const double count = 1000.0 * static_cast<double>(both);
    std::printf("nodes=%u cut=%zu mean_km=%.3f detour_km=%.3f read=%.0f graph=%.0f search=%.0f ms", graph.nodeCount(),
                cut, meters / count, extra / count, loaded - start, built - loaded, searched - built);
    if (std::getenv("BENCH_TIMES"))
        std::printf(" worst_toggle=%.2f ms", worstToggleMs(search, now, costs, free, graph, blocked, seeds));
    std::printf("\n");
}

} // namespace cordon::bench
