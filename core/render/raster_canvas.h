// The shapes of a display list as pixels, tile by tile. Internal to render; drawImage() adds the texts.
#pragma once

#include "core/render/display_list.h"

#include <QImage>
#include <stop_token>

namespace cordon {

// Background and all ops; `threads` >= 1. The bytes do not depend on it. Throws Error when the picture does not fit in
// memory, Stopped on request.
QImage drawShapes(const DisplayList& list, int threads, const std::stop_token& stop);

} // namespace cordon
