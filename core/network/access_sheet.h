// An answer about access as text: the tables and the chart of its sheet, in the language of the map.
#pragma once

#include "core/model/sheet_answer.h"
#include "core/network/access_layers.h"

namespace cordon {

struct AccessWords {
    const char* en;
    const char* fr;
};
std::string inLanguage(const std::string& language, const AccessWords& words);

SheetAnswer accessSheet(const AccessNetwork& network, const AccessAnswer& answer, const AccessMap& map,
                        const std::string& language);

// People cut off by day and the lanes of the corridors, with the days on which either changed and why.
DayChart accessChart(const AccessNetwork& network, const std::vector<AccessDay>& series,
                     const std::vector<std::string>& lanes, TimePoint asOf, const std::string& language);

} // namespace cordon
