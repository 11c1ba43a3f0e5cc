//! The figures of a run, computed anew from its executions and quotes alone.

use oms_core::engine::Engine;
use oms_core::num::{Nanos, Ratio};

use crate::desk::BALANCE;
use crate::journal::Journal;
use crate::session::{Quote, Session};

/// An account kept by hand: exact, in 1 / den money units.
struct Book {
    num: i128,
    den: i128,
    /// Σ of what was received for sales less what was paid, lots × ticks.
    cash: i128,
    lots: i128,
    fees: i128,
    peak: i128,
    drawdown: i128,
    /// Equity when it was flat last.
    flat: i128,
    wins: u64,
    losses: u64,
    profit: i128,
    loss: i128,
    closed: u64,
}

impl Book {
    /// Longs at the bid, shorts at the ask.
    fn equity(&self, bid: i64, ask: i64) -> i128 {
        let mark = i128::from(if self.lots > 0 { bid } else { ask });
        i128::from(BALANCE) * self.den + (self.cash + self.lots * mark) * self.num
            - self.fees * self.den
    }

    fn note(&mut self, bid: i64, ask: i64) {
        let equity = self.equity(bid, ask);
        self.peak = self.peak.max(equity);
        // Rounded up, as the engine's.
        let fall = (self.peak - equity) * i128::from(Ratio::ONE);
        self.drawdown = self.drawdown.max(-(-fall).div_euclid(self.peak));
    }

    fn execute(&mut self, signed: i64, price: i64, fee: i64) {
        let (before, signed) = (self.lots, i128::from(signed));
        self.lots += signed;
        assert!(before.signum() * self.lots.signum() >= 0, "the strategy turns no position over");
        self.cash -= signed * i128::from(price);
        self.fees += i128::from(fee);
        if self.lots == 0 {
            let equity = self.equity(0, 0);
            let outcome = equity - self.flat;
            self.flat = equity;
            self.closed += 1;
            self.wins += u64::from(outcome > 0);
            self.losses += u64::from(outcome < 0);
            // Outcomes are kept in whole money units, floored.
            let money = outcome.div_euclid(self.den);
            self.profit += money.max(0);
            self.loss += (-money).max(0);
        }
    }
}

/// Holds what the engine says of a run against the book.
pub(crate) fn hold(session: &Session, journal: &Journal, engine: &Engine<'_>) {
    let symbol = engine.symbol_get(0).unwrap();
    let (num, den) = (i128::from(symbol.money_num), i128::from(symbol.money_den));
    let begin = i128::from(BALANCE) * den;
    let mut book = Book {
        num,
        den,
        cash: 0,
        lots: 0,
        fees: 0,
        peak: begin,
        drawdown: 0,
        flat: begin,
        wins: 0,
        losses: 0,
        profit: 0,
        loss: 0,
        closed: 0,
    };
    let mut fills = journal.executions.iter().peekable();
    let (mut last, mut peaked) = (Quote::default(), begin);
    for quote in &session.quotes {
        while let Some(fill) = fills.next_if(|fill| fill.at < quote.at) {
            book.execute(fill.signed, fill.price, fill.fee);
            book.note(last.bid, last.ask);
        }
        last = *quote;
        book.note(quote.bid, quote.ask);
        peaked = peaked.max(book.peak);
    }
    for fill in fills {
        book.execute(fill.signed, fill.price, fill.fee);
        book.note(last.bid, last.ask);
    }
    let (account, statistics) = (engine.account_get(), engine.statistics_get(0).unwrap());
    let money = |exact: i128| i64::try_from(exact.div_euclid(den)).unwrap();
    assert_eq!(account.equity.0, money(book.equity(last.bid, last.ask)));
    assert_eq!(statistics.total.0, account.equity.0 - BALANCE);
    assert_eq!(i128::from(statistics.commission.0), book.fees);
    assert_eq!(statistics.executions, u64::try_from(journal.executions.len()).unwrap());
    let trades = (statistics.closed, statistics.wins, statistics.losses);
    assert_eq!(trades, (book.closed, book.wins, book.losses));
    let rate = i64::try_from(book.wins * 1_000_000_000 / book.closed).unwrap();
    assert_eq!(statistics.win_rate.0, rate);
    let gross = (i128::from(statistics.gross_profit.0), i128::from(statistics.gross_loss.0));
    assert_eq!(gross, (book.profit, book.loss));
    assert_eq!(i128::from(account.drawdown_max.0), book.drawdown);
    assert_eq!(account.peak_equity.0, money(peaked));
    let shown = journal.points.iter().map(|point| point.drawdown).max().unwrap();
    assert!(shown <= account.drawdown_max.0 && journal.points.len() > 100);
    held(journal, statistics.average_holding, statistics.closed);
}

/// The time in the market is that of the positions; all of them are closed.
fn held(journal: &Journal, average: u64, closed: u64) {
    assert_eq!(journal.position, 0, "something is open at the end");
    assert!(journal.held / closed == average, "{} of {closed}, {average}", journal.held);
    assert!(journal.held > Nanos::SECOND);
}
