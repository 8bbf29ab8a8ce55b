// Reading files for the window, on a worker's thread: one broken file does not take the others down.
#pragma once

#include "core/io/recipe.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <stop_token>

namespace cordon {

struct LoadOutcome {
    std::shared_ptr<const Project> base;    // what was there when loading began
    std::shared_ptr<const Project> project; // with all that could be read
    std::optional<Recipe> recipe;
    QStringList loaded;
    QStringList failures; // one sentence each
    Warnings warnings;
};

// Throws Stopped. Failures of single files are in the outcome.
LoadOutcome loadForWindow(std::shared_ptr<const Project> base, const QStringList& sources, const std::stop_token& stop,
                          const std::function<void(double)>& progress);

// PROJ takes up to a hundred milliseconds to find the CRS a map will be shown in (`wanted`, else the project's own
// wish, else one that suits it); after that it is at hand. Says nothing of one that is not understood.
void findCrs(const Project& project, const QString& wanted = {});

// What remains of a drop or selection when files that only belong to another one (.dbf beside .shp) are left out.
QStringList withoutSidecars(const QStringList& paths);

} // namespace cordon
