#include "core/render/day_chart.h"

#include "core/model/number_text.h"
#include "core/model/time.h"
#include "core/render/hatch.h"
#include "core/render/list_append.h"
#include "core/render/sheet_words.h"
#include "core/render/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cordon {
namespace {

constexpr Color kInk{34, 34, 34, 255}, kGrey{0x5B, 0x5B, 0x5B, 255}, kRule{0xB9, 0xB4, 0xAB, 255},
    kOpen{0x60, 0x3F, 0x9F, 255}, kSlow{0xF6, 0xDD, 0xA8, 255}, kSlowHatch{0x9A, 0x62, 0x00, 255},
    kShut{0xC4, 0x4E, 0x00, 255}, kCount{0xF0, 0xC3, 0xA2, 255}, kNoData{0x8A, 0x88, 0x84, 255};
constexpr float kRow = 1.5F;      // line height of lanes over type size
constexpr float kStepRows = 4.5F; // height of the steps in rows
constexpr float kListShare = 0.36F, kNameShare = 0.34F;

struct Boxes {
    PageBox plot; // steps and lanes
    float stepsTop = 0, stepsBottom = 0;
    float row = 0;
    PageBox marks; // empty: no list
};

void appendBox(DisplayList& list, const PageBox& box, Color color) {
    const auto first = partTotal(list);
    appendBoxPart(list, box);
    list.addOp(OpKind::Fill, list.fillStyle(color), first);
}

void appendLine(DisplayList& list, PagePoint a, PagePoint b, Color color, float widthPx, std::vector<float> dash = {}) {
    const auto first = partTotal(list);
    list.points.push_back(a);
    list.points.push_back(b);
    list.endPart();
    StrokeStyle stroke;
    stroke.color = color;
    stroke.widthPx = widthPx;
    stroke.dashPx = std::move(dash);
    list.addOp(OpKind::Stroke, list.strokeStyle(stroke), first);
}

float widthOf(const std::string& text, const TextStyle& style) {
    return measureText(text, style.sizePx, style.bold, style.italic).advancePx;
}

// A run of days of one state, `box` a whole lane high.
void appendState(DisplayList& list, const PageBox& box, DayState state, float sizePx) {
    const float middle = (box.minY + box.maxY) / 2;
    switch (state) {
    case DayState::Open: // a road
        appendBox(list, {box.minX, middle - box.height() * 0.14F, box.maxX, middle + box.height() * 0.14F}, kOpen);
        break;
    case DayState::Restricted: {
        const auto first = partTotal(list);
        appendBoxPart(list, box);
        list.addOp(OpKind::Fill, list.fillStyle(kSlow), first);
        FillSymbol hatch;
        hatch.color = {0, 0, 0, 0};
        hatch.hatch = Hatch::Diagonal;
        hatch.hatchColor = kSlowHatch;
        hatch.hatchWidthMm = 0.07;
        hatch.hatchSpacingMm = 0.4; // in type sizes: see pxPerMm
        appendHatch(list, {first, 1}, hatch, static_cast<double>(sizePx), list.clip(box));
        break;
    }
    case DayState::Shut:
        appendBox(list, box, kShut);
        break;
    case DayState::NoData:
        appendLine(list, {box.minX, middle}, {box.maxX, middle}, kNoData, sizePx * 0.1F,
                   {sizePx * 0.12F, sizePx * 0.3F});
        break;
    }
}

// A round number not below `value`.
double roundedUp(double value) {
    if (!(value > 0))
        return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double times : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (times * power >= value)
            return times * power;
    return 10 * power;
}

std::string moreText(std::size_t count, const std::string& language) {
    std::string text = sheetWord(SheetWord::MoreEntries, language); // "... and %d more"
    return text.replace(text.find("%d"), 2, std::to_string(count));
}

float rowsBesideLanes(const DayChart& chart) {
    return (chart.counts.empty() ? 1.1F : 1.9F + kStepRows) + 2.7F;
}

class Drawing {
public:
    Drawing(DisplayList& list, const DayChart& chart, const Boxes& boxes, const TextStyle& text)
        : m_list(list), m_chart(chart), m_boxes(boxes), m_text(text), m_px(text.sizePx) {
        m_text.color = kInk;
    }

