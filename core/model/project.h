// Everything a map is made of, as one immutable value held as shared_ptr<const Project>: the render worker's snapshot,
// undo's before and after, save's input. A change makes a new Project that shares all layers it did not touch.
#pragma once

#include "core/model/feature_table.h"
#include "core/model/situation.h"
#include "core/model/style.h"

#include <memory>
#include <string>
#include <vector>

namespace cordon {

// What a layer stands for; chooses its default style, its place in the drawing order and its legend group.
enum class LayerRole : std::uint8_t {
    Country,
    Region,
    Sea,
    Lake,
    River,
    Boundary,
    Road,
    Place,
    Point,
    Track,
    Incident,
    Change, // between two dates, see change_layers.h
    Other,
    // The situation at the scene's time, drawn like any other layer; these have no table.
    ControlAreas,
    RoadStatuses,
    Restrictions,
    Incidents,
    Measures,
};
bool isSituationRole(LayerRole role);
std::string_view toWord(LayerRole role);
std::optional<LayerRole> layerRoleFromWord(std::string_view word); // the table roles only

struct Layer {
    std::string id;   // unique in the project
    std::string name; // for people
    LayerRole role = LayerRole::Other;
    std::shared_ptr<const FeatureTable> table; // null for situation roles
    Style style;                               // unused for situation roles
    bool visible = true;
    double opacity = 1; // 0..1
    bool inLegend = true;
    std::string idField; // column that records refer to (road_id, P-code); "" = none
};

struct MapSettings {
    std::string title;
    std::string subtitle; // "" = made from the as-of date
    std::string summary;
    std::string crs; // "" = chosen by the extent
    std::optional<GeoBox> extent;
    std::vector<std::string> sources;
    std::string disclaimer;
    std::string producer;
    std::string mapNumber;
    std::optional<TimePoint> asOf;               // the date it shows unless another is asked for; absent: today
    std::string language = "en";                 // "en" or "fr"
    std::shared_ptr<const FeatureTable> locator; // country outlines for the inset; a boolean column `focus` marks ours
};

// A way that is watched, such as "Dakar road" from Kidira to Bamako. Its ends as they are asked for: the name of a
// place or LON,LAT.
struct SavedCorridor {
    std::string name, from, to;
    friend bool operator==(const SavedCorridor&, const SavedCorridor&) = default;
};

// A loose end of a road that was found to meet another road at `to`, though the lines do not.
struct RoadJoin {
    LonLat from, to;
    friend bool operator==(const RoadJoin&, const RoadJoin&) = default;
};

// What the analysis of access (core/network) is asked in this project, besides its layers.
struct AccessSettings {
    std::vector<SavedCorridor> corridors;
    std::vector<RoadJoin> joins;
    friend bool operator==(const AccessSettings&, const AccessSettings&) = default;
};

struct SheetAnswer;

struct Project {
    MapSettings map;
    std::vector<std::shared_ptr<const Layer>> layers; // bottom first
    std::shared_ptr<const Situation> situation = std::make_shared<const Situation>();
    AccessSettings access;
    // Tables and charts of an answer, for the sheet beside the map (sheet_answer.h); not kept in the file.
    std::shared_ptr<const SheetAnswer> answer;
};

// A copy with `layer` put where its role belongs (polygons under lines under points, situation layers between).
Project withLayer(Project project, std::shared_ptr<const Layer> layer);
// Adds the five situation layers where they are missing; called when a situation is set.
Project withSituation(Project project, std::shared_ptr<const Situation> situation);
// What the role of a table is, judged by its name, fields and geometry ("mali_main_roads" with lines -> Road).
LayerRole guessRole(const FeatureTable& table);
// A drawable layer: role (guessed when not given), default style, id field, unique id.
std::shared_ptr<const Layer> makeLayer(std::shared_ptr<const FeatureTable> table,
                                       std::optional<LayerRole> role = std::nullopt);
// Extent of all visible tables and records; empty if there is nothing.
GeoBox extentOf(const Project& project);

} // namespace cordon
