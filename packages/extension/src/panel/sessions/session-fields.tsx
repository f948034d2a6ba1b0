import type { TypeFacts } from '@playhead/engine/contract/vocabulary'
import type { SchemaInfo } from '@playhead/shared/model/session'
import { useEffect, useState } from 'preact/hooks'
import { usePanel } from '../state/context'
import { CategoryIcon } from '../widgets/category-icon'
import { count, visible } from '../widgets/format'

/** Shows what the payloads of each type look like, which fields are new, and how many do not fit the schema that the app registered. */
export function SessionFields({ session, schemas }: { session: string; schemas: readonly SchemaInfo[] }) {
  const { engine } = usePanel()
  const [types, setTypes] = useState<TypeFacts[] | null>(null)
  useEffect(() => {
    void engine.read.fields(session).then(setTypes)
  }, [session])
  if (!types) return <p class="quiet">Reading payloads…</p>
  return (
    <div data-testid="fields">
      {types.map(facts => (
        <Type key={facts.type} facts={facts} schema={schemas.find(({ type }) => type === facts.type)} />
      ))}
    </div>
  )
}

interface TypeProps {
  facts: TypeFacts
  schema: SchemaInfo | undefined
}

function Type({ facts: { type, events, misfits, read, fields, others }, schema }: TypeProps) {
  const { categories } = usePanel().store.timeline.known.value
  const fresh = fields.filter(field => field.isNew).length
  return (
    <details class="type-fields">
      <summary>
        <CategoryIcon category={categories.of(type)} before />
        {visible(type)}{' '}
        <span class="quiet">
          {count(events)} {events === 1 ? 'event' : 'events'}, {count(fields.length - 1)} fields
        </span>
        {fresh > 0 && <span class="warn"> {count(fresh)} new</span>}
        {misfits > 0 && <span class="bad"> {count(misfits)} do not fit the schema</span>}
      </summary>
      {schema && (
        <p class="quiet">
          Schema{schema.version && ` version ${visible(schema.version)}`} by {visible(schema.vendor)}
          {misfits === 0 && ': everything fits'}
        </p>
      )}
      {schema?.shape && <pre class="shape">{visible(schema.shape)}</pre>}
      <table class="counts">
        <tbody>
          {fields
            .filter(({ path }) => path !== '')
            .map(field => (
              <tr key={field.path}>
                <th scope="row">
                  <code>{visible(field.path)}</code>
                </th>
                <td>{field.kinds.join(' | ')}</td>
                <td class="quiet">{field.seen === read ? 'always' : `${Math.round((100 * field.seen) / read)} %`}</td>
                <td class="warn">{field.isNew ? `new since #${field.firstSeq}` : ''}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {others > 0 && <p class="quiet">and more fields than are kept</p>}
      {read < events && <p class="quiet">Learned from {count(read)} of these payloads.</p>}
    </details>
  )
}
