#include "core/import/utm_zones.h"

namespace cordon {
namespace {

// Where the letter S of a zone may mean south although the northing lies in the band S: between 50 and 58 S only these
// zones have land worth the name (Patagonia, the Falklands).
bool hasLandAtBothS(int zone) {
    return zone >= 18 && zone <= 21;
}

bool contains(const GeoBox& area, const PlaceText& text) {
    return area.contains(text.place->lonDegrees, text.place->latDegrees);
}

} // namespace

UtmZones::UtmZones(const ImportJob& job, std::size_t zoneColumn)
    : m_area(extentOf(job.project)), m_isSouth(job.hasFix(ImportFix::UtmSouth)) {
    SourceCells cells(job.table);
    for (std::size_t row = 0; row < job.rowCount(); ++row) {
        const std::string_view text = cells.at(zoneColumn, row);
        if (m_zones.find(text) != m_zones.end())
            continue;
        const auto zone = parseUtmZone(text);
        if (!zone)
            continue;
        m_zones.emplace(text, *zone);
        m_hasBands |=
            zone->letter != '\0' && zone->letter != 'N' && zone->letter != 'S' && zone->letter != UtmZone::kSouth;
    }
}

std::optional<UtmZones::Place> UtmZones::find(const std::string& zone, double eastingMeters,
                                              double northingMeters) const {
    const auto known = m_zones.find(zone);
    if (known == m_zones.end())
        return std::nullopt;
    const UtmZone written = known->second;
    const bool isS = written.letter == 'S';
    if ((!isS && written.letter != '\0') || (isS && m_hasBands))
        return Place{placeInUtm(written, eastingMeters, northingMeters, true), false};
    PlaceText north = placeInUtm({written.number, isS ? 'S' : 'N'}, eastingMeters, northingMeters, true);
    PlaceText south = placeInUtm({written.number, UtmZone::kSouth}, eastingMeters, northingMeters);
    if (!north.place || !south.place)
        return Place{north.place ? std::move(north) : std::move(south), false};
    if (m_isSouth)
        return Place{std::move(south), false};
    if (!m_area.isEmpty() && contains(m_area, north) != contains(m_area, south))
        return Place{contains(m_area, north) ? std::move(north) : std::move(south), false};
    return Place{std::move(north), !isS || hasLandAtBothS(written.number)};
}

} // namespace cordon
