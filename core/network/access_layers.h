// An answer about access as layers of the project's one drawing, which are drawn, saved and put on paper like any
// other.
#pragma once

#include "core/network/access_series.h"
#include "core/network/blockage_ranking.h"

namespace cordon {

struct AccessMap {
    std::vector<LiftGain> ranked;    // numbered on the map from 1, as in the tables
    std::vector<Corridor> corridors; // told in a table
    std::vector<AccessDay> series;   // a chart
    std::vector<std::string> lanes;  // of the series' corridors: their names
    std::vector<double> bandHours;   // empty: bandsFor()
    double areaKm = 0;               // also the ground as near to a road that is reached in time; 0: roads alone
};

// The project with the answer over its reference layers in place of the situation: the roads reached by time, those
// that no longer are, what shuts them (numbered), the towns cut off with their people. Title, subtitle and summary tell
// the figures.
Project withAccessLayers(Project project, const AccessNetwork& network, const AccessAnswer& answer,
                         const AccessMap& map);

// The figures in a few lines, in the language of the project: what the one-page sheet says beside the map. The rest is
// in its tables and its chart (access_sheet.h).
std::string accessSummary(const AccessAnswer& answer, const std::string& language);

// "R017" or "Kayes – Sandaré (road 88)": what a report or a liftable is called in tables.
std::string nameOf(const AccessNetwork& network, const AccessAnswer& answer, const Liftable& liftable);

} // namespace cordon
