#include "core/network/road_attributes.h"

#include "core/model/lowered.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace cordon {
namespace {

const Column* firstOf(const FeatureTable& table, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const Column* column = table.findColumn(name))
            return column;
    return nullptr;
}

// `"key"=>"value"` in the hstore text that GDAL keeps the rarer OSM tags in.
std::string tagIn(std::string_view tags, std::string_view key) {
    const std::string mark = "\"" + std::string(key) + "\"=>\"";
    const auto at = tags.find(mark);
    if (at == std::string_view::npos)
        return {};
    const auto begin = at + mark.size(), end = tags.find('"', begin);
    return std::string(tags.substr(begin, end - begin));
}

bool isYes(const std::string& text) {
    return !text.empty() && text != "no" && text != "0" && text != "false" && text != "f" && text != "n";
}

struct ClassWord {
    const char* word;
    RoadClass roadClass;
    bool isUsable = true;
};
constexpr std::array kClassWords = {
    ClassWord{"motorway", RoadClass::Motorway},
    ClassWord{"motorway_link", RoadClass::Motorway},
    ClassWord{"highway", RoadClass::Main},
    ClassWord{"trunk", RoadClass::Main},
    ClassWord{"trunk_link", RoadClass::Main},
    ClassWord{"primary", RoadClass::Main},
    ClassWord{"primary_link", RoadClass::Main},
    ClassWord{"main", RoadClass::Main},
    ClassWord{"national", RoadClass::Main},
    ClassWord{"secondary", RoadClass::Secondary},
    ClassWord{"secondary_link", RoadClass::Secondary},
    ClassWord{"regional", RoadClass::Secondary},
    ClassWord{"tertiary", RoadClass::Tertiary},
    ClassWord{"tertiary_link", RoadClass::Tertiary},
    ClassWord{"unclassified", RoadClass::Local},
    ClassWord{"residential", RoadClass::Local},
    ClassWord{"living_street", RoadClass::Local},
    ClassWord{"service", RoadClass::Local},
    ClassWord{"local", RoadClass::Local},
    ClassWord{"road", RoadClass::Unknown},
    ClassWord{"track", RoadClass::Track},
    ClassWord{"path", RoadClass::Path},
    ClassWord{"bridleway", RoadClass::Path},
    ClassWord{"ferry", RoadClass::Ferry},
    ClassWord{"footway", RoadClass::Path, false},
    ClassWord{"pedestrian", RoadClass::Path, false},
    ClassWord{"cycleway", RoadClass::Path, false},
    ClassWord{"steps", RoadClass::Path, false},
    ClassWord{"construction", RoadClass::Path, false},
    ClassWord{"proposed", RoadClass::Path, false},
    ClassWord{"abandoned", RoadClass::Path, false},
    ClassWord{"razed", RoadClass::Path, false},
    ClassWord{"corridor", RoadClass::Path, false},
    ClassWord{"elevator", RoadClass::Path, false},
};

RoadSurface surfaceOf(const std::string& word) {
    using enum RoadSurface;
    static constexpr std::array<std::pair<const char*, RoadSurface>, 18> kWords = {{
        {"paved", Paved},
        {"asphalt", Paved},
        {"concrete", Paved},
        {"paving_stones", Paved},
        {"sett", Paved},
        {"bitumen", Paved},
        {"gravel", Gravel},
        {"fine_gravel", Gravel},
        {"compacted", Gravel},
        {"laterite", Gravel},
        {"pebblestone", Gravel},
        {"unpaved", Earth},
        {"earth", Earth},
        {"dirt", Earth},
        {"ground", Earth},
        {"mud", Earth},
        {"clay", Earth},
        {"sand", Sand},
    }};
    for (const auto& [name, surface] : kWords)
        if (word.starts_with(name))
            return surface;
    return Unknown;
}

} // namespace

RoadAttributeReader::RoadAttributeReader(const FeatureTable& table)
    : m_table(table), m_highway(table.findColumn("highway")),
      m_class(m_highway ? nullptr : firstOf(table, {"class", "road_class", "fclass", "type", "category"})),
      m_surface(firstOf(table, {"surface", "pavement"})),
      m_speed(firstOf(table, {"speed_kmh", "maxspeed", "max_speed", "speed"})), m_length(table.findColumn("length_km")),
      m_oneway(firstOf(table, {"oneway", "one_way"})), m_junction(table.findColumn("junction")),
      m_access(table.findColumn("access")), m_vehicle(firstOf(table, {"motor_vehicle", "vehicle"})),
      m_ford(table.findColumn("ford")), m_ferry(table.findColumn("ferry")), m_route(table.findColumn("route")),
      m_layer(table.findColumn("layer")), m_bridge(table.findColumn("bridge")), m_tunnel(table.findColumn("tunnel")),
      m_otherTags(table.findColumn("other_tags")) {
    m_isPlain = !m_highway && !m_surface && !m_oneway && !m_junction && !m_access && !m_vehicle && !m_ford &&
                !m_ferry && !m_route && !m_layer && !m_bridge && !m_tunnel && !m_otherTags &&
                (!m_class || m_class->type != FieldType::Text);
}

