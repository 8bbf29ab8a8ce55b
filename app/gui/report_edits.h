// Edits of several reports as one step, for Document::edit().
#pragma once

#include "core/model/edit.h"
#include "core/model/situation_index.h"

namespace cordon {

using ReportIds = std::vector<std::string>;

SituationEdit withdrawReports(const SituationIndex& index, const ReportIds& ids, TimePoint now);
// Still so at `at`.
SituationEdit confirmReports(const SituationIndex& index, const ReportIds& ids, TimePoint at, TimePoint now);
// No longer so from `end` on.
SituationEdit endReports(const SituationIndex& index, const ReportIds& ids, TimePoint end, TimePoint now);
// Road statuses given as a point that were put on a road: off it again.
SituationEdit putBackAsPoints(const SituationIndex& index, const ReportIds& ids, TimePoint now);
// Named after what it says, not by its id. A record without an id is added, another corrects the one of its id.
SituationEdit saveReport(const SituationIndex& index, const Record& record, TimePoint now);

} // namespace cordon
