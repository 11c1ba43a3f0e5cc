//! The report. What the engine counts comes from the engine; the rest from the journal.

use oms_core::engine::Engine;
use oms_core::num::OFF;
use oms_core::risk::Trip;
use oms_core::status::{Cause, Check, Status, Unit};

use crate::desk::{BALANCE, Terms};
use crate::journal::Journal;
use crate::run;
use crate::session::Session;
use crate::text::{
    basis_points, clock, date, duration, exact, factor, grouped, millis, money, percent,
    percent_finely, size, ticks,
};

/// Lines of a report: a name, and what there is to say.
struct Lines(String);

impl Lines {
    fn head(&mut self, words: &str) {
        self.0 += &format!("\n{words}\n");
    }

    fn add(&mut self, name: &str, words: &str) {
        self.0 += &format!("  {name:<18} {words}\n");
    }
}

fn count(n: u64) -> String {
    grouped(i64::try_from(n).unwrap_or(i64::MAX))
}

/// The whole report.
///
/// # Errors
/// None that a run brings about.
pub(crate) fn text(
    engine: &Engine<'_>,
    session: &Session,
    terms: &Terms,
    journal: &Journal,
) -> Result<String, Status> {
    let mut lines = Lines(String::new());
    head(&mut lines, session, terms);
    results(&mut lines, engine)?;
    trades(&mut lines, engine, session, journal)?;
    orders(&mut lines, engine)?;
    trips(&mut lines, engine, journal)?;
    Ok(lines.0)
}

fn head(lines: &mut Lines, session: &Session, terms: &Terms) {
    let ends = session.quotes.first().zip(session.quotes.last());
    let (first, last) = ends.map_or((0, 0), |(first, last)| (first.at, last.at));
    let (quotes, trades) = (session.quotes.len(), session.trades.len());
    lines.0 += &format!("BACKTEST {}: {}\n", session.symbol, session.source);
    lines.add("from", &format!("{} UTC", date(first)));
    lines.add("to", &format!("{} UTC: {}", date(last), duration(last - first)));
    let quotes = count(u64::try_from(quotes).unwrap_or(0));
    let trades = count(u64::try_from(trades).unwrap_or(0));
    let crossed = count(session.crossed);
    lines.add("market", &format!("{quotes} quotes, {trades} trades, {crossed} crossed left out"));
    if let Some(bar) = session.bars.last() {
        let bars = count(u64::try_from(session.bars.len()).unwrap_or(0));
        lines.add("bars", &format!("{bars} made of them, to {}", clock(bar.end)));
    }
    let (tick, lot) = (session.tick, session.lot);
    let (tick, lot) = (size(tick.mantissa, tick.exponent), size(lot.mantissa, lot.exponent));
    lines.add("sizes", &format!("tick {tick}, lot {lot} ({})", session.sizes));
    let slow = run::pace(session).slow;
    if i64::try_from(session.steps()).unwrap_or(i64::MAX) <= slow {
        let slow = grouped(slow);
        let words = format!("no order is sent: the averages need more than {slow} steps");
        lines.add("note", &words);
    }
    let (out, back) = (millis(terms.latency), millis(terms.latency / 2));
    lines.add("latency", &format!("{out} out, {back} back, up to {back} more"));
    let (taker, maker) = (basis_points(terms.fee), basis_points(terms.fee / 2));
    lines.add("fees", &format!("taker {taker}, maker {maker}"));
    lines.add("begins with", &money(BALANCE));
}

fn results(lines: &mut Lines, engine: &Engine<'_>) -> Result<(), Status> {
    let (account, statistics) = (engine.account_get(), engine.statistics_get(0)?);
    let orders = engine.execution_stats_get(0)?;
    lines.head("RESULT (currency)");
    lines.add("equity", &money(account.equity.0));
    let share = i128::from(statistics.total.0) * 1_000_000_000 / i128::from(BALANCE);
    let share = i64::try_from(share).unwrap_or(0);
    lines.add("net PnL", &format!("{} ({})", money(statistics.total.0), percent(share)));
    let gross = statistics.realised.0 + statistics.unrealised.0;
    lines.add("gross PnL", &format!("{} before fees", money(gross)));
    lines.add("fees", &money(statistics.commission.0));
    lines.add(
        "slippage",
        &format!(
            "{}: {} a fill, worst {}; of the value {}",
            money(orders.slippage.0),
            money(orders.slippage_average.0),
            money(orders.slippage_worst.0),
            basis_points(orders.slippage_ratio.0)
        ),
    );
    let shortfall = engine.shortfall_get(0)?;
    lines.add(
        "",
        &format!(
            "{} ticks a lot, worst {}, from the best price when it was sent",
            ticks(shortfall.average.0, shortfall.average_frac),
            grouped(shortfall.worst.0)
        ),
    );
    lines.add("max drawdown", &percent(account.drawdown_max.0));
    Ok(())
}

