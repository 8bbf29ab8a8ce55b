#include "app/gui/banner.h"

#include "app/gui/look.h"

#include <QDesktopServices>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QUrl>

namespace cordon {

Banner::Banner(QWidget* parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_open(new QPushButton(tr("Open"), this)),
      m_folder(new QPushButton(tr("Show Folder"), this)), m_details(new QPushButton(tr("All Messages"), this)),
      m_close(new QToolButton(this)) {
    setObjectName("banner");
    setAutoFillBackground(true);
    showNamesIn(*m_text);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setAccessibleName(tr("Latest message"));
    m_close->setIcon(iconOf("close"));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close (Esc)"));
    m_close->setAccessibleName(tr("Close the message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    for (QPushButton* button : {m_open, m_folder, m_details})
        layout->addWidget(button);
    layout->addWidget(m_close);
    m_leave.setSingleShot(true);
    connect(&m_leave, &QTimer::timeout, this, &QWidget::hide);
    connect(m_open, &QPushButton::clicked, this, &Banner::openFile);
    connect(m_folder, &QPushButton::clicked, this, &Banner::openFolder);
    connect(m_details, &QPushButton::clicked, this, &Banner::detailsWanted);
    connect(m_details, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    parent->installEventFilter(this);
    hide();
}

void Banner::showMessage(const Message& message) {
    const bool isError = message.severity == Severity::Error;
    if (!isError && isVisible() && m_unread > 0)
        return; // an error that was not closed yet is not covered by lesser things
    m_unread = isError ? (isVisible() ? m_unread + 1 : 1) : 0;
    const char* icons[] = {"info", "warning", "error"};
    m_icon->setPixmap(iconOf(icons[static_cast<int>(message.severity)]).pixmap(QSize(20, 20), devicePixelRatioF()));
    m_text->setText(message.text);
    m_file = message.file;
    m_open->setVisible(!m_file.isEmpty());
    m_folder->setVisible(!m_file.isEmpty());
    m_details->setVisible(m_file.isEmpty());
    m_details->setText(m_unread > 1 ? tr("All Messages (%1 errors)").arg(m_unread) : tr("All Messages"));
    const char* colors[] = {"#E8F0F5", "#FFF4D6", "#FBE3DC"};
    const char* edges[] = {"#9DBFD3", "#E0B040", "#D55E00"};
    const int kind = static_cast<int>(message.severity);
    setStyleSheet(QString("#banner { background: %1; border: 1px solid %2; border-radius: 4px; }")
                      .arg(colors[kind], edges[kind]));
    m_leave.stop();
    if (!isError)
        m_leave.start(m_file.isEmpty() ? 8000 : 20000);
    place();
    show();
    raise();
}

void Banner::settle(const QString& text) {
    if (m_text->text() == text)
        hide();
}

bool Banner::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize)
        place();
    return QFrame::eventFilter(watched, event);
}

void Banner::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        return hide();
    QFrame::keyPressEvent(event);
}

void Banner::place() {
    const int width = std::min(parentWidget()->width() - 24, 900);
    layout()->activate();
    const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
    constexpr int kTopPx = 50; // below the map's date
    setGeometry((parentWidget()->width() - width) / 2, kTopPx, width, std::max(height, 44));
}

void Banner::openFile() const {
    QDesktopServices::openUrl(QUrl::fromLocalFile(m_file));
}

void Banner::openFolder() const {
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_file).absolutePath()));
}

} // namespace cordon
