// libmicrohttpd 0.9.75. Swift cannot call variadic functions, and the library is started and asked through them.
#pragma once
#include <microhttpd.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// Linux only, and hidden from Swift because its C library is imported without _GNU_SOURCE.
extern int accept4(int listener, struct sockaddr *address, socklen_t *count, int flags);
static const short stele_http_poll_peer_closed = 0x2000;  // POLLRDHUP

// Leaves a target as it came: percent-encoding is decoded per segment in Swift, after the path has been split.
static inline size_t stele_http_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    size_t length = 0;
    while (text[length]) length++;
    return length;
}

// What a daemon calls, and with which context.
struct stele_http_callbacks {
    void *context;
    void *(*target)(void *context, const char *target, struct MHD_Connection *connection);
    MHD_AccessHandlerCallback access;
    MHD_RequestCompletedCallback completed;
    MHD_NotifyConnectionCallback connection;
};

// Starts a daemon without a listening socket: connections are accepted in Swift and handed over, because quiescing a
// thread pool races with its own workers (both remove the socket from epoll, and the loser aborts the process).
// certificate, key and priorities are read before this returns; all three are NULL without TLS.
static inline struct MHD_Daemon *stele_http_start(
    const struct stele_http_callbacks *callbacks, unsigned int thread_count, unsigned int connection_count_max,
    size_t connection_memory, unsigned int stall_timeout_s, const char *certificate, const char *key,
    const char *priorities) {
    unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC
                         | MHD_ALLOW_SUSPEND_RESUME;
    struct MHD_OptionItem tls[] = {
        {certificate ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0, (void *)certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)priorities},
        {MHD_OPTION_END, 0, NULL}};
    if (certificate) flags |= MHD_USE_TLS;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, callbacks->access, callbacks->context,
        MHD_OPTION_URI_LOG_CALLBACK, callbacks->target, callbacks->context,
        MHD_OPTION_UNESCAPE_CALLBACK, stele_http_keep_escapes, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, callbacks->completed, callbacks->context,
        MHD_OPTION_NOTIFY_CONNECTION, callbacks->connection, callbacks->context,
        MHD_OPTION_CONNECTION_LIMIT, connection_count_max,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory,
        MHD_OPTION_CONNECTION_TIMEOUT, stall_timeout_s,
        MHD_OPTION_THREAD_POOL_SIZE, thread_count,  // 1 is taken to mean: no pool, one thread.
        MHD_OPTION_ARRAY, tls,
        MHD_OPTION_END);
}

// The socket of a connection, or -1.
static inline int stele_http_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

// What MHD_OPTION_NOTIFY_CONNECTION left with a connection, or NULL.
static inline void *stele_http_socket_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

// How many bytes the request line and the header section of the request took.
static inline size_t stele_http_header_size(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}
