// Which records of an import the project has already. Internal to import.
#pragma once

#include "core/model/record.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cordon {

class KnownRecords {
public:
    explicit KnownRecords(const Situation& situation);

    // In force in some version, or withdrawn by hand. A record whose whole import was undone is not there: all that was
    // recorded at its instant ended at one instant.
    bool isThere(const RecordHead& head) const;
    // Whether a version of that id and recorded at that instant is in the project, withdrawn or not.
    bool isTold(const RecordHead& head) const;

private:
    struct Batch { // of one instant of recording
        std::optional<TimePoint> end;
        bool isUndone = true;
    };
    std::unordered_multimap<std::string, TimePoint> m_begins; // of the versions of an id
    std::map<TimePoint, Batch> m_batches;
};

} // namespace cordon
