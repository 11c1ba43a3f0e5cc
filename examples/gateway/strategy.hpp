// A trend follower that treats its orders as a desk would. The rules are simple on purpose: what
// matters here is how they use the core. It keeps ids, never copies of what the core knows.
#pragma once

#include <array>
#include <cstdint>

#include "core.hpp"
#include "oms.h"
#include "random.hpp"
#include "scenes.hpp"
#include "session.hpp"
#include "uses.hpp"

namespace gateway {

/// Averages and the usual range of the mid price, in ticks, by integer arithmetic.
class Signal {
public:
    void on_mid(std::int64_t mid);
    bool is_ready() const { return count_ > kWarmUp; }
    /// Usual range of 256 quotes, ticks, at least 1.
    std::int64_t range() const { return range_ > 16 ? range_ / 16 : 1; }
    /// +1 up, -1 down, 0 neither.
    int trend() const;

private:
    static constexpr std::int64_t kWarmUp = 4096;
    static constexpr std::int64_t kScale = 65'536;
    std::int64_t fast_ = 0; ///< average over about 512 quotes, × kScale
    std::int64_t slow_ = 0; ///< average over about 4096 quotes, × kScale
    std::int64_t high_ = 0;
    std::int64_t low_ = 0;
    std::int64_t range_ = 0; ///< × 16
    std::int64_t count_ = 0;
};

class Strategy {
public:
    Strategy(std::uint64_t seed, Core& core, std::uint64_t rows);

    void on_quote(const Quote& quote);
    /// No entries any more; what is open stays protected.
    void wind_down() { winding_down_ = true; }
    /// Cancels the orders that may open or enlarge a position.
    void cancel_entries();
    /// Rests orders away from the market, so that a kill has something to cancel.
    void rest_far_orders();
    /// Tries one ordinary order and says which check denied it; OMS_CHECK_NONE if none did.
    std::uint32_t try_order();
    /// Nobody quoted for longer than limits allow: an order must be denied for that.
    void probe_stale();

    std::uint64_t checks() const { return checks_; }
    std::uint64_t exists() const { return exists_; }
    std::uint64_t entries() const { return entries_; }
    std::uint64_t moves() const { return moves_; }
    const Uses& uses() const { return uses_; }

private:
    static constexpr int kReplacesSpent = 2; ///< a limit order follows the market twice
    struct Working {
        oms_id_t id = 0;
        std::uint64_t since = 0;    ///< row of the submission or the last change
        std::uint64_t patience = 0; ///< rows until it follows the market or is cancelled
        int replaced = 0;
    };

    /// What gets a position out.
    enum class Protection : std::uint8_t { kTriggers, kPair, kTrailing, kAtVenue, kBracket };

    void protect(const oms_position_t& position);
    bool send_exits(const oms_position_t& position);
    void trail(const oms_position_t& position);
    void leave(const oms_position_t& position);
    void enter(int direction);
    void scale_in(const oms_position_t& position);
    void stand();
    void clear_standing();
    void manage(Working& working);
    void probe();
    void burst();
    oms_id_t send(const oms_order_submit_t& order);
    oms_order_submit_t limit(std::uint8_t side, std::int64_t qty, std::int64_t price);
    oms_order_submit_t market(std::uint8_t side, std::int64_t qty);
    bool is_live(oms_id_t id);

    Core& core_;
    Random random_;
    Signal signal_;
    Quote quote_{};
    std::uint64_t row_ = 0;
    std::uint64_t flat_since_ = 0;
    std::uint64_t probe_every_;
    std::uint64_t probes_ = 0;
    Working entry_;
    Working scale_;
    std::array<Working, 6> burst_{};
    std::array<oms_id_t, 2> standing_{}; ///< small orders far away, one on each side
    oms_id_t position_ = 0; ///< the position that stop and target below belong to
    oms_id_t stop_ = 0;
    oms_id_t target_ = 0;
    std::int64_t stop_distance_ = 0;
    std::array<oms_id_t, 2> exits_{}; ///< orders that get it out instead
    Protection protection_ = Protection::kTriggers;
    bool extended_ = false; ///< the entry's timeout
    int trailed_ = 0;
    bool winding_down_ = false;
    std::uint64_t checks_ = 0;
    std::uint64_t exists_ = 0;
    std::uint64_t entries_ = 0;
    std::uint64_t positions_ = 0;
    std::uint64_t leaves_ = 0;
    std::uint64_t conditional_ = 0; ///< entries that wait for a price
    std::uint64_t moves_ = 0;
    Uses uses_{};
};

} // namespace gateway
