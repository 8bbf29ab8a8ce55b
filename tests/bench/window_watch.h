// When the window answered to what: watches the canvas's events and paints.
#pragma once

#include "tests/bench/window_script.h"

#include <QElapsedTimer>
#include <optional>

namespace cordon::bench {

class Watch : public QObject {
public:
    explicit Watch(MapCanvas& canvas);

    // The hands are about to make a move; its event is still to come.
    void expect(const Move& move);
    // From now on nothing more is expected.
    void end();

    // One change of the view by the hands.
    struct Answer {
        Input input = Input::Wheel;
        bool isLast = false;
        double postedMs = 0;
        double firstMs = -1; // from the event to the end of the first paint that shows the view; -1: none
        double sharpMs = -1; // to the end of the first paint of a picture drawn for this view or a later one
        Scene scene;
    };
    const std::vector<Answer>& answers() const { return m_answers; }
    int pictures() const { return m_pictures; }
    int blankPaints() const { return m_blankPaints; } // without any picture

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    double nowMs() const { return static_cast<double>(m_clock.nsecsElapsed()) / 1e6; }
    void takeInput(Input input);
    void takePaint();

    MapCanvas& m_canvas;
    QElapsedTimer m_clock;
    std::vector<Answer> m_expected, m_answers;
    std::size_t m_firstPending = 0, m_sharpPending = 0; // into m_answers
    int m_pictures = 0, m_blankPaints = 0;
};

} // namespace cordon::bench
