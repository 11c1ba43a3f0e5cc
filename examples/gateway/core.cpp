#include "core.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "plays.hpp"
#include "text.hpp"

namespace gateway {

const char* call_name(Call call) {
    static const char* const names[] = {
        "empty timer",       "oms_quote",        "oms_drain",         "oms_timer",
        "oms_poll",          "oms_venue_report", "oms_order_check",   "oms_order_submit",
        "oms_order_cancel",  "oms_order_replace", "oms_order_extend", "oms_trigger_arm",
        "oms_trigger_move",  "oms_trigger_cancel", "oms_position_close", "oms_control",
        "oms_kill",          "oms_account_get",  "oms_order_get",     "oms_scope_position_net",
        "oms_trigger_get",
    };
    static_assert(sizeof names / sizeof names[0] == static_cast<std::size_t>(Call::kCount),
                  "a name for each call");
    return names[static_cast<std::size_t>(call)];
}

void Core::complain(const std::string& what) {
    constexpr std::uint64_t kShown = 20;
    ++faults_;
    if (faults_ <= kShown) {
        std::fprintf(stderr, "gateway: at %s: %s\n", utc(now_).c_str(), what.c_str());
    } else if (faults_ == kShown + 1) {
        std::fprintf(stderr, "gateway: further faults are counted, not shown\n");
    }
}

bool Core::expect(const char* call, std::int32_t status) {
    if (status < 0) {
        complain(std::string(call) + " answered " + oms_status_name(status) + ": " +
                 oms_status_text(status));
    }
    return status >= 0;
}

bool Core::open(const Session& session, const Mandate& mandate) {
    mandate_ = mandate;
    now_ = session.quotes.front().at;
    if (oms_abi_version() >> 16 != OMS_ABI_VERSION >> 16) {
        complain(format("the library's ABI is %08x, the header's %08x: rebuild the gateway",
                        static_cast<unsigned>(oms_abi_version()),
                        static_cast<unsigned>(OMS_ABI_VERSION)));
        return false;
    }
    oms_config_t config;
    if (!expect("oms_config_init", oms_config_init(&config, sizeof config))) {
        return false;
    }
    config.engine_tag = 7;
    config.starting_balance = mandate.balance * kMoney;
    config.capacity.orders = 128;
    config.capacity.symbols = 3;
    config.capacity.scopes = 6;
    config.capacity.books = 12; // a book: a scope below the root in a symbol
    config.capacity.positions = 48;
    config.capacity.triggers = 32;
    config.capacity.events = 512;
    config.capacity.executions = 512;
    config.capacity.rate = 512;
    config.breaker.daily_loss_ratio = OMS_BPS(200);
    config.breaker.drawdown_ratio = OMS_PCT(3);
    config.breaker.consecutive_losses = 12;
    config.breaker.orders_per_minute = 30;
    config.breaker.orders_per_hour = 400;
    config.breaker.orders_per_window = 4;
    config.breaker.rate_window = 1'000'000'000;
    config.retry.max = kRetries;
    config.breaker.flags = OMS_BREAKER_FLAG_MANUAL_RESET; // an operator looks before it goes on
    std::uint32_t field = OMS_FIELD_NONE;
    if (oms_config_check(&config, &field) != OMS_OK) {
        complain(std::string("the configuration is invalid: ") + oms_config_field_name(field));
        return false;
    }
    const std::size_t size = oms_size(&config);
    memory_.reset(std::aligned_alloc(OMS_ALIGN, size));
    if (memory_ == nullptr) {
        complain("no memory: the engine takes " + std::to_string(size) + " bytes");
        return false;
    }
    if (!expect("oms_init", oms_init(memory_.get(), size, &config, &oms_))) {
        return false;
    }
    return define(session.symbol, session, symbol_) &&
           define(session.symbol + "/REHEARSAL", session, rehearsal_) &&
           define(session.symbol + "/TOUR", session, tour_) &&
           size_position(session.quotes.front().mid()) && define_scopes();
}

bool Core::define(const std::string& name, const Session& session, std::uint32_t& symbol) {
    auto define = request<oms_symbol_define_t>(OMS_REQUEST_SYMBOL_DEFINE);
    std::memcpy(define.name, name.data(), name.size()); // at most 16 characters and the suffix
    define.tick_size = session.tick_size;
    define.lot_size = session.lot_size;
    define.multiplier.mantissa = 1;
    define.conversion.mantissa = 1;
    const std::string call = "oms_symbol_define with tick_size " + scaled(1, session.tick_size) +
                             " and lot_size " + scaled(1, session.lot_size);
    return expect(call.c_str(), oms_symbol_define(oms_, &define, &symbol));
}

std::int64_t Core::value(std::int64_t qty, std::int64_t price) const noexcept {
    // Quantities and prices of a desk stay far below 2^63 here: the core itself takes 128 bits.
    const std::int64_t product = qty * price;
    return product / money_den_ * money_num_ + product % money_den_ * money_num_ / money_den_;
}

void Core::quote(const Quote& quote) {
    this->quote(quote, symbol_);
    this->quote(quote, rehearsal_);
    this->quote(quote, tour_);
}

void Core::quote(const Quote& quote, std::uint32_t symbol) {
    auto record = request<oms_quote_t>(OMS_REQUEST_QUOTE);
    record.symbol = symbol;
    record.bid = quote.bid;
    record.ask = quote.ask;
    record.bid_qty = quote.bid_qty;
    record.ask_qty = quote.ask_qty;
    std::int32_t status = timed(Call::kQuote, [&] { return oms_quote(oms_, &record); });
    expect("oms_quote", status);
    while (status == OMS_MORE) { // a storm: more triggers than one call works off
        const auto drain = request<oms_drain_t>(OMS_REQUEST_DRAIN);
        status = timed(Call::kDrain, [&] { return oms_drain(oms_, &drain); });
        expect("oms_drain", status);
    }
}

void Core::timer() {
    const auto record = request<oms_timer_t>(OMS_REQUEST_TIMER);
    std::int32_t status = OMS_MORE;
    while (status == OMS_MORE) { // more deadlines than one call works off
        status = timed(Call::kTimer, [&] { return oms_timer(oms_, &record); });
        expect("oms_timer", status);
    }
}

bool Core::poll(oms_command_t* commands, std::uint32_t max_commands, oms_event_t* events,
                std::uint32_t max_events, oms_polled_t& polled) {
    auto record = request<oms_poll_t>(OMS_REQUEST_POLL);
    record.max_commands = max_commands;
    record.max_events = max_events;
    return expect("oms_poll", timed(Call::kPoll, [&] {
                      return oms_poll(oms_, &record, commands, events, &polled);
                  }));
}

std::int32_t Core::report(const oms_venue_report_t& report, const Answer& expected) {
    oms_venue_report_t record = report;
    record.header.now = now_;
    const std::int32_t status =
        timed(Call::kReport, [&] { return oms_venue_report(oms_, &record); });
    if (status != expected.code) {
        expect("oms_venue_report", status);
    }
    return status;
}

oms_order_submit_t Core::new_order() {
    auto order = request<oms_order_submit_t>(OMS_REQUEST_ORDER_SUBMIT);
    order.client_id = next_id();
    order.tag = order.client_id;
    order.symbol = symbol_;
    order.scope = scopes_.trend;
    return order;
}

bool Core::check(const oms_order_submit_t& order, oms_verdict_t& verdict) {
    return expect("oms_order_check", timed(Call::kCheck, [&] {
                      return oms_order_check(oms_, &order, &verdict);
                  }));
}

std::int32_t Core::submit(const oms_order_submit_t& order, oms_verdict_t& verdict,
                          oms_id_t& id) {
    const std::int32_t status =
        timed(Call::kSubmit, [&] { return oms_order_submit(oms_, &order, &verdict, &id); });
    expect("oms_order_submit", status);
    return status;
}

bool Core::cancel(oms_id_t order) {
    auto record = request<oms_order_cancel_t>(OMS_REQUEST_ORDER_CANCEL);
    record.order = order;
    record.request_id = next_id();
    return expect("oms_order_cancel",
                  timed(Call::kCancel, [&] { return oms_order_cancel(oms_, &record); }));
}

bool Core::replace(oms_id_t order, std::int64_t qty, std::int64_t price,
                   oms_verdict_t& verdict) {
    auto record = request<oms_order_replace_t>(OMS_REQUEST_ORDER_REPLACE);
    record.order = order;
    record.request_id = next_id();
    record.qty = qty;
    record.price = price;
    return expect("oms_order_replace", timed(Call::kReplace, [&] {
                      return oms_order_replace(oms_, &record, &verdict, nullptr);
                  }));
}

bool Core::extend(oms_id_t order, std::uint64_t timeout_at) {
    auto record = request<oms_order_extend_t>(OMS_REQUEST_ORDER_EXTEND);
    record.order = order;
    record.timeout_at = timeout_at;
    return expect("oms_order_extend",
                  timed(Call::kExtend, [&] { return oms_order_extend(oms_, &record); }));
}

oms_id_t Core::arm(oms_id_t position, std::uint8_t kind, std::int64_t level) {
    auto record = request<oms_trigger_arm_t>(OMS_REQUEST_TRIGGER_ARM);
    record.position = position;
    record.tag = next_id();
    record.level = level;
    record.kind = kind;
    record.action = OMS_ACTION_CLOSE;
    oms_id_t id = 0;
    const std::int32_t status =
        timed(Call::kArm, [&] { return oms_trigger_arm(oms_, &record, &id); });
    return expect("oms_trigger_arm", status) ? id : 0;
}

bool Core::move(oms_id_t trigger, std::int64_t level) {
    auto record = request<oms_trigger_move_t>(OMS_REQUEST_TRIGGER_MOVE);
    record.trigger = trigger;
    record.level = level;
    return expect("oms_trigger_move",
                  timed(Call::kMove, [&] { return oms_trigger_move(oms_, &record); }));
}

bool Core::disarm(oms_id_t trigger) {
    auto record = request<oms_trigger_cancel_t>(OMS_REQUEST_TRIGGER_CANCEL);
    record.trigger = trigger;
    return expect("oms_trigger_cancel",
                  timed(Call::kDisarm, [&] { return oms_trigger_cancel(oms_, &record); }));
}

bool Core::close(oms_id_t position) {
    auto record = request<oms_position_close_t>(OMS_REQUEST_POSITION_CLOSE);
    record.position = position;
    record.tag = next_id();
    oms_verdict_t verdict;
    const std::int32_t status = timed(
        Call::kClose, [&] { return oms_position_close(oms_, &record, &verdict, nullptr); });
    if (expect("oms_position_close", status) && verdict.denied != 0) {
        complain(std::string("a close was denied by ") + oms_check_name(verdict.first));
        return false;
    }
    return status >= 0;
}

void Core::control(std::uint32_t action, std::int64_t value, std::uint32_t scope) {
    auto record = request<oms_control_t>(OMS_REQUEST_CONTROL);
    record.action = action;
    record.scope = scope;
    record.value = value;
    expect("oms_control",
           timed(Call::kControl, [&] { return oms_control(oms_, &record); }));
}

void Core::kill() {
    expect("oms_kill", timed(Call::kKill, [&] { return oms_kill(oms_); }));
}

void Core::time_empty() {
    for (int i = 0; i < 100'000; ++i) {
        timed(Call::kEmpty, [] { return OMS_OK; });
    }
}

} // namespace gateway
