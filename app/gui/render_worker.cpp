#include "app/gui/render_worker.h"

#include <chrono>

namespace cordon {

namespace {

std::vector<std::shared_ptr<const FeatureTable>> tablesOf(const Project& project) {
    std::vector<std::shared_ptr<const FeatureTable>> tables;
    for (const auto& layer : project.layers)
        if (layer->table)
            tables.push_back(layer->table);
    if (project.map.locator)
        tables.push_back(project.map.locator);
    return tables;
}

} // namespace

RenderWorker::RenderWorker(std::shared_ptr<PreparedLayers> prepared, QObject* parent)
    : QObject(parent), m_prepared(std::move(prepared)) {
    connect(&m_worker, &Worker::failed, this, [this](const QString&, const QString& reason) { emit failed(reason); });
    connect(&m_worker, &Worker::finished, this, [this] { emit busyChanged(false); });
}

void RenderWorker::request(Scene scene) {
    const bool wasBusy = m_worker.isBusy();
    {
        const QSignalBlocker quiet(m_worker); // a replaced request does not end the work
        m_worker.stopAll();
    }
    m_worker.post(
        {tr("Draw the map"), [this, scene = std::move(scene)](const std::stop_token& stop, const Worker::Progress&) {
             const auto start = std::chrono::steady_clock::now();
             m_prepared->keepOnly(tablesOf(*scene.project));
             auto picture = std::make_shared<Picture>();
             picture->image = render(scene, *m_prepared, stop);
             picture->scene = scene;
             const auto took = std::chrono::steady_clock::now() - start;
             picture->renderMs = std::chrono::duration<double, std::milli>(took).count();
             return Worker::Delivery([this, picture] { emit rendered(*picture); });
         }});
    if (!wasBusy)
        emit busyChanged(true);
}

void RenderWorker::stop() {
    m_worker.stopAll();
}

} // namespace cordon
