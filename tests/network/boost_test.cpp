// Against the Boost Graph Library and brute force, on random networks.
#include "core/network/blockage_ranking.h"
#include "core/network/critical_roads.h"
#include "core/network/min_cut.h"
#include "tests/network/random_network.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>
#include <gtest/gtest.h>

namespace cordon {
namespace {

using test::RandomNetwork;

bool isFinite(float cost) {
    return static_cast<double>(cost) < kUnreached;
}

std::vector<double> boostCosts(const RoadGraph& graph, std::span<const float> costs, std::span<const Seed> seeds) {
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                        boost::property<boost::edge_weight_t, double>>;
    Graph g(graph.nodeCount() + 1); // and one before all origins
    for (std::uint32_t arc = 0; arc < graph.head.size(); ++arc)
        if (isFinite(costs[arc]))
            boost::add_edge(graph.tailOf(arc), graph.head[arc], static_cast<double>(costs[arc]), g);
    for (const Seed& seed : seeds)
        boost::add_edge(graph.nodeCount(), seed.node, seed.cost, g);
    std::vector<double> distance(graph.nodeCount() + 1);
    boost::dijkstra_shortest_paths(g, graph.nodeCount(), boost::distance_map(distance.data()));
    distance.pop_back();
    for (double& d : distance)
        if (d == std::numeric_limits<double>::max())
            d = kUnreached;
    return distance;
}

long boostMaxFlow(const RoadGraph& graph, const ArcCapacities& capacities, std::span<const std::uint32_t> sources,
                  std::uint32_t sink) {
    using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
    using Graph = boost::adjacency_list<
        boost::vecS, boost::vecS, boost::directedS, boost::no_property,
        boost::property<boost::edge_capacity_t, long,
                        boost::property<boost::edge_residual_capacity_t, long,
                                        boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;
    Graph g(graph.nodeCount() + 1);
    const auto add = [&](std::size_t a, std::size_t b, long capacity) {
        const auto forth = boost::add_edge(a, b, g).first, back = boost::add_edge(b, a, g).first;
        boost::put(boost::edge_capacity, g, forth, capacity);
        boost::put(boost::edge_capacity, g, back, 0);
        boost::put(boost::edge_reverse, g, forth, back);
        boost::put(boost::edge_reverse, g, back, forth);
    };
    for (std::uint32_t arc = 0; arc < graph.head.size(); ++arc)
        add(graph.tailOf(arc), graph.head[arc], capacities.ofArc[arc] == 2 ? 100000 : capacities.ofArc[arc]);
    for (const std::uint32_t source : sources)
        add(graph.nodeCount(), source, 100000);
    return boost::edmonds_karp_max_flow(g, graph.nodeCount(), sink);
}

TEST(AgainstBoost, DijkstraOnRandomNetworks) {
    for (unsigned seed = 0; seed < 60; ++seed) {
        RandomNetwork network(seed, 4 + static_cast<int>(seed % 9));
        network.block(static_cast<int>(seed % 12));
        auto study = network.study();
        const AccessAnswer& answer = study.ask(network.from({0, 5}));
        const auto now = boostCosts(network.network->graph, answer.passages.costs, answer.seeds);
        const auto free = boostCosts(network.network->graph, answer.passages.baseCosts, answer.freeSeeds);
        for (std::size_t n = 0; n < now.size(); ++n) {
            EXPECT_TRUE(now[n] == answer.now.cost[n] || std::abs(now[n] - answer.now.cost[n]) < 1e-6) << seed;
            EXPECT_TRUE(free[n] == answer.free.cost[n] || std::abs(free[n] - answer.free.cost[n]) < 1e-6) << seed;
            EXPECT_LE(answer.free.cost[n], answer.now.cost[n]); // the baseline is never worse
        }
    }
}

TEST(AgainstBoost, ComponentsAndBridges) {
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                                        boost::property<boost::edge_index_t, std::size_t>>;
    for (unsigned seed = 0; seed < 60; ++seed) {
        const RandomNetwork network(seed, 7, 0.55);
        const RoadGraph& graph = network.network->graph;
        Graph g(graph.nodeCount());
        for (std::uint32_t e = 0; e < graph.edgeCount(); ++e)
            boost::add_edge(graph.edges[e].from, graph.edges[e].to, std::size_t{e}, g);
        std::vector<int> expected(graph.nodeCount());
        boost::connected_components(g, expected.data());
        const auto found = componentsOf(graph);
        for (std::uint32_t a = 0; a < graph.nodeCount(); ++a)
            for (std::uint32_t b = 0; b < a; ++b) {
                ASSERT_EQ(expected[a] == expected[b], found[a] == found[b]) << seed;
            }
        // A biconnected component of one edge is a bridge.
        std::vector<std::size_t> component(graph.edgeCount()), size(graph.edgeCount() + 1);
        boost::biconnected_components(
            g, boost::make_iterator_property_map(component.begin(), boost::get(boost::edge_index, g)));
        for (const std::size_t c : component)
            ++size[c];
        std::vector<std::uint32_t> bridges;
        for (std::uint32_t e = 0; e < graph.edgeCount(); ++e)
            if (size[component[e]] == 1)
                bridges.push_back(e);
        EXPECT_EQ(bridgesOf(graph, std::vector<std::uint8_t>(graph.edgeCount(), 1)), bridges) << seed;
    }
}

TEST(AgainstBoost, MinimumCutsAreMaximumFlows) {
    std::size_t cuts = 0;
    for (unsigned seed = 0; seed < 80; ++seed) {
        RandomNetwork network(seed, 6, 0.9);
        const RoadGraph& graph = network.network->graph;
        ArcCapacities capacities;
        for (std::size_t arc = 0; arc < graph.head.size(); ++arc)
            capacities.ofArc.push_back(static_cast<std::uint8_t>(network.random() % 3));
        const std::vector<std::uint32_t> sources{0, 3};
        const std::uint32_t sink = graph.nodeCount() - 1;
        const auto cut = minCut(graph, capacities, sources, sink);
        const long flow = boostMaxFlow(graph, capacities, sources, sink);
        ASSERT_EQ(cut.has_value(), flow < 50000) << seed;
        if (!cut)
            continue;
        ++cuts;
        EXPECT_EQ(static_cast<long>(cut->value), flow) << seed;
        EXPECT_EQ(cut->arcs.size(), cut->value) << seed;
        for (const std::uint32_t arc : cut->arcs)
            capacities.ofArc[arc] = 0;
        EXPECT_EQ(boostMaxFlow(graph, capacities, sources, sink), 0) << seed; // it does separate
    }
    EXPECT_GT(cuts, 20U);
}

TEST(AgainstBruteForce, RankingsOfLiftedBlockages) {
    for (unsigned seed = 0; seed < 40; ++seed) {
        RandomNetwork network(seed, 5, 0.75);
        network.block(10);
        auto study = network.study();
        const AccessQuery query = network.from({0});
        const AccessAnswer answer = study.ask(query);
        const auto ranked = rankBlockages(*network.network, answer);
        double before = kUnreached;
        for (const LiftGain& gain : ranked) {
            AccessQuery lifted = query;
            for (const RoadStatus* report : answer.passages.blockages[gain.lifted[0].blockage].reports)
                lifted.lifted.push_back(report->head.id);
            const AccessAnswer& open = study.ask(lifted);
            EXPECT_NEAR(gain.reconnected.people, answer.totals.cutOff.people - open.totals.cutOff.people, 1e-9) << seed;
            EXPECT_LE(gain.reconnected.people, before);
            before = gain.reconnected.people;
        }
        // Twos that reconnect what neither of them does, by trying all.
        std::set<std::pair<std::uint32_t, std::uint32_t>> expected, found;
        const auto placesWith = [&](std::vector<std::uint32_t> blockages) {
            AccessQuery lifted = query;
            for (const std::uint32_t b : blockages)
                for (const RoadStatus* report : answer.passages.blockages[b].reports)
                    lifted.lifted.push_back(report->head.id);
            std::set<std::size_t> places;
            const AccessAnswer& open = study.ask(lifted);
            for (std::size_t i = 0; i < open.places.size(); ++i)
                if (open.places[i].kind == ReachKind::Reached)
                    places.insert(i);
            return places;
        };
        for (std::uint32_t a = 0; a < answer.passages.blockages.size(); ++a)
            for (std::uint32_t b = a + 1; b < answer.passages.blockages.size(); ++b) {
                const auto one = placesWith({a}), other = placesWith({b});
                for (const std::size_t place : placesWith({a, b}))
                    if (!one.contains(place) && !other.contains(place))
                        expected.insert({a, b});
            }
        for (const LiftGain& gain : blockagesTogether(*network.network, answer, ranked))
            if (gain.lifted.size() == 2)
                found.insert(std::minmax({gain.lifted[0].blockage, gain.lifted[1].blockage}));
        EXPECT_EQ(found, expected) << seed;
    }
}

TEST(AgainstBruteForce, CriticalRoadsAreThoseWhoseLossCutsOff) {
    for (unsigned seed = 0; seed < 30; ++seed) {
        const RandomNetwork network(seed, 5, 0.6, false);
        auto study = network.study();
        const AccessAnswer answer = study.ask(network.from({0}));
        for (const CriticalRoad& road : criticalRoads(*network.network, answer)) {
            AccessQuery closed = network.from({0});
            const RoadGraph& graph = network.network->graph;
            const RoadEdge& edge = graph.edges[road.edges.front()];
            closed.closed = {{graph.idOf(graph.roadOf(road.edges.front())), edge.fromFraction, edge.toFraction}};
            EXPECT_EQ(study.ask(closed).totals.cutOff, road.lost) << seed;
        }
    }
}

TEST(Properties, LiftingNeverCutsOffAndClosingNeverReconnects) {
    for (unsigned seed = 100; seed < 140; ++seed) {
        RandomNetwork network(seed, 6, 0.75);
        network.block(8);
        auto study = network.study();
        AccessQuery query = network.from({7});
        const auto reached = [&](const AccessQuery& q) {
            std::vector<bool> is;
            for (const PlaceReach& reach : study.ask(q).places)
                is.push_back(reach.kind == ReachKind::Reached);
            return is;
        };
        const auto now = reached(query);
        AccessQuery lifted = query, closed = query;
        lifted.lifted = {"R3"};
        closed.closed = {{std::to_string(network.random() % network.links.size()), 0, 1}};
        const auto open = reached(lifted), shut = reached(closed);
        for (std::size_t i = 0; i < now.size(); ++i) {
            EXPECT_TRUE(!now[i] || open[i]) << seed;
            EXPECT_TRUE(now[i] || !shut[i]) << seed;
        }
    }
}

TEST(Properties, TheOrderOfTheRoadsDoesNotMatter) {
    const char* const drawing = "A---B---C\n|   |   |\nD---E---F\n|   |   |\nG---H---I";
    std::vector<test::Way> ways{{"ABC"}, {"DEF"}, {"GHI"}, {"ADG"}, {"BEH"}, {"CFI"}, {"AE"}};
    std::mt19937 random(3);
    std::vector<std::pair<double, double>> expected;
    for (int round = 0; round < 20; ++round) {
        test::Drawn drawn(drawing, ways);
        drawn.report("R1", "ABC", RoadStatusKind::Blocked, 0, 0.5);
        drawn.report("R2", "AE", RoadStatusKind::Blocked, 0.3, 0.4);
        const AccessAnswer answer = drawn.ask(drawn.from("A"));
        std::vector<std::pair<double, double>> found;
        for (const PlaceReach& reach : answer.places)
            found.emplace_back(std::round(reach.seconds * 1000), std::round(reach.meters));
        if (round == 0)
            expected = found;
        EXPECT_EQ(found, expected);
        std::shuffle(ways.begin(), ways.end(), random);
    }
}

TEST(Properties, TwoWayRoadsAreAsLongBack) {
    const test::Drawn drawn("A---B---C\n|       |\nD---E---F", {{"ABC"}, {"DEF"}, {"AD"}, {"CF"}});
    for (const char from : std::string("ABCDEF"))
        for (const char to : std::string("ABCDEF")) {
            const AccessAnswer forth = drawn.ask(drawn.from(std::string(1, from))),
                               back = drawn.ask(drawn.from(std::string(1, to)));
            EXPECT_NEAR(forth.places[static_cast<std::size_t>(to - 'A')].seconds,
                        back.places[static_cast<std::size_t>(from - 'A')].seconds, 1e-3);
        }
}

TEST(Properties, TheUsualWayIsNeverLongerThanTodays) {
    for (unsigned seed = 200; seed < 240; ++seed) {
        RandomNetwork network(seed, 7, 0.8);
        network.block(12);
        auto study = network.study();
        for (const PlaceReach& reach : study.ask(network.from({3})).places) {
            EXPECT_LE(reach.freeSeconds, reach.seconds) << seed;
            EXPECT_EQ(reach.kind == ReachKind::Island, reach.freeSeconds == kUnreached) << seed;
        }
    }
}

TEST(Properties, TwoWayNetworksAreAsLongBackWithTheirBlockages) {
    for (unsigned seed = 300; seed < 320; ++seed) {
        RandomNetwork network(seed, 6, 0.8, false);
        network.block(6);
        auto study = network.study();
        std::vector<std::vector<double>> seconds;
        for (int from = 0; from < 36; ++from) {
            seconds.emplace_back();
            for (const PlaceReach& reach : study.ask(network.from({from})).places)
                seconds.back().push_back(reach.seconds);
        }
        for (std::size_t a = 0; a < 36; ++a)
            for (std::size_t b = 0; b < a; ++b)
                if (seconds[a][b] < kUnreached || seconds[b][a] < kUnreached) {
                    EXPECT_NEAR(seconds[a][b], seconds[b][a], 1e-3) << seed << ": " << a << ' ' << b;
                }
    }
}

// The same lines, the last first.
std::shared_ptr<const FeatureTable> turnedRound(const FeatureTable& table) {
    auto turned = std::make_shared<FeatureTable>();
    turned->name = table.name;
    for (const Column& column : table.columns)
        turned->columns.push_back(test::textColumn(column.name));
    for (std::uint32_t f = table.featureCount; f-- > 0;) {
        GeometryColumn& g = turned->geometry;
        const auto part = table.geometry.part(table.geometry.featureStart[f]);
        g.coordinates.insert(g.coordinates.end(), part.begin(), part.end());
        g.partStart.push_back(static_cast<std::uint32_t>(g.coordinates.size()));
        g.partRole.push_back(PartRole::Line);
        g.featureStart.push_back(g.partCount());
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            std::get<TextValues>(turned->columns[c].values).append(table.columns[c].textAt(f));
    }
    finishTable(*turned);
    return turned;
}

TEST(Properties, TheOrderOfTheRoadsDoesNotMatterOnRandomNetworks) {
    for (unsigned seed = 400; seed < 420; ++seed) {
        RandomNetwork network(seed, 6, 0.75);
        network.block(8);
        const AccessAnswer before = network.study().ask(network.from({5}));
        network.project.layers[0] =
            RandomNetwork::layerOf(LayerRole::Road, turnedRound(*network.project.layers[0]->table), "road_id");
        network.network = prepareNetwork(network.project);
        auto& reports = network.situation.roadStatuses;
        for (std::size_t i = 0; i < reports.size() / 2; ++i)
            std::swap(reports[i], reports[reports.size() - 1 - i]);
        const AccessAnswer after = network.study().ask(network.from({5}));
        EXPECT_EQ(before.totals, after.totals) << seed;
        for (std::size_t i = 0; i < before.places.size(); ++i) {
            EXPECT_EQ(before.places[i].kind, after.places[i].kind) << seed;
            if (before.places[i].kind == ReachKind::Reached) {
                EXPECT_NEAR(before.places[i].seconds, after.places[i].seconds, 1e-3) << seed;
            }
        }
    }
}

} // namespace
} // namespace cordon
