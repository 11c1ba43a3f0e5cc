// From include/oms.h by tools/bindings. Do not edit.

/** A record to be given: fields left out are 0, 64-bit fields take numbers too. */
export type Given<R> = { [F in keyof R]?: R[F] extends bigint ? bigint | number
  : R[F] extends bigint[] ? (bigint | number)[]
  : R[F] extends string | number | number[] ? R[F] : Given<R[F]> };

/** What a call that changes something answers: OMS_OK (0) or something to know (> 0). */
export interface Done {
  status: number;
}

/**
 * Limits of a breaker. -1 (OMS_OFF) switches a limit off. `oms_config_init` and
 * `oms_breaker_config_init` fill in the defaults that each field names.
 */
export interface BreakerConfig {
  /**
   * Trips when the loss since the session's start is beyond this share of the equity then,
   * parts per 10^9. Default 5 %.
   */
  daily_loss_ratio: bigint;
  /** The same in money units. Default off. */
  daily_loss_money: bigint;
  /**
   * Trips when the fall from the equity peak is beyond this share of it, parts per 10^9.
   * Default 15 %.
   */
  drawdown_ratio: bigint;
  /** The same in money units. Default off. */
  drawdown_money: bigint;
  /**
   * Trips when the trades of the current losing streak have lost this much, money units.
   * Default off.
   */
  streak_loss_money: bigint;
  /** Length of the custom rate window, nanoseconds. Default one second. */
  rate_window: bigint;
  /** Recovers by itself this long after the trip, nanoseconds. Default 60 minutes. */
  auto_reset_after: bigint;
  /**
   * After a recovery by itself, a trip within this time is latched until a reset by hand,
   * nanoseconds. Default 15 minutes.
   */
  cooldown: bigint;
  /**
   * A session begins this long after midnight of the caller's clock, nanoseconds, below one
   * day. Default 0.
   */
  session_offset: bigint;
  /** Trips at this many losing trades in a row. Default 5. */
  consecutive_losses: number;
  /** Trips at this many errors in a row. Default 3. */
  consecutive_errors: number;
  /** Orders allowed in any minute. Default 10. */
  orders_per_minute: number;
  /** Orders allowed in any hour. Default 100. */
  orders_per_hour: number;
  /** Orders allowed in any rate_window. Default off. */
  orders_per_window: number;
  /** Recoveries by itself in one session. Default 1. */
  max_auto_resets: number;
  /** OMS_BREAKER_FLAG_* bits. Default 0. */
  flags: number;
  /**
   * Orders that pass while it is half-open, after a recovery by itself. 0: it closes at once.
   * Default 0.
   */
  half_open_probes: number;
  /** Of them, positions closed with a profit that close it, 1 to half_open_probes. Default 1. */
  probe_wins: number;
  /**
   * Share of the largest quantity and position that a probe may have, parts per 10^9, 1 to
   * 10^9; rounded down, but at least a lot. Default 10 %.
   */
  probe_size: bigint;
  /**
   * Share of a limit of this breaker, parts per 10^9, 1 to 10^9, from which on OMS_EVENT_WARN
   * tells that it is near. OMS_OFF: never. Default 80 %.
   */
  warn_ratio: bigint;
}

/** One trip: `oms_trip_get`, `oms_breaker_trip_get`. */
export interface Trip {
  /** When it tripped, nanoseconds. */
  at: bigint;
  /** When it was reset, nanoseconds; 0 while it is open. */
  reset_at: bigint;
  /** Limit, in `unit`. */
  limit: bigint;
  /** Observed value, in `unit`; for a trip by hand the caller's note. */
  observed: bigint;
  /** Scope number. */
  scope: number;
  /** OMS_CAUSE_*. */
  cause: number;
  /** OMS_UNIT_* of limit and observed. */
  unit: number;
  /** 1 when only a reset by hand ends it. */
  latched: number;
  /** 1 when it was reset by hand. */
  by_hand: number;
}

/** What a breaker says of itself: `oms_breaker_status`, `oms_risk_get`. */
export interface BreakerStatus {
  /** Equity, money units; 0 before it is known. */
  equity: bigint;
  /** Highest equity, money units. */
  peak: bigint;
  /** Equity at the session's start, money units. */
  session_equity: bigint;
  /** Equity less the session's start, money units. */
  session_pnl: bigint;
  /** Loss of the current losing streak, money units, as a positive number. */
  streak_loss: bigint;
  /** (peak - equity) / peak, parts per 10^9, rounded up. */
  drawdown: bigint;
  /** Largest drawdown so far, parts per 10^9. */
  drawdown_max: bigint;
  /** When it tripped last, nanoseconds; 0 if never. */
  tripped_at: bigint;
  /** When it was reset last, nanoseconds; 0 if never. */
  reset_at: bigint;
  /** Losing trades in a row. */
  consecutive_losses: number;
  /** Errors in a row. */
  consecutive_errors: number;
  /** Trips in this session. */
  session_trips: number;
  /** Recoveries by itself in this session. */
  session_auto_resets: number;
  /** Trips kept in the history. */
  trips: number;
  /** Orders in the last minute. */
  orders_last_minute: number;
  /** Orders in the last hour. */
  orders_last_hour: number;
  /** OMS_BREAKER_*. */
  state: number;
  /** OMS_CAUSE_* of the last trip. */
  cause: number;
  /** 1 when only a reset by hand ends the trip. */
  latched: number;
  /** 1 when orders may pass. */
  operational: number;
  /** Orders that may still be sent while it is half-open. */
  probes_left: number;
  /** Of the probes: orders that live, and positions that are open. */
  probes_open: number;
  /** Of the probes: positions closed with a profit. */
  probe_wins: number;
  /** Limits that are at warn_ratio or beyond now: bits 1 << OMS_CAUSE_*. */
  warned: number;
}

/** What the gate says of a request. A denial is not an error: the call succeeded. */
export interface Verdict {
  /** All failing checks: bits 1 << OMS_CHECK_*. 0: accepted. */
  mask: bigint;
  /** Limit of the first failing check, in `unit`. */
  limit: bigint;
  /** Value observed by the first failing check, in `unit`. */
  observed: bigint;
  /** OMS_CHECK_* of the first failing check; OMS_CHECK_NONE when accepted. */
  first: number;
  /** The scope whose limit failed. */
  scope: number;
  /** 1 when denied, 0 when accepted. */
  denied: number;
  /** OMS_UNIT_* of limit and observed. */
  unit: number;
}

/** The answer to any record. */
export interface Answer {
  /** The gate's word, for records that it judges. */
  verdict: Verdict;
  /** The order, position or trigger that was made or concerned; 0 for none. */
  id: bigint;
  /** The symbol that was defined. */
  symbol: number;
  /** Commands a poll took out; they are dropped. */
  commands: number;
  /** Events a poll took out; they are dropped. */
  events: number;
  /** The scope that was defined. */
  scope: number;
  /** Orders that a mass cancel has cancelled. */
  orders: number;
}

/** Best bid and ask: `oms_quote`. A fact: marks, breaker and triggers follow it. */
export interface Quote {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number. */
  symbol: number;
  /** Best bid, ticks. */
  bid: bigint;
  /** Best ask, ticks, not below the bid. */
  ask: bigint;
  /** Quantity at the bid, lots; 0 when unknown. */
  bid_qty: bigint;
  /** Quantity at the ask, lots; 0 when unknown. */
  ask_qty: bigint;
}

/** What a venue says of an order: `oms_venue_report`. A fact: it is taken in any state. */
export interface VenueReport {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The order; 0 when client_id names it. */
  order: bigint;
  /** The caller's id of the order, read when order is 0. */
  client_id: bigint;
  /** Fill, correct: the venue's execution id as a number, not 0. It is applied once. */
  exec_id: bigint;
  /**
   * Bust, correct: the execution that is taken back or corrected, not 0. While it is kept,
   * order and client_id may both be 0.
   */
  ref_exec_id: bigint;
  /** Cancel and replace answers: the request's id, or 0 for the one outstanding. */
  request_id: bigint;
  /** A fill of an order that is not in the table: the position it belongs to; 0 when not known. */
  position: bigint;
  /**
   * Fill: lots of this execution, 1 to 2^60. Correct: its new lots. Replace ack, restate: the
   * new total, 0 for none given.
   */
  qty: bigint;
  /**
   * Fill, correct: price in ticks; 0 for a symbol that cannot have it is taken as not given.
   * Replace ack, restate: the new limit price, read when qty is not 0. Order status: the last
   * price, 0 for not given.
   */
  price: bigint;
  /** Fill, order status: the venue's total of executed lots after this report; 0 for not given. */
  venue_cum: bigint;
  /** Fill, order status: the venue's average price, whole ticks. */
  venue_avg: bigint;
  /**
   * The venue's average price: the rest, parts per 10^9 of a tick, 0 to 10^9 - 1. With
   * venue_avg 0 too: not given.
   */
  venue_avg_frac: bigint;
  /** Fill, correct: commission in money units; a rebate is negative. */
  commission: bigint;
  /** Symbol number, read when side is given. */
  symbol: number;
  /** The caller's venue number, kept with an order that is made for a fill. */
  venue: number;
  /** OMS_REPORT_*. */
  report: number;
  /** Fill: OMS_LIQUIDITY_*; not kept. */
  liquidity: number;
  /**
   * OMS_REASON_*. UNKNOWN_ORDER on a cancel reject puts the order in doubt. Kept with the order
   * when the report ends it.
   */
  reason: number;
  /**
   * OMS_SIDE_* of the order, 0 for not given. A fill of an order that is not in the table is
   * booked only with side and symbol.
   */
  side: number;
  /** Order status: OMS_STATUS_* at the venue, from SUBMITTED on without FAILED; otherwise 0. */
  order_status: number;
}

/** Asks for a new order: `oms_order_check` and `oms_order_submit`. */
export interface OrderSubmit {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /**
   * The caller's order id: not 0, top bit 0, not carried by any order in the table. Never use
   * one again: a late report by client id would reach the newer order.
   */
  client_id: bigint;
  /** The caller's mark; 0 for none. A position opened by the order is found by it. */
  tag: bigint;
  /** Position to reduce or enlarge. 0: the net position, or with OMS_SYMBOL_HEDGED a new one. */
  position: bigint;
  /**
   * Order this one is a part of; 0 for none. Handed out with the command. What all orders that
   * name a parent work and have executed is at most its quantity (check PARENT); one with
   * OMS_ORDER_PARENT must live, and be of the same symbol and side.
   */
  parent: bigint;
  /**
   * A live order of the symbol: when one of the two is executed the other is cancelled (one
   * cancels the other); 0 for none.
   */
  linked: bigint;
  /** Quantity in lots, 1 to 2^60; 0 with OMS_ORDER_CLOSE_POSITION. */
  qty: bigint;
  /** Limit price in ticks for OMS_TYPE_LIMIT, _STOP_LIMIT and _TAKE_PROFIT_LIMIT; otherwise 0. */
  price: bigint;
  /**
   * Trigger price in ticks for OMS_TYPE_STOP, _STOP_LIMIT, _TAKE_PROFIT and _TAKE_PROFIT_LIMIT;
   * otherwise 0. Not reached yet: a buy stop above the ask, a sell stop below the bid, a
   * take-profit the other way round.
   */
  stop_price: bigint;
  /** OMS_TYPE_TRAILING_STOP: distance in ticks, 1 to 2^60, or 0 with trail_ratio. */
  trail_offset: bigint;
  /**
   * OMS_TYPE_TRAILING_STOP: distance as parts per 10^9 of the best price, below 10^9, rounded
   * up to ticks, or 0 with trail_offset.
   */
  trail_ratio: bigint;
  /** Bracket: level in ticks of a stop-loss for what the order opens; 0 for none. */
  stop_loss: bigint;
  /** Bracket: level in ticks of a take-profit for what the order opens; 0 for none. */
  take_profit: bigint;
  /** With OMS_TIF_GTD: when it expires, in nanoseconds, after now; otherwise 0. */
  expire_at: bigint;
  /**
   * When it is given up: oms_timer then cancels what is left, in nanoseconds, after now; 0 for
   * never. See oms_order_extend.
   */
  timeout_at: bigint;
  /** Symbol number, from `oms_symbol_define`. */
  symbol: number;
  /** Scope number; 0 is the root. */
  scope: number;
  /** The caller's venue number, handed out with the command. */
  venue: number;
  /** OMS_ORDER_* bits. */
  flags: number;
  /** OMS_SIDE_*. */
  side: number;
  /** OMS_TYPE_*. */
  order_type: number;
  /** OMS_TIF_*. */
  time_in_force: number;
  /** OMS_HOLD_*: who waits for the trigger price. OMS_HOLD_CORE (0) for market and limit orders. */
  hold: number;
}

/**
 * Says in which phase a symbol trades, or all of them: `oms_phase_set`. A symbol begins in
 * OMS_PHASE_CONTINUOUS.
 */
export interface PhaseSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number; UINT32_MAX: every symbol that is defined. */
  symbol: number;
  /** OMS_PHASE_*. */
  phase: number;
}

/** Says what is traded of a symbol on an average day: `oms_volume_set`. */
export interface VolumeSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number. */
  symbol: number;
  /** Average daily volume, lots; OMS_OFF: it is not known. */
  volume: bigint;
}

/** Says how many lots of a symbol are located for shorts: `oms_locate_set`. */
export interface LocateSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number. */
  symbol: number;
  /** Scope number; 0 is the root: for all shorts of the symbol. */
  scope: number;
  /** All that is located, what is short already included, lots. */
  qty: bigint;
}

/** Says which steps the prices of a symbol have, band by band: `oms_bands_set`. */
export interface BandsSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number. */
  symbol: number;
  /** How many bands, 0 to 8; 0: price_step of the limits holds for every price. */
  count: number;
  /**
   * Lowest price of each band, ticks, rising; it belongs to the band. Below the first one
   * price_step of the limits holds. Zero beyond `count`.
   */
  from: (bigint)[];
  /** Prices of the band are multiples of it, ticks, > 0. Zero beyond `count`. */
  step: (bigint)[];
}

/** What was said of a symbol besides its limits and prices: `oms_conditions_get`. */
export interface Conditions {
  /** OMS_PHASE_*. */
  phase: number;
  /** Bands of the tick grid. */
  count: number;
  /** Average daily volume, lots; OMS_OFF when it is not known. */
  volume: bigint;
  /** Lots located for shorts in all; of a scope: oms_book_get. */
  located: bigint;
  /** Lowest price of each band, ticks. */
  from: (bigint)[];
  /** Step of each band, ticks. */
  step: (bigint)[];
}

/** A 128-bit integer as it crosses the ABI: value = hi × 2^64 + lo. */
export interface Int128 {
  /** Upper half, signed. */
  hi: bigint;
  /** Lower half. */
  lo: bigint;
}

/**
 * What came of the orders of a scope and those in it: `oms_execution_stats_get`. Orders that
 * were handed out count, by what they have come to as far as is known: one that a late
 * execution brings back to life, or that a bust leaves without any, counts anew.
 */
export interface ExecutionStats {
  /** Scope number; 0 is the root. */
  scope: number;
  /**
   * 1 when times and prices are measured: OMS_CONFIG_MEASURE, and in every mode but LIVE. The
   * fields from `acks` on are 0 otherwise.
   */
  measured: number;
  /**
   * Orders handed out; handed out again after a failure counts once. Orders that were taken
   * over are not among them, but count when they end.
   */
  sent: bigint;
  /** Orders that have ended with something executed, in full or in part. */
  executed: bigint;
  /**
   * Orders that have ended with nothing executed against the caller's wish: rejected by the
   * venue, not sent (retries spent), expired; IOC and FOK orders that were cancelled.
   */
  failed: bigint;
  /** All others that have ended with nothing executed: cancelled, by whom it may be. */
  cancelled: bigint;
  /** executed / (executed + failed), parts per 10^9, floored; 0 without any. */
  success_rate: bigint;
  /** Times that an order was to be sent again because it had not left: OMS_EVENT_SEND_RETRY. */
  retries: bigint;
  /** Times that nobody knew whether an order had left: OMS_REPORT_SEND_IN_DOUBT. */
  in_doubt: bigint;
  /** Orders of which the venue has said that it has them; an execution says so too. */
  acks: bigint;
  /**
   * Time from the submission to that, on average, nanoseconds of the caller's clock, floored;
   * of an order that was held here from when it was handed out.
   */
  ack_average: bigint;
  /** The longest of these times. */
  ack_worst: bigint;
  /**
   * Orders that have ended with something executed, each end counted: `executed` as it was
   * told.
   */
  ends: bigint;
  /**
   * Time from the submission, likewise, to the end: the last execution, or what ended an order
   * that was executed in part; on average, nanoseconds, floored.
   */
  end_average: bigint;
  /** The longest of these times. */
  end_worst: bigint;
  /** Executions of orders whose symbol was quoted when they were handed out for the first time. */
  executions: bigint;
  /**
   * Σ slippage in 1 / common_den money units: of each execution qty × (price - arrival price)
   * of a buy, qty × (arrival price - price) of a sell, exact: what was paid beyond the arrival
   * price, negative when it was less. The arrival price is the best price of the other side (a
   * buy's ask, a sell's bid) when the order was handed out for the first time. What is busted
   * or corrected is taken out while its order is kept.
   */
  slippage_exact: Int128;
  /** The same, money units, floored. */
  slippage: bigint;
  /** An execution on average, money units, floored. */
  slippage_average: bigint;
  /** The most that one execution paid, money units, floored; 0 when none did. */
  slippage_worst: bigint;
  /** Slippage as a share of the value at the arrival prices, parts per 10^9, floored. */
  slippage_ratio: bigint;
  /** Denominator of the common unit of all symbols. */
  common_den: bigint;
}

/**
 * What was paid beyond the arrival prices in a symbol: `oms_shortfall_get`. How it is measured:
 * oms_execution_stats_t.slippage_exact.
 */
export interface Shortfall {
  /** Executions. */
  executions: bigint;
  /** Lots executed, at most 2^63 - 1. */
  lots: bigint;
  /** Σ slippage, lots × ticks, exact. */
  slippage_exact: Int128;
  /** Σ lots × arrival price, without sign, lots × ticks, exact. */
  arrival_exact: Int128;
  /** Slippage of a lot on average: whole ticks, rounded down. */
  average: bigint;
  /** The rest, parts per 10^9 of a tick. */
  average_frac: bigint;
  /** The most that an execution paid a lot, ticks; 0 when none did. */
  worst: bigint;
  /** Σ slippage, money units, floored. */
  slippage: bigint;
  /** Slippage as a share of the value at the arrival prices, parts per 10^9, floored. */
  ratio: bigint;
  /** Symbol number. */
  symbol: number;
  /** 1 when it is measured: OMS_CONFIG_MEASURE, and in every mode but LIVE; 0: all is 0. */
  measured: number;
}

/**
 * A model of slippage and its parameters: `oms_slippage_init` fills in the defaults. Fields
 * that the model does not name are not read by `oms_slippage_price`, but they are checked by
 * `oms_slippage_check`. Ratios are parts per 10^9. p is the participation: size / volume of the
 * order that is asked about.
 */
export interface Slippage {
  /**
   * FIXED: the share of the price that every order pays. VOLUME: the same without a volume. 0
   * to 10^9. Default 0.05 %.
   */
  share: bigint;
  /**
   * What p (VOLUME), its square (VOLUME_SHARE) or the volatility × root of p (SQUARE_ROOT) is
   * multiplied by, 0 to 10^12. Default 0.1; SQUARE_ROOT: 1.
   */
  factor: bigint;
  /**
   * Participation beyond which VOLUME and VOLUME_SHARE grow no more, that oms_order_size_check
   * refuses beyond, and share of a bar that oms_slippage_fill_max lets be filled. 0 to 10^9.
   * Default 5 %; VOLUME_SHARE: 2.5 %.
   */
  participation_max: bigint;
  /**
   * SPREAD, REALISTIC and the estimate of the worst case: ask - bid as a share of their mid,
   * where no quotes are given. 0 to 10^9. Default 0.02 %.
   */
  spread: bigint;
  /**
   * REALISTIC and the estimate of the worst case: what p is multiplied by, 0 to 10^12. Default
   * 0.05.
   */
  impact: bigint;
  /**
   * REALISTIC: standard deviation of the noise as a share of the price, 0 to 10^9; 0 switches
   * it off. Default 0.02 %.
   */
  noise: bigint;
  /** SQUARE_ROOT, ALMGREN: volatility of a day, 0 to 10^12. Default 2 %. */
  volatility: bigint;
  /** ALMGREN: how long the order is worked, in days (a day is 10^9), 1 to 10^12. Default a day. */
  days: bigint;
  /**
   * ALMGREN: the shares outstanding, in the units of the order's volume. 0, the default,
   * switches the permanent part off.
   */
  outstanding: bigint;
  /** Seed of the noise. Default 24301. */
  seed: bigint;
  /** OMS_SLIPPAGE_*. */
  model: number;
}

