#include "core/render/prepared_layer.h"

#include "core/error.h"
#include "core/geo/projection_patches.h"
#include "core/render/generalise.h"
#include "core/render/mercator_table.h"
#include "core/render/parallel.h"
#include "core/render/rule_matcher.h"

#include <atomic>
#include <cmath>
#include <numeric>
#include <optional>

namespace cordon {

namespace {

constexpr GridPoint kUndefined{INT32_MIN, INT32_MIN}; // a point without a finite place; outside the grid
constexpr double kGridSteps = 2147483000.0;           // a little under 2^31: +- 2^30 about the origin
constexpr std::size_t kChunkPoints = 16384;           // a few ms through PROJ: how long a stop may take
constexpr std::size_t kWorthPatches = 200'000;        // fewer points go through PROJ as fast as patches are fitted
constexpr double kPatchErrorMeters = 0.001;
constexpr std::size_t kWorthThinning = 4000; // fewer vertices are drawn faster than they are thinned
constexpr std::size_t kBlockPoints = 8192;   // thinned together, about
// Looking through fewer blocks, 4 million features, takes a few ms; making the index takes hundreds.
constexpr std::size_t kManyBlocks = 16384;
constexpr std::size_t kManyPoints = 65536;    // of loose points, which are sorted into cells in a few ms
constexpr std::size_t kShareFeatures = 65536; // looked through by one thread

int chunkCount(std::size_t count, std::size_t chunk) {
    return static_cast<int>((count + chunk - 1) / chunk);
}

void throwIfStopped(const std::stop_token& stop) {
    if (stop.stop_requested())
        throw Stopped{};
}

} // namespace

PreparedLayer::PreparedLayer(std::shared_ptr<const FeatureTable> table, const Crs& crs, bool exact,
                             std::stop_token stop)
    : m_table(std::move(table)), m_exact(exact), m_points(m_table->geometry.coordinates.size()),
      m_partStart(m_table->geometry.partStart), m_levels(std::make_unique<GridLevel[]>(kLevels)) {
    if (crs.isWebMercator())
        projectMercator(stop);
    else
        projectAny(crs, stop);
    dropUndefined();
    makeBoxes(stop);
}

void PreparedLayer::chooseGrid(const MapBox& bounds) {
    if (bounds.isEmpty())
        return;
    m_originX = (bounds.minX + bounds.maxX) / 2;
    m_originY = (bounds.minY + bounds.maxY) / 2;
    m_unitsPerStep = std::max({bounds.width(), bounds.height(), 1e-6}) / kGridSteps;
}

GridPoint PreparedLayer::toGrid(double x, double y) const {
    const double limit = kGridSteps / 2;
    const double stepsX = (x - m_originX) / m_unitsPerStep, stepsY = (y - m_originY) / m_unitsPerStep;
    return {static_cast<std::int32_t>(std::lrint(std::clamp(stepsX, -limit, limit))),
            static_cast<std::int32_t>(std::lrint(std::clamp(stepsY, -limit, limit)))};
}

void PreparedLayer::projectMercator(std::stop_token stop) {
    static const MercatorTable mercator;
    const std::vector<LonLat>& in = m_table->geometry.coordinates;
    const GeoBox& extent = m_table->extent;
    if (in.empty() || extent.isEmpty()) {
        std::fill_n(m_points.data.get(), m_points.size, kUndefined);
        return;
    }
    chooseGrid({{MercatorTable::easting(extent.minX), mercator.northing(std::max(extent.minY, -89.99)),
                 MercatorTable::easting(extent.maxX), mercator.northing(std::min(extent.maxY, 89.99))}});
    const double stepsPerUnit = 1 / m_unitsPerStep, limit = kGridSteps / 2;
    parallelFor(threadCount(0), chunkCount(in.size(), kChunkPoints), [&](int chunk) {
        throwIfStopped(stop);
        const std::size_t begin = static_cast<std::size_t>(chunk) * kChunkPoints;
        const std::size_t end = std::min(in.size(), begin + kChunkPoints);
        for (std::size_t i = begin; i < end; ++i) {
            const double x = (MercatorTable::easting(in[i].lonDegrees) - m_originX) * stepsPerUnit;
            const double y = (mercator.northing(in[i].latDegrees) - m_originY) * stepsPerUnit;
            // Also false for NaN. The grid covers the extent, so that only rounding leaves it.
            const bool isInside = std::abs(x) <= limit + 1 && std::abs(y) <= limit + 1;
            m_points.data[i] =
                isInside ? GridPoint{static_cast<std::int32_t>(std::lrint(x)), static_cast<std::int32_t>(std::lrint(y))}
                         : kUndefined;
        }
    });
}

void PreparedLayer::projectAny(const Crs& crs, std::stop_token stop) {
    const std::vector<LonLat>& in = m_table->geometry.coordinates;
    const RawArray<MapPoint> projected = makeRawArray<MapPoint>(in.size());
    const double errorUnits = kPatchErrorMeters / crs.metersPerUnit();
    std::optional<ProjectionPatches> patches;
    if (!m_exact && in.size() >= kWorthPatches) {
        patches.emplace(Projection(crs), m_table->extent, errorUnits, stop);
        m_errorUnits = errorUnits;
    }
    // Each share makes its own Projection (a PROJ context is for one thread).
    const int shares = std::clamp(chunkCount(in.size(), kChunkPoints), 1, threadCount(0));
    std::vector<MapBox> bounds(static_cast<std::size_t>(shares));
    std::atomic<int> next{0};
    parallelFor(shares, shares, [&](int share) {
        const Projection projection(crs);
        MapBox box;
        for (int chunk = next++; chunk < chunkCount(in.size(), kChunkPoints); chunk = next++) {
            throwIfStopped(stop);
            const std::size_t begin = static_cast<std::size_t>(chunk) * kChunkPoints;
            const std::size_t count = std::min(kChunkPoints, in.size() - begin);
            const std::span out(projected.get() + begin, count);
            if (patches)
                patches->forward(std::span(in).subspan(begin, count), out, projection);
            else
                projection.forward(std::span(in).subspan(begin, count), out);
            for (const MapPoint& p : out)
                if (std::isfinite(p.x) && std::isfinite(p.y))
                    box.include(p);
        }
        bounds[static_cast<std::size_t>(share)] = box;
    });
    MapBox all;
    for (const MapBox& b : bounds)
        if (!b.isEmpty())
            all.BasicBox::include(b);
    chooseGrid(all);
    parallelFor(shares, chunkCount(in.size(), kChunkPoints), [&](int chunk) {
        throwIfStopped(stop);
        const std::size_t begin = static_cast<std::size_t>(chunk) * kChunkPoints;
        for (std::size_t i = begin; i < std::min(in.size(), begin + kChunkPoints); ++i) {
            const bool isFinite = std::isfinite(projected[i].x) && std::isfinite(projected[i].y);
            m_points.data[i] = isFinite ? toGrid(projected[i].x, projected[i].y) : kUndefined;
        }
    });
}

void PreparedLayer::dropUndefined() {
    GridPoint* points = m_points.data.get();
    if (std::find(points, points + m_points.size, kUndefined) == points + m_points.size)
        return;
    std::size_t out = 0;
    for (std::uint32_t p = 0; p + 1 < m_partStart.size(); ++p) {
        const std::size_t begin = m_table->geometry.partStart[p], end = m_table->geometry.partStart[p + 1];
        const std::size_t first = out;
        for (std::size_t i = begin; i < end; ++i)
            if (points[i] != kUndefined)
                points[out++] = points[i];
        const PartRole role = m_table->geometry.partRole[p];
        const bool isRing = role == PartRole::OuterRing || role == PartRole::InnerRing;
        // A ring that lost its seam is closed again; there is room, for it lost at least one point.
        if (isRing && out > first && out - first < end - begin && points[first] != points[out - 1]) {
            points[out] = points[first];
            ++out;
        }
        m_partStart[p] = static_cast<std::uint32_t>(first);
    }
    m_partStart.back() = static_cast<std::uint32_t>(out);
    m_points.size = out;
}

bool PreparedLayer::areLoosePoints() const {
    const GeometryColumn& g = m_table->geometry;
    if (m_points.size != g.featureCount() || g.partCount() != g.featureCount())
        return false;
    for (std::uint32_t f = 0; f < g.featureCount(); ++f)
        if (g.featureStart[f] != f || m_partStart[f] != f || g.partRole[f] != PartRole::Points)
            return false;
    return true;
}

void PreparedLayer::makeBoxes(const std::stop_token& stop) {
    const std::uint32_t featureCount = m_table->geometry.featureCount();
    m_isLoosePoints = areLoosePoints();
    if (!m_isLoosePoints)
        m_featureBoxes.resize(featureCount);
    while (m_blockShift > 2 && (m_points.size << m_blockShift) > kBlockPoints * featureCount)
        --m_blockShift;
    makeBlockBoxes(stop);
    for (const GridBox& box : m_blockBoxes)
        m_bounds.include(box);
}

void PreparedLayer::makeBlockBoxes(const std::stop_token& stop) {
    const GeometryColumn& geometry = m_table->geometry;
    const std::uint32_t featureCount = geometry.featureCount();
    m_blockBoxes.resize((featureCount + blockFeatures() - 1) / blockFeatures());
    parallelFor(threadCount(0), static_cast<int>(m_blockBoxes.size()), [&](int block) {
        throwIfStopped(stop);
        const std::uint32_t first = static_cast<std::uint32_t>(block) * blockFeatures();
        GridBox all;
        for (std::uint32_t f = first; f < std::min(featureCount, first + blockFeatures()); ++f) {
            if (m_isLoosePoints) {
                all.include(m_points.data[f].x, m_points.data[f].y);
                continue;
            }
            GridBox box;
            const std::size_t end = m_partStart[geometry.featureStart[f + 1]];
            for (std::size_t i = m_partStart[geometry.featureStart[f]]; i < end; ++i)
                box.include(m_points.data[i].x, m_points.data[i].y);
            m_featureBoxes[f] = box;
            all.include(box);
        }
        m_blockBoxes[static_cast<std::size_t>(block)] = all;
    });
}

GridBox PreparedLayer::gridBox(const MapBox& box) const {
    auto steps = [&](double units, double origin, bool up) {
        const double s = (units - origin) / m_unitsPerStep;
        return static_cast<std::int32_t>(std::clamp(up ? std::ceil(s) : std::floor(s), -2147483647.0, 2147483647.0));
    };
    return {steps(box.minX, m_originX, false), steps(box.minY, m_originY, false), steps(box.maxX, m_originX, true),
            steps(box.maxY, m_originY, true)};
}

const SpatialIndex& PreparedLayer::index() const {
    std::call_once(m_indexOnce, [&] {
        std::vector<FloatBox> boxes(m_featureBoxes.size());
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            const GridBox& b = m_featureBoxes[i];
            if (!b.isEmpty())
                boxes[i] = outwardBox(b.minX, b.minY, b.maxX, b.maxY);
        }
        m_index = SpatialIndex(boxes);
    });
    return m_index;
}

