//! The README's tables are the ones that the code tables give.
#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::{env, fmt::Write, fs};

use oms_core::status::{Check, Status};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const HEADER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/include/oms.h");

fn checks() -> String {
    let mut table = String::from("| bit | check | holds when | parameters |\n|---|---|---|---|\n");
    for check in Check::ALL {
        let text = match check.text().strip_prefix("reserved: ") {
            Some(text) => format!("*to come*: {text}"),
            None => check.text().to_owned(),
        };
        let (bit, name, of) = (check.raw(), check.name(), parameters(*check));
        writeln!(table, "| {bit} | {name} | {text} | {of} |").expect("to a string");
    }
    table
}

/// What a check is set by: fields of `oms_limits_set_t`, with "scope:" of `oms_scope_limits_set_t`,
/// with "config:" of `oms_config_t`, or a function.
const fn parameters(check: Check) -> &'static str {
    match check {
        Check::Fields | Check::Capacity => "–",
        Check::Symbol => "flags: DISABLED",
        Check::Scope => "`oms_scope_define`; flags: DISABLED",
        Check::TradingState => "`oms_control`, `oms_kill`",
        Check::Breaker => "config: breaker; scope: `oms_scope_breaker_set`",
        Check::Session => "`oms_phase_set`",
        Check::Permission => "types, times_in_force; scope: the same",
        Check::Increment => "price_step, qty_step; `oms_bands_set`",
        Check::Qty => "qty_min, qty_max; scope: qty_max",
        Check::Notional => "notional_min, notional_max; scope: notional_max",
        Check::Collar => "collar_ticks, collar_ratio, reference; flags: COLLAR_BOTH_SIDES",
        Check::ReferenceAge => "reference_age_max, reference",
        Check::Adv => "adv_ratio; `oms_volume_set`",
        Check::Position => "long_max, short_max",
        Check::OpenOrders => "open_orders_max, open_qty_max; scope: open_orders_max",
        Check::OpenNotional => "open_notional_max; scope: the same",
        Check::Gross => "gross_max; scope: the same",
        Check::Net => "net_max; scope: the same",
        Check::Credit => "margin_ratio; scope: credit_max",
        Check::Leverage => "scope: leverage_max",
        Check::Group => "`oms_group_set`",
        Check::Portfolio => "covariance",
        Check::Positions => "positions_max; scope: the same",
        Check::RateMinute => "config: breaker.orders_per_minute",
        Check::RateHour => "config: breaker.orders_per_hour",
        Check::RateCustom => "config: breaker.orders_per_window, rate_window",
        Check::RateSymbol => "rate_max, rate_window",
        Check::Repeat => "repeat_max, repeat_window, repeat_range",
        Check::Duplicate => "duplicate_max, duplicate_window",
        Check::ClientId => "config: flags MONOTONIC_IDS",
        Check::SelfTrade => "self_trade",
        Check::Short => "flags: SHORT_ALLOWED, LOCATE_NEEDED; `oms_locate_set`",
        Check::ReduceOnly => "flags: REDUCE_CLAMP",
        Check::Parent => "the parent's qty",
        Check::OrderToTrade => "scope: order_to_trade_max, _min, _window",
        Check::Heartbeat => "scope: heartbeat_max",
    }
}

fn statuses() -> String {
    let mut table = String::from("| code | name | meaning |\n|---|---|---|\n");
    for status in Status::ALL {
        writeln!(table, "| {} | OMS_{} | {} |", status.raw(), status.name(), status.text())
            .expect("to a string");
    }
    table
}

/// What a record of each kind takes, as the header says.
fn memory() -> String {
    let header = fs::read_to_string(HEADER).expect("include/oms.h is there");
    let bytes = |name: &str| -> u32 {
        let define = format!("#define OMS_{name}_BYTES ");
        let (_, rest) = header.split_once(&define).expect("the header says how large a record is");
        let digits = rest.split_once('u').map(|(digits, _)| digits);
        digits.and_then(|digits| digits.parse().ok()).expect("a number")
    };
    let mut table = String::from("| record | bytes at most |\n|---|---|\n");
    let kinds = [
        ("order", "ORDER"),
        ("position", "POSITION"),
        ("trigger of any kind", "TRIGGER"),
        ("symbol", "SYMBOL"),
        ("event", "EVENT"),
        ("execution", "EXECUTION"),
        ("scope, the root included", "SCOPE"),
        ("book (a scope in a symbol)", "BOOK"),
        ("time in the rate windows of a scope", "RATE"),
        ("time in the rate window of a symbol or book (32 each)", "SYMBOL_RATE"),
        ("order that DUPLICATE looks at (128)", "RECENT"),
    ];
    for (words, kind) in kinds {
        writeln!(table, "| {words} | {} |", bytes(kind)).expect("to a string");
    }
    writeln!(table, "| the rest | {} |", bytes("BASE")).expect("to a string");
    table
}

/// The text with the table between its marks replaced.
fn with_table(text: &str, name: &str, table: &str) -> String {
    let begin = format!("<!-- table: {name} -->\n");
    let (before, rest) = text.split_once(&begin).expect("README.md has the mark of the table");
    let (_, after) = rest.split_once("<!-- end -->").expect("README.md ends the table");
    format!("{before}{begin}{table}<!-- end -->{after}")
}

#[test]
fn tables_are_current() {
    let kept = fs::read_to_string(README).expect("README.md is there");
    let fresh = with_table(&kept, "checks", &checks());
    let fresh = with_table(&fresh, "statuses", &statuses());
    let fresh = with_table(&fresh, "memory", &memory());
    if kept == fresh {
        return;
    }
    if env::var_os("OMS_BLESS").is_some() {
        fs::write(README, fresh).expect("README.md is writable");
        return;
    }
    panic!("README.md has a stale table: OMS_BLESS=1 cargo test --test readme");
}
