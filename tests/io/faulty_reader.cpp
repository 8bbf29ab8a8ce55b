// cordon-reader with one more driver, "Faulty", that does what the file says: crash, hang, eat the memory, or look what
// it can reach. Only tests start it.
#include "core/io/child_reader.h"

#include <csignal>
#include <cstring>
#include <gdal_priv.h>
#include <memory>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

bool reachesTheNetwork() {
    const int fd = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(53);
    address.sin_addr.s_addr = htonl(0x7F000001); // even this computer itself
    return fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

GDALDataset* openFaulty(GDALOpenInfo* info) {
    const std::string wish(reinterpret_cast<const char*>(info->pabyHeader),
                           static_cast<std::size_t>(info->nHeaderBytes));
    if (wish == "crash")
        std::raise(SIGSEGV);
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
    if (wish == "call")
        CPLError(CE_Failure, CPLE_AppDefined, "%s", reachesTheNetwork() ? "it reached the network" : "no network");
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
