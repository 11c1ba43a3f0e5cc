//! Symbols, prices, and what an execution does to positions and money.

use oms_core::market::{LimitsSet, Quote, SymbolDefine, Trade};
use oms_core::status::{EventKind, Status};

use crate::conditions::Conditions;
use crate::world::{Ev, Sym, World, gcd};

impl World {
    pub(crate) fn symbol_define(&mut self, r: &SymbolDefine) -> Result<u32, Status> {
        let parts = [r.tick_size, r.lot_size, r.multiplier, r.conversion];
        if r.flags & !7 != 0 || r.trigger_source > 2 {
            return Err(Status::Enum);
        }
        let mut num: i128 = parts.iter().map(|d| i128::from(d.mantissa)).product();
        let power: i32 = parts.iter().map(|d| d.exponent).sum::<i32>() - self.config.money_exp;
        let mut den = 1_i128;
        for _ in 0..power.abs() {
            if power > 0 { num *= 10 } else { den *= 10 }
        }
        let common = gcd(num, den);
        if self.syms.len() == self.config.capacity.symbols as usize {
            return Err(Status::Capacity);
        }
        if self.syms.iter().any(|s| s.name == r.name) {
            return Err(Status::Conflict);
        }
        self.enter(r.header.now.0);
        self.syms.push(Sym {
            name: r.name,
            num: num / common,
            den: den / common,
            flags: r.flags,
            limits: None,
            conditions: Conditions::default(),
            warned: Vec::new(),
            quote: None,
            last: None,
            close: None,
            mark: None,
            source: r.trigger_source,
            reached: [None; 4],
        });
        if (0..self.syms.len()).any(|sym| self.counts(sym)) {
            self.count_from(|_| true);
        }
        self.emit(Ev::new(EventKind::Symbol));
        Ok(self.syms.len() as u32 - 1)
    }

    pub(crate) fn limits_set(&mut self, r: &LimitsSet) -> Result<Status, Status> {
        if r.reference > 3 || r.self_trade > 4 || r.flags & !31 != 0 {
            return Err(Status::Enum);
        }
        if r.repeat_max > 16 || r.duplicate_max > 16 {
            return Err(Status::Range);
        }
        let scope = self.scope_exists(r.scope)?;
        let sym = r.symbol as usize;
        if sym >= self.syms.len() {
            return Err(Status::Symbol);
        }
        if scope != 0 && r.self_trade != 0 {
            return Err(Status::State);
        }
        if !self.has_room_for(scope, sym, 0) {
            return Err(Status::Capacity);
        }
        if !self.keeps_counts(r) {
            return Err(Status::Range);
        }
        self.enter(r.header.now.0);
        self.make_books(scope, sym);
        let old = self.limits_in(sym, scope);
        self.limit_symbol(sym, |w| {
            match w.books.iter_mut().find(|book| (book.scope, book.sym) == (scope, sym)) {
                Some(book) => book.limits = *r,
                None => w.syms[sym].limits = Some(*r),
            }
        });
        self.emit(Ev::of(EventKind::Limits, scope));
        self.tell_limits(scope, &old, r);
        Ok(Status::Ok)
    }

    pub(crate) fn quote(&mut self, r: &Quote) -> Result<Status, Status> {
        let sym = r.symbol as usize;
        if sym >= self.syms.len() {
            return Err(Status::Symbol);
        }
        let negative = self.syms[sym].flags & 2 != 0;
        if r.bid > r.ask || (!negative && (r.bid.0 <= 0 || r.ask.0 <= 0)) {
            return Err(Status::Price);
        }
        if r.bid_qty.0 < 0 || r.ask_qty.0 < 0 {
            return Err(Status::Range);
        }
        self.enter(r.header.now.0);
        self.syms[sym].quote = Some((r.bid.0, r.ask.0, self.now));
        // Another price may be what positions are valued at.
        self.check_equity(0);
        if self.syms[sym].flags & 4 == 0 {
            self.check_holders(sym);
        }
        if self.syms[sym].source != 0 {
            return Ok(Status::Ok);
        }
        Ok(self.fire_at(sym, r.bid.0, r.ask.0))
    }

    pub(crate) fn trade(&mut self, r: &Trade) -> Result<Status, Status> {
        let sym = r.symbol as usize;
        if r.source > 2 {
            return Err(Status::Enum);
        }
        if sym >= self.syms.len() {
            return Err(Status::Symbol);
        }
        if self.syms[sym].flags & 2 == 0 && r.price.0 <= 0 {
            return Err(Status::Price);
        }
        if r.qty.0 < 0 {
            return Err(Status::Range);
        }
        self.enter(r.header.now.0);
        match r.source {
            0 => {
                self.syms[sym].last = Some((r.price.0, self.now));
                if self.syms[sym].flags & 4 != 0 {
                    self.check_equity(0);
                    self.check_holders(sym);
                }
            }
            1 => self.syms[sym].close = Some((r.price.0, self.now)),
            _ => self.syms[sym].mark = Some(r.price.0),
        }
        // Last is 0 and 1, mark 2 and 2.
        match (r.source, self.syms[sym].source) {
            (0, 1) | (2, 2) => Ok(self.fire_at(sym, r.price.0, r.price.0)),
            _ => Ok(Status::Ok),
        }
    }
}
