#include "core/model/control_changes.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace cordon {
namespace {

struct Key { // who, and how
    std::string actor;
    std::vector<std::string> otherActors;
    ControlClass controlClass = ControlClass::Control;
    friend auto operator<=>(const Key&, const Key&) = default;
};

struct Holding {
    Area area;
    std::vector<const ControlArea*> reports;
};
using Holdings = std::map<Key, Holding>;

// What a report contributes at a moment, apart from its shape. Where it is the same at both ends of a step, the report
// changes nothing by itself.
struct Contribution {
    bool isStale = false;
    TimePoint vouched;
    friend bool operator==(const Contribution&, const Contribution&) = default;
};
using Live = std::unordered_map<const ControlArea*, Contribution>;

Live liveAt(const SituationIndex& index, const TimeFilter& filter) {
    Live live;
    for (const ControlArea* report : index.at<ControlArea>(filter))
        live[report] = {isStale(index.situation().shelfLives, *report, filter.asOf),
                        vouchedAt(report->head, filter.asOf)};
    return live;
}

GeoBox boxOf(const ControlArea& report, const RegionLookup& regions) {
    GeoBox box;
    for (const SmallGeometry::Part& part : report.area.parts)
        for (const LonLat p : part.points)
            box.include(p);
    if (report.area.kind != SmallGeometry::Kind::Polygon)
        for (const std::string& code : report.regions)
            if (const GeoBox region = regions.boxOf(code); !region.isEmpty())
                box.include(static_cast<const BasicBox<double>&>(region));
    return box;
}

// The moments of a comparison, restricted to the reports that can have to do with a change: those that lie where
// another one comes, goes, ages or gets another outline.
class Moments {
public:
    Moments(const SituationIndex& index, const RegionLookup& regionsBefore, const RegionLookup& regions,
            const ChangeSteps& steps)
        : m_index(index), m_regionsBefore(regionsBefore), m_regions(regions), m_steps(steps) {
        m_live = {liveAt(index, steps.before), liveAt(index, steps.learnt), liveAt(index, steps.after)};
        findPlaces();
    }

    bool isUnchanged() const { return m_places.empty(); }
    bool hasBoundaryStep() const { return m_hasBoundaryStep; }

    // step 0 before, 1 learnt, 2 after.
    Holdings holdings(std::size_t step, ControlShapes& shapes) const {
        std::vector<const ControlArea*> reports;
        const TimeFilter& filter = step == 0 ? m_steps.before : step == 1 ? m_steps.learnt : m_steps.after;
        for (const ControlArea* report : m_index.at<ControlArea>(filter))
            if (liesInPlaces(*report))
                reports.push_back(report);
        Holdings holdings;
        for (ControlPiece& piece : controlPieces(reports, m_index.situation(), filter.asOf, shapes)) {
            std::sort(piece.otherActors.begin(), piece.otherActors.end());
            Holding& holding = holdings[{piece.actor, piece.otherActors, piece.controlClass}];
            holding.area = holding.area.united(piece.area);
            holding.reports.insert(holding.reports.end(), piece.reports.begin(), piece.reports.end());
        }
        return holdings;
    }

    // One source's area of an actor that ends the moment another source's of the same standing begins.
    Area outlinesOfOtherSource(bool isWon, ControlShapes& shapes) const {
        std::multimap<TimePoint, const ControlArea*> comeAt;
        for (const ControlArea* report : m_index.at<ControlArea>(m_steps.after))
            if (!m_live[1].contains(report))
                comeAt.emplace(report->head.valid.begin, report);
        std::vector<Area> areas;
        for (const ControlArea* gone : m_index.at<ControlArea>(m_steps.learnt)) {
            if (m_live[2].contains(gone) || !gone->head.valid.end)
                continue;
            const auto [first, last] = comeAt.equal_range(*gone->head.valid.end);
            for (auto i = first; i != last; ++i) {
                const ControlArea* come = i->second;
                if (come->head.source != gone->head.source && come->actor == gone->actor &&
                    come->controlClass == gone->controlClass)
                    areas.push_back(shapes.shapeOf(isWon ? *come : *gone));
            }
        }
        return Area::unionOf(areas);
    }

private:
    void findPlaces() {
        const auto addWhereDifferent = [&](const Live& a, const Live& b) {
            for (const auto& [report, contribution] : a)
                if (const auto other = b.find(report); other == b.end() || other->second != contribution)
                    addPlace(*report);
        };
        for (std::size_t step = 0; step < 2; ++step) {
            addWhereDifferent(m_live[step], m_live[step + 1]);
            addWhereDifferent(m_live[step + 1], m_live[step]);
        }
        if (&m_regionsBefore == &m_regions)
            return;
        for (const auto& [report, contribution] : m_live[0])
            if (report->area.kind != SmallGeometry::Kind::Polygon &&
                std::any_of(report->regions.begin(), report->regions.end(),
                            [&](const std::string& code) { return !m_regions.hasSameShape(code, m_regionsBefore); })) {
                m_hasBoundaryStep = true;
                addPlace(*report);
            }
    }
    void addPlace(const ControlArea& report) {
        for (const RegionLookup* regions : {&m_regionsBefore, &m_regions})
            if (const GeoBox box = boxOf(report, *regions); !box.isEmpty())
                m_places.push_back(box);
    }
    bool liesInPlaces(const ControlArea& report) const {
        GeoBox box = boxOf(report, m_regions);
        if (const GeoBox before = boxOf(report, m_regionsBefore); !before.isEmpty())
            box.include(static_cast<const BasicBox<double>&>(before));
        return std::any_of(m_places.begin(), m_places.end(), [&](const GeoBox& p) { return p.intersects(box); });
    }

