// The kernel, where the C library reaches it by a variadic function, which Swift cannot call.
#pragma once
#include <sys/prctl.h>

// Whether this process may be dumped, and read by others of the same user; a program that it starts decides anew.
static inline int stele_linux_set_dumpable(int is_dumpable) { return prctl(PR_SET_DUMPABLE, is_dumpable, 0, 0, 0); }
static inline int stele_linux_is_dumpable(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }
