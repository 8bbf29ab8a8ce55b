#include "app/cli/progress_bar.h"

#include <algorithm>
#include <iostream>
#include <unistd.h>

namespace cordon {

ProgressBar::ProgressBar(std::ostream& err, std::string what, bool isWanted)
    : m_err(err), m_what(std::move(what)), m_isShown(isWanted && &err == &std::cerr && isatty(STDERR_FILENO)) {}

ProgressBar::~ProgressBar() {
    if (m_percent >= 0)
        m_err << "\r\033[K" << std::flush;
}

void ProgressBar::show(double fraction) {
    const int percent = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * 100);
    if (!m_isShown || percent == m_percent)
        return;
    m_percent = percent;
    const auto filled = static_cast<std::size_t>(percent / 4);
    m_err << '\r' << m_what << " [" << std::string(filled, '#') << std::string(25 - filled, '.') << "] " << percent
          << " %\033[K" << std::flush;
}

} // namespace cordon
