// The time bar: which date the map shows, by what knowledge, and how the situation spreads over time. Dates are UTC.
#pragma once

#include "app/gui/document.h"
#include "app/gui/time_options.h"
#include "app/gui/time_strip.h"
#include "app/gui/worker.h"

#include <QTimer>

class QSettings;

namespace cordon {

class TimeBar : public QWidget {
    Q_OBJECT
public:
    TimeBar(Document& document, MessageLog& log, QWidget* parent = nullptr);
    ~TimeBar() override;

    void stepDays(int days);
    void stepToChange(bool next);
    void goToEnd(bool last);
    void setPlaying(bool on);
    bool isPlaying() const { return m_player.isActive(); }
    void setMapBusy(bool busy) { m_isMapBusy = busy; } // playing waits for the picture
    void showNow();                                    // all that is known now

    TimeStrip& strip() { return *m_strip; }
    Knowledge knowledge() const { return m_knowledge; }
    bool isCounting() const { return m_counter.isBusy(); }

    void readSettings(const QSettings& settings);
    void writeSettings(QSettings& settings) const;

signals:
    void knowledgeChanged();

private:
    QToolButton* addButton(const QString& icon, const QString& toolTip, bool repeats);
    void buildControls();
    void connectStrip();
    void follow();
    void followTimeline();
    void setAsOf(TimePoint asOf);
    void setKnowledge(Knowledge knowledge, TimePoint onDate);
    void play();
    std::chrono::sys_days day() const; // of the as-of date
    std::optional<std::chrono::sys_days> changeFrom(bool next) const;

    // What a timeline depends on.
    struct Counted {
        std::shared_ptr<const Situation> situation;
        TimePoint knownBy;
        std::optional<Grade> atLeastGrade;
        std::shared_ptr<const Timeline> timeline;
        bool isOf(const Counted& other) const {
            return situation == other.situation && knownBy == other.knownBy && atLeastGrade == other.atLeastGrade;
        }
    };
    void take(Counted counted);

    Document& m_document;
    MessageLog& m_log;
    Knowledge m_knowledge = Knowledge::Now;
    std::shared_ptr<const Timeline> m_timeline;
    std::vector<Counted> m_kept; // newest last
    Counted m_wanted;            // being counted, or shown
    bool m_isMapBusy = false;
    QTimer m_player;

    DateField* m_date;
    TimeStrip* m_strip;
    KnowledgeButton* m_knowledgeButton;
    ReportFilterButton* m_filterButton;
    QToolButton *m_previous = nullptr, *m_next = nullptr, *m_play = nullptr;
    QComboBox* m_speed;
    Worker m_counter;
};

} // namespace cordon
