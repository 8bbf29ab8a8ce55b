// Text for XML files. Internal to io.
#pragma once

#include <string>
#include <string_view>

namespace cordon {

// Escaped for content and attributes; without what XML 1.0 cannot hold.
std::string xmlText(std::string_view text);

} // namespace cordon
