// SPDX-License-Identifier: MIT
// The least that a command can cost: a process that prints one line.
#include <stdio.h>

int main(void)
{
	puts("hello");
	return 0;
}
