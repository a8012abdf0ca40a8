/* SPDX-License-Identifier: MIT */
/* A look at a module before it is mapped: the loader maps segments without asking whether the
 * file is long enough, and the first touch past its end kills the process. */
#include "core/library.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#if UINTPTR_MAX > UINT32_MAX
typedef Elf64_Ehdr elf_header;
typedef Elf64_Phdr elf_segment;
enum { ELF_CLASS = ELFCLASS64 };
#else
typedef Elf32_Ehdr elf_header;
typedef Elf32_Phdr elf_segment;
enum { ELF_CLASS = ELFCLASS32 };
#endif

static bool within(uint64_t offset, uint64_t length, uint64_t size)
{
    return offset <= size && length <= size - offset;
}

static bool segments_within(int file, const elf_header *header, uint64_t size)
{
    for (unsigned i = 0; i < header->e_phnum; i++) {
        elf_segment segment;
        uint64_t place = header->e_phoff + (uint64_t)i * sizeof segment;

        if (!within(place, sizeof segment, size) ||
            pread(file, &segment, sizeof segment, (off_t)place) != (ssize_t)sizeof segment)
            return false;
        if (segment.p_type == PT_LOAD && !within(segment.p_offset, segment.p_filesz, size))
            return false;
    }
    return true;
}

bool nc_elf_whole(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    elf_header header;
    bool whole = false;

    if (file < 0)
        return false;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
        pread(file, &header, sizeof header, 0) == (ssize_t)sizeof header &&
        memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 && header.e_ident[EI_CLASS] == ELF_CLASS &&
        header.e_type == ET_DYN && header.e_phentsize == sizeof(elf_segment) && header.e_phnum > 0)
        whole = segments_within(file, &header, (uint64_t)status.st_size);
    close(file);
    return whole;
}
