#include "app/gui/access_story.h"

#include "app/gui/access_words.h"
#include "app/gui/report_words.h"
#include "core/geo/geodesic.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <set>

namespace cordon {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("AccessStory", text);
}
QString safe(const std::string& text) {
    return fromUtf8(text).toHtmlEscaped();
}
QString link(const QString& kind, const QString& id, const QString& text) {
    return QString("<a href=\"%1:%2\">%3</a>")
        .arg(kind, QString::fromLatin1(id.toUtf8().toPercentEncoding()), text.toHtmlEscaped());
}
QString list(const QStringList& items) {
    return items.isEmpty() ? QString()
                           : "<ul style=\"margin-top:2px;margin-bottom:4px;margin-left:-22px\"><li>" +
                                 items.join("</li><li>") + "</li></ul>";
}
QString paragraph(const QString& html) {
    return "<p style=\"margin-top:0;margin-bottom:4px\">" + html + "</p>";
}

QString headText(const RecordHead& head) {
    QStringList parts;
    if (!timeText(head.valid.begin).isEmpty())
        parts += tr("since %1").arg(timeText(head.valid.begin));
    parts += fromUtf8(head.grade.toText());
    if (!head.source.empty())
        parts += safe(head.source);
    return link("report", fromUtf8(head.id), fromUtf8(head.id)) + " (" + parts.join(", ") + ")";
}

QString obstacleLine(const AccessFinding& finding, const Obstacle& obstacle) {
    QString text =
        obstacle.road == kNone ? QString() : roadText(*finding.report.network, obstacle.road).toHtmlEscaped();
    text += (text.isEmpty() ? "" : ": ") + (obstacle.isWhatIf ? tr("blocked (what if)") : safe(obstacle.why));
    for (const RoadStatus* report : obstacle.reports)
        text += "; " + headText(report->head);
    return text;
}

QStringList obstacleLines(const AccessFinding& finding, const std::vector<std::uint32_t>& obstacles) {
    QStringList lines;
    for (const std::uint32_t o : obstacles)
        if (const QString line = obstacleLine(finding, finding.report.answer.passages.obstacles[o]);
            !lines.contains(line))
            lines += line;
    return lines;
}

QString restrictionLine(const Restriction& restriction) {
    QString text = tr("Blockade of %1").arg(safe(restriction.head.place));
    if (!restriction.actor.empty())
        text += tr(" by %1").arg(safe(restriction.actor));
    return text + "; " + headText(restriction.head);
}

void addWay(AccessStory& story, const AccessFinding& finding, std::size_t place, bool isFree) {
    for (auto& line : pathGeometry(*finding.report.network, finding.report.answer, place, isFree)) {
        for (const LonLat p : line)
            story.box.include(p);
        story.sketch.addLine(std::move(line));
    }
}

// How it is reached now, and normally.
QString wayParagraph(const PlaceReach& reach) {
    const QString normal = wayText(reach.freeMeters, reach.freeSeconds);
    if (reach.kind != ReachKind::Reached)
        return paragraph(tr("Normally %1.").arg(normal));
    const QString now = wayText(reach.meters, reach.seconds);
    if (now == normal)
        return paragraph(tr("Reached in %1, as without any blockage.").arg(now));
    return paragraph(tr("Reached in %1; normally %2 (%3 in time).").arg(now, normal, detourText(reach.detour())));
}

QString notJudged(const AccessFinding& finding, const PlaceReach& reach) {
    if (reach.kind == ReachKind::Island)
        return paragraph(
            tr("The roads of the map do not lead there from the start, blocked or not. It is not judged."));
    return paragraph(tr("It is farther than %1 from every road of the map. It is not judged.")
                         .arg(kmText(finding.report.network->options.snapMeters)));
}

QString whyParagraph(AccessStory& story, const AccessFinding& finding, std::size_t place) {
    const auto why = finding.report.why.find(place);
    if (why == finding.report.why.end())
        return finding.isExplained ? QString() : paragraph(tr("What separates it is being found..."));
    if (!why->second.restrictions.empty())
        return {}; // told already
    for (const std::uint32_t o : why->second.obstacles)
        addObstacle(story.sketch, finding, o);
    return paragraph(why->second.obstacles.size() == 1 ? tr("What separates it:")
                                                       : tr("What separates it, all of these together:")) +
           list(obstacleLines(finding, why->second.obstacles));
}

// The gains of single blockages that would reconnect it.
QString helpParagraph(const AccessFinding& finding, std::size_t place) {
    QStringList lines;
    for (std::size_t i = 0; i < finding.report.ranked.size(); ++i) {
        const LiftGain& gain = finding.report.ranked[i];
        if (std::find(gain.places.begin(), gain.places.end(), place) != gain.places.end())
            lines += link("lift", QString::number(i), QString("%1. %2").arg(i + 1).arg(liftText(finding.report, gain)));
    }
    return lines.isEmpty() ? QString() : paragraph(tr("Lifting one of these alone reconnects it:")) + list(lines);
}

