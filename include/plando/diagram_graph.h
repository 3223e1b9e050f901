// SPDX-License-Identifier: MIT
// A driver diagram in the languages of other people's tools: Graphviz' dot, and Mermaid, which
// wikis and web pages draw. Whatever was typed is taken by both: it stands in quotes, and what
// could mean something there is written as that tool's escape for it.
#ifndef PLANDO_DIAGRAM_GRAPH_H
#define PLANDO_DIAGRAM_GRAPH_H

#include <plando/driver.h>
#include <plando/form.h>
#include <plando/str.h>

// status: the choice whose labels are shown; NULL = ids. False: out of memory.
bool diagram_dot(struct arena *a, const struct driver_diagram *d, const struct form_field *status,
    struct str *out, struct err *e);
bool diagram_mermaid(struct arena *a, const struct driver_diagram *d,
    const struct form_field *status, struct str *out, struct err *e);

#endif
