// Engines are independent: on threads of their own, interleaved, or handed from thread to thread
// each ends as it does alone.
#include "common.hpp"

#include <array>
#include <mutex>
#include <thread>
#include <vector>

namespace {

// A trader that draws what it does from a seed.
class Trader {
  public:
    explicit Trader(uint64_t seed)
        : engine_(64, seed % 2 ? OMS_SYMBOL_HEDGED : 0), state_(seed * 77 + 1) {}

    void step() {
        const uint64_t draw = next();
        now_ += draw % 1000;
        oms_verdict_t verdict;
        const uint64_t what = next() % 8;
        if (what < 3) {
            const oms_side_t side = next() % 2 ? OMS_SIDE_BUY : OMS_SIDE_SELL;
            const auto qty = static_cast<oms_lots_t>(next() % 20 + 1);
            const oms_id_t id = engine_.submit(client_++, side, qty, &verdict, now_);
            if (id) orders_.push_back(id);
        } else if (what == 3) {
            const oms_status_t got =
                engine_.quote(static_cast<oms_ticks_t>(900 + next() % 200), now_);
            CHECK(got == OMS_OK || got == OMS_MORE);
        } else if (what == 4) {
            engine_.poll(commands_.data(), 8, events_.data(), 16, now_);
        } else if (!orders_.empty()) {
            const oms_id_t id = orders_[next() % orders_.size()];
            if (what == 5)
                (void)engine_.report(id, OMS_REPORT_FILL, client_++,
                                     static_cast<oms_lots_t>(next() % 10 + 1), now_);
            else if (what == 6)
                (void)engine_.report(id, static_cast<oms_report_kind_t>(next() % 2 ? 1 : 4), 0, 0,
                                     now_);
            else
                (void)engine_.cancel(id, next(), now_);
        }
        if (draw % 64 == 0) CHECK(engine_.audited());
    }

    uint64_t digest() const { return engine_.digest(); }

  private:
    uint64_t next() {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_;
    }

    Engine engine_;
    uint64_t state_, now_ = 1, client_ = 1;
    std::vector<oms_id_t> orders_;
    std::array<oms_command_t, 8> commands_{};
    std::array<oms_event_t, 16> events_{};
};

constexpr uint64_t TRADERS = 6;

}  // namespace

int main() {
    const int steps = light() ? 300 : 20000;
    std::array<uint64_t, TRADERS> alone{};
    for (uint64_t i = 0; i < TRADERS; i++) {
        Trader trader(i);
        for (int k = 0; k < steps; k++) trader.step();
        alone[i] = trader.digest();
    }
    for (uint64_t i = 1; i < TRADERS; i++) CHECK(alone[i] != alone[0]);
    // Each on its thread.
    {
        std::vector<std::thread> threads;
        for (uint64_t i = 0; i < TRADERS; i++)
            threads.emplace_back([i, steps, &alone] {
                Trader trader(i);
                for (int k = 0; k < steps; k++) trader.step();
                CHECK(trader.digest() == alone[i]);
            });
        for (std::thread &thread : threads) thread.join();
    }
    // Interleaved on one thread.
    {
        std::vector<std::unique_ptr<Trader>> traders;
        for (uint64_t i = 0; i < TRADERS; i++) traders.push_back(std::make_unique<Trader>(i));
        for (int k = 0; k < steps; k++)
            for (const auto &trader : traders) trader->step();
        for (uint64_t i = 0; i < TRADERS; i++) CHECK(traders[i]->digest() == alone[i]);
    }
    // Handed from thread to thread, one at a time.
    {
        std::vector<std::unique_ptr<Trader>> traders;
        std::array<std::mutex, TRADERS> locks;
        std::array<int, TRADERS> done{};
        for (uint64_t i = 0; i < TRADERS; i++) traders.push_back(std::make_unique<Trader>(i));
        std::vector<std::thread> threads;
        for (uint64_t t = 0; t < 3; t++)
            threads.emplace_back([&, t] {
                bool any = true;
                for (uint64_t turn = t; any; turn++) {
                    any = false;
                    for (uint64_t j = 0; j < TRADERS; j++) {
                        const uint64_t i = (j + turn) % TRADERS;
                        const std::lock_guard<std::mutex> hold(locks[i]);
                        if (done[i] < steps) {
                            traders[i]->step();
                            done[i]++;
                            any = true;
                        }
                    }
                }
            });
        for (std::thread &thread : threads) thread.join();
        for (uint64_t i = 0; i < TRADERS; i++) CHECK(traders[i]->digest() == alone[i]);
    }
    return failures ? 1 : 0;
}
