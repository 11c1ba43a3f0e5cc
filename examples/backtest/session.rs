//! What is replayed: quotes, trades and the sizes they are counted in.

/// Best bid and ask; a quantity of 0 is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quote {
    /// Nanoseconds after 1970.
    pub(crate) at: u64,
    /// Ticks.
    pub(crate) bid: i64,
    pub(crate) ask: i64,
    /// Lots.
    pub(crate) bid_qty: i64,
    pub(crate) ask_qty: i64,
}

impl Quote {
    /// Between bid and ask, ticks, rounded down.
    pub(crate) fn mid(&self) -> i64 {
        (self.bid + self.ask).div_euclid(2)
    }
}

/// A trade in the market.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trade {
    pub(crate) at: u64,
    pub(crate) price: i64,
    pub(crate) qty: i64,
}

/// What happened from begin to end: bids, and the usual distance of the ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    pub(crate) begin: u64,
    pub(crate) end: u64,
    pub(crate) open: i64,
    pub(crate) high: i64,
    pub(crate) low: i64,
    pub(crate) close: i64,
    /// Lots traded; 0: not known.
    pub(crate) volume: i64,
    pub(crate) spread: i64,
}

/// mantissa × 10^exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) mantissa: i64,
    pub(crate) exponent: i32,
}

/// A recorded or generated stretch of one market.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Where it comes from, for people.
    pub(crate) source: String,
    /// Name of the symbol: letters, digits, dashes.
    pub(crate) symbol: String,
    pub(crate) tick: Size,
    pub(crate) lot: Size,
    /// Where the sizes come from.
    pub(crate) sizes: String,
    /// In order of time.
    pub(crate) quotes: Vec<Quote>,
    /// In order of time. One with the time of a quote comes after it.
    pub(crate) trades: Vec<Trade>,
    /// Replayed in place of quotes and trades, when there are any.
    pub(crate) bars: Vec<Bar>,
    /// Quotes with the bid above the ask, left out.
    pub(crate) crossed: u64,
    /// What is traded in 24 hours, whole units of the currency; 0: not known.
    pub(crate) volume: u64,
}

impl Session {
    /// Quotes, or bars, that are replayed.
    pub(crate) fn steps(&self) -> usize {
        if self.bars.is_empty() { self.quotes.len() } else { self.bars.len() }
    }

    /// From the first quote to the last, nanoseconds, at least one.
    pub(crate) fn span(&self) -> u64 {
        let ends = self.quotes.first().zip(self.quotes.last());
        ends.map_or(1, |(first, last)| (last.at - first.at).max(1))
    }
}
