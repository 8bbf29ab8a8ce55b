// The status bar: coordinates, scale, CRS, what is being done and how long the last picture took.
#pragma once

#include "app/gui/map_canvas.h"

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>

namespace cordon {

class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(MapCanvas& canvas, QWidget* parent = nullptr);

    void showTask(const QString& title); // with progress and a stop button, unless it ends in a moment
    void showProgress(double fraction);
    void endTask();
    bool inMinutesAndSeconds() const { return m_minutesAndSeconds; }
    void setMinutesAndSeconds(bool on);
    void setMapVisible(bool visible); // without a map there is no scale, place or CRS

signals:
    void stopWanted();
    void crsWanted();

private:
    void buildTaskWidgets();
    void buildScale();
    void followView();
    void showPlace(std::optional<LonLat> place);
    void takeScale();

    MapCanvas& m_canvas;
    QLabel* m_task;
    QProgressBar* m_progress;
    QToolButton* m_stop;
    QTimer m_showTask;
    QLabel* m_time;
    QToolButton* m_place;
    QComboBox* m_scale;
    QToolButton* m_crs;
    bool m_minutesAndSeconds = false;
    std::optional<LonLat> m_lastPlace;
};

// "12.6392° N  8.0029° W" or 12°38′21″ N  8°00′10″ W.
QString placeText(LonLat place, bool minutesAndSeconds);
// "1:2,500,000", "2500000", "1 : 2 500 000" -> 2500000; 0 if it is no scale.
double scaleFromText(const QString& text);

} // namespace cordon
