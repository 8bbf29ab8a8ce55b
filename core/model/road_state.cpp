#include "core/model/road_state.h"

#include "core/model/grade_order.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

namespace cordon {
namespace {

// A live report with what the rules ask of it. All reports of a query are held from the latest to the earliest; a
// report is named by its rank in that order.
struct Live {
    const RoadStatus* report = nullptr;
    TimePoint vouched;
    bool isStale = false;
};
struct Item { // of one road
    std::uint32_t rank = 0;
    double from = 0, to = 1;
};

struct Verdict {
    RoadStatusKind status = RoadStatusKind::Unknown;
    RoadStatusKind lastKnown = RoadStatusKind::Unknown;
    bool isStale = false;
    bool isContested = false;
    std::vector<std::uint32_t> reports;
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

std::vector<Live> fromLatest(const std::vector<const RoadStatus*>& live, const ShelfLives& lives, TimePoint asOf) {
    std::vector<Live> result;
    result.reserve(live.size());
    for (const RoadStatus* report : live)
        result.push_back({report, vouchedAt(report->head, asOf), isStale(lives, *report, asOf)});
    std::stable_sort(result.begin(), result.end(), [](const Live& a, const Live& b) { return a.vouched > b.vouched; });
    return result;
}

// Rules 4 and 5.
void settleFresh(const std::vector<Live>& live, Verdict& verdict) {
    std::array<bool, 7> isSaid{};
    for (const std::uint32_t rank : verdict.reports)
        isSaid[static_cast<std::size_t>(live[rank].report->status)] = true;
    const auto said = [&](RoadStatusKind kind) -> bool& { return isSaid[static_cast<std::size_t>(kind)]; };
    said(RoadStatusKind::Unknown) = false;
    if (said(RoadStatusKind::Impassable))
        said(RoadStatusKind::Blocked) = false;
    const auto count = std::count(isSaid.begin(), isSaid.end(), true);
    if (count == 1)
        verdict.status = static_cast<RoadStatusKind>(std::find(isSaid.begin(), isSaid.end(), true) - isSaid.begin());
    else if (count > 1)
        verdict.status = RoadStatusKind::Contested;
    verdict.isContested = count > 1;
    verdict.lastKnown = verdict.status;
}

// `ranks` ascending: the reports of one place. Empty if none of them speaks of that direction.
Verdict decide(const std::vector<Live>& live, const std::vector<std::uint32_t>& ranks, TrafficDirection against) {
    std::vector<std::uint32_t> fresh, stale;
    OverrulingSweep sweep;
    for (const std::uint32_t rank : ranks) {
        const RoadStatus& report = *live[rank].report;
        if (report.direction == against && against != TrafficDirection::Both)
            continue;
        if (sweep.isOverruled(report.head.grade, live[rank].vouched)) {
            if (sweep.isDone())
                break;
            continue;
        }
        auto& survivors = live[rank].isStale ? stale : fresh;
        if (survivors.empty() || survivors.back() != rank) // a report may name a road twice
            survivors.push_back(rank);
    }
    Verdict verdict;
    if (!fresh.empty()) {
        verdict.reports = std::move(fresh);
        settleFresh(live, verdict);
    } else if (!stale.empty()) {
        verdict.isStale = true;
        verdict.reports = std::move(stale);
        for (const std::uint32_t rank : verdict.reports) { // the worst of the latest
            if (live[rank].vouched != live[verdict.reports.front()].vouched)
                break;
            const RoadStatusKind status = live[rank].report->status;
            if (severityOf(status) > severityOf(verdict.lastKnown))
                verdict.lastKnown = status;
        }
    }
    return verdict;
}

// The stretches of one road, before they are written out.
class RoadSweep {
public:
    RoadSweep(const std::vector<Live>& live, std::string_view roadId, std::vector<Item> items, TimePoint asOf)
        : m_live(live), m_roadId(roadId), m_items(std::move(items)), m_asOf(asOf) {
        for (const Item& item : m_items)
            m_isDirected |= live[item.rank].report->direction != TrafficDirection::Both;
    }

