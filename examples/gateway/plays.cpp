#include "plays.hpp"

namespace gateway {

namespace {

constexpr std::uint8_t kAny = Answer::kAnyStatus;

constexpr Answer taken(const char* text, std::uint16_t event = 0, std::uint8_t status = kAny) {
    return {text, OMS_OK, false, event, 0, 0, 0, status};
}

constexpr Answer odd(const char* text, std::uint16_t anomaly, std::uint32_t mark = 0,
                     std::uint8_t status = kAny) {
    return {text, OMS_OK, false, OMS_EVENT_ORDER_ANOMALY, anomaly, mark, 0, status};
}

constexpr Answer refused(const char* text, std::int32_t code) {
    return {text, code, false, 0, 0, 0, 0, kAny};
}

/// Depends on what crossed it: taken, or known by then.
constexpr Answer either(const char* text) { return {text, OMS_OK, true, 0, 0, 0, 0, kAny}; }

constexpr Answer settled(const char* text) {
    return {text, OMS_OK, false, 0, 0, 0, OMS_MARK_IN_DOUBT, kAny};
}

constexpr Answer kAnswers[] = {
    either("in order"),
    taken("execution before the ack", OMS_EVENT_ORDER_FILL),
    refused("ack after the execution", OMS_IGNORED),
    refused("ack repeated", OMS_IGNORED),
    refused("execution report repeated", OMS_IGNORED),
    refused("execution id again, other price", OMS_E_CONFLICT),
    odd("filled beyond the quantity", OMS_ANOMALY_OVERFILL, OMS_MARK_OVERFILL),
    taken("new order rejected", OMS_EVENT_ORDER_STATUS, OMS_STATUS_REJECTED),
    taken("execution crosses the cancel", OMS_EVENT_ORDER_FILL),
    either("cancel rejected: too late"),
    odd("cancel rejected: unknown order", OMS_ANOMALY_IN_DOUBT, OMS_MARK_IN_DOUBT),
    odd("execution after the cancel ack", OMS_ANOMALY_LATE_FILL, OMS_MARK_LATE_FILL),
    odd("execution after the expiry", OMS_ANOMALY_LATE_FILL, OMS_MARK_LATE_FILL,
        OMS_STATUS_EXPIRED),
    either("replace rejected"),
    taken("executions cross the replace", OMS_EVENT_ORDER_FILL),
    taken("replaced below what was filled", OMS_EVENT_ORDER_STATUS, OMS_STATUS_FILLED),
    odd("replaced unasked", OMS_ANOMALY_UNSOLICITED),
    {"answer to nothing that was asked", OMS_IGNORED, false, OMS_EVENT_ORDER_ANOMALY,
     OMS_ANOMALY_UNEXPECTED, 0, 0, kAny},
    taken("cancelled unasked", OMS_EVENT_ORDER_STATUS),
    taken("cancelled: self-trade prevention", OMS_EVENT_ORDER_STATUS, OMS_STATUS_CANCELLED),
    taken("expired (IOC and FOK rest, GTD)", OMS_EVENT_ORDER_STATUS),
    odd("executions out of order: a gap", OMS_ANOMALY_GAP, OMS_MARK_GAP),
    taken("the missing execution comes"),
    odd("an execution never reported", OMS_ANOMALY_GAP, OMS_MARK_GAP, OMS_STATUS_FILLED),
    odd("one execution under two ids", OMS_ANOMALY_IN_DOUBT, OMS_MARK_IN_DOUBT),
    odd("a status behind what we know", OMS_ANOMALY_IN_DOUBT, OMS_MARK_IN_DOUBT),
    settled("a status that agrees"),
    odd("execution after the reject", OMS_ANOMALY_RESURRECTED, OMS_MARK_RESURRECTED,
        OMS_STATUS_FILLED),
    odd("rejected after the ack", OMS_ANOMALY_REJECT_AFTER_ACK, 0, OMS_STATUS_REJECTED),
    {"execution busted", OMS_OK, false, OMS_EVENT_EXECUTION_BUSTED, 0, OMS_MARK_BUSTED, 0,
     OMS_STATUS_OPEN},
    refused("the bust repeated", OMS_IGNORED),
    taken("execution corrected", OMS_EVENT_EXECUTION_CORRECTED),
    taken("the correction corrected", OMS_EVENT_EXECUTION_CORRECTED),
    {"the corrected one busted", OMS_OK, false, OMS_EVENT_EXECUTION_BUSTED, 0, OMS_MARK_BUSTED, 0,
     OMS_STATUS_OPEN},
    taken("restated to a smaller quantity"),
    taken("suspended", OMS_EVENT_ORDER_STATUS, OMS_STATUS_SUSPENDED),
    taken("resumed", OMS_EVENT_ORDER_STATUS, OMS_STATUS_OPEN),
    taken("done for the day", OMS_EVENT_ORDER_STATUS, OMS_STATUS_DONE_FOR_DAY),
    taken("restated for the next day", OMS_EVENT_ORDER_STATUS, OMS_STATUS_OPEN),
    taken("a stop held there was triggered"),
    odd("the line broke: sent or not?", OMS_ANOMALY_IN_DOUBT, OMS_MARK_IN_DOUBT,
        OMS_STATUS_SUBMITTED),
    settled("its status: it is there"),
    taken("could not be sent: tried again", OMS_EVENT_SEND_RETRY, OMS_STATUS_PENDING),
    taken("could not be sent: given up", OMS_EVENT_ORDER_STATUS, OMS_STATUS_FAILED),
    odd("execution of an unknown order", OMS_ANOMALY_FOREIGN, OMS_MARK_FOREIGN),
    odd("execution without a price", OMS_ANOMALY_NO_PRICE, OMS_MARK_NO_PRICE),
    taken("its price follows", OMS_EVENT_EXECUTION_CORRECTED),
    refused("a report of an order long gone", OMS_E_STALE),
};
static_assert(sizeof kAnswers / sizeof kAnswers[0] == kPlays, "an answer for each play");

} // namespace

const Answer& answer_to(Play play) { return kAnswers[static_cast<std::size_t>(play)]; }

} // namespace gateway
