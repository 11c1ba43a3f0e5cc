'use strict';
/** The story of examples/story, step by step as its README has it; examples/story/story.c in C. */

const oms = require('./oms.js');

const { constants: c, names } = oms;
const SECOND = 1_000_000_000n;
const MONEY = 1_000_000n; // money has six decimals
const print = (line) => process.stdout.write(`${line}\n`);

class Story {
  constructor() {
    this.now = 0n; // the story's clock: a second from step to step
    this.order = 0n;
  }

  /**
   * An engine of the smallest kind: one symbol, a loss of 2000 a day stops it until someone has
   * looked.
   */
  start() {
    const starting = 100_000n * MONEY;
    this.engine = new oms.Engine({
      capacity: {
        orders: 64, symbols: 1, positions: 8, triggers: 8, events: 256, executions: 64,
        rate: 16, scopes: 1, books: 0,
      },
      starting_balance: starting,
      breaker: {
        daily_loss_money: 2000n * MONEY,
        orders_per_hour: -1,
        flags: c.OMS_BREAKER_FLAG_MANUAL_RESET | c.OMS_BREAKER_FLAG_REALISED_ONLY,
      },
    });
    print(`start: balance ${starting}`);
  }

  /** BTC/USD, a tick of 0.01, a lot of 0.001: one tick of one lot is 10 units of money. */
  defineSymbol() {
    const name = 'BTC/USD';
    this.symbol = this.engine.symbolDefine({
      now: this.now,
      name,
      tick_size: { mantissa: 1, exponent: -2 },
      lot_size: { mantissa: 1, exponent: -3 },
      multiplier: { mantissa: 1 },
      conversion: { mantissa: 1 },
    }).symbol;
    print(`symbol: ${name}`);
  }

  setLimits() {
    const limits = oms.limitsOff({
      now: this.now, symbol: this.symbol, qty_max: 5000, long_max: 5000, short_max: 0,
      collar_ratio: oms.percent(3),
    });
    this.engine.limitsSet(limits);
    this.engine.scopeLimitsSet(oms.scopeLimitsOff({ now: this.now }));
    print(`limits: qty ${limits.qty_max}, long ${limits.long_max}, short ${limits.short_max}, `
      + `collar ${limits.collar_ratio}`);
  }

  /** Hands out what waits: commands for the venue, then events. */
  poll() {
    const { commands, events } = this.engine.poll({
      now: this.now, maxCommands: 8, maxEvents: 32,
    });
    for (const m of commands) {
      print(`  command ${names.commandName(m.kind)}: ${names.sideName(m.side)} `
        + `${names.orderTypeName(m.order_type)}, qty ${m.qty}, price ${m.price}`);
      this.order = m.order;
    }
    for (const e of events) {
      print(`  event ${names.eventName(e.kind)}: code ${e.code}, qty ${e.qty}, `
        + `price ${e.price}, value ${e.value}`);
    }
  }

  quote(bid, ask) {
    this.now += SECOND;
    this.engine.quote({ now: this.now, symbol: this.symbol, bid, ask });
    print(`quote: ${bid} ${ask}`);
  }

  /** A limit order that buys. */
  submit(clientId, qty, price) {
    this.now += SECOND;
    const { verdict, order } = this.engine.orderSubmit({
      now: this.now,
      client_id: clientId,
      symbol: this.symbol,
      side: c.OMS_SIDE_BUY,
      order_type: c.OMS_TYPE_LIMIT,
      time_in_force: c.OMS_TIF_GTC,
      qty,
      price,
    });
    print(`submit ${clientId}: ${verdict.denied
      ? `denied by ${names.checkName(verdict.first)}, limit ${verdict.limit}, `
        + `observed ${verdict.observed}` : 'accepted'}`);
    this.order = order;
  }

  /** What the venue says of the order, and what the order is then. */
  report(kind, execution = {}) {
    this.now += SECOND;
    this.engine.venueReport({ now: this.now, order: this.order, report: kind, ...execution });
    const order = this.engine.orderGet(this.order, 0);
    print(`report ${names.reportName(kind)}: order ${names.orderStatusName(order.status)}, `
      + `filled ${order.cum_qty} of ${order.order_qty}`);
  }

