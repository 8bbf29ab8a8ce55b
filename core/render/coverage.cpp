#include "core/render/coverage.h"

#include <cmath>

namespace cordon {

namespace {

int rounded(double value) {
    return static_cast<int>(std::lrint(value));
}

} // namespace

void CoverageWindow::addEdge(FixedPoint from, FixedPoint to) {
    if (from.y == to.y)
        return;
    // Always downwards, so that an edge and its reverse cancel to the last bit.
    const int sign = from.y < to.y ? 1 : -1;
    if (sign < 0)
        std::swap(from, to);
    const int right = m_width * 256, bottom = m_height * 256;
    if (from.y >= 0 && to.y <= bottom && std::min(from.x, to.x) >= 0 && std::max(from.x, to.x) < right)
        addInside(from.x, from.y, to.x, to.y, sign);
    else if (to.y > 0 && from.y < bottom && (from.x < right || to.x < right))
        addClipped(from, to, sign);
}

void CoverageWindow::addClipped(FixedPoint from, FixedPoint to, int sign) {
    const int right = m_width * 256, bottom = m_height * 256;
    const double slope = static_cast<double>(to.x - from.x) / (to.y - from.y);
    int x1 = from.x, y1 = from.y, x2 = to.x, y2 = to.y;
    if (y1 < 0) {
        x1 = rounded(from.x - slope * from.y);
        y1 = 0;
    }
    if (y2 > bottom) {
        x2 = rounded(from.x + slope * (bottom - from.y));
        y2 = bottom;
    }
    if (y1 >= y2)
        return;
    if (x1 >= 0 && x2 >= 0 && x1 < right && x2 < right) {
        addInside(x1, y1, x2, y2, sign);
        return;
    }
    // Left of the window an edge covers whole rows of it: it counts as if it ran down the left side.
    const auto crossing = [&](int x) { return std::clamp(rounded(from.y + (x - from.x) / slope), y1, y2); };
    if (x1 < 0 && x2 < 0) {
        addInside(0, y1, 0, y2, sign);
        return;
    }
    if (x1 < 0) {
        const int y = crossing(0);
        if (y > y1)
            addInside(0, y1, 0, y, sign);
        x1 = 0;
        y1 = y;
    } else if (x1 >= right) {
        y1 = crossing(right);
        x1 = right;
    }
    if (x2 < 0) {
        const int y = crossing(0);
        if (y2 > y)
            addInside(0, y, 0, y2, sign);
        x2 = 0;
        y2 = y;
    } else if (x2 >= right) {
        y2 = crossing(right);
        x2 = right;
    }
    if (y1 < y2)
        addInside(x1, y1, x2, y2, sign);
}

// 0 <= x <= width, 0 <= y1 < y2 <= height.
void CoverageWindow::addInside(int x1, int y1, int x2, int y2, int sign) {
    const int firstRow = y1 >> 8, lastRow = (y2 - 1) >> 8;
    m_firstRow = std::min(m_firstRow, firstRow);
    m_lastRow = std::max(m_lastRow, lastRow);
    if (firstRow != lastRow)
        addAcrossRows(x1, y1, x2, y2, sign);
    else if ((x1 >> 8) == (x2 >> 8))
        addCell(firstRow, x1 >> 8, (y2 - y1) * sign, (x1 & 255) + (x2 & 255));
    else
        addToRow(firstRow, x1, y1 - firstRow * 256, x2, y2 - firstRow * 256, sign);
}

void CoverageWindow::addAcrossRows(int x1, int y1, int x2, int y2, int sign) {
    const int firstRow = y1 >> 8, lastRow = (y2 - 1) >> 8;
    const double slope = static_cast<double>(x2 - x1) / (y2 - y1);
    int x = x1, y = y1 - firstRow * 256;
    for (int row = firstRow; row <= lastRow; ++row) {
        const bool isLast = row == lastRow;
        const int nextX = isLast ? x2 : rounded(x1 + slope * ((row + 1) * 256 - y1));
        const int nextY = isLast ? y2 - lastRow * 256 : 256;
        if ((x >> 8) == (nextX >> 8))
            addCell(row, x >> 8, (nextY - y) * sign, (x & 255) + (nextX & 255));
        else
            addToRow(row, x, y, nextX, nextY, sign);
        x = nextX;
        y = 0;
    }
}

// Within one row, 0 <= ya < yb <= 256, over several cells, from left to right.
void CoverageWindow::addToRow(int row, int xa, int ya, int xb, int yb, int sign) {
    if (xa > xb) {
        std::swap(xa, xb);
        std::swap(ya, yb);
        sign = -sign;
    }
    const int first = xa >> 8, last = xb >> 8;
    const float slope = static_cast<float>(yb - ya) / static_cast<float>(xb - xa);
    int x = xa & 255, y = ya;
    for (int cell = first; cell < last; ++cell) {
        const auto next =
            static_cast<int>(std::lrint(static_cast<float>(ya) + slope * static_cast<float>((cell + 1) * 256 - xa)));
        addCell(row, cell, (next - y) * sign, x + 256);
        x = 0;
        y = next;
    }
    if ((xb & 255) != 0 || y != yb)
        addCell(row, last, (yb - y) * sign, xb & 255);
}

} // namespace cordon
