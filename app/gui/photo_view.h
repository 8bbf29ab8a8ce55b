// A picture beside what is known of it, read on a worker; and the same picture large.
#pragma once

#include "app/gui/photo.h"
#include "app/gui/worker.h"

#include <QDialog>
#include <QLabel>
#include <QPixmap>
#include <QToolButton>

namespace cordon {

// Nothing to see while there is no photo.
class PhotoThumbnail : public QWidget {
    Q_OBJECT
public:
    explicit PhotoThumbnail(QWidget* parent = nullptr);
    ~PhotoThumbnail() override;

    void showPhoto(const std::optional<Photo>& photo);
    QToolButton& button() { return *m_button; }
    QString text() const { return m_text->text(); } // of the photo, or why it cannot be shown
    bool isBusy() const { return m_reader.isBusy(); }

private:
    void openLarge();

    std::optional<Photo> m_photo;
    QToolButton* m_button;
    QLabel* m_text;
    Worker m_reader;
};

class PhotoDialog : public QDialog {
    Q_OBJECT
public:
    PhotoDialog(const Photo& photo, QWidget* parent);
    ~PhotoDialog() override;

    bool hasPicture() const { return !m_picture.isNull(); }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    QPixmap m_picture;
    QLabel* m_view;
    Worker m_reader;
};

} // namespace cordon
