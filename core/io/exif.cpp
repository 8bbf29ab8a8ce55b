#include "core/io/exif.h"

#include "core/io/encoding.h"
#include "core/io/xml_scanner.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>

namespace cordon {

namespace {

// One directory of the TIFF structure; every read is checked against the end.
class Directory {
public:
    Directory(std::string_view tiff, bool isBigEndian, std::size_t offset)
        : m_tiff(tiff), m_isBigEndian(isBigEndian), m_offset(offset),
          m_count(offset + 2 <= tiff.size() ? number(offset, 2) : 0) {}

    std::string text(std::uint32_t tag) const {
        const Entry entry = find(tag);
        if (entry.type != 2 || entry.count == 0)
            return {};
        const std::size_t at = entry.count <= 4 ? entry.valueAt : number(entry.valueAt, 4);
        if (at >= m_tiff.size())
            return {};
        std::string_view value = m_tiff.substr(at, std::min<std::size_t>(entry.count, 1000));
        value = trimmedXml(value.substr(0, value.find('\0')));
        if (isUtf8(value))
            return std::string(value);
        bool isExact = true;
        return toUtf8(value, "CP1252", isExact);
    }

    // The i-th of unsigned rationals.
    std::optional<double> rational(std::uint32_t tag, std::uint32_t i = 0) const {
        const Entry entry = find(tag);
        if (entry.type != 5 || i >= entry.count)
            return std::nullopt;
        const std::size_t at = std::size_t{number(entry.valueAt, 4)} + std::size_t{8} * i;
        if (at + 8 > m_tiff.size())
            return std::nullopt;
        const double above = number(at, 4), below = number(at + 4, 4);
        return below == 0 ? std::nullopt : std::optional(above / below);
    }

    std::optional<std::uint32_t> integer(std::uint32_t tag) const {
        const Entry entry = find(tag);
        if (entry.count != 1 || (entry.type != 1 && entry.type != 3 && entry.type != 4))
            return std::nullopt;
        return number(entry.valueAt, entry.type == 1 ? 1 : entry.type == 3 ? 2 : 4);
    }

private:
    struct Entry {
        std::uint32_t type = 0, count = 0;
        std::size_t valueAt = 0;
    };

    std::uint32_t number(std::size_t at, std::size_t bytes) const {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) {
            const std::size_t from = m_isBigEndian ? at + i : at + bytes - 1 - i;
            value = value << 8 | (from < m_tiff.size() ? static_cast<unsigned char>(m_tiff[from]) : 0u);
        }
        return value;
    }

    Entry find(std::uint32_t tag) const {
        for (std::size_t i = 0; i < m_count; ++i) {
            const std::size_t at = m_offset + 2 + 12 * i;
            if (at + 12 > m_tiff.size())
                break;
            if (number(at, 2) == tag)
                return {number(at + 2, 2), number(at + 4, 4), at + 8};
        }
        return {};
    }

    std::string_view m_tiff;
    bool m_isBigEndian;
    std::size_t m_offset;
    std::uint32_t m_count;
};

// The TIFF structure: a TIFF itself, or what the APP1 segment of a JPEG holds that says Exif (empty if there is none);
// nullopt if it is neither.
std::optional<std::string_view> exifOf(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv))
        return bytes;
    if (!bytes.starts_with("\xFF\xD8"))
        return std::nullopt;
    std::size_t at = 2;
    while (at + 4 <= bytes.size() && bytes[at] == '\xFF') {
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xDA || marker == 0xD9) // the picture itself begins; the end
            break;
        const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + 2])) << 8 |
                                   static_cast<unsigned char>(bytes[at + 3]);
        if (length < 2)
            break;
        const std::string_view segment = bytes.substr(at + 4, length - 2);
        if (marker == 0xE1 && segment.starts_with("Exif\0\0"sv))
            return segment.substr(6);
        at += 2 + length;
    }
    return std::string_view();
}

