#include "core/render/render.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <malloc.h>
#include <mutex>

// Q_INIT_RESOURCE declares a function of the global namespace; a static library needs the call, or its resources are
// left out of the program.
static void initResources() {
    Q_INIT_RESOURCE(resources);
}

namespace cordon {

void startOffscreen(int& argc, char** argv) {
    if (QGuiApplication::instance() == nullptr) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        // Never destroyed: it must outlive every static that holds a font.
        [[maybe_unused]] static QGuiApplication* application = nullptr;
        application = new QGuiApplication(argc, argv);
    }
    useBundledFonts();
}

void useBundledFonts() {
    static std::once_flag once;
    std::call_once(once, [] {
        initResources();
        for (const char* style : {"Regular", "Bold", "Italic", "BoldItalic"})
            QFontDatabase::addApplicationFont(
                QStringLiteral(":/cordon/fonts/NotoSans-%1.ttf").arg(QLatin1String(style)));
    });
}

void keepFreedMemory() {
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_MMAP_THRESHOLD, 32 << 20); // the most it takes
    mallopt(M_TOP_PAD, 16 << 20);
#endif
}

} // namespace cordon
