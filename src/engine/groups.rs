//! Groups of symbols: their limits and members.
#![forbid(unsafe_code)]

use super::Engine;
use crate::event::Event;
use crate::num::{Money, OFF};
use crate::risk::{Group, shown};
use crate::status::{EventKind, GroupFlag, Request, RequestHeader, Status, Unit, request};

/// Sets the limit of a group of symbols (a sector, a cluster), and who belongs to it:
/// `oms_group_set`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct GroupSet {
    /// kind = OMS_REQUEST_GROUP_SET.
    pub header: RequestHeader,
    /// Number of the group: 1 to capacity.symbols.
    pub group: u32,
    /// Symbol number; read with OMS_GROUP_JOIN and OMS_GROUP_LEAVE, else 0.
    pub symbol: u32,
    /// Largest exposure of the group, money units: Σ over its symbols of the worst case of position
    /// and working orders. OMS_OFF (-1): no limit. 0: nothing that enlarges it passes.
    pub max: Money,
    /// OMS_GROUP_*: at most one of JOIN and LEAVE. 0: only the limit is set.
    pub flags: u32,
    /// Zero.
    pub reserved0: u32,
    /// Zero.
    pub reserved: [u64; 3],
}

request!(GroupSet, GroupSet, {
    group: 0, symbol: 0, max: Money::ZERO, flags: 0, reserved0: 0, reserved: [0; 3],
}, [|r: &Self| [r.reserved0], |r: &Self| r.reserved]);

/// A group of symbols: `oms_group_get`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct GroupView {
    /// Largest exposure, money units; OMS_OFF for no limit.
    pub max: Money,
    /// Exposure now, money units, rounded up.
    pub exposure: Money,
    /// Its number.
    pub group: u32,
    /// Symbols that belong to it.
    pub members: u32,
    /// 0.
    pub reserved: [u64; 3],
}

impl Engine<'_> {
    /// Sets the limit of a group, and takes a symbol into it, out of the group that it was in, or
    /// takes it out. O(1); O(live orders) when limits in money begin or cease to look at the
    /// symbol.
    ///
    /// # Errors
    /// `Kind`, `Size`, `Reserved`; `Enum` for unknown flags or both; `Range` for a number of no
    /// group, or a limit below -1; `Symbol`; `State` for a symbol that leaves a group it is not in.
    pub fn group_set(&mut self, request: &GroupSet) -> Result<Status, Status> {
        request.check_frame()?;
        let (joins, leaves) = (GroupFlag::Join, GroupFlag::Leave);
        let flags = request.flags;
        if flags & !GroupFlag::KNOWN != 0 || (joins.is_in(flags) && leaves.is_in(flags)) {
            return Err(Status::Enum);
        }
        if request.max.0 < OFF || self.group(request.group).is_none() {
            return Err(Status::Range);
        }
        if flags == 0 && request.symbol != 0 {
            return Err(Status::Range);
        }
        let of = self.exposure(request.symbol).worth.group;
        if flags != 0 {
            self.symbols.get(request.symbol).ok_or(Status::Symbol)?;
        }
        if leaves.is_in(flags) && of != request.group {
            return Err(Status::State);
        }
        self.enter(request.header.now);
        if flags != 0 {
            let to = if joins.is_in(flags) { request.group } else { 0 };
            self.move_to_group(request.symbol, to);
        }
        self.set_group_max(request);
        Ok(Status::Ok)
    }

    /// The group with this number, from 1.
    pub(super) fn group(&self, number: u32) -> Option<&Group> {
        let place = number.checked_sub(1)?;
        self.symbols.beside(place).map(|exposure| &exposure.group)
    }

    pub(super) fn group_mut(&mut self, number: u32) -> Option<&mut Group> {
        let place = number.checked_sub(1)?;
        self.symbols.beside_mut(place).map(|exposure| &mut exposure.group)
    }

    /// A symbol belongs to another group from here on, 0 for none.
    fn move_to_group(&mut self, symbol: u32, to: u32) {
        let Some(exposure) = self.symbols.beside_mut(symbol) else { return };
        let values = exposure.worth.values;
        let from = core::mem::replace(&mut exposure.worth.group, to);
        if let Some(group) = self.group_mut(from) {
            group.members = group.members.saturating_sub(1);
            group.shift(values.worst, 0);
        }
        if let Some(group) = self.group_mut(to) {
            group.members = group.members.saturating_add(1);
            group.shift(0, values.worst);
        }
        self.refold_group(from);
        self.refold_group(to);
        self.recount_if_needed(symbol);
        self.refold_limits(symbol);
    }

    fn set_group_max(&mut self, request: &GroupSet) {
        let Some(group) = self.group_mut(request.group) else { return };
        let old = core::mem::replace(&mut group.max, request.max);
        self.refold_group(request.group);
        let event = Event {
            symbol: request.symbol,
            code: request.group,
            mask: u64::from(request.flags),
            ..Event::new(EventKind::Group)
        };
        self.emit(event.with_breach(Unit::Money, request.max.0, old.0));
    }

    /// A group of symbols. O(1).
    ///
    /// # Errors
    /// `Unknown` for a number of no group.
    pub fn group_get(&self, number: u32) -> Result<GroupView, Status> {
        let group = self.group(number).ok_or(Status::Unknown)?;
        Ok(GroupView {
            max: group.max,
            exposure: shown(group.worst, self.account.den),
            group: number,
            members: group.members,
            reserved: [0; 3],
        })
    }
}
