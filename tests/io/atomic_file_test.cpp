#include "core/atomic_file.h"

#include "core/error.h"
#include "tests/io/scratch_folder.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace cordon {
namespace {
namespace fs = std::filesystem;

class AtomicFileTest : public testing::Test {
protected:
    std::string path(const std::string& name) const { return m_folder.path(name); }
    static void write(const std::string& file, const std::string& text) { std::ofstream(file) << text; }
    static std::string read(const std::string& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }
    std::string errorOf(const std::string& target) const {
        try {
            AtomicFile file(target);
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    }

    ScratchFolder m_folder;
};

TEST_F(AtomicFileTest, CommitPutsTheNewFileInPlace) {
    AtomicFile file(path("map.png"));
    write(file.temporaryPath(), "new");
    EXPECT_FALSE(fs::exists(path("map.png")));
    file.commit();
    EXPECT_EQ(read(path("map.png")), "new");
    EXPECT_EQ(m_folder.fileCount(), 1u);
}

TEST_F(AtomicFileTest, TemporaryIsBesideTheTargetWithItsSuffix) {
    const AtomicFile file(path("map.tif"));
    EXPECT_EQ(fs::path(file.temporaryPath()).parent_path(), fs::path(path("x")).parent_path());
    EXPECT_EQ(fs::path(file.temporaryPath()).extension(), ".tif");
}

TEST_F(AtomicFileTest, WithoutCommitTheOldFileStaysAndNothingElse) {
    write(path("map.png"), "old");
    {
        AtomicFile file(path("map.png"));
        write(file.temporaryPath(), "half");
    }
    EXPECT_EQ(read(path("map.png")), "old");
    EXPECT_EQ(m_folder.fileCount(), 1u);
}

TEST_F(AtomicFileTest, KeepsThePermissionsOfTheOldFile) {
    write(path("map.png"), "old");
    ASSERT_EQ(::chmod(path("map.png").c_str(), 0640), 0);
    AtomicFile file(path("map.png"));
    file.commit();
    struct stat status {};
    ASSERT_EQ(::stat(path("map.png").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0640u);
}

TEST_F(AtomicFileTest, ALinkStaysALink) {
    write(path("real.png"), "old");
    fs::create_symlink(path("real.png"), path("link.png"));
    AtomicFile file(path("link.png"));
    write(file.temporaryPath(), "new");
    file.commit();
    EXPECT_TRUE(fs::is_symlink(path("link.png")));
    EXPECT_EQ(read(path("real.png")), "new");
}

TEST_F(AtomicFileTest, RefusesWhatCannotBeReplaced) {
    EXPECT_EQ(errorOf(path("none/map.png")), "Cannot write '" + path("none/map.png") +
                                                 "': its folder does not exist; create the folder or choose another "
                                                 "place.");
    fs::create_directory(path("folder"));
    EXPECT_EQ(errorOf(path("folder")), "Cannot write '" + path("folder") + "': it is a folder; name a file in it.");
    EXPECT_EQ(errorOf("/dev/null"),
              "Cannot write '/dev/null': it is a device or pipe, which cannot be replaced; name a "
              "file.");
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(AtomicFileTest, RefusesAFolderWithoutPermission) {
    if (::geteuid() == 0)
        GTEST_SKIP() << "root may write everywhere";
    fs::create_directory(path("locked"));
    ASSERT_EQ(::chmod(path("locked").c_str(), 0500), 0);
    EXPECT_NE(errorOf(path("locked/map.png")).find("no permission"), std::string::npos);
}

} // namespace
} // namespace cordon
