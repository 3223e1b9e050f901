// SPDX-License-Identifier: MIT
// Until the diagram is here.
#include "tui/screens.h"
bool diagram_screen_open(
    struct app *app, const struct id *team, const struct id *focus, struct err *e)
{
	(void)app, (void)team, (void)focus;
	return err_set(e, ERR_UNAVAILABLE, "not here yet");
}
