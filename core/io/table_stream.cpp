#include "core/io/table_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <type_traits>
#include <unistd.h>

namespace cordon {

namespace {

constexpr std::uint32_t kTablesMark = 0x43524431; // the format's version, last digit
constexpr std::uint32_t kFailureMark = 0x43524445;

class Writer {
public:
    explicit Writer(int fd) : m_fd(fd) {}

    template <class T> void put(const T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        append(&value, sizeof value);
    }
    template <class T> void putAll(const std::vector<T>& values) {
        put<std::uint64_t>(values.size());
        append(values.data(), values.size() * sizeof(T));
    }
    void putText(std::string_view text) {
        put<std::uint64_t>(text.size());
        append(text.data(), text.size());
    }
    void flush() {
        writeOut(m_buffer.data(), m_buffer.size());
        m_buffer.clear();
    }

private:
    void append(const void* bytes, std::size_t size) {
        if (size == 0)
            return;
        if (m_buffer.size() + size > kBufferSize)
            flush();
        if (size > kBufferSize)
            writeOut(static_cast<const char*>(bytes), size);
        else
            m_buffer.append(static_cast<const char*>(bytes), size);
    }
    void writeOut(const char* bytes, std::size_t size) {
        while (size > 0) {
            const ssize_t written = write(m_fd, bytes, size);
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                throw Error("Cannot hand over what was read: there is not enough memory; close other programs.");
            bytes += written;
            size -= static_cast<std::size_t>(written);
        }
    }

    static constexpr std::size_t kBufferSize = 1 << 16;
    int m_fd;
    std::string m_buffer;
};

struct Nonsense {};

class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    template <class T> T take() {
        static_assert(std::is_trivially_copyable_v<T>);
        T value;
        std::memcpy(&value, need(sizeof value), sizeof value);
        return value;
    }
    template <class T> void takeAll(std::vector<T>& values) {
        const auto count = take<std::uint64_t>();
        if (count > m_bytes.size() / sizeof(T))
            throw Nonsense{};
        values.resize(count);
        if (count > 0)
            std::memcpy(static_cast<void*>(values.data()), need(count * sizeof(T)), count * sizeof(T));
    }
    std::string takeText() {
        const auto size = take<std::uint64_t>();
        if (size > m_bytes.size())
            throw Nonsense{};
        const char* const bytes = need(size);
        return {bytes, size};
    }

private:
    const char* need(std::size_t size) {
        if (size > m_bytes.size())
            throw Nonsense{};
        const char* const bytes = m_bytes.data();
        m_bytes.remove_prefix(size);
        return bytes;
    }
    std::string_view m_bytes;
};

void writeColumn(Writer& writer, const Column& column) {
    writer.putText(column.name);
    writer.put(column.type);
    writer.put<std::uint8_t>(static_cast<std::uint8_t>(column.values.index()));
    if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values)) {
        writer.putAll(*integers);
    } else if (const auto* reals = std::get_if<std::vector<double>>(&column.values)) {
        writer.putAll(*reals);
    } else {
        writer.putAll(std::get<TextValues>(column.values).start);
        writer.putText(std::get<TextValues>(column.values).bytes);
    }
    writer.putAll(column.isNullAt);
    writer.putAll(column.zoneOffsetMinutes);
}

template <class T> bool isAscending(const std::vector<T>& starts, std::size_t count, std::size_t end) {
    return starts.size() == count + 1 && starts.front() == 0 && starts.back() == end &&
           std::is_sorted(starts.begin(), starts.end());
}

Column readColumn(Reader& reader, std::size_t rows) {
    Column column;
    column.name = reader.takeText();
    column.type = reader.take<FieldType>();
    const auto index = reader.take<std::uint8_t>();
    const std::size_t expected = column.type == FieldType::Real ? 1 : column.type == FieldType::Text ? 2 : 0;
    if (index != expected || column.type > FieldType::Boolean)
        throw Nonsense{};
    const auto sized = [&](const auto& values) {
        if (values.size() != rows)
            throw Nonsense{};
    };
    if (index == 0) {
        auto& integers = column.values.emplace<std::vector<std::int64_t>>();
        reader.takeAll(integers);
        sized(integers);
    } else if (index == 1) {
        auto& reals = column.values.emplace<std::vector<double>>();
        reader.takeAll(reals);
        sized(reals);
    } else {
        auto& texts = column.values.emplace<TextValues>();
        reader.takeAll(texts.start);
        texts.bytes = reader.takeText();
        if (!isAscending(texts.start, rows, texts.bytes.size()))
            throw Nonsense{};
    }
    reader.takeAll(column.isNullAt);
    reader.takeAll(column.zoneOffsetMinutes);
    if (!column.isNullAt.empty())
        sized(column.isNullAt);
    if (!column.zoneOffsetMinutes.empty())
        sized(column.zoneOffsetMinutes);
    return column;
}

