// The list of all messages: time, kind, text; newest last. Can be copied.
#pragma once

#include "app/gui/message_log.h"

#include <QTreeWidget>
#include <QWidget>

namespace cordon {

class MessagesPanel : public QWidget {
    Q_OBJECT
public:
    explicit MessagesPanel(MessageLog& log, QWidget* parent = nullptr);

    QString asText() const; // all lines, tab-separated

private:
    void append(const Message& message);
    void copySelected();

    MessageLog& m_log;
    QTreeWidget* m_list;
};

} // namespace cordon
