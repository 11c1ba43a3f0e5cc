#include "tour.hpp"

namespace gateway {

namespace {

constexpr std::uint64_t kSettled = 40; ///< quotes after which the venue has answered
constexpr std::uint64_t kRest = 2'000'000'000; ///< nanoseconds: the firm's rate is everybody's
constexpr int kTries = 20; ///< a control is tried again when that was in its way

} // namespace

void Tour::on_quote(const Quote& quote, bool may_start) {
    quote_ = quote;
    ++rows_;
    const bool due = rows_ - last_ >= (later_ || tries_ > 0 ? kSettled : every_) &&
                     core_.now() - last_at_ >= kRest;
    const bool starts = may_start && !winding_down_ && next_ < controls();
    if (!due || (!later_ && !starts)) {
        return;
    }
    const Control& control = kControls[next_];
    last_ = rows_;
    last_at_ = core_.now();
    unit_ = core_.rehearsal_lots();
    step_ = later_ ? step_ + 1 : 0;
    spoiled_ = later_ && spoiled_;
    later_ = false;
    (this->*control.play)();
    // Nothing of it was handed out yet: what is cancelled now has never left the house.
    for (; !sent_.empty(); sent_.pop_back()) {
        core_.cancel(sent_.back());
    }
    if (!later_) {
        finish(control);
    }
}

void Tour::finish(const Control& control) {
    set_back();
    const bool shown = !spoiled_ && verdict_.denied != 0 && verdict_.first == control.check &&
                       verdict_.scope == core_.scopes().*control.scope;
    if (!shown && ++tries_ < kTries) {
        return;
    }
    outcomes_.push_back({&control, verdict_, shown});
    verdict_ = {};
    tries_ = 0;
    ++next_;
}

/// As the mandate has them.
void Tour::set_back() {
    for (const std::uint32_t scope : limits_) {
        core_.set(core_.symbol_limits(core_.tour(), scope));
    }
    for (const std::uint32_t scope : scope_limits_) {
        core_.set(core_.scope_limits(scope));
    }
    for (const std::uint32_t scope : breakers_) {
        core_.send("oms_scope_breaker_set", oms_scope_breaker_set, without_limits(scope));
    }
    limits_.clear();
    scope_limits_.clear();
    breakers_.clear();
}

oms_limits_set_t Tour::limits(std::uint32_t scope) {
    limits_.push_back(scope);
    return core_.symbol_limits(core_.tour(), scope);
}

oms_scope_limits_set_t Tour::scope_limits(std::uint32_t scope) {
    scope_limits_.push_back(scope);
    return core_.scope_limits(scope);
}

oms_scope_breaker_set_t Tour::breaker(std::uint32_t scope) {
    breakers_.push_back(scope);
    return without_limits(scope);
}

/// A breaker that nothing trips but a hand.
oms_scope_breaker_set_t Tour::without_limits(std::uint32_t scope) {
    auto record = core_.request<oms_scope_breaker_set_t>(OMS_REQUEST_SCOPE_BREAKER_SET);
    static_cast<void>(oms_breaker_config_init(&record.breaker)); // cannot fail: it is there
    record.scope = scope;
    record.breaker.daily_loss_ratio = record.breaker.drawdown_ratio = OMS_OFF;
    record.breaker.consecutive_losses = record.breaker.consecutive_errors = OMS_OFF;
    record.breaker.orders_per_minute = record.breaker.orders_per_hour = OMS_OFF;
    return record;
}

/// An order of the strategy "maker", below the account "clients".
oms_order_submit_t Tour::order(std::uint8_t side, std::int64_t qty, std::int64_t price) {
    oms_order_submit_t order = core_.new_order();
    order.symbol = core_.tour();
    order.scope = core_.scopes().maker;
    order.tag = kTourTag;
    order.side = side;
    order.qty = qty;
    order.price = price;
    order.order_type = OMS_TYPE_LIMIT;
    order.time_in_force = OMS_TIF_GTC;
    return order;
}

oms_order_submit_t Tour::market(std::uint8_t side, std::int64_t qty) {
    oms_order_submit_t order = this->order(side, qty, 0);
    order.order_type = OMS_TYPE_MARKET;
    return order;
}

/// An order that the limit must let through.
oms_id_t Tour::passes(const oms_order_submit_t& order) {
    oms_verdict_t verdict{};
    oms_id_t id = 0;
    if (core_.submit(order, verdict, id) != OMS_OK || verdict.denied != 0) {
        spoiled_ = true;
        return 0;
    }
    sent_.push_back(id);
    return id;
}

/// An order that it must not.
void Tour::denies(const oms_order_submit_t& order) {
    oms_id_t id = 0;
    const std::int32_t status = core_.submit(order, verdict_, id);
    if (status >= 0 && verdict_.denied == 0) {
        sent_.push_back(id);
    }
}

} // namespace gateway