    void append(const PageBox& box) {
        TextStyle title = m_text;
        title.bold = true;
        title.sizePx *= 1.12F;
        const float titleWidth = (m_boxes.marks.isEmpty() ? box.maxX : m_boxes.marks.minX) - box.minX;
        appendLabel(m_list, cutText(m_chart.title, title, titleWidth), title, box.minX, box.minY + m_boxes.row * 0.5F);
        appendMonths();
        appendSteps(box.minX);
        for (std::size_t i = 0; i < m_chart.lanes.size(); ++i)
            appendLane(i, box.minX);
        appendShownDay();
        appendKey(box.minX, m_boxes.plot.maxY + m_boxes.row * 1.65F);
        if (!m_boxes.marks.isEmpty())
            appendMarkList(title);
    }

private:
    float xOf(double day) const {
        return m_boxes.plot.minX + static_cast<float>(day / static_cast<double>(m_chart.days)) * m_boxes.plot.width();
    }

    std::string dayText(std::size_t day) const {
        return formatDate(TimePoint(m_chart.first + std::chrono::days{day}), m_chart.language);
    }

    // As many as leave room for a name: every month's, else every second, third, sixth or twelfth one's.
    unsigned monthsBetweenNames(float nameWidth) const {
        const float monthWidth = m_boxes.plot.width() / static_cast<float>(m_chart.days) * 30.4F;
        for (const unsigned months : {1U, 2U, 3U, 6U})
            if (static_cast<float>(months) * monthWidth > nameWidth)
                return months;
        return 12;
    }

    // Lines at the beginning of months (or, in a short period, of weeks), named below the lanes where there is room.
    void appendMonths() {
        TextStyle small = m_text;
        small.color = kGrey;
        const float bottom = m_boxes.plot.maxY;
        appendLine(m_list, {m_boxes.plot.minX, bottom}, {m_boxes.plot.maxX, bottom}, kInk, m_px * 0.06F);
        float usedTo = -1e9F;
        const bool isShort = m_chart.days <= 45;
        const unsigned everyMonth = monthsBetweenNames(widthOf("Sep 2025", small) + m_px * 0.8F);
        for (std::size_t day = 0; day < m_chart.days; ++day) {
            const std::chrono::year_month_day date{m_chart.first + std::chrono::days{day}};
            const bool isMonth = date.day() == std::chrono::day{1};
            if (isShort ? day % 7 != 0 : !isMonth)
                continue;
            const float x = xOf(static_cast<double>(day));
            appendLine(m_list, {x, m_boxes.stepsTop}, {x, bottom + m_px * 0.3F}, kRule, m_px * 0.05F);
            if (!isShort && (static_cast<unsigned>(date.month()) - 1) % everyMonth != 0)
                continue;
            std::string name = dayText(day); // "1 Oct 2025"
            if (!isShort) {
                name = name.substr(name.find(' ') + 1);
                if (usedTo >= 0 && date.month() != std::chrono::January)
                    name = name.substr(0, name.rfind(' '));
            } else if (usedTo >= 0) {
                name = name.substr(0, name.rfind(' '));
            }
            if (x < usedTo + m_px * 0.5F || x + widthOf(name, small) > m_boxes.plot.maxX + m_px * 2)
                continue;
            appendLabel(m_list, name, small, x + m_px * 0.2F, bottom + m_px * 0.75F);
            usedTo = x + m_px * 0.2F + widthOf(name, small);
        }
    }

