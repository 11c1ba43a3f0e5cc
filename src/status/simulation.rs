// The codes of the simulation: models, sizes, fees; as `tables.rs` has the other codes.
code_tables! {
    SIMULATION
    "A model of slippage: oms_slippage_t.model."
    SlippageModel: u8 "OMS_SLIPPAGE_" "oms_slippage_model_t" {
        Fixed = 1 "FIXED" "share: the same for every order";
        Volume = 2 "VOLUME" "factor x p, p at most participation_max; without a volume FIXED";
        Spread = 3 "SPREAD" "half the spread";
        Realistic = 4 "REALISTIC" "half the spread + impact x p + noise";
        VolumeShare = 5 "VOLUME_SHARE" "factor x p^2, p at most participation_max";
        SquareRoot = 6 "SQUARE_ROOT" "factor x volatility x the root of p";
        Almgren = 7 "ALMGREN" "Almgren and others 2005: a temporary and a permanent part";
        Depth = 8 "DEPTH" "a walk of the price levels that are given: oms_slippage_depth";
    }

    "Flags of an order whose price is asked for: oms_slippage_order_t.flags."
    SlippageFlag: u32 "OMS_SLIPPAGE_FLAG_" "oms_slippage_flags_t" {
        Quoted = 1 "QUOTED" "bid and ask are given: their mid is the reference, price is not read";
        Limited = 2 "LIMITED" "limit is given: the price is not beyond it";
    }

    "What is said of the size of an order: oms_order_size_t.code."
    SizeCode: u32 "OMS_SIZE_" "oms_size_code_t" {
        Ok = 0 "OK" "the size passes";
        TooLarge = 1 "TOO_LARGE" "too large: p is above participation_max";
        SlippageTooHigh = 2 "SLIPPAGE_TOO_HIGH" "slippage too high: the estimate is too large";
        NoVolume = 3 "NO_VOLUME" "no market volume";
    }

    "Where a limit order joins those that rest at its price in the simulated venue."
    QueuePlace: u32 "OMS_QUEUE_" "oms_queue_t" {
        Back = 0 "BACK" "behind all that is displayed there";
        Front = 1 "FRONT" "before all others";
    }

    "Where commands go: config.mode."
    Mode: u32 "OMS_MODE_" "oms_mode_t" {
        Live = 0 "LIVE" "to the host, by oms_poll; reports come by oms_venue_report";
        Paper = 1 "PAPER" "to the simulated venue, which follows live quotes";
        Backtest = 2 "BACKTEST" "to the simulated venue, which follows given quotes";
    }

    "A named schedule of fees."
    FeePlan: u32 "OMS_FEES_" "oms_fee_plan_t" {
        Free = 0 "FREE" "no fees";
        Standard = 1 "STANDARD" "0.1 % for maker and taker";
        Vip1 = 2 "VIP1" "0.09 % for maker and taker";
        Vip2 = 3 "VIP2" "0.08 % for maker and taker";
    }

    "The field that oms_slippage_check or oms_fees_check names."
    SimulationField: u32 "OMS_SIM_FIELD_" "oms_sim_field_t" {
        None = 0 "NONE" "all fields are valid";
        Model = 1 "MODEL" "model: OMS_SLIPPAGE_*";
        Share = 2 "SHARE" "share: 0 to 10^9";
        Factor = 3 "FACTOR" "factor: 0 to 10^12";
        ParticipationMax = 4 "PARTICIPATION_MAX" "participation_max: 0 to 10^9";
        Spread = 5 "SPREAD" "spread: 0 to 10^9";
        Impact = 6 "IMPACT" "impact: 0 to 10^12";
        Noise = 7 "NOISE" "noise: 0 to 10^9";
        Volatility = 8 "VOLATILITY" "volatility: 0 to 10^12";
        Days = 9 "DAYS" "days: 1 to 10^12";
        SlippageReserved = 10 "SLIPPAGE_RESERVED" "a reserved field of oms_slippage_t is not zero";
        Maker = 32 "MAKER" "maker, also of a tier: -10^9 to 10^9";
        Taker = 33 "TAKER" "taker, also of a tier: -10^9 to 10^9";
        Minimum = 34 "MINIMUM" "minimum: -1 (none) or 0 and more";
        Maximum = 35 "MAXIMUM" "maximum: -1 (none) or 0 and more";
        TierCount = 36 "TIER_COUNT" "tier_count: 0 to 8";
        TierVolume = 37 "TIER_VOLUME" "volumes of tiers: above 0, rising; unused tiers are 0";
        FeesReserved = 38 "FEES_RESERVED" "a reserved field of oms_fees_t is not zero";
    }
}
