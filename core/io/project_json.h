// Parts of a project as JSON, as the project file keeps them: styles, layers, map settings, actors. Styles are the same
// JSON that a recipe holds. Reading throws Error, whose text names `subject` ("The project file 'a.gpkg'").
// Internal to io.
#pragma once

#include "core/error.h"
#include "core/io/json.h"
#include "core/model/project.h"

#include <string>

namespace cordon {

std::string styleJson(const Style& style);

// A layer as a row of cordon_layers; the table by its name in the file ("" for situation layers).
struct LayerRow {
    std::string id, name, role, table, style, idField; // style as JSON
    bool visible = true;
    bool inLegend = true;
    double opacity = 1;
    friend bool operator==(const LayerRow&, const LayerRow&) = default;
};
LayerRow layerRowOf(const Layer& layer, const std::string& table);
std::string layerJson(const LayerRow& row);
LayerRow layerRowFromJson(const Json& json, const std::string& subject);
// A style that cannot be read is replaced by the default one, with a warning.
Layer layerOf(const LayerRow& row, std::shared_ptr<const FeatureTable> table, const std::string& subject,
              Warnings& warnings);

std::string mapSettingsJson(const MapSettings& map, const std::string& locatorTable);
// Without the locator, whose table is named in `locatorTable`.
MapSettings mapSettingsFromJson(const Json& json, const std::string& subject, std::string& locatorTable);

std::string accessSettingsJson(const AccessSettings& access);
AccessSettings accessSettingsFromJson(const Json& json, const std::string& subject);

// What belongs to the whole situation: actors, sources, shelf lives.
std::string rosterJson(const Situation& situation);
void readRoster(const Json& json, const std::string& subject, Situation& situation);

} // namespace cordon
