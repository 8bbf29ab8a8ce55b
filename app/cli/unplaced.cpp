#include "app/cli/unplaced.h"

#include "core/model/region_lookup.h"
#include "core/model/road_lookup.h"

namespace cordon {
namespace {

Warning notDrawn(const RecordHead& head, const std::string& what, const std::string& id) {
    return {"The record " + head.id + (head.place.empty() ? "" : " (" + head.place + ")") + " names the " + what +
                " '" + id + "', which is in no " + what +
                " layer, and is not drawn there; correct the id or add the layer.",
            true};
}

} // namespace

Warnings unplacedRecords(const Project& project, const TimeFilter& filter) {
    const SituationAt at = situationAt(*project.situation, filter);
    Warnings warnings;
    const RoadLookup roads(project);
    for (const RoadStatus* status : at.roadStatuses)
        for (const RoadReference& road : status->roads)
            if (!roads.contains(road.roadId))
                warnings.push_back(notDrawn(status->head, "road", road.roadId));
    const RegionLookup regions(project);
    for (const ControlArea* area : at.controlAreas)
        for (const std::string& region : area->regions)
            if (!regions.contains(region))
                warnings.push_back(notDrawn(area->head, "region", region));
    return warnings;
}

} // namespace cordon
