#include "core/network/access_sheet.h"

#include "core/model/number_text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cordon {
namespace {

std::string placesText(std::size_t places, const std::string& language) {
    return std::to_string(places) + (places == 1 ? inLanguage(language, {" place", " localité"})
                                                 : inLanguage(language, {" places", " localités"}));
}

std::string peopleText(const PeopleCount& count, const std::string& language) {
    if (count.withoutPopulation == count.places)
        return placesText(count.places, language) +
               inLanguage(language, {" of unknown population", " de population inconnue"});
    std::string text = groupedNumber(std::llround(count.people)) +
                       inLanguage(language, {" people in ", " personnes dans "}) + placesText(count.places, language);
    if (count.withoutPopulation > 0)
        text += " (" + std::to_string(count.withoutPopulation) +
                inLanguage(language, {" of unknown population)", " de population inconnue)"});
    return text;
}

// "48 774 (3)": people, and in how many places; "? (4)" where nobody knows how many they are.
std::string shortCount(const PeopleCount& count) {
    if (count.places == 0)
        return "–";
    return (count.withoutPopulation == count.places ? "?" : groupedNumber(std::llround(count.people))) + " (" +
           std::to_string(count.places) + ")";
}

std::string hoursText(double seconds, const std::string& language) {
    return quantityText(seconds / 3600, "h", language);
}

std::string corridorText(const Corridor& corridor, const std::string& language) {
    switch (corridor.state) {
    case CorridorState::None:
        return inLanguage(language, {"no road on the map", "sans route sur la carte"});
    case CorridorState::Shut:
        return inLanguage(language, {"shut", "fermé"});
    case CorridorState::Open:
        return inLanguage(language, {"open, ", "ouvert, "}) + hoursText(corridor.seconds, language);
    case CorridorState::Unknown:
        return inLanguage(language, {"not known, ", "inconnu, "}) + hoursText(corridor.seconds, language);
    case CorridorState::Restricted:
        break;
    }
    return hoursText(corridor.seconds, language) + " (+" +
           hoursText(corridor.seconds - corridor.freeSeconds, language) +
           (corridor.meters - corridor.freeMeters >= 500
                ? ", +" + quantityText((corridor.meters - corridor.freeMeters) / 1000, "km", language)
                : "") +
           ")";
}

SheetTable blockageTable(const AccessNetwork& network, const AccessAnswer& answer, const AccessMap& map,
                         const std::string& language) {
    SheetTable table;
    table.title =
        inLanguage(language, {"Blockages: who is reached again if lifted", "Blocages : qui serait de nouveau relié"});
    table.valueTitle = inLanguage(language, {"people (places)", "habitants (localités)"});
    for (std::size_t i = 0; i < map.ranked.size(); ++i)
        table.rows.push_back({std::to_string(i + 1), nameOf(network, answer, map.ranked[i].lifted.front()),
                              shortCount(map.ranked[i].reconnected)});
    return table;
}

SheetTable corridorTable(const std::vector<Corridor>& corridors, const std::string& language) {
    SheetTable table;
    table.title = inLanguage(language, {"Corridors", "Corridors"});
    table.valueTitle = inLanguage(language, {"today (more than usual)", "ce jour (de plus que d’habitude)"});
    for (const Corridor& corridor : corridors)
        table.rows.push_back({"", corridor.name, corridorText(corridor, language)});
    return table;
}

DayState dayStateOf(CorridorState state) {
    switch (state) {
    case CorridorState::Open:
        return DayState::Open;
    case CorridorState::Restricted:
        return DayState::Restricted;
    case CorridorState::Shut:
        return DayState::Shut;
    case CorridorState::None:
    case CorridorState::Unknown:
        break;
    }
    return DayState::NoData;
}

std::string listed(const std::vector<std::string>& names, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
        text += (i > 0 ? ", " : "") + names[i];
    if (names.size() > most)
        text += " + " + std::to_string(names.size() - most);
    return text;
}

std::string placeNames(const AccessNetwork& network, const std::vector<std::uint32_t>& places) {
    std::vector<std::string> names;
    for (const std::uint32_t place : places)
        names.push_back(network.places[place].name);
    return listed(names, 3);
}

// "13 Sep 2025: cut off Kolokani, Didiéni; Dakar road shut (R017, R018 begin)"; "" where nothing changed for anybody.
std::string changeText(const AccessNetwork& network, const AccessDay& before, const AccessDay& day,
                       const std::vector<std::string>& lanes, const std::string& language) {
    std::string what;
    const auto add = [&](const std::string& text) { what += (what.empty() ? "" : "; ") + text; };
    if (!day.newlyCutOff.empty())
        add(inLanguage(language, {"cut off ", "isolées : "}) + placeNames(network, day.newlyCutOff));
    if (!day.reconnected.empty())
        add(inLanguage(language, {"reached again ", "reliées : "}) + placeNames(network, day.reconnected));
    for (std::size_t i = 0; i < std::min(lanes.size(), day.corridors.size()); ++i) {
        static constexpr std::array<AccessWords, 5> kStates = {
            AccessWords{" open", " ouvert"}, AccessWords{" restricted", " restreint"}, AccessWords{" shut", " fermé"},
            AccessWords{" without road", " sans route"}, AccessWords{" not known", " inconnu"}};
        if (day.corridors[i] != before.corridors[i])
            add(lanes[i] + inLanguage(language, kStates[static_cast<std::size_t>(day.corridors[i])]));
    }
    if (what.empty())
        return what;
    std::string why;
    if (!day.begun.empty())
        why = listed(day.begun, 3) + inLanguage(language, day.begun.size() == 1 ? AccessWords{" begins", " débute"}
                                                                                : AccessWords{" begin", " débutent"});
    if (!day.ended.empty())
        why += (why.empty() ? "" : ", ") + listed(day.ended, 3) +
               inLanguage(language, day.ended.size() == 1 ? AccessWords{" ends", " prend fin"}
                                                          : AccessWords{" end", " prennent fin"});
    return formatDate(TimePoint(day.day), language) + (language == "fr" ? " : " : ": ") + what +
           (why.empty() ? "" : " (" + why + ")");
}

} // namespace

