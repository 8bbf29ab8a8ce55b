// Roads by the id that reports name them with, from the road layers of a project.
#pragma once

#include "core/model/project.h"

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon {

// A road with its distances, for cutting many stretches out of it. Its coordinates live with the layer.
class MeasuredRoad {
public:
    struct Stretch {
        std::vector<std::vector<LonLat>> lines;
        double lengthMeters = 0;
    };
    explicit MeasuredRoad(std::vector<std::span<const LonLat>> parts = {});

    double lengthMeters() const { return m_lengthMeters; }
    // Between two fractions of the length; of no length: no lines. Cut points are interpolated.
    Stretch stretch(double fromFraction, double toFraction) const;
    std::optional<LonLat> pointAt(double fraction) const;
    struct Nearest {
        double fraction = 0;
        double distanceMeters = 0;
    };
    std::optional<Nearest> nearestTo(LonLat p) const; // nullopt: no length

private:
    struct Part {
        std::span<const LonLat> points;
        std::vector<double> meters; // from the begin of the road to each point
    };
    std::vector<Part> m_parts;
    double m_lengthMeters = 0;
};

// Fractions run from 0 to 1 along all parts of a road in their order, by geodesic length; gaps between parts have none.
class RoadLookup {
public:
    RoadLookup() = default;
    // Of the layers with role Road and an id field, the visible ones or not. A later layer does not replace a road of
    // an earlier one; several features of one id make one road. A million take a second; throws Stopped.
    explicit RoadLookup(const Project& project, const std::stop_token& stop = {});

    bool isEmpty() const { return m_parts.empty(); }
    bool contains(std::string_view roadId) const { return m_parts.contains(roadId); }
    // The parts of a road; empty if there is no such road.
    std::vector<std::span<const LonLat>> partsOf(std::string_view roadId) const;
    double lengthMeters(std::string_view roadId) const;
    // Name as the layer gives it (column name, nom, ref), or "".
    std::string nameOf(std::string_view roadId) const;
    // All that stands in those columns, of every feature of the road, each once: {"Route de Ségou", "RN6"}.
    std::vector<std::string> namesOf(std::string_view roadId) const;
    std::vector<std::string_view> roadIds() const; // sorted; they live with the lookup

    MeasuredRoad measured(std::string_view roadId) const { return MeasuredRoad(partsOf(roadId)); }

private:
    struct Road {
        const FeatureTable* table = nullptr;
        std::vector<std::uint32_t> features;
        std::vector<std::uint32_t> parts;
    };
    const Road* find(std::string_view roadId) const;

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::vector<std::shared_ptr<const FeatureTable>> m_tables; // keeps the coordinates alive
    std::unordered_map<std::string, Road, Hash, std::equal_to<>> m_parts;
};

} // namespace cordon
