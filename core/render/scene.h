// Everything a picture depends on, and nothing else.
#pragma once

#include "core/model/project.h"
#include "core/model/situation_at.h"
#include "core/render/map_view.h"

#include <memory>

namespace cordon {

struct Scene {
    std::shared_ptr<const Project> project;
    MapView view;
    TimeFilter time;
    bool labels = true;
    bool graticule = false;
};

} // namespace cordon
