#include "core/render/parallel.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

namespace cordon {

namespace {

// Threads that wait for work: to start one costs as much as a tenth of a small picture, and there are a dozen
// calls a picture. They serve whoever calls, from any thread.
class Helpers {
public:
    struct Job {
        const std::function<void()>& run;
        int running = 0; // helpers at it
    };

    // Runs the job on this thread and on as many helpers as are free, `wanted` at most, until all have returned.
    void runWith(int wanted, const std::function<void()>& run) {
        Job job{run};
        {
            const std::lock_guard lock(m_mutex);
            while (static_cast<int>(m_threads.size()) < wanted && static_cast<int>(m_threads.size()) < threadCount(0))
                m_threads.emplace_back([this](const std::stop_token& stop) { serve(stop); });
            m_waiting.insert(m_waiting.end(), static_cast<std::size_t>(wanted), &job);
        }
        m_wake.notify_all();
        run();
        std::unique_lock lock(m_mutex);
        std::erase(m_waiting, &job);
        m_done.wait(lock, [&] { return job.running == 0; });
    }

private:
    void serve(const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        while (m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); })) {
            Job* job = m_waiting.front();
            m_waiting.pop_front();
            ++job->running;
            lock.unlock();
            job->run();
            lock.lock();
            if (--job->running == 0)
                m_done.notify_all();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_wake, m_done;
    std::deque<Job*> m_waiting;          // once for each helper wanted
    std::vector<std::jthread> m_threads; // the last member: they end before the others go
};

} // namespace

void runOnThreads(int threads, const std::function<void()>& run) {
    static Helpers helpers;
    helpers.runWith(threads - 1, run);
}

} // namespace cordon
