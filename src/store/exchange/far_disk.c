// SPDX-License-Identifier: MIT
// Which disks are far.
//
// Rule 1. A disk is near only if it is known to be: of a kind that this computer's own kernel
//         writes alone. Whatever is not known is far: a copy costs room, a lost lock costs work.
// Rule 2. FUSE is far, whatever is behind it: it may be a cloud, another computer or a stick, and
//         what of locks and renames it keeps is its own affair.
#include "store/exchange/far.h"

#include <plando/str.h>

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { LINKS_MOST = 16, PATH_ROOM = 4200 };

// statfs(2); Linux, include/uapi/linux/magic.h.
static const struct {
	uint32_t magic;
	const char *kind;
} FAR[] = {
	{ 0x6969, "network drive (NFS)" },
	{ 0x517b, "network drive (SMB)" },
	{ 0xfe534d42, "network drive (SMB)" },
	{ 0xff534d42, "network drive (SMB)" },
	{ 0x65735546, "mounted drive (FUSE)" },
	{ 0x01021997, "shared drive (9p)" },
	{ 0x5346414f, "network drive (AFS)" },
	{ 0x6b414653, "network drive (AFS)" },
	{ 0x73757245, "network drive (Coda)" },
	{ 0x564c, "network drive (NCP)" },
	{ 0x00c36400, "network drive (Ceph)" },
	{ 0x0bd00bd0, "network drive (Lustre)" },
	{ 0x47504653, "network drive (GPFS)" },
	{ 0x19830326, "network drive (BeeGFS)" },
	{ 0x20030528, "network drive (OrangeFS)" },
	{ 0xaad7aaea, "network drive (PanFS)" },
	{ 0x01161970, "shared disk (GFS2)" },
	{ 0x7461636f, "shared disk (OCFS2)" },
	{ 0x786f4256, "shared folder (VirtualBox)" },
	{ 0xbacbacbc, "shared folder (VMware)" },
};

static const uint32_t NEAR[] = {
	0xef53,	    // ext2, ext3, ext4
	0x58465342, // XFS
	0x9123683e, // Btrfs
	0x2fc12fc1, // ZFS
	0xca451a4e, // bcachefs
	0xf2f52010, // F2FS
	0x3153464a, // JFS
	0x52654973, // ReiserFS
	0x3434,	    // NILFS
	0x01021994, // tmpfs
	0x858458f6, // ramfs
	0x794c7630, // overlayfs
	0xf15f,	    // eCryptfs
	0x4d44,	    // FAT
	0x2011bab0, // exFAT
	0x7366746e, // NTFS (ntfs3)
	0x5346544e, // NTFS
	0x482b,	    // HFS+
	0x4244,	    // HFS
	0x00011954, // UFS
	0x15013346, // UDF
	0x9660,	    // ISO 9660
	0x73717368, // squashfs
	0xe0f5e1e2, // EROFS
	0x28cd3d45, // cramfs
};

static const char *far_disk_kind_of(uint32_t magic)
{
	for (size_t i = 0; i < sizeof NEAR / sizeof *NEAR; i++)
		if (NEAR[i] == magic)
			return NULL;
	for (size_t i = 0; i < sizeof FAR / sizeof *FAR; i++)
		if (FAR[i].magic == magic)
			return FAR[i].kind;
	return "disk of a kind that plando does not know"; // rule 1
}

const char *far_kind(const char *path, int *number)
{
	struct statfs fs;
	*number = 0;
	if (statfs(path, &fs) == 0)
		return far_disk_kind_of((uint32_t)fs.f_type);
	*number = errno;
	return NULL;
}

bool far_disk_stands(const char *path)
{
	char part[PATH_ROOM];
	int number = ENOENT;
	const char *kind = NULL;
	if ((size_t)snprintf(part, sizeof part, "%s", path) >= sizeof part)
		return false;
	for (char *at = part; number == ENOENT || number == ENOTDIR;) {
		at = dirname(at);
		kind = far_kind(at, &number);
		if (str_equal(at, "/") || str_equal(at, "."))
			break;
	}
	return kind != NULL;
}

// What a link that leads nowhere points to; NULL: it is none.
static char *far_disk_link_target(struct arena *a, const char *path, const char *folder)
{
	char to[PATH_ROOM];
	ssize_t n = readlink(path, to, sizeof to - 1);
	if (n <= 0)
		return NULL;
	to[n] = '\0';
	return *to == '/' ? arena_strdup(a, to) : arena_printf(a, "%s/%s", folder, to);
}

static char *far_disk_real_of(struct arena *a, const char *path, int depth)
{
	char real[PATH_MAX];
	bool there = realpath(path, real) != NULL;
	char *whole = arena_strdup(a, there ? real : path);
	bool followed = there || str_equal(path, "/") || str_equal(path, ".");
	if (!whole || followed || depth > LINKS_MOST)
		return whole;
	char *one = arena_strdup(a, path), *two = arena_strdup(a, path);
	char *folder = one && two ? dirname(one) : NULL;
	char *target = folder ? far_disk_link_target(a, path, folder) : NULL;
	if (target)
		return far_disk_real_of(a, target, depth + 1);
	char *above = folder ? far_disk_real_of(a, folder, depth + 1) : NULL;
	return above ? arena_printf(a, "%s/%s", str_equal(above, "/") ? "" : above, basename(two))
		     : NULL;
}

char *far_real(struct arena *a, const char *path)
{
	return far_disk_real_of(a, path, 0);
}
