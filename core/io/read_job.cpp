#include "core/io/read_job.h"

#include <thread>

namespace cordon {

std::string countOf(std::size_t count, std::string_view noun) {
    std::string digits = std::to_string(count);
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits + " " + std::string(noun) + (count == 1 ? "" : "s");
}

int ReadJob::threadCount() const {
    if (m_options.threads > 0)
        return m_options.threads;
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void ReadJob::checkpoint(double fraction) {
    throwIfStopped();
    if (!m_options.progress)
        return;
    const auto now = std::chrono::steady_clock::now();
    if (now < m_nextReport)
        return;
    m_nextReport = now + std::chrono::milliseconds(50);
    m_options.progress(std::clamp(fraction, 0.0, 1.0));
}

} // namespace cordon
