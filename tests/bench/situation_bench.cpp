// The situation at two clocks and its changes, on 100,000 and 1,000,000 records over five years.
#include "core/model/changes.h"
#include "core/model/edit.h"
#include "core/model/shown_situation.h"
#include "core/model/work_list.h"
#include "tests/model/reports.h"
#include "tests/model/tables.h"

#include <benchmark/benchmark.h>

#include <cmath>

namespace cordon {
namespace {

constexpr int kFiveYearsDays = 1826;
constexpr int kRoads = 53;

const std::shared_ptr<const Situation>& situationOf(std::int64_t count) {
    static std::map<std::int64_t, std::shared_ptr<const Situation>> made;
    auto& situation = made[count];
    if (!situation)
        situation = std::make_shared<const Situation>(
            test::RandomSituation(1, kFiveYearsDays, false).make(static_cast<std::size_t>(count), kRoads));
    return situation;
}

const SituationIndex& indexOf(std::int64_t count) {
    static std::map<std::int64_t, std::shared_ptr<const SituationIndex>> made;
    auto& index = made[count];
    if (!index)
        index = std::make_shared<const SituationIndex>(situationOf(count));
    return *index;
}

// Roads of 400 points and nine regions of 2,000, as the real layers of Mali have.
const Project& layers() {
    static const Project project = [] {
        std::vector<std::pair<std::string, std::vector<LonLat>>> roads, regions;
        for (int r = 0; r < kRoads; ++r) {
            std::vector<LonLat> line;
            for (int i = 0; i < 400; ++i)
                line.push_back({-12 + 0.01 * i, 10 + 0.2 * r + 0.05 * std::sin(0.1 * i)});
            roads.emplace_back("road-" + std::to_string(r), line);
        }
        for (int r = 0; r < 9; ++r) {
            const double west = -12 + 5.4 * (r % 3), south = 10 + 4.7 * (r / 3);
            std::vector<LonLat> ring;
            for (int i = 0; i < 500; ++i)
                ring.push_back({west + 5.4 * i / 500, south});
            for (int i = 0; i < 500; ++i)
                ring.push_back({west + 5.4, south + 4.7 * i / 500});
            for (int i = 0; i < 500; ++i)
                ring.push_back({west + 5.4 - 5.4 * i / 500, south + 4.7});
            for (int i = 0; i < 500; ++i)
                ring.push_back({west, south + 4.7 - 4.7 * i / 500});
            ring.push_back(ring.front());
            regions.emplace_back("ML-" + std::to_string(r), ring);
        }
        return Project{.layers = {test::roadLayer(roads), test::regionLayer(regions)}};
    }();
    return project;
}

TimeFilter anyFilter(test::RandomSituation& random) {
    return {.asOf = random.anyTime(), .knownBy = random.anyTime()};
}

void indexing(benchmark::State& state) {
    const auto& situation = situationOf(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(SituationIndex(situation));
}
BENCHMARK(indexing)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void stateByScan(benchmark::State& state) {
    const auto& situation = situationOf(state.range(0));
    test::RandomSituation random(2, kFiveYearsDays, false);
    for (auto _ : state)
        benchmark::DoNotOptimize(situationAt(*situation, anyFilter(random)));
}
BENCHMARK(stateByScan)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void stateByIndex(benchmark::State& state) {
    const SituationIndex& index = indexOf(state.range(0));
    test::RandomSituation random(2, kFiveYearsDays, false);
    std::size_t found = 0;
    for (auto _ : state) {
        const SituationAt at = index.at(anyFilter(random));
        found += at.roadStatuses.size() + at.controlAreas.size() + at.incidents.size() + at.restrictions.size();
    }
    state.counters["records found"] = static_cast<double>(found) / static_cast<double>(state.iterations());
}
BENCHMARK(stateByIndex)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

// The worst: the last day, when every report that was never ended still stands.
void stateOfLastDay(benchmark::State& state) {
    const SituationIndex& index = indexOf(state.range(0));
    const TimeFilter filter{.asOf = test::at("2025-12-01")};
    for (auto _ : state)
        benchmark::DoNotOptimize(index.at(filter));
}
BENCHMARK(stateOfLastDay)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

// Every report ends within 60 days, and ten times the records are ten times the years: the answer does not grow.
void stateOfLongHistory(benchmark::State& state) {
    auto situation = std::make_shared<Situation>(*situationOf(state.range(0)));
    for (std::size_t i = 0; i < situation->roadStatuses.size(); ++i) {
        TimeInterval& valid = situation->roadStatuses[i].head.valid;
        valid.begin = test::at("2020-12-01") + std::chrono::minutes{40} * static_cast<std::int64_t>(i);
        valid.end = valid.begin + std::chrono::days{1 + i % 60};
    }
    const SituationIndex index(situation);
    const TimeFilter filter{.asOf = test::at("2022-01-01")};
    std::size_t found = 0;
    for (auto _ : state)
        found += index.at<RoadStatus>(filter).size();
    state.counters["records found"] = static_cast<double>(found) / static_cast<double>(state.iterations());
}
BENCHMARK(stateOfLongHistory)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void roadStatesAt(benchmark::State& state) {
    const SituationIndex& index = indexOf(state.range(0));
    test::RandomSituation random(3, kFiveYearsDays, false);
    for (auto _ : state)
        benchmark::DoNotOptimize(roadStates(index, {.asOf = random.anyTime()}));
}
BENCHMARK(roadStatesAt)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void editAndIndexAgain(benchmark::State& state) {
    auto index = std::make_shared<const SituationIndex>(situationOf(state.range(0)));
    test::RandomSituation random(4, kFiveYearsDays, false);
    TimePoint now = test::at("2026-06-01");
    for (auto _ : state) {
        now += std::chrono::seconds{1};
        const auto edit = addReports(*index, {test::roadReport("", RoadStatusKind::Blocked, "2025-01-01")}, now);
        index = std::make_shared<const SituationIndex>(std::make_shared<const Situation>(applied(*index, edit)),
                                                       index.get());
    }
}
BENCHMARK(editAndIndexAgain)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void changes(benchmark::State& state) {
    const SituationIndex& index = indexOf(state.range(0));
    const RoadLookup roads(layers());
    const RegionLookup regions(layers());
    ChangeQuery query;
    query.before.asOf = test::at("2025-09-01");
    query.after.asOf = test::at("2025-11-15");
    std::size_t found = 0;
    for (auto _ : state) {
        const Changes result = changesBetween(index, roads, regions, query);
        found = result.roads.size() + result.control.size() + result.incidents.size();
    }
    state.counters["changes"] = static_cast<double>(found);
}
BENCHMARK(changes)->Arg(100'000)->Unit(benchmark::kMillisecond);

void changesWithTwoClocks(benchmark::State& state) {
    const SituationIndex& index = indexOf(state.range(0));
    const RoadLookup roads(layers());
    const RegionLookup regions(layers());
    ChangeQuery query;
    query.before = {test::at("2025-09-01"), test::at("2025-09-01")};
    query.after = {test::at("2025-11-15"), test::at("2025-11-15")};
    for (auto _ : state)
        benchmark::DoNotOptimize(changesBetween(index, roads, regions, query));
}
BENCHMARK(changesWithTwoClocks)->Arg(100'000)->Unit(benchmark::kMillisecond);

void workListOfADay(benchmark::State& state) {
    const SituationIndex& index = indexOf(state.range(0));
    const RoadLookup roads(layers());
    const RegionLookup regions(layers());
    for (auto _ : state)
        benchmark::DoNotOptimize(workList(index, {.asOf = test::at("2025-10-01")}, roads, regions));
}
BENCHMARK(workListOfADay)->Arg(100'000)->Unit(benchmark::kMillisecond);

// What a map draws, an hour further at each step, as a drag of the time bar asks it.
void shownStepByStep(benchmark::State& state) {
    Project project = layers();
    project.situation = situationOf(state.range(0));
    ShownSituations shown;
    TimeFilter filter{.asOf = test::at("2025-10-01")};
    shown.at(project, filter);
    for (auto _ : state) {
        filter.asOf += std::chrono::hours{1};
        benchmark::DoNotOptimize(shown.at(project, filter));
    }
}
BENCHMARK(shownStepByStep)->Arg(100'000)->Unit(benchmark::kMillisecond);

// At a date far from the last.
void shownAtAnyDate(benchmark::State& state) {
    Project project = layers();
    project.situation = situationOf(state.range(0));
    ShownSituations shown;
    test::RandomSituation random(5, kFiveYearsDays, false);
    std::size_t roads = 0, control = 0;
    for (auto _ : state) {
        const auto now = shown.at(project, {.asOf = random.anyTime()});
        roads += now->roads.size();
        control += now->control.size();
    }
    state.counters["roads"] = static_cast<double>(roads) / static_cast<double>(state.iterations());
    state.counters["control"] = static_cast<double>(control) / static_cast<double>(state.iterations());
}
BENCHMARK(shownAtAnyDate)->Arg(100'000)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace cordon

BENCHMARK_MAIN();
