#include "app/gui/look.h"
#include "app/gui/main_window.h"
#include "core/io/data_folder.h"
#include "core/render/render.h"

#include <QApplication>
#include <QTimer>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace {

constexpr const char* kHelp = R"(cordon-desktop: the window of Cordon

Usage: cordon-desktop [FILE...]

Opens a project (.gpkg), in which reports are added and every change is kept, or
files (recipes, Shapefile, GeoJSON, GPX, CSV, KML, ... or folders) as one map.
Without files it shows how to begin.

  --sample    open the sample (Mali 2025)
  --help      show this
  --version   show the version

Examples: cordon-desktop mali.gpkg
          cordon-desktop roads.shp incidents.csv
)";

int run(int argc, char** argv) {
    std::signal(SIGXFSZ, SIG_IGN); // a file-size limit is told as an error of the write, not by dying
    QApplication application(argc, argv);
    QApplication::setOrganizationName("Cordon");
    QApplication::setApplicationName("Cordon");
    QApplication::setApplicationVersion(CORDON_VERSION);
    QApplication::setDesktopFileName("org.cordonmap.Cordon");
    cordon::keepFreedMemory();
    cordon::useBundledFonts();
    cordon::applyLook(application);
    cordon::MainWindow window;
    window.show();
    const QStringList arguments = QApplication::arguments().mid(1);
    const bool isSample = arguments == QStringList{"--sample"};
    window.loadWhenSeen(isSample ? QStringList{QString::fromStdString(cordon::sampleRecipePath())} : arguments);
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--help") == 0 || std::strcmp(argv[i], "-h") == 0) {
            std::fputs(kHelp, stdout);
            return 0;
        }
        if (std::strcmp(argv[i], "--version") == 0) {
            std::puts("cordon-desktop " CORDON_VERSION);
            return 0;
        }
        if (argv[i][0] == '-' && std::strcmp(argv[i], "--sample") != 0) {
            std::fprintf(stderr, "cordon-desktop: unknown option %s; see cordon-desktop --help.\n", argv[i]);
            return 2;
        }
    }
    try {
        return run(argc, argv);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "cordon-desktop: %s\n", e.what());
        return 1;
    }
}
