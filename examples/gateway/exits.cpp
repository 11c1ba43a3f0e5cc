// How the strategy gets out: each position has a protection of one kind, chosen when it opens.
#include "strategy.hpp"

#include <algorithm>

namespace gateway {

namespace {

/// A level the symbol can have: its prices are positive.
std::int64_t at_least_one(std::int64_t level) { return std::max<std::int64_t>(level, 1); }

} // namespace

/// Every position is protected, whoever opened it: a late fill needs it as well.
void Strategy::protect(const oms_position_t& position) {
    if (position.position != position_) {
        position_ = position.position;
        stop_ = target_ = 0;
        exits_ = {};
        trailed_ = 0;
        const std::int64_t spread = quote_.ask - quote_.bid;
        stop_distance_ = std::max(2 * signal_.range(), 4 * spread + 2);
        protection_ = static_cast<Protection>(positions_++ % 4); // each in its turn
        if (position.triggers > 0) {
            protection_ = Protection::kBracket; // the entry brought its legs along
        } else if (protection_ != Protection::kTriggers && !send_exits(position)) {
            protection_ = Protection::kTriggers;
        }
    }
    const bool exits = is_live(exits_[0]) || is_live(exits_[1]);
    if (position.closing == position.qty || exits) {
        return; // all of it is on its way out, or waits to be
    }
    if (protection_ == Protection::kBracket && position.triggers > 0) {
        return;
    }
    protection_ = Protection::kTriggers; // what was chosen is gone: these are always possible
    const std::int64_t sign = position.side == OMS_POSITION_LONG ? 1 : -1;
    oms_trigger_t trigger;
    if (!core_.trigger(stop_, trigger)) {
        stop_ = core_.arm(position.position, OMS_TRIGGER_STOP_LOSS,
                          at_least_one(position.entry_price - sign * stop_distance_));
    }
    if (trailed_ < 4 && !core_.trigger(target_, trigger)) {
        target_ = core_.arm(position.position, OMS_TRIGGER_TAKE_PROFIT,
                            at_least_one(position.entry_price + sign * stop_distance_ * 2));
    }
}

/// Protection by orders instead of triggers. False: the gate did not let one through.
bool Strategy::send_exits(const oms_position_t& position) {
    const bool is_long = position.side == OMS_POSITION_LONG;
    const std::int64_t sign = is_long ? 1 : -1;
    oms_order_submit_t order = market(is_long ? OMS_SIDE_SELL : OMS_SIDE_BUY, position.qty);
    order.flags = OMS_ORDER_REDUCE_ONLY;
    order.position = position.position;
    const std::int64_t price = is_long ? quote_.bid : quote_.ask;
    const std::int64_t stop = at_least_one(price - sign * stop_distance_);
    switch (protection_) {
    case Protection::kPair: // a stop and a target that cancel each other
        order.order_type = OMS_TYPE_STOP;
        order.stop_price = stop;
        exits_[0] = send(order);
        if (exits_[0] != 0) {
            order.client_id = core_.next_id();
            order.linked = exits_[0];
            order.order_type = OMS_TYPE_TAKE_PROFIT_LIMIT;
            order.stop_price = at_least_one(price + sign * 2 * stop_distance_);
            order.price = at_least_one(order.stop_price - sign * (quote_.ask - quote_.bid));
            exits_[1] = send(order);
        }
        break;
    case Protection::kTrailing: // all that there is when it fires
        order.order_type = OMS_TYPE_TRAILING_STOP;
        order.flags = OMS_ORDER_REDUCE_ONLY | OMS_ORDER_CLOSE_POSITION;
        order.qty = 0;
        if (positions_ % 8 < 4) {
            order.trail_offset = stop_distance_;
        } else {
            // stop_distance_ is far below the price: the share is below 10^9, the product fits.
            order.trail_ratio = std::max<std::int64_t>(
                stop_distance_ * 1'000'000 / at_least_one(price) * 1'000, 1'000);
        }
        exits_[0] = send(order);
        break;
    default: // a stop that rests at the venue: it protects when we are down
        order.order_type = OMS_TYPE_STOP;
        order.hold = OMS_HOLD_VENUE;
        order.stop_price = stop;
        exits_[0] = send(order);
        break;
    }
    return exits_[0] != 0;
}

/// Half a stop distance of profit moves the stop by as much, up to the profit's level and on.
void Strategy::trail(const oms_position_t& position) {
    oms_trigger_t stop;
    if (!core_.trigger(stop_, stop) || stop.state != OMS_TRIGGER_STATE_ARMED) {
        return;
    }
    const bool is_long = position.side == OMS_POSITION_LONG;
    const std::int64_t price = is_long ? quote_.bid : quote_.ask;
    const std::int64_t level = is_long ? price - stop_distance_ : price + stop_distance_;
    const std::int64_t gain = is_long ? level - stop.level : stop.level - level;
    if (gain < std::max<std::int64_t>(stop_distance_ / 2, 1) || !core_.move(stop_, level)) {
        return;
    }
    ++moves_;
    ++trailed_;
    oms_trigger_t target;
    if (trailed_ == 4 && core_.trigger(target_, target) &&
        target.state == OMS_TRIGGER_STATE_ARMED) {
        core_.disarm(target_); // the trend is strong: let the stop take the profit
        target_ = 0;
    }
}

/// Leaves when the trend has turned, and gets rid of the odd lots of late fills.
void Strategy::leave(const oms_position_t& position) {
    const bool is_long = position.side == OMS_POSITION_LONG;
    const bool turned = signal_.is_ready() && signal_.trend() == (is_long ? -1 : 1);
    const bool odd = position.qty < core_.mandate().position_lots / 4 && !is_live(entry_.id);
    if (!turned && !odd && !winding_down_) {
        return;
    }
    for (const oms_id_t exit : exits_) { // they hold the lots: first they go
        oms_order_t order;
        if (exit != 0 && core_.order(exit, order) && order.leaves > 0 &&
            (order.facts & OMS_FACT_CANCEL_INFLIGHT) == 0) {
            core_.cancel(exit);
        }
    }
    oms_position_t left;
    if (!core_.position(left) || left.position != position.position || left.closing != 0) {
        return;
    }
    if (leaves_++ % 2 == 0) {
        core_.close(position.position);
        return;
    }
    oms_order_submit_t order = market(is_long ? OMS_SIDE_SELL : OMS_SIDE_BUY, 0);
    order.flags = OMS_ORDER_REDUCE_ONLY | OMS_ORDER_CLOSE_POSITION;
    order.position = position.position;
    if (send(order) == 0) {
        core_.close(position.position); // the gate may hold up an order of ours, never a close
    }
}

} // namespace gateway