/**
 * Says how the simulated venue executes the orders of a symbol, but for the fees:
 * `oms_simulation_set`. oms_simulation_init fills in what holds while nothing was set: at once
 * and whole, at the best price of the other side.
 */
export interface SimulationSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number; UINT32_MAX: all symbols that have no settings of their own. */
  symbol: number;
  /** OMS_QUEUE_*: where a limit order joins those that rest at its price. */
  queue: number;
  /** How long a command takes to the venue, nanoseconds. */
  latency_out: bigint;
  /** How long a report takes back, nanoseconds. */
  latency_in: bigint;
  /**
   * The most that is added to either, nanoseconds; how much follows from config.seed and the
   * number of the message.
   */
  latency_jitter: bigint;
  /**
   * Share of the displayed quantity that all orders of a side get from one quote, parts per
   * 10^9, 0 to 10^9; OMS_OFF: as much as they want.
   */
  fill_ratio: bigint;
  /** Share of new orders that the venue rejects, parts per 10^9: for tests. */
  reject_ratio: bigint;
  /** Share of new orders that do not leave and are tried again, parts per 10^9: for tests. */
  fail_ratio: bigint;
  /** Share of new orders of which nobody knows at first whether they left, parts per 10^9. */
  doubt_ratio: bigint;
  /** Value traded in 24 hours, whole units of the account's currency; 0: not known. */
  volume_24h: bigint;
  /**
   * What takers pay: any model but OMS_SLIPPAGE_DEPTH; OMS_SLIPPAGE_SQUARE_ROOT and _ALMGREN
   * need volume_24h.
   */
  slippage: Slippage;
}

/** The rates of those who have traded so much in 30 days. */
export interface FeeTier {
  /**
   * Volume from which on the tier holds, in the units of the volume that `oms_fee` is given;
   * above 0.
   */
  volume: bigint;
  /** As in the schedule. */
  maker: bigint;
  /** As in the schedule. */
  taker: bigint;
}

/**
 * The fee of an execution: |value| × rate + per_lot × |lots|, at most `maximum`, at least
 * `minimum`. A positive fee is paid by the trader, a negative one (a rebate) to the trader.
 * `oms_fees_init` fills in a named schedule.
 */
export interface Fees {
  /**
   * Share of the value charged for adding liquidity, parts per 10^9, -10^9 to 10^9; negative
   * for a rebate.
   */
  maker: bigint;
  /** The same for removing it. */
  taker: bigint;
  /** Charged for each lot on top of the share, money units; negative for a rebate. */
  per_lot: bigint;
  /**
   * Least fee of one execution, money units, 0 and more; 0: no rebates. OMS_OFF: none. It wins
   * over the maximum.
   */
  minimum: bigint;
  /** Greatest fee of one execution, money units, 0 and more; OMS_OFF: none. */
  maximum: bigint;
  /** Rates in place of maker and taker from a 30-day volume on; volumes rise. Unused ones are 0. */
  tiers: (FeeTier)[];
  /** How many tiers there are. */
  tier_count: number;
}

/**
 * Says what the simulated venue charges for executions in a symbol: `oms_fees_set`. Whatever
 * was not set is free.
 */
export interface FeesSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number; UINT32_MAX: all symbols that have no fees of their own. */
  symbol: number;
  /**
   * The schedule; volumes of its tiers are whole units of the account's currency, traded in all
   * symbols in 30 days.
   */
  fees: Fees;
}

/** How many records each table holds. */
export interface Capacity {
  /** Orders, live and ended: 1 to 16777215. Default 1024. */
  orders: number;
  /** Symbols: 1 to 65535. Default 16. */
  symbols: number;
  /** Positions, open and closed: at least `symbols`, to 16777215. Default 256. */
  positions: number;
  /** Stops and targets: 0 to 16777215. Default 256. */
  triggers: number;
  /** Events waiting to be polled: 16 to 16777215. Default 1024. */
  events: number;
  /** Executions recognised when they are reported again: 1 to 16777215. Default 1024. */
  executions: number;
  /** Scopes, the root included: 1 to 65535. Default 8. */
  scopes: number;
  /**
   * Request times for the rate windows of each scope: at least the largest rate limit. Default
   * 128.
   */
  rate: number;
  /**
   * Books: pairs of a scope below the root and a symbol that it trades, or has limits in: 0 to
   * 16777215. Default 64.
   */
  books: number;
  /**
   * Request times of each symbol, at least the largest rate limit of a symbol: 0 to 65535.
   * Memory: `symbols` × `symbol_rate` times. Default 32.
   */
  symbol_rate: number;
  /**
   * Accepted orders that are looked at for duplicates, at least as many as are accepted in a
   * `duplicate_window`: 0 to 16777215. Default 128.
   */
  recent: number;
}

/** Settings of the retries. The n-th retry waits min(cap, delay × 2^n), n from 0, and a jitter. */
export interface RetryConfig {
  /** The first wait, nanoseconds. Default 100 ms. */
  delay: bigint;
  /** The longest wait without jitter, nanoseconds, not below `delay`. Default 30 s. */
  cap: bigint;
  /**
   * The jitter added is from 0 to this share of the wait, parts per 10^9, 0 to 10^9. It follows
   * from hash_seed, client id and number of the retry. Default 0.1.
   */
  jitter: bigint;
  /** Retries after the first send, 0 to 64. Default 3. */
  max: number;
}

/** Configuration of an engine. `oms_config_init` fills in the defaults. */
export interface Config {
  /** Marks the ids of this engine, 0 to 4095: another engine's ids are told apart. Default 0. */
  engine_tag: number;
  /** Money is in account currency × 10^money_exp, -12 to 0. Default -6. */
  money_exp: number;
  /** Most trigger fires and other units of queued work one call does, 1 to 65536. Default 64. */
  work_per_call: number;
  /** Capacities of the tables. */
  capacity: Capacity;
  /** Balance at the start, money units; > 0 while a ratio limit of the breaker is on. */
  starting_balance: bigint;
  /** Stirs the hash indices; any value. Default 0. */
  hash_seed: bigint;
  /** First client id of engine-made orders, which also get the top bit; below 2^63. Default 1. */
  id_base: bigint;
  /** Limits of the breaker and the rate windows. */
  breaker: BreakerConfig;
  /** How often and when an order is handed out again that could not be sent. */
  retry: RetryConfig;
  /** OMS_CONFIG_* bits. */
  flags: number;
  /** OMS_MODE_*: where commands go. Default OMS_MODE_LIVE. */
  mode: number;
  /**
   * In the simulated modes: messages between here and the venue that may be in flight at once;
   * 0 (the default): 2 × capacity.orders + 64. With few of them resting orders are filled only
   * as messages arrive; no report is lost.
   */
  messages: number;
  /** In the simulated modes: what latency and faults are drawn by; any value. Default 0. */
  seed: bigint;
}

/**
 * Sets all limits of a symbol: `oms_limits_set`. May change while trading. In every field
 * OMS_OFF (-1) means no limit, and 0 a limit of zero: a record that is left empty lets nothing
 * trade.
 */
export interface LimitsSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number. */
  symbol: number;
  /** Scope number; 0 is the root. */
  scope: number;
  /** Smallest quantity, lots. */
  qty_min: bigint;
  /** Largest quantity, lots. */
  qty_max: bigint;
  /** Quantities are multiples of it, lots; 0 and 1 alike mean every lot. */
  qty_step: bigint;
  /** Prices are multiples of it, ticks; 0 and 1 alike mean every tick. */
  price_step: bigint;
  /** Smallest value of an order, money units. Reduce-only orders are exempt. */
  notional_min: bigint;
  /**
   * Largest value of an order, money units. A market order without a reference price has no
   * known value: it is denied unless there is no limit.
   */
  notional_max: bigint;
  /**
   * Collar: distance from the reference in ticks. Of the two collars the wider one that is not
   * off binds; with both off there is none. To use one, leave the other 0 or OMS_OFF.
   */
  collar_ticks: bigint;
  /** Collar: distance from the reference as parts per 10^9 of it, floored to ticks. */
  collar_ratio: bigint;
  /** Oldest reference price that counts, nanoseconds. */
  reference_age_max: bigint;
  /** Largest worst-case long position, lots. */
  long_max: bigint;
  /** Largest worst-case short position, lots, as a positive number. */
  short_max: bigint;
  /** OMS_LIMIT_* bits. */
  flags: number;
  /** OMS_REFERENCE_*: what collar, value of market orders and age refer to. */
  reference: number;
  /** OMS_SELF_TRADE_*: what happens when an order would cross a resting one of our own. */
  self_trade: number;
  /** Most working orders of one side. */
  open_orders_max: bigint;
  /** Most lots that working orders of one side may have, lots. */
  open_qty_max: bigint;
  /** Most positions, open ones and those that working orders may open. */
  positions_max: bigint;
  /** Types of orders that are permitted: bits 1 << OMS_TYPE_*; every bit set permits all. */
  types: number;
  /** Times in force that are permitted: bits 1 << OMS_TIF_*; every bit set permits all. */
  times_in_force: number;
  /** Largest quantity of an order as parts per 10^9 of the average daily volume. */
  adv_ratio: bigint;
  /** Largest value of working orders of both sides, this one included, money units. */
  open_notional_max: bigint;
  /** Largest value traded in this session and working, money units. */
  gross_max: bigint;
  /**
   * Largest magnitude of the value bought less the value sold in this session, with the working
   * orders of the order's side, money units.
   */
  net_max: bigint;
  /**
   * Margin that the worst case of position and working orders takes of a scope's credit, parts
   * per 10^9 of its value; below the root the larger one of the symbol's and of the scope's
   * own. OMS_OFF: it takes none.
   */
  margin_ratio: bigint;
  /** Most new and replace requests in any `rate_window`: at most capacity.symbol_rate. */
  rate_max: bigint;
  /** Length of that window, nanoseconds, > 0 while there is a limit. */
  rate_window: bigint;
  /**
   * The same side of one scope, executed at about the same price so often in `repeat_window`,
   * is held until an operator's word: see OMS_CONTROL_REPEAT_RESET. At most 16.
   */
  repeat_max: bigint;
  /** Length of that window, nanoseconds, > 0 while there is a limit. */
  repeat_window: bigint;
  /** How far apart about the same price is, ticks; OMS_OFF: any distance. */
  repeat_range: bigint;
  /**
   * Most new orders of the same scope, side, price and quantity in any `duplicate_window`: at
   * most 16, and at most capacity.recent.
   */
  duplicate_max: bigint;
  /** Length of that window, nanoseconds, > 0 while there is a limit. */
  duplicate_window: bigint;
}

/**
 * Sets all limits of a scope, over all its symbols: `oms_scope_limits_set`. OMS_OFF (-1) means
 * no limit, and 0 a limit of zero; `oms_scope_limits_off` fills in OMS_OFF everywhere.
 */
export interface ScopeLimitsSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Scope number; 0 is the root. */
  scope: number;
  /** Most working orders, of both sides. */
  open_orders_max: bigint;
  /** Most positions, open ones and those that working orders may open. */
  positions_max: bigint;
  /** Types of orders that are permitted: bits 1 << OMS_TYPE_*; every bit set permits all. */
  types: number;
  /** Times in force that are permitted: bits 1 << OMS_TIF_*; every bit set permits all. */
  times_in_force: number;
  /** Largest quantity of an order, lots. */
  qty_max: bigint;
  /** Largest value of an order, money units. */
  notional_max: bigint;
  /** Largest value of working orders of both sides, this one included, money units. */
  open_notional_max: bigint;
  /** Largest value traded in this session and working, money units. */
  gross_max: bigint;
  /**
   * Largest magnitude of the value bought less the value sold in this session, with the working
   * orders of the order's side, money units.
   */
  net_max: bigint;
  /** Credit: the margin that positions and working orders take at most, money units. */
  credit_max: bigint;
  /** Largest value of positions and working orders over equity, parts per 10^9. */
  leverage_max: bigint;
  /** Most requests (new, replace, cancel) for each fill, parts per 10^9. */
  order_to_trade_max: bigint;
  /** With fewer requests than this the ratio is not looked at. */
  order_to_trade_min: bigint;
  /** Window of that ratio, nanoseconds; 0: the session. */
  order_to_trade_window: bigint;
  /** The host's heartbeat is this old at most, nanoseconds: see OMS_CONTROL_HEARTBEAT. */
  heartbeat_max: bigint;
  /** More cancel requests than this in any `cancel_window` warn. They are never refused. */
  cancel_max: bigint;
  /** Length of that window, nanoseconds, > 0 while there is a limit. */
  cancel_window: bigint;
  /**
   * Share of a limit, parts per 10^9, from which on OMS_EVENT_WARN tells that it is near, when
   * an order that was accepted brings it there: POSITION, OPEN_ORDERS, those in money, GROUP,
   * POSITIONS, rates, SHORT, ORDER_TO_TRADE; QTY, NOTIONAL, COLLAR, ADV and DUPLICATE of the
   * order itself; of the scope and of symbols in it. Each check is told once for each symbol
   * and scope until an order finds it below again. REPEAT is told by an execution, HEARTBEAT by
   * the clock. OMS_OFF: never.
   */
  warn_ratio: bigint;
}

/**
 * Sets the limit of a group of symbols (a sector, a cluster), and who belongs to it:
 * `oms_group_set`.
 */
export interface GroupSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Number of the group: 1 to capacity.symbols. */
  group: number;
  /** Symbol number; read with OMS_GROUP_JOIN and OMS_GROUP_LEAVE, else 0. */
  symbol: number;
  /**
   * Largest exposure of the group, money units: Σ over its symbols of the worst case of
   * position and working orders. OMS_OFF (-1): no limit. 0: nothing that enlarges it passes.
   */
  max: bigint;
  /** OMS_GROUP_*: at most one of JOIN and LEAVE. 0: only the limit is set. */
  flags: number;
}

/** mantissa × 10^exponent, for tick sizes, lot sizes, multipliers and conversions. */
export interface Decimal {
  /** Digits: > 0 wherever a symbol carries one. */
  mantissa: bigint;
  /** Power of ten, -18 to 18. */
  exponent: number;
}

/**
 * Defines a symbol: `oms_symbol_define`. Its limits are separate: without them nothing trades,
 * as all of them are 0 (an order is denied by PERMISSION with limit 0).
 */
export interface SymbolDefine {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Name: 1 to 31 bytes of printable ASCII, the rest zero. Unique. */
  name: string;
  /** Size of a tick in quote currency, > 0. */
  tick_size: Decimal;
  /** Size of a lot in units of the instrument, > 0. */
  lot_size: Decimal;
  /** Contract multiplier, > 0; 1 for spot. */
  multiplier: Decimal;
  /** Account currency for one unit of quote currency, > 0; 1 when they are the same. */
  conversion: Decimal;
  /** OMS_SYMBOL_* bits. */
  flags: number;
  /** OMS_TRIGGER_SOURCE_*: which price fires triggers and held orders. */
  trigger_source: number;
}

/** A trade in the market, the official close, or a mark price: `oms_trade`. */
export interface Trade {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number. */
  symbol: number;
  /** OMS_TRADE_*. */
  source: number;
  /** Price, ticks. */
  price: bigint;
  /** Quantity, lots; 0 when unknown. */
  qty: bigint;
}

/**
 * A bar of a symbol, in PAPER and BACKTEST: `oms_bar`. The prices are bids; the ask is `spread`
 * above them.
 */
export interface Bar {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Symbol number. */
  symbol: number;
  /** First price, ticks. */
  open: bigint;
  /** Highest price, ticks; not below any other. */
  high: bigint;
  /** Lowest price, ticks; not above any other. */
  low: bigint;
  /** Last price, ticks. */
  close: bigint;
  /**
   * What was traded in it, lots; 0 when unknown. A quarter of it is offered on each side at
   * each of the four prices.
   */
  volume: bigint;
  /**
   * Ticks from bid to ask, >= 0. With 0 the prices are those of trades: a limit order that
   * rests must be passed by one tick to be filled.
   */
  spread: bigint;
  /** When it begins, nanoseconds: not before the engine's clock, not after header.now. */
  begin: bigint;
}

/**
 * Time passes: `oms_timer`. Sessions roll, the breaker recovers, orders time out and are sent
 * again when due.
 */
export interface Timer {
  /** The caller's time, nanoseconds. */
  now: bigint;
}

/** Goes on with queued work: `oms_drain`. */
export interface Drain {
  /** The caller's time, nanoseconds. */
  now: bigint;
}

/** An operator's or the host's word: `oms_control`. */
export interface Control {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** OMS_CONTROL_*. */
  action: number;
  /** Scope number; 0 is the root. */
  scope: number;
  /** As the action says. */
  value: bigint;
  /** With OMS_CONTROL_FLAG_SYMBOL the symbol; otherwise 0. */
  symbol: number;
  /** OMS_CONTROL_FLAG_* bits. */
  flags: number;
}

/** A deposit (> 0) or withdrawal (< 0): `oms_cash_adjust`. */
export interface CashAdjust {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Money units; moves equity, session start and peak alike. */
  amount: bigint;
  /** Scope number; 0 is the root. */
  scope: number;
}

/** Many orders are cancelled: `oms_mass_cancel`. */
export interface MassCancel {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Of this scope and all below it; 0: of all. */
  scope: number;
  /** Of this symbol; UINT32_MAX: of all. */
  symbol: number;
  /**
   * Of this side, OMS_SIDE_*: its orders and, with FLATTEN, what they have opened
   * (OMS_SIDE_BUY: longs); 0: of both.
   */
  side: number;
  /** OMS_MASS_CANCEL_* bits. */
  flags: number;
}

/** Takes commands and events out: `oms_poll`. */
export interface Poll {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** At most this many commands: the length of the array given. */
  max_commands: number;
  /** At most this many events: the length of the array given. */
  max_events: number;
}

/** What the host must send to the venue. Handed out once, by `oms_poll`. */
export interface Command {
  /** Number of this command, from 1, without gaps. */
  sequence: bigint;
  /** When it was handed out, nanoseconds. */
  at: bigint;
  /** The order. */
  order: bigint;
  /** Its client id; engine-made orders have the top bit set. */
  client_id: bigint;
  /** Cancel, replace: the request's id. */
  request_id: bigint;
  /** The order's mark. */
  tag: bigint;
  /** The position the order belongs to; 0 for a net or a new one. */
  position: bigint;
  /** The order's parent; 0 for none. */
  parent: bigint;
  /** New: quantity. Replace: new total quantity. Lots. */
  qty: bigint;
  /** New: limit price, 0 at the market. Replace: new limit price. Ticks. */
  price: bigint;
  /**
   * New: trigger price of a stop that the venue holds, otherwise 0. Replace: the new one.
   * Ticks.
   */
  stop_price: bigint;
  /** New, of a trailing stop that the venue holds: distance in ticks; otherwise 0. */
  trail_offset: bigint;
  /** New, of a trailing stop that the venue holds: distance, parts per 10^9; otherwise 0. */
  trail_ratio: bigint;
  /** New, with OMS_TIF_GTD: when it expires, nanoseconds. */
  expire_at: bigint;
  /** Symbol number. */
  symbol: number;
  /** Scope number. */
  scope: number;
  /** The venue number of the order. */
  venue: number;
  /** OMS_ORDER_* bits. */
  flags: number;
  /** OMS_COMMAND_*. */
  kind: number;
  /** OMS_SIDE_*. */
  side: number;
  /** OMS_TYPE_*: of a stop that was held here what it is now, OMS_TYPE_MARKET or _LIMIT. */
  order_type: number;
  /** OMS_TIF_*. */
  time_in_force: number;
}

