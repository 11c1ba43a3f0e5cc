//! What happens by itself as time goes on: commands arrive, orders expire, reports come back.
#![forbid(unsafe_code)]

use super::Venue;
use super::flight::{Way, time_of};
use super::order::Stage;
use crate::num::Nanos;
use crate::order::VenueReport;
use crate::status::Reason;

/// What is due next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Expiry,
    Command,
    Report,
}

impl Venue<'_> {
    /// When the next thing happens by itself; `None` when nothing is on its way. O(1).
    #[must_use]
    pub fn next_at(&self) -> Option<Nanos> {
        self.next_due().map(|(at, _)| at)
    }

    /// Lets happen what is due until `now`, in order, up to the next report: that, with the time of
    /// its arrival in `header.now`, which is the time here then. `None` when nothing is left until
    /// then. O(log messages + log orders) for each thing that happens.
    pub fn next_report(&mut self, now: Nanos) -> Option<VenueReport> {
        let now = self.clock.max(now);
        while let Some((at, due)) = self.next_due().filter(|&(at, _)| at <= now) {
            self.said(at);
            match due {
                Due::Report => return self.flight.pop(Way::Back)?.report(),
                Due::Command => self.next_arrives(),
                Due::Expiry => self.next_expires(),
            }
        }
        self.said(now);
        None
    }

    /// Lets happen at the venue what is due until `now`; reports stay on their way.
    pub(super) fn advance(&mut self, now: Nanos) {
        while let Some((_, due)) = self.next_here().filter(|&(at, _)| at <= now) {
            match due {
                Due::Expiry => self.next_expires(),
                _ => self.next_arrives(),
            }
        }
    }

    fn next_due(&self) -> Option<(Nanos, Due)> {
        let here = self.next_here();
        let Some((back, number)) = self.flight.first(Way::Back) else { return here };
        let goes_before = here.is_none_or(|(at, due)| match due {
            Due::Expiry => back < at,
            _ => self.flight.first(Way::Out).is_none_or(|out| (back, number) < out),
        });
        if goes_before { Some((back, Due::Report)) } else { here }
    }

    /// The next thing at the venue: expiries go before arrivals.
    fn next_here(&self) -> Option<(Nanos, Due)> {
        let out = self.flight.first(Way::Out).map(|(at, _)| (at, Due::Command));
        let expiry = self.expiries.peek(self.first_expiry);
        let expiry = expiry.map(|(_, level)| (time_of(level), Due::Expiry));
        match (out, expiry) {
            (Some(out), Some(expiry)) if out.0 < expiry.0 => Some(out),
            (_, Some(expiry)) => Some(expiry),
            (out, None) => out,
        }
    }

    fn next_arrives(&mut self) {
        if let Some(message) = self.flight.pop(Way::Out) {
            self.arrive(&message);
        }
    }

    fn next_expires(&mut self) {
        if let Some((slot, level)) = self.expiries.pop(&mut self.first_expiry) {
            self.end(slot, Stage::Expired, Reason::None, 0, time_of(level));
        }
    }
}
