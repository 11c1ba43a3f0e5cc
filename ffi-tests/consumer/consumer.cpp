// The least a C++ program does: an engine, and its time.
#include <cstdio>
#include <oms.hpp>

int main() {
    oms::config config = oms::config_init();
    config.starting_balance = oms::money{1000000};
    auto engine = oms::engine::make(config);
    if (!engine || !engine->timer(oms::seconds(1))) return 1;
    if (engine->now().value_or(oms::nanos{}) != oms::seconds(1)) return 2;
    std::printf("oms %s\n", oms::version());
    return 0;
}
