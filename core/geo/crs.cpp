#include "core/geo/crs.h"

#include "core/error.h"
#include "core/geo/mercator.h"

#include <dlfcn.h>
#include <proj.h>

#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <numbers>
#include <vector>

// PROJ and the libraries it brings for its network take longer to load than most files take to read, and data and maps
// in degrees or Web Mercator need none of them. It is therefore loaded when first asked for.
// Its functions that are used, without their prefix proj_.
#define CORDON_PROJ_FUNCTIONS(X)                                                                                       \
    X(as_wkt)                                                                                                          \
    X(clone)                                                                                                           \
    X(context_create)                                                                                                  \
    X(context_destroy)                                                                                                 \
    X(context_set_enable_network)                                                                                      \
    X(create)                                                                                                          \
    X(create_crs_to_crs)                                                                                               \
    X(crs_get_coordinate_system)                                                                                       \
    X(crs_get_sub_crs)                                                                                                 \
    X(cs_get_axis_info)                                                                                                \
    X(destroy)                                                                                                         \
    X(errno_reset)                                                                                                     \
    X(get_id_auth_name)                                                                                                \
    X(get_id_code)                                                                                                     \
    X(get_name)                                                                                                        \
    X(get_source_crs)                                                                                                  \
    X(get_type)                                                                                                        \
    X(identify)                                                                                                        \
    X(int_list_destroy)                                                                                                \
    X(is_crs)                                                                                                          \
    X(list_destroy)                                                                                                    \
    X(list_get)                                                                                                        \
    X(list_get_count)                                                                                                  \
    X(log_level)                                                                                                       \
    X(normalize_for_visualization)                                                                                     \
    X(trans_generic)

