// A drawing of the page's shape and of what goes where on it.
#pragma once

#include <QWidget>

namespace cordon {

class PagePreview : public QWidget {
    Q_OBJECT
public:
    explicit PagePreview(QWidget* parent = nullptr);

    void showPage(double width, double height, bool isSheet, double columnShare);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_width = 1, m_height = 1; // in any one unit
    bool m_isSheet = true;
    double m_columnShare = 0.2; // of the width, for title and legend
};

} // namespace cordon
