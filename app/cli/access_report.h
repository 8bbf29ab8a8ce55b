// What `cordon access` found as text and as JSON.
#pragma once

#include "app/cli/json_writer.h"
#include "core/network/access_report.h"

#include <iosfwd>

namespace cordon {

void printAccess(std::ostream& out, const AccessReport& report);
void writeAccess(JsonWriter& json, const AccessReport& report); // members of an object that is open

// What is doubtful about the roads; loose ends numbered from 1, at most `most` of them.
void printHealth(std::ostream& out, const AccessNetwork& network, std::size_t most);
void writeHealth(JsonWriter& json, const AccessNetwork& network); // the member "network"

} // namespace cordon
