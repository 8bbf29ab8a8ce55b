// Rows as layers: points, regions, roads, tracks. Internal to import.
#pragma once

#include "core/import/suspicions.h"

namespace cordon {

// Layers of what is not left in `rows`; rows that do not fit the target are left, with a note. report.taken counts
// rows.
std::vector<std::shared_ptr<const Layer>> layersOf(const ImportJob& job, ImportRows rows, ImportReport& report);
std::vector<std::shared_ptr<const Layer>> tracksOf(const ImportJob& job, ImportRows rows, ImportReport& report);

// Shared by both.
// The column of the table as a column of a layer, typed by its values.
Column attributeColumn(const ImportJob& job, std::size_t column, std::string name);
Column realColumn(std::string name, const std::vector<double>& values); // NaN becomes null
Column timeColumnOf(std::string name, const std::vector<std::int64_t>& timesMs, bool hasTimeOfDay);
// `name`, or name_2 and so on if a column is called so already.
std::string freeColumnName(const std::vector<Column>& columns, const std::string& name);
std::shared_ptr<FeatureTable> emptyTable(const ImportJob& job, const std::string& suffix = {});

// Where the table came from, the same however the file is named on the command line.
std::string absoluteSource(const std::string& path);
// The layer of the project that was imported from the same place before; null if there is none.
std::shared_ptr<const Layer> layerOfSource(const Project& project, const Layer& layer);

// Tells features apart by all they say.
std::uint64_t featureHash(const FeatureTable& table, std::uint32_t feature);
// The features that another layer of the project has already: same place and time and, where both say
// it, device; without times: the same values in all columns that both have, of which there is at least one.
std::vector<std::uint32_t> featuresElsewhere(const Project& project, const Layer* sameSource,
                                             const FeatureTable& table);

// Which features the layer of the same source has already; tells what it has that is gone from the source.
std::vector<std::uint8_t> featuresBefore(const Layer* before, const FeatureTable& table, Warnings& warnings);

} // namespace cordon
