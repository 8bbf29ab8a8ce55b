// Internal to render: where on the page something stands already.
#pragma once

#include "core/render/map_view.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace cordon {

// Boxes in the cells of a grid; outside the page the edge cells serve.
class LabelGrid {
public:
    LabelGrid(const PageBox& page, float cellPx)
        : m_page(page), m_cellPx(std::max(cellPx, 1.F)), m_columns(cellCount(page.width())),
          m_cells(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(cellCount(page.height()))) {}

    void add(const PageBox& box) {
        const auto index = static_cast<std::uint32_t>(m_boxes.size());
        m_boxes.push_back(box);
        visitCells(box, [&](std::vector<std::uint32_t>& cell) {
            cell.push_back(index);
            return true;
        });
    }
    // Calls visit(box) for all that touch `box` until it answers false; a box may come more than once.
    template <class Visit> void visit(const PageBox& box, const Visit& visit) const {
        bool go = true;
        visitCells(box, [&](const std::vector<std::uint32_t>& cell) {
            for (const std::uint32_t i : cell)
                if (m_boxes[i].intersects(box) && !visit(m_boxes[i]))
                    return go = false;
            return true;
        });
    }
    bool isFree(const PageBox& box) const {
        bool free = true;
        visit(box, [&](const PageBox&) { return free = false; });
        return free;
    }

private:
    int cellCount(float extent) const { return std::max(1, static_cast<int>(std::ceil(extent / m_cellPx))); }
    int rowCount() const { return static_cast<int>(m_cells.size()) / m_columns; }
    template <class Visit> void visitCells(const PageBox& box, const Visit& visit) { visitCellsOf(*this, box, visit); }
    template <class Visit> void visitCells(const PageBox& box, const Visit& visit) const {
        visitCellsOf(*this, box, visit);
    }
    template <class Self, class Visit> static void visitCellsOf(Self& self, const PageBox& box, const Visit& visit) {
        const auto cell = [&](float at, float low, int count) {
            const float c = (at - low) / self.m_cellPx;
            return c <= 0 ? 0 : c >= static_cast<float>(count - 1) ? count - 1 : static_cast<int>(c);
        };
        const int rows = self.rowCount(), columns = self.m_columns;
        const int x0 = cell(box.minX, self.m_page.minX, columns), x1 = cell(box.maxX, self.m_page.minX, columns);
        const int y0 = cell(box.minY, self.m_page.minY, rows), y1 = cell(box.maxY, self.m_page.minY, rows);
        for (int y = y0; y <= y1; ++y)
            for (int x = x0; x <= x1; ++x)
                if (!visit(self.m_cells[static_cast<std::size_t>(y * columns + x)]))
                    return;
    }

    PageBox m_page;
    float m_cellPx;
    int m_columns;
    std::vector<std::vector<std::uint32_t>> m_cells;
    std::vector<PageBox> m_boxes;
};

} // namespace cordon
