// Pictures that features point to: which, and reading them without trusting them. For any thread.
#pragma once

#include "core/render/identify.h"

#include <QImage>
#include <QString>
#include <optional>

namespace cordon {

struct Photo {
    QString path;
    QString caption; // when and where it was taken, and which way; may be ""
    friend bool operator==(const Photo&, const Photo&) = default;
};

// The picture that a feature names in a column, with what its other columns say of it.
std::optional<Photo> photoOf(const Identified& find);

// The right way up, with no side longer than `mostPx`. Throws Error with a sentence that says why there is none: the
// file is gone, lies in an archive, is no picture, is too large.
QImage readPhoto(const QString& path, int mostPx);

} // namespace cordon
