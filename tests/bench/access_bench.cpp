// Who is cut off, on made networks of 10,000, 200,000 and 1,000,000 roads: the whole answer anew, after one toggle, the
// ranking of 100 blockages, and a year day by day on a network as large as a country's main roads.
#include "core/network/access_series.h"
#include "core/network/blockage_ranking.h"
#include "tests/network/ascii_network.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

namespace cordon {
namespace {

void add(FeatureTable& table, PartRole role, std::initializer_list<LonLat> points) {
    GeometryColumn& g = table.geometry;
    g.coordinates.insert(g.coordinates.end(), points.begin(), points.end());
    g.partStart.push_back(static_cast<std::uint32_t>(g.coordinates.size()));
    g.partRole.push_back(role);
    g.featureStart.push_back(g.partCount());
}

// A grid of roads of some 2 km with a tenth missing, a town for every hundred of them; `blocked` roads reported shut,
// each for a part of the year or all of it.
struct Country {
    Country(std::int64_t wantedRoads, int blocked, bool inParts) {
        std::mt19937 random(6);
        const int size = static_cast<int>(std::sqrt(static_cast<double>(wantedRoads) / 1.8));
        auto roads = std::make_shared<FeatureTable>();
        auto towns = std::make_shared<FeatureTable>();
        roads->name = "roads";
        towns->name = "towns";
        roads->columns = {test::textColumn("road_id")};
        towns->columns = {test::textColumn("name"), test::textColumn("population")};
        const auto at = [&](int x, int y) { return LonLat{-12 + 0.018 * x, 8 + 0.018 * y}; };
        std::size_t count = 0;
        const auto road = [&](LonLat a, LonLat b) {
            if (random() % 10 == 0)
                return;
            add(*roads, PartRole::Line,
                {a, {(a.lonDegrees + b.lonDegrees) / 2 + 0.002, (a.latDegrees + b.latDegrees) / 2}, b});
            std::get<TextValues>(roads->columns[0].values).append(std::to_string(count++));
        };
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) {
                if (x + 1 < size)
                    road(at(x, y), at(x + 1, y));
                if (y + 1 < size)
                    road(at(x, y), at(x, y + 1));
                if (random() % 100 == 0) {
                    add(*towns, PartRole::Points, {at(x, y)});
                    std::get<TextValues>(towns->columns[0].values)
                        .append("T" + std::to_string(towns->geometry.partCount()));
                    std::get<TextValues>(towns->columns[1].values).append(std::to_string(1 + random() % 50000));
                }
            }
        origin = at(size / 2, size / 2);
        finishTable(*roads);
        finishTable(*towns);
        project.layers = {layerOf(LayerRole::Road, roads, "road_id"), layerOf(LayerRole::Place, towns, "")};
        Situation situation;
        for (int i = 0; i < blocked; ++i) {
            RoadStatus report;
            report.head.id = "R" + std::to_string(i);
            report.head.grade = {'B', '2'};
            report.head.valid.begin =
                test::day("2025-01-01") + std::chrono::days{inParts ? static_cast<int>(random() % 300) : 0};
            if (inParts)
                report.head.valid.end =
                    report.head.valid.begin + std::chrono::days{10 + static_cast<int>(random() % 60)};
            report.roads = {{std::to_string(random() % count), 0, 1}};
            report.status = RoadStatusKind::Blocked;
            situation.roadStatuses.push_back(report);
        }
        index = std::make_shared<SituationIndex>(std::make_shared<const Situation>(std::move(situation)));
        network = prepareNetwork(project);
    }

    static std::shared_ptr<const Layer> layerOf(LayerRole role, std::shared_ptr<const FeatureTable> table,
                                                std::string id) {
        auto layer = std::make_shared<Layer>();
        layer->id = table->name;
        layer->role = role;
        layer->idField = std::move(id);
        layer->table = std::move(table);
        return layer;
    }

    AccessStudy study() const { return AccessStudy(network, index, std::make_shared<RegionLookup>(project)); }
    AccessQuery query() const {
        AccessQuery query;
        query.origins = {{"start", origin}};
        query.filter.asOf = test::day("2025-01-20");
        return query;
    }

    Project project;
    LonLat origin;
    std::shared_ptr<const SituationIndex> index;
    std::shared_ptr<const AccessNetwork> network;
};

const Country& countryOf(std::int64_t roads) {
    static std::map<std::int64_t, std::unique_ptr<Country>> made;
    auto& country = made[roads];
    if (!country)
        country = std::make_unique<Country>(roads, 100, false);
    return *country;
}

void sizes(benchmark::internal::Benchmark* b) {
    b->Arg(10'000)->Arg(200'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
}

void prepareTheNetwork(benchmark::State& state) {
    const Country& country = countryOf(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(prepareNetwork(country.project));
}
BENCHMARK(prepareTheNetwork)->Apply(sizes);

void askAnew(benchmark::State& state) {
    const Country& country = countryOf(state.range(0));
    for (auto _ : state) {
        AccessStudy study = country.study();
        benchmark::DoNotOptimize(study.ask(country.query()).totals);
    }
}
BENCHMARK(askAnew)->Apply(sizes);

// The whole answer after one of the reports is lifted, and after it is put back.
void askAfterOneToggle(benchmark::State& state) {
    const Country& country = countryOf(state.range(0));
    AccessStudy study = country.study();
    AccessQuery query = country.query();
    study.ask(query);
    int toggled = 0;
    for (auto _ : state) {
        query.lifted =
            toggled % 2 == 0 ? std::vector{"R" + std::to_string(toggled / 2 % 100)} : std::vector<std::string>();
        ++toggled;
        benchmark::DoNotOptimize(study.ask(query).totals);
    }
}
BENCHMARK(askAfterOneToggle)->Apply(sizes);

void rankHundredBlockages(benchmark::State& state) {
    const Country& country = countryOf(state.range(0));
    AccessStudy study = country.study();
    const AccessAnswer& answer = study.ask(country.query());
    for (auto _ : state)
        benchmark::DoNotOptimize(rankBlockages(*country.network, answer));
    state.counters["blockages"] = static_cast<double>(answer.passages.blockages.size());
}
BENCHMARK(rankHundredBlockages)->Apply(sizes);

void yearDayByDay(benchmark::State& state) {
    static const Country country(2000, 200, true);
    using namespace std::chrono;
    for (auto _ : state) {
        AccessStudy study = country.study();
        benchmark::DoNotOptimize(
            accessSeries(study, country.query(), sys_days{2025y / 1 / 1}, sys_days{2025y / 12 / 31}));
    }
}
BENCHMARK(yearDayByDay)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace cordon

BENCHMARK_MAIN();
