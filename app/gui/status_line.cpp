#include "app/gui/status_line.h"

#include "app/gui/look.h"

#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <cmath>

namespace cordon {

namespace {

constexpr int kUnseenMs = 150; // what ends sooner is not shown

QString degreesText(double value, bool minutesAndSeconds) {
    if (!minutesAndSeconds)
        return QString::number(value, 'f', 4) + QChar(0x00B0);
    const auto seconds = std::llround(value * 3600);
    return QString("%1%2%3%4%5%6")
        .arg(seconds / 3600)
        .arg(QChar(0x00B0))
        .arg(seconds / 60 % 60, 2, 10, QChar('0'))
        .arg(QChar(0x2032))
        .arg(seconds % 60, 2, 10, QChar('0'))
        .arg(QChar(0x2033));
}

QString scaleText(double denominator) {
    if (!(denominator > 0) || denominator > 1e12)
        return {};
    const double step = std::pow(10, std::max(0.0, std::floor(std::log10(denominator)) - 2)); // three digits
    return "1:" + QLocale(QLocale::English).toString(std::llround(std::round(denominator / step) * step));
}

// A PROJ string has no name of its own: the kind of its projection stands for it.
QString shortCrsName(const QString& name) {
    const auto kind = QRegularExpression("\\+proj=(\\w+)").match(name);
    if (kind.hasMatch())
        return StatusLine::tr("Custom (%1)").arg(kind.captured(1));
    return name.size() > 40 ? name.left(39) + QChar(0x2026) : name;
}

QToolButton* flatButton(QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize({16, 16});
    return button;
}

} // namespace

QString placeText(LonLat place, bool minutesAndSeconds) {
    const QString lat =
        degreesText(std::abs(place.latDegrees), minutesAndSeconds) + (place.latDegrees < 0 ? " S" : " N");
    const QString lon =
        degreesText(std::abs(place.lonDegrees), minutesAndSeconds) + (place.lonDegrees < 0 ? " W" : " E");
    return lat + "  " + lon;
}

double scaleFromText(const QString& text) {
    QString digits = text.section(':', -1).trimmed();
    digits.remove(QChar(',')).remove(QChar(' ')).remove(QChar(0x202F)).remove(QChar(0x00A0)).remove(QChar('\''));
    bool isNumber = false;
    const double value = digits.toDouble(&isNumber);
    return isNumber && value >= 1 && value <= 1e9 ? value : 0;
}

StatusLine::StatusLine(MapCanvas& canvas, QWidget* parent)
    : QStatusBar(parent), m_canvas(canvas), m_task(new QLabel(this)), m_progress(new QProgressBar(this)),
      m_stop(flatButton(this)), m_time(new QLabel(this)), m_place(flatButton(this)), m_scale(new QComboBox(this)),
      m_crs(flatButton(this)) {
    setSizeGripEnabled(false);
    buildTaskWidgets();
    m_place->setToolTip(
        tr("Latitude and longitude under the cursor (WGS 84). Click for degrees, minutes and seconds."));
    m_place->setAccessibleName(tr("Coordinates under the cursor"));
    m_place->setMinimumWidth(fontMetrics().horizontalAdvance(QString::fromUtf8("88°88′88″ N  188°88′88″ W")) + 16);
    connect(m_place, &QToolButton::clicked, this, [this] { setMinutesAndSeconds(!m_minutesAndSeconds); });
    buildScale();
    m_crs->setIcon(iconOf("globe"));
    m_crs->setToolTip(tr("Coordinate reference system of the map. Click to change it."));
    m_crs->setAccessibleName(tr("Coordinate reference system"));
    connect(m_crs, &QToolButton::clicked, this, &StatusLine::crsWanted);
    m_time->setToolTip(tr("Time the last picture took"));
    addPermanentWidget(m_time);
    addPermanentWidget(m_place);
    addPermanentWidget(m_scale);
    addPermanentWidget(m_crs);
    connect(&canvas, &MapCanvas::viewChanged, this, &StatusLine::followView);
    connect(&canvas, &MapCanvas::cursorMoved, this, &StatusLine::showPlace);
    connect(&canvas, &MapCanvas::busyChanged, this, [this](bool busy) {
        if (busy)
            m_time->setText(tr("Drawing..."));
    });
    connect(&canvas, &MapCanvas::rendered, this,
            [this](double ms) { m_time->setText(tr("%1 ms").arg(std::lround(ms))); });
    followView();
    showPlace(std::nullopt);
}

void StatusLine::buildTaskWidgets() {
    m_progress->setFixedWidth(140);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(12);
    m_progress->setAccessibleName(tr("Progress"));
    m_stop->setIcon(iconOf("close"));
    m_stop->setToolTip(tr("Stop (Esc)"));
    m_stop->setAccessibleName(tr("Stop what is being done"));
    m_task->setTextFormat(Qt::PlainText);
    connect(m_stop, &QToolButton::clicked, this, &StatusLine::stopWanted);
    m_showTask.setSingleShot(true);
    m_showTask.setInterval(kUnseenMs);
    connect(&m_showTask, &QTimer::timeout, this, [this] {
        for (QWidget* widget :
             {static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_stop), static_cast<QWidget*>(m_task)})
            widget->show();
    });
    addWidget(m_progress);
    addWidget(m_stop);
    addWidget(m_task);
    endTask();
}

