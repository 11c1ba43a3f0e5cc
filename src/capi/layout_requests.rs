// Every record that goes in: field, offset, bytes. Offsets are frozen with the ABI version.
// Expanded by `layout.rs` (Rust) and by `build.rs` (C).
layouts! {
    REQUESTS
    RequestHeader "oms_request_header_t" {
        kind 0 4
        size 4 4
        now 8 8
    }
    Int128 "oms_int128_t" {
        hi 0 8
        lo 8 8
    }
    Decimal "oms_decimal_t" {
        mantissa 0 8
        exponent 8 4
        reserved 12 4
    }
    OrderSubmit "oms_order_submit_t" {
        header 0 16
        client_id 16 8
        tag 24 8
        position 32 8
        parent 40 8
        linked 48 8
        qty 56 8
        price 64 8
        stop_price 72 8
        trail_offset 80 8
        trail_ratio 88 8
        stop_loss 96 8
        take_profit 104 8
        expire_at 112 8
        timeout_at 120 8
        symbol 128 4
        scope 132 4
        venue 136 4
        flags 140 4
        side 144 1
        order_type 145 1
        time_in_force 146 1
        hold 147 1
        reserved0 148 4
        reserved 152 64
    }
    OrderCancel "oms_order_cancel_t" {
        header 0 16
        order 16 8
        client_id 24 8
        request_id 32 8
        reserved 40 24
    }
    OrderReplace "oms_order_replace_t" {
        header 0 16
        order 16 8
        client_id 24 8
        request_id 32 8
        qty 40 8
        price 48 8
        stop_price 56 8
        reserved 64 32
    }
    OrderExtend "oms_order_extend_t" {
        header 0 16
        order 16 8
        client_id 24 8
        timeout_at 32 8
        reserved 40 24
    }
    OrderAdopt "oms_order_adopt_t" {
        header 0 16
        client_id 16 8
        tag 24 8
        position 32 8
        parent 40 8
        qty 48 8
        cum_qty 56 8
        notional 64 16
        price 80 8
        stop_price 88 8
        trail_offset 96 8
        trail_ratio 104 8
        expire_at 112 8
        timeout_at 120 8
        commission 128 8
        symbol 136 4
        scope 140 4
        venue 144 4
        flags 148 4
        side 152 1
        order_type 153 1
        time_in_force 154 1
        hold 155 1
        reserved0 156 4
        reserved 160 40
    }
    VenueReport "oms_venue_report_t" {
        header 0 16
        order 16 8
        client_id 24 8
        exec_id 32 8
        ref_exec_id 40 8
        request_id 48 8
        position 56 8
        qty 64 8
        price 72 8
        venue_cum 80 8
        venue_avg 88 8
        venue_avg_frac 96 8
        commission 104 8
        symbol 112 4
        venue 116 4
        report 120 1
        liquidity 121 1
        reason 122 2
        side 124 1
        order_status 125 1
        reserved0 126 2
        reserved 128 32
    }
    SymbolDefine "oms_symbol_define_t" {
        header 0 16
        name 16 32
        tick_size 48 16
        lot_size 64 16
        multiplier 80 16
        conversion 96 16
        flags 112 4
        trigger_source 116 1
        reserved0 117 3
        reserved 120 128
    }
    LimitsSet "oms_limits_set_t" {
        header 0 16
        symbol 16 4
        scope 20 4
        qty_min 24 8
        qty_max 32 8
        qty_step 40 8
        price_step 48 8
        notional_min 56 8
        notional_max 64 8
        collar_ticks 72 8
        collar_ratio 80 8
        reference_age_max 88 8
        long_max 96 8
        short_max 104 8
        flags 112 4
        reference 116 1
        self_trade 117 1
        reserved0 118 2
        open_orders_max 120 8
        open_qty_max 128 8
        positions_max 136 8
        types 144 4
        times_in_force 148 4
        adv_ratio 152 8
        open_notional_max 160 8
        gross_max 168 8
        net_max 176 8
        margin_ratio 184 8
        rate_max 192 8
        rate_window 200 8
        repeat_max 208 8
        repeat_window 216 8
        repeat_range 224 8
        duplicate_max 232 8
        duplicate_window 240 8
        reserved 248 64
    }
    ScopeLimitsSet "oms_scope_limits_set_t" {
        header 0 16
        scope 16 4
        reserved0 20 4
        open_orders_max 24 8
        positions_max 32 8
        types 40 4
        times_in_force 44 4
        qty_max 48 8
        notional_max 56 8
        open_notional_max 64 8
        gross_max 72 8
        net_max 80 8
        credit_max 88 8
        leverage_max 96 8
        order_to_trade_max 104 8
        order_to_trade_min 112 8
        order_to_trade_window 120 8
        heartbeat_max 128 8
        cancel_max 136 8
        cancel_window 144 8
        warn_ratio 152 8
        reserved 160 64
    }
    ScopeDefine "oms_scope_define_t" {
        header 0 16
        name 16 32
        parent 48 4
        flags 52 4
        reserved 56 64
    }
    ScopeBreakerSet "oms_scope_breaker_set_t" {
        header 0 16
        scope 16 4
        reserved0 20 4
        breaker 24 160
        reserved 184 32
    }
    PhaseSet "oms_phase_set_t" {
        header 0 16
        symbol 16 4
        phase 20 1
        reserved0 21 3
        reserved 24 24
    }
    VolumeSet "oms_volume_set_t" {
        header 0 16
        symbol 16 4
        reserved0 20 4
        volume 24 8
        reserved 32 16
    }
    LocateSet "oms_locate_set_t" {
        header 0 16
        symbol 16 4
        scope 20 4
        qty 24 8
        reserved 32 16
    }
    BandsSet "oms_bands_set_t" {
        header 0 16
        symbol 16 4
        count 20 4
        from 24 64
        step 88 64
        reserved 152 32
    }
    Quote "oms_quote_t" {
        header 0 16
        symbol 16 4
        reserved0 20 4
        bid 24 8
        ask 32 8
        bid_qty 40 8
        ask_qty 48 8
        reserved 56 8
    }
    Trade "oms_trade_t" {
        header 0 16
        symbol 16 4
        source 20 1
        reserved0 21 3
        price 24 8
        qty 32 8
        reserved 40 24
    }
    TriggerArm "oms_trigger_arm_t" {
        header 0 16
        position 16 8
        tag 24 8
        level 32 8
        qty 40 8
        kind 48 1
        action 49 1
        reserved0 50 2
        venue 52 4
        trail_offset 56 8
        trail_ratio 64 8
        activation 72 8
        second_level 80 8
        second_offset 88 8
        second_ratio 96 8
        step 104 8
        reserved 112 16
    }
    TriggerMove "oms_trigger_move_t" {
        header 0 16
        trigger 16 8
        level 24 8
        reserved 32 32
    }
    TriggerCancel "oms_trigger_cancel_t" {
        header 0 16
        trigger 16 8
        reserved 24 40
    }
    PositionClose "oms_position_close_t" {
        header 0 16
        position 16 8
        qty 24 8
        tag 32 8
        venue 40 4
        reserved0 44 4
        reserved 48 48
    }
    PositionOpen "oms_position_open_t" {
        header 0 16
        tag 16 8
        qty 24 8
        price 32 8
        commission 40 8
        symbol 48 4
        scope 52 4
        side 56 1
        reserved0 57 7
        reserved 64 40
    }
    PositionExit "oms_position_exit_t" {
        header 0 16
        position 16 8
        qty 24 8
        price 32 8
        commission 40 8
        reason 48 1
        reserved0 49 7
        reserved 56 40
    }
    PositionAdopt "oms_position_adopt_t" {
        header 0 16
        tag 16 8
        qty 24 8
        cost 32 16
        price 48 8
        commission 56 8
        opened_at 64 8
        symbol 72 4
        scope 76 4
        side 80 1
        reserved0 81 7
        reserved 88 32
    }
    Control "oms_control_t" {
        header 0 16
        action 16 4
        scope 20 4
        value 24 8
        symbol 32 4
        flags 36 4
        reserved 40 24
    }
    MassCancel "oms_mass_cancel_t" {
        header 0 16
        scope 16 4
        symbol 20 4
        side 24 4
        flags 28 4
        reserved 32 16
    }
    GroupSet "oms_group_set_t" {
        header 0 16
        group 16 4
        symbol 20 4
        max 24 8
        flags 32 4
        reserved0 36 4
        reserved 40 24
    }
    CashAdjust "oms_cash_adjust_t" {
        header 0 16
        amount 16 8
        scope 24 4
        reserved0 28 4
        reserved 32 32
    }
    Timer "oms_timer_t" {
        header 0 16
        reserved 16 16
    }
    Drain "oms_drain_t" {
        header 0 16
        reserved 16 16
    }
    Poll "oms_poll_t" {
        header 0 16
        max_commands 16 4
        max_events 20 4
        reserved 24 8
    }
    ReconcileBegin "oms_reconcile_begin_t" {
        header 0 16
        as_of 16 8
        lots_max 24 8
        money_max 32 8
        orders_max 40 8
        symbol 48 4
        venue 52 4
        scope 56 4
        flags 60 4
        reserved 64 32
    }
    ReconcilePosition "oms_reconcile_position_t" {
        header 0 16
        long_qty 16 8
        short_qty 24 8
        long_price 32 8
        short_price 40 8
        symbol 48 4
        reserved0 52 4
        reserved 56 24
    }
    ReconcileOrder "oms_reconcile_order_t" {
        header 0 16
        order 16 8
        client_id 24 8
        qty 32 8
        cum_qty 40 8
        price 48 8
        symbol 56 4
        side 60 1
        order_status 61 1
        reserved0 62 2
        reserved 64 32
    }
    ReconcileEnd "oms_reconcile_end_t" {
        header 0 16
        reserved 16 16
    }
    Capacity "oms_capacity_t" {
        orders 0 4
        symbols 4 4
        positions 8 4
        triggers 12 4
        events 16 4
        executions 20 4
        scopes 24 4
        rate 28 4
        books 32 4
        reserved0 36 4
        symbol_rate 40 4
        recent 44 4
    }
    BreakerConfig "oms_breaker_config_t" {
        daily_loss_ratio 0 8
        daily_loss_money 8 8
        drawdown_ratio 16 8
        drawdown_money 24 8
        streak_loss_money 32 8
        rate_window 40 8
        auto_reset_after 48 8
        cooldown 56 8
        session_offset 64 8
        consecutive_losses 72 4
        consecutive_errors 76 4
        orders_per_minute 80 4
        orders_per_hour 84 4
        orders_per_window 88 4
        max_auto_resets 92 4
        flags 96 4
        reserved0 100 4
        half_open_probes 104 4
        probe_wins 108 4
        probe_size 112 8
        warn_ratio 120 8
        reserved 128 32
    }
    RetryConfig "oms_retry_config_t" {
        delay 0 8
        cap 8 8
        jitter 16 8
        max 24 4
        reserved0 28 4
    }
    Config "oms_config_t" {
        struct_size 0 4
        engine_tag 4 4
        money_exp 8 4
        work_per_call 12 4
        capacity 16 48
        starting_balance 64 8
        hash_seed 72 8
        id_base 80 8
        breaker 88 160
        retry 248 32
        flags 280 4
        reserved0 284 4
        reserved 288 64
    }
}
