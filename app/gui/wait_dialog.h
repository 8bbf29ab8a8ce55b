// Long work the window cannot go on without, such as writing a project: done beside the window's thread, while the
// window keeps painting and takes nothing but Cancel.
#pragma once

#include "app/gui/worker.h"

class QWidget;

namespace cordon {

// Returns when it is done. Throws what the work throws, so Stopped after Cancel.
void runWaiting(QWidget& window, const QString& title, const LongWork& work);

} // namespace cordon
