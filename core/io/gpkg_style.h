// layer_styles rows: the styles of reference layers and of the situation's views as QML, so that QGIS shows the same
// colours. Hatches, dashes and sizes are as near as QGIS has them. Internal to io.
#pragma once

#include "core/io/sqlite.h"
#include "core/model/project.h"

#include <string>

namespace cordon {

// Replaces the style that Cordon wrote for the table; styles saved by QGIS stay.
void writeLayerStyle(const Database& database, const std::string& table, const Layer& layer);
void removeLayerStyle(const Database& database, const std::string& table);
void writeSituationStyles(const Database& database, const Situation& situation);

} // namespace cordon
