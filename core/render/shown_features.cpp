#include "core/render/shown_features.h"

#include "core/error.h"
#include "core/render/marker_sprites.h"
#include "core/render/page_geometry.h"
#include "core/render/parallel.h"

#include <algorithm>
#include <optional>

namespace cordon {

namespace {

constexpr std::size_t kManyMarkers = 20000; // fewer are drawn as fast as they are sieved
constexpr std::size_t kChunkFeatures = 16384;

void throwIfStopped(const std::stop_token& stop) {
    if (stop.stop_requested())
        throw Stopped{};
}

// Where markers of one look are, to a quarter of a pixel; for those too small to cover anything.
class TakenPlaces {
public:
    explicit TakenPlaces(const PixelRect& page)
        : m_columns(page.right * kCellsPerPx), m_rows(page.bottom * kCellsPerPx) {}

    // Whether the place is on the page and was taken.
    bool holds(PagePoint at) const {
        const auto cell = cellOf(at);
        return cell && !m_words.empty() && (m_words[*cell / 64] & (1ULL << (*cell % 64))) != 0;
    }
    // As holds(), and takes it.
    bool take(PagePoint at) {
        const auto cell = cellOf(at);
        if (!cell)
            return false;
        if (m_words.empty())
            m_words.resize(static_cast<std::size_t>(m_rows) * static_cast<std::size_t>(m_columns) / 64 + 1);
        const std::uint64_t bit = 1ULL << (*cell % 64);
        const bool isTaken = (m_words[*cell / 64] & bit) != 0;
        m_words[*cell / 64] |= bit;
        return isTaken;
    }

private:
    static constexpr int kCellsPerPx = 4;
    std::optional<std::size_t> cellOf(PagePoint at) const {
        const int column = static_cast<int>(at.x * kCellsPerPx), row = static_cast<int>(at.y * kCellsPerPx);
        if (!(at.x >= 0 && at.y >= 0) || column >= m_columns || row >= m_rows)
            return std::nullopt;
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(m_columns) + static_cast<std::size_t>(column);
    }
    int m_columns, m_rows;
    std::vector<std::uint64_t> m_words; // a bit a cell
};

// What was shown so far, of what is sieved from the last to the first.
struct Later {
    CoveredPixels covered;
    std::vector<TakenPlaces> taken; // one a look
};

class Sieve {
public:
    Sieve(const SievedLayer& layer, const DisplayList& list)
        : m_layer(layer), m_geometry(layer.prepared.table().geometry), m_page{0, 0, list.widthPx, list.heightPx},
          m_whole(layer.prepared, nullptr), m_places(layer.prepared, m_whole, layer.view, layer.projection) {
        for (const TableLook& look : layer.looks) {
            const MarkerStyle* marker = look.markerStyle ? &list.markers[*look.markerStyle] : nullptr;
            m_hasMarkers |= marker != nullptr;
            m_markers.push_back(marker);
            m_reachPx.push_back(std::max<double>(look.linesReachPx, marker != nullptr ? marker->radiusPx() + 1 : 0));
        }
    }

    bool hasMarkers() const { return m_hasMarkers; }
    const PixelRect& page() const { return m_page; }

    // Those that show, ascending.
    std::vector<std::uint32_t> passed(std::span<const std::uint32_t> features, const CoveredPixels& covered) const {
        std::vector<std::uint32_t> shown;
        for (const std::uint32_t f : features)
            if (const std::uint8_t look = m_layer.lookOf[f]; look != PreparedLayer::kNoRule)
                if (!covered.isUsed() || !isBelow(f, look, covered))
                    shown.push_back(f);
        return shown;
    }

    // Draws what sieving markers needs.
    void prepareSprites() {
        SpriteScratch scratch;
        for (const MarkerStyle* marker : m_markers) {
            m_sprites.emplace_back();
            if (marker != nullptr)
                m_sprites.back().emplace(*marker).prepareAll(scratch);
            m_isTiny.push_back(marker != nullptr && !m_sprites.back()->coversPixels());
        }
    }

    // As passed(), from the last to the first: each marker that shows hides what is below it.
    std::vector<std::uint32_t> passed(std::span<const std::uint32_t> features, Later& later,
                                      const std::stop_token& stop) const {
        std::vector<std::uint32_t> shown;
        for (std::size_t i = features.size(); i-- > 0;) {
            if (i % kChunkFeatures == 0)
                throwIfStopped(stop);
            const std::uint32_t f = features[i];
            const std::uint8_t look = m_layer.lookOf[f];
            if (look == PreparedLayer::kNoRule)
                continue;
            if (isMarker(f, look) ? takeUnlessHidden(placeOf(f), look, later) : !isBelow(f, look, later.covered))
                shown.push_back(f);
        }
        std::reverse(shown.begin(), shown.end());
        return shown;
    }

    // Those of features with a look that show below what was found.
    std::vector<std::uint32_t> passed(std::span<const std::uint32_t> features, const Later& later) const {
        std::vector<std::uint32_t> shown;
        for (const std::uint32_t f : features)
            if (!isHidden(f, m_layer.lookOf[f], later))
                shown.push_back(f);
        return shown;
    }

private:
    // One point that is drawn as a marker and as nothing else.
    bool isMarker(std::uint32_t feature, std::uint8_t look) const {
        if (m_layer.prepared.isLoosePoints())
            return m_markers[look] != nullptr;
        const GridBox box = m_layer.prepared.featureBox(feature);
        const std::uint32_t part = m_geometry.featureStart[feature];
        return m_markers[look] != nullptr && box.minX == box.maxX && box.minY == box.maxY &&
               m_geometry.featureStart[feature + 1] == part + 1 && m_geometry.partRole[part] == PartRole::Points;
    }

