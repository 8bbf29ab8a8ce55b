#include "app/gui/layer_export.h"

#include "app/gui/look.h"
#include "app/gui/report_words.h"
#include "app/gui/settings.h"
#include "core/io/situation_table.h"
#include "core/io/vector_writer.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace cordon {

namespace {

struct Format {
    const char *suffix, *name, *keeps;
};
constexpr Format kFormats[] = {
    {"gpkg", QT_TRANSLATE_NOOP("ReportWords", "GeoPackage"),
     QT_TRANSLATE_NOOP("ReportWords", "Keeps all columns with their types. For QGIS and other GIS.")},
    {"geojson", QT_TRANSLATE_NOOP("ReportWords", "GeoJSON"),
     QT_TRANSLATE_NOOP("ReportWords", "Keeps all columns with their types. For web maps.")},
    {"csv", QT_TRANSLATE_NOOP("ReportWords", "CSV table"),
     QT_TRANSLATE_NOOP("ReportWords", "Points as lat and lon, other shapes as WKT. A cell that a spreadsheet would run "
                                      "as a formula gets a ' before it.")},
    {"gpx", QT_TRANSLATE_NOOP("ReportWords", "GPX (GPS devices)"),
     QT_TRANSLATE_NOOP("ReportWords", "Points and lines with heights and times. Areas cannot be written.")},
    {"kmz", QT_TRANSLATE_NOOP("ReportWords", "KMZ (Google Earth)"),
     QT_TRANSLATE_NOOP("ReportWords", "Names, times, columns, and one colour for the layer.")},
    {"kml", QT_TRANSLATE_NOOP("ReportWords", "KML (Google Earth)"),
     QT_TRANSLATE_NOOP("ReportWords", "Names, times, columns, and one colour for the layer.")},
    {"shp", QT_TRANSLATE_NOOP("ReportWords", "Shapefile"),
     QT_TRANSLATE_NOOP("ReportWords", "One kind of shape. Names of columns are cut at 10 letters, texts at 254; "
                                      "times become text.")},
    {"fgb", QT_TRANSLATE_NOOP("ReportWords", "FlatGeobuf"),
     QT_TRANSLATE_NOOP("ReportWords", "Keeps all columns. Rows without a place are left out.")},
    {"geojsonl", QT_TRANSLATE_NOOP("ReportWords", "GeoJSON, a feature a line"),
     QT_TRANSLATE_NOOP("ReportWords", "Keeps all columns with their types.")},
};

const Layer* layerOf(const Project& project, const std::string& id) {
    const auto found = std::ranges::find_if(project.layers, [&](const auto& layer) { return layer->id == id; });
    return found == project.layers.end() ? nullptr : found->get();
}

// A name for a file, whatever the layer is called.
QString fileNameFor(const QString& name) {
    QString file;
    for (const QChar c : shortName(name))
        file += c.isLetterOrNumber() || c == '-' || c == '_' || c == ' ' ? c : QChar('_');
    file = file.trimmed();
    return file.isEmpty() ? QString("layer") : file;
}

} // namespace

LayerExportResult writeLayer(const LayerExport& request, const std::stop_token& stop,
                             const std::function<void(double)>& progress) {
    const std::string path = request.path.toStdString();
    const Layer* layer = layerOf(*request.project, request.layerId);
    if (!layer)
        throw Error("The layer to export is no longer in the map; choose another.");
    checkVectorOutput(path, true);
    const FeatureTable table = tableToWrite(*request.project, *layer, request.time);
    WriteOptions options;
    options.byteOrderMark = request.byteOrderMark;
    if (!recordKindOf(layer->role))
        options.style = layer->style;
    options.stop = stop;
    options.progress = progress;
    LayerExportResult result;
    result.warnings = writeVector(table, path, options);
    const QFileInfo file(request.path);
    result.sentence = LayerExportDialog::tr("Saved %1: %2, %3.")
                          .arg(file.fileName(),
                               table.featureCount == 1 ? LayerExportDialog::tr("1 row")
                                                       : LayerExportDialog::tr("%L1 rows").arg(table.featureCount),
                               QLocale().formattedDataSize(file.size()));
    return result;
}

