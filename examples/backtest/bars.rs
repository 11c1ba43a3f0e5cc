//! Bars made of quotes and trades.

use crate::session::{Bar, Session};

/// Bars of so many seconds, each begun at a multiple of that; where nothing was quoted there is
/// none. Their prices are bids, their spread is the average one, rounded up.
pub(crate) fn of(session: &Session, seconds: u64) -> Vec<Bar> {
    let length = seconds * 1_000_000_000;
    let mut bars: Vec<Bar> = Vec::new();
    let mut trades = session.trades.iter().peekable();
    let (mut wide, mut count) = (0, 0);
    for quote in &session.quotes {
        let end = (quote.at / length + 1) * length;
        if bars.last().is_none_or(|bar| bar.end != end) {
            (wide, count) = (0, 0);
            // The engine's clock begins with the first quote.
            let begin = if bars.is_empty() { quote.at } else { end - length };
            let [open, high, low, close] = [quote.bid; 4];
            bars.push(Bar { begin, end, open, high, low, close, volume: 0, spread: 0 });
        }
        wide += quote.ask - quote.bid;
        count += 1;
        let Some(bar) = bars.last_mut() else { continue };
        bar.high = bar.high.max(quote.bid);
        bar.low = bar.low.min(quote.bid);
        bar.close = quote.bid;
        bar.spread = (wide + count - 1) / count;
        // What was traded since the last bar counts too.
        while let Some(trade) = trades.next_if(|trade| trade.at <= quote.at) {
            bar.volume += trade.qty;
        }
    }
    bars
}
