// Small letters, for comparing names and words whatever their case.
#pragma once

#include <string>
#include <string_view>

namespace cordon {

inline std::string lowered(std::string_view text) { // A to Z only
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return result;
}

} // namespace cordon
