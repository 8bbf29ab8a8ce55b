#include "app/gui/render_worker.h"

#include "app/gui/step_back.h"
#include "app/gui/view_motion.h"
#include "core/render/warm_up.h"

#include <algorithm>
#include <chrono>
#include <utility>

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

bool hasSameContent(const Picture& picture, const Scene& scene) {
    const Scene& drawn = picture.scene;
    return drawn.project == scene.project && drawn.time == scene.time && drawn.labels == scene.labels &&
           drawn.graticule == scene.graticule;
}

bool isOf(const Picture& picture, const Scene& scene) {
    return hasSameContent(picture, scene) && picture.scene.view == scene.view;
}

// What is worth to be seen before all of it: first what is ready or small, then one more large layer each time, the
// smaller ones first.
std::vector<std::shared_ptr<const Project>> earlyProjects(const Project& project, const PreparedLayers& prepared,
                                                          const Crs& crs) {
    constexpr std::size_t kLargePoints = 500'000; // some hundred ms to prepare and draw
    std::vector<std::shared_ptr<const Layer>> waiting;
    for (const auto& layer : project.layers)
        if (layer->visible && layer->table && layer->table->geometry.coordinates.size() >= kLargePoints &&
            !prepared.isReady(layer->table, crs))
            waiting.push_back(layer);
    std::ranges::stable_sort(waiting, {}, [](const auto& layer) { return layer->table->geometry.coordinates.size(); });
    std::vector<std::shared_ptr<const Project>> projects;
    for (std::size_t shown = 0; shown < waiting.size(); ++shown) {
        auto early = std::make_shared<Project>(project);
        std::erase_if(early->layers, [&](const auto& layer) {
            return std::find(waiting.begin() + static_cast<std::ptrdiff_t>(shown), waiting.end(), layer) !=
                   waiting.end();
        });
        if (std::ranges::any_of(early->layers, [](const auto& layer) { return layer->visible && layer->table; }))
            projects.push_back(std::move(early));
    }
    return projects;
}

} // namespace

RenderWorker::RenderWorker(std::shared_ptr<PreparedLayers> prepared, QObject* parent)
    : QObject(parent), m_prepared(std::move(prepared)) {
    connect(&m_worker, &Worker::failed, this, [this](const QString&, const QString& reason) { emit failed(reason); });
    connect(&m_worker, &Worker::finished, this, [this] { emit busyChanged(false); });
    constexpr int kIdleMs = 200;
    m_warmTimer.setSingleShot(true);
    m_warmTimer.setInterval(kIdleMs);
    connect(&m_warmTimer, &QTimer::timeout, this, [this] {
        m_warmer.post({{},
                       [prepared = m_prepared, scene = std::exchange(m_warmScene, {})](const std::stop_token& stop,
                                                                                       const Worker::Progress&) {
                           stepBehindTheWindow();
                           warmUp(scene, kZoomStep, *prepared, stop);
                           return Worker::Delivery();
                       }});
    });
}

void RenderWorker::request(Scene scene) {
    const bool wasBusy = m_worker.isBusy();
    {
        const QSignalBlocker quiet(m_worker); // a replaced request does not end the work
        dropAll();
    }
    if (const auto known = kept(scene)) {
        m_worker.post({tr("Draw the map"), [this, known](const std::stop_token&, const Worker::Progress&) {
                           return Worker::Delivery([this, known] { take(known); });
                       }});
        if (!wasBusy)
            emit busyChanged(true);
        return;
    }
    for (const auto& early : earlyProjects(*scene.project, *m_prepared, scene.view.crs)) {
        Scene part = scene;
        part.project = early;
        part.labels = false;
        post(std::move(part), false);
    }
    post(std::move(scene), true);
    if (!wasBusy)
        emit busyChanged(true);
}

void RenderWorker::post(Scene scene, bool isWhole) {
    m_worker.post({tr("Draw the map"), [this, scene = std::move(scene), isWhole,
                                        before = m_ground](const std::stop_token& stop, const Worker::Progress&) {
                       const auto start = std::chrono::steady_clock::now();
                       if (isWhole)
                           m_prepared->keepOnly(tablesOf(*scene.project));
                       auto picture = std::make_shared<Picture>();
                       MapPicture drawn = renderMoved(scene, *m_prepared, before, stop);
                       picture->image = std::move(drawn.image);
                       picture->scene = scene;
                       picture->isWhole = isWhole;
                       const auto took = std::chrono::steady_clock::now() - start;
                       picture->renderMs = std::chrono::duration<double, std::milli>(took).count();
                       return Worker::Delivery([this, picture, ground = std::move(drawn.ground)] {
                           if (picture->isWhole)
                               m_ground = ground;
                           take(picture);
                       });
                   }});
}

std::shared_ptr<const Picture> RenderWorker::kept(const Scene& scene) const {
    const auto found = std::ranges::find_if(m_kept, [&](const auto& picture) { return isOf(*picture, scene); });
    return found == m_kept.end() ? nullptr : *found;
}

// The oldest goes. Of the map as it is now the picture that took longest stays: most often that of the whole map.
void RenderWorker::forgetOne() {
    const Scene& now = m_kept.front()->scene;
    auto slowest = m_kept.begin();
    for (auto picture = m_kept.begin(); picture != m_kept.end(); ++picture)
        if (hasSameContent(**picture, now) && (*picture)->renderMs > (*slowest)->renderMs)
            slowest = picture;
    m_kept.erase(std::prev(m_kept.end(), slowest == std::prev(m_kept.end()) ? 2 : 1));
}

void RenderWorker::take(const std::shared_ptr<const Picture>& picture) {
    constexpr std::size_t kMost = 4; // some 8 MB each
    if (picture->isWhole) {
        // A map that was closed goes, with its tables.
        std::erase_if(m_kept, [&, tables = tablesOf(*picture->scene.project)](const auto& old) {
            return isOf(*old, picture->scene) || tablesOf(*old->scene.project) != tables;
        });
        m_kept.push_front(picture);
        if (m_kept.size() > kMost)
            forgetOne();
        m_warmScene = picture->scene;
        m_warmTimer.start();
    }
    emit rendered(*picture);
}

void RenderWorker::stop() {
    dropAll();
    m_kept.clear();
    m_ground = {};
}

void RenderWorker::dropAll() {
    m_worker.stopAll();
    m_warmer.stopAll();
    m_warmTimer.stop();
    m_warmScene = {};
}

} // namespace cordon
