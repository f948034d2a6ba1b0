import { browser } from '../platform/browser'

// From the root: Firefox resolves other paths from this page, Chromium from the extension's folder.
void browser.devtools.panels.create('Playhead', '/icons/icon-32.png', '/src/panel/devtools-panel.html')
