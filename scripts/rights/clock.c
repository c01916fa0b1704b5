// A clock that is ahead: loaded before everything else, it adds AHEAD seconds to the time of day, and to nothing else.
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *time) {
    int status = (int)syscall(SYS_clock_gettime, clock, time);
    const char *ahead = getenv("AHEAD");
    if (status == 0 && clock == CLOCK_REALTIME && ahead) time->tv_sec += atol(ahead);
    return status;
}
