#include "core/render/graticule.h"

#include "core/render/layer_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace cordon {

namespace {

constexpr double kMinute = 1 / 60.0;
constexpr double kSecond = 1 / 3600.0;
constexpr std::array kIntervals{45.0,        30.0,        20.0,        15.0,         10.0,         5.0,
                                4.0,         2.0,         1.0,         30 * kMinute, 20 * kMinute, 10 * kMinute,
                                5 * kMinute, 2 * kMinute, 1 * kMinute, 30 * kSecond, 20 * kSecond, 10 * kSecond,
                                5 * kSecond, 2 * kSecond, 1 * kSecond};
constexpr int kSamples = 96;  // along one line
constexpr int kMaxLines = 60; // of one kind: a view of a fraction of a second has none
constexpr Color kColor{0xC9, 0xC6, 0xBF, 255};
constexpr double kWidthMm = 0.1;

// Meridians and parallels share an interval, so their mean number is brought near to five: four to eight of each in
// views of common shapes.
double intervalFor(const GeoBox& box) {
    const double meanSpan = std::sqrt(std::max(1e-9, box.width()) * std::max(1e-9, box.height()));
    const auto misfit = [&](double interval) { return std::abs(std::log(meanSpan / interval / 5)); };
    return *std::min_element(kIntervals.begin(), kIntervals.end(),
                             [&](double a, double b) { return misfit(a) < misfit(b); });
}

// A jump of more than the view's own size between two samples is where the projection tears, not a line.
bool isTorn(PagePoint a, PagePoint b, const MapView& view) {
    return std::abs(a.x - b.x) > static_cast<float>(view.widthPx) ||
           std::abs(a.y - b.y) > static_cast<float>(view.heightPx);
}

std::vector<std::vector<PagePoint>> sampledLine(const MapView& view, const Projection& projection, LonLat from,
                                                LonLat to) {
    std::vector<LonLat> places(kSamples + 1);
    for (int i = 0; i <= kSamples; ++i) {
        const double t = static_cast<double>(i) / kSamples;
        places[static_cast<std::size_t>(i)] = {from.lonDegrees + t * (to.lonDegrees - from.lonDegrees),
                                               from.latDegrees + t * (to.latDegrees - from.latDegrees)};
    }
    std::vector<MapPoint> points(places.size());
    projection.forward(places, points);
    std::vector<std::vector<PagePoint>> runs(1);
    for (const MapPoint point : points) {
        if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
            runs.emplace_back();
            continue;
        }
        const PagePoint at{static_cast<float>(view.pageX(point.x)), static_cast<float>(view.pageY(point.y))};
        if (!runs.back().empty() && isTorn(runs.back().back(), at, view))
            runs.emplace_back();
        runs.back().push_back(at);
    }
    std::erase_if(runs, [](const auto& run) { return run.size() < 2; });
    return runs;
}

// The geographic box to cover: that of the view, a little grown so that lines reach the frame.
GeoBox coveredBox(const MapView& view, const Projection& projection) {
    GeoBox box = projection.inverse(view.box());
    if (box.isEmpty() || !std::isfinite(box.minX + box.maxX + box.minY + box.maxY))
        return {{-180, -90, 180, 90}};
    const double grownX = box.width() * 0.02;
    const double grownY = box.height() * 0.02;
    return {
        {box.minX - grownX, std::max(-90.0, box.minY - grownY), box.maxX + grownX, std::min(90.0, box.maxY + grownY)}};
}

struct Crossing {
    bool found = false;
    float position = 0;
};

// Where the line crosses y = `level` (or x = `level` when `vertical`), as the other coordinate.
Crossing crossingOf(const GraticuleLine& line, float level, bool vertical, float limit) {
    for (const auto& run : line.runs)
        for (std::size_t i = 1; i < run.size(); ++i) {
            PagePoint a = run[i - 1];
            PagePoint b = run[i];
            if (vertical) {
                std::swap(a.x, a.y);
                std::swap(b.x, b.y);
            }
            if ((a.y < level) == (b.y < level))
                continue;
            const float position = a.x + (b.x - a.x) * (level - a.y) / (b.y - a.y);
            if (position >= 0 && position <= limit)
                return {true, position};
        }
    return {};
}

} // namespace

