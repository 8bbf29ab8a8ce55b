// An answer about access as JSON, for the command line and for the window's export.
#pragma once

#include "core/json_writer.h"
#include "core/network/access_report.h"

namespace cordon {

// One document; critical roads only where the report has them, see critical_roads.h.
void writeAccess(std::ostream& out, const AccessReport& report, const Warnings& warnings);
void writeHealth(JsonWriter& json, const AccessNetwork& network); // the member "network" of an object that is open

} // namespace cordon
