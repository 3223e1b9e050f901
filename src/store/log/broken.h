// SPDX-License-Identifier: MIT
// -DBREAK_chain=1 and its sisters switch one rule off, to prove that the property tests notice: of the
// log by the histories of copies, of the outbox (box…) by those of a workbook that is written over.
#ifndef PLANDO_STORE_BROKEN_H
#define PLANDO_STORE_BROKEN_H

#ifndef BREAK_chain // a change is not chained to the one before it
#define BREAK_chain 0
#endif
#ifndef BREAK_delwins // a deletion wins
#define BREAK_delwins 0
#endif
#ifndef BREAK_maxhlc // the newest wins, whatever its writer had seen
#define BREAK_maxhlc 0
#endif
#ifndef BREAK_mutkey // a field that names the record may be changed
#define BREAK_mutkey 0
#endif
#ifndef BREAK_cidtie // of equal clocks no fixed one is shown
#define BREAK_cidtie 0
#endif
#ifndef BREAK_scope // one stream for all scopes
#define BREAK_scope 0
#endif
#ifndef BREAK_crossing // who writes for another team is heard
#define BREAK_crossing 0
#endif
#ifndef BREAK_flatfork // a fork is not split again
#define BREAK_flatfork 0
#endif
#ifndef BREAK_boxpath // a no counts for every file
#define BREAK_boxpath 0
#endif
#ifndef BREAK_boxscrub // what others erase in the file stays in the outbox
#define BREAK_boxscrub 0
#endif
#ifndef BREAK_boxmerged // what was merged is not kept
#define BREAK_boxmerged 0
#endif
#ifndef BREAK_boxgrew // a file that changed is held to have grown
#define BREAK_boxgrew 0
#endif
#ifndef BREAK_boxaged // what is old enough goes, also where the workbook lacks it
#define BREAK_boxaged 0
#endif
#ifndef BREAK_boxerase // the outbox does not erase
#define BREAK_boxerase 0
#endif
#ifndef BREAK_boxeach // one bad stream stops all
#define BREAK_boxeach 0
#endif
#ifndef BREAK_boxblank // a blank comes back without what blanked it
#define BREAK_boxblank 0
#endif

#endif
