#include "core/import/suspicions.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace cordon {
namespace {

using Rows = std::vector<std::uint32_t>; // positions in the table

// A box to judge points by: the area of the project, or where the most of the points are.
struct Area {
    GeoBox box;
    bool isProjects = false;

    bool contains(LonLat p) const { return box.contains(p.lonDegrees, p.latDegrees); }
};

GeoBox grown(const GeoBox& box, double share, double leastDegrees) {
    GeoBox result = box;
    const double margin = std::max(leastDegrees, share * std::max(box.width(), box.height()));
    static_cast<BasicBox<double>&>(result) = box.BasicBox<double>::grown(margin);
    return result;
}

// The places a project is about: its regions or, without any, all its layers.
GeoBox areaOf(const Project& project) {
    GeoBox box;
    for (const auto& layer : project.layers)
        if (layer->role == LayerRole::Region && layer->table && !layer->table->extent.isEmpty())
            box.include(static_cast<const BasicBox<double>&>(layer->table->extent));
    return box.isEmpty() ? extentOf(project) : box;
}

double quantile(std::vector<double>& values, double share) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

class PlaceCheck {
public:
    PlaceCheck(const ImportJob& job, ImportRows& rows, ImportReport& report)
        : m_job(job), m_rows(rows), m_report(report) {
        for (std::uint32_t row = 0; row < job.rowCount(); ++row) {
            const PlaceState state = rows.places.states[row];
            if ((state == PlaceState::Good || state == PlaceState::Impossible) && rows.places.isPoint(row))
                m_points.push_back(row);
        }
    }

    void run() {
        checkHemispheres();
        checkZeroIsland();
        const GeoBox projectArea = areaOf(m_job.project);
        m_rest = restArea();
        const bool hasProject = !projectArea.isEmpty();
        const Area area{hasProject ? grown(projectArea, 0.1, 0.2) : m_rest, hasProject};
        if (!area.box.isEmpty())
            checkAgainst(area);
        checkAccuracy();
    }

private:
    LonLat at(std::uint32_t row) const { return m_rows.places.pointOf(row); }
    bool isImpossible(std::uint32_t row) const { return m_rows.places.states[row] == PlaceState::Impossible; }
    static bool isZero(LonLat p) { return std::abs(p.lonDegrees) < 0.01 && std::abs(p.latDegrees) < 0.01; }

    // Where all but a tenth of the points are, with a wide margin; empty when there are too few to tell.
    GeoBox restArea() const {
        std::vector<double> lons, lats;
        for (const std::uint32_t row : m_points)
            if (const LonLat p = at(row); !isImpossible(row) && !isZero(p)) {
                lons.push_back(p.lonDegrees);
                lats.push_back(p.latDegrees);
            }
        if (lons.size() < 5)
            return {};
        GeoBox box;
        box.include(LonLat{quantile(lons, 0.15), quantile(lats, 0.15)});
        box.include(LonLat{quantile(lons, 0.85), quantile(lats, 0.85)});
        return grown(box, 3, 1);
    }

    void suspect(SuspicionKind kind, const Rows& rows, std::string text, std::optional<ImportFix> fix) {
        Suspicion suspicion;
        suspicion.kind = kind;
        for (const std::uint32_t row : rows)
            suspicion.rows.push_back(m_job.table.rowNumbers[row]);
        suspicion.text = std::move(text);
        suspicion.fix = fix;
        m_report.suspicions.push_back(std::move(suspicion));
    }
    std::string named(const Rows& rows) const {
        std::vector<std::uint32_t> numbers;
        for (const std::uint32_t row : rows)
            numbers.push_back(m_job.table.rowNumbers[row]);
        return rowsText(numbers);
    }
    static std::string placed(LonLat p) {
        char text[64];
        std::snprintf(text, sizeof text, "%.4g, %.4g", p.latDegrees, p.lonDegrees);
        return text;
    }
    void leave(const Rows& rows, const char* reason) {
        for (const std::uint32_t row : rows) {
            m_rows.isLeft[row] = 1;
            m_report.left.push_back({m_job.table.rowNumbers[row], "", placed(at(row)), reason});
        }
    }

    void checkHemispheres() {
        const Rows& guessed = m_rows.places.guessedHemispheres;
        if (guessed.empty())
            return;
        const LonLat p = at(guessed.front());
        suspect(SuspicionKind::UnknownHemisphere, guessed,
                "Nothing tells whether the UTM zone of " + named(guessed) + " is north or south; north was taken, " +
                    placed(p) + " for the first.",
                ImportFix::UtmSouth);
    }

    void checkZeroIsland() {
        Rows zeros;
        for (const std::uint32_t row : m_points)
            if (isZero(at(row)))
                zeros.push_back(row);
        if (zeros.empty())
            return;
        std::erase_if(m_points, [&](std::uint32_t row) { return isZero(at(row)); });
        if (m_job.hasFix(ImportFix::LeaveOutZeroIsland))
            return leave(zeros, "lies at 0, 0, where devices without a fix put themselves");
        suspect(SuspicionKind::ZeroIsland, zeros,
                named(zeros) + (zeros.size() == 1 ? " lies" : " lie") +
                    " at 0, 0 in the sea off Africa, where devices without a fix put themselves.",
                ImportFix::LeaveOutZeroIsland);
    }