    void appendSteps(float left) {
        if (m_chart.counts.empty())
            return;
        const double most = roundedUp(*std::max_element(m_chart.counts.begin(), m_chart.counts.end()));
        const float top = m_boxes.stepsTop, bottom = m_boxes.stepsBottom;
        const auto yOf = [&](double count) { return bottom - static_cast<float>(count / most) * (bottom - top); };
        const auto first = partTotal(m_list);
        m_list.points.push_back({xOf(0), bottom});
        for (std::size_t day = 0; day < m_chart.counts.size(); ++day)
            for (const std::size_t end : {day, day + 1})
                m_list.points.push_back({xOf(static_cast<double>(end)), yOf(m_chart.counts[day])});
        m_list.points.push_back({xOf(static_cast<double>(m_chart.counts.size())), bottom});
        m_list.points.push_back({xOf(0), bottom});
        m_list.endPart();
        m_list.addOp(OpKind::Fill, m_list.fillStyle(kCount), first);
        const auto outline = partTotal(m_list);
        for (std::size_t day = 0; day < m_chart.counts.size(); ++day)
            for (const std::size_t end : {day, day + 1})
                m_list.points.push_back({xOf(static_cast<double>(end)), yOf(m_chart.counts[day])});
        m_list.endPart();
        StrokeStyle stroke;
        stroke.color = kShut;
        stroke.widthPx = m_px * 0.14F;
        m_list.addOp(OpKind::Stroke, m_list.strokeStyle(stroke), outline);
        appendLine(m_list, {m_boxes.plot.minX, bottom}, {m_boxes.plot.maxX, bottom}, kInk, m_px * 0.06F);

        const float right = m_boxes.plot.minX - m_px * 0.4F;
        TextStyle small = m_text;
        small.color = kGrey;
        appendLabel(m_list, groupedNumber(std::llround(most)), small, right, top + m_px * 0.4F, TextAlign::Right);
        appendLabel(m_list, "0", small, right, bottom - m_px * 0.3F, TextAlign::Right);
        appendLabel(m_list, cutText(m_chart.unit, m_text, right - left), m_text, left, (top + bottom) / 2);
        appendMarkNumbers();
    }

    // Above the steps, each with a line down at its day; moved right where they would touch.
    void appendMarkNumbers() {
        TextStyle bold = m_text;
        bold.bold = true;
        float usedTo = -1e9F;
        for (std::size_t i = 0; i < m_chart.marks.size(); ++i) {
            const float x = xOf(static_cast<double>(m_chart.marks[i].day));
            const std::string number = std::to_string(i + 1);
            const float width = widthOf(number, bold);
            const float at = std::max(x - width / 2, usedTo + m_px * 0.25F);
            appendLine(m_list, {x, m_boxes.stepsTop - m_px * 0.1F}, {x, m_boxes.stepsBottom}, kGrey, m_px * 0.05F,
                       {m_px * 0.15F, m_px * 0.15F});
            if (at + width > m_boxes.plot.maxX + m_px)
                break;
            appendLabel(m_list, number, bold, at, m_boxes.stepsTop - m_px * 0.6F);
            usedTo = at + width;
        }
    }

    void appendLane(std::size_t lane, float left) {
        const auto& days = m_chart.lanes[lane].days;
        const float top = m_boxes.stepsBottom + m_boxes.row * (static_cast<float>(lane) + 0.2F);
        const PageBox whole{m_boxes.plot.minX, top + m_boxes.row * 0.16F, m_boxes.plot.maxX, top + m_boxes.row * 0.9F};
        appendLabel(m_list, cutText(m_chart.lanes[lane].name, m_text, m_boxes.plot.minX - m_px * 0.5F - left), m_text,
                    left, (whole.minY + whole.maxY) / 2);
        for (std::size_t day = 0; day < days.size();) {
            std::size_t end = day;
            while (end < days.size() && days[end] == days[day])
                ++end;
            appendState(m_list, {xOf(static_cast<double>(day)), whole.minY, xOf(static_cast<double>(end)), whole.maxY},
                        days[day], m_px);
            day = end;
        }
    }

    void appendShownDay() {
        if (!m_chart.shownDay)
            return;
        const float x = xOf(static_cast<double>(*m_chart.shownDay) + 0.5);
        appendLine(m_list, {x, m_boxes.stepsTop}, {x, m_boxes.plot.maxY}, kInk, m_px * 0.12F);
    }

    void appendKey(float left, float middle) {
        const std::array<SheetWord, kDayStates> words = {SheetWord::RoadOpen, SheetWord::RoadRestricted,
                                                         SheetWord::WayShut, SheetWord::WayNoData};
        float x = left;
        const float end = m_boxes.marks.isEmpty() ? m_boxes.plot.maxX : m_boxes.marks.minX - m_px;
        const float half = m_boxes.row * 0.37F;
        const auto entry = [&](const std::string& text, auto draw) {
            const float width = m_px * 3.2F + widthOf(text, m_text);
            if (x + width > end)
                return;
            draw(PageBox{x, middle - half, x + m_px * 2.4F, middle + half});
            appendLabel(m_list, text, m_text, x + m_px * 2.8F, middle);
            x += width + m_px * 0.8F;
        };
        if (!m_chart.lanes.empty())
            for (std::size_t i = 0; i < kDayStates; ++i)
                entry(sheetWord(words[i], m_chart.language),
                      [&](const PageBox& box) { appendState(m_list, box, static_cast<DayState>(i), m_px); });
        if (m_chart.shownDay)
            entry(sheetWord(SheetWord::DateOfMap, m_chart.language), [&](const PageBox& box) {
                const float middleX = (box.minX + box.maxX) / 2;
                appendLine(m_list, {middleX, box.minY}, {middleX, box.maxY}, kInk, m_px * 0.12F);
            });
    }

