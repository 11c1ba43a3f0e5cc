//! Numbers, times and money as people read them: integers in, text out.

/// 1 234 567.
pub(crate) fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// Of parts: whole ones, a point and so many digits, rounded down. `scale` is 10^digits.
fn decimal(n: i64, scale: i64, digits: usize) -> String {
    let (n, sign) = (n.unsigned_abs(), if n < 0 { "-" } else { "" });
    let scale = scale.unsigned_abs();
    let whole = grouped(i64::try_from(n / scale).unwrap_or(i64::MAX));
    format!("{sign}{whole}.{:0digits$}", n % scale)
}

/// Money units (six decimals) as currency, floored to cents.
pub(crate) fn money(units: i64) -> String {
    decimal(units.div_euclid(10_000), 100, 2)
}

/// Money units as currency with all their decimals, for files.
pub(crate) fn exact(units: i64) -> String {
    decimal(units, 1_000_000, 6).replace(' ', "")
}

/// Parts per 10^9 in percent, floored to two digits.
pub(crate) fn percent(ratio: i64) -> String {
    decimal(ratio.div_euclid(100_000), 100, 2) + " %"
}

/// The same with four digits.
pub(crate) fn percent_finely(ratio: i64) -> String {
    decimal(ratio.div_euclid(1_000), 10_000, 4) + " %"
}

/// Parts per 10^9 as a factor, floored to two digits.
pub(crate) fn factor(ratio: i64) -> String {
    decimal(ratio.div_euclid(10_000_000), 100, 2)
}

/// Whole ticks and parts per 10^9 of one, floored to two digits.
pub(crate) fn ticks(whole: i64, parts: i64) -> String {
    decimal(whole * 100 + parts / 10_000_000, 100, 2)
}

/// Parts per 10^9 in basis points, floored to three digits.
pub(crate) fn basis_points(ratio: i64) -> String {
    decimal(ratio.div_euclid(100), 1_000, 3) + " bp"
}

/// Nanoseconds in milliseconds, floored to two digits.
pub(crate) fn millis(nanos: u64) -> String {
    decimal(i64::try_from(nanos / 10_000).unwrap_or(i64::MAX), 100, 2) + " ms"
}

/// Nanoseconds as hours, minutes and seconds.
pub(crate) fn duration(nanos: u64) -> String {
    let seconds = nanos / 1_000_000_000;
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    if hours > 0 {
        format!("{hours} h {minutes:02} min {:02} s", seconds % 60)
    } else if minutes > 0 {
        format!("{minutes} min {:02} s", seconds % 60)
    } else {
        format!("{}.{:03} s", seconds, nanos / 1_000_000 % 1_000)
    }
}

/// Year, month and day of so many days after 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01 in eras of 400 years, so that leap days come last.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, of_month)
}

/// 09:30:00 UTC of nanoseconds after 1970.
pub(crate) fn clock(nanos: u64) -> String {
    let seconds = nanos / 1_000_000_000 % 86_400;
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// 2024-05-06 09:30:00, UTC, of nanoseconds after 1970.
pub(crate) fn date(nanos: u64) -> String {
    let days = i64::try_from(nanos / 86_400_000_000_000).unwrap_or(0);
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02} {}", clock(nanos))
}

/// mantissa × 10^exponent, exponent at most 0.
pub(crate) fn size(mantissa: i64, exponent: i32) -> String {
    let digits = usize::try_from(-exponent).unwrap_or(0);
    if digits == 0 {
        return (mantissa * 10_i64.pow(exponent.unsigned_abs())).to_string();
    }
    let text = format!("{mantissa:0width$}", width = digits + 1);
    let (whole, rest) = text.split_at(text.len() - digits);
    format!("{whole}.{rest}")
}
