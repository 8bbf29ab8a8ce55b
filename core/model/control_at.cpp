#include "core/model/control_at.h"

#include "core/model/grade_order.h"
#include "core/model/road_state.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace cordon {
namespace {

// What a report says of its ground, with actors as ids; two reports disagree where their statements differ.
struct Statement {
    ControlClass controlClass = ControlClass::Control;
    std::string actor;
    std::vector<std::string> otherActors;
    friend auto operator<=>(const Statement&, const Statement&) = default;
    friend bool operator==(const Statement&, const Statement&) = default;
};

struct Live {
    const ControlArea* report = nullptr;
    TimePoint vouched;
    bool isStale = false;
    int tier = 0;

    bool saysSomething() const { return !isStale && report->controlClass != ControlClass::NoInformation; }
};

std::string actorKey(const Situation& situation, const std::string& name) {
    const Actor* actor = situation.findActor(name);
    return actor ? actor->id : name;
}

Statement statementOf(const Situation& situation, const ControlArea& report) {
    Statement statement{report.controlClass, actorKey(situation, report.actor), {}};
    for (const std::string& other : report.otherActors)
        statement.otherActors.push_back(actorKey(situation, other));
    return statement;
}

// Rule 5: contested between all whom the statements name.
Statement disputed(const std::vector<Statement>& statements) {
    Statement result{ControlClass::Contested, statements.front().actor, {}};
    for (const Statement& s : statements) {
        std::vector<std::string> named = s.otherActors;
        named.insert(named.begin(), s.actor);
        for (const std::string& actor : named)
            if (actor != result.actor && !actor.empty() &&
                std::find(result.otherActors.begin(), result.otherActors.end(), actor) == result.otherActors.end())
                result.otherActors.push_back(actor);
    }
    return result;
}

// Latest first.
std::vector<Live> ranked(const std::vector<const ControlArea*>& live, const Situation& situation, TimePoint asOf) {
    std::vector<Live> result;
    for (const ControlArea* report : live) {
        const bool isClaim = report->basis == ControlBasis::Claimed;
        const bool isRegion = report->area.kind != SmallGeometry::Kind::Polygon;
        result.push_back({report, vouchedAt(report->head, asOf), isStale(situation.shelfLives, *report, asOf),
                          (isClaim ? 2 : 0) + (isRegion ? 1 : 0)});
    }
    std::stable_sort(result.begin(), result.end(), [](const Live& a, const Live& b) { return a.vouched > b.vouched; });
    return result;
}

bool covers(const ControlArea& report, LonLat p, const RegionLookup& regions) {
    if (report.area.kind == SmallGeometry::Kind::Polygon) {
        bool isIn = false;
        for (const SmallGeometry::Part& part : report.area.parts)
            isIn ^= crossesOddly(part.points, p);
        return isIn;
    }
    return std::any_of(report.regions.begin(), report.regions.end(),
                       [&](const std::string& code) { return regions.isInside(code, p); });
}

void write(ControlState& state, const Situation& situation, const std::vector<const Live*>& deciding, TimePoint asOf) {
    std::vector<Statement> statements;
    for (const Live* live : deciding) {
        state.reports.push_back(live->report);
        Statement s = statementOf(situation, *live->report);
        if (std::find(statements.begin(), statements.end(), s) == statements.end())
            statements.push_back(std::move(s));
    }
    state.isDisputed = statements.size() > 1 && !state.isStale;
    Statement statement = state.isDisputed ? disputed(statements) : statements.front();
    state.controlClass = state.isStale ? ControlClass::NoInformation : statement.controlClass;
    state.lastKnown = statement.controlClass;
    state.actor = std::move(statement.actor);
    state.otherActors = std::move(statement.otherActors);
    state.basis = deciding.front()->report->basis;
    state.ageDays = ageDays(deciding.front()->report->head, asOf);
}

// All of `here` speak of one place.
ControlState decide(const std::vector<Live>& here, const Situation& situation, TimePoint asOf) {
    ControlState state;
    std::vector<const Live*> lastKnown, silent;
    for (int tier = 0; tier < 4; ++tier) {
        std::vector<const Live*> deciding;
        OverrulingSweep sweep;
        for (const Live& live : here) {
            if (live.tier != tier || sweep.isOverruled(live.report->head.grade, live.vouched))
                continue;
            if (live.saysSomething())
                deciding.push_back(&live);
            else if (live.isStale)
                lastKnown.push_back(&live);
            else
                silent.push_back(&live);
        }
        if (!deciding.empty()) {
            write(state, situation, deciding, asOf);
            return state;
        }
    }
    if (!lastKnown.empty()) {
        state.isStale = true;
        write(state, situation, lastKnown, asOf);
    } else if (!silent.empty()) {
        write(state, situation, silent, asOf);
        state.isDisputed = false;
    }
    return state;
}

// Rules 2 to 5 with areas. What is left of each report of a tier, gathered by statement.
class Painter {
public:
    Painter(const Situation& situation, ControlShapes& shapes) : m_situation(situation), m_shapes(shapes) {}

