// The venue's part of the rehearsal. Each scene is told in the order in which its reports arrive;
// what truly happened stands in the ledger, whatever is told.
#include "venue.hpp"

#include <algorithm>

namespace gateway {

namespace {

constexpr std::uint64_t kPause = 5'000'000;                   ///< between two reports of a scene
constexpr std::int64_t kParts = 1'000'000'000;                ///< of a tick
constexpr std::uint64_t kInvented = std::uint64_t{1} << 61;   ///< ids of what never happened

} // namespace

/// The next report of a scene, a pause after the last one.
void Venue::tell(Part& part, const oms_venue_report_t& report, Play play) {
    part.cue = std::max(part.cue, now_) + kPause;
    Item item{};
    item.due = part.cue;
    item.sequence = ++sequence_;
    item.kind = Item::Kind::kReport;
    item.play = play;
    item.report = report;
    items_.push(item);
}

void Venue::tell(Part& part, std::uint8_t kind, Play play, std::uint16_t reason) {
    tell(part, answer(part.terms.order, kind, part.request, reason), play);
}

/// An execution happens; the report of it says what the venue has executed so far.
oms_venue_report_t Venue::executed(const Part& part, std::int64_t qty, std::int64_t price) {
    const oms_command_t& terms = part.terms;
    oms_venue_report_t fill = answer(terms.order, OMS_REPORT_FILL, 0, OMS_REASON_NONE);
    fill.exec_id = ledger_.add({terms.order, terms.symbol, terms.side, qty, price, 0});
    fill.qty = qty;
    fill.price = price;
    fill.side = terms.side;
    fill.symbol = terms.symbol;
    fill.venue_cum = ledger_.cum(terms.order);
    const std::int64_t notional = ledger_.notional(terms.order);
    fill.venue_avg = notional / fill.venue_cum;
    // The rest is below cum: with lots in the thousands this product stays far below 2^63.
    fill.venue_avg_frac = notional % fill.venue_cum * kParts / fill.venue_cum;
    return fill;
}

void Venue::fill(Part& part, std::int64_t qty, Play play) {
    tell(part, executed(part, qty, part.price), play);
}

oms_venue_report_t Venue::snapshot(const Part& part, std::uint8_t status, std::int64_t cum) const {
    oms_venue_report_t report =
        answer(part.terms.order, OMS_REPORT_ORDER_STATUS, 0, OMS_REASON_NONE);
    report.order_status = status;
    report.venue_cum = cum;
    report.price = part.price;
    return report;
}

oms_venue_report_t Venue::taken_back(const Part& part, std::uint64_t id) {
    ledger_.bust(id);
    oms_venue_report_t report = answer(part.terms.order, OMS_REPORT_BUST, 0, OMS_REASON_OTHER);
    report.ref_exec_id = id;
    return report;
}

oms_venue_report_t Venue::corrected(const Part& part, std::uint64_t id, std::int64_t qty,
                                    std::int64_t price) {
    oms_venue_report_t report = answer(part.terms.order, OMS_REPORT_CORRECT, 0, OMS_REASON_OTHER);
    report.ref_exec_id = id;
    report.exec_id = ledger_.correct(id, qty, price);
    report.qty = qty;
    report.price = price;
    return report;
}

void Venue::play_new(const oms_command_t& command) {
    Part& part = parts_[command.order];
    part.terms = command;
    part.lots = command.qty / 10;
    part.price = command.stop_price != 0 ? command.stop_price : command.price;
    ++part.attempts;
    const Scene scene = scene_of(command.tag);
    switch (scene) {
    case Scene::kRaces:
        play_races(part);
        return;
    case Scene::kResurrect:
        tell(part, OMS_REPORT_REJECT, Play::kReject, OMS_REASON_CREDIT);
        fill(part, 10 * part.lots, Play::kResurrected);
        return;
    case Scene::kAmbiguous: // the line breaks while it is written; later the venue is asked
        tell(part, OMS_REPORT_SEND_IN_DOUBT, Play::kSendInDoubt);
        tell(part, snapshot(part, OMS_STATUS_OPEN, 0), Play::kSendSnapshot);
        fill(part, 10 * part.lots, Play::kNone);
        return;
    case Scene::kRetry: // twice the line is down, then it works
        if (part.attempts <= 2) {
            tell(part, OMS_REPORT_SEND_FAILED, Play::kSendRetry);
            return;
        }
        tell(part, OMS_REPORT_ACK, Play::kNone);
        fill(part, 10 * part.lots, Play::kNone);
        return;
    case Scene::kFail: // it stays down
        tell(part, OMS_REPORT_SEND_FAILED,
             part.attempts <= Core::kRetries ? Play::kSendRetry : Play::kSendFailed);
        return;
    default:
        tell(part, OMS_REPORT_ACK, Play::kNone);
        play_acked(part, scene);
        return;
    }
}

void Venue::play_races(Part& part) {
    oms_venue_report_t first = executed(part, 4 * part.lots, part.price);
    tell(part, first, Play::kFillBeforeAck);
    tell(part, OMS_REPORT_ACK, Play::kLateAck);
    tell(part, OMS_REPORT_ACK, Play::kRepeatedAck);
    tell(part, first, Play::kDuplicateFill);
    first.price -= 1;
    tell(part, first, Play::kRestatedFill);
    fill(part, 6 * part.lots, Play::kNone);
    fill(part, 2 * part.lots, Play::kOverfill);
}

/// What happens to an order that was acknowledged.
void Venue::play_acked(Part& part, Scene scene) {
    const std::int64_t all = 10 * part.lots;
    switch (scene) {
    case Scene::kOutOfOrder: {
        const oms_venue_report_t first = executed(part, 2 * part.lots, part.price);
        const oms_venue_report_t second = executed(part, 3 * part.lots, part.price - 1);
        tell(part, second, Play::kGap);
        tell(part, first, Play::kGapExplained);
        fill(part, 5 * part.lots, Play::kNone);
        break;
    }
    case Scene::kGap:
        executed(part, 3 * part.lots, part.price - 1); // nobody is told
        fill(part, 7 * part.lots, Play::kGapKept);
        break;
    case Scene::kSecondId:
        play_second_id(part);
        break;
    case Scene::kLateExpire:
        tell(part, OMS_REPORT_EXPIRE, Play::kExpire);
        fill(part, all / 2, Play::kLateFillExpired);
        break;
    case Scene::kRejectAfterAck:
        tell(part, OMS_REPORT_REJECT, Play::kRejectAfterAck, OMS_REASON_OTHER);
        break;
    case Scene::kBust:
    case Scene::kCorrections:
    case Scene::kNoPrice:
        play_corrections(part, scene);
        break;
    case Scene::kSelfTrade:
        fill(part, part.lots, Play::kNone);
        tell(part, OMS_REPORT_CANCEL_ACK, Play::kSelfTrade, OMS_REASON_SELF_TRADE);
        break;
    case Scene::kRestate:
    case Scene::kReplaceUnasked:
    case Scene::kSuspend:
        play_changes(part, scene);
        break;
    case Scene::kVenueStop:
        tell(part, OMS_REPORT_TRIGGERED, Play::kTriggered);
        fill(part, all, Play::kNone);
        break;
    case Scene::kForeign: {
        oms_venue_report_t foreign = executed(part, part.lots, part.price);
        ledger_.disown(foreign.exec_id);
        foreign.order = 0;
        foreign.client_id = kInvented;
        foreign.venue_cum = foreign.venue_avg = foreign.venue_avg_frac = 0;
        tell(part, foreign, Play::kForeign);
        fill(part, all, Play::kNone);
        break;
    }
    default: // the desk asks for something first
        break;
    }
}

void Venue::play_second_id(Part& part) {
    const std::int64_t some = 4 * part.lots;
    oms_venue_report_t report = executed(part, some, part.price);
    tell(part, report, Play::kNone);
    report.exec_id = kInvented + 1; // the same execution: the total does not move
    tell(part, report, Play::kSecondId);
    const oms_venue_report_t now = snapshot(part, OMS_STATUS_PARTIALLY_FILLED, some);
    tell(part, now, Play::kStatusAgrees);
    tell(part, snapshot(part, OMS_STATUS_PARTIALLY_FILLED, some / 2), Play::kStatusBehind);
    tell(part, now, Play::kStatusAgrees);
    tell(part, OMS_REPORT_CANCEL_ACK, Play::kUnsolicitedCancel, OMS_REASON_OTHER);
}

void Venue::play_corrections(Part& part, Scene scene) {
    const std::int64_t all = 10 * part.lots;
    oms_venue_report_t first = executed(part, all, part.price);
    if (scene == Scene::kNoPrice) { // "price to follow"
        first.price = first.venue_avg = first.venue_avg_frac = 0;
        tell(part, first, Play::kNoPrice);
        tell(part, corrected(part, first.exec_id, all, part.price - 2), Play::kPriceFollows);
        return;
    }
    tell(part, first, Play::kNone);
    if (scene == Scene::kBust) {
        const oms_venue_report_t bust = taken_back(part, first.exec_id);
        tell(part, bust, Play::kBust);
        tell(part, bust, Play::kBustAgain);
        fill(part, all, Play::kNone);
        return;
    }
    const oms_venue_report_t once = corrected(part, first.exec_id, all, part.price - 1);
    tell(part, once, Play::kCorrect);
    const oms_venue_report_t twice = corrected(part, once.exec_id, all, part.price - 2);
    tell(part, twice, Play::kCorrectAgain);
    tell(part, taken_back(part, twice.exec_id), Play::kBustCorrected);
    tell(part, OMS_REPORT_CANCEL_ACK, Play::kUnsolicitedCancel, OMS_REASON_OTHER);
}

void Venue::play_changes(Part& part, Scene scene) {
    const auto with = [&](std::uint8_t kind, std::int64_t qty) {
        oms_venue_report_t report = answer(part.terms.order, kind, 0, OMS_REASON_OTHER);
        report.qty = qty;
        report.price = qty != 0 ? part.price : 0;
        return report;
    };
    switch (scene) {
    case Scene::kRestate:
        tell(part, with(OMS_REPORT_RESTATE, 6 * part.lots), Play::kRestate);
        fill(part, 6 * part.lots, Play::kNone);
        break;
    case Scene::kReplaceUnasked:
        tell(part, with(OMS_REPORT_REPLACE_ACK, 8 * part.lots), Play::kReplaceUnasked);
        tell(part, OMS_REPORT_REPLACE_REJECT, Play::kUnexpected, OMS_REASON_OTHER);
        fill(part, 8 * part.lots, Play::kNone);
        break;
    default: // held, and held over night
        tell(part, OMS_REPORT_SUSPEND, Play::kSuspend, OMS_REASON_SESSION);
        tell(part, OMS_REPORT_RESUME, Play::kResume);
        tell(part, OMS_REPORT_DONE_FOR_DAY, Play::kDoneForDay, OMS_REASON_SESSION);
        tell(part, with(OMS_REPORT_RESTATE, 0), Play::kNextDay);
        fill(part, 10 * part.lots, Play::kNone);
        break;
    }
}

void Venue::play_request(const oms_command_t& command) {
    Part& part = parts_[command.order];
    part.request = command.request_id;
    ++part.requests;
    switch (scene_of(command.tag)) {
    case Scene::kCancelTooLate:
        fill(part, 10 * part.lots, Play::kFillAfterCancel);
        tell(part, OMS_REPORT_CANCEL_REJECT, Play::kCancelTooLate, OMS_REASON_TOO_LATE);
        break;
    case Scene::kCancelUnknown:
        if (part.requests == 1) {
            tell(part, OMS_REPORT_CANCEL_REJECT, Play::kCancelUnknown, OMS_REASON_UNKNOWN_ORDER);
            tell(part, snapshot(part, OMS_STATUS_OPEN, 0), Play::kStatusAgrees);
        } else {
            tell(part, OMS_REPORT_CANCEL_ACK, Play::kNone);
            fill(part, 2 * part.lots, Play::kLateFill);
        }
        break;
    case Scene::kReplaceCrossed:
        fill(part, 7 * part.lots, Play::kFillCrossesReplace);
        tell(part, OMS_REPORT_REPLACE_ACK, Play::kReplaceBelowCum);
        break;
    case Scene::kReplaceRejected:
        tell(part, OMS_REPORT_REPLACE_REJECT, Play::kReplaceReject, OMS_REASON_OTHER);
        part.request = 0;
        tell(part, OMS_REPORT_CANCEL_ACK, Play::kUnsolicitedCancel, OMS_REASON_OTHER);
        break;
    default: // a kill in the middle of a scene
        tell(part, OMS_REPORT_CANCEL_ACK, Play::kNone);
        break;
    }
    part.request = 0;
}

/// The core forgot this order long ago; the venue speaks of it once more.
void Venue::recall(oms_id_t order) {
    send(answer(order, OMS_REPORT_CANCEL_ACK, 0, OMS_REASON_NONE), Play::kStale, line());
}

} // namespace gateway
