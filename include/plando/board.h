// SPDX-License-Identifier: MIT
// The board: every team with the latest of everything; what the app's board, `status` and reports
// print. Names come cheaply for all teams; the facts of a team are asked for when it is shown.
#ifndef PLANDO_BOARD_H
#define PLANDO_BOARD_H

#include <plando/store.h>

struct board_team {
	struct id id;
	const char *name, *status;	 // status: "" = active, or active, paused, finished
	const char *system, *workstream; // names, "" = none
	struct id system_id;		 // all zero: none
	bool archived;
};

struct board {
	const char *name;	  // of the collaborative
	const char *system_label; // what a system is called here: "ICS"; "system" where not set
	struct board_team *team;  // by system (those without one last), then by name
	size_t count, systems;	  // systems that have a team here
};

bool board_list(struct store *s, struct arena *a, bool archived, struct board *out, struct err *e);

// How many conflicts are open in the workbook; cheap enough to ask after every save.
bool board_conflicts(struct store *s, int64_t *out, struct err *e);

// What a person should look at, as bits; BOARD_FLAGS says them in a fixed order.
enum {
	FLAG_QUIET = 1,		// nothing done, met, coached or scored in BOARD_QUIET_DAYS
	FLAG_NO_AIM = 2,	// the charter says neither what nor by when
	FLAG_NO_PREDICTION = 4, // a cycle's Do has begun and nothing was predicted
	FLAG_STUDY_DUE = 8,	// a cycle waits for Study
	FLAG_ACT_DUE = 16,	// a cycle waits for a decision
	FLAG_NO_DATA = 32,	// there are measures, and not one data point
	FLAG_CONFLICT = 64,	// copies disagree about something of this team
	FLAG_ABSENT = 128,	// this copy is a part, without this team: no other flag then
	FLAG_STALE = 4096,	// a key measure had no data for two intervals
	FLAG_STALLED = 8192,	// on one supported level for three months
};
struct board_flag {
	unsigned bit;
	const char *id, *words; // "no_prediction", "no prediction"
};
extern const struct board_flag BOARD_FLAGS[]; // ends with bit 0

enum { BOARD_MONTHS = 12, BOARD_QUIET_DAYS = 60 };

enum { BOARD_OUTCOME, BOARD_PROCESS, BOARD_BALANCING, BOARD_MEASURES };

struct board_facts {
	// The newest assessment that is not private (of one day: the coach's), and before it the
	// one whose score it is compared with. "" = none. Scores are exact decimals as text.
	const char *score, *score_date, *score_before;
	// What stood at the end of each of the last 12 months, the last one is this month; -1 =
	// none yet.
	double trend[BOARD_MONTHS];
	size_t cycles, cycles_open;
	date_t cycle_last; // newest day of a Do that has come; valid where cycle_known
	bool cycle_known;
	size_t ideas, ideas_tested, ideas_implemented; // tested: rule 6 of driver.h
	size_t primary, secondary;
	size_t actions_open, actions_overdue;
	size_t measures[BOARD_MEASURES];
	size_t points;
	unsigned owed; // of the flags, those that its cycles raise; all of them: board_look
	int study_days, act_days; // how long the oldest of those stands; 0 = since today
};

bool board_facts(struct store *s, struct arena *a, const struct id *team, struct board_facts *out,
    struct err *e);

// All that a person should look at in a team: the one function for board, status, team screen and
// reports. It asks the evidence engine: a few times the price of board_facts.
struct board_look {
	unsigned flags;
	int study_days, act_days;
	const char *supported; // the score that the record supports
};
bool board_look(struct store *s, struct arena *a, const struct id *team,
    const struct board_facts *facts, struct board_look *out, struct err *e);
// "Study due for 12 days, data too old". "" where there is nothing; NULL: out of memory.
char *board_look_words(struct arena *a, const struct board_look *look, const char *between);

// The latest of everything on the team's screen; texts "" where there is nothing.
struct board_latest {
	const char *coaching_date, *coach; // the newest coaching session
	size_t coachings;
	size_t people; // with a membership that is not over
	const char *lead, *sponsor;
	const char *involved_date, *involved, *changed; // the newest involvement
	size_t involvements;
	const char *score_team, *score_coach; // the newest of each
	const char *cycle_due; // the title of a cycle that waits for Study or Act, the oldest first
	bool cycle_due_act;
	int cycle_due_days; // since when; 0 = since today, or not told
};
bool board_latest(struct store *s, struct arena *a, const struct id *team, struct board_latest *out,
    struct err *e);

#endif