const PointCells& PreparedLayer::cells() const {
    std::call_once(m_indexOnce, [&] { m_cells = PointCells({m_points.data.get(), m_points.size}, m_bounds); });
    return m_cells;
}

std::vector<std::uint32_t> PreparedLayer::visible(const GridBox& box) const {
    std::vector<std::uint32_t> out;
    if (!m_bounds.intersects(box))
        return out;
    // Most files are in some spatial order, so that whole blocks can be passed over; an index is made when that would
    // look at far more than is seen.
    std::size_t blocksSeen = 0;
    for (const GridBox& block : m_blockBoxes)
        blocksSeen += block.intersects(box) ? 1 : 0;
    const double width = std::min(m_bounds.maxX, box.maxX) - static_cast<double>(std::max(m_bounds.minX, box.minX));
    const double height = std::min(m_bounds.maxY, box.maxY) - static_cast<double>(std::max(m_bounds.minY, box.minY));
    const double seenShare = width * height / std::max(1.0, 1.0 * m_bounds.width() * m_bounds.height());
    const std::size_t featuresSeen = blocksSeen << m_blockShift;
    if (m_isLoosePoints && featuresSeen > kManyPoints &&
        seenShare < 0.25 * static_cast<double>(blocksSeen) / static_cast<double>(m_blockBoxes.size()))
        return cells().within(box, {m_points.data.get(), m_points.size});
    if (!m_isLoosePoints && blocksSeen > kManyBlocks &&
        seenShare < 0.05 * static_cast<double>(blocksSeen) / static_cast<double>(m_blockBoxes.size())) {
        index().query(outwardBox(box.minX, box.minY, box.maxX, box.maxY), out);
        std::erase_if(out, [&](std::uint32_t f) { return !m_featureBoxes[f].intersects(box); });
        return out;
    }
    // In shares on all cores, put together in order.
    const std::size_t shareBlocks = std::max<std::size_t>(1, kShareFeatures >> m_blockShift);
    std::vector<std::vector<std::uint32_t>> shares((m_blockBoxes.size() + shareBlocks - 1) / shareBlocks);
    parallelFor(threadCount(0), static_cast<int>(shares.size()), [&](int number) {
        const auto share = static_cast<std::size_t>(number);
        const std::size_t end = std::min(m_blockBoxes.size(), (share + 1) * shareBlocks);
        for (std::size_t block = share * shareBlocks; block < end; ++block)
            if (m_blockBoxes[block].intersects(box))
                appendVisible(static_cast<std::uint32_t>(block), box, shares[share]);
    });
    std::size_t count = 0;
    for (const std::vector<std::uint32_t>& share : shares)
        count += share.size();
    out.reserve(count);
    for (const std::vector<std::uint32_t>& share : shares)
        out.insert(out.end(), share.begin(), share.end());
    return out;
}

