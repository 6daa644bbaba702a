/** Builds for production into out/production and fails where a bundle is larger than its limit. */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/**
 * In KB of 1,000 bytes, minified. The window and the panel load at each start; the engine may be larger. Of the window's,
 * vscode-jsonrpc is 61. Of the panel's, lit is 10. To take the seldom used views (comparison, facets, conditions, empty
 * list, legend: 10) out of the panel's file would leave 68 in eight files that import each other, so the first paint
 * would wait for seven further requests.
 */
const LIMITS = { 'extension.js': 250, 'panel/panel.js': 79, 'panel/panel.css': 18 };

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
