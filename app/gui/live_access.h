// Who is cut off, found beside the window's thread and kept up with the dates looked at, the reports and the question.
// Shown on the map in place of the situation. Nothing of the answer is kept in the project.
#pragma once

#include "app/gui/document.h"
#include "app/gui/worker.h"
#include "core/model/timeline.h"
#include "core/network/access_report.h"

#include <QObject>

namespace cordon {

// One of the project's corridors and how it is.
struct WatchedCorridor {
    SavedCorridor saved;
    std::optional<std::size_t> number; // of report.corridors; nullopt: see `problem`
    CorridorCourse course;
    std::string problem; // why nothing is known of it
};

// An answer with what it points into.
struct AccessFinding {
    std::shared_ptr<const Project> project; // that it was found in
    std::shared_ptr<const SituationIndex> situation;
    AccessReport report;
    std::vector<WatchedCorridor> corridors; // of the project, in its order
    bool isExplained = false;               // with why, ranked, together and corridors
};

class LiveAccess : public QObject {
    Q_OBJECT
public:
    explicit LiveAccess(Document& document, QObject* parent = nullptr);
    ~LiveAccess() override;

    void setOn(bool on);
    bool isOn() const { return m_isOn; }
    // On the map, while it is on; `isAside`: something else has the map.
    void setShowsMap(bool on);
    bool showsMap() const { return m_showsMap; }
    void setAside(bool isAside);
    bool isOnMap() const { return m_isOn && m_showsMap && !m_isAside && m_map; }

    // The date, knowledge and grade of it are the document's. Without an origin nothing is asked.
    void setQuery(const AccessQuery& query);
    const AccessQuery& query() const { return m_query; }
    AccessQuery datedQuery() const;
    void restart(const AccessQuery& query); // for another map
    void stop();                            // what is being found; the next change asks anew

    // Null before anything was found, and after a refused question.
    const std::shared_ptr<const AccessFinding>& finding() const { return m_finding; }
    // The same or, where no start is asked for, one of which corridors alone are found. Null before they are.
    const std::shared_ptr<const AccessFinding>& corridors() const { return m_corridors; }
    const std::shared_ptr<const AccessNetwork>& network() const { return m_network; } // null before it is built
    bool isBusy() const { return m_phase != Phase::Idle; }

    // Day by day over a time. Asked for once, it is kept up with the question until another is wanted.
    void wantSeries(std::optional<DaySpan> days);
    // Null while none is wanted or it is not found yet; its reports point into the finding's situation.
    const std::shared_ptr<const AccessFinding>& series() const { return m_series; }
    bool hasSeries() const; // the one that is wanted, of the present question
    // INTERNAL, see critical_roads.h: of the present finding, once. False while there is none to take.
    bool findCriticalRoads();

signals:
    void modeChanged(); // on or off, on the map or not
    void queryChanged();
    void networkChanged();
    void found(); // finding() is new or has its reasons
    void seriesFound();
    void criticalFound(const std::vector<cordon::CriticalRoad>& roads);
    void busyChanged(bool isBusy, const QString& what);
    void failed(const QString& reason); // there is no answer to this question

private:
    struct Bench;
    enum class Phase { Idle, Asking, Explaining };

    void follow();
    void find();
    void explainFound();
    void findSeries();
    void drop(); // what runs and waits
    void take(std::shared_ptr<const AccessFinding> finding, std::shared_ptr<const Project> map);
    void refuse(const QString& reason);
    void finish();
    void post(Phase phase, const QString& what, std::function<Worker::Delivery(const std::stop_token&)> work);
    void showMap();

    Document& m_document;
    bool m_isOn = false, m_showsMap = true, m_isAside = false;
    AccessQuery m_query;
    std::shared_ptr<const AccessFinding> m_finding, m_series, m_corridors;
    std::shared_ptr<const AccessNetwork> m_network;
    std::shared_ptr<const Project> m_map; // with the finding's layers
    std::optional<DaySpan> m_seriesDays;
    Phase m_phase = Phase::Idle;
    bool m_isOld = false; // what runs is not what is wanted any more
    std::shared_ptr<Bench> m_bench;
    Worker m_worker;
};

} // namespace cordon
