// Our rasteriser against AGG's: an independent one, exact to the same 1/256 pixel.
#include "core/render/render.h"

#include <agg_conv_stroke.h>
#include <agg_path_storage.h>
#include <agg_pixfmt_rgba.h>
#include <agg_rasterizer_scanline_aa.h>
#include <agg_renderer_scanline.h>
#include <agg_scanline_u.h>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace cordon {
namespace {

constexpr int kWidth = 500, kHeight = 300; // several tiles

class AggPicture {
public:
    AggPicture() : m_image(kWidth, kHeight, QImage::Format_ARGB32_Premultiplied) {
        m_image.fill(Qt::white);
        m_buffer.attach(m_image.bits(), kWidth, kHeight, static_cast<int>(m_image.bytesPerLine()));
    }
    void fill(agg::path_storage& path) {
        m_rasterizer.filling_rule(agg::fill_even_odd);
        m_rasterizer.add_path(path);
        lay();
    }
    void stroke(agg::path_storage& path, double width, bool isRound) {
        agg::conv_stroke<agg::path_storage> stroke(path);
        stroke.width(width);
        stroke.line_join(isRound ? agg::round_join : agg::miter_join);
        stroke.line_cap(isRound ? agg::round_cap : agg::butt_cap);
        m_rasterizer.filling_rule(agg::fill_non_zero);
        m_rasterizer.add_path(stroke);
        lay();
    }
    const QImage& image() const { return m_image; }

private:
    void lay() {
        agg::pixfmt_bgra32_pre format(m_buffer);
        agg::renderer_base<agg::pixfmt_bgra32_pre> renderer(format);
        agg::scanline_u8 scanline;
        agg::render_scanlines_aa_solid(m_rasterizer, scanline, renderer, agg::rgba8(0, 0, 0, 255));
        m_rasterizer.reset();
    }
    QImage m_image;
    agg::rendering_buffer m_buffer;
    agg::rasterizer_scanline_aa<> m_rasterizer;
};

struct Difference {
    int worst = 0;
    double rmse = 0;
};

Difference difference(const QImage& a, const QImage& b) {
    Difference d;
    for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x) {
            const int delta = std::abs(qGreen(a.pixel(x, y)) - qGreen(b.pixel(x, y)));
            d.worst = std::max(d.worst, delta);
            d.rmse += delta * delta;
        }
    d.rmse = std::sqrt(d.rmse / (kWidth * kHeight)) / 255;
    return d;
}

DisplayList emptyPage() {
    DisplayList list;
    list.widthPx = kWidth;
    list.heightPx = kHeight;
    list.clip({0, 0, kWidth, kHeight});
    return list;
}

agg::path_storage pathOf(const std::vector<PagePoint>& points) {
    agg::path_storage path;
    for (std::size_t i = 0; i < points.size(); ++i)
        i == 0 ? path.move_to(points[i].x, points[i].y) : path.line_to(points[i].x, points[i].y);
    return path;
}

TEST(AggReference, FillsAlike) {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> x(-100, kWidth + 100), y(-100, kHeight + 100);
    for (int i = 0; i < 20; ++i) {
        std::vector<PagePoint> ring;
        for (int k = 0; k < 40; ++k)
            ring.push_back({x(random), y(random)});
        DisplayList list = emptyPage();
        list.points = ring;
        list.endPart();
        list.addOp(OpKind::Fill, list.fillStyle({0, 0, 0, 255}), 0);
        AggPicture reference;
        agg::path_storage path = pathOf(ring);
        path.close_polygon();
        reference.fill(path);
        const Difference d = difference(drawImage(list, 1), reference.image());
        EXPECT_LE(d.worst, 6);
        EXPECT_LE(d.rmse, 0.003);
    }
}

// A wandering line: turns up to a right angle, stretches from shorter than its width to many times that.
std::vector<PagePoint> wanderingLine(std::mt19937& random) {
    std::uniform_real_distribution<float> turn(-1.5F, 1.5F), length(1, 30);
    std::vector<PagePoint> line{{kWidth / 2.0F, kHeight / 2.0F}};
    float direction = 0;
    for (int k = 0; k < 60; ++k) {
        direction += turn(random);
        const float l = length(random);
        line.push_back({line.back().x + l * std::cos(direction), line.back().y + l * std::sin(direction)});
    }
    return line;
}

TEST(AggReference, StrokesAlike) {
    std::mt19937 random(2);
    for (int i = 0; i < 20; ++i)
        for (const bool isRound : {false, true})
            for (const float width : {0.5F, 1.0F, 3.0F, 8.0F}) {
                const std::vector<PagePoint> line = wanderingLine(random);
                DisplayList list = emptyPage();
                list.points = line;
                list.endPart();
                list.addOp(OpKind::Stroke,
                           list.strokeStyle({{0, 0, 0, 255},
                                             width,
                                             {},
                                             isRound ? LineCap::Round : LineCap::Butt,
                                             isRound ? LineJoin::Round : LineJoin::Miter}),
                           0);
                AggPicture reference;
                agg::path_storage path = pathOf(line);
                reference.stroke(path, width, isRound);
                EXPECT_LE(difference(drawImage(list, 1), reference.image()).rmse, 0.01)
                    << width << (isRound ? " r" : "");
            }
}

} // namespace
} // namespace cordon
