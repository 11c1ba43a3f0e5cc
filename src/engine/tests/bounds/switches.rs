//! What is switched on and off: symbols, scopes, trading states, breakers, phases, permissions, the
//! heartbeat.

use super::*;
use crate::market::PhaseSet;
use crate::status::{Phase, ScopeFlag};

/// Something that holds up orders, in a scope.
struct Switch {
    check: Check,
    /// Holds them up, or lets them go.
    turn: fn(&mut Engine<'_>, Nanos, u32, bool) -> Status,
    /// Whether the account has one.
    below: bool,
}

const SWITCHES: [Switch; 10] = [
    Switch { check: Check::Symbol, turn: symbol, below: true },
    Switch { check: Check::Scope, turn: disabled, below: true },
    Switch { check: Check::TradingState, turn: halted, below: true },
    Switch { check: Check::Breaker, turn: tripped, below: true },
    Switch { check: Check::Session, turn: phase, below: false },
    Switch { check: Check::Permission, turn: types, below: true },
    Switch { check: Check::Permission, turn: times, below: true },
    Switch { check: Check::Permission, turn: scope_types, below: true },
    Switch { check: Check::Permission, turn: scope_times, below: true },
    Switch { check: Check::Heartbeat, turn: silent, below: true },
];

fn limits(
    engine: &mut Engine<'_>,
    now: Nanos,
    scope: u32,
    change: impl Fn(&mut LimitsSet),
) -> Status {
    let mut limits = LimitsSet { scope, ..LimitsSet::OFF };
    limits.header.now = now;
    change(&mut limits);
    engine.limits_set(&limits).unwrap()
}

fn scope_limits(
    engine: &mut Engine<'_>,
    now: Nanos,
    scope: u32,
    change: impl Fn(&mut ScopeLimitsSet),
) -> Status {
    let mut limits = ScopeLimitsSet { scope, ..ScopeLimitsSet::OFF };
    limits.header.now = now;
    change(&mut limits);
    engine.scope_limits_set(&limits).unwrap()
}

fn controlled(
    engine: &mut Engine<'_>,
    now: Nanos,
    scope: u32,
    action: ControlAction,
    value: i64,
) -> Status {
    let mut request = Control { action: action.raw(), scope, value, ..Control::EMPTY };
    request.header.now = now;
    engine.control(&request).unwrap()
}

fn symbol(engine: &mut Engine<'_>, now: Nanos, scope: u32, on: bool) -> Status {
    let disabled = if on { LimitFlag::Disabled.raw() } else { 0 };
    limits(engine, now, scope, |l| l.flags |= disabled)
}

fn disabled(engine: &mut Engine<'_>, now: Nanos, scope: u32, on: bool) -> Status {
    let flags = if on { ScopeFlag::Disabled.raw() } else { 0 };
    let mut request = ScopeDefine { name: name(b'A'), flags, ..ScopeDefine::EMPTY };
    request.header.now = now;
    assert_eq!(scope, ACCOUNT);
    engine.scope_define(&request).unwrap().0
}

fn halted(engine: &mut Engine<'_>, now: Nanos, scope: u32, on: bool) -> Status {
    let state = if on { TradingState::Halted } else { TradingState::Active };
    controlled(engine, now, scope, ControlAction::TradingState, i64::from(state.raw()))
}

fn tripped(engine: &mut Engine<'_>, now: Nanos, scope: u32, on: bool) -> Status {
    let action = if on { ControlAction::BreakerTrip } else { ControlAction::BreakerReset };
    controlled(engine, now, scope, action, 0)
}

fn phase(engine: &mut Engine<'_>, now: Nanos, _: u32, on: bool) -> Status {
    let phase = if on { Phase::Halt } else { Phase::Continuous }.raw();
    let mut request = PhaseSet { phase, ..PhaseSet::EMPTY };
    request.header.now = now;
    engine.phase_set(&request).unwrap()
}

/// All but limit orders, or all.
const fn without(number: u8, on: bool) -> u32 {
    if on { !(1 << number) } else { u32::MAX }
}

fn types(engine: &mut Engine<'_>, now: Nanos, scope: u32, on: bool) -> Status {
    limits(engine, now, scope, |l| l.types = without(OrderType::Limit.raw(), on))
}

fn times(engine: &mut Engine<'_>, now: Nanos, scope: u32, on: bool) -> Status {
    let day = crate::status::TimeInForce::Day.raw();
    limits(engine, now, scope, |l| l.times_in_force = without(day, on))
}

fn scope_types(engine: &mut Engine<'_>, now: Nanos, scope: u32, on: bool) -> Status {
    scope_limits(engine, now, scope, |l| l.types = without(OrderType::Limit.raw(), on))
}

fn scope_times(engine: &mut Engine<'_>, now: Nanos, scope: u32, on: bool) -> Status {
    let day = crate::status::TimeInForce::Day.raw();
    scope_limits(engine, now, scope, |l| l.times_in_force = without(day, on))
}

/// A heartbeat that never came.
fn silent(engine: &mut Engine<'_>, now: Nanos, scope: u32, on: bool) -> Status {
    let max = if on { i64::MAX } else { OFF };
    scope_limits(engine, now, scope, |l| l.heartbeat_max = max)
}

/// Denied by this check alone, in this scope.
fn held_up(submitted: &Submitted, check: Check, scope: u32) {
    let verdict = &submitted.verdict;
    assert_eq!((verdict.mask, verdict.scope), (bit(check), scope), "{check:?} {verdict:?}");
}

#[test]
fn orders_and_replaces_are_held_up_and_cancels_and_facts_are_not() {
    for &Switch { check, turn, below } in &SWITCHES {
        for scope in [ROOT, ACCOUNT] {
            // The root has no name, and is never disabled.
            let is_there = if scope == ROOT { check != Check::Scope } else { below };
            if !is_there {
                continue;
            }
            with_tree(0, |twins| {
                let own = trading(scope);
                let (first, second) =
                    (twins.rests(own, 1, Side::Buy, 10), twins.rests(own, 2, Side::Buy, 10));
                for on in [true, false, true] {
                    let done = twins.step(|engine, now| turn(engine, now, scope, on));
                    assert_eq!(done, Status::Ok);
                }
                twins.poll();
                held_up(&twins.asked(own, 3, Side::Buy, 1), check, scope);
                held_up(&twins.replace(first, 12, 10_000, 0).unwrap(), check, scope);
                held_up(&twins.replace(first, 9, 10_000, 0).unwrap(), check, scope);
                twins.executes(first, 1, 4);
                held_up(&twins.replace(first, 9, 10_000, 0).unwrap(), check, scope);
                twins.ends(second);
                if scope != ROOT {
                    passed(&twins.asked(ROOT, 3, Side::Buy, 1));
                }
                twins.step(|engine, now| turn(engine, now, scope, false));
                twins.poll();
                passed(&twins.asked(own, 4, Side::Buy, 1));
                passed(&twins.replace(first, 12, 10_000, 0).unwrap());
            });
        }
    }
}

/// REDUCE_ONLY lets through what is small enough, HALTED what says so itself, KILLED nothing.
#[test]
fn trading_states_let_through_what_reduces() {
    use TradingState::{Active, Halted, Killed, ReduceOnly};
    for scope in [ROOT, ACCOUNT] {
        // An order that enlarges, one that reduces, one that would turn the position over; one that
        // reduces and says so.
        let cases = [
            (Active, [true, true, true, true]),
            (ReduceOnly, [false, true, false, true]),
            (Halted, [false, false, false, true]),
            (Killed, [false, false, false, false]),
        ];
        for (state, passes) in cases {
            if state == Killed && scope != ROOT {
                continue; // the firm is killed as a whole
            }
            with_tree(0, |twins| {
                let own = trading(scope);
                let first = twins.rests(own, 1, Side::Buy, 4);
                twins.executes(first, 1, 4);
                let (action, value) = (ControlAction::TradingState, i64::from(state.raw()));
                twins.step(|engine, now| controlled(engine, now, scope, action, value));
                let asked =
                    [(Side::Buy, 1, 0), (Side::Sell, 4, 0), (Side::Sell, 5, 0), (Side::Sell, 4, 1)];
                for ((side, qty, flags), passes) in asked.into_iter().zip(passes) {
                    let request = OrderSubmit { scope: own, flags, ..order(2, side, qty, 10_000) };
                    let verdict = twins.step(|engine, now| {
                        let mut request = request;
                        request.header.now = now;
                        engine.order_check(&request).unwrap()
                    });
                    let mask = if passes { 0 } else { bit(Check::TradingState) };
                    assert_eq!(verdict.mask, mask, "{state:?} {request:?}");
                }
            });
        }
    }
}
