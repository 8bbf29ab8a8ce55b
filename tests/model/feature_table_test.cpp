#include "core/model/feature_table.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

Column integers(std::vector<std::int64_t> values, FieldType type = FieldType::Integer) {
    Column column;
    column.name = "n";
    column.type = type;
    column.values = std::move(values);
    return column;
}

TEST(FeatureTable, NullIsNotZero) {
    const FeatureTable table;
    Column column = integers({0, 5});
    column.isNullAt = {1, 0};
    EXPECT_EQ(table.valueAsText(column, 0), "");
    EXPECT_EQ(table.valueAsText(column, 1), "5");
    EXPECT_EQ(FeatureTable::valueAsNumber(column, 0), std::nullopt);
    EXPECT_EQ(FeatureTable::valueAsNumber(column, 1), 5);
}

TEST(FeatureTable, DatesAndZonesReadAsWritten) {
    const FeatureTable table;
    EXPECT_EQ(table.valueAsText(integers({20381}, FieldType::Date), 0), "2025-10-20");
    Column times = integers({1760968800500, 1760968800000, 1760968800000}, FieldType::DateTime);
    times.zoneOffsetMinutes = {0, 60, Column::kNoZone};
    EXPECT_EQ(table.valueAsText(times, 0), "2025-10-20T14:00:00.500Z");
    EXPECT_EQ(table.valueAsText(times, 1), "2025-10-20T15:00:00+01:00");
    EXPECT_EQ(table.valueAsText(times, 2), "2025-10-20T14:00:00");
}

TEST(FeatureTable, TextThatIsWhollyANumberCountsAsOne) {
    Column column;
    TextValues texts;
    for (const char* text : {"12.5", "12,5", "", "7 km"})
        texts.append(text);
    column.values = texts;
    EXPECT_EQ(FeatureTable::valueAsNumber(column, 0), 12.5);
    for (const std::size_t row : {1u, 2u, 3u})
        EXPECT_EQ(FeatureTable::valueAsNumber(column, row), std::nullopt) << row;
}

TEST(FeatureTable, ColumnsAreFoundIgnoringCaseExactMatchFirst) {
    FeatureTable table;
    table.columns = {integers({1}), integers({2})};
    table.columns[0].name = "NAME";
    table.columns[1].name = "name";
    EXPECT_EQ(table.findColumn("name"), &table.columns[1]);
    EXPECT_EQ(table.findColumn("Name"), &table.columns[0]);
    EXPECT_EQ(table.findColumn("nam"), nullptr);
}

// A table of points keeps no boxes beside them; one vertex more and it does: the answers are the same.
TEST(FinishTable, BoxesOfPointsAreTheirPlaces) {
    for (const bool hasLine : {false, true}) {
        FeatureTable table;
        GeometryColumn& g = table.geometry;
        g.coordinates = {{1, 2}, {3, 4}};
        g.partStart = {0, 1, 2};
        g.partRole = {PartRole::Points, PartRole::Points};
        g.featureStart = {0, 1, 1, 2};
        if (hasLine) {
            g.coordinates.insert(g.coordinates.end(), {{5, 6}, {7, 8}, {9, 7}});
            g.partStart.push_back(5);
            g.partRole.push_back(PartRole::Line);
            g.featureStart.push_back(3);
        }
        finishTable(table);
        EXPECT_EQ(table.boxes.empty(), !hasLine);
        EXPECT_EQ(table.boxOf(0).minX, 1);
        EXPECT_EQ(table.boxOf(0).maxY, 2);
        EXPECT_TRUE(table.boxOf(1).isEmpty());
        EXPECT_EQ(table.boxOf(2).minY, 4);
        EXPECT_EQ(table.extent.maxX, hasLine ? 9 : 3);
        if (hasLine) {
            EXPECT_EQ(table.boxOf(3).maxY, 8);
        }
    }
}

TEST(FinishTable, BoxesSkipFeaturesWithoutGeometry) {
    FeatureTable table;
    GeometryColumn& g = table.geometry;
    g.coordinates = {{1, 2}, {3, 4}};
    g.partStart = {0, 2};
    g.partRole = {PartRole::Line};
    g.featureStart = {0, 0, 1}; // first feature without parts
    finishTable(table);
    EXPECT_EQ(table.featureCount, 2u);
    EXPECT_TRUE(table.boxOf(0).isEmpty());
    EXPECT_EQ(table.boxOf(1).maxY, 4);
    EXPECT_EQ(table.extent.minX, 1);
    EXPECT_EQ(table.geometryClass(), GeometryClass::Lines);
}

} // namespace
} // namespace cordon
