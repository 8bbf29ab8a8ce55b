#include "app/gui/import_preview_map.h"

#include "app/gui/import_words.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace cordon {

namespace {

constexpr std::size_t kMostMarks = 3000;
constexpr double kMarkRadiusPx = 6;
constexpr int kAllDays = 36525; // incidents of any age

std::optional<LonLat> placeOfRow(const ImportSession::Entry& entry, std::uint32_t rowNumber) {
    const auto& numbers = entry.table->rowNumbers;
    const auto row = static_cast<std::size_t>(std::ranges::lower_bound(numbers, rowNumber) - numbers.begin());
    if (!entry.batch || row >= entry.batch->rowPlaces.size() || numbers[row] != rowNumber)
        return std::nullopt;
    const LonLat place = entry.batch->rowPlaces[row];
    const bool isOnMap = std::abs(place.latDegrees) <= 90 && std::abs(place.lonDegrees) <= 360; // false for NaN
    return isOnMap ? std::optional(place) : std::nullopt;
}

} // namespace

GeoBox boxOf(const ImportSession::Entry& entry) {
    const std::vector<std::uint32_t> suspected = suspectedRows(entry.batch->report);
    const auto& numbers = entry.table->rowNumbers;
    GeoBox good, all;
    for (std::size_t row = 0; row < entry.batch->rowPlaces.size(); ++row) {
        const LonLat place = entry.batch->rowPlaces[row];
        if (!(std::abs(place.latDegrees) <= 90 && std::abs(place.lonDegrees) <= 180)) // NaN, too
            continue;
        all.include(place);
        if (!std::ranges::binary_search(suspected, numbers[row]))
            good.include(place);
    }
    for (const auto& layer : entry.batch->layers)
        if (layer->table && layer->table->geometryClass() != GeometryClass::Points)
            good.include(layer->table->extent);
    return good.isEmpty() ? all : good;
}

ImportPreviewMap::ImportPreviewMap(QWidget* parent)
    : QWidget(parent), m_canvas(new MapCanvas(m_document, this)), m_text(new QLabel(this)) {
    m_canvas->setShowsAsOf(false);
    m_canvas->setMinimumSize(220, 160);
    m_canvas->setAccessibleName(tr("Where the rows lie"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_canvas, 1);
    layout->addWidget(m_text);
    showEntry(nullptr);
}

void ImportPreviewMap::showEntry(const ImportSession::Entry* entry) {
    const auto preview = entry ? entry->preview : nullptr;
    m_canvas->markPlace(std::nullopt);
    if (!preview) {
        m_canvas->setVisible(m_preview != nullptr);
        m_canvas->highlight({});
        m_text->setText(entry && !entry->problem.isEmpty() ? tr("Nothing to show yet: see above what is missing.")
                                                           : tr("The map appears here."));
        return;
    }
    if (preview != m_preview) {
        TimeFilter time;
        time.incidentDays = kAllDays;
        m_document.open(preview, {}, time);
        m_preview = preview;
    }
    m_canvas->show();
    MapSketch marks;
    marks.setPointRadius(kMarkRadiusPx);
    std::size_t count = 0;
    for (const std::uint32_t row : suspectedRows(entry->batch->report))
        if (const auto place = placeOfRow(*entry, row); place && count < kMostMarks) {
            marks.addPoint(*place);
            ++count;
        }
    m_marks = marks;
    m_canvas->highlight(std::move(marks));
    const GeoBox box = boxOf(*entry);
    if (!box.isEmpty() && !(box == m_box))
        m_canvas->zoomTo(GeoBox{box.grown(std::max({box.width(), box.height(), 0.02}) * 0.1)});
    m_box = box;
    m_text->setText(
        count == 0
            ? tr("The new rows, over the layers of the map.")
            : tr("The new rows, over the layers of the map. Ringed: suspicious; some may lie outside this view."));
}

void ImportPreviewMap::showRow(const ImportSession::Entry& entry, std::uint32_t rowNumber) {
    const auto place = placeOfRow(entry, rowNumber);
    m_canvas->markPlace(place);
    if (!place)
        return;
    const auto at = m_canvas->devicePositionOf(*place);
    if (at && m_canvas->rect().contains((*at / m_canvas->devicePixelRatioF()).toPoint()))
        return;
    GeoBox box = m_box;
    box.include(*place);
    m_canvas->zoomTo(box);
}

void ImportPreviewMap::showRoads(const ImportSession::Entry& entry, std::uint32_t rowNumber,
                                 const std::vector<SnapCandidate>& candidates) {
    const auto place = placeOfRow(entry, rowNumber);
    MapSketch sketch = m_marks;
    GeoBox box;
    for (const SnapCandidate& candidate : candidates)
        if (place) {
            sketch.addLine({*place, candidate.place});
            box.include(*place);
            box.include(candidate.place);
        }
    m_canvas->highlight(std::move(sketch));
    if (!box.isEmpty())
        m_canvas->zoomTo(GeoBox{box.grown(std::max({box.width(), box.height(), 0.01}))});
}

} // namespace cordon
