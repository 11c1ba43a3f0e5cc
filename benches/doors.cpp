// The same session by the C calls and by oms.hpp, for tools/doors.py to count: what is measured are
// the functions named c_* and hpp_*, which must cost the same to the instruction.
#include "desk.h"

#include <oms.hpp>

// A compiler that inlined one of these would leave no function to count.
#define MEASURED extern "C" __attribute__((noinline))

namespace {

constexpr int ROUNDS = 64;

struct c_session {
    oms_t *oms;
    oms_id_t made;
    oms_lots_t filled;
    oms_order_submit_t order;
    oms_venue_report_t ack, fill;
    oms_quote_t quote;
    oms_poll_t poll;
    oms_command_t room_for_commands[8], *commands = room_for_commands;
    oms_event_t room_for_events[16], *events = room_for_events;
    oms_polled_t polled;
};

struct hpp_session {
    oms::engine oms;
    oms::order_id made;
    oms::lots filled;
    oms::order_submit order;
    oms::venue_report ack, fill;
    oms::quote quote;
    oms::command commands[8];
    oms::event events[16];
    oms::poller poll{commands, events};
};

c_session c;
hpp_session hpp;
// What the callers find out, so that nothing they look at can be left out.
uint64_t seen[2];

void must(bool holds, const char *what) { desk_need(holds, what); }

} // namespace

// ---- each call as a gateway makes it: call, look at the code, look at the answer

MEASURED bool c_check(oms_nanos_t now) noexcept {
    oms_verdict_t verdict;
    c.order.header.now = now;
    if (oms_order_check(c.oms, &c.order, &verdict) < 0) return false;
    return !verdict.denied;
}
MEASURED bool hpp_check(oms::nanos now) noexcept {
    hpp.order.header.now = now;
    const auto made = hpp.oms.order_check(hpp.order);
    if (!made) return false;
    return !made->denied;
}

MEASURED bool c_submit(uint64_t client_id) noexcept {
    oms_verdict_t verdict;
    oms_id_t order;
    c.order.client_id = client_id;
    if (oms_order_submit(c.oms, &c.order, &verdict, &order) < 0) return false;
    if (verdict.denied) return false;
    c.made = order;
    return true;
}
MEASURED bool hpp_submit(oms::client_order_id client_id) noexcept {
    hpp.order.client_id = client_id;
    const auto made = hpp.oms.order_submit(hpp.order);
    if (!made) return false;
    if (made->verdict.denied) return false;
    hpp.made = made->order;
    return true;
}

// How many commands and events came.
MEASURED size_t c_poll(oms_nanos_t now) noexcept {
    c.poll.header.now = now;
    if (oms_poll(c.oms, &c.poll, c.commands, c.events, &c.polled) < 0) return 0;
    return size_t{c.polled.commands} + c.polled.events;
}
MEASURED size_t hpp_poll(oms::nanos now) noexcept {
    if (!hpp.oms.poll(hpp.poll, now)) return 0;
    return hpp.poll.commands().size() + hpp.poll.events().size();
}

MEASURED bool c_ack(oms_id_t order, oms_nanos_t now) noexcept {
    c.ack.header.now = now;
    c.ack.order = order;
    return oms_venue_report(c.oms, &c.ack) >= 0;
}
MEASURED bool hpp_ack(oms::order_id order, oms::nanos now) noexcept {
    hpp.ack.header.now = now;
    hpp.ack.order = order;
    return hpp.oms.venue_report(hpp.ack).ok();
}

MEASURED bool c_fill(oms_id_t order, oms_lots_t qty, oms_ticks_t price) noexcept {
    c.fill.order = order;
    c.fill.exec_id++;
    c.fill.qty = qty;
    c.fill.price = price;
    return oms_venue_report(c.oms, &c.fill) >= 0;
}
MEASURED bool hpp_fill(oms::order_id order, oms::lots qty, oms::ticks price) noexcept {
    hpp.fill.order = order;
    hpp.fill.exec_id = oms::execution_id{hpp.fill.exec_id.value() + 1};
    hpp.fill.qty = qty;
    hpp.fill.price = price;
    return hpp.oms.venue_report(hpp.fill).ok();
}

MEASURED bool c_quote(oms_nanos_t now, oms_ticks_t bid) noexcept {
    c.quote.header.now = now;
    c.quote.bid = bid;
    c.quote.ask = bid + DESK_SPREAD;
    return oms_quote(c.oms, &c.quote) == OMS_OK;
}
MEASURED bool hpp_quote(oms::nanos now, oms::ticks bid) noexcept {
    hpp.quote.header.now = now;
    hpp.quote.bid = bid;
    hpp.quote.ask = bid + oms::ticks{DESK_SPREAD};
    return hpp.oms.quote(hpp.quote).code() == oms::status::ok;
}

