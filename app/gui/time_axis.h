// The stretch of time a time bar shows, and what is written below it.
#pragma once

#include "core/model/timeline.h"

#include <QString>
#include <functional>
#include <vector>

namespace cordon {

// In days since 1970-01-01, UTC; from first to last. Kept within the years 1 to 9999 and between 7 days and all of it.
struct TimeRange {
    double first = 0, last = 1;

    double days() const { return last - first; }
    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

double dayNumber(TimePoint t);
std::chrono::sys_days dayAt(double dayNumber); // the day it is in, of the years 1 to 9999

TimeRange limited(TimeRange range);
// The span with a little room on both sides, and never less than about two months.
TimeRange rangeAround(const DaySpan& span);
// Zoomed in by `factor` so that `fixedDay` stays where it is.
TimeRange zoomedAt(TimeRange range, double fixedDay, double factor);
TimeRange movedBy(TimeRange range, double days);

// The smallest bins of which each is at least about four pixels wide; years where even those are smaller.
BinSize binSizeFor(const TimeRange& range, double widthPx);

struct AxisLabel {
    double day = 0; // where its time begins
    double x = 0;   // pixels from the left end of the axis; where the text begins
    QString text;
};
struct AxisLabels {
    std::vector<AxisLabel> fine;   // days, months or years
    std::vector<AxisLabel> coarse; // the month or year they are in; the first is kept in sight
};
// No text is cut at the right end and none comes nearer to the next than a small gap, whatever the range.
AxisLabels axisLabels(const TimeRange& range, double widthPx,
                      const std::function<double(const QString& text)>& textWidthPx);

} // namespace cordon
