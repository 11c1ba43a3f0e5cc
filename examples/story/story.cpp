// One trading day in twenty calls: open, protect, trip, reset, report. README.md beside this file
// says what each line is; the same story is told in other languages, with equal names and lines.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <oms.hpp>

using namespace oms::literals;

namespace {

constexpr std::int64_t MONEY = 1000000; // money has six decimals

oms::engine engine;
oms::symbol_id symbol;
oms::nanos now{}; // the story's clock: a second from step to step

oms::nanos next() { return now += oms::seconds(1); }

template <class N> long long n(N number) { return number.count(); }
long long n(std::int64_t number) { return number; }
unsigned long long n(std::uint64_t number) { return number; }

// Ends the program when a call is refused; its value otherwise.
template <class T> T must(oms::result<T> made) {
    if (!made) {
        std::printf("%s: %s\n", oms::to_string(made.code()), made.text());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return *std::move(made);
}

// An engine of the smallest kind: one symbol, a loss of 2000 a day stops it until someone has
// looked.
void start() {
    oms::config config = oms::config_init();
    config.capacity = {64, 1, 8, 8, 256, 64, 1, 16, 0, 0, 32, 128};
    config.starting_balance = oms::money{100000 * MONEY};
    config.breaker.daily_loss_money = oms::money{2000 * MONEY};
    config.breaker.orders_per_hour = oms::off;
    config.breaker.flags = oms::breaker_flag::manual_reset | oms::breaker_flag::realised_only;
    engine = must(oms::engine::make(config));
    std::printf("start: balance %lld\n", n(config.starting_balance));
}

// BTC/USD, a tick of 0.01, a lot of 0.001: one tick of one lot is 10 units of money.
void define_symbol() {
    oms::symbol_define request;
    request.at(now);
    request.name = "BTC/USD";
    request.tick_size = {1, -2, 0};
    request.lot_size = {1, -3, 0};
    request.multiplier = request.conversion = {1, 0, 0};
    symbol = must(engine.symbol_define(request));
    std::printf("symbol: %s\n", request.name.c_str());
}

void set_limits() {
    oms::limits_set limits = oms::limits_off();
    limits.symbol = symbol;
    limits.qty_max = 5000_lots;
    limits.long_max = 5000_lots;
    limits.short_max = 0_lots;
    limits.collar_ratio = oms::pct(3);
    must(engine.limits_set(limits.at(now)));
    must(engine.scope_limits_set(oms::scope_limits_off().at(now)));
    std::printf("limits: qty %lld, long %lld, short %lld, collar %lld\n", n(limits.qty_max),
                n(limits.long_max), n(limits.short_max), n(limits.collar_ratio));
}

// Hands out what waits: commands for the venue, then events. The order of the last command.
oms::order_id poll() {
    static oms::command commands[8];
    static oms::event events[32];
    static oms::poller out(commands, events);
    oms::order_id order{};
    must(engine.poll(out, now));
    for (const oms::command &c : out.commands()) {
        std::printf("  command %s: %s %s, qty %lld, price %lld\n", oms::to_string(c.kind),
                    oms::to_string(c.side), oms::to_string(c.order_type), n(c.qty), n(c.price));
        order = c.order;
    }
    for (const oms::event &e : out.events())
        std::printf("  event %s: code %u, qty %lld, price %lld, value %lld\n",
                    oms::to_string(e.kind), e.code, n(e.qty), n(e.price), n(e.value));
    return order;
}

void quote(oms::ticks bid, oms::ticks ask) {
    oms::quote request;
    request.at(next());
    request.symbol = symbol;
    request.bid = bid;
    request.ask = ask;
    must(engine.quote(request));
    std::printf("quote: %lld %lld\n", n(bid), n(ask));
}

// A limit order that buys; its id, or none when it is denied.
oms::order_id submit(oms::client_order_id client_id, oms::lots qty, oms::ticks price) {
    oms::order_submit request;
    request.at(next());
    request.client_id = client_id;
    request.symbol = symbol;
    request.side = oms::side::buy;
    request.order_type = oms::order_type::limit;
    request.time_in_force = oms::time_in_force::gtc;
    request.qty = qty;
    request.price = price;
    const auto [verdict, order] = must(engine.order_submit(request));
    if (verdict.denied)
        std::printf("submit %llu: denied by %s, limit %lld, observed %lld\n",
                    n(client_id.value()), oms::to_string(verdict.first), n(verdict.limit),
                    n(verdict.observed));
    else
        std::printf("submit %llu: accepted\n", n(client_id.value()));
    return order;
}

// What the venue says of an order, and what the order is then.
void report(oms::order_id id, oms::report_kind kind, oms::execution_id exec_id = {},
            oms::lots qty = {}, oms::ticks price = {}, oms::money commission = {}) {
    oms::venue_report request;
    request.at(next());
    request.order = id;
    request.report = kind;
    request.exec_id = exec_id;
    request.qty = qty;
    request.price = price;
    request.commission = commission;
    must(engine.venue_report(request));
    const oms::order order = must(engine.order_get(id));
    std::printf("report %s: order %s, filled %lld of %lld\n", oms::to_string(kind),
                oms::to_string(order.status), n(order.cum_qty), n(order.order_qty));
}

void fill(oms::order_id id, std::uint64_t exec_id, oms::lots qty, oms::ticks price,
          std::int64_t commission) {
    report(id, oms::report_kind::fill, oms::execution_id{exec_id}, qty, price,
           oms::money{commission * MONEY});
}

// The money of a position, and how it ended.
void show_position(const oms::position &p) {
    std::printf("position: %s, qty %lld, entry %lld, realised %lld, unrealised %lld, "
                "commission %lld, exit %s\n",
                oms::to_string(p.side), n(p.qty), n(p.entry_price), n(p.realised), n(p.unrealised),
                n(p.commission), oms::to_string(p.exit));
}

void show_breaker() {
    const oms::breaker_status status = must(engine.risk_get(oms::root));
    std::printf("breaker: %s, cause %s, equity %lld, session %lld\n",
                oms::to_string(status.state), oms::to_string(status.cause), n(status.equity),
                n(status.session_pnl));
}

// Buys two coins; the venue executes them in two parts.
oms::position_id open_position() {
    quote(5000000_ticks, 5000100_ticks);
    submit(oms::client_order_id{1}, 2000_lots, 5000100_ticks);
    const oms::order_id order = poll();
    report(order, oms::report_kind::ack);
    fill(order, 101, 1200_lots, 5000100_ticks, 30);
    fill(order, 102, 800_lots, 5000000_ticks, 20);
    poll();
    const oms::position position = must(engine.position_net(symbol));
    show_position(position);
    return position.position;
}

void arm(oms::position_id position, oms::trigger_kind kind, oms::ticks level) {
    oms::trigger_arm request;
    request.at(next());
    request.position = position;
    request.kind = kind;
    request.action = oms::trigger_action::close;
    request.level = level;
    const oms::trigger trigger = must(engine.trigger_get(must(engine.trigger_arm(request))));
    std::printf("arm %s: %s at %lld\n", oms::to_string(trigger.kind),
                oms::to_string(trigger.state), n(trigger.level));
}

// A stop below and a target above: each closes the whole position when it fires.
void protect(oms::position_id position) {
    arm(position, oms::trigger_kind::stop_loss, 4900000_ticks);
    arm(position, oms::trigger_kind::take_profit, 5200000_ticks);
}

// The market rises, then falls through the stop; the closing order is filled below it.
void trip(oms::position_id id) {
    quote(5100000_ticks, 5100100_ticks);
    show_position(must(engine.position_get(id)));
    quote(4899900_ticks, 4900000_ticks);
    const oms::order_id order = poll();
    report(order, oms::report_kind::ack);
    fill(order, 103, 2000_lots, 4899000_ticks, 49);
    poll();
    show_position(must(engine.position_get(id)));
    show_breaker();
    submit(oms::client_order_id{2}, 100_lots, 4900000_ticks);
    poll();
}

// Someone has looked: the breaker is closed by hand, and an order passes.
void reset() {
    oms::control request;
    request.at(next());
    request.action = oms::control_action::breaker_reset;
    must(engine.control(request));
    show_breaker();
    submit(oms::client_order_id{3}, 100_lots, 4900000_ticks);
    report(poll(), oms::report_kind::ack);
    poll();
}

// What is left at the end: the account, the trades, the trip.
void final_report() {
    const oms::account a = must(engine.account_get());
    const oms::statistics s = must(engine.statistics_get(oms::root));
    const oms::trip t = must(engine.trip_get(oms::root, 0));
    std::printf("account: equity %lld, realised %lld, commission %lld, open %u, "
                "live orders %u\n",
                n(a.equity), n(a.realised), n(a.commission), a.open, a.live_orders);
    std::printf("orders: accepted %llu, denied %llu, executions %llu\n", n(s.accepted),
                n(s.denied), n(s.executions));
    std::printf("trades: closed %llu, wins %llu, losses %llu, total %lld, largest loss %lld\n",
                n(s.closed), n(s.wins), n(s.losses), n(s.total), n(s.largest_loss));
    std::printf("trip: %s, limit %lld, observed %lld, by hand %d\n", oms::to_string(t.cause),
                n(t.limit), n(t.observed), t.by_hand);
}

} // namespace

int main() {
    start();
    define_symbol();
    set_limits();
    const oms::position_id position = open_position();
    protect(position);
    trip(position);
    reset();
    final_report();
    return 0;
}
