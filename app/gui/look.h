// How the window looks, whatever the desktop's theme: Fusion, a quiet light palette, our own icons.
#pragma once

#include <QIcon>
#include <QString>

class QApplication;
class QLabel;
class QWidget;

namespace cordon {

void applyLook(QApplication& application);
// A tool tip of text that comes from files: wrapped, never taken for markup, not larger than a screen.
QString plainTip(const QString& text);
// A name that may be anything, on one line and not too long for a menu or a sentence.
QString shortName(const QString& name, int atMost = 60);
// Makes a label fit for text that comes from files: plain, wrapped, and however long its words, never wider than where
// it stands.
void showNamesIn(QLabel& label);
// Asks whether a file that is there may be replaced.
bool mayReplace(const QString& path, QWidget& parent);
QIcon iconOf(const QString& name); // app/gui/icons/<name>.svg

} // namespace cordon