fn trades(
    lines: &mut Lines,
    engine: &Engine<'_>,
    session: &Session,
    journal: &Journal,
) -> Result<(), Status> {
    let s = engine.statistics_get(0)?;
    lines.head("TRADES (positions closed)");
    lines.add(
        "closed",
        &format!(
            "{}: {} won, {} lost, {} even; {} open",
            count(s.closed),
            count(s.wins),
            count(s.losses),
            count(s.break_even),
            count(s.open)
        ),
    );
    lines.add("win rate", &percent(s.win_rate.0));
    let profit = if s.profit_factor.0 == OFF { "-".into() } else { factor(s.profit_factor.0) };
    lines.add("profit factor", &profit);
    lines.add(
        "average",
        &format!("win {}, loss {}", money(s.average_win.0), money(s.average_loss.0)),
    );
    lines.add(
        "largest",
        &format!("win {}, loss {}", money(s.largest_win.0), money(s.largest_loss.0)),
    );
    lines.add("held on average", &duration(s.average_holding));
    let (held, span) = (journal.held / 1_000, (session.span() / 1_000).max(1));
    let share = i64::try_from(held * 100_000 / span).unwrap_or(0) * 10_000;
    lines.add("in the market", &percent(share));
    let millis = i64::try_from(journal.held / 1_000_000).unwrap_or(0).max(1);
    let average = journal.weight / millis * 10_000;
    lines.add(
        "position value",
        &format!("{} on average while open, largest {}", money(average), money(journal.largest)),
    );
    Ok(())
}

fn orders(lines: &mut Lines, engine: &Engine<'_>) -> Result<(), Status> {
    let (s, o) = (engine.statistics_get(0)?, engine.execution_stats_get(0)?);
    lines.head("ORDERS");
    lines.add(
        "sent",
        &format!(
            "{}: {} executed, {} failed, {} cancelled",
            count(o.sent),
            count(o.executed),
            count(o.failed),
            count(o.cancelled)
        ),
    );
    lines.add("sent again", &format!("{} times: they had not left", count(o.retries)));
    lines.add("fills", &count(s.executions));
    lines.add(
        "acknowledged",
        &format!("after {} on average, worst {}", millis(o.ack_average), millis(o.ack_worst)),
    );
    let denials = engine.denials_get(0)?;
    let by: Vec<String> = Check::ALL
        .iter()
        .filter_map(|check| {
            let n = *denials.denied_by.get(usize::try_from(check.raw()).ok()?)?;
            (n > 0).then(|| format!("{} {}", check.name(), count(n)))
        })
        .collect();
    let by = if by.is_empty() { String::new() } else { format!(": {}", by.join(", ")) };
    lines.add("denied", &format!("{}{by}", count(s.denied)));
    Ok(())
}

fn trips(lines: &mut Lines, engine: &Engine<'_>, journal: &Journal) -> Result<(), Status> {
    let kept = engine.risk_get(0)?.trips;
    let all = u32::try_from(journal.trips.len()).unwrap_or(u32::MAX);
    let note = if all > kept { format!(", the last {kept} of them") } else { String::new() };
    lines.head(&format!("TRIPS OF THE BREAKER: {all}{note}"));
    for back in (0..kept).rev() {
        let trip = engine.trip_get(0, back)?;
        lines.add(&clock(trip.at.0), &story(&trip));
    }
    Ok(())
}

/// Why it tripped, and how it went on.
fn story(trip: &Trip) -> String {
    let value = |n: i64| match Unit::from_raw(trip.unit) {
        Some(Unit::Money) => money(n),
        Some(Unit::Ratio) => percent_finely(n),
        _ => grouped(n),
    };
    let cause = Cause::from_raw(trip.cause).map_or("?", Cause::name);
    let after = match (trip.reset_at.0, trip.latched) {
        (0, 0) => "open at the end".into(),
        (0, _) => "latched until a reset by hand".into(),
        (at, _) => format!("reset {}", clock(at)),
    };
    format!("{cause}: limit {}, observed {}; {after}", value(trip.limit), value(trip.observed))
}

/// The curve as a table.
pub(crate) fn curve(journal: &Journal) -> String {
    let mut table = String::from("timestamp_ns,equity,drawdown,position_lots\n");
    for point in &journal.points {
        let (equity, drawdown) = (exact(point.equity), point.drawdown);
        let (whole, parts) = (drawdown / 1_000_000_000, drawdown % 1_000_000_000);
        table += &format!("{},{equity},{whole}.{parts:09},{}\n", point.at, point.position);
    }
    table
}

/// The executions as a table.
pub(crate) fn fills(journal: &Journal) -> String {
    let mut table = String::from("timestamp_ns,client_id,exec_id,side,price_ticks,qty_lots,fee\n");
    for fill in &journal.executions {
        let (side, lots, fee) = (fill.signed.signum(), fill.signed.abs(), exact(fill.fee));
        let (id, exec) = (fill.client_id, fill.exec_id);
        table += &format!("{},{id},{exec},{side},{},{lots},{fee}\n", fill.at, fill.price);
    }
    table
}
