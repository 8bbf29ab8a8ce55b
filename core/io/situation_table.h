// Situation records as a table of features, for writing them like any other layer.
#pragma once

#include "core/model/project.h"
#include "core/model/record.h"
#include "core/model/situation_at.h"

#include <optional>

namespace cordon {

// The kind that a layer of the situation shows; nullopt for layers of tables.
std::optional<RecordKind> recordKindOf(LayerRole role);

// The records of one kind that are in force (incidents: those of the days before), with the columns of situation
// records that any of them fills in, times and numbers as such, and `stale`. A record on roads or of regions gets their
// lines and rings; its own point, if it has one, then stands in lon and lat.
FeatureTable recordsTable(const Project& project, RecordKind kind, const TimeFilter& filter);

// A layer as it is written to a file: its own table, or that of the records it shows; named after it.
FeatureTable tableToWrite(const Project& project, const Layer& layer, const TimeFilter& filter);

} // namespace cordon
