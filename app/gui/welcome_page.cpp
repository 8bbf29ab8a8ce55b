#include "app/gui/welcome_page.h"

#include "app/gui/look.h"

#include <QCommandLinkButton>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>

namespace cordon {

namespace {

QLabel* text(const QString& words, QWidget* parent, double sizeFactor = 1, bool bold = false) {
    auto* label = new QLabel(words, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * sizeFactor);
    font.setBold(bold);
    label->setFont(font);
    return label;
}

QCommandLinkButton* linkButton(const QString& icon, const QString& title, const QString& description, QWidget* parent) {
    auto* button = new QCommandLinkButton(title, description, parent);
    button->setIcon(iconOf(icon));
    button->setIconSize({28, 28});
    button->setMinimumHeight(64);
    return button;
}

} // namespace

WelcomePage::WelcomePage(QWidget* parent)
    : QScrollArea(parent), m_recent(new QVBoxLayout), m_recentTitle(text(tr("Recent"), this, 1.1, true)),
      m_busy(text({}, this)) {
    auto* page = new QWidget(this); // scrolls where the window is small
    auto* box = new QWidget(page);
    box->setFixedWidth(560);
    auto* column = new QVBoxLayout(box);
    column->setSpacing(6);
    auto* mark = new QLabel(box);
    mark->setPixmap(iconOf("cordon").pixmap(QSize(64, 64), devicePixelRatioF()));
    column->addWidget(mark);
    column->addSpacing(6);
    column->addWidget(text(tr("Cordon"), box, 2.4, true));
    column->addWidget(
        text(tr("Who controls what, which roads are cut, and who is cut off: on one dated map."), box, 1.15));
    column->addSpacing(18);
    auto* open =
        linkButton("open", tr("Open files..."), tr("Shapefile, GeoJSON, GPX, CSV, KML, a recipe, or a folder"), box);
    auto* sample = linkButton("map", tr("Open the sample: Mali 2025"),
                              tr("Fuel blockade and road access, as of 20 October 2025"), box);
    connect(open, &QAbstractButton::clicked, this, &WelcomePage::openWanted);
    connect(sample, &QAbstractButton::clicked, this, &WelcomePage::sampleWanted);
    column->addWidget(open);
    column->addWidget(sample);
    column->addSpacing(6);
    column->addWidget(text(tr("Or drop files and folders anywhere on this window."), box));
    column->addWidget(m_busy);
    column->addSpacing(18);
    column->addWidget(m_recentTitle);
    m_recent->setSpacing(0);
    column->addLayout(m_recent);
    column->addSpacing(24);
    auto* note = text(tr("The sample is illustrative and not for operational use."), box, 0.95);
    note->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(note);
    auto* layout = new QHBoxLayout(page);
    layout->addStretch(1);
    layout->addWidget(box, 0, Qt::AlignVCenter);
    layout->addStretch(1);
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    setWidget(page);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    showRecent({});
}

void WelcomePage::showRecent(const QStringList& paths) {
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_recentTitle->setVisible(!paths.isEmpty());
    for (const QString& path : paths.mid(0, 6)) {
        auto* button = new QPushButton(this);
        button->setFlat(true);
        button->setCursor(Qt::PointingHandCursor);
        button->setStyleSheet("text-align: left; padding: 4px; color: #2F5D7C;");
        const QString shown = QFileInfo(path).fileName() + "   " + QFileInfo(path).absolutePath();
        button->setText(button->fontMetrics().elidedText(shown, Qt::ElideMiddle, 530).replace('&', "&&"));
        button->setAccessibleName(tr("Open %1").arg(path));
        connect(button, &QPushButton::clicked, this, [this, path] { emit recentWanted(path); });
        m_recent->addWidget(button);
    }
}

void WelcomePage::setBusy(const QString& words) {
    m_busy->setText(words);
}

} // namespace cordon
