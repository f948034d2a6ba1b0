import { expose } from 'comlink'
import { Engine } from '../engine'
import { replay } from '../replay/part'
import { transfer } from '../transfer/transfer'

expose(new Engine({ replay, transfer }))
