// Places on UTM grids whose zone stands in a column of its own. Internal to import.
#pragma once

#include "core/import/import_job.h"
#include "core/io/coordinate_text.h"

#include <map>
#include <optional>
#include <string>

namespace cordon {

// The letter S is a band (32 to 40 N) or means south. It is the band where other letters of the column are bands; else
// what fits the northing and, where both do, the area of the project. Likewise a zone without a letter is north or
// south.
class UtmZones {
public:
    UtmZones(const ImportJob& job, std::size_t zoneColumn);

    struct Place {
        PlaceText text;
        bool isGuess = false; // nothing told the hemisphere
    };
    // nullopt: `zone` is none.
    std::optional<Place> find(const std::string& zone, double eastingMeters, double northingMeters) const;

private:
    std::map<std::string, UtmZone, std::less<>> m_zones; // as written in the column
    GeoBox m_area;
    bool m_hasBands = false, m_isSouth = false;
};

} // namespace cordon
