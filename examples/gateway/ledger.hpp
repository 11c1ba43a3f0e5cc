// The venue's own books: every execution as it truly is, told or not. At the end of the session
// the core's books are held against them.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "oms.h"

namespace gateway {

class Ledger {
public:
    struct Execution {
        oms_id_t order; ///< 0 for one of an order that the core never had
        std::uint32_t symbol;
        std::uint8_t side;
        std::int64_t qty; ///< 0 once it is busted
        std::int64_t price;
        std::int64_t commission;
    };
    struct Totals {
        std::int64_t bought = 0;
        std::int64_t sold = 0;
        std::int64_t paid = 0; ///< lots × ticks of the buys less those of the sells
        std::int64_t position() const { return bought - sold; }
    };

    /// Books an execution and gives it the next id.
    std::uint64_t add(const Execution& execution);
    void bust(std::uint64_t id);
    /// It belongs to an order that the core never had.
    void disown(std::uint64_t id);
    /// The correction has an id of its own; both name the execution from now on.
    std::uint64_t correct(std::uint64_t id, std::int64_t qty, std::int64_t price);

    std::int64_t cum(oms_id_t order) const;
    std::int64_t notional(oms_id_t order) const;
    Totals totals(std::uint32_t symbol) const;
    std::int64_t commissions() const;
    std::uint64_t executions() const { return executions_.size(); }

    /// Calls a function with each order and its executed lots.
    template <class Function> void each_order(Function function) const {
        for (const auto& [order, sums] : orders_) {
            if (order != 0) {
                function(order, sums.qty);
            }
        }
    }

private:
    struct Sums {
        std::int64_t qty = 0;
        std::int64_t notional = 0;
    };
    std::uint64_t root(std::uint64_t id) const;
    void move(const Execution& execution, int sign);

    std::uint64_t ids_ = 0;
    std::unordered_map<std::uint64_t, Execution> executions_;
    std::unordered_map<std::uint64_t, std::uint64_t> corrects_; ///< correction -> what it corrects
    std::unordered_map<oms_id_t, Sums> orders_;
};

} // namespace gateway
