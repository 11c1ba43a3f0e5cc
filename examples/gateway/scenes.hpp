// The rehearsal: small orders in a symbol of its own, each of which the venue answers in one of the
// ways in which venues go wrong. The desk's part is here; the venue's is in scenes_venue.cpp.
#pragma once

#include <cstdint>

#include "core.hpp"
#include "oms.h"
#include "session.hpp"

namespace gateway {

enum class Scene : std::uint64_t {
    kRaces,
    kCancelTooLate,
    kCancelUnknown,
    kReplaceCrossed,
    kReplaceRejected,
    kOutOfOrder,
    kGap,
    kSecondId,
    kLateExpire,
    kResurrect,
    kRejectAfterAck,
    kBust,
    kCorrections,
    kSelfTrade,
    kRestate,
    kReplaceUnasked,
    kSuspend,
    kVenueStop,
    kAmbiguous,
    kRetry,
    kFail,
    kForeign,
    kNoPrice,
    kCount,
};

/// Orders of the rehearsal carry this mark, with the scene's number in the low bits.
constexpr std::uint64_t kSceneTag = std::uint64_t{1} << 40;

inline bool is_scene(std::uint64_t tag) { return (tag & kSceneTag) != 0; }
inline Scene scene_of(std::uint64_t tag) { return static_cast<Scene>(tag & (kSceneTag - 1)); }

class Rehearsal {
public:
    /// `every`: quotes from one scene to the next.
    Rehearsal(Core& core, std::uint64_t every) : core_(core), every_(every) {}

    void on_quote(const Quote& quote, bool may_start);
    /// Nothing new begins; what is open is closed.
    void wind_down() { winding_down_ = true; }
    std::uint64_t played() const { return next_; }
    /// The first order, once the core has forgotten it: the venue may report on it again.
    oms_id_t forgotten();

private:
    void start(const Quote& quote);
    void ask(const oms_order_t& order);
    void close();

    Core& core_;
    std::uint64_t every_;
    std::uint64_t next_ = 0; ///< number of the next scene
    std::uint64_t rows_ = 0;
    std::uint64_t started_ = 0; ///< row of the last scene's order
    oms_id_t order_ = 0;
    oms_id_t first_ = 0;
    int asked_ = 0; ///< requests made in this scene
    bool winding_down_ = false;
};

} // namespace gateway
