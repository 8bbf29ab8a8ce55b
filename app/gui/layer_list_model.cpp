#include "app/gui/layer_list_model.h"

#include "app/gui/layer_swatch.h"
#include "app/gui/look.h"
#include "app/gui/project_edits.h"

#include <QGuiApplication>
#include <algorithm>

namespace cordon {

namespace {

QString nameOf(const Layer& layer) {
    return QString::fromStdString(layer.name);
}

} // namespace

LayerListModel::LayerListModel(Document& document, QObject* parent) : QAbstractListModel(parent), m_document(document) {
    connect(&document, &Document::projectChanged, this, &LayerListModel::follow);
    follow();
}

void LayerListModel::follow() {
    const auto& layers = m_document.project()->layers;
    std::vector<std::shared_ptr<const Layer>> now(layers.rbegin(), layers.rend());
    const bool sameIds = std::ranges::equal(
        now, m_layers, {}, [](const auto& layer) -> const std::string& { return layer->id; },
        [](const auto& layer) -> const std::string& { return layer->id; });
    m_icons.clear();
    if (!sameIds)
        beginResetModel();
    m_layers = std::move(now);
    if (!sameIds)
        endResetModel();
    else if (!m_layers.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

std::shared_ptr<const Layer> LayerListModel::layerAt(const QModelIndex& index) const {
    return index.isValid() ? m_layers[static_cast<std::size_t>(index.row())] : nullptr;
}

QModelIndex LayerListModel::indexOf(const std::string& layerId) const {
    for (int row = 0; row < rowCount(); ++row)
        if (m_layers[static_cast<std::size_t>(row)]->id == layerId)
            return index(row);
    return {};
}

int LayerListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_layers.size());
}

QIcon LayerListModel::iconOf(const Layer& layer) const {
    const auto known = m_icons.constFind(&layer);
    if (known != m_icons.constEnd())
        return *known;
    const double ratio = qGuiApp->devicePixelRatio();
    return *m_icons.insert(&layer, QIcon(layerSwatch(layer, *m_document.project()->situation, {26, 18}, ratio)));
}

QVariant LayerListModel::data(const QModelIndex& index, int role) const {
    const auto layer = layerAt(index);
    if (!layer)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return nameOf(*layer);
    case Qt::CheckStateRole:
        return layer->visible ? Qt::Checked : Qt::Unchecked;
    case Qt::DecorationRole:
        return iconOf(*layer);
    case Qt::ToolTipRole: {
        if (!layer->table)
            return tr("Dated records, drawn for the as-of date");
        const QString count = tr("%L1 features").arg(layer->table->featureCount);
        return plainTip(QString("%1\n%2\n%3")
                            .arg(nameOf(*layer).left(500), count, QString::fromStdString(layer->table->source.path)));
    }
    default:
        return {};
    }
}

bool LayerListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const auto layer = layerAt(index);
    if (!layer)
        return false;
    const Project& project = *m_document.project();
    if (role == Qt::CheckStateRole) {
        const bool visible = value.toInt() == Qt::Checked;
        const QString text = visible ? tr("Show %1") : tr("Hide %1");
        m_document.apply(text.arg(nameOf(*layer)),
                         withChangedLayer(project, layer->id, [&](Layer& l) { l.visible = visible; }));
        return true;
    }
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || name.isEmpty() || name == nameOf(*layer))
        return false;
    m_document.apply(tr("Rename %1").arg(nameOf(*layer)),
                     withChangedLayer(project, layer->id, [&](Layer& l) { l.name = name.toStdString(); }));
    return true;
}

Qt::ItemFlags LayerListModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsEditable |
           Qt::ItemIsDragEnabled;
}

bool LayerListModel::moveRows(const QModelIndex& from, int row, int count, const QModelIndex& to, int destination) {
    if (from.isValid() || to.isValid() || count != 1 || row < 0 || row >= rowCount() || destination < 0 ||
        destination > rowCount() || destination == row || destination == row + 1)
        return false;
    auto layers = m_layers;
    const auto moved = layers[static_cast<std::size_t>(row)];
    layers.erase(layers.begin() + row);
    layers.insert(layers.begin() + (destination > row ? destination - 1 : destination), moved);
    std::vector<std::string> ids;
    for (auto it = layers.rbegin(); it != layers.rend(); ++it)
        ids.push_back((*it)->id);
    m_document.apply(tr("Move %1").arg(nameOf(*moved)), withLayerOrder(*m_document.project(), ids));
    return true;
}

} // namespace cordon
