// One message over the map, without stopping the work: stays for errors, leaves by itself otherwise.
#pragma once

#include "app/gui/message_log.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

namespace cordon {

class Banner : public QFrame {
    Q_OBJECT
public:
    explicit Banner(QWidget* parent); // lies along the parent's upper edge

    void showMessage(const Message& message);
    QString text() const { return m_text->text(); }
    void settle(const QString& text); // leaves if it says this

signals:
    void detailsWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void place();
    void openFile() const;
    void openFolder() const;

    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_open;
    QPushButton* m_folder;
    QPushButton* m_details;
    QToolButton* m_close;
    QTimer m_leave;
    QString m_file;
    int m_unread = 0; // errors shown since it was last closed
};

} // namespace cordon
