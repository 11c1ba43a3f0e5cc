// A small venue: matches against the quotes and, by a seeded plan, misbehaves as real ones do.
#pragma once

#include <cstdint>
#include <queue>
#include <vector>

#include "core.hpp"
#include "oms.h"
#include "random.hpp"
#include "session.hpp"

namespace gateway {

/// What is odd about a report.
enum class Play : std::size_t {
    kNone,
    kFillBeforeAck,
    kLateAck,
    kRepeatedAck,
    kDuplicateFill,
    kRestatedFill,
    kOverfill,
    kReject,
    kFillAfterCancel,
    kCancelTooLate,
    kCancelUnknown,
    kLateFill,
    kReplaceReject,
    kUnsolicitedCancel,
    kExpire,
    kCount,
};

const char* play_text(Play play);

struct Report {
    oms_venue_report_t record;
    Play play;
};

class Venue {
public:
    static constexpr std::uint64_t kNever = UINT64_MAX;

    Venue(std::uint64_t seed, const Core& core) : random_(seed, 2), core_(core) {}

    /// The market moved: resting orders that it reaches are filled.
    void on_quote(const Quote& quote);

    /// A command leaves the gateway; it arrives after the latency of the line.
    void take(const oms_command_t& command, std::uint64_t now);

    /// When something happens next here or on the line; kNever when nothing is under way.
    std::uint64_t next_due() const { return items_.empty() ? kNever : items_.top().due; }

    /// Does what is due next; true when a report reaches the gateway by it.
    bool step(Report& report);

private:
    struct Item {
        std::uint64_t due;
        std::uint64_t sequence; ///< equal times: first come, first served
        enum class Kind : std::uint8_t { kCommand, kReport, kCancelUnasked, kExpire } kind;
        Play play;
        oms_command_t command;
        oms_venue_report_t report;
    };
    struct Later {
        bool operator()(const Item& a, const Item& b) const {
            return a.due != b.due ? a.due > b.due : a.sequence > b.sequence;
        }
    };
    struct Order {
        oms_command_t terms;
        std::int64_t cum;
        bool acked; ///< the ack has left: a fill before it is the anomaly
        std::int64_t leaves() const { return terms.qty - cum; }
    };

    void on_new(const oms_command_t& command);
    void on_cancel(const oms_command_t& command);
    void on_replace(const oms_command_t& command);
    void trade(Order& order);
    void execute(Order& order, std::int64_t qty, std::int64_t price, std::uint8_t liquidity,
                 Play play, std::uint64_t delay);
    void repeat(const oms_venue_report_t& fill, std::uint64_t delay);
    void end(oms_id_t order);
    Order* find(oms_id_t order);
    bool is_near(const oms_command_t& terms) const;
    std::int64_t depth(std::uint8_t side);
    oms_venue_report_t answer(oms_id_t order, std::uint8_t kind, std::uint64_t request_id,
                              std::uint16_t reason) const;
    void send(const oms_venue_report_t& report, Play play, std::uint64_t delay);
    void schedule(Item::Kind kind, const oms_command_t& command, std::uint64_t delay);
    std::uint64_t line() { return static_cast<std::uint64_t>(random_.between(150'000, 350'000)); }

    Random random_;
    const Core& core_;
    Quote quote_{};
    std::uint64_t now_ = 0;
    std::uint64_t sequence_ = 0;
    std::uint64_t executions_ = 0;
    std::uint64_t last_sent_ = 0; ///< a session delivers in order, but for what is misplayed
    std::priority_queue<Item, std::vector<Item>, Later> items_;
    std::vector<Order> book_; ///< live orders in order of arrival
};

} // namespace gateway
