#include "core/import/column_facts.h"
#include "core/import/column_names.h"
#include "core/import/import_plan.h"
#include "core/import/layer_name.h"
#include "core/import/preset.h"
#include "core/import/time_text.h"
#include "core/io/file_format.h"

#include <algorithm>
#include <map>
#include <optional>

namespace cordon {

namespace {

using enum ColumnRole;

constexpr std::string_view kByTag = "tagged so";
constexpr std::string_view kByName = "named like it";

bool isGeometryName(ColumnRole role) {
    return role == LatLon || role == LonLat || role == Wkt || role == GeoTrace || role == GeoShape;
}

class Recogniser {
public:
    Recogniser(const SourceTable& table, const Project& project) : m_table(table), m_project(project) {
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            m_names.push_back(foldedName(table.columns[c]));
            m_plan.columns.push_back({table.columns[c], Attribute, {}, {}, {}});
        }
        m_plan.layerName = layerNameOf(table);
    }

    ImportPlan plan() {
        std::vector<std::string> names = m_names;
        if (hasGeometry()) // which stands for these columns
            names.insert(names.end(), {"latitude", "longitude"});
        m_preset = findPreset(names);
        return planWith(m_preset ? m_preset->name : m_table.hxlTags.empty() ? "" : kHxl);
    }
    ImportPlan planAs(const std::string& preset) {
        m_preset = presetNamed(preset);
        return planWith(preset);
    }

private:
    ImportPlan planWith(const std::string& preset) {
        m_plan.preset = preset;
        for (std::size_t c = 0; c < m_names.size(); ++c)
            m_facts.push_back(factsOf(m_table, c));
        if (m_preset)
            usePreset();
        useTags();
        if (!hasPlace() && !hasGeometry())
            findPlace();
        findTimes();
        findBeside();
        chooseTarget();
        findDayOrder();
        return std::move(m_plan);
    }

    std::size_t count() const { return m_names.size(); }
    ColumnUse& use(std::size_t c) { return m_plan.columns[c]; }
    bool isFree(std::size_t c) const { return m_plan.columns[c].role == Attribute && m_plan.columns[c].why.empty(); }
    bool hasGeometry() const { return m_table.features && m_table.features->geometryClass() != GeometryClass::None; }
    std::optional<std::size_t> columnOf(ColumnRole role) const {
        for (std::size_t c = 0; c < count(); ++c)
            if (m_plan.columns[c].role == role)
                return c;
        return std::nullopt;
    }
    bool hasPlace() const {
        return (columnOf(Latitude) && columnOf(Longitude)) || (columnOf(Easting) && columnOf(Northing)) ||
               columnOf(Mgrs) || columnOf(LatLon) || columnOf(LonLat) || columnOf(Wkt) || columnOf(GeoTrace) ||
               columnOf(GeoShape);
    }
    void assign(std::size_t c, ColumnRole role, std::string_view why) {
        use(c).role = role;
        use(c).why = why;
    }

    void usePreset();
    void useTags();
    void findPlace();
    bool findPair(ColumnRole first, ColumnRole second);
    bool fitsAxis(std::size_t c, ColumnRole role) const;
    bool findOneCell();
    bool findXY();
    void findSides();
    bool findByContent();
    bool isLatitudeFirst(std::size_t a, std::size_t b) const;
    void findNames();
    void findTimes();
    void findBeside();
    void chooseTarget();
    ImportTarget targetOfGeometry() const;
    bool knowsValues(std::size_t c, std::string_view field) const;
    std::optional<std::size_t> columnWithField(std::string_view field) const;
    void useFields();
    void findDayOrder();

