// Where the program's own data (sample, fonts) lies: $CORDON_DATA, beside the program, or the source tree it was built
// in.
#pragma once

#include <string>

namespace cordon {

std::string dataFolder();
std::string sampleRecipePath(); // data/mali-2025/mali-2025.json

// Where the running program lies, without a slash at the end; "" if the system does not say.
std::string programFolder();

} // namespace cordon
