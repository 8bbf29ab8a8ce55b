#include "app/gui/crs_dialog.h"

#include "core/error.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace cordon {

CrsDialog::CrsDialog(const QString& current, const Crs& suggested, QWidget* parent)
    : QDialog(parent), m_automatic(new QRadioButton(this)), m_named(new QRadioButton(tr("&This one:"), this)),
      m_text(new QComboBox(this)), m_answer(new QLabel(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this)) {
    setWindowTitle(tr("Coordinate Reference System of the Map"));
    setMinimumWidth(520);
    m_automatic->setText(tr("&Automatic: %1").arg(QString::fromStdString(suggested.name()).replace('&', "&&")));
    m_text->setEditable(true);
    m_text->addItems({"EPSG:3857", "EPSG:4326", "EPSG:32629", "EPSG:32630", "EPSG:32631", "EPSG:8857"});
    m_text->setCurrentText(current.isEmpty() ? "EPSG:3857" : current);
    m_text->lineEdit()->setCursorPosition(0);
    m_text->setAccessibleName(tr("Definition of the coordinate reference system"));
    m_text->setToolTip(tr("A code such as EPSG:32629, a PROJ string, WKT, or a name"));
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setWordWrap(true);
    m_answer->setMinimumHeight(3 * fontMetrics().height());
    m_answer->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    (current.isEmpty() ? m_automatic : m_named)->setChecked(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    for (QWidget* widget : {static_cast<QWidget*>(m_automatic), static_cast<QWidget*>(m_named),
                            static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_answer)})
        layout->addWidget(widget);
    layout->addWidget(m_buttons);
    connect(m_automatic, &QRadioButton::toggled, this, &CrsDialog::check);
    connect(m_text, &QComboBox::editTextChanged, this, [this] {
        m_named->setChecked(true);
        check();
    });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

QString CrsDialog::definition() const {
    return m_automatic->isChecked() ? QString() : m_definition;
}

void CrsDialog::check() {
    bool isGood = true;
    if (m_automatic->isChecked()) {
        m_answer->setText(tr("A projection that suits what is on the map."));
    } else {
        try {
            const Crs crs = Crs::fromText(m_text->currentText().trimmed().toStdString());
            m_definition = QString::fromStdString(crs.definition());
            m_answer->setText(QString::fromStdString(crs.name()));
        } catch (const Error& e) {
            isGood = false;
            m_answer->setText(QString::fromUtf8(e.what()));
        }
    }
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(isGood);
}

} // namespace cordon
