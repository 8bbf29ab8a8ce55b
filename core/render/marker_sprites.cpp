#include "core/render/marker_sprites.h"

#include <cmath>

namespace cordon {

namespace {

// The picture of a sprite, drawn window by window where it is larger than one.
class SpritePainter {
public:
    SpritePainter(std::vector<Pixel>& pixels, int size, SpriteScratch& scratch)
        : m_pixels(pixels), m_size(size), m_window(scratch.window), m_stroker(scratch.stroker) {}

    void paint(const MarkerPath& path, PagePoint center) {
        m_rings.clear();
        for (const std::vector<PagePoint>& ring : path.rings) {
            std::vector<PagePoint>& moved = m_rings.emplace_back();
            for (const PagePoint& p : ring)
                moved.push_back({p.x + center.x, p.y + center.y});
            if (path.closed && !moved.empty() && moved.front() != moved.back())
                moved.push_back(moved.front());
        }
        for (int top = 0; top < m_size; top += CoverageWindow::kMaxHeight)
            for (int left = 0; left < m_size; left += CoverageWindow::kMaxWidth)
                paintWindow(path, {left, top});
    }

private:
    void paintWindow(const MarkerPath& path, WindowOrigin origin) {
        const int width = std::min(CoverageWindow::kMaxWidth, m_size - origin.x);
        const int height = std::min(CoverageWindow::kMaxHeight, m_size - origin.y);
        m_window.setSize(width, height);
        if (path.fill.a > 0) {
            for (const auto& ring : m_rings)
                for (std::size_t i = 0; i < ring.size(); ++i) {
                    const PagePoint a = ring[i], b = ring[(i + 1) % ring.size()];
                    m_window.addEdge(origin.fixed(a.x, a.y), origin.fixed(b.x, b.y));
                }
            lay(FillRule::EvenOdd, path.fill, origin, width, height);
        }
        if (path.stroke.a > 0 && path.strokePx > 0) {
            for (const auto& ring : m_rings)
                m_stroker.add(ring, {path.stroke, path.strokePx, {}, LineCap::Butt, LineJoin::Round}, origin, m_window);
            lay(FillRule::NonZero, path.stroke, origin, width, height);
        }
    }

    void lay(FillRule rule, Color color, WindowOrigin origin, int width, int height) {
        const auto blend = [&](int y, int x, int count, auto coverageAt) {
            for (int i = 0; i < count; ++i) {
                Color covered = color;
                covered.a = static_cast<std::uint8_t>(dividedBy255(std::uint32_t{color.a} * coverageAt(i)));
                const Pixel over = premultipliedPixel(covered);
                blendOver(&m_pixels[static_cast<std::size_t>((origin.y + y) * m_size + origin.x + x + i)], &over, 1);
            }
        };
        m_window.sweep(
            rule, {0, 0, width, height},
            [&](int y, int x, int count, const std::uint8_t* c) { blend(y, x, count, [c](int i) { return c[i]; }); },
            [&](int y, int x, int count, std::uint8_t c) { blend(y, x, count, [c](int) { return c; }); });
    }

