// Distances on real networks, against PostGIS and pgRouting where they are installed.
#include "core/io/vector_reader.h"
#include "core/network/graph_builder.h"
#include "core/network/shortest_paths.h"
#include "test_folders.h"
#include "tests/io/scratch_folder.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <sys/wait.h>

namespace cordon {
namespace {

constexpr int kNotInstalled = 77;

RoadGraph graphOf(const std::string& file, const ReadOptions& read) {
    auto layer = std::make_shared<Layer>();
    layer->role = LayerRole::Road;
    layer->table = readVector(file, read).tables.at(0);
    Project project;
    project.layers = {layer};
    GraphOptions options; // roads meet where their ends have the same coordinates
    options.crossings = Crossings::Ends;
    options.toleranceMeters = 0;
    return buildGraph(project, {}, options).graph;
}

std::string linesOf(const RoadGraph& graph) {
    std::string csv;
    for (const RoadChain& chain : graph.chains) {
        std::string wkt;
        for (const LonLat p : graph.pointsOf(chain)) {
            char text[80];
            std::snprintf(text, sizeof text, "%s%.17g %.17g", wkt.empty() ? "" : ", ", p.lonDegrees, p.latDegrees);
            wkt += text;
        }
        csv += "\"LINESTRING(" + wkt + ")\"\n";
    }
    return csv;
}

using Distances = std::map<std::pair<double, double>, double>;

Distances distancesOf(const RoadGraph& graph) {
    std::vector<float> costs(graph.head.size());
    for (std::uint32_t arc = 0; arc < costs.size(); ++arc)
        costs[arc] = static_cast<float>(graph.edges[graph.edgeOf[arc] / 2].lengthMeters);
    std::uint32_t first = 0;
    const auto place = [&](std::uint32_t n) { return std::pair(graph.nodes[n].lonDegrees, graph.nodes[n].latDegrees); };
    for (std::uint32_t n = 1; n < graph.nodeCount(); ++n)
        if (place(n) < place(first))
            first = n;
    PathSearch search(graph);
    const std::vector<Seed> seeds{{first, 0}};
    const PathTree tree = search.run(costs, seeds);
    Distances distances;
    for (std::uint32_t n = 0; n < graph.nodeCount(); ++n)
        if (tree.reaches(n))
            distances[place(n)] = tree.cost[n];
    return distances;
}

void compare(const std::string& file, const ReadOptions& read, std::size_t leastNodes) {
    const RoadGraph graph = graphOf(file, read);
    ScratchFolder folder;
    const std::string lines = folder.write("lines.csv", linesOf(graph)), answer = folder.path("answer.csv");
    const std::string command =
        "sh '" CORDON_TEST_SOURCE "/tests/network/pgrouting.sh' < '" + lines + "' > '" + answer + "'";
    const int status = std::system(command.c_str());
    if (WEXITSTATUS(status) == kNotInstalled)
        GTEST_SKIP() << "PostgreSQL with PostGIS and pgRouting is not installed";
    ASSERT_EQ(status, 0);
    Distances expected;
    std::ifstream in(answer);
    for (std::string row; std::getline(in, row);) {
        std::replace(row.begin(), row.end(), ',', ' ');
        std::istringstream values(row);
        double lon = 0, lat = 0, meters = 0;
        if (values >> lon >> lat >> meters)
            expected[{lon, lat}] = meters;
    }
    const Distances found = distancesOf(graph);
    EXPECT_GE(expected.size(), leastNodes);
    EXPECT_EQ(found.size(), expected.size());
    double worst = 0;
    for (const auto& [place, meters] : expected) {
        const auto at = found.find(place);
        ASSERT_NE(at, found.end()) << place.first << ' ' << place.second;
        worst = std::max(worst, std::abs(at->second - meters) / std::max(meters, 1.0));
    }
    EXPECT_LT(worst, 1e-6);
    std::printf("%zu distances, the worst %.2g apart\n", expected.size(), worst);
}

// Lengths are those of the lines.
ReadOptions withoutLengths(std::vector<std::string> columns) {
    ReadOptions read;
    read.columns = std::move(columns);
    return read;
}

TEST(AgainstPgRouting, TheSampleRoads) {
    compare(CORDON_TEST_SOURCE "/data/mali-2025/roads.geojson", withoutLengths({"road_id"}), 20);
}

TEST(AgainstPgRouting, MainRoadsOfWestAfrica) {
    const std::string file = CORDON_TEST_SOURCE "/../shared/data/sahel/sahel_main_roads.geojson";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << file << " is not there";
    compare(file, withoutLengths({"edge"}), 300);
}

} // namespace
} // namespace cordon
