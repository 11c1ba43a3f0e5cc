// The blotter: keeps what the commands and events say, for the report and the chart.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core.hpp"
#include "oms.h"
#include "plays.hpp"

namespace gateway {

/// One stop or target that fired.
struct Fired {
    std::uint64_t at;
    oms_id_t trigger;
    std::uint8_t kind;     ///< OMS_TRIGGER_*
    std::uint8_t side = 0; ///< of the closing order; 0 before its first fill
    std::int64_t level;    ///< ticks
    std::int64_t seen;     ///< price that reached it, ticks
    std::int64_t qty;      ///< lots to close
    std::int64_t filled = 0;
    std::int64_t notional = 0; ///< lots × ticks of its fills

    /// Σ over lots of the ticks it was filled worse than its level; negative: better.
    std::int64_t slippage() const {
        const std::int64_t worse = level * filled - notional;
        return side == OMS_SIDE_SELL ? worse : -worse;
    }
};

/// What happened while one trip of the breaker was open.
struct Drill {
    std::uint64_t tripped_at = 0;
    std::uint64_t reset_at = 0;
    std::uint64_t denied = 0;  ///< new orders and replaces
    std::uint64_t cancels = 0; ///< handed to the venue
    std::uint64_t closes = 0;  ///< reduce-only orders handed to the venue
};

struct Closed {
    std::uint64_t count = 0;
    std::int64_t pnl = 0; ///< money units, commissions deducted
};

struct Day {
    std::uint64_t ended_at = 0;
    std::int64_t pnl = 0; ///< money units
};

/// How often the venue played something, and what the core answered.
struct Tally {
    std::uint64_t times = 0;
    std::uint64_t known = 0;   ///< answered by OMS_IGNORED where OMS_OK would have done as well
    std::uint64_t wrong = 0;   ///< not as documented
    std::uint64_t first_at = 0;
};

/// One oddity, for the chart.
struct Oddity {
    std::uint64_t at;
    Play play;
};

class Blotter {
public:
    explicit Blotter(Core& core) : core_(core) {}

    void on_command(const oms_command_t& command);
    void on_event(const oms_event_t& event);
    /// A report was taken: the events that come out until `judge` are its consequences.
    void on_report(Play play, const oms_venue_report_t& report, std::int32_t status);
    /// Holds what the core answered against what its documentation says.
    void judge();

    std::uint64_t denied() const { return events[OMS_EVENT_ORDER_DENIED]; }
    /// By a check of a scope.
    std::uint64_t denied(std::uint32_t scope, std::uint32_t check) const {
        return scope < denied_by.size() ? denied_by[scope][check] : 0;
    }
    bool is_tripped() const { return tripped_; }
    bool is_flat() const { return flat_at_ != 0; }
    std::uint64_t flat_at() const { return flat_at_; }
    const std::vector<Fired>& fired() const { return fired_; }
    const std::vector<Drill>& drills() const { return drills_; }

    // Counts, indexed by the constants of oms.h.
    using ByCheck = std::array<std::uint64_t, 40>; ///< by OMS_CHECK_*
    std::vector<ByCheck> denied_by; ///< by scope that denied; the first check that failed
    ByCheck denied_any{};           ///< every check that failed
    std::array<std::uint64_t, 40> unchecked{};    ///< checks that did not hold up a close
    std::array<std::uint64_t, 16> anomalies{};    ///< by OMS_ANOMALY_*
    std::array<Closed, 9> closed{};               ///< by OMS_EXIT_*
    std::array<std::uint64_t, 64> events{};       ///< by OMS_EVENT_*
    std::array<std::uint64_t, 16> ended{};        ///< orders by the last OMS_STATUS_* told
    std::vector<Day> days; ///< sessions that ended before the last one
    std::vector<oms_event_t> warnings;
    std::vector<oms_event_t> changes; ///< of limits
    std::uint64_t sent_market = 0;
    std::uint64_t sent_limit = 0;
    std::uint64_t sent_closes = 0;
    std::uint64_t sent_cancels = 0;
    std::uint64_t sent_replaces = 0;
    std::uint64_t fills = 0;
    std::int64_t filled_lots = 0;
    std::uint64_t events_lost = 0;
    std::array<Tally, kPlays> plays{};  ///< by Play
    std::vector<Oddity> oddities;
    /// Executed lots of each order as the core last told them.
    std::unordered_map<oms_id_t, std::int64_t> cum;

    /// Tallies `ended`; call it once, at the end.
    void finish();

private:
    void on_fill(const oms_event_t& event);
    std::string difference(const Answer& expected);

    Core& core_;
    std::vector<Fired> fired_;
    std::unordered_map<oms_id_t, std::size_t> fired_by_trigger_; ///< the latest firing
    std::unordered_map<oms_id_t, std::uint32_t> status_;
    std::vector<Drill> drills_;
    std::uint64_t next_event_ = 0;
    Play play_ = Play::kNone;
    oms_id_t reported_ = 0;       ///< the order of the report that is judged
    std::int32_t answered_ = 0;
    std::uint64_t seen_events_ = 0;    ///< bits 1 << OMS_EVENT_*
    std::uint64_t seen_anomalies_ = 0; ///< bits 1 << OMS_ANOMALY_*
    std::uint64_t flat_at_ = 0;
    bool tripped_ = false;
};

} // namespace gateway
