#include "app/gui/access_words.h"

#include "app/gui/report_words.h"
#include "core/model/vocabulary.h"
#include "core/network/access_layers.h"

#include <QLocale>
#include <cmath>

namespace cordon {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("AccessWords", text);
}
QString placesText(std::size_t places) {
    return places == 1 ? tr("1 place") : tr("%1 places").arg(numberText(static_cast<double>(places), 0));
}

QString factorText(const QString& word) {
    if (word == "open")
        return tr("passable");
    return word == "shut" ? tr("shut") : tr("%1 times as long").arg(word);
}

} // namespace

QString numberText(double value, int decimals) {
    return QLocale(QLocale::English).toString(value, 'f', decimals);
}

QString peopleText(const PeopleCount& count) {
    if (count.places == 0)
        return tr("nobody");
    if (count.withoutPopulation == count.places)
        return tr("%1 of unknown population").arg(placesText(count.places));
    QString text = tr("%1 people in %2").arg(numberText(count.people, 0), placesText(count.places));
    if (count.withoutPopulation > 0)
        text += tr(", %1 of them of unknown population").arg(count.withoutPopulation);
    return text;
}

QString kmText(double meters) {
    return std::isfinite(meters) ? tr("%1 km").arg(numberText(meters / 1000, meters < 10000 ? 1 : 0)) : QString();
}

QString hoursText(double seconds) {
    if (!std::isfinite(seconds))
        return {};
    if (seconds < 3570)
        return tr("%1 min").arg(numberText(seconds / 60, 0));
    return tr("%1 h").arg(numberText(seconds / 3600, 1));
}

QString wayText(double meters, double seconds) {
    return tr("%1, %2").arg(hoursText(seconds), kmText(meters));
}

QString detourText(double detour) {
    return std::isfinite(detour) && detour > 1.005 ? QString::fromUtf8("× ") + numberText(detour, 2) : QString();
}

QString reachText(const PlaceReach& reach) {
    switch (reach.kind) {
    case ReachKind::Reached:
        return reach.isLate ? tr("too late") : reach.isDelayed ? tr("delayed") : tr("reached");
    case ReachKind::CutOff:
        return tr("cut off");
    case ReachKind::Restricted:
        return tr("under blockade");
    case ReachKind::Island:
        return tr("no road there");
    case ReachKind::OffNetwork:
        break;
    }
    return tr("off the roads");
}

QString reachTip(const PlaceReach& reach) {
    switch (reach.kind) {
    case ReachKind::Reached:
        return reach.isLate      ? tr("Reached, but not within the time allowed")
               : reach.isDelayed ? tr("Reached, but much slower than without blockages")
                                 : tr("Reached by road");
    case ReachKind::CutOff:
        return tr("Reached without the blockages, and not now");
    case ReachKind::Restricted:
        return tr("May be neither entered nor left, whatever the roads");
    case ReachKind::Island:
        return tr("The roads of the map do not lead there even without blockages: not judged");
    case ReachKind::OffNetwork:
        break;
    }
    return tr("Too far from every road of the map: not judged");
}

QString userText(UserClass userClass) {
    switch (userClass) {
    case UserClass::Civilian:
        return tr("civilians");
    case UserClass::Humanitarian:
        return tr("humanitarians");
    case UserClass::Convoy:
        break;
    }
    return tr("escorted convoys");
}

QString stateText(CorridorState state) {
    switch (state) {
    case CorridorState::Open:
        return tr("open");
    case CorridorState::Restricted:
        return tr("restricted");
    case CorridorState::Shut:
        return tr("shut");
    case CorridorState::Unknown:
        return tr("not known");
    case CorridorState::None:
        break;
    }
    return tr("no road");
}

QString extraText(const Corridor& corridor) {
    const double seconds = corridor.seconds - corridor.freeSeconds, meters = corridor.meters - corridor.freeMeters;
    if (!std::isfinite(seconds) || seconds < 30)
        return {};
    if (meters >= 500)
        return tr("%1 and %2 more than usual").arg(hoursText(seconds), kmText(meters));
    if (meters <= -500)
        return tr("%1 more than usual, though %2 shorter").arg(hoursText(seconds), kmText(-meters));
    return tr("%1 more than usual").arg(hoursText(seconds));
}

QString policyText(const std::string& entry) {
    const auto equals = entry.rfind('=');
    const std::string key = entry.substr(0, equals);
    const QString how = factorText(fromUtf8(entry.substr(equals + 1)));
    if (key == "restriction")
        return tr("blockaded towns may be entered");
    if (key == "restriction_transit")
        return tr("no passing through blockaded towns");
    if (key == "stale")
        return tr("stale reports: %1").arg(how);
    if (key.starts_with("control."))
        if (const auto controlClass = fromWord<ControlClass>(std::string_view(key).substr(8)))
            return tr("%1: %2").arg(phraseOf(*controlClass).toLower(), how);
    if (key.starts_with("actor."))
        return tr("%1: %2").arg(fromUtf8(key.substr(6)), how);
    if (const auto status = fromWord<RoadStatusKind>(key))
        return tr("%1: %2").arg(phraseOf(*status).toLower(), how);
    return fromUtf8(entry);
}

QString roadText(const AccessNetwork& network, std::uint32_t road) {
    const std::string name = network.graph.nameOf(road), id = network.graph.idOf(road);
    if (name.empty())
        return id.empty() ? tr("a road without a name") : fromUtf8(id);
    return id.empty() || id == name ? fromUtf8(name) : fromUtf8(name) + " (" + fromUtf8(id) + ")";
}

QString liftText(const AccessReport& report, const LiftGain& gain) {
    QStringList names;
    for (const Liftable& lifted : gain.lifted)
        names += fromUtf8(nameOf(*report.network, report.answer, lifted));
    return names.join(tr(" and "));
}

QString placeNames(const AccessReport& report, const std::vector<std::uint32_t>& places, std::size_t most) {
    QStringList names;
    for (std::size_t i = 0; i < std::min(places.size(), most); ++i)
        names += fromUtf8(report.network->places[places[i]].name);
    return places.size() > most ? tr("%1 and %2 more").arg(names.join(", ")).arg(places.size() - most)
                                : names.join(", ");
}

QString unusualText(const AccessQuery& query) {
    QStringList texts;
    if (!query.vehicle.empty())
        texts += fromUtf8(query.vehicle);
    if (query.loadTonnes)
        texts += tr("%1 t").arg(*query.loadTonnes);
    if (query.budgetHours)
        texts += tr("within %1 h").arg(*query.budgetHours);
    for (const std::string& entry : policyEntries(query.policy))
        texts += policyText(entry);
    return texts.join("; ");
}

} // namespace cordon
