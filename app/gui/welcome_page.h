// What the window shows while no map is open: how to begin.
#pragma once

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace cordon {

class WelcomePage : public QScrollArea {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void showRecent(const QStringList& paths);
    void setBusy(const QString& text); // "" = not busy; shown while the first map is loading

signals:
    void openWanted();
    void sampleWanted();
    void recentWanted(const QString& path);

private:
    QVBoxLayout* m_recent;
    QLabel* m_recentTitle;
    QLabel* m_busy;
};

} // namespace cordon
