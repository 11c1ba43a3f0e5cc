/* A trend follower: in with the trend, out by stop, target or trailing stop, sized by risk. The
 * rules are simple on purpose: what matters is how they use the engine. */
#include <string.h>

#include "backtest.h"

#define SCALE 65536
#define RISK 4   /* of the equity that an entry risks, parts per 1000 */
#define VALUE 4  /* a position's value is at most so many times the equity */
#define AGAIN 50 /* steps after which a close that came to nothing is asked for again */

/* The way an entry is made and protected; they take turns. */
enum {
    PLAY_MARKET,   /* at the market, with stop and target */
    PLAY_PASSIVE,  /* a limit at our side of the market, with stop and target */
    PLAY_BREAKOUT, /* a stop beyond the market, with a stop; a trailing stop once it is open */
    PLAY_RUNNER,   /* at the market, with a stop; a trailing stop active in profit, tighter later */
    PLAYS
};

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

pace_t strategy_pace(bool bars) {
    static const pace_t of_quotes = {512, 4096, 256, 600, 300, 12000, 500};
    static const pace_t of_bars = {8, 48, 4, 4, 3, 120, 5};
    return bars ? of_bars : of_quotes;
}

void strategy_init(strategy_t *s, uint64_t steps, bool bars) {
    memset(s, 0, sizeof *s);
    s->pace = strategy_pace(bars);
    s->steps = steps;
}

/* ---- the signal */

static void signal_on_mid(strategy_t *s, int64_t mid) {
    if (s->count == 0) {
        s->fast = s->slow = mid * SCALE;
        s->high = s->low = mid;
    }
    s->fast += (mid * SCALE - s->fast) / s->pace.fast;
    s->slow += (mid * SCALE - s->slow) / s->pace.slow;
    s->high = larger(s->high, mid);
    s->low = smaller(s->low, mid);
    s->count++;
    if (s->count % s->pace.block == 0) {
        int64_t range = (s->high - s->low) * 16;
        s->range += s->range == 0 ? range : (range - s->range) / 8;
        s->high = s->low = mid;
    }
}

static int64_t usual_range(const strategy_t *s) { return larger(s->range / 16, 1); }

/* 1 up, -1 down, 0 neither. */
static int64_t trend_of(const strategy_t *s) {
    int64_t gap = s->fast - s->slow, enough = usual_range(s) * SCALE;
    return (gap > enough) - (gap < -enough);
}

/* ---- orders */

/* Whether a call did its work, or what it was about has ended or is about to. */
static void settled(oms_status_t status, const char *call) {
    if (status != OMS_E_TERMINAL && status != OMS_E_STALE && status != OMS_E_PENDING) {
        expect(status, call);
    }
}

/* Cancels the entry, once. */
static void call_off(strategy_t *s, oms_t *oms) {
    oms_order_cancel_t cancel;
    if (s->entry == 0 || s->asked_off) return;
    s->asked_off = true;
    expect(OMS_REQUEST_INIT(&cancel, OMS_REQUEST_ORDER_CANCEL), "OMS_REQUEST_INIT");
    cancel.header.now = s->quote.at;
    cancel.order = s->entry;
    cancel.request_id = ++s->numbers;
    settled(oms_order_cancel(oms, &cancel), "oms_order_cancel");
}

/* Closes at the market what is not being closed already. */
static void leave(strategy_t *s, oms_t *oms) {
    oms_position_close_t close;
    oms_verdict_t verdict;
    oms_id_t order;
    oms_status_t status;
    s->left = s->step;
    expect(OMS_REQUEST_INIT(&close, OMS_REQUEST_POSITION_CLOSE), "OMS_REQUEST_INIT");
    close.header.now = s->quote.at;
    close.position = s->position;
    status = oms_position_close(oms, &close, &verdict, &order);
    if (status != OMS_E_STATE) settled(status, "oms_position_close");
}

/* A trailing stop for what has just opened, beside the stop that came with its order. */
static void trail(strategy_t *s, oms_t *oms, int64_t price) {
    oms_trigger_arm_t arm;
    oms_id_t trigger;
    if (s->play == PLAY_MARKET || s->play == PLAY_PASSIVE) return;
    expect(OMS_REQUEST_INIT(&arm, OMS_REQUEST_TRIGGER_ARM), "OMS_REQUEST_INIT");
    arm.header.now = s->quote.at;
    arm.position = s->position;
    arm.kind = OMS_TRIGGER_TRAILING_STOP;
    arm.action = OMS_ACTION_CLOSE;
    arm.trail_offset = s->distance;
    if (s->play == PLAY_RUNNER) {
        arm.activation = larger(price + s->side * s->distance / 2, 1);
        arm.second_level = larger(price + s->side * s->distance * 6 / 2, 1);
        arm.second_offset = larger(s->distance / 2, 1);
        arm.trail_offset = larger(s->distance, 2);
    }
    settled(oms_trigger_arm(oms, &arm, &trigger), "oms_trigger_arm");
}

