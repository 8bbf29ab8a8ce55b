// Reports of 2025 and the real main roads of Mali: each report lands on a road that its column `routes` names, or is
// listed for somebody to decide.
#include "core/io/vector_reader.h"
#include "core/model/road_snap.h"
#include "test_folders.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

namespace cordon {
namespace {

const std::filesystem::path kData = CORDON_TEST_SOURCE "/../shared/data";

struct Outcome {
    int landed = 0, ambiguous = 0, none = 0;
    std::string wrong; // report: road instead of roads
    std::string onRoads;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

struct MaliReport {
    std::string id, routes;
    LonLat point;
    LocationPrecision precision = LocationPrecision::Unknown;
};

std::vector<MaliReport> maliReports() {
    const auto table = readVector((kData / "mali-2025/reports.csv").string()).tables.at(0);
    const auto text = [&](const char* name, std::uint32_t row) {
        return table->valueAsText(*table->findColumn(name), row);
    };
    std::vector<MaliReport> reports;
    for (std::uint32_t row = 0; row < table->featureCount; ++row)
        reports.push_back(
            {text("id", row),
             text("routes", row),
             {std::stod(text("lon", row)), std::stod(text("lat", row))},
             fromWord<LocationPrecision>(text("location_precision", row)).value_or(LocationPrecision::Unknown)});
    return reports;
}

Outcome outcomeAt(const RoadSnapper& snapper, double maxMeters, bool useRoutes) {
    Outcome outcome;
    for (const MaliReport& report : maliReports()) {
        SnapQuery query{.maxMeters = maxMeters, .positionErrorMeters = positionErrorMeters(report.precision)};
        if (useRoutes)
            query.roadHint = report.routes;
        const Snap snap = snapper.snap(report.point, query);
        if (snap.outcome != SnapOutcome::Snapped) {
            ++(snap.outcome == SnapOutcome::Ambiguous ? outcome.ambiguous : outcome.none);
            EXPECT_FALSE(describe(snap, query).empty());
            continue;
        }
        ++outcome.landed;
        EXPECT_LE(snap.candidates.at(0).distanceMeters, maxMeters);
        outcome.onRoads += (outcome.onRoads.empty() ? "" : " ") + report.id + ":" + snap.road.roadId;
        if (!report.routes.empty() &&
            (";" + report.routes + ";").find(";" + snap.road.roadId + ";") == std::string::npos)
            outcome.wrong += report.id + ": " + snap.road.roadId + " instead of " + report.routes + "\n";
    }
    return outcome;
}

TEST(RoadSnapMali, NoReportLandsOnAWrongRoad) {
    const auto roads = kData / "mali/mali_main_roads.geojson";
    if (!std::filesystem::exists(roads) || !std::filesystem::exists(kData / "mali-2025/reports.csv"))
        GTEST_SKIP() << "no shared data";
    Layer layer = *makeLayer(readVector(roads.string()).tables.at(0), LayerRole::Road);
    layer.idField = "edge";
    Project project;
    project.layers.push_back(std::make_shared<const Layer>(layer));
    const RoadSnapper snapper(project);
    for (const double maxMeters : {500., 1000., 2000., 5000., 10000., 25000., 50000.})
        for (const bool useRoutes : {false, true}) {
            const Outcome o = outcomeAt(snapper, maxMeters, useRoutes);
            EXPECT_EQ(o.wrong, "") << maxMeters << (useRoutes ? " with routes" : "");
            EXPECT_EQ(o.landed + o.ambiguous + o.none, 36);
        }
    const Outcome byDefault = outcomeAt(snapper, 500, false);
    EXPECT_EQ(byDefault.onRoads, "R010:76 R013:108 R018:100 R035:180");
    EXPECT_EQ(byDefault.ambiguous, 4);
    // Points that their sources place "between A and B", far from the simplified line of the road.
    const Outcome far = outcomeAt(snapper, 25000, false);
    EXPECT_EQ(far.landed, 18) << far.onRoads;
    EXPECT_EQ(far.ambiguous, 8);
}

} // namespace
} // namespace cordon
