#include "core/import/column_names.h"

#include "core/model/record.h"
#include "core/model/vocabulary.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <span>
#include <utility>

namespace cordon {

namespace {

using Words = std::initializer_list<std::string_view>;

bool isOneOf(std::string_view text, Words words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

// Latin letters with accents as those without; what it does not know stays.
std::string_view unaccented(std::string_view character) {
    static constexpr std::pair<std::string_view, std::string_view> kLetters[] = {
        {"àâäáãåÀÂÄÁÃÅ", "a"}, {"éèêëÉÈÊË", "e"}, {"îïíìÎÏÍÌ", "i"}, {"ôöóòõÔÖÓÒÕ", "o"}, {"ûùüúÛÙÜÚ", "u"},
        {"çÇ", "c"},           {"ñÑ", "n"},       {"œŒ", "oe"},      {"ÿ", "y"},
    };
    for (const auto& [letters, plain] : kLetters)
        if (letters.find(character) != std::string_view::npos)
            return plain;
    return character;
}

bool isSeparator(std::string_view character) {
    return isOneOf(character, {"\u00A0", "°", "º", "’", "‘", "–", "—", "«", "»", "№", "،", "؛", "\u200F", "\u200E"});
}

std::size_t lengthOf(unsigned char first) {
    return first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
}

struct RoleWords {
    ColumnRole role;
    bool mayEndName;   // "gps_latitude"
    bool mayBeginName; // "latitude (WGS 84)"
    Words words;
};

std::span<const RoleWords> roleWords() {
    using enum ColumnRole;
    static const RoleWords kWords[] = {
        {Latitude,
         true,
         true,
         {"latitude", "lat", "latitud", "latitude y", "lat y", "خط العرض", "دائرة العرض", "العرض"}},
        {Longitude,
         true,
         true,
         {"longitude", "lon", "long", "lng", "longitud", "longitude x", "lon x", "long x", "خط الطول", "الطول"}},
        {Altitude, true, false, {"altitude", "alt", "elevation", "ele", "elev", "altitud", "elevacion", "الارتفاع"}},
        {Accuracy, true, false, {"accuracy", "acc", "gps precision", "precision gps", "الدقة", "hacc"}},
        {Mgrs, true, true, {"mgrs", "usng", "utmref", "grid reference", "grid ref", "carroyage"}},
        {UtmZone, false, false, {"utm zone", "zone utm", "fuseau", "fuseau utm", "utmzone", "zona utm", "huso"}},
        {Easting,
         false,
         true,
         {"easting", "utm e", "utm x", "x utm", "utm easting", "utme", "utmx", "est utm", "este utm"}},
        {Northing,
         false,
         true,
         {"northing", "utm n", "utm y", "y utm", "utm northing", "utmn", "utmy", "nord utm", "norte utm"}},
        {Wkt,
         false,
         false,
         {"wkt", "geom", "geometry", "geom wkt", "wkt geom", "the geom", "geometry wkt", "geometrie"}},
        {LatLon, true, false, {"gps",         "geopoint",        "location",        "coordinates",
                               "coordonnees", "coordonnees gps", "coordenadas",     "latlon",
                               "latlong",     "lat lon",         "lat long",        "latitude longitude",
                               "position",    "geolocation",     "gps coordinates", "point",
                               "الاحداثيات",  "الإحداثيات",      "احداثيات",        "إحداثيات"}},
        {LonLat, true, false, {"lonlat", "lon lat", "longlat", "longitude latitude", "lng lat"}},
        {GeoTrace, true, false, {"geotrace", "trace gps", "itineraire gps"}},
        {GeoShape, true, false, {"geoshape"}},
        {Device, false, false, {"deviceid", "device id", "device", "imei", "appareil", "dispositivo", "unit id"}},
        {TrackId,
         false,
         false,
         {"trackid", "track id", "track", "trk", "track name", "trace id", "id trace", "track seg id", "track fid"}},
    };
    return kWords;
}

std::span<const RoleWords> timeWords() {
    using enum ColumnRole;
    static const RoleWords kWords[] = {
        {EndTime,
         false,
         false,
         {"end", "end date", "date end", "date fin", "fin", "date de fin", "date to", "fecha fin", "end time",
          "valid to", "تاريخ النهاية"}},
        {Time,
         false,
         false,
         {"date",
          "datetime",
          "date time",
          "timestamp",
          "event date",
          "date evenement",
          "date de l evenement",
          "date incident",
          "date de l incident",
          "incident date",
          "date heure",
          "date et heure",
          "date start",
          "start date",
          "date debut",
          "date de debut",
          "date from",
          "fecha",
          "fecha y hora",
          "fecha hora",
          "time utc",
          "utc time",
          "date observation",
          "date d observation",
          "observation date",
          "date of observation",
          "report date",
          "date rapport",
          "date du rapport",
          "obsdate",
          "jour",
          "التاريخ",
          "تاريخ",
          "date collecte",
          "date de collecte",
          "created at",
          "date gmt",
          "gps time",
          "gps date",
          "time stamp",
          "start"}},
        {TimeOfDay, false, false, {"time", "heure", "hour", "hora", "الوقت", "الساعة", "time of day", "heure locale"}},
    };
    return kWords;
}

std::optional<NameMeaning> findRole(const std::string& folded, std::span<const RoleWords> table) {
    std::optional<NameMeaning> best;
    std::size_t bestLength = 0;
    for (const RoleWords& entry : table)
        for (const std::string_view word : entry.words) {
            NameMeaning found{entry.role, 0, ""};
            if (folded == word) {
                found.rank = 1;
            } else if (entry.mayEndName && folded.ends_with(" " + std::string(word))) {
                found.rank = 2;
                found.group = folded.substr(0, folded.size() - word.size() - 1);
            } else if (entry.mayBeginName && folded.starts_with(std::string(word) + " ")) {
                found.rank = 3;
                found.group = folded.substr(word.size() + 1);
            } else {
                continue;
            }
            // "lon lat" is longer than "lat", which it ends in.
            if (!best || word.size() > bestLength) {
                best = found;
                bestLength = word.size();
            }
        }
    return best;
}

struct FieldWords {
    std::string_view field;
    Words words;
};

std::span<const FieldWords> fieldWords() {
    static const FieldWords kWords[] = {
        {"kind", {"kind", "record kind", "record type", "type", "genre", "nature", "tipo"}},
        {"id", {"id", "record id", "report id", "identifiant"}},
        {"status", {"status",           "statut",         "etat",
                    "etat de la route", "etat route",     "road status",
                    "route status",     "statut route",   "statut de la route",
                    "access status",    "statut d acces", "estado",
                    "estado de la via", "state",          "condition",
                    "praticabilite",    "passability",    "الحالة",
                    "حالة الطريق",      "situation"}},
        {"cause",
         {"cause", "obstacle", "obstacle type", "type d obstacle", "type obstacle", "obstype", "raison", "motif",
          "reason", "causa", "السبب", "contrainte", "constraint"}},
        {"actor",
         {"actor", "acteur", "groupe", "group", "perpetrator", "auteur", "armed group", "groupe arme", "actor1",
          "الجهة", "controlled by", "controle par"}},
        {"other_actors", {"actor2", "other actors", "autres acteurs"}},
        {"incident_type",
         {"incident type", "type d incident", "type incident", "event type", "type evenement", "type d evenement",
          "tipo de incidente", "category of incident", "نوع الحادث"}},
        {"fatalities_best",
         {"fatalities", "killed", "deaths", "dead", "morts", "tues", "deces", "victimes", "muertos", "القتلى",
          "عدد القتلى", "nombre de morts"}},
        {"place",
         {"place", "lieu", "localite", "location name", "place name", "nom du lieu", "nom lieu", "localidad", "lugar",
          "المكان", "الموقع", "village", "ville", "town", "site", "checkpoint", "name", "nom", "الاسم"}},
        {"note",
         {"note", "notes", "comment", "comments", "commentaire", "commentaires", "remarque", "remarques", "observation",
          "observations", "description", "details", "remarks", "notas", "comentarios", "ملاحظات", "الوصف"}},
        {"source", {"source", "sources", "fuente", "المصدر", "source name", "informateur", "reported by"}},
        {"source_url", {"source url", "url", "link", "lien", "source link"}},
        {"grade", {"grade", "reliability", "fiabilite", "admiralty", "admiralty grade", "cotation"}},
        {"roads", {"road id", "roads", "routes", "road ids", "id route", "route id", "id de la route"}},
        {"load_tonnes", {"load tonnes", "max load", "maxloadmt", "charge maximale", "tonnage", "max tonnage"}},
        {"direction", {"direction", "sens", "sentido"}},
        {"hours", {"hours", "heures", "opening hours", "horaires"}},
        {"control_class", {"control class", "control", "controle", "type de controle"}},
        {"basis", {"basis", "base"}},
        {"location_precision", {"location precision", "place precision", "precision du lieu"}},
        {"confirmed", {"confirmed", "last checked", "lastcheckdate", "date de verification", "last check date"}},
    };
    return kWords;
}

struct ValueWords {
    std::string_view word;
    Words values; // folded
};

std::span<const ValueWords> statusWords() {
    static const ValueWords kWords[] = {
        {"open", {"open",  "ouvert",     "ouverte", "ouverts", "ouvertes", "praticable", "passable",
                  "libre", "accessible", "normal",  "normale", "fluide",   "abierto",    "abierta",
                  "مفتوح", "مفتوحة",     "سالك",    "سالكة",   "ok",       "clear"}},
        {"restricted",
         {"restricted",
          "restreint",
          "restreinte",
          "limite",
          "limitee",
          "sous escorte",
          "escorte",
          "restringido",
          "restringida",
          "مقيد",
          "مقيدة",
          "partially open",
          "partiellement ouvert",
          "partiellement ouverte",
          "limited",
          "4x4 only",
          "4x4 uniquement",
          "4x4",
          "open with restrictions",
          "convoys only"}},
        {"difficult",
         {"difficult", "difficile", "difficilement praticable", "praticable avec difficulte",
          "praticable avec difficultes", "passable with difficulty", "degrade", "degradee", "dificil", "lent", "slow",
          "صعب", "صعبة"}},
        {"blocked", {"blocked",  "bloque",    "bloquee",   "ferme",     "fermee",  "closed",
                     "barre",    "barree",    "bloqueado", "bloqueada", "cerrado", "cerrada",
                     "مغلق",     "مغلقة",     "مسدود",     "مسدودة",    "محاصر",   "closed for all traffic",
                     "interdit", "interdite", "no go"}},
        {"impassable",
         {"impassable", "impraticable", "infranchissable", "inaccessible", "inonde", "inondee", "coupe", "coupee",
          "cut", "flooded", "destroyed", "detruit", "detruite", "effondre", "effondree", "intransitable", "washed out",
          "مقطوع", "مقطوعة"}},
        {"contested", {"contested", "conteste", "contestee", "dispute", "disputee", "disputado", "متنازع عليه"}},
        {"unknown",
         {"unknown", "inconnu", "inconnue", "desconocido", "desconocida", "planned", "غير معروف", "nsp", "n a",
          "not known"}},
    };
    return kWords;
}

std::span<const ValueWords> causeWords() {
    static const ValueWords kWords[] = {
        {"flood", {"inondation", "inondations", "crue", "eau", "flooding", "floods", "فيضان", "inundacion"}},
        {"mines_uxo",
         {"mine", "mines", "eei", "ied", "uxo", "engin explosif", "engins explosifs", "reg", "landmine", "landmines",
          "ألغام"}},
        {"roadblock", {"barrage", "barrages", "barricade", "road block", "blocus", "blockade", "bloqueo", "حاجز"}},
        {"road_damage",
         {"degradation", "route degradee", "nid de poule", "route endommagee", "road damaged", "ornieres"}},
        {"bridge_damage",
         {"pont detruit", "pont endommage", "pont coupe", "bridge destroyed", "bridge damaged", "pont effondre",
          "broken bridge", "pont"}},
        {"culvert_damage", {"buse", "dalot", "dalot endommage", "ponceau"}},
        {"ferry", {"bac", "transbordador"}},
        {"checkpoint_official",
         {"checkpoint officiel", "poste de controle", "checkpoint", "check point", "poste de police",
          "official checkpoint"}},
        {"checkpoint_unofficial",
         {"checkpoint illegal", "checkpoint non officiel", "poste de controle illegal", "illegal checkpoint",
          "unofficial checkpoint"}},
        {"traffic_restriction", {"restriction", "restriction de circulation", "couvre feu", "curfew"}},
        {"landslide", {"glissement de terrain", "eboulement"}},
        {"wreckage", {"epave", "carcasse", "vehicule en panne"}},
        {"ford", {"gue", "radier"}},
        {"trees", {"arbre", "arbres", "tronc", "fallen trees"}},
    };
    return kWords;
}

std::span<const ValueWords> incidentWords() {
    static const ValueWords kWords[] = {
        {"armed_attack",
         {"attaque armee", "attaque", "attack", "affrontement", "clash", "combat", "battles", "armed clash", "ataque",
          "هجوم"}},
        {"explosive", {"engin explosif", "eei", "ied", "explosion", "mine", "mines", "landmine", "انفجار"}},
        {"convoy_attack", {"attaque de convoi", "embuscade", "ambush", "attaque convoi", "convoy ambush"}},
        {"abduction", {"enlevement", "kidnapping", "rapt", "abductions", "secuestro", "اختطاف", "خطف"}},
        {"air_strike", {"frappe aerienne", "frappe", "airstrike", "drone strike", "bombardement aerien", "غارة جوية"}},
        {"checkpoint", {"poste de controle", "check point", "barrage", "حاجز"}},
        {"convoy_arrival", {"arrivee de convoi", "convoi arrive"}},
        {"protest", {"manifestation", "protests", "demonstration", "marche", "riot", "emeute", "مظاهرة"}},
        {"looting", {"pillage", "vol", "robbery", "braquage", "saqueo", "theft", "نهب", "سرقة"}},
        {"other", {"autre", "autres", "others", "otro"}},
    };
    return kWords;
}

std::span<const ValueWords> kindWords() {
    static const ValueWords kWords[] = {
        {"road_status",
         {"route status", "road", "roads", "route", "etat de la route", "etat route", "statut route", "road condition",
          "road access"}},
        {"restriction", {"restrictions", "blockade", "blocus", "siege", "access restriction"}},
        {"incident", {"incidents", "security incident", "incident de securite", "evenement"}},
        {"control", {"controle", "territorial control", "area of control"}},
        {"measure", {"measures", "mesure", "mesures"}},
    };
    return kWords;
}

std::string wordOfValue(std::span<const ValueWords> table, const std::string& folded) {
    for (const ValueWords& entry : table)
        if (isOneOf(folded, entry.values))
            return std::string(entry.word);
    return {};
}

template <class E> bool isWord(std::string_view value) {
    return fromWord<E>(value).has_value();
}

std::string underscored(std::string folded) {
    std::replace(folded.begin(), folded.end(), ' ', '_');
    return folded;
}

} // namespace

std::string foldedName(std::string_view name) {
    std::string words;
    bool wasLower = false;
    const auto divide = [&] {
        if (!words.empty() && words.back() != ' ')
            words += ' ';
    };
    for (std::size_t i = 0; i < name.size();) {
        const std::string_view character = name.substr(i, lengthOf(static_cast<unsigned char>(name[i])));
        i += character.size();
        const auto c = static_cast<unsigned char>(character[0]);
        if ((character.size() == 1 && !std::isalnum(c)) || isSeparator(character)) {
            divide();
            wasLower = false;
        } else if (character.size() == 1) {
            if (std::isupper(c) && wasLower)
                divide();
            words += static_cast<char>(std::tolower(c));
            wasLower = std::islower(c);
        } else {
            words += unaccented(character);
            wasLower = false;
        }
    }
    while (!words.empty() && words.back() == ' ')
        words.pop_back();
    return words;
}

std::optional<NameMeaning> meaningOfName(const std::string& folded) {
    if (auto role = findRole(folded, roleWords()))
        return role;
    return findRole(folded, timeWords());
}

// HXL 1.1: a tag and attributes in any order, "#geo +lat", "#adm1+name+fr".
std::optional<NameMeaning> meaningOfTag(std::string_view hxlTag) {
    const std::string tag = foldedName(hxlTag);
    const auto has = [&](std::string_view word) {
        return (" " + tag + " ").find(" " + std::string(word) + " ") != std::string::npos;
    };
    using enum ColumnRole;
    if (has("geo")) {
        for (const auto& [word, role] : {std::pair{"lat", Latitude},
                                         {"lon", Longitude},
                                         {"elevation", Altitude},
                                         {"precision", Accuracy},
                                         {"coord", LatLon},
                                         {"wkt", Wkt}})
            if (has(word))
                return NameMeaning{role, 1, ""};
        return std::nullopt;
    }
    if (has("date"))
        return NameMeaning{has("end") ? EndTime : Time, has("start") || has("occurred") || has("event") ? 1 : 2, ""};
    if (tag.starts_with("adm") || has("loc"))
        return NameMeaning{has("code") ? PlaceCode : PlaceName, 1, ""};
    return std::nullopt;
}

int placeNameRank(const std::string& folded) {
    for (const char level : {'4', '3', '2', '1'})
        for (const char* name : {"adm", "admin", "adm in"})
            if (const std::string begin = std::string(name) + level;
                folded.starts_with(begin) && folded.find("cod") == std::string::npos &&
                folded.find("ref") == std::string::npos && folded.find("alt") == std::string::npos &&
                folded.size() < begin.size() + 10)
                return 10 + (level - '0') * 10;
    if (isOneOf(folded,
                {"village",  "localite",      "localidad",  "place",          "lieu",        "town",
                 "ville",    "site",          "settlement", "place name",     "nom du lieu", "nom de la localite",
                 "location", "location name", "lugar",      "nom du village", "القرية",      "المكان",
                 "الموقع",   "البلدة",        "المدينة",    "city",           "loc name",    "village quartier"}))
        return 60;
    if (isOneOf(folded, {"commune", "municipality", "municipio", "arrondissement", "sous prefecture", "البلدية"}))
        return 41;
    if (isOneOf(folded,
                {"cercle", "district", "departement", "department", "prefecture", "distrito", "المنطقة", "المديرية"}))
        return 31;
    if (isOneOf(folded, {"region", "province", "governorate", "state name", "wilaya", "المحافظة", "الولاية"}))
        return 21;
    return 0;
}

int placeCodeRank(const std::string& folded) {
    const bool isCode = folded.ends_with("pcode") || folded.ends_with("pcod") || folded.ends_with("p code");
    if (!isCode)
        return 0;
    for (const char level : {'4', '3', '2', '1'})
        if (folded.find(level) != std::string::npos)
            return 10 + (level - '0') * 10;
    return 60; // of the place itself
}

std::string recordFieldOfName(const std::string& folded) {
    for (const FieldWords& entry : fieldWords())
        if (isOneOf(folded, entry.words))
            return std::string(entry.field);
    // Under a heading ("Route" over "Statut") the name follows it.
    const std::size_t blank = folded.find(' ');
    return blank == std::string::npos ? std::string() : recordFieldOfName(folded.substr(blank + 1));
}

std::string recordWordOf(std::string_view field, std::string_view value) {
    const std::string folded = foldedName(value);
    const std::string word = underscored(folded);
    if (folded.empty())
        return {};
    if (field == "status") {
        if (isWord<RoadStatusKind>(word))
            return word;
        return wordOfValue(statusWords(), folded);
    }
    if (field == "cause") {
        if (isWord<ObstacleType>(word))
            return word;
        if (const auto known = obstacleFromSdiT(value))
            return std::string(toWord(*known));
        return wordOfValue(causeWords(), folded);
    }
    if (field == "kind")
        return recordKindFromWord(word) ? word : wordOfValue(kindWords(), folded);
    if (field == "incident_type")
        return isWord<IncidentType>(word) ? word : wordOfValue(incidentWords(), folded);
    return {};
}

} // namespace cordon