// A read that gives a whole record.
MEASURED bool c_read(oms_id_t order) noexcept {
    oms_order_t found;
    if (oms_order_get(c.oms, order, 0, &found) < 0) return false;
    c.filled = found.cum_qty;
    return found.status == OMS_STATUS_FILLED;
}
MEASURED bool hpp_read(oms::order_id order) noexcept {
    const auto found = hpp.oms.order_get(order);
    if (!found) return false;
    hpp.filled = found->cum_qty;
    return found->status == oms::order_status::filled;
}

namespace {

void by_c(desk_t &desk) {
    c.oms = desk.oms;
    OMS_REQUEST_INIT(&c.order, OMS_REQUEST_ORDER_SUBMIT);
    c.order.side = OMS_SIDE_BUY;
    c.order.order_type = OMS_TYPE_LIMIT;
    c.order.qty = 2;
    c.order.price = DESK_BID + 1;
    OMS_REQUEST_INIT(&c.ack, OMS_REQUEST_VENUE_REPORT);
    c.fill = c.ack;
    c.ack.report = OMS_REPORT_ACK;
    c.fill.report = OMS_REPORT_FILL;
    OMS_REQUEST_INIT(&c.quote, OMS_REQUEST_QUOTE);
    OMS_REQUEST_INIT(&c.poll, OMS_REQUEST_POLL);
    c.poll.max_commands = 8;
    c.poll.max_events = 16;
    for (int i = 0; i < ROUNDS; i++) {
        const oms_nanos_t now = desk_tick(&desk);
        const uint64_t client_id = ++desk.number;
        c.order.client_id = client_id;
        must(c_check(now), "c: check");
        must(c_submit(client_id), "c: submit");
        const oms_id_t order = c.made;
        seen[0] += c_poll(now);
        c.fill.header.now = now;
        must(c_ack(order, now) && c_fill(order, 2, DESK_BID + 1), "c: report");
        seen[0] += c_poll(now);
        must(c_read(order), "c: read");
        seen[0] += static_cast<uint64_t>(c.filled);
        must(c_quote(now, DESK_BID + i % 8), "c: quote");
    }
}

void by_hpp(desk_t &desk) {
    hpp.oms = oms::engine::borrow(desk.oms);
    hpp.order = {};
    hpp.order.side = oms::side::buy;
    hpp.order.order_type = oms::order_type::limit;
    hpp.order.qty = oms::lots{2};
    hpp.order.price = oms::ticks{DESK_BID + 1};
    hpp.ack = hpp.fill = {};
    hpp.ack.report = oms::report_kind::ack;
    hpp.fill.report = oms::report_kind::fill;
    for (int i = 0; i < ROUNDS; i++) {
        const oms::nanos now{desk_tick(&desk)};
        const oms::client_order_id client_id{++desk.number};
        hpp.order.client_id = client_id;
        must(hpp_check(now), "hpp: check");
        must(hpp_submit(client_id), "hpp: submit");
        const oms::order_id order = hpp.made;
        seen[1] += hpp_poll(now);
        hpp.fill.header.now = now;
        must(hpp_ack(order, now), "hpp: report");
        must(hpp_fill(order, oms::lots{2}, oms::ticks{DESK_BID + 1}), "hpp: report");
        seen[1] += hpp_poll(now);
        must(hpp_read(order), "hpp: read");
        seen[1] += static_cast<uint64_t>(hpp.filled.count());
        must(hpp_quote(now, oms::ticks{DESK_BID + i % 8}), "hpp: quote");
    }
}

uint64_t session(void (*by)(desk_t &)) {
    static desk_t desk;
    desk_size_t size{};
    uint64_t digest = 0;
    size.orders = 256;
    size.positions = 64;
    size.rates = DESK_RATES;
    desk_open(&desk, &size);
    by(desk);
    desk_ok(oms_digest(desk.oms, &digest), "digest");
    desk_close(&desk);
    return digest;
}

} // namespace

int main() {
    const uint64_t one = session(by_c), other = session(by_hpp);
    must(one == other && seen[0] == seen[1], "the two sessions differ");
    // NEW and its event, the four events of an ack and a fill, and two lots read, in each round;
    // the first one opens the position.
    must(seen[0] == 8 * ROUNDS, "the sessions saw something else");
    return 0;
}
