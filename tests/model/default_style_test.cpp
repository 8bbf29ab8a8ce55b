#include "core/model/default_style.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

Column texts(const std::string& name, const std::vector<std::string>& values) {
    TextValues stored;
    for (const std::string& value : values)
        stored.append(value);
    Column column;
    column.name = name;
    column.type = FieldType::Text;
    column.values = std::move(stored);
    return column;
}

Column integers(const std::string& name, std::vector<std::int64_t> values, FieldType type = FieldType::Integer) {
    Column column;
    column.name = name;
    column.type = type;
    column.values = std::move(values);
    return column;
}

FeatureTable table(PartRole role, std::uint32_t rows, std::vector<Column> columns) {
    FeatureTable t;
    t.name = "sample";
    for (std::uint32_t row = 0; row < rows; ++row) {
        for (const LonLat p : {LonLat{0, 0}, LonLat{1, 0}, LonLat{1, 1}, LonLat{0, 0}})
            t.geometry.coordinates.push_back(p);
        t.geometry.partStart.push_back(static_cast<std::uint32_t>(t.geometry.coordinates.size()));
        t.geometry.partRole.push_back(role);
        t.geometry.featureStart.push_back(row + 1);
    }
    t.columns = std::move(columns);
    finishTable(t);
    return t;
}

std::string conditionText(const std::vector<Condition>& conditions) {
    static constexpr const char* signs[] = {"=", "!=", "<", "<=", ">", ">=", "is null", "is not null"};
    std::string text;
    for (const Condition& c : conditions)
        text += c.field + signs[static_cast<int>(c.comparison)] + c.value;
    return text.empty() ? "else" : text;
}

// "condition: title" of each rule.
std::vector<std::string> rulesOf(const Style& style) {
    std::vector<std::string> lines;
    for (const Rule& rule : style.rules)
        lines.push_back(conditionText(rule.when) + ": " + rule.title);
    return lines;
}

TEST(DefaultStyle, CountryInFocusIsLighterAndOthersAreNamed) {
    const Style style = defaultStyle(
        LayerRole::Country, table(PartRole::OuterRing, 2,
                                  {texts("name", {"Mali", "Niger"}), integers("focus", {1, 0}, FieldType::Boolean)}));
    EXPECT_EQ(rulesOf(style), (std::vector<std::string>{"focus=1: Country border", "else: Other borders"}));
    ASSERT_TRUE(style.rules[0].fill && style.rules[1].fill);
    EXPECT_GT(style.rules[0].fill->color.r, style.rules[1].fill->color.r);
    ASSERT_EQ(style.labels.size(), 1U);
    EXPECT_EQ(conditionText(style.labels[0].when), "focus!=1");
    EXPECT_TRUE(style.labels[0].symbol.upperCase);
}

TEST(DefaultStyle, RegionIsNamedByItsOwnLevelNotItsParents) {
    const Style style =
        defaultStyle(LayerRole::Region, table(PartRole::OuterRing, 1,
                                              {texts("admin0Name", {"Mali"}), texts("admin1Name", {"Kayes"}),
                                               texts("admin2Name", {"Bafoulabe"}), texts("admin2Pcod", {"ML0102"})}));
    ASSERT_EQ(style.labels.size(), 1U);
    EXPECT_EQ(style.labels[0].symbol.field, "admin2Name");
    EXPECT_FALSE(style.rules.at(0).lines.at(0).dashMm.empty());
}

TEST(DefaultStyle, RoadsGoByTheirClassWordsMainFirst) {
    const Style style = defaultStyle(
        LayerRole::Road, table(PartRole::Line, 4, {texts("highway", {"track", "residential", "secondary", "trunk"})}));
    EXPECT_EQ(rulesOf(style), (std::vector<std::string>{"highway=trunk: Main road", "highway=secondary: Secondary road",
                                                        "highway=residential: Other road", "highway=track: Track",
                                                        "else: Other road"}));
    EXPECT_GT(style.rules[0].lines[0].widthMm, style.rules[1].lines[0].widthMm);
    EXPECT_FALSE(style.rules[3].lines[0].dashMm.empty());
    EXPECT_GT(style.rules[0].lines[0].casingMm, 0);
}

TEST(DefaultStyle, RoadsWithoutClassesAreOneKind) {
    const Style style = defaultStyle(LayerRole::Road, table(PartRole::Line, 2, {integers("edge", {1, 2})}));
    EXPECT_EQ(rulesOf(style), std::vector<std::string>{"else: "});
}