namespace cordon {
namespace {

struct ProjLibrary {
#define CORDON_PROJ_MEMBER(name) decltype(&::proj_##name) name = nullptr;
    CORDON_PROJ_FUNCTIONS(CORDON_PROJ_MEMBER)
#undef CORDON_PROJ_MEMBER
};

[[noreturn]] void failToLoad() {
    const char* const reason = dlerror();
    throw Error("PROJ, the library of map projections, cannot be loaded (" +
                std::string(reason ? reason : CORDON_PROJ_SONAME) + "); install the package libproj25.");
}

ProjLibrary load() {
    void* const library = dlopen(CORDON_PROJ_SONAME, RTLD_NOW | RTLD_LOCAL); // stays
    if (!library)
        failToLoad();
    ProjLibrary functions;
#define CORDON_PROJ_LOAD(name)                                                                                         \
    functions.name = reinterpret_cast<decltype(functions.name)>(dlsym(library, "proj_" #name));                        \
    if (!functions.name)                                                                                               \
        failToLoad();
    CORDON_PROJ_FUNCTIONS(CORDON_PROJ_LOAD)
#undef CORDON_PROJ_LOAD
    return functions;
}

const ProjLibrary& proj() {
    static const ProjLibrary library = load();
    return library;
}

constexpr double kDegree = std::numbers::pi / 180;

struct ContextDeleter {
    void operator()(PJ_CONTEXT* c) const { proj().context_destroy(c); }
};
struct PjDeleter {
    void operator()(PJ* p) const { proj().destroy(p); }
};
using ContextPtr = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using PjPtr = std::unique_ptr<PJ, PjDeleter>;

ContextPtr makeContext() {
    ContextPtr context(proj().context_create());
    proj().log_level(context.get(), PJ_LOG_NONE);
    proj().context_set_enable_network(context.get(), 0); // grids are never fetched
    return context;
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// "EPSG:n" when the definition is one of the registry, or is equivalent to one beyond doubt.
std::string epsgCode(PJ_CONTEXT* context, const PJ* crs) {
    const char* authority = proj().get_id_auth_name(crs, 0);
    const char* code = proj().get_id_code(crs, 0);
    if (authority && code)
        return std::string(authority) + ":" + code;
    int* confidence = nullptr;
    PJ_OBJ_LIST* list = proj().identify(context, crs, "EPSG", nullptr, &confidence);
    std::string result;
    if (list && proj().list_get_count(list) > 0 && confidence && confidence[0] >= 90) {
        PjPtr match(proj().list_get(context, list, 0));
        if (match && proj().get_id_code(match.get(), 0))
            result = std::string("EPSG:") + proj().get_id_code(match.get(), 0);
    }
    proj().int_list_destroy(confidence);
    proj().list_destroy(list);
    return result;
}

bool isGeographicType(PJ_TYPE type) {
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS || type == PJ_TYPE_GEOGRAPHIC_CRS;
}

// The horizontal CRS inside a compound or bound one.
PjPtr horizontalPart(PJ_CONTEXT* context, PjPtr crs) {
    if (proj().get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS)
        crs = PjPtr(proj().crs_get_sub_crs(context, crs.get(), 0));
    if (crs && proj().get_type(crs.get()) == PJ_TYPE_BOUND_CRS)
        crs = PjPtr(proj().get_source_crs(context, crs.get()));
    return crs;
}

double unitOfFirstAxis(PJ_CONTEXT* context, const PJ* crs) {
    PjPtr system(proj().crs_get_coordinate_system(context, crs));
    double factor = 1;
    if (system)
        proj().cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr, nullptr,
                                nullptr);
    return factor > 0 ? factor : 1;
}

} // namespace

namespace {

// The transformation to a CRS takes PROJ ms to find, a copy of it a hundredth of that: found once, copied for each
// thread and each picture. Thread-safe.
class TransformSource {
public:
    // In the caller's context; null where PROJ knows none.
    PjPtr transformFor(PJ_CONTEXT* context, const std::string& definition) {
        const std::lock_guard lock(m_mutex);
        if (!m_transform) {
            m_context = makeContext();
            const PjPtr raw(proj().create_crs_to_crs(m_context.get(), "EPSG:4326", definition.c_str(), nullptr));
            if (raw)
                m_transform.reset(proj().normalize_for_visualization(m_context.get(), raw.get()));
        }
        return PjPtr(m_transform ? proj().clone(context, m_transform.get()) : nullptr);
    }

private:
    std::mutex m_mutex;
    ContextPtr m_context;
    PjPtr m_transform;
};

} // namespace

struct Crs::Impl {
    std::string definition = "EPSG:4326";
    std::string name = "WGS 84";
    bool geographic = true;
    double metersPerUnit = kEarthRadiusMeters * kDegree;
    std::shared_ptr<TransformSource> transforms = std::make_shared<TransformSource>();

    static Crs parsed(const std::string& text);
};

Crs::Crs() {
    static const auto wgs84 = std::make_shared<const Impl>();
    m_impl = wgs84;
}

Crs Crs::webMercator() {
    static const auto mercator =
        std::make_shared<const Impl>(Impl{"EPSG:3857", "WGS 84 / Pseudo-Mercator", false, 1, {}});
    return Crs(mercator);
}

// PROJ takes up to a hundred ms to find a CRS: those found lately are kept.
Crs Crs::fromText(const std::string& given) {
    constexpr std::size_t kMost = 32;
    static std::mutex mutex;
    static auto& found = *new std::map<std::string, Crs>; // never destroyed: PROJ may be gone before it
    {
        const std::lock_guard lock(mutex);
        if (const auto known = found.find(given); known != found.end())
            return known->second;
    }
    const Crs crs = Impl::parsed(given);
    const std::lock_guard lock(mutex);
    if (found.size() >= kMost)
        found.clear();
    return found.emplace(given, crs).first->second;
}

Crs Crs::Impl::parsed(const std::string& given) {
    std::string text = trimmed(given);
    if (text == "EPSG:4326")
        return {};
    if (text == "EPSG:3857")
        return webMercator();
    const std::string shown = text.size() > 60 ? text.substr(0, 57) + "..." : text;
    if (text.empty())
        throw Error("No coordinate reference system given; name one such as EPSG:32629.");
    if (text.rfind("+proj", 0) == 0 && text.find("+type=crs") == std::string::npos)
        text += " +type=crs"; // otherwise PROJ takes it for a bare operation
    ContextPtr context = makeContext();
    PjPtr crs(proj().create(context.get(), text.c_str()));
    if (crs && proj().is_crs(crs.get()))
        crs = horizontalPart(context.get(), std::move(crs));
    if (!crs || !proj().is_crs(crs.get()))
        throw Error("Unknown coordinate reference system \"" + shown +
                    "\"; give an EPSG code such as EPSG:32629, a PROJ string or WKT.");
    const PJ_TYPE type = proj().get_type(crs.get());
    const bool geographic = isGeographicType(type);
    if (!geographic && type != PJ_TYPE_PROJECTED_CRS)
        throw Error("The coordinate reference system \"" + shown +
                    "\" is neither geographic nor projected; a map needs one of these.");
    auto impl = std::make_shared<Impl>();
    impl->geographic = geographic;
    impl->definition = epsgCode(context.get(), crs.get());
    if (impl->definition == "OGC:CRS84")
        impl->definition = "EPSG:4326"; // the same to us: longitude always first
    if (impl->definition.empty()) {
        const bool isProjString = text.rfind("+proj", 0) == 0;
        const char* wkt = isProjString ? nullptr : proj().as_wkt(context.get(), crs.get(), PJ_WKT2_2019, nullptr);
        impl->definition = wkt ? wkt : text;
    }
    const char* name = proj().get_name(crs.get());
    impl->name = name && *name && std::string(name) != "unknown" ? name : shown;
    const double unit = unitOfFirstAxis(context.get(), crs.get());
    impl->metersPerUnit = geographic ? kEarthRadiusMeters * unit : unit;
    // A transformation to it must exist, or the first map would fail instead of the option.
    Crs result(std::move(impl));
    Projection test(result);
    return result;
}

const std::string& Crs::definition() const {
    return m_impl->definition;
}
const std::string& Crs::name() const {
    return m_impl->name;
}
bool Crs::isGeographic() const {
    return m_impl->geographic;
}
bool Crs::isWebMercator() const {
    return m_impl->definition == "EPSG:3857";
}
bool Crs::isWgs84() const {
    return m_impl->definition == "EPSG:4326";
}
double Crs::metersPerUnit() const {
    return m_impl->metersPerUnit;
}

struct Projection::Impl {
    enum class Kind { Identity, WebMercator, Proj } kind = Kind::Proj;
    ContextPtr context;
    PjPtr transform;
};

Projection::Projection(const Crs& crs) : m_impl(std::make_unique<Impl>()) {
    if (crs.isWgs84()) {
        m_impl->kind = Impl::Kind::Identity;
        return;
    }
    if (crs.isWebMercator()) {
        m_impl->kind = Impl::Kind::WebMercator;
        return;
    }
    m_impl->context = makeContext();
    m_impl->transform = crs.m_impl->transforms->transformFor(m_impl->context.get(), crs.definition());
    if (!m_impl->transform)
        throw Error("No transformation from WGS 84 to \"" + crs.name() +
                    "\" is known to PROJ; choose another coordinate reference system.");
}

Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

std::optional<MapPoint> Projection::forward(LonLat p) const {
    MapPoint result;
    if (forward(std::span(&p, 1), std::span(&result, 1)) > 0)
        return std::nullopt;
    return result;
}

std::optional<LonLat> Projection::inverse(MapPoint p) const {
    LonLat result;
    if (inverse(std::span(&p, 1), std::span(&result, 1)) > 0)
        return std::nullopt;
    return result;
}

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// In place on interleaved x, y.
std::size_t projInPlace(PJ* transform, PJ_DIRECTION direction, double* xy, std::size_t count) {
    proj().errno_reset(transform);
    proj().trans_generic(transform, direction, xy, 2 * sizeof(double), count, xy + 1, 2 * sizeof(double), count,
                         nullptr, 0, 0, nullptr, 0, 0);
    std::size_t failed = 0;
    for (std::size_t i = 0; i < count; ++i)
        if (!std::isfinite(xy[2 * i]) || !std::isfinite(xy[2 * i + 1])) {
            xy[2 * i] = xy[2 * i + 1] = kNan;
            ++failed;
        }
    return failed;
}

bool isOnEarth(LonLat p) {
    return std::abs(p.latDegrees) <= 90 && std::abs(p.lonDegrees) <= 540;
}

} // namespace

std::size_t Projection::forward(std::span<const LonLat> in, std::span<MapPoint> out) const {
    if (m_impl->kind == Impl::Kind::WebMercator)
        return mercatorForward(in, out);
    static_assert(sizeof(MapPoint) == 2 * sizeof(double) && sizeof(LonLat) == 2 * sizeof(double));
    std::size_t failed = 0;
    for (std::size_t i = 0; i < in.size(); ++i)
        out[i] = isOnEarth(in[i]) ? MapPoint{in[i].lonDegrees, in[i].latDegrees} : MapPoint{kNan, kNan};
    if (m_impl->kind == Impl::Kind::Proj && !in.empty())
        return projInPlace(m_impl->transform.get(), PJ_FWD, &out[0].x, in.size());
    for (const MapPoint& p : out)
        failed += std::isnan(p.x);
    return failed;
}

std::size_t Projection::inverse(std::span<const MapPoint> in, std::span<LonLat> out) const {
    if (m_impl->kind == Impl::Kind::WebMercator)
        return mercatorInverse(in, out);
    std::size_t failed = 0;
    for (std::size_t i = 0; i < in.size(); ++i)
        out[i] = {in[i].x, in[i].y};
    if (m_impl->kind == Impl::Kind::Proj && !in.empty())
        projInPlace(m_impl->transform.get(), PJ_INV, &out[0].lonDegrees, in.size());
    for (LonLat& p : out)
        if (!isOnEarth(p)) {
            p = {kNan, kNan};
            ++failed;
        }
    return failed;
}

namespace {

constexpr int kSamplesPerEdge = 33;

// A grid of sample points over a box, edges included: curved images of straight edges, and poles inside, are met
// closely.
template <class Point> std::vector<Point> sampleGrid(double x0, double y0, double x1, double y1) {
    std::vector<Point> points;
    points.reserve(kSamplesPerEdge * kSamplesPerEdge);
    for (int i = 0; i < kSamplesPerEdge; ++i)
        for (int j = 0; j < kSamplesPerEdge; ++j)
            points.push_back({x0 + (x1 - x0) * i / (kSamplesPerEdge - 1), y0 + (y1 - y0) * j / (kSamplesPerEdge - 1)});
    return points;
}

} // namespace

MapBox Projection::forward(const GeoBox& box) const {
    MapBox result;
    if (box.isEmpty())
        return result;
    const auto points = sampleGrid<LonLat>(box.minX, box.minY, box.maxX, box.maxY);
    std::vector<MapPoint> projected(points.size());
    forward(points, projected);
    for (const MapPoint& p : projected)
        if (!std::isnan(p.x))
            result.include(p);
    return result;
}

GeoBox Projection::inverse(const MapBox& box) const {
    GeoBox result;
    if (box.isEmpty())
        return result;
    const auto points = sampleGrid<MapPoint>(box.minX, box.minY, box.maxX, box.maxY);
    std::vector<LonLat> unprojected(points.size());
    inverse(points, unprojected);
    for (const LonLat& p : unprojected)
        if (!std::isnan(p.lonDegrees))
            result.include(p);
    return result;
}

} // namespace cordon
