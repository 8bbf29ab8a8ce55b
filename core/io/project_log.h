// The edits of a project file, one row a step: what was done, undone and redone, and with what. Internal to io.
#pragma once

#include "core/io/project_json.h"
#include "core/io/sqlite.h"
#include "core/model/edit.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace cordon {

// Rows by fid, as closed ranges in ascending order.
using FidRanges = std::vector<std::pair<std::int64_t, std::int64_t>>;
void addFid(FidRanges& ranges, std::int64_t fid);

// What an edit of the situation did to the record tables.
struct RowChanges {
    std::array<FidRanges, kRecordKinds> added, ended;
};
std::string rowChangesJson(const RowChanges& changes);
RowChanges rowChangesFromJson(const Json& json);

struct LoggedEdit {
    std::int64_t step = 0;
    std::string at;
    std::string name;
    std::string payload; // JSON: {"rows": ...} or {"project": ...}
};

class EditLog {
public:
    explicit EditLog(const Database& database) : m_database(database) {}

    // A new step of the user's: what was undone before can no longer be redone.
    std::int64_t appendDone(TimePoint at, const std::string& name, const std::string& payload);
    // A step undone (or done again) by `payload`.
    void appendUndo(TimePoint at, const LoggedEdit& step, const std::string& payload);
    void appendRedo(TimePoint at, const LoggedEdit& step, const std::string& payload);
    void replacePayload(std::int64_t step, const std::string& payload);

    std::optional<LoggedEdit> nextUndo() const;      // the step; payload as it was last done
    std::optional<LoggedEdit> nextRedo() const;      // the step; payload as it was last undone
    std::vector<LoggedEdit> latest(int count) const; // newest first, without payload
    std::int64_t lastStep() const;

private:
    std::int64_t append(TimePoint at, const std::string& name, const char* kind, std::int64_t target, const char* state,
                        const std::string& payload);
    void setState(std::int64_t step, const char* state);

    const Database& m_database;
};

} // namespace cordon
