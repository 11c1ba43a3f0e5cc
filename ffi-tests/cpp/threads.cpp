// The kill switch, thrown from another thread and from a signal handler while the engine works.
#include "common.hpp"

#include <csignal>
#include <map>
#include <thread>
#include <vector>

#include <sys/time.h>

namespace {

constexpr uint32_t ORDERS = 4096;

struct Seen {
    bool is_new = false;
    int cancels = 0;
};

// The venue answers what a kill that closes positions hands out; of the closes every third is
// rejected, and tried again by the clock. At the end it is flat, and the word of it came once.
void close_out(Engine &engine, uint64_t mix) {
    oms_command_t commands[16];
    oms_event_t events[64];
    uint64_t exec = 1u << 30, now = 2;
    int flats = 0, quiet = 0;
    while (quiet < 3) {
        const oms_polled_t polled = engine.poll(commands, 16, events, 64, now);
        for (uint32_t i = 0; i < polled.events; i++) flats += events[i].kind == OMS_EVENT_FLAT;
        for (uint32_t i = 0; i < polled.commands; i++) {
            const oms_command_t &command = commands[i];
            CHECK(command.kind != OMS_COMMAND_REPLACE);
            if (command.kind == OMS_COMMAND_CANCEL) continue;
            // Nothing but closes leaves, and none that could flip the position.
            CHECK(command.client_id >> 63 == 1 && command.flags == OMS_ORDER_REDUCE_ONLY);
            oms_position_t position{};
            OK(oms_position_get(engine.get(), command.position, &position));
            CHECK(command.qty <= position.qty);
            CHECK(position.side == (command.side == OMS_SIDE_SELL ? OMS_POSITION_LONG
                                                                  : OMS_POSITION_SHORT));
            if ((++exec + mix) % 3 == 0)
                OK(engine.report(command.order, OMS_REPORT_REJECT, 0, 0, now));
            else
                OK(engine.report(command.order, OMS_REPORT_FILL, exec, command.qty, now));
        }
        oms_timer_t timer;
        OMS_REQUEST_INIT(&timer, OMS_REQUEST_TIMER);
        timer.header.now = ++now;
        OK(oms_timer(engine.get(), &timer));
        quiet = polled.commands + polled.events == 0 ? quiet + 1 : 0;
    }
    oms_account_t account{};
    OK(oms_account_get(engine.get(), &account));
    CHECK(account.live_orders == 0 && account.open == 0);
    CHECK(account.trading_state == OMS_TRADING_KILLED);
    CHECK(flats == 1);
    CHECK(engine.audited());
}

// Submits, polls and reports until the kill is noticed; `thrown` is set once oms_kill returned.
// With `closes` it is oms_kill_flatten.
void trade_until_killed(Engine &engine, const std::atomic<bool> &thrown, uint64_t mix,
                        bool closes) {
    std::map<oms_id_t, Seen> seen;
    std::vector<oms_id_t> all, own;
    oms_command_t commands[16];
    oms_event_t events[64];
    uint64_t client = 1;
    bool killed = false, flat = false;
    const auto take = [&] {
        const bool surely_killed = thrown.load(std::memory_order_acquire);
        const oms_polled_t polled = engine.poll(commands, 16, events, 64);
        for (uint32_t i = 0; i < polled.commands; i++) {
            Seen &order = seen[commands[i].order];
            if (commands[i].client_id >> 63 == 1) {
                CHECK(closes && killed && commands[i].kind == OMS_COMMAND_NEW);
                own.push_back(commands[i].order);
            } else if (commands[i].kind == OMS_COMMAND_NEW) {
                CHECK(!surely_killed);
                CHECK(!order.is_new);
                order.is_new = true;
            } else if (commands[i].kind == OMS_COMMAND_CANCEL) {
                CHECK(order.is_new);
                order.cancels++;
            } else {
                CHECK(surely_killed ? false : commands[i].kind == OMS_COMMAND_REPLACE);
            }
        }
        for (uint32_t i = 0; i < polled.events; i++)
            flat = flat || events[i].kind == OMS_EVENT_FLAT;
        return polled;
    };
    while (!killed && client < ORDERS) {
        const bool surely_killed = thrown.load(std::memory_order_acquire);
        oms_verdict_t verdict;
        const oms_side_t side = client % 2 ? OMS_SIDE_BUY : OMS_SIDE_SELL;
        const oms_id_t id = engine.submit(client++, side, 10, &verdict);
        if (id) {
            CHECK(!surely_killed);
            all.push_back(id);
        } else {
            CHECK(verdict.mask == OMS_CHECK_BIT(OMS_CHECK_TRADING_STATE));
            CHECK(verdict.observed == OMS_TRADING_KILLED);
            killed = true;
        }
        if ((client + mix) % 3 == 0) take();
        // Some are acknowledged, filled, cancelled by us, or being replaced.
        if (!all.empty() && !killed) {
            const oms_id_t any = all[(client * 7 + mix) % all.size()];
            // (An order that is filled and being enlarged: lifecycle.c.)
            if (seen[any].is_new && engine.order(any).status != OMS_STATUS_FILLED) {
                switch ((client + mix) % 5) {
                case 0: engine.report(any, OMS_REPORT_ACK); break;
                case 1: engine.report(any, OMS_REPORT_FILL, client, 10); break;
                case 2: engine.cancel(any, client); break;
                case 3: {
                    oms_order_replace_t replace;
                    OMS_REQUEST_INIT(&replace, OMS_REQUEST_ORDER_REPLACE);
                    replace.header.now = 1;
                    replace.order = any;
                    replace.request_id = client;
                    replace.qty = 20;
                    replace.price = 1000;
                    (void)!oms_order_replace(engine.get(), &replace, &verdict, nullptr);
                    break;
                }
                default: break;
                }
            }
        }
        if (client == ORDERS - 1)
            while (!thrown.load(std::memory_order_acquire)) std::this_thread::yield();
    }
    CHECK(killed);
    // Everything the kill hands out.
    oms_polled_t polled;
    do
        polled = take();
    while (polled.more_commands || polled.more_events);
    for (const oms_id_t id : all) {
        const oms_order_t order = engine.order(id);
        const Seen &what = seen[id];
        if (!what.is_new) {
            CHECK(what.cancels == 0);
            CHECK(order.status == OMS_STATUS_CANCELLED);
        } else if (order.status == OMS_STATUS_FILLED) {
            CHECK(what.cancels <= 1);
        } else {
            CHECK(order.status == OMS_STATUS_PENDING_CANCEL);
            CHECK(what.cancels == 1);
        }
    }
    CHECK(engine.audited());
    CHECK(take().commands == 0);
    CHECK(closes || own.empty());
    // Answered, nothing is left alive.
    for (const oms_id_t id : all) {
        if (engine.order(id).facts & OMS_FACT_REPLACE_INFLIGHT)
            OK(engine.report(id, OMS_REPORT_REPLACE_REJECT));
        if (engine.order(id).facts & OMS_FACT_CANCEL_INFLIGHT)
            OK(engine.report(id, OMS_REPORT_CANCEL_ACK));
    }
    if (closes) {
        // What was handed out already is rejected; it comes again.
        for (const oms_id_t id : own) OK(engine.report(id, OMS_REPORT_REJECT));
        return flat ? (void)CHECK(engine.audited()) : close_out(engine, mix);
    }
    oms_account_t account{};
    OK(oms_account_get(engine.get(), &account));
    CHECK(account.live_orders == 0);
    CHECK(account.trading_state == OMS_TRADING_KILLED);
    do
        polled = take();
    while (polled.more_events);
    CHECK(flat == (account.open == 0));
    CHECK(engine.audited());
}

void from_a_thread() {
    const int rounds = light() ? 5 : 300;
    for (int round = 0; round < rounds; round++) {
        Engine engine(ORDERS);
        std::atomic<bool> thrown{false}, ready{false};
        std::thread other([&] {
            while (!ready.load()) std::this_thread::yield();
            for (volatile int i = 0; i < round * 97; i = i + 1) {}
            const bool closes = round % 2;
            OK(closes ? oms_kill_flatten(engine.get()) : oms_kill(engine.get()));
            thrown.store(true, std::memory_order_release);
            // Again changes nothing.
            OK(oms_kill(engine.get()));
        });
        ready.store(true);
        trade_until_killed(engine, thrown, static_cast<uint64_t>(round), round % 2);
        other.join();
    }
}

std::atomic<oms_t *> target{nullptr};
std::atomic<bool> signalled{false};

std::atomic<bool> flattens{false};

void on_signal(int) {
    (void)!(flattens.load() ? oms_kill_flatten(target.load()) : oms_kill(target.load()));
    signalled.store(true, std::memory_order_release);
}

void from_a_signal() {
    // At a known place.
    {
        Engine engine(ORDERS);
        oms_verdict_t verdict;
        oms_command_t commands[4];
        target.store(engine.get());
        signalled.store(false);
        CHECK(std::signal(SIGUSR1, on_signal) != SIG_ERR);
        const oms_id_t sent = engine.submit(1, OMS_SIDE_BUY, 1, &verdict);
        CHECK(engine.poll(commands, 4, nullptr, 0).commands == 1);
        const oms_id_t unsent = engine.submit(2, OMS_SIDE_BUY, 1, &verdict);
        CHECK(std::raise(SIGUSR1) == 0);
        CHECK(engine.submit(3, OMS_SIDE_BUY, 1, &verdict) == 0);
        CHECK(engine.poll(commands, 4, nullptr, 0).commands == 1);
        CHECK(commands[0].kind == OMS_COMMAND_CANCEL && commands[0].order == sent);
        CHECK(engine.order(unsent).status == OMS_STATUS_CANCELLED);
        CHECK(engine.audited());
    }
    // In the middle of whatever call is running.
    const int rounds = light() ? 2 : 50;
    for (int round = 0; round < rounds; round++) {
        Engine engine(ORDERS);
        target.store(engine.get());
        signalled.store(false);
        flattens.store(round % 2);
        CHECK(std::signal(SIGALRM, on_signal) != SIG_ERR);
        itimerval timer{};
        timer.it_value.tv_usec = 50 + round * 13;
        CHECK(setitimer(ITIMER_REAL, &timer, nullptr) == 0);
        trade_until_killed(engine, signalled, static_cast<uint64_t>(round), round % 2);
    }
    target.store(nullptr);
}

}  // namespace

int main() {
    from_a_thread();
    from_a_signal();
    return failures ? 1 : 0;
}
