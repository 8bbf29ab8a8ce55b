// What one call of readVector() carries through its readers: the options, the warnings so far, progress and stopping.
#pragma once

#include "core/io/vector_reader.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace cordon {

inline bool equalIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

inline std::string lowerCased(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return lower;
}

// "1 feature", "1,234 features".
std::string countOf(std::size_t count, std::string_view noun);

// Lives as long as one call; warn() and checkpoint() belong to the thread that reads.
class ReadJob {
public:
    explicit ReadJob(const ReadOptions& options) : m_options(options) {}

    const ReadOptions& options() const { return m_options; }
    int threadCount() const;

    bool wantsColumn(std::string_view name) const {
        return !m_options.columns || std::any_of(m_options.columns->begin(), m_options.columns->end(),
                                                 [&](const std::string& c) { return equalIgnoringCase(c, name); });
    }

    void warn(std::string text, bool leftOut = false) {
        Warning warning{std::move(text), leftOut};
        if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end())
            warnings.push_back(std::move(warning));
    }

    // Throws Stopped when asked to stop. Any thread.
    void throwIfStopped() const {
        if (m_options.stop.stop_requested())
            throw Stopped();
    }

    // The above, and reports progress at most 20 times a second. Cheap enough for every thousand features.
    void checkpoint(double fraction);

    Warnings warnings;

private:
    const ReadOptions& m_options;
    std::chrono::steady_clock::time_point m_nextReport{};
};

} // namespace cordon