void StatusLine::buildScale() {
    m_scale->setEditable(true);
    m_scale->setInsertPolicy(QComboBox::NoInsert);
    for (const int n : {5000, 25000, 100000, 250000, 500000, 1000000, 2500000, 5000000, 10000000, 25000000})
        m_scale->addItem(scaleText(n));
    m_scale->setMinimumWidth(fontMetrics().horizontalAdvance("1:100,000,000") + 44);
    m_scale->setToolTip(tr("Scale at the middle of the map. Type or choose one."));
    m_scale->setAccessibleName(tr("Scale"));
    m_scale->setFocusPolicy(Qt::StrongFocus);
    connect(m_scale, &QComboBox::textActivated, this, [this](const QString&) { takeScale(); });
    connect(m_scale->lineEdit(), &QLineEdit::returnPressed, this, &StatusLine::takeScale);
}

void StatusLine::takeScale() {
    const double denominator = scaleFromText(m_scale->currentText());
    if (denominator > 0)
        m_canvas.setScaleDenominator(denominator);
    followView();
    m_canvas.setFocus();
}

void StatusLine::followView() {
    m_scale->setEditText(scaleText(m_canvas.scaleDenominator()));
    const QString name = QString::fromStdString(m_canvas.view().crs.name());
    m_crs->setText(shortCrsName(name).replace('&', "&&"));
    m_crs->setToolTip(plainTip(tr("Coordinate reference system of the map. Click to change it.") + "\n" + name));
}

void StatusLine::showPlace(std::optional<LonLat> place) {
    m_lastPlace = place;
    m_place->setText(place ? placeText(*place, m_minutesAndSeconds) : tr("Coordinates"));
}

void StatusLine::setMinutesAndSeconds(bool on) {
    m_minutesAndSeconds = on;
    showPlace(m_lastPlace);
}

void StatusLine::setMapVisible(bool visible) {
    for (QWidget* widget : {static_cast<QWidget*>(m_time), static_cast<QWidget*>(m_place),
                            static_cast<QWidget*>(m_scale), static_cast<QWidget*>(m_crs)})
        widget->setVisible(visible);
}

void StatusLine::showTask(const QString& title) {
    m_task->setText(title);
    m_progress->setRange(0, 0); // busy until the first progress comes
    m_showTask.start();
}

void StatusLine::showProgress(double fraction) {
    m_progress->setRange(0, 1000);
    m_progress->setValue(static_cast<int>(fraction * 1000));
}

void StatusLine::endTask() {
    m_showTask.stop();
    for (QWidget* widget :
         {static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_stop), static_cast<QWidget*>(m_task)})
        widget->hide();
}

} // namespace cordon