    const SituationIndex& m_index;
    const RegionLookup& m_regionsBefore;
    const RegionLookup& m_regions;
    const ChangeSteps& m_steps;
    std::array<Live, 3> m_live;
    std::vector<GeoBox> m_places;
    bool m_hasBoundaryStep = false;
};

std::vector<RegionShare> sharesOf(const Area& area, double squareMeters, const RegionLookup& regions,
                                  ControlShapes& shapes) {
    std::vector<RegionShare> shares;
    double rest = squareMeters;
    for (const std::string& code : regions.partition()) {
        const GeoBox box = regions.boxOf(code);
        if (box.isEmpty() || !box.intersects(area.box()))
            continue;
        const double inRegion = area.intersected(shapes.shapeOfRegion(code)).squareMeters();
        if (inRegion <= 0)
            continue;
        shares.push_back({code, regions.nameOf(code), inRegion});
        rest -= inRegion;
    }
    if (rest > 1e-6 * squareMeters) // what is left by rounding is no place
        shares.push_back({"", "", rest});
    return shares;
}

// The areas of one key at the four moments: what was won or lost between the first and the last, by step.
struct Steps {
    Area before, boundary, learnt, after;
};

class Writer {
public:
    Writer(const RegionLookup& regions, ControlShapes& shapes, double smallestSquareMeters)
        : m_regions(regions), m_shapes(shapes), m_smallest(smallestSquareMeters) {}

    void add(const Key& key, bool isWon, const Steps& steps, const Area& byOtherSource,
             const std::vector<const ControlArea*>& reports) {
        const Area all = isWon ? steps.after.minus(steps.before) : steps.before.minus(steps.after);
        if (all.isEmpty())
            return;
        const auto between = [&](const Area& from, const Area& to) { return isWon ? to.minus(from) : from.minus(to); };
        const Area byBoundary = all.intersected(between(steps.before, steps.boundary));
        const Area byLearning = all.minus(byBoundary).intersected(between(steps.boundary, steps.learnt));
        const Area onGround = all.minus(byBoundary).minus(byLearning);
        const Area bySource = onGround.intersected(byOtherSource);
        push(key, isWon, ChangeCause::Ground, onGround.minus(bySource), reports);
        push(key, isWon, ChangeCause::Learnt, byLearning, reports);
        push(key, isWon, ChangeCause::Source, bySource, reports);
        push(key, isWon, ChangeCause::Boundary, byBoundary, reports);
    }
    std::vector<ControlChange> take() { return std::move(m_changes); }

private:
    void push(const Key& key, bool isWon, ChangeCause cause, const Area& whole,
              const std::vector<const ControlArea*>& reports) {
        const Area area = whole.withoutSlivers(m_smallest);
        if (area.isEmpty())
            return;
        ControlChange change{key.actor, key.otherActors, key.controlClass, isWon, cause};
        change.squareMeters = area.squareMeters();
        change.polygons = area.rings();
        change.byRegion = sharesOf(area, change.squareMeters, m_regions, m_shapes);
        for (const ControlArea* report : reports)
            if (const Area& shape = m_shapes.shapeOf(*report); !shape.isEmpty() && shape.box().intersects(area.box()))
                change.reports.push_back(report);
        m_changes.push_back(std::move(change));
    }

    const RegionLookup& m_regions;
    ControlShapes& m_shapes;
    double m_smallest;
    std::vector<ControlChange> m_changes;
};

} // namespace

std::vector<ControlChange> controlChanges(const SituationIndex& index, const RegionLookup& regionsBefore,
                                          const RegionLookup& regions, const ChangeSteps& steps,
                                          double smallestSquareMeters) {
    const Moments moments(index, regionsBefore, regions, steps);
    if (moments.isUnchanged())
        return {};
    ControlShapes shapes(regions), shapesBefore(regionsBefore);
    Holdings before = moments.holdings(0, moments.hasBoundaryStep() ? shapesBefore : shapes);
    Holdings boundary = moments.hasBoundaryStep() ? moments.holdings(0, shapes) : before;
    Holdings learnt = steps.before == steps.learnt ? boundary : moments.holdings(1, shapes);
    Holdings after = moments.holdings(2, shapes);
    std::set<Key> keys;
    for (const Holdings* holdings : {&before, &after})
        for (const auto& [key, holding] : *holdings)
            keys.insert(key);
    const Area sourceWon = moments.outlinesOfOtherSource(true, shapes);
    const Area sourceLost = moments.outlinesOfOtherSource(false, shapes);
    Writer writer(regions, shapes, smallestSquareMeters);
    for (const Key& key : keys) {
        const Steps ofKey{before[key].area, boundary[key].area, learnt[key].area, after[key].area};
        writer.add(key, true, ofKey, sourceWon, after[key].reports);
        writer.add(key, false, ofKey, sourceLost, before[key].reports);
    }
    return writer.take();
}

} // namespace cordon