    void paintTier(const std::vector<Live>& tier) {
        std::map<Statement, ControlPiece> pieces;
        std::map<Statement, std::vector<Area>> parts;
        for (std::size_t i = 0; i < tier.size(); ++i) {
            if (!tier[i].saysSomething())
                continue;
            Area area = leftOf(tier, i);
            if (area.isEmpty())
                continue;
            const Statement statement = statementOf(m_situation, *tier[i].report);
            pieces[statement].reports.push_back(tier[i].report);
            pieces[statement].basis = tier[i].report->basis;
            parts[statement].push_back(std::move(area));
        }
        std::vector<Statement> statements;
        std::vector<Area> areas;
        std::vector<std::vector<const ControlArea*>> reports;
        for (auto& [statement, piece] : pieces) {
            statements.push_back(statement);
            areas.push_back(Area::unionOf(parts[statement]));
            reports.push_back(std::move(piece.reports));
        }
        const ControlBasis basis = tier.empty() ? ControlBasis::Assessed : tier.front().report->basis;
        std::vector<Area> covered = areas;
        settleDisputes(statements, areas, reports);
        for (std::size_t i = 0; i < statements.size(); ++i)
            push(statements[i], std::move(areas[i]), std::move(reports[i]), basis, i >= pieces.size());
        covered.push_back(m_covered);
        m_covered = Area::unionOf(covered);
    }
    // Rule 6: what is left of the reports that say nothing, the stale ones first.
    void paintSilent(const std::vector<std::vector<Live>>& tiers) {
        for (const bool isStale : {true, false})
            for (const std::vector<Live>& tier : tiers)
                for (std::size_t i = 0; i < tier.size(); ++i) {
                    if (tier[i].saysSomething() || tier[i].isStale != isStale)
                        continue;
                    Area area = leftOf(tier, i);
                    if (area.isEmpty())
                        continue;
                    const ControlArea& report = *tier[i].report;
                    m_covered = m_covered.united(area);
                    push(statementOf(m_situation, report), std::move(area), {&report}, report.basis, false);
                    m_pieces.back().isStale = isStale;
                }
    }
    std::vector<ControlPiece> take() { return std::move(m_pieces); }

private:
    // Rule 3, and rule 2 for the tiers before.
    Area leftOf(const std::vector<Live>& tier, std::size_t i) {
        const Area& shape = m_shapes.shapeOf(*tier[i].report);
        std::vector<Area> over;
        for (std::size_t later = 0; later < i && tier[later].vouched > tier[i].vouched; ++later)
            if (tier[later].report->head.grade.isAtLeast(tier[i].report->head.grade)) {
                const Area& other = m_shapes.shapeOf(*tier[later].report);
                if (!other.isEmpty() && !shape.isEmpty() && other.box().intersects(shape.box()))
                    over.push_back(other);
            }
        over.push_back(m_covered);
        return shape.minus(Area::unionOf(over));
    }

    // Rule 5: takes the overlaps out of the areas and adds them as areas of their own.
    void settleDisputes(std::vector<Statement>& statements, std::vector<Area>& areas,
                        std::vector<std::vector<const ControlArea*>>& reports) {
        for (std::size_t i = 0; i < statements.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) { // also of disputes found before: three may disagree
                if (areas[i].isEmpty() || areas[j].isEmpty())
                    continue;
                Area overlap = areas[i].intersected(areas[j]);
                if (overlap.isEmpty())
                    continue;
                areas[i] = areas[i].minus(overlap);
                areas[j] = areas[j].minus(overlap);
                statements.push_back(disputed({statements[j], statements[i]}));
                areas.push_back(std::move(overlap));
                reports.push_back(reports[j]);
                reports.back().insert(reports.back().end(), reports[i].begin(), reports[i].end());
            }
    }

    void push(const Statement& s, Area area, std::vector<const ControlArea*> reports, ControlBasis basis,
              bool isDisputed) {
        if (area.isEmpty())
            return;
        std::erase_if(reports, [&](const ControlArea* report) {
            const Area& shape = m_shapes.shapeOf(*report);
            return shape.isEmpty() || !shape.box().intersects(area.box());
        });
        m_pieces.push_back(
            {s.controlClass, basis, s.actor, s.otherActors, std::move(area), std::move(reports), isDisputed});
    }

