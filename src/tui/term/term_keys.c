// SPDX-License-Identifier: MIT
// Waiting for keys and signals, and reading them.
#include "tui/term/term_parts.h"

#include "tui/term/wake.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

static void term_keys_signals_take(struct term *t)
{
	struct wake wake = wake_take();
	t->leaving |= wake.leave;
	t->stopping |= wake.stop;
	if (wake.resize)
		t->resized |= term_size_ask(t);
}

bool term_leaving(struct term *t)
{
	if (!t->null)
		term_keys_signals_take(t);
	return t->leaving;
}

static bool term_keys_readable(struct term *t, int ms)
{
	struct pollfd fds[2] = { { .fd = fileno(t->in), .events = POLLIN },
		{ .fd = wake_fd(), .events = POLLIN } };
	if (t->gone)
		fds[0].fd = -1;
	return poll(fds, 2, ms) > 0;
}

bool term_typed_ahead(struct term *t)
{
	struct pollfd fd = { .fd = fileno(t->in), .events = POLLIN };
	return !t->null && poll(&fd, 1, 0) > 0;
}

bool term_idle(struct term *t)
{
	return !t->null && !t->leaving && !t->stopping && !t->resized &&
	       !key_reader_waits(&t->keys) && !term_keys_readable(t, 0);
}

bool term_wait(struct term *t, int ms)
{
	if (t->null)
		return false;
	if (t->leaving || t->stopping || t->resized || term_keys_readable(t, ms))
		return true;
	// A paste or a report whose end got lost must not hold the keyboard for ever.
	t->rest_lost = key_reader_waits(&t->keys);
	return t->rest_lost;
}

// True: something came.
static bool term_keys_bytes_read(struct term *t, int ms)
{
	struct pollfd fd = { .fd = fileno(t->in), .events = POLLIN };
	unsigned char bytes[4096];
	size_t room = key_reader_room(&t->keys);
	if (t->gone || room == 0 || poll(&fd, 1, ms) <= 0)
		return false;
	ssize_t n = read(fd.fd, bytes, room < sizeof bytes ? room : sizeof bytes);
	if (n > 0)
		key_reader_add(&t->keys, bytes, (size_t)n);
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		t->gone = t->leaving = true;
	return n > 0;
}

static bool signal_key(struct term *t, struct key *key)
{
	bool *const told[] = { &t->leaving, &t->stopping, &t->resized };
	const enum key_type types[] = { PRESS_LEAVE, PRESS_STOP, PRESS_RESIZE };
	for (size_t i = 0; i < 3; i++)
		if (*told[i]) {
			*told[i] = false;
			*key = (struct key){ .type = types[i] };
			return true;
		}
	return false;
}

bool term_read(struct term *t, struct key *key)
{
	if (t->null)
		return false;
	for (;;) {
		term_keys_signals_take(t);
		if (signal_key(t, key) || key_reader_next(&t->keys, false, key))
			return true;
		bool long_wait = key_reader_waits(&t->keys), held = t->keys.start < t->keys.end;
		if (term_keys_bytes_read(t, held && !long_wait ? t->esc_ms : 0) || t->leaving)
			continue;
		if (long_wait ? !t->rest_lost : !held)
			return false;
		t->rest_lost = false;
		return key_reader_next(&t->keys, true, key);
	}
}
