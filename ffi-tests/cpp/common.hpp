// What the C++ programs share.
#ifndef COMMON_HPP
#define COMMON_HPP

#include <oms.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

inline std::atomic<int> failures{0};

#define CHECK(c) check((c), __FILE__, __LINE__, #c)
#define OK(call) status((call), OMS_OK, __FILE__, __LINE__, #call)

inline bool check(bool holds, const char *file, int line, const char *text) {
    if (!holds && failures++ < 60) std::fprintf(stderr, "%s:%d: failed: %s\n", file, line, text);
    return holds;
}

inline bool status(oms_status_t got, oms_status_t want, const char *file, int line,
                   const char *text) {
    if (got == want) return true;
    if (failures++ < 60)
        std::fprintf(stderr, "%s:%d: failed: %s\n    %s (%d), not %s\n", file, line, text,
                     oms_status_name(got), static_cast<int>(got), oms_status_name(want));
    return false;
}

inline bool light() { return std::getenv("OMS_LIGHT") != nullptr; }

// An engine in memory of its own, with one open symbol (number 0) quoted 1000/1010.
class Engine {
  public:
    explicit Engine(uint32_t orders, uint32_t flags = 0) {
        oms_config_t config;
        OK(oms_config_init(&config, sizeof config));
        config.capacity.orders = orders;
        config.capacity.events = 4 * orders;
        config.starting_balance = INT64_C(1000000000000);
        config.breaker.daily_loss_ratio = config.breaker.drawdown_ratio = OMS_OFF;
        config.breaker.consecutive_losses = config.breaker.consecutive_errors = -1;
        config.breaker.orders_per_minute = config.breaker.orders_per_hour = -1;
        config.breaker.orders_per_window = -1;
        const size_t size = oms_size(&config);
        raw_ = std::make_unique<unsigned char[]>(size + OMS_ALIGN);
        void *memory = raw_.get();
        size_t room = size + OMS_ALIGN;
        std::align(OMS_ALIGN, size, memory, room);
        OK(oms_init(memory, size, &config, &oms_));
        oms_symbol_define_t symbol;
        OMS_REQUEST_INIT(&symbol, OMS_REQUEST_SYMBOL_DEFINE);
        std::memcpy(symbol.name, "ABC", 3);
        symbol.tick_size = {1, -2, 0};
        symbol.lot_size = {1, -3, 0};
        symbol.multiplier = symbol.conversion = {1, 0, 0};
        symbol.flags = flags;
        OK(oms_symbol_define(oms_, &symbol, nullptr));
        oms_limits_set_t limits;
        OK(oms_limits_off(&limits));
        OK(oms_limits_set(oms_, &limits));
        oms_scope_limits_set_t scope;
        OK(oms_scope_limits_off(&scope));
        OK(oms_scope_limits_set(oms_, &scope));
        quote(1000);
    }

    oms_t *get() const { return oms_; }

    oms_status_t quote(oms_ticks_t bid, uint64_t now = 1) {
        oms_quote_t request;
        OMS_REQUEST_INIT(&request, OMS_REQUEST_QUOTE);
        request.header.now = now;
        request.bid = bid;
        request.ask = bid + 10;
        return oms_quote(oms_, &request);
    }

    // The order's id; 0 when denied.
    oms_id_t submit(uint64_t client_id, oms_side_t side, oms_lots_t qty, oms_verdict_t *verdict,
                    uint64_t now = 1) {
        oms_order_submit_t request;
        OMS_REQUEST_INIT(&request, OMS_REQUEST_ORDER_SUBMIT);
        request.header.now = now;
        request.client_id = client_id;
        request.side = side;
        request.order_type = OMS_TYPE_LIMIT;
        request.time_in_force = OMS_TIF_GTC;
        request.qty = qty;
        request.price = 1000;
        oms_id_t order = 0;
        OK(oms_order_submit(oms_, &request, verdict, &order));
        return order;
    }

    oms_status_t report(oms_id_t order, oms_report_kind_t kind, uint64_t exec_id = 0,
                        oms_lots_t qty = 0, uint64_t now = 1) {
        oms_venue_report_t request;
        OMS_REQUEST_INIT(&request, OMS_REQUEST_VENUE_REPORT);
        request.header.now = now;
        request.order = order;
        request.report = kind;
        request.exec_id = exec_id;
        request.qty = qty;
        request.price = qty ? 1000 : 0;
        return oms_venue_report(oms_, &request);
    }

    oms_status_t cancel(oms_id_t order, uint64_t request_id, uint64_t now = 1) {
        oms_order_cancel_t request;
        OMS_REQUEST_INIT(&request, OMS_REQUEST_ORDER_CANCEL);
        request.header.now = now;
        request.order = order;
        request.request_id = request_id;
        return oms_order_cancel(oms_, &request);
    }

    oms_polled_t poll(oms_command_t *commands, uint32_t max_commands, oms_event_t *events,
                      uint32_t max_events, uint64_t now = 1) {
        oms_poll_t request;
        oms_polled_t polled{};
        OMS_REQUEST_INIT(&request, OMS_REQUEST_POLL);
        request.header.now = now;
        request.max_commands = max_commands;
        request.max_events = max_events;
        OK(oms_poll(oms_, &request, commands, events, &polled));
        return polled;
    }

    oms_order_t order(oms_id_t id) const {
        oms_order_t out{};
        OK(oms_order_get(oms_, id, 0, &out));
        return out;
    }

    uint64_t digest() const {
        uint64_t out = 0;
        OK(oms_digest(oms_, &out));
        return out;
    }

    bool audited() const {
        oms_audit_t out{};
        return oms_audit(oms_, &out) == OMS_OK;
    }

  private:
    std::unique_ptr<unsigned char[]> raw_;
    oms_t *oms_ = nullptr;
};

#endif