/** Something that happened. Which fields say something depends on the kind: OMS_EVENT_*. */
export interface Event {
  /** Number of this event, from 0, without gaps: a jump tells how many were lost. */
  sequence: bigint;
  /** When, nanoseconds. */
  at: bigint;
  /** The order; 0 for none. */
  order: bigint;
  /** The position; 0 for none. */
  position: bigint;
  /** The trigger; 0 for none. */
  trigger: bigint;
  /**
   * Client id of the order or of the refused request; 0 in OMS_EVENT_TRIGGER_*, where `order`
   * names it.
   */
  client_id: bigint;
  /** The caller's mark of the order, position or trigger. */
  tag: bigint;
  /** Failing checks: bits 1 << OMS_CHECK_*. */
  mask: bigint;
  /** Price, ticks. */
  price: bigint;
  /** Quantity, lots. */
  qty: bigint;
  /** Money units, or what the kind says. */
  value: bigint;
  /** Limit that was reached, in `unit`. */
  limit: bigint;
  /** Value that was observed, in `unit`. */
  observed: bigint;
  /** Symbol number. */
  symbol: number;
  /** Scope number. */
  scope: number;
  /** As the kind says. */
  code: number;
  /** OMS_EVENT_*. */
  kind: number;
  /** OMS_SIDE_* of the order, for a trigger of the order that closes; 0 for none. */
  side: number;
  /** OMS_UNIT_* of limit and observed. */
  unit: number;
  /** Events of executions: the venue's id; 0 for one that was inferred, and for other events. */
  exec_id: bigint;
}

/** What a poll handed out. */
export interface Polled {
  /** Commands handed out. */
  commands: number;
  /** Events handed out. */
  events: number;
  /** Events lost since the start because nobody took them. */
  events_lost: bigint;
  /** 1 when commands are left: poll again. */
  more_commands: number;
  /** 1 when events are left: poll again. */
  more_events: number;
}

/** Asks to cancel an order: `oms_order_cancel`. Never refused by risk. */
export interface OrderCancel {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The order; 0 when client_id names it. */
  order: bigint;
  /** The caller's id of the order, read when order is 0. */
  client_id: bigint;
  /**
   * The caller's id of this cancel request: not 0, top bit 0, used once; this is not checked.
   * The same id again, while it is in flight, is ignored.
   */
  request_id: bigint;
}

/** Asks to change quantity and price of an order: `oms_order_replace`. */
export interface OrderReplace {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The order; 0 when client_id names it. */
  order: bigint;
  /** The caller's id of the order, read when order is 0. */
  client_id: bigint;
  /** The caller's id of this replace request: not 0, top bit 0, used once; this is not checked. */
  request_id: bigint;
  /** New total quantity in lots, filled part included, 1 to 2^60. */
  qty: bigint;
  /** New limit price in ticks; 0 for orders without one. */
  price: bigint;
  /**
   * New trigger price in ticks, while it has not been reached; 0 for orders without one. The
   * distance of a trailing stop stays.
   */
  stop_price: bigint;
}

/** Changes when an order is given up: `oms_order_extend`. Nothing is told to the venue. */
export interface OrderExtend {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The order; 0 when client_id names it. */
  order: bigint;
  /** The caller's id of the order, read when order is 0. */
  client_id: bigint;
  /** When it is given up, nanoseconds, after now; 0 for never. */
  timeout_at: bigint;
}

/**
 * Takes over an order that lives at the venue: `oms_order_adopt`. No check is made and no
 * position moves; its leaves are reserved.
 */
export interface OrderAdopt {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Its client id, not 0; an engine-made one, with its top bit, too. */
  client_id: bigint;
  /** The caller's mark; 0 for none. */
  tag: bigint;
  /** Position it reduces or enlarges; 0: the net position, or with OMS_SYMBOL_HEDGED a new one. */
  position: bigint;
  /** Order this one belongs to; 0 for none. */
  parent: bigint;
  /** Quantity in lots, 1 to 2^60, executed part included. */
  qty: bigint;
  /** Executed so far, lots, below qty. */
  cum_qty: bigint;
  /** Σ qty × price of what is executed, lots × ticks. */
  notional: Int128;
  /** Limit price in ticks, for types that have one; otherwise 0. */
  price: bigint;
  /** Trigger price in ticks, for types that have one; otherwise 0. */
  stop_price: bigint;
  /** OMS_TYPE_TRAILING_STOP: distance in ticks, or 0. */
  trail_offset: bigint;
  /** OMS_TYPE_TRAILING_STOP: distance as parts per 10^9, or 0. */
  trail_ratio: bigint;
  /** With OMS_TIF_GTD: when it expires, nanoseconds; otherwise 0. */
  expire_at: bigint;
  /** When it is given up, nanoseconds, after now; 0 for never. */
  timeout_at: bigint;
  /** Σ commissions so far, money units; kept with the order, the account does not move. */
  commission: bigint;
  /** Symbol number. */
  symbol: number;
  /** Scope number; 0 is the root. */
  scope: number;
  /** The caller's venue number. */
  venue: number;
  /** OMS_ORDER_* bits, OMS_ORDER_CLOSE_POSITION excepted. */
  flags: number;
  /** OMS_SIDE_*. */
  side: number;
  /** OMS_TYPE_*. */
  order_type: number;
  /** OMS_TIF_*. */
  time_in_force: number;
  /** OMS_HOLD_VENUE for stop types: what is held here is submitted anew instead. */
  hold: number;
}

/**
 * Arms a stop or target on an open position: `oms_trigger_arm`. A long position is watched on
 * the bid, a short one on the ask: the price at which it could be closed; where the symbol has
 * another trigger_source, on that price. A level that is crossed already fires at once.
 * OMS_TRIGGER_TRAILING_STOP has level 0 and one of trail_offset and trail_ratio: its level
 * stays so far behind the best price (of a long the highest, of a short the lowest) since it
 * became active, and never goes back. The fields after venue are 0 in the other kinds.
 */
export interface TriggerArm {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The open position: from OMS_EVENT_POSITION_OPENED, oms_position_net or oms_position_find. */
  position: bigint;
  /** The caller's mark; 0 for none. */
  tag: bigint;
  /** Level in ticks: it fires when the price reaches it or goes beyond. 0 for a trailing stop. */
  level: bigint;
  /** Lots to close; 0 for the whole position, whatever it is when it fires. */
  qty: bigint;
  /** OMS_TRIGGER_*. */
  kind: number;
  /** OMS_ACTION_*. */
  action: number;
  /** The caller's venue number for the closing order. */
  venue: number;
  /** Distance of a trailing stop from the best price, ticks; 0 with trail_ratio. */
  trail_offset: bigint;
  /**
   * The same as parts per 10^9 of the best price, below 10^9, rounded up to ticks, at least
   * one; 0 with trail_offset.
   */
  trail_ratio: bigint;
  /**
   * The trailing stop becomes active when the price reaches this, ticks, and begins with that
   * price as the best; before it has no level. 0: at once.
   */
  activation: bigint;
  /**
   * When the price reaches this while it is active, the second distance is in force from then
   * on, ticks; 0 for none.
   */
  second_level: bigint;
  /**
   * The second distance, ticks, smaller than trail_offset; 0 with trail_ratio or without
   * second_level.
   */
  second_offset: bigint;
  /**
   * The second distance, parts per 10^9, smaller than trail_ratio; 0 with trail_offset or
   * without second_level.
   */
  second_ratio: bigint;
  /**
   * The best price counts in whole multiples of this, ticks, up to 2^32 - 1; 0 and 1 alike mean
   * every tick. At most OMS_TRAIL_STEPS different ones (above 1) a symbol and side.
   */
  step: bigint;
}

/**
 * Moves an armed trigger of a position to another level: `oms_trigger_move`. It keeps its id
 * and its place among equal levels is the last one. A trailing stop is not moved: cancel it and
 * arm another. What a held order waits for is moved by `oms_order_replace`.
 */
export interface TriggerMove {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The trigger. */
  trigger: bigint;
  /** New level in ticks. */
  level: bigint;
}

/**
 * Cancels an armed trigger of a position: `oms_trigger_cancel`. What a held order waits for
 * goes with the order.
 */
export interface TriggerCancel {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The trigger. */
  trigger: bigint;
}

/** Closes an open position, or a part, at the market: `oms_position_close`. */
export interface PositionClose {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The position. */
  position: bigint;
  /** Lots to close; 0 for all that is not being closed already. */
  qty: bigint;
  /** The caller's mark of the closing order; 0 for none. */
  tag: bigint;
  /** The caller's venue number for the closing order. */
  venue: number;
}

/**
 * Opens a position by hand, without an order: `oms_position_open`. On a net symbol that has a
 * position of the same side it enlarges that.
 */
export interface PositionOpen {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The caller's mark, by which it is found; 0 for none. */
  tag: bigint;
  /** Lots, 1 to 2^60. */
  qty: bigint;
  /** Entry price, ticks. */
  price: bigint;
  /** Commission of the entry, money units; a rebate is negative. */
  commission: bigint;
  /** Symbol number. */
  symbol: number;
  /** Scope number; 0 is the root. */
  scope: number;
  /** OMS_POSITION_*. */
  side: number;
}

/** Closes a position, or a part, by hand at a given price: `oms_position_exit`. */
export interface PositionExit {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The open position. */
  position: bigint;
  /** Lots to close; 0 for all. */
  qty: bigint;
  /** Exit price, ticks. */
  price: bigint;
  /** Commission of the exit, money units; a rebate is negative. */
  commission: bigint;
  /** OMS_EXIT_*: why; NONE (0) is kept as HAND. */
  reason: number;
}

/**
 * Takes over a position of an earlier run: `oms_position_adopt`. No check is made, and nothing
 * is realised: the starting balance is what was there after all that happened before.
 */
export interface PositionAdopt {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The caller's mark, by which it is found; 0 for none. */
  tag: bigint;
  /** Open lots, 1 to 2^60. */
  qty: bigint;
  /** Entry cost of the open lots, lots × ticks; 0: qty × price. */
  cost: Int128;
  /** Entry price in ticks, read when cost is 0. */
  price: bigint;
  /** Σ commissions so far, money units: they count in its outcome, not in the account. */
  commission: bigint;
  /** When it was opened, nanoseconds; not after now. */
  opened_at: bigint;
  /** Symbol number. */
  symbol: number;
  /** Scope number; 0 is the root. */
  scope: number;
  /** OMS_POSITION_*. */
  side: number;
}

/** An order: `oms_order_get`. */
export interface Order {
  /** Its id. */
  order: bigint;
  /** Its client id. */
  client_id: bigint;
  /** The caller's mark. */
  tag: bigint;
  /**
   * The position it belongs to; 0 for an order of a net symbol that named none (see
   * oms_position_net), and before the first execution of one that opens a position.
   */
  position: bigint;
  /** The order it belongs to; 0 for none. */
  parent: bigint;
  /** The trigger that sent it, or that waits to send it; 0 for none. */
  trigger: bigint;
  /** The order that it and this one cancel each other with; 0 for none. */
  linked: bigint;
  /**
   * Stop-loss and take-profit that its bracket armed last; 0 for none, or not yet. The id stays
   * when the trigger has ended (OMS_E_STALE).
   */
  legs: (bigint)[];
  /** Quantity, lots, as the venue last agreed. */
  order_qty: bigint;
  /** Executed, lots. */
  cum_qty: bigint;
  /** Open at the venue, lots: 0 once it has ended. */
  leaves: bigint;
  /** Limit price, ticks; 0 at the market. */
  price: bigint;
  /**
   * Trigger price, ticks; 0 without one. Of a trailing stop that is held here its present
   * level, 0 before the first quote.
   */
  stop_price: bigint;
  /** Distance of a trailing stop in ticks; otherwise 0. */
  trail_offset: bigint;
  /** Distance of a trailing stop, parts per 10^9; otherwise 0. */
  trail_ratio: bigint;
  /** Bracket: level of the stop-loss, ticks; 0 for none. */
  stop_loss: bigint;
  /** Bracket: level of the take-profit, ticks; 0 for none. */
  take_profit: bigint;
  /** Σ qty × price of its executions, lots × ticks. */
  notional: Int128;
  /** Average price: whole ticks, rounded down; 0 without executions. */
  avg_price: bigint;
  /** Average price: the rest, parts per 10^9 of a tick, rounded down. */
  avg_price_frac: bigint;
  /** Σ commissions, money units. */
  commission: bigint;
  /** Part of cum_qty that was inferred from the venue's total and not reported yet, lots. */
  gap_qty: bigint;
  /** Cancel in flight: id of the request; otherwise 0. */
  cancel_id: bigint;
  /** Replace in flight: id of the request; otherwise 0. */
  replace_id: bigint;
  /** Replace in flight: new quantity, lots; otherwise 0. */
  replace_qty: bigint;
  /** Replace in flight: new price, ticks; otherwise 0. */
  replace_price: bigint;
  /** Replace in flight: new trigger price, ticks; otherwise 0. */
  replace_stop_price: bigint;
  /** With OMS_TIF_GTD: when it expires, nanoseconds. */
  expire_at: bigint;
  /** When it is given up, nanoseconds; 0 for never. */
  timeout_at: bigint;
  /**
   * When it is handed out again after it could not be sent or, at the venue, asked to cancel
   * again after that was refused, nanoseconds; 0 when it is not.
   */
  retry_at: bigint;
  /** When it was submitted, nanoseconds. */
  created_at: bigint;
  /** When it was handed out, nanoseconds; 0 if not yet. */
  sent_at: bigint;
  /** When a fact last changed, nanoseconds. */
  updated_at: bigint;
  /** Symbol number. */
  symbol: number;
  /** Scope number. */
  scope: number;
  /** Venue number. */
  venue: number;
  /** OMS_ORDER_* bits. */
  flags: number;
  /** OMS_FACT_* bits. */
  facts: number;
  /** OMS_MARK_* bits. */
  marks: number;
  /** Times it was handed out again after it could not be sent. */
  retries: number;
  /** OMS_REASON_*: why it ended, as the venue said. */
  reason: number;
  /** OMS_STATUS_*. */
  status: number;
  /** OMS_FIX_*. */
  fix_status: number;
  /** OMS_SIDE_*. */
  side: number;
  /** OMS_TYPE_* as submitted: with OMS_FACT_TRIGGERED it is a market or limit order now. */
  order_type: number;
  /** OMS_TIF_*. */
  time_in_force: number;
  /** OMS_END_*. */
  end: number;
  /** OMS_HOLD_*. */
  hold: number;
  /** Commands not handed out yet: bits 1 << OMS_COMMAND_*. */
  pending: number;
  /** What its children work and have executed, lots: see OMS_CHECK_PARENT. */
  children: bigint;
}

/** Where the search through the kept events of one order has come to: `oms_order_log`. */
export interface OrderLog {
  /**
   * Go on from here when `more` is 1: the number of the first event that had no place in the
   * array. Otherwise the number of the next event there will be.
   */
  next: bigint;
  /** Number of the oldest event, of whatever kind, that is still kept. */
  oldest: bigint;
  /** Events written. */
  count: number;
  /** 1 when the array was too short. */
  more: number;
  /**
   * 1 when events since the order was made have been overwritten: some of them may have been
   * its own. Of an order that is not in the table any more: when any event was overwritten.
   */
  overwritten: number;
}

/** An execution that is kept: `oms_execution_get`. */
export interface Execution {
  /** The venue's id. */
  exec_id: bigint;
  /** The order; its record may be gone. */
  order: bigint;
  /** The position it made smaller; 0 for none. */
  exit_position: bigint;
  /** The position it opened or made larger; 0 for none. */
  entry_position: bigint;
  /** Lots as reported. */
  qty: bigint;
  /** Lots that were booked for it: 0 when they were known already, or are taken back. */
  applied_qty: bigint;
  /** Price in ticks as reported. */
  price: bigint;
  /** Value that was booked, lots × ticks. */
  value: Int128;
  /** Commission, money units. */
  commission: bigint;
  /** The execution that corrects it; 0 for none. */
  superseded_by: bigint;
  /** Symbol number, read with side. */
  symbol: number;
  /** OMS_SIDE_* of the order; 0 when it is not known any more. */
  side: number;
  /** 1 when it was taken back. */
  busted: number;
  /** 1 when it was taken back or corrected before its own report has come. */
  awaited: number;
}

/** A position: `oms_position_get`. */
export interface Position {
  /** Its id. */
  position: bigint;
  /** Mark of the order that opened it, or the one given by hand. */
  tag: bigint;
  /** The order that opened it; 0 when it was opened by hand or taken over. */
  opened_by: bigint;
  /** The order that closed it; 0 while it is open, or when it was closed by hand. */
  closed_by: bigint;
  /** Open quantity, lots; 0 when it is closed. */
  qty: bigint;
  /** Lots that live orders are closing. */
  closing: bigint;
  /** Entry cost of the open quantity, lots × ticks. */
  cost: Int128;
  /** Realised PnL before commissions, lots × ticks. */
  realised_exact: Int128;
  /** Unrealised PnL at the last mark, lots × ticks; 0 before the first. */
  unrealised_exact: Int128;
  /** Average entry price over all entries: whole ticks, rounded down. */
  entry_price: bigint;
  /** Average entry price: the rest, parts per 10^9 of a tick. */
  entry_price_frac: bigint;
  /** Average exit price over all exits: whole ticks, rounded down; 0 before the first. */
  exit_price: bigint;
  /** Average exit price: the rest, parts per 10^9 of a tick. */
  exit_price_frac: bigint;
  /** Realised PnL before commissions, money units, floored. */
  realised: bigint;
  /** Unrealised PnL, money units, floored. */
  unrealised: bigint;
  /** Σ commissions, money units. */
  commission: bigint;
  /** Realised and unrealised PnL less commissions, money units, floored. */
  total: bigint;
  /** Closed: what it brought, net of commissions, money units; 0 while it is open. */
  outcome: bigint;
  /**
   * Unrealised PnL as a share of the entry cost of the open quantity, parts per 10^9, floored;
   * 0 when that cost is 0.
   */
  unrealised_ratio: bigint;
  /** Total as a share of the value of all entries, parts per 10^9, floored; 0 when that is 0. */
  return_ratio: bigint;
  /** When it was opened, nanoseconds. */
  opened_at: bigint;
  /** When it was closed, nanoseconds; 0 while it is open. */
  closed_at: bigint;
  /** How long it was held so far, or until it was closed, nanoseconds. */
  held: bigint;
  /** Symbol number. */
  symbol: number;
  /** Scope number. */
  scope: number;
  /** Its stops and targets. */
  triggers: number;
  /** OMS_POSITION_*. */
  side: number;
  /** OMS_EXIT_*; NONE while it is open. */
  exit: number;
  /** 1 when it is its symbol's net position. */
  net: number;
}

