// Edits of the window as functions: a project in, a changed one out.
#pragma once

#include "core/model/project.h"
#include "core/model/record.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

std::shared_ptr<const Layer> findLayer(const Project& project, const std::string& id); // null if there is none
// A copy with `change` applied to a copy of one layer; the others are shared.
Project withChangedLayer(Project project, const std::string& id, const std::function<void(Layer&)>& change);
Project withoutLayer(Project project, const std::string& id);
// Layers in the order of `ids` (bottom first); ids that do not exist are ignored, layers not named go on top.
Project withLayerOrder(Project project, const std::vector<std::string>& ids);
// What `loaded` has and its starting point `base` had not, put on top of `current`, which may have moved on meanwhile.
Project withAdditions(const Project& current, const Project& base, const Project& loaded);
// The rows `loaded` has beyond those of its starting point `base`.
std::vector<Record> addedRecords(const Situation& base, const Situation& loaded);

// The colour a layer is known by: fill of its first rule, else its line, else its marker. Absent for an empty style.
std::optional<Color> mainColor(const Style& style);
// Replaces the main colour wherever the style uses it; each place keeps its own opacity.
Style withMainColor(Style style, Color color);

GeoBox extentOf(const Layer& layer, const Situation& situation);

} // namespace cordon
