// The fields of the limits, as `tables.rs` has the other codes.
code_tables! {
    LIMIT_FIELDS
    "A field of the limits of a symbol, from 64 on of a scope, from 128 on of its breaker."
    LimitField: u32 "OMS_LIMIT_FIELD_" "oms_limit_field_t" {
        QtyMin = 1 "QTY_MIN" "smallest quantity";
        QtyMax = 2 "QTY_MAX" "largest quantity";
        QtyStep = 3 "QTY_STEP" "step of quantities";
        PriceStep = 4 "PRICE_STEP" "step of prices";
        NotionalMin = 5 "NOTIONAL_MIN" "smallest value";
        NotionalMax = 6 "NOTIONAL_MAX" "largest value";
        CollarTicks = 7 "COLLAR_TICKS" "collar in ticks";
        CollarRatio = 8 "COLLAR_RATIO" "collar as a share";
        ReferenceAgeMax = 9 "REFERENCE_AGE_MAX" "oldest reference";
        LongMax = 10 "LONG_MAX" "largest long position";
        ShortMax = 11 "SHORT_MAX" "largest short position";
        Flags = 12 "FLAGS" "OMS_LIMIT_* bits";
        Reference = 13 "REFERENCE" "OMS_REFERENCE_*";
        SelfTrade = 14 "SELF_TRADE" "OMS_SELF_TRADE_*";
        OpenOrdersMax = 15 "OPEN_ORDERS_MAX" "working orders of a side";
        OpenQtyMax = 16 "OPEN_QTY_MAX" "working lots of a side";
        PositionsMax = 17 "POSITIONS_MAX" "positions";
        Types = 18 "TYPES" "permitted types";
        TimesInForce = 19 "TIMES_IN_FORCE" "permitted times in force";
        AdvRatio = 20 "ADV_RATIO" "share of the average daily volume";
        OpenNotionalMax = 21 "OPEN_NOTIONAL_MAX" "value of working orders";
        GrossMax = 22 "GROSS_MAX" "value traded and working";
        NetMax = 23 "NET_MAX" "value bought less sold";
        MarginRatio = 24 "MARGIN_RATIO" "margin of the worst case";
        RateMax = 25 "RATE_MAX" "requests in a window";
        RateWindow = 26 "RATE_WINDOW" "that window";
        RepeatMax = 27 "REPEAT_MAX" "repeated executions in a window";
        RepeatWindow = 28 "REPEAT_WINDOW" "that window";
        RepeatRange = 29 "REPEAT_RANGE" "about the same price";
        DuplicateMax = 30 "DUPLICATE_MAX" "same orders in a window";
        DuplicateWindow = 31 "DUPLICATE_WINDOW" "that window";
        ScopeOpenOrdersMax = 64 "SCOPE_OPEN_ORDERS_MAX" "scope: working orders";
        ScopePositionsMax = 65 "SCOPE_POSITIONS_MAX" "scope: positions";
        ScopeTypes = 66 "SCOPE_TYPES" "scope: permitted types";
        ScopeTimesInForce = 67 "SCOPE_TIMES_IN_FORCE" "scope: permitted times in force";
        ScopeQtyMax = 68 "SCOPE_QTY_MAX" "scope: largest quantity";
        ScopeNotionalMax = 69 "SCOPE_NOTIONAL_MAX" "scope: largest value";
        ScopeOpenNotionalMax = 70 "SCOPE_OPEN_NOTIONAL_MAX" "scope: value of working orders";
        ScopeGrossMax = 71 "SCOPE_GROSS_MAX" "scope: value traded and working";
        ScopeNetMax = 72 "SCOPE_NET_MAX" "scope: value bought less sold";
        ScopeCreditMax = 73 "SCOPE_CREDIT_MAX" "scope: margin";
        ScopeLeverageMax = 74 "SCOPE_LEVERAGE_MAX" "scope: value over equity";
        ScopeOrderToTradeMax = 75 "SCOPE_ORDER_TO_TRADE_MAX" "scope: requests for each fill";
        ScopeOrderToTradeMin = 76 "SCOPE_ORDER_TO_TRADE_MIN" "scope: fewest requests that count";
        ScopeOrderToTradeWindow = 77 "SCOPE_ORDER_TO_TRADE_WINDOW" "scope: that window";
        ScopeHeartbeatMax = 78 "SCOPE_HEARTBEAT_MAX" "scope: age of the heartbeat";
        ScopeCancelMax = 79 "SCOPE_CANCEL_MAX" "scope: cancels in a window";
        ScopeCancelWindow = 80 "SCOPE_CANCEL_WINDOW" "scope: that window";
        ScopeWarnRatio = 81 "SCOPE_WARN_RATIO" "scope: share of a limit that warns";
        BreakerDailyLossRatio = 128 "BREAKER_DAILY_LOSS_RATIO" "breaker: daily loss, share";
        BreakerDailyLossMoney = 129 "BREAKER_DAILY_LOSS_MONEY" "breaker: daily loss";
        BreakerDrawdownRatio = 130 "BREAKER_DRAWDOWN_RATIO" "breaker: drawdown, share";
        BreakerDrawdownMoney = 131 "BREAKER_DRAWDOWN_MONEY" "breaker: drawdown";
        BreakerStreakLossMoney = 132 "BREAKER_STREAK_LOSS_MONEY" "breaker: loss of a streak";
        BreakerRateWindow = 133 "BREAKER_RATE_WINDOW" "breaker: custom window";
        BreakerAutoResetAfter = 134 "BREAKER_AUTO_RESET_AFTER" "breaker: time to a recovery";
        BreakerCooldown = 135 "BREAKER_COOLDOWN" "breaker: time after it";
        BreakerConsecutiveLosses = 136 "BREAKER_CONSECUTIVE_LOSSES" "breaker: losses in a row";
        BreakerConsecutiveErrors = 137 "BREAKER_CONSECUTIVE_ERRORS" "breaker: errors in a row";
        BreakerOrdersPerMinute = 138 "BREAKER_ORDERS_PER_MINUTE" "breaker: orders in a minute";
        BreakerOrdersPerHour = 139 "BREAKER_ORDERS_PER_HOUR" "breaker: orders in an hour";
        BreakerOrdersPerWindow = 140 "BREAKER_ORDERS_PER_WINDOW" "breaker: orders in the window";
        BreakerMaxAutoResets = 141 "BREAKER_MAX_AUTO_RESETS" "breaker: recoveries in a session";
        BreakerFlags = 142 "BREAKER_FLAGS" "breaker: OMS_BREAKER_FLAG_* bits";
        BreakerHalfOpenProbes = 143 "BREAKER_HALF_OPEN_PROBES" "breaker: probes";
        BreakerProbeWins = 144 "BREAKER_PROBE_WINS" "breaker: wins that close it";
        BreakerProbeSize = 145 "BREAKER_PROBE_SIZE" "breaker: share for a probe";
        BreakerWarnRatio = 146 "BREAKER_WARN_RATIO" "breaker: share of a limit that warns";
    }
}
