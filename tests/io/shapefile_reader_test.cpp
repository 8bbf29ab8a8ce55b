#include "scratch_folder.h"
#include "table_text.h"

#include <cstring>
#include <gtest/gtest.h>
#include <limits>

namespace cordon {
namespace {

template <class T> std::string little(T value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

std::string big(std::uint32_t value) {
    const std::string bytes = little(value);
    return {bytes.rbegin(), bytes.rend()};
}

using Ring = std::vector<LonLat>;

// The content of a polygon (5) or line (3) record.
std::string partsRecord(std::uint32_t type, const std::vector<Ring>& parts) {
    std::string starts, points;
    std::uint32_t count = 0;
    for (const Ring& part : parts) {
        starts += little(count);
        for (const LonLat p : part)
            points += little(p.lonDegrees) + little(p.latDegrees);
        count += static_cast<std::uint32_t>(part.size());
    }
    return little(type) + std::string(32, '\0') + little(static_cast<std::uint32_t>(parts.size())) + little(count) +
           starts + points;
}

std::string pointRecord(double x, double y) {
    return little<std::uint32_t>(1) + little(x) + little(y);
}
const std::string kNullRecord = little<std::uint32_t>(0);

struct Field {
    std::string name;
    char type;
    int width, decimals;
};

std::string dbfBytes(const std::vector<Field>& fields, const std::vector<std::string>& records, unsigned char ldid = 0,
                     std::uint32_t claimedRecords = 0) {
    std::string descriptions;
    std::uint16_t width = 1;
    for (const Field& f : fields) {
        std::string d(32, '\0');
        f.name.copy(d.data(), 10);
        d[11] = f.type;
        d[16] = static_cast<char>(f.width);
        d[17] = static_cast<char>(f.decimals);
        descriptions += d;
        width = static_cast<std::uint16_t>(width + f.width);
    }
    const auto count = claimedRecords ? claimedRecords : static_cast<std::uint32_t>(records.size());
    std::string bytes = std::string("\x03\x7D\x01\x01", 4) + little(count) +
                        little(static_cast<std::uint16_t>(33 + descriptions.size())) + little(width) +
                        std::string(17, '\0') + static_cast<char>(ldid) + std::string(2, '\0') + descriptions + "\r";
    for (std::string record : records) {
        record.resize(width, ' ');
        bytes += record;
    }
    return bytes;
}

struct Shapefile {
    std::string shp, shx;
};

Shapefile shapeBytes(std::uint32_t type, const std::vector<std::string>& records) {
    const auto header = [&](std::size_t size) {
        return big(9994) + std::string(20, '\0') + big(static_cast<std::uint32_t>(size / 2)) +
               little<std::uint32_t>(1000) + little(type) + std::string(64, '\0');
    };
    std::string body, index;
    std::uint32_t number = 0;
    for (const std::string& record : records) {
        const auto words = static_cast<std::uint32_t>(record.size() / 2);
        index += big(static_cast<std::uint32_t>((100 + body.size()) / 2)) + big(words);
        body += big(++number) + big(words) + record;
    }
    return {header(100 + body.size()) + body, header(100 + index.size()) + index};
}

constexpr const char* kWgs84 =
    R"(GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],)"
    R"(PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])";

// A shapefile in a folder of its own; parts can be left out or overwritten afterwards.
class ShapefileFolder : public ScratchFolder {
public:
    ShapefileFolder(std::uint32_t type, const std::vector<std::string>& records, std::string dbf = {}) {
        const Shapefile bytes = shapeBytes(type, records);
        write("a.shp", bytes.shp);
        write("a.shx", bytes.shx);
        write("a.prj", kWgs84);
        if (dbf.empty())
            dbf = dbfBytes({{"id", 'N', 4, 0}}, std::vector<std::string>(records.size(), "    1"));
        write("a.dbf", dbf);
    }
    std::string shp() const { return path("a.shp"); }
    std::string folder() const { return path(""); }
    void cut(const std::string& name, std::size_t size) const { std::filesystem::resize_file(path(name), size); }
    void remove(const std::string& name) const { std::filesystem::remove(path(name)); }
};

const Ring kOuter = {{0, 0}, {0, 10}, {10, 10}, {10, 0}, {0, 0}}; // clockwise
const Ring kHole = {{2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2}};      // counter-clockwise
const Ring kIsland = {{20, 0}, {20, 5}, {25, 5}, {25, 0}, {20, 0}};

Ring reversed(Ring ring) {
    std::reverse(ring.begin(), ring.end());
    return ring;
}

TEST(ShapefileReader, ReadsEveryKindOfRecord) {
    const ShapefileFolder f(5, {partsRecord(5, {kOuter, kHole}), kNullRecord,
                                partsRecord(3, {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}), pointRecord(1.5, -2.5)});
    EXPECT_EQ(readAsText(f.shp()), "Geometry id:I\n"
                                   "O(0 0, 0 10, 10 10, 10 0, 0 0) I(2 2, 4 2, 4 4, 2 4, 2 2) | 1\n"
                                   "- | 1\n"
                                   "L(1 2, 3 4) L(5 6, 7 8) | 1\n"
                                   "P(1.5 -2.5) | 1\n");
}

TEST(ShapefileReader, PutsAHoleAfterItsOuterRing) {
    const ShapefileFolder f(5, {partsRecord(5, {kOuter, kIsland, kHole})});
    EXPECT_EQ(readAsText(f.shp()), "MultiPolygon id:I\n"
                                   "O(0 0, 0 10, 10 10, 10 0, 0 0) I(2 2, 4 2, 4 4, 2 4, 2 2) "
                                   "O(20 0, 20 5, 25 5, 25 0, 20 0) | 1\n");
}

TEST(ShapefileReader, GoesByContainmentWhereOrientationLies) {
    const ShapefileFolder f(5, {partsRecord(5, {reversed(kHole), reversed(kOuter)})});
    EXPECT_EQ(readAsText(f.shp()), "Polygon id:I\nO(0 0, 10 0, 10 10, 0 10, 0 0) I(2 2, 2 4, 4 4, 4 2, 2 2) | 1\n");
}

TEST(ShapefileReader, KeepsElevationsAndMeasures) {
    const auto pointZ = [](double x, double y, double z, double m) {
        return little<std::uint32_t>(11) + little(x) + little(y) + little(z) + little(m);
    };
    const ShapefileFolder f(11, {pointZ(1, 2, 300, 4.5), pointZ(3, 4, 500, -1e39)});
    EXPECT_EQ(readAsText(f.shp()), "Point id:I\nP(1 2 z300 m4.5) | 1\nP(3 4 z500) | 1\n");
}

TEST(ShapefileReader, ReadsAttributesByType) {
    const std::vector<Field> fields = {
        {"n", 'N', 6, 0}, {"r", 'N', 8, 2}, {"d", 'D', 8, 0}, {"b", 'L', 1, 0}, {"t", 'C', 6, 0}};
    const ShapefileFolder f(1, {pointRecord(0, 0), pointRecord(1, 1), pointRecord(2, 2)},
                            dbfBytes(fields, {"     42   -1.5020251020TBamako", " ******        00000000?      ",
                                              "      0    0.0020250229F 0    "}));
    const ImportResult result = readVector(f.shp());
    EXPECT_EQ(tableText(*result.tables[0]), "Point n:I r:R d:D b:B t:T\n"
                                            "P(0 0) | 42 | -1.5 | 2025-10-20 | true | Bamako\n"
                                            "P(1 1) | ~ | ~ | ~ | ~ | ~\n"
                                            "P(2 2) | 0 | 0 | ~ | false |  0\n");
    EXPECT_EQ(warningText(result, f.folder()),
              "! a.dbf: 1 value of the field d could not be read as a date and became empty.\n");
}

TEST(ShapefileReader, SkipsDeletedRecords) {
    const ShapefileFolder f(1, {pointRecord(0, 0), pointRecord(1, 1)},
                            dbfBytes({{"id", 'N', 4, 0}}, {"*   1", "    2"}));
    EXPECT_EQ(readAsText(f.shp()), "Point id:I\nP(1 1) | 2\n");
}

TEST(ShapefileReader, ReadsOnlyTheColumnsWanted) {
    const ShapefileFolder f(1, {pointRecord(0, 0)}, dbfBytes({{"id", 'N', 4, 0}, {"name", 'C', 4, 0}}, {"    7Gao"}));
    ReadOptions options;
    options.columns = {"NAME"};
    EXPECT_EQ(readAsText(f.shp(), options), "Point name:T\nP(0 0) | Gao\n");
}

struct EncodingCase {
    const char *bytes, *cpg;
    unsigned char ldid;
    const char *text, *encoding, *warning;
};

TEST(ShapefileReader, NeverShowsMojibake) {
    const EncodingCase cases[] = {
        {"S\xC3\xA9gou", "UTF-8", 0, "Ségou", "UTF-8", ""},
        {"S\xE9gou", "1252", 0, "Ségou", "CP1252", ""},
        {"S\xE9gou", "ISO-8859-1", 0, "Ségou", "ISO-8859-1", ""},
        {"S\x82gou", "", 2, "Ségou", "CP850", ""},
        {"S\xE9gou", "", 0, "Ségou", "CP1252", "the file does not say the encoding"},
        {"S\xC3\xA9gou", "", 0x57, "Ségou", "UTF-8", ""},
        {"S\xE9gou", "UTF-8", 0, "Ségou", "CP1252", "says its texts are in UTF-8, but they are not"},
        {"S\xC3\xA9gou", "1252", 0, "Ségou", "UTF-8", "but they are in UTF-8"},
        {"Gao", "nonsense", 0, "Gao", "UTF-8", ""},
    };
    for (const EncodingCase& c : cases) {
        const ShapefileFolder f(1, {pointRecord(0, 0)},
                                dbfBytes({{"n", 'C', 8, 0}}, {std::string(" ") + c.bytes}, c.ldid));
        if (*c.cpg)
            f.write("a.cpg", c.cpg);
        const ImportResult result = readVector(f.shp());
        const FeatureTable& table = *result.tables[0];
        EXPECT_EQ(table.columns[0].textAt(0), c.text) << c.cpg;
        EXPECT_EQ(table.source.encoding, c.encoding) << c.cpg;
        EXPECT_EQ(warningText(result).empty(), std::string(c.warning).empty()) << warningText(result);
        EXPECT_NE(warningText(result).find(c.warning), std::string::npos) << warningText(result);
    }
}

TEST(ShapefileReader, TheUsersEncodingWins) {
    const ShapefileFolder f(1, {pointRecord(0, 0)}, dbfBytes({{"n", 'C', 8, 0}}, {" \xC3\xEB"}));
    f.write("a.cpg", "UTF-8");
    ReadOptions options;
    options.encoding = "cp1251";
    EXPECT_EQ(readAsText(f.shp(), options), "Point n:T\nP(0 0) | Гл\n");
}

TEST(ShapefileReader, WalksThroughTheShapesWithoutIndex) {
    const ShapefileFolder f(1, {pointRecord(0, 0), pointRecord(1, 1)});
    f.remove("a.shx");
    const ImportResult result = readVector(f.shp());
    EXPECT_EQ(result.tables[0]->featureCount, 2u);
    EXPECT_EQ(
        warningText(result, f.folder()),
        "  a.shp: its index (.shx) is missing; the shapes were found without it, deleted ones may be among them.\n");
}

TEST(ShapefileReader, ReadsShapesWithoutAttributes) {
    const ShapefileFolder f(1, {pointRecord(0, 0)});
    f.remove("a.dbf");
    const ImportResult result = readVector(f.shp());
    EXPECT_EQ(tableText(*result.tables[0]), "Point\nP(0 0)\n");
    EXPECT_EQ(warningText(result, f.folder()),
              "! a.shp: its attributes (.dbf) are missing; only the shapes were read.\n");
}

TEST(ShapefileReader, UsesWhatIsWholeOfACutFile) {
    const ShapefileFolder f(1, {pointRecord(0, 0), pointRecord(1, 1), pointRecord(2, 2)});
    f.cut("a.shp", 100 + 2 * 28 + 10);
    const ImportResult result = readVector(f.shp());
    EXPECT_EQ(tableText(*result.tables[0]), "Point id:I\nP(0 0) | 1\nP(1 1) | 1\n- | 1\n");
    EXPECT_EQ(
        warningText(result, f.folder()),
        "! a.shp: the file is cut off or damaged; 1 feature of 3 without a shape, because it is damaged: record 3.\n");
}

TEST(ShapefileReader, RefusesACutFileWithNothingWhole) {
    const ShapefileFolder f(5, {partsRecord(5, {kOuter})});
    f.cut("a.shp", 140);
    EXPECT_EQ(refusal(f.shp()),
              "Cannot read a.shp: the file is cut off, not one of its shapes is whole; ask for a whole copy "
              "of the file.");
    f.cut("a.shp", 50);
    EXPECT_EQ(refusal(f.shp()),
              "Cannot read a.shp: the file is cut off within its header; ask for a whole copy of the file.");
    f.cut("a.shp", 0);
    EXPECT_EQ(refusal(f.shp()), "Cannot read a.shp: the file is empty; ask for a whole copy of the file.");
}

// Counts that claim more than the file holds must cost neither memory nor time.
TEST(ShapefileReader, BelievesNoCountOfAHeader) {
    std::string huge = partsRecord(5, {kOuter});
    huge.replace(40, 4, little<std::uint32_t>(0x27000000)); // 10 GB of points
    const ShapefileFolder points(5, {huge, partsRecord(5, {kOuter})});
    EXPECT_EQ(readVector(points.shp()).tables[0]->geometry.coordinates.size(), 5u);

    std::string parts = partsRecord(5, {kOuter});
    parts.replace(36, 4, little<std::uint32_t>(0xFFFFFFFF));
    const ShapefileFolder manyParts(5, {parts, partsRecord(5, {kOuter})});
    EXPECT_EQ(readVector(manyParts.shp()).tables[0]->geometry.coordinates.size(), 5u);

    const ShapefileFolder repeated(5, {partsRecord(5, {kOuter})}, dbfBytes({{"id", 'N', 4, 0}}, {"    1"}));
    std::string shx = big(9994) + std::string(20, '\0') + big(50 + 4 * 1000) + std::string(72, '\0');
    for (int i = 0; i < 1000; ++i)
        shx += big(50) + big(64);
    repeated.write("a.shx", shx);
    EXPECT_EQ(refusal(repeated.shp()),
              "Cannot read a.shp: its index (.shx) points to the same shapes again and again; ask for "
              "a whole copy of the file.");

    const ShapefileFolder records(1, {pointRecord(0, 0)}, dbfBytes({{"id", 'N', 4, 0}}, {"    1"}, 0, 0x7FFFFFFF));
    const ImportResult result = readVector(records.shp());
    EXPECT_EQ(result.tables[0]->featureCount, 1u);
    EXPECT_NE(warningText(result).find("the file is cut off; the attributes of 2,147,483,646 records"),
              std::string::npos);
}

TEST(ShapefileReader, LeavesOutWhatIsNotOnEarth) {
    const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const ShapefileFolder f(1, {pointRecord(0, 0), pointRecord(1, 95), pointRecord(nan, nan), pointRecord(3, 3),
                                pointRecord(infinity, 1), pointRecord(4, 4)});
    const ImportResult result = readVector(f.shp());
    EXPECT_EQ(tableText(*result.tables[0]), "Point id:I\nP(0 0) | 1\n- | 1\nP(3 3) | 1\nP(4 4) | 1\n");
    EXPECT_EQ(
        warningText(result, f.folder()),
        "! a.shp: 1 record with coordinates that are not numbers (NaN) kept without a place: record 3.\n"
        "! a.shp: 2 records left out, because latitude must be within 90 and longitude within 360 degrees (found 1, "
        "95): records 2 and 5.\n");
}

TEST(ShapefileReader, AssumesWgs84OnlyWhereItFits) {
    const ShapefileFolder fits(1, {pointRecord(-8, 12.65)});
    fits.remove("a.prj");
    const ImportResult result = readVector(fits.shp());
    EXPECT_EQ(result.tables[0]->source.crs, "");
    EXPECT_NE(warningText(result).find("WGS 84 degrees were assumed"), std::string::npos);

    const ShapefileFolder projected(1, {pointRecord(612000, 1398000)});
    projected.remove("a.prj");
    EXPECT_EQ(
        refusal(projected.shp()),
        "Cannot place a.shp on the map: its coordinates (612000, 1398000) are projected, and the file does not say in "
        "which reference system; name it with --crs EPSG:n.");
    ReadOptions options;
    options.crs = "EPSG:32629";
    const LonLat bamako = readVector(projected.shp(), options).tables[0]->geometry.coordinates[0];
    EXPECT_NEAR(bamako.lonDegrees, -7.968, 0.01);
    EXPECT_NEAR(bamako.latDegrees, 12.644, 0.01);

    const ShapefileFolder swapped(1, {pointRecord(12.65, -108), pointRecord(14.4, -111)});
    EXPECT_EQ(
        refusal(swapped.shp()),
        "Cannot place a.shp on the map: latitude -108 is beyond 90, so longitude and latitude seem to be swapped; the "
        "order must be longitude first.");
}

} // namespace
} // namespace cordon
