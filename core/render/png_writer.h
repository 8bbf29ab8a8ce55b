// PNG, fast: an own deflate in strips on all cores where libpng takes longer to write a map than we take to draw it.
#pragma once

#include "core/render/display_list.h"

#include <QImage>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace cordon {

using PngTexts = std::vector<std::pair<std::string, std::string>>; // keyword and value

// Writes `image` to `path`: indexed when it has at most 256 colours, without alpha when it is opaque; pHYs for `dpi`,
// `texts` as tEXt (Latin-1) or iTXt (UTF-8) chunks. threads 0 = all cores; the bytes do not depend on it. Throws Error.
void writePng(const QImage& image, const std::string& path, double dpi, int threads = 0, const PngTexts& texts = {});

// Draws the list, as drawImage(), and writes it band by band, so that the picture is not in memory whole, but on a
// see-through ground or with texts that Qt draws. Throws Error, and Stopped on request.
void drawPng(const DisplayList& list, const std::string& path, int threads = 0, const PngTexts& texts = {},
             const std::stop_token& stop = {});

} // namespace cordon
