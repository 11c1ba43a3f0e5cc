//! Every code that crosses the ABI: one table, from which enums, numbers, names, the header's
//! constants and the README's tables come (`tables.rs`).
#![forbid(unsafe_code)]

use core::ffi::CStr;

mod request;

pub use request::{Request, RequestHeader};
pub(crate) use request::{header_of, request};

macro_rules! code_tables {
    ($list:ident $( $doc:literal $name:ident : $repr:ident $prefix:literal $c_type:literal {
        $( $variant:ident = $number:literal $c_name:literal $text:literal; )*
    } )*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr($repr)]
        pub enum $name {
            $( #[doc = $text] $variant = $number, )*
        }

        impl $name {
            /// Every code, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code with this number, if there is one.
            #[must_use]
            pub const fn from_raw(raw: $repr) -> Option<Self> {
                match raw {
                    $( $number => Some(Self::$variant), )*
                    _ => None,
                }
            }

            /// Its permanent number.
            #[must_use]
            pub const fn raw(self) -> $repr {
                match self {
                    $( Self::$variant => $number, )*
                }
            }

            /// Its name in the header, without the prefix; NUL-terminated for C.
            #[must_use]
            pub const fn c_name(self) -> &'static CStr {
                match self {
                    $( Self::$variant => c_str(concat!($c_name, "\0")), )*
                }
            }

            /// Its name in the header, without the prefix.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $( Self::$variant => $c_name, )*
                }
            }

            /// One line for people; NUL-terminated for C.
            #[must_use]
            pub const fn c_text(self) -> &'static CStr {
                match self {
                    $( Self::$variant => c_str(concat!($text, "\0")), )*
                }
            }

            /// One line for people.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $( Self::$variant => $text, )*
                }
            }
        }
    )*};
}

const fn c_str(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => c"",
    }
}

include!("tables.rs");
include!("limit_fields.rs");
include!("differences.rs");
include!("audit_items.rs");
include!("simulation.rs");

/// A result that does not fit its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct RangeError;

impl From<RangeError> for Status {
    fn from(_: RangeError) -> Self {
        Self::Range
    }
}

impl Status {
    /// The same, or `More` when the other says so.
    #[must_use]
    pub const fn or_more(self, other: Self) -> Self {
        if matches!(other, Self::More) { other } else { self }
    }
}

impl Side {
    /// The position this side opens.
    #[must_use]
    pub const fn opens(self) -> PositionSide {
        match self {
            Self::Buy => PositionSide::Long,
            Self::Sell => PositionSide::Short,
        }
    }
}

impl OrderType {
    /// Whether it waits for a trigger price.
    #[must_use]
    pub const fn is_stop(self) -> bool {
        !matches!(self, Self::Market | Self::Limit)
    }

    /// Whether it has a trigger price of its own: not a trailing one.
    #[must_use]
    pub const fn has_stop_price(self) -> bool {
        self.is_stop() && !matches!(self, Self::TrailingStop)
    }

    /// Whether it has a limit price.
    #[must_use]
    pub const fn has_price(self) -> bool {
        matches!(self, Self::Limit | Self::StopLimit | Self::TakeProfitLimit)
    }

    /// What it is once its trigger price was reached.
    #[must_use]
    pub const fn triggered(self) -> Self {
        if self.has_price() { Self::Limit } else { Self::Market }
    }

    /// Why a position is closed when an order of this type closes it.
    #[must_use]
    pub const fn exit(self) -> ExitReason {
        match self {
            Self::Market | Self::Limit => ExitReason::Order,
            Self::Stop | Self::StopLimit => ExitReason::StopLoss,
            Self::TakeProfit | Self::TakeProfitLimit => ExitReason::TakeProfit,
            Self::TrailingStop => ExitReason::TrailingStop,
        }
    }
}

impl PositionSide {
    /// The side of an order that opens it.
    #[must_use]
    pub const fn opened_by(self) -> Side {
        match self {
            Self::Long => Side::Buy,
            Self::Short => Side::Sell,
        }
    }

    /// The side of an order that closes it.
    #[must_use]
    pub const fn closed_by(self) -> Side {
        match self {
            Self::Long => Side::Sell,
            Self::Short => Side::Buy,
        }
    }
}

/// Bits of a flag table in use: whatever lies outside is unknown.
macro_rules! known_bits {
    ($($name:ident),*) => {$(
        impl $name {
            /// All known bits.
            pub const KNOWN: u32 = {
                let mut bits = 0;
                let mut rest = Self::ALL;
                while let Some((first, tail)) = rest.split_first() {
                    bits |= first.raw();
                    rest = tail;
                }
                bits
            };

            /// Whether this bit is set in `bits`.
            #[must_use]
            pub const fn is_in(self, bits: u32) -> bool {
                bits & self.raw() != 0
            }
        }
    )*};
}
impl TriggerSource {
    /// Whether a trade of this kind is what triggers look at.
    #[must_use]
    pub const fn is_fed_by(self, source: TradeSource) -> bool {
        matches!((self, source), (Self::Last, TradeSource::Last) | (Self::Mark, TradeSource::Mark))
    }
}

known_bits!(
    OrderFlag,
    OrderFact,
    OrderMark,
    BreakerFlag,
    SymbolFlag,
    LimitFlag,
    ScopeFlag,
    ConfigFlag,
    GroupFlag,
    ReconcileFlag,
    ControlFlag,
    MassCancelFlag
);
