#pragma once

#include <string>
#include <vector>

namespace cordon {

struct MadeTable {
    const char* name;
    const char* suffix; // of the file
    std::string bytes;
    const char* expected; // as describe() says it
};
const std::vector<MadeTable>& madeTables();

} // namespace cordon