    // Points outside the area, by what would bring them into it.
    void checkAgainst(const Area& area) {
        Rows swapped, west, south, outside, far;
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            m_job.checkpoint(i, 0.6, 0.65);
            const std::uint32_t row = m_points[i];
            const LonLat p = at(row);
            if (!isImpossible(row) && area.contains(p)) {
                if (area.isProjects && !m_rest.isEmpty() && !m_rest.contains(p.lonDegrees, p.latDegrees))
                    far.push_back(row);
                continue;
            }
            if (const LonLat s{p.latDegrees, p.lonDegrees}; isOnEarth(s) && area.contains(s))
                swapped.push_back(row);
            else if (area.contains({-p.lonDegrees, p.latDegrees}))
                west.push_back(row);
            else if (area.contains({p.lonDegrees, -p.latDegrees}))
                south.push_back(row);
            else if (!isImpossible(row))
                (area.isProjects ? outside : far).push_back(row);
        }
        // Where the most lie outside, and much of that whatever is turned, the file is about another area.
        const std::size_t away = swapped.size() + west.size() + south.size() + outside.size();
        if (area.isProjects && 2 * away > m_points.size() && 10 * outside.size() > m_points.size()) {
            for (Rows* rows : {&swapped, &west, &south}) {
                std::erase_if(*rows, [&](std::uint32_t row) {
                    if (!isImpossible(row))
                        outside.push_back(row);
                    return !isImpossible(row);
                });
            }
            std::sort(outside.begin(), outside.end());
        }
        mend(swapped, SuspicionKind::SwappedLatLon, ImportFix::SwapLatLon, area,
             "Latitude and longitude seem to be swapped in ", [](LonLat p) {
                 return LonLat{p.latDegrees, p.lonDegrees};
             });
        mend(west, SuspicionKind::SignLost, ImportFix::NegateLongitude, area,
             "The longitude seems to have the wrong sign in ", [](LonLat p) {
                 return LonLat{-p.lonDegrees, p.latDegrees};
             });
        mend(south, SuspicionKind::SignLost, ImportFix::NegateLatitude, area,
             "The latitude seems to have the wrong sign in ", [](LonLat p) {
                 return LonLat{p.lonDegrees, -p.latDegrees};
             });
        report(outside, SuspicionKind::OutsideArea, "outside the area of the project", "is outside the project's area");
        report(far, SuspicionKind::FarFromRest, "far from the rest", "is far from the rest");
    }

    template <class Mended>
    void mend(const Rows& rows, SuspicionKind kind, ImportFix fix, const Area& area, const char* begin, Mended mended) {
        if (rows.empty())
            return;
        if (m_job.hasFix(fix)) {
            // Where the most are swapped, the columns are: also where a place lies in the area both ways.
            const bool isAll = fix == ImportFix::SwapLatLon && 2 * rows.size() > m_points.size();
            std::unordered_set<std::uint32_t> mendedRows;
            for (const std::uint32_t row : isAll ? m_points : rows) {
                m_rows.places.setPoint(row, mended(at(row)));
                m_rows.places.states[row] = PlaceState::Good;
                mendedRows.insert(m_job.table.rowNumbers[row]);
            }
            std::erase_if(m_rows.places.problems, [&](const RowNote& note) { return mendedRows.contains(note.row); });
            return;
        }
        const LonLat p = at(rows.front());
        suspect(kind, rows,
                begin + named(rows) + ": " + placed(p) + " is outside " +
                    (area.isProjects ? "the area of the project" : "where the rest lies") + ", " + placed(mended(p)) +
                    " is inside.",
                fix);
    }

    void report(const Rows& rows, SuspicionKind kind, const char* where, const char* reason) {
        if (rows.empty())
            return;
        if (m_job.hasFix(ImportFix::LeaveOutFarRows))
            return leave(rows, reason);
        suspect(kind, rows,
                named(rows) + (rows.size() == 1 ? " lies " : " lie ") + where + ", the first at " +
                    placed(at(rows.front())) + ".",
                ImportFix::LeaveOutFarRows);
    }

    void checkAccuracy() {
        const double limit = m_job.plan.worstAccuracyMeters;
        Rows inaccurate;
        for (std::uint32_t row = 0; row < m_rows.accuracyMeters.size(); ++row)
            if (m_rows.accuracyMeters[row] > limit && m_rows.isLeft[row] == 0)
                inaccurate.push_back(row);
        if (inaccurate.empty() || limit <= 0)
            return;
        if (m_job.hasFix(ImportFix::LeaveOutInaccurate))
            return leave(inaccurate, "was measured less accurately than asked for");
        double worst = 0;
        for (const std::uint32_t row : inaccurate)
            worst = std::max(worst, m_rows.accuracyMeters[row]);
        suspect(SuspicionKind::Inaccurate, inaccurate,
                named(inaccurate) + (inaccurate.size() == 1 ? " was" : " were") + " measured to worse than " +
                    std::to_string(std::lround(limit)) + " m; the worst to " + std::to_string(std::lround(worst)) +
                    " m.",
                ImportFix::LeaveOutInaccurate);
    }

    const ImportJob& m_job;
    ImportRows& m_rows;
    ImportReport& m_report;
    Rows m_points; // positions of the rows that are single points, but those at 0, 0
    GeoBox m_rest;
};

} // namespace

void checkPlaces(const ImportJob& job, ImportRows& rows, ImportReport& report) {
    PlaceCheck(job, rows, report).run();
}

} // namespace cordon
