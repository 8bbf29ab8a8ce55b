// Plans that were chosen by hand, kept for files of the same shape: one mapping file each, in the user's configuration
// ($XDG_CONFIG_HOME/cordon/imports or ~/.config/cordon/imports), because the same form comes back for many projects.
#pragma once

#include "core/import/import_plan.h"

#include <optional>

namespace cordon {

// The plan for this table as it was chosen last; nullopt if none was, or it can no longer be read.
std::optional<ImportPlan> rememberedPlan(const SourceTable& table);
// For tables of that shapeOf(). What concerns one file only is forgotten: its fixes, the roads chosen for its reports
// and the name of its layer. Does nothing where nothing can be kept.
void rememberPlan(const std::string& shape, const ImportPlan& plan);

// A plan made for another table, on the columns of this one that have the same names; the others become attributes.
// Warns of columns that the table does not have.
ImportPlan planFor(const SourceTable& table, const ImportPlan& plan, Warnings& warnings);

} // namespace cordon