void PreparedLayer::appendVisible(std::uint32_t block, const GridBox& box, std::vector<std::uint32_t>& out) const {
    const std::uint32_t first = block * blockFeatures();
    const std::uint32_t end = std::min(m_table->geometry.featureCount(), first + blockFeatures());
    for (std::uint32_t f = first; f < end; ++f)
        if (const GridBox feature = featureBox(f); feature.intersects(box) && !feature.isEmpty())
            out.push_back(f);
}

bool PreparedLayer::isWorthThinning(std::span<const std::uint32_t> features) const {
    if (m_isLoosePoints)
        return false;
    const std::vector<std::uint32_t>& featureStart = m_table->geometry.featureStart;
    std::size_t count = 0;
    for (const std::uint32_t f : features) {
        const std::size_t vertices = m_partStart[featureStart[f + 1]] - m_partStart[featureStart[f]];
        if (vertices > 2 && (count += vertices) >= kWorthThinning) // loose points stay what they are
            return true;
    }
    return false;
}

GridGeometry PreparedLayer::geometry(double toleranceUnits, std::span<const std::uint32_t> features,
                                     std::stop_token stop, Thinning thinning) const {
    const double toleranceSteps = toleranceUnits / m_unitsPerStep;
    const bool isAlike = thinning == Thinning::Alike && m_points.size >= kWorthThinning && !m_isLoosePoints;
    if (m_exact || toleranceSteps < 4 || !(isAlike || isWorthThinning(features)))
        return {*this, nullptr};
    const int number =
        std::clamp(static_cast<int>(std::floor(std::log2(toleranceSteps) * kLevelsPerDoubling)), 0, kLevels - 1);
    fillBlocks(number, features, stop);
    return {*this, &m_levels[static_cast<std::size_t>(number)]};
}

