#include "core/render/sheet.h"

#include "core/error.h"
#include "core/model/sheet_answer.h"
#include "core/render/text.h"
#include "made_map.h"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numbers>
#include <tuple>

namespace cordon {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> textsOf(const DisplayList& list) {
    std::vector<std::string> texts;
    for (const Text& text : list.texts)
        texts.push_back(text.utf8);
    return texts;
}

std::string allTexts(const DisplayList& list) {
    std::string all;
    for (const Text& text : list.texts)
        all += text.utf8 + "\n";
    return all;
}

// The letters' own box: capitals above the baseline, tails below it.
PageBox boxOf(const Text& text) {
    const TextExtent extent = measureText(text.utf8, text.sizePx, text.bold, text.italic, text.letterSpacingPx);
    const double angle = static_cast<double>(text.angleDegrees) * std::numbers::pi / 180;
    PageBox box;
    for (const float x : {0.0F, extent.advancePx})
        for (const float y : {-extent.capHeightPx, text.sizePx * 0.2F})
            box.include(text.at.x + static_cast<float>(x * std::cos(angle) - y * std::sin(angle)),
                        text.at.y + static_cast<float>(x * std::sin(angle) + y * std::cos(angle)));
    return box;
}

bool overlap(const PageBox& a, const PageBox& b) {
    return a.minX < b.maxX && b.minX < a.maxX && a.minY < b.maxY && b.minY < a.maxY;
}

// Everything written beside the map lies on the page, off the map, and clear of every other text.
void expectTidy(const DisplayList& list, const Page& page, const std::string& what) {
    const PageBox frame = mapFrameBox(page);
    std::vector<std::pair<PageBox, std::string>> placed;
    for (const Text& text : list.texts) {
        const PageBox box = boxOf(text);
        const PageBox sheet{0, 0, static_cast<float>(list.widthPx), static_cast<float>(list.heightPx)};
        EXPECT_TRUE(sheet.contains(box.minX, box.minY) && sheet.contains(box.maxX, box.maxY))
            << what << ": \"" << text.utf8 << "\" leaves the page";
        if (frame.contains(box.minX, box.minY) && frame.contains(box.maxX, box.maxY))
            continue; // the map's own labels are labels_test's matter
        EXPECT_FALSE(overlap(box, frame)) << what << ": \"" << text.utf8 << "\" crosses the frame";
        EXPECT_GE(text.sizePx, 5.0 / 72 * page.dpi * 0.999) << what << ": \"" << text.utf8 << "\" is too small";
        for (const auto& [other, name] : placed)
            EXPECT_FALSE(overlap(box, other)) << what << ": \"" << text.utf8 << "\" covers \"" << name << "\"";
        placed.emplace_back(box, text.utf8);
    }
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

Project wordyProject() {
    Project project = madeProject();
    project.map.title = repeated("A title that is much longer than any title should be ", 6);
    project.map.subtitle = repeated("and a subtitle that does not know when to stop ", 5);
    project.map.summary = repeated("Nobody reads a summary of so many words, but it must not break the sheet. ", 30);
    for (int i = 0; i < 12; ++i)
        project.map.sources.push_back("https://example.org/" + repeated("a-very-long-name-without-a-blank-", 4));
    project.map.disclaimer = repeated("The boundaries shown do not imply endorsement or acceptance. ", 12);
    project.map.producer = repeated("Office for the Coordination of Long Names ", 4);
    std::vector<MadeRing> rows;
    std::vector<std::string> kinds;
    for (int i = 0; i < 40; ++i) {
        kinds.push_back("Category " + std::to_string(i) + " of the long list");
        rows.push_back({kinds.back(), square(-3.5 + 0.17 * i, 3.5, 0.08)});
    }
    project.layers.push_back(
        std::make_shared<const Layer>(madeLayer("Many", LayerRole::Other, madeTable("many", rows), kinds)));
    return project;
}

Project bareProject() {
    Project project;
    project.layers = madeProject().layers;
    std::erase_if(project.layers, [](const auto& layer) { return isSituationRole(layer->role); });
    return project;
}

TEST(PaperPage, KnowsIsoPaper) {
    EXPECT_EQ(paperPage("A3", true, 150).widthMm, 420);
    EXPECT_EQ(paperPage("a3", false, 150).heightMm, 420);
    EXPECT_EQ(paperPage("A4", true, 254).widthPx(), 2970);
    EXPECT_THROW(paperPage("A9", true, 150), Error);
    EXPECT_THROW(paperPage("", true, 150), Error);
}

TEST(Sheet, CarriesWhatAPublishedMapMust) {
    const Page page = paperPage("A3", true, 100);
    PreparedLayers prepared;
    const std::string texts = allTexts(buildSheet(madeScene(madeProject(), page), page, prepared));
    for (const char* wanted : {"Fuel and roads",
                               "Situation as of 20 Oct 2025, 24:00 UTC",
                               "The roads to the north are blocked.",
                               "Control of terrain",
                               "Northern front",
                               "Blocked",
                               "Incidents of the last 90 days",
                               "23 Jul – 20 Oct 2025",
                               "Fatalities",
                               "Scale 1:",
                               "km",
                               "mi",
                               "Sources: Records: made up for tests, 2025; Borders: made up.",
                               "Projection: WGS 84 / ",
                               "Not a real place.",
                               "Test bench",
                               "T-1",
                               "4°N",
                               "2°W",
                               "Highland"})
        EXPECT_THAT(texts, HasSubstr(wanted));
    EXPECT_THAT(texts, testing::ContainsRegex("(^|\n)N\n")); // the north arrow
}

TEST(Sheet, SpeaksFrench) {
    const Page page = paperPage("A3", true, 100);
    Project project = madeProject();
    project.map.language = "fr";
    PreparedLayers prepared;
    const std::string texts = allTexts(buildSheet(madeScene(project, page), page, prepared));
    for (const char* wanted : {"Situation au 20 oct. 2025, 24 h 00 UTC", "Front du nord", "Bloquée",
                               "Échelle 1:", "2°O", "Incidents des 90 derniers jours"})
        EXPECT_THAT(texts, HasSubstr(wanted));
    EXPECT_THAT(texts, Not(HasSubstr("Blocked")));
}

TEST(Sheet, SaysByWhenReportsWereKnown) {
    const Page page = paperPage("A3", true, 100);
    Scene scene = madeScene(madeProject(), page);
    PreparedLayers prepared;
    EXPECT_THAT(allTexts(buildSheet(scene, page, prepared)), Not(HasSubstr("Reports known by")));
    scene.time.knownBy = day("2025-10-18T06:30Z");
    EXPECT_THAT(allTexts(buildSheet(scene, page, prepared)), HasSubstr("Reports known by 18 Oct 2025, 06:30 UTC"));
}

TEST(Sheet, ADatedMapKeepsItsDateBesideASubtitle) {
    const Page page = paperPage("A3", true, 100);
    Project project = madeProject();
    project.map.subtitle = "Northern provinces";
    PreparedLayers prepared;
    EXPECT_THAT(allTexts(buildSheet(madeScene(project, page), page, prepared)),
                AllOf(HasSubstr("Northern provinces"), HasSubstr("as of 20 Oct 2025")));
}

TEST(Sheet, WithoutASituationHasNoDateAndNoSituationLegend) {
    const Page page = paperPage("A4", true, 100);
    PreparedLayers prepared;
    const auto texts = textsOf(buildSheet(madeScene(bareProject(), page), page, prepared));
    EXPECT_THAT(texts, Contains("Highland"));
    EXPECT_THAT(texts, Not(Contains(HasSubstr("as of"))));
    EXPECT_THAT(texts, Not(Contains("Control of terrain")));
}

TEST(Sheet, NothingIsCutAndNothingOverlapsOnAnyPaper) {
    const std::pair<const char*, Project> projects[] = {
        {"usual", madeProject()}, {"wordy", wordyProject()}, {"bare", bareProject()}, {"empty", Project{}}};
    for (const auto& [name, project] : projects)
        for (const char* paper : {"A6", "A5", "A4", "A3", "A0"})
            for (const bool landscape : {true, false}) {
                const Page page = paperPage(paper, landscape, 72);
                PreparedLayers prepared;
                const DisplayList list = buildSheet(madeScene(project, page), page, prepared);
                expectTidy(list, page, std::string(name) + " " + paper + (landscape ? " landscape" : " portrait"));
            }
}

Project answeringProject(std::size_t rows, std::size_t lanes, std::size_t marks) {
    Project project = madeProject();
    auto answer = std::make_shared<SheetAnswer>();
    answer->legendTitle = "Access by road";
    SheetTable table{"Blockages: who is reached again if lifted", "people (places)", {}};
    for (std::size_t i = 0; i < rows; ++i)
        table.rows.push_back({std::to_string(i + 1),
                              "R0" + std::to_string(i) + " A road of the far north – another town",
                              "48 774 (" + std::to_string(i) + ")"});
    answer->tables = {table, table};
    DayChart chart;
    chart.first = std::chrono::sys_days{std::chrono::year{2025} / 8 / 1};
    chart.days = 122;
    chart.title = "People cut off and corridors, day by day";
    chart.marksTitle = "What changed, and by which report";
    chart.unit = "people cut off";
    chart.counts.assign(chart.days, 58815);
    for (std::size_t i = 0; i < lanes; ++i)
        chart.lanes.push_back({"Corridor number " + std::to_string(i) + " of the country",
                               std::vector<DayState>(chart.days, static_cast<DayState>(i % kDayStates))});
    for (std::size_t i = 0; i < marks; ++i)
        chart.marks.push_back({3 * i, repeated("a town is cut off because of a road, ", 3) + std::to_string(i)});
    chart.shownDay = 80;
    answer->chart = chart;
    project.answer = answer;
    return project;
}

TEST(Sheet, AnAnswerHasTablesBesideAndAChartBelowItsMap) {
    for (const auto& [rows, lanes, marks] : {std::tuple{3, 3, 2}, std::tuple{25, 30, 30}, std::tuple{0, 0, 0}}) {
        const Project project = answeringProject(rows, lanes, marks);
        for (const char* paper : {"A4", "A3", "A1"})
            for (const bool landscape : {true, false}) {
                const Page page = paperPage(paper, landscape, 72), withRoom = pageFor(project, page);
                PreparedLayers prepared;
                const DisplayList list = buildSheet(madeScene(project, page), page, prepared);
                const std::string what =
                    std::to_string(rows) + " rows " + paper + (landscape ? " landscape" : " portrait");
                expectTidy(list, withRoom, what);
                EXPECT_LT(mapFrameBox(withRoom).height(), mapFrameBox(page).height() - 10) << what;
                EXPECT_GT(mapFrameBox(withRoom).height(), mapFrameBox(page).height() * 0.55F) << what;
                EXPECT_EQ(pageFor(project, withRoom).stripMm, withRoom.stripMm) << what;
                EXPECT_THAT(allTexts(list), HasSubstr("People cut off and corridors")) << what;
                if (rows > 0) {
                    EXPECT_THAT(allTexts(list), HasSubstr("R00 A road")) << what;
                }
            }
    }
}

// The words of the sheet in one line, so that a paragraph is found however it was wrapped.
std::string runningText(const DisplayList& list) {
    std::string all = allTexts(list);
    std::replace(all.begin(), all.end(), '\n', ' ');
    return all;
}

Project creditedProject(int legendEntries) {
    Project project = madeProject();
    project.map.subtitle = "Situation of two provinces on the day of the review, by the reports then known";
    project.map.sources = {"Situation: public reports of 2025, compiled by hand, source and grade in each record",
                           "Borders: Natural Earth 1:10m",
                           "Towns: GeoNames (CC BY 4.0)",
                           "Roads and places: © OpenStreetMap contributors (ODbL), with additions of OCHA",
                           "Rivers and lakes: GSHHG 2.3.7 (LGPL)",
                           "Population: WorldPop 2024 (CC BY 4.0)"};
    project.map.disclaimer = repeated("The boundaries and names shown do not imply endorsement or acceptance. ", 5) +
                             "Not for operational use.";
    std::vector<MadeRing> rows;
    std::vector<std::string> kinds;
    for (int i = 0; i < legendEntries; ++i) {
        kinds.push_back("Category " + std::to_string(i));
        rows.push_back({kinds.back(), square(-3.5 + 0.17 * i, 3.5, 0.08)});
    }
    project.layers.push_back(
        std::make_shared<const Layer>(madeLayer("Many", LayerRole::Other, madeTable("many", rows), kinds)));
    return project;
}

TEST(Sheet, LongLegendsLeaveTheCreditsWhole) {
    for (const int legendEntries : {4, 40})
        for (const bool landscape : {true, false})
            for (const char* paper : {"A5", "A4"}) {
                const Project project = creditedProject(legendEntries);
                const Page page = paperPage(paper, landscape, 100);
                PreparedLayers prepared;
                const std::string text = runningText(buildSheet(madeScene(project, page), page, prepared));
                std::string sources = "Sources: ";
                for (const std::string& source : project.map.sources)
                    sources += source + (source == project.map.sources.back() ? "." : "; ");
                const std::string what = std::to_string(legendEntries) + " on " + paper + (landscape ? "" : " upright");
                EXPECT_THAT(text, AllOf(HasSubstr(sources), HasSubstr(project.map.disclaimer), HasSubstr("T-1"),
                                        HasSubstr("Fuel and roads"), HasSubstr("Northern front"),
                                        HasSubstr("Projection: WGS 84 / ")))
                    << what;
            }
}

// Small type makes room for credits first, then the inset goes, and only then the legend is shortened.
TEST(Sheet, TheInsetGoesBeforeTheLegend) {
    const Page page = paperPage("A4", true, 100);
    Project project = creditedProject(8);
    PreparedLayers prepared;
    const std::string texts = runningText(buildSheet(madeScene(project, page), page, prepared));
    EXPECT_THAT(texts, AllOf(HasSubstr("Category 7"), Not(HasSubstr(" more"))));
    project.map.locator.reset();
    EXPECT_EQ(texts, runningText(buildSheet(madeScene(project, page), page, prepared)));
}

TEST(Sheet, StaysTidyOnOddPages) {
    for (const auto& [width, height] : {std::pair{60.0, 40.0}, std::pair{40.0, 60.0}, std::pair{900.0, 100.0},
                                        std::pair{100.0, 900.0}, std::pair{10.0, 10.0}}) {
        const Page page{width, height, 96};
        PreparedLayers prepared;
        expectTidy(buildSheet(madeScene(wordyProject(), page), page, prepared), page,
                   std::to_string(width) + " x " + std::to_string(height));
    }
}

TEST(Sheet, ALongTitleTakesTwoLinesAtMost) {
    const Page page = paperPage("A3", true, 100);
    PreparedLayers prepared;
    const DisplayList list = buildSheet(madeScene(wordyProject(), page), page, prepared);
    const float largest = std::max_element(list.texts.begin(), list.texts.end(), [](const Text& a, const Text& b) {
                              return a.sizePx < b.sizePx;
                          })->sizePx;
    EXPECT_LE(std::count_if(list.texts.begin(), list.texts.end(),
                            [&](const Text& text) { return text.bold && text.sizePx >= largest * 0.99F; }),
              2);
}

TEST(Sheet, TheSameInputGivesTheSameList) {
    const Page page = paperPage("A4", false, 120);
    PreparedLayers a, b;
    EXPECT_EQ(buildSheet(madeScene(wordyProject(), page), page, a).toText(),
              buildSheet(madeScene(wordyProject(), page), page, b).toText());
}

TEST(MapFrame, KeepsAViewMadeForIt) {
    const Page page = paperPage("A3", true, 150);
    const PageBox box = mapFrameBox(page);
    Scene scene;
    scene.project = std::make_shared<const Project>();
    scene.view = viewAt({-8, 12.6}, 1234567, Crs::fromText("EPSG:32629"), static_cast<int>(box.width()),
                        static_cast<int>(box.height()), 150);
    EXPECT_EQ(mapFrameOf(scene, page).view, scene.view);
    EXPECT_EQ(mapFrameOf(scene, page).box, box);
}

TEST(MapFrame, ShowsAllThatAViewOfAnotherSizeShowed) {
    for (const char* paper : {"A5", "A3"})
        for (const bool landscape : {true, false}) {
            const Page page = paperPage(paper, landscape, 100);
            Scene scene;
            scene.project = std::make_shared<const Project>();
            scene.view = MapView{Crs::webMercator(), {-500000, 1800000}, 900, 1600, 900, 96};
            const MapFrame frame = mapFrameOf(scene, page);
            const MapBox wanted = scene.view.box(), shown = frame.view.box();
            EXPECT_TRUE(shown.contains(wanted.minX, wanted.minY) && shown.contains(wanted.maxX, wanted.maxY));
            const double scale = frame.view.scaleDenominator();
            EXPECT_NEAR(scale, std::round(scale / 50000) * 50000, scale * 1e-6); // it reads well
        }
}

TEST(MapFrame, LiesOnWholePixels) {
    for (const char* paper : {"A6", "A4", "A0"})
        for (const double dpi : {72.0, 96.0, 133.0}) {
            const PageBox box = mapFrameBox(paperPage(paper, true, dpi));
            for (const float edge : {box.minX, box.minY, box.maxX, box.maxY})
                EXPECT_EQ(edge, std::round(edge));
        }
}

TEST(SheetView, ShowsAllOfTheExtentAtARoundScale) {
    const GeoBox extent{{-12.6, 9.6, 4.3, 25.1}};
    const Page page = paperPage("A3", true, 150);
    const MapView view = sheetView(extent, suitableCrs(extent), page);
    const MapBox needed = Projection(view.crs).forward(extent);
    EXPECT_TRUE(view.box().contains(needed.minX, needed.minY) && view.box().contains(needed.maxX, needed.maxY));
    const double scale = view.scaleDenominator();
    EXPECT_NEAR(scale, std::round(scale / 100000) * 100000, scale * 1e-6);
    EXPECT_LT(scale, viewOf(extent, view.crs, view.widthPx, view.heightPx, 150).scaleDenominator() * 1.051);
}

} // namespace
} // namespace cordon
