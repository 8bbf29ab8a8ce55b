#include "app/gui/export_dialog.h"

#include "app/gui/look.h"
#include "app/gui/page_preview.h"
#include "core/error.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

namespace cordon {

namespace {

QSpinBox* spinBox(QWidget* parent, int least, int most, int value, const QString& suffix) {
    auto* box = new QSpinBox(parent);
    box->setRange(least, most);
    box->setValue(value);
    box->setSuffix(suffix);
    box->setGroupSeparatorShown(false);
    return box;
}

} // namespace

ExportDialog::ExportDialog(int viewWidthPx, int viewHeightPx, const QString& path, QWidget* parent)
    : QDialog(parent), m_aspect(static_cast<double>(viewWidthPx) / std::max(1, viewHeightPx)),
      m_sheet(new QRadioButton(tr("&Sheet: map with title, legend, scale and sources"), this)),
      m_view(new QRadioButton(tr("Map &view: just what is in the window"), this)), m_format(new QComboBox(this)),
      m_size(new QLabel(this)), m_preview(new PagePreview(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this)) {
    setWindowTitle(tr("Export Map"));
    m_sheet->setChecked(true);
    m_format->addItem(tr("PNG image"), "png");
    m_format->addItem(tr("PDF document"), "pdf");
    m_format->addItem(tr("SVG drawing"), "svg");
    m_format->addItem(tr("GeoTIFF (georeferenced image)"), "tif");
    m_format->addItem(tr("JPEG image"), "jpg");
    m_format->addItem(tr("WebP image"), "webp");
    m_sheetOptions = buildSheetOptions();
    m_viewOptions = buildViewOptions(viewWidthPx, viewHeightPx);
    auto* form = new QFormLayout;
    form->addRow(tr("&Format"), m_format);
    auto* left = new QVBoxLayout;
    left->setSpacing(10);
    left->addWidget(m_sheet);
    left->addWidget(m_view);
    left->addLayout(form);
    left->addWidget(m_sheetOptions);
    left->addWidget(m_viewOptions);
    left->addStretch();
    auto* right = new QVBoxLayout;
    right->addWidget(m_preview, 1);
    right->addWidget(m_size, 0, Qt::AlignHCenter);
    auto* top = new QHBoxLayout;
    top->setSpacing(16);
    top->addLayout(left, 3);
    top->addLayout(right, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(top, 1);
    layout->addWidget(buildTarget(path));
    m_buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole)->setDefault(true);
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_sheet, &QRadioButton::toggled, this, &ExportDialog::follow);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::followFormat);
    followFormat();
    setMinimumSize(sizeHint().expandedTo({680, 0}));
}

QWidget* ExportDialog::buildSheetOptions() {
    auto* group = new QGroupBox(tr("Page"), this);
    m_paper = new QComboBox(group);
    m_paper->addItems({"A0", "A1", "A2", "A3", "A4", "A5"});
    m_paper->setCurrentText("A3");
    m_orientation = new QComboBox(group);
    m_orientation->addItems({tr("Landscape"), tr("Portrait")});
    m_sheetDpi = spinBox(group, 50, 1200, 150, tr(" dpi"));
    m_sheetDpi->setSingleStep(50);
    auto* form = new QFormLayout(group);
    form->addRow(tr("&Paper"), m_paper);
    form->addRow(tr("&Orientation"), m_orientation);
    form->addRow(tr("&Resolution"), m_sheetDpi);
    connect(m_paper, &QComboBox::currentIndexChanged, this, &ExportDialog::follow);
    connect(m_orientation, &QComboBox::currentIndexChanged, this, &ExportDialog::follow);
    connect(m_sheetDpi, &QSpinBox::valueChanged, this, &ExportDialog::follow);
    return group;
}

