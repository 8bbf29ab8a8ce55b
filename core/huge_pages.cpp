// Large blocks of memory in huge pages, where the system gives them when asked (madvise): the columns of a table are
// written from end to end as soon as they are made, and by pages of 4 KB the faults alone took a third of a cold map.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define CORDON_KEEP_NEW
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CORDON_KEEP_NEW
#endif

#ifndef CORDON_KEEP_NEW

#include <cstdint>
#include <cstdlib>
#include <new>
#include <sys/mman.h>

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kWorthAPage = kHugePage / 2;

void* allocate(std::size_t size) {
    if (size < kWorthAPage)
        return std::malloc(size > 0 ? size : 1);
    const std::size_t wholePages = (size + kHugePage - 1) / kHugePage * kHugePage;
    void* block = nullptr;
    if (wholePages < size || posix_memalign(&block, kHugePage, wholePages) != 0)
        return nullptr;
    madvise(block, wholePages, MADV_HUGEPAGE); // no more than a wish
    return block;
}

} // namespace

// Replaces the one of the standard library, whose delete frees these blocks as well.
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

#endif
