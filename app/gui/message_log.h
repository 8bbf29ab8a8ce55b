// Everything the program has to say, in the order it was said. Texts are plain, never HTML.
#pragma once

#include "core/error.h"

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QVector>

namespace cordon {

enum class Severity { Info, Warning, Error };

struct Message {
    QDateTime time;
    Severity severity = Severity::Info;
    QString text;
    QString file; // of an Info about a written file: its path
};

class MessageLog : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const QVector<Message>& messages() const { return m_messages; }
    void add(Severity severity, const QString& text, const QString& file = {});
    void add(const Warnings& warnings);
    void clear();
    void settle(const QString& text) { emit settled(text); } // it is no longer so; the list keeps it

signals:
    void added(const cordon::Message& message);
    void cleared();
    void settled(const QString& text);

private:
    QVector<Message> m_messages;
};

// Runs `action`; whatever it throws becomes one message. The only place where the window's thread catches.
// `text` names the action for failures that do not say themselves what was tried. True when it went through.
template <class F> bool runAction(MessageLog& log, const QString& text, F&& action) {
    try {
        action();
        return true;
    } catch (const Stopped&) {
        return false;
    } catch (const Error& e) {
        log.add(Severity::Error, QString::fromUtf8(e.what()));
    } catch (const std::bad_alloc&) {
        log.add(Severity::Error, MessageLog::tr("%1: there is not enough memory.").arg(text));
    } catch (const std::exception& e) {
        log.add(Severity::Error, MessageLog::tr("%1 failed: %2").arg(text, QString::fromUtf8(e.what())));
    }
    return false;
}

} // namespace cordon
