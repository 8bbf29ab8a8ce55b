#include "app/gui/photo_view.h"

#include "app/gui/look.h"
#include "core/error.h"

#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QUrl>
#include <QVBoxLayout>
#include <functional>

namespace cordon {

namespace {

constexpr int kThumbnailPx = 150;
constexpr int kLargePx = 3000;

// Both answers come on the window's thread.
void readOn(Worker& worker, const QString& path, int mostPx, std::function<void(QImage)> take,
            std::function<void(QString)> explain) {
    worker.stopAll();
    worker.post(
        {QFileInfo(path).fileName(), [path, mostPx, take, explain](const std::stop_token&, const Worker::Progress&) {
             try {
                 QImage image = readPhoto(path, mostPx);
                 return Worker::Delivery([image, take] { take(image); });
             } catch (const Error& e) {
                 return Worker::Delivery([text = QString::fromUtf8(e.what()), explain] { explain(text); });
             }
         }});
}

} // namespace

PhotoThumbnail::PhotoThumbnail(QWidget* parent)
    : QWidget(parent), m_button(new QToolButton(this)), m_text(new QLabel(this)) {
    m_button->setAutoRaise(true);
    m_button->setToolTip(tr("Show the picture large"));
    m_button->setAccessibleName(tr("Picture; press to show it large"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(m_button, &QToolButton::clicked, this, &PhotoThumbnail::openLarge);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_button, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1, Qt::AlignTop);
    hide();
}

PhotoThumbnail::~PhotoThumbnail() {
    m_reader.stopAll();
}

void PhotoThumbnail::showPhoto(const std::optional<Photo>& photo) {
    setVisible(photo.has_value());
    if (photo == m_photo)
        return;
    m_reader.stopAll();
    m_photo = photo;
    m_button->hide();
    m_text->setText(photo ? photo->caption : QString());
    if (!photo)
        return;
    const int mostPx = static_cast<int>(kThumbnailPx * devicePixelRatioF());
    readOn(
        m_reader, photo->path, mostPx,
        [this](const QImage& image) {
            QPixmap pixmap = QPixmap::fromImage(image);
            pixmap.setDevicePixelRatio(devicePixelRatioF());
            m_button->setIcon(QIcon(pixmap));
            m_button->setIconSize(pixmap.deviceIndependentSize().toSize());
            m_button->show();
        },
        [this](const QString& why) {
            m_text->setText(m_photo->caption.isEmpty() ? why : m_photo->caption + '\n' + why);
        });
}

void PhotoThumbnail::openLarge() {
    auto* dialog = new PhotoDialog(*m_photo, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

PhotoDialog::PhotoDialog(const Photo& photo, QWidget* parent) : QDialog(parent), m_view(new QLabel(this)) {
    setWindowTitle(QFileInfo(photo.path).fileName());
    m_view->setTextFormat(Qt::PlainText);
    m_view->setAlignment(Qt::AlignCenter);
    m_view->setMinimumSize(160, 120);
    m_view->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_view->setText(tr("Reading the picture..."));
    auto* caption = new QLabel(this);
    caption->setTextFormat(Qt::PlainText);
    caption->setText(QString(photo.caption).replace('\n', QString::fromUtf8("  ·  ")));
    caption->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* folder = buttons->addButton(tr("Show &Folder"), QDialogButtonBox::ActionRole);
    connect(folder, &QPushButton::clicked, this,
            [path = photo.path] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath())); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* below = new QHBoxLayout;
    below->addWidget(caption, 1);
    below->addWidget(buttons);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_view, 1);
    layout->addLayout(below);
    resize(screen()->availableSize() * 7 / 10);
    readOn(
        m_reader, photo.path, kLargePx,
        [this](const QImage& image) {
            m_picture = QPixmap::fromImage(image);
            fit();
        },
        [this](const QString& why) { m_view->setText(why); });
}

PhotoDialog::~PhotoDialog() {
    m_reader.stopAll();
}

void PhotoDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    fit();
}

void PhotoDialog::fit() {
    if (m_picture.isNull())
        return;
    const QSize room = m_view->size() * devicePixelRatioF();
    QPixmap shown = m_picture.width() > room.width() || m_picture.height() > room.height()
                        ? m_picture.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                        : m_picture;
    shown.setDevicePixelRatio(devicePixelRatioF());
    m_view->setPixmap(shown);
}

} // namespace cordon
