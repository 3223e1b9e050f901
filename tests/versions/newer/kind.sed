# A kind more.
/{ NULL },/i\
	{ "storyboard", "storyboards", "storyboard", SCOPE_TEAM, {"team"}, {0}, "team", 0 },
