// What oms.hpp must refuse: the compiler has to find a fault in every line that says `refused`, and
// in no other. tools/hpp_tests.py looks.
#include <oms.hpp>

void numbers(oms::order_submit &order, oms::quote &quote, oms::limits_set &limits) {
    order.qty = oms::lots{5};
    order.price = oms::ticks{5};
    order.qty = oms::ticks{5};                    // refused: ticks are no lots
    order.price = oms::lots{5};                   // refused: lots are no ticks
    order.price = 5;                              // refused: a bare number has no unit
    order.price = oms::ticks{5.5};                // refused: a price is whole
    order.price = oms::ticks(5.5);                // refused: a price is whole
    order.expire_at = 5;                          // refused: a bare number has no unit
    order.trail_ratio = oms::ticks{5};            // refused: ticks are no ratio
    limits.notional_max = oms::lots{5};           // refused: lots are no money
    limits.collar_ratio = 0.02;                   // refused: a ratio is a whole number of 10^-9
    quote.ask = quote.bid + oms::lots{1};         // refused: ticks and lots do not add
    quote.ask = quote.bid + 1;                    // refused: nor ticks and a bare number
    (void)(quote.bid < quote.bid_qty);            // refused: ticks and lots do not compare
    const std::int64_t bare = quote.bid;          // refused: count() gives the number
    (void)bare;
    const oms::nanos off = oms::off;              // refused: a time has no OFF
    (void)off;
}

void ids(oms::engine &engine, oms::order_cancel &cancel, oms::trigger_arm &arm) {
    const oms::order_id order{1};
    const oms::position_id position{1};
    cancel.order = order;
    arm.position = position;
    cancel.order = position;                      // refused: a position is no order
    arm.position = order;                         // refused: an order is no position
    cancel.order = 1;                             // refused: a bare number is no id
    cancel.client_id = order;                     // refused: nor is the engine's id the caller's
    (void)(order == position);                    // refused: ids of two kinds do not compare
    (void)engine.order_get(order);
    (void)engine.order_get(position);             // refused: a position is no order
    (void)engine.position_get(order);             // refused: an order is no position
    (void)engine.trigger_get(position);           // refused: a position is no trigger
    (void)engine.symbol_get(oms::symbol_id{0});
    (void)engine.symbol_get(oms::root);           // refused: a scope is no symbol
    (void)engine.symbol_get(0);                   // refused: a bare number is no symbol
    (void)engine.book_get(oms::symbol_id{0}, oms::scope_id{0}); // refused: scope first
    if (oms::symbol_id{0}) return;                // refused: the number 0 is a symbol
}

void enumerations(oms::order_submit &order, oms::venue_report &report, oms::control &control) {
    order.side = oms::side::buy;
    order.flags = oms::order_flag::reduce_only | oms::order_flag::post_only;
    order.side = oms::position_side::long_;       // refused: another enumeration
    order.side = 1;                               // refused: a number is no side
    order.side = OMS_SIDE_BUY;                    // refused: nor is the C constant
    order.order_type = oms::time_in_force::gtc;   // refused: another enumeration
    order.flags = oms::symbol_flag::hedged;       // refused: flags of something else
    order.flags = oms::order_flag::reduce_only | oms::config_flag::measure; // refused: mixed
    report.report = oms::order_status::open;      // refused: a status is no report
    report.reason = oms::exit_reason::order;      // refused: another enumeration
    control.action = oms::control_action::heartbeat;
    control.action = oms::control_flag::flatten;  // refused: a flag is no action
    (void)(order.side == oms::position_side::long_); // refused: they do not compare
    (void)oms::check_set::of(oms::cause::manual); // refused: causes are no checks
}

void engines(oms::engine &engine, const oms::engine &reader) {
    oms::engine copy = engine;                    // refused: an engine is moved, not copied
    (void)copy;
    (void)reader.account_get();
    (void)reader.quote(oms::quote{});             // refused: a const engine only reads
    (void)engine.quote(oms::trade{});             // refused: another record
    (void)engine.apply(oms::verdict{});           // refused: no request
    const oms::account account = engine.account_get(); // refused: it may have been refused
    (void)account;
}

// A request record is needed, and a result must be looked at.
void discarded(oms::engine &engine) {
    engine.timer(oms::nanos{1});                  // refused: the result is thrown away
    engine.account_get();                         // refused: the result is thrown away
}
