// The sample's pictures against those in tests/golden. UPDATE_GOLDEN=1 rewrites them; on failure the picture drawn is
// kept in the build folder to be looked at beside the golden one.
#include "test_folders.h"
#include "tests/cli/cli_run.h"

#include <QImage>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

namespace cordon {
namespace {

const std::string kSample = CORDON_TEST_SOURCE "/data/mali-2025/mali-2025.json";

struct Difference {
    double meanLevels = 0;  // of all channels, 0..255
    double farFraction = 0; // of pixels with a channel more than 16 levels off
};

Difference differenceOf(const QImage& a, const QImage& b) {
    Difference difference;
    double sum = 0;
    long far = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            const int r = std::abs(qRed(p) - qRed(q)), g = std::abs(qGreen(p) - qGreen(q)),
                      l = std::abs(qBlue(p) - qBlue(q));
            sum += r + g + l;
            far += std::max({r, g, l}) > 16;
        }
    const double pixels = static_cast<double>(a.width()) * a.height();
    difference.meanLevels = sum / 3 / pixels;
    difference.farFraction = static_cast<double>(far) / pixels;
    return difference;
}

// Shapes are exact everywhere; letters may differ a little between versions of FreeType.
void expectGolden(const std::string& name, std::vector<std::string> args, const std::string& source = kSample) {
    const std::string golden = CORDON_TEST_SOURCE "/tests/golden/" + name;
    const std::string drawn = CORDON_TEST_BUILD "/golden-" + name;
    args.insert(args.begin(), {"render", source, "--quiet", "-o", drawn});
    const CliRun run = cli(args);
    ASSERT_EQ(run.code, kComplete) << run.err;
    const QImage picture = QImage(QString::fromStdString(drawn)).convertToFormat(QImage::Format_RGB32);
    if (const char* update = std::getenv("UPDATE_GOLDEN"); update && *update == '1') {
        std::filesystem::copy_file(drawn, golden, std::filesystem::copy_options::overwrite_existing);
        GTEST_SKIP() << "rewrote " << golden;
    }
    const QImage expected = QImage(QString::fromStdString(golden)).convertToFormat(QImage::Format_RGB32);
    ASSERT_FALSE(expected.isNull()) << golden << " is missing; make it with UPDATE_GOLDEN=1";
    ASSERT_EQ(picture.size(), expected.size());
    const Difference difference = differenceOf(picture, expected);
    EXPECT_LT(difference.meanLevels, 3) << "look at " << drawn << " beside " << golden;
    EXPECT_LT(difference.farFraction, 0.02) << "look at " << drawn << " beside " << golden;
    if (!testing::Test::HasFailure())
        std::remove(drawn.c_str());
}

TEST(Golden, MapOfOctober) {
    expectGolden("october.png", {"--size", "640x480", "--as-of", "2025-10-20"});
}

TEST(Golden, MapOfJanuary) {
    expectGolden("january.png", {"--size", "640x480", "--as-of", "2025-01-15"});
}

TEST(Golden, Sheet) {
    expectGolden("sheet.png", {"--paper", "A4", "--dpi", "70", "--as-of", "2025-11-01", "--lang", "fr"});
}

// What follows from the reports, a case of each: contradicting, stale, overruled in part, by direction, ground that
// overlaps.
TEST(Golden, Rules) {
    const std::string rules = CORDON_TEST_SOURCE "/tests/golden/rules/rules.json";
    expectGolden("rules.png", {"--paper", "A4", "--dpi", "80"}, rules);
}

} // namespace
} // namespace cordon
