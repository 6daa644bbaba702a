/** The page of the panel's webview. */
import { randomBytes } from 'node:crypto';

export interface PanelPage {
  readonly script: string;
  readonly style: string;
  readonly language: string;
  readonly title: string;
}

/** Nothing may load or run but the two bundled files, and those only by this page's nonce. */
export function panelHtml({ script, style, language, title }: PanelPage): string {
  const nonce = randomBytes(18).toString('base64');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${escapeAttribute(style)}">
</head>
<body>
<div id="app"></div>
<script nonce="${nonce}" src="${escapeAttribute(script)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