/** A trigger: `oms_trigger_get`. */
export interface Trigger {
  /** Its id. */
  trigger: bigint;
  /** The position; 0 for the trigger of a held order. */
  position: bigint;
  /**
   * The order that closes, while one is under way; OMS_ACTION_RELEASE: the held order;
   * otherwise 0.
   */
  order: bigint;
  /** The caller's mark. */
  tag: bigint;
  /** Level, ticks. Of a trailing stop 0 before it is active. */
  level: bigint;
  /** Lots to close; 0 for the whole position. */
  qty: bigint;
  /** Fired: lots still to be closed. */
  left: bigint;
  /** When it last fired, nanoseconds; 0 if never. */
  fired_at: bigint;
  /** Symbol number. */
  symbol: number;
  /** The venue number for the closing order. */
  venue: number;
  /** OMS_TRIGGER_*. */
  kind: number;
  /** OMS_ACTION_*. */
  action: number;
  /** OMS_TRIGGER_STATE_*. */
  state: number;
  /**
   * OMS_TRIGGER_TRAILING_STOP: 0 before it is active, 1 with its first distance, 2 with its
   * second one; otherwise 0.
   */
  active: number;
  /**
   * OMS_TRIGGER_TRAILING_STOP: the peak counts in whole multiples of it, ticks; 0 for every
   * tick.
   */
  step: number;
  /** OMS_TRIGGER_TRAILING_STOP: distance in force, ticks, or 0 with trail_ratio; otherwise 0. */
  trail_offset: bigint;
  /**
   * OMS_TRIGGER_TRAILING_STOP: distance in force as parts per 10^9 of the peak, or 0; otherwise
   * 0.
   */
  trail_ratio: bigint;
  /** OMS_TRIGGER_TRAILING_STOP: best price since it became active, ticks; 0 before. */
  peak: bigint;
  /** OMS_TRIGGER_TRAILING_STOP: price that makes it active, ticks; 0 for none. */
  activation: bigint;
  /** OMS_TRIGGER_TRAILING_STOP: price that brings the second distance, ticks; 0 for none. */
  second_level: bigint;
  /**
   * OMS_TRIGGER_TRAILING_STOP: the second distance, as the first one in ticks or in parts per
   * 10^9; 0 for none.
   */
  second_trail: bigint;
}

/** A symbol: `oms_symbol_get`. */
export interface Symbol {
  /** Name, padded with zeros. */
  name: string;
  /** Money units per tick-lot: numerator of the reduced fraction. */
  money_num: bigint;
  /** Money units per tick-lot: denominator. */
  money_den: bigint;
  /** Best bid, ticks; read with quoted_at. */
  bid: bigint;
  /** Best ask, ticks. */
  ask: bigint;
  /** Time of bid and ask, nanoseconds; 0 before the first quote. */
  quoted_at: bigint;
  /** Last trade, ticks; read with last_at. */
  last: bigint;
  /** Time of the last trade, nanoseconds; 0 before the first. */
  last_at: bigint;
  /** Σ open long positions, lots. */
  long_qty: bigint;
  /** Σ open short positions, lots, as a positive number. */
  short_qty: bigint;
  /** Reserved by live buy orders, lots. */
  working_buy: bigint;
  /** Reserved by live sell orders, lots. */
  working_sell: bigint;
  /** Working buy orders. */
  open_buys: number;
  /** Working sell orders. */
  open_sells: number;
  /** Open positions. */
  open: number;
  /** Positions that are open, or that working orders may open: what OMS_CHECK_POSITIONS counts. */
  claims: number;
  /** OMS_SYMBOL_* bits. */
  flags: number;
  /** 1 while trigger work of this symbol is queued: see oms_drain. */
  draining: number;
  /** Mark price, ticks; read with mark_at. */
  mark: bigint;
  /** Time of the mark price, nanoseconds; 0 before the first. */
  mark_at: bigint;
  /** OMS_TRIGGER_SOURCE_*. */
  trigger_source: number;
  /** OMS_TRADING_* of the symbol itself; that of a scope may be stricter. */
  trading_state: number;
}

/** The account: `oms_account_get`. Money is floored to its unit. */
export interface Account {
  /** Equity: balance + realised + unrealised - commissions, money units. */
  equity: bigint;
  /** Starting balance and what was paid in or out, money units. */
  paid_in: bigint;
  /** Σ realised PnL before commissions, money units. */
  realised: bigint;
  /** Σ unrealised PnL at the last marks, money units. */
  unrealised: bigint;
  /** Σ commissions, money units. */
  commission: bigint;
  /** Equity at the session's start, money units. */
  session_equity: bigint;
  /** Equity less the session's start, money units. */
  session_pnl: bigint;
  /** Highest equity the breaker has seen, money units. */
  peak_equity: bigint;
  /** (peak - equity) / peak, parts per 10^9, rounded up; 0 without a positive peak. */
  drawdown: bigint;
  /** Largest drawdown since the start, parts per 10^9. */
  drawdown_max: bigint;
  /** Realised PnL, exact, in 1 / common_den money units. */
  realised_exact: Int128;
  /** Unrealised PnL, exact, in 1 / common_den money units. */
  unrealised_exact: Int128;
  /** Denominator of the common unit. */
  common_den: bigint;
  /** Closed positions. */
  closed: bigint;
  /** Closed positions with PnL > 0, commissions deducted. */
  wins: bigint;
  /** Closed positions with PnL < 0, commissions deducted. */
  losses: bigint;
  /** Open positions. */
  open: number;
  /** Live orders. */
  live_orders: number;
  /** Time of the engine, nanoseconds. */
  now: bigint;
  /** Times the caller's clock stepped back. */
  clock_back: bigint;
  /** Requests the gate denied. */
  denied: bigint;
  /** Requests the gate accepted. */
  accepted: bigint;
  /** Reports that were known or changed nothing. */
  ignored: bigint;
  /** Reports that did not fit. */
  anomalies: bigint;
  /** OMS_TRADING_*. */
  trading_state: number;
  /** 1 when a drain is due. */
  draining: number;
}

/** What was traded so far: `oms_statistics_get`. Money is floored to its unit. */
export interface Statistics {
  /** Open positions. */
  open: bigint;
  /** Closed positions. */
  closed: bigint;
  /** Closed positions that brought more than 0, commissions deducted. */
  wins: bigint;
  /** Closed positions that brought less than 0, commissions deducted. */
  losses: bigint;
  /** Closed positions that brought exactly 0. */
  break_even: bigint;
  /** Wins as a share of the closed positions, parts per 10^9, floored; 0 without any. */
  win_rate: bigint;
  /** Σ realised PnL before commissions, money units. */
  realised: bigint;
  /** Σ unrealised PnL at the last marks, money units. */
  unrealised: bigint;
  /** Σ commissions, money units. */
  commission: bigint;
  /** Realised and unrealised PnL less commissions, money units. */
  total: bigint;
  /** Equity less the session's start, money units. */
  session_pnl: bigint;
  /** Σ outcomes of the wins, money units. */
  gross_profit: bigint;
  /** Σ outcomes of the losses as a positive number, money units. */
  gross_loss: bigint;
  /**
   * Gross profit over gross loss, parts per 10^9, floored, at most 2^63 - 1; OMS_OFF without a
   * loss.
   */
  profit_factor: bigint;
  /** Best outcome of a win, money units; 0 without one. */
  largest_win: bigint;
  /** Worst outcome of a loss, money units, negative; 0 without one. */
  largest_loss: bigint;
  /** Gross profit over wins, money units, floored; 0 without one. */
  average_win: bigint;
  /** Minus gross loss over losses, money units, floored; 0 without one. */
  average_loss: bigint;
  /** Time between opening and closing of the closed positions, on average, nanoseconds, floored. */
  average_holding: bigint;
  /** Orders, replaces and positions by hand that were accepted; the library's own closes too. */
  accepted: bigint;
  /** Orders, replaces and positions by hand that the gate denied; orders when they fire too. */
  denied: bigint;
  /** Executions booked, inferred ones included. */
  executions: bigint;
  /** Executions taken back. */
  busts: bigint;
  /** Executions corrected. */
  corrections: bigint;
  /** Reports and requests that were known or changed nothing. */
  ignored: bigint;
  /** Reports that did not fit. */
  anomalies: bigint;
}

/** A table's use: `oms_table_get`. */
export interface Table {
  /** Records it can hold. */
  capacity: number;
  /** Records it holds, ended ones that may be evicted included. */
  used: number;
  /** Most records it ever held. */
  high_water: number;
  /** Orders: live ones. Positions: open ones. Otherwise as used. */
  live: number;
}

/** A group of symbols: `oms_group_get`. */
export interface Group {
  /** Largest exposure, money units; OMS_OFF for no limit. */
  max: bigint;
  /** Exposure now, money units, rounded up. */
  exposure: bigint;
  /** Its number. */
  group: number;
  /** Symbols that belong to it. */
  members: number;
}

/** The first difference an audit found: `oms_audit`. */
export interface Audit {
  /** What the records add up to. */
  expected: Int128;
  /** What was kept. */
  found: Int128;
  /** OMS_AUDIT_*; NONE when all agree. */
  item: number;
  /** Number of the symbol or slot of the record concerned. */
  index: number;
}

/**
 * Begins a round of reconciliation: `oms_reconcile_begin`. Of the tolerances OMS_OFF (-1) means
 * that this one never trips, and 0 that the first difference does.
 */
export interface ReconcileBegin {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /**
   * When the venue's books were read, nanoseconds, not after now: orders that have changed here
   * since are not compared. 0: rows are of the moment at which they are given.
   */
  as_of: bigint;
  /** Lots of one symbol that may differ; of a hedged symbol those of longs and shorts together. */
  lots_max: bigint;
  /** Value of the lots of all symbols that may differ, at our marks, money units. */
  money_max: bigint;
  /** Orders that may differ. */
  orders_max: bigint;
  /** Symbol number, with OMS_RECONCILE_ONE_SYMBOL. */
  symbol: number;
  /** Venue number, with OMS_RECONCILE_ONE_VENUE. */
  venue: number;
  /**
   * Scope number; 0 is the root. Its breaker trips; positions are those of it and the scopes
   * below, and so are orders that count when they are not mentioned.
   */
  scope: number;
  /** OMS_RECONCILE_* bits. */
  flags: number;
}

/** What the venue holds of one symbol: `oms_reconcile_position`. */
export interface ReconcilePosition {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Long lots. Unless the symbol is hedged only long less short counts. */
  long_qty: bigint;
  /** Short lots, not negative. */
  short_qty: bigint;
  /** Average price of the longs, ticks, rounded either way; 0: not given. */
  long_price: bigint;
  /** Average price of the shorts. */
  short_price: bigint;
  /** Symbol number. */
  symbol: number;
}

/** What the venue knows of one order: `oms_reconcile_order`. */
export interface ReconcileOrder {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** The order; 0 to name it by its client id. With both 0 it is one that is not known here. */
  order: bigint;
  /** Its client id, read when order is 0. */
  client_id: bigint;
  /** Total quantity, lots; of an order that has ended it is not compared. */
  qty: bigint;
  /** Lots executed. */
  cum_qty: bigint;
  /** Limit price, ticks; compared while both live and the order has one. */
  price: bigint;
  /** Symbol number. */
  symbol: number;
  /** OMS_SIDE_*. */
  side: number;
  /**
   * OMS_STATUS_*, neither PENDING nor FAILED: FILLED, CANCELLED, REJECTED and EXPIRED have
   * ended, all others live.
   */
  order_status: number;
}

/** Ends a round, or goes on ending it: `oms_reconcile_end`. */
export interface ReconcileEnd {
  /** The caller's time, nanoseconds. */
  now: bigint;
}

/** What a round has found so far: `oms_reconcile_end`, `oms_reconcile_get`. */
export interface ReconcileReport {
  /** Number of the round, from 1; 0 before the first one. */
  round: bigint;
  /** When it began, nanoseconds. */
  began_at: bigint;
  /** When the venue's books were read, as given. */
  as_of: bigint;
  /** When it was over, nanoseconds; 0 before that. */
  ended_at: bigint;
  /** Σ lots that differ, over all symbols. */
  lots: bigint;
  /** Most lots of one symbol that differ. */
  lots_most: bigint;
  /** Value of the lots that differ, money units, rounded up symbol by symbol. */
  money: bigint;
  /** Rows of positions that were compared. */
  positions: number;
  /** Rows of orders that were compared. */
  orders: number;
  /** Rows of orders that were not: changed here after as_of, or ended and not kept here. */
  left_out: number;
  /** Differences: events. */
  differences: number;
  /** Symbols whose lots differ. */
  symbols_differ: number;
  /** Orders that differ; those in doubt are not counted. */
  orders_differ: number;
  /**
   * Symbols whose lots differ and that have no mark: `money` leaves them out, and a tolerance
   * in money is passed.
   */
  unpriced: number;
  /** OMS_RECONCILE_STATE_*. */
  state: number;
  /** 1 when a tolerance was passed and the breaker tripped. */
  tripped: number;
  /** Differences of each kind: `counts[OMS_DIFFERENCE_*]`. */
  counts: (number)[];
}

/**
 * Defines a scope below another one: `oms_scope_define`. Nothing passes it before its limits
 * are set.
 */
export interface ScopeDefine {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Name: 1 to 31 printable ASCII characters, padded with zeros; unique. */
  name: string;
  /** The scope it lies in; 0 is the root. With the root at most 4 lie in each other. */
  parent: number;
  /** OMS_SCOPE_* bits. */
  flags: number;
}

/** Gives a scope's breaker other limits: `oms_scope_breaker_set`. What it counted stays. */
export interface ScopeBreakerSet {
  /** The caller's time, nanoseconds. */
  now: bigint;
  /** Scope number; 0 is the root. */
  scope: number;
  /** Limits and times. Its session_offset must be the root's: sessions are the engine's. */
  breaker: BreakerConfig;
}

/** A scope: `oms_scope_get`. */
export interface Scope {
  /** Name, padded with zeros; the root has none. */
  name: string;
  /** Its number; 0 is the root. */
  scope: number;
  /** The scope it lies in; of the root itself. */
  parent: number;
  /** How many lie in each other down to this one: 1 for the root, at most 4. */
  depth: number;
  /** OMS_SCOPE_* bits. */
  flags: number;
  /** OMS_TRADING_*: its own; what lies above it binds as well. */
  trading_state: number;
  /** OMS_BREAKER_*: its own. */
  breaker_state: number;
  /** Working orders, those of the scopes below it included. */
  open_orders: number;
  /** Positions that are open, or that working orders may open, likewise. */
  claims: number;
  /** Its limits, with the head and number of the record that sets them. */
  limits: ScopeLimitsSet;
  /**
   * Value of working orders over all symbols, those of the scopes below it included, money
   * units, rounded up, as the rest: what OMS_CHECK_OPEN_NOTIONAL counts.
   */
  open_notional: bigint;
  /** Value traded in this session and working: what OMS_CHECK_GROSS counts. */
  gross: bigint;
  /** Value bought less sold in this session, with working buys: what OMS_CHECK_NET counts. */
  net_buy: bigint;
  /** Value sold less bought in this session, with working sells: likewise. */
  net_sell: bigint;
  /** Margin that the worst cases take of the credit: what OMS_CHECK_CREDIT counts. */
  margin: bigint;
  /**
   * Value of open positions, at the last marks, and of working orders: what OMS_CHECK_LEVERAGE
   * holds against the equity. 0 while no scope has a `leverage_max`.
   */
  levered: bigint;
  /** 1 while the limits of any scope look at values; otherwise the six above are 0. */
  counted: number;
}

/** What the gate let pass and denied of a scope and of those in it: `oms_denials_get`. */
export interface Denials {
  /** Scope number; 0 is the root. */
  scope: number;
  /**
   * Orders, replaces and positions by hand of the scope and of those in it that were accepted;
   * the library's own closes too.
   */
  accepted: bigint;
  /** The same that were denied; orders when they fire too. */
  denied: bigint;
  /** Denials, of these, that name this scope: its limit, breaker or state was the first to fail. */
  named: bigint;
  /**
   * Denials by the check that was explained: place OMS_CHECK_*, one place for each bit of a
   * verdict's mask. They add up to `denied`.
   */
  denied_by: (bigint)[];
  /**
   * Denials that name this scope, likewise: they add up to `named`. Over all scopes they are
   * every denial once, but those of orders whose scope there is not.
   */
  named_by: (bigint)[];
}

/** What a scope has in a symbol, the scopes in it included: `oms_book_get`. */
export interface Book {
  /** Scope number; 0 is the root. */
  scope: number;
  /** Symbol number. */
  symbol: number;
  /** Reserved by live buy orders, lots. */
  working_buy: bigint;
  /** Reserved by live sell orders, lots. */
  working_sell: bigint;
  /** Σ open long positions, lots. */
  long_qty: bigint;
  /** Σ open short positions, lots, as a positive number. */
  short_qty: bigint;
  /** Lots located for its shorts. */
  located: bigint;
  /** Working buy orders. */
  open_buys: number;
  /** Working sell orders. */
  open_sells: number;
  /** Positions that are open, or that working orders may open: what OMS_CHECK_POSITIONS counts. */
  claims: number;
  /** 1 while limits in money look at the symbol; otherwise all that follows is 0. */
  counted: number;
  /**
   * Value of working orders, money units, rounded up, as the rest: what OMS_CHECK_OPEN_NOTIONAL
   * counts.
   */
  open_notional: bigint;
  /** Value traded in this session and working: what OMS_CHECK_GROSS counts. */
  gross: bigint;
  /** Value bought less sold in this session, with working buys: what OMS_CHECK_NET counts. */
  net_buy: bigint;
  /** Value sold less bought in this session, with working sells: likewise. */
  net_sell: bigint;
  /** Margin that the worst case takes of the credit: what OMS_CHECK_CREDIT adds up. */
  margin: bigint;
}

/** An order that takes, and the market it meets. Zero all of it, then set the fields. */
export interface SlippageOrder {
  /** Best bid, ticks; read with OMS_SLIPPAGE_FLAG_QUOTED alone. */
  bid: bigint;
  /** Best ask, ticks, not below the bid; as the bid. */
  ask: bigint;
  /** Price of the market, ticks; read without OMS_SLIPPAGE_FLAG_QUOTED alone. */
  price: bigint;
  /** Limit of the order, ticks, any number; read with OMS_SLIPPAGE_FLAG_LIMITED alone. */
  limit: bigint;
  /** How large the order is: its value, or its lots, in the units of `volume`. */
  size: bigint;
  /**
   * What the market trades: value of 24 hours, lots of a bar, ...; 0: not known. The
   * participation p is size / volume.
   */
  volume: bigint;
  /** Number of the draw: each gives its own noise, the same for the same seed. */
  number: bigint;
  /** OMS_SIDE_*. */
  side: number;
  /** OMS_SLIPPAGE_FLAG_* bits. */
  flags: number;
}

/**
 * What is said of the size of an order, with the numbers it is said by. Ratios are parts per
 * 10^9, rounded up; what would not fit is `INT64_MAX`, and 0 what is not known.
 */
export interface OrderSize {
  /** p: size / volume. */
  participation: bigint;
  /** Largest p: participation_max. */
  participation_max: bigint;
  /** spread / 2 + impact × p: what it costs at worst. */
  estimate: bigint;
  /** Largest estimate, as it was given. */
  estimate_max: bigint;
  /** OMS_SIZE_*. */
  code: number;
}

/** A price and what is to be had there. */
export interface DepthLevel {
  /** Ticks. */
  price: bigint;
  /** Lots, above 0. */
  qty: bigint;
}

/** What a walk over the levels fills. */
export interface DepthFill {
  /** Sum of price × quantity, exact: tick-lots. */
  value: Int128;
  /** Lots that are filled: the quantity, or less where the levels or the limit end. */
  filled: bigint;
  /** Whole ticks of the average price, rounded down; 0 when nothing is filled. */
  price: bigint;
  /**
   * What the average has above `price`, in parts per 10^9 of a tick, 0 to 999 999 999: rounded
   * against the taker (a buy up, a sell down), and exact when `exact` is 1.
   */
  parts: bigint;
  /** The last price that was touched, ticks; 0 when nothing is filled. */
  worst: bigint;
  /** Levels that were touched. */
  levels: number;
  /** 1 when price and parts are the average exactly. */
  exact: number;
}

/**
 * What was traded in the last 30 days of the caller's clock, the present one included. A day is
 * 86 400 s from a multiple of it on (midnight, where times count from one); what was traded on
 * a day counts whole until 30 days after that day began, and then not at all. A step back of
 * the clock counts for the latest day that was seen. Volumes are of any unit; sums stop at 2^64
 * - 1. All zero it is empty.
 */
export interface FeeVolume {
  /** The sum of the days. */
  sum: bigint;
  /** Number of the latest day. */
  day: bigint;
  /** What was traded on each; a day has the place of its number modulo 30. */
  days: (bigint)[];
}

