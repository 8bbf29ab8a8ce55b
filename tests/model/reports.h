// Short ways to write reports in tests, and situations made at random from a seed.
#pragma once

#include "core/model/record.h"

#include <random>
#include <string>

namespace cordon::test {

inline TimePoint at(const std::string& text) {
    return parseTime(text)->time;
}

inline RecordHead head(const std::string& id, const std::string& from, const std::string& to = "",
                       const std::string& grade = "B2") {
    RecordHead head;
    head.id = id;
    head.valid.begin = at(from);
    if (!to.empty())
        head.valid.end = at(to);
    head.recorded.begin = head.valid.begin;
    head.source = "Test source";
    head.grade = *Grade::fromText(grade);
    return head;
}

inline RoadStatus roadReport(const std::string& id, RoadStatusKind status, const std::string& from,
                             const std::string& grade = "B2", ObstacleType cause = ObstacleType::Roadblock) {
    RoadStatus report;
    report.head = head(id, from, "", grade);
    report.roads = {{"RN1", 0, 1}};
    report.status = status;
    report.cause = cause;
    return report;
}

inline SmallGeometry square(double west, double south, double east, double north) {
    return {SmallGeometry::Kind::Polygon,
            {{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, false}}};
}

inline ControlArea controlReport(const std::string& id, const std::string& actor, const std::string& from,
                                 SmallGeometry area, const std::string& grade = "B2") {
    ControlArea report;
    report.head = head(id, from, "", grade);
    report.area = std::move(area);
    report.actor = actor;
    return report;
}

// `count` rows over `days` days from 2020-12-01 on: road statuses (60 %), incidents, control areas, restrictions and
// measures; some open, corrected or withdrawn, some empty or inverted when `isUnruly`.
class RandomSituation {
public:
    RandomSituation(unsigned seed, int days, bool isUnruly) : m_random(seed), m_days(days), m_isUnruly(isUnruly) {}

    Situation make(std::size_t count, int roadCount = 53) {
        Situation situation;
        for (std::size_t i = 0; i < count; ++i)
            add(situation, i, count, roadCount);
        return situation;
    }
    int below(int n) { return static_cast<int>(m_random() % static_cast<unsigned>(n)); }
    TimePoint anyTime() {
        return at("2020-12-01") + std::chrono::minutes{static_cast<std::int64_t>(below(m_days * 24)) * 60};
    }

private:
    RecordHead randomHead(std::size_t i, std::size_t count) {
        RecordHead h;
        // Unruly ones share ids, as the versions of a record do.
        h.id = "R" + std::to_string(m_isUnruly ? static_cast<std::size_t>(below(static_cast<int>(count))) : i);
        h.valid.begin = anyTime();
        const int length = below(10);
        if (length > 1) // a fifth is still in force
            h.valid.end = h.valid.begin + std::chrono::hours{24 * below(60) + (m_isUnruly ? 0 : 6)};
        if (m_isUnruly && length == 2)
            h.valid.end = h.valid.begin - std::chrono::hours{5};
        if (m_isUnruly && below(50) == 0)
            h.valid.begin = TimePoint::min();
        h.recorded.begin =
            h.valid.begin == TimePoint::min() ? anyTime() : h.valid.begin + std::chrono::hours{below(96)};
        if (below(12) == 0)
            h.recorded.end = h.recorded.begin + std::chrono::hours{below(24 * 40) + (m_isUnruly ? 0 : 1)};
        if (below(5) == 0 && h.valid.begin != TimePoint::min())
            h.confirmed = h.valid.begin + std::chrono::hours{below(24 * 30)};
        h.source = "Source " + std::to_string(below(40));
        h.grade = {static_cast<char>('A' + below(6)), static_cast<char>('1' + below(6))};
        h.place = "Place " + std::to_string(below(400));
        return h;
    }
    LonLat anyPlace() { return {-12 + below(16000) / 1000.0, 10 + below(14000) / 1000.0}; }

    void add(Situation& s, std::size_t i, std::size_t count, int roadCount) {
        static constexpr std::string_view kActors[] = {"JNIM", "FAMa", "ISSP"};
        const int kind = below(100);
        RecordHead h = randomHead(i, count);
        const std::string actor(kActors[below(3)]);
        if (kind < 60) {
            RoadStatus r;
            r.head = std::move(h);
            for (int n = 1 + below(2); n > 0; --n) {
                const double from = below(100) / 100.0;
                r.roads.push_back({"road-" + std::to_string(below(roadCount)), from,
                                   m_isUnruly ? below(100) / 100.0 : std::min(1.0, from + 0.01 + below(40) / 100.0)});
            }
            r.status = static_cast<RoadStatusKind>(below(7));
            r.cause = static_cast<ObstacleType>(below(16));
            r.direction = static_cast<TrafficDirection>(below(8) < 6 ? 0 : 1 + below(2));
            r.actor = actor;
            s.roadStatuses.push_back(std::move(r));
        } else if (kind < 85) {
            Incident r;
            r.head = std::move(h);
            r.location = anyPlace();
            r.type = static_cast<IncidentType>(below(10));
            r.actor = actor;
            if (below(3) > 0)
                r.fatalitiesBest = below(20);
            s.incidents.push_back(std::move(r));
        } else if (kind < 93) {
            ControlArea r;
            r.head = std::move(h);
            const LonLat p = anyPlace();
            const double size = 0.05 + below(40) / 100.0;
            r.area = square(p.lonDegrees, p.latDegrees, p.lonDegrees + size, p.latDegrees + size);
            r.actor = actor;
            r.controlClass = static_cast<ControlClass>(below(6));
            r.basis = static_cast<ControlBasis>(below(5) == 0);
            s.controlAreas.push_back(std::move(r));
        } else if (kind < 98) {
            Restriction r;
            r.head = std::move(h);
            r.geometry = {SmallGeometry::Kind::Point, {{{anyPlace()}, false}}};
            s.restrictions.push_back(std::move(r));
        } else {
            Measure r;
            r.head = std::move(h);
            s.measures.push_back(std::move(r));
        }
    }

    std::mt19937 m_random; // the same numbers on every machine
    int m_days;
    bool m_isUnruly;
};

} // namespace cordon::test
