//! A backtest: quotes and trades, or bars, through an engine in BACKTEST mode; a report, the equity
//! curve as a table and as a picture. `cargo run --release --example backtest -- --help`.
//!
//! Where to look: `desk.rs` for limits, breaker and venue, `strategy.rs` for the orders, `run.rs`
//! for the replay. `examples/backtest_c` is the same in C, with the same output.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a program may stop on a broken assumption"
)]

mod bars;
mod chart;
mod desk;
mod door;
mod generate;
mod journal;
mod options;
mod read;
mod report;
mod run;
mod session;
mod sizes;
mod strategy;
mod text;

use std::fs;
use std::io::{IsTerminal, stderr};
use std::process::ExitCode;
use std::time::Instant;

use oms_core::status::Mode;

use desk::Terms;
use options::Options;
use session::Session;

fn main() -> ExitCode {
    let options = match options::parse(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{}", options::USAGE);
            return ExitCode::SUCCESS;
        }
        Err(problem) => return failed(&problem),
    };
    match backtest(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => failed(&problem),
    }
}

fn failed(problem: &str) -> ExitCode {
    eprintln!("backtest: {problem}");
    ExitCode::from(2)
}

fn load(options: &Options) -> Result<Session, String> {
    let Some(quotes) = &options.quotes else {
        let rows = if options.rows == 0 { 120_000 } else { options.rows };
        let mut session = generate::session(options.seed, rows);
        session.tick = options.tick.unwrap_or(session.tick);
        session.lot = options.lot.unwrap_or(session.lot);
        return Ok(in_bars(session, options));
    };
    let mut session = read::session(quotes, options.rows, (options.tick, options.lot))?;
    if let Some(trades) = &options.trades {
        read::trades(trades, &mut session)?;
    }
    Ok(in_bars(session, options))
}

/// With bars in place of its quotes, if they are wanted.
fn in_bars(mut session: Session, options: &Options) -> Session {
    if options.bars > 0 {
        session.bars = bars::of(&session, options.bars);
    }
    session
}

fn backtest(options: &Options) -> Result<(), String> {
    let shown = options.progress || stderr().is_terminal();
    let session = load(options)?;
    let terms = Terms { fee: options.fee, latency: options.latency, seed: options.seed };
    let refused = |status: oms_core::status::Status| {
        format!("the engine answered {}: {}", status.name(), status.text())
    };
    let mut engine = desk::simulated(Mode::Backtest, &session, &terms).map_err(refused)?;
    let begin = Instant::now();
    let rows = session.steps();
    let journal = run::replay(&mut engine, &session, |row| {
        if shown {
            eprint!("\r{:3} % of {rows} steps", row * 100 / rows);
        }
    })
    .map_err(refused)?;
    let taken = begin.elapsed();
    if shown {
        eprintln!("\r100 % of {rows} steps");
    }
    print!("{}", report::text(&engine, &session, &terms, &journal).map_err(refused)?);
    let folder = &options.out;
    let (table, picture) = (folder.join("equity.csv"), folder.join("equity.svg"));
    let fills = folder.join("fills.csv");
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&table, report::curve(&journal)))
        .and_then(|()| fs::write(&fills, report::fills(&journal)))
        .and_then(|()| fs::write(&picture, chart::svg(&session, &journal)));
    written.map_err(|error| format!("{}: {error}; give another --out FOLDER", folder.display()))?;
    println!("\ncurve {}, fills {}", table.display(), fills.display());
    println!("picture {}", picture.display());
    let micros = taken.as_micros().max(1);
    let rate = u128::try_from(rows).unwrap_or(0) * 1_000_000 / micros;
    println!("time {}.{:03} s, {rate} steps a second", micros / 1_000_000, micros / 1_000 % 1_000);
    Ok(())
}
