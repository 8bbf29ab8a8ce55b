#include "core/geo/projection_patches.h"

#include "core/error.h"

#include <array>
#include <cmath>
#include <numbers>

namespace cordon {

namespace {

constexpr std::size_t kNodeCount = 6;
using Row = std::array<double, kNodeCount>;

// Chebyshev's points with both ends, so that neighbouring patches agree along their border and leave no seam.
Row nodes() {
    Row at{};
    for (std::size_t i = 0; i < kNodeCount; ++i)
        at[i] = -std::cos(std::numbers::pi * static_cast<double>(i) / (kNodeCount - 1));
    return at;
}

// Lagrange's polynomials by powers: [i][k] is the factor of u^k in the one that is 1 at node i and 0 at the others.
std::array<Row, kNodeCount> basis() {
    const Row at = nodes();
    std::array<Row, kNodeCount> result{};
    for (std::size_t i = 0; i < kNodeCount; ++i) {
        Row& polynomial = result[i];
        polynomial[0] = 1;
        for (std::size_t k = 0; k < kNodeCount; ++k) {
            if (k == i)
                continue;
            // Times (u - at[k]) / (at[i] - at[k]).
            for (std::size_t power = kNodeCount; power-- > 0;)
                polynomial[power] =
                    ((power > 0 ? polynomial[power - 1] : 0) - at[k] * polynomial[power]) / (at[i] - at[k]);
        }
    }
    return result;
}

void throwIfStopped(const std::stop_token& stop) {
    if (stop.stop_requested())
        throw Stopped();
}

} // namespace

ProjectionPatches::ProjectionPatches(const Projection& exact, const GeoBox& extent, double toleranceUnits,
                                     const std::stop_token& stop)
    : m_extent(extent) {
    if (extent.isEmpty() || !(extent.width() > 0) || !(extent.height() > 0))
        return;
    m_columnDegrees = extent.width() / kPatches;
    m_rowDegrees = extent.height() / kPatches;
    m_patches.resize(kPatches * kPatches);
    m_isGood.resize(m_patches.size());
    fit(exact, stop);
    check(exact, toleranceUnits, stop);
}

LonLat ProjectionPatches::placeIn(int column, int row, double u, double v) const {
    return {m_extent.minX + (column + (u + 1) / 2) * m_columnDegrees,
            m_extent.minY + (row + (v + 1) / 2) * m_rowDegrees};
}

void ProjectionPatches::fit(const Projection& exact, const std::stop_token& stop) {
    static_assert(kNodeCount == kNodes);
    const Row at = nodes();
    const auto lagrange = basis();
    std::array<LonLat, kNodeCount * kNodeCount> places;
    std::array<MapPoint, kNodeCount * kNodeCount> values;
    for (int number = 0; number < kPatches * kPatches; ++number) {
        throwIfStopped(stop);
        for (std::size_t j = 0; j < kNodeCount; ++j)
            for (std::size_t i = 0; i < kNodeCount; ++i)
                places[j * kNodeCount + i] = placeIn(number % kPatches, number / kPatches, at[i], at[j]);
        exact.forward(places, values);
        // First along u, then along v.
        Pair alongU[kNodes][kNodes]{};
        for (std::size_t j = 0; j < kNodeCount; ++j)
            for (std::size_t i = 0; i < kNodeCount; ++i)
                for (std::size_t power = 0; power < kNodeCount; ++power)
                    alongU[j][power] +=
                        Pair{values[j * kNodeCount + i].x, values[j * kNodeCount + i].y} * lagrange[i][power];
        Patch& patch = m_patches[static_cast<std::size_t>(number)];
        patch = {};
        for (std::size_t j = 0; j < kNodeCount; ++j)
            for (std::size_t powerV = 0; powerV < kNodeCount; ++powerV)
                for (std::size_t powerU = 0; powerU < kNodeCount; ++powerU)
                    patch.factors[powerV][powerU] += alongU[j][powerU] * lagrange[j][powerV];
    }
}

ProjectionPatches::Pair ProjectionPatches::valueAt(const Patch& patch, double u, double v) const {
    Pair value{};
    for (int j = kNodes; j-- > 0;) {
        Pair row = patch.factors[j][kNodes - 1];
        for (int i = kNodes - 1; i-- > 0;)
            row = row * u + patch.factors[j][i];
        value = value * v + row;
    }
    return value;
}

// Between the nodes, where polynomials depart most; near the patch's middle and near its edges.
void ProjectionPatches::check(const Projection& exact, double toleranceUnits, const std::stop_token& stop) {
    constexpr double kMargin = 4; // the greatest error may lie between the places looked at
    constexpr std::array kAt = {-0.94, -0.6, 0.0, 0.6, 0.94};
    std::array<LonLat, kAt.size() * kAt.size()> places;
    std::array<MapPoint, kAt.size() * kAt.size()> values;
    for (int number = 0; number < kPatches * kPatches; ++number) {
        throwIfStopped(stop);
        for (std::size_t i = 0; i < places.size(); ++i)
            places[i] = placeIn(number % kPatches, number / kPatches, kAt[i % kAt.size()], kAt[i / kAt.size()]);
        exact.forward(places, values);
        bool isGood = true; // false also where a value is not a number
        for (std::size_t i = 0; i < places.size(); ++i) {
            const Pair value =
                valueAt(m_patches[static_cast<std::size_t>(number)], kAt[i % kAt.size()], kAt[i / kAt.size()]);
            const double error = std::hypot(value[0] - values[i].x, value[1] - values[i].y);
            isGood = isGood && error * kMargin <= toleranceUnits;
        }
        m_isGood[static_cast<std::size_t>(number)] = isGood;
    }
}

void ProjectionPatches::forward(std::span<const LonLat> in, std::span<MapPoint> out, const Projection& exact) const {
    const double columnsPerDegree = 1 / m_columnDegrees, rowsPerDegree = 1 / m_rowDegrees;
    for (std::size_t i = 0; i < in.size(); ++i) {
        // Of a place outside, or one that is not a number, the comparison is false.
        const double x = (in[i].lonDegrees - m_extent.minX) * columnsPerDegree;
        const double y = (in[i].latDegrees - m_extent.minY) * rowsPerDegree;
        if (x >= 0 && y >= 0 && x <= kPatches && y <= kPatches) {
            const int column = std::min(static_cast<int>(x), kPatches - 1);
            const int row = std::min(static_cast<int>(y), kPatches - 1);
            const auto number = static_cast<std::size_t>(row * kPatches + column);
            if (m_isGood[number]) {
                const Pair value = valueAt(m_patches[number], 2 * (x - column) - 1, 2 * (y - row) - 1);
                out[i] = {value[0], value[1]};
                continue;
            }
        }
        exact.forward(in.subspan(i, 1), out.subspan(i, 1));
    }
}

} // namespace cordon
