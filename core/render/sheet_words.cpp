#include "core/render/sheet_words.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

namespace cordon {

namespace {

struct Words {
    SheetWord word;
    const char* en;
    const char* fr;
};

using enum SheetWord;
constexpr std::array kWords{
    Words{Control, "Control of terrain", "Contrôle du terrain"},
    Words{Roads, "Roads", "Routes"},
    Words{Changes, "Changes", "Changements"},
    Words{Restrictions, "Restrictions", "Restrictions"},
    Words{Incidents, "Incidents", "Incidents"},
    Words{Base, "Base map", "Fond de carte"},
    Words{Claimed, "claimed", "revendiqué"},
    Words{Contested, "Contested", "Disputé"},
    Words{Support, "support", "soutien"},
    Words{Influence, "influence", "influence"},
    Words{AttackZone, "attack zone", "zone d’attaque"},
    Words{NoInformation, "No information", "Aucune information"},
    Words{RoadOpen, "Open", "Ouverte"},
    Words{RoadRestricted, "Restricted", "Restreinte"},
    Words{RoadDifficult, "Passable with difficulty", "Praticable avec difficulté"},
    Words{RoadBlocked, "Blocked", "Bloquée"},
    Words{RoadImpassable, "Impassable", "Impraticable"},
    Words{RoadContested, "Contested", "Contestée"},
    Words{RoadUnknown, "Unknown", "Inconnue"},
    Words{Escort, "escort", "escorte"},
    Words{Load, "load limit", "charge limitée"},
    Words{Hours, "hours", "horaires"},
    Words{OneWay, "one direction", "un sens"},
    Words{ReportsDisagree, "reports disagree", "rapports contradictoires"},
    Words{LastKnown, "last known", "dernier état connu"},
    Words{DayLetter, "d", "j"},
    Words{Measures, "Measures", "Mesures"},
    Words{Measure, "Measure in force", "Mesure en vigueur"},
    Words{RestrictedTown, "Town under restriction", "Localité sous restriction"},
    Words{RestrictedArea, "Area under restriction", "Zone sous restriction"},
    Words{ArmedAttack, "Armed attack", "Attaque armée"},
    Words{Explosive, "Explosive device", "Engin explosif"},
    Words{ConvoyAttack, "Attack on a convoy", "Attaque de convoi"},
    Words{Abduction, "Abduction", "Enlèvement"},
    Words{AirStrike, "Air strike", "Frappe aérienne"},
    Words{Checkpoint, "Checkpoint", "Point de contrôle"},
    Words{ConvoyArrival, "Convoy arrived", "Arrivée de convoi"},
    Words{Protest, "Protest", "Manifestation"},
    Words{Looting, "Looting", "Pillage"},
    Words{OtherIncident, "Other incident", "Autre incident"},
    Words{Fatalities, "Fatalities", "Morts"},
    Words{NoFatalities, "0 or unknown", "0 ou inconnu"},
    Words{Legend, "Legend", "Légende"},
    Words{MoreEntries, "… and %d more", "… et %d autres"},
    Words{Sources, "Sources", "Sources"},
    Words{Projection, "Projection", "Projection"},
    Words{Scale, "Scale", "Échelle"},
    Words{ScaleAtCenter, "at the centre of the map", "au centre de la carte"},
    Words{MapNumber, "Map", "Carte"},
    Words{Producer, "Produced by", "Réalisation"},
    Words{Graticule, "Graticule", "Graticule"},
    Words{Locator, "Location", "Localisation"},
    Words{WayShut, "Shut", "Fermée"},
    Words{WayNoData, "Not known", "Inconnue"},
    Words{DateOfMap, "date of the map", "date de la carte"},
};

std::string languageOf(std::string_view language) {
    return language.substr(0, 2) == "fr" ? "fr" : "en";
}

// The quoted text after `keyword["` in WKT; "" if there is none.
std::string wktName(const std::string& wkt, const std::string& keyword) {
    const std::size_t at = wkt.find(keyword + "[\"");
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + keyword.size() + 2;
    return wkt.substr(begin, wkt.find('"', begin) - begin);
}

std::optional<double> wktParameter(const std::string& wkt, const std::string& name) {
    const std::size_t at = wkt.find('"' + name + "\",");
    if (at == std::string::npos)
        return std::nullopt;
    return std::strtod(wkt.c_str() + at + name.size() + 3, nullptr);
}

// The value of "+name=value" in a PROJ string; "" if there is none.
std::string projParameter(const std::string& definition, const std::string& name) {
    const std::size_t at = definition.find("+" + name + "=");
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + name.size() + 2;
    return definition.substr(begin, definition.find(' ', begin) - begin);
}

// PROJ's short names of the projections that maps of this kind are made in.
std::string methodName(const std::string& proj) {
    constexpr std::array kNames{std::pair{"laea", "Lambert azimuthal equal-area"},
                                std::pair{"lcc", "Lambert conformal conic"},
                                std::pair{"aea", "Albers equal-area conic"},
                                std::pair{"tmerc", "Transverse Mercator"},
                                std::pair{"merc", "Mercator"},
                                std::pair{"eqearth", "Equal Earth"},
                                std::pair{"aeqd", "Azimuthal equidistant"},
                                std::pair{"stere", "Stereographic"},
                                std::pair{"eqc", "Plate carrée"},
                                std::pair{"utm", "UTM"},
                                std::pair{"moll", "Mollweide"},
                                std::pair{"robin", "Robinson"}};
    for (const auto& [shortName, name] : kNames)
        if (proj == shortName)
            return name;
    return proj;
}

std::string degreesText(double degrees, const char* positive, const char* negative) {
    char text[40];
    std::snprintf(text, sizeof text, "%g°%s", std::abs(degrees), degrees < 0 ? negative : positive);
    return text;
}

bool isGiven(TimePoint time) {
    return time != TimePoint::max() && time != TimePoint::min();
}

} // namespace

std::string sheetWord(SheetWord word, std::string_view language) {
    for (const Words& entry : kWords)
        if (entry.word == word)
            return languageOf(language) == "fr" ? entry.fr : entry.en;
    return {};
}

std::string legendTitle(const std::string& title, std::string_view language) {
    // Of default_style.h, and the usual names of layers.
    static constexpr std::array kTitles{
        std::pair{"Country border", "Frontière"},
        std::pair{"Other borders", "Autres frontières"},
        std::pair{"River", "Cours d’eau"},
        std::pair{"Rivers", "Cours d’eau"},
        std::pair{"Lakes", "Lacs"},
        std::pair{"Regions", "Régions"},
        std::pair{"Main road", "Route principale"},
        std::pair{"Secondary road", "Route secondaire"},
        std::pair{"Other road", "Autre route"},
        std::pair{"Track", "Piste"},
        std::pair{"Capital", "Capitale"},
        std::pair{"Large town", "Grande ville"},
        std::pair{"Town", "Ville"},
        std::pair{"Small town", "Petite ville"},
        std::pair{"Village", "Village"},
        std::pair{"Over 250 000 people", "Plus de 250 000 habitants"},
        std::pair{"Smaller or not known", "Moins, ou population inconnue"},
        std::pair{"Other place", "Autre localité"},
        std::pair{"None killed or not known", "Aucun mort ou nombre inconnu"},
    };
    if (languageOf(language) == "fr")
        for (const auto& [english, french] : kTitles)
            if (title == english)
                return french;
    return title;
}

std::string colon(std::string_view language) {
    return languageOf(language) == "fr" ? "\u00A0: " : ": ";
}

SheetWord wordOf(RoadStatusKind status) {
    switch (status) {
    case RoadStatusKind::Open:
        return RoadOpen;
    case RoadStatusKind::Restricted:
        return RoadRestricted;
    case RoadStatusKind::Difficult:
        return RoadDifficult;
    case RoadStatusKind::Blocked:
        return RoadBlocked;
    case RoadStatusKind::Impassable:
        return RoadImpassable;
    case RoadStatusKind::Contested:
        return RoadContested;
    case RoadStatusKind::Unknown:
        break;
    }
    return RoadUnknown;
}

SheetWord wordOf(IncidentType type) {
    switch (type) {
    case IncidentType::ArmedAttack:
        return ArmedAttack;
    case IncidentType::Explosive:
        return Explosive;
    case IncidentType::ConvoyAttack:
        return ConvoyAttack;
    case IncidentType::Abduction:
        return Abduction;
    case IncidentType::AirStrike:
        return AirStrike;
    case IncidentType::Checkpoint:
        return Checkpoint;
    case IncidentType::ConvoyArrival:
        return ConvoyArrival;
    case IncidentType::Protest:
        return Protest;
    case IncidentType::Looting:
        return Looting;
    case IncidentType::Other:
        break;
    }
    return OtherIncident;
}

std::string daysAgo(double fewestDays, double mostDays, std::string_view language) {
    if (mostDays > kMostAgeDays)
        return {};
    const auto number = [](double days) { return std::to_string(static_cast<long>(std::floor(days))); };
    const std::string few = number(fewestDays), most = number(mostDays);
    if (languageOf(language) == "fr")
        return "il y a " + (few == most ? most : few + " à " + most) + (most == "1" ? " jour" : " jours");
    return (few == most ? most : few + "–" + most) + (most == "1" ? " day ago" : " days ago");
}

std::string sheetTime(TimePoint time, std::string_view language) {
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const auto minutesOfDay = duration_cast<minutes>(time - day);
    // A date alone was read as the last instant of its day.
    const bool endsDay = time - day >= hours{24} - seconds{1};
    const int hour = endsDay ? 24 : static_cast<int>(minutesOfDay.count() / 60);
    const int minute = endsDay ? 0 : static_cast<int>(minutesOfDay.count() % 60);
    char clock[32];
    std::snprintf(clock, sizeof clock, languageOf(language) == "fr" ? "%02d h %02d" : "%02d:%02d", hour, minute);
    return formatDate(time, language) + ", " + clock + " UTC";
}

std::string situationSubtitle(const TimeFilter& filter, std::string_view language) {
    const bool isFrench = languageOf(language) == "fr";
    std::string text;
    if (isGiven(filter.asOf))
        text = (isFrench ? "Situation au " : "Situation as of ") + sheetTime(filter.asOf, language);
    if (isGiven(filter.knownBy)) {
        if (!text.empty())
            text += "\n";
        text += (isFrench ? "Rapports connus au " : "Reports known by ") + sheetTime(filter.knownBy, language);
    }
    if (filter.atLeastGrade) {
        if (!text.empty())
            text += "\n";
        text += (isFrench ? "Rapports cotés " : "Reports graded ") + filter.atLeastGrade->toText() +
                (isFrench ? " ou mieux" : " or better");
    }
    return text;
}

std::string incidentsHeading(const TimeFilter& filter, std::string_view language) {
    if (!isGiven(filter.asOf))
        return sheetWord(Incidents, language);
    const bool isFrench = languageOf(language) == "fr";
    // The window is (asOf - N days, asOf]: its first instant is one millisecond after its open end.
    const TimePoint first = filter.asOf - std::chrono::days{filter.incidentDays} + std::chrono::milliseconds{1};
    std::string from = formatDate(first, language);
    const std::string to = formatDate(filter.asOf, language);
    if (from.size() > 5 && to.size() > 5 && from.substr(from.size() - 5) == to.substr(to.size() - 5))
        from.resize(from.size() - 5); // the same year is said once
    const std::string days = std::to_string(filter.incidentDays);
    if (filter.incidentDays == 1)
        return (isFrench ? "Incidents du dernier jour (" : "Incidents of the last day (") + to + ")";
    return (isFrench ? "Incidents des " + days + " derniers jours (" : "Incidents of the last " + days + " days (") +
           from + " – " + to + ")";
}

std::string projectionText(const Crs& crs) {
    const bool isUnnamed = crs.name().empty() || crs.name() == "unknown" || crs.name().front() == '+';
    if (!isUnnamed)
        return crs.name();
    const std::string& definition = crs.definition();
    const bool isProj = definition.front() == '+';
    std::string text = isProj ? methodName(projParameter(definition, "proj")) : wktName(definition, "METHOD");
    if (text.empty())
        return definition.substr(0, 80);
    const auto origin = [&](const char* inProj, const char* inWkt) -> std::optional<double> {
        if (!isProj)
            return wktParameter(definition, inWkt);
        const std::string value = projParameter(definition, inProj);
        return value.empty() ? std::nullopt : std::optional(std::strtod(value.c_str(), nullptr));
    };
    const auto lat = origin("lat_0", "Latitude of natural origin");
    const auto lon = origin("lon_0", "Longitude of natural origin");
    if (lat || lon)
        text += ",";
    if (lat)
        text += " " + degreesText(*lat, "N", "S");
    if (lon)
        text += " " + degreesText(*lon, "E", "W");
    std::string datum = isProj ? projParameter(definition, "datum") : wktName(definition, "ELLIPSOID");
    if (datum == "WGS84")
        datum = "WGS 84";
    return datum.empty() ? text : text + ", " + datum;
}

std::string scaleText(double denominator) {
    if (!(denominator > 0) || !std::isfinite(denominator) || denominator > 1e15)
        return "";
    const double unit = std::pow(10, std::max(0.0, std::floor(std::log10(denominator)) - 2));
    return "1:" + groupedNumber(std::llround(std::round(denominator / unit) * unit));
}

} // namespace cordon