    PagePoint placeOf(std::uint32_t feature) const {
        const WideBox box = m_places.featureBox(feature);
        return {static_cast<float>(box.minX), static_cast<float>(box.minY)};
    }

    // Markers that cover no pixel, but are drawn once in the same place.
    bool isOnlyTaken(std::uint8_t look) const { return m_isTiny[look] && m_layer.looks[look].isMarkerOpaque; }

    // False where nothing of the marker shows; after true it hides what is below it.
    bool takeUnlessHidden(PagePoint at, std::uint8_t look, Later& later) const {
        return m_sprites[look]->coverUnlessHidden(at, m_page, later.covered) &&
               !(isOnlyTaken(look) && later.taken[look].take(at));
    }

    bool isHidden(std::uint32_t feature, std::uint8_t look, const Later& later) const {
        if (!isMarker(feature, look))
            return isBelow(feature, look, later.covered);
        const PagePoint at = placeOf(feature);
        return m_sprites[look]->isHidden(at, m_page, later.covered) ||
               (isOnlyTaken(look) && later.taken[look].holds(at));
    }

    // Whether everything that the feature could paint is covered, judged by its box.
    bool isBelow(std::uint32_t feature, std::uint8_t look, const CoveredPixels& covered) const {
        const TableLook& style = m_layer.looks[look];
        if (style.fill && !style.isPlainFill)
            return false;
        WideBox box = m_places.featureBox(feature);
        // Of what shows, a corner most often does.
        if (box.minX >= 0 && box.minX < m_page.right && box.minY >= 0 && box.minY < m_page.bottom &&
            !covered.holds(static_cast<int>(box.minX), static_cast<int>(box.minY), 1))
            return false;
        box = box.grown(m_reachPx[look]);
        const auto pixel = [](double v, int end) { return static_cast<int>(std::clamp<double>(v, 0, end)); };
        return covered.holds({pixel(box.minX, m_page.right), pixel(box.minY, m_page.bottom),
                              pixel(box.maxX + 1, m_page.right), pixel(box.maxY + 1, m_page.bottom)});
    }

    const SievedLayer& m_layer;
    const GeometryColumn& m_geometry;
    PixelRect m_page;
    GridGeometry m_whole;
    PageGeometry m_places;
    bool m_hasMarkers = false;
    std::vector<const MarkerStyle*> m_markers; // one a look
    std::vector<double> m_reachPx;
    std::vector<std::optional<MarkerSprites>> m_sprites;
    std::vector<bool> m_isTiny;
};

// pass(chunk) of all chunks, in order.
template <class Pass>
std::vector<std::uint32_t> passedInChunks(std::span<const std::uint32_t> features, const Pass& pass,
                                          const std::stop_token& stop) {
    std::vector<std::vector<std::uint32_t>> chunks((features.size() + kChunkFeatures - 1) / kChunkFeatures);
    parallelFor(threadCount(0), static_cast<int>(chunks.size()), [&](int number) {
        throwIfStopped(stop);
        const auto chunk = static_cast<std::size_t>(number);
        const std::size_t begin = chunk * kChunkFeatures;
        chunks[chunk] = pass(features.subspan(begin, std::min(kChunkFeatures, features.size() - begin)));
    });
    std::vector<std::uint32_t> shown;
    shown.reserve(features.size());
    for (const std::vector<std::uint32_t>& chunk : chunks)
        shown.insert(shown.end(), chunk.begin(), chunk.end());
    return shown;
}

// The earlier half is sieved beside the later one, not knowing what that hides, and then below it: this does not depend
// on the number of threads.
std::vector<std::uint32_t> passedMarkers(const Sieve& sieve, std::span<const std::uint32_t> features, std::size_t looks,
                                         CoveredPixels& covered, const std::stop_token& stop) {
    const std::span<const std::uint32_t> halves[] = {features.subspan(features.size() / 2),
                                                     features.first(features.size() / 2)};
    const std::vector<TakenPlaces> none(looks, TakenPlaces(sieve.page()));
    Later later[2] = {{covered, none}, {covered, none}};
    std::vector<std::uint32_t> shown[2];
    parallelFor(threadCount(0), 2, [&](int half) { shown[half] = sieve.passed(halves[half], later[half], stop); });
    std::vector<std::uint32_t> all = passedInChunks(
        shown[1], [&](std::span<const std::uint32_t> chunk) { return sieve.passed(chunk, later[0]); }, stop);
    all.insert(all.end(), shown[0].begin(), shown[0].end());
    covered = std::move(later[0].covered);
    covered.add(later[1].covered);
    return all;
}

} // namespace

std::vector<std::uint32_t> shownFeatures(const SievedLayer& layer, std::span<const std::uint32_t> features,
                                         const DisplayList& list, CoveredPixels& covered, const std::stop_token& stop) {
    if (list.exact || !layer.prepared.gridSuffices(layer.view.unitsPerPx))
        return {features.begin(), features.end()};
    Sieve sieve(layer, list);
    if (sieve.hasMarkers() && features.size() >= kManyMarkers) {
        if (!covered.isUsed())
            covered.reset(sieve.page());
        sieve.prepareSprites();
        return passedMarkers(sieve, features, layer.looks.size(), covered, stop);
    }
    return passedInChunks(
        features, [&](std::span<const std::uint32_t> chunk) { return sieve.passed(chunk, covered); }, stop);
}

} // namespace cordon
