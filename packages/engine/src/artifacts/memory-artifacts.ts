/** Bytes of all artifacts in memory; the oldest go. */
const MOST_BYTES = 64 << 20

/** Artifacts of sessions that live in memory only, each once. */
export class MemoryArtifacts {
  private readonly kept = new Map<string, { data: ArrayBuffer; sessions: Set<string> }>()
  private bytes = 0

  has(ref: string): boolean {
    return this.kept.has(ref)
  }

  get(ref: string): ArrayBuffer | undefined {
    return this.kept.get(ref)?.data
  }

  put(session: string, ref: string, data: ArrayBuffer): void {
    const known = this.kept.get(ref)
    if (known) {
      known.sessions.add(session)
      return
    }
    this.kept.set(ref, { data, sessions: new Set([session]) })
    this.bytes += data.byteLength
    for (const oldest of this.kept.keys()) if (this.bytes > MOST_BYTES) this.drop(oldest)
  }

  /** What no other session refers to goes. */
  forget(session: string): void {
    for (const [ref, { sessions }] of this.kept) {
      if (sessions.delete(session) && sessions.size === 0) this.drop(ref)
    }
  }

  clear(): void {
    this.kept.clear()
    this.bytes = 0
  }

  private drop(ref: string): void {
    this.bytes -= this.kept.get(ref)?.data.byteLength ?? 0
    this.kept.delete(ref)
  }
}
