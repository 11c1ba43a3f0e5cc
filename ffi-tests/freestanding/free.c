/* The whole world of a program that has no C library: an entry point and the five functions that a
 * compiler may call by itself. The library must need nothing else. tools/verify generates
 * call_every_function from include/oms.h: each function once, with every argument zero, so that
 * none is dropped by the linker and a NULL is answered, not followed. */
#include <stddef.h>

void call_every_function(void);

/* The empty statement keeps the compiler from turning a loop into a call of the same function. */
#define KEEP() __asm__ volatile("" ::: "memory")

void *memcpy(void *to, const void *from, size_t n) {
    unsigned char *t = to;
    const unsigned char *f = from;
    while (n--) {
        *t++ = *f++;
        KEEP();
    }
    return to;
}

void *memmove(void *to, const void *from, size_t n) {
    unsigned char *t = to;
    const unsigned char *f = from;
    if ((size_t)(t - f) >= n) return memcpy(to, from, n);
    while (n--) {
        t[n] = f[n];
        KEEP();
    }
    return to;
}

void *memset(void *to, int value, size_t n) {
    unsigned char *t = to;
    while (n--) {
        *t++ = (unsigned char)value;
        KEEP();
    }
    return to;
}

int memcmp(const void *a, const void *b, size_t n) {
    const unsigned char *x = a, *y = b;
    for (; n--; x++, y++) {
        if (*x != *y) return *x - *y;
        KEEP();
    }
    return 0;
}

int bcmp(const void *a, const void *b, size_t n) { return memcmp(a, b, n); }

/* The kernel enters with a stack aligned otherwise than a call leaves it. */
__attribute__((force_align_arg_pointer, noreturn)) void _start(void) {
    call_every_function();
    __asm__ volatile("syscall" : : "a"(60L), "D"(0L) : "rcx", "r11", "memory");
    __builtin_unreachable();
}