/** One method for each door and each read; the header is the manual. */
export interface Doors {
  /**
   * Sets the phase in which a symbol trades, or all of them (check SESSION). Orders that work
   * or wait here are not looked at again; cancels are taken in every phase. What waits here and
   * fires is judged as what it has become.
   */
  phaseSet(request: Given<PhaseSet>): Done;
  /**
   * Sets the average daily volume of a symbol, of which adv_ratio of its limits is a share
   * (check ADV). It is not known at the start: while there is such a limit nothing trades then.
   */
  volumeSet(request: Given<VolumeSet>): Done;
  /**
   * Sets the lots of a symbol that are located for shorts, in all (check SHORT with
   * OMS_LIMIT_LOCATE_NEEDED), or for those of a scope and of the scopes in it, which the
   * scope's own limits of the symbol look at. None are at the start. What is short or works is
   * not looked at again.
   */
  locateSet(request: Given<LocateSet>): Done;
  /**
   * Sets the bands of a symbol's tick grid (check INCREMENT): a price is a multiple of the step
   * of the band it lies in, as in the tick size tables of MiFID II. Working orders are not
   * looked at again.
   */
  bandsSet(request: Given<BandsSet>): Done;
  /** Reads what was said of a symbol: phase, volume, located lots, bands. */
  conditionsGet(symbol: number): Conditions;
  /**
   * Reads what came of the orders of a scope and those in it: how many were sent and how they
   * ended, retries, times from submission to the venue's word and to the end, slippage against
   * the price there was when they were handed out. Times and slippage are measured with
   * OMS_CONFIG_MEASURE, and in every mode but LIVE.
   */
  executionStatsGet(scope: number): ExecutionStats;
  /**
   * Reads what the executions of a symbol paid beyond the prices there were when their orders
   * were handed out, exact in lots × ticks.
   */
  shortfallGet(symbol: number): Shortfall;
  /**
   * Says how the simulated venue executes the orders of a symbol from now on, but for the fees;
   * OMS_EVENT_SIMULATION tells. In the modes PAPER and BACKTEST alone.
   */
  simulationSet(request: Given<SimulationSet>): Done;
  /**
   * Says what the simulated venue charges for executions in a symbol from now on;
   * OMS_EVENT_SIMULATION with code 1 tells. In the modes PAPER and BACKTEST alone.
   */
  feesSet(request: Given<FeesSet>): Done;
  /**
   * Sets all limits of a symbol, or of a symbol in a scope (request.scope), also while trading:
   * they bind what that scope, and the scopes in it, do in the symbol, beside the symbol's own
   * and the scope's. Before they are set a scope has no limits of its own for a symbol. Working
   * orders are not looked at again. It leaves OMS_EVENT_LIMITS and, when limits were set before
   * or are a scope's, OMS_EVENT_LIMIT_CHANGED for each field that has changed: up to 31 events,
   * for which there must be room as for others.
   */
  limitsSet(request: Given<LimitsSet>): Done;
  /**
   * Reads the limits of a symbol, or of a symbol in a scope, as oms_limits_set takes them:
   * change a field and set them again. Those of a scope over all its symbols are in
   * oms_scope_get.
   */
  limitsGet(scope: number, symbol: number): LimitsSet;
  /**
   * Sets all limits of a scope, over all its symbols, also while trading. Before they are set,
   * the root's too, nothing passes. Working orders are not looked at again. It leaves
   * OMS_EVENT_SCOPE_LIMITS and, when limits were set before, OMS_EVENT_LIMIT_CHANGED with
   * symbol UINT32_MAX for each field that has changed: up to 18 events.
   */
  scopeLimitsSet(request: Given<ScopeLimitsSet>): Done;
  /**
   * Sets the limit of a group of symbols (a sector, a cluster), and takes a symbol into it or
   * out of it: see OMS_CHECK_GROUP. A symbol belongs to one group at most. Working orders are
   * not looked at again.
   */
  groupSet(request: Given<GroupSet>): Done;
  /** Defines a symbol. Nothing trades in it before its limits are set. */
  symbolDefine(request: Given<SymbolDefine>): Done & { symbol: number };
  /** Takes best bid and ask: values the positions, checks the breaker, fires what is reached. */
  quote(request: Given<Quote>): Done;
  /**
   * Takes a trade of the market, the official close, or a mark price. In a symbol whose
   * trigger_source it is it fires what is reached, as oms_quote does elsewhere.
   */
  trade(request: Given<Trade>): Done;
  /**
   * Takes a bar, in PAPER and BACKTEST: the price goes from its open by both extremes to its
   * close, and is a quote wherever something comes of it. What is held is hurt first;
   * docs/execution.md says how the path goes, and why.
   */
  bar(request: Given<Bar>): Done;
  /**
   * Lets time pass: sessions roll, the breaker recovers, closes that the gate refused are tried
   * again, orders that were not handed out expire, orders are given up at their timeout_at and
   * handed out again at their retry_at. Call it about once a second when nothing else happens.
   */
  timer(request: Given<Timer>): Done;
  /**
   * Goes on with queued work. Call it until it answers OMS_OK, before other calls: what happens
   * in between joins the queue (a stop whose close is rejected meanwhile fires again with the
   * rest).
   */
  drain(request: Given<Drain>): Done;
  /**
   * Does what an operator, or the host, says: trading state, breaker, errors, a sign of life,
   * an end of what REPEAT holds back.
   */
  control(request: Given<Control>): Done;
  /** Takes a deposit or withdrawal: equity, session start and peak move alike. */
  cashAdjust(request: Given<CashAdjust>): Done;
  /**
   * Throws the kill switch: no order of the caller's leaves any more, and the next polls hand
   * out one cancel for every live order, closing orders included.
   */
  kill(): Done;
  /**
   * As oms_kill, and then every position is closed: when the polls have handed out the cancels
   * they hand out reduce-only market orders of the engine's own, above the largest quantity
   * several. As all such orders they must pass FIELDS, SYMBOL, INCREMENT and CAPACITY: of a
   * symbol that is disabled (OMS_LIMIT_DISABLED) nothing is closed until it is enabled, and
   * each oms_timer says so by OMS_EVENT_ORDER_DENIED. Halted symbols, scopes and breakers hold
   * up none of them.
   */
  killFlatten(): Done;
  /**
   * Cancels every live order of a scope and all below it, of one symbol or all, of one side or
   * both: those in flight and not acknowledged too. Held orders, and those that were not handed
   * out, end at once; the others' cancels come out by oms_poll. New orders are taken as before:
   * to refuse them too, kill the scope or symbol (oms_control).
   */
  massCancel(request: Given<MassCancel>): Done & { count: number };
  /**
   * Says what the gate would say of an order, without any effect. Of an identical re-send it
   * says CLIENT_ID, where oms_order_submit answers OMS_EXISTS. A quantity that oms_order_submit
   * would decide itself (OMS_ORDER_CLOSE_POSITION, OMS_LIMIT_REDUCE_CLAMP) is decided here too.
   */
  orderCheck(request: Given<OrderSubmit>): Done & { verdict: Verdict };
  /**
   * Checks an order and, when it passes, reserves for it, records it and queues its NEW
   * command. A denial is not an error: look at verdict.denied. Numbers that name nothing (an
   * unknown type or flag) are an error; known ones that do not go together are denied by
   * OMS_CHECK_FIELDS.
   */
  orderSubmit(request: Given<OrderSubmit>): Done & { verdict: Verdict; order: bigint };
  /** Asks to cancel an order. Risk never refuses it, in any trading state. */
  orderCancel(request: Given<OrderCancel>): Done;
  /**
   * Asks to change quantity, price and trigger price of an order. The gate judges it; it spends
   * rate budget. While it is in flight the larger of old and new is reserved.
   */
  orderReplace(request: Given<OrderReplace>): Done & { verdict: Verdict; order: bigint };
  /**
   * Changes when an order is given up: at timeout_at oms_timer ends it, or asks the venue to
   * cancel what is left. Nothing is told to the venue before.
   */
  orderExtend(request: Given<OrderExtend>): Done;
  /**
   * Takes over an order that lives at the venue, from an earlier run or another system: it
   * counts as sent and acknowledged, what it may still execute is reserved, later reports find
   * it.
   */
  orderAdopt(request: Given<OrderAdopt>): Done & { order: bigint };
  /**
   * Arms a stop, target or trailing stop on an open position. One that is crossed already fires
   * at once. docs/triggers.md: what each kind does, and in which order they fire.
   */
  triggerArm(request: Given<TriggerArm>): Done & { trigger: bigint };
  /** Moves an armed trigger to another level. It fires at once when it is crossed then. */
  triggerMove(request: Given<TriggerMove>): Done;
  /** Cancels an armed trigger, also one that is crossed and waits to be worked off. */
  triggerCancel(request: Given<TriggerCancel>): Done;
  /** Closes a position, or a part, by reduce-only market orders of the engine's own. */
  positionClose(request: Given<PositionClose>): Done & { verdict: Verdict; order: bigint };
  /**
   * Opens a position by hand, at a price the caller says, without an order: paper positions,
   * fills of another system, tests. On a net symbol that has a position of the same side it
   * enlarges that.
   */
  positionOpen(request: Given<PositionOpen>): Done & { verdict: Verdict; position: bigint };
  /**
   * Closes a position, or a part, by hand at a price the caller says, without an order. No
   * check refuses it.
   */
  positionExit(request: Given<PositionExit>): Done;
  /**
   * Takes over a position of an earlier run, or one the venue holds. No check is made; no
   * commission is paid and nothing is realised: the starting balance is what was there after
   * all before. From the next price on its unrealised PnL is part of the equity.
   */
  positionAdopt(request: Given<PositionAdopt>): Done & { position: bigint };
  /** Reads an order. */
  orderGet(order: bigint | number, client_id: bigint | number): Order;
  /** Reads the live order after another, in order of submission: a walk over all of them. */
  orderNext(after: bigint | number): Order;
  /** Reads an execution by the venue's id. */
  executionGet(exec_id: bigint | number): Execution;
  /** Reads one of the executions that are kept, the last one first. */
  executionRecent(back: number): Execution;
  /** Reads a position, open or closed. */
  positionGet(position: bigint | number): Position;
  /**
   * Reads the youngest position with this tag: that of the order that opened it, or the one
   * given by hand.
   */
  positionFind(tag: bigint | number): Position;
  /**
   * Reads the open net position of a symbol that is of no scope but the root. Of a scope:
   * oms_scope_position_net.
   */
  positionNet(symbol: number): Position;
  /** Reads the open position after another, in order of opening: a walk over all of them. */
  positionNext(after: bigint | number): Position;
  /** Reads the open position of a symbol after another, in order of opening: a walk over them. */
  symbolPositionNext(symbol: number, after: bigint | number): Position;
  /** Reads a trigger. One that has done its work is gone. */
  triggerGet(trigger: bigint | number): Trigger;
  /** Reads a symbol: its last prices, positions and reservations. */
  symbolGet(symbol: number): Symbol;
  /** Reads the account: equity, PnL, drawdown, counts. Of a scope: oms_scope_account_get. */
  accountGet(): Account;
  /**
   * Reads the statistics of a scope and of those in it: closed positions and what they brought,
   * executions, requests (ignored ones are counted in the root alone, denials by check are told
   * by oms_denials_get). A position that was taken over counts when it closes, by what it
   * realised here less all its commissions, those paid before included.
   */
  statisticsGet(scope: number): Statistics;
  /** Reads the breaker of a scope. */
  riskGet(scope: number): BreakerStatus;
  /** Reads one of the last 32 trips of a scope's breaker. */
  tripGet(scope: number, back: number): Trip;
  /** Reads how full a table is and was: to size it. */
  tableGet(table: number): Table;
  /** Reads the configuration the engine was made with. */
  configGet(): Config;
  /** Reads the engine's time: the latest `now` of a call that counted. */
  now(): bigint;
  /** Reads a group of symbols. */
  groupGet(group: number): Group;
  /**
   * Computes a digest over everything that can change a later answer: engines of the same
   * configuration that were told the same have the same digest, on every target.
   */
  digest(): bigint;
  /** Recomputes every aggregate from the records and names the first one that differs. */
  audit(): Audit;
  /**
   * Begins a round of reconciliation: the venue's positions and open orders, or a drop copy's,
   * are held against ours. A round that runs is given up.
   */
  reconcileBegin(request: Given<ReconcileBegin>): Done;
  /**
   * Tells what the venue holds of one symbol; it is compared at once. What lies flat there need
   * not be told.
   */
  reconcilePosition(request: Given<ReconcilePosition>): Done;
  /**
   * Tells what the venue knows of one order; it is compared at once. Orders that have ended
   * there need not be told, but may.
   */
  reconcileOrder(request: Given<ReconcileOrder>): Done;
  /**
   * Ends a round: looks for orders that live at the venue, as far as we know, and for
   * positions, that were not mentioned. Rows are not taken any more.
   */
  reconcileEnd(request: Given<ReconcileEnd>): Done & { report: ReconcileReport };
  /** Reads what the round of reconciliation that runs, or was last, has found so far. */
  reconcileGet(): ReconcileReport;
  /** Takes what a venue says of an order: a fact, taken in any state of the order. */
  venueReport(request: Given<VenueReport>): Done;
  /**
   * Defines a scope (firm, account, strategy, ...) below another one, or sets the flags of one
   * that there is. Nothing passes a new one before its limits are set (oms_scope_limits_set);
   * its breaker has no limits before oms_scope_breaker_set.
   */
  scopeDefine(request: Given<ScopeDefine>): Done & { scope: number };
  /**
   * Gives the breaker of a scope other limits, also while trading. What it counted stays, and
   * so does a trip.
   */
  scopeBreakerSet(request: Given<ScopeBreakerSet>): Done;
  /**
   * Reads the limits and times of a scope's breaker, as oms_scope_breaker_set takes them:
   * change a field and set it again.
   */
  scopeBreakerGet(scope: number): ScopeBreakerSet;
  /**
   * Reads a scope: its place in the tree, states, counts, limits, and what it has of these in
   * money.
   */
  scopeGet(scope: number): Scope;
  /**
   * Reads the account of a scope: what was paid in, what it and the scopes in it made,
   * drawdown.
   */
  scopeAccountGet(scope: number): Account;
  /**
   * Reads what the gate let pass and denied of a scope and of those in it, by check: once by
   * whose orders they were, and once by which scope denied them.
   */
  denialsGet(scope: number): Denials;
  /** Reads the open net position of a scope in a symbol: that of its own orders. */
  scopePositionNet(scope: number, symbol: number): Position;
  /**
   * Reads what a scope, and the scopes in it, have in a symbol: reservations, positions,
   * located lots, values.
   */
  bookGet(scope: number, symbol: number): Book;
  /** Counts the scopes: they are numbered from 0, the root, on. */
  scopeCount(): number;
}