    const Situation& m_situation;
    ControlShapes& m_shapes;
    Area m_covered;
    std::vector<ControlPiece> m_pieces;
};

} // namespace

std::vector<const ControlArea*> controlReportsAt(const SituationIndex& index, LonLat point, const TimeFilter& filter,
                                                 const RegionLookup& regions) {
    std::vector<const ControlArea*> here = index.at<ControlArea>(filter);
    std::erase_if(here, [&](const ControlArea* report) { return !covers(*report, point, regions); });
    return here;
}

ControlState controlAt(const SituationIndex& index, LonLat point, const TimeFilter& filter,
                       const RegionLookup& regions) {
    const std::vector<const ControlArea*> here = controlReportsAt(index, point, filter, regions);
    return decide(ranked(here, index.situation(), filter.asOf), index.situation(), filter.asOf);
}

ControlState controlOfRegion(const SituationIndex& index, std::string_view code, const TimeFilter& filter) {
    std::vector<const ControlArea*> here = index.at<ControlArea>(filter);
    std::erase_if(here, [&](const ControlArea* report) {
        return report->area.kind == SmallGeometry::Kind::Polygon ||
               std::find(report->regions.begin(), report->regions.end(), code) == report->regions.end();
    });
    return decide(ranked(here, index.situation(), filter.asOf), index.situation(), filter.asOf);
}

std::string describe(const ControlState& state) {
    const auto standing = [&](ControlClass controlClass) {
        const std::string word(toWord(controlClass));
        if (controlClass != ControlClass::Contested)
            return state.actor.empty() ? word : state.actor + ": " + word;
        std::string actors = state.actor;
        for (const std::string& other : state.otherActors)
            actors += (actors.empty() ? "" : ", ") + other;
        return word + " (" + actors + ")";
    };
    if (!state.isStale)
        return state.controlClass == ControlClass::NoInformation ? "no information" : standing(state.controlClass);
    const double days = std::floor(state.ageDays);
    return "no information (last known " + standing(state.lastKnown) +
           (days > kMostAgeDays
                ? ")"
                : ", " + std::to_string(static_cast<long>(days)) + (days == 1 ? " day ago)" : " days ago)"));
}

const Area& ControlShapes::shapeOf(const ControlArea& report) {
    const auto [found, isNew] = m_ofReport.try_emplace(&report);
    if (!isNew)
        return found->second;
    Area shape;
    if (report.area.kind == SmallGeometry::Kind::Polygon) {
        std::vector<GeoRing> rings;
        for (const SmallGeometry::Part& part : report.area.parts)
            rings.push_back({part.points, part.isHole});
        shape = Area(rings);
    } else {
        std::vector<Area> areas;
        for (const std::string& code : report.regions)
            areas.push_back(shapeOfRegion(code));
        shape = Area::unionOf(areas);
    }
    return m_ofReport[&report] = std::move(shape);
}

const Area& ControlShapes::shapeOfRegion(const std::string& code) {
    const auto [found, isNew] = m_ofRegion.try_emplace(code);
    if (isNew)
        found->second = Area(m_regions.ringsOf(code));
    return found->second;
}

namespace {

std::vector<ControlPiece> painted(const std::vector<const ControlArea*>& live, const Situation& situation,
                                  TimePoint asOf, ControlShapes& shapes, bool withSilent) {
    std::vector<std::vector<Live>> tiers(4);
    for (const Live& report : ranked(live, situation, asOf))
        tiers[static_cast<std::size_t>(report.tier)].push_back(report);
    Painter painter(situation, shapes);
    for (const std::vector<Live>& tier : tiers)
        painter.paintTier(tier);
    if (withSilent)
        painter.paintSilent(tiers);
    return painter.take();
}

} // namespace

std::vector<ControlPiece> controlPieces(const std::vector<const ControlArea*>& live, const Situation& situation,
                                        TimePoint asOf, ControlShapes& shapes) {
    return painted(live, situation, asOf, shapes, false);
}

std::vector<ControlPiece> controlGround(const std::vector<const ControlArea*>& live, const Situation& situation,
                                        TimePoint asOf, ControlShapes& shapes) {
    return painted(live, situation, asOf, shapes, true);
}

std::vector<ControlPiece> controlPieces(const SituationIndex& index, const TimeFilter& filter,
                                        const RegionLookup& regions) {
    ControlShapes shapes(regions);
    return controlPieces(index.at<ControlArea>(filter), index.situation(), filter.asOf, shapes);
}

} // namespace cordon
