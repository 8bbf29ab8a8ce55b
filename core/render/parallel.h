// Work shared out over threads: each takes the next free item, so that which thread does what never decides the result.
#pragma once

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cordon {

// 0 = all cores.
inline int threadCount(int wanted) {
    static const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency())); // asks the system
    return wanted > 0 ? wanted : cores;
}

// Calls run() on this thread and beside it on up to `threads` - 1 others, as far as they are free; it must not throw.
void runOnThreads(int threads, const std::function<void()>& run);

// Calls work(i) for i in [0, count), each once, on up to `threads` threads. The first exception stops the rest and is
// thrown to the caller.
template <class Work> void parallelFor(int threads, int count, const Work& work) {
    threads = std::min(threads, count);
    if (threads <= 1) {
        for (int i = 0; i < count; ++i)
            work(i);
        return;
    }
    std::atomic<int> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    runOnThreads(threads, [&] {
        try {
            for (int i = next++; i < count; i = next++)
                work(i);
        } catch (...) {
            next = count;
            const std::lock_guard lock(mutex);
            if (!failure)
                failure = std::current_exception();
        }
    });
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace cordon
