#include "core/render/legend.h"

#include "core/render/sheet_words.h"
#include "made_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cordon {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// "Group: entry, entry" a line.
std::vector<std::string> linesOf(const std::vector<LegendGroup>& groups) {
    std::vector<std::string> lines;
    for (const LegendGroup& group : groups) {
        std::string line = group.title + ":";
        for (const LegendEntry& entry : group.entries)
            line += (&entry == &group.entries.front() ? " " : ", ") + entry.text;
        lines.push_back(line);
    }
    return lines;
}

std::vector<std::string> legendLines(const Project& project, const GeoBox& extent = GeoBox{{-4, -4, 4, 4}}) {
    const Page page = paperPage("A3", true, 100);
    PreparedLayers prepared;
    return linesOf(legendOf(madeScene(project, page, extent), prepared));
}

Project projectOf(const Layer& layer) {
    Project project;
    project.layers.push_back(std::make_shared<const Layer>(layer));
    return project;
}

TEST(Legend, ListsGroupsInReadingOrder) {
    EXPECT_THAT(legendLines(madeProject()),
                ElementsAre("Control of terrain: Northern front, State", "Roads: Blocked, Passable with difficulty",
                            "Restrictions: Town under restriction",
                            "Incidents of the last 90 days (23 Jul – 20 Oct 2025): Armed attack, Air strike",
                            "Base map: Highland, Lowland"));
}

TEST(Legend, ListsOnlyWhatLiesInTheFrame) {
    EXPECT_THAT(legendLines(madeProject(), GeoBox{{-3, 1.7, -2.4, 2.3}}),
                ElementsAre("Control of terrain: Northern front", "Base map: Highland"));
}

TEST(Legend, ListsOnlyWhatIsInForce) {
    Situation situation = madeSituation();
    situation.controlAreas[0].head.valid.end = day("2025-10-01");
    situation.roadStatuses[0].head.valid.begin = day("2025-10-22");
    situation.incidents[1].head.valid.begin = day("2025-07-22");
    const auto lines = legendLines(madeProject(situation));
    EXPECT_THAT(lines, Contains("Control of terrain: State"));
    EXPECT_THAT(lines, Contains("Roads: Passable with difficulty"));
    EXPECT_THAT(lines, Contains(HasSubstr(": Armed attack")));
    EXPECT_THAT(lines, Not(Contains(HasSubstr("Air strike"))));
}

TEST(Legend, APolygonWhoseBoxAloneReachesIntoTheFrameIsNotListed) {
    // An L that goes round the frame on two sides.
    const auto table = madeTable("shapes", {{"L", {{-9, -9}, {9, -9}, {9, -8}, {-8, -8}, {-8, 9}, {-9, 9}, {-9, -9}}},
                                            {"round all", square(0, 0, 30)}});
    const Layer layer = madeLayer("Shapes", LayerRole::Region, table, {"L", "round all"});
    EXPECT_THAT(legendLines(projectOf(layer), GeoBox{{-1, -1, 1, 1}}), ElementsAre("Base map: round all"));
}

TEST(Legend, LeavesOutHiddenLayersAndRulesOutOfScale) {
    const auto table = madeTable("shapes", {{"a", square(0, 0, 1)}, {"b", square(1, 0, 1)}});
    Layer layer = madeLayer("Shapes", LayerRole::Region, table, {"a", "b"});
    layer.style.rules[1].maxScale = 1000; // closer than the map
    EXPECT_THAT(legendLines(projectOf(layer)), ElementsAre("Base map: a"));
    layer.inLegend = false;
    EXPECT_THAT(legendLines(projectOf(layer)), IsEmpty());
    layer.inLegend = true;
    layer.visible = false;
    EXPECT_THAT(legendLines(projectOf(layer)), IsEmpty());
    layer.visible = true;
    layer.opacity = 0;
    EXPECT_THAT(legendLines(projectOf(layer)), IsEmpty());
}

