#include "core/io/recipe.h"

#include "core/io/json.h"
#include "core/io/situation_reader.h"
#include "core/io/style_reader.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <set>

namespace cordon {
namespace {
namespace fs = std::filesystem;

// Reads one recipe: its own folder, options and warnings go through every step.
class RecipeReader {
public:
    RecipeReader(const std::string& path, const ReadOptions& options)
        : m_folder(fs::path(path).parent_path()), m_file("The recipe '" + path + "'"), m_options(options) {}

    Recipe read(const Json& json) {
        const JsonObject root(json, m_file, "",
                              {"cordon_recipe", "title",     "subtitle",      "summary",    "crs",         "extent",
                               "as_of",         "known_by",  "incident_days", "paper",      "orientation", "dpi",
                               "lang",          "producer",  "map_number",    "disclaimer", "sources",     "locator",
                               "layers",        "situation", "actors",        "outputs",    "corridors"});
        if (root.number("cordon_recipe") != 1.0)
            root.fail("cordon_recipe", "must be 1, the version of the format this program reads");
        m_recipe.asOf = dateOf(root, "as_of");
        m_recipe.knownBy = dateOf(root, "known_by");
        m_recipe.incidentDays = wholeNumber(root, "incident_days", 90, 0, 36500);
        m_recipe.paper = root.text("paper");
        m_recipe.orientation = orientationOf(root);
        m_recipe.dpi = dpiOf(root).value_or(0);
        readMapSettings(root);
        readLayers(root);
        readSituation(root);
        readCorridors(root);
        const std::vector<Json> outputs = root.array("outputs");
        for (std::size_t i = 0; i < outputs.size(); ++i)
            m_recipe.outputs.push_back(outputOf(outputs[i], "outputs[" + std::to_string(i) + "]"));
        m_recipe.project = std::make_shared<const Project>(std::move(m_project));
        return std::move(m_recipe);
    }

private:
    std::string resolve(const std::string& path) const { return (m_folder / fs::path(path)).string(); }

    static std::string dateOf(const JsonObject& object, std::string_view key) {
        const std::string text = object.text(key);
        if (!text.empty() && !parseTime(text))
            object.fail(key, "is '" + text + "', which is not a date such as 2025-10-20 or 2025-10-20T14:00Z");
        return text;
    }

