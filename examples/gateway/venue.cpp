#include "venue.hpp"

#include <algorithm>

namespace gateway {

namespace {

constexpr std::uint64_t kMilli = 1'000'000;
constexpr std::uint64_t kCalmLine = 250'000; ///< nanoseconds, of orders that nothing happens to

// The plan: so many of 1000 cases go wrong this way.
constexpr std::int64_t kRejects = 25;
constexpr std::int64_t kLateAcks = 80;
constexpr std::int64_t kRepeatedAcks = 40;
constexpr std::int64_t kDuplicateFills = 60;
constexpr std::int64_t kRestatedFills = 20;
constexpr std::int64_t kOverfills = 40;
constexpr std::int64_t kUnsolicited = 60;
constexpr std::int64_t kFillsAfterCancel = 250;
constexpr std::int64_t kLateFills = 180;
constexpr std::int64_t kCancelsLost = 70;
constexpr std::int64_t kReplaceRejects = 120;

// Parts per 10^9 of the value traded.
constexpr std::int64_t kMakerFee = 15'000; // 0.15 basis points
constexpr std::int64_t kTakerFee = 40'000; // 0.4 basis points

/// Whether a report goes through the session's queue like any other, or overtakes and lags.
bool is_in_order(Play play) {
    switch (play) {
    case Play::kLateAck:
    case Play::kRepeatedAck:
    case Play::kDuplicateFill:
    case Play::kRestatedFill:
    case Play::kOverfill:
    case Play::kLateFill:
        return false;
    default:
        return true;
    }
}

} // namespace

void Venue::on_quote(const Quote& quote) {
    now_ = quote.at;
    quote_ = quote;
    for (std::size_t i = 0; i < book_.size();) {
        Order& order = book_[i];
        if (order.waits) {
            watch(order);
        }
        const bool buys = order.terms.side == OMS_SIDE_BUY;
        const std::int64_t limit = order.terms.price;
        const bool rests = !order.waits && order.leaves() > 0;
        if (rests && (buys ? quote.ask <= limit : quote.bid >= limit)) {
            // What trades at the touch fills us last: a queue stands before us.
            const std::int64_t qty = std::min(order.leaves(), depth(order.terms.side));
            execute(order, qty, limit, OMS_LIQUIDITY_MAKER, Play::kNone, line());
        }
        if (book_[i].leaves() <= 0) {
            book_.erase(book_.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
}

void Venue::take(const oms_command_t& command, std::uint64_t now) {
    now_ = now;
    schedule(Item::Kind::kCommand, command, is_tour(command.tag) ? kCalmLine : line());
}

bool Venue::step(Report& report) {
    const Item item = items_.top();
    items_.pop();
    now_ = item.due;
    switch (item.kind) {
    case Item::Kind::kReport:
        report = {item.report, item.play};
        return true;
    case Item::Kind::kCancelUnasked:
    case Item::Kind::kExpire:
        if (find(item.command.order) != nullptr) {
            const bool expires = item.kind == Item::Kind::kExpire;
            const std::uint8_t kind = expires ? OMS_REPORT_EXPIRE : OMS_REPORT_CANCEL_ACK;
            send(answer(item.command.order, kind, 0, OMS_REASON_SESSION),
                 expires ? Play::kExpire : Play::kUnsolicitedCancel, line());
            end(item.command.order);
        }
        return false;
    case Item::Kind::kCommand:
        break;
    }
    if (is_tour(item.command.tag)) {
        serve(item.command);
    } else if (is_scene(item.command.tag)) {
        if (item.command.kind == OMS_COMMAND_NEW) {
            play_new(item.command);
        } else {
            play_request(item.command);
        }
    } else if (item.command.kind == OMS_COMMAND_NEW) {
        on_new(item.command);
    } else if (item.command.kind == OMS_COMMAND_CANCEL) {
        on_cancel(item.command);
    } else {
        on_replace(item.command);
    }
    return false;
}

/// A market order of the tour: all of it at the touch, and nothing goes wrong.
void Venue::serve(const oms_command_t& command) {
    if (command.kind != OMS_COMMAND_NEW) {
        return;
    }
    Part part;
    part.terms = command;
    part.price = command.side == OMS_SIDE_BUY ? quote_.ask : quote_.bid;
    tell(part, OMS_REPORT_ACK, Play::kNone);
    fill(part, command.qty, Play::kNone);
}

/// A stop, take-profit or trailing stop that the venue is to wait with.
void Venue::hold(const oms_command_t& command) {
    send(answer(command.order, OMS_REPORT_ACK, 0, OMS_REASON_NONE), Play::kNone, line());
    Order order{command, 0, true};
    order.level = command.stop_price;
    order.waits = true;
    book_.push_back(order);
}

/// Follows with a trailing stop, and lets loose what the market has reached.
void Venue::watch(Order& order) {
    const bool buys = order.terms.side == OMS_SIDE_BUY;
    const std::int64_t price = buys ? quote_.ask : quote_.bid;
    const std::uint8_t type = order.terms.order_type;
    if (type == OMS_TYPE_TRAILING_STOP) {
        const std::int64_t share = price / 1'000'000 * order.terms.trail_ratio / 1'000;
        const std::int64_t away = std::max<std::int64_t>(order.terms.trail_offset + share, 1);
        const std::int64_t level = buys ? price + away : price - away;
        const bool tighter = buys ? level < order.level : level > order.level;
        order.level = order.level == 0 || tighter ? level : order.level;
    }
    const bool profits = type == OMS_TYPE_TAKE_PROFIT || type == OMS_TYPE_TAKE_PROFIT_LIMIT;
    const bool rises = buys != profits; // a buy stop and a sell target wait for a rise
    if (rises ? price < order.level : price > order.level) {
        return;
    }
    order.waits = false;
    const bool limited = type == OMS_TYPE_STOP_LIMIT || type == OMS_TYPE_TAKE_PROFIT_LIMIT;
    order.terms.order_type = limited ? OMS_TYPE_LIMIT : OMS_TYPE_MARKET;
    send(answer(order.terms.order, OMS_REPORT_TRIGGERED, 0, OMS_REASON_NONE), Play::kTriggered,
         line());
    trade(order);
}

void Venue::on_new(const oms_command_t& command) {
    if (command.order_type != OMS_TYPE_MARKET && command.order_type != OMS_TYPE_LIMIT) {
        hold(command);
        return;
    }
    const bool buys = command.side == OMS_SIDE_BUY;
    const bool market = command.order_type == OMS_TYPE_MARKET;
    const bool crosses =
        market || (buys ? command.price >= quote_.ask : command.price <= quote_.bid);
    if (crosses && (command.flags & OMS_ORDER_POST_ONLY) != 0) {
        send(answer(command.order, OMS_REPORT_REJECT, 0, OMS_REASON_PRICE), Play::kReject, line());
        return;
    }
    if (random_.chance(kRejects)) {
        send(answer(command.order, OMS_REPORT_REJECT, 0, OMS_REASON_CREDIT), Play::kReject,
             line());
        return;
    }
    const oms_venue_report_t ack = answer(command.order, OMS_REPORT_ACK, 0, OMS_REASON_NONE);
    const bool late = random_.chance(kLateAcks);
    if (!late) {
        send(ack, Play::kNone, line());
        if (random_.chance(kRepeatedAcks)) {
            send(ack, Play::kRepeatedAck, line() + 2 * kMilli);
        }
    }
    book_.push_back(Order{command, 0, !late});
    Order& order = book_.back();
    if (crosses && fills_whole(command)) {
        trade(order);
    }
    if (late) {
        // Only where something was filled meanwhile is the ack out of order.
        order.acked = true;
        send(ack, order.cum > 0 ? Play::kLateAck : Play::kNone, line() + 5 * kMilli);
    }
    const bool entry = (command.flags & OMS_ORDER_REDUCE_ONLY) == 0;
    if (entry && order.leaves() <= 0 && random_.chance(kOverfills)) {
        const std::int64_t extra = std::max<std::int64_t>(command.qty / 10, 1);
        const std::int64_t price = buys ? quote_.ask : quote_.bid;
        execute(order, extra, price, OMS_LIQUIDITY_TAKER, Play::kOverfill, line() + kMilli);
    }
    if (order.leaves() <= 0) {
        book_.pop_back();
    } else if (command.time_in_force == OMS_TIF_IOC || command.time_in_force == OMS_TIF_FOK) {
        send(answer(command.order, OMS_REPORT_EXPIRE, 0, OMS_REASON_NONE), Play::kExpire, line());
        book_.pop_back();
    } else if (command.time_in_force == OMS_TIF_GTD) {
        const std::uint64_t left = command.expire_at > now_ ? command.expire_at - now_ : 0;
        schedule(Item::Kind::kExpire, command, left);
    } else if (random_.chance(kUnsolicited)) {
        schedule(Item::Kind::kCancelUnasked, command, 400 * kMilli);
    }
}

/// Fill or kill: the touch must have all of it. Others take what there is.
bool Venue::fills_whole(const oms_command_t& command) {
    return command.time_in_force != OMS_TIF_FOK || depth(command.side) >= command.qty;
}

/// Takes liquidity: the touch first, then worse prices, half a spread a level.
void Venue::trade(Order& order) {
    const bool buys = order.terms.side == OMS_SIDE_BUY;
    const bool market = order.terms.order_type == OMS_TYPE_MARKET;
    const std::int64_t step = std::max<std::int64_t>((quote_.ask - quote_.bid) / 2, 1);
    std::int64_t price = buys ? quote_.ask : quote_.bid;
    for (int level = 0; order.leaves() > 0; ++level, price += buys ? step : -step) {
        const bool allowed =
            market || (buys ? price <= order.terms.price : price >= order.terms.price);
        if (!allowed) {
            break;
        }
        const bool last = market && level == 5; // the deepest level takes whatever is left
        const bool whole = order.terms.time_in_force == OMS_TIF_FOK;
        const std::int64_t there = whole ? order.leaves() : depth(order.terms.side);
        const std::int64_t qty = last ? order.leaves() : std::min(order.leaves(), there);
        const Play play = order.acked ? Play::kNone : Play::kFillBeforeAck;
        execute(order, qty, std::max<std::int64_t>(price, 1), OMS_LIQUIDITY_TAKER, play, line());
    }
}

void Venue::on_cancel(const oms_command_t& command) {
    Order* order = find(command.order);
    const auto reject = [&](std::uint16_t reason, Play play) {
        send(answer(command.order, OMS_REPORT_CANCEL_REJECT, command.request_id, reason), play,
             line());
    };
    if (order == nullptr) {
        reject(OMS_REASON_TOO_LATE, Play::kCancelTooLate);
        return;
    }
    const bool near = !order->waits && is_near(order->terms);
    if (near && random_.chance(kFillsAfterCancel)) {
        const std::int64_t qty = random_.between(1, order->leaves());
        execute(*order, qty, order->terms.price, OMS_LIQUIDITY_MAKER, Play::kFillAfterCancel,
                line());
        if (order->leaves() <= 0) {
            end(command.order);
            reject(OMS_REASON_TOO_LATE, Play::kCancelTooLate);
            return;
        }
    } else if (random_.chance(kCancelsLost)) {
        reject(OMS_REASON_UNKNOWN_ORDER, Play::kCancelUnknown);
        return;
    }
    send(answer(command.order, OMS_REPORT_CANCEL_ACK, command.request_id, OMS_REASON_NONE),
         Play::kNone, line());
    if (near && random_.chance(kLateFills)) {
        // Another matching engine of the venue had traded it: the report comes after the ack.
        const std::int64_t qty = random_.between(1, order->leaves());
        execute(*order, qty, order->terms.price, OMS_LIQUIDITY_MAKER, Play::kLateFill,
                line() + 4 * kMilli);
    }
    end(command.order);
}

void Venue::on_replace(const oms_command_t& command) {
    Order* order = find(command.order);
    if (order == nullptr || random_.chance(kReplaceRejects)) {
        const std::uint16_t reason = order == nullptr ? OMS_REASON_TOO_LATE : OMS_REASON_OTHER;
        send(answer(command.order, OMS_REPORT_REPLACE_REJECT, command.request_id, reason),
             Play::kReplaceReject, line());
        return;
    }
    order->terms.qty = std::max(command.qty, order->cum);
    order->terms.price = command.price;
    order->level = order->waits && command.stop_price != 0 ? command.stop_price : order->level;
    send(answer(command.order, OMS_REPORT_REPLACE_ACK, command.request_id, OMS_REASON_NONE),
         Play::kNone, line());
    if (!order->waits) {
        trade(*order);
    }
    if (order->leaves() <= 0) {
        end(command.order);
    }
}

void Venue::execute(Order& order, std::int64_t qty, std::int64_t price, std::uint8_t liquidity,
                    Play play, std::uint64_t delay) {
    order.cum += qty;
    oms_venue_report_t fill = answer(order.terms.order, OMS_REPORT_FILL, 0, OMS_REASON_NONE);
    fill.qty = qty;
    fill.price = price;
    fill.liquidity = liquidity;
    fill.side = order.terms.side;
    fill.symbol = order.terms.symbol;
    const std::int64_t fee = liquidity == OMS_LIQUIDITY_MAKER ? kMakerFee : kTakerFee;
    fill.commission = core_.value(qty, price) / 1000 * fee / 1'000'000;
    fill.exec_id = ledger_.add(
        {order.terms.order, order.terms.symbol, order.terms.side, qty, price, fill.commission});
    send(fill, play, delay);
    if (random_.chance(kDuplicateFills)) {
        send(fill, Play::kDuplicateFill, delay + 3 * kMilli);
    } else if (random_.chance(kRestatedFills)) {
        fill.price += 1;
        send(fill, Play::kRestatedFill, delay + 3 * kMilli);
    }
}

std::int64_t Venue::depth(std::uint8_t side) {
    const std::int64_t shown = side == OMS_SIDE_BUY ? quote_.ask_qty : quote_.bid_qty;
    const std::int64_t usual = core_.mandate().position_lots;
    return shown > 0 ? shown : random_.between(usual / 2, usual * 3 / 2);
}

/// Only an order near the market may be hit while its cancel is on the way.
bool Venue::is_near(const oms_command_t& terms) const {
    const std::int64_t reach = 5 * (quote_.ask - quote_.bid) + 5;
    return terms.side == OMS_SIDE_BUY ? quote_.bid - terms.price <= reach
                                      : terms.price - quote_.ask <= reach;
}

Venue::Order* Venue::find(oms_id_t id) {
    const auto found = std::find_if(book_.begin(), book_.end(), [id](const Order& order) {
        return order.terms.order == id;
    });
    return found == book_.end() ? nullptr : &*found;
}

void Venue::end(oms_id_t id) {
    const Order* order = find(id);
    if (order != nullptr) {
        book_.erase(book_.begin() + (order - book_.data()));
    }
}

oms_venue_report_t Venue::answer(oms_id_t order, std::uint8_t kind, std::uint64_t request_id,
                                 std::uint16_t reason) const {
    oms_venue_report_t report;
    // Cannot fail: the record and its kind belong together. The gateway sets header.now.
    static_cast<void>(OMS_REQUEST_INIT(&report, OMS_REQUEST_VENUE_REPORT));
    report.order = order;
    report.report = kind;
    report.request_id = request_id;
    report.reason = reason;
    return report;
}

void Venue::send(const oms_venue_report_t& report, Play play, std::uint64_t delay) {
    Item item{};
    item.due = now_ + delay;
    if (is_in_order(play)) {
        item.due = last_sent_ = std::max(item.due, last_sent_);
    } else { // late or again, but never before what it repeats
        item.due = std::max(item.due, last_sent_ + 1);
    }
    item.sequence = ++sequence_;
    item.kind = Item::Kind::kReport;
    item.play = play;
    item.report = report;
    items_.push(item);
}

void Venue::schedule(Item::Kind kind, const oms_command_t& command, std::uint64_t delay) {
    Item item{};
    item.due = now_ + delay;
    item.sequence = ++sequence_;
    item.kind = kind;
    item.command = command;
    items_.push(item);
}

} // namespace gateway
