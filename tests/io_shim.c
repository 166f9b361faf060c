/* Stands between a process and the files below one folder: counts its calls, fails or kills at one
   of them, and records what is written. Preloaded; does nothing before it is told to.

   What reaches files without a call is not seen: writes to mapped memory (SQLite's -shm, which
   holds nothing that is to last). Of what libc does by several calls (opendir) only the whole. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static size_t folder_length;
static int log_fd = -1;
static long calls, fail_at, fail_errno, fails_on, kill_at;
static char last_name[32];
static pthread_mutex_t guard = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void shim_watch(const char *path) {
    snprintf(folder, sizeof folder, "%s", path);
    folder_length = strlen(folder);
    calls = fail_at = kill_at = 0;
}
void shim_log(int fd) { log_fd = fd; }
/* Fail the call of this number; and, if `on`, every one after it that writes. */
void shim_fail(long at, int number, int on) { fail_at = at; fail_errno = number; fails_on = on; }
void shim_kill(long at) { kill_at = at; }
long shim_calls(void) { return calls; }
const char *shim_failed(void) { return last_name; }

static int below(const char *path) {
    return folder_length && !strncmp(path, folder, folder_length) &&
           (path[folder_length] == '/' || !path[folder_length]);
}

static int path_of_fd(int fd, char *out) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long length = syscall(SYS_readlink, link, out, PATH_MAX - 1);
    if (length <= 0) return 0;
    out[length] = 0;
    return 1;
}

static int full_path(int dir, const char *path, char *out) {
    if (!folder_length || !path) return 0;
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
        return below(out);
    }
    char start[PATH_MAX];
    if (dir == AT_FDCWD) {
        if (syscall(SYS_getcwd, start, sizeof start) <= 0) return 0;
    } else if (!path_of_fd(dir, start)) return 0;
    if (path[0])
        snprintf(out, PATH_MAX, "%.2000s/%.2000s", start, path);
    else
        snprintf(out, PATH_MAX, "%s", start);
    return below(out);
}

static int watched(int fd, char *out) { return folder_length && path_of_fd(fd, out) && below(out); }

/* Count a call; return whether it is to fail. */
static int hit(const char *name, int writes) {
    calls++;
    if (calls == kill_at) syscall(SYS_kill, getpid(), SIGKILL);
    if (fail_at && (calls == fail_at || (fails_on && writes && calls > fail_at))) {
        if (calls == fail_at) snprintf(last_name, sizeof last_name, "%s", name);
        errno = (int)fail_errno;
        return 1;
    }
    return 0;
}

struct head { char kind; char unused[3]; uint32_t length; uint64_t node, at; };

static void put(const void *bytes, size_t length) {
    const char *from = bytes;
    while (length) {
        long done = syscall(SYS_write, log_fd, from, length);
        if (done <= 0) _exit(97);
        from += done;
        length -= (size_t)done;
    }
}

static void record(char kind, uint64_t node, uint64_t at, const void *bytes, size_t length) {
    if (log_fd < 0) return;
    int kept = errno;
    struct head head = {kind, {0}, (uint32_t)length, node, at};
    put(&head, sizeof head);
    if (length) put(bytes, length);
    errno = kept;
}

static void record_path(char kind, uint64_t node, const char *path) {
    record(kind, node, 0, path, strlen(path));
}

static uint64_t node_of(int fd) {
    struct stat status;
    int kept = errno;
    long failed = syscall(SYS_fstat, fd, &status);
    errno = kept;
    return failed ? 0 : status.st_ino;
}

static uint64_t node_at(const char *path) {
    struct stat status;
    int kept = errno;
    long failed = syscall(SYS_newfstatat, AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW);
    errno = kept;
    return failed ? 0 : status.st_ino;
}

void shim_mark(const char *text) {
    pthread_mutex_lock(&guard);
    record_path('K', 0, text);
    pthread_mutex_unlock(&guard);
}

#define REAL(type, name, ...)                                        \
    static type (*real)(__VA_ARGS__);                                \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name);
#define LEAVE(value)                        \
    do {                                    \
        int kept_errno = errno;             \
        pthread_mutex_unlock(&guard);       \
        errno = kept_errno;                 \
        return value;                       \
    } while (0)
