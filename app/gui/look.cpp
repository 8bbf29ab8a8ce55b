#include "app/gui/look.h"

#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QPalette>
#include <QPushButton>
#include <QStyleFactory>

namespace cordon {

void applyLook(QApplication& application) {
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    QPalette palette;
    const QColor ink(0x22, 0x26, 0x2A), paper(0xF4, 0xF3, 0xF0), accent(0x2F, 0x5D, 0x7C), faint(0x8D, 0x92, 0x96);
    palette.setColor(QPalette::Window, paper);
    palette.setColor(QPalette::WindowText, ink);
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::AlternateBase, QColor(0xF8, 0xF7, 0xF5));
    palette.setColor(QPalette::Text, ink);
    palette.setColor(QPalette::PlaceholderText, faint);
    palette.setColor(QPalette::Button, QColor(0xEE, 0xED, 0xE9));
    palette.setColor(QPalette::ButtonText, ink);
    palette.setColor(QPalette::ToolTipBase, QColor(0xFF, 0xFD, 0xF2));
    palette.setColor(QPalette::ToolTipText, ink);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::Light, Qt::white);
    palette.setColor(QPalette::Midlight, QColor(0xE6, 0xE4, 0xDF));
    palette.setColor(QPalette::Mid, QColor(0xC4, 0xC1, 0xBA));
    palette.setColor(QPalette::Dark, QColor(0x9C, 0x99, 0x92));
    palette.setColor(QPalette::Shadow, QColor(0x6A, 0x68, 0x63));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0xA6, 0xA8, 0xAA));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0xB8, 0xBD, 0xC1));
    QApplication::setPalette(palette);
    application.setStyleSheet("QToolBar { border: none; border-bottom: 1px solid #D8D5CE; spacing: 2px; padding: 4px; }"
                              "QToolBar QToolButton { padding: 4px; border-radius: 4px; }"
                              "QStatusBar { border-top: 1px solid #D8D5CE; }"
                              "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }"
                              "QStatusBar::item { border: none; }"
                              "QDockWidget::title { padding: 6px 8px; background: #EAE8E3; }"
                              "QMainWindow::separator { width: 4px; height: 4px; }");
}

QString plainTip(const QString& text) {
    constexpr int kMostLetters = 1500;
    const QString shown = text.size() <= kMostLetters ? text : text.left(kMostLetters) + QChar(0x2026);
    return text.isEmpty() ? QString() : "<qt>" + shown.toHtmlEscaped().replace('\n', "<br>") + "</qt>";
}

QString shortName(const QString& name, int atMost) {
    const QString line = name.left(4 * atMost).simplified();
    return line.size() <= atMost ? line : line.left(atMost - 1) + QChar(0x2026);
}

void showNamesIn(QLabel& label) {
    label.setTextFormat(Qt::PlainText);
    label.setWordWrap(true);
    QSizePolicy policy = label.sizePolicy();
    policy.setHorizontalPolicy(QSizePolicy::Ignored);
    label.setSizePolicy(policy);
}

bool mayReplace(const QString& path, QWidget& parent) {
    QMessageBox box(QMessageBox::Question, parent.windowTitle(), {}, QMessageBox::Cancel, &parent);
    box.setTextFormat(Qt::PlainText);
    box.setText(QCoreApplication::translate("Export", "%1 exists. Replace it?").arg(path));
    QPushButton* replace = box.addButton(QCoreApplication::translate("Export", "&Replace"), QMessageBox::AcceptRole);
    box.setDefaultButton(replace);
    box.exec();
    return box.clickedButton() == replace;
}

QIcon iconOf(const QString& name) {
    return QIcon(":/icons/" + name + ".svg");
}

} // namespace cordon
