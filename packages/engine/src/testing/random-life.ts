import { eventId } from '@playhead/shared/model/id'
import { type Batch, NO_FACET } from '@playhead/shared/wire/columns'
import type { ProducerLog } from '../log/producer-log'
import type { SessionLog } from '../log/session-log'
import { makeBatch, testProducer } from './make-batch'
import type { Random } from './random'

/** Three producers with skewed clocks that lose, double, delay and explain events: everything a log must bear. */
export class RandomLife {
  private next: number[]
  private held: { producer: ProducerLog; batch: Batch }[] = []

  constructor(
    private readonly log: SessionLog,
    private readonly logs: readonly ProducerLog[],
    private readonly random: Random,
  ) {
    this.next = logs.map(producer => producer.covered + 1)
  }

  step(): void {
    const { random } = this
    const code = random.whole(0, this.logs.length - 1)
    const producer = this.logs[code]!
    const count = random.whole(1, 400)
    const first = this.next[code]! + (random.chance(0.1) ? random.whole(1, 30) : 0)
    let numbers = Array.from({ length: count }, (_, i) => first + i)
    this.next[code] = first + count
    if (random.chance(0.15)) numbers = numbers.filter(() => random.chance(0.9))
    if (numbers.length === 0) return
    const batch = this.batch(producer, numbers)
    if (random.chance(0.1)) this.held.push({ producer, batch })
    else this.log.append(batch, producer)
    if (random.chance(0.1)) this.log.append(batch, producer)
    if (this.held.length > 0 && random.chance(0.2)) {
      const late = this.held.shift()!
      this.log.append(late.batch, late.producer)
    }
    if (random.chance(0.1)) {
      const end = producer.covered + random.whole(0, 5)
      this.log.addGap(producer, Math.max(1, end - random.whole(0, 40)), end, random.pick(['buffer', 'paused']), 1, 2)
      this.next[code] = Math.max(this.next[code]!, producer.covered + 1)
    }
  }

  private batch(producer: ProducerLog, numbers: number[]): Batch {
    const { random } = this
    const id = producer.info.id
    const row = random.whole(0, numbers.length - 1)
    const n = numbers[row]!
    const rest: Partial<Batch> = {}
    if (random.chance(0.5)) {
      const values = Float64Array.from(numbers, number => (number % 3 === 0 ? Number.NaN : number))
      const codes = Uint16Array.from(numbers, number => (number % 4 === 0 ? NO_FACET : number % 2))
      rest.facets = [
        { name: 'tick', form: 'number', values },
        {
          name: 'agent',
          form: 'text',
          values: random.pick([
            ['a', 'b'],
            ['b', 'c'],
          ]),
          codes,
        },
      ]
      rest.moreCauses = [{ row, id: eventId(testProducer(7), n), kind: 2 }]
      rest.patches = [{ row, state: 'grid', json: `{"row":${n}}` }]
      rest.originalSizes = [{ row, bytes: n }]
      rest.foreignIds = [{ row, id: `foreign ${n}` }]
    }
    if (random.chance(0.2)) rest.late = [{ n: random.whole(1, n), duration: n / 4, flags: 4 }]
    if (random.chance(0.1)) {
      const mark = { time: n, kind: 'day' as const, name: `day ${n}`, producer: id, afterN: n }
      const keyframe = {
        producer: id,
        afterN: n,
        take: 0,
        time: n,
        state: 'grid',
        json: `[${n}]`,
        why: 'request' as const,
      }
      rest.marks = [mark]
      rest.keyframes = [keyframe]
    }
    const types = random.pick([['a', 'b'], ['b', 'a', 'c'], [`rare ${n % 17}`]])
    return makeBatch({ producer: id, numbers, types, time: n, bytes: random.pick([0, 30, 200]), rest })
  }
}