std::string inLanguage(const std::string& language, const AccessWords& words) {
    return language == "fr" ? words.fr : words.en;
}

DayChart accessChart(const AccessNetwork& network, const std::vector<AccessDay>& series,
                     const std::vector<std::string>& lanes, TimePoint asOf, const std::string& language) {
    DayChart chart;
    chart.language = language;
    chart.days = series.size();
    if (series.empty())
        return chart;
    chart.first = series.front().day;
    chart.title = lanes.empty()
                      ? inLanguage(language, {"People cut off, day by day", "Habitants isolés, jour par jour"})
                      : inLanguage(language, {"People cut off and corridors, day by day",
                                              "Habitants isolés et corridors, jour par jour"});
    chart.unit = inLanguage(language, {"people cut off", "habitants isolés"});
    chart.marksTitle =
        inLanguage(language, {"What changed, and by which report", "Ce qui a changé, et par quel rapport"});
    for (std::size_t i = 0; i < lanes.size(); ++i)
        chart.lanes.push_back({lanes[i], {}});
    for (std::size_t d = 0; d < series.size(); ++d) {
        chart.counts.push_back(series[d].cutOff.people);
        for (std::size_t i = 0; i < std::min(lanes.size(), series[d].corridors.size()); ++i)
            chart.lanes[i].days.push_back(dayStateOf(series[d].corridors[i]));
        if (d == 0 || series[d].isSame)
            continue;
        if (std::string text = changeText(network, series[d - 1], series[d], lanes, language); !text.empty())
            chart.marks.push_back({d, std::move(text)});
    }
    const auto shown = (std::chrono::floor<std::chrono::days>(asOf) - chart.first).count();
    if (shown >= 0 && static_cast<std::size_t>(shown) < chart.days)
        chart.shownDay = static_cast<std::size_t>(shown);
    return chart;
}

SheetAnswer accessSheet(const AccessNetwork& network, const AccessAnswer& answer, const AccessMap& map,
                        const std::string& language) {
    SheetAnswer sheet;
    sheet.legendTitle = inLanguage(language, {"Access by road", "Accès par la route"});
    if (!map.ranked.empty())
        sheet.tables.push_back(blockageTable(network, answer, map, language));
    if (!map.corridors.empty())
        sheet.tables.push_back(corridorTable(map.corridors, language));
    if (!map.series.empty())
        sheet.chart = accessChart(network, map.series, map.lanes, answer.query.filter.asOf, language);
    return sheet;
}

std::string accessSummary(const AccessAnswer& answer, const std::string& language) {
    const AccessTotals& totals = answer.totals;
    std::string text = inLanguage(language, {"Cut off: ", "Isolées : "}) + peopleText(totals.cutOff, language) + ".";
    if (totals.restricted.places > 0)
        text += inLanguage(language, {" Of these under blockade: ", " Dont sous blocus : "}) +
                peopleText(totals.restricted, language) + ".";
    if (totals.delayed.places > 0)
        text += "\n" + inLanguage(language, {"Delayed: ", "Retardées : "}) + peopleText(totals.delayed, language) + ".";
    if (totals.islands.places + totals.offNetwork.places > 0)
        text += "\n" + inLanguage(language, {"Not judged: ", "Non évaluées : "}) +
                std::to_string(totals.islands.places + totals.offNetwork.places) +
                inLanguage(language,
                           {" places the roads of the map do not lead to.", " localités sans route sur la carte."});
    return text;
}

} // namespace cordon
