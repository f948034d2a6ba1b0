import { describe } from 'vitest'
import { engineScenarios } from './testing/engine-scenarios'
import { retentionScenarios } from './testing/retention-scenarios'

describe('an engine without a disk', () => engineScenarios(false, () => ''))

describe('what an engine without a disk keeps', () => retentionScenarios(false, () => ''))