std::string degreesLabel(double degrees, bool isMeridian, std::string_view language) {
    const bool isFrench = language.substr(0, 2) == "fr";
    if (degrees > 180)
        degrees -= 360;
    if (degrees < -180)
        degrees += 360;
    const long long seconds = std::llround(std::abs(degrees) * 3600);
    std::string text = std::to_string(seconds / 3600) + "°";
    const auto twoDigits = [](long long n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    if (seconds % 3600 != 0)
        text += twoDigits(seconds / 60 % 60) + "′";
    if (seconds % 60 != 0)
        text += twoDigits(seconds % 60) + "″";
    const bool isLimit = isMeridian && seconds == 180 * 3600LL;
    if (seconds == 0 || isLimit)
        return text;
    if (isMeridian)
        return text + (degrees > 0 ? "E" : isFrench ? "O" : "W");
    return text + (degrees > 0 ? "N" : "S");
}

std::vector<GraticuleLine> graticuleLines(const MapView& view, const Projection& projection) {
    const GeoBox box = coveredBox(view, projection);
    std::vector<GraticuleLine> lines;
    const double interval = intervalFor(box);
    const auto lineNumbers = [](double from, double to, double step) {
        return std::pair{static_cast<long long>(std::ceil(from / step - 1e-9)),
                         static_cast<long long>(std::floor(to / step + 1e-9))};
    };
    const auto [firstMeridian, lastMeridian] = lineNumbers(box.minX, box.maxX, interval);
    const auto [firstParallel, lastParallel] = lineNumbers(box.minY, box.maxY, interval);
    if (lastMeridian - firstMeridian > kMaxLines || lastParallel - firstParallel > kMaxLines)
        return lines;
    for (long long n = firstMeridian; n <= lastMeridian; ++n) {
        const double lon = static_cast<double>(n) * interval;
        lines.push_back({true, lon, sampledLine(view, projection, {lon, box.minY}, {lon, box.maxY})});
    }
    for (long long n = firstParallel; n <= lastParallel; ++n) {
        const double lat = static_cast<double>(n) * interval;
        lines.push_back({false, lat, sampledLine(view, projection, {box.minX, lat}, {box.maxX, lat})});
    }
    return lines;
}

std::vector<GraticuleLabel> graticuleLabels(const std::vector<GraticuleLine>& lines, const MapView& view,
                                            std::string_view language) {
    std::vector<GraticuleLabel> labels;
    const auto width = static_cast<float>(view.widthPx);
    const auto height = static_cast<float>(view.heightPx);
    for (const GraticuleLine& line : lines) {
        const std::string text = degreesLabel(line.degrees, line.isMeridian, language);
        const auto add = [&](FrameSide side, Crossing crossing) {
            if (crossing.found)
                labels.push_back({text, side, crossing.position});
        };
        if (line.isMeridian) {
            add(FrameSide::Top, crossingOf(line, 0, false, width));
            add(FrameSide::Bottom, crossingOf(line, height, false, width));
        } else {
            add(FrameSide::Left, crossingOf(line, 0, true, height));
            add(FrameSide::Right, crossingOf(line, width, true, height));
        }
    }
    return labels;
}

void appendGraticule(DrawContext& context) {
    DisplayList& list = context.list;
    const auto firstPart = static_cast<std::uint32_t>(list.partStart.size() - 1);
    for (const GraticuleLine& line : graticuleLines(context.scene.view, context.projection))
        for (const auto& run : line.runs) {
            list.points.insert(list.points.end(), run.begin(), run.end());
            list.endPart();
        }
    StrokeStyle stroke;
    stroke.color = kColor;
    stroke.widthPx = static_cast<float>(kWidthMm * context.scene.view.pxPerMm());
    list.addOp(OpKind::Stroke, list.strokeStyle(stroke), firstPart, context.clip);
}

} // namespace cordon
