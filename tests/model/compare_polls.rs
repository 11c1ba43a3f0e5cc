//! What both hand out: commands and events, and the ids that the engine gave to what is new.

use oms_core::engine::Poll;
use oms_core::event::Event;
use oms_core::status::{EventKind, Request};
use oms_core::store::Id;

use crate::compare::{Pair, Same, same};
use crate::rig::{EVENTS, head};
use crate::world::{Cmd, Ev};

impl Pair<'_, '_> {
    pub(crate) fn drain_events(&mut self) -> Same {
        let now = self.engine.now().0;
        self.poll(now, 0, EVENTS as u32)
    }

    pub(crate) fn poll(&mut self, now: u64, commands: u32, events: u32) -> Same {
        let mut r = Poll { header: head::<Poll>(now), ..Poll::EMPTY };
        (r.max_commands, r.max_events) = (commands, events);
        let polled = self.engine.poll(&r, &mut self.commands, &mut self.events).unwrap();
        let (model, told) = self.model.poll(now, commands, events);
        self.learn_of(polled.events as usize);
        self.learn()?;
        let ours: Vec<Cmd> = self.commands[..polled.commands as usize]
            .iter()
            .map(|c| Cmd {
                kind: c.kind,
                order: self.orders.iter().rposition(|&id| id == c.order).unwrap_or(usize::MAX),
                request_id: c.request_id,
                qty: if c.kind == 2 { 0 } else { c.qty.0 },
                price: if c.kind == 2 { 0 } else { c.price.0 },
                stop: match c.kind {
                    1 => (c.order_type, c.stop_price.0, c.trail_offset.0, c.trail_ratio.0),
                    3 => (c.order_type, c.stop_price.0, 0, 0),
                    _ => (0, 0, 0, 0),
                },
            })
            .collect();
        same("commands", model, ours)?;
        if self.loud {
            for e in &self.events[..polled.events as usize] {
                let kind = EventKind::from_raw(e.kind).unwrap();
                println!(
                    "    {kind:?} code {} order {:x} position {:x} trigger {:x} qty {} price {} \
                     value {}",
                    e.code, e.order.0, e.position.0, e.trigger.0, e.qty.0, e.price.0, e.value.0
                );
            }
        }
        let seen: Vec<Ev> = self.events[..polled.events as usize]
            .iter()
            .map(|e| EventKind::from_raw(e.kind).map(|k| self.seen(k, e)).unwrap())
            .collect();
        let blank = |m: &Ev, e: &Ev| Ev {
            kind: e.kind,
            code: m.code.and(e.code),
            order: m.order.and(e.order),
            position: m.position.and(e.position),
            trigger: m.trigger.and(e.trigger),
            qty: m.qty.and(e.qty),
            price: m.price.and(e.price),
            value: m.value.and(e.value),
            mask: m.mask.and(e.mask),
            exec_id: m.exec_id.and(e.exec_id),
            limits: m.limits.and(e.limits),
            scope: m.scope.and(e.scope),
            symbol: m.symbol.and(e.symbol),
        };
        let kinds = |all: &[Ev]| all.iter().map(|e| (e.kind, e.code)).collect::<Vec<_>>();
        if told.len() != seen.len() {
            return same("events", kinds(&told), kinds(&seen));
        }
        let seen: Vec<Ev> = told.iter().zip(&seen).map(|(m, e)| blank(m, e)).collect();
        same("event kinds", kinds(&told), kinds(&seen))?;
        let all = told.clone();
        for (m, e) in told.into_iter().zip(seen) {
            same("event", m, e).map_err(|x| format!("{x}\n all {all:?}"))?;
        }
        if events == 0 {
            return Ok(());
        }
        same("positions there ever were", self.model.positions.len(), self.positions.len())
    }

    pub(crate) fn seen(&self, kind: EventKind, e: &Event) -> Ev {
        let find = |ids: &[Id], id: Id| {
            let unknown = (!id.is_none()).then_some(usize::MAX);
            ids.iter().rposition(|&own| own == id).or(unknown)
        };
        Ev {
            kind,
            code: Some(e.code),
            order: find(&self.orders, e.order),
            position: find(&self.positions, e.position),
            trigger: find(&self.triggers, e.trigger),
            qty: Some(e.qty.0),
            price: Some(e.price.0),
            value: Some(e.value.0),
            mask: Some(e.mask),
            exec_id: Some(e.exec_id),
            limits: Some((e.limit, e.observed)),
            scope: Some(e.scope as usize),
            symbol: Some(e.symbol),
        }
    }

    /// Learns the ids of what is new.
    pub(crate) fn learn(&mut self) -> Same {
        while self.orders.len() < self.model.orders.len() {
            let client_id = self.model.orders[self.orders.len()].client_id;
            let view = self.engine.order_get(Id::NONE, client_id);
            let view = view.map_err(|e| format!("order {client_id:#x} is not there: {e:?}"))?;
            self.orders.push(view.order);
        }
        // One that closed at once is not on the walk: of several the events tell.
        let mut walk = self.engine.position_next(Id::NONE);
        while self.positions.len() + 1 == self.model.positions.len() {
            let Ok(view) = walk else { break };
            if !self.positions.contains(&view.position) {
                self.positions.push(view.position);
            }
            walk = self.engine.position_next(view.position);
        }
        self.learn_triggers()
    }

    pub(crate) fn learn_of(&mut self, events: usize) {
        for e in &self.events[..events] {
            let kind = EventKind::from_raw(e.kind).unwrap();
            let new = matches!(kind, EventKind::PositionOpened | EventKind::PositionAdopted);
            if new && !self.positions.contains(&e.position) {
                self.positions.push(e.position);
            }
        }
    }
}
