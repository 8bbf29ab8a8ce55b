// Answers the shared benchmark's call "import gpx|csv FILE OUTSTEM" (its README, "A contender"): reads the file as any
// source is read and says what it holds; like its ogrinfo it stores nothing. Exit 64: cannot do this.
#include "core/io/vector_reader.h"

#include <chrono>
#include <cstdio>
#include <string_view>

int main(int argc, char** argv) {
    using Clock = std::chrono::steady_clock;
    const std::string_view kind = argc > 2 ? argv[2] : "";
    if (argc < 4 || std::string_view(argv[1]) != "import" || (kind != "gpx" && kind != "csv"))
        return 64;
    try {
        const auto start = Clock::now();
        const cordon::ImportResult result = cordon::readVector(argv[3]);
        std::size_t rows = 0, points = 0, times = 0;
        for (const auto& table : result.tables) {
            rows += table->featureCount;
            points += table->geometry.coordinates.size();
            times += table->geometry.timeMs.size();
        }
        const std::chrono::duration<double, std::milli> spent = Clock::now() - start;
        std::printf("rows=%zu points=%zu times=%zu read=%.0f ms\n", rows, points, times, spent.count());
    } catch (const cordon::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
