#include "core/network/places.h"

#include "core/geo/geodesic.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>
#include <utility>

namespace cordon {
namespace {

const Column* firstOf(const FeatureTable& table, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const Column* column = table.findColumn(name))
            return column;
    return nullptr;
}

// A number as people write it: "12 345", "12,345", "12'345", with any blanks between groups. nullopt: no number.
std::optional<double> populationOf(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9')
            digits += c;
        else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '~')
            return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || error != std::errc())
        return std::nullopt;
    return number;
}

// Lower case without the accents of Latin letters and without punctuation, for comparing names.
std::string folded(std::string_view name) {
    static constexpr std::string_view kLatin1 = // U+00C0 .. U+00FF
        "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty";
    std::string result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        if (c == 0xC3 && i + 1 < name.size()) {
            result += kLatin1[static_cast<unsigned char>(name[++i]) - 0x80U < 64U
                                  ? static_cast<unsigned char>(name[i]) - 0x80U
                                  : 0U];
        } else if (c >= 'A' && c <= 'Z') {
            result += static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) {
            result += static_cast<char>(c);
        }
    }
    return result;
}

std::size_t editDistance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t k = 1; k <= b.size(); ++k)
            diagonal = std::exchange(row[k], std::min({row[k] + 1, row[k - 1] + 1, diagonal + (a[i - 1] != b[k - 1])}));
    }
    return row.back();
}

std::string coordinates(LonLat p) {
    char text[64];
    std::snprintf(text, sizeof text, "%.4f,%.4f", p.lonDegrees, p.latDegrees);
    return text;
}

std::string suggestions(const std::vector<Place>& places, const std::string& wanted) {
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const Place& place : places)
        if (!place.name.empty())
            near.emplace_back(editDistance(wanted, folded(place.name)), place.name);
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(near.size(), 3); ++i)
        text += (i == 0 ? "" : i == 2 || i + 1 == near.size() ? " or " : ", ") + near[i].second;
    return text;
}

// Two lists of places write the same town a little apart: nearer than this it is the same one.
constexpr double kSameTownMeters = 5000;

// The first of each town; `found` has the most populous first.
std::vector<std::size_t> townsAmong(const std::vector<Place>& places, const std::vector<std::size_t>& found) {
    std::vector<std::size_t> towns;
    for (const std::size_t i : found)
        if (std::none_of(towns.begin(), towns.end(), [&](std::size_t town) {
                return distanceMeters(places[town].at, places[i].at) < kSameTownMeters;
            }))
            towns.push_back(i);
    return towns;
}

std::size_t placeAt(const std::vector<Place>& places, LonLat at) {
    std::optional<std::size_t> nearest;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < places.size(); ++i)
        if (const double meters = distanceMeters(places[i].at, at); meters < least) {
            nearest = i;
            least = meters;
        }
    if (!nearest || least > kSameTownMeters)
        throw Error(
            "There is no place within 5 km of " + coordinates(at) +
            (nearest ? "; the nearest is " + places[*nearest].name + " at " + coordinates(places[*nearest].at) : "") +
            ".");
    return *nearest;
}

} // namespace

std::vector<Place> placesOf(const Project& project, Warnings& warnings) {
    std::vector<Place> places;
    const RegionLookup regions(project);
    for (const auto& layer : project.layers) {
        if (layer->role != LayerRole::Place || !layer->table)
            continue;
        const FeatureTable& table = *layer->table;
        const Column* names = firstOf(table, {"name", "nom", "name_en", "featureNam", "asciiname", "town", "place"});
        const Column* people = firstOf(table, {"population", "pop", "pop_max", "pop_est", "inhabitants"});
        const Column* country = firstOf(table, {"country", "iso_a3", "adm0_a3", "adm0name", "country_code"});
        std::size_t unread = 0;
        for (std::uint32_t f = 0; f < table.featureCount; ++f) {
            const std::uint32_t part = table.geometry.featureStart[f];
            if (part == table.geometry.featureStart[f + 1] || table.geometry.partRole[part] != PartRole::Points)
                continue;
            Place place;
            place.at = table.geometry.part(part).front();
            if (names)
                place.name = table.valueAsText(*names, f);
            if (country)
                place.country = table.valueAsText(*country, f);
            if (people && !people->isNull(f)) {
                place.population = FeatureTable::valueAsNumber(*people, f);
                if (!place.population && people->type == FieldType::Text && !people->textAt(f).empty()) {
                    place.population = populationOf(people->textAt(f));
                    unread += !place.population;
                }
                if (place.population && !(*place.population > 0 && std::isfinite(*place.population)))
                    place.population.reset();
            }
            for (const std::string& code : regions.partition())
                if (regions.boxOf(code).contains(place.at.lonDegrees, place.at.latDegrees) &&
                    regions.isInside(code, place.at)) {
                    place.region = code;
                    place.regionName = regions.nameOf(code);
                    break;
                }
            places.push_back(std::move(place));
        }
        if (unread > 0)
            warnings.push_back({"The population of " + std::to_string(unread) +
                                    (unread == 1 ? " place of " : " places of ") + table.name +
                                    " is no number and counts as not known.",
                                true});
    }
    return places;
}

std::optional<LonLat> lonLatOf(std::string_view text) {
    LonLat p;
    const char *const begin = text.data(), *const end = begin + text.size();
    const auto first = std::from_chars(begin, end, p.lonDegrees);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != ',')
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, p.latDegrees);
    if (second.ec != std::errc() || second.ptr != end || !(std::abs(p.lonDegrees) <= 180) ||
        !(std::abs(p.latDegrees) <= 90))
        return std::nullopt;
    return p;
}

std::size_t findPlace(const std::vector<Place>& places, std::string_view name) {
    if (const auto at = lonLatOf(name))
        return placeAt(places, *at);
    const std::string wanted = folded(name);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < places.size(); ++i)
        if (!places[i].name.empty() && folded(places[i].name) == wanted)
            found.push_back(i);
    if (found.empty())
        throw Error("There is no place '" + std::string(name) + "' in the project" +
                    (places.empty() ? "; it has no layer of places."
                                    : "; did you mean " + suggestions(places, wanted) +
                                          "? A place can also be written as LON,LAT."));
    const auto people = [&](std::size_t i) { return places[i].population.value_or(0); };
    std::stable_sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) { return people(a) > people(b); });
    found = townsAmong(places, found);
    if (found.size() > 1 && people(found[0]) < 10 * std::max(people(found[1]), 1.0)) {
        std::string where;
        for (const std::size_t i : found)
            where += (where.empty() ? "" : "; ") + coordinates(places[i].at) +
                     (places[i].regionName.empty() ? "" : " (" + places[i].regionName + ")");
        throw Error("'" + std::string(name) + "' is the name of " + std::to_string(found.size()) +
                    " places; write the one you mean as LON,LAT: " + where + ".");
    }
    return found[0];
}

} // namespace cordon