    void run(std::vector<RoadStretch>& out) {
        sweepStretches();
        sweepPoints();
        std::stable_sort(m_pieces.begin(), m_pieces.end(), [](const Piece& a, const Piece& b) {
            return std::tie(a.direction, a.from, a.to) < std::tie(b.direction, b.from, b.to);
        });
        for (std::size_t i = 0; i < m_pieces.size(); ++i) {
            Piece& piece = m_pieces[i];
            while (i + 1 < m_pieces.size() && continues(piece, m_pieces[i + 1]))
                piece.to = m_pieces[++i].to;
            out.push_back(written(piece));
        }
    }

private:
    struct Piece {
        double from = 0, to = 0;
        TrafficDirection direction = TrafficDirection::Both;
        Verdict verdict;
    };

    static bool continues(const Piece& a, const Piece& b) {
        return a.direction == b.direction && a.to == b.from && a.from < a.to && b.from < b.to && a.verdict == b.verdict;
    }

    void sweepStretches() {
        std::vector<double> cuts;
        std::vector<const Item*> starts, ends;
        for (const Item& item : m_items) {
            if (item.from == item.to)
                continue;
            cuts.push_back(item.from);
            cuts.push_back(item.to);
            starts.push_back(&item);
        }
        ends = starts;
        std::sort(cuts.begin(), cuts.end());
        cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
        std::sort(starts.begin(), starts.end(), [](const Item* a, const Item* b) { return a->from < b->from; });
        std::sort(ends.begin(), ends.end(), [](const Item* a, const Item* b) { return a->to < b->to; });
        std::vector<std::uint32_t> active; // ranks, ascending; one entry for each item
        std::size_t nextStart = 0, nextEnd = 0;
        for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
            for (; nextEnd < ends.size() && ends[nextEnd]->to <= cuts[i]; ++nextEnd)
                active.erase(std::lower_bound(active.begin(), active.end(), ends[nextEnd]->rank));
            for (; nextStart < starts.size() && starts[nextStart]->from <= cuts[i]; ++nextStart)
                active.insert(std::upper_bound(active.begin(), active.end(), starts[nextStart]->rank),
                              starts[nextStart]->rank);
            add(cuts[i], cuts[i + 1], active);
        }
    }

    void sweepPoints() {
        std::vector<double> points;
        for (const Item& item : m_items)
            if (item.from == item.to)
                points.push_back(item.from);
        std::sort(points.begin(), points.end());
        points.erase(std::unique(points.begin(), points.end()), points.end());
        for (const double point : points) {
            std::vector<std::uint32_t> ranks;
            for (const Item& item : m_items)
                if (item.from <= point && point <= item.to)
                    ranks.push_back(item.rank);
            add(point, point, ranks);
        }
    }

    void add(double from, double to, const std::vector<std::uint32_t>& ranks) {
        using enum TrafficDirection;
        const auto push = [&](TrafficDirection direction, Verdict verdict) {
            if (!verdict.reports.empty())
                m_pieces.push_back({from, to, direction, std::move(verdict)});
        };
        if (!m_isDirected)
            return push(Both, decide(m_live, ranks, Both));
        Verdict forward = decide(m_live, ranks, Backward), backward = decide(m_live, ranks, Forward);
        if (forward == backward)
            return push(Both, std::move(forward));
        push(Forward, std::move(forward));
        push(Backward, std::move(backward));
    }

    RoadStretch written(const Piece& piece) const {
        RoadStretch stretch{m_roadId, piece.from, piece.to, piece.direction};
        stretch.status = piece.verdict.status;
        stretch.lastKnown = piece.verdict.lastKnown;
        stretch.isStale = piece.verdict.isStale;
        stretch.isContested = piece.verdict.isContested;
        stretch.ageDays = ageDays(m_live[piece.verdict.reports.front()].report->head, m_asOf);
        stretch.reports.reserve(piece.verdict.reports.size());
        for (const std::uint32_t rank : piece.verdict.reports)
            stretch.reports.push_back(m_live[rank].report);
        return stretch;
    }

