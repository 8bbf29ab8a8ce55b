#include "core/network/fast_length.h"

#include "core/geo/geodesic.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace cordon {
namespace {

constexpr double kMostStepDegrees = 0.05, kMostLatDegrees = 70;
constexpr double kSemiMajorMeters = 6378137.0, kEccentricitySquared = 6.69437999014e-3; // WGS 84
constexpr double kRadians = std::numbers::pi / 180;

DegreeMeters radiiAt(double latDegrees) {
    const double sine = std::sin(latDegrees * kRadians);
    const double w = 1 - kEccentricitySquared * sine * sine;
    const double normal = kSemiMajorMeters / std::sqrt(w);
    return {normal * std::cos(latDegrees * kRadians) * kRadians, normal * (1 - kEccentricitySquared) / w * kRadians};
}

// Interpolated between steps of 1/64 degree: the error of that is below 4e-8.
class RadiiTable {
public:
    RadiiTable() {
        m_rows.reserve(kRows + 1);
        for (int row = 0; row <= kRows; ++row)
            m_rows.push_back(radiiAt(static_cast<double>(row) / kRowsPerDegree));
    }
    DegreeMeters at(double latDegrees) const {
        const double at = std::abs(latDegrees) * kRowsPerDegree;
        const auto row = std::min(static_cast<std::size_t>(at), static_cast<std::size_t>(kRows - 1));
        const double t = at - static_cast<double>(row);
        const DegreeMeters &a = m_rows[row], &b = m_rows[row + 1];
        return {a.lon + t * (b.lon - a.lon), a.lat + t * (b.lat - a.lat)};
    }

private:
    static constexpr int kRowsPerDegree = 64, kRows = 90 * kRowsPerDegree;
    std::vector<DegreeMeters> m_rows; // from the equator
};

const RadiiTable& radii() {
    static const RadiiTable table;
    return table;
}

} // namespace

DegreeMeters degreeMetersAt(double latDegrees) {
    return radii().at(std::min(std::abs(latDegrees), 89.9)); // at a pole a degree of longitude has no length
}

double stepMeters(LonLat a, LonLat b) {
    const double dLon = b.lonDegrees - a.lonDegrees, dLat = b.latDegrees - a.latDegrees;
    const double middle = (a.latDegrees + b.latDegrees) / 2;
    if (!(std::abs(dLon) <= kMostStepDegrees && std::abs(dLat) <= kMostStepDegrees &&
          std::abs(middle) <= kMostLatDegrees))
        return distanceMeters(a, b);
    const DegreeMeters meters = radii().at(middle);
    const double x = dLon * meters.lon, y = dLat * meters.lat;
    return std::sqrt(x * x + y * y);
}

double lineMeters(std::span<const LonLat> line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        sum += stepMeters(line[i - 1], line[i]);
    return sum;
}

} // namespace cordon