PreparedLayer::PartRange PreparedLayer::partsOfBlock(std::uint32_t block) const {
    const GeometryColumn& geometry = m_table->geometry;
    const std::uint32_t first = block * blockFeatures();
    return {geometry.featureStart[first],
            geometry.featureStart[std::min(geometry.featureCount(), first + blockFeatures())]};
}

void PreparedLayer::rankBlock(std::uint32_t block, int level) const {
    VertexRank& ranked = m_rankedLevels[block];
    const PartRange parts = partsOfBlock(block);
    for (std::uint32_t p = parts.first; p < parts.end; ++p) {
        const std::span<VertexRank> ranks = this->ranks(p);
        if (ranked == kUnranked) {
            if (m_table->geometry.partRole[p] == PartRole::Points)
                std::fill(ranks.begin(), ranks.end(), kAlwaysKept);
            else
                startRanks(basePart(p), ranks);
        }
        findRanks(basePart(p), ranks, ranked, level);
    }
    ranked = static_cast<VertexRank>(level);
}

// Room for what the level keeps of a block; the ranks must be known.
std::size_t PreparedLayer::mostPoints(std::uint32_t block, int level) const {
    const PartRange parts = partsOfBlock(block);
    const auto& roles = m_table->geometry.partRole;
    const auto rings = std::count_if(roles.begin() + parts.first, roles.begin() + parts.end, [](PartRole role) {
        return role == PartRole::OuterRing || role == PartRole::InnerRing;
    });
    const VertexRank* ranks = m_ranks.get();
    const auto kept = std::count_if(ranks + m_partStart[parts.first], ranks + m_partStart[parts.end],
                                    [level](VertexRank rank) { return rank >= level; });
    return static_cast<std::size_t>(kept) + static_cast<std::size_t>(rings) * kLeastOfRing + 1;
}

