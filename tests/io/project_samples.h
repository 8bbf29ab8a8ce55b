// Made projects that hold one of everything, and comparisons that say where two differ.
#pragma once

#include "core/model/edit.h"
#include "core/model/project.h"

#include <memory>
#include <string>

namespace cordon::test {

TimePoint at(const char* text); // ISO 8601

// All attribute types, nulls, NaN, zones, Z, M, times of vertices, every kind of geometry, awkward names.
std::shared_ptr<const FeatureTable> pointTable();
std::shared_ptr<const FeatureTable> lineTable();   // roads "141", "142"
std::shared_ptr<const FeatureTable> regionTable(); // "ML1", "ML2"; with a hole and an island
std::shared_ptr<const FeatureTable> mixedTable();
Situation richSituation();
std::shared_ptr<const Project> richProject();

Incident incident(const std::string& id, LonLat at, TimePoint when);

// What differs, "" if nothing does. Tables are compared value by value; layers by all their members.
std::string difference(const FeatureTable& a, const FeatureTable& b);
std::string difference(const Project& a, const Project& b);

} // namespace cordon::test
