// How long the steps from table to picture take on a made-up country: borders, roads and incident points.
#include "core/render/png_writer.h"
#include "core/render/prepared_layer.h"
#include "core/render/render.h"

#include <benchmark/benchmark.h>
#include <cmath>
#include <filesystem>
#include <random>

namespace {

using namespace cordon;

constexpr int kColumns = 40, kRows = 25, kBorderPoints = 256;

// Midpoint displacement between two corners, ends kept.
void appendBorder(std::vector<LonLat>& out, LonLat a, LonLat b, int points, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> across(0, 0.13);
    std::vector<LonLat> line{a, b};
    while (static_cast<int>(line.size()) <= points) {
        std::vector<LonLat> finer;
        for (std::size_t i = 1; i < line.size(); ++i) {
            const LonLat p = line[i - 1], q = line[i];
            const double s = across(random), dx = q.lonDegrees - p.lonDegrees, dy = q.latDegrees - p.latDegrees;
            finer.push_back(p);
            finer.push_back({(p.lonDegrees + q.lonDegrees) / 2 - s * dy, (p.latDegrees + q.latDegrees) / 2 + s * dx});
        }
        finer.push_back(line.back());
        line = std::move(finer);
    }
    out.insert(out.end(), line.begin(), line.end() - 1);
}

LonLat corner(int column, int row) {
    return {30 + 10.0 * column / kColumns, 45 + 7.0 * row / kRows};
}

void endPart(FeatureTable& table, PartRole role) {
    table.geometry.partStart.push_back(static_cast<std::uint32_t>(table.geometry.coordinates.size()));
    table.geometry.partRole.push_back(role);
    table.geometry.featureStart.push_back(table.geometry.partCount());
}

std::shared_ptr<const FeatureTable> polygons() {
    auto table = std::make_shared<FeatureTable>();
    for (int row = 0; row < kRows; ++row)
        for (int column = 0; column < kColumns; ++column) {
            auto& out = table->geometry.coordinates;
            const std::size_t first = out.size();
            const LonLat corners[] = {corner(column, row), corner(column + 1, row), corner(column + 1, row + 1),
                                      corner(column, row + 1), corner(column, row)};
            for (int side = 0; side < 4; ++side)
                appendBorder(out, corners[side], corners[side + 1], kBorderPoints,
                             static_cast<unsigned>(row * 1000 + column * 4 + side));
            out.push_back(out[first]);
            endPart(*table, PartRole::OuterRing);
        }
    finishTable(*table);
    return table;
}

std::shared_ptr<const FeatureTable> roads(int count) {
    auto table = std::make_shared<FeatureTable>();
    std::mt19937 random(2);
    std::uniform_real_distribution<double> lon(30, 40), lat(45, 52), turn(-0.02, 0.02);
    for (int i = 0; i < count; ++i) {
        const LonLat a{lon(random), lat(random)};
        const LonLat b{a.lonDegrees + turn(random), a.latDegrees + turn(random)};
        appendBorder(table->geometry.coordinates, a, b, 8, random());
        table->geometry.coordinates.push_back(b);
        endPart(*table, PartRole::Line);
    }
    finishTable(*table);
    return table;
}

std::shared_ptr<const FeatureTable> points(int count) {
    auto table = std::make_shared<FeatureTable>();
    std::mt19937 random(3);
    std::normal_distribution<double> lon(35, 1), lat(48.5, 0.7);
    for (int i = 0; i < count; ++i) {
        table->geometry.coordinates.push_back({lon(random), lat(random)});
        endPart(*table, PartRole::Points);
    }
    finishTable(*table);
    return table;
}

std::shared_ptr<const Layer> layer(std::shared_ptr<const FeatureTable> table) {
    Layer made;
    made.table = std::move(table);
    Rule rule;
    rule.fill = FillSymbol{};
    rule.fill->color = {152, 78, 163, 153};
    rule.lines.emplace_back();
    rule.marker = MarkerSymbol{};
    made.style.rules = {rule};
    return std::make_shared<const Layer>(std::move(made));
}

const Scene& scene() {
    static const Scene made = [] {
        auto project = std::make_shared<Project>();
        project->layers = {layer(polygons()), layer(roads(100000)), layer(points(100000))};
        Scene s;
        s.project = project;
        s.labels = false;
        GeoBox box;
        box.include(LonLat{30, 45});
        box.include(LonLat{40, 52});
        s.view = viewOf(box, Crs::webMercator(), 1920, 1080, 96);
        return s;
    }();
    return made;
}

PreparedLayers& prepared() {
    static PreparedLayers layers;
    return layers;
}

void BM_Prepare(benchmark::State& state) {
    const Scene& s = scene();
    for (auto _ : state) {
        PreparedLayers fresh;
        benchmark::DoNotOptimize(fresh.find(s.project->layers[0]->table, s.view.crs));
    }
    state.SetItemsProcessed(state.iterations() *
                            static_cast<std::int64_t>(s.project->layers[0]->table->geometry.coordinates.size()));
}

void BM_FirstDisplayList(benchmark::State& state) {
    for (auto _ : state) {
        PreparedLayers fresh;
        benchmark::DoNotOptimize(buildDisplayList(scene(), fresh));
    }
}

// At 1 : 2^n of the whole country.
MapView zoomed(std::int64_t steps) {
    MapView view = scene().view;
    view.unitsPerPx = std::ldexp(view.unitsPerPx, -static_cast<int>(steps));
    return view;
}

void BM_DisplayList(benchmark::State& state) {
    Scene s = scene();
    s.view = zoomed(state.range(0));
    buildDisplayList(s, prepared());
    for (auto _ : state)
        benchmark::DoNotOptimize(buildDisplayList(s, prepared()));
}

void BM_Draw(benchmark::State& state) {
    Scene s = scene();
    s.view = zoomed(state.range(0));
    const DisplayList list = buildDisplayList(s, prepared());
    for (auto _ : state)
        benchmark::DoNotOptimize(drawImage(list, static_cast<int>(state.range(1))));
}

void BM_Png(benchmark::State& state) {
    const QImage image = drawImage(buildDisplayList(scene(), prepared()));
    const std::string path = (std::filesystem::temp_directory_path() / "cordon_bench.png").string();
    for (auto _ : state)
        writePng(image, path, 96, static_cast<int>(state.range(0)));
    std::filesystem::remove(path);
}

BENCHMARK(BM_Prepare)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_FirstDisplayList)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_DisplayList)->Unit(benchmark::kMillisecond)->UseRealTime()->Arg(0)->Arg(3)->Arg(6);
BENCHMARK(BM_Draw)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Args({0, 1})
    ->Args({0, 0})
    ->Args({3, 1})
    ->Args({3, 0});
BENCHMARK(BM_Png)->Unit(benchmark::kMillisecond)->UseRealTime()->Arg(1)->Arg(0);

} // namespace

BENCHMARK_MAIN();
