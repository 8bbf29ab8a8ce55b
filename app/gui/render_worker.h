// Draws scenes beside the window's thread: the newest request wins, an older one is stopped and never shown. Large
// layers that are drawn for the first time come one after the other, so that something is seen early.
#pragma once

#include "app/gui/worker.h"
#include "core/render/render.h"

#include <QImage>
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
    void stop();
    bool isBusy() const { return m_worker.isBusy(); }

signals:
    void rendered(const cordon::Picture& picture);
    void failed(const QString& reason);
    void busyChanged(bool busy);

private:
    void post(Scene scene, bool isWhole);

    std::shared_ptr<PreparedLayers> m_prepared;
    Worker m_worker;
};

} // namespace cordon
