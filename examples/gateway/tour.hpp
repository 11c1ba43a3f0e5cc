// The tour of the controls: in a symbol of its own, one limit after another is set, an order that
// it lets through is sent, and one that it does not. The list of them is in controls.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core.hpp"
#include "oms.h"
#include "session.hpp"

namespace gateway {

/// Orders of the tour carry this mark: the venue treats them kindly.
constexpr std::uint64_t kTourTag = std::uint64_t{1} << 41;

inline bool is_tour(std::uint64_t tag) { return (tag & kTourTag) != 0; }

class Tour {
public:
    /// One control: the check that must deny, and the scope whose limit it is.
    struct Control {
        std::uint32_t check; ///< OMS_CHECK_*
        std::uint32_t Scopes::*scope;
        const char* what; ///< is tried, for people
        void (Tour::*play)();
    };
    /// What came of it.
    struct Outcome {
        const Control* control;
        oms_verdict_t verdict; ///< of the order that was to be denied
        bool shown;            ///< by this check of this scope, and nothing else was in the way
    };

    /// `every`: quotes from one control to the next.
    Tour(Core& core, std::uint64_t every) : core_(core), every_(every) {}

    void on_quote(const Quote& quote, bool may_start);
    /// Nothing new begins.
    void wind_down() { winding_down_ = true; }
    const std::vector<Outcome>& outcomes() const { return outcomes_; }
    static std::size_t controls();

private:
    static const Control kControls[];

    void finish(const Control& control);
    void set_back();

    // What the controls are made of.
    oms_limits_set_t limits(std::uint32_t scope);
    oms_scope_limits_set_t scope_limits(std::uint32_t scope);
    oms_order_submit_t order(std::uint8_t side, std::int64_t qty, std::int64_t price);
    oms_order_submit_t buy(std::int64_t qty) { return order(OMS_SIDE_BUY, qty, quote_.bid); }
    oms_order_submit_t sell(std::int64_t qty) { return order(OMS_SIDE_SELL, qty, quote_.ask); }
    oms_order_submit_t market(std::uint8_t side, std::int64_t qty);
    oms_scope_breaker_set_t breaker(std::uint32_t scope);
    oms_scope_breaker_set_t without_limits(std::uint32_t scope);
    oms_id_t passes(const oms_order_submit_t& order);
    void denies(const oms_order_submit_t& order);
    std::int64_t value(std::int64_t qty) const { return core_.value(qty, quote_.bid) + 1; }
    /// The rest of it comes after some quotes: what was sent is executed by then.
    void go_on_later() { later_ = true; }

    void fields();
    void symbol();
    void scope();
    void trading_state();
    void open_breaker();
    void session();
    void permission();
    void increment();
    void qty();
    void notional();
    void collar();
    void adv();
    void position();
    void open_orders();
    void open_notional();
    void gross();
    void net();
    void credit();
    void leverage();
    void group();
    void positions();
    void rate_minute();
    void rate_hour();
    void rate_custom();
    void rate_symbol();
    void repeat();
    void duplicate();
    void client_id();
    void self_trade();
    void short_sale();
    void reduce_only();
    void parent();
    void order_to_trade();
    void heartbeat();

    Core& core_;
    Quote quote_{};
    std::uint64_t every_;
    std::uint64_t rows_ = 0;
    std::uint64_t last_ = 0;   ///< row at which something was done last, and when
    std::uint64_t last_at_ = 0;
    std::size_t next_ = 0;   ///< control to be shown next
    int tries_ = 0;          ///< of it
    int step_ = 0;
    bool later_ = false;
    bool spoiled_ = false; ///< an order that had to pass was denied
    bool winding_down_ = false;
    std::int64_t unit_ = 1; ///< lots of a small order
    oms_verdict_t verdict_{};
    std::vector<oms_id_t> sent_;               ///< orders to be taken back
    std::vector<std::uint32_t> limits_;        ///< scopes whose limits of the symbol were changed
    std::vector<std::uint32_t> scope_limits_;  ///< scopes whose own limits were changed
    std::vector<std::uint32_t> breakers_;      ///< scopes whose breaker was
    std::vector<Outcome> outcomes_;
};

} // namespace gateway
