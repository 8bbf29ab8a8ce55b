// dBase tables by column.
#pragma once

#include "core/io/read_job.h"

namespace cordon {

struct DbfTable {
    std::vector<Column> columns;
    std::vector<std::uint8_t> isDeleted; // one per record when any is deleted, else empty
    std::size_t recordCount = 0;         // whole records in the file
    std::string encoding;                // of the texts as read
};

// `path` names the file in messages, `declaredEncoding` is the text of the .cpg file. Throws Error for what is no
// table.
DbfTable readDbf(std::string_view bytes, const std::string& path, std::string_view declaredEncoding, ReadJob& job);

} // namespace cordon
