// What `cordon access` found as text.
#pragma once

#include "core/network/access_report.h"

#include <iosfwd>

namespace cordon {

void printAccess(std::ostream& out, const AccessReport& report);

// What is doubtful about the roads; loose ends numbered from 1, at most `most` of them.
void printHealth(std::ostream& out, const AccessNetwork& network, std::size_t most);

} // namespace cordon
