// Which layer goes to which file: asks, and writes it as `cordon export` does.
#pragma once

#include "core/error.h"
#include "core/model/project.h"
#include "core/model/situation_at.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <functional>
#include <stop_token>

namespace cordon {

struct LayerExport {
    std::shared_ptr<const Project> project;
    std::string layerId;
    TimeFilter time; // of the reports that a layer of the situation shows
    QString path;
    bool byteOrderMark = false; // CSV
};

struct LayerExportResult {
    QString sentence;  // for people
    Warnings warnings; // what the format could not keep
};
// Throws Error and Stopped; a failure leaves no file behind and an old one as it was.
LayerExportResult writeLayer(const LayerExport& request, const std::stop_token& stop,
                             const std::function<void(double)>& progress);

class LayerExportDialog : public QDialog {
    Q_OBJECT
public:
    // `layerId`: chosen at first; `folder`: where the file is proposed.
    LayerExportDialog(std::shared_ptr<const Project> project, const TimeFilter& time, const std::string& layerId,
                      const QString& folder, QWidget* parent = nullptr);

    LayerExport request() const;
    QComboBox& layer() { return *m_layer; }
    QComboBox& format() { return *m_format; }
    QLineEdit& path() { return *m_path; }
    QString keeps() const { return m_keeps->text(); }
    QString problem() const { return m_problem->text(); }

    void accept() override;

private:
    void fillLayers(const std::string& layerId);
    void fillFormats();
    void buildForm();
    void followLayer();
    void followFormat();
    void growToText();
    void browse();
    QString suffix() const { return m_format->currentData().toString(); }

    std::shared_ptr<const Project> m_project;
    TimeFilter m_time;
    QString m_folder;
    QComboBox *m_layer, *m_format;
    QLabel *m_what, *m_keeps, *m_problem;
    QLineEdit* m_path;
    QCheckBox* m_mark;
    QDialogButtonBox* m_buttons;
};

} // namespace cordon
