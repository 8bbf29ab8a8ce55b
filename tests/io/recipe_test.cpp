#include "core/io/recipe.h"

#include "tests/io/scratch_folder.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

namespace cordon {
namespace {

const char* const kRegions = R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"pcode":"ML01","name":"Kayes"},
     "geometry":{"type":"Polygon","coordinates":[[[-12,13],[-8,13],[-8,15],[-12,15],[-12,13]]]}}]})";
const char* const kRecords = "id,kind,valid_from,lon,lat,actor\nN1,restriction,2024-11-29,-4.9,15.7,JNIM\n";

class RecipeTest : public testing::Test {
protected:
    void SetUp() override {
        m_folder.write("regions.geojson", kRegions);
        m_folder.write("records.csv", kRecords);
        m_folder.write("actors.csv", "id,name,color\nJNIM,JNIM,#CC79A7\n");
    }
    Recipe read(const std::string& members) {
        return readRecipe(m_folder.write("map.json", "{\"cordon_recipe\":1" + members + "}"));
    }
    // The Error's text after "The recipe '...map.json' cannot be used: ".
    std::string errorOf(const std::string& members) {
        try {
            read(members);
        } catch (const Error& error) {
            const std::string start = "The recipe '" + m_folder.path("map.json") + "' cannot be used: ";
            const std::string text = error.what();
            return text.starts_with(start) ? text.substr(start.size()) : text;
        }
        return "no error";
    }

    ScratchFolder m_folder;
};

TEST_F(RecipeTest, ReadsEverythingItNames) {
    const Recipe recipe = read(R"(,"title":"Kayes","subtitle":null,"summary":"S","crs":"EPSG:32629",
        "extent":[-12,13,-8,15],"as_of":"2025-10-20","known_by":"2025-10-21","incident_days":30,"paper":"A3",
        "orientation":"portrait","dpi":200,"lang":"fr","producer":"P","map_number":"N","disclaimer":"D",
        "sources":["one","two"],"locator":{"source":"regions.geojson"},
        "layers":[{"name":"Regions","source":"regions.geojson","role":"region","id_field":"PCODE","label_field":"name",
                   "legend":false,"visible":false,"opacity":0.5,
                   "style":{"rules":[{"fill":{"color":"#112233"}}]}}],
        "situation":["records.csv"],"actors":"actors.csv",
        "outputs":[{"file":"out/a.png","title":"T","as_of":"2025-01-15","size":"800x600","dpi":96,"crs":"EPSG:3857",
                    "extent":[-10,13,-9,14],"paper":"A4","orientation":"landscape","known_by":"2025-01-16"}])");
    EXPECT_TRUE(recipe.warnings.empty());
    EXPECT_EQ(recipe.asOf, "2025-10-20");
    EXPECT_EQ(recipe.knownBy, "2025-10-21");
    EXPECT_EQ(recipe.incidentDays, 30);
    EXPECT_EQ(recipe.paper + recipe.orientation, "A3portrait");
    EXPECT_EQ(recipe.dpi, 200);
    const MapSettings& map = recipe.project->map;
    EXPECT_EQ(map.title + map.subtitle + map.summary + map.producer + map.mapNumber + map.disclaimer, "KayesSPND");
    EXPECT_EQ(map.crs + map.language, "EPSG:32629fr");
    EXPECT_EQ(map.extent, (GeoBox{{-12, 13, -8, 15}}));
    EXPECT_EQ(map.sources, (std::vector<std::string>{"one", "two"}));
    ASSERT_NE(map.locator, nullptr);
    EXPECT_EQ(map.locator->featureCount, 1u);

    ASSERT_EQ(recipe.project->layers.size(), 6u);
    const Layer& layer = *recipe.project->layers[0];
    EXPECT_EQ(layer.name, "Regions");
    EXPECT_EQ(layer.role, LayerRole::Region);
    EXPECT_EQ(layer.idField, "pcode");
    EXPECT_FALSE(layer.inLegend || layer.visible);
    EXPECT_EQ(layer.opacity, 0.5);
    ASSERT_EQ(layer.style.rules.size(), 1u);
    EXPECT_EQ(layer.style.rules[0].fill->color, (Color{0x11, 0x22, 0x33, 255}));
    ASSERT_EQ(layer.style.labels.size(), 1u);
    EXPECT_EQ(layer.style.labels[0].symbol.field, "name");
    EXPECT_EQ(recipe.project->situation->restrictions.size(), 1u);
    EXPECT_EQ(recipe.project->situation->actors.size(), 1u);

    ASSERT_EQ(recipe.outputs.size(), 1u);
    EXPECT_EQ(recipe.outputs[0].file, m_folder.path("out/a.png"));
    EXPECT_EQ(recipe.outputs[0].asOf + recipe.outputs[0].size + recipe.outputs[0].crs, "2025-01-15800x600EPSG:3857");
}

