// The contender's `reach`: nodes cut off and detours from one origin.
#pragma once

#include <string>

namespace cordon::bench {

// Prints "nodes= cut= mean_km= detour_km= ..." on one line.
void reachJob(const std::string& roadsFile);

} // namespace cordon::bench
