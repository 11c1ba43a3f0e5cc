//! What the command line says.

use std::path::PathBuf;

use crate::desk::Terms;
use crate::session::Size;
use crate::sizes;

pub(crate) const USAGE: &str = "\
usage: backtest [--quotes FILE] [--trades FILE] [--bars SECONDS] [--tick SIZE] [--lot SIZE]
                [--fee N] [--latency MS] [--seed N] [--rows N] [--out FOLDER] [--progress]
  --quotes FILE   timestamp_ns,bid_ticks,ask_ticks[,bid_lots,ask_lots], .csv or .csv.gz; a
                  FILE.json beside it gives tick_size and may give lot_size
                  (default: a generated session)
  --trades FILE   timestamp_ns,price_ticks,qty_lots[,side] of the same market, in ticks and
                  lots of the same sizes
  --bars SECONDS  bars of that length are made of the quotes, and replayed in their place
  --tick SIZE     size of a tick, like 0.01, in place of that of FILE.json
  --lot SIZE      size of a lot likewise
  --fee N         what takers pay, hundredths of a basis point; makers pay half (default 10)
  --latency MS    to the venue, milliseconds; half of it back (default 2)
  --seed N        of the generated session and of the venue's draws (default 5)
  --rows N        at most this many quotes (default: all; generated: 120000)
  --out FOLDER    where equity.csv, fills.csv, equity.svg go (default out/backtest)
  --progress      show progress also when stderr is no terminal
";

/// A good command line.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) quotes: Option<PathBuf>,
    pub(crate) trades: Option<PathBuf>,
    /// Seconds; 0: quotes as they are.
    pub(crate) bars: u64,
    pub(crate) tick: Option<Size>,
    pub(crate) lot: Option<Size>,
    /// Parts per 10^9.
    pub(crate) fee: i64,
    /// Nanoseconds.
    pub(crate) latency: u64,
    pub(crate) seed: u64,
    /// 0: all.
    pub(crate) rows: u64,
    pub(crate) out: PathBuf,
    pub(crate) progress: bool,
}

/// `Ok(None)`: help was asked for.
///
/// # Errors
/// What is wrong, and what to do.
pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let mut options = Options {
        quotes: None,
        trades: None,
        bars: 0,
        tick: None,
        lot: None,
        fee: Terms::DEFAULT.fee,
        latency: Terms::DEFAULT.latency,
        seed: Terms::DEFAULT.seed,
        rows: 0,
        out: "out/backtest".into(),
        progress: false,
    };
    let mut arguments = arguments;
    while let Some(name) = arguments.next() {
        match name.as_str() {
            "--help" | "-h" => return Ok(None),
            "--progress" => options.progress = true,
            "--quotes" | "--trades" | "--bars" | "--tick" | "--lot" | "--fee" | "--latency"
            | "--seed" | "--rows" | "--out" => {
                let value = arguments.next().ok_or(format!("{name} needs a value; see --help"))?;
                set(&mut options, &name, &value)?;
            }
            _ => return Err(format!("{name} is not an option; see --help")),
        }
    }
    if options.trades.is_some() && options.quotes.is_none() {
        return Err("--trades needs --quotes: trades are replayed between quotes".into());
    }
    Ok(Some(options))
}

fn set(options: &mut Options, name: &str, value: &str) -> Result<(), String> {
    let size = || sizes::decimal(value).map_err(|problem| format!("{name} \"{value}\" {problem}"));
    match name {
        "--quotes" => options.quotes = Some(value.into()),
        "--trades" => options.trades = Some(value.into()),
        "--out" => options.out = value.into(),
        "--bars" => options.bars = number(name, value, 86_400)?,
        "--tick" => options.tick = Some(size()?),
        "--lot" => options.lot = Some(size()?),
        "--fee" => {
            options.fee = i64::try_from(number(name, value, 1_000_000)? * 1_000).unwrap_or(0);
        }
        "--latency" => options.latency = number(name, value, 60_000)? * 1_000_000,
        "--seed" => options.seed = number(name, value, u64::MAX)?,
        _ => options.rows = number(name, value, 50_000_000)?,
    }
    Ok(())
}

fn number(name: &str, value: &str, most: u64) -> Result<u64, String> {
    let good = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let parsed = value.parse().ok().filter(|&n: &u64| good && n <= most);
    parsed.ok_or(format!("{name} \"{value}\": a whole number from 0 to {most} belongs there"))
}
