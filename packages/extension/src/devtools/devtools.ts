import { browser } from '../platform/browser'

// Paths begin at the root, because Firefox resolves others from this page and Chromium from the extension's folder.
void browser.devtools.panels.create('Playhead', '/icons/icon-32.png', '/src/panel/devtools-panel.html')
