// Putting display lists together.
#pragma once

#include "core/render/display_list.h"

namespace cordon {

// `from` moved by `origin` on top of `to`; what was clipped to the whole page of `from` is clipped to `clip`.
void appendList(DisplayList& to, const DisplayList& from, PagePoint origin, const PageBox& clip);
// One closed rectangle as a part; the caller adds the op.
void appendBoxPart(DisplayList& list, const PageBox& box);

} // namespace cordon
