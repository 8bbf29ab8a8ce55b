// Asks what to export, how large and where to; shows the page's shape.
#pragma once

#include "app/gui/export_job.h"

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QSpinBox>

class QFormLayout;

namespace cordon {

class PagePreview;

class ExportDialog : public QDialog {
    Q_OBJECT
public:
    // `viewWidthPx` x `viewHeightPx`: the map in the window; `path`: proposed, without suffix.
    ExportDialog(int viewWidthPx, int viewHeightPx, const QString& path, QWidget* parent = nullptr);

    ExportRequest request() const;

protected:
    void accept() override;

private:
    QWidget* buildSheetOptions();
    QWidget* buildViewOptions(int widthPx, int heightPx);
    QWidget* buildTarget(const QString& path);
    void follow();
    void followFormat();
    void browse();
    QString suffix() const { return m_format->currentData().toString(); }

    double m_aspect = 1; // of the view, width / height
    QRadioButton* m_sheet;
    QRadioButton* m_view;
    QComboBox* m_format;
    QComboBox* m_paper;
    QComboBox* m_orientation;
    QSpinBox* m_sheetDpi;
    QSpinBox* m_width;
    QSpinBox* m_height;
    QSpinBox* m_viewDpi;
    QWidget* m_sheetOptions;
    QWidget* m_viewOptions;
    QLineEdit* m_path;
    QLabel* m_size;
    PagePreview* m_preview;
    QDialogButtonBox* m_buttons;
};

} // namespace cordon
