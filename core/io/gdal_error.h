// GDAL's error reporting, turned into texts we can quote. Private to core/io.
#pragma once

#include <string>
#include <vector>

namespace cordon {

// Collects what GDAL says in this thread while it lives, and keeps it off the terminal.
class GdalMessages {
public:
    GdalMessages();
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;

    void add(bool isError, const char* message); // called by GDAL

    const std::vector<std::string>& errors() const { return m_errors; }
    const std::vector<std::string>& warnings() const { return m_warnings; }
    std::string firstError() const { return m_errors.empty() ? std::string() : m_errors.front(); }

private:
    std::vector<std::string> m_errors, m_warnings;
};

} // namespace cordon