TEST_F(RecipeTest, AnUnknownKeyIsNamedWithTheNearestKnownOne) {
    EXPECT_EQ(errorOf(R"(,"tilte":"x")"), "it has the unknown key 'tilte'; did you mean 'title'?");
    EXPECT_EQ(errorOf(R"(,"layers":[{"source":"regions.geojson"},{"sorce":"x"}])"),
              "'layers[1]' has the unknown key 'sorce'; did you mean 'source'?");
    EXPECT_EQ(
        errorOf(R"(,"outputs":[{"file":"a.png","zoom":3}])"),
        "'outputs[0]' has the unknown key 'zoom'; the known keys are file, title, as_of, known_by, extent, paper, "
        "orientation, size, dpi, crs.");
    EXPECT_EQ(errorOf(R"(,"layers":[{"source":"regions.geojson","style":{"rules":[{"fill":{"colour":"#fff"}}]}}])"),
              "'layers[0].style.rules[0].fill' has the unknown key 'colour'; did you mean 'color'?");
}

TEST_F(RecipeTest, AWrongValueIsNamed) {
    EXPECT_EQ(errorOf(R"(,"dpi":"high")"), "'dpi' must be a number.");
    EXPECT_EQ(errorOf(R"(,"dpi":100000)"), "'dpi' must be from 10 to 2400.");
    EXPECT_EQ(errorOf(R"(,"as_of":"yesterday")"),
              "'as_of' is 'yesterday', which is not a date such as 2025-10-20 or 2025-10-20T14:00Z.");
    EXPECT_EQ(errorOf(R"(,"extent":[4,10,-12,25])"),
              "'extent' must be [west, south, east, north] in degrees, west before east and south before north.");
    EXPECT_EQ(errorOf(R"(,"lang":"de")"), "'lang' must be en or fr.");
    EXPECT_EQ(errorOf(R"(,"incident_days":1.5)"), "'incident_days' must be a whole number from 0 to 36500.");
    EXPECT_EQ(errorOf(R"(,"sources":[1])"), "'sources' must be a list of texts.");
    EXPECT_EQ(errorOf(R"(,"layers":{})"), "'layers' must be a list in brackets.");
    EXPECT_EQ(errorOf(R"(,"layers":[{}])"), "'layers[0].source' is missing; it names the file.");
    EXPECT_EQ(errorOf(R"(,"layers":[{"source":"regions.geojson","label_field":"nmae"}])"),
              "'layers[0].label_field' is 'nmae', which is no attribute of 'regions.geojson'; did you mean 'name'?");
    EXPECT_EQ(errorOf(R"(,"layers":[{"source":"regions.geojson","role":"street"}])"),
              "'layers[0].role' is 'street', which is not one of country, region, sea, lake, river, boundary, road, "
              "place, point, track, incident, other.");
    EXPECT_EQ(errorOf(R"(,"layers":[{"source":"regions.geojson","style":{"labels":[{"size_pt":9}]}}])"),
              "'layers[0].style.labels[0].field' is missing; it names the attribute that holds the text.");
    EXPECT_EQ(errorOf(R"(,"cordon_recipe":2)"), "no error") << "the first of two equal keys counts";
}

TEST_F(RecipeTest, WhatIsNotARecipeIsRefused) {
    EXPECT_THROW(readRecipe(m_folder.path("none.json")), Error);
    EXPECT_THROW(readRecipe(m_folder.write("a.json", "")), Error);
    EXPECT_THROW(readRecipe(m_folder.write("b.json", "{\"cordon_recipe\":1,")), Error);
    EXPECT_THROW(readRecipe(m_folder.write("c.json", "[1]")), Error);
    EXPECT_THROW(readRecipe(m_folder.write("d.json", "{\"cordon_recipe\":2}")), Error);
    EXPECT_THROW(readRecipe(m_folder.write("e.json", "{\"title\":\"x\"}")), Error);
}

TEST_F(RecipeTest, AnActorNobodyListedIsAdvice) {
    m_folder.write("actors.csv", "id,name\nFAMa,FAMa\n");
    const Recipe recipe = read(R"(,"situation":["records.csv"],"actors":"actors.csv")");
    ASSERT_EQ(recipe.warnings.size(), 1u);
    EXPECT_FALSE(recipe.warnings[0].leftOut);
    EXPECT_NE(recipe.warnings[0].text.find("'JNIM'"), std::string::npos);
}

TEST_F(RecipeTest, SourcesOfAllKindsJoinOneProject) {
    const std::string recipe = m_folder.write("map.json", R"({"cordon_recipe":1,"title":"T","as_of":"2025-10-20",
        "layers":[{"name":"Regions","source":"regions.geojson"}]})");
    m_folder.write("more.csv", "name,lat,lon\nKayes,14.4,-11.4\nNioro,15.2,-9.6\n");
    const LoadResult loaded = loadSources({m_folder.path("more.csv"), m_folder.path("records.csv"), recipe});
    ASSERT_TRUE(loaded.recipe.has_value());
    EXPECT_EQ(loaded.recipe->asOf, "2025-10-20");
    EXPECT_EQ(loaded.project->situation->restrictions.size(), 1u);
    std::vector<std::uint32_t> counts;
    for (const auto& table : loaded.tables)
        counts.push_back(table->featureCount);
    EXPECT_EQ(counts, (std::vector<std::uint32_t>{2, 1})) << "in the order of the sources";
    EXPECT_EQ(loaded.project->layers.size(), 7u) << "two tables and the five layers of the situation";
}

