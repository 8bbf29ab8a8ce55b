// A driver that is made to crash, hang and eat memory costs one sentence.
#include "core/io/child_reader.h"

#include "scratch_folder.h"
#include "test_folders.h"

#include <cstdlib>
#include <gtest/gtest.h>

namespace cordon {
namespace {

class FaultyReader : public testing::Test {
protected:
    void SetUp() override { setenv("CORDON_READER", CORDON_TEST_BUILD "/cordon-faulty-reader", 1); }
    void TearDown() override { unsetenv("CORDON_READER"); }

    std::string sentence(const std::string& wish, const ReadOptions& options = {}) const {
        const std::string path = m_folder.write("a.x", wish);
        try {
            ReadJob job(options);
            readInChild({path, "a.x", {"Faulty"}}, wish.size(), job);
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    }

private:
    const ScratchFolder m_folder;
};

TEST_F(FaultyReader, CrashBecomesASentence) {
    EXPECT_EQ(sentence("crash"),
              "Cannot read a.x: the format's driver crashed on it; convert it to GeoJSON or GeoPackage "
              "with another program.");
}

TEST_F(FaultyReader, HangingIsEnded) {
    EXPECT_EQ(sentence("hang"),
              "Cannot read a.x: reading it takes more than 8 seconds, too long for its size; convert it "
              "to GeoJSON or GeoPackage with another program.");
}

TEST_F(FaultyReader, EatingIsEnded) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "sanitizers reserve terabytes, so that there is no limit to test";
#endif
    EXPECT_EQ(sentence("eat"),
              "Cannot read a.x: it needs more than 1000 MB of memory, too much for its size; ask for a "
              "whole copy.");
}

TEST_F(FaultyReader, LeavingWithoutAWordIsNoticed) {
    EXPECT_EQ(sentence("leave"), "Cannot read a.x: the format's driver ended without a word; convert it to GeoJSON or "
                                 "GeoPackage with another program.");
}

TEST_F(FaultyReader, StoppingEndsAHangingReader) {
    std::stop_source source;
    ReadOptions options;
    options.stop = source.get_token();
    options.progress = [&](double) { source.request_stop(); };
    EXPECT_THROW(sentence("hang", options), Stopped);
}

} // namespace
} // namespace cordon
