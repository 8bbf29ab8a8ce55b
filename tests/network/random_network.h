// Random road networks and blockages from a seed, for comparing with other ways to work out the same.
#pragma once

#include "tests/network/ascii_network.h"

#include <random>

namespace cordon::test {

// A grid of `size` x `size` crossings, some links missing; every crossing a place; every road its own id "n".
struct RandomNetwork {
    explicit RandomNetwork(unsigned seed, int size = 6, double present = 0.7, bool hasOneWays = true) : random(seed) {
        const auto jitter = [&] { return std::uniform_real_distribution(-0.003, 0.003)(random); };
        auto table = std::make_shared<FeatureTable>();
        auto places = std::make_shared<FeatureTable>();
        table->name = "roads";
        places->name = "places";
        table->columns = {textColumn("road_id"), textColumn("oneway"), textColumn("speed_kmh")};
        places->columns = {textColumn("name"), textColumn("population")};
        std::vector<LonLat> at;
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x)
                at.push_back({-8 + 0.02 * x + jitter(), 14 + 0.02 * y + jitter()});
        const auto add = [](FeatureTable& t, PartRole role, std::vector<LonLat> line) {
            GeometryColumn& g = t.geometry;
            g.coordinates.insert(g.coordinates.end(), line.begin(), line.end());
            g.partStart.push_back(static_cast<std::uint32_t>(g.coordinates.size()));
            g.partRole.push_back(role);
            g.featureStart.push_back(g.partCount());
        };
        const auto link = [&](int a, int b) {
            if (std::uniform_real_distribution(0.0, 1.0)(random) > present)
                return;
            const auto pick = random() % 8;
            add(*table, PartRole::Line, {at[static_cast<std::size_t>(a)], at[static_cast<std::size_t>(b)]});
            std::get<TextValues>(table->columns[0].values).append(std::to_string(links.size()));
            std::get<TextValues>(table->columns[1].values)
                .append(!hasOneWays ? "no"
                        : pick == 0 ? "yes"
                        : pick == 1 ? "-1"
                                    : "no");
            std::get<TextValues>(table->columns[2].values).append(std::to_string(20 + random() % 60));
            links.push_back({a, b});
        };
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) {
                if (x + 1 < size)
                    link(y * size + x, y * size + x + 1);
                if (y + 1 < size)
                    link(y * size + x, (y + 1) * size + x);
            }
        for (std::size_t i = 0; i < at.size(); ++i) {
            add(*places, PartRole::Points, {at[i]});
            std::get<TextValues>(places->columns[0].values).append("P" + std::to_string(i));
            std::get<TextValues>(places->columns[1].values).append(std::to_string(1 + random() % 1000));
        }
        finishTable(*table);
        finishTable(*places);
        project.layers = {layerOf(LayerRole::Road, table, "road_id"), layerOf(LayerRole::Place, places, "")};
        points = at;
        network = prepareNetwork(project);
    }

    static std::shared_ptr<const Layer> layerOf(LayerRole role, std::shared_ptr<const FeatureTable> table,
                                                const std::string& idField) {
        auto layer = std::make_shared<Layer>();
        layer->id = table->name;
        layer->role = role;
        layer->idField = idField;
        layer->table = std::move(table);
        return layer;
    }

    // Blocks `count` roads by a report each: "R0", "R1" ...
    void block(int count) {
        for (int i = 0; i < count; ++i) {
            RoadStatus r;
            r.head.id = "R" + std::to_string(i);
            r.head.grade = {'B', '2'};
            r.head.valid.begin = day("2025-09-01");
            r.roads = {{std::to_string(random() % links.size()), 0, 1}};
            r.status = RoadStatusKind::Blocked;
            situation.roadStatuses.push_back(r);
        }
    }
    AccessStudy study() const {
        return AccessStudy(network, std::make_shared<SituationIndex>(std::make_shared<const Situation>(situation)),
                           std::make_shared<RegionLookup>(project));
    }
    AccessQuery from(std::initializer_list<int> origins) const {
        AccessQuery query;
        for (const int origin : origins)
            query.origins.push_back({"P" + std::to_string(origin), points[static_cast<std::size_t>(origin)]});
        query.filter.asOf = day("2025-09-15");
        return query;
    }

    std::mt19937 random;
    std::vector<std::pair<int, int>> links;
    std::vector<LonLat> points;
    Project project;
    Situation situation;
    std::shared_ptr<const AccessNetwork> network;
};

} // namespace cordon::test
