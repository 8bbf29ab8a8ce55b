// A small map to report on: two roads with ids, four regions with codes, a town; kept in a project file.
#pragma once

#include "core/io/project_file.h"
#include "tests/gui/gui_fixture.h"

namespace cordon {

inline std::shared_ptr<const FeatureTable> namedTable(const std::string& name, PartRole role,
                                                      const std::vector<std::vector<LonLat>>& shapes,
                                                      const std::vector<std::string>& ids,
                                                      const std::vector<std::string>& names) {
    auto table = std::make_shared<FeatureTable>();
    table->name = name;
    Column idColumn{"id", FieldType::Text, TextValues{}, {}, {}},
        nameColumn{"name", FieldType::Text, TextValues{}, {}, {}};
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        for (const LonLat p : shapes[i])
            table->geometry.coordinates.push_back(p);
        table->geometry.partStart.push_back(static_cast<std::uint32_t>(table->geometry.coordinates.size()));
        table->geometry.partRole.push_back(role);
        table->geometry.featureStart.push_back(static_cast<std::uint32_t>(i + 1));
        std::get<TextValues>(idColumn.values).append(ids[i]);
        std::get<TextValues>(nameColumn.values).append(names[i]);
    }
    table->columns = {idColumn, nameColumn};
    finishTable(*table);
    return table;
}

inline std::shared_ptr<const Layer> layerWithIds(std::shared_ptr<const FeatureTable> table, LayerRole role) {
    auto layer = std::make_shared<Layer>(*makeLayer(std::move(table), role));
    layer->idField = "id";
    return layer;
}

// Regions P1 to P4 from 8 W to 4 W, each a degree wide, from 12 to 13 N; the road 76 along 12.5 N, the road 77 along
// 5.5 W; the town of Kita.
inline Project reportProject(Situation situation = {}) {
    std::vector<std::vector<LonLat>> regions;
    for (int i = 0; i < 4; ++i) {
        const double west = -8 + i;
        regions.push_back({{west, 12}, {west + 1, 12}, {west + 1, 13}, {west, 13}, {west, 12}});
    }
    Project project;
    project =
        withLayer(project, layerWithIds(namedTable("Regions", PartRole::OuterRing, regions, {"P1", "P2", "P3", "P4"},
                                                   {"Kayes", "Koulikoro", "Segou", "Mopti"}),
                                        LayerRole::Region));
    project = withLayer(project, layerWithIds(namedTable("Roads", PartRole::Line,
                                                         {{{-7.8, 12.5}, {-4.2, 12.5}}, {{-5.5, 12.1}, {-5.5, 12.9}}},
                                                         {"76", "77"}, {"Kita - Mopti", "North road"}),
                                              LayerRole::Road));
    project = withLayer(project, layerWithIds(namedTable("Towns", PartRole::Points, {{{-7.5, 12.8}}}, {"1"}, {"Kita"}),
                                              LayerRole::Place));
    if (situation.actors.empty())
        situation.actors = {{"JNIM", "JNIM", "", {200, 60, 40, 255}, "", {"Group for Support"}},
                            {"FAMa", "Malian Armed Forces", "", {40, 90, 180, 255}, "", {}}};
    return withSituation(std::move(project), std::make_shared<const Situation>(std::move(situation)));
}

inline RoadStatus blockedRoad(const std::string& id, const std::string& day) {
    RoadStatus road;
    road.head.id = id;
    road.head.place = "Place of " + id;
    road.head.source = "Radio";
    road.head.grade = {'B', '2'};
    road.head.valid.begin = parseTime(day)->time;
    road.head.recorded.begin = parseTime(day)->time;
    road.roads = {{"76", 0, 1}};
    road.status = RoadStatusKind::Blocked;
    road.cause = ObstacleType::Roadblock;
    return road;
}

} // namespace cordon
