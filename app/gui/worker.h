// One thread beside the window's, with a queue of jobs. A job's answer is a function that is called on the window's
// thread; a stopped job delivers nothing. All public members belong to the thread the worker was made in.
#pragma once

#include <QObject>
#include <QString>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace cordon {

class Worker : public QObject {
    Q_OBJECT
public:
    using Progress = std::function<void(double fraction)>; // callable from the worker's thread
    using Delivery = std::function<void()>;
    struct Job {
        QString title;                                                  // for people: "Open mali.shp"
        std::function<Delivery(std::stop_token, const Progress&)> work; // may throw; Stopped is no failure
    };

    explicit Worker(QObject* parent = nullptr);
    ~Worker() override; // stops all and waits

    void post(Job job);
    // Drops what waits and stops what runs; returns at once.
    void stopAll();
    bool isBusy() const { return m_openJobs > 0; }

    // While one lives nothing is delivered: for nested event loops that wait for something else. What came meanwhile
    // is delivered afterwards, in its order.
    class Hold {
    public:
        explicit Hold(Worker& worker) : m_worker(worker) { ++m_worker.m_holds; }
        ~Hold() { m_worker.release(); }
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;

    private:
        Worker& m_worker;
    };

signals:
    void started(const QString& title);
    void progressed(double fraction);
    void failed(const QString& title, const QString& reason);
    void finished(); // nothing is left to do

private:
    struct Numbered {
        quint64 number = 0;
        Job job;
        std::stop_source stop;
    };
    void run(const std::stop_token& quit);
    void runJob(Numbered& job);
    struct Message { // of a job to the owner's thread
        quint64 number = 0;
        std::function<void()> call;
        bool isEnd = false;
    };
    void toOwner(quint64 number, std::function<void()> call, bool isEnd);
    void deliver(const Message& message);
    void release();

    std::mutex m_mutex; // guards m_waiting and m_running
    std::condition_variable_any m_wake;
    std::deque<Numbered> m_waiting;
    std::stop_source m_running{std::nostopstate};
    quint64 m_lastNumber = 0;   // owner's thread
    quint64 m_stoppedUpTo = 0;  // owner's thread: jobs up to this one are not delivered any more
    int m_openJobs = 0;         // owner's thread
    int m_holds = 0;            // owner's thread
    std::deque<Message> m_held; // owner's thread
    std::jthread m_thread;
};

// Work that takes more than a moment; throws Stopped when asked to stop.
using LongWork = std::function<void(std::stop_token, const Worker::Progress&)>;

} // namespace cordon