    void appendMarkList(const TextStyle& title) {
        const PageBox& box = m_boxes.marks;
        appendLabel(m_list, cutText(m_chart.marksTitle, title, box.width()), title, box.minX,
                    box.minY + m_boxes.row * 0.5F);
        TextStyle number = m_text;
        number.bold = true;
        const float indent = widthOf("00", number) + m_px * 0.5F;
        const float line = m_text.sizePx * m_text.leading;
        float y = box.minY + m_boxes.row * 1.1F;
        for (std::size_t i = 0; i < m_chart.marks.size(); ++i) {
            const TextBlock block = wrapText(m_chart.marks[i].text, m_text, box.width() - indent, 3);
            const bool isLast = i + 1 == m_chart.marks.size();
            if (y + block.heightPx + (isLast ? 0 : line) > box.maxY + m_px * 0.2F) {
                appendLabel(m_list, moreText(m_chart.marks.size() - i, m_chart.language), m_text, box.minX + indent,
                            y + line / 2);
                return;
            }
            appendLabel(m_list, std::to_string(i + 1), number, box.minX, y + line / 2);
            appendTextBlock(m_list, block, box.minX + indent, y);
            y += block.heightPx + m_px * 0.15F;
        }
    }

    DisplayList& m_list;
    const DayChart& m_chart;
    const Boxes& m_boxes;
    TextStyle m_text;
    float m_px;
};

Boxes boxesOf(const DayChart& chart, const PageBox& box, const TextStyle& text) {
    Boxes boxes;
    boxes.row = text.sizePx * kRow;
    const bool hasList = !chart.marks.empty() && box.width() > 45 * text.sizePx;
    const float right = hasList ? box.maxX - box.width() * kListShare : box.maxX - text.sizePx;
    float names = chart.counts.empty() ? 0 : widthOf(chart.unit, text) + widthOf("0 000 000", text) + text.sizePx;
    for (const DayChart::Lane& lane : chart.lanes)
        names = std::max(names, widthOf(lane.name, text) + text.sizePx);
    names = std::min(names, (right - box.minX) * kNameShare);
    boxes.stepsTop = box.minY + boxes.row * (chart.counts.empty() ? 1.1F : 1.9F);
    boxes.stepsBottom = boxes.stepsTop + (chart.counts.empty() ? 0 : boxes.row * kStepRows);
    const float bottom = boxes.stepsBottom + boxes.row * (static_cast<float>(chart.lanes.size()) + 0.4F);
    boxes.plot = {box.minX + names, boxes.stepsTop, right - (hasList ? 2 * text.sizePx : 0), bottom};
    if (hasList)
        boxes.marks = {right, box.minY, box.maxX, box.maxY};
    return boxes;
}

} // namespace

float dayChartHeight(const DayChart& chart, const TextStyle& text) {
    return (rowsBesideLanes(chart) + static_cast<float>(chart.lanes.size())) * text.sizePx * kRow;
}

void appendDayChart(DisplayList& list, const DayChart& chart, const PageBox& box, const TextStyle& text) {
    if (chart.days == 0)
        return;
    DayChart fitting = chart;
    const float room = box.height() / (text.sizePx * kRow) - rowsBesideLanes(chart) + 0.01F;
    if (const auto lanes = static_cast<std::size_t>(std::max(room, 0.0F)); lanes < chart.lanes.size()) {
        fitting.lanes.resize(lanes);
        fitting.title += " (" + moreText(chart.lanes.size() - lanes, chart.language) + ")";
    }
    const Boxes boxes = boxesOf(fitting, box, text);
    Drawing(list, fitting, boxes, text).append(box);
}

PageBox dayChartPlot(const DayChart& chart, const PageBox& box, const TextStyle& text) {
    return boxesOf(chart, box, text).plot;
}

} // namespace cordon