/** Every constant of the header. */
export const constants: {
  /** done */
  readonly OMS_OK: 0;
  /** taken whole; work is queued: call oms_drain */
  readonly OMS_MORE: 1;
  /** an identical request was taken before; its id is given */
  readonly OMS_EXISTS: 2;
  /** the report was known or changes nothing; it was counted */
  readonly OMS_IGNORED: 3;
  /** a pointer is NULL */
  readonly OMS_E_NULL: -1;
  /** a pointer is not aligned for its type (OMS_ALIGN for memory) */
  readonly OMS_E_ALIGN: -2;
  /** memory, struct_size or record size is not what is needed */
  readonly OMS_E_SIZE: -3;
  /** the memory holds no engine (or no breaker) that was initialised */
  readonly OMS_E_HANDLE: -4;
  /** header.kind is not of this door: OMS_REQUEST_INIT fills it in */
  readonly OMS_E_KIND: -5;
  /** an enumeration or flag field holds an unknown value */
  readonly OMS_E_ENUM: -6;
  /** a reserved field is not zero */
  readonly OMS_E_RESERVED: -7;
  /** a value is out of its range, or a result would not fit */
  readonly OMS_E_RANGE: -8;
  /** a configuration field is invalid: oms_config_check names it */
  readonly OMS_E_CONFIG: -9;
  /** no such order, position, trigger or record */
  readonly OMS_E_UNKNOWN: -10;
  /** the id was of this engine, but its record is gone */
  readonly OMS_E_STALE: -11;
  /** the id carries another engine's tag */
  readonly OMS_E_FOREIGN: -12;
  /** the order has ended, or the position is closed */
  readonly OMS_E_TERMINAL: -13;
  /** a cancel, replace or trigger work is pending; try later */
  readonly OMS_E_PENDING: -14;
  /** the table is full: see oms_table_get */
  readonly OMS_E_CAPACITY: -15;
  /** no such symbol */
  readonly OMS_E_SYMBOL: -16;
  /** no such scope */
  readonly OMS_E_SCOPE: -17;
  /** the reported quantity is not positive */
  readonly OMS_E_BAD_QTY: -18;
  /** an id that is known came with other facts */
  readonly OMS_E_CONFLICT: -19;
  /** a price the symbol cannot have, or a bid above the ask */
  readonly OMS_E_PRICE: -20;
  /** not possible in the present state */
  readonly OMS_E_STATE: -21;
  /** an aggregate differs from its recomputation: the report names it */
  readonly OMS_E_AUDIT: -22;
  /** side, type, time in force, flags and prices fit together; qty > 0 */
  readonly OMS_CHECK_FIELDS: 0;
  /** the symbol exists and is enabled */
  readonly OMS_CHECK_SYMBOL: 1;
  /** the scope exists and is enabled, like those that it lies in */
  readonly OMS_CHECK_SCOPE: 2;
  /** the trading state lets this order through */
  readonly OMS_CHECK_TRADING_STATE: 3;
  /** the breaker is closed, or half-open with a probe left */
  readonly OMS_CHECK_BREAKER: 4;
  /** the symbol's phase allows this type */
  readonly OMS_CHECK_SESSION: 5;
  /** type and time in force are permitted */
  readonly OMS_CHECK_PERMISSION: 6;
  /** price on the tick grid, qty a multiple of the lot step */
  readonly OMS_CHECK_INCREMENT: 7;
  /** qty_min <= qty <= qty_max */
  readonly OMS_CHECK_QTY: 8;
  /** notional_min <= value <= notional_max */
  readonly OMS_CHECK_NOTIONAL: 9;
  /** the price is no further from the reference than the collar */
  readonly OMS_CHECK_COLLAR: 10;
  /** the reference price exists and is fresh */
  readonly OMS_CHECK_REFERENCE_AGE: 11;
  /** qty <= share of average daily volume */
  readonly OMS_CHECK_ADV: 12;
  /** position + working orders of this side + this one <= limit */
  readonly OMS_CHECK_POSITION: 13;
  /** number and quantity of working orders <= limit */
  readonly OMS_CHECK_OPEN_ORDERS: 14;
  /** value of working orders, this one included, <= limit */
  readonly OMS_CHECK_OPEN_NOTIONAL: 15;
  /** value traded in this session and working <= limit */
  readonly OMS_CHECK_GROSS: 16;
  /** magnitude of bought less sold in this session, with working, <= limit */
  readonly OMS_CHECK_NET: 17;
  /** margin of positions and working orders, at worst, <= credit */
  readonly OMS_CHECK_CREDIT: 18;
  /** value of positions and working orders over equity <= limit */
  readonly OMS_CHECK_LEVERAGE: 19;
  /** exposure of the symbol's group, at worst, <= limit */
  readonly OMS_CHECK_GROUP: 20;
  /** reserved: portfolio volatility after the trade */
  readonly OMS_CHECK_PORTFOLIO: 21;
  /** positions, open and to be opened by working orders, <= limit */
  readonly OMS_CHECK_POSITIONS: 22;
  /** new and replace requests in the last minute <= limit */
  readonly OMS_CHECK_RATE_MINUTE: 23;
  /** new and replace requests in the last hour <= limit */
  readonly OMS_CHECK_RATE_HOUR: 24;
  /** new and replace requests in the custom window <= limit */
  readonly OMS_CHECK_RATE_CUSTOM: 25;
  /** requests as above for the symbol in its own window <= limit */
  readonly OMS_CHECK_RATE_SYMBOL: 26;
  /** no side executed too often at about the same price: reset by hand */
  readonly OMS_CHECK_REPEAT: 27;
  /** orders of the same scope, symbol, side, price, qty <= limit */
  readonly OMS_CHECK_DUPLICATE: 28;
  /** client_id is not 0, not the engine's, unused; rising if so set */
  readonly OMS_CHECK_CLIENT_ID: 29;
  /** no own resting order would be met, or what is met makes way */
  readonly OMS_CHECK_SELF_TRADE: 30;
  /** working sells - position: permitted, and <= located lots */
  readonly OMS_CHECK_SHORT: 31;
  /** a reduce-only order and the working reducers <= position */
  readonly OMS_CHECK_REDUCE_ONLY: 32;
  /** what the children of an order work and have executed <= its qty */
  readonly OMS_CHECK_PARENT: 33;
  /** new, replace and cancel requests over fills <= limit */
  readonly OMS_CHECK_ORDER_TO_TRADE: 34;
  /** the host's heartbeat is fresh */
  readonly OMS_CHECK_HEARTBEAT: 35;
  /** room in the order, position and trigger tables */
  readonly OMS_CHECK_CAPACITY: 36;
  /** oms_symbol_define_t */
  readonly OMS_REQUEST_SYMBOL_DEFINE: 1;
  /** oms_limits_set_t */
  readonly OMS_REQUEST_LIMITS_SET: 2;
  /** oms_control_t */
  readonly OMS_REQUEST_CONTROL: 3;
  /** oms_cash_adjust_t */
  readonly OMS_REQUEST_CASH_ADJUST: 4;
  /** oms_scope_limits_set_t */
  readonly OMS_REQUEST_SCOPE_LIMITS_SET: 5;
  /** oms_scope_define_t */
  readonly OMS_REQUEST_SCOPE_DEFINE: 6;
  /** oms_scope_breaker_set_t */
  readonly OMS_REQUEST_SCOPE_BREAKER_SET: 13;
  /** oms_phase_set_t */
  readonly OMS_REQUEST_PHASE_SET: 7;
  /** oms_volume_set_t */
  readonly OMS_REQUEST_VOLUME_SET: 8;
  /** oms_locate_set_t */
  readonly OMS_REQUEST_LOCATE_SET: 9;
  /** oms_group_set_t */
  readonly OMS_REQUEST_GROUP_SET: 10;
  /** oms_bands_set_t */
  readonly OMS_REQUEST_BANDS_SET: 11;
  /** oms_mass_cancel_t */
  readonly OMS_REQUEST_MASS_CANCEL: 12;
  /** oms_simulation_set_t */
  readonly OMS_REQUEST_SIMULATION_SET: 14;
  /** oms_fees_set_t */
  readonly OMS_REQUEST_FEES_SET: 15;
  /** oms_order_submit_t */
  readonly OMS_REQUEST_ORDER_SUBMIT: 16;
  /** oms_order_cancel_t */
  readonly OMS_REQUEST_ORDER_CANCEL: 17;
  /** oms_order_replace_t */
  readonly OMS_REQUEST_ORDER_REPLACE: 18;
  /** oms_order_extend_t */
  readonly OMS_REQUEST_ORDER_EXTEND: 19;
  /** oms_order_adopt_t */
  readonly OMS_REQUEST_ORDER_ADOPT: 20;
  /** oms_trigger_arm_t */
  readonly OMS_REQUEST_TRIGGER_ARM: 32;
  /** oms_trigger_move_t */
  readonly OMS_REQUEST_TRIGGER_MOVE: 33;
  /** oms_trigger_cancel_t */
  readonly OMS_REQUEST_TRIGGER_CANCEL: 34;
  /** oms_position_close_t */
  readonly OMS_REQUEST_POSITION_CLOSE: 35;
  /** oms_position_open_t */
  readonly OMS_REQUEST_POSITION_OPEN: 36;
  /** oms_position_exit_t */
  readonly OMS_REQUEST_POSITION_EXIT: 37;
  /** oms_position_adopt_t */
  readonly OMS_REQUEST_POSITION_ADOPT: 38;
  /** oms_venue_report_t */
  readonly OMS_REQUEST_VENUE_REPORT: 48;
  /** oms_quote_t */
  readonly OMS_REQUEST_QUOTE: 64;
  /** oms_trade_t */
  readonly OMS_REQUEST_TRADE: 65;
  /** oms_bar_t */
  readonly OMS_REQUEST_BAR: 66;
  /** oms_timer_t */
  readonly OMS_REQUEST_TIMER: 80;
  /** oms_drain_t */
  readonly OMS_REQUEST_DRAIN: 81;
  /** oms_poll_t */
  readonly OMS_REQUEST_POLL: 82;
  /** oms_reconcile_begin_t */
  readonly OMS_REQUEST_RECONCILE_BEGIN: 96;
  /** oms_reconcile_position_t */
  readonly OMS_REQUEST_RECONCILE_POSITION: 97;
  /** oms_reconcile_order_t */
  readonly OMS_REQUEST_RECONCILE_ORDER: 98;
  /** oms_reconcile_end_t */
  readonly OMS_REQUEST_RECONCILE_END: 99;
  /** buys */
  readonly OMS_SIDE_BUY: 1;
  /** sells */
  readonly OMS_SIDE_SELL: 2;
  /** at the best price there is; price must be 0 */
  readonly OMS_TYPE_MARKET: 1;
  /** at price or better */
  readonly OMS_TYPE_LIMIT: 2;
  /** a market order once the price has gone against it to stop_price */
  readonly OMS_TYPE_STOP: 3;
  /** a limit order once the price has gone against it to stop_price */
  readonly OMS_TYPE_STOP_LIMIT: 4;
  /** a market order once the price has come its way to stop_price */
  readonly OMS_TYPE_TAKE_PROFIT: 5;
  /** a limit order once the price has come so far */
  readonly OMS_TYPE_TAKE_PROFIT_LIMIT: 6;
  /** a stop that follows the price at a distance */
  readonly OMS_TYPE_TRAILING_STOP: 7;
  /** this library: it is armed here and sent when it fires */
  readonly OMS_HOLD_CORE: 0;
  /** the venue: it is sent as it is */
  readonly OMS_HOLD_VENUE: 1;
  /** until the venue's day ends */
  readonly OMS_TIF_DAY: 0;
  /** until cancelled */
  readonly OMS_TIF_GTC: 1;
  /** what fills at once; the rest is cancelled */
  readonly OMS_TIF_IOC: 3;
  /** all at once or nothing */
  readonly OMS_TIF_FOK: 4;
  /** until expire_at */
  readonly OMS_TIF_GTD: 6;
  /** may only make a position smaller */
  readonly OMS_ORDER_REDUCE_ONLY: 1;
  /** must rest: limit orders only, not IOC or FOK */
  readonly OMS_ORDER_POST_ONLY: 2;
  /** reduces all that is not being closed; qty must be 0 */
  readonly OMS_ORDER_CLOSE_POSITION: 4;
  /** stays here: its children are sent, and name it as parent */
  readonly OMS_ORDER_PARENT: 8;
  /** accepted here, not handed to the venue yet */
  readonly OMS_STATUS_PENDING: 0;
  /** handed out by oms_poll, not acknowledged */
  readonly OMS_STATUS_SUBMITTED: 1;
  /** acknowledged by the venue */
  readonly OMS_STATUS_OPEN: 2;
  /** 0 < cum_qty < order_qty */
  readonly OMS_STATUS_PARTIALLY_FILLED: 3;
  /** cum_qty >= order_qty */
  readonly OMS_STATUS_FILLED: 4;
  /** ended by a cancel, cum_qty kept */
  readonly OMS_STATUS_CANCELLED: 5;
  /** refused by the venue */
  readonly OMS_STATUS_REJECTED: 6;
  /** ended by its time in force, cum_qty kept */
  readonly OMS_STATUS_EXPIRED: 7;
  /** could not be sent, or was refused here when its trigger fired */
  readonly OMS_STATUS_FAILED: 8;
  /** a cancel is on its way */
  readonly OMS_STATUS_PENDING_CANCEL: 9;
  /** a replace is on its way */
  readonly OMS_STATUS_PENDING_REPLACE: 10;
  /** suspended by the venue */
  readonly OMS_STATUS_SUSPENDED: 11;
  /** nothing more is executed today */
  readonly OMS_STATUS_DONE_FOR_DAY: 12;
  /** '0' */
  readonly OMS_FIX_NEW: 48;
  /** '1' */
  readonly OMS_FIX_PARTIALLY_FILLED: 49;
  /** '2' */
  readonly OMS_FIX_FILLED: 50;
  /** '3' */
  readonly OMS_FIX_DONE_FOR_DAY: 51;
  /** '4' */
  readonly OMS_FIX_CANCELED: 52;
  /** '6' */
  readonly OMS_FIX_PENDING_CANCEL: 54;
  /** '8' */
  readonly OMS_FIX_REJECTED: 56;
  /** '9' */
  readonly OMS_FIX_SUSPENDED: 57;
  /** 'A' */
  readonly OMS_FIX_PENDING_NEW: 65;
  /** 'C' */
  readonly OMS_FIX_EXPIRED: 67;
  /** 'E' */
  readonly OMS_FIX_PENDING_REPLACE: 69;
  /** NEW was handed out */
  readonly OMS_FACT_SENT: 1;
  /** the venue acknowledged it */
  readonly OMS_FACT_ACKED: 2;
  /** a cancel request is unanswered */
  readonly OMS_FACT_CANCEL_INFLIGHT: 4;
  /** a replace request is unanswered */
  readonly OMS_FACT_REPLACE_INFLIGHT: 8;
  /** suspended by the venue */
  readonly OMS_FACT_SUSPENDED: 16;
  /** done for the day: leaves are set aside, still reserved */
  readonly OMS_FACT_DONE_FOR_DAY: 32;
  /** held here until its trigger fires */
  readonly OMS_FACT_ARMED: 64;
  /** its trigger price was reached: now a market or limit order */
  readonly OMS_FACT_TRIGGERED: 128;
  /** this library's gate refused it when its trigger fired */
  readonly OMS_FACT_DENIED: 256;
  /** its state at the venue is not certain */
  readonly OMS_MARK_IN_DOUBT: 1;
  /** filled beyond its quantity */
  readonly OMS_MARK_OVERFILL: 2;
  /** filled after it had ended */
  readonly OMS_MARK_LATE_FILL: 4;
  /** the venue traded or acknowledged it after its end */
  readonly OMS_MARK_RESURRECTED: 8;
  /** an execution was taken back */
  readonly OMS_MARK_BUSTED: 16;
  /** an execution was inferred from the venue's total */
  readonly OMS_MARK_GAP: 32;
  /** made for an execution of an order that was not in the table */
  readonly OMS_MARK_FOREIGN: 64;
  /** filled without a price: its value is an estimate */
  readonly OMS_MARK_NO_PRICE: 128;
  /** its timeout asked for the cancel */
  readonly OMS_MARK_TIMED_OUT: 256;
  /** passed while the breaker was half-open */
  readonly OMS_MARK_PROBE: 512;
  /** it lives, or is filled */
  readonly OMS_END_NONE: 0;
  /** cancelled */
  readonly OMS_END_CANCEL: 1;
  /** rejected by the venue */
  readonly OMS_END_REJECT: 2;
  /** expired */
  readonly OMS_END_EXPIRE: 3;
  /** could not be sent, or was refused here when its trigger fired */
  readonly OMS_END_FAIL: 4;
  /** the order is live at the venue */
  readonly OMS_REPORT_ACK: 1;
  /** the order is refused */
  readonly OMS_REPORT_REJECT: 2;
  /** an execution: exec_id, qty, price */
  readonly OMS_REPORT_FILL: 3;
  /** cancelled, asked for or not */
  readonly OMS_REPORT_CANCEL_ACK: 4;
  /** the cancel request is refused */
  readonly OMS_REPORT_CANCEL_REJECT: 5;
  /** the replace request is done */
  readonly OMS_REPORT_REPLACE_ACK: 6;
  /** the replace request is refused */
  readonly OMS_REPORT_REPLACE_REJECT: 7;
  /** ended by its time in force */
  readonly OMS_REPORT_EXPIRE: 8;
  /** an execution is taken back: ref_exec_id */
  readonly OMS_REPORT_BUST: 9;
  /** an execution is corrected: ref_exec_id, exec_id, qty, price */
  readonly OMS_REPORT_CORRECT: 10;
  /** the venue changed qty and price unasked; qty 0: neither */
  readonly OMS_REPORT_RESTATE: 11;
  /** suspended */
  readonly OMS_REPORT_SUSPEND: 12;
  /** no longer suspended */
  readonly OMS_REPORT_RESUME: 13;
  /** nothing more is executed today */
  readonly OMS_REPORT_DONE_FOR_DAY: 14;
  /** a stop that the venue holds was triggered */
  readonly OMS_REPORT_TRIGGERED: 15;
  /** what the venue knows: order_status, venue_cum, venue_avg */
  readonly OMS_REPORT_ORDER_STATUS: 16;
  /** the host: NEW definitely did not leave */
  readonly OMS_REPORT_SEND_FAILED: 17;
  /** the host: nobody knows whether NEW has left */
  readonly OMS_REPORT_SEND_IN_DOUBT: 18;
  /** not given */
  readonly OMS_REASON_NONE: 0;
  /** another reason */
  readonly OMS_REASON_OTHER: 1;
  /** the venue does not know the order */
  readonly OMS_REASON_UNKNOWN_ORDER: 2;
  /** too late: filled or ended at the venue */
  readonly OMS_REASON_TOO_LATE: 3;
  /** the venue's self-trade prevention */
  readonly OMS_REASON_SELF_TRADE: 4;
  /** the price */
  readonly OMS_REASON_PRICE: 5;
  /** the quantity */
  readonly OMS_REASON_QUANTITY: 6;
  /** credit or margin */
  readonly OMS_REASON_CREDIT: 7;
  /** the market is closed or halted */
  readonly OMS_REASON_SESSION: 8;
  /** not given */
  readonly OMS_LIQUIDITY_UNKNOWN: 0;
  /** added */
  readonly OMS_LIQUIDITY_MAKER: 1;
  /** removed */
  readonly OMS_LIQUIDITY_TAKER: 2;
  /** a new order */
  readonly OMS_COMMAND_NEW: 1;
  /** cancel an order */
  readonly OMS_COMMAND_CANCEL: 2;
  /** change quantity and price of an order */
  readonly OMS_COMMAND_REPLACE: 3;
  /** the gate refused a request: code = first check, mask */
  readonly OMS_EVENT_ORDER_DENIED: 1;
  /** an order changed: code = status, qty = cum, value = leaves */
  readonly OMS_EVENT_ORDER_STATUS: 2;
  /** an execution: exec_id, qty, price, value = commission */
  readonly OMS_EVENT_ORDER_FILL: 3;
  /** a report that did not fit: code = anomaly */
  readonly OMS_EVENT_ORDER_ANOMALY: 4;
  /** a position opened: code = side, qty, price */
  readonly OMS_EVENT_POSITION_OPENED: 5;
  /** a position grew or shrank: code = side, qty, price */
  readonly OMS_EVENT_POSITION_CHANGED: 6;
  /** code = exit reason, value = PnL less commissions */
  readonly OMS_EVENT_POSITION_CLOSED: 7;
  /** a stop or target fired: code = kind, limit = level */
  readonly OMS_EVENT_TRIGGER_FIRED: 8;
  /** armed again: its close failed, or its slot is back */
  readonly OMS_EVENT_TRIGGER_REARMED: 9;
  /** a trigger is gone: code = kind, limit = level */
  readonly OMS_EVENT_TRIGGER_ENDED: 10;
  /** code = cause, limit, observed */
  readonly OMS_EVENT_BREAKER_TRIPPED: 11;
  /** code = 1 by hand, 0 by itself */
  readonly OMS_EVENT_BREAKER_RESET: 12;
  /** code = new, observed = old; symbol, or UINT32_MAX: all */
  readonly OMS_EVENT_TRADING_STATE: 14;
  /** scope and symbol (UINT32_MAX: all): no live order, no position */
  readonly OMS_EVENT_FLAT: 15;
  /** a new session began: value = the last one's PnL */
  readonly OMS_EVENT_SESSION: 16;
  /** cash came or went: value */
  readonly OMS_EVENT_CASH: 17;
  /** the limits of a symbol were set */
  readonly OMS_EVENT_LIMITS: 18;
  /** a close went out against checks: mask, code = first */
  readonly OMS_EVENT_CLOSE_UNCHECKED: 19;
  /** the caller's clock stepped back: value = nanoseconds */
  readonly OMS_EVENT_CLOCK_BACK: 20;
  /** a symbol was defined */
  readonly OMS_EVENT_SYMBOL: 21;
  /** an order was taken over: code = status, qty = cum */
  readonly OMS_EVENT_ORDER_ADOPTED: 22;
  /** a position was taken over: code = side, qty */
  readonly OMS_EVENT_POSITION_ADOPTED: 23;
  /** an execution was taken back: exec_id, qty */
  readonly OMS_EVENT_EXECUTION_BUSTED: 24;
  /** one was corrected: exec_id, qty, price */
  readonly OMS_EVENT_EXECUTION_CORRECTED: 25;
  /** it could not be sent: limit = retries, observed = this one */
  readonly OMS_EVENT_SEND_RETRY: 26;
  /** the limits of a scope, or of its breaker, were set */
  readonly OMS_EVENT_SCOPE_LIMITS: 27;
  /** near its limit: mask a check's bit, code = it; mask 0: code = cause */
  readonly OMS_EVENT_WARN: 28;
  /** a scope was defined, or its flags were set: code = flags */
  readonly OMS_EVENT_SCOPE: 29;
  /** a symbol's phase: code = new, observed = old */
  readonly OMS_EVENT_PHASE: 30;
  /** a limit changed: code = field, limit new, observed old */
  readonly OMS_EVENT_LIMIT_CHANGED: 31;
  /** the host is silent: orders are cancelled; limit, observed */
  readonly OMS_EVENT_HEARTBEAT: 32;
  /** code = what differs, limit = ours, observed = the venue's */
  readonly OMS_EVENT_DIFFERENCE: 33;
  /** orders cancelled at once: code = flags, observed = how many */
  readonly OMS_EVENT_MASS_CANCEL: 34;
  /** located lots of a symbol: limit = new, observed = old */
  readonly OMS_EVENT_LOCATE: 35;
  /** average daily volume of a symbol: limit = new, observed = old */
  readonly OMS_EVENT_VOLUME: 36;
  /** a group: code = number, limit = new, observed = old, mask = flags */
  readonly OMS_EVENT_GROUP: 37;
  /** the bands of a tick grid: code = how many, observed = before */
  readonly OMS_EVENT_BANDS: 38;
  /** code = cause, limit = probes, observed = wins */
  readonly OMS_EVENT_BREAKER_HALF_OPEN: 39;
  /** an own resting order makes way: code = mode, qty, price */
  readonly OMS_EVENT_SELF_TRADE: 40;
  /** code 1: limits of scope `value` hold back a side; 0: let go */
  readonly OMS_EVENT_REPEAT: 41;
  /** how a symbol (UINT32_MAX: all) is executed; code 1: fees */
  readonly OMS_EVENT_SIMULATION: 42;
  /** a report for an order that was not handed out yet */
  readonly OMS_ANOMALY_BEFORE_SEND: 1;
  /** filled beyond its quantity */
  readonly OMS_ANOMALY_OVERFILL: 2;
  /** an execution after the end */
  readonly OMS_ANOMALY_LATE_FILL: 3;
  /** life after a reject or failure */
  readonly OMS_ANOMALY_RESURRECTED: 4;
  /** the venue's view and ours differ */
  readonly OMS_ANOMALY_IN_DOUBT: 5;
  /** a report that fits nothing outstanding; ignored */
  readonly OMS_ANOMALY_UNEXPECTED: 6;
  /** a reject of an order that was live */
  readonly OMS_ANOMALY_REJECT_AFTER_ACK: 7;
  /** quantity and price changed by the venue unasked */
  readonly OMS_ANOMALY_UNSOLICITED: 8;
  /** executions are missing: what the venue's total says was booked */
  readonly OMS_ANOMALY_GAP: 9;
  /** a bust or correction of an execution not kept: reconcile */
  readonly OMS_ANOMALY_REF_EVICTED: 10;
  /** an execution of an order that is not in the table */
  readonly OMS_ANOMALY_FOREIGN: 11;
  /** an execution without a price: booked at an estimate */
  readonly OMS_ANOMALY_NO_PRICE: 12;
  /** an alarm: a close of a flatten; the clock tries it again */
  readonly OMS_ANOMALY_CLOSE_FAILED: 13;
  /** trading */
  readonly OMS_BREAKER_CLOSED: 0;
  /** tripped */
  readonly OMS_BREAKER_OPEN: 1;
  /** a few probes may pass: see half_open_probes */
  readonly OMS_BREAKER_HALF_OPEN: 2;
  /** it has not */
  readonly OMS_CAUSE_NONE: 0;
  /** loss since the session's start beyond the limit */
  readonly OMS_CAUSE_DAILY_LOSS: 1;
  /** fall from the equity peak beyond the limit */
  readonly OMS_CAUSE_DRAWDOWN: 2;
  /** losing trades in a row */
  readonly OMS_CAUSE_CONSECUTIVE_LOSSES: 3;
  /** orders in a window beyond the limit */
  readonly OMS_CAUSE_ORDER_RATE: 4;
  /** errors in a row */
  readonly OMS_CAUSE_SYSTEM_ERROR: 5;
  /** by hand */
  readonly OMS_CAUSE_MANUAL: 6;
  /** the venue's books differ from ours by more than was agreed */
  readonly OMS_CAUSE_RECONCILE: 7;
  /** never recovers by itself */
  readonly OMS_BREAKER_FLAG_MANUAL_RESET: 1;
  /** equity leaves unrealised PnL out */
  readonly OMS_BREAKER_FLAG_REALISED_ONLY: 2;
  /** a trade of PnL 0 leaves the streak as it is */
  readonly OMS_BREAKER_FLAG_BREAK_EVEN_KEEPS: 4;
  /** an order beyond the rate trips, besides being denied */
  readonly OMS_BREAKER_FLAG_RATE_TRIPS: 8;
  /** all orders */
  readonly OMS_TRADING_ACTIVE: 0;
  /** what reduces a position */
  readonly OMS_TRADING_REDUCE_ONLY: 1;
  /** orders that carry the reduce-only flag */
  readonly OMS_TRADING_HALTED: 2;
  /** nothing; every live order is cancelled */
  readonly OMS_TRADING_KILLED: 3;
  /** value = trading state; KILLED as oms_kill */
  readonly OMS_CONTROL_TRADING_STATE: 1;
  /** trip by hand; value = the caller's note */
  readonly OMS_CONTROL_BREAKER_TRIP: 2;
  /** reset by hand; value = the caller's note */
  readonly OMS_CONTROL_BREAKER_RESET: 3;
  /** a system error happened; value = the caller's code */
  readonly OMS_CONTROL_ERROR_RECORD: 4;
  /** an operation succeeded: the error count is 0 */
  readonly OMS_CONTROL_ERROR_CLEAR: 5;
  /** the host lives; see heartbeat_max */
  readonly OMS_CONTROL_HEARTBEAT: 6;
  /** REPEAT lets it pass again; value = symbol, OMS_OFF: all */
  readonly OMS_CONTROL_REPEAT_RESET: 7;
  /** of `symbol` alone */
  readonly OMS_CONTROL_FLAG_SYMBOL: 1;
  /** with KILLED: positions are closed too */
  readonly OMS_CONTROL_FLAG_FLATTEN: 2;
  /** then positions are closed too */
  readonly OMS_MASS_CANCEL_FLATTEN: 1;
  /** fires when the price falls (long) or rises (short) to it */
  readonly OMS_TRIGGER_STOP_LOSS: 1;
  /** fires when the price rises (long) or falls (short) to it */
  readonly OMS_TRIGGER_TAKE_PROFIT: 2;
  /** a stop whose level follows the price */
  readonly OMS_TRIGGER_TRAILING_STOP: 3;
  /** an event, and it is done */
  readonly OMS_ACTION_SIGNAL: 1;
  /** a reduce-only market order that closes its quantity */
  readonly OMS_ACTION_CLOSE: 2;
  /** sends the order that is held; made by oms_order_submit */
  readonly OMS_ACTION_RELEASE: 3;
  /** waits for its level */
  readonly OMS_TRIGGER_STATE_ARMED: 1;
  /** its close is under way */
  readonly OMS_TRIGGER_STATE_FIRED: 2;
  /** bought */
  readonly OMS_POSITION_LONG: 1;
  /** sold */
  readonly OMS_POSITION_SHORT: 2;
  /** it is open */
  readonly OMS_EXIT_NONE: 0;
  /** an order of the caller */
  readonly OMS_EXIT_ORDER: 1;
  /** its stop */
  readonly OMS_EXIT_STOP_LOSS: 2;
  /** its target */
  readonly OMS_EXIT_TAKE_PROFIT: 3;
  /** oms_position_close */
  readonly OMS_EXIT_MANUAL: 4;
  /** an execution beyond its quantity */
  readonly OMS_EXIT_REVERSAL: 5;
  /** oms_position_exit without a reason */
  readonly OMS_EXIT_HAND: 6;
  /** its executions were taken back */
  readonly OMS_EXIT_BUSTED: 7;
  /** a trailing stop */
  readonly OMS_EXIT_TRAILING_STOP: 8;
  /** a kill, or a mass cancel, that closes positions */
  readonly OMS_EXIT_FLATTEN: 9;
  /** the ask for a buy, the bid for a sell */
  readonly OMS_REFERENCE_OPPOSITE: 0;
  /** (bid + ask) / 2, rounded against the order's side */
  readonly OMS_REFERENCE_MID: 1;
  /** the last trade */
  readonly OMS_REFERENCE_LAST: 2;
  /** the official close */
  readonly OMS_REFERENCE_CLOSE: 3;
  /** a trade in the market */
  readonly OMS_TRADE_LAST: 0;
  /** the official close; it does not move the last price */
  readonly OMS_TRADE_CLOSE: 1;
  /** a mark price from outside; only what fires on marks looks at it */
  readonly OMS_TRADE_MARK: 2;
  /** the bid those that sell, the ask those that buy */
  readonly OMS_TRIGGER_SOURCE_BID_ASK: 0;
  /** the last trade, both ways */
  readonly OMS_TRIGGER_SOURCE_LAST: 1;
  /** the mark price, both ways */
  readonly OMS_TRIGGER_SOURCE_MARK: 2;
  /** several positions; without it one net position */
  readonly OMS_SYMBOL_HEDGED: 1;
  /** prices may be 0 or below */
  readonly OMS_SYMBOL_NEGATIVE_PRICES: 2;
  /** positions are marked at the last trade, not at bid and ask */
  readonly OMS_SYMBOL_MARK_LAST: 4;
  /** nothing passes it (check SCOPE) */
  readonly OMS_SCOPE_DISABLED: 1;
  /** no order */
  readonly OMS_PHASE_CLOSED: 0;
  /** limit orders */
  readonly OMS_PHASE_PRE_OPEN: 1;
  /** limit orders, and what is held here until its price */
  readonly OMS_PHASE_AUCTION: 2;
  /** all types */
  readonly OMS_PHASE_CONTINUOUS: 3;
  /** no order; cancels, as always */
  readonly OMS_PHASE_HALT: 4;
  /** the collar also binds the passive side */
  readonly OMS_LIMIT_COLLAR_BOTH_SIDES: 1;
  /** nothing trades in this symbol (check SYMBOL) */
  readonly OMS_LIMIT_DISABLED: 2;
  /** a reduce-only order too large is made smaller, not denied */
  readonly OMS_LIMIT_REDUCE_CLAMP: 4;
  /** a sale may open or enlarge a short (check SHORT) */
  readonly OMS_LIMIT_SHORT_ALLOWED: 8;
  /** a short takes located lots: see oms_locate_set */
  readonly OMS_LIMIT_LOCATE_NEEDED: 16;
  /** the symbol joins the group and leaves the one it was in */
  readonly OMS_GROUP_JOIN: 1;
  /** the symbol leaves the group */
  readonly OMS_GROUP_LEAVE: 2;
  /** it is not looked at */
  readonly OMS_SELF_TRADE_OFF: 0;
  /** it is denied */
  readonly OMS_SELF_TRADE_REJECT_NEW: 1;
  /** the resting ones that it would cross are cancelled */
  readonly OMS_SELF_TRADE_CANCEL_OLD: 2;
  /** it is denied, and they are cancelled */
  readonly OMS_SELF_TRADE_CANCEL_BOTH: 3;
  /** both are made smaller by what would trade between them */
  readonly OMS_SELF_TRADE_DECREMENT: 4;
  /** no number */
  readonly OMS_UNIT_NONE: 0;
  /** a count, a state or a code */
  readonly OMS_UNIT_COUNT: 1;
  /** lots */
  readonly OMS_UNIT_LOTS: 2;
  /** ticks */
  readonly OMS_UNIT_TICKS: 3;
  /** money units */
  readonly OMS_UNIT_MONEY: 4;
  /** nanoseconds */
  readonly OMS_UNIT_NANOS: 5;
  /** parts per 10^9 */
  readonly OMS_UNIT_RATIO: 6;
  /** orders, live and ended */
  readonly OMS_TABLE_ORDERS: 1;
  /** positions, open and closed */
  readonly OMS_TABLE_POSITIONS: 2;
  /** stops and targets */
  readonly OMS_TABLE_TRIGGERS: 3;
  /** symbols */
  readonly OMS_TABLE_SYMBOLS: 4;
  /** scopes, the root included */
  readonly OMS_TABLE_SCOPES: 5;
  /** ring of executions that are recognised again */
  readonly OMS_TABLE_EXECUTIONS: 6;
  /** ring of events not polled yet */
  readonly OMS_TABLE_EVENTS: 7;
  /** ring of request times for the rate windows of the root */
  readonly OMS_TABLE_RATE: 8;
  /** pairs of a scope below the root and a symbol */
  readonly OMS_TABLE_BOOKS: 9;
  /** request times of each symbol: used, of the one with most */
  readonly OMS_TABLE_SYMBOL_RATE: 10;
  /** ring of accepted orders that are looked at for duplicates */
  readonly OMS_TABLE_RECENT: 11;
  /** all fields are valid */
  readonly OMS_FIELD_NONE: 0;
  /** struct_size: sizeof(oms_config_t) of this or an older header */
  readonly OMS_FIELD_STRUCT_SIZE: 1;
  /** engine_tag: 0 to 4095 */
  readonly OMS_FIELD_ENGINE_TAG: 2;
  /** money_exp: -12 to 0 */
  readonly OMS_FIELD_MONEY_EXP: 3;
  /** work_per_call: 1 to 65536 */
  readonly OMS_FIELD_WORK_PER_CALL: 4;
  /** capacity.orders: 1 to 16777215 */
  readonly OMS_FIELD_ORDERS: 5;
  /** capacity.symbols: 1 to 65535 */
  readonly OMS_FIELD_SYMBOLS: 6;
  /** capacity.positions: capacity.symbols to 16777215 */
  readonly OMS_FIELD_POSITIONS: 7;
  /** capacity.triggers: 0 to 16777215 */
  readonly OMS_FIELD_TRIGGERS: 8;
  /** capacity.events: 16 to 16777215 */
  readonly OMS_FIELD_EVENTS: 9;
  /** capacity.executions: 1 to 16777215 */
  readonly OMS_FIELD_EXECUTIONS: 10;
  /** capacity.scopes: 1 to 65535 */
  readonly OMS_FIELD_SCOPES: 11;
  /** capacity.rate: at least every rate limit that is on, to 16777215 */
  readonly OMS_FIELD_RATE: 12;
  /** starting_balance: > 0 while a ratio limit is on */
  readonly OMS_FIELD_STARTING_BALANCE: 13;
  /** id_base: top bit 0 */
  readonly OMS_FIELD_ID_BASE: 14;
  /** breaker: a limit is -1 (off) or positive */
  readonly OMS_FIELD_BREAKER_LIMITS: 15;
  /** breaker: a rate is -1 (off) or positive, its window > 0 */
  readonly OMS_FIELD_BREAKER_RATES: 16;
  /** breaker: session_offset is below one day */
  readonly OMS_FIELD_BREAKER_TIMES: 17;
  /** breaker.flags: known bits only */
  readonly OMS_FIELD_BREAKER_FLAGS: 18;
  /** a reserved field is not zero */
  readonly OMS_FIELD_RESERVED: 19;
  /** flags: known bits only */
  readonly OMS_FIELD_FLAGS: 20;
  /** retry: 0 <= delay <= cap, jitter 0 to 1000000000, max 0 to 64 */
  readonly OMS_FIELD_RETRY: 21;
  /** breaker.probe_wins: 1 to half_open_probes, if any */
  readonly OMS_FIELD_BREAKER_PROBES: 22;
  /** breaker.probe_size: 1 to 1000000000 */
  readonly OMS_FIELD_BREAKER_PROBE_SIZE: 23;
  /** breaker.warn_ratio: -1 (off) or 1 to 1000000000 */
  readonly OMS_FIELD_BREAKER_WARN: 24;
  /** capacity.books: 0 to 16777215 */
  readonly OMS_FIELD_BOOKS: 25;
  /** capacity.symbol_rate: 0 to 65535 */
  readonly OMS_FIELD_SYMBOL_RATE: 27;
  /** capacity.recent: 0 to 16777215 */
  readonly OMS_FIELD_RECENT: 28;
  /** mode: OMS_MODE_* */
  readonly OMS_FIELD_MODE: 29;
  /** messages: 0, or 2 x capacity.orders + 4 to 16777215 */
  readonly OMS_FIELD_MESSAGES: 30;
  /** a client id must exceed the last one accepted */
  readonly OMS_CONFIG_MONOTONIC_IDS: 1;
  /** slippage and latency are measured; reports take the long way */
  readonly OMS_CONFIG_MEASURE: 2;
  /** smallest quantity */
  readonly OMS_LIMIT_FIELD_QTY_MIN: 1;
  /** largest quantity */
  readonly OMS_LIMIT_FIELD_QTY_MAX: 2;
  /** step of quantities */
  readonly OMS_LIMIT_FIELD_QTY_STEP: 3;
  /** step of prices */
  readonly OMS_LIMIT_FIELD_PRICE_STEP: 4;
  /** smallest value */
  readonly OMS_LIMIT_FIELD_NOTIONAL_MIN: 5;
  /** largest value */
  readonly OMS_LIMIT_FIELD_NOTIONAL_MAX: 6;
  /** collar in ticks */
  readonly OMS_LIMIT_FIELD_COLLAR_TICKS: 7;
  /** collar as a share */
  readonly OMS_LIMIT_FIELD_COLLAR_RATIO: 8;
  /** oldest reference */
  readonly OMS_LIMIT_FIELD_REFERENCE_AGE_MAX: 9;
  /** largest long position */
  readonly OMS_LIMIT_FIELD_LONG_MAX: 10;
  /** largest short position */
  readonly OMS_LIMIT_FIELD_SHORT_MAX: 11;
  /** OMS_LIMIT_* bits */
  readonly OMS_LIMIT_FIELD_FLAGS: 12;
  /** OMS_REFERENCE_* */
  readonly OMS_LIMIT_FIELD_REFERENCE: 13;
  /** OMS_SELF_TRADE_* */
  readonly OMS_LIMIT_FIELD_SELF_TRADE: 14;
  /** working orders of a side */
  readonly OMS_LIMIT_FIELD_OPEN_ORDERS_MAX: 15;
  /** working lots of a side */
  readonly OMS_LIMIT_FIELD_OPEN_QTY_MAX: 16;
  /** positions */
  readonly OMS_LIMIT_FIELD_POSITIONS_MAX: 17;
  /** permitted types */
  readonly OMS_LIMIT_FIELD_TYPES: 18;
  /** permitted times in force */
  readonly OMS_LIMIT_FIELD_TIMES_IN_FORCE: 19;
  /** share of the average daily volume */
  readonly OMS_LIMIT_FIELD_ADV_RATIO: 20;
  /** value of working orders */
  readonly OMS_LIMIT_FIELD_OPEN_NOTIONAL_MAX: 21;
  /** value traded and working */
  readonly OMS_LIMIT_FIELD_GROSS_MAX: 22;
  /** value bought less sold */
  readonly OMS_LIMIT_FIELD_NET_MAX: 23;
  /** margin of the worst case */
  readonly OMS_LIMIT_FIELD_MARGIN_RATIO: 24;
  /** requests in a window */
  readonly OMS_LIMIT_FIELD_RATE_MAX: 25;
  /** that window */
  readonly OMS_LIMIT_FIELD_RATE_WINDOW: 26;
  /** repeated executions in a window */
  readonly OMS_LIMIT_FIELD_REPEAT_MAX: 27;
  /** that window */
  readonly OMS_LIMIT_FIELD_REPEAT_WINDOW: 28;
  /** about the same price */
  readonly OMS_LIMIT_FIELD_REPEAT_RANGE: 29;
  /** same orders in a window */
  readonly OMS_LIMIT_FIELD_DUPLICATE_MAX: 30;
  /** that window */
  readonly OMS_LIMIT_FIELD_DUPLICATE_WINDOW: 31;
  /** scope: working orders */
  readonly OMS_LIMIT_FIELD_SCOPE_OPEN_ORDERS_MAX: 64;
  /** scope: positions */
  readonly OMS_LIMIT_FIELD_SCOPE_POSITIONS_MAX: 65;
  /** scope: permitted types */
  readonly OMS_LIMIT_FIELD_SCOPE_TYPES: 66;
  /** scope: permitted times in force */
  readonly OMS_LIMIT_FIELD_SCOPE_TIMES_IN_FORCE: 67;
  /** scope: largest quantity */
  readonly OMS_LIMIT_FIELD_SCOPE_QTY_MAX: 68;
  /** scope: largest value */
  readonly OMS_LIMIT_FIELD_SCOPE_NOTIONAL_MAX: 69;
  /** scope: value of working orders */
  readonly OMS_LIMIT_FIELD_SCOPE_OPEN_NOTIONAL_MAX: 70;
  /** scope: value traded and working */
  readonly OMS_LIMIT_FIELD_SCOPE_GROSS_MAX: 71;
  /** scope: value bought less sold */
  readonly OMS_LIMIT_FIELD_SCOPE_NET_MAX: 72;
  /** scope: margin */
  readonly OMS_LIMIT_FIELD_SCOPE_CREDIT_MAX: 73;
  /** scope: value over equity */
  readonly OMS_LIMIT_FIELD_SCOPE_LEVERAGE_MAX: 74;
  /** scope: requests for each fill */
  readonly OMS_LIMIT_FIELD_SCOPE_ORDER_TO_TRADE_MAX: 75;
  /** scope: fewest requests that count */
  readonly OMS_LIMIT_FIELD_SCOPE_ORDER_TO_TRADE_MIN: 76;
  /** scope: that window */
  readonly OMS_LIMIT_FIELD_SCOPE_ORDER_TO_TRADE_WINDOW: 77;
  /** scope: age of the heartbeat */
  readonly OMS_LIMIT_FIELD_SCOPE_HEARTBEAT_MAX: 78;
  /** scope: cancels in a window */
  readonly OMS_LIMIT_FIELD_SCOPE_CANCEL_MAX: 79;
  /** scope: that window */
  readonly OMS_LIMIT_FIELD_SCOPE_CANCEL_WINDOW: 80;
  /** scope: share of a limit that warns */
  readonly OMS_LIMIT_FIELD_SCOPE_WARN_RATIO: 81;
  /** breaker: daily loss, share */
  readonly OMS_LIMIT_FIELD_BREAKER_DAILY_LOSS_RATIO: 128;
  /** breaker: daily loss */
  readonly OMS_LIMIT_FIELD_BREAKER_DAILY_LOSS_MONEY: 129;
  /** breaker: drawdown, share */
  readonly OMS_LIMIT_FIELD_BREAKER_DRAWDOWN_RATIO: 130;
  /** breaker: drawdown */
  readonly OMS_LIMIT_FIELD_BREAKER_DRAWDOWN_MONEY: 131;
  /** breaker: loss of a streak */
  readonly OMS_LIMIT_FIELD_BREAKER_STREAK_LOSS_MONEY: 132;
  /** breaker: custom window */
  readonly OMS_LIMIT_FIELD_BREAKER_RATE_WINDOW: 133;
  /** breaker: time to a recovery */
  readonly OMS_LIMIT_FIELD_BREAKER_AUTO_RESET_AFTER: 134;
  /** breaker: time after it */
  readonly OMS_LIMIT_FIELD_BREAKER_COOLDOWN: 135;
  /** breaker: losses in a row */
  readonly OMS_LIMIT_FIELD_BREAKER_CONSECUTIVE_LOSSES: 136;
  /** breaker: errors in a row */
  readonly OMS_LIMIT_FIELD_BREAKER_CONSECUTIVE_ERRORS: 137;
  /** breaker: orders in a minute */
  readonly OMS_LIMIT_FIELD_BREAKER_ORDERS_PER_MINUTE: 138;
  /** breaker: orders in an hour */
  readonly OMS_LIMIT_FIELD_BREAKER_ORDERS_PER_HOUR: 139;
  /** breaker: orders in the window */
  readonly OMS_LIMIT_FIELD_BREAKER_ORDERS_PER_WINDOW: 140;
  /** breaker: recoveries in a session */
  readonly OMS_LIMIT_FIELD_BREAKER_MAX_AUTO_RESETS: 141;
  /** breaker: OMS_BREAKER_FLAG_* bits */
  readonly OMS_LIMIT_FIELD_BREAKER_FLAGS: 142;
  /** breaker: probes */
  readonly OMS_LIMIT_FIELD_BREAKER_HALF_OPEN_PROBES: 143;
  /** breaker: wins that close it */
  readonly OMS_LIMIT_FIELD_BREAKER_PROBE_WINS: 144;
  /** breaker: share for a probe */
  readonly OMS_LIMIT_FIELD_BREAKER_PROBE_SIZE: 145;
  /** breaker: share of a limit that warns */
  readonly OMS_LIMIT_FIELD_BREAKER_WARN_RATIO: 146;
  /** the round is over: limit = rows, observed = differences */
  readonly OMS_DIFFERENCE_NONE: 0;
  /** net lots of a symbol */
  readonly OMS_DIFFERENCE_NET_QTY: 1;
  /** long lots of a hedged symbol */
  readonly OMS_DIFFERENCE_LONG_QTY: 2;
  /** short lots of a hedged symbol */
  readonly OMS_DIFFERENCE_SHORT_QTY: 3;
  /** long lots of a symbol that the venue did not mention */
  readonly OMS_DIFFERENCE_MISSING_LONG: 4;
  /** short lots of a symbol that the venue did not mention */
  readonly OMS_DIFFERENCE_MISSING_SHORT: 5;
  /** average price of the same lots; no tolerance counts it */
  readonly OMS_DIFFERENCE_AVERAGE_PRICE: 6;
  /** lots open there: an order that is not known here */
  readonly OMS_DIFFERENCE_UNKNOWN_ORDER: 7;
  /** lots open there: an order that has ended here */
  readonly OMS_DIFFERENCE_ENDED_HERE: 8;
  /** lots reserved here: an order that has ended at the venue */
  readonly OMS_DIFFERENCE_ENDED_THERE: 9;
  /** lots reserved here: the venue has it, NEW was not handed out */
  readonly OMS_DIFFERENCE_NOT_SENT: 10;
  /** symbol of an order */
  readonly OMS_DIFFERENCE_SYMBOL: 11;
  /** side of an order */
  readonly OMS_DIFFERENCE_SIDE: 12;
  /** quantity of a live order, old or new of a replace in flight */
  readonly OMS_DIFFERENCE_QUANTITY: 13;
  /** price of a live order, old or new of a replace in flight */
  readonly OMS_DIFFERENCE_PRICE: 14;
  /** lots executed: more at the venue */
  readonly OMS_DIFFERENCE_FILL_MISSED: 15;
  /** lots executed: more here */
  readonly OMS_DIFFERENCE_FILL_EXTRA: 16;
  /** lots reserved here: an order the venue did not mention */
  readonly OMS_DIFFERENCE_MISSING_ORDER: 17;
  /** the same, never acknowledged; no tolerance counts it */
  readonly OMS_DIFFERENCE_IN_DOUBT: 18;
  /** what is not mentioned counts for `symbol` only */
  readonly OMS_RECONCILE_ONE_SYMBOL: 1;
  /** orders that are not mentioned count for `venue` only */
  readonly OMS_RECONCILE_ONE_VENUE: 2;
  /** positions are not given */
  readonly OMS_RECONCILE_NO_POSITIONS: 4;
  /** orders are not given */
  readonly OMS_RECONCILE_NO_ORDERS: 8;
  /** there was none yet */
  readonly OMS_RECONCILE_STATE_NONE: 0;
  /** positions and orders are given */
  readonly OMS_RECONCILE_STATE_ROWS: 1;
  /** what was not mentioned is looked for */
  readonly OMS_RECONCILE_STATE_ENDING: 2;
  /** it is over */
  readonly OMS_RECONCILE_STATE_DONE: 3;
  /** none */
  readonly OMS_AUDIT_NONE: 0;
  /** reserved buy lots of a symbol */
  readonly OMS_AUDIT_WORKING_BUY: 1;
  /** reserved sell lots of a symbol */
  readonly OMS_AUDIT_WORKING_SELL: 2;
  /** number of live orders */
  readonly OMS_AUDIT_LIVE_ORDERS: 3;
  /** number of ended orders that may be evicted */
  readonly OMS_AUDIT_ENDED_ORDERS: 4;
  /** number of orders with a command waiting */
  readonly OMS_AUDIT_COMMANDS: 5;
  /** an order is not found by its client id */
  readonly OMS_AUDIT_CLIENT_INDEX: 6;
  /** long lots of a symbol */
  readonly OMS_AUDIT_LONG_QTY: 7;
  /** short lots of a symbol */
  readonly OMS_AUDIT_SHORT_QTY: 8;
  /** entry cost of a symbol's longs */
  readonly OMS_AUDIT_LONG_COST: 9;
  /** entry cost of a symbol's shorts */
  readonly OMS_AUDIT_SHORT_COST: 10;
  /** unrealised PnL of the account */
  readonly OMS_AUDIT_UNREALISED: 11;
  /** lots of a position that are being closed */
  readonly OMS_AUDIT_CLOSING: 12;
  /** number of open positions */
  readonly OMS_AUDIT_OPEN_POSITIONS: 13;
  /** orders that hold room for a position */
  readonly OMS_AUDIT_OPENING_ORDERS: 14;
  /** number of triggers of a position */
  readonly OMS_AUDIT_TRIGGERS: 15;
  /** an armed trigger does not stand in its queue */
  readonly OMS_AUDIT_TRIGGER_QUEUE: 16;
  /** a position is not found by its tag */
  readonly OMS_AUDIT_TAG_INDEX: 17;
  /** an execution is not found by its id */
  readonly OMS_AUDIT_EXECUTIONS: 18;
  /** order slots that triggers hold */
  readonly OMS_AUDIT_ORDER_SLOTS: 19;
  /** an order's cum_qty and its value disagree */
  readonly OMS_AUDIT_CUM_QTY: 20;
  /** realised PnL of the account against its symbols' */
  readonly OMS_AUDIT_REALISED: 21;
  /** commissions of the account against its symbols' */
  readonly OMS_AUDIT_COMMISSION: 22;
  /** number of working orders of a symbol or in all */
  readonly OMS_AUDIT_WORKING_ORDERS: 23;
  /** positions that are open or may be opened */
  readonly OMS_AUDIT_CLAIMS: 24;
  /** list of reduce-only orders of a position */
  readonly OMS_AUDIT_REDUCERS: 25;
  /** an order held here and its trigger do not match */
  readonly OMS_AUDIT_HELD_ORDERS: 26;
  /** room reserved for the legs of brackets */
  readonly OMS_AUDIT_BRACKET_LEGS: 27;
  /** an order does not stand in the queue of deadlines */
  readonly OMS_AUDIT_DEADLINES: 28;
  /** reduce-only orders could flip a position */
  readonly OMS_AUDIT_EXCESS: 29;
  /** counts of closed positions */
  readonly OMS_AUDIT_STATISTICS: 30;
  /** of two orders that cancel each other only one knows */
  readonly OMS_AUDIT_LINKS: 31;
  /** prices of a symbol that are taken to mean nothing */
  readonly OMS_AUDIT_WATCH: 32;
  /** what a tick of a symbol is worth */
  readonly OMS_AUDIT_WEIGHTS: 33;
  /** equity as the breaker knows it */
  readonly OMS_AUDIT_EQUITY: 34;
  /** ranges that plain orders are judged by */
  readonly OMS_AUDIT_FOLDS: 35;
  /** a trigger that has fired waits for nothing */
  readonly OMS_AUDIT_FIRED_TRIGGERS: 36;
  /** orders or positions of the half-open breaker's probes */
  readonly OMS_AUDIT_PROBES: 37;
  /** what the orders of a scope have reserved in a symbol */
  readonly OMS_AUDIT_BOOK_ORDERS: 38;
  /** what the positions of a scope add up to in a symbol */
  readonly OMS_AUDIT_BOOK_POSITIONS: 39;
  /** what a scope claims in a symbol */
  readonly OMS_AUDIT_BOOK_CLAIMS: 40;
  /** working orders and claims of a scope */
  readonly OMS_AUDIT_SCOPE_COUNTS: 41;
  /** the account of a scope against its books */
  readonly OMS_AUDIT_SCOPE_ACCOUNT: 42;
  /** value of a symbol's working orders */
  readonly OMS_AUDIT_WORKING_VALUE: 43;
  /** value of a symbol's executions */
  readonly OMS_AUDIT_TRADED_VALUE: 44;
  /** what a symbol, or all of them, come to in money */
  readonly OMS_AUDIT_VALUES: 45;
  /** members and exposure of a group of symbols */
  readonly OMS_AUDIT_GROUPS: 46;
  /** request times of a symbol go back */
  readonly OMS_AUDIT_SYMBOL_RATE: 47;
  /** an accepted order is not found among those like it */
  readonly OMS_AUDIT_RECENT: 48;
  /** lots of an order's children, working and executed */
  readonly OMS_AUDIT_CHILDREN: 51;
  /** a resting order does not stand where its price says */
  readonly OMS_AUDIT_RESTING: 53;
  /** what is left of a place that is killed or cleared */
  readonly OMS_AUDIT_KILLS: 54;
  /** the simulated venue, or what it works for an order */
  readonly OMS_AUDIT_VENUE: 56;
  /** share: the same for every order */
  readonly OMS_SLIPPAGE_FIXED: 1;
  /** factor x p, p at most participation_max; without a volume FIXED */
  readonly OMS_SLIPPAGE_VOLUME: 2;
  /** half the spread */
  readonly OMS_SLIPPAGE_SPREAD: 3;
  /** half the spread + impact x p + noise */
  readonly OMS_SLIPPAGE_REALISTIC: 4;
  /** factor x p^2, p at most participation_max */
  readonly OMS_SLIPPAGE_VOLUME_SHARE: 5;
  /** factor x volatility x the root of p */
  readonly OMS_SLIPPAGE_SQUARE_ROOT: 6;
  /** Almgren and others 2005: a temporary and a permanent part */
  readonly OMS_SLIPPAGE_ALMGREN: 7;
  /** a walk of the price levels that are given: oms_slippage_depth */
  readonly OMS_SLIPPAGE_DEPTH: 8;
  /** bid and ask are given: their mid is the reference, price is not read */
  readonly OMS_SLIPPAGE_FLAG_QUOTED: 1;
  /** limit is given: the price is not beyond it */
  readonly OMS_SLIPPAGE_FLAG_LIMITED: 2;
  /** the size passes */
  readonly OMS_SIZE_OK: 0;
  /** too large: p is above participation_max */
  readonly OMS_SIZE_TOO_LARGE: 1;
  /** slippage too high: the estimate is too large */
  readonly OMS_SIZE_SLIPPAGE_TOO_HIGH: 2;
  /** no market volume */
  readonly OMS_SIZE_NO_VOLUME: 3;
  /** behind all that is displayed there */
  readonly OMS_QUEUE_BACK: 0;
  /** before all others */
  readonly OMS_QUEUE_FRONT: 1;
  /** to the host, by oms_poll; reports come by oms_venue_report */
  readonly OMS_MODE_LIVE: 0;
  /** to the simulated venue, which follows live quotes */
  readonly OMS_MODE_PAPER: 1;
  /** to the simulated venue, which follows given quotes */
  readonly OMS_MODE_BACKTEST: 2;
  /** no fees */
  readonly OMS_FEES_FREE: 0;
  /** 0.1 % for maker and taker */
  readonly OMS_FEES_STANDARD: 1;
  /** 0.09 % for maker and taker */
  readonly OMS_FEES_VIP1: 2;
  /** 0.08 % for maker and taker */
  readonly OMS_FEES_VIP2: 3;
  /** all fields are valid */
  readonly OMS_SIM_FIELD_NONE: 0;
  /** model: OMS_SLIPPAGE_* */
  readonly OMS_SIM_FIELD_MODEL: 1;
  /** share: 0 to 10^9 */
  readonly OMS_SIM_FIELD_SHARE: 2;
  /** factor: 0 to 10^12 */
  readonly OMS_SIM_FIELD_FACTOR: 3;
  /** participation_max: 0 to 10^9 */
  readonly OMS_SIM_FIELD_PARTICIPATION_MAX: 4;
  /** spread: 0 to 10^9 */
  readonly OMS_SIM_FIELD_SPREAD: 5;
  /** impact: 0 to 10^12 */
  readonly OMS_SIM_FIELD_IMPACT: 6;
  /** noise: 0 to 10^9 */
  readonly OMS_SIM_FIELD_NOISE: 7;
  /** volatility: 0 to 10^12 */
  readonly OMS_SIM_FIELD_VOLATILITY: 8;
  /** days: 1 to 10^12 */
  readonly OMS_SIM_FIELD_DAYS: 9;
  /** a reserved field of oms_slippage_t is not zero */
  readonly OMS_SIM_FIELD_SLIPPAGE_RESERVED: 10;
  /** maker, also of a tier: -10^9 to 10^9 */
  readonly OMS_SIM_FIELD_MAKER: 32;
  /** taker, also of a tier: -10^9 to 10^9 */
  readonly OMS_SIM_FIELD_TAKER: 33;
  /** minimum: -1 (none) or 0 and more */
  readonly OMS_SIM_FIELD_MINIMUM: 34;
  /** maximum: -1 (none) or 0 and more */
  readonly OMS_SIM_FIELD_MAXIMUM: 35;
  /** tier_count: 0 to 8 */
  readonly OMS_SIM_FIELD_TIER_COUNT: 36;
  /** volumes of tiers: above 0, rising; unused tiers are 0 */
  readonly OMS_SIM_FIELD_TIER_VOLUME: 37;
  /** a reserved field of oms_fees_t is not zero */
  readonly OMS_SIM_FIELD_FEES_RESERVED: 38;
  /** Bytes of a symbol's name, the zero at its end included. */
  readonly OMS_NAME_BYTES: 32;
  /** No limit. */
  readonly OMS_OFF: -1;
  /** verdict.first when every check holds. */
  readonly OMS_CHECK_NONE: 4294967295;
  /** Most stops and targets of one position. */
  readonly OMS_TRIGGERS_PER_POSITION: 8;
  /** Most different steps (above 1) of the trailing stops of one symbol and side. */
  readonly OMS_TRAIL_STEPS: 2;
  /** Most tiers of a schedule of fees. */
  readonly OMS_FEE_TIERS: 8;
  /** Trips that are kept. */
  readonly OMS_TRIPS_KEPT: 32;
  /** Alignment of the memory for `oms_init` and `oms_breaker_init`, in bytes. */
  readonly OMS_ALIGN: 64;
  /** Bytes of one order in lent memory, at most: for static storage. */
  readonly OMS_ORDER_BYTES: 640;
  /** Bytes of one position in lent memory, at most. */
  readonly OMS_POSITION_BYTES: 288;
  /** Bytes of one trigger in lent memory, at most. */
  readonly OMS_TRIGGER_BYTES: 352;
  /** Bytes of one symbol in lent memory, at most. */
  readonly OMS_SYMBOL_BYTES: 3264;
  /** Bytes of one event in lent memory. */
  readonly OMS_EVENT_BYTES: 128;
  /** Bytes of one execution in lent memory, at most. */
  readonly OMS_EXECUTION_BYTES: 272;
  /** Bytes of one scope in lent memory, at most. */
  readonly OMS_SCOPE_BYTES: 4608;
  /** Bytes of one book in lent memory, at most. */
  readonly OMS_BOOK_BYTES: 2048;
  /** Bytes of one request time in lent memory. */
  readonly OMS_RATE_BYTES: 8;
  /** Bytes of an engine besides its tables, at most, with the gaps between them. */
  readonly OMS_BASE_BYTES: 3648;
  /** Bytes of one request time of one symbol in lent memory. */
  readonly OMS_SYMBOL_RATE_BYTES: 8;
  /** Bytes of one order that is looked at for duplicates in lent memory, at most. */
  readonly OMS_RECENT_BYTES: 72;
  /** Bytes more of one order in lent memory with OMS_CONFIG_MEASURE. */
  readonly OMS_ORDER_MEASURE_BYTES: 16;
  /** Bytes more of one symbol in lent memory with OMS_CONFIG_MEASURE. */
  readonly OMS_SYMBOL_MEASURE_BYTES: 64;
  /** Bytes of the simulated venue in lent memory besides its tables, at most, with the gaps. */
  readonly OMS_VENUE_BYTES: 2560;
  /** Bytes more of one order in lent memory in the simulated modes, at most. */
  readonly OMS_VENUE_ORDER_BYTES: 272;
  /** Bytes more of one symbol in lent memory in the simulated modes, at most. */
  readonly OMS_VENUE_SYMBOL_BYTES: 896;
  /** Bytes of one message between here and the simulated venue in lent memory, at most. */
  readonly OMS_MESSAGE_BYTES: 160;
  /** Version of the ABI that this header describes. */
  readonly OMS_ABI_VERSION: 65536;
};

