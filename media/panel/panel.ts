/** Entry point of the webview: connects the page with the window's extension. */
// oxlint-disable-next-line import/no-unassigned-import -- esbuild writes it to panel.css beside panel.js
import './panel.css';
import { PanelController, type PanelHost } from './controller.ts';
import type { FromPanel, ToPanel } from './messages.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const root = document.getElementById('app');
if (root !== null) {
  const api = acquireVsCodeApi();
  const host: PanelHost = {
    post: message => api.postMessage(message),
    load: () => api.getState(),
    save: state => api.setState(state),
  };
  let controller: PanelController | null = null;
  // The host's page frames no other document, and a webview's only correspondent is its extension.
  window.addEventListener('message', (event: MessageEvent<ToPanel>) => {
    if (controller !== null) controller.receive(event.data);
    else if (event.data.type === 'initialise') controller = new PanelController(root, host, event.data);
  });
  host.post({ type: 'ready' });
}
