#include "app/gui/time_axis.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr double kGapPx = 8;

double dayNumber(sys_days day) {
    return static_cast<double>(day.time_since_epoch().count());
}
const double kFirst = dayNumber(sys_days(year{1} / 1 / 1));
const double kEnd = dayNumber(sys_days(year{10000} / 1 / 1));

// Every so many of a unit there is a label.
struct Step {
    BinSize unit = BinSize::Day;
    int count = 1;
    double leastDays = 1; // of a step, the shortest there is
};
constexpr Step kSteps[] = {
    {BinSize::Day, 1, 1},         {BinSize::Week, 1, 7},         {BinSize::Month, 1, 28},
    {BinSize::Month, 3, 89},      {BinSize::Year, 1, 365},       {BinSize::Year, 2, 730},
    {BinSize::Year, 5, 1826},     {BinSize::Year, 10, 3652},     {BinSize::Year, 20, 7304},
    {BinSize::Year, 50, 18262},   {BinSize::Year, 100, 36524},   {BinSize::Year, 200, 73048},
    {BinSize::Year, 500, 182621}, {BinSize::Year, 1000, 365242}, {BinSize::Year, 2000, 730485},
};

sys_days stepStart(sys_days day, const Step& step) {
    const year_month_day date{binStart(day, step.unit)};
    if (step.unit == BinSize::Month) {
        const unsigned month = (static_cast<unsigned>(date.month()) - 1) / static_cast<unsigned>(step.count) *
                                   static_cast<unsigned>(step.count) +
                               1;
        return date.year() / std::chrono::month{month} / 1;
    }
    if (step.unit == BinSize::Year)
        return year{static_cast<int>(date.year()) / step.count * step.count} / 1 / 1;
    return date;
}

sys_days nextStep(sys_days start, const Step& step) {
    sys_days next = start;
    for (int i = 0; i < step.count; ++i)
        next = binEnd(next, step.unit);
    return next;
}

QString monthName(const year_month_day& date, QLocale::FormatType format) {
    return QLocale(QLocale::English).monthName(static_cast<int>(static_cast<unsigned>(date.month())), format);
}
QString yearName(const year_month_day& date) {
    return QString::number(static_cast<int>(date.year()));
}

QString fineText(sys_days day, BinSize unit) {
    const year_month_day date{day};
    switch (unit) {
    case BinSize::Day:
    case BinSize::Week:
        return QString::number(static_cast<unsigned>(date.day()));
    case BinSize::Month:
        return monthName(date, QLocale::ShortFormat);
    case BinSize::Year:
        break;
    }
    return yearName(date);
}

QString coarseText(sys_days day, BinSize unit) {
    const year_month_day date{day};
    return unit == BinSize::Month ? monthName(date, QLocale::LongFormat) + " " + yearName(date) : yearName(date);
}

// Labels at every step from the one before the range's begin on.
std::vector<AxisLabel> labelsAt(const TimeRange& range, double widthPx, const Step& step,
                                const std::function<QString(sys_days)>& textOf) {
    std::vector<AxisLabel> labels;
    for (sys_days day = stepStart(dayAt(range.first), step); dayNumber(day) < std::min(range.last, kEnd);
         day = nextStep(day, step)) {
        const double number = dayNumber(day);
        labels.push_back({number, (number - range.first) / range.days() * widthPx, textOf(day)});
    }
    return labels;
}

void dropOverlapping(std::vector<AxisLabel>& labels, double widthPx,
                     const std::function<double(const QString&)>& textWidthPx) {
    double free = 0;
    std::erase_if(labels, [&](const AxisLabel& label) {
        const double end = label.x + textWidthPx(label.text);
        if (label.x < free || end > widthPx)
            return true;
        free = end + kGapPx;
        return false;
    });
}

} // namespace

double dayNumber(TimePoint t) {
    return std::clamp(std::chrono::duration<double, std::ratio<86400>>(t.time_since_epoch()).count(), kFirst, kEnd);
}

sys_days dayAt(double number) {
    return sys_days(days(static_cast<int>(std::floor(std::clamp(number, kFirst, kEnd - 1)))));
}

TimeRange limited(TimeRange range) {
    const double length = std::clamp(range.days(), 7.0, kEnd - kFirst);
    const double middle = (range.first + range.last) / 2;
    const double first = std::clamp(middle - length / 2, kFirst, kEnd - length);
    return {first, first + length};
}

TimeRange rangeAround(const DaySpan& span) {
    const double first = dayNumber(span.first), last = dayNumber(span.last) + 1;
    const double room = std::max(0.02 * (last - first), (61 - (last - first)) / 2);
    return limited({first - room, last + room});
}

TimeRange zoomedAt(TimeRange range, double fixedDay, double factor) {
    const double length = std::clamp(range.days() / factor, 7.0, kEnd - kFirst);
    const double share = (fixedDay - range.first) / range.days();
    return limited({fixedDay - share * length, fixedDay + (1 - share) * length});
}

TimeRange movedBy(TimeRange range, double days) {
    return limited({range.first + days, range.last + days});
}

BinSize binSizeFor(const TimeRange& range, double widthPx) {
    const double pxPerDay = widthPx / range.days();
    return pxPerDay >= 3.5          ? BinSize::Day
           : 7 * pxPerDay >= 3.5    ? BinSize::Week
           : 30.4 * pxPerDay >= 3.5 ? BinSize::Month
                                    : BinSize::Year;
}

AxisLabels axisLabels(const TimeRange& range, double widthPx,
                      const std::function<double(const QString&)>& textWidthPx) {
    AxisLabels labels;
    if (!(widthPx > 0) || !(range.days() > 0))
        return labels;
    const double pxPerDay = widthPx / range.days();
    const auto widest = [&](BinSize unit) {
        return textWidthPx(unit == BinSize::Year ? "8888" : unit == BinSize::Month ? "MMM" : "88") + kGapPx;
    };
    const Step* fine = std::find_if(std::begin(kSteps), std::end(kSteps),
                                    [&](const Step& step) { return step.leastDays * pxPerDay >= widest(step.unit); });
    if (fine == std::end(kSteps))
        --fine;
    labels.fine = labelsAt(range, widthPx, *fine, [&](sys_days day) { return fineText(day, fine->unit); });
    if (fine->unit != BinSize::Year) {
        const BinSize unit = fine->unit == BinSize::Month ? BinSize::Year : BinSize::Month;
        labels.coarse = labelsAt(range, widthPx, {unit, 1, 0}, [&](sys_days day) { return coarseText(day, unit); });
        if (!labels.coarse.empty()) { // in sight, unless the next one needs the place
            AxisLabel& first = labels.coarse.front();
            const double room = labels.coarse.size() > 1 ? labels.coarse[1].x - kGapPx : widthPx;
            if (first.x < 0 && textWidthPx(first.text) <= room)
                first.x = 0;
        }
    }
    std::erase_if(labels.fine, [](const AxisLabel& label) { return label.x < 0; });
    dropOverlapping(labels.fine, widthPx, textWidthPx);
    dropOverlapping(labels.coarse, widthPx, textWidthPx);
    return labels;
}

} // namespace cordon
