#include "scenes.hpp"

#include <algorithm>

namespace gateway {

namespace {

constexpr std::uint64_t kSettled = 40; ///< quotes after which a scene's last report is in
constexpr std::uint64_t kAgain = 50;   ///< quotes after which what was denied is tried again

} // namespace

void Rehearsal::on_quote(const Quote& quote, bool may_start) {
    ++rows_;
    oms_order_t order;
    if (order_ != 0 && core_.order(order_, order) && order.leaves > 0) {
        ask(order);
        return;
    }
    if (rows_ - started_ < kSettled) {
        return;
    }
    order_ = 0;
    close();
    const bool due = (rows_ - started_ >= every_ || started_ == 0) && rows_ % kAgain == 0;
    if (may_start && due && !winding_down_ && next_ < static_cast<std::uint64_t>(Scene::kCount)) {
        start(quote);
    }
}

void Rehearsal::start(const Quote& quote) {
    oms_order_submit_t order = core_.new_order();
    order.symbol = core_.rehearsal();
    order.scope = core_.scopes().firm;
    order.tag = kSceneTag | next_;
    order.side = OMS_SIDE_BUY;
    order.order_type = OMS_TYPE_LIMIT;
    order.time_in_force = OMS_TIF_GTC;
    order.qty = 10 * core_.rehearsal_lots();
    order.price = quote.bid;
    if (scene_of(order.tag) == Scene::kVenueStop) {
        order.order_type = OMS_TYPE_STOP;
        order.hold = OMS_HOLD_VENUE;
        order.stop_price = quote.ask + 10 * (quote.ask - quote.bid) + 10;
        order.price = 0;
    }
    oms_verdict_t verdict{};
    oms_id_t id = 0;
    if (core_.submit(order, verdict, id) != OMS_OK || verdict.denied != 0) {
        return; // the rate, for example
    }
    order_ = id;
    first_ = first_ == 0 ? id : first_;
    started_ = rows_;
    asked_ = 0;
    ++next_;
}

/// The requests that the venue is to cross, refuse or lose.
void Rehearsal::ask(const oms_order_t& order) {
    if (order.status != OMS_STATUS_OPEN || (order.marks & OMS_MARK_IN_DOUBT) != 0) {
        return;
    }
    const Scene scene = scene_of(order.tag);
    const bool cancels = scene == Scene::kCancelTooLate || scene == Scene::kCancelUnknown;
    const bool replaces = scene == Scene::kReplaceCrossed || scene == Scene::kReplaceRejected;
    if (cancels && asked_ < 2) {
        ++asked_;
        core_.cancel(order.order);
    } else if (replaces && asked_ == 0) {
        oms_verdict_t verdict{};
        const bool sent =
            rows_ % kAgain == 0 &&
            core_.replace(order.order, order.order_qty * 6 / 10, order.price, verdict) &&
            verdict.denied == 0;
        asked_ += sent ? 1 : 0;
    }
}

/// What the scenes left is closed like any position.
void Rehearsal::close() {
    oms_position_t position;
    if (core_.position(position, core_.rehearsal(), core_.scopes().firm) && position.closing == 0) {
        core_.close(position.position);
    }
}

oms_id_t Rehearsal::forgotten() {
    oms_order_t order;
    if (first_ == 0 || next_ < static_cast<std::uint64_t>(Scene::kCount) ||
        core_.order(first_, order)) {
        return 0;
    }
    const oms_id_t id = first_;
    first_ = 0;
    ++next_; // played: once
    return id;
}

} // namespace gateway