QWidget* ExportDialog::buildViewOptions(int widthPx, int heightPx) {
    auto* group = new QGroupBox(tr("Size"), this);
    m_width = spinBox(group, 16, 30000, widthPx, tr(" px"));
    m_height = spinBox(group, 16, 30000, heightPx, tr(" px"));
    m_viewDpi = spinBox(group, 50, 1200, 96, tr(" dpi"));
    m_viewDpi->setToolTip(tr("Symbols and text are drawn larger at a higher resolution."));
    auto* form = new QFormLayout(group);
    form->addRow(tr("&Width"), m_width);
    form->addRow(tr("&Height"), m_height);
    form->addRow(tr("&Resolution"), m_viewDpi);
    connect(m_width, &QSpinBox::valueChanged, this, [this](int width) { // keeps the shape of the window's map
        const QSignalBlocker quiet(m_height);
        m_height->setValue(static_cast<int>(std::lround(width / m_aspect)));
        follow();
    });
    connect(m_height, &QSpinBox::valueChanged, this, &ExportDialog::follow);
    connect(m_viewDpi, &QSpinBox::valueChanged, this, &ExportDialog::follow);
    return group;
}

QWidget* ExportDialog::buildTarget(const QString& path) {
    auto* row = new QWidget(this);
    m_path = new QLineEdit(path, row);
    m_path->setAccessibleName(tr("File to write"));
    auto* label = new QLabel(tr("F&ile"), row);
    label->setBuddy(m_path);
    auto* button = new QPushButton(tr("&Browse..."), row);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, &ExportDialog::browse);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_path, 1);
    layout->addWidget(button);
    return row;
}

ExportRequest ExportDialog::request() const {
    ExportRequest request;
    request.isSheet = m_sheet->isChecked();
    request.path = QFileInfo(m_path->text().trimmed()).absoluteFilePath();
    request.page =
        paperPage(m_paper->currentText().toStdString(), m_orientation->currentIndex() == 0, m_sheetDpi->value());
    request.widthPx = m_width->value();
    request.heightPx = m_height->value();
    request.dpi = m_viewDpi->value();
    return request;
}

void ExportDialog::follow() {
    const ExportRequest now = request();
    m_sheetOptions->setVisible(now.isSheet);
    m_viewOptions->setVisible(!now.isSheet);
    const QString px = tr("%1 x %2 px").arg(now.outputWidthPx()).arg(now.outputHeightPx());
    const bool isVector = suffix() == "pdf" || suffix() == "svg";
    if (now.isSheet) {
        const QString mm = tr("%1 x %2 mm").arg(now.page.widthMm).arg(now.page.heightMm);
        m_size->setText(isVector ? mm : mm + ", " + px);
        m_preview->showPage(now.page.widthMm, now.page.heightMm, true, 78 / now.page.widthMm);
    } else {
        m_size->setText(px);
        m_preview->showPage(now.widthPx, now.heightPx, false, 0);
    }
}

void ExportDialog::followFormat() {
    const QFileInfo info(m_path->text());
    static const QStringList known{"png", "pdf", "svg", "tif", "tiff", "jpg", "jpeg", "webp"};
    QString stem = m_path->text();
    if (known.contains(info.suffix().toLower()))
        stem.chop(info.suffix().size() + 1);
    if (!stem.isEmpty())
        m_path->setText(stem + "." + suffix());
    follow();
}

void ExportDialog::browse() {
    const QString chosen = QFileDialog::getSaveFileName(this, tr("Export To"), m_path->text(),
                                                        m_format->currentText() + " (*." + suffix() + ")", nullptr,
                                                        QFileDialog::DontConfirmOverwrite);
    if (chosen.isEmpty())
        return;
    m_path->setText(chosen);
    const int format = m_format->findData(QFileInfo(chosen).suffix().toLower());
    if (format >= 0)
        m_format->setCurrentIndex(format);
    followFormat();
}

void ExportDialog::accept() {
    if (m_path->text().trimmed().isEmpty())
        return m_path->setFocus();
    const QString path = request().path;
    if (QFileInfo::exists(path) && !mayReplace(path, *this))
        return;
    QDialog::accept();
}

} // namespace cordon
