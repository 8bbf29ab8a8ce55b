// Situation records and actors as they stand in a file: texts by column name, from CSV or GeoJSON, and reading them
// value by value with reasons fit for people. Internal to io.
#pragma once

#include "core/error.h"
#include "core/model/situation.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon {

struct RawRecord {
    std::string where; // "line 7" (the header is line 1), "feature 3" (the first is 1)
    std::vector<std::pair<std::string, std::string>> values; // column names in lower case, values trimmed
    SmallGeometry geometry;                                  // of a GeoJSON feature
};

bool isGeoJsonName(const std::string& path);
// `subject` is the file for people, as the start of an Error. Columns not in `knownColumns` are warned of, with the
// nearest known one. Throws Error.
std::vector<RawRecord> readRawRecords(const std::string& path, const std::string& subject,
                                      const std::vector<std::string>& knownColumns, Warnings& warnings);

// Why one record cannot be used: "grade 'Z9' is not an Admiralty grade, A1 to F6".
struct BadValue {
    std::string text;
    std::string column, value, why; // of one value, where it is about one: "grade", "Z9", "is not an Admiralty grade"
};

// Values of one record; every function throws BadValue for a value it cannot use. An empty value is an absent one.
class RecordFields {
public:
    explicit RecordFields(const RawRecord& record) : m_record(record) {}

    std::string text(std::string_view column) const;
    [[noreturn]] void fail(std::string_view column, const std::string& why) const;
    std::string required(std::string_view column, const std::string& why) const;

    template <class E> E word(std::string_view column, E fallback) const {
        const std::string value = text(column);
        if (value.empty())
            return fallback;
        if (const auto known = fromWord<E>(value))
            return *known;
        fail(column, "is not one of " + wordsOf<E>());
    }
    template <class E> E requiredWord(std::string_view column) const {
        required(column, "write one of " + wordsOf<E>());
        return word<E>(column, E{});
    }

    std::optional<TimePoint> time(std::string_view column) const;
    TimeInterval interval(std::string_view from, std::string_view to) const; // [from, to)
    std::optional<double> number(std::string_view column) const;
    std::optional<int> count(std::string_view column) const; // a whole number from 0 up
    std::vector<std::string> list(std::string_view column) const;
    // The `geometry` column or the GeoJSON geometry; else the point lon, lat; else none.
    SmallGeometry geometry() const;

private:
    const RawRecord& m_record;
};

} // namespace cordon