void PreparedLayer::makeBlock(std::uint32_t block, int level, GridPoint* points, std::uint32_t* partStart) const {
    const PartRange parts = partsOfBlock(block);
    std::size_t count = 0;
    for (std::uint32_t p = parts.first; p < parts.end; ++p) {
        *partStart++ = static_cast<std::uint32_t>(count);
        count += writeThinned(basePart(p), ranks(p), level, points + count);
    }
    *partStart = static_cast<std::uint32_t>(count);
}

void PreparedLayer::fillBlocks(int level, std::span<const std::uint32_t> features, std::stop_token stop) const {
    const std::lock_guard lock(m_levelsMutex);
    if (!m_ranks) {
        m_ranks = makeRawArray<VertexRank>(m_points.size);
        m_rankedLevels.assign(m_blockBoxes.size(), kUnranked);
    }
    GridLevel& made = m_levels[static_cast<std::size_t>(level)];
    made.blocks.resize(m_blockBoxes.size());
    std::vector<std::uint32_t> missing;
    for (const std::uint32_t f : features) {
        const std::uint32_t block = f >> m_blockShift;
        if (made.blocks[block].partStart == nullptr && (missing.empty() || missing.back() != block))
            missing.push_back(block);
    }
    if (missing.empty())
        return;
    struct Place {
        std::size_t points, parts;
    };
    std::vector<Place> places(missing.size() + 1);
    parallelFor(threadCount(0), static_cast<int>(missing.size()), [&](int i) {
        throwIfStopped(stop);
        const std::uint32_t block = missing[static_cast<std::size_t>(i)];
        if (level < m_rankedLevels[block])
            rankBlock(block, level);
        const PartRange parts = partsOfBlock(block);
        places[static_cast<std::size_t>(i) + 1] = {mostPoints(block, level), parts.end - parts.first + 1};
    });
    for (std::size_t i = 1; i < places.size(); ++i) {
        places[i].points += places[i - 1].points;
        places[i].parts += places[i - 1].parts;
    }
    RawArray<GridPoint> points = makeRawArray<GridPoint>(places.back().points);
    RawArray<std::uint32_t> parts = makeRawArray<std::uint32_t>(places.back().parts);
    parallelFor(threadCount(0), static_cast<int>(missing.size()), [&](int i) {
        throwIfStopped(stop);
        const Place& place = places[static_cast<std::size_t>(i)];
        makeBlock(missing[static_cast<std::size_t>(i)], level, points.get() + place.points, parts.get() + place.parts);
    });
    for (std::size_t i = 0; i < missing.size(); ++i)
        made.blocks[missing[i]] = {points.get() + places[i].points, parts.get() + places[i].parts};
    made.points.push_back(std::move(points));
    made.partStarts.push_back(std::move(parts));
}

std::shared_ptr<const std::vector<std::uint8_t>>
PreparedLayer::firstMatches(const std::vector<std::vector<Condition>>& rules, const std::stop_token& stop) const {
    const std::string key = conditionsKey(rules);
    const std::lock_guard lock(m_matchesMutex);
    auto& known = m_matches[key];
    if (!known)
        known = std::make_shared<const std::vector<std::uint8_t>>(matchRules(*m_table, rules, stop));
    return known;
}

} // namespace cordon
