// What stands on the sheet beside the map when it shows an answer: tables, and a chart by days. Finished text in the
// language of the map; drawn by the sheet, and the chart by the window too.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

struct SheetTable {
    std::string title;
    std::string valueTitle; // over the last column
    struct Row {
        std::string number; // as on the map; ""
        std::string text, value;
    };
    std::vector<Row> rows;
};

enum class DayState : std::uint8_t { Open, Restricted, Shut, NoData };
inline constexpr std::size_t kDayStates = 4;

// Days of one period: a count as steps, below it a lane of states for each of several things.
struct DayChart {
    struct Lane {
        std::string name;
        std::vector<DayState> days;
    };
    // A day on which something changed, numbered on the chart from 1.
    struct Mark {
        std::size_t day = 0;
        std::string text;
    };
    std::chrono::sys_days first;
    std::size_t days = 0;
    std::string title, marksTitle;
    std::vector<double> counts; // of each day; empty: no steps
    std::string unit;           // of the counts: "people"
    std::vector<Lane> lanes;
    std::vector<Mark> marks;
    std::optional<std::size_t> shownDay; // of the map
    std::string language = "en";
};

struct SheetAnswer {
    std::string legendTitle; // over the layers of the answer
    std::vector<SheetTable> tables;
    std::optional<DayChart> chart;
};

} // namespace cordon
