#include "core/io/gdal_error.h"

#include <cpl_error.h>

namespace cordon {

namespace {

void CPL_STDCALL take(CPLErr severity, CPLErrorNum, const char* message) {
    if (severity >= CE_Warning)
        static_cast<GdalMessages*>(CPLGetErrorHandlerUserData())->add(severity >= CE_Failure, message);
}

} // namespace

GdalMessages::GdalMessages() {
    CPLPushErrorHandlerEx(&take, this);
}

GdalMessages::~GdalMessages() {
    CPLPopErrorHandler();
}

void GdalMessages::add(bool isError, const char* message) {
    constexpr std::size_t kMost = 20; // some drivers complain of every feature
    auto& list = isError ? m_errors : m_warnings;
    if (list.size() < kMost)
        list.emplace_back(message);
}

} // namespace cordon
