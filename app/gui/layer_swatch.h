// A small sample of a layer's look, drawn by the map's own drawing code.
#pragma once

#include "core/model/project.h"

#include <QPixmap>

namespace cordon {

QPixmap layerSwatch(const Layer& layer, const Situation& situation, QSize size, double devicePixelRatio);

} // namespace cordon
