#include "core/import/import_batch.h"

#include <array>

namespace cordon {

namespace {

template <class E, std::size_t N> struct Words {
    std::array<std::string_view, N> words; // in the order of the enumeration

    std::string_view of(E value) const { return words[static_cast<std::size_t>(value)]; }
    std::optional<E> find(std::string_view word) const {
        for (std::size_t i = 0; i < N; ++i)
            if (words[i] == word)
                return static_cast<E>(i);
        return std::nullopt;
    }
};

constexpr Words<ImportTarget, 10> kTargets{
    {"points", "tracks", "regions", "roads", "incidents", "control", "status", "restrictions", "measures", "records"}};

constexpr Words<ColumnRole, 24> kRoles{
    {"attribute",  "ignore",   "latitude", "longitude", "latitude_side", "longitude_side", "easting", "northing",
     "utm_zone",   "mgrs",     "lat_lon",  "lon_lat",   "geotrace",      "geoshape",       "wkt",     "place_name",
     "place_code", "altitude", "accuracy", "time",      "time_of_day",   "end_time",       "device",  "track_id"}};
constexpr std::string_view kField = "field";

constexpr Words<ImportFix, 8> kFixes{{"swap_lat_lon", "negate_longitude", "negate_latitude", "leave_out_far",
                                      "leave_out_inaccurate", "leave_out_zero_island", "keep_duplicates", "utm_south"}};

constexpr Words<SuspicionKind, 12> kSuspicions{{"swapped_lat_lon", "sign_lost", "far_from_rest", "outside_area",
                                                "zero_island", "duplicate", "inaccurate", "in_future", "no_time_zone",
                                                "ambiguous_date", "unknown_value", "unknown_hemisphere"}};

} // namespace

std::string_view toWord(ImportTarget target) {
    return kTargets.of(target);
}

std::optional<ImportTarget> importTargetFromWord(std::string_view word) {
    return kTargets.find(word);
}

bool isRecordTarget(ImportTarget target) {
    return target >= ImportTarget::Incidents;
}

std::string_view toWord(ColumnRole role) {
    return role == ColumnRole::Field ? kField : kRoles.of(role);
}

std::optional<ColumnRole> columnRoleFromWord(std::string_view word) {
    return word == kField ? ColumnRole::Field : kRoles.find(word);
}

std::string_view toWord(ImportFix fix) {
    return kFixes.of(fix);
}

std::optional<ImportFix> importFixFromWord(std::string_view word) {
    return kFixes.find(word);
}

std::string_view toWord(SuspicionKind kind) {
    return kSuspicions.of(kind);
}

} // namespace cordon
