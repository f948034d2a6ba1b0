import { browser } from '../platform/browser'

void browser.devtools.panels.create('Playhead', 'icons/icon-32.png', 'src/panel/devtools-panel.html')
