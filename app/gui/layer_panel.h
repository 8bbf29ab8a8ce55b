// The layer list with what can be done to the chosen layer: show, order, opacity, colour, rename, remove, zoom.
#pragma once

#include "app/gui/layer_list_model.h"

#include <QLabel>
#include <QListView>
#include <QSlider>
#include <QToolButton>
#include <QWidget>

namespace cordon {

class LayerPanel : public QWidget {
    Q_OBJECT
public:
    explicit LayerPanel(Document& document, QWidget* parent = nullptr);

    LayerListModel& model() { return m_model; }
    std::shared_ptr<const Layer> currentLayer() const;

signals:
    void zoomWanted(const cordon::GeoBox& box);
    void exportWanted(const std::string& layerId);

private:
    void buildControls();
    void showMenu(const QPoint& position);
    void followLayer();
    void setOpacity(int percent);
    void chooseColor();
    void removeCurrent();
    void zoomToCurrent();
    void moveCurrent(int rows); // negative = up

    Document& m_document;
    LayerListModel m_model;
    QListView* m_list;
    QSlider* m_opacity;
    QLabel* m_opacityText;
    QToolButton* m_color;
    std::string m_currentId;
    int m_opacityDrag = 0; // one undo step a drag
};

} // namespace cordon