void writeTable(Writer& writer, const FeatureTable& table) {
    for (const std::string* text : {&table.name, &table.source.path, &table.source.layer, &table.source.format,
                                    &table.source.crs, &table.source.encoding, &table.geometryType})
        writer.putText(*text);
    const GeometryColumn& g = table.geometry;
    writer.putAll(g.coordinates);
    writer.putAll(g.z);
    writer.putAll(g.m);
    writer.putAll(g.timeMs);
    writer.putAll(g.partStart);
    writer.putAll(g.partRole);
    writer.putAll(g.featureStart);
    writer.put<std::uint64_t>(table.columns.size());
    for (const Column& column : table.columns)
        writeColumn(writer, column);
}

std::shared_ptr<const FeatureTable> readTable(Reader& reader) {
    auto table = std::make_shared<FeatureTable>();
    for (std::string* text : {&table->name, &table->source.path, &table->source.layer, &table->source.format,
                              &table->source.crs, &table->source.encoding, &table->geometryType})
        *text = reader.takeText();
    GeometryColumn& g = table->geometry;
    reader.takeAll(g.coordinates);
    reader.takeAll(g.z);
    reader.takeAll(g.m);
    reader.takeAll(g.timeMs);
    reader.takeAll(g.partStart);
    reader.takeAll(g.partRole);
    reader.takeAll(g.featureStart);
    const auto fits = [&](const auto& beside) { return beside.empty() || beside.size() == g.coordinates.size(); };
    const bool areRoles =
        std::all_of(g.partRole.begin(), g.partRole.end(), [](PartRole role) { return role <= PartRole::InnerRing; });
    if (g.featureStart.empty() || !isAscending(g.partStart, g.partRole.size(), g.coordinates.size()) ||
        !isAscending(g.featureStart, g.featureStart.size() - 1, g.partRole.size()) || !fits(g.z) || !fits(g.m) ||
        !fits(g.timeMs) || !areRoles)
        throw Nonsense{};
    for (auto columns = reader.take<std::uint64_t>(); columns > 0; --columns)
        table->columns.push_back(readColumn(reader, g.featureCount()));
    finishTable(*table);
    return table;
}

} // namespace

void writeResult(int fd, const ImportResult& result) {
    Writer writer(fd);
    writer.put(kTablesMark);
    writer.put<std::uint64_t>(result.warnings.size());
    for (const Warning& warning : result.warnings) {
        writer.putText(warning.text);
        writer.put<std::uint8_t>(warning.leftOut);
    }
    writer.put<std::uint64_t>(result.tables.size());
    for (const auto& table : result.tables)
        writeTable(writer, *table);
    writer.flush();
}

void writeFailure(int fd, const std::string& sentence) {
    Writer writer(fd);
    writer.put(kFailureMark);
    writer.putText(sentence);
    writer.flush();
}

ImportResult readResult(std::string_view bytes, const std::string& label) {
    try {
        Reader reader(bytes);
        const auto mark = reader.take<std::uint32_t>();
        if (mark == kFailureMark)
            throw Error(reader.takeText());
        if (mark != kTablesMark)
            throw Nonsense{};
        ImportResult result;
        for (auto count = reader.take<std::uint64_t>(); count > 0; --count) {
            Warning warning;
            warning.text = reader.takeText();
            warning.leftOut = reader.take<std::uint8_t>() != 0;
            result.warnings.push_back(std::move(warning));
        }
        for (auto count = reader.take<std::uint64_t>(); count > 0; --count)
            result.tables.push_back(readTable(reader));
        return result;
    } catch (const Nonsense&) {
        throw Error("Cannot read " + label +
                    ": the reading broke off in the middle; the file is damaged, ask for a whole copy.");
    }
}

} // namespace cordon
