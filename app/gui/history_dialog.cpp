#include "app/gui/history_dialog.h"

#include "app/gui/look.h"
#include "app/gui/report_words.h"
#include "app/gui/wrap_delegate.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

namespace cordon {

HistoryDialog::HistoryDialog(Document& document, QWidget* parent)
    : QDialog(parent), m_title(new QLabel(this)), m_verdicts(new QLabel(this)), m_tree(new QTreeWidget(this)) {
    setWindowTitle(tr("History"));
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_verdicts}) {
        showNamesIn(*label);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_tree->setHeaderLabels(
        {tr("Valid"), tr("Says"), tr("Grade"), tr("Source"), tr("Known from – to"), tr("What of it"), tr("Id")});
    m_tree->setRootIsDecorated(false);
    m_tree->setAlternatingRowColors(true);
    m_tree->setAccessibleName(tr("History"));
    new WrapDelegate(*m_tree);
    const int widths[] = {150, 150, 46, 130, 160, 230, 60};
    for (int i = 0; i < 7; ++i)
        m_tree->setColumnWidth(i, widths[i]);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* showReport = buttons->addButton(tr("Show in &List"), QDialogButtonBox::ActionRole);
    const auto wantCurrent = [this] {
        const int row = m_tree->indexOfTopLevelItem(m_tree->currentItem());
        if (row >= 0)
            emit reportWanted(m_table.rows[static_cast<std::size_t>(row)].id);
    };
    connect(showReport, &QPushButton::clicked, this, wantCurrent);
    connect(m_tree, &QTreeWidget::itemDoubleClicked, this, wantCurrent);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addWidget(m_verdicts);
    layout->addWidget(m_tree, 1);
    layout->addWidget(buttons);
    resize(960, 360);
    connect(&document, &Document::projectChanged, this, &HistoryDialog::follow);
    connect(&document, &Document::timeChanged, this, &HistoryDialog::follow);
    connect(&document, &Document::opened, this, &QDialog::close);
}

void HistoryDialog::show(std::function<HistoryTable()> make) {
    m_make = std::move(make);
    QDialog::show();
    follow();
    raise();
    activateWindow();
}

void HistoryDialog::follow() {
    if (!isVisible() || !m_make)
        return;
    m_table = m_make();
    m_title->setText(m_table.title);
    m_verdicts->setText(m_table.verdicts.join('\n'));
    m_tree->clear();
    for (const HistoryRow& row : m_table.rows) {
        auto* item = new QTreeWidgetItem(
            m_tree, {row.valid, row.says, row.grade, row.source, row.recorded, row.remark, fromUtf8(row.id)});
        for (int i = 0; i < item->columnCount(); ++i)
            item->setTextAlignment(i, Qt::AlignLeft | Qt::AlignTop);
    }
}

} // namespace cordon