QString corridorParagraphs(const AccessFinding& finding, const Corridor& corridor) {
    if (corridor.state == CorridorState::None)
        return paragraph(tr("The roads of the map do not connect the two, blocked or not."));
    QString html =
        paragraph(tr("Normally %1 (dashed on the map).").arg(wayText(corridor.freeMeters, corridor.freeSeconds)));
    if (corridor.state == CorridorState::Open)
        html += paragraph(tr("Today the same."));
    else if (corridor.state != CorridorState::Shut)
        html += paragraph((corridor.isDetour ? tr("Today by another way, %1: %2.") : tr("Today %1: %2."))
                              .arg(wayText(corridor.meters, corridor.seconds), extraText(corridor)));
    QStringList shutBy = obstacleLines(finding, corridor.separating);
    for (const Restriction* restriction : corridor.restrictions)
        shutBy += restrictionLine(*restriction);
    if (!shutBy.isEmpty())
        html += paragraph(shutBy.size() == 1 ? tr("What shuts it:") : tr("What shuts it, all of these together:")) +
                list(shutBy);
    const QStringList onTheWay = obstacleLines(finding, corridor.obstacles);
    if (!onTheWay.isEmpty() && onTheWay != shutBy)
        html += paragraph(tr("On the normal way:")) + list(onTheWay);
    return html;
}

AccessStory storyOfGain(const AccessFinding& finding, const LiftGain& gain, const QString& title) {
    AccessStory story;
    const AccessReport& report = finding.report;
    story.html = paragraph("<b>" + title.toHtmlEscaped() + "</b>");
    std::vector<std::uint32_t> obstacles;
    QStringList restrictions;
    for (const Liftable& lifted : gain.lifted) {
        if (lifted.restriction)
            restrictions += restrictionLine(*lifted.restriction);
        else
            for (const std::uint32_t o : report.answer.passages.blockages[lifted.blockage].obstacles)
                obstacles.push_back(o);
    }
    story.html += list(obstacleLines(finding, obstacles) + restrictions);
    for (const std::uint32_t o : obstacles)
        addObstacle(story.sketch, finding, o);
    story.html +=
        paragraph(gain.reconnected.places == 0 ? tr("Lifting it reconnects nobody by itself.")
                                               : tr("Lifting it reconnects %1:").arg(peopleText(gain.reconnected)));
    QStringList places;
    for (const std::uint32_t place : gain.places) {
        places += link("place", QString::number(place), fromUtf8(report.network->places[place].name));
        story.sketch.addPoint(report.network->places[place].at);
    }
    if (!places.isEmpty())
        story.html += paragraph(places.join(", "));
    if (gain.hoursSaved >= 0.05)
        story.html += paragraph(tr("It saves those who are reached now %1 for one journey to each place.")
                                    .arg(hoursText(gain.hoursSaved * 3600)));
    story.box = story.sketch.box();
    for (const Liftable& lifted : gain.lifted)
        if (lifted.restriction)
            for (const SmallGeometry::Part& part : lifted.restriction->geometry.parts)
                for (const LonLat p : part.points)
                    story.box.include(p);
    return story;
}

} // namespace

void addObstacle(MapSketch& sketch, const AccessFinding& finding, std::uint32_t number) {
    const Obstacle& obstacle = finding.report.answer.passages.obstacles[number];
    const RoadGraph& graph = finding.report.network->graph;
    for (const std::uint32_t e : obstacle.edges) {
        const RoadEdge& edge = graph.edges[e];
        if (obstacle.road == kNone || graph.roadOf(e) != obstacle.road)
            continue;
        const double from = std::max(edge.fromFraction, obstacle.fromFraction),
                     to = std::min(edge.toFraction, obstacle.toFraction);
        if (from > to)
            continue;
        if (from == to)
            sketch.addPoint(graph.pointAt(e, from));
        else
            sketch.addLine(graph.geometryOf(e, from, to));
    }
}

