// A fast deflate encoder (RFC 1951) whose output can be joined: strips are compressed on their own and put one after
// the other. libdeflate, which is as fast, can only make whole streams. Internal to render.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cordon {

// Whole deflate blocks that end at a byte boundary; the last one is marked final if `isLast`.
std::vector<std::uint8_t> deflated(std::span<const std::uint8_t> raw, bool isLast);

} // namespace cordon
