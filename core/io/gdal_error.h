// GDAL's error reporting, turned into texts we can quote. Private to core/io.
#pragma once

#include <cpl_error.h>
#include <string>
#include <vector>

namespace cordon {

// Collects what GDAL says in this thread while it lives, and keeps it off the terminal.
class GdalMessages {
public:
    GdalMessages() { CPLPushErrorHandlerEx(&GdalMessages::take, this); }
    ~GdalMessages() { CPLPopErrorHandler(); }
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;

    const std::vector<std::string>& errors() const { return m_errors; }
    const std::vector<std::string>& warnings() const { return m_warnings; }
    std::string firstError() const { return m_errors.empty() ? std::string() : m_errors.front(); }

private:
    static void CPL_STDCALL take(CPLErr severity, CPLErrorNum, const char* message) {
        auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
        auto& list = severity >= CE_Failure ? self->m_errors : self->m_warnings;
        if ((severity >= CE_Failure || severity == CE_Warning) && list.size() < 20)
            list.emplace_back(message);
    }

    std::vector<std::string> m_errors, m_warnings;
};

} // namespace cordon
