// A vector of records that is cheap to copy: chunks are shared between copies and cloned only when written to, so that
// a snapshot per edit costs a thousandth of the records. Reads like a std::vector.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <vector>

namespace cordon {

template <class T> class Records {
    using Chunk = std::vector<T>;

public:
    class const_iterator {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        const_iterator() = default;
        const_iterator(const Records* records, std::size_t at) : m_records(records), m_at(at) {}
        reference operator*() const { return (*m_records)[m_at]; }
        pointer operator->() const { return &(*m_records)[m_at]; }
        reference operator[](difference_type n) const { return *(*this + n); }
        const_iterator& operator++() { return *this += 1; }
        const_iterator& operator--() { return *this += -1; }
        const_iterator operator++(int) { return {m_records, m_at++}; }
        const_iterator operator--(int) { return {m_records, m_at--}; }
        const_iterator& operator+=(difference_type n) {
            m_at = static_cast<std::size_t>(static_cast<difference_type>(m_at) + n);
            return *this;
        }
        const_iterator& operator-=(difference_type n) { return *this += -n; }
        friend const_iterator operator+(const_iterator i, difference_type n) { return i += n; }
        friend const_iterator operator+(difference_type n, const_iterator i) { return i += n; }
        friend const_iterator operator-(const_iterator i, difference_type n) { return i -= n; }
        friend difference_type operator-(const const_iterator& a, const const_iterator& b) {
            return static_cast<difference_type>(a.m_at) - static_cast<difference_type>(b.m_at);
        }
        friend bool operator==(const const_iterator& a, const const_iterator& b) { return a.m_at == b.m_at; }
        friend auto operator<=>(const const_iterator& a, const const_iterator& b) { return a.m_at <=> b.m_at; }

    private:
        const Records* m_records = nullptr;
        std::size_t m_at = 0;
    };
    using value_type = T;
    static constexpr std::size_t kChunk = 512; // rows c * kChunk .. are in chunk c

    Records() = default;
    Records(std::initializer_list<T> items) {
        for (const T& item : items)
            push_back(item);
    }

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    const T& operator[](std::size_t i) const { return (*m_chunks[i / kChunk])[i % kChunk]; }
    // Writing clones the chunk if a copy shares it: references into other copies stay valid, into this one do not.
    T& operator[](std::size_t i) { return owned(i / kChunk)[i % kChunk]; }
    const T& front() const { return (*this)[0]; }
    const T& back() const { return (*this)[m_size - 1]; }
    const_iterator begin() const { return {this, 0}; }
    const_iterator end() const { return {this, m_size}; }

    void push_back(T item) {
        if (m_size % kChunk == 0)
            m_chunks.push_back(std::make_shared<Chunk>());
        Chunk& last = owned(m_chunks.size() - 1);
        last.push_back(std::move(item));
        ++m_size;
    }
    template <class... Args> T& emplace_back(Args&&... args) {
        push_back(T{std::forward<Args>(args)...});
        return owned(m_chunks.size() - 1).back();
    }
    // Whether this chunk is the very same in both, so that nothing in it can differ.
    bool sharesChunk(const Records& other, std::size_t chunk) const {
        return chunk < m_chunks.size() && chunk < other.m_chunks.size() && m_chunks[chunk] == other.m_chunks[chunk];
    }
    std::size_t chunkCount() const { return m_chunks.size(); }
    void clear() {
        m_chunks.clear();
        m_size = 0;
    }

    friend bool operator==(const Records& a, const Records& b) {
        return a.m_size == b.m_size && std::equal(a.begin(), a.end(), b.begin());
    }

private:
    Chunk& owned(std::size_t chunk) {
        auto& pointer = m_chunks[chunk];
        if (pointer.use_count() > 1) {
            auto copy = std::make_shared<Chunk>();
            copy->reserve(kChunk);
            *copy = *pointer;
            pointer = std::move(copy);
        }
        return *pointer;
    }

    std::vector<std::shared_ptr<Chunk>> m_chunks; // all full but the last
    std::size_t m_size = 0;
};

} // namespace cordon
