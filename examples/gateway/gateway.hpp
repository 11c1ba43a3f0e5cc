// The loop: quotes in, commands out to the venue, reports back, and an operator who looks on.
#pragma once

#include <cstdint>

#include "blotter.hpp"
#include "chart.hpp"
#include "core.hpp"
#include "ledger.hpp"
#include "scenes.hpp"
#include "session.hpp"
#include "strategy.hpp"
#include "tour.hpp"
#include "venue.hpp"

namespace gateway {

/// The venue's books and the core's, at the end.
struct Reconciliation {
    std::uint64_t orders = 0; ///< whose executed lots were compared
    std::uint64_t executions = 0;
    std::int64_t traded = 0; ///< money units: what the executions brought, commissions left out
    std::uint64_t differences = 0;
};

class Gateway {
public:
    Gateway(const Session& session, std::uint64_t seed, Core& core);

    /// Plays the session from the first quote to the kill switch and a flat book.
    void run();

    const Blotter& blotter() const { return blotter_; }
    const Strategy& strategy() const { return strategy_; }
    const Curve& equity() const { return equity_; }
    const Curve& price() const { return price_; }
    std::int64_t equity_low() const { return lowest_; }
    const Rehearsal& rehearsal() const { return rehearsal_; }
    const Tour& tour() const { return tour_; }
    const Ledger& ledger() const { return venue_.ledger(); }
    /// Holds the venue's books against the core's; a difference is a fault.
    const Reconciliation& reconciliation() const { return reconciliation_; }
    std::uint32_t denied_by_kill() const { return denied_by_kill_; }

private:
    void take_quote(const Quote& quote);
    void advance(std::uint64_t until);
    void pass_silence(std::uint64_t until);
    void pump();
    void operate();
    void halve_positions();
    void shut_down();
    void sweep();
    void progress(std::size_t row) const;
    void reconcile();
    void demand();
    void compare_denials();

    const Session& session_;
    Core& core_;
    Venue venue_;
    Blotter blotter_;
    Strategy strategy_;
    Rehearsal rehearsal_;
    Tour tour_;
    Reconciliation reconciliation_;
    Curve equity_;
    Curve price_;
    std::uint64_t review_;       ///< how long the operator looks before a reset
    std::uint64_t ticket_ = 0;   ///< the note of each reset
    std::size_t trips_seen_ = 0; ///< trips the operator has reacted to
    std::uint64_t last_quote_ = 0;
    std::uint64_t stale_probe_ = 0; ///< when an order on a stale price was tried last
    std::int64_t lowest_ = INT64_MAX;
    std::uint32_t denied_by_kill_ = OMS_CHECK_NONE;
};

} // namespace gateway
