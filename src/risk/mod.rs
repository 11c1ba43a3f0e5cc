//! What may leave, and when everything stops: the gate, the breaker, rates, exposure, scopes.
//!
//! [`Breaker`] and [`RateRing`] are of use alone; [`BreakerAlone`] puts them together.
#![forbid(unsafe_code)]

mod adv;
mod alone;
mod ask;
mod band;
mod bounds;
mod breaker;
mod breaker_warning;
mod checks;
mod clearing;
mod config;
mod config_fields;
mod counts;
mod evaluate;
mod exposure;
mod fall;
mod fields;
mod figures;
mod fold;
mod gate;
mod grid;
mod heartbeat;
mod leaf;
mod money;
mod parent;
mod permission;
mod probes;
mod rate;
mod recent;
mod reconcile;
mod reconcile_records;
mod repeats;
mod resting;
mod rooms;
mod scope;
mod scope_book;
mod scope_limits;
mod scope_rate;
mod scope_records;
mod scope_room;
mod scopes;
mod sequences;
mod session;
mod settled;
mod short;
mod small;
mod symbol_rates;
mod tally;
#[cfg(test)]
mod tests;
mod traffic;
mod trip;
mod values;
mod verdict;
mod warn;
mod warn_order;

pub use alone::BreakerAlone;
pub use band::Band;
pub use bounds::Bounds;
pub use breaker::Breaker;
pub(crate) use breaker::cause_bit;
pub use breaker_warning::Warning;
pub use checks::Target;
pub(crate) use checks::market_price;
pub use clearing::{Clearing, Ward};
pub use config::BreakerConfig;
pub use counts::{Counters, Denials, DenialsView};
pub use evaluate::{evaluate, evaluate_hand, is_known_below};
pub(crate) use exposure::recounted;
pub use exposure::{Below, Exposure};
pub use figures::Figures;
pub use fold::{Fold, Plain, Span};
pub(crate) use fold::{RECORD, is_stale};
pub use gate::{
    Gate, Proposal, Rates, Replaced, may_reduce, only_reduces, reduction_room, value, worth,
};
pub use grid::{Grid, PriceGrid};
pub use heartbeat::Heartbeat;
pub use leaf::{Leaf, LeafPlace};
pub use money::Level;
pub use parent::Parentage;
pub use probes::Probed;
pub use rate::{RateRing, latest};
pub use recent::{Likeness, Recent, RecentOrders};
pub use reconcile::{OrderRow, Passed, Reconcile, ReconcileMemory, Round};
pub use reconcile_records::{
    ReconcileBegin, ReconcileEnd, ReconcileOrder, ReconcilePosition, ReconcileReport,
};
pub use repeats::Repeats;
pub use resting::{Meeting, Resting, Taker, rests_at};
pub use rooms::{Full, Rooms, Tier, margin_of, money_of_group};
pub use scope::{Scope, ScopeFold};
pub use scope_book::{Books, Own, ScopeBook};
pub use scope_limits::{ScopeLimits, ScopeLimitsSet};
pub use scope_rate::ScopeRate;
pub use scope_records::{BookView, ScopeBreakerSet, ScopeDefine, ScopeView};
pub use scope_room::{ScopeRoom, Worthy};
pub use scopes::{DEPTH_MAX, Path, Scopes};
pub use sequences::{SequenceMemory, Sequences};
pub use settled::Settled;
pub use small::Deal;
pub use symbol_rates::SymbolRates;
pub use tally::{Tally, Window};
pub use traffic::Traffic;
pub use trip::{BreakerStatus, TRIPS_KEPT, Trip};
pub use values::{Basis, Change, Group, Values, Worth, shown};
pub(crate) use verdict::bit;
pub use verdict::{Breach, CHECK_NONE, Verdict, Word};
pub use warn::{Figure, ScopeLevel, SymbolLevel, figures_of_scope, figures_of_symbol, near};
pub use warn_order::{OF_ORDER, OrderLevel, figures_of_order};
