// The window under a user's hands: opens the files, then pans and zooms for some seconds and says how long the event
// loop was held up at most. Run it under Xvfb.
//   cordon-bench-window SECONDS FILE...
#include "app/gui/look.h"
#include "app/gui/main_window.h"
#include "core/render/render.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QWheelEvent>
#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

using namespace cordon;

double milliseconds(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

// One step of the hands: drags along, then wheels in and out again, so that every scale and place comes up.
class Hands {
public:
    explicit Hands(MapCanvas& canvas) : m_canvas(canvas) {}

    void move() {
        const int step = m_step++ % 120;
        const QPointF middle(m_canvas.width() / 2.0, m_canvas.height() / 2.0);
        if (step < 30)
            drag(middle, QPointF(6 * (step - 15), 4 * step), step == 0, step == 29);
        else if (step < 60 || step >= 90)
            wheel(middle + QPointF(step, -step), step < 60 ? 60 : -60);
        else
            drag(middle, QPointF(-5 * (step - 60), 3 * (step - 75)), step == 60, step == 89);
    }

private:
    void send(QEvent::Type type, QPointF at, Qt::MouseButtons buttons) {
        QMouseEvent event(type, at, m_canvas.mapToGlobal(at), type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                          buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(&m_canvas, &event);
    }
    void drag(QPointF from, QPointF by, bool isFirst, bool isLast) {
        if (isFirst)
            send(QEvent::MouseButtonPress, from, Qt::LeftButton);
        send(QEvent::MouseMove, from + by, Qt::LeftButton);
        if (isLast)
            send(QEvent::MouseButtonRelease, from + by, Qt::NoButton);
    }
    void wheel(QPointF at, int angle) {
        QWheelEvent event(at, m_canvas.mapToGlobal(at), {}, {0, angle}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(&m_canvas, &event);
    }

    MapCanvas& m_canvas;
    int m_step = 0;
};

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (argc < 3) {
        std::fputs("usage: cordon-bench-window SECONDS FILE...\n", stderr);
        return 2;
    }
    keepFreedMemory();
    useBundledFonts();
    applyLook(application);
    MainWindow window;
    window.show();
    const QStringList arguments = QApplication::arguments();
    window.load(arguments.mid(2), MainWindow::Mode::Open);
    int renders = 0;
    QObject::connect(&window.canvas(), &MapCanvas::rendered, &window, [&](double) { ++renders; });
    QElapsedTimer sinceStart;
    sinceStart.start();
    while (renders == 0)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
    std::printf("first picture after %.0f ms\n", milliseconds(sinceStart));

    // The beat comes whenever the loop has nothing else to do; a gap is work of the window's own.
    std::vector<double> gapsMs;
    QElapsedTimer sinceBeat;
    QTimer beat;
    QObject::connect(&beat, &QTimer::timeout, &beat, [&] {
        gapsMs.push_back(milliseconds(sinceBeat));
        sinceBeat.start();
    });
    Hands hands(window.canvas());
    QTimer pulse;
    QObject::connect(&pulse, &QTimer::timeout, &pulse, [&] { hands.move(); });
    renders = 0;
    sinceStart.start();
    sinceBeat.start();
    beat.start(1);
    pulse.start(16);
    while (milliseconds(sinceStart) < arguments[1].toDouble() * 1000)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
    std::ranges::sort(gapsMs);
    const auto at = [&](double share) {
        return gapsMs[static_cast<std::size_t>(share * static_cast<double>(gapsMs.size() - 1))];
    };
    std::printf("%zu beats, %d pictures; held up: median %.1f ms, 99 %% %.1f ms, longest %.1f ms\n", gapsMs.size(),
                renders, at(0.5), at(0.99), at(1));
    return 0;
}
