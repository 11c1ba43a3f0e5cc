// Orders the gate must stop: what a desk tries on a quiet morning to know that the checks are on.
#include "strategy.hpp"

namespace gateway {

namespace {

constexpr std::uint64_t kQuoteLife = 15; ///< quotes a small order rests, then it is changed

} // namespace

void Strategy::probe() {
    const std::int64_t lots = core_.mandate().position_lots;
    const std::uint64_t number = probes_++ % 10;
    oms_order_submit_t order = limit(OMS_SIDE_BUY, 1, quote_.bid);
    switch (number) {
    case 0: // a finger too many
        order.qty = 10 * lots;
        break;
    case 1: // passes QTY, but is worth too much
        order.qty = 3 * lots;
        break;
    case 2: // three percent above the market
        order.price = quote_.ask + quote_.ask / 33;
        break;
    case 3: { // the id of an order that is known, with other terms
        const oms_id_t id = send(order);
        burst_[0] = {id, row_, kQuoteLife, kReplacesSpent};
        order.qty = 2;
        break;
    }
    case 4: { // the same request twice, as after a lost answer: no second order
        const oms_id_t id = send(order);
        burst_[0] = {id, row_, kQuoteLife, kReplacesSpent};
        break;
    }
    case 5: // nobody has defined this one
        order.symbol = 99;
        break;
    case 6: // a market order has no price
        order.order_type = OMS_TYPE_MARKET;
        break;
    case 7: // reduces what is not there
        order = market(OMS_SIDE_BUY, 2 * lots);
        order.flags = OMS_ORDER_REDUCE_ONLY;
        break;
    case 8: // with a position open, beyond what may be held
        order.qty = 2 * lots;
        break;
    default:
        burst();
        return;
    }
    oms_position_t position;
    const bool held = core_.position(position);
    if (number == 8) {
        if (!held || position.closing != 0) {
            return; // would be an ordinary, large order
        }
        const bool is_long = position.side == OMS_POSITION_LONG;
        order.side = is_long ? OMS_SIDE_BUY : OMS_SIDE_SELL;
        order.price = is_long ? quote_.bid : quote_.ask;
    }
    send(order);
}

/// Six small orders at once: more than the custom window lets through. What passed is cancelled
/// again, or follows the market first.
void Strategy::burst() {
    const std::uint8_t side = random_.chance(500) ? OMS_SIDE_BUY : OMS_SIDE_SELL;
    std::int64_t price = side == OMS_SIDE_BUY ? quote_.bid : quote_.ask;
    const std::int64_t step = (quote_.ask - quote_.bid) / 2 + 1;
    for (Working& working : burst_) {
        if (working.id == 0) {
            oms_order_submit_t order = limit(side, 1, price);
            order.flags = OMS_ORDER_POST_ONLY;
            const bool follows = random_.chance(500);
            working = {send(order), row_, kQuoteLife, follows ? 0 : kReplacesSpent};
            if (working.id != 0 && random_.chance(150)) {
                core_.cancel(working.id); // before it was sent: nothing leaves
            }
        }
        price += side == OMS_SIDE_BUY ? -step : step;
    }
}

void Strategy::probe_stale() {
    oms_order_submit_t order = limit(OMS_SIDE_BUY, 1, quote_.bid);
    send(order);
}

std::uint32_t Strategy::try_order() {
    const oms_order_submit_t order = limit(OMS_SIDE_BUY, 1, quote_.bid);
    oms_verdict_t verdict{};
    oms_id_t id = 0;
    ++checks_;
    if (!core_.check(order, verdict) || core_.submit(order, verdict, id) < 0) {
        return OMS_CHECK_NONE;
    }
    return verdict.first;
}

void Strategy::rest_far_orders() {
    const std::int64_t away = quote_.mid() / 200; // half a percent, inside the collar
    const std::int64_t lots = core_.mandate().position_lots;
    send(limit(OMS_SIDE_BUY, lots, quote_.bid - away));
    send(limit(OMS_SIDE_SELL, lots, quote_.ask + away));
    send(limit(OMS_SIDE_BUY, lots / 2, quote_.bid - away / 2));
}

} // namespace gateway
