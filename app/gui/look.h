// How the window looks, whatever the desktop's theme: Fusion, a quiet light palette, our own icons.
#pragma once

#include <QIcon>
#include <QString>

class QApplication;

namespace cordon {

void applyLook(QApplication& application);
QIcon iconOf(const QString& name); // app/gui/icons/<name>.svg

} // namespace cordon
