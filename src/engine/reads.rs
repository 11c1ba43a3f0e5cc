//! Reads: free of effects.
#![forbid(unsafe_code)]

use super::{Config, Engine, TableView};
use crate::market::SymbolView;
use crate::num::{Lots, Money, Nanos, Ratio};
use crate::order::{Execution, ExecutionState, ExecutionView, Order, OrderView};
use crate::position::{AccountView, Position, PositionView, StatisticsView, share};
use crate::risk::{BreakerStatus, Scope, Trip, cause_bit};
use crate::status::{Cause, OrderFact, OrderType, PositionSide, Status, TableKind};
use crate::store::Id;
use crate::trigger::TriggerView;

impl Engine<'_> {
    /// Its configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The time of the last call that counted.
    #[must_use]
    pub fn now(&self) -> Nanos {
        self.now
    }

    /// An order by id or, when that is none, by client id. O(1), by client id expected.
    ///
    /// # Errors
    /// `Unknown`, `Stale`, `Foreign`.
    pub fn order_get(&self, id: Id, client_id: u64) -> Result<OrderView, Status> {
        let slot = self.orders.find(id, client_id)?;
        self.orders.get(slot).map(|order| self.order_view(order)).ok_or(Status::Unknown)
    }

    fn order_view(&self, order: &Order) -> OrderView {
        let mut view = OrderView::from(order);
        if order.is(OrderFact::Armed) && order.order_type == OrderType::TrailingStop {
            let slot = self.triggers.resolve(order.trigger).ok();
            let level =
                slot.and_then(|slot| self.triggers.shown(slot)).map(|trigger| trigger.level);
            view.stop_price = level.unwrap_or_default();
        }
        view
    }

    /// The live order after this one, in order of submission; the first one after none. O(1).
    ///
    /// # Errors
    /// `Unknown` at the end, or when the order is not live; `Stale`, `Foreign`.
    pub fn order_next(&self, after: Id) -> Result<OrderView, Status> {
        let table = self.orders.table();
        let next = if after == Id::NONE {
            table.first_live()
        } else {
            let slot = self.orders.resolve(after)?;
            table.next(slot).filter(|_| !table.is_ended(slot))
        };
        let order = next.and_then(|slot| self.orders.get(slot));
        order.map(|order| self.order_view(order)).ok_or(Status::Unknown)
    }

    /// An execution by the venue's id. O(1) expected.
    ///
    /// # Errors
    /// `Unknown` when it is not kept.
    pub fn execution_get(&self, exec_id: u64) -> Result<ExecutionView, Status> {
        let execution = self.executions.find(exec_id).ok_or(Status::Unknown)?;
        Ok(self.execution_view(execution))
    }

    /// One of the executions that are kept, 0 for the last one. O(1).
    ///
    /// # Errors
    /// `Unknown` when fewer are kept.
    pub fn execution_recent(&self, back: u32) -> Result<ExecutionView, Status> {
        let execution = self.executions.recent(back).ok_or(Status::Unknown)?;
        Ok(self.execution_view(execution))
    }

    fn execution_view(&self, execution: &Execution) -> ExecutionView {
        let counts = execution.is_live();
        let by = match execution.state {
            ExecutionState::Corrected(sequence) => self.executions.by_sequence(sequence),
            _ => None,
        };
        let Execution { exec_id, order, qty, price, commission, symbol, .. } = *execution;
        let (exit, entry) = (execution.exit(), execution.entry());
        ExecutionView {
            exec_id,
            order,
            exit_position: exit.map_or(Id::NONE, |leg| leg.position),
            entry_position: entry.map_or(Id::NONE, |leg| leg.position),
            qty,
            applied_qty: if counts { execution.booked() } else { Lots::ZERO },
            price,
            value: if counts { execution.value() } else { 0 }.into(),
            commission,
            superseded_by: by.map_or(0, |by| by.exec_id),
            symbol,
            side: execution.side.raw(),
            busted: u8::from(execution.state == ExecutionState::Busted),
            awaited: u8::from(execution.awaited),
            ..ExecutionView::default()
        }
    }

    /// A position by id. O(1).
    ///
    /// # Errors
    /// `Unknown`, `Stale`, `Foreign`.
    pub fn position_get(&self, id: Id) -> Result<PositionView, Status> {
        let slot = self.positions.resolve(id)?;
        self.positions.get(slot).map(|position| self.view(position)).ok_or(Status::Unknown)
    }

    /// The youngest position opened by an order with this tag. O(1) expected.
    ///
    /// # Errors
    /// `Unknown`.
    pub fn position_find(&self, tag: u64) -> Result<PositionView, Status> {
        let slot = self.positions.table().find(tag).ok_or(Status::Unknown)?;
        self.positions.get(slot).map(|position| self.view(position)).ok_or(Status::Unknown)
    }

    /// The open net position of the root in a symbol: of orders without a scope. O(1).
    ///
    /// # Errors
    /// `Symbol`; `Unknown` when it is flat.
    pub fn position_net(&self, symbol: u32) -> Result<PositionView, Status> {
        self.scope_position_net(0, symbol)
    }

    /// The open net position of a scope in a symbol. O(1).
    ///
    /// # Errors
    /// `Scope`; `Symbol`; `Unknown` when it is flat.
    pub fn scope_position_net(&self, scope: u32, symbol: u32) -> Result<PositionView, Status> {
        self.check_scope(scope)?;
        self.symbols.get(symbol).ok_or(Status::Symbol)?;
        let slot = self.open_net(symbol, scope).ok_or(Status::Unknown)?;
        self.positions.get(slot).map(|position| self.view(position)).ok_or(Status::Unknown)
    }

    /// The open position after this one, in order of opening; the first one after none. O(1).
    ///
    /// # Errors
    /// `Unknown` at the end, or when the position is closed; `Stale`, `Foreign`.
    pub fn position_next(&self, after: Id) -> Result<PositionView, Status> {
        let table = self.positions.table();
        let next = if after == Id::NONE {
            table.first_live()
        } else {
            let slot = self.positions.resolve(after)?;
            table.next(slot).filter(|_| !table.is_ended(slot))
        };
        let position = next.and_then(|slot| self.positions.get(slot));
        position.map(|position| self.view(position)).ok_or(Status::Unknown)
    }

    /// The open position of a symbol after this one, in order of opening; the first one after none.
    /// O(1).
    ///
    /// # Errors
    /// `Symbol`, also for a position of another symbol; `Unknown` at the end, or when the position
    /// is closed; `Stale`, `Foreign`.
    pub fn symbol_position_next(&self, symbol: u32, after: Id) -> Result<PositionView, Status> {
        self.symbols.get(symbol).ok_or(Status::Symbol)?;
        let after = match after {
            Id::NONE => None,
            id => Some(self.positions.resolve(id)?),
        };
        let given = after.and_then(|slot| self.positions.get(slot));
        if given.is_some_and(|position| position.symbol != symbol) {
            return Err(Status::Symbol);
        }
        let next = self.positions.next_of_symbol(symbol, after);
        let position = next.and_then(|slot| self.positions.get(slot));
        position.map(|position| self.view(position)).ok_or(Status::Unknown)
    }

    fn view(&self, position: &Position) -> PositionView {
        let mut view = PositionView::from(position);
        let Some(symbol) = self.symbols.get(position.symbol) else { return view };
        let scale = i128::from(symbol.scale);
        let money = |exact: i128| {
            exact.checked_mul(scale).and_then(|e| self.account.money(e).ok()).unwrap_or_default()
        };
        view.held = position.held(self.now);
        let unrealised = symbol.marks().map_or(0, |(long, short)| {
            let mark = match position.side {
                PositionSide::Long => long,
                PositionSide::Short => short,
            };
            position.book.unrealised(position.side, mark).unwrap_or_default()
        });
        view.unrealised_exact = unrealised.into();
        view.unrealised = money(unrealised);
        view.realised = money(position.book.realised);
        view.unrealised_ratio = share(unrealised, position.book.cost);
        let fees = i128::from(position.commission.0).checked_mul(i128::from(self.account.den));
        let gain = position.book.realised.checked_add(unrealised);
        let gain = gain.and_then(|gain| gain.checked_mul(scale));
        let total = gain.zip(fees).and_then(|(gain, fees)| gain.checked_sub(fees));
        let entry = position.book.entry_value.checked_mul(scale);
        if let (Some(total), Some(entry)) = (total, entry) {
            view.total = self.account.money(total).unwrap_or_default();
            view.return_ratio = share(total, entry);
        }
        view
    }

    /// A trigger by id. O(1).
    ///
    /// # Errors
    /// `Unknown`, `Stale`, `Foreign`.
    pub fn trigger_get(&self, id: Id) -> Result<TriggerView, Status> {
        let slot = self.triggers.resolve(id)?;
        self.triggers.shown(slot).as_ref().map(TriggerView::from).ok_or(Status::Unknown)
    }

    /// A symbol by number. O(1).
    ///
    /// # Errors
    /// `Symbol`.
    pub fn symbol_get(&self, number: u32) -> Result<SymbolView, Status> {
        let symbol = self.symbols.get(number).ok_or(Status::Symbol)?;
        let mut view = SymbolView::from(symbol);
        if let Some(totals) = self.positions.totals(number) {
            view.long_qty = totals.long_qty;
            view.short_qty = totals.short_qty;
            view.open = totals.open.len;
        }
        let exposure = self.exposure(number);
        view.trading_state = u32::from(exposure.ward.trading.raw());
        view.open_buys = exposure.buys;
        view.open_sells = exposure.sells;
        view.claims = exposure.claims;
        view.working_buy.0 = i64::try_from(exposure.buy).unwrap_or(i64::MAX);
        view.working_sell.0 = i64::try_from(exposure.sell).unwrap_or(i64::MAX);
        view.draining = u32::from(self.triggers.has_backlog(number) || self.has_bar_of(number));
        Ok(view)
    }

    /// Equity of a scope at the session's start.
    pub(super) fn session_equity_of(&self, scope: u32) -> Money {
        let of = |scope: &Scope| scope.session_equity;
        if scope == 0 { self.session_equity } else { self.scopes.get(scope).map_or(Money(0), of) }
    }

    /// Equity less the session's start.
    fn session_pnl(&self, scope: u32) -> Money {
        let equity = self.account_of(scope).and_then(|account| account.equity(false).ok());
        let start = self.session_equity_of(scope);
        Money(equity.unwrap_or_default().0.saturating_sub(start.0))
    }

    /// The account. O(1).
    #[must_use]
    pub fn account_get(&self) -> AccountView {
        self.scope_account_get(0).unwrap_or_default()
    }

    /// The account of a scope and of those in it; what was ignored and the clock are counted in all
    /// alone. O(1), of a scope below the root O(books).
    ///
    /// # Errors
    /// `Scope`.
    pub fn scope_account_get(&self, number: u32) -> Result<AccountView, Status> {
        let account = self.account_of(number).ok_or(Status::Scope)?;
        let scope = self.scopes.get(number).ok_or(Status::Scope)?;
        let counters = self.counters_of(number)?;
        let equity = account.equity(false).unwrap_or_default();
        let whole = |money: i128| Money(i64::try_from(money).unwrap_or_default());
        let exact = |value: i128| account.money(value).unwrap_or_default();
        let status = self.breaker_status(number, scope);
        Ok(AccountView {
            equity,
            paid_in: whole(account.paid_in),
            realised: exact(account.realised),
            unrealised: exact(account.unrealised()),
            commission: whole(account.commission),
            session_equity: self.session_equity_of(number),
            session_pnl: self.session_pnl(number),
            peak_equity: status.peak,
            drawdown: Ratio(status.drawdown.0.max(0)),
            drawdown_max: status.drawdown_max,
            realised_exact: account.realised.into(),
            unrealised_exact: account.unrealised().into(),
            common_den: account.den,
            closed: account.closed,
            wins: account.wins,
            losses: account.losses,
            open: self.open_positions(number),
            live_orders: match number {
                0 => self.orders.table().live(),
                _ => scope.open_orders,
            },
            now: self.now,
            clock_back: self.counters.clock_back,
            denied: counters.denied,
            accepted: counters.accepted,
            ignored: counters.ignored,
            anomalies: counters.anomalies,
            trading_state: u32::from(scope.trading.raw()),
            draining: u32::from(self.triggers.first_backlog().is_some() || self.has_bar()),
            ..AccountView::default()
        })
    }

    /// Open positions of a scope and those in it.
    fn open_positions(&self, scope: u32) -> u32 {
        if scope == 0 {
            return self.positions.table().live();
        }
        let within = |of: u32| self.path(of).below().any(|number| number == scope);
        let own = self.books.iter().filter(|(_, book)| within(book.scope));
        own.fold(0, |open, (_, book)| book.own.open.saturating_add(open))
    }

    /// What a scope and those in it have traded so far; what was ignored is counted in all alone.
    /// O(1), of a scope below the root O(books).
    ///
    /// # Errors
    /// `Scope`.
    pub fn statistics_get(&self, scope: u32) -> Result<StatisticsView, Status> {
        let account = self.account_of(scope).ok_or(Status::Scope)?;
        let counters = self.counters_of(scope)?;
        Ok(StatisticsView {
            open: u64::from(self.open_positions(scope)),
            session_pnl: self.session_pnl(scope),
            accepted: counters.accepted,
            denied: counters.denied,
            executions: counters.executions,
            busts: counters.busts,
            corrections: counters.corrections,
            ignored: counters.ignored,
            anomalies: counters.anomalies,
            ..StatisticsView::from(account)
        })
    }

    /// The breaker of a scope. O(log rate ring).
    ///
    /// # Errors
    /// `Scope`.
    pub fn risk_get(&self, scope: u32) -> Result<BreakerStatus, Status> {
        let (number, scope) = (scope, self.scopes.get(scope).ok_or(Status::Scope)?);
        let status = self.breaker_status(number, scope);
        let near = match number {
            0 => self.rates.is_near(&scope.breaker, self.now),
            _ => self.scopes.is_near(number, self.now),
        };
        Ok(BreakerStatus {
            orders_last_minute: self.orders_within(number, Nanos::MINUTE),
            orders_last_hour: self.orders_within(number, Nanos::HOUR),
            warned: status.warned | if near { cause_bit(Cause::OrderRate) } else { 0 },
            ..status
        })
    }

    /// Orders of a scope that are younger than this window. O(log rate ring).
    pub(super) fn orders_within(&self, scope: u32, window: u64) -> u32 {
        match scope {
            0 => self.rates.count(window, self.now),
            _ => self.scopes.orders_of(scope, window, self.now),
        }
    }

    pub(super) fn breaker_status(&self, number: u32, scope: &Scope) -> BreakerStatus {
        scope.breaker.status_with(self.now, &self.figures(number, scope))
    }

    /// A trip of a scope's breaker, 0 for the last one. O(1).
    ///
    /// # Errors
    /// `Scope`; `Unknown` when fewer trips are kept.
    pub fn trip_get(&self, scope: u32, back: u32) -> Result<Trip, Status> {
        let breaker = &self.scopes.get(scope).ok_or(Status::Scope)?.breaker;
        let trip = *breaker.past_trip(back).ok_or(Status::Unknown)?;
        Ok(Trip { scope, ..trip })
    }

    /// How full a table is. O(1), for the times of symbols O(symbols).
    #[must_use]
    pub fn table_get(&self, table: TableKind) -> TableView {
        let view = |capacity, used, high_water, live| TableView {
            capacity,
            used,
            high_water,
            live,
            ..TableView::default()
        };
        match table {
            TableKind::Orders => {
                let t = self.orders.table();
                view(t.capacity(), t.len(), t.high_water(), t.live())
            }
            TableKind::Positions => {
                let t = self.positions.table();
                view(t.capacity(), t.len(), t.high_water(), t.live())
            }
            TableKind::Triggers => {
                let t = self.triggers.table();
                view(t.capacity(), t.len(), t.high_water(), t.len())
            }
            TableKind::Symbols => {
                let count = self.symbols.count();
                view(self.symbols.capacity(), count, count, count)
            }
            TableKind::Scopes => {
                let count = self.scopes.count();
                view(self.scopes.capacity(), count, count, count)
            }
            TableKind::Executions => {
                let len = self.executions.len();
                view(self.executions.capacity(), len, len, len)
            }
            TableKind::Events => {
                let len = self.events.len();
                view(self.events.capacity(), len, self.events.high_water(), len)
            }
            TableKind::Books => {
                let count = self.books.count();
                view(self.books.capacity(), count, count, count)
            }
            TableKind::Rate => {
                let len = self.rates.len();
                view(self.rates.capacity(), len, self.rates.high_water(), len)
            }
            TableKind::SymbolRate => {
                let (rates, books) = (&self.sequences.rates, &self.sequences.book_rates);
                let of_symbols = (0..self.symbols.count()).map(|symbol| rates.kept(symbol));
                let of_books = (0..self.books.count()).map(|place| books.kept(place));
                let most = of_symbols.chain(of_books).max().unwrap_or_default();
                view(rates.capacity(), most, rates.high_water().max(books.high_water()), most)
            }
            TableKind::Recent => {
                let recent = &self.sequences.recent;
                view(recent.capacity(), recent.len(), recent.len(), recent.len())
            }
        }
    }
}
