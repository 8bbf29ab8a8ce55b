#pragma once

#include <vector>

namespace cordon {

struct Spelling {
    const char* text;
    double latDegrees, lonDegrees;
};
const std::vector<Spelling>& spellings();

} // namespace cordon
