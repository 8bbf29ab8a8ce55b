#include "app/gui/settings.h"

#include <QCryptographicHash>

namespace cordon {

namespace {

constexpr int kMostRecent = 10;

QString keyOf(const QString& group, const QStringList& sources) {
    const QByteArray hash = QCryptographicHash::hash(sources.join('\n').toUtf8(), QCryptographicHash::Sha1);
    return group + '/' + QString::fromLatin1(hash.toHex().left(16));
}

QString remembered(const QString& group, const QStringList& sources) {
    return sources.isEmpty() ? QString() : openSettings()->value(keyOf(group, sources)).toString();
}

void remember(const QString& group, const QStringList& sources, const QString& text) {
    if (sources.isEmpty())
        return;
    if (text.isEmpty())
        openSettings()->remove(keyOf(group, sources));
    else
        openSettings()->setValue(keyOf(group, sources), text);
}

} // namespace

std::unique_ptr<QSettings> openSettings() {
    const QString file = qEnvironmentVariable("CORDON_SETTINGS");
    if (!file.isEmpty())
        return std::make_unique<QSettings>(file, QSettings::IniFormat);
    return std::make_unique<QSettings>("Cordon", "Cordon");
}

QStringList recentFiles() {
    return openSettings()->value("recent").toStringList();
}

void rememberRecent(const QStringList& opened) {
    QStringList paths = recentFiles();
    for (const QString& path : opened) {
        paths.removeAll(path);
        paths.prepend(path);
    }
    openSettings()->setValue("recent", QStringList(paths.mid(0, kMostRecent)));
}

void forgetRecent() {
    openSettings()->remove("recent");
}

QString rememberedCrs(const QStringList& sources) {
    return remembered("crs", sources);
}

void rememberCrs(const QStringList& sources, const QString& definition) {
    remember("crs", sources, definition);
}

QString rememberedAccess(const QStringList& sources) {
    return remembered("access", sources);
}

void rememberAccess(const QStringList& sources, const QString& question) {
    remember("access", sources, question);
}

} // namespace cordon