#define CALL(writes, failed)                    \
    pthread_mutex_lock(&guard);                 \
    if (hit(__func__, writes)) LEAVE(failed);

static int note_open(int fd, const char *path, int flags, uint64_t before) {
    if (fd >= 0 && (flags & O_CREAT) && !before) record_path('C', node_of(fd), path);
    else if (fd >= 0 && (flags & O_TRUNC)) record('T', node_of(fd), 0, NULL, 0);
    return fd;
}

#define OPEN(name)                                                              \
    int name(const char *path, int flags, ...) {                                \
        va_list rest;                                                           \
        va_start(rest, flags);                                                  \
        int mode = va_arg(rest, int);                                           \
        va_end(rest);                                                           \
        REAL(int, name, const char *, int, ...)                                 \
        char full[PATH_MAX];                                                    \
        if (!full_path(AT_FDCWD, path, full)) return real(path, flags, mode);   \
        CALL((flags & O_CREAT) != 0, -1)                                        \
        uint64_t before = node_at(full);                                        \
        int fd = note_open(real(path, flags, mode), full, flags, before);       \
        LEAVE(fd);                                                              \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                            \
    int name(int dir, const char *path, int flags, ...) {                       \
        va_list rest;                                                           \
        va_start(rest, flags);                                                  \
        int mode = va_arg(rest, int);                                           \
        va_end(rest);                                                           \
        REAL(int, name, int, const char *, int, ...)                            \
        char full[PATH_MAX];                                                    \
        if (!full_path(dir, path, full)) return real(dir, path, flags, mode);   \
        CALL((flags & O_CREAT) != 0, -1)                                        \
        uint64_t before = node_at(full);                                        \
        int fd = note_open(real(dir, path, flags, mode), full, flags, before);  \
        LEAVE(fd);                                                              \
    }
OPENAT(openat)
OPENAT(openat64)

#define ON_FD(type, name, writes, failed, parameters, arguments, noting)        \
    type name parameters {                                                      \
        REAL(type, name, PARAMETERS parameters)                                 \
        char full[PATH_MAX];                                                    \
        if (!watched(fd, full)) return real arguments;                          \
        CALL(writes, failed)                                                    \
        type result = real arguments;                                           \
        noting;                                                                 \
        LEAVE(result);                                                          \
    }
#define PARAMETERS(...) __VA_ARGS__

ON_FD(ssize_t, read, 0, -1, (int fd, void *bytes, size_t size), (fd, bytes, size), (void)0)
ON_FD(ssize_t, pread, 0, -1, (int fd, void *bytes, size_t size, off_t at), (fd, bytes, size, at), (void)0)
ON_FD(ssize_t, pread64, 0, -1, (int fd, void *bytes, size_t size, off_t at), (fd, bytes, size, at), (void)0)
ON_FD(ssize_t, readv, 0, -1, (int fd, const struct iovec *parts, int count), (fd, parts, count), (void)0)
ON_FD(ssize_t, write, 1, -1, (int fd, const void *bytes, size_t size), (fd, bytes, size),
      if (result > 0) record('W', node_of(fd), (uint64_t)(syscall(SYS_lseek, fd, 0, SEEK_CUR) - result), bytes,
                             (size_t)result))
ON_FD(ssize_t, pwrite, 1, -1, (int fd, const void *bytes, size_t size, off_t at), (fd, bytes, size, at),
      if (result > 0) record('W', node_of(fd), (uint64_t)at, bytes, (size_t)result))
ON_FD(ssize_t, pwrite64, 1, -1, (int fd, const void *bytes, size_t size, off_t at), (fd, bytes, size, at),
      if (result > 0) record('W', node_of(fd), (uint64_t)at, bytes, (size_t)result))
ON_FD(int, fsync, 1, -1, (int fd), (fd), if (!result) record('S', node_of(fd), 0, NULL, 0))
ON_FD(int, fdatasync, 1, -1, (int fd), (fd), if (!result) record('S', node_of(fd), 0, NULL, 0))
ON_FD(int, ftruncate, 1, -1, (int fd, off_t size), (fd, size),
      if (!result) record('T', node_of(fd), (uint64_t)size, NULL, 0))
ON_FD(int, ftruncate64, 1, -1, (int fd, off_t size), (fd, size),
      if (!result) record('T', node_of(fd), (uint64_t)size, NULL, 0))
ON_FD(int, fallocate, 1, -1, (int fd, int mode, off_t at, off_t size), (fd, mode, at, size), (void)0)
ON_FD(int, fallocate64, 1, -1, (int fd, int mode, off_t at, off_t size), (fd, mode, at, size), (void)0)
ON_FD(int, fstat, 0, -1, (int fd, struct stat *to), (fd, to), (void)0)
ON_FD(int, fstat64, 0, -1, (int fd, struct stat64 *to), (fd, to), (void)0)
ON_FD(int, fchmod, 1, -1, (int fd, mode_t mode), (fd, mode), (void)0)
ON_FD(int, flock, 0, -1, (int fd, int what), (fd, what), (void)0)
ON_FD(DIR *, fdopendir, 0, NULL, (int fd), (fd), (void)0)
ON_FD(off_t, lseek, 0, -1, (int fd, off_t at, int from), (fd, at, from), (void)0)
ON_FD(off64_t, lseek64, 0, -1, (int fd, off64_t at, int from), (fd, at, from), (void)0)
ON_FD(int, fchown, 1, -1, (int fd, uid_t user, gid_t group), (fd, user, group), (void)0)
ON_FD(int, isatty, 0, 0, (int fd), (fd), (void)0)

#define READDIR(name, entry)                                        \
    struct entry *name(DIR *dir) {                                  \
        REAL(struct entry *, name, DIR *)                           \
        char full[PATH_MAX];                                        \
        if (!watched(dirfd(dir), full)) return real(dir);           \
        CALL(0, NULL)                                               \
        struct entry *result = real(dir);                           \
        LEAVE(result);                                              \
    }
READDIR(readdir, dirent)
READDIR(readdir64, dirent64)

/* The file is closed whatever is said of it, as systems do. */
#define CLOSE(name, type, of)                                       \
    int name(type what) {                                           \
        REAL(int, name, type)                                       \
        char full[PATH_MAX];                                        \
        if (!watched(of, full)) return real(what);                  \
        pthread_mutex_lock(&guard);                                 \
        int fails = hit(#name, 0), number = errno, result = real(what); \
        if (fails) {                                                \
            errno = number;                                         \
            result = -1;                                            \
        }                                                           \
        LEAVE(result);                                              \
    }
CLOSE(close, int, what)
CLOSE(closedir, DIR *, dirfd(what))

char *getcwd(char *to, size_t size) {
    REAL(char *, getcwd, char *, size_t)
    char full[PATH_MAX];
    if (!full_path(AT_FDCWD, "", full)) return real(to, size);
    CALL(0, NULL)
    char *result = real(to, size);
    LEAVE(result);
}

#define MAP(name)                                                                       \
    void *name(void *at, size_t size, int allowed, int flags, int fd, off_t from) {     \
        REAL(void *, name, void *, size_t, int, int, int, off_t)                        \
        char full[PATH_MAX];                                                            \
        if (fd < 0 || !watched(fd, full)) return real(at, size, allowed, flags, fd, from); \
        CALL(0, MAP_FAILED)                                                             \
        void *result = real(at, size, allowed, flags, fd, from);                        \
        LEAVE(result);                                                                  \
    }
MAP(mmap)
MAP(mmap64)

#define LOCK(name)                                                              \
    int name(int fd, int command, ...) {                                        \
        va_list rest;                                                           \
        va_start(rest, command);                                                \
        void *argument = va_arg(rest, void *);                                  \
        va_end(rest);                                                           \
        REAL(int, name, int, int, ...)                                          \
        char full[PATH_MAX];                                                    \
        if ((command != F_SETLK && command != F_GETLK) || !watched(fd, full))   \
            return real(fd, command, argument);                                 \
        CALL(0, -1)                                                             \
        int result = real(fd, command, argument);                               \
        LEAVE(result);                                                          \
    }
LOCK(fcntl)
LOCK(fcntl64)

#define ON_PATH(type, name, dir, path, writes, failed, parameters, arguments, noting)   \
    type name parameters {                                                      \
        REAL(type, name, PARAMETERS parameters)                                 \
        char full[PATH_MAX];                                                    \
        if (!full_path(dir, path, full)) return real arguments;                 \
        CALL(writes, failed)                                                    \
        type result = real arguments;                                           \
        noting;                                                                 \
        LEAVE(result);                                                          \
    }

ON_PATH(int, stat, AT_FDCWD, path, 0, -1, (const char *path, struct stat *to), (path, to), (void)0)
ON_PATH(int, stat64, AT_FDCWD, path, 0, -1, (const char *path, struct stat64 *to), (path, to), (void)0)
ON_PATH(int, lstat, AT_FDCWD, path, 0, -1, (const char *path, struct stat *to), (path, to), (void)0)
ON_PATH(int, lstat64, AT_FDCWD, path, 0, -1, (const char *path, struct stat64 *to), (path, to), (void)0)
ON_PATH(int, fstatat, dir, path, 0, -1, (int dir, const char *path, struct stat *to, int flags),
        (dir, path, to, flags), (void)0)
ON_PATH(int, fstatat64, dir, path, 0, -1, (int dir, const char *path, struct stat64 *to, int flags),
        (dir, path, to, flags), (void)0)
ON_PATH(int, access, AT_FDCWD, path, 0, -1, (const char *path, int mode), (path, mode), (void)0)
ON_PATH(int, faccessat, dir, path, 0, -1, (int dir, const char *path, int mode, int flags),
        (dir, path, mode, flags), (void)0)
ON_PATH(DIR *, opendir, AT_FDCWD, path, 0, NULL, (const char *path), (path), (void)0)
ON_PATH(ssize_t, readlink, AT_FDCWD, path, 0, -1, (const char *path, char *to, size_t size),
        (path, to, size), (void)0)
ON_PATH(int, chmod, AT_FDCWD, path, 1, -1, (const char *path, mode_t mode), (path, mode), (void)0)
ON_PATH(int, fchmodat, dir, path, 1, -1, (int dir, const char *path, mode_t mode, int flags),
        (dir, path, mode, flags), (void)0)
ON_PATH(int, mkdir, AT_FDCWD, path, 1, -1, (const char *path, mode_t mode), (path, mode),
        if (!result) record_path('M', node_at(full), full))
ON_PATH(int, mkdirat, dir, path, 1, -1, (int dir, const char *path, mode_t mode), (dir, path, mode),
        if (!result) record_path('M', node_at(full), full))
ON_PATH(int, rmdir, AT_FDCWD, path, 1, -1, (const char *path), (path),
        if (!result) record_path('U', 0, full))
ON_PATH(int, unlink, AT_FDCWD, path, 1, -1, (const char *path), (path),
        if (!result) record_path('U', 0, full))
ON_PATH(int, unlinkat, dir, path, 1, -1, (int dir, const char *path, int flags), (dir, path, flags),
        if (!result) record_path('U', 0, full))
ON_PATH(int, truncate, AT_FDCWD, path, 1, -1, (const char *path, off_t size), (path, size),
        if (!result) record('T', node_at(full), (uint64_t)size, NULL, 0))

static int rename_noted(int result, const char *from, const char *to) {
    char both[2 * PATH_MAX];
    int length = snprintf(both, sizeof both, "%s%c%s", from, '\n', to);
    if (!result) record('R', 0, 0, both, (size_t)length);
    return result;
}

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *)
    char source[PATH_MAX], target[PATH_MAX];
    int is_ours = full_path(AT_FDCWD, from, source);
    if (!full_path(AT_FDCWD, to, target) && !is_ours) return real(from, to);
    CALL(1, -1)
    int result = rename_noted(real(from, to), source, target);
    LEAVE(result);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to) {
    REAL(int, renameat, int, const char *, int, const char *)
    char source[PATH_MAX], target[PATH_MAX];
    int is_ours = full_path(from_dir, from, source);
    if (!full_path(to_dir, to, target) && !is_ours) return real(from_dir, from, to_dir, to);
    CALL(1, -1)
    int result = rename_noted(real(from_dir, from, to_dir, to), source, target);
    LEAVE(result);
}
