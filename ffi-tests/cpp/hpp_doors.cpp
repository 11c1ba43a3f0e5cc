// Every door of oms.hpp once, by the engine's answers: tools/hpp.py --check sees that none is
// missing here. No exception is used, so that it is built without them too.
#include "common.hpp"

#include <oms.hpp>

#include <cinttypes>

namespace {

using namespace oms::literals;

constexpr oms::symbol_id ABC{0};

// The value of a result, or what an empty one has after a failure was told.
template <class T> T must(oms::result<T> made, const char *file, int line, const char *text) {
    if (made.ok()) return *std::move(made);
    check(false, file, line, text);
    std::fprintf(stderr, "    %s: %s\n", oms::to_string(made.code()), made.text());
    return T{};
}
inline oms::status must(oms::result<void> made, const char *file, int line, const char *text) {
    if (!check(made.ok(), file, line, text))
        std::fprintf(stderr, "    %s: %s\n", oms::to_string(made.code()), made.text());
    return made.code();
}
#define DONE(call) must((call), __FILE__, __LINE__, #call)

oms::config small(oms::mode mode = oms::mode::live) {
    oms::config config = oms::config_init();
    config.mode = mode;
    config.flags = oms::config_flag::measure;
    config.starting_balance = oms::money{INT64_C(1000000000000)};
    config.capacity.orders = 64;
    config.capacity.symbols = 4;
    config.breaker.daily_loss_ratio = oms::off;
    config.breaker.drawdown_ratio = oms::off;
    config.breaker.orders_per_minute = oms::off;
    config.breaker.orders_per_hour = oms::off;
    return config;
}

oms::symbol_define symbol_named(const char *name) {
    oms::symbol_define request;
    request.name = name;
    request.tick_size = {1, -2, 0};
    request.lot_size = {1, -3, 0};
    request.multiplier = request.conversion = {1, 0, 0};
    return request;
}

oms::quote quoted(oms::nanos now, oms::ticks bid) {
    oms::quote quote;
    quote.at(now);
    quote.bid = bid;
    quote.ask = bid + 10_ticks;
    return quote;
}

oms::order_submit buy(oms::nanos now, std::uint64_t client_id, oms::lots qty, oms::ticks price) {
    oms::order_submit order;
    order.at(now);
    order.client_id = oms::client_order_id{client_id};
    order.side = oms::side::buy;
    order.order_type = oms::order_type::limit;
    order.time_in_force = oms::time_in_force::gtc;
    order.qty = qty;
    order.price = price;
    return order;
}

oms::venue_report report(oms::order_id order, oms::report_kind kind, std::uint64_t exec_id = 0,
                         oms::lots qty = oms::lots{}, oms::ticks price = oms::ticks{}) {
    oms::venue_report request;
    request.order = order;
    request.report = kind;
    request.exec_id = oms::execution_id{exec_id};
    request.qty = qty;
    request.price = price;
    return request;
}

oms::engine ready(oms::mode mode = oms::mode::live) {
    oms::engine engine = DONE(oms::engine::make(small(mode)));
    CHECK(DONE(engine.symbol_define(symbol_named("ABC"))) == ABC);
    DONE(engine.limits_set(oms::limits_off()));
    DONE(engine.scope_limits_set(oms::scope_limits_off()));
    DONE(engine.quote(quoted(oms::nanos{1}, 1000_ticks)));
    return engine;
}

void setting_up() {
    oms::config config = small();
    oms::config_field field{};
    DONE(oms::config_check(config, field));
    CHECK(field == oms::config_field::none);
    config.money_exp = 5;
    CHECK(oms::config_check(config, field).code() == oms::status::e_config);
    CHECK(field == oms::config_field::money_exp);
    CHECK(oms::size(config) == 0 && oms::size(small()) % OMS_ALIGN == 0);
    CHECK(oms::engine::make(config).code() == oms::status::e_config);
    CHECK(oms::abi_version() == OMS_ABI_VERSION && oms::version()[0] != 0);
    const auto emptied = oms::request_init<oms::order_submit>();
    const oms::order_submit empty;
    CHECK(std::memcmp(&emptied, &empty, sizeof empty) == 0);

    oms::engine engine = ready();
    CHECK(DONE(engine.config_get()).capacity.orders == 64);
    CHECK(DONE(engine.now()) == oms::nanos{1});
    CHECK(DONE(engine.table_get(oms::table_kind::orders)).capacity == 64);
    CHECK(DONE(engine.symbol_get(ABC)).name.view() == "ABC");
    CHECK(DONE(engine.limits_get(oms::root, ABC)).qty_max == oms::off);
    oms::group_set group;
    group.group = 1;
    group.symbol = ABC;
    group.max = 1000000_money;
    group.flags = oms::group_flag::join;
    DONE(engine.group_set(group));
    CHECK(DONE(engine.group_get(1)).members == 1);
    CHECK(DONE(engine.cash_adjust([] {
              oms::cash_adjust request;
              request.amount = 5_money;
              return request;
          }())) == oms::status::ok);
    CHECK(DONE(engine.account_get()).equity == oms::money{INT64_C(1000000000005)});
}

void the_day() {
    oms::engine engine = ready();
    oms::phase_set phase;
    phase.phase = oms::phase::auction;
    DONE(engine.phase_set(phase));
    oms::volume_set volume;
    volume.volume = 5000_lots;
    DONE(engine.volume_set(volume));
    oms::locate_set locate;
    locate.qty = 30_lots;
    DONE(engine.locate_set(locate));
    oms::bands_set bands;
    bands.count = 1;
    bands.from[0] = 0_ticks;
    bands.step[0] = 5_ticks;
    DONE(engine.bands_set(bands));
    const oms::conditions now = DONE(engine.conditions_get(ABC));
    CHECK(now.phase == oms::phase::auction && now.volume == 5000_lots && now.located == 30_lots);
    CHECK(now.count == 1 && now.step[0] == 5_ticks);
    oms::trade trade;
    trade.price = 1004_ticks;
    trade.source = oms::trade_source::mark;
    DONE(engine.trade(trade));
    CHECK(DONE(engine.symbol_get(ABC)).mark == 1004_ticks);
    DONE(engine.timer(oms::seconds(2)));
    DONE(engine.drain(oms::seconds(2)));
    DONE(engine.timer(oms::timer{}.at(oms::seconds(3))));
    DONE(engine.drain(oms::drain{}.at(oms::seconds(3))));
    CHECK(DONE(engine.now()) == oms::seconds(3));
}

// From a submit to its fill, with what can be read then.
oms::order_id bought(oms::engine &engine, std::uint64_t client_id, oms::lots qty) {
    const auto made = DONE(engine.order_submit(buy(oms::nanos{2}, client_id, qty, 1010_ticks)));
    CHECK(!made.verdict.denied && made.order);
    oms::command commands[4];
    oms::event events[32];
    const oms::polled polled = DONE(engine.poll(oms::nanos{3}, commands, events));
    CHECK(polled.commands == 1 && commands[0].kind == oms::command_kind::new_);
    CHECK(commands[0].order == made.order);
    DONE(engine.venue_report(report(made.order, oms::report_kind::ack)));
    DONE(engine.venue_report(
        report(made.order, oms::report_kind::fill, 700 + client_id, qty, 1010_ticks)));
    return made.order;
}

void orders() {
    oms::engine engine = ready();
    oms::order_submit order = buy(oms::nanos{2}, 1, 5_lots, 1000_ticks);
    CHECK(!DONE(engine.order_check(order)).denied);
    const auto first = DONE(engine.order_submit(order));
    CHECK(engine.order_submit(order).code() == oms::status::exists);
    order.qty = 6_lots;
    const oms::verdict denied = DONE(engine.order_submit(order)).verdict;
    CHECK(denied.denied && denied.first == oms::check::client_id);
    CHECK(denied.mask == oms::check_set::of(oms::check::client_id));
    CHECK(std::strcmp(oms::to_string(denied.first), "CLIENT_ID") == 0);

    oms::order_replace replace;
    replace.order = first.order;
    replace.request_id = 9;
    replace.qty = 7_lots;
    replace.price = 999_ticks;
    CHECK(DONE(engine.order_replace(replace)).order == first.order);
    oms::order_extend extend;
    extend.order = first.order;
    extend.timeout_at = oms::seconds(9);
    DONE(engine.order_extend(extend));
    const oms::order read = DONE(engine.order_get(first.order));
    CHECK(read.order_qty == 7_lots && read.price == 999_ticks && read.status ==
                                                                     oms::order_status::pending);
    CHECK(read.timeout_at == oms::seconds(9) && read.pending.has(oms::command_kind::new_));
    CHECK(DONE(engine.order_get(oms::client_order_id{1})).order == first.order);
    CHECK(DONE(engine.order_next(oms::order_id{})).order == first.order);
    CHECK(engine.order_next(first.order).code() == oms::status::e_unknown);
    oms::order_cancel cancel;
    cancel.order = first.order;
    DONE(engine.order_cancel(cancel));
    CHECK(engine.order_cancel(cancel).code() == oms::status::e_terminal);

    oms::event events[16];
    const oms::order_log log = DONE(engine.order_log(first.order, 0, events));
    CHECK(log.count == 1 && !log.more && events[0].kind == oms::event_kind::order_status);
    CHECK(events[0].code_as<oms::order_status>() == oms::order_status::cancelled);
    CHECK(DONE(engine.order_log(oms::client_order_id{1}, 0, {})).more);

    oms::order_adopt adopt;
    adopt.client_id = oms::client_order_id{50};
    adopt.side = oms::side::sell;
    adopt.order_type = oms::order_type::limit;
    adopt.qty = 4_lots;
    adopt.price = 1200_ticks;
    const oms::order_id adopted = DONE(engine.order_adopt(adopt));
    oms::mass_cancel all;
    all.symbol = oms::all_symbols;
    all.side = oms::side::sell;
    CHECK(DONE(engine.mass_cancel(all)) == 1);
    CHECK(DONE(engine.order_get(adopted)).facts.has(oms::order_fact::acked));
}

void batches() {
    oms::engine engine = ready();
    oms::quote quotes[2] = {quoted(oms::nanos{2}, 1001_ticks), quoted(oms::nanos{3}, 1000_ticks)};
    quotes[1].ask = 1_ticks;
    oms::status codes[2];
    CHECK(DONE(engine.quote_batch(quotes, codes)) == 1);
    CHECK(codes[0] == oms::status::ok && codes[1] == oms::status::e_price);
    CHECK(engine.quote_batch(quotes, oms::span<oms::status>(codes, 1)).code() ==
          oms::status::e_size);
    oms::order_submit two[2] = {buy(oms::nanos{4}, 1, 1_lots, 1000_ticks),
                                buy(oms::nanos{4}, 2, 1_lots, 1000_ticks)};
    oms::verdict verdicts[2];
    oms::order_id ids[2];
    CHECK(DONE(engine.order_check_batch(two, codes, verdicts)) == 2);
    CHECK(engine.order_check_batch(two, codes, {}).code() == oms::status::e_size);
    CHECK(DONE(engine.order_submit_batch(two, codes, verdicts, ids)) == 2);
    CHECK(ids[0] != ids[1] && !verdicts[1].denied);
    CHECK(engine.order_submit_batch(two, codes, verdicts, oms::span<oms::order_id>(ids, 1))
              .code() == oms::status::e_size);
    CHECK(DONE(engine.order_submit_batch(two, codes, verdicts)) == 2);
    CHECK(codes[0] == oms::status::exists);
    oms::venue_report reports[1] = {report(ids[0], oms::report_kind::ack)};
    CHECK(DONE(engine.venue_report_batch(reports, codes)) == 1);
}

void polling() {
    oms::engine engine = ready();
    oms::command commands[1];
    oms::event events[4];
    oms::poller out(commands, events);
    DONE(engine.order_submit(buy(oms::nanos{2}, 1, 1_lots, 1000_ticks)));
    DONE(engine.order_submit(buy(oms::nanos{2}, 2, 1_lots, 1000_ticks)));
    DONE(engine.poll(out, oms::nanos{3}));
    CHECK(out.commands().size() == 1 && out.commands()[0].client_id == oms::client_order_id{1});
    CHECK(out.events().size() == 4 && out.more() && out.polled().more_commands);
    std::uint64_t sequence = 0;
    for (const oms::event &event : out.events()) CHECK(event.sequence == sequence++);
    while (out.more()) DONE(engine.poll(out, oms::nanos{3}));
    CHECK(out.events().first(0).empty());
}

void positions() {
    oms::engine engine = ready();
    const oms::order_id order = bought(engine, 1, 10_lots);
    const oms::position net = DONE(engine.position_net(ABC));
    CHECK(net.qty == 10_lots && net.side == oms::position_side::long_ && net.net);
    CHECK(net.opened_by == order && DONE(engine.position_get(net.position)).qty == net.qty);
    CHECK(DONE(engine.position_next(oms::position_id{})).position == net.position);
    CHECK(DONE(engine.symbol_position_next(ABC, oms::position_id{})).position == net.position);
    CHECK(DONE(engine.scope_position_net(oms::root, ABC)).position == net.position);
    CHECK(DONE(engine.execution_get(oms::execution_id{701})).order == order);
    CHECK(DONE(engine.execution_recent(0)).exec_id == oms::execution_id{701});
    CHECK(DONE(engine.execution_stats_get(oms::root)).sent == 1);
    CHECK(DONE(engine.shortfall_get(ABC)).lots == 10);

    oms::trigger_arm arm;
    arm.position = net.position;
    arm.kind = oms::trigger_kind::stop_loss;
    arm.action = oms::trigger_action::close;
    arm.level = 900_ticks;
    const oms::trigger_id stop = DONE(engine.trigger_arm(arm));
    oms::trigger_move move;
    move.trigger = stop;
    move.level = 910_ticks;
    DONE(engine.trigger_move(move));
    CHECK(DONE(engine.trigger_get(stop)).level == 910_ticks);
    oms::trigger_cancel gone;
    gone.trigger = stop;
    DONE(engine.trigger_cancel(gone));
    CHECK(!engine.trigger_get(stop));

    oms::position_exit exit;
    exit.position = net.position;
    exit.qty = 4_lots;
    exit.price = 1000_ticks;
    exit.reason = oms::exit_reason::hand;
    DONE(engine.position_exit(exit));
    oms::position_close close;
    close.position = net.position;
    const auto closing = DONE(engine.position_close(close));
    CHECK(!closing.verdict.denied && DONE(engine.order_get(closing.order)).order_qty == 6_lots);
}

void positions_by_hand() {
    oms::engine engine = ready();
    oms::position_open open;
    open.tag = 77;
    open.side = oms::position_side::long_;
    open.qty = 3_lots;
    open.price = 1000_ticks;
    const auto opened = DONE(engine.position_open(open));
    CHECK(!opened.verdict.denied);
    CHECK(DONE(engine.position_find(77)).position == opened.position);
    oms::engine other = ready();
    oms::position_adopt adopt;
    adopt.side = oms::position_side::short_;
    adopt.qty = 2_lots;
    adopt.price = 1000_ticks;
    const oms::position_id taken = DONE(other.position_adopt(adopt));
    CHECK(DONE(other.position_get(taken)).side == oms::position_side::short_);
    CHECK(DONE(engine.statistics_get(oms::root)).open == 1);
}

void risk() {
    oms::engine engine = ready();
    oms::control control;
    control.action = oms::control_action::breaker_trip;
    DONE(engine.control(control));
    const oms::breaker_status status = DONE(engine.risk_get(oms::root));
    CHECK(status.state == oms::breaker_state::open && status.cause == oms::cause::manual);
    CHECK(DONE(engine.trip_get(oms::root, 0)).cause == oms::cause::manual);
    CHECK(engine.trip_get(oms::root, 1).code() == oms::status::e_unknown);
    CHECK(DONE(engine.order_submit(buy(oms::nanos{2}, 1, 1_lots, 1000_ticks))).verdict.first ==
          oms::check::breaker);
    CHECK(DONE(engine.denials_get(oms::root)).denied == 1);
    const oms::engine &reader = engine;
    DONE(reader.kill());
    DONE(reader.kill_flatten());
    DONE(engine.timer(oms::nanos{3}));
    CHECK(DONE(engine.account_get()).trading_state == oms::trading_state::killed);
}

void scopes() {
    oms::engine engine = ready();
    oms::scope_define define;
    define.name = "desk";
    const oms::scope_id desk = DONE(engine.scope_define(define));
    CHECK(engine.scope_define(define).code() == oms::status::exists);
    CHECK(DONE(engine.scope_by_name("desk")) == desk && DONE(engine.scope_count()) == 2);
    oms::scope_limits_set limits = oms::scope_limits_off();
    limits.scope = desk;
    limits.types = oms::set_of<oms::order_type, std::uint32_t>::of(oms::order_type::limit);
    DONE(engine.scope_limits_set(limits));
    oms::scope_breaker_set breaker = DONE(engine.scope_breaker_get(oms::root));
    breaker.scope = desk;
    breaker.breaker.consecutive_losses = 2;
    DONE(engine.scope_breaker_set(breaker));
    CHECK(DONE(engine.scope_breaker_get(desk)).breaker.consecutive_losses == 2);
    const oms::scope read = DONE(engine.scope_get(desk));
    CHECK(read.name.view() == "desk" && read.parent == oms::root && read.depth == 2);
    oms::order_submit order = buy(oms::nanos{2}, 1, 8_lots, 1000_ticks);
    order.scope = desk;
    DONE(engine.order_submit(order));
    CHECK(DONE(engine.book_get(desk, ABC)).working_buy == 8_lots);
    CHECK(DONE(engine.scope_account_get(desk)).live_orders == 1);
}

void reconciling() {
    oms::engine engine = ready();
    oms::reconcile_begin begin;
    begin.lots_max = oms::off;
    begin.money_max = oms::off;
    begin.orders_max = oms::off;
    DONE(engine.reconcile_begin(begin));
    oms::reconcile_position position;
    position.long_qty = 3_lots;
    DONE(engine.reconcile_position(position));
    CHECK(engine.reconcile_position(position).code() == oms::status::ignored);
    oms::reconcile_order order;
    order.client_id = oms::client_order_id{5};
    order.side = oms::side::buy;
    order.qty = 1_lots;
    order.order_status = oms::order_status::open;
    DONE(engine.reconcile_order(order));
    CHECK(DONE(engine.reconcile_get()).state == oms::reconcile_state::rows);
    const oms::reconcile_report found = DONE(engine.reconcile_end(oms::reconcile_end{}));
    CHECK(found.state == oms::reconcile_state::done && found.symbols_differ == 1);
    CHECK(found.orders_differ == 1 && !found.tripped);
}

// Two engines that were given the same: by the doors, and as records.
void replaying() {
    oms::engine by_door = ready(), by_record = ready();
    const oms::order_submit order = buy(oms::nanos{2}, 1, 5_lots, 1000_ticks);
    DONE(by_door.order_submit(order));
    const oms::answer answer = DONE(by_record.apply(order));
    CHECK(!answer.verdict.denied);
    CHECK(DONE(by_record.order_get(oms::order_id{answer.id.value()})).order_qty == 5_lots);
    CHECK(DONE(by_door.digest()) == DONE(by_record.digest()));
    CHECK(by_record.apply(&order, 8).code() == oms::status::e_size);
    oms::audit audit;
    DONE(by_record.audit(audit));
    CHECK(audit.item == oms::audit_item::none);
}

void simulating() {
    oms::engine engine = ready(oms::mode::paper);
    oms::simulation_set how = oms::simulation_init();
    how.symbol = ABC;
    how.queue = oms::queue::front;
    DONE(engine.simulation_set(how));
    oms::fees_set fees;
    fees.symbol = ABC;
    fees.fees = DONE(oms::fees_init(oms::fee_plan::standard));
    DONE(engine.fees_set(fees));
    CHECK(ready().simulation_set(how).code() == oms::status::e_state);
    oms::bar bar;
    bar.at(oms::seconds(60));
    bar.begin = oms::seconds(1);
    bar.open = bar.low = 1000_ticks;
    bar.high = bar.close = 1020_ticks;
    bar.spread = 10_ticks;
    DONE(engine.bar(bar));
    CHECK(DONE(engine.symbol_get(ABC)).bid == 1020_ticks);
    CHECK(DONE(engine.now()) == oms::seconds(60));
}

void costs() {
    oms::slippage slippage = DONE(oms::slippage_init(oms::slippage_model::fixed));
    oms::sim_field field{};
    DONE(oms::slippage_check(slippage, field));
    slippage.share = oms::bps(10);
    oms::slippage_order taking;
    taking.price = 10000_ticks;
    taking.side = oms::side::buy;
    CHECK(DONE(oms::slippage_price(slippage, taking)) == 10010_ticks);
    CHECK(DONE(oms::slippage_worst_case(slippage, 1, 100)) == oms::ratio{600000});
    CHECK(DONE(oms::order_size_check(slippage, 1, 100, oms::pct(5))).code == oms::size_code::ok);
    CHECK(DONE(oms::slippage_fill_max(slippage, 100, 0, 5_lots)) <= 5_lots);
    const oms::depth_level asks[2] = {{100_ticks, 2_lots}, {101_ticks, 5_lots}};
    const oms::depth_fill fill =
        DONE(oms::slippage_depth(oms::side::buy, asks, 3_lots, oms::ticks{INT64_MAX}));
    CHECK(fill.filled == 3_lots && fill.worst == 101_ticks && fill.levels == 2);
    slippage.share = oms::pct(-1);
    CHECK(oms::slippage_check(slippage, field).code() == oms::status::e_config);
    CHECK(field == oms::sim_field::share);

    oms::fees fees = DONE(oms::fees_init(oms::fee_plan::standard));
    DONE(oms::fees_check(fees, field));
    CHECK(DONE(oms::fee(fees, 1000000_money, 1_lots, oms::liquidity::taker, 0)) == 1000_money);
    oms::fee_volume volume;
    DONE(oms::fee_volume_add(volume, oms::seconds(1), 40));
    CHECK(DONE(oms::fee_volume_get(volume, oms::seconds(2))) == 40);
}

void breaker_alone() {
    oms::breaker_config config = oms::breaker_config_init();
    config.consecutive_losses = 2;
    config.consecutive_errors = 2;
    CHECK(oms::breaker_size(config) > 0);
    oms::breaker breaker = DONE(oms::breaker::make(config));
    DONE(breaker.update_balance(oms::nanos{1}, 1000000_money, oms::off));
    DONE(breaker.record_order(oms::nanos{2}));
    DONE(breaker.record_end(oms::nanos{2}));
    DONE(breaker.record_error(oms::nanos{3}));
    DONE(breaker.clear_errors(oms::nanos{3}));
    CHECK(DONE(breaker.record_error(oms::nanos{4})).cause == oms::cause::none);
    DONE(breaker.record_trade(oms::nanos{5}, oms::money{-1}));
    CHECK(DONE(breaker.is_operational(oms::nanos{5})));
    CHECK(DONE(breaker.record_trade(oms::nanos{6}, oms::money{-1})).cause ==
          oms::cause::consecutive_losses);
    CHECK(!DONE(breaker.is_operational(oms::nanos{6})));
    CHECK(DONE(breaker.status(oms::nanos{6})).consecutive_losses == 2);
    CHECK(DONE(breaker.trip_get(0)).cause == oms::cause::consecutive_losses);
    DONE(breaker.trip_move(oms::nanos{7}, oms::nanos{2}));
    CHECK(DONE(breaker.trip_get(0)).at == oms::nanos{2});
    DONE(breaker.reset(oms::nanos{7}));
    CHECK(breaker.reset(oms::nanos{8}).code() == oms::status::ignored);
    CHECK(DONE(breaker.check_and_trip(oms::nanos{9}, oms::pct(-50), oms::pct(0), 0)).cause ==
          oms::cause::daily_loss);
}

} // namespace

int main() {
    setting_up();
    the_day();
    orders();
    batches();
    polling();
    positions();
    positions_by_hand();
    risk();
    scopes();
    reconciling();
    replaying();
    simulating();
    costs();
    breaker_alone();
    if (failures) std::fprintf(stderr, "%d checks failed\n", failures.load());
    return failures ? 1 : 0;
}
