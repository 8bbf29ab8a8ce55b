// Scene -> DisplayList -> picture. The only drawing path of the program: screen, PNG, PDF, SVG and GeoTIFF differ only
// in the canvas that draws the list.
#pragma once

#include "core/render/display_list.h"
#include "core/render/prepared_layers.h"
#include "core/render/scene.h"

#include <QImage>
#include <stop_token>

class QPainter;

namespace cordon {

// Throws Stopped when `stop` asks for it; checks often enough to stop within 20 ms.
DisplayList buildDisplayList(const Scene& scene, PreparedLayers& prepared, std::stop_token stop = {});

// Pixels: shapes by AGG in tiles on `threads` threads (0 = all cores), then texts by Qt. The bytes do not depend on the
// number of threads. Format_ARGB32_Premultiplied.
QImage drawImage(const DisplayList& list, int threads = 0, std::stop_token stop = {});

// Vector output: the same list on a QPainter whose unit is the list's page unit (PDF, SVG).
void drawOn(QPainter& painter, const DisplayList& list, std::stop_token stop = {});

// Both steps for a screen.
QImage render(const Scene& scene, PreparedLayers& prepared, std::stop_token stop = {});

// Text needs a QGuiApplication; programs without a display call this first (offscreen platform, bundled fonts).
// Safe to call more than once. `argc`/`argv` must outlive it.
void startOffscreen(int& argc, char** argv);
// Registers the bundled fonts with an application that exists already (the window).
void useBundledFonts();
// For programs that draw one picture after another: memory that is freed stays with the process, up to 256 MB of it,
// instead of being handed back to the system and fetched, cleared, for the next picture.
void keepFreedMemory();

} // namespace cordon
