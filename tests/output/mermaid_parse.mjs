// SPDX-License-Identifier: MIT
// Does Mermaid's own parser take these files? Prints each that it refuses. Without a browser there
// is nothing to purify for: the parser is all that is asked.
import fs from 'node:fs';
import purify from 'dompurify';

purify.addHook = () => {};
purify.sanitize = (text) => text;
const mermaid = (await import('mermaid')).default;
for (const file of process.argv.slice(2)) {
	try {
		await mermaid.parse(fs.readFileSync(file, 'utf8'));
	} catch (fault) {
		console.log(`${file}: ${fault.message}`);
		process.exitCode = 1;
	}
}
