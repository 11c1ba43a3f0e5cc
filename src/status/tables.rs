// Every code that crosses the ABI, once: `status/mod.rs` makes the Rust enums of it, `build.rs` the
// constants of `include/oms.h`. Numbers are permanent: rows are added, never changed or reused.
// Row: Variant = number, "C name after the prefix", "one line for people".
code_tables! {
    TABLES
    "What a call answers: 0 done, > 0 done with something to know, < 0 refused and nothing changed."
    Status: i32 "OMS_" "oms_status_t" {
        Ok = 0 "OK" "done";
        More = 1 "MORE" "taken whole; work is queued: call oms_drain";
        Exists = 2 "EXISTS" "an identical request was taken before; its id is given";
        Ignored = 3 "IGNORED" "the report was known or changes nothing; it was counted";
        Null = -1 "E_NULL" "a pointer is NULL";
        Align = -2 "E_ALIGN" "a pointer is not aligned for its type (OMS_ALIGN for memory)";
        Size = -3 "E_SIZE" "memory, struct_size or record size is not what is needed";
        Handle = -4 "E_HANDLE" "the memory holds no engine (or no breaker) that was initialised";
        Kind = -5 "E_KIND" "header.kind is not of this door: OMS_REQUEST_INIT fills it in";
        Enum = -6 "E_ENUM" "an enumeration or flag field holds an unknown value";
        Reserved = -7 "E_RESERVED" "a reserved field is not zero";
        Range = -8 "E_RANGE" "a value is out of its range, or a result would not fit";
        Config = -9 "E_CONFIG" "a configuration field is invalid: oms_config_check names it";
        Unknown = -10 "E_UNKNOWN" "no such order, position, trigger or record";
        Stale = -11 "E_STALE" "the id was of this engine, but its record is gone";
        Foreign = -12 "E_FOREIGN" "the id carries another engine's tag";
        Terminal = -13 "E_TERMINAL" "the order has ended, or the position is closed";
        Pending = -14 "E_PENDING" "a cancel, replace or trigger work is pending; try later";
        Capacity = -15 "E_CAPACITY" "the table is full: see oms_table_get";
        Symbol = -16 "E_SYMBOL" "no such symbol";
        Scope = -17 "E_SCOPE" "no such scope";
        BadQty = -18 "E_BAD_QTY" "the reported quantity is not positive";
        Conflict = -19 "E_CONFLICT" "an id that is known came with other facts";
        Price = -20 "E_PRICE" "a price the symbol cannot have, or a bid above the ask";
        State = -21 "E_STATE" "not possible in the present state";
        Audit = -22 "E_AUDIT" "an aggregate differs from its recomputation: the report names it";
    }

    "The pre-trade checks, in their order; the bit of a verdict's mask is 1 << number."
    Check: u32 "OMS_CHECK_" "oms_check_t" {
        Fields = 0 "FIELDS" "side, type, time in force, flags and prices fit together; qty > 0";
        Symbol = 1 "SYMBOL" "the symbol exists and is enabled";
        Scope = 2 "SCOPE" "the scope exists and is enabled, like those that it lies in";
        TradingState = 3 "TRADING_STATE" "the trading state lets this order through";
        Breaker = 4 "BREAKER" "the breaker is closed, or half-open with a probe left";
        Session = 5 "SESSION" "the symbol's phase allows this type";
        Permission = 6 "PERMISSION" "type and time in force are permitted";
        Increment = 7 "INCREMENT" "price on the tick grid, qty a multiple of the lot step";
        Qty = 8 "QTY" "qty_min <= qty <= qty_max";
        Notional = 9 "NOTIONAL" "notional_min <= value <= notional_max";
        Collar = 10 "COLLAR" "the price is no further from the reference than the collar";
        ReferenceAge = 11 "REFERENCE_AGE" "the reference price exists and is fresh";
        Adv = 12 "ADV" "qty <= share of average daily volume";
        Position = 13 "POSITION" "position + working orders of this side + this one <= limit";
        OpenOrders = 14 "OPEN_ORDERS" "number and quantity of working orders <= limit";
        OpenNotional = 15 "OPEN_NOTIONAL" "value of working orders, this one included, <= limit";
        Gross = 16 "GROSS" "value traded in this session and working <= limit";
        Net = 17 "NET" "magnitude of bought less sold in this session, with working, <= limit";
        Credit = 18 "CREDIT" "margin of positions and working orders, at worst, <= credit";
        Leverage = 19 "LEVERAGE" "value of positions and working orders over equity <= limit";
        Group = 20 "GROUP" "exposure of the symbol's group, at worst, <= limit";
        Portfolio = 21 "PORTFOLIO" "reserved: portfolio volatility after the trade";
        Positions = 22 "POSITIONS" "positions, open and to be opened by working orders, <= limit";
        RateMinute = 23 "RATE_MINUTE" "new and replace requests in the last minute <= limit";
        RateHour = 24 "RATE_HOUR" "new and replace requests in the last hour <= limit";
        RateCustom = 25 "RATE_CUSTOM" "new and replace requests in the custom window <= limit";
        RateSymbol = 26 "RATE_SYMBOL" "requests as above for the symbol in its own window <= limit";
        Repeat = 27 "REPEAT" "no side executed too often at about the same price: reset by hand";
        Duplicate = 28 "DUPLICATE" "orders of the same scope, symbol, side, price, qty <= limit";
        ClientId = 29 "CLIENT_ID" "client_id is not 0, not the engine's, unused; rising if so set";
        SelfTrade = 30 "SELF_TRADE" "no own resting order would be met, or what is met makes way";
        Short = 31 "SHORT" "working sells - position: permitted, and <= located lots";
        ReduceOnly = 32 "REDUCE_ONLY" "a reduce-only order and the working reducers <= position";
        Parent = 33 "PARENT" "what the children of an order work and have executed <= its qty";
        OrderToTrade = 34 "ORDER_TO_TRADE" "new, replace and cancel requests over fills <= limit";
        Heartbeat = 35 "HEARTBEAT" "the host's heartbeat is fresh";
        Capacity = 36 "CAPACITY" "room in the order, position and trigger tables";
    }

    "Number of a request record: header.kind."
    RequestKind: u32 "OMS_REQUEST_" "oms_request_kind_t" {
        SymbolDefine = 1 "SYMBOL_DEFINE" "oms_symbol_define_t";
        LimitsSet = 2 "LIMITS_SET" "oms_limits_set_t";
        Control = 3 "CONTROL" "oms_control_t";
        CashAdjust = 4 "CASH_ADJUST" "oms_cash_adjust_t";
        ScopeLimitsSet = 5 "SCOPE_LIMITS_SET" "oms_scope_limits_set_t";
        ScopeDefine = 6 "SCOPE_DEFINE" "oms_scope_define_t";
        ScopeBreakerSet = 13 "SCOPE_BREAKER_SET" "oms_scope_breaker_set_t";
        PhaseSet = 7 "PHASE_SET" "oms_phase_set_t";
        VolumeSet = 8 "VOLUME_SET" "oms_volume_set_t";
        LocateSet = 9 "LOCATE_SET" "oms_locate_set_t";
        GroupSet = 10 "GROUP_SET" "oms_group_set_t";
        BandsSet = 11 "BANDS_SET" "oms_bands_set_t";
        MassCancel = 12 "MASS_CANCEL" "oms_mass_cancel_t";
        SimulationSet = 14 "SIMULATION_SET" "oms_simulation_set_t";
        FeesSet = 15 "FEES_SET" "oms_fees_set_t";
        OrderSubmit = 16 "ORDER_SUBMIT" "oms_order_submit_t";
        OrderCancel = 17 "ORDER_CANCEL" "oms_order_cancel_t";
        OrderReplace = 18 "ORDER_REPLACE" "oms_order_replace_t";
        OrderExtend = 19 "ORDER_EXTEND" "oms_order_extend_t";
        OrderAdopt = 20 "ORDER_ADOPT" "oms_order_adopt_t";
        TriggerArm = 32 "TRIGGER_ARM" "oms_trigger_arm_t";
        TriggerMove = 33 "TRIGGER_MOVE" "oms_trigger_move_t";
        TriggerCancel = 34 "TRIGGER_CANCEL" "oms_trigger_cancel_t";
        PositionClose = 35 "POSITION_CLOSE" "oms_position_close_t";
        PositionOpen = 36 "POSITION_OPEN" "oms_position_open_t";
        PositionExit = 37 "POSITION_EXIT" "oms_position_exit_t";
        PositionAdopt = 38 "POSITION_ADOPT" "oms_position_adopt_t";
        VenueReport = 48 "VENUE_REPORT" "oms_venue_report_t";
        Quote = 64 "QUOTE" "oms_quote_t";
        Trade = 65 "TRADE" "oms_trade_t";
        Bar = 66 "BAR" "oms_bar_t";
        Timer = 80 "TIMER" "oms_timer_t";
        Drain = 81 "DRAIN" "oms_drain_t";
        Poll = 82 "POLL" "oms_poll_t";
        ReconcileBegin = 96 "RECONCILE_BEGIN" "oms_reconcile_begin_t";
        ReconcilePosition = 97 "RECONCILE_POSITION" "oms_reconcile_position_t";
        ReconcileOrder = 98 "RECONCILE_ORDER" "oms_reconcile_order_t";
        ReconcileEnd = 99 "RECONCILE_END" "oms_reconcile_end_t";
    }

    "Side of an order (FIX tag 54)."
    Side: u8 "OMS_SIDE_" "oms_side_t" {
        Buy = 1 "BUY" "buys";
        Sell = 2 "SELL" "sells";
    }

    "Type of an order (FIX tag 40: 1, 2, 3, 4, J, none, P)."
    OrderType: u8 "OMS_TYPE_" "oms_order_type_t" {
        Market = 1 "MARKET" "at the best price there is; price must be 0";
        Limit = 2 "LIMIT" "at price or better";
        Stop = 3 "STOP" "a market order once the price has gone against it to stop_price";
        StopLimit = 4 "STOP_LIMIT" "a limit order once the price has gone against it to stop_price";
        TakeProfit = 5 "TAKE_PROFIT" "a market order once the price has come its way to stop_price";
        TakeProfitLimit = 6 "TAKE_PROFIT_LIMIT" "a limit order once the price has come so far";
        TrailingStop = 7 "TRAILING_STOP" "a stop that follows the price at a distance";
    }

    "Who holds a stop, take-profit or trailing order until its trigger price."
    Hold: u8 "OMS_HOLD_" "oms_hold_t" {
        Core = 0 "CORE" "this library: it is armed here and sent when it fires";
        Venue = 1 "VENUE" "the venue: it is sent as it is";
    }

    "Time in force (FIX tag 59); it is carried to the venue, which enforces it."
    TimeInForce: u8 "OMS_TIF_" "oms_time_in_force_t" {
        Day = 0 "DAY" "until the venue's day ends";
        Gtc = 1 "GTC" "until cancelled";
        Ioc = 3 "IOC" "what fills at once; the rest is cancelled";
        Fok = 4 "FOK" "all at once or nothing";
        Gtd = 6 "GTD" "until expire_at";
    }

    "Flags of an order request."
    OrderFlag: u32 "OMS_ORDER_" "oms_order_flags_t" {
        ReduceOnly = 1 "REDUCE_ONLY" "may only make a position smaller";
        PostOnly = 2 "POST_ONLY" "must rest: limit orders only, not IOC or FOK";
        ClosePosition = 4 "CLOSE_POSITION" "reduces all that is not being closed; qty must be 0";
        Parent = 8 "PARENT" "stays here: its children are sent, and name it as parent";
    }

    "Status of an order, computed from its facts."
    OrderStatus: u8 "OMS_STATUS_" "oms_order_status_t" {
        Pending = 0 "PENDING" "accepted here, not handed to the venue yet";
        Submitted = 1 "SUBMITTED" "handed out by oms_poll, not acknowledged";
        Open = 2 "OPEN" "acknowledged by the venue";
        PartiallyFilled = 3 "PARTIALLY_FILLED" "0 < cum_qty < order_qty";
        Filled = 4 "FILLED" "cum_qty >= order_qty";
        Cancelled = 5 "CANCELLED" "ended by a cancel, cum_qty kept";
        Rejected = 6 "REJECTED" "refused by the venue";
        Expired = 7 "EXPIRED" "ended by its time in force, cum_qty kept";
        Failed = 8 "FAILED" "could not be sent, or was refused here when its trigger fired";
        PendingCancel = 9 "PENDING_CANCEL" "a cancel is on its way";
        PendingReplace = 10 "PENDING_REPLACE" "a replace is on its way";
        Suspended = 11 "SUSPENDED" "suspended by the venue";
        DoneForDay = 12 "DONE_FOR_DAY" "nothing more is executed today";
    }

    "FIX OrdStatus (tag 39) as its ASCII character, by FIX precedence."
    FixStatus: u8 "OMS_FIX_" "oms_fix_status_t" {
        New = 48 "NEW" "'0'";
        PartiallyFilled = 49 "PARTIALLY_FILLED" "'1'";
        Filled = 50 "FILLED" "'2'";
        DoneForDay = 51 "DONE_FOR_DAY" "'3'";
        Canceled = 52 "CANCELED" "'4'";
        PendingCancel = 54 "PENDING_CANCEL" "'6'";
        Rejected = 56 "REJECTED" "'8'";
        Suspended = 57 "SUSPENDED" "'9'";
        PendingNew = 65 "PENDING_NEW" "'A'";
        Expired = 67 "EXPIRED" "'C'";
        PendingReplace = 69 "PENDING_REPLACE" "'E'";
    }

    "Facts of an order (bits of oms_order_t.facts)."
    OrderFact: u32 "OMS_FACT_" "oms_order_facts_t" {
        Sent = 1 "SENT" "NEW was handed out";
        Acked = 2 "ACKED" "the venue acknowledged it";
        CancelInflight = 4 "CANCEL_INFLIGHT" "a cancel request is unanswered";
        ReplaceInflight = 8 "REPLACE_INFLIGHT" "a replace request is unanswered";
        Suspended = 16 "SUSPENDED" "suspended by the venue";
        DoneForDay = 32 "DONE_FOR_DAY" "done for the day: leaves are set aside, still reserved";
        Armed = 64 "ARMED" "held here until its trigger fires";
        Triggered = 128 "TRIGGERED" "its trigger price was reached: now a market or limit order";
        Denied = 256 "DENIED" "this library's gate refused it when its trigger fired";
    }

    "Marks that something remarkable leaves on an order (bits of oms_order_t.marks)."
    OrderMark: u32 "OMS_MARK_" "oms_order_marks_t" {
        InDoubt = 1 "IN_DOUBT" "its state at the venue is not certain";
        Overfill = 2 "OVERFILL" "filled beyond its quantity";
        LateFill = 4 "LATE_FILL" "filled after it had ended";
        Resurrected = 8 "RESURRECTED" "the venue traded or acknowledged it after its end";
        Busted = 16 "BUSTED" "an execution was taken back";
        Gap = 32 "GAP" "an execution was inferred from the venue's total";
        Foreign = 64 "FOREIGN" "made for an execution of an order that was not in the table";
        NoPrice = 128 "NO_PRICE" "filled without a price: its value is an estimate";
        TimedOut = 256 "TIMED_OUT" "its timeout asked for the cancel";
        Probe = 512 "PROBE" "passed while the breaker was half-open";
    }

    "How an order ended."
    OrderEnd: u8 "OMS_END_" "oms_order_end_t" {
        None = 0 "NONE" "it lives, or is filled";
        Cancel = 1 "CANCEL" "cancelled";
        Reject = 2 "REJECT" "rejected by the venue";
        Expire = 3 "EXPIRE" "expired";
        Fail = 4 "FAIL" "could not be sent, or was refused here when its trigger fired";
    }

    "What a venue reports: oms_venue_report_t.report."
    ReportKind: u8 "OMS_REPORT_" "oms_report_kind_t" {
        Ack = 1 "ACK" "the order is live at the venue";
        Reject = 2 "REJECT" "the order is refused";
        Fill = 3 "FILL" "an execution: exec_id, qty, price";
        CancelAck = 4 "CANCEL_ACK" "cancelled, asked for or not";
        CancelReject = 5 "CANCEL_REJECT" "the cancel request is refused";
        ReplaceAck = 6 "REPLACE_ACK" "the replace request is done";
        ReplaceReject = 7 "REPLACE_REJECT" "the replace request is refused";
        Expire = 8 "EXPIRE" "ended by its time in force";
        Bust = 9 "BUST" "an execution is taken back: ref_exec_id";
        Correct = 10 "CORRECT" "an execution is corrected: ref_exec_id, exec_id, qty, price";
        Restate = 11 "RESTATE" "the venue changed qty and price unasked; qty 0: neither";
        Suspend = 12 "SUSPEND" "suspended";
        Resume = 13 "RESUME" "no longer suspended";
        DoneForDay = 14 "DONE_FOR_DAY" "nothing more is executed today";
        Triggered = 15 "TRIGGERED" "a stop that the venue holds was triggered";
        OrderStatus = 16 "ORDER_STATUS" "what the venue knows: order_status, venue_cum, venue_avg";
        SendFailed = 17 "SEND_FAILED" "the host: NEW definitely did not leave";
        SendInDoubt = 18 "SEND_IN_DOUBT" "the host: nobody knows whether NEW has left";
    }

    "Why a venue reports it: oms_venue_report_t.reason."
    Reason: u16 "OMS_REASON_" "oms_reason_t" {
        None = 0 "NONE" "not given";
        Other = 1 "OTHER" "another reason";
        UnknownOrder = 2 "UNKNOWN_ORDER" "the venue does not know the order";
        TooLate = 3 "TOO_LATE" "too late: filled or ended at the venue";
        SelfTrade = 4 "SELF_TRADE" "the venue's self-trade prevention";
        Price = 5 "PRICE" "the price";
        Quantity = 6 "QUANTITY" "the quantity";
        Credit = 7 "CREDIT" "credit or margin";
        Session = 8 "SESSION" "the market is closed or halted";
    }

    "Liquidity of an execution."
    Liquidity: u8 "OMS_LIQUIDITY_" "oms_liquidity_t" {
        Unknown = 0 "UNKNOWN" "not given";
        Maker = 1 "MAKER" "added";
        Taker = 2 "TAKER" "removed";
    }

    "What the host must send to the venue: oms_command_t.kind."
    CommandKind: u8 "OMS_COMMAND_" "oms_command_kind_t" {
        New = 1 "NEW" "a new order";
        Cancel = 2 "CANCEL" "cancel an order";
        Replace = 3 "REPLACE" "change quantity and price of an order";
    }

    "What happened: oms_event_t.kind."
    EventKind: u16 "OMS_EVENT_" "oms_event_kind_t" {
        OrderDenied = 1 "ORDER_DENIED" "the gate refused a request: code = first check, mask";
        OrderStatus = 2 "ORDER_STATUS" "an order changed: code = status, qty = cum, value = leaves";
        OrderFill = 3 "ORDER_FILL" "an execution: exec_id, qty, price, value = commission";
        OrderAnomaly = 4 "ORDER_ANOMALY" "a report that did not fit: code = anomaly";
        PositionOpened = 5 "POSITION_OPENED" "a position opened: code = side, qty, price";
        PositionChanged = 6 "POSITION_CHANGED" "a position grew or shrank: code = side, qty, price";
        PositionClosed = 7 "POSITION_CLOSED" "code = exit reason, value = PnL less commissions";
        TriggerFired = 8 "TRIGGER_FIRED" "a stop or target fired: code = kind, limit = level";
        TriggerRearmed = 9 "TRIGGER_REARMED" "armed again: its close failed, or its slot is back";
        TriggerEnded = 10 "TRIGGER_ENDED" "a trigger is gone: code = kind, limit = level";
        BreakerTripped = 11 "BREAKER_TRIPPED" "code = cause, limit, observed";
        BreakerReset = 12 "BREAKER_RESET" "code = 1 by hand, 0 by itself";
        TradingState = 14 "TRADING_STATE" "code = new, observed = old; symbol, or UINT32_MAX: all";
        Flat = 15 "FLAT" "scope and symbol (UINT32_MAX: all): no live order, no position";
        Session = 16 "SESSION" "a new session began: value = the last one's PnL";
        Cash = 17 "CASH" "cash came or went: value";
        Limits = 18 "LIMITS" "the limits of a symbol were set";
        CloseUnchecked = 19 "CLOSE_UNCHECKED" "a close went out against checks: mask, code = first";
        ClockBack = 20 "CLOCK_BACK" "the caller's clock stepped back: value = nanoseconds";
        Symbol = 21 "SYMBOL" "a symbol was defined";
        OrderAdopted = 22 "ORDER_ADOPTED" "an order was taken over: code = status, qty = cum";
        PositionAdopted = 23 "POSITION_ADOPTED" "a position was taken over: code = side, qty";
        ExecutionBusted = 24 "EXECUTION_BUSTED" "an execution was taken back: exec_id, qty";
        ExecutionCorrected = 25 "EXECUTION_CORRECTED" "one was corrected: exec_id, qty, price";
        SendRetry = 26 "SEND_RETRY" "it could not be sent: limit = retries, observed = this one";
        ScopeLimits = 27 "SCOPE_LIMITS" "the limits of a scope, or of its breaker, were set";
        Warn = 28 "WARN" "near its limit: mask a check's bit, code = it; mask 0: code = cause";
        Scope = 29 "SCOPE" "a scope was defined, or its flags were set: code = flags";
        Phase = 30 "PHASE" "a symbol's phase: code = new, observed = old";
        LimitChanged = 31 "LIMIT_CHANGED" "a limit changed: code = field, limit new, observed old";
        Heartbeat = 32 "HEARTBEAT" "the host is silent: orders are cancelled; limit, observed";
        Difference = 33 "DIFFERENCE" "code = what differs, limit = ours, observed = the venue's";
        MassCancel = 34 "MASS_CANCEL" "orders cancelled at once: code = flags, observed = how many";
        Locate = 35 "LOCATE" "located lots of a symbol: limit = new, observed = old";
        Volume = 36 "VOLUME" "average daily volume of a symbol: limit = new, observed = old";
        Group = 37 "GROUP" "a group: code = number, limit = new, observed = old, mask = flags";
        Bands = 38 "BANDS" "the bands of a tick grid: code = how many, observed = before";
        BreakerHalfOpen = 39 "BREAKER_HALF_OPEN" "code = cause, limit = probes, observed = wins";
        SelfTrade = 40 "SELF_TRADE" "an own resting order makes way: code = mode, qty, price";
        Repeat = 41 "REPEAT" "code 1: limits of scope `value` hold back a side; 0: let go";
        Simulation = 42 "SIMULATION" "how a symbol (UINT32_MAX: all) is executed; code 1: fees";
    }

    "What did not fit: code of OMS_EVENT_ORDER_ANOMALY."
    Anomaly: u16 "OMS_ANOMALY_" "oms_anomaly_t" {
        BeforeSend = 1 "BEFORE_SEND" "a report for an order that was not handed out yet";
        Overfill = 2 "OVERFILL" "filled beyond its quantity";
        LateFill = 3 "LATE_FILL" "an execution after the end";
        Resurrected = 4 "RESURRECTED" "life after a reject or failure";
        InDoubt = 5 "IN_DOUBT" "the venue's view and ours differ";
        Unexpected = 6 "UNEXPECTED" "a report that fits nothing outstanding; ignored";
        RejectAfterAck = 7 "REJECT_AFTER_ACK" "a reject of an order that was live";
        Unsolicited = 8 "UNSOLICITED" "quantity and price changed by the venue unasked";
        Gap = 9 "GAP" "executions are missing: what the venue's total says was booked";
        RefEvicted = 10 "REF_EVICTED" "a bust or correction of an execution not kept: reconcile";
        Foreign = 11 "FOREIGN" "an execution of an order that is not in the table";
        NoPrice = 12 "NO_PRICE" "an execution without a price: booked at an estimate";
        CloseFailed = 13 "CLOSE_FAILED" "an alarm: a close of a flatten; the clock tries it again";
    }

    "State of the breaker."
    BreakerState: u8 "OMS_BREAKER_" "oms_breaker_state_t" {
        Closed = 0 "CLOSED" "trading";
        Open = 1 "OPEN" "tripped";
        HalfOpen = 2 "HALF_OPEN" "a few probes may pass: see half_open_probes";
    }

    "Why the breaker tripped."
    Cause: u8 "OMS_CAUSE_" "oms_cause_t" {
        None = 0 "NONE" "it has not";
        DailyLoss = 1 "DAILY_LOSS" "loss since the session's start beyond the limit";
        Drawdown = 2 "DRAWDOWN" "fall from the equity peak beyond the limit";
        ConsecutiveLosses = 3 "CONSECUTIVE_LOSSES" "losing trades in a row";
        OrderRate = 4 "ORDER_RATE" "orders in a window beyond the limit";
        SystemError = 5 "SYSTEM_ERROR" "errors in a row";
        Manual = 6 "MANUAL" "by hand";
        Reconcile = 7 "RECONCILE" "the venue's books differ from ours by more than was agreed";
    }

    "Flags of the breaker's configuration."
    BreakerFlag: u32 "OMS_BREAKER_FLAG_" "oms_breaker_flags_t" {
        ManualReset = 1 "MANUAL_RESET" "never recovers by itself";
        RealisedOnly = 2 "REALISED_ONLY" "equity leaves unrealised PnL out";
        BreakEvenKeeps = 4 "BREAK_EVEN_KEEPS" "a trade of PnL 0 leaves the streak as it is";
        RateTrips = 8 "RATE_TRIPS" "an order beyond the rate trips, besides being denied";
    }

    "Trading state of a scope, of a symbol, or of a symbol in a scope."
    TradingState: u8 "OMS_TRADING_" "oms_trading_state_t" {
        Active = 0 "ACTIVE" "all orders";
        ReduceOnly = 1 "REDUCE_ONLY" "what reduces a position";
        Halted = 2 "HALTED" "orders that carry the reduce-only flag";
        Killed = 3 "KILLED" "nothing; every live order is cancelled";
    }

    "What a control record does: oms_control_t.action."
    ControlAction: u32 "OMS_CONTROL_" "oms_control_action_t" {
        TradingState = 1 "TRADING_STATE" "value = trading state; KILLED as oms_kill";
        BreakerTrip = 2 "BREAKER_TRIP" "trip by hand; value = the caller's note";
        BreakerReset = 3 "BREAKER_RESET" "reset by hand; value = the caller's note";
        ErrorRecord = 4 "ERROR_RECORD" "a system error happened; value = the caller's code";
        ErrorClear = 5 "ERROR_CLEAR" "an operation succeeded: the error count is 0";
        Heartbeat = 6 "HEARTBEAT" "the host lives; see heartbeat_max";
        RepeatReset = 7 "REPEAT_RESET" "REPEAT lets it pass again; value = symbol, OMS_OFF: all";
    }

    "Flags of a control record: OMS_CONTROL_TRADING_STATE has them."
    ControlFlag: u32 "OMS_CONTROL_FLAG_" "oms_control_flags_t" {
        Symbol = 1 "SYMBOL" "of `symbol` alone";
        Flatten = 2 "FLATTEN" "with KILLED: positions are closed too";
    }

    "Flags of a mass cancel."
    MassCancelFlag: u32 "OMS_MASS_CANCEL_" "oms_mass_cancel_flags_t" {
        Flatten = 1 "FLATTEN" "then positions are closed too";
    }

    "Kind of a trigger."
    TriggerKind: u8 "OMS_TRIGGER_" "oms_trigger_kind_t" {
        StopLoss = 1 "STOP_LOSS" "fires when the price falls (long) or rises (short) to it";
        TakeProfit = 2 "TAKE_PROFIT" "fires when the price rises (long) or falls (short) to it";
        TrailingStop = 3 "TRAILING_STOP" "a stop whose level follows the price";
    }

    "What a trigger does when it fires."
    TriggerAction: u8 "OMS_ACTION_" "oms_trigger_action_t" {
        Signal = 1 "SIGNAL" "an event, and it is done";
        Close = 2 "CLOSE" "a reduce-only market order that closes its quantity";
        Release = 3 "RELEASE" "sends the order that is held; made by oms_order_submit";
    }

    "State of a trigger."
    TriggerState: u8 "OMS_TRIGGER_STATE_" "oms_trigger_state_t" {
        Armed = 1 "ARMED" "waits for its level";
        Fired = 2 "FIRED" "its close is under way";
    }

    "Side of a position."
    PositionSide: u8 "OMS_POSITION_" "oms_position_side_t" {
        Long = 1 "LONG" "bought";
        Short = 2 "SHORT" "sold";
    }

    "Why a position closed."
    ExitReason: u8 "OMS_EXIT_" "oms_exit_reason_t" {
        None = 0 "NONE" "it is open";
        Order = 1 "ORDER" "an order of the caller";
        StopLoss = 2 "STOP_LOSS" "its stop";
        TakeProfit = 3 "TAKE_PROFIT" "its target";
        Manual = 4 "MANUAL" "oms_position_close";
        Reversal = 5 "REVERSAL" "an execution beyond its quantity";
        Hand = 6 "HAND" "oms_position_exit without a reason";
        Busted = 7 "BUSTED" "its executions were taken back";
        TrailingStop = 8 "TRAILING_STOP" "a trailing stop";
        Flatten = 9 "FLATTEN" "a kill, or a mass cancel, that closes positions";
    }

    "What the collar and the value of a market order refer to."
    Reference: u8 "OMS_REFERENCE_" "oms_reference_t" {
        Opposite = 0 "OPPOSITE" "the ask for a buy, the bid for a sell";
        Mid = 1 "MID" "(bid + ask) / 2, rounded against the order's side";
        Last = 2 "LAST" "the last trade";
        Close = 3 "CLOSE" "the official close";
    }

    "What a trade record is: oms_trade_t.source."
    TradeSource: u8 "OMS_TRADE_" "oms_trade_source_t" {
        Last = 0 "LAST" "a trade in the market";
        Close = 1 "CLOSE" "the official close; it does not move the last price";
        Mark = 2 "MARK" "a mark price from outside; only what fires on marks looks at it";
    }

    "Which price fires the triggers of a symbol: oms_symbol_define_t.trigger_source."
    TriggerSource: u8 "OMS_TRIGGER_SOURCE_" "oms_trigger_source_t" {
        BidAsk = 0 "BID_ASK" "the bid those that sell, the ask those that buy";
        Last = 1 "LAST" "the last trade, both ways";
        Mark = 2 "MARK" "the mark price, both ways";
    }

    "Flags of a symbol."
    SymbolFlag: u32 "OMS_SYMBOL_" "oms_symbol_flags_t" {
        Hedged = 1 "HEDGED" "several positions; without it one net position";
        NegativePrices = 2 "NEGATIVE_PRICES" "prices may be 0 or below";
        MarkLast = 4 "MARK_LAST" "positions are marked at the last trade, not at bid and ask";
    }

    "Flags of a scope."
    ScopeFlag: u32 "OMS_SCOPE_" "oms_scope_flags_t" {
        Disabled = 1 "DISABLED" "nothing passes it (check SCOPE)";
    }

    "Phase of a symbol's trading: see oms_phase_set."
    Phase: u8 "OMS_PHASE_" "oms_phase_t" {
        Closed = 0 "CLOSED" "no order";
        PreOpen = 1 "PRE_OPEN" "limit orders";
        Auction = 2 "AUCTION" "limit orders, and what is held here until its price";
        Continuous = 3 "CONTINUOUS" "all types";
        Halt = 4 "HALT" "no order; cancels, as always";
    }

    "Flags of a symbol's limits."
    LimitFlag: u32 "OMS_LIMIT_" "oms_limit_flags_t" {
        CollarBothSides = 1 "COLLAR_BOTH_SIDES" "the collar also binds the passive side";
        Disabled = 2 "DISABLED" "nothing trades in this symbol (check SYMBOL)";
        ReduceClamp = 4 "REDUCE_CLAMP" "a reduce-only order too large is made smaller, not denied";
        ShortAllowed = 8 "SHORT_ALLOWED" "a sale may open or enlarge a short (check SHORT)";
        LocateNeeded = 16 "LOCATE_NEEDED" "a short takes located lots: see oms_locate_set";
    }

    "What becomes of a symbol in oms_group_set_t: flags."
    GroupFlag: u32 "OMS_GROUP_" "oms_group_flags_t" {
        Join = 1 "JOIN" "the symbol joins the group and leaves the one it was in";
        Leave = 2 "LEAVE" "the symbol leaves the group";
    }

    "What happens to an order that would cross a resting one of our own."
    SelfTrade: u8 "OMS_SELF_TRADE_" "oms_self_trade_t" {
        Off = 0 "OFF" "it is not looked at";
        RejectNew = 1 "REJECT_NEW" "it is denied";
        CancelOld = 2 "CANCEL_OLD" "the resting ones that it would cross are cancelled";
        CancelBoth = 3 "CANCEL_BOTH" "it is denied, and they are cancelled";
        Decrement = 4 "DECREMENT" "both are made smaller by what would trade between them";
    }

    "Unit of a limit and an observed value."
    Unit: u8 "OMS_UNIT_" "oms_unit_t" {
        None = 0 "NONE" "no number";
        Count = 1 "COUNT" "a count, a state or a code";
        Lots = 2 "LOTS" "lots";
        Ticks = 3 "TICKS" "ticks";
        Money = 4 "MONEY" "money units";
        Nanos = 5 "NANOS" "nanoseconds";
        Ratio = 6 "RATIO" "parts per 10^9";
    }

    "A table of fixed capacity: see oms_table_get."
    TableKind: u32 "OMS_TABLE_" "oms_table_kind_t" {
        Orders = 1 "ORDERS" "orders, live and ended";
        Positions = 2 "POSITIONS" "positions, open and closed";
        Triggers = 3 "TRIGGERS" "stops and targets";
        Symbols = 4 "SYMBOLS" "symbols";
        Scopes = 5 "SCOPES" "scopes, the root included";
        Executions = 6 "EXECUTIONS" "ring of executions that are recognised again";
        Events = 7 "EVENTS" "ring of events not polled yet";
        Rate = 8 "RATE" "ring of request times for the rate windows of the root";
        Books = 9 "BOOKS" "pairs of a scope below the root and a symbol";
        SymbolRate = 10 "SYMBOL_RATE" "request times of each symbol: used, of the one with most";
        Recent = 11 "RECENT" "ring of accepted orders that are looked at for duplicates";
    }

    "The configuration field that oms_config_check names."
    ConfigField: u32 "OMS_FIELD_" "oms_config_field_t" {
        None = 0 "NONE" "all fields are valid";
        StructSize = 1 "STRUCT_SIZE" "struct_size: sizeof(oms_config_t) of this or an older header";
        EngineTag = 2 "ENGINE_TAG" "engine_tag: 0 to 4095";
        MoneyExp = 3 "MONEY_EXP" "money_exp: -12 to 0";
        WorkPerCall = 4 "WORK_PER_CALL" "work_per_call: 1 to 65536";
        Orders = 5 "ORDERS" "capacity.orders: 1 to 16777215";
        Symbols = 6 "SYMBOLS" "capacity.symbols: 1 to 65535";
        Positions = 7 "POSITIONS" "capacity.positions: capacity.symbols to 16777215";
        Triggers = 8 "TRIGGERS" "capacity.triggers: 0 to 16777215";
        Events = 9 "EVENTS" "capacity.events: 16 to 16777215";
        Executions = 10 "EXECUTIONS" "capacity.executions: 1 to 16777215";
        Scopes = 11 "SCOPES" "capacity.scopes: 1 to 65535";
        Rate = 12 "RATE" "capacity.rate: at least every rate limit that is on, to 16777215";
        StartingBalance = 13 "STARTING_BALANCE" "starting_balance: > 0 while a ratio limit is on";
        IdBase = 14 "ID_BASE" "id_base: top bit 0";
        BreakerLimits = 15 "BREAKER_LIMITS" "breaker: a limit is -1 (off) or positive";
        BreakerRates = 16 "BREAKER_RATES" "breaker: a rate is -1 (off) or positive, its window > 0";
        BreakerTimes = 17 "BREAKER_TIMES" "breaker: session_offset is below one day";
        BreakerFlags = 18 "BREAKER_FLAGS" "breaker.flags: known bits only";
        Reserved = 19 "RESERVED" "a reserved field is not zero";
        Flags = 20 "FLAGS" "flags: known bits only";
        Retry = 21 "RETRY" "retry: 0 <= delay <= cap, jitter 0 to 1000000000, max 0 to 64";
        BreakerProbes = 22 "BREAKER_PROBES" "breaker.probe_wins: 1 to half_open_probes, if any";
        BreakerProbeSize = 23 "BREAKER_PROBE_SIZE" "breaker.probe_size: 1 to 1000000000";
        BreakerWarn = 24 "BREAKER_WARN" "breaker.warn_ratio: -1 (off) or 1 to 1000000000";
        Books = 25 "BOOKS" "capacity.books: 0 to 16777215";
        SymbolRate = 27 "SYMBOL_RATE" "capacity.symbol_rate: 0 to 65535";
        Recent = 28 "RECENT" "capacity.recent: 0 to 16777215";
        Mode = 29 "MODE" "mode: OMS_MODE_*";
        Messages = 30 "MESSAGES" "messages: 0, or 2 x capacity.orders + 4 to 16777215";
    }

    "Flags of the configuration."
    ConfigFlag: u32 "OMS_CONFIG_" "oms_config_flags_t" {
        MonotonicIds = 1 "MONOTONIC_IDS" "a client id must exceed the last one accepted";
        Measure = 2 "MEASURE" "slippage and latency are measured; reports take the long way";
    }
}