RoadAttributes RoadAttributeReader::of(std::uint32_t row) {
    RoadAttributes attributes;
    if (!m_isPlain) {
        readClass(attributes, row);
        readUse(attributes, row);
        readLevel(attributes, row);
        attributes.surface = surfaceOf(textOf(m_surface, "surface", row));
    }
    readSpeed(attributes, row);
    if (m_length)
        if (const auto km = FeatureTable::valueAsNumber(*m_length, row); km && *km > 0 && std::isfinite(*km))
            attributes.lengthKm = static_cast<float>(*km);
    return attributes;
}

std::string RoadAttributeReader::textOf(const Column* column, const char* tag, std::uint32_t row) const {
    if (column)
        return lowered(m_table.valueAsText(*column, row));
    if (m_otherTags && *tag && m_otherTags->type == FieldType::Text && !m_otherTags->isNull(row))
        return lowered(tagIn(m_otherTags->textAt(row), tag));
    return {};
}

void RoadAttributeReader::readClass(RoadAttributes& attributes, std::uint32_t row) const {
    const std::string word = textOf(m_highway ? m_highway : m_class, "", row);
    if (textOf(m_route, "route", row) == "ferry" || isYes(textOf(m_ferry, "ferry", row))) {
        attributes.roadClass = RoadClass::Ferry;
        return;
    }
    for (const ClassWord& known : kClassWords)
        if (word == known.word) {
            attributes.roadClass = known.roadClass;
            attributes.isUsable = known.isUsable;
        }
    if (m_highway && word.empty())
        attributes.isUsable = false; // a river or a wall of the same layer
    if (word.starts_with("motorway"))
        attributes.backward = word != "motorway";
}

void RoadAttributeReader::readUse(RoadAttributes& attributes, std::uint32_t row) const {
    const std::string oneway = textOf(m_oneway, "oneway", row);
    if (textOf(m_junction, "junction", row) == "roundabout")
        attributes.backward = false;
    if (oneway == "-1" || oneway == "reverse" || oneway == "backward") {
        attributes.forward = false;
        attributes.backward = true;
    } else if (oneway == "forward" || oneway == "yes" || oneway == "true" || oneway == "1" || oneway == "ft") {
        attributes.backward = false;
    } else if (oneway == "tf") {
        attributes.forward = false;
    } else if (oneway == "no") {
        attributes.backward = true;
    }
    std::string use = textOf(m_vehicle, "motor_vehicle", row);
    if (use.empty())
        use = textOf(m_access, "access", row);
    if (use == "no" || use == "private")
        attributes.isUsable = false;
    attributes.isFord = isYes(textOf(m_ford, "ford", row));
}

void RoadAttributeReader::readLevel(RoadAttributes& attributes, std::uint32_t row) const {
    const std::string layer = textOf(m_layer, "layer", row);
    if (!layer.empty())
        attributes.level = static_cast<std::int8_t>(std::clamp(std::atoi(layer.c_str()), -20, 20));
    else if (isYes(textOf(m_bridge, "bridge", row)))
        attributes.level = 1;
    else if (isYes(textOf(m_tunnel, "tunnel", row)))
        attributes.level = -1;
}

void RoadAttributeReader::readSpeed(RoadAttributes& attributes, std::uint32_t row) {
    if (!m_speed && !m_otherTags)
        return;
    double speed = 0;
    if (m_speed && m_speed->type != FieldType::Text) {
        const auto number = FeatureTable::valueAsNumber(*m_speed, row);
        if (!number)
            return;
        speed = *number;
    } else {
        const std::string text = textOf(m_speed, "maxspeed", row);
        if (text.empty() || text == "none" || text == "signals" || text == "walk")
            return;
        speed = std::strtod(text.c_str(), nullptr);
        if (text.find("mph") != std::string::npos)
            speed *= 1.609344;
    }
    if (speed > 0 && speed <= 200)
        attributes.speedKmh = static_cast<float>(speed);
    else
        ++m_badSpeeds;
}

} // namespace cordon
