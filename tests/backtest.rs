//! The strategy of `examples/backtest` in every mode: the same executions, order states and money
//! in PAPER, in BACKTEST, and in LIVE with a host that carries the records between the engine and a
//! venue of its own. And the report's figures against those that the executions give.
//!
//! Over generated sessions, and over those of `../shared/data` (or of `OMS_DATA`) where they are at
//! hand.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

#[path = "../examples/backtest/bars.rs"]
mod bars;
#[path = "../examples/backtest/desk.rs"]
mod desk;
#[path = "../examples/backtest/door.rs"]
mod door;
#[path = "../examples/backtest/generate.rs"]
mod generate;
#[path = "../examples/backtest/journal.rs"]
mod journal;
#[path = "../examples/backtest/read.rs"]
mod read;
#[path = "../examples/backtest/run.rs"]
mod run;
#[path = "../examples/backtest/session.rs"]
mod session;
#[path = "../examples/backtest/sizes.rs"]
mod sizes;
#[path = "../examples/backtest/strategy.rs"]
mod strategy;

#[path = "backtest/figures.rs"]
mod figures;
#[path = "backtest/wire.rs"]
mod wire;

use std::path::{Path, PathBuf};

use oms_core::engine::Engine;
use oms_core::status::Mode;

use desk::Terms;
use door::Door;
use journal::Journal;
use session::Session;
use wire::Wire;

/// A recorded one, where it is at hand.
fn recorded(quotes: &str, trades: Option<&str>) -> Option<Session> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("OMS_DATA").map_or_else(beside, PathBuf::from);
    let quotes = folder.join(quotes);
    if !quotes.exists() {
        return None;
    }
    let mut session = read::session(&quotes, 0, (None, None)).unwrap();
    if let Some(trades) = trades {
        read::trades(&folder.join(trades), &mut session).unwrap();
    }
    Some(session)
}

fn ran<'a>(door: &mut impl Door<'a>, session: &Session) -> Journal {
    let journal = run::replay(door, session, |_| {}).unwrap();
    assert_eq!(door.engine().audit(), Ok(()));
    journal
}

fn simulated(mode: Mode, session: &Session) -> (Engine<'static>, Journal) {
    let mut engine = desk::simulated(mode, session, &Terms::DEFAULT).unwrap();
    let journal = ran(&mut engine, session);
    (engine, journal)
}

/// Everything that a caller can read: orders by their client ids, the engine's own ones too.
fn assert_same(one: &Engine<'_>, other: &Engine<'_>) {
    assert_eq!(one.account_get(), other.account_get());
    assert_eq!(one.statistics_get(0), other.statistics_get(0));
    assert_eq!(one.execution_stats_get(0), other.execution_stats_get(0));
    assert_eq!(one.shortfall_get(0), other.shortfall_get(0));
    assert_eq!(one.risk_get(0), other.risk_get(0));
    assert_eq!(one.denials_get(0), other.denials_get(0));
    let mut known = 0;
    for number in 1..2_000 {
        for client_id in [number, number | 1 << 63] {
            let order = one.order_get(oms_core::store::Id::NONE, client_id);
            assert_eq!(order, other.order_get(oms_core::store::Id::NONE, client_id));
            known += u32::from(order.is_ok());
        }
    }
    assert!(known > 10, "{known} orders");
}

/// PAPER, BACKTEST and LIVE over a session, and the figures of it.
fn agree(session: &Session) -> Journal {
    let (backtest, journal) = simulated(Mode::Backtest, session);
    let (paper, on_paper) = simulated(Mode::Paper, session);
    assert_eq!(on_paper, journal);
    assert_same(&paper, &backtest);
    let (what, sizes) = (&session.source, &session.sizes);
    let count = journal.executions.len();
    assert!(count > 10, "{what} ({sizes}): {count} executions");
    if session.bars.is_empty() {
        let mut live = Wire::new(session, &Terms::DEFAULT);
        assert_eq!(ran(&mut live, session), journal);
        assert_same(live.engine(), &backtest);
        figures::hold(session, &journal, &backtest);
    }
    journal
}

#[test]
fn modes_agree_over_generated_sessions() {
    let (mut trips, mut sides) = (0, [0; 2]);
    for seed in [5, 6, 7] {
        let journal = agree(&generate::session(seed, 60_000));
        trips += journal.trips.len();
        for point in &journal.points {
            sides[0] += i32::from(point.position > 0);
            sides[1] += i32::from(point.position < 0);
        }
    }
    assert!(trips > 0 && sides.iter().all(|&n| n > 100), "{trips} trips, {sides:?}");
}

#[test]
fn modes_agree_over_bars() {
    let mut session = generate::session(5, 120_000);
    session.bars = bars::of(&session, 20);
    let volume: i64 = session.bars.iter().map(|bar| bar.volume).sum();
    assert!(volume > 0 && session.bars.len() > 1_000);
    agree(&session);
}

/// One test whether the files are there or not: a generated session stands for one that is not.
#[test]
fn modes_agree_over_recorded_sessions() {
    let files = [
        ("xauusd_oanda_20140502.csv.gz", None),
        ("eurusd_oanda_20140508_09.csv.gz", None),
        ("btcusdt_usdm_20240808_quotes.csv.gz", Some("btcusdt_usdm_20240808_trades.csv.gz")),
    ];
    for (seed, (quotes, trades)) in (11..).zip(files) {
        let session = recorded(quotes, trades);
        agree(&session.unwrap_or_else(|| generate::session(seed, 20_000)));
    }
}
