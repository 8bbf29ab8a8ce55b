#include "app/gui/loading.h"

#include "core/render/map_view.h"

#include <QFileInfo>
#include <QSet>

namespace cordon {

LoadOutcome loadForWindow(std::shared_ptr<const Project> base, const QStringList& sources, const std::stop_token& stop,
                          const std::function<void(double)>& progress) {
    LoadOutcome outcome;
    outcome.base = base;
    outcome.project = std::move(base);
    for (qsizetype i = 0; i < sources.size(); ++i) {
        if (stop.stop_requested())
            throw Stopped{};
        ReadOptions options;
        options.stop = stop;
        options.progress = [&, i](double fraction) {
            progress((static_cast<double>(i) + fraction) / static_cast<double>(sources.size()));
        };
        try {
            LoadResult result = addSources(outcome.project, {sources[i].toStdString()}, options);
            outcome.project = std::move(result.project);
            if (result.recipe)
                outcome.recipe = std::move(result.recipe);
            outcome.warnings.insert(outcome.warnings.end(), result.warnings.begin(), result.warnings.end());
            outcome.loaded.append(sources[i]);
        } catch (const Error& e) {
            outcome.failures.append(QString::fromUtf8(e.what()));
        }
    }
    if (const GeoBox all = extentOf(*outcome.project); !all.isEmpty())
        outcome.suitableCrs = suitableCrs(all);
    return outcome;
}

QStringList withoutSidecars(const QStringList& paths) {
    static const QSet<QString> sidecars{"dbf", "shx", "prj", "cpg", "sbn", "sbx", "qix", "qmd", "qpj"};
    QSet<QString> shapefiles;
    for (const QString& path : paths)
        if (path.endsWith(".shp", Qt::CaseInsensitive))
            shapefiles.insert(path.chopped(4));
    QStringList kept;
    for (const QString& path : paths) {
        const QFileInfo info(path);
        const bool isXml = path.endsWith(".shp.xml", Qt::CaseInsensitive);
        const QString stem = path.chopped(isXml ? 8 : info.suffix().size() + 1);
        const bool isSidecar = isXml || sidecars.contains(info.suffix().toLower());
        if (!isSidecar || !shapefiles.contains(stem))
            kept.append(path);
    }
    return kept;
}

} // namespace cordon
