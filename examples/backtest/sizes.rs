//! Sizes of tick and lot: from the description beside a file, or chosen after the price.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::session::{Session, Size};

/// Digits before and after the point, that is.
const WHOLE: usize = 7;
const DECIMALS: usize = 12;

/// "0.01" as 1 × 10^-2.
///
/// # Errors
/// What belongs there.
pub(crate) fn decimal(text: &str) -> Result<Size, String> {
    let wrong = || "is not a positive decimal like 0.01".to_owned();
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) {
        return Err(wrong());
    }
    let rest = rest.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    if whole.len() > WHOLE || rest.len() > DECIMALS {
        return Err(format!("is beyond {WHOLE} digits before the point or {DECIMALS} behind it"));
    }
    let mantissa = format!("{whole}{rest}").parse().unwrap_or(0);
    if mantissa == 0 {
        return Err(wrong());
    }
    Ok(Size { mantissa, exponent: -i32::try_from(rest.len()).unwrap_or(0) })
}

/// The largest power of ten of which a lot is worth at most 100 in the currency.
fn lot_for(ticks: i64, tick: Size) -> Size {
    for exponent in (-9..=6).rev() {
        let power = tick.exponent + exponent;
        let value = ticks * tick.mantissa;
        let fits = if power >= 0 {
            power < 3 && value <= 100 / 10_i64.pow(power.unsigned_abs())
        } else {
            value / 10_i64.pow(power.unsigned_abs().min(18)) < 100
        };
        if fits {
            return Size {
                mantissa: 10_i64.pow(exponent.max(0).unsigned_abs()),
                exponent: exponent.min(0),
            };
        }
    }
    Size { mantissa: 1, exponent: -9 }
}

/// The text of a member, a string or a word, anywhere in a description.
fn member<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let quoted = format!("\"{name}\"");
    let rest = json.get(json.find(&quoted)? + quoted.len()..)?.trim_start();
    let rest = rest.strip_prefix(':')?.trim_start();
    match rest.strip_prefix('"') {
        Some(rest) => rest.split('"').next(),
        None => rest.split([',', '}', '\n', '\r', ' ']).next(),
    }
}

/// Sets the sizes of a session read from this file; those given by hand win.
///
/// # Errors
/// What is wrong with the description, and what to do.
pub(crate) fn read(
    path: &Path,
    session: &mut Session,
    (tick, lot): (Option<Size>, Option<Size>),
) -> Result<(), String> {
    let name = path.to_string_lossy();
    let base = name.strip_suffix(".gz").unwrap_or(&name);
    let base = format!("{}.json", base.strip_suffix(".csv").unwrap_or(base));
    let json = match fs::read_to_string(&base) {
        Ok(json) => json,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("{base}: {error}")),
    };
    let given = |what: &str| match member(&json, what) {
        None | Some("null") => Ok(None),
        Some(text) => decimal(text)
            .map(Some)
            .map_err(|problem| format!("{base}: {what} \"{text}\" {problem}")),
    };
    let tick = match tick {
        Some(tick) => tick,
        None => given("tick_size")?.ok_or(format!(
            "{base}: no tick_size there; give --tick SIZE, or the line \"tick_size\": \"0.01\""
        ))?,
    };
    let own = if lot.is_some() { lot } else { given("lot_size")? };
    let first = session.quotes.first().map_or(1, |quote| quote.mid().max(1));
    session.tick = tick;
    session.lot = own.unwrap_or_else(|| lot_for(first, tick));
    session.sizes = if own.is_some() { "as given" } else { "lot chosen after the price" }.into();
    Ok(())
}
