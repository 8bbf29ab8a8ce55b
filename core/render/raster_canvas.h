// A display list as pixels, tile by tile on all cores. Internal to render.
#pragma once

#include "core/render/blend.h"
#include "core/render/coverage.h"
#include "core/render/display_list.h"

#include <QImage>
#include <cstddef>
#include <functional>
#include <stop_token>

namespace cordon {

// Four bytes a pixel, not set; by operator new, in huge pages (core/huge_pages.cpp), where QImage's own would be
// fetched page by page. Format_ARGB32_Premultiplied. Throws Error when it does not fit in memory.
QImage makePicture(int widthPx, int heightPx);

// Background and all ops, without the texts, which drawImage() adds; `threads` >= 1. The bytes do not depend on it.
// Throws Error when the picture does not fit in memory, Stopped on request.
QImage drawShapes(const DisplayList& list, int threads, const std::stop_token& stop);

// Over what `image`, four bytes a pixel, holds: shapes and then the texts give what drawImage() gives.
void drawTextsOver(QImage& image, const std::vector<Text>& texts, int threads, const std::stop_token& stop);

// Some rows of a picture, over its whole width: kBandRows of them, the last band fewer.
constexpr int kBandRows = CoverageWindow::kMaxHeight;
struct PixelBand {
    int firstRow = 0, rows = 0;
    const Pixel* pixels = nullptr;
    std::ptrdiff_t stride = 0; // in pixels
};
using TakeBand = std::function<void(const PixelBand&)>;

// The same pixels as drawImage(), but never all in memory at once: calls take() with each band when it is done, on any
// thread, in any order, for several at a time. False, with nothing drawn, where only the whole picture can be: on a
// ground that is not opaque, or with texts that Qt draws.
bool drawInBands(const DisplayList& list, int threads, const std::stop_token& stop, const TakeBand& take);

} // namespace cordon
