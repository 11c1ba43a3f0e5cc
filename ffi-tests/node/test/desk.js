'use strict';
/** An engine with one symbol and its limits, for the tests. */

const oms = require('../oms.js');

const { constants: c } = oms;

const CAPACITY = {
  orders: 64, symbols: 2, positions: 8, triggers: 8, events: 256, executions: 64, rate: 16,
  scopes: 1, books: 0,
};

/** An engine, its symbol and a clock that steps a second. */
class Desk {
  constructor(config = {}) {
    this.now = 0n;
    this.engine = new oms.Engine({
      capacity: CAPACITY,
      starting_balance: 100_000_000_000n,
      breaker: { daily_loss_money: 2_000_000_000n, orders_per_hour: -1,
        flags: c.OMS_BREAKER_FLAG_MANUAL_RESET },
      ...config,
    });
    this.symbol = this.define('BTC/USD');
    this.engine.limitsSet(oms.limitsOff({ symbol: this.symbol, qty_max: 500 }));
    this.engine.scopeLimitsSet(oms.scopeLimitsOff());
    this.quote(5_000_000, 5_000_100);
  }

  tick() {
    this.now += 1_000_000_000n;
    return this.now;
  }

  define(name) {
    const one = { mantissa: 1 };
    return this.engine.symbolDefine({ name, tick_size: { mantissa: 1, exponent: -2 },
      lot_size: { mantissa: 1, exponent: -3 }, multiplier: one, conversion: one }).symbol;
  }

  quote(bid, ask) {
    return this.engine.quote({ now: this.tick(), symbol: this.symbol, bid, ask });
  }

  /** A request to buy. */
  buy(client_id, qty, price = 5_000_100) {
    return { now: this.tick(), client_id, symbol: this.symbol, side: c.OMS_SIDE_BUY,
      order_type: c.OMS_TYPE_LIMIT, time_in_force: c.OMS_TIF_GTC, qty, price };
  }

  submit(client_id, qty, price) {
    return this.engine.orderSubmit(this.buy(client_id, qty, price));
  }

  report(order, report, more = {}) {
    return this.engine.venueReport({ now: this.tick(), order, report, ...more });
  }

  /** Submits, is acknowledged and filled; the order. */
  bought(client_id, qty, price = 5_000_100) {
    const { order } = this.submit(client_id, qty, price);
    this.engine.poll({ now: this.now });
    this.report(order, c.OMS_REPORT_ACK);
    this.report(order, c.OMS_REPORT_FILL, { exec_id: client_id, qty, price });
    return order;
  }
}

module.exports = { CAPACITY, Desk };
