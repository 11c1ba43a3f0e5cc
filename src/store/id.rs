#![forbid(unsafe_code)]
//! Identifiers that are resolved in O(1) and are never taken for another record's.

const KIND_SHIFT: u32 = Id::SLOT_BITS + Id::GENERATION_BITS;
const TAG_SHIFT: u32 = KIND_SHIFT + Id::KIND_BITS;
const _: () = assert!(TAG_SHIFT + Id::TAG_BITS == u64::BITS, "the fields fill the word");

/// What a record is, so that the id of one kind is not accepted for another.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum IdKind {
    /// An order.
    Order = 1,
    /// A position.
    Position = 2,
    /// A trigger.
    Trigger = 3,
}

impl IdKind {
    /// The number that stands in an id, 1..=15.
    #[inline]
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Order => 1,
            Self::Position => 2,
            Self::Trigger => 3,
        }
    }

    /// The kind with this number; `None` for a number that stands for none.
    #[inline]
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Order),
            2 => Some(Self::Position),
            3 => Some(Self::Trigger),
            _ => None,
        }
    }
}

/// Why an id does not name a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum IdError {
    /// This table never handed it out: zero, another kind, or a slot or generation not reached yet.
    Unknown,
    /// Its record is gone; the slot is free or holds another record by now.
    Stale,
    /// Its tag is another engine's.
    Foreign,
}

/// A 64-bit id: from the top, engine tag (12 bits), kind (4), generation (24), slot (24).
///
/// An id is a plain number: any `u64` from outside may be put into one and is judged by
/// [`Slots::resolve`](super::Slots::resolve). A generation is never 0 and a kind never is, so 0 is
/// free to mean [`Id::NONE`].
#[repr(transparent)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Id(pub u64);

impl Id {
    const TAG_BITS: u32 = 12;
    const KIND_BITS: u32 = 4;
    const GENERATION_BITS: u32 = 24;
    pub(super) const SLOT_BITS: u32 = 24;

    /// No record.
    pub const NONE: Self = Self(0);
    /// Greatest engine tag, 4095; the least is 0.
    pub const TAG_MAX: u16 = (1 << Self::TAG_BITS) - 1;
    /// Greatest generation, 16 777 215; the least is 1, which also follows the greatest.
    pub const GENERATION_MAX: u32 = (1 << Self::GENERATION_BITS) - 1;
    /// Greatest capacity of a table, 16 777 215 slots.
    pub const CAPACITY_MAX: u32 = (1 << Self::SLOT_BITS) - 1;
    /// Greatest slot number, 16 777 214.
    pub const SLOT_MAX: u32 = Self::CAPACITY_MAX - 1;

    /// Puts an id together; bits of a field beyond its width are cut off.
    #[inline]
    #[must_use]
    pub fn new(tag: u16, kind: IdKind, generation: u32, slot: u32) -> Self {
        Self(
            u64::from(tag & Self::TAG_MAX) << TAG_SHIFT
                | u64::from(kind.number()) << KIND_SHIFT
                | u64::from(generation & Self::GENERATION_MAX) << Self::SLOT_BITS
                | u64::from(slot & Self::CAPACITY_MAX),
        )
    }

    /// The id that this number is.
    #[inline]
    #[must_use]
    pub const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The id as a number.
    #[inline]
    #[must_use]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// Whether it is [`Id::NONE`].
    #[inline]
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The tag of the engine that handed it out, 0..=[`Id::TAG_MAX`].
    #[inline]
    #[must_use]
    pub fn tag(self) -> u16 {
        u16::try_from(self.0 >> TAG_SHIFT).unwrap_or_default()
    }

    /// The kind of its record; `None` when no kind has the number it holds.
    #[inline]
    #[must_use]
    pub fn kind(self) -> Option<IdKind> {
        IdKind::from_number(u8::try_from(self.0 >> KIND_SHIFT & 15).unwrap_or_default())
    }

    /// How many records its slot had held, this one included, unless the count has wrapped.
    #[inline]
    #[must_use]
    pub fn generation(self) -> u32 {
        self.low(Self::SLOT_BITS) & Self::GENERATION_MAX
    }

    /// The slot of its record.
    #[inline]
    #[must_use]
    pub fn slot(self) -> u32 {
        self.low(0) & Self::CAPACITY_MAX
    }

    #[inline]
    fn low(self, shift: u32) -> u32 {
        u32::try_from(self.0.wrapping_shr(shift) & u64::from(u32::MAX)).unwrap_or_default()
    }
}
