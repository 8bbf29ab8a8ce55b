#include "app/gui/messages_panel.h"

#include "app/gui/look.h"
#include "app/gui/wrap_delegate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

namespace cordon {

namespace {

QString wordOf(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return MessagesPanel::tr("Error");
    case Severity::Warning:
        return MessagesPanel::tr("Warning");
    default:
        return MessagesPanel::tr("Note");
    }
}

QString lineOf(const QTreeWidgetItem& item) {
    return item.text(0) + '\t' + item.text(1) + '\t' + item.text(2);
}

} // namespace

MessagesPanel::MessagesPanel(MessageLog& log, QWidget* parent)
    : QWidget(parent), m_log(log), m_list(new QTreeWidget(this)) {
    m_list->setHeaderLabels({tr("Time"), tr("Kind"), tr("Message")});
    m_list->setRootIsDecorated(false);
    new WrapDelegate(*m_list);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setAccessibleName(tr("Messages"));
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::Stretch);

    auto* copy = new QPushButton(iconOf("copy"), tr("Copy"), this);
    copy->setToolTip(tr("Copy the selected messages, or all of them"));
    auto* clear = new QPushButton(tr("Clear"), this);
    clear->setToolTip(tr("Empty the list"));
    connect(copy, &QPushButton::clicked, this, &MessagesPanel::copySelected);
    connect(clear, &QPushButton::clicked, &m_log, &MessageLog::clear);

    auto* buttons = new QVBoxLayout;
    buttons->addWidget(copy);
    buttons->addWidget(clear);
    buttons->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 8);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);

    connect(&m_log, &MessageLog::added, this, &MessagesPanel::append);
    connect(&m_log, &MessageLog::cleared, m_list, &QTreeWidget::clear);
    for (const Message& message : m_log.messages())
        append(message);
}

QString MessagesPanel::asText() const {
    QStringList lines;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        lines.append(lineOf(*m_list->topLevelItem(i)));
    return lines.join('\n');
}

void MessagesPanel::append(const Message& message) {
    auto* item =
        new QTreeWidgetItem(m_list, {message.time.toString("HH:mm:ss"), wordOf(message.severity), message.text});
    for (int column = 0; column < 3; ++column)
        item->setTextAlignment(column, Qt::AlignLeft | Qt::AlignTop);
    const char* icons[] = {"info", "warning", "error"};
    item->setIcon(1, iconOf(icons[static_cast<int>(message.severity)]));
    while (m_list->topLevelItemCount() > m_log.messages().size())
        delete m_list->takeTopLevelItem(0);
    m_list->scrollToItem(item);
}

void MessagesPanel::copySelected() {
    QStringList lines;
    for (const QTreeWidgetItem* item : m_list->selectedItems())
        lines.append(lineOf(*item));
    QGuiApplication::clipboard()->setText(lines.isEmpty() ? asText() : lines.join('\n'));
}

} // namespace cordon
