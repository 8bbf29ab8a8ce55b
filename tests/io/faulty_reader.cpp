// cordon-reader with one more driver, "Faulty", that does what the file says: crash, hang, eat the memory or leave.
// Only tests start it.
#include "core/io/child_reader.h"

#include <csignal>
#include <cstring>
#include <gdal_priv.h>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

GDALDataset* openFaulty(GDALOpenInfo* info) {
    const std::string wish(reinterpret_cast<const char*>(info->pabyHeader),
                           static_cast<std::size_t>(info->nHeaderBytes));
    if (wish == "crash") {
        std::signal(SIGSEGV, SIG_DFL); // sanitizers catch it
        std::raise(SIGSEGV);
    }
    if (wish == "hang")
        for (;;)
            pause();
    if (wish == "eat") {
        constexpr std::size_t kPiece = std::size_t{16} << 20;
        for (std::vector<std::unique_ptr<char[]>> pieces;;) {
            pieces.push_back(std::make_unique<char[]>(kPiece));
            std::memset(pieces.back().get(), 1, kPiece);
        }
    }
    if (wish == "leave")
        _exit(0);
    return nullptr;
}

} // namespace

int main(int argc, char** argv) {
    auto driver = std::make_unique<GDALDriver>();
    driver->SetDescription("Faulty");
    driver->SetMetadataItem(GDAL_DCAP_VECTOR, "YES");
    driver->pfnOpen = openFaulty;
    GetGDALDriverManager()->RegisterDriver(driver.release());
    return cordon::runReaderProcess(argc, argv);
}
