import type { Subject } from './explain'

/**
 * Says on the console, once for each subject and value, that an option or argument is not what it should be, and what would be right. The
 * words are loaded when there is something to say.
 */
export function warnWrong(subject: Subject, given: unknown): void {
  void say(subject, given)
}

async function say(subject: Subject, given: unknown): Promise<void> {
  try {
    const { explain } = await import('./explain')
    explain(subject, given)
  } catch {
    // The words could not be loaded: nothing is said.
  }
}
