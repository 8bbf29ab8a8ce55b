// Changes between two dates as layers, drawn like any other: what opened and closed, who won and lost ground, which
// towns came under restriction.
#pragma once

#include "core/model/changes.h"
#include "core/model/project.h"

namespace cordon {

// The project with its situation layers replaced by the changes' (and the title saying which dates, when it has none of
// its own). Styles and legend words in `project.map.language`.
Project withChangeLayers(Project project, const Changes& changes, const ChangeQuery& query);

} // namespace cordon
