// The window under a user's hands: opens the files, then turns the wheel, drags, presses keys and resizes the window
// for some seconds. Says how long the window took to answer, how long until the map was sharp, how long the event loop
// was held up, and how long a picture that nobody wants any more takes to stop. Run it under Xvfb.
//   cordon-bench-window SECONDS FILE...
// BENCH_UNDO=1 first undoes and redoes the last step of a project file.
#include "app/gui/look.h"
#include "core/error.h"
#include "core/render/render.h"
#include "tests/bench/window_watch.h"

#include <QApplication>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace {

using namespace cordon;
using namespace cordon::bench;

using SteadyClock = std::chrono::steady_clock;

double millisecondsSince(SteadyClock::time_point start) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

void print(const char* what, std::vector<double> ms) {
    if (ms.empty())
        return;
    std::ranges::sort(ms);
    const auto at = [&](double share) {
        return ms[static_cast<std::size_t>(share * static_cast<double>(ms.size() - 1))];
    };
    std::printf("%-34s %6zu times  median %6.1f  99 %% %6.1f  longest %6.1f ms\n", what, ms.size(), at(0.5), at(0.99),
                at(1));
}

// The beat comes whenever the loop has nothing else to do; a gap is work of the window's own.
class Heart : public QObject {
public:
    Heart() {
        connect(&m_beat, &QTimer::timeout, this, [this] {
            m_gapsMs.push_back(millisecondsSince(m_last));
            m_last = SteadyClock::now();
        });
        m_beat.start(1);
    }
    // The gaps so far; begins anew.
    std::vector<double> take() { return std::exchange(m_gapsMs, {}); }

private:
    QTimer m_beat;
    SteadyClock::time_point m_last = SteadyClock::now();
    std::vector<double> m_gapsMs;
};

void spin(const std::function<bool()>& isDone) {
    while (!isDone())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
}

// How long a picture that is stopped at some moment still runs. `isWarm`: layers have been prepared before.
std::vector<double> stopTimes(const std::vector<Scene>& scenes, bool isWarm) {
    PreparedLayers warm;
    std::vector<double> times;
    for (std::size_t i = 0; i < scenes.size(); ++i) {
        const auto begun = SteadyClock::now();
        if (isWarm || i == 0)
            render(scenes[i], warm);
        const double wholeMs = millisecondsSince(begun);
        // Cold, the first seconds are those of preparing, whatever the view.
        static double coldMs = 0;
        if (!isWarm && i == 0)
            coldMs = wholeMs;
        for (int part = 1; part < 8; ++part) {
            PreparedLayers cold;
            std::stop_source source;
            std::atomic<bool> isDone = false;
            SteadyClock::time_point end;
            std::jthread drawing([&] {
                try {
                    render(scenes[i], isWarm ? warm : cold, source.get_token());
                } catch (const Stopped&) {
                }
                end = SteadyClock::now();
                isDone = true;
            });
            const double after = (isWarm ? wholeMs : coldMs) * part / 8;
            std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(after));
            const bool wasDone = isDone;
            const auto stopped = SteadyClock::now();
            source.request_stop();
            drawing.join();
            if (!wasDone)
                times.push_back(std::max(0.0, std::chrono::duration<double, std::milli>(end - stopped).count()));
        }
    }
    return times;
}

std::vector<Scene> everyNth(const std::vector<Watch::Answer>& answers, std::size_t most) {
    std::vector<Scene> scenes;
    const std::size_t step = std::max<std::size_t>(1, answers.size() / most);
    for (std::size_t i = 0; i < answers.size() && scenes.size() < most; i += step)
        scenes.push_back(answers[i].scene);
    return scenes;
}

void report(const Watch& watch, std::vector<double> gapsMs) {
    std::vector<double> restSharp, movingSharp;
    std::size_t open = 0;
    for (const Input input : {Input::Wheel, Input::Drag, Input::Key, Input::Resize}) {
        std::vector<double> first;
        for (const Watch::Answer& answer : watch.answers()) {
            if (answer.input != input || answer.firstMs < 0)
                continue;
            first.push_back(answer.firstMs);
            if (answer.sharpMs < 0)
                ++open;
            else
                (answer.isLast ? restSharp : movingSharp).push_back(answer.sharpMs);
        }
        print((std::string("first answer, ") + nameOf(input)).c_str(), first);
    }
    print("sharp, a gesture's last", restSharp);
    print("sharp, while it goes on", movingSharp);
    print("event loop held up", std::move(gapsMs));
    std::printf("%d pictures, %d paints without one, %zu views still unsharp at the end\n", watch.pictures(),
                watch.blankPaints(), open);
    print("stale picture stops", stopTimes(everyNth(watch.answers(), 16), true));
    print("stale picture stops, unprepared", stopTimes(everyNth(watch.answers(), 2), false));
}

void undoAndRedo(MainWindow& window, Heart& heart) {
    for (const auto& [name, step] :
         {std::pair("held up by undo", &Document::undo), {"held up by redo", &Document::redo}}) {
        const auto start = SteadyClock::now();
        (window.document().*step)();
        const double stepMs = millisecondsSince(start);
        spin([&] { return !window.canvas().isDrawing() && millisecondsSince(start) > stepMs + 500; });
        std::printf("%s took %.0f ms\n", name + std::string("held up by ").size(), stepMs);
        print(name, heart.take());
    }
}

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
    window.resize(1600, 1000);
    window.show();
    const QStringList arguments = QApplication::arguments();
    const auto start = SteadyClock::now();
    Heart heart;
    int pictures = 0;
    QObject::connect(&window.canvas(), &MapCanvas::rendered, &window, [&](double drawMs) {
        if (++pictures == 1)
            std::printf("whole picture after %.0f ms, %.0f of them drawing\n", millisecondsSince(start), drawMs);
    });
    bool isAnySeen = false;
    QTimer eyes;
    QObject::connect(&eyes, &QTimer::timeout, &eyes, [&] {
        if (std::exchange(isAnySeen, window.canvas().pictureView().has_value()) != isAnySeen)
            std::printf("first picture after %.0f ms\n", millisecondsSince(start));
    });
    eyes.start(5);
    window.loadWhenSeen(arguments.mid(2));
    spin([&] { return !window.isLoading(); });
    std::printf("loaded after %.0f ms\n", millisecondsSince(start));
    spin([&] { return pictures > 0 && !window.canvas().isDrawing(); });
    eyes.stop();
    print("held up while opening", heart.take());
    if (std::getenv("BENCH_UNDO") != nullptr)
        undoAndRedo(window, heart);

    Watch watch(window.canvas());
    Script script(window, [&](const Move& move) { watch.expect(move); });
    const auto begun = SteadyClock::now();
    script.start();
    spin([&] { return millisecondsSince(begun) >= arguments[1].toDouble() * 1000; });
    script.stop();
    const std::vector<double> gaps = heart.take();
    spin([&] { return !window.canvas().isDrawing(); });
    watch.end();
    report(watch, gaps);
    std::fflush(nullptr);
    std::_Exit(0); // what the system frees at once is not taken apart piece by piece
}
