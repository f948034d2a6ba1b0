/** At most so many bytes are kept; the oldest artifacts go. */
const MOST_BYTES = 64 << 20

/** Artifacts that are not on disk, each kept once for all sessions that refer to it. */
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

  /** Forgets a session, and the artifacts that no other session refers to. */
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
