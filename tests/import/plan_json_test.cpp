#include "core/error.h"
#include "core/import/import_plan.h"
#include "core/io/record_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace cordon {
namespace {

std::string anyText(std::mt19937& random) {
    static const std::vector<std::string> kPieces = {"a",  "é", "\"", "\\", "\n", " ", "{", "}", "خط",
                                                     "\t", "0", "#",  "'",  "𝄞",  ":", "/", ",", "\x01"};
    std::string text;
    for (std::size_t i = random() % 8; i > 0; --i)
        text += kPieces[random() % kPieces.size()];
    return text;
}

std::vector<std::pair<std::string, std::string>> anyPairs(std::mt19937& random) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (std::size_t i = random() % 4; i > 0; --i)
        pairs.emplace_back(anyText(random) + std::to_string(i), anyText(random));
    return pairs;
}

ImportPlan anyPlan(std::mt19937& random) {
    const std::vector<std::string> fields = recordColumns();
    ImportPlan plan;
    plan.target = static_cast<ImportTarget>(random() % 10);
    plan.preset = anyText(random);
    plan.layerName = anyText(random);
    plan.crs = anyText(random);
    plan.timezone = anyText(random);
    plan.dayOrder = static_cast<DayOrder>(random() % 4);
    plan.snapMeters = static_cast<double>(random()) / 3;
    plan.trackSnapMeters = static_cast<double>(random() % 100) / 3;
    plan.trackGapSeconds = static_cast<double>(random() % 100) / 7;
    plan.worstAccuracyMeters = random() % 2 ? 0 : 1e-300;
    plan.constants = anyPairs(random);
    plan.roads = anyPairs(random);
    for (std::size_t i = random() % 3; i > 0; --i)
        plan.fixes.push_back(static_cast<ImportFix>(random() % 7));
    for (std::size_t i = random() % 6; i > 0; --i) {
        ColumnUse use{anyText(random), static_cast<ColumnRole>(random() % 25), {}, {}, anyText(random)};
        if (use.role == ColumnRole::Field) {
            use.field = fields[random() % fields.size()];
            use.values = anyPairs(random);
        }
        plan.columns.push_back(std::move(use));
    }
    return plan;
}

TEST(PlanJson, ReadsBackWhatItWrote) {
    std::mt19937 random(5);
    for (int i = 0; i < 5000; ++i) {
        const ImportPlan plan = anyPlan(random);
        const std::string json = planAsJson(plan);
        ASSERT_EQ(planFromJson(json, "The mapping"), plan) << json;
    }
}

std::string errorOf(const std::string& json) {
    try {
        planFromJson(json, "The mapping 'a.json'");
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

TEST(PlanJson, NamesWhatItDoesNotKnow) {
    EXPECT_EQ(errorOf(R"({"colums": []})"), "The mapping 'a.json' cannot be used: it has the unknown key 'colums'; did "
                                            "you mean 'columns'?");
    EXPECT_EQ(errorOf(R"({"columns": [{"column": "a", "is": "latitude"}]})"),
              "The mapping 'a.json' cannot be used: 'columns[0]' has the unknown key 'is'; did you mean 'as'?");
    EXPECT_EQ(errorOf(R"({"as": "incident"})"),
              "The mapping 'a.json' cannot be used: 'as' 'incident' is not known; did you mean 'incidents'?");
    EXPECT_EQ(errorOf(R"({"columns": [{"column": "a", "as": "latitud"}]})"),
              "The mapping 'a.json' cannot be used: 'columns[0].as' 'latitud' is not known; did you mean 'latitude'?");
    EXPECT_EQ(errorOf(R"({"columns": [{"column": "a", "as": "field", "field": "statut"}]})"),
              "The mapping 'a.json' cannot be used: 'columns[0].field' 'statut' is not known; did you mean 'status'?");
    EXPECT_EQ(
        errorOf(R"({"columns": [{"column": "a", "as": "field"}]})"),
        "The mapping 'a.json' cannot be used: 'columns[0].field' is missing; name the column of situation records "
        "that 'a' is.");
    EXPECT_EQ(errorOf(R"({"fixes": ["swap"]})"),
              "The mapping 'a.json' cannot be used: 'fixes' 'swap' is not known; write one of swap_lat_lon, "
              "negate_longitude, negate_latitude, leave_out_far, leave_out_inaccurate, leave_out_zero_island, "
              "keep_duplicates, utm_south.");
    EXPECT_EQ(errorOf(R"({"day_order": "day-first"})"),
              "The mapping 'a.json' cannot be used: 'day_order' 'day-first' is not known; did you mean 'day_first'?");
    EXPECT_EQ(errorOf(R"({"snap_m": -1})"), "The mapping 'a.json' cannot be used: 'snap_m' must not be below 0.");
    EXPECT_THAT(errorOf("["), testing::StartsWith("The mapping 'a.json' is not valid JSON"));
}

} // namespace
} // namespace cordon
