#include "strategy.hpp"

#include <algorithm>
#include <vector>

#include "tour.hpp"

namespace gateway {

namespace {

constexpr std::uint64_t kCoolDown = 1'200; ///< quotes between a position and the next
constexpr std::uint64_t kPatience = 100;   ///< quotes an entry waits before it is changed
constexpr std::uint64_t kStands = 3'600'000'000'000; ///< timeout of a standing order
constexpr std::uint64_t kGiveUp = 30'000'000'000; ///< an entry's timeout, nanoseconds

} // namespace

void Signal::on_mid(std::int64_t mid) {
    if (count_ == 0) {
        fast_ = slow_ = mid * kScale;
        high_ = low_ = mid;
    }
    fast_ += (mid * kScale - fast_) / 512;
    slow_ += (mid * kScale - slow_) / 4096;
    high_ = std::max(high_, mid);
    low_ = std::min(low_, mid);
    if (++count_ % 256 == 0) {
        const std::int64_t range = (high_ - low_) * 16;
        range_ = range_ == 0 ? range : range_ + (range - range_) / 8;
        high_ = low_ = mid;
    }
}

int Signal::trend() const {
    const std::int64_t gap = fast_ - slow_;
    const std::int64_t enough = range() * kScale / 2;
    return gap > enough ? 1 : (gap < -enough ? -1 : 0);
}

Strategy::Strategy(std::uint64_t seed, Core& core, std::uint64_t rows)
    : core_(core), random_(seed, 3),
      probe_every_(std::max<std::uint64_t>(rows / 150, 300)) {}

void Strategy::on_quote(const Quote& quote) {
    quote_ = quote;
    ++row_;
    signal_.on_mid(quote.mid());
    manage(entry_);
    manage(scale_);
    for (Working& working : burst_) {
        manage(working);
    }
    oms_position_t position;
    if (core_.position(position)) {
        flat_since_ = row_;
        protect(position);
        trail(position);
        // A stop armed or moved beyond the price fires at once: look again before going on.
        if (core_.position(position)) {
            leave(position);
        }
        if (core_.position(position)) {
            scale_in(position);
        }
    } else {
        oms_order_t scale;
        if (scale_.id != 0 && core_.order(scale_.id, scale) && scale.leaves > 0 &&
            (scale.facts & OMS_FACT_CANCEL_INFLIGHT) == 0) {
            core_.cancel(scale_.id); // what was to enlarge a position must not open one
        }
        const bool rested = row_ - flat_since_ > kCoolDown;
        const int trend = signal_.trend();
        if (!winding_down_ && entry_.id == 0 && signal_.is_ready() && rested && trend != 0) {
            enter(trend);
        }
    }
    if (!winding_down_ && signal_.is_ready() && row_ % probe_every_ == 0) {
        if (!core_.position(position) && entry_.id == 0) {
            stand();
        }
        probe();
    }
}

void Strategy::enter(int direction) {
    const std::uint8_t side = direction > 0 ? OMS_SIDE_BUY : OMS_SIDE_SELL;
    const std::int64_t qty = core_.mandate().position_lots;
    const std::int64_t touch = direction > 0 ? quote_.bid : quote_.ask;
    const std::int64_t far = direction > 0 ? quote_.ask : quote_.bid;
    const std::int64_t sign = direction > 0 ? 1 : -1;
    const std::int64_t step = 2 * (quote_.ask - quote_.bid) + 2;
    // Steps of 37 come round to all hundred, evenly: no kind is left to chance.
    const auto kind = static_cast<std::int64_t>((entries_ * 37 + 11) % 100);
    oms_order_submit_t order = limit(side, qty, touch);
    if (kind < 20) { // with its protection along
        const std::int64_t distance = std::max(2 * signal_.range(), 2 * step);
        order = market(side, qty);
        order.stop_loss = std::max<std::int64_t>(far - sign * distance, 1);
        order.take_profit = std::max<std::int64_t>(far + sign * 2 * distance, 1);
    } else if (kind < 30) {
        order = market(side, qty);
    } else if (kind < 45) { // takes what is there at the touch, and no more
        order.price = far;
        order.time_in_force = kind < 38 ? OMS_TIF_IOC : OMS_TIF_FOK;
    } else if (kind < 55) {
        order.time_in_force = OMS_TIF_GTD;
        order.expire_at = core_.now() + 20'000'000'000;
        order.flags = OMS_ORDER_POST_ONLY;
    } else if (kind < 79) { // at a better moment: on a break-out, or on a pull-back
        const std::uint64_t way = conditional_++ % 4;
        const bool breaks = way < 2;
        const bool limited = way % 2 != 0;
        order.order_type = breaks ? (limited ? OMS_TYPE_STOP_LIMIT : OMS_TYPE_STOP)
                                  : (limited ? OMS_TYPE_TAKE_PROFIT_LIMIT : OMS_TYPE_TAKE_PROFIT);
        order.stop_price = std::max<std::int64_t>(far + (breaks ? sign : -sign) * step, 1);
        order.price = limited ? order.stop_price + sign * step : 0;
        order.hold = random_.chance(300) ? OMS_HOLD_VENUE : OMS_HOLD_CORE;
        order.timeout_at = core_.now() + kGiveUp;
    } else if (kind < 86) {
        order.time_in_force = OMS_TIF_DAY;
    }
    clear_standing();
    entry_ = {send(order), row_, kPatience, 0};
    entries_ += entry_.id != 0 ? 1 : 0; // one that is denied has its turn again
    extended_ = false;
    flat_since_ = row_; // also when it is denied: try again after the cool-down
}

/// Sometimes half a position more, on a pull-back of half the stop's distance.
void Strategy::scale_in(const oms_position_t& position) {
    const std::int64_t full = core_.mandate().position_lots;
    if (winding_down_ || position.closing != 0 || position.qty != full || scale_.id != 0 ||
        !random_.chance(3)) {
        return;
    }
    const bool is_long = position.side == OMS_POSITION_LONG;
    const std::int64_t step = stop_distance_ / 2;
    const std::int64_t price = is_long ? quote_.bid - step : quote_.ask + step;
    const std::uint8_t side = is_long ? OMS_SIDE_BUY : OMS_SIDE_SELL;
    scale_ = {send(limit(side, full / 2, price)), row_, 40 * kPatience, kReplacesSpent};
}

/// While flat: a small order three percent away on each side, cheap if the market ever panics.
void Strategy::stand() {
    for (std::size_t i = 0; i < standing_.size(); ++i) {
        const std::uint64_t until = core_.now() + kStands;
        if (is_live(standing_[i])) {
            const bool extended = core_.extend(standing_[i], until);
            uses_[static_cast<std::size_t>(Use::kExtension)] += extended ? 1 : 0;
        } else {
            const std::int64_t away = quote_.mid() / 33;
            const std::uint8_t side = i == 0 ? OMS_SIDE_BUY : OMS_SIDE_SELL;
            const std::int64_t price = i == 0 ? quote_.bid - away : quote_.ask + away;
            oms_order_submit_t order =
                limit(side, core_.mandate().position_lots / 10 + 1, price);
            order.timeout_at = until; // given up unless it is renewed
            standing_[i] = send(order);
        }
    }
}

/// In a net symbol an order of the closing side could turn the position: REDUCE_ONLY counts it, and
/// would leave no room for protective orders.
void Strategy::clear_standing() {
    for (const oms_id_t id : standing_) {
        oms_order_t order;
        if (id != 0 && core_.order(id, order) && order.leaves > 0 &&
            (order.facts & OMS_FACT_CANCEL_INFLIGHT) == 0) {
            core_.cancel(id);
        }
    }
}

/// A limit order that waits too long follows the market, a few times, and is cancelled then.
void Strategy::manage(Working& working) {
    if (working.id == 0) {
        return;
    }
    oms_order_t order;
    const bool known = core_.order(working.id, order);
    if (!known || (order.leaves == 0 && (order.facts & OMS_FACT_CANCEL_INFLIGHT) == 0)) {
        working.id = 0;
        return;
    }
    const bool pending =
        (order.facts & (OMS_FACT_CANCEL_INFLIGHT | OMS_FACT_REPLACE_INFLIGHT)) != 0;
    const std::uint64_t patience = working.patience;
    const bool keeps =
        order.time_in_force == OMS_TIF_GTC || order.time_in_force == OMS_TIF_DAY;
    const bool waits = keeps && order.order_type == OMS_TYPE_LIMIT;
    const bool timed = working.id == entry_.id && order.order_type > OMS_TYPE_LIMIT;
    if (timed && !pending && !extended_ && order.leaves > 0 &&
        core_.now() > order.created_at + kGiveUp / 10) {
        extended_ = core_.extend(order.order, order.created_at + 2 * kGiveUp); // once
        uses_[static_cast<std::size_t>(Use::kExtension)] += extended_ ? 1 : 0;
        return;
    }
    if (pending || !waits || order.leaves == 0 || row_ - working.since < patience) {
        return;
    }
    const bool buys = order.side == OMS_SIDE_BUY;
    const std::int64_t touch = buys ? quote_.bid : quote_.ask;
    oms_verdict_t verdict{};
    working.since = row_;
    if (working.replaced < kReplacesSpent && !winding_down_ && touch != order.price) {
        ++working.replaced;
        if (core_.replace(order.order, order.order_qty, touch, verdict) && verdict.denied == 0) {
            return;
        }
    }
    core_.cancel(order.order);
}

void Strategy::cancel_entries() {
    // First the walk, then the cancels: an order that was not sent yet ends at once, and a walk
    // cannot go on from an order that has ended.
    std::vector<oms_id_t> entries;
    oms_order_t order;
    for (oms_id_t after = 0; core_.next_order(after, order); after = order.order) {
        const bool reduces = (order.flags & OMS_ORDER_REDUCE_ONLY) != 0;
        const bool pending = (order.facts & OMS_FACT_CANCEL_INFLIGHT) != 0;
        // Scenes and the tour go on.
        const bool played = (is_scene(order.tag) || is_tour(order.tag)) && !winding_down_;
        if (!reduces && !pending && !played) {
            entries.push_back(order.order);
        }
    }
    for (const oms_id_t id : entries) {
        core_.cancel(id);
    }
}

bool Strategy::is_live(oms_id_t id) {
    oms_order_t order;
    return id != 0 && core_.order(id, order) && order.leaves > 0;
}

oms_order_submit_t Strategy::limit(std::uint8_t side, std::int64_t qty, std::int64_t price) {
    oms_order_submit_t order = core_.new_order();
    order.side = side;
    order.qty = qty;
    order.price = price;
    order.order_type = OMS_TYPE_LIMIT;
    order.time_in_force = OMS_TIF_GTC;
    return order;
}

oms_order_submit_t Strategy::market(std::uint8_t side, std::int64_t qty) {
    oms_order_submit_t order = limit(side, qty, 0);
    order.order_type = OMS_TYPE_MARKET;
    return order;
}

/// Submits; at times asks first, and then the answer must be the same.
oms_id_t Strategy::send(const oms_order_submit_t& order) {
    oms_verdict_t before{};
    const bool asked = random_.chance(500) && core_.check(order, before);
    oms_verdict_t verdict{};
    oms_id_t id = 0;
    const std::int32_t status = core_.submit(order, verdict, id);
    if (asked) {
        ++checks_;
        if (status == OMS_OK && before.mask != verdict.mask) {
            core_.complain("oms_order_check and oms_order_submit differ on the same order");
        }
    }
    exists_ += status == OMS_EXISTS ? 1 : 0;
    if (status == OMS_OK && verdict.denied == 0) {
        count_uses(order, uses_);
    }
    return status >= 0 && verdict.denied == 0 ? id : 0;
}

} // namespace gateway