/** The name of a value, without the prefix; "?" for an unknown one. */
export interface Names {
  statusText(status: number): string;
  checkText(check: number): string;
  statusName(code: number): string;
  checkName(code: number): string;
  requestName(code: number): string;
  sideName(code: number): string;
  orderTypeName(code: number): string;
  timeInForceName(code: number): string;
  orderStatusName(code: number): string;
  fixStatusName(code: number): string;
  orderEndName(code: number): string;
  reportName(code: number): string;
  reasonName(code: number): string;
  commandName(code: number): string;
  eventName(code: number): string;
  differenceName(code: number): string;
  limitFieldName(code: number): string;
  phaseName(code: number): string;
  anomalyName(code: number): string;
  breakerStateName(code: number): string;
  causeName(code: number): string;
  tradingStateName(code: number): string;
  triggerKindName(code: number): string;
  triggerStateName(code: number): string;
  positionSideName(code: number): string;
  exitReasonName(code: number): string;
  unitName(code: number): string;
  tableName(code: number): string;
  configFieldName(code: number): string;
  auditItemName(code: number): string;
  holdName(code: number): string;
  orderFlagName(code: number): string;
  orderFactName(code: number): string;
  orderMarkName(code: number): string;
  triggerActionName(code: number): string;
  controlActionName(code: number): string;
  configFlagName(code: number): string;
  modeName(code: number): string;
  queueName(code: number): string;
  slippageModelName(code: number): string;
  sizeCodeName(code: number): string;
  feePlanName(code: number): string;
  simFieldName(code: number): string;
}
