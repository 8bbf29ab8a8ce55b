#include "core/import/recogniser.h"

#include "core/import/time_text.h"
#include "core/io/file_format.h"

#include <algorithm>
#include <map>

namespace cordon {

using enum ColumnRole;

void Recogniser::findFacts() {
    for (std::size_t c = 0; c < m_names.size(); ++c)
        m_facts.push_back(factsOf(m_table, c));
}

ImportPlan Recogniser::planWith(const std::string& preset) {
    m_plan.preset = preset;
    findFacts();
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

ImportPlan Recogniser::planFor(ImportTarget target) {
    findFacts();
    m_plan.target = target;
    for (ColumnUse& use : m_plan.columns)
        if (use.role == Field && use.why == kByName) // so for the target before
            use = {use.column, Attribute, {}, {}, {}};
    if (isRecordTarget(target))
        useFields(true);
    return std::move(m_plan);
}

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
        // What is named so may have a few that cannot be read: the report tells which.
        const bool hasTimes = 2 * f.times > f.filled || (f.isMostly(f.times + f.numbers) && f.fractions < f.filled);
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

// Lines of which only the names are known, to guess from them what they are.
FeatureTable Recogniser::asLines() const {
    FeatureTable lines;
    lines.name = m_table.name;
    for (const std::string& name : m_table.columns)
        lines.columns.push_back({name, FieldType::Text, TextValues{}, {}, {}});
    lines.geometry.partRole = {PartRole::Line};
    return lines;
}

ImportTarget Recogniser::targetOfGeometry() const {
    if (columnOf(GeoShape))
        return ImportTarget::Regions;
    if (columnOf(GeoTrace))
        return ImportTarget::Tracks;
    const auto targetOfLines = [](const FeatureTable& lines) {
        return guessRole(lines) == LayerRole::Road ? ImportTarget::Roads : ImportTarget::Tracks;
    };
    if (const auto c = hasGeometry() ? std::nullopt : columnOf(Wkt)) {
        const ColumnFacts& facts = m_facts[*c];
        if (2 * facts.wktAreas > facts.wkts)
            return ImportTarget::Regions;
        if (2 * facts.wktLines > facts.wkts)
            return targetOfLines(asLines());
    }
    if (!hasGeometry())
        return columnOf(TrackId) && columnOf(Latitude) ? ImportTarget::Tracks : ImportTarget::Points;
    switch (m_table.features->geometryClass()) {
    case GeometryClass::Polygons:
        return ImportTarget::Regions;
    case GeometryClass::Lines:
        return m_table.features->geometry.timeMs.empty() ? targetOfLines(*m_table.features) : ImportTarget::Tracks;
    default:
        return ImportTarget::Points;
    }
}

// In a table of all kinds one column tells the state of roads and what an incident was.
std::string Recogniser::wordOf(std::string_view field, std::string_view value) const {
    std::string word = recordWordOf(field, value);
    return word.empty() && field == "status" && m_plan.target == ImportTarget::Records
               ? recordWordOf("incident_type", value)
               : word;
}

// More than half of the distinct values must be words we know.
bool Recogniser::knowsValues(std::size_t c, std::string_view field) const {
    const auto& values = m_facts[c].values;
    const auto known = static_cast<std::size_t>(std::count_if(
        values.begin(), values.end(), [&](const auto& value) { return !wordOf(field, value.first).empty(); }));
    return known > 0 && 2 * known > values.size();
}

void Recogniser::chooseTarget() {
    m_plan.target = targetOfGeometry();
    if (m_preset && m_preset->target) {
        m_plan.target = *m_preset->target;
        return;
    }
    if (m_plan.target != ImportTarget::Points)
        return;
    for (const auto& [telling, target] : {std::pair{"kind", ImportTarget::Records},
                                          {"status", ImportTarget::RoadStatuses},
                                          {"incident_type", ImportTarget::Incidents}})
        for (std::size_t c = 0; c < count(); ++c) {
            const bool tells = isFree(c) && recordFieldOfName(m_names[c]) == telling && knowsValues(c, telling);
            if (!tells || (target == ImportTarget::Records && !columnOf(Time))) // a "type" of anything else
                continue;
            m_plan.target = target;
            useFields(false);
            return;
        }
}

bool Recogniser::isFieldOfTarget(std::string_view field) const {
    const bool isOfAll = m_plan.target == ImportTarget::Records;
    if (field == "kind" || field == "id")
        return isOfAll;
    if (field == "status")
        return isOfAll || m_plan.target == ImportTarget::RoadStatuses;
    if (field == "incident_type")
        return isOfAll || m_plan.target == ImportTarget::Incidents;
    return !field.empty();
}

// The other columns of a table of reports: one for each field, the first of its name. A column of words is one if we
// know the words, or if somebody asks for this target: then it is for them to say what the words mean.
void Recogniser::useFields(bool isAskedFor) {
    for (std::size_t c = 0; c < count(); ++c) {
        const std::string field = recordFieldOfName(m_names[c]);
        const bool isFreeText =
            field == "cause" && m_plan.target != ImportTarget::RoadStatuses && m_plan.target != ImportTarget::Incidents;
        const bool hasWords =
            field == "kind" || field == "status" || field == "incident_type" || (field == "cause" && !isFreeText);
        if (!isFieldOfTarget(field) || !isFree(c) || columnWithField(field) || m_facts[c].filled == 0 ||
            (hasWords && !isAskedFor && !knowsValues(c, field)))
            continue;
        use(c).role = Field;
        use(c).field = field;
        use(c).why = kByName;
        for (const auto& value : m_facts[c].values)
            if (const std::string word = wordOf(field, value.first); hasWords && !word.empty())
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

ImportPlan recognise(const SourceTable& table, const Project& project) {
    return Recogniser(table, project).plan();
}

ImportPlan recogniseAs(const SourceTable& table, const Project& project, const std::string& preset) {
    return Recogniser(table, project).planAs(preset);
}

ImportPlan planAs(ImportPlan plan, const SourceTable& table, ImportTarget target) {
    return plan.target == target ? std::move(plan) : Recogniser(std::move(plan), table, Project{}).planFor(target);
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
