// An array whose values are not set first, not even by their default initializers, as make_unique_for_overwrite()
// would: the threads that fill it touch its memory first. Internal to render.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

namespace cordon {

struct FreeRaw {
    void operator()(void* block) const { ::operator delete(block); }
};
template <class T> using RawArray = std::unique_ptr<T[], FreeRaw>;

template <class T> RawArray<T> makeRawArray(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    return RawArray<T>(static_cast<T*>(::operator new(count * sizeof(T))));
}

} // namespace cordon
