// The controls, in the order of the checks: how each is set, what it lets through and what not.
#include "tour.hpp"

#include <algorithm>
#include <iterator>

namespace gateway {

const Tour::Control Tour::kControls[] = {
    {OMS_CHECK_FIELDS, &Scopes::firm, "a limit order without a price", &Tour::fields},
    {OMS_CHECK_SYMBOL, &Scopes::maker, "a symbol that is closed to it", &Tour::symbol},
    {OMS_CHECK_SCOPE, &Scopes::maker, "a strategy that is switched off", &Tour::scope},
    {OMS_CHECK_TRADING_STATE, &Scopes::clients, "an account that is halted", &Tour::trading_state},
    {OMS_CHECK_BREAKER, &Scopes::maker, "its breaker was tripped by hand", &Tour::open_breaker},
    {OMS_CHECK_SESSION, &Scopes::firm, "a market order in an auction", &Tour::session},
    {OMS_CHECK_PERMISSION, &Scopes::clients, "market orders not permitted", &Tour::permission},
    {OMS_CHECK_INCREMENT, &Scopes::firm, "a price beside its band's step", &Tour::increment},
    {OMS_CHECK_QTY, &Scopes::maker, "a lot more than the largest order", &Tour::qty},
    {OMS_CHECK_NOTIONAL, &Scopes::clients, "worth more than the largest", &Tour::notional},
    {OMS_CHECK_COLLAR, &Scopes::maker, "2 % above the market, 1 % allowed", &Tour::collar},
    {OMS_CHECK_ADV, &Scopes::firm, "more than 1 % of the day's volume", &Tour::adv},
    {OMS_CHECK_POSITION, &Scopes::maker, "a lot beyond the largest position", &Tour::position},
    {OMS_CHECK_OPEN_ORDERS, &Scopes::clients, "a second working order", &Tour::open_orders},
    {OMS_CHECK_OPEN_NOTIONAL, &Scopes::clients, "working orders worth too much",
     &Tour::open_notional},
    {OMS_CHECK_GROSS, &Scopes::maker, "traded and working: too much", &Tour::gross},
    {OMS_CHECK_NET, &Scopes::maker, "bought less sold: too much", &Tour::net},
    {OMS_CHECK_CREDIT, &Scopes::clients, "margin beyond the credit", &Tour::credit},
    {OMS_CHECK_LEVERAGE, &Scopes::firm, "more than 1 % of the equity", &Tour::leverage},
    {OMS_CHECK_GROUP, &Scopes::firm, "more than its group may have", &Tour::group},
    {OMS_CHECK_POSITIONS, &Scopes::clients, "a second position", &Tour::positions},
    {OMS_CHECK_RATE_MINUTE, &Scopes::maker, "one more in this minute", &Tour::rate_minute},
    {OMS_CHECK_RATE_HOUR, &Scopes::basis, "one more in this hour", &Tour::rate_hour},
    {OMS_CHECK_RATE_CUSTOM, &Scopes::maker, "a second one within 10 ms", &Tour::rate_custom},
    {OMS_CHECK_RATE_SYMBOL, &Scopes::maker, "one more in the symbol", &Tour::rate_symbol},
    {OMS_CHECK_DUPLICATE, &Scopes::firm, "the same order again", &Tour::duplicate},
    {OMS_CHECK_CLIENT_ID, &Scopes::firm, "another order by the same id", &Tour::client_id},
    {OMS_CHECK_SELF_TRADE, &Scopes::firm, "would meet an order of ours", &Tour::self_trade},
    {OMS_CHECK_SHORT, &Scopes::firm, "sold short beyond what is located", &Tour::short_sale},
    {OMS_CHECK_REDUCE_ONLY, &Scopes::maker, "reduces what is not there", &Tour::reduce_only},
    {OMS_CHECK_PARENT, &Scopes::firm, "more than its parent has left", &Tour::parent},
    {OMS_CHECK_ORDER_TO_TRADE, &Scopes::maker, "a third order, nothing traded",
     &Tour::order_to_trade},
    {OMS_CHECK_HEARTBEAT, &Scopes::maker, "nobody says that it is alive", &Tour::heartbeat},
    {OMS_CHECK_REPEAT, &Scopes::firm, "bought twice: held until reset", &Tour::repeat},
};

std::size_t Tour::controls() { return std::size(kControls); }

void Tour::fields() {
    oms_order_submit_t order = buy(unit_);
    order.price = 0;
    denies(order);
}

void Tour::symbol() {
    oms_limits_set_t maker = limits(core_.scopes().maker);
    maker.flags |= OMS_LIMIT_DISABLED;
    core_.set(maker);
    denies(buy(unit_));
}

void Tour::scope() {
    core_.disable(core_.scopes().maker, true);
    denies(buy(unit_));
    core_.disable(core_.scopes().maker, false);
}

void Tour::trading_state() {
    const std::uint32_t account = core_.scopes().clients;
    core_.control(OMS_CONTROL_TRADING_STATE, OMS_TRADING_HALTED, account);
    denies(buy(unit_));
    core_.control(OMS_CONTROL_TRADING_STATE, OMS_TRADING_ACTIVE, account);
}

void Tour::open_breaker() {
    core_.control(OMS_CONTROL_BREAKER_TRIP, 0, core_.scopes().maker);
    denies(buy(unit_));
    core_.control(OMS_CONTROL_BREAKER_RESET, 0, core_.scopes().maker);
}

void Tour::session() {
    auto phase = core_.request<oms_phase_set_t>(OMS_REQUEST_PHASE_SET);
    phase.symbol = core_.tour();
    phase.phase = OMS_PHASE_AUCTION;
    core_.send("oms_phase_set", oms_phase_set, phase);
    passes(buy(unit_));
    denies(market(OMS_SIDE_BUY, unit_));
    phase.phase = OMS_PHASE_CONTINUOUS;
    core_.send("oms_phase_set", oms_phase_set, phase);
}

void Tour::permission() {
    oms_scope_limits_set_t account = scope_limits(core_.scopes().clients);
    account.types &= ~(1u << OMS_TYPE_MARKET);
    core_.set(account);
    passes(buy(unit_));
    denies(market(OMS_SIDE_BUY, unit_));
}

void Tour::increment() {
    auto bands = core_.request<oms_bands_set_t>(OMS_REQUEST_BANDS_SET);
    bands.symbol = core_.tour();
    bands.count = 2;
    bands.from[1] = std::max<std::int64_t>(quote_.bid / 2, 1);
    bands.step[0] = 1; // below half of the price every tick, above it every fifth
    bands.step[1] = 5;
    core_.send("oms_bands_set", oms_bands_set, bands);
    const std::int64_t price = quote_.bid / 5 * 5;
    passes(order(OMS_SIDE_BUY, unit_, price + 5));
    denies(order(OMS_SIDE_BUY, unit_, price + 6));
    bands = core_.request<oms_bands_set_t>(OMS_REQUEST_BANDS_SET);
    bands.symbol = core_.tour();
    core_.send("oms_bands_set", oms_bands_set, bands);
}

void Tour::qty() {
    oms_scope_limits_set_t maker = scope_limits(core_.scopes().maker);
    maker.qty_max = 10 * unit_;
    core_.set(maker);
    passes(buy(10 * unit_));
    denies(buy(10 * unit_ + 1));
}

void Tour::notional() {
    oms_scope_limits_set_t account = scope_limits(core_.scopes().clients);
    account.notional_max = value(10 * unit_);
    core_.set(account);
    passes(buy(10 * unit_));
    denies(buy(11 * unit_));
}

void Tour::collar() {
    oms_limits_set_t maker = limits(core_.scopes().maker);
    maker.collar_ratio = OMS_PCT(1);
    core_.set(maker);
    passes(order(OMS_SIDE_BUY, unit_, quote_.ask));
    denies(order(OMS_SIDE_BUY, unit_, quote_.ask + quote_.ask / 50 + 1));
}

void Tour::adv() {
    oms_limits_set_t firm = limits(core_.scopes().firm);
    firm.adv_ratio = OMS_PCT(1);
    core_.set(firm);
    auto volume = core_.request<oms_volume_set_t>(OMS_REQUEST_VOLUME_SET);
    volume.symbol = core_.tour();
    volume.volume = 1000 * unit_;
    core_.send("oms_volume_set", oms_volume_set, volume);
    passes(buy(10 * unit_));
    denies(buy(10 * unit_ + 1));
}

void Tour::position() {
    oms_limits_set_t maker = limits(core_.scopes().maker);
    maker.long_max = 10 * unit_;
    core_.set(maker);
    passes(buy(10 * unit_));
    denies(buy(1));
}

void Tour::open_orders() {
    oms_scope_limits_set_t account = scope_limits(core_.scopes().clients);
    account.open_orders_max = 1;
    core_.set(account);
    passes(buy(unit_));
    denies(buy(unit_));
}

void Tour::open_notional() {
    oms_scope_limits_set_t account = scope_limits(core_.scopes().clients);
    account.open_notional_max = value(10 * unit_);
    core_.set(account);
    passes(buy(10 * unit_));
    denies(buy(unit_));
}

void Tour::gross() {
    oms_limits_set_t maker = limits(core_.scopes().maker);
    maker.gross_max = value(10 * unit_);
    core_.set(maker);
    passes(buy(10 * unit_));
    denies(sell(unit_));
}

void Tour::net() {
    oms_limits_set_t maker = limits(core_.scopes().maker);
    maker.net_max = value(10 * unit_);
    core_.set(maker);
    passes(buy(10 * unit_));
    denies(buy(unit_));
}

void Tour::credit() {
    oms_limits_set_t symbol = limits(core_.scopes().clients);
    symbol.margin_ratio = OMS_PCT(20); // what a position takes of the credit
    core_.set(symbol);
    oms_scope_limits_set_t account = scope_limits(core_.scopes().clients);
    account.credit_max = value(10 * unit_) / 5 + 1;
    core_.set(account);
    passes(buy(10 * unit_));
    denies(buy(unit_));
}

void Tour::leverage() {
    oms_scope_limits_set_t firm = scope_limits(core_.scopes().firm);
    firm.leverage_max = OMS_PCT(1);
    core_.set(firm);
    denies(buy(100 * unit_));
}

void Tour::group() {
    auto group = core_.request<oms_group_set_t>(OMS_REQUEST_GROUP_SET);
    group.group = 1;
    group.symbol = core_.tour();
    group.flags = OMS_GROUP_JOIN;
    group.max = value(10 * unit_);
    core_.send("oms_group_set", oms_group_set, group);
    passes(buy(10 * unit_));
    denies(buy(unit_));
    group.flags = OMS_GROUP_LEAVE;
    core_.send("oms_group_set", oms_group_set, group);
}

void Tour::positions() {
    oms_scope_limits_set_t account = scope_limits(core_.scopes().clients);
    account.positions_max = 1;
    core_.set(account);
    passes(buy(unit_));
    oms_order_submit_t other = buy(unit_); // a position of its own
    other.scope = core_.scopes().basis;
    denies(other);
}

void Tour::rate_minute() {
    const std::uint32_t maker = core_.scopes().maker;
    oms_scope_breaker_set_t limit = breaker(maker);
    limit.breaker.orders_per_minute =
        static_cast<std::int32_t>(core_.breaker(maker).orders_last_minute) + 1;
    core_.send("oms_scope_breaker_set", oms_scope_breaker_set, limit);
    passes(buy(unit_));
    denies(buy(unit_));
}

void Tour::rate_hour() {
    const std::uint32_t basis = core_.scopes().basis;
    oms_scope_breaker_set_t limit = breaker(basis);
    limit.breaker.orders_per_hour =
        static_cast<std::int32_t>(core_.breaker(basis).orders_last_hour) + 1;
    core_.send("oms_scope_breaker_set", oms_scope_breaker_set, limit);
    for (int i = 0; i < 2; ++i) {
        oms_order_submit_t order = buy(unit_);
        order.scope = basis;
        if (i == 0) {
            passes(order);
        } else {
            denies(order);
        }
    }
}

void Tour::rate_custom() {
    oms_scope_breaker_set_t limit = breaker(core_.scopes().maker);
    limit.breaker.orders_per_window = 1;
    limit.breaker.rate_window = 10'000'000;
    core_.send("oms_scope_breaker_set", oms_scope_breaker_set, limit);
    passes(buy(unit_));
    denies(buy(unit_));
}

void Tour::rate_symbol() {
    oms_limits_set_t maker = limits(core_.scopes().maker);
    maker.rate_max = 1;
    maker.rate_window = 1'000'000'000;
    core_.set(maker);
    passes(buy(unit_));
    denies(sell(unit_));
}

void Tour::duplicate() {
    oms_limits_set_t firm = limits(core_.scopes().firm);
    firm.duplicate_max = 1;
    firm.duplicate_window = 1'000'000'000;
    core_.set(firm);
    passes(buy(unit_));
    denies(buy(unit_)); // its own client id, but else the same
}

void Tour::client_id() {
    oms_order_submit_t order = buy(unit_);
    passes(order);
    ++order.qty;
    denies(order);
}

void Tour::self_trade() {
    oms_limits_set_t firm = limits(core_.scopes().firm);
    firm.self_trade = OMS_SELF_TRADE_REJECT_NEW;
    core_.set(firm);
    oms_order_submit_t resting = sell(unit_);
    resting.scope = core_.scopes().basis;
    passes(resting);
    denies(order(OMS_SIDE_BUY, unit_, quote_.ask));
}

void Tour::short_sale() {
    oms_limits_set_t firm = limits(core_.scopes().firm);
    firm.flags |= OMS_LIMIT_SHORT_ALLOWED | OMS_LIMIT_LOCATE_NEEDED;
    core_.set(firm);
    auto locate = core_.request<oms_locate_set_t>(OMS_REQUEST_LOCATE_SET);
    locate.symbol = core_.tour();
    locate.qty = 10 * unit_;
    core_.send("oms_locate_set", oms_locate_set, locate);
    passes(sell(10 * unit_));
    denies(sell(1));
    locate.qty = 0;
    core_.send("oms_locate_set", oms_locate_set, locate);
}

void Tour::reduce_only() {
    oms_order_submit_t order = sell(unit_);
    order.flags = OMS_ORDER_REDUCE_ONLY;
    denies(order);
}

void Tour::parent() {
    oms_order_submit_t whole = buy(10 * unit_);
    whole.flags = OMS_ORDER_PARENT;
    const oms_id_t id = passes(whole);
    oms_order_submit_t part = buy(10 * unit_);
    part.parent = id;
    passes(part);
    part = buy(1);
    part.parent = id;
    denies(part);
}

void Tour::order_to_trade() {
    oms_scope_limits_set_t maker = scope_limits(core_.scopes().maker);
    maker.order_to_trade_max = 2 * OMS_PCT(100);
    maker.order_to_trade_min = 3; // the first two are not looked at
    core_.set(maker);
    passes(buy(unit_));
    passes(buy(unit_));
    denies(buy(unit_));
}

void Tour::heartbeat() {
    oms_scope_limits_set_t maker = scope_limits(core_.scopes().maker);
    maker.heartbeat_max = 5'000'000'000;
    core_.set(maker);
    denies(buy(unit_));
    core_.control(OMS_CONTROL_HEARTBEAT, 0, core_.scopes().maker);
    passes(buy(unit_));
}

void Tour::repeat() {
    if (step_ == 0) {
        oms_limits_set_t firm = limits(core_.scopes().firm);
        firm.repeat_max = 2;
        firm.repeat_window = 3'600'000'000'000;
        firm.repeat_range = OMS_OFF;
        core_.set(firm);
        passes(market(OMS_SIDE_BUY, unit_));
        passes(market(OMS_SIDE_BUY, unit_));
        sent_.clear(); // these are to be executed
        go_on_later();
    } else if (step_ == 1) {
        denies(buy(unit_));
        core_.control(OMS_CONTROL_REPEAT_RESET, core_.tour());
        oms_position_t held;
        if (core_.position(held, core_.tour(), core_.scopes().maker)) {
            passes(market(OMS_SIDE_SELL, held.qty));
            sent_.clear();
        }
        go_on_later(); // until it is sold
    }
}

} // namespace gateway