    static int wholeNumber(const JsonObject& object, std::string_view key, int fallback, int least, int most) {
        const double value = object.number(key, fallback);
        if (value != std::floor(value) || value < least || value > most)
            object.fail(key, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        return static_cast<int>(value);
    }

    static std::string orientationOf(const JsonObject& object) {
        const std::string text = object.text("orientation");
        if (!text.empty() && text != "landscape" && text != "portrait")
            object.fail("orientation", "must be landscape or portrait");
        return text;
    }

    static std::optional<double> dpiOf(const JsonObject& object) {
        const auto dpi = object.number("dpi");
        if (dpi && (!(*dpi >= 10) || *dpi > 2400))
            object.fail("dpi", "must be from 10 to 2400");
        return dpi;
    }

    static std::optional<GeoBox> extentOf(const JsonObject& object) {
        const std::vector<double> v = object.numbers("extent");
        if (!object.find("extent") || object.find("extent")->kind == Json::Kind::Null)
            return std::nullopt;
        const bool isGood = v.size() == 4 && std::abs(v[0]) <= 180 && std::abs(v[2]) <= 360 && v[0] < v[2] &&
                            v[1] >= -90 && v[3] <= 90 && v[1] < v[3];
        if (!isGood)
            object.fail("extent", "must be [west, south, east, north] in degrees, west before east and south before "
                                  "north");
        return GeoBox{{v[0], v[1], v[2], v[3]}};
    }

    void readMapSettings(const JsonObject& root) {
        MapSettings& map = m_project.map;
        map.title = root.text("title");
        map.subtitle = root.text("subtitle");
        map.summary = root.text("summary");
        map.crs = root.text("crs");
        map.extent = extentOf(root);
        map.sources = root.texts("sources");
        map.disclaimer = root.text("disclaimer");
        map.producer = root.text("producer");
        map.mapNumber = root.text("map_number");
        if (const std::string language = root.text("lang"); !language.empty())
            map.language = language;
        if (map.language != "en" && map.language != "fr")
            root.fail("lang", "must be en or fr");
        const Json* locator = root.find("locator");
        if (locator && locator->kind != Json::Kind::Null) {
            const JsonObject object(*locator, m_file, "locator", {"source", "layer"});
            map.locator = tableOf(object);
        }
    }

    // The one table of an entry's "source" and "layer".
    std::shared_ptr<const FeatureTable> tableOf(const JsonObject& entry) {
        const std::string source = entry.text("source");
        if (source.empty())
            entry.fail("source", "is missing; it names the file");
        ReadOptions options = m_options;
        options.layer = entry.text("layer");
        ImportResult result = readVector(resolve(source), options);
        std::move(result.warnings.begin(), result.warnings.end(), std::back_inserter(m_recipe.warnings));
        if (result.tables.size() == 1)
            return result.tables.front();
        std::string names;
        for (const auto& table : result.tables)
            names += (names.empty() ? "" : ", ") + table->name;
        entry.fail("layer", result.tables.empty() ? "names no layer of '" + source + "'"
                                                  : "is missing; '" + source + "' has the layers " + names);
    }

    void readLayers(const JsonObject& root) {
        const std::vector<Json> layers = root.array("layers");
        for (std::size_t i = 0; i < layers.size(); ++i)
            m_project = withLayer(std::move(m_project), layerOf(layers[i], "layers[" + std::to_string(i) + "]"));
    }

    std::shared_ptr<const Layer> layerOf(const Json& json, const std::string& where) {
        const JsonObject entry(json, m_file, where,
                               {"name", "source", "layer", "role", "style", "legend", "visible", "opacity", "id_field",
                                "label_field", "label"});
        std::optional<LayerRole> role;
        if (const std::string word = entry.text("role"); !word.empty()) {
            role = layerRoleFromWord(word);
            if (!role)
                entry.fail("role", "is '" + word +
                                       "', which is not one of country, region, sea, lake, river, boundary, road, "
                                       "place, point, track, incident, other");
        }
        auto layer = std::make_shared<Layer>(*makeLayer(tableOf(entry), role));
        if (const std::string name = entry.text("name"); !name.empty())
            layer->name = layer->id = name;
        layer->inLegend = entry.flag("legend", true);
        layer->visible = entry.flag("visible", true);
        layer->opacity = entry.number("opacity", 1);
        if (!(layer->opacity >= 0 && layer->opacity <= 1))
            entry.fail("opacity", "must be from 0 to 1");
        if (const Json* style = entry.find("style"); style && style->kind != Json::Kind::Null)
            layer->style = style->kind == Json::Kind::Text ? readStyle(resolve(style->text))
                                                           : styleFromJson(*style, m_file, where + ".style");
        if (const std::string field = fieldOf(entry, "id_field", *layer->table); !field.empty())
            layer->idField = field;
        applyLabels(entry, *layer);
        return layer;
    }

    static std::string fieldOf(const JsonObject& entry, std::string_view key, const FeatureTable& table) {
        const std::string wanted = entry.text(key);
        if (wanted.empty())
            return {};
        if (const Column* column = table.findColumn(wanted))
            return column->name;
        std::vector<std::string> names;
        for (const Column& column : table.columns)
            names.push_back(column.name);
        const auto nearest = nearestWord(wanted, names);
        entry.fail(key, "is '" + wanted + "', which is no attribute of '" + entry.text("source") + "'" +
                            (nearest ? "; did you mean '" + *nearest + "'?" : ""));
    }

    static void applyLabels(const JsonObject& entry, Layer& layer) {
        if (const std::string field = fieldOf(entry, "label_field", *layer.table); !field.empty()) {
            if (layer.style.labels.empty())
                layer.style.labels.emplace_back();
            for (LabelRule& label : layer.style.labels)
                label.symbol.field = field;
        }
        if (!entry.flag("label", true))
            layer.style.labels.clear();
    }

    void readSituation(const JsonObject& root) {
        Situation situation;
        for (const std::string& file : root.texts("situation")) {
            SituationResult result = readRecords(resolve(file));
            std::move(result.warnings.begin(), result.warnings.end(), std::back_inserter(m_recipe.warnings));
            appendSituation(situation, result.situation);
        }
        if (const std::string actors = root.text("actors"); !actors.empty()) {
            situation.actors = readActors(resolve(actors), m_recipe.warnings);
            warnUnknownActors(situation);
        }
        if (!situation.isEmpty() || !situation.actors.empty())
            m_project = withSituation(std::move(m_project), std::make_shared<const Situation>(std::move(situation)));
    }

    void readCorridors(const JsonObject& root) {
        const std::vector<Json> corridors = root.array("corridors");
        for (std::size_t i = 0; i < corridors.size(); ++i) {
            const JsonObject entry(corridors[i], m_file, "corridors[" + std::to_string(i) + "]",
                                   {"name", "from", "to"});
            for (const char* end : {"from", "to"})
                if (entry.text(end).empty())
                    entry.fail(end, "is missing; it names the place at an end of the corridor");
            m_project.access.corridors.push_back({entry.text("name"), entry.text("from"), entry.text("to")});
        }
    }

    void warnUnknownActors(const Situation& situation) {
        std::set<std::string> unknown;
        const auto check = [&](const std::string& actor) {
            if (!actor.empty() && !situation.findActor(actor))
                unknown.insert(actor);
        };
        const auto checkAll = [&](const auto& records) {
            for (const auto& record : records)
                check(record.actor);
        };
        checkAll(situation.controlAreas);
        checkAll(situation.roadStatuses);
        checkAll(situation.restrictions);
        checkAll(situation.incidents);
        checkAll(situation.measures);
        for (const std::string& actor : unknown)
            m_recipe.warnings.push_back(
                {m_file + ": the actor '" + actor + "' is not in the list of actors and is drawn in grey.", false});
    }

    RecipeOutput outputOf(const Json& json, const std::string& where) const {
        const JsonObject entry(
            json, m_file, where,
            {"file", "title", "as_of", "known_by", "extent", "paper", "orientation", "size", "dpi", "crs"});
        RecipeOutput output;
        if (entry.text("file").empty())
            entry.fail("file", "is missing; it names the picture to write");
        output.file = resolve(entry.text("file"));
        output.title = entry.text("title");
        output.asOf = dateOf(entry, "as_of");
        output.knownBy = dateOf(entry, "known_by");
        output.paper = entry.text("paper");
        output.orientation = orientationOf(entry);
        output.size = entry.text("size");
        output.crs = entry.text("crs");
        output.extent = extentOf(entry);
        output.dpi = dpiOf(entry);
        return output;
    }

    fs::path m_folder;
    std::string m_file;
    const ReadOptions& m_options;
    Project m_project;
    Recipe m_recipe;
};

} // namespace

Recipe readRecipe(const std::string& path, const ReadOptions& options) {
    return RecipeReader(path, options).read(readJson(path, "recipe"));
}

} // namespace cordon
