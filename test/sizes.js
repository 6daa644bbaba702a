/** Builds for production into out/production and fails where a bundle is larger than its limit. */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/**
 * In KB of 1,000 bytes, minified. Of the window's, the index report as a tree, related documents, narrowing, saved
 * searches and exports are 24: their trees must be registered when the window starts, and what is left of them (the
 * exports, 5) is too little for a file of its own. The window and the panel load at each start; the engine may be larger. Of the panel's,
 * steering by chips and the comparison of two hits are 11 and 3 of CSS: the chips are drawn with every result, and what
 * is left (3) is too little for a second file with a request of its own.
 */
const LIMITS = { 'extension.js': 280, 'panel/panel.js': 78, 'panel/panel.css': 18 };

const root = path.resolve(__dirname, '..');
execFileSync(process.execPath, ['esbuild.js', '--production', '--out', 'out/production'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'pipe'],
});
for (const [name, limit] of Object.entries(LIMITS)) {
  const size = fs.statSync(path.join(root, 'out/production', name)).size / 1000;
  const ok = size <= limit;
  console.log(`${ok ? 'ok ' : 'TOO LARGE'} ${name}: ${size.toFixed(1)} of ${limit} KB`);
  if (!ok) process.exitCode = 1;
}
