import { expose } from 'comlink'
import { Engine } from '../engine'
import { browserHost } from './host'

expose(new Engine(browserHost()))
