import { type Artifact, artifactsOf } from '@playhead/shared/model/artifact'
import type { SessionInfo } from '@playhead/shared/model/session'
import { useEffect, useState } from 'preact/hooks'
import { usePanel } from '../state/context'
import { bytes, clock, count, visible } from '../widgets/format'
import { isText, previewOf, saveArtifact, whyMissing } from './artifact-file'

const SHOWN = 200
/** Bytes that are not here yet are looked for again after so many ms. */
const LOOK = 1000

/** Lists what the app kept with the session, and says why bytes are missing. */
export function SessionArtifacts({ session }: { session: SessionInfo }) {
  const { engine } = usePanel()
  const [here, setHere] = useState<ReadonlySet<string> | null>(null)
  const artifacts = artifactsOf(session)
  const refs = [...new Set(artifacts.map(({ ref }) => ref))].filter(Boolean)
  const missing = here !== null && refs.some(ref => !here.has(ref))
  useEffect(() => {
    const look = () => engine.sessions.artifacts(refs).then(found => setHere(new Set(found)))
    if (!missing) void look()
    // Bytes that are missing may be on their way.
    const again = missing ? setInterval(() => void look(), LOOK) : undefined
    return () => clearInterval(again)
  }, [session, missing])
  if (artifacts.length === 0 || !here) return null
  return (
    <>
      <h3>Artifacts</h3>
      <ul class="artifacts" data-testid="artifacts">
        {artifacts.slice(0, SHOWN).map((artifact, i) => (
          <ArtifactItem
            key={i}
            artifact={artifact}
            at={session.started + artifact.time}
            here={here.has(artifact.ref)}
          />
        ))}
      </ul>
      {artifacts.length > SHOWN && <p class="quiet">and {count(artifacts.length - SHOWN)} more</p>}
    </>
  )
}

interface ArtifactItemProps {
  artifact: Artifact
  /** When the app kept the artifact, in epoch ms. */
  at: number
  here: boolean
}

function ArtifactItem({ artifact, at, here }: ArtifactItemProps) {
  const { engine } = usePanel()
  const [preview, setPreview] = useState<ReturnType<typeof previewOf> | null>(null)
  const [gone, setGone] = useState(false)
  const read = async (use: (data: ArrayBuffer) => void) => {
    const data = await engine.sessions.artifact(artifact.ref)
    if (data) use(data)
    else setGone(true)
  }
  const name = visible(artifact.name)
  return (
    <li data-testid="artifact">
      <span class="artifact-name" title={name}>
        {name}
      </span>
      <span class="quiet">
        {[visible(artifact.type), bytes(artifact.bytes), clock(at)].filter(Boolean).join(' · ')}
      </span>
      {here && !gone ? (
        <span class="artifact-actions">
          {isText(artifact.type) && (
            <button
              type="button"
              aria-expanded={preview !== null}
              data-testid="artifact-preview"
              onClick={() => (preview ? setPreview(null) : void read(data => setPreview(previewOf(data))))}
            >
              Preview
            </button>
          )}
          <button
            type="button"
            data-testid="artifact-download"
            onClick={() => void read(data => saveArtifact(artifact, data))}
          >
            Download
          </button>
        </span>
      ) : (
        <span class="warn">{gone ? 'damaged or gone' : whyMissing(artifact)}</span>
      )}
      {preview && (
        <pre class="shape" data-testid="artifact-text">
          {visible(preview.text)}
          {preview.more && '…'}
        </pre>
      )}
    </li>
  )
}