TEST(DefaultStyle, PlacesGoByPopulationAndTheCapitalIsAStar) {
    const Style style = defaultStyle(LayerRole::Place,
                                     table(PartRole::Points, 2,
                                           {texts("nom", {"Bamako", "Kayes"}), integers("population", {1297281, 97464}),
                                            integers("capital", {1, 0}, FieldType::Boolean)}));
    EXPECT_EQ(rulesOf(style),
              (std::vector<std::string>{"capital=1: Capital", "population>=250000: Over 250 000 people",
                                        "population>=50000: 50 000 – 250 000", "population>=10000: 10 000 – 50 000",
                                        "else: Smaller or not known"}));
    EXPECT_EQ(style.rules[0].marker->shape, MarkerShape::Star);
    ASSERT_EQ(style.labels.size(), 5U);
    EXPECT_EQ(style.labels[0].symbol.field, "nom");
    EXPECT_EQ(style.labels[0].symbol.priorityField, "population");
    EXPECT_TRUE(style.labels[0].symbol.bold);
    for (std::size_t i = 1; i < style.rules.size(); ++i) {
        EXPECT_LT(style.rules[i].marker->sizeMm, style.rules[i - 1].marker->sizeMm);
        EXPECT_LT(style.labels[i].symbol.sizePt, style.labels[i - 1].symbol.sizePt);
        EXPECT_GE(style.labels[i].symbol.sizePt, 6);
    }
}

TEST(DefaultStyle, PlacesWithoutPopulationGoByKind) {
    const Style style = defaultStyle(
        LayerRole::Place,
        table(PartRole::Points, 3, {texts("name", {"a", "b", "c"}), texts("value", {"hamlet", "city", "town"})}));
    EXPECT_EQ(rulesOf(style), (std::vector<std::string>{"value=city: Large town", "value=town: Town",
                                                        "value=hamlet: Village", "else: Other place"}));
}

TEST(DefaultStyle, RiversThinOutByRank) {
    const Style style = defaultStyle(
        LayerRole::River, table(PartRole::Line, 2, {texts("name", {"Niger", ""}), integers("rank", {1, 4})}));
    ASSERT_EQ(style.rules.size(), 4U);
    for (std::size_t i = 1; i < style.rules.size(); ++i)
        EXPECT_LT(style.rules[i].lines[0].widthMm, style.rules[i - 1].lines[0].widthMm);
    EXPECT_TRUE(style.labels.at(0).symbol.italic);
}

TEST(DefaultStyle, IncidentsGrowWithTheDead) {
    const Style style = defaultStyle(LayerRole::Incident, table(PartRole::Points, 2, {integers("best", {0, 60})}));
    ASSERT_EQ(style.rules.size(), 6U);
    for (std::size_t i = 1; i < style.rules.size(); ++i)
        EXPECT_LT(style.rules[i].marker->sizeMm, style.rules[i - 1].marker->sizeMm);
}

TEST(DefaultStyle, EveryRoleDrawsEveryGeometryItMayHave) {
    for (const LayerRole role : {LayerRole::Country, LayerRole::Region, LayerRole::Sea, LayerRole::Lake})
        EXPECT_TRUE(defaultStyle(role, table(PartRole::OuterRing, 1, {})).rules.at(0).fill) << toWord(role);
    for (const LayerRole role :
         {LayerRole::River, LayerRole::Boundary, LayerRole::Road, LayerRole::Track, LayerRole::Other})
        EXPECT_FALSE(defaultStyle(role, table(PartRole::Line, 1, {})).rules.at(0).lines.empty()) << toWord(role);
    for (const LayerRole role :
         {LayerRole::Place, LayerRole::Point, LayerRole::Incident, LayerRole::Track, LayerRole::Other})
        EXPECT_TRUE(defaultStyle(role, table(PartRole::Points, 1, {})).rules.at(0).marker) << toWord(role);
    for (const LayerRole role :
         {LayerRole::ControlAreas, LayerRole::RoadStatuses, LayerRole::Restrictions, LayerRole::Incidents})
        EXPECT_EQ(defaultStyle(role, table(PartRole::Points, 1, {})).rules.size(), 0U) << toWord(role);
}

TEST(DefaultStyle, ATableWithoutColumnsHasNoLabels) {
    for (const LayerRole role :
         {LayerRole::Country, LayerRole::Region, LayerRole::River, LayerRole::Place, LayerRole::Point})
        EXPECT_TRUE(defaultStyle(role, table(PartRole::Points, 1, {})).labels.empty()) << toWord(role);
}

} // namespace
} // namespace cordon
