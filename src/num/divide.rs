//! Division with the rounding in its name. Divisors are positive; a divisor that is not gives
//! `None`, as does a quotient that does not fit.
#![forbid(unsafe_code)]

/// The same number in 64 bits, if it fits: one comparison.
#[inline]
#[must_use]
#[expect(clippy::as_conversions, reason = "by truncation, which is then tested")]
pub(crate) const fn narrow(value: i128) -> Option<i64> {
    let low = value as i64;
    if low as i128 == value { Some(low) } else { None }
}

/// a / b rounded towards minus infinity, for b > 0, in 64 bits.
#[inline]
#[must_use]
pub(crate) const fn floor64(a: i64, b: i64) -> Option<i64> {
    if b <= 0 {
        return None;
    }
    match (a.checked_div(b), a.checked_rem(b)) {
        // Towards zero, so far.
        (Some(quotient), Some(rest)) if rest < 0 => quotient.checked_sub(1),
        (quotient, _) => quotient,
    }
}

/// a / b rounded towards minus infinity, for b > 0.
///
/// Quotients of 64-bit operands take the machine's division: 128-bit division is a routine of
/// some hundred instructions.
#[must_use]
pub fn div_floor(a: i128, b: i128) -> Option<i128> {
    if b <= 0 {
        return None;
    }
    if let (Some(a), Some(b)) = (narrow(a), narrow(b)) {
        return floor64(a, b).map(i128::from);
    }
    a.checked_div_euclid(b)
}

/// value × part / whole rounded towards minus infinity, for 0 <= part <= whole and whole > 0. The
/// product need not fit: the division comes first.
#[must_use]
pub fn share_floor(value: i128, part: i64, whole: i64) -> Option<i128> {
    let (part, whole) = (i128::from(part), i128::from(whole));
    let each = div_floor(value, whole)?;
    let rest = value.checked_sub(each.checked_mul(whole)?)?.checked_mul(part)?;
    each.checked_mul(part)?.checked_add(div_floor(rest, whole)?)
}

/// a / b rounded towards plus infinity, for b > 0.
#[must_use]
pub fn div_ceil(a: i128, b: i128) -> Option<i128> {
    let floor = div_floor(a, b)?;
    let exact = match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => a.checked_rem(b) == Some(0),
        _ => a.checked_rem(b) == Some(0),
    };
    if exact { Some(floor) } else { floor.checked_add(1) }
}
