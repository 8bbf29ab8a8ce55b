// A user's hands on the map, as events in the window's queue: turns of the wheel, drags, keys and sizes of the window.
#pragma once

#include "app/gui/main_window.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

namespace cordon::bench {

enum class Input { Wheel, Drag, Key, Resize };
const char* nameOf(Input input);

// One move of the hands: what is done, and how long they rest after it.
struct Move {
    Input input = Input::Wheel;
    bool isLast = false; // of a gesture: then the map is to become sharp
    int restMs = 16;
    std::function<void()> make;
};

// Plays one round of gestures after another; a round ends where all is shown, so that every scale comes up.
class Script : public QObject {
public:
    Script(MainWindow& window, std::function<void(const Move&)> beforeMove);
    void start() { play(); }
    void stop() { m_timer.stop(); }

private:
    void play();
    void addRound();
    void addTurns(QPointF at, int count, int angle, int restMs);
    void addDrag(QPointF from, QPointF by, int steps);
    void addKeys(int key, int count, int restMs);
    void addResizes();
    void rest(int milliseconds); // after the last move, which ends its gesture
    void postMouse(QEvent::Type type, QPointF at, Qt::MouseButtons buttons);

    MainWindow& m_window;
    MapCanvas& m_canvas;
    std::function<void(const Move&)> m_beforeMove;
    std::vector<Move> m_moves;
    std::size_t m_next = 0;
    int m_round = 0;
    QTimer m_timer;
};

} // namespace cordon::bench
