#include "core/import/place_lookup.h"

#include "core/error.h"
#include "core/geo/geodesic.h"
#include "core/model/region_lookup.h"

#include <algorithm>
#include <array>

namespace cordon {
namespace {

constexpr std::array kNameColumns = {"name",       "nom",        "featureNam", "name_en",    "name_fr",   "asciiname",
                                     "ADM1_FR",    "ADM2_FR",    "ADM3_FR",    "ADM1_EN",    "ADM2_EN",   "ADM3_EN",
                                     "admin1Name", "admin2Name", "admin3Name", "place_name", "shapeName", "localite"};
constexpr std::array kCodeColumns = {"pcode",      "ADM1_PCODE", "ADM2_PCODE", "ADM3_PCODE",
                                     "adm1_pcode", "adm2_pcode", "admin1Pcod", "admin2Pcod",
                                     "admin3Pcod", "geonameid",  "osm_id",     "iso_3166_2"};

// Letters of Latin-1 and Latin Extended-A that are a plain letter with a mark.
char plainLetter(unsigned char lead, unsigned char next) {
    if (lead == 0xC3) {
        const unsigned char lower = next | 0x20;
        static constexpr std::string_view kLetters = "aaaaaaaceeeeiiiidnooooo/ouuuuyty";
        return kLetters[static_cast<std::size_t>(lower - 0xA0) % kLetters.size()];
    }
    if (lead == 0xC5 && (next == 0x92 || next == 0x93))
        return 'o';
    return 0;
}

bool isInside(const FeatureTable& table, std::uint32_t feature, LonLat p) {
    const GeometryColumn& g = table.geometry;
    bool inside = false;
    for (std::uint32_t part = g.featureStart[feature]; part < g.featureStart[feature + 1]; ++part)
        inside ^= crossesOddly(g.part(part), p);
    return inside;
}

// A point well inside: the middle of the box where that is, else the best of a grid over it.
LonLat innerPoint(const FeatureTable& table, std::uint32_t feature) {
    const GeoBox box = table.boxOf(feature);
    const LonLat middle{(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
    LonLat best = middle;
    double bestMeters = 1e12;
    constexpr int kSteps = 12;
    if (isInside(table, feature, middle))
        return middle;
    for (int x = 0; x < kSteps; ++x)
        for (int y = 0; y < kSteps; ++y) {
            const LonLat p{box.minX + box.width() * (x + 0.5) / kSteps, box.minY + box.height() * (y + 0.5) / kSteps};
            const double meters = distanceMeters(middle, p);
            if (meters < bestMeters && isInside(table, feature, p)) {
                best = p;
                bestMeters = meters;
            }
        }
    return best;
}

} // namespace

std::string comparableName(std::string_view name) {
    std::string result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        if (c < 0x80) {
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
                result += static_cast<char>(c);
            else if (c >= 'A' && c <= 'Z')
                result += static_cast<char>(c - 'A' + 'a');
            continue; // blanks and marks do not tell places apart
        }
        const char plain = i + 1 < name.size() ? plainLetter(c, static_cast<unsigned char>(name[i + 1])) : char{0};
        if (plain) {
            result += plain;
            ++i;
        } else {
            result += static_cast<char>(c);
        }
    }
    return result;
}

PlaceLookup::PlaceLookup(const Project& project) {
    const auto addAll = [&](bool wantsRegions) {
        for (const auto& layer : project.layers) {
            const bool isRegion = layer->role == LayerRole::Region || layer->role == LayerRole::Country;
            const bool isPlace = layer->role == LayerRole::Place || layer->role == LayerRole::Point;
            if (!layer->table || (wantsRegions ? !isRegion : !isPlace))
                continue;
            m_tables.push_back(layer->table);
            if (!layer->idField.empty())
                if (const Column* column = layer->table->findColumn(layer->idField))
                    add(*layer, *column);
            for (const char* name : kNameColumns)
                if (const Column* column = layer->table->findColumn(name); column && column->name != layer->idField)
                    add(*layer, *column);
            for (const char* name : kCodeColumns)
                if (const Column* column = layer->table->findColumn(name); column && column->name != layer->idField)
                    add(*layer, *column);
        }
    };
    addAll(false);
    addAll(true);
}

void PlaceLookup::add(const Layer& layer, const Column& column) {
    const bool isRegion = layer.role == LayerRole::Region || layer.role == LayerRole::Country;
    for (std::uint32_t feature = 0; feature < layer.table->featureCount; ++feature) {
        if (layer.table->boxOf(feature).isEmpty() || column.isNull(feature))
            continue;
        std::string key = comparableName(layer.table->valueAsText(column, feature));
        if (!key.empty())
            m_places.emplace(std::move(key), Entry{layer.table.get(), feature, isRegion});
    }
}

LonLat PlaceLookup::pointOf(const Entry& entry) const {
    const GeometryColumn& g = entry.table->geometry;
    return entry.isRegion ? innerPoint(*entry.table, entry.feature)
                          : g.coordinates[g.partStart[g.featureStart[entry.feature]]];
}

PlaceLookup::Place PlaceLookup::find(std::string_view codeOrName) const {
    const auto [begin, end] = m_places.equal_range(comparableName(codeOrName));
    if (begin == end)
        throw Error("is in no gazetteer or region layer of the project");
    // A place goes before a region of that name; the same place may stand in several layers.
    constexpr double kSamePlaceMeters = 5000;
    std::vector<Place> found;
    bool hasPlace = false;
    for (auto entry = begin; entry != end; ++entry)
        hasPlace |= !entry->second.isRegion;
    for (auto entry = begin; entry != end; ++entry) {
        if (hasPlace && entry->second.isRegion)
            continue;
        const Place place{pointOf(entry->second), entry->second.isRegion};
        const double limit = place.isRegion ? 1e5 : kSamePlaceMeters;
        if (std::none_of(found.begin(), found.end(),
                         [&](const Place& p) { return distanceMeters(p.point, place.point) < limit; }))
            found.push_back(place);
    }
    if (found.size() > 1)
        throw Error("is the name of " + std::to_string(found.size()) +
                    " places of the project; give its P-code or its coordinates");
    return found.front();
}

} // namespace cordon
