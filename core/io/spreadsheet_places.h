// Points for the rows of a spreadsheet that has latitude and longitude in columns.
#pragma once

#include "core/io/table_draft.h"

namespace cordon {

// Does nothing where the columns' names do not say so. A row whose coordinates cannot be understood stays without a
// place and is named in a warning.
void placeSpreadsheetRows(TableDraft& draft, ReadJob& job);

} // namespace cordon