    const std::vector<Live>& m_live;
    std::string_view m_roadId;
    std::vector<Item> m_items; // rank ascending
    TimePoint m_asOf;
    bool m_isDirected = false;
    std::vector<Piece> m_pieces;
};

// Positions on a road whatever a file says: ordered, within it; what is no number means its end.
Item itemOf(std::uint32_t rank, const RoadReference& road) {
    const double from = std::isnan(road.fromFraction) ? 0 : std::clamp(road.fromFraction, 0.0, 1.0);
    const double to = std::isnan(road.toFraction) ? 1 : std::clamp(road.toFraction, 0.0, 1.0);
    return {rank, std::min(from, to), std::max(from, to)};
}

std::vector<RoadStretch> statesOf(const std::vector<Live>& live, TimePoint asOf, std::string_view onlyRoad) {
    std::unordered_map<std::string_view, std::vector<Item>> itemsOfRoad;
    for (std::uint32_t rank = 0; rank < live.size(); ++rank)
        for (const RoadReference& road : live[rank].report->roads)
            if (onlyRoad.empty() || road.roadId == onlyRoad)
                itemsOfRoad[road.roadId].push_back(itemOf(rank, road));
    std::vector<std::string_view> roads;
    for (const auto& [road, items] : itemsOfRoad)
        roads.push_back(road);
    std::sort(roads.begin(), roads.end());
    std::vector<RoadStretch> result;
    for (const std::string_view road : roads)
        RoadSweep(live, road, std::move(itemsOfRoad[road]), asOf).run(result);
    return result;
}

} // namespace

int severityOf(RoadStatusKind status) {
    switch (status) {
    case RoadStatusKind::Open:
        return 0;
    case RoadStatusKind::Difficult:
        return 1;
    case RoadStatusKind::Restricted:
        return 2;
    case RoadStatusKind::Contested:
        return 3;
    case RoadStatusKind::Blocked:
        return 4;
    case RoadStatusKind::Impassable:
        return 5;
    case RoadStatusKind::Unknown:
        break;
    }
    return -1;
}

bool overrules(const RecordHead& later, const RecordHead& earlier, TimePoint asOf) {
    return vouchedAt(later, asOf) > vouchedAt(earlier, asOf) && later.grade.isAtLeast(earlier.grade);
}

std::vector<RoadStretch> roadStates(const std::vector<const RoadStatus*>& live, const ShelfLives& lives,
                                    TimePoint asOf) {
    const std::vector<Live> ranked = fromLatest(live, lives, asOf);
    std::vector<RoadStretch> result = statesOf(ranked, asOf, {});
    std::unordered_map<const RoadStatus*, std::uint32_t> rankOf;
    for (std::uint32_t rank = 0; rank < ranked.size(); ++rank)
        if (ranked[rank].report->roads.empty())
            rankOf[ranked[rank].report] = rank;
    for (const RoadStatus* report : live) {
        if (!report->roads.empty())
            continue;
        const Verdict verdict = decide(ranked, {rankOf[report]}, TrafficDirection::Both);
        result.push_back({{},
                          0,
                          1,
                          report->direction,
                          verdict.status,
                          verdict.lastKnown,
                          ageDays(report->head, asOf),
                          verdict.isStale,
                          verdict.isContested,
                          {report}});
    }
    return result;
}

std::vector<RoadStretch> roadStates(const SituationIndex& index, const TimeFilter& filter) {
    return roadStates(index.at<RoadStatus>(filter), index.situation().shelfLives, filter.asOf);
}

std::vector<RoadStretch> roadStatesOf(const SituationIndex& index, std::string_view roadId, const TimeFilter& filter) {
    std::vector<const RoadStatus*> live = index.reportsOfRoad(roadId);
    std::erase_if(live, [&](const RoadStatus* report) { return !isInForce(report->head, filter); });
    return statesOf(fromLatest(live, index.situation().shelfLives, filter.asOf), filter.asOf, roadId);
}

std::string describe(const RoadStretch& stretch) {
    const std::string status(toWord(stretch.status));
    if (stretch.isStale) {
        const std::string known = "unknown (last known " + std::string(toWord(stretch.lastKnown));
        const double days = std::floor(stretch.ageDays);
        if (days > kMostAgeDays)
            return known + ")";
        return known + ", " + std::to_string(static_cast<long>(days)) + (days == 1 ? " day ago)" : " days ago)");
    }
    if (!stretch.isContested)
        return status;
    std::string said;
    for (const RoadStatus* report : stretch.reports)
        if (const std::string word(toWord(report->status)); said.find(word) == std::string::npos)
            said += (said.empty() ? "" : ", ") + word;
    return status + " (" + said + ")";
}

} // namespace cordon
