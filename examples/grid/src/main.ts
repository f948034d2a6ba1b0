import { startGrid } from './grid'
import { record } from './record'

const options = new URLSearchParams(location.search)
const element = document.getElementById('grid')
if (element) record(startGrid(element, Number(options.get('rows') ?? 10_000), Number(options.get('seed') ?? 1)))
