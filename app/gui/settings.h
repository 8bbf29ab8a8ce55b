// What the window remembers between runs. $CORDON_SETTINGS names a file to keep it in instead of the user's own
// (tests).
#pragma once

#include <QSettings>
#include <QString>
#include <QStringList>
#include <memory>

namespace cordon {

std::unique_ptr<QSettings> openSettings();

QStringList recentFiles();
void rememberRecent(const QStringList& opened); // ten at most are kept, the newest first; waits for the disk
void forgetRecent();

// The CRS a user chose for a map opened from these files; "" = none.
QString rememberedCrs(const QStringList& sources);
void rememberCrs(const QStringList& sources, const QString& definition);

// What was last asked about access on a map opened from these files, as access_memory.h writes it; "" = nothing.
QString rememberedAccess(const QStringList& sources);
void rememberAccess(const QStringList& sources, const QString& question);

} // namespace cordon