TEST_F(RecipeTest, FolderIsWhatItsFilesAre) {
    const ScratchFolder folder;
    folder.write("records.csv", kRecords);
    const auto load = [&] { return loadSources({folder.path("")}); };
    EXPECT_EQ(load().project->situation->restrictions.size(), 1u) << "nothing but records";
    folder.write("README.txt", "Reports of October.");
    folder.write("broken.csv", "id,kind,valid_from,lon,lat,actor\nN1,restriction,yesterday\n");
    const LoadResult others = load();
    EXPECT_EQ(others.project->situation->restrictions.size(), 1u) << "and a file that is no map";
    folder.write("regions.geojson", kRegions);
    const LoadResult both = load();
    EXPECT_EQ(both.project->situation->restrictions.size(), 1u);
    ASSERT_EQ(both.tables.size(), 1u);
    EXPECT_EQ(both.tables[0]->name, "regions");
    folder.write("map.json", R"({"cordon_recipe":1,"title":"T","situation":["records.csv"]})");
    const LoadResult recipe = load();
    ASSERT_TRUE(recipe.recipe.has_value());
    EXPECT_EQ(recipe.project->map.title, "T");
    EXPECT_TRUE(recipe.tables.empty()) << "what the recipe does not name";
    EXPECT_TRUE(recipe.warnings.empty());
    folder.write("another.json", R"({"cordon_recipe":1,"title":"A"})");
    const LoadResult unclear = load();
    EXPECT_FALSE(unclear.recipe.has_value());
    EXPECT_EQ(unclear.tables.size(), 1u);
    ASSERT_GE(unclear.warnings.size(), 2u);
    EXPECT_TRUE(unclear.warnings[0].leftOut);
    EXPECT_NE(unclear.warnings[0].text.find("another.json"), std::string::npos) << unclear.warnings[0].text;
    for (const char* name : {"records.csv", "broken.csv", "regions.geojson"})
        std::filesystem::remove(folder.path(name));
    try {
        load();
        ADD_FAILURE() << "two recipes are one too many";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("there are 2 recipes"), std::string::npos) << error.what();
    }
}

TEST_F(RecipeTest, SourceThatCannotBeReadLeavesTheOthers) {
    m_folder.write("more.csv", "name,lat,lon\nKayes,14.4,-11.4\n");
    std::vector<double> progress;
    ReadOptions options;
    options.progress = [&](double fraction) { progress.push_back(fraction); };
    auto contents =
        readSources({m_folder.path("more.csv"), m_folder.path("none.csv"), m_folder.path("more.csv")}, options);
    ASSERT_EQ(contents.size(), 3u);
    LoadResult result{std::make_shared<const Project>(), {}, {}, {}};
    join(result, std::move(contents[0]));
    const auto before = result.project;
    EXPECT_THROW(join(result, std::move(contents[1])), Error);
    EXPECT_EQ(result.project, before);
    join(result, std::move(contents[2]));
    EXPECT_EQ(result.project->layers.size(), 2u);
    ASSERT_FALSE(progress.empty());
    EXPECT_LE(*std::max_element(progress.begin(), progress.end()), 1);
}

TEST_F(RecipeTest, StyleWordsAreChecked) {
    const Style style = readStyle(m_folder.write("s.json", R"({"rules":[{"when":[{"field":"class","is":">=","value":3},
        {"field":"open","value":true}],"title":"Big","fill":{"color":"#fff","hatch":"cross","hatch_spacing_mm":2},
        "lines":[{"color":"#000000","width_mm":0.4,"dash_mm":[2,1],"round_cap":true}],"min_scale":1000},
        {"marker":{"shape":"star","size_mm":3,"fill":"#123456"}}]})"));
    ASSERT_EQ(style.rules.size(), 2u);
    ASSERT_EQ(style.rules[0].when.size(), 2u);
    EXPECT_EQ(style.rules[0].when[0].comparison, Comparison::GreaterOrEqual);
    EXPECT_EQ(style.rules[0].when[0].value, "3");
    EXPECT_EQ(style.rules[0].when[1].value, "true");
    EXPECT_EQ(style.rules[0].fill->hatch, Hatch::Cross);
    EXPECT_EQ(style.rules[0].lines.at(0).dashMm, (std::vector<double>{2, 1}));
    EXPECT_EQ(style.rules[0].minScale, 1000);
    EXPECT_EQ(style.rules[1].marker->shape, MarkerShape::Star);
    for (const char* bad :
         {R"({"rules":[{"fill":{"hatch":"zigzag"}}]})", R"({"rules":[{"fill":{"color":"red"}}]})",
          R"({"rules":[{"lines":[{"dash_mm":[0,0]}]}]})", R"({"rules":[{"lines":[{"dash_mm":[1]}]}]})",
          R"({"rules":[{"marker":{"size_mm":-1}}]})", R"({"rules":[{"when":[{"is":"="}]}]})"})
        EXPECT_THROW(readStyle(m_folder.write("s.json", bad)), Error) << bad;
}

} // namespace
} // namespace cordon
