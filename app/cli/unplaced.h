// Records in force that name a road or a region which no layer has: they cannot be drawn there, and the user must know.
#pragma once

#include "core/error.h"
#include "core/render/scene.h"

namespace cordon {

Warnings unplacedRecords(const Project& project, const TimeFilter& filter);

} // namespace cordon
