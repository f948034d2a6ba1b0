import type { Bounds, Retention } from '@playhead/engine/contract/sessions'
import type { EngineStatus } from '@playhead/engine/contract/status'
import { usePanel } from '../state/context'
import { bytes, count } from '../widgets/format'
import { Meter } from '../widgets/meter'
import { NumberInput } from '../widgets/number-input'
import { titleOf } from './session-title'

const KEEP: Record<Retention['keep'], string> = {
  disk: 'on this disk',
  memory: 'in memory, until the panel is closed',
  none: 'nothing: only the running session, until it ends',
}
const MB = 1 << 20
const DAY = 86_400_000
const FIELDS: { bound: keyof Bounds; label: string; unit: number; step: number }[] = [
  { bound: 'events', label: 'events', unit: 1, step: 1000 },
  { bound: 'bytes', label: 'MB', unit: MB, step: 1 },
  { bound: 'age', label: 'days', unit: DAY, step: 0.1 },
]

/** Shows what is kept now, what is kept at most, and what goes next. Changes hold at once. */
export function StorageDialog() {
  const { store, actions } = usePanel()
  const status = store.status.value
  if (!status) return null
  const { retention, kept, next, memory, disk, events, textInMemory } = status
  const set = (change: Partial<Retention>) => void actions.sessions.setRetention({ ...retention, ...change })
  const onDisk = retention.keep === 'disk'
  const goes = store.sessions.value.find(session => session.id === next?.id) ?? null
  return (
    <>
      <label class="field">
        Keep sessions{' '}
        <select
          data-testid="retention-keep"
          value={retention.keep}
          onChange={event => set({ keep: event.currentTarget.value as Retention['keep'] })}
        >
          {Object.entries(KEEP).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <h3>Now</h3>
      <Meter label="This session" value={events} bound={retention.session.events} text={`${count(events)} events`} />
      <Meter
        label={onDisk ? 'This session on disk' : 'This session in memory'}
        value={onDisk ? disk : memory}
        bound={retention.session.bytes}
        text={bytes(onDisk ? disk : memory)}
      />
      <Meter
        label={kept.sessions === 1 ? 'All of it: 1 session' : `All ${count(kept.sessions)} sessions`}
        value={kept.bytes}
        bound={retention.total.bytes}
        text={bytes(kept.bytes)}
      />
      <Meter
        label="Payloads kept ready in memory"
        value={textInMemory}
        bound={retention.textBudget ?? 0}
        text={bytes(textInMemory)}
      />
      <p data-testid="storage-compressed" class="quiet">
        {compression(status)}
      </p>
      {kept.quota > 0 && (
        <Meter label="Granted by the browser" value={kept.usage} bound={kept.quota} text={bytes(kept.usage)} />
      )}
      <p data-testid="retention-next" class="quiet">
        {next?.what === 'session'
          ? `Next to go: the session “${titleOf(goes)}” of ${new Date(goes?.started ?? 0).toLocaleString()}.`
          : next
            ? 'Next to go: the oldest events of this session.'
            : 'Nothing goes by itself.'}
      </p>
      <Limits
        legend="This session at most"
        name="session"
        bounds={retention.session}
        onChange={session => set({ session })}
      />
      <Limits
        legend="All sessions together at most"
        name="total"
        bounds={retention.total}
        onChange={total => set({ total })}
      />
      <fieldset class="limits">
        <legend>Payloads kept ready in memory at most</legend>
        <label>
          <NumberInput
            min={0}
            step={1}
            data-testid="retention-text-budget"
            value={Number(((retention.textBudget ?? 0) / MB).toFixed(3))}
            onTyped={({ valueAsNumber: wanted }) => {
              set({ textBudget: Number.isFinite(wanted) && wanted > 0 ? Math.round(wanted * MB) : 0 })
            }}
          />{' '}
          MB
        </label>
      </fieldset>
      <p class="quiet">Older payloads are read when somebody looks: a search of all of them takes longer.</p>
      <p class="quiet">Empty: no bound. Whole sessions go oldest first; pinned ones stay.</p>
    </>
  )
}

function compression({ compressedChunks, rawChunks, savedBytes }: EngineStatus): string {
  const blocks = compressedChunks + rawChunks
  if (compressedChunks === 0) return 'Nothing of it is compressed: that happens when no events arrive.'
  return `${count(compressedChunks)} of ${count(blocks)} blocks are compressed, which saves ${bytes(savedBytes)}.`
}

interface LimitsProps {
  legend: string
  name: string
  bounds: Bounds
  onChange: (bounds: Bounds) => void
}

function Limits({ legend, name, bounds, onChange }: LimitsProps) {
  return (
    <fieldset class="limits">
      <legend>{legend}</legend>
      {FIELDS.map(({ bound, label, unit, step }) => (
        <label key={bound}>
          <NumberInput
            min={0}
            step={step}
            data-testid={`retention-${name}-${bound}`}
            value={bounds[bound] === 0 ? '' : Number((bounds[bound] / unit).toFixed(3))}
            placeholder="no bound"
            onTyped={({ valueAsNumber: wanted }) => {
              onChange({ ...bounds, [bound]: Number.isFinite(wanted) && wanted > 0 ? Math.round(wanted * unit) : 0 })
            }}
          />{' '}
          {label}
        </label>
      ))}
    </fieldset>
  )
}
