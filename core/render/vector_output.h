// PDF and SVG of a display list, in millimetres on the page.
#pragma once

#include "core/render/display_list.h"

#include <stop_token>
#include <string>

namespace cordon {

struct VectorOptions {
    std::string title, author;
    std::stop_token stop;
};

// Throw Error when the file cannot be written and Stopped when asked to stop. The same list gives the same bytes.
void writePdf(const DisplayList& list, const std::string& path, const VectorOptions& options);
void writeSvg(const DisplayList& list, const std::string& path, const VectorOptions& options);

} // namespace cordon
