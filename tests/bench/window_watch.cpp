#include "tests/bench/window_watch.h"

#include <algorithm>

namespace cordon::bench {

namespace {

std::optional<Input> inputOf(QEvent::Type type) {
    switch (type) {
    case QEvent::Wheel:
        return Input::Wheel;
    case QEvent::MouseMove:
        return Input::Drag;
    case QEvent::KeyPress:
        return Input::Key;
    case QEvent::Resize:
        return Input::Resize;
    default:
        return std::nullopt;
    }
}

} // namespace

Watch::Watch(MapCanvas& canvas) : m_canvas(canvas) {
    m_clock.start();
    canvas.installEventFilter(this);
    connect(&canvas, &MapCanvas::rendered, this, [this] { ++m_pictures; });
}

void Watch::expect(const Move& move) {
    m_expected.push_back({move.input, move.isLast, nowMs(), -1, -1, {}});
}

void Watch::end() {
    m_canvas.removeEventFilter(this);
}

// The event is carried out here, so that what comes after it is seen, too.
bool Watch::eventFilter(QObject* watched, QEvent* event) {
    const std::optional<Input> input = inputOf(event->type());
    if (!input && event->type() != QEvent::Paint)
        return false;
    const MapView before = m_canvas.view();
    watched->event(event);
    if (!input)
        takePaint();
    else if (!(m_canvas.view() == before))
        takeInput(*input);
    return true;
}

// Of moves whose events came as one (sizes of the window), or changed nothing, the last counts.
void Watch::takeInput(Input input) {
    const auto found = std::find_if(m_expected.rbegin(), m_expected.rend(),
                                    [&](const Answer& expected) { return expected.input == input; });
    if (found == m_expected.rend())
        return;
    m_answers.push_back(*found);
    m_answers.back().scene = m_canvas.scene();
    m_expected.erase(m_expected.begin(), found.base());
}

void Watch::takePaint() {
    const double now = nowMs();
    const std::optional<MapView> picture = m_canvas.pictureView();
    m_blankPaints += picture ? 0 : 1;
    for (; m_firstPending < m_answers.size(); ++m_firstPending)
        m_answers[m_firstPending].firstMs = now - m_answers[m_firstPending].postedMs;
    const auto drawn = std::find_if(m_answers.rbegin(), m_answers.rend(),
                                    [&](const Answer& answer) { return picture && answer.scene.view == *picture; });
    const auto drawnEnd = static_cast<std::size_t>(drawn.base() - m_answers.begin());
    for (; m_sharpPending < drawnEnd; ++m_sharpPending)
        m_answers[m_sharpPending].sharpMs = now - m_answers[m_sharpPending].postedMs;
}

} // namespace cordon::bench
