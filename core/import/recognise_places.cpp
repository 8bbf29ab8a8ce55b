#include "core/import/recogniser.h"

#include <algorithm>

namespace cordon {

using enum ColumnRole;

namespace {

bool isGeometryName(ColumnRole role) {
    return role == LatLon || role == LonLat || role == Wkt || role == GeoTrace || role == GeoShape;
}

} // namespace

// A column named like a coordinate may be something else ("lat" of a spectrum): most of it must be numbers or
// coordinates. Values beyond the globe are still coordinates, only wrong ones.
bool Recogniser::fitsAxis(std::size_t c, ColumnRole role) const {
    const ColumnFacts& f = m_facts[c];
    if (f.filled == 0)
        return true;
    const bool isGrid = role == Easting || role == Northing;
    const std::size_t coordinates = f.numbers + (isGrid ? 0 : f.latitudes + f.longitudes);
    return 2 * coordinates >= f.filled;
}

bool Recogniser::findPair(ColumnRole first, ColumnRole second) {
    std::optional<std::pair<std::size_t, std::size_t>> best;
    int bestRank = 0;
    std::size_t bestFilled = 0;
    for (std::size_t a = 0; a < count(); ++a) {
        const auto one = meaningOfName(m_names[a]);
        if (!one || one->role != first || !isFree(a) || !fitsAxis(a, first))
            continue;
        for (std::size_t b = 0; b < count(); ++b) {
            const auto other = meaningOfName(m_names[b]);
            if (!other || other->role != second || !isFree(b) || !fitsAxis(b, second))
                continue;
            const int rank = one->rank + other->rank + (one->group == other->group ? 0 : 20);
            const std::size_t filled = std::min(m_facts[a].filled, m_facts[b].filled);
            if (!best || (filled > 0) > (bestFilled > 0) || ((filled > 0) == (bestFilled > 0) && rank < bestRank)) {
                best = std::pair(a, b);
                bestRank = rank;
                bestFilled = filled;
            }
        }
    }
    if (!best)
        return false;
    assign(best->first, first, kByName);
    assign(best->second, second, kByName);
    return true;
}

// N or S beside a latitude, E or W beside a longitude: the next column.
void Recogniser::findSides() {
    for (const auto& [axis, side, letters] :
         {std::tuple{Latitude, LatitudeSide, "NSns"}, std::tuple{Longitude, LongitudeSide, "EWOewo"}}) {
        const auto column = columnOf(axis);
        if (!column || *column + 1 >= count() || !isFree(*column + 1))
            continue;
        const ColumnFacts& f = m_facts[*column + 1];
        const std::string allowed = letters;
        if (!f.values.empty() && std::all_of(f.values.begin(), f.values.end(), [&](const auto& value) {
                return value.first.size() == 1 && allowed.find(value.first) != std::string::npos;
            }))
            assign(*column + 1, side, "beside the coordinate");
    }
}

// Places in one cell. The name may say so or not; the values must.
bool Recogniser::findOneCell() {
    std::optional<std::size_t> best;
    ColumnRole bestRole = Attribute;
    int bestScore = 0;
    for (std::size_t c = 0; c < count(); ++c) {
        const ColumnFacts& f = m_facts[c];
        if (!isFree(c) || f.filled == 0)
            continue;
        const auto meaning = meaningOfName(m_names[c]);
        ColumnRole role = f.isMostly(f.wkts)     ? Wkt
                          : f.isMostly(f.mgrs)   ? Mgrs
                          : f.isMostly(f.traces) ? (f.isMostly(f.closedTraces) ? GeoShape : GeoTrace)
                          : f.isMostly(f.pairs)  ? LatLon
                                                 : Attribute;
        if (role == LatLon && meaning && meaning->role == LonLat)
            role = LonLat;
        const bool isNamed = meaning && (isGeometryName(meaning->role) || meaning->role == Mgrs);
        // Half of the cells are enough where the name agrees: the others are named as left.
        if (role == Attribute && isNamed && 2 * f.pairs >= f.filled && f.pairs > 0)
            role = meaning->role == LonLat ? LonLat : LatLon;
        if (role == Attribute && isNamed && meaning->role == Mgrs && 2 * f.mgrs >= f.filled && f.mgrs > 0)
            role = Mgrs;
        const int score = role == Attribute ? 0 : isNamed ? 2 : 1;
        if (score > bestScore) {
            best = c;
            bestRole = role;
            bestScore = score;
        }
    }
    if (!best)
        return false;
    assign(*best, bestRole, bestScore == 2 ? "named like it, and its values agree" : "its values are such");
    return true;
}

// X and Y may be degrees or metres of a grid.
bool Recogniser::findXY() {
    if (findPair(Easting, Northing)) {
        for (std::size_t c = 0; c < count(); ++c) {
            const auto meaning = meaningOfName(m_names[c]);
            const bool isZone = (meaning && meaning->role == UtmZone) || m_names[c] == "zone";
            if (isZone && isFree(c) && !columnOf(UtmZone))
                assign(c, UtmZone, kByName);
        }
        return true;
    }
    std::optional<std::size_t> x, y;
    for (std::size_t c = 0; c < count(); ++c)
        for (const std::string_view end : {"", " coord", "coord"}) {
            if (isFree(c) && m_facts[c].isMostly(m_facts[c].numbers)) {
                if (m_names[c] == "x" + std::string(end) || m_names[c] == "coord x" || m_names[c] == "point x")
                    x = c;
                if (m_names[c] == "y" + std::string(end) || m_names[c] == "coord y" || m_names[c] == "point y")
                    y = c;
            }
        }
    if (!x || !y)
        return false;
    const bool isDegrees = m_facts[*x].isWithin(-360, 360) && m_facts[*y].isWithin(-90, 90);
    assign(*x, isDegrees ? Longitude : Easting, kByName);
    assign(*y, isDegrees ? Latitude : Northing, kByName);
    for (std::size_t c = 0; c < count() && !isDegrees; ++c)
        if (isFree(c) &&
            (m_names[c] == "zone" || (meaningOfName(m_names[c]) && meaningOfName(m_names[c])->role == UtmZone)))
            assign(c, UtmZone, kByName);
    return true;
}

// Of two columns of degrees that nothing names: what is beyond 90 is a longitude; else what lies in the project.
bool Recogniser::isLatitudeFirst(std::size_t a, std::size_t b) const {
    if (!m_facts[a].isWithin(-90, 90))
        return false;
    if (!m_facts[b].isWithin(-90, 90))
        return true;
    const GeoBox area = extentOf(m_project);
    if (area.isEmpty())
        return true;
    const auto lies = [&](std::size_t lat, std::size_t lon) {
        return area.contains(m_facts[lon].least, m_facts[lat].least) ||
               area.contains(m_facts[lon].most, m_facts[lat].most);
    };
    return lies(a, b) || !lies(b, a);
}

bool Recogniser::findByContent() {
    std::vector<std::size_t> degrees, latitudes, longitudes;
    for (std::size_t c = 0; c < count(); ++c) {
        const ColumnFacts& f = m_facts[c];
        if (!isFree(c))
            continue;
        if (f.isMostly(f.latitudes))
            latitudes.push_back(c);
        else if (f.isMostly(f.longitudes))
            longitudes.push_back(c);
        else if (f.isWithin(-180, 180) && 2 * f.fractions > f.filled)
            degrees.push_back(c);
    }
    if (latitudes.size() == 1 && longitudes.size() == 1) {
        assign(latitudes[0], Latitude, "its values are such");
        assign(longitudes[0], Longitude, "its values are such");
        return true;
    }
    // 12°39' without letters is a latitude as well as a longitude.
    if (latitudes.size() == 2 && longitudes.empty())
        degrees = latitudes;
    const bool isNameless = degrees.size() == 2 && degrees[1] == degrees[0] + 1 &&
                            std::all_of(degrees.begin(), degrees.end(), [&](std::size_t c) {
                                return m_names[c].empty() || m_names[c].starts_with("coord") ||
                                       m_names[c].starts_with("gps") || latitudes.size() == 2;
                            });
    if (!isNameless)
        return false;
    const bool isLatFirst = isLatitudeFirst(degrees[0], degrees[1]);
    assign(degrees[isLatFirst ? 0 : 1], Latitude, "its values could be latitudes");
    assign(degrees[isLatFirst ? 1 : 0], Longitude, "its values could be longitudes");
    return true;
}

void Recogniser::findPlace() {
    if (findPair(Latitude, Longitude)) {
        findSides();
        const auto lat = columnOf(Latitude);
        if (m_facts[*lat].filled > 0 || !findOneCell())
            return;
        use(*lat).role = use(*columnOf(Longitude)).role = Attribute; // empty beside a column that is not
        return;
    }
    if (findOneCell() || findXY() || findByContent())
        return;
    findNames();
}

// Nothing says where but names or codes of places: the finest of them.
void Recogniser::findNames() {
    const auto finest = [&](ColumnRole role, auto rankOf) {
        std::optional<std::size_t> best;
        int bestRank = 0;
        for (std::size_t c = 0; c < count(); ++c) {
            int rank = rankOf(m_names[c]);
            if (c < m_table.hxlTags.size())
                if (const auto meaning = meaningOfTag(m_table.hxlTags[c]); meaning && meaning->role == role)
                    rank = std::max(
                        {rank, 5, rankOf(foldedName(m_table.hxlTags[c]) + (role == PlaceCode ? " pcode" : ""))});
            if (rank > bestRank && isFree(c) && m_facts[c].filled > 0 && m_facts[c].numbers < m_facts[c].filled) {
                best = c;
                bestRank = rank;
            }
        }
        if (best)
            assign(*best, role, kByName);
    };
    finest(PlaceCode, placeCodeRank);
    finest(PlaceName, placeNameRank);
    for (std::size_t c = 0; c < count() && !columnOf(PlaceCode); ++c)
        if (isFree(c) && m_facts[c].isMostly(m_facts[c].codes))
            assign(c, PlaceCode, "its values are such");
}

} // namespace cordon
