// A small venue: matches against the quotes and, by a seeded plan, misbehaves as real ones do.
#pragma once

#include <cstdint>
#include <queue>
#include <unordered_map>
#include <vector>

#include "core.hpp"
#include "ledger.hpp"
#include "oms.h"
#include "plays.hpp"
#include "random.hpp"
#include "scenes.hpp"
#include "session.hpp"
#include "tour.hpp"

namespace gateway {

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

    /// Reports once more on an order of long ago.
    void recall(oms_id_t order);

    /// What truly happened.
    const Ledger& ledger() const { return ledger_; }

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
        std::int64_t level = 0; ///< of a stop that waits here; it moves when it trails
        bool waits = false;     ///< for its level
        std::int64_t leaves() const { return terms.qty - cum; }
    };

    /// An order of the rehearsal, and how far its scene is.
    struct Part {
        oms_command_t terms{};
        std::int64_t lots = 0; ///< a tenth of the order
        std::int64_t price = 0;
        std::uint64_t cue = 0;     ///< when the last report that was scheduled is due
        std::uint64_t request = 0; ///< the request that is answered
        std::uint32_t attempts = 0;
        std::uint32_t requests = 0;
    };

    void play_new(const oms_command_t& command);
    void play_request(const oms_command_t& command);
    void play_races(Part& part);
    void play_acked(Part& part, Scene scene);
    void play_second_id(Part& part);
    void play_corrections(Part& part, Scene scene);
    void play_changes(Part& part, Scene scene);
    void tell(Part& part, const oms_venue_report_t& report, Play play);
    void tell(Part& part, std::uint8_t kind, Play play, std::uint16_t reason = OMS_REASON_NONE);
    void fill(Part& part, std::int64_t qty, Play play);
    oms_venue_report_t executed(const Part& part, std::int64_t qty, std::int64_t price);
    oms_venue_report_t snapshot(const Part& part, std::uint8_t status, std::int64_t cum) const;
    oms_venue_report_t taken_back(const Part& part, std::uint64_t id);
    oms_venue_report_t corrected(const Part& part, std::uint64_t id, std::int64_t qty,
                                 std::int64_t price);

    void serve(const oms_command_t& command);
    void hold(const oms_command_t& command);
    void watch(Order& order);
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
    bool fills_whole(const oms_command_t& command);
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
    Ledger ledger_;
    std::unordered_map<oms_id_t, Part> parts_;
    std::uint64_t last_sent_ = 0; ///< a session delivers in order, but for what is misplayed
    std::priority_queue<Item, std::vector<Item>, Later> items_;
    std::vector<Order> book_; ///< live orders in order of arrival
};

} // namespace gateway
