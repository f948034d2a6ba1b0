import { describe } from 'vitest'
import { engineScenarios } from './testing/engine-scenarios'

describe('an engine without a disk', () => engineScenarios(false, () => ''))
