// Rows as situation records. Internal to import.
#pragma once

#include "core/import/suspicions.h"

namespace cordon {

// Records of what is not left in `rows`; what cannot be one is left, with the reason readRecord() gives. Those the
// project has already are counted in report.alreadyThere. Points are snapped to roads where the plan says so.
std::vector<Record> recordsOf(const ImportJob& job, const ImportRows& rows, ImportReport& report);

} // namespace cordon
