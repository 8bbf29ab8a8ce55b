// A recipe: a JSON file that names sources, styles, view, dates and outputs. Checked: an unknown key is an Error that
// names it. Relative paths are relative to the recipe. The schema is documented in README.
#pragma once

#include "core/error.h"
#include "core/io/vector_reader.h"
#include "core/model/project.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

struct RecipeOutput { // one map of the recipe; empty members fall back to the recipe's own
    std::string file; // as written, resolved against the recipe's folder
    std::string title, asOf, knownBy, paper, orientation, size, crs;
    std::optional<GeoBox> extent;
    std::optional<double> dpi;
};

struct Recipe {
    std::shared_ptr<const Project> project;
    std::string asOf, knownBy; // as written; "" = none
    int incidentDays = 90;
    std::string paper, orientation;
    double dpi = 0; // 0 = not given
    std::vector<RecipeOutput> outputs;
    Warnings warnings;
};

Recipe readRecipe(const std::string& path, const ReadOptions& options = {});

// Any SOURCE of the command line (recipe, records, vector file or folder), added to a project. `-` = standard input.
struct LoadResult {
    std::shared_ptr<const Project> project;
    std::optional<Recipe> recipe;                            // when one of the sources was one: its dates and page
    std::vector<std::shared_ptr<const FeatureTable>> tables; // in the order of the sources; layers are in drawing order
    Warnings warnings;
};
LoadResult loadSources(const std::vector<std::string>& sources, const ReadOptions& options = {});
// The same on top of an existing project (the window's "open", drag and drop).
LoadResult addSources(std::shared_ptr<const Project> project, const std::vector<std::string>& sources,
                      const ReadOptions& options = {});

// Style from JSON (documented in README): what `--style FILE` and a recipe's "style" hold.
Style readStyle(const std::string& path);

} // namespace cordon
