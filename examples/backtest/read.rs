//! Quotes and trades from .csv and .csv.gz files.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::session::{Quote, Session, Size, Trade};

/// The largest there may be: nanoseconds, ticks, lots.
const TIME: i64 = i64::MAX;
const PRICE: i64 = 1 << 40;
const QUANTITY: i64 = 1 << 40;

/// Columns of a file: name, least, most; how many of them every row has.
struct Columns {
    all: &'static [(&'static str, i64, i64)],
    needed: usize,
}

const QUOTES: Columns = Columns {
    all: &[
        ("timestamp_ns", 1, TIME),
        ("bid_ticks", 1, PRICE),
        ("ask_ticks", 1, PRICE),
        ("bid_lots", 0, QUANTITY),
        ("ask_lots", 0, QUANTITY),
    ],
    needed: 3,
};
const TRADES: Columns = Columns {
    all: &[("timestamp_ns", 1, TIME), ("price_ticks", 1, PRICE), ("qty_lots", 0, QUANTITY)],
    needed: 3,
};

/// Quotes of a file, and what its name and description say.
///
/// # Errors
/// File, line and what is wrong with it.
pub(crate) fn session(
    path: &Path,
    rows: u64,
    sizes: (Option<Size>, Option<Size>),
) -> Result<Session, String> {
    let mut session = Session {
        source: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        symbol: symbol(path),
        tick: Size { mantissa: 1, exponent: 0 },
        lot: Size { mantissa: 1, exponent: 0 },
        sizes: String::new(),
        quotes: Vec::new(),
        trades: Vec::new(),
        bars: Vec::new(),
        crossed: 0,
        volume: 0,
    };
    let mut quotes = Vec::new();
    let mut crossed = 0;
    table(path, &QUOTES, |[at, bid, ask, bid_qty, ask_qty]| {
        if bid > ask {
            crossed += 1;
        } else {
            let at = at.unsigned_abs();
            quotes.push(Quote { at, bid, ask, bid_qty, ask_qty });
        }
        rows == 0 || u64::try_from(quotes.len()).unwrap_or(0) < rows
    })?;
    if quotes.is_empty() {
        let name = path.display();
        return Err(format!(
            "{name}: no quotes in it ({crossed} crossed); rows are timestamp_ns,bid_ticks,ask_ticks"
        ));
    }
    (session.quotes, session.crossed) = (quotes, crossed);
    crate::sizes::read(path, &mut session, sizes)?;
    Ok(session)
}

/// Adds the trades of a file that lie within the session.
///
/// # Errors
/// As [`session`].
pub(crate) fn trades(path: &Path, session: &mut Session) -> Result<(), String> {
    let first = session.quotes.first().map_or(0, |quote| quote.at);
    let last = session.quotes.last().map_or(0, |quote| quote.at);
    let mut trades = Vec::new();
    table(path, &TRADES, |[at, price, qty, ..]| {
        let at = at.unsigned_abs();
        if at >= first && at <= last {
            trades.push(Trade { at, price, qty });
        }
        at <= last
    })?;
    session.trades = trades;
    Ok(())
}

/// The beginning of the file's name.
fn symbol(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.split(['_', '.']).next().unwrap_or_default();
    let name: String = name
        .bytes()
        .take(16)
        .map(|byte| if byte.is_ascii_alphanumeric() { byte.to_ascii_uppercase() } else { b'-' })
        .map(char::from)
        .collect();
    if name.is_empty() { "SYMBOL".into() } else { name }
}

/// Every row of a file, in order of time, until `take` has enough.
fn table(
    path: &Path,
    columns: &Columns,
    mut take: impl FnMut([i64; 5]) -> bool,
) -> Result<(), String> {
    let name = path.display();
    let file = File::open(path).map_err(|error| {
        format!("{name}: {error}; give a .csv or .csv.gz file, or none for a generated session")
    })?;
    let packed = path.extension().is_some_and(|end| end == "gz");
    let input: Box<dyn Read> =
        if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut lines = BufReader::with_capacity(1 << 16, input);
    let (mut line, mut number, mut last) = (Vec::new(), 0_u64, 0_i64);
    loop {
        line.clear();
        number += 1;
        let count = lines
            .read_until(b'\n', &mut line)
            .map_err(|error| format!("{name}:{number}: cannot be read on: {error}"))?;
        if count == 0 {
            return Ok(());
        }
        let text = line.trim_ascii_end();
        if text.is_empty() || (number == 1 && text[0].is_ascii_alphabetic()) {
            continue;
        }
        let values = row(text, columns).map_err(|why| format!("{name}:{number}: {why}"))?;
        if values[0] < last {
            return Err(format!(
                "{name}:{number}: timestamp_ns {} is before the previous row's {last}; sort the \
                 rows: sort -t, -k1,1n",
                values[0]
            ));
        }
        last = values[0];
        if !take(values) {
            return Ok(());
        }
    }
}

/// The numbers of a row; columns that are not known are not looked at.
fn row(text: &[u8], columns: &Columns) -> Result<[i64; 5], String> {
    let mut values = [0; 5];
    let mut fields = text.split(|&byte| byte == b',');
    for (i, &(name, least, most)) in columns.all.iter().enumerate() {
        let Some(field) = fields.next() else {
            if i < columns.needed {
                return Err(format!("{name} is missing"));
            }
            break;
        };
        let digits = !field.is_empty() && field.len() < 20 && field.iter().all(u8::is_ascii_digit);
        let value = field.iter().fold(0_i64, |sum, byte| {
            sum.saturating_mul(10).saturating_add(i64::from(byte.wrapping_sub(b'0')))
        });
        if !digits || value < least || value > most {
            let field = String::from_utf8_lossy(field);
            return Err(format!(
                "{name} is \"{field}\": a whole number from {least} to {most} belongs there"
            ));
        }
        values[i] = value;
    }
    Ok(values)
}
