#include "app/gui/loading.h"

#include "core/render/map_view.h"

#include <QFileInfo>
#include <QSet>

namespace cordon {

LoadOutcome loadForWindow(std::shared_ptr<const Project> base, const QStringList& sources, const std::stop_token& stop,
                          const std::function<void(double)>& progress) {
    ReadOptions options;
    options.stop = stop;
    options.progress = progress;
    std::vector<std::string> paths;
    for (const QString& source : sources)
        paths.push_back(source.toStdString());
    std::vector<SourceContent> contents = readSources(paths, options);
    LoadOutcome outcome;
    outcome.base = base;
    LoadResult result{std::move(base), {}, {}, {}};
    for (std::size_t i = 0; i < contents.size(); ++i) {
        try {
            join(result, std::move(contents[i]));
            outcome.loaded.append(sources[static_cast<qsizetype>(i)]);
        } catch (const Error& e) {
            outcome.failures.append(QString::fromUtf8(e.what()));
        }
    }
    outcome.project = std::move(result.project);
    outcome.recipe = std::move(result.recipe);
    outcome.warnings = std::move(result.warnings);
    return outcome;
}

void findCrs(const Project& project, const QString& wanted) {
    const std::string definition = wanted.isEmpty() ? project.map.crs : wanted.toStdString();
    const GeoBox all = extentOf(project);
    try {
        if (!definition.empty())
            Projection(Crs::fromText(definition));
        else if (!all.isEmpty())
            Projection(suitableCrs(all));
    } catch (const Error&) {
        // The window says so when it opens the map.
    }
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
