// What a venue may play, and what the core must answer to it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "oms.h"

namespace gateway {

/// What is odd about a report.
enum class Play : std::size_t {
    kNone,
    kFillBeforeAck,
    kLateAck,
    kRepeatedAck,
    kDuplicateFill,
    kRestatedFill,
    kOverfill,
    kReject,
    kFillAfterCancel,
    kCancelTooLate,
    kCancelUnknown,
    kLateFill,
    kLateFillExpired,
    kReplaceReject,
    kFillCrossesReplace,
    kReplaceBelowCum,
    kReplaceUnasked,
    kUnexpected,
    kUnsolicitedCancel,
    kSelfTrade,
    kExpire,
    kGap,
    kGapExplained,
    kGapKept,
    kSecondId,
    kStatusBehind,
    kStatusAgrees,
    kResurrected,
    kRejectAfterAck,
    kBust,
    kBustAgain,
    kCorrect,
    kCorrectAgain,
    kBustCorrected,
    kRestate,
    kSuspend,
    kResume,
    kDoneForDay,
    kNextDay,
    kTriggered,
    kSendInDoubt,
    kSendSnapshot,
    kSendRetry,
    kSendFailed,
    kForeign,
    kNoPrice,
    kPriceFollows,
    kStale,
    kCount,
};

constexpr std::size_t kPlays = static_cast<std::size_t>(Play::kCount);

/// What the core answers to a play, as its documentation says.
struct Answer {
    static constexpr std::uint8_t kAnyStatus = 255;

    const char* text;           ///< the play, for people
    std::int32_t code;          ///< of oms_venue_report
    bool may_be_known;          ///< OMS_IGNORED will do as well: it depends on what crossed it
    std::uint16_t event;        ///< OMS_EVENT_* that it leaves; 0 for none in particular
    std::uint16_t anomaly;      ///< OMS_ANOMALY_* that it raises; 0 for none
    std::uint32_t mark;         ///< OMS_MARK_* that the order carries afterwards; 0 for none
    std::uint32_t cleared;      ///< OMS_MARK_* that it must not carry afterwards
    std::uint8_t status;        ///< OMS_STATUS_* of the order afterwards; kAnyStatus
};

const Answer& answer_to(Play play);

/// Text of a play.
inline const char* play_text(Play play) { return answer_to(play).text; }

} // namespace gateway