TEST(Legend, ARuleWithoutATitleGoesByItsLayersName) {
    const auto table = madeTable("ways", {{"x", {{-1, 0}, {1, 0}}}}, PartRole::Line);
    Layer layer = madeLayer("Main roads", LayerRole::Road, table, {"x"});
    layer.style.rules[0].title.clear();
    EXPECT_THAT(legendLines(projectOf(layer)), ElementsAre("Roads: Main roads"));
}

TEST(Legend, NamesClassBasisAndConditions) {
    Situation situation;
    situation.actors = madeSituation().actors;
    ControlArea claimed = madeControl("1", {-2, 2}, "N");
    claimed.basis = ControlBasis::Claimed;
    ControlArea contested = madeControl("2", {0, 2}, "N", ControlClass::Contested);
    contested.otherActors = {"S"};
    situation.controlAreas = {madeControl("3", {2, -2}, "N", ControlClass::NoInformation), contested, claimed,
                              madeControl("4", {2, 2}, "S", ControlClass::Support),
                              madeControl("5", {-2, -2}, "Nobody knows them", ControlClass::AttackZone)};
    RoadStatus escorted = madeRoad("r1", {-3, 0}, {3, 0}, RoadStatusKind::Restricted);
    escorted.escortRequired = true;
    situation.roadStatuses = {escorted};
    EXPECT_THAT(legendLines(madeProject(situation)),
                ElementsAre("Control of terrain: Northern front, claimed, State: support, "
                            "Contested: Northern front / State, Nobody knows them: attack zone, No information",
                            "Roads: Restricted: escort", "Base map: Highland, Lowland"));
}

TEST(Legend, IncidentsInOnePlaceAreListedAsDrawn) {
    Situation situation;
    situation.incidents = {madeIncident("1", {0, 0}, IncidentType::AirStrike, "2025-10-01"),
                           madeIncident("2", {0, 0}, IncidentType::AirStrike, "2025-10-02"),
                           madeIncident("3", {0, 0}, IncidentType::Abduction, "2025-10-03")};
    // One symbol stands for all three, with the shape of the two.
    EXPECT_THAT(legendLines(madeProject(situation)), Contains(testing::EndsWith(": Air strike")));
}

TEST(Legend, TheSizeScaleFramesTheLargestSymbol) {
    const auto samplesFor = [](std::optional<int> fatalities) {
        Situation situation;
        situation.incidents = {madeIncident("1", {0, 0}, IncidentType::ArmedAttack, "2025-10-01", fatalities)};
        const Page page = paperPage("A3", true, 100);
        PreparedLayers prepared;
        std::vector<std::string> samples;
        for (const LegendGroup& group : legendOf(madeScene(madeProject(situation), page), prepared))
            for (const LegendEntry& sample : group.sizes)
                samples.push_back(sample.text);
        return samples;
    };
    EXPECT_THAT(samplesFor(std::nullopt), IsEmpty());
    EXPECT_THAT(samplesFor(0), IsEmpty());
    EXPECT_THAT(samplesFor(3), ElementsAre("0 or unknown", "5"));
    EXPECT_THAT(samplesFor(10), ElementsAre("0 or unknown", "10"));
    EXPECT_THAT(samplesFor(47), ElementsAre("0 or unknown", "10", "50"));
}

std::vector<LegendGroup> groupOf(int entries) {
    LegendGroup group;
    group.title = "Group";
    for (int i = 0; i < entries; ++i)
        group.entries.push_back({"Entry " + std::to_string(i), 3.6, [](DisplayList&, const PageBox&, double) {}});
    return {group};
}

LegendSpace spaceOf(float widthMm, float heightMm) {
    LegendSpace space;
    space.pxPerMm = 4;
    space.widthPx = widthMm * 4;
    space.heightPx = heightMm * 4;
    space.heading.sizePx = 12;
    space.entry.sizePx = 11;
    space.minSizePx = 8.5F;
    return space;
}

int shownEntries(const LegendLayout& layout) {
    return static_cast<int>(std::count_if(layout.rows.begin(), layout.rows.end(),
                                          [](const LegendRow& row) { return row.kind == LegendRow::Kind::Entry; }));
}

