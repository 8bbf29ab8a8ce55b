// Large blocks of memory in huge pages, where the system gives them when asked (madvise): the columns of a table are
// written from end to end as soon as they are made, and by pages of 4 KB the faults alone took a third of a cold map.
// Blocks that are freed are kept, up to a limit, for the next that need one: each picture takes as many as the last,
// and memory that was never touched costs more than what is written to it.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define CORDON_KEEP_NEW
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CORDON_KEEP_NEW
#endif

#ifndef CORDON_KEEP_NEW

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <new>
#include <sys/mman.h>

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kWorthAPage = kHugePage / 4;
constexpr std::size_t kMostSpareBytes = std::size_t{64} << 20;
constexpr std::size_t kMostSpare = 32, kMostUsed = 1024; // blocks; beyond, malloc() has to do

struct Block { // whole huge pages
    void* at = nullptr;
    std::size_t size = 0;
};

// From the system, at a multiple of a huge page; of no size where there is nothing left.
Block mapped(std::size_t size) {
    const std::size_t length = size + kHugePage;
    if (length < size)
        return {};
    void* all = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED)
        return {};
    auto* start = static_cast<char*>(all);
    const std::size_t before = (kHugePage - reinterpret_cast<std::uintptr_t>(all) % kHugePage) % kHugePage;
    if (before > 0)
        munmap(start, before);
    if (const std::size_t behind = kHugePage - before; behind > 0)
        munmap(start + before + size, behind);
    madvise(start + before, size, MADV_HUGEPAGE); // no more than a wish
    return {start + before, size};
}

// Holds nothing that needs making or destroying: memory is asked for before main() and after it.
class Blocks {
public:
    // Null where there is no room, in memory or in the list.
    void* take(std::size_t size) {
        const std::lock_guard lock(m_mutex);
        if (m_usedCount == kMostUsed)
            return nullptr;
        Block block = takeSpare(size);
        if (block.at == nullptr)
            block = mapped(size);
        if (block.at == nullptr && m_spareCount > 0) {
            shrinkSpares(0);
            block = mapped(size);
        }
        if (block.at != nullptr)
            m_used[m_usedCount++] = block;
        return block.at;
    }

    // False where it is none of these.
    bool giveBack(void* at) {
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = m_usedCount; i-- > 0;) {
            if (m_used[i].at != at)
                continue;
            const Block block = m_used[i];
            m_used[i] = m_used[--m_usedCount];
            shrinkSpares(block.size <= kMostSpareBytes ? kMostSpareBytes - block.size : kMostSpareBytes);
            if (block.size <= kMostSpareBytes)
                addSpare(block);
            else
                munmap(block.at, block.size);
            return true;
        }
        return false;
    }

private:
    // The smallest that is large enough, but not by far.
    Block takeSpare(std::size_t size) {
        std::size_t best = m_spareCount;
        for (std::size_t i = 0; i < m_spareCount; ++i)
            if (m_spare[i].size >= size && m_spare[i].size / 2 <= size &&
                (best == m_spareCount || m_spare[i].size <= m_spare[best].size))
                best = i;
        if (best == m_spareCount)
            return {};
        const Block block = m_spare[best];
        removeSpare(best);
        return block;
    }

    void addSpare(const Block& block) {
        m_spare[m_spareCount++] = block;
        m_spareBytes += block.size;
    }
    void removeSpare(std::size_t i) {
        m_spareBytes -= m_spare[i].size;
        for (--m_spareCount; i < m_spareCount; ++i)
            m_spare[i] = m_spare[i + 1];
    }
    // Gives the oldest back to the system until there is room for one more.
    void shrinkSpares(std::size_t mostBytes) {
        while (m_spareCount > 0 && (m_spareCount == kMostSpare || m_spareBytes > mostBytes)) {
            munmap(m_spare[0].at, m_spare[0].size);
            removeSpare(0);
        }
    }

    std::mutex m_mutex;
    std::array<Block, kMostUsed> m_used;
    std::size_t m_usedCount = 0;
    std::array<Block, kMostSpare> m_spare; // oldest first
    std::size_t m_spareCount = 0, m_spareBytes = 0;
};

constinit Blocks blocks;

// A power of two as far as that is not too much: of what is not written to, only addresses are used, and the next
// picture, which needs a little more, finds a block that has it.
std::size_t blockSize(std::size_t size) {
    return size <= kMostSpareBytes / 2 ? std::bit_ceil(std::max(size, kHugePage))
                                       : (size + kHugePage - 1) / kHugePage * kHugePage;
}

void* allocate(std::size_t size) {
    if (size >= kWorthAPage && size <= SIZE_MAX - kHugePage)
        if (void* block = blocks.take(blockSize(size)))
            return block;
    return std::malloc(size > 0 ? size : 1);
}

} // namespace

// These replace the ones of the standard library.
void* operator new(std::size_t size) {
    for (;;) {
        if (void* block = allocate(size))
            return block;
        const std::new_handler handler = std::get_new_handler();
        if (!handler)
            throw std::bad_alloc();
        handler();
    }
}

void operator delete(void* block) noexcept {
    if (block != nullptr && reinterpret_cast<std::uintptr_t>(block) % kHugePage == 0 && blocks.giveBack(block))
        return;
    std::free(block);
}

void operator delete(void* block, std::size_t) noexcept {
    operator delete(block);
}

#endif