std::optional<double> angle(const Directory& gps, std::uint32_t tag, const std::string& side, char negative,
                            double most) {
    const auto degrees = gps.rational(tag, 0), minutes = gps.rational(tag, 1), seconds = gps.rational(tag, 2);
    if (!degrees)
        return std::nullopt;
    const double value = *degrees + minutes.value_or(0) / 60 + seconds.value_or(0) / 3600;
    if (!(value <= most))
        return std::nullopt;
    return !side.empty() && side[0] == negative ? -value : value;
}

// "2024:05:06 07:08:09" as "2024-05-06T07:08:09"; "" if it is no time.
std::string isoTime(const std::string& text) {
    int y = 0, m = 0, d = 0, h = 0, minute = 0, second = 0;
    if (text.size() > 30 ||
        std::sscanf(text.c_str(), "%4d%*[:-]%2d%*[:-]%2d%*[ T]%2d:%2d:%2d", &y, &m, &d, &h, &minute, &second) != 6 ||
        y < 1900 || m < 1 || m > 12 || d < 1 || d > 31 || h < 0 || h > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60)
        return {};
    std::array<char, 80> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02dT%02d:%02d:%02d", y, m, d, h, minute, second);
    return buffer.data();
}

std::string satelliteTime(const Directory& gps) {
    const std::string day = gps.text(29);
    const auto h = gps.rational(7, 0), m = gps.rational(7, 1), s = gps.rational(7, 2);
    if (day.empty() || !h || !m || !s || *h > 23 || *m > 59 || *s > 60)
        return {};
    std::array<char, 40> clock{};
    std::snprintf(clock.data(), clock.size(), " %02d:%02d:%02d", static_cast<int>(*h), static_cast<int>(*m),
                  static_cast<int>(*s));
    const std::string time = isoTime(day + clock.data());
    return time.empty() ? time : time + "Z";
}

void readGps(const Directory& gps, PhotoFacts& facts) {
    facts.latDegrees = angle(gps, 2, gps.text(1), 'S', 90);
    facts.lonDegrees = angle(gps, 4, gps.text(3), 'W', 180);
    facts.altitudeMetres = gps.rational(6);
    if (facts.altitudeMetres && gps.integer(5) == 1u)
        facts.altitudeMetres = -*facts.altitudeMetres;
    const auto direction = gps.rational(17);
    if (direction && *direction <= 360)
        facts.directionDegrees = direction;
    facts.directionIsMagnetic = gps.text(16) == "M";
    facts.time = satelliteTime(gps);
}

} // namespace

std::optional<PhotoFacts> photoFacts(std::string_view bytes) {
    const auto tiff = exifOf(bytes);
    if (!tiff)
        return std::nullopt;
    PhotoFacts facts;
    const bool isBigEndian = tiff->starts_with("MM");
    if (tiff->size() < 8 || (!isBigEndian && !tiff->starts_with("II")))
        return facts;
    const auto offsetAt = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value << 8 | static_cast<unsigned char>((*tiff)[isBigEndian ? at + i : at + 3 - i]);
        return value;
    };
    const Directory main(*tiff, isBigEndian, offsetAt(4));
    if (const auto at = main.integer(0x8825))
        readGps(Directory(*tiff, isBigEndian, *at), facts);
    const Directory exif(*tiff, isBigEndian, main.integer(0x8769).value_or(static_cast<std::uint32_t>(tiff->size())));
    if (facts.time.empty()) {
        facts.time = isoTime(exif.text(0x9003));
        if (!facts.time.empty())
            facts.time += exif.text(0x9011).substr(0, 6); // "+01:00"
        else
            facts.time = isoTime(main.text(0x132));
    }
    const std::string make = main.text(0x10F), model = main.text(0x110);
    facts.camera = model.starts_with(make) || make.empty() ? model : model.empty() ? make : make + " " + model;
    facts.description = main.text(0x10E);
    return facts;
}

} // namespace cordon
