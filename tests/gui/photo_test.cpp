// Pictures that points come from, beside their attributes.
#include "app/gui/photo_view.h"

#include "app/gui/identify_panel.h"
#include "core/error.h"
#include "tests/gui/gui_fixture.h"

#include <QBuffer>

namespace cordon {

namespace {

// Red at the left, blue at the right.
QByteArray jpeg(int width, int height) {
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::red);
    for (int y = 0; y < height; ++y)
        for (int x = width / 2; x < width; ++x)
            image.setPixel(x, y, qRgb(0, 0, 255));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", 95);
    return bytes;
}

// The camera was turned: to be shown a quarter clockwise.
QByteArray turned(const QByteArray& picture) {
    const QByteArray tiff("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0", 26);
    const QByteArray exif = QByteArray("Exif\0\0", 6) + tiff;
    const int length = static_cast<int>(exif.size()) + 2;
    return picture.left(2) + "\xFF\xE1" + static_cast<char>(length >> 8) + static_cast<char>(length & 255) + exif +
           picture.mid(2);
}

Identified photoFind(const QString& path) {
    return {"photos",
            "Photos",
            0,
            {},
            "IMG_1",
            {{"name", "IMG_1"},
             {"path", path.toStdString()},
             {"time", "2025-10-20T10:00:00Z"},
             {"direction", "315"},
             {"north", "magnetic"}},
            LonLat{-8, 12.65}};
}

QString whyNot(const QString& path) {
    try {
        readPhoto(path, 100);
    } catch (const Error& e) {
        return QString::fromUtf8(e.what());
    }
    return {};
}

} // namespace

TEST(Photo, IsReadSmallAndTheRightWayUp) {
    const Files files;
    const QImage wide = readPhoto(files.write("wide.jpg", jpeg(4000, 2000)), 150);
    EXPECT_EQ(wide.size(), QSize(150, 75));
    EXPECT_EQ(readPhoto(files.write("small.jpg", jpeg(80, 60)), 150).size(), QSize(80, 60));
    const QImage upright = readPhoto(files.write("turned.jpg", turned(jpeg(400, 300))), 100);
    EXPECT_EQ(upright.size(), QSize(75, 100));
    EXPECT_GT(qRed(upright.pixel(37, 5)), 200);
    EXPECT_GT(qBlue(upright.pixel(37, 95)), 200);
}

TEST(Photo, SaysWhyThereIsNone) {
    const Files files;
    EXPECT_TRUE(whyNot(files.path("gone.jpg")).contains("no longer at"))
        << whyNot(files.path("gone.jpg")).toStdString();
    EXPECT_TRUE(whyNot(files.write("text.jpg", "no picture")).contains("no JPEG"));
    EXPECT_TRUE(whyNot(files.write("cut.jpg", jpeg(400, 300).left(200))).contains("broken"));
    EXPECT_TRUE(whyNot(files.write("a.zip", "PK") + "/IMG_1.jpg").contains("archive"));
    EXPECT_TRUE(whyNot(files.path("")).contains("cannot be read")) << whyNot(files.path("")).toStdString();
    EXPECT_TRUE(whyNot("/dev/zero").contains("cannot be read"));
}

TEST(Photo, IsNamedByAnAbsolutePathOfAPictureOnly) {
    EXPECT_TRUE(photoOf(photoFind("/photos/IMG_1.JPG")));
    EXPECT_FALSE(photoOf(photoFind("IMG_1.JPG")));
    EXPECT_FALSE(photoOf(photoFind("/etc/passwd")));
    EXPECT_FALSE(photoOf(photoFind("http://example.org/a.jpg")));
    EXPECT_FALSE(photoOf({}));
    EXPECT_EQ(photoOf(photoFind("/photos/IMG_1.JPG"))->caption,
              QString::fromUtf8("2025-10-20T10:00:00Z\n12.6500° N  8.0000° W\nlooking NW (315°, magnetic)"));
}

TEST(Photo, IsShownBesideItsAttributesAndOpensLarge) {
    const Files files;
    IdentifyPanel panel;
    panel.resize(300, 500);
    panel.show();
    panel.showFinds("here", {photoFind(files.write("IMG_1.jpg", jpeg(800, 600)))});
    ASSERT_TRUE(waitFor([&] { return panel.photo().button().isVisible(); }));
    EXPECT_EQ(panel.photo().button().iconSize().width() * panel.devicePixelRatioF(), 150);
    EXPECT_TRUE(panel.photo().text().contains("looking NW"));
    panel.photo().button().click();
    auto* large = panel.window()->findChild<PhotoDialog*>();
    ASSERT_NE(large, nullptr);
    EXPECT_TRUE(waitFor([&] { return large->hasPicture(); }));
    large->close();
    panel.showFinds("there", {photoFind(files.path("gone.jpg"))});
    ASSERT_TRUE(waitFor([&] { return panel.photo().text().contains("no longer"); }));
    EXPECT_FALSE(panel.photo().button().isVisible());
    panel.showFinds("nowhere", {});
    EXPECT_FALSE(panel.photo().isVisible());
}

TEST(Photo, IsChosenBeforeAReportThatLiesUnderIt) {
    const Files files;
    IdentifyPanel panel;
    panel.show();
    const Identified photo = photoFind(files.write("IMG_1.jpg", jpeg(80, 60)));
    Identified report;
    report.title = "Mali: no information";
    report.recordId = "C100";
    panel.showFinds("here", {photo, report});
    EXPECT_TRUE(waitFor([&] { return panel.photo().button().isVisible(); }));
    panel.showFinds("here", {report, photo});
    EXPECT_FALSE(panel.photo().isVisible());
}

} // namespace cordon
