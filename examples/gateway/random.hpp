// A counter-based generator: value n of a stream is a function of (seed, stream, n) alone, so
// that the same seed plays the same session with every compiler and standard library.
#pragma once

#include <cstdint>

namespace gateway {

class Random {
public:
    Random(std::uint64_t seed, std::uint64_t stream) noexcept
        : key_(mix(seed ^ mix(stream + 0x9e3779b97f4a7c15u))) {}

    std::uint64_t next() noexcept { return mix(key_ + 0x9e3779b97f4a7c15u * ++count_); }

    /// 0 to bound - 1. The bias of the remainder is below 2^-32 for the bounds used here.
    std::int64_t below(std::int64_t bound) noexcept {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
    }

    /// low to high, both included.
    std::int64_t between(std::int64_t low, std::int64_t high) noexcept {
        return low + below(high - low + 1);
    }

    /// True in `permille` of 1000 cases.
    bool chance(std::int64_t permille) noexcept { return below(1000) < permille; }

private:
    static std::uint64_t mix(std::uint64_t z) noexcept { // the finaliser of splitmix64
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

    std::uint64_t key_;
    std::uint64_t count_ = 0;
};

} // namespace gateway
