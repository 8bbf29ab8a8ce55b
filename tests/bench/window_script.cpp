#include "tests/bench/window_script.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

namespace cordon::bench {

namespace {

constexpr int kFrameMs = 16; // how often a mouse speaks while it moves
constexpr int kLookMs = 500; // a user looks at what came

} // namespace

const char* nameOf(Input input) {
    switch (input) {
    case Input::Wheel:
        return "wheel";
    case Input::Drag:
        return "drag";
    case Input::Key:
        return "key";
    case Input::Resize:
        return "resize";
    }
    return "";
}

Script::Script(MainWindow& window, std::function<void(const Move&)> beforeMove)
    : m_window(window), m_canvas(window.canvas()), m_beforeMove(std::move(beforeMove)) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Script::play);
}

void Script::play() {
    if (m_next == m_moves.size()) {
        m_moves.clear();
        m_next = 0;
        addRound();
    }
    const Move& move = m_moves[m_next++];
    m_beforeMove(move);
    move.make();
    m_timer.start(move.restMs);
}

void Script::addRound() {
    const double w = m_canvas.width(), h = m_canvas.height();
    // Where the hands go differs from round to round, so that most places are new.
    const QPointF at(w * (0.25 + 0.13 * (m_round % 5)), h * (0.3 + 0.11 * (m_round % 4)));
    ++m_round;
    addTurns(at, 1, 120, kLookMs);
    addDrag(at, {w * 0.3, h * 0.15}, 30);
    addTurns(at, 1, 120, kLookMs);
    addTurns(at, 10, 60, kFrameMs); // a spun wheel
    addDrag(at, {-w * 0.4, -h * 0.3}, 40);
    addResizes();
    addTurns(at, 1, -120, kLookMs);
    addTurns(at, 8, -60, kFrameMs);
    addKeys(Qt::Key_Right, 6, 33); // a held key
    addTurns(at, 12, 60, 2 * kFrameMs);
    addDrag(at, {w * 0.35, 0}, 20);
    addKeys(Qt::Key_Minus, 1, kLookMs);
    addKeys(Qt::Key_Home, 1, kLookMs);
}

void Script::rest(int milliseconds) {
    m_moves.back().isLast = true;
    m_moves.back().restMs = milliseconds;
}

void Script::addTurns(QPointF at, int count, int angle, int restMs) {
    for (int i = 0; i < count; ++i)
        m_moves.push_back({Input::Wheel, false, restMs, [this, at, angle] {
                               QCoreApplication::postEvent(
                                   &m_canvas, new QWheelEvent(at, m_canvas.mapToGlobal(at), {}, {0, angle},
                                                              Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false));
                           }});
    rest(kLookMs);
}

void Script::postMouse(QEvent::Type type, QPointF at, Qt::MouseButtons buttons) {
    QCoreApplication::postEvent(&m_canvas, new QMouseEvent(type, at, m_canvas.mapToGlobal(at),
                                                           type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                                                           buttons, Qt::NoModifier));
}

void Script::addDrag(QPointF from, QPointF by, int steps) {
    for (int i = 1; i <= steps; ++i)
        m_moves.push_back({Input::Drag, false, kFrameMs, [this, from, by, i, steps] {
                               if (i == 1)
                                   postMouse(QEvent::MouseButtonPress, from, Qt::LeftButton);
                               const QPointF at = from + by * (static_cast<double>(i) / steps);
                               postMouse(QEvent::MouseMove, at, Qt::LeftButton);
                               if (i == steps)
                                   postMouse(QEvent::MouseButtonRelease, at, Qt::NoButton);
                           }});
    rest(kLookMs);
}

void Script::addKeys(int key, int count, int restMs) {
    for (int i = 0; i < count; ++i)
        m_moves.push_back({Input::Key, false, restMs, [this, key] {
                               for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease})
                                   QCoreApplication::postEvent(&m_canvas, new QKeyEvent(type, key, Qt::NoModifier));
                           }});
    rest(kLookMs);
}

// The window's edge taken and drawn in and out again.
void Script::addResizes() {
    const QSize full = m_window.size();
    for (const int inset : {40, 80, 120, 160, 120, 80, 40, 0})
        m_moves.push_back(
            {Input::Resize, false, 50, [this, full, inset] { m_window.resize(full - QSize(inset, inset / 2)); }});
    rest(kLookMs);
}

} // namespace cordon::bench
