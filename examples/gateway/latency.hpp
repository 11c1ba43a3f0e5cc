// Time stamps around calls, and a histogram with logarithmic buckets.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#if defined(__x86_64__) || defined(__i386__)
#include <x86intrin.h>
#define GATEWAY_HAS_TSC 1
#else
#define GATEWAY_HAS_TSC 0
#endif

namespace gateway {

/// The time stamp counter. The fences keep the measured call between the two readings; what they
/// cost is the row "empty timer" of the report, and is contained in every other row.
inline std::uint64_t read_ticks() noexcept {
#if GATEWAY_HAS_TSC
    _mm_lfence();
    const std::uint64_t ticks = __rdtsc();
    _mm_lfence();
    return ticks;
#else
    return static_cast<std::uint64_t>(
        std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

/// Ticks from one reading to a later one; 0 when the counter of another processor is behind.
inline std::uint64_t ticks_between(std::uint64_t begin, std::uint64_t end) noexcept {
    return end > begin ? end - begin : 0;
}

/// How long one tick of read_ticks is: measured against steady_clock over the whole run.
class TickRate {
public:
    TickRate() noexcept : ticks_(read_ticks()), clock_(std::chrono::steady_clock::now()) {}

    /// Nanoseconds of a tick. Waits until the base is long enough to be exact to 0.1 %.
    double nanos_per_tick() const noexcept {
        using std::chrono::duration_cast;
        using std::chrono::nanoseconds;
        for (;;) {
            const std::uint64_t ticks = read_ticks() - ticks_;
            const auto passed = std::chrono::steady_clock::now() - clock_;
            const auto nanos = duration_cast<nanoseconds>(passed).count();
            if (nanos > 20'000'000 && ticks > 0) {
                return static_cast<double>(nanos) / static_cast<double>(ticks);
            }
        }
    }

private:
    std::uint64_t ticks_;
    std::chrono::steady_clock::time_point clock_;
};

/// Counts values in buckets of 1/128 of an octave: a percentile is at most 0.8 % too high, the
/// maximum is exact. Fixed size; adding takes no branch on the history.
class Histogram {
public:
    void add(std::uint64_t value) noexcept {
        ++buckets_[index(value)];
        ++count_;
        if (value > max_) {
            max_ = value;
        }
    }

    std::uint64_t count() const noexcept { return count_; }
    std::uint64_t max() const noexcept { return max_; }

    /// The value that `permille` of 1000 values do not exceed.
    std::uint64_t percentile(std::uint64_t permille) const noexcept {
        return quantile(permille * 1000);
    }

    /// The value that `ppm` of a million values do not exceed.
    std::uint64_t quantile(std::uint64_t ppm) const noexcept {
        const std::uint64_t rank = (count_ * ppm + 999999) / 1000000;
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < buckets_.size(); ++i) {
            seen += buckets_[i];
            if (seen >= rank && seen > 0) {
                return upper(i) < max_ ? upper(i) : max_;
            }
        }
        return max_;
    }

private:
    static constexpr unsigned kBits = 7;
    static constexpr std::size_t kOctave = std::size_t{1} << kBits;
    static constexpr std::size_t kBuckets = (64 - kBits + 1) * kOctave;

    static std::size_t index(std::uint64_t value) noexcept {
        unsigned shift = 0;
        for (std::uint64_t rest = value >> (kBits + 1); rest != 0; rest >>= 1) {
            ++shift;
        }
        return static_cast<std::size_t>((std::uint64_t{shift} << kBits) + (value >> shift));
    }

    static std::uint64_t upper(std::size_t index) noexcept {
        if (index < 2 * kOctave) {
            return index;
        }
        const unsigned shift = static_cast<unsigned>(index >> kBits) - 1;
        return ((std::uint64_t{(index & (kOctave - 1)) | kOctave} + 1) << shift) - 1;
    }

    std::array<std::uint64_t, kBuckets> buckets_{};
    std::uint64_t count_ = 0;
    std::uint64_t max_ = 0;
};

} // namespace gateway