TEST(LegendLayout, KeepsToOneColumnWhileThereIsRoom) {
    const auto groups = groupOf(10);
    const LegendLayout layout = layoutLegend(groups, spaceOf(78, 140));
    EXPECT_EQ(layout.columns, 1);
    EXPECT_EQ(layout.hiddenEntries, 0);
    EXPECT_EQ(shownEntries(layout), 10);
}

TEST(LegendLayout, TakesASecondColumnWhenOneIsFull) {
    const auto groups = groupOf(40);
    const LegendLayout layout = layoutLegend(groups, spaceOf(78, 120));
    EXPECT_EQ(layout.columns, 2);
    EXPECT_EQ(layout.hiddenEntries, 0);
    EXPECT_EQ(shownEntries(layout), 40);
    EXPECT_LE(layout.heightPx, 120 * 4);
}

TEST(LegendLayout, CountsWhatItMustLeaveOut) {
    for (const float heightMm : {20.0F, 33.0F, 60.0F}) {
        const auto groups = groupOf(100);
        const LegendLayout layout = layoutLegend(groups, spaceOf(50, heightMm));
        EXPECT_GT(layout.hiddenEntries, 0);
        EXPECT_EQ(shownEntries(layout) + layout.hiddenEntries, 100);
        ASSERT_FALSE(layout.rows.empty());
        EXPECT_THAT(layout.rows.back().text.lines,
                    ElementsAre("… and " + std::to_string(layout.hiddenEntries) + " more"));
        EXPECT_LE(layout.heightPx, heightMm * 4);
    }
}

TEST(LegendLayout, AHeadingNeverStandsAlone) {
    auto groups = groupOf(9);
    groups.push_back(groupOf(9).front());
    for (float heightMm = 20; heightMm < 100; heightMm += 1) {
        const LegendLayout layout = layoutLegend(groups, spaceOf(90, heightMm));
        for (std::size_t i = 0; i < layout.rows.size(); ++i)
            if (layout.rows[i].kind == LegendRow::Kind::Heading) {
                ASSERT_LT(i + 1, layout.rows.size());
                EXPECT_EQ(layout.rows[i].left, layout.rows[i + 1].left) << heightMm;
                EXPECT_EQ(layout.rows[i + 1].kind, LegendRow::Kind::Entry) << heightMm;
            }
    }
}

TEST(SheetWords, TheEndOfADayIsNotTheNextDay) {
    EXPECT_EQ(sheetTime(parseAsOf("2025-10-20"), "en"), "20 Oct 2025, 24:00 UTC");
    EXPECT_EQ(sheetTime(day("2025-10-20"), "en"), "20 Oct 2025, 00:00 UTC");
    EXPECT_EQ(sheetTime(day("2025-10-20T14:05+02:00"), "en"), "20 Oct 2025, 12:05 UTC");
}

TEST(SheetWords, TheWindowNamesItsFirstAndLastDay) {
    TimeFilter filter;
    filter.asOf = parseAsOf("2025-02-10");
    filter.incidentDays = 90;
    EXPECT_EQ(incidentsHeading(filter, "en"), "Incidents of the last 90 days (13 Nov 2024 – 10 Feb 2025)");
    filter.incidentDays = 1;
    EXPECT_EQ(incidentsHeading(filter, "en"), "Incidents of the last day (10 Feb 2025)");
}

TEST(SheetWords, NumbersAreGroupedAndScalesRounded) {
    EXPECT_EQ(scaleText(4387112), "1:4\u2009390\u2009000");
    EXPECT_EQ(scaleText(0), "");
}

TEST(SheetWords, AProjectionWithoutANameIsDescribed) {
    EXPECT_EQ(projectionText(Crs::fromText("EPSG:32629")), "WGS 84 / UTM zone 29N");
    EXPECT_EQ(projectionText(Crs::fromText("+proj=laea +lat_0=15 +lon_0=-5 +datum=WGS84 +units=m +no_defs +type=crs")),
              "Lambert azimuthal equal-area, 15°N 5°W, WGS 84");
}

} // namespace
} // namespace cordon
