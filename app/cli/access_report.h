// What `cordon access` found as text and as JSON.
#pragma once

#include "app/cli/json_writer.h"
#include "core/network/access_report.h"

#include <iosfwd>

namespace cordon {

void printAccess(std::ostream& out, const AccessReport& report);
void writeAccess(JsonWriter& json, const AccessReport& report); // members of an object that is open

} // namespace cordon
