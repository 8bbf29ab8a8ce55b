// Draws scenes beside the window's thread: the newest request wins, an older one is stopped and never shown. Large
// layers that are drawn for the first time come one after the other, so that something is seen early. The last pictures
// are kept: the whole map, a layer shown again or the date before come back at once. When nothing is wanted for a
// moment the neighbouring levels of detail are made ready.
#pragma once

#include "app/gui/worker.h"
#include "core/render/moved_map.h"

#include <QImage>
#include <QTimer>
#include <deque>
#include <memory>

namespace cordon {

// A finished picture and all it depends on.
struct Picture {
    QImage image;
    Scene scene;
    double renderMs = 0;
    bool isWhole = true; // false: an early one, some layers and the labels are still missing
};

class RenderWorker : public QObject {
    Q_OBJECT
public:
    explicit RenderWorker(std::shared_ptr<PreparedLayers> prepared, QObject* parent = nullptr);

    void request(Scene scene);
    void stop(); // and forgets the pictures
    bool isBusy() const { return m_worker.isBusy(); }
    bool isWarmingUp() const { return m_warmTimer.isActive() || m_warmer.isBusy(); }

signals:
    void rendered(const cordon::Picture& picture);
    void failed(const QString& reason);
    void busyChanged(bool busy);

private:
    void post(Scene scene, bool isWhole);
    void take(const std::shared_ptr<const Picture>& picture);
    void forgetOne();
    void dropAll();
    std::shared_ptr<const Picture> kept(const Scene& scene) const; // null: not kept

    std::shared_ptr<PreparedLayers> m_prepared;
    std::deque<std::shared_ptr<const Picture>> m_kept; // whole ones of the same tables, the newest first
    MapGround m_ground;                                // of the last whole picture that was drawn
    Worker m_worker;
    Worker m_warmer;
    QTimer m_warmTimer;
    Scene m_warmScene;
};

} // namespace cordon
