//! What every request record begins with, and what is checked of every record alike.
#![forbid(unsafe_code)]

use super::{RequestKind, Status};
use crate::num::Nanos;

/// Head of every request record. `oms_request_init` fills in kind and size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct RequestHeader {
    /// OMS_REQUEST_*: which record this is. Permanent.
    pub kind: u32,
    /// sizeof the record, in bytes.
    pub size: u32,
    /// The caller's time in nanoseconds. A step back counts as no time passed.
    pub now: Nanos,
}

impl RequestHeader {
    /// Whether kind and size are this record's: one comparison.
    #[inline]
    #[must_use]
    pub fn is_of<R: Request>(&self) -> bool {
        let word = |header: &Self| u64::from(header.kind) | u64::from(header.size).wrapping_shl(32);
        word(self) == word(R::EMPTY.header())
    }
}

/// A request record: a fixed number, a fixed size, no padding, reserved words that are zero.
pub trait Request: Copy {
    /// Its permanent number.
    const KIND: RequestKind;
    /// All bytes zero but kind and size.
    const EMPTY: Self;

    /// The head.
    fn header(&self) -> &RequestHeader;

    /// Whether every reserved field is zero.
    fn reserved_is_zero(&self) -> bool;

    /// Kind, size and reserved fields, in this order.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`.
    fn check_frame(&self) -> Result<(), Status> {
        let header = self.header();
        if header.kind != Self::KIND.raw() {
            return Err(Status::Kind);
        }
        if usize::try_from(header.size) != Ok(size_of::<Self>()) {
            return Err(Status::Size);
        }
        if !self.reserved_is_zero() {
            return Err(Status::Reserved);
        }
        Ok(())
    }
}

/// The head of an empty record of this kind and type.
#[must_use]
#[expect(clippy::as_conversions, reason = "a record's size fits 32 bits")]
pub(crate) const fn header_of<R>(kind: RequestKind) -> RequestHeader {
    RequestHeader { kind: kind.raw(), size: size_of::<R>() as u32, now: Nanos::ZERO }
}

/// Implements [`Request`] for a record: its kind, its zero value, its reserved words.
macro_rules! request {
    ($record:ident, $kind:ident, { $($field:ident : $zero:expr),* $(,)? }, [$($word:expr),*]) => {
        impl $crate::status::Request for $record {
            const KIND: $crate::status::RequestKind = $crate::status::RequestKind::$kind;
            const EMPTY: Self = Self {
                header: $crate::status::header_of::<Self>($crate::status::RequestKind::$kind),
                $($field: $zero),*
            };

            fn header(&self) -> &$crate::status::RequestHeader {
                &self.header
            }

            fn reserved_is_zero(&self) -> bool {
                let reserved: fn(&Self) -> bool = |r| {
                    let mut bits = 0_u64;
                    $( for word in $word(r).iter() { bits |= u64::from(*word); } )*
                    bits == 0
                };
                reserved(self)
            }
        }
    };
}
pub(crate) use request;
