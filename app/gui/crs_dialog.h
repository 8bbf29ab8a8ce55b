// Asks for the map's coordinate reference system; what is typed is checked as it is typed.
#pragma once

#include "core/geo/crs.h"

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QRadioButton>

namespace cordon {

class CrsDialog : public QDialog {
    Q_OBJECT
public:
    // `current`: definition, "" = chosen by the extent. `suggested`: what the extent would choose.
    CrsDialog(const QString& current, const Crs& suggested, QWidget* parent = nullptr);

    QString definition() const; // "" = chosen by the extent

private:
    void check();

    QRadioButton* m_automatic;
    QRadioButton* m_named;
    QComboBox* m_text;
    QLabel* m_answer;
    QDialogButtonBox* m_buttons;
    QString m_definition;
};

} // namespace cordon
