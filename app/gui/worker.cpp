#include "app/gui/worker.h"

#include "core/error.h"

#include <QMetaObject>
#include <new>
#include <utility>

namespace cordon {

Worker::Worker(QObject* parent) : QObject(parent), m_thread([this](const std::stop_token& quit) { run(quit); }) {}

Worker::~Worker() {
    stopAll();
    m_thread.request_stop();
    m_thread.join();
}

void Worker::post(Job job) {
    Numbered numbered{++m_lastNumber, std::move(job), {}};
    ++m_openJobs;
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(numbered));
    }
    m_wake.notify_one();
}

void Worker::stopAll() {
    m_stoppedUpTo = m_lastNumber;
    const bool wasBusy = m_openJobs > 0;
    m_openJobs = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.clear();
        m_running.request_stop();
    }
    if (wasBusy)
        emit finished();
}

void Worker::run(const std::stop_token& quit) {
    while (!quit.stop_requested()) {
        Numbered job;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, quit, [this] { return !m_waiting.empty(); }))
                return;
            job = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_running = job.stop;
        }
        runJob(job);
    }
}

void Worker::runJob(Numbered& numbered) {
    const quint64 number = numbered.number;
    const QString title = numbered.job.title;
    const auto fail = [&](const QString& reason) {
        toOwner(
            number, [this, title, reason] { emit failed(title, reason); }, true);
    };
    toOwner(
        number, [this, title] { emit started(title); }, false);
    const Progress progress = [this, number](double fraction) {
        toOwner(
            number, [this, fraction] { emit progressed(fraction); }, false);
    };
    try {
        Delivery delivery = numbered.job.work(numbered.stop.get_token(), progress);
        toOwner(number, std::move(delivery), true);
    } catch (const Stopped&) {
        toOwner(number, {}, true);
    } catch (const std::bad_alloc&) {
        fail(tr("There is not enough memory for this. Close other programs, or use a smaller size or fewer layers."));
    } catch (const std::exception& e) {
        fail(QString::fromUtf8(e.what()));
    }
}

void Worker::toOwner(quint64 number, std::function<void()> call, bool isEnd) {
    const auto onOwner = [this, message = Message{number, std::move(call), isEnd}] {
        if (m_holds > 0)
            m_held.push_back(message);
        else
            deliver(message);
    };
    QMetaObject::invokeMethod(this, onOwner, Qt::QueuedConnection);
}

void Worker::deliver(const Message& message) {
    if (message.number <= m_stoppedUpTo)
        return;
    if (message.isEnd)
        --m_openJobs;
    if (message.call)
        message.call();
    if (message.isEnd && m_openJobs == 0)
        emit finished();
}

// Not at once: whoever waited goes on first.
void Worker::release() {
    if (--m_holds > 0)
        return;
    for (Message& message : std::exchange(m_held, {}))
        toOwner(message.number, std::move(message.call), message.isEnd);
}

} // namespace cordon