LayerExportDialog::LayerExportDialog(std::shared_ptr<const Project> project, const TimeFilter& time,
                                     const std::string& layerId, const QString& folder, QWidget* parent)
    : QDialog(parent), m_project(std::move(project)), m_time(time), m_folder(folder), m_layer(new QComboBox(this)),
      m_format(new QComboBox(this)), m_what(new QLabel(this)), m_keeps(new QLabel(this)), m_problem(new QLabel(this)),
      m_path(new QLineEdit(this)), m_mark(new QCheckBox(tr("Begin with the mark that tells E&xcel of UTF-8"), this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this)) {
    setWindowTitle(tr("Export Layer"));
    for (QLabel* label : {m_what, m_keeps, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    fillLayers(layerId);
    fillFormats();
    buildForm();
    connect(m_layer, &QComboBox::currentIndexChanged, this, &LayerExportDialog::followLayer);
    connect(m_format, &QComboBox::currentIndexChanged, this, &LayerExportDialog::followFormat);
    connect(m_path, &QLineEdit::textChanged, m_problem, &QWidget::hide);
    resize(std::max(560, sizeHint().width()), 0);
    followLayer();
}

// A sentence that needs another line gets it.
void LayerExportDialog::growToText() {
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

void LayerExportDialog::fillLayers(const std::string& layerId) {
    m_layer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (auto layer = m_project->layers.rbegin(); layer != m_project->layers.rend(); ++layer) // topmost first
        if ((*layer)->table || recordKindOf((*layer)->role)) {
            m_layer->addItem(shortName(fromUtf8((*layer)->name)), fromUtf8((*layer)->id));
            if ((*layer)->id == layerId)
                m_layer->setCurrentIndex(m_layer->count() - 1);
        }
}

void LayerExportDialog::fillFormats() {
    for (const Format& format : kFormats)
        m_format->addItem(QString("%1 (.%2)").arg(translated(format.name), format.suffix), QString(format.suffix));
    const QString last = openSettings()->value("export/layerFormat").toString();
    m_format->setCurrentIndex(std::max(0, m_format->findData(last)));
}

void LayerExportDialog::buildForm() {
    auto* file = new QHBoxLayout;
    m_path->setAccessibleName(tr("File to write"));
    auto* browse = new QPushButton(tr("&Browse..."), this);
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, &LayerExportDialog::browse);
    file->addWidget(m_path, 1);
    file->addWidget(browse);
    auto* form = new QFormLayout;
    form->addRow(tr("&Layer"), m_layer);
    form->addRow(QString(), m_what);
    form->addRow(tr("&Format"), m_format);
    form->addRow(QString(), m_keeps);
    form->addRow(QString(), m_mark);
    form->addRow(tr("F&ile"), file);
    static_cast<QLabel*>(form->labelForField(file))->setBuddy(m_path);
    m_problem->setStyleSheet("color: #A33B00;");
    m_problem->hide();
    m_buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole)->setDefault(true);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &LayerExportDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addStretch();
    layout->addWidget(m_buttons);
}

void LayerExportDialog::followLayer() {
    const Layer* layer = layerOf(*m_project, request().layerId);
    QString what;
    if (layer && recordKindOf(layer->role))
        what = tr("The reports in force on %1, as the time bar shows them.").arg(fromUtf8(formatDate(m_time.asOf)));
    else if (layer)
        what = tr("%L1 rows, %L2 columns. Coordinates are written as WGS 84.")
                   .arg(layer->table->featureCount)
                   .arg(layer->table->columns.size());
    m_what->setText(what);
    if (layer)
        m_path->setText(QDir(m_folder).filePath(fileNameFor(fromUtf8(layer->name)) + "." + suffix()));
    followFormat();
}

void LayerExportDialog::followFormat() {
    m_keeps->setText(translated(kFormats[m_format->currentIndex()].keeps));
    m_mark->setVisible(suffix() == "csv");
    const QFileInfo file(m_path->text());
    if (!m_path->text().isEmpty() && file.suffix() != suffix())
        m_path->setText(QDir(file.path()).filePath(file.completeBaseName() + "." + suffix()));
    growToText();
}

void LayerExportDialog::browse() {
    const QString chosen = QFileDialog::getSaveFileName(this, tr("Export To"), m_path->text(), m_format->currentText(),
                                                        nullptr, QFileDialog::DontConfirmOverwrite);
    if (chosen.isEmpty())
        return;
    m_path->setText(chosen);
    if (const int format = m_format->findData(QFileInfo(chosen).suffix().toLower()); format >= 0)
        m_format->setCurrentIndex(format);
    followFormat();
}

LayerExport LayerExportDialog::request() const {
    return {m_project, m_layer->currentData().toString().toStdString(), m_time,
            QFileInfo(m_path->text().trimmed()).absoluteFilePath(), m_mark->isVisible() && m_mark->isChecked()};
}

void LayerExportDialog::accept() {
    if (m_path->text().trimmed().isEmpty())
        return m_path->setFocus();
    const QString path = request().path;
    try {
        checkVectorOutput(path.toStdString(), true);
    } catch (const Error& e) {
        m_problem->setText(QString::fromUtf8(e.what()));
        m_problem->show();
        growToText();
        return m_path->setFocus();
    }
    if (QFileInfo::exists(path) && !mayReplace(path, *this))
        return;
    openSettings()->setValue("export/layerFormat", suffix());
    QDialog::accept();
}

} // namespace cordon
