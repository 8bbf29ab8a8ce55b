#include "app/gui/look.h"
#include "core/render/render.h"

#include <QApplication>
#include <QTemporaryDir>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir settings; // never the user's own
    qputenv("CORDON_SETTINGS", settings.filePath("settings.ini").toUtf8());
    qputenv("XDG_CONFIG_HOME", settings.path().toUtf8()); // what an import remembers
    testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    cordon::useBundledFonts();
    cordon::applyLook(application);
    return RUN_ALL_TESTS();
}
