// SPDX-License-Identifier: MIT
// Until the form and the diagram are here.
#include "tui/screens.h"
bool diagram_screen_open(
    struct app *app, const struct id *team, const struct id *focus, struct err *e)
{
	(void)app, (void)team, (void)focus;
	return err_set(e, ERR_UNAVAILABLE, "not here yet");
}
bool form_screen_open(struct app *app, const char *kind, const struct id *id,
    const char *const given[], struct err *e)
{
	(void)app, (void)kind, (void)id, (void)given;
	return err_set(e, ERR_UNAVAILABLE, "not here yet");
}