/* Lots of which the stop loses the share of the equity that is risked. */
static int64_t size_of(const strategy_t *s, const oms_t *oms, int64_t price) {
    oms_symbol_t symbol;
    oms_account_t account;
    int64_t equity, by_risk, by_value;
    expect(oms_symbol_get(oms, 0, &symbol), "oms_symbol_get");
    expect(oms_account_get(oms, &account), "oms_account_get");
    equity = larger(account.equity, 0);
    by_risk = equity / 1000 * RISK / symbol.money_num * symbol.money_den / s->distance;
    by_value = equity * VALUE / symbol.money_num * symbol.money_den / price;
    return smaller(by_risk, by_value);
}

static void send(strategy_t *s, oms_t *oms, oms_order_submit_t *order) {
    oms_verdict_t verdict;
    oms_id_t id = 0;
    order->client_id = ++s->numbers;
    order->header.now = s->quote.at;
    expect(oms_order_submit(oms, order, &verdict, &id), "oms_order_submit");
    s->flat_since = s->step;
    /* What is denied has its turn again after a rest. */
    if (verdict.denied == 0) {
        s->turns++;
        s->entry = id;
        s->entered = s->step;
        s->asked_off = false;
    }
}

static void enter(strategy_t *s, oms_t *oms, int64_t trend) {
    int64_t bid = s->quote.bid, ask = s->quote.ask, range = usual_range(s);
    int64_t near = trend > 0 ? bid : ask, far = trend > 0 ? ask : bid, from = far, at, qty;
    oms_order_submit_t order;
    s->play = (int)(s->turns % PLAYS);
    s->distance = larger(3 * range, 6 * (ask - bid)) + 1;
    expect(OMS_REQUEST_INIT(&order, OMS_REQUEST_ORDER_SUBMIT), "OMS_REQUEST_INIT");
    order.side = trend > 0 ? OMS_SIDE_BUY : OMS_SIDE_SELL;
    order.order_type = OMS_TYPE_MARKET;
    order.time_in_force = OMS_TIF_GTC;
    if (s->play == PLAY_PASSIVE) {
        order.order_type = OMS_TYPE_LIMIT;
        order.price = from = near;
    } else if (s->play == PLAY_BREAKOUT) {
        order.order_type = OMS_TYPE_STOP;
        order.stop_price = from = far + trend * (range / 4 + 1);
    }
    at = from - trend * s->distance;
    if (s->play == PLAY_MARKET || s->play == PLAY_PASSIVE) {
        order.take_profit = larger(from + trend * 2 * s->distance, 1);
    }
    qty = size_of(s, oms, from);
    /* Not worth it, or the price would have to fall below nothing. */
    if (qty == 0 || at < 1) {
        s->flat_since = s->step;
        return;
    }
    order.stop_loss = at;
    order.qty = qty;
    send(s, oms, &order);
}

/* An entry that has ended is none; one that has waited too long, or that the trend has left, is
 * called off. */
static void look_after_entry(strategy_t *s, oms_t *oms, int64_t trend, bool ends) {
    oms_order_t order;
    if (oms_order_get(oms, s->entry, 0, &order) != OMS_OK || order.leaves == 0) {
        s->entry = 0;
    } else if (s->step - s->entered > s->pace.patience || ends || trend == 0) {
        call_off(s, oms);
    }
}

void strategy_on_event(strategy_t *s, oms_t *oms, const oms_event_t *event) {
    if (event->kind == OMS_EVENT_POSITION_OPENED) {
        s->position = event->position;
        s->side = event->code == OMS_POSITION_LONG ? 1 : -1;
        s->opened = s->step;
        s->left = 0;
        trail(s, oms, event->price);
    } else if (event->kind == OMS_EVENT_POSITION_CLOSED && event->position == s->position) {
        s->position = 0;
        s->flat_since = s->step;
        call_off(s, oms);
    }
}

void strategy_on_quote(strategy_t *s, oms_t *oms, const quote_t *quote) {
    int64_t trend;
    bool ends;
    s->quote = *quote;
    s->step++;
    signal_on_mid(s, quote_mid(quote));
    trend = trend_of(s);
    ends = s->step + s->pace.end >= s->steps;
    if (s->entry != 0) look_after_entry(s, oms, trend, ends);
    if (s->position != 0) {
        bool held = s->step - s->opened > s->pace.hold;
        bool over = s->left > 0 || held || ends || trend == -s->side;
        bool asked = s->left > 0 && s->step - s->left < AGAIN;
        if (over && !asked) leave(s, oms);
    } else if (s->entry == 0 && s->step - s->flat_since > s->pace.rest && !ends && trend != 0 &&
               s->count > s->pace.slow) {
        enter(s, oms, trend);
    }
}