    std::vector<Pixel>& m_pixels;
    int m_size;
    CoverageWindow& m_window; // left as clear as it comes
    Stroker& m_stroker;
    std::vector<std::vector<PagePoint>> m_rings;
};

} // namespace

MarkerSprites::MarkerSprites(const MarkerStyle& marker)
    : m_marker(marker), m_reach(static_cast<int>(std::ceil(marker.radiusPx())) + 1), m_size(2 * m_reach + 1) {}

void MarkerSprites::prepare(PagePoint at, SpriteScratch& scratch) {
    const int phase = placeOf(at).phase;
    if (!m_sprites[static_cast<std::size_t>(phase)].isDrawn)
        draw(phase, scratch);
}

void MarkerSprites::prepareAll(SpriteScratch& scratch) {
    for (int phase = 0; phase < kPhases * kPhases; ++phase)
        if (!m_sprites[static_cast<std::size_t>(phase)].isDrawn)
            draw(phase, scratch);
}

void MarkerSprites::draw(int phase, SpriteScratch& scratch) {
    std::vector<Pixel> pixels(static_cast<std::size_t>(m_size) * static_cast<std::size_t>(m_size), 0);
    const auto offset = [](int i) { return (static_cast<float>(i) + 0.5F) / kPhases; };
    const PagePoint center{static_cast<float>(m_reach) + offset(phase % kPhases),
                           static_cast<float>(m_reach) + offset(phase / kPhases)};
    SpritePainter painter(pixels, m_size, scratch);
    for (const MarkerPath& path : m_marker.paths)
        painter.paint(path, center);
    m_sprites[static_cast<std::size_t>(phase)] = cropped(pixels, m_size);
}

MarkerSprites::Sprite MarkerSprites::cropped(const std::vector<Pixel>& pixels, int size) {
    const auto at = [&](int x, int y) { return pixels[static_cast<std::size_t>(y * size + x)]; };
    PixelRect box{size, size, 0, 0};
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            if (at(x, y) != 0)
                box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x + 1), y + 1};
    Sprite sprite;
    sprite.isDrawn = true;
    if (box.isEmpty())
        return sprite;
    sprite.width = std::min((box.right - box.left + 3) & ~3, size);
    sprite.x = std::min(box.left, size - sprite.width);
    sprite.y = box.top;
    sprite.height = box.bottom - box.top;
    if (sprite.width <= 64)
        sprite.bits.resize(static_cast<std::size_t>(sprite.height));
    for (int y = 0; y < sprite.height; ++y)
        for (int x = 0; x < sprite.width; ++x) {
            const Pixel pixel = at(sprite.x + x, sprite.y + y);
            sprite.pixels.push_back(pixel);
            if (sprite.bits.empty())
                continue;
            RowBits& row = sprite.bits[static_cast<std::size_t>(y)];
            row.touched |= pixel != 0 ? 1ULL << x : 0;
            row.opaque |= pixel >> 24 == 255 ? 1ULL << x : 0;
        }
    return sprite;
}

bool MarkerSprites::coversPixels() const {
    return std::all_of(m_sprites.begin(), m_sprites.end(), [](const Sprite& sprite) {
        return std::any_of(sprite.bits.begin(), sprite.bits.end(), [](const RowBits& row) { return row.opaque != 0; });
    });
}

bool MarkerSprites::OnPage::isHidden(const CoveredPixels& covered) const {
    if (sprite.bits.empty())
        return sprite.height == 0;
    for (int row = top; row < bottom; ++row)
        if (!covered.holds(x, row, sprite.bits[static_cast<std::size_t>(row - y)].touched))
            return false;
    return true;
}

bool MarkerSprites::isHidden(PagePoint at, const PixelRect& page, const CoveredPixels& covered) const {
    return onPage(at, page).isHidden(covered);
}

bool MarkerSprites::coverUnlessHidden(PagePoint at, const PixelRect& page, CoveredPixels& covered) const {
    const OnPage p = onPage(at, page);
    if (p.isHidden(covered))
        return false;
    for (int row = p.top; row < p.bottom && !p.sprite.bits.empty(); ++row)
        covered.add(p.x, row, p.sprite.bits[static_cast<std::size_t>(row - p.y)].opaque);
    return true;
}

void MarkerSprites::stamp(PagePoint at, Pixel* pixels, std::ptrdiff_t stride, int left, int top,
                          const PixelRect& clip) const {
    const Place place = placeOf(at);
    const Sprite& sprite = m_sprites[static_cast<std::size_t>(place.phase)];
    const int x = place.x + sprite.x - left, y = place.y + sprite.y - top;
    const int firstX = std::max(x, clip.left), endX = std::min(x + sprite.width, clip.right);
    const int firstY = std::max(y, clip.top), endY = std::min(y + sprite.height, clip.bottom);
    if (firstX >= endX)
        return;
    for (int row = firstY; row < endY; ++row)
        blendOver(pixels + row * stride + firstX, sprite.pixels.data() + (row - y) * sprite.width + (firstX - x),
                  endX - firstX);
}

} // namespace cordon