AccessStory storyOfPlace(const AccessFinding& finding, std::size_t number) {
    AccessStory story;
    const Place& place = finding.report.network->places[number];
    const PlaceReach& reach = finding.report.answer.places[number];
    QString title = "<b>" + safe(place.name) + "</b>: " + reachText(reach);
    if (!place.regionName.empty())
        title += ". " + safe(place.regionName);
    title += place.population ? tr(", %1 people").arg(QLocale(QLocale::English).toString(*place.population, 'f', 0))
                              : tr(", population unknown");
    story.html = paragraph(title);
    story.box.include(place.at);
    story.sketch.addPoint(place.at);
    for (const Restriction* restriction : reach.restrictions)
        story.html += list({restrictionLine(*restriction)});
    if (reach.kind == ReachKind::Island || reach.kind == ReachKind::OffNetwork) {
        story.html += notJudged(finding, reach);
        return story;
    }
    story.html += wayParagraph(reach);
    const bool isReached = reach.kind == ReachKind::Reached;
    if (!isReached)
        story.html += whyParagraph(story, finding, number) + helpParagraph(finding, number);
    addWay(story, finding, number, !isReached);
    const QStringList passed =
        obstacleLines(finding, obstaclesOnPath(*finding.report.network, finding.report.answer, number, false));
    if (isReached && !passed.isEmpty())
        story.html += paragraph(tr("On the way:")) + list(passed);
    const QStringList normal =
        obstacleLines(finding, obstaclesOnPath(*finding.report.network, finding.report.answer, number, true));
    if (!normal.isEmpty() && normal != passed)
        story.html += paragraph(tr("On the normal way:")) + list(normal);
    return story;
}

AccessStory storyOfLift(const AccessFinding& finding, std::size_t number) {
    const LiftGain& gain = finding.report.ranked[number];
    return storyOfGain(finding, gain, QString("%1. %2").arg(number + 1).arg(liftText(finding.report, gain)));
}

AccessStory storyOfTogether(const AccessFinding& finding, std::size_t number) {
    const LiftGain& gain = finding.report.together[number];
    return storyOfGain(finding, gain, liftText(finding.report, gain));
}

AccessStory storyOfCorridor(const AccessFinding& finding, std::size_t number) {
    AccessStory story;
    const WatchedCorridor& watched = finding.corridors[number];
    story.html = paragraph("<b>" + safe(nameOf(watched.saved)) + "</b>");
    if (!watched.number) {
        story.html += paragraph(safe(watched.problem));
        return story;
    }
    const Corridor& corridor = finding.report.corridors[*watched.number];
    const CorridorEnds& ends = finding.report.corridorEnds[*watched.number];
    story.html = paragraph("<b>" + safe(corridor.name) + "</b>: " + stateText(corridor.state) + ". " +
                           tr("%1 to %2.").arg(safe(corridor.from), safe(corridor.to)));
    story.html += corridorParagraphs(finding, corridor);
    for (const auto& line : watched.course.normal)
        story.sketch.addDashedLine(line);
    for (const auto& line : watched.course.today)
        story.sketch.addLine(line);
    for (const std::uint32_t o : corridor.separating)
        addObstacle(story.sketch, finding, o);
    for (const std::size_t end : {ends.from, ends.to})
        story.sketch.addPoint(finding.report.network->places[end].at);
    story.box = story.sketch.box();
    return story;
}

std::optional<std::size_t> placeNear(const AccessNetwork& network, LonLat at, double withinMeters) {
    std::optional<std::size_t> nearest;
    const double degrees = withinMeters / 111000 * 1.01 / std::max(0.05, std::cos(at.latDegrees * 0.0174533));
    for (std::size_t i = 0; i < network.places.size(); ++i) {
        const LonLat p = network.places[i].at;
        if (std::abs(p.latDegrees - at.latDegrees) > degrees || std::abs(p.lonDegrees - at.lonDegrees) > degrees)
            continue;
        if (const double meters = distanceMeters(p, at); meters <= withinMeters) {
            withinMeters = meters;
            nearest = i;
        }
    }
    return nearest;
}

// On the stretch that it shuts, with the nearness of the screen to either side.
std::optional<std::size_t> liftNear(const AccessFinding& finding, LonLat at, double withinMeters) {
    const auto on = finding.report.network->nearestRoad(at, withinMeters);
    if (!on)
        return std::nullopt;
    const AccessAnswer& answer = finding.report.answer;
    const double road =
        finding.report.network->graph.roads[finding.report.network->graph.roadOf(on->edge)].lengthMeters;
    const double slack = road > 0 ? withinMeters / road : 0;
    std::set<std::uint32_t> blockages;
    for (const ObstacleOnEdge& obstacle : answer.passages.onEdge(on->edge)) {
        const Obstacle& o = answer.passages.obstacles[obstacle.obstacle];
        const bool isHere = o.road != finding.report.network->graph.roadOf(on->edge) ||
                            (on->fraction >= o.fromFraction - slack && on->fraction <= o.toFraction + slack);
        if (o.blockage != kNone && isHere)
            blockages.insert(o.blockage);
    }
    for (std::size_t i = 0; i < finding.report.ranked.size(); ++i)
        for (const Liftable& lifted : finding.report.ranked[i].lifted)
            if (!lifted.restriction && blockages.contains(lifted.blockage))
                return i;
    return std::nullopt;
}

} // namespace cordon
