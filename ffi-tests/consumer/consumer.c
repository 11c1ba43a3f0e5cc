/* The least a C program does: the library is the one of the header, and it answers. */
#include <oms.h>
#include <stdio.h>

int main(void) {
    oms_config_t config;
    if (oms_abi_version() != OMS_ABI_VERSION) return 1;
    if (oms_config_init(&config, sizeof config) != OMS_OK) return 2;
    config.starting_balance = 1000000;
    if (oms_size(&config) == 0) return 3;
    printf("oms %s\n", oms_version());
    return 0;
}
