// SPDX-License-Identifier: MIT
// Command line or app: sets the locale, makes the ground safe, and holds the only exit.
#include "cli/cli.h"

#include <plando/file.h>

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

// A stream that the caller closed must not become the workbook's file. Opened for the wrong
// direction, so that using it fails as it would have.
static void main_hold_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
	main_hold_streams();
	file_umask(umask(077));
	signal(SIGPIPE, SIG_IGN); // a closed pipe and a file too large are errors of a write
	signal(SIGXFSZ, SIG_IGN);
	setlocale(LC_CTYPE, ""); // of the locale only how characters are written
	return cli_main(argc, argv, stdin, stdout, stderr);
}
