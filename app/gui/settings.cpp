#include "app/gui/settings.h"

#include <QCryptographicHash>

namespace cordon {

namespace {

constexpr int kMostRecent = 10;

QString crsKey(const QStringList& sources) {
    const QByteArray hash = QCryptographicHash::hash(sources.join('\n').toUtf8(), QCryptographicHash::Sha1);
    return "crs/" + QString::fromLatin1(hash.toHex().left(16));
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

void rememberRecent(const QString& path) {
    QStringList paths = recentFiles();
    paths.removeAll(path);
    paths.prepend(path);
    openSettings()->setValue("recent", QStringList(paths.mid(0, kMostRecent)));
}

void forgetRecent() {
    openSettings()->remove("recent");
}

QString rememberedCrs(const QStringList& sources) {
    return sources.isEmpty() ? QString() : openSettings()->value(crsKey(sources)).toString();
}

void rememberCrs(const QStringList& sources, const QString& definition) {
    if (sources.isEmpty())
        return;
    if (definition.isEmpty())
        openSettings()->remove(crsKey(sources));
    else
        openSettings()->setValue(crsKey(sources), definition);
}

} // namespace cordon