    const SourceTable& m_table;
    const Project& m_project;
    std::vector<std::string> m_names;
    std::vector<ColumnFacts> m_facts;
    const Preset* m_preset = nullptr;
    ImportPlan m_plan;
};

void Recogniser::usePreset() {
    for (std::size_t c = 0; c < count(); ++c)
        for (const PresetColumn& column : m_preset->columns)
            if (column.name == m_names[c] &&
                !(hasGeometry() && (column.role == Latitude || column.role == Longitude || column.role == Wkt))) {
                use(c).role = column.role;
                use(c).field = column.field;
                use(c).values = column.values;
                use(c).why = "known from " + m_preset->name;
            }
    for (const auto& [field, value] : m_preset->constants)
        if (!columnWithField(field))
            m_plan.constants.emplace_back(field, value);
}

std::optional<std::size_t> Recogniser::columnWithField(std::string_view field) const {
    for (std::size_t c = 0; c < count(); ++c)
        if (m_plan.columns[c].role == Field && m_plan.columns[c].field == field)
            return c;
    return std::nullopt;
}

void Recogniser::useTags() {
    std::map<ColumnRole, std::pair<int, std::size_t>> best;
    for (std::size_t c = 0; c < m_table.hxlTags.size() && c < count(); ++c) {
        const auto meaning = meaningOfTag(m_table.hxlTags[c]);
        if (!meaning || !isFree(c) || m_facts[c].filled == 0 || meaning->role == PlaceName ||
            meaning->role == PlaceCode)
            continue;
        const auto found = best.find(meaning->role);
        if (found == best.end() || meaning->rank < found->second.first)
            best[meaning->role] = {meaning->rank, c};
    }
    for (const auto& [role, choice] : best)
        assign(choice.second, role, kByTag);
}

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

void Recogniser::findTimes() {
    struct Choice {
        std::optional<std::size_t> column;
        int rank = 0;
    };
    Choice begin, end, ofDay;
    for (std::size_t c = 0; c < count(); ++c) {
        const ColumnFacts& f = m_facts[c];
        const auto meaning = meaningOfName(m_names[c]);
        if (!isFree(c) || f.filled == 0 || !meaning)
            continue;
        const bool hasTimes = f.isMostly(f.times) || (f.isMostly(f.times + f.numbers) && f.fractions < f.filled);
        Choice& choice = meaning->role == Time ? begin : meaning->role == EndTime ? end : ofDay;
        const bool isTimeRole = meaning->role == Time || meaning->role == EndTime || meaning->role == TimeOfDay;
        // "start" of a form is when it was opened: any date of its own is better.
        const int rank = m_names[c] == "start" ? 1 : f.isMostly(f.times) ? 3 : 2;
        if (isTimeRole && (hasTimes || meaning->role == TimeOfDay) && rank > choice.rank)
            choice = {c, rank};
    }
    if (!columnOf(Time)) {
        if (!begin.column && ofDay.column && m_facts[*ofDay.column].isMostly(m_facts[*ofDay.column].times)) {
            begin = ofDay; // "time" alone is all of it
            ofDay = {};
        }
        for (std::size_t c = 0; c < count() && !begin.column; ++c)
            if (isFree(c) && m_facts[c].isMostly(m_facts[c].times))
                begin.column = c;
        if (begin.column)
            assign(*begin.column, Time, kByName);
        if (begin.column && ofDay.column)
            assign(*ofDay.column, TimeOfDay, kByName);
    }
    const bool isForm = m_preset && m_preset->name == "Kobo/ODK"; // its end is when the form was closed
    if (end.column && columnOf(Time) && !columnOf(EndTime) && !isForm)
        assign(*end.column, EndTime, kByName);
}

// Altitude and accuracy of the same question as the place; device and track.
void Recogniser::findBeside() {
    std::string group;
    if (const auto lat = columnOf(Latitude))
        if (const auto meaning = meaningOfName(m_names[*lat]))
            group = meaning->group;
    for (std::size_t c = 0; c < count(); ++c) {
        if (!isFree(c))
            continue;
        auto meaning = meaningOfName(m_names[c]);
        if (m_names[c].ends_with("precision")) { // of the place only where it is named after it: dates have one, too
            std::string before = m_names[c].substr(0, m_names[c].size() - 9);
            before.resize(before.empty() ? 0 : before.size() - 1);
            const bool isOfPlace = before == group || (group.empty() && before == "gps");
            meaning = isOfPlace ? std::optional(NameMeaning{Accuracy, 2, group}) : std::nullopt;
        }
        if (!meaning || columnOf(meaning->role))
            continue;
        const bool isMeasure = meaning->role == Altitude || meaning->role == Accuracy;
        const bool fits = isMeasure ? (m_facts[c].isMostly(m_facts[c].numbers) &&
                                       (meaning->group == group || (meaning->rank == 1 && group.empty())))
                                    : meaning->role == Device || meaning->role == TrackId;
        if (fits)
            assign(c, meaning->role, kByName);
    }
}

ImportTarget Recogniser::targetOfGeometry() const {
    if (columnOf(GeoShape))
        return ImportTarget::Regions;
    if (columnOf(GeoTrace))
        return ImportTarget::Tracks;
    if (!hasGeometry())
        return columnOf(TrackId) && columnOf(Latitude) ? ImportTarget::Tracks : ImportTarget::Points;
    switch (m_table.features->geometryClass()) {
    case GeometryClass::Polygons:
        return ImportTarget::Regions;
    case GeometryClass::Lines: {
        if (!m_table.features->geometry.timeMs.empty())
            return ImportTarget::Tracks;
        const LayerRole role = guessRole(*m_table.features);
        return role == LayerRole::Road ? ImportTarget::Roads : ImportTarget::Tracks;
    }
    default:
        return ImportTarget::Points;
    }
}

// More than half of the distinct values must be words we know.
bool Recogniser::knowsValues(std::size_t c, std::string_view field) const {
    const auto& values = m_facts[c].values;
    const auto known = static_cast<std::size_t>(std::count_if(
        values.begin(), values.end(), [&](const auto& value) { return !recordWordOf(field, value.first).empty(); }));
    return known > 0 && 2 * known > values.size();
}

void Recogniser::chooseTarget() {
    m_plan.target = targetOfGeometry();
    if (m_preset && m_preset->target) {
        m_plan.target = *m_preset->target;
        return;
    }
    const bool isPoints = m_plan.target == ImportTarget::Points;
    for (std::size_t c = 0; c < count() && isPoints; ++c) {
        const std::string field = recordFieldOfName(m_names[c]);
        if (!isFree(c) || (field != "status" && field != "incident_type") || !knowsValues(c, field))
            continue;
        m_plan.target = field == "status" ? ImportTarget::RoadStatuses : ImportTarget::Incidents;
        useFields();
        return;
    }
}

// The other columns of a table of reports: one for each field, the first of its name.
void Recogniser::useFields() {
    for (std::size_t c = 0; c < count(); ++c) {
        const std::string field = recordFieldOfName(m_names[c]);
        const bool hasWords = field == "status" || field == "incident_type" || field == "cause";
        const bool isOther = field == "status" ? m_plan.target != ImportTarget::RoadStatuses
                                               : field == "incident_type" && m_plan.target != ImportTarget::Incidents;
        if (field.empty() || isOther || !isFree(c) || columnWithField(field) || m_facts[c].filled == 0 ||
            (hasWords && !knowsValues(c, field)))
            continue;
        use(c).role = Field;
        use(c).field = field;
        use(c).why = kByName;
        for (const auto& value : m_facts[c].values)
            if (const std::string word = recordWordOf(field, value.first); hasWords && !word.empty())
                use(c).values.emplace_back(value.first, word);
    }
}

// One date that can be read in one order only tells it for all, unless another tells the other.
void Recogniser::findDayOrder() {
    bool isDayFirst = false, isMonthFirst = false;
    for (std::size_t c = 0; c < count(); ++c) {
        if (use(c).role != Time && use(c).role != EndTime)
            continue;
        if (m_table.features && m_table.features->columns[c].type != FieldType::Text)
            continue;
        const std::size_t rows = std::min<std::size_t>(m_table.rowCount(), 100'000);
        std::string last;
        for (std::size_t row = 0; row < rows; ++row) {
            std::string text = m_table.cell(c, row);
            const bool isIso = text.size() > 4 && text.find_first_not_of("0123456789") == 4;
            if (isIso || text == last)
                continue;
            if (const auto time = readTime(text)) {
                isDayFirst |= time->order == DayOrder::DayFirst;
                isMonthFirst |= time->order == DayOrder::MonthFirst;
            }
            if (isDayFirst && isMonthFirst)
                return;
            last = std::move(text);
        }
    }
    if (isDayFirst != isMonthFirst)
        m_plan.dayOrder = isDayFirst ? DayOrder::DayFirst : DayOrder::MonthFirst;
}

} // namespace

ImportPlan recognise(const SourceTable& table, const Project& project) {
    return Recogniser(table, project).plan();
}

ImportPlan recogniseAs(const SourceTable& table, const Project& project, const std::string& preset) {
    return Recogniser(table, project).planAs(preset);
}

std::string layerNameOf(const SourceTable& table) {
    const bool isCommon = table.name == "waypoints" || table.name == "routes" || table.name == "tracks";
    const std::string stem = stemOf(table.source.path);
    return isCommon && !stem.empty() ? stem + " " + table.name : table.name;
}

std::string shapeOf(const SourceTable& table) {
    std::string shape;
    for (const std::string& column : table.columns)
        shape += column + '\x1F'; // a character that no name has
    if (table.features)
        shape += std::to_string(static_cast<int>(table.features->geometryClass()));
    return shape;
}

} // namespace cordon