  fill(execId, qty, price, commission) {
    this.report(c.OMS_REPORT_FILL, { exec_id: execId, qty, price, commission });
  }

  arm(kind, level) {
    this.now += SECOND;
    const { trigger } = this.engine.triggerArm({
      now: this.now, position: this.position, kind, action: c.OMS_ACTION_CLOSE, level,
    });
    const armed = this.engine.triggerGet(trigger);
    print(`arm ${names.triggerKindName(armed.kind)}: ${names.triggerStateName(armed.state)} at `
      + `${armed.level}`);
  }

  /** Buys two coins; the venue executes them in two parts. */
  openPosition() {
    this.quote(5_000_000, 5_000_100);
    this.submit(1, 2000, 5_000_100);
    this.poll();
    this.report(c.OMS_REPORT_ACK);
    this.fill(101, 1200, 5_000_100, 30n * MONEY);
    this.fill(102, 800, 5_000_000, 20n * MONEY);
    this.poll();
    const position = this.engine.positionNet(this.symbol);
    showPosition(position);
    this.position = position.position;
  }

  /** A stop below and a target above: each closes the whole position when it fires. */
  protect() {
    this.arm(c.OMS_TRIGGER_STOP_LOSS, 4_900_000);
    this.arm(c.OMS_TRIGGER_TAKE_PROFIT, 5_200_000);
  }

  /** The market rises, then falls through the stop; the closing order is filled below it. */
  trip() {
    this.quote(5_100_000, 5_100_100);
    showPosition(this.engine.positionGet(this.position));
    this.quote(4_899_900, 4_900_000);
    this.poll();
    this.report(c.OMS_REPORT_ACK);
    this.fill(103, 2000, 4_899_000, 49n * MONEY);
    this.poll();
    showPosition(this.engine.positionGet(this.position));
    this.showBreaker();
    this.submit(2, 100, 4_900_000);
    this.poll();
  }

  /** Someone has looked: the breaker is closed by hand, and an order passes. */
  reset() {
    this.now += SECOND;
    this.engine.control({ now: this.now, action: c.OMS_CONTROL_BREAKER_RESET });
    this.showBreaker();
    this.submit(3, 100, 4_900_000);
    this.poll();
    this.report(c.OMS_REPORT_ACK);
    this.poll();
  }

  showBreaker() {
    const s = this.engine.riskGet(0);
    print(`breaker: ${names.breakerStateName(s.state)}, cause ${names.causeName(s.cause)}, `
      + `equity ${s.equity}, session ${s.session_pnl}`);
  }

  /** What is left at the end: the account, the trades, the trip. */
  finalReport() {
    const a = this.engine.accountGet();
    const s = this.engine.statisticsGet(0);
    const t = this.engine.tripGet(0, 0);
    print(`account: equity ${a.equity}, realised ${a.realised}, commission ${a.commission}, `
      + `open ${a.open}, live orders ${a.live_orders}`);
    print(`orders: accepted ${s.accepted}, denied ${s.denied}, executions ${s.executions}`);
    print(`trades: closed ${s.closed}, wins ${s.wins}, losses ${s.losses}, total ${s.total}, `
      + `largest loss ${s.largest_loss}`);
    print(`trip: ${names.causeName(t.cause)}, limit ${t.limit}, observed ${t.observed}, `
      + `by hand ${t.by_hand}`);
  }
}

/** The money of a position, and how it ended. */
function showPosition(p) {
  print(`position: ${names.positionSideName(p.side)}, qty ${p.qty}, entry ${p.entry_price}, `
    + `realised ${p.realised}, unrealised ${p.unrealised}, commission ${p.commission}, `
    + `exit ${names.exitReasonName(p.exit)}`);
}

const story = new Story();
story.start();
story.defineSymbol();
story.setLimits();
story.openPosition();
story.protect();
story.trip();
story.reset();
story.finalReport();
story.engine.close();
