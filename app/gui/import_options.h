// How one table is imported: as what, and all that columns alone do not say. Every change is signalled as a new plan.
#pragma once

#include "app/gui/import_session.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace cordon {

class ImportOptions : public QWidget {
    Q_OBJECT
public:
    explicit ImportOptions(QWidget* parent = nullptr);

    void showEntry(const ImportSession::Entry* entry, const ImportSession::FileOptions& options);
    QComboBox& target() { return *m_target; }
    QComboBox& preset() { return *m_preset; }

signals:
    void planChosen(const cordon::ImportPlan& plan);
    void presetChosen(const std::optional<std::string>& preset); // nullopt: recognise it anew
    void encodingChosen(const std::string& encoding);

private:
    void buildForm();
    void addStatus();
    QDoubleSpinBox* addNumber(const QString& label, double most, const QString& suffix, const QString& none,
                              double ImportPlan::*member, double factor, const QString& tip);
    void change(const std::function<void(ImportPlan&)>& how);
    void followTarget();

    std::shared_ptr<const SourceTable> m_table;
    ImportPlan m_plan, m_recognised;
    bool m_isShowing = false; // fields are being filled: no change of the user's
    QFormLayout* m_form;
    QLabel* m_name;
    QPushButton* m_reset;
    QComboBox *m_target, *m_preset, *m_encoding, *m_timezone, *m_dayOrder, *m_status;
    QLineEdit *m_layerName, *m_crs, *m_source;
    QDoubleSpinBox *m_snap, *m_trackSnap, *m_gap, *m_accuracy;
};

} // namespace cordon
