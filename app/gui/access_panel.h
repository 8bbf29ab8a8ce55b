// Who is cut off, from where: the question, its answer in a few lines, tables, and the story of what was clicked.
#pragma once

#include "app/gui/access_corridors.h"
#include "app/gui/access_days.h"
#include "app/gui/access_lifts.h"
#include "app/gui/access_places.h"
#include "app/gui/access_question_bar.h"
#include "app/gui/access_regions.h"
#include "app/gui/access_roads.h"
#include "app/gui/access_story.h"

#include <QCheckBox>
#include <QPushButton>
#include <QTabWidget>
#include <QTextBrowser>
#include <QTimer>

class QMenu;

namespace cordon {

class AccessPanel : public QWidget {
    Q_OBJECT
public:
    AccessPanel(LiveAccess& access, Document& document, MessageLog& log, QWidget* parent = nullptr);

    // Of what lies at a point of the map; false for nothing.
    bool tellAt(LonLat at, double withinMeters);
    void tellPlace(std::size_t place, bool zooms = false);
    void tellLift(std::size_t number, bool isTogether = false, bool zooms = false);
    void setAsOf(TimePoint asOf);                              // for the charts
    void tellCorridor(std::size_t number, bool zooms = false); // of the project's

    AccessQuestionBar& question() { return *m_question; }
    AccessPlaces& places() { return *m_places; }
    AccessLifts& lifts() { return *m_lifts; }
    AccessRegions& regions() { return *m_regions; }
    AccessDays& days() { return *m_days; }
    AccessCorridors& corridors() { return *m_corridors; }
    AccessRoads& roads() { return *m_roads; }
    QTabWidget& tabs() { return *m_tabs; }
    QMenu& exportMenu() { return *m_exports; }
    QString summary() const { return m_summary->text(); }
    QString story() const { return m_story->toPlainText(); }

signals:
    void zoomWanted(const cordon::GeoBox& box);
    void regionWanted(const QString& code);
    void highlightWanted(const cordon::MapSketch& sketch);
    void reportWanted(const QString& id);
    void optionsWanted();
    void pickWanted(bool on);

private:
    void build();
    QWidget* buildFoot();
    void connectTabs();
    void followTab();
    void followQuestion();
    void followAnswer();
    void followBusy(bool isBusy, const QString& what);
    void sayNoAnswer();
    QString summaryText() const;
    void tell(AccessStory story, bool zooms);
    void tellAgain();
    void takeLink(const QUrl& link);

    struct Told {          // what the story is of
        std::string place; // its name and position: numbers change with the network
        LonLat at;
        QString lift;
        std::string corridor;
    };

    LiveAccess& m_access;
    AccessQuestionBar* m_question;
    QLabel* m_summary;
    QTabWidget* m_tabs;
    AccessPlaces* m_places;
    AccessLifts* m_lifts;
    AccessRegions* m_regions;
    AccessDays* m_days;
    AccessCorridors* m_corridors;
    AccessRoads* m_roads;
    QTextBrowser* m_story;
    QCheckBox* m_onMap;
    QPushButton* m_export;
    QMenu* m_exports;
    QLabel* m_busy;
    QPushButton* m_stop;
    QTimer m_busySoon; // what is done at once is not announced
    Told m_told;
    QString m_html; // of the story
    QString m_refusal;
};

} // namespace cordon
