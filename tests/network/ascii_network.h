// Road networks drawn in the test, as Valhalla's are: letters are points, ways say which of them a road runs through.
// A character is 0.01 degrees east, a line 0.01 degrees south, near 14 degrees north: about 1.08 and 1.11 km.
#pragma once

#include "core/model/situation_index.h"
#include "core/network/access.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cordon::test {

struct Way {
    std::string through;                       // letters, which are its road_id too
    std::map<std::string, std::string> values; // columns of the road layer
};

inline std::map<char, LonLat> pointsOf(const std::string& drawing) {
    std::map<char, LonLat> points;
    double x = 0, y = 0;
    for (const char c : drawing) {
        if (c == '\n') {
            x = 0;
            ++y;
            continue;
        }
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            points[c] = {-8 + x / 100, 14 - y / 100};
        ++x;
    }
    return points;
}

inline Column textColumn(const std::string& name) {
    return {name, FieldType::Text, TextValues{}};
}

inline std::shared_ptr<const Layer> roadsThrough(const std::map<char, LonLat>& points, const std::vector<Way>& ways) {
    auto table = std::make_shared<FeatureTable>();
    table->name = "roads";
    std::map<std::string, int> names;
    for (const Way& way : ways)
        for (const auto& [name, value] : way.values)
            names[name];
    table->columns.push_back(textColumn("road_id"));
    for (const auto& [name, ignored] : names)
        table->columns.push_back(textColumn(name));
    for (const Way& way : ways) {
        GeometryColumn& g = table->geometry;
        for (const char c : way.through)
            g.coordinates.push_back(points.at(c));
        g.partStart.push_back(static_cast<std::uint32_t>(g.coordinates.size()));
        g.partRole.push_back(PartRole::Line);
        g.featureStart.push_back(g.partCount());
        for (Column& column : table->columns) {
            const auto value = way.values.find(column.name);
            std::get<TextValues>(column.values)
                .append(value != way.values.end()  ? value->second
                        : column.name == "road_id" ? way.through
                                                   : "");
        }
    }
    finishTable(*table);
    auto layer = std::make_shared<Layer>();
    layer->id = "roads";
    layer->role = LayerRole::Road;
    layer->idField = "road_id";
    layer->table = std::move(table);
    return layer;
}

// Population as text; "" = not known.
inline std::shared_ptr<const Layer> placesAt(const std::map<char, LonLat>& points,
                                             const std::map<char, std::string>& populations) {
    auto table = std::make_shared<FeatureTable>();
    table->name = "places";
    table->columns = {textColumn("name"), textColumn("population")};
    for (const auto& [letter, population] : populations) {
        GeometryColumn& g = table->geometry;
        g.coordinates.push_back(points.at(letter));
        g.partStart.push_back(static_cast<std::uint32_t>(g.coordinates.size()));
        g.partRole.push_back(PartRole::Points);
        g.featureStart.push_back(g.partCount());
        std::get<TextValues>(table->columns[0].values).append(std::string(1, letter));
        std::get<TextValues>(table->columns[1].values).append(population);
    }
    finishTable(*table);
    auto layer = std::make_shared<Layer>();
    layer->id = "places";
    layer->role = LayerRole::Place;
    layer->table = std::move(table);
    return layer;
}

inline TimePoint day(const char* text) {
    return parseAsOf(text);
}

// A drawn country: every capital letter is a place of 100 people unless `populations` says otherwise.
class Drawn {
public:
    Drawn(const std::string& drawing, const std::vector<Way>& ways, std::map<char, std::string> populations = {})
        : points(pointsOf(drawing)) {
        for (const auto& [letter, at] : points)
            if (letter >= 'A' && letter <= 'Z')
                populations.try_emplace(letter, "100");
        project.layers = {roadsThrough(points, ways), placesAt(points, populations)};
    }

    RoadStatus& report(const std::string& id, const std::string& road, RoadStatusKind status, double from = 0,
                       double to = 1) {
        RoadStatus r;
        r.head.id = id;
        r.head.valid.begin = day("2025-09-01");
        r.head.recorded.begin = day("2025-09-01");
        r.head.grade = {'B', '2'};
        r.roads = {{road, from, to}};
        r.status = status;
        r.cause = ObstacleType::Roadblock;
        situation.roadStatuses.push_back(r);
        return situation.roadStatuses[situation.roadStatuses.size() - 1];
    }
    void restrict(const std::string& id, char letter) {
        Restriction r;
        r.head.id = id;
        r.head.place = std::string(1, letter);
        r.head.valid.begin = day("2025-09-01");
        r.geometry = {SmallGeometry::Kind::Point, {{{points.at(letter)}, false}}};
        situation.restrictions.push_back(r);
    }

    AccessQuery from(const std::string& letters) const {
        AccessQuery query;
        for (const char c : letters)
            query.origins.push_back({std::string(1, c), points.at(c)});
        query.filter.asOf = day("2025-10-01");
        return query;
    }

    std::shared_ptr<const AccessNetwork> network(const GraphOptions& options = {}) const {
        return prepareNetwork(project, options);
    }
    AccessStudy study(const GraphOptions& options = {}) const {
        return AccessStudy(network(options),
                           std::make_shared<SituationIndex>(std::make_shared<const Situation>(situation)),
                           std::make_shared<RegionLookup>(project));
    }
    AccessAnswer ask(const AccessQuery& query, const GraphOptions& options = {}) const {
        auto asked = study(options);
        return asked.ask(query);
    }
    // The places of a kind, as letters in their order.
    std::string places(const AccessAnswer& answer, ReachKind kind) const {
        std::string letters;
        std::size_t i = 0;
        for (const auto& [letter, at] : points)
            if (letter >= 'A' && letter <= 'Z' && answer.places[i++].kind == kind)
                letters += letter;
        return letters;
    }
    std::string cutOff(const AccessQuery& query) const { return places(ask(query), ReachKind::CutOff); }

    std::map<char, LonLat> points;
    Project project;
    Situation situation;
};

} // namespace cordon::test
