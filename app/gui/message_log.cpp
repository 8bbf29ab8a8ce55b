#include "app/gui/message_log.h"

namespace cordon {

namespace {

constexpr qsizetype kMostMessages = 2000; // the oldest go first

} // namespace

void MessageLog::add(Severity severity, const QString& text, const QString& file) {
    if (m_messages.size() >= kMostMessages)
        m_messages.removeFirst();
    m_messages.append({QDateTime::currentDateTime(), severity, text, file});
    emit added(m_messages.last());
}

void MessageLog::add(const Warnings& warnings) {
    for (const Warning& warning : warnings)
        add(warning.leftOut ? Severity::Warning : Severity::Info, QString::fromStdString(warning.text));
}

void MessageLog::clear() {
    m_messages.clear();
    emit cleared();
}

} // namespace cordon
