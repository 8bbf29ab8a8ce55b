// What was ever said of a report, a road or a region, with both clocks, and what counts of it at the dates looked at.
#pragma once

#include "app/gui/place_lookups.h"
#include "core/model/situation_index.h"

#include <QString>
#include <QStringList>
#include <string>
#include <vector>

namespace cordon {

struct HistoryRow {
    std::string id;
    QString recorded; // "2025-10-19 – 2025-10-21"
    QString valid;
    QString says;
    QString grade;
    QString source;
    QString remark; // what changed since the version before; of a road, whether it decides and why not
};

struct HistoryTable {
    QString title;
    QStringList verdicts; // what is so at the dates looked at, one stretch a line
    std::vector<HistoryRow> rows;
};

// All versions of a report, the latest first.
HistoryTable historyOfReport(const SituationIndex& index, const PlaceLookups& lookups, const std::string& id);
// All reports that name the road, the latest begin first.
HistoryTable historyOfRoad(const SituationIndex& index, const PlaceLookups& lookups, const std::string& roadId,
                           const TimeFilter& time);
HistoryTable historyOfRegion(const SituationIndex& index, const PlaceLookups& lookups, const std::string& code,
                             const TimeFilter& time);

} // namespace cordon
