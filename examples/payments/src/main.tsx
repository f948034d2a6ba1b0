import { render } from 'preact'
import { createApp } from './app'
import { expose } from './expose'
import { shownState } from './frame'
import { readOptions } from './options'
import { record } from './record'
import { AppView } from './views/app'

const options = readOptions(location.search)
const { bus, store, clock, commands } = createApp(options)
record({ bus, store, clock, config: options.config, level: options.level })
if (options.expose) expose(bus, store)
const root = document.getElementById('app')
if (root) render(<AppView shown={shownState(store)} commands={commands} />, root)
clock.start()
