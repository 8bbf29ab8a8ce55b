// The project's layers as a list, topmost first. Every change goes through the document and can be undone.
#pragma once

#include "app/gui/document.h"

#include <QAbstractListModel>
#include <QHash>
#include <QIcon>

namespace cordon {

class LayerListModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit LayerListModel(Document& document, QObject* parent = nullptr);

    std::shared_ptr<const Layer> layerAt(const QModelIndex& index) const; // null for an invalid index
    QModelIndex indexOf(const std::string& layerId) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override; // check state, name
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    bool moveRows(const QModelIndex& from, int row, int count, const QModelIndex& to, int destination) override;

private:
    void follow();
    QIcon iconOf(const Layer& layer) const;

    Document& m_document;
    std::vector<std::shared_ptr<const Layer>> m_layers; // topmost first
    mutable QHash<const Layer*, QIcon> m_icons;
};

} // namespace cordon
