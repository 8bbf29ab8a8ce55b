// A recipe: a JSON file that names sources, styles, view, dates and outputs. Checked: an unknown key is an Error that
// names it. Relative paths are relative to the recipe. The schema is documented in README.
#pragma once

#include "core/error.h"
#include "core/io/vector_reader.h"
#include "core/model/project.h"

#include <exception>
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
// One of them, read but not yet part of a project: one of the first four, or a failure.
struct SourceContent {
    std::shared_ptr<const Project> project; // of a project file
    std::optional<Recipe> recipe;
    std::optional<Situation> records;
    std::vector<std::shared_ptr<const Layer>> layers; // of a map file
    Warnings warnings;
    std::exception_ptr failure; // what reading it threw
};
// Reads them side by side, as many at once as there are threads. Throws only Stopped; the progress is that of all.
std::vector<SourceContent> readSources(const std::vector<std::string>& sources, const ReadOptions& options = {});
// Throws the failure; then the result is as it was.
void join(LoadResult& result, SourceContent content);
// Both steps.
LoadResult loadSources(const std::vector<std::string>& sources, const ReadOptions& options = {});
// The same on top of an existing project (the window's "open", drag and drop).
LoadResult addSources(std::shared_ptr<const Project> project, const std::vector<std::string>& sources,
                      const ReadOptions& options = {});

// Style from JSON (documented in README): what `--style FILE` and a recipe's "style" hold.
Style readStyle(const std::string& path);

} // namespace cordon
