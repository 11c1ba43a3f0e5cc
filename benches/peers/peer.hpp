// What the peers are told and what they answer: the same words for all of them and for the library.
#pragma once

#include <cstdint>

namespace peers {

constexpr std::int64_t kBid = 1000000;
constexpr std::int64_t kSpread = 2;
constexpr std::uint64_t kSecond = 1000000000;

enum class Side : std::uint8_t { buy = 1, sell = 2 };
enum class Status : std::uint8_t { armed, pending, sent, live, partly, filled, cancelled };
enum class EventKind : std::uint8_t { accepted, denied, acked, fill, cancelled, fired, tripped };

// An order to be judged or submitted. Prices are whole ticks.
struct Ask {
    std::uint64_t id;
    Side side;
    std::int64_t qty;
    std::int64_t price;
    std::uint64_t now;
};

// What came of a workload: equal for all who did the same work.
struct Tally {
    std::uint64_t accepted = 0;
    std::uint64_t commands = 0;
    std::int64_t position = 0;
    std::int64_t realised = 0; // tick-lots

    bool operator==(const Tally& other) const {
        return accepted == other.accepted && commands == other.commands &&
               position == other.position && realised == other.realised;
    }
};

// Every limit is on, and wide: those of benches/desk.h.
struct Limits {
    std::int64_t qty_min = 1, qty_max = 1000000;
    std::int64_t price_step = 1, qty_step = 1;
    std::int64_t value_min = 1, value_max = std::int64_t{1} << 56; // tick-lots
    std::int64_t collar = 100000;
    std::uint64_t reference_age_max = 30 * 86400 * kSecond;
    std::int64_t long_max = std::int64_t{1} << 40, short_max = std::int64_t{1} << 40;
    std::int64_t open_orders_max = 1 << 30, open_qty_max = std::int64_t{1} << 40;
    std::int64_t positions_max = 1 << 30;
    std::int64_t daily_loss_percent = 5, drawdown_percent = 15;
    std::uint64_t a_minute = 100, an_hour = 4000, a_window = 1000;
    std::uint64_t window = 600 * kSecond;
};

} // namespace peers
