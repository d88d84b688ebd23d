#include <archive.h>
#include <archive_entry.h>

/* memfd_create(2) hides behind _GNU_SOURCE, which Swift's view of the C library does not define. */
extern int memfd_create(const char *name, unsigned int flags);
