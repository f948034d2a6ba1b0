import { FILE_FORMAT, FILE_VERSION } from '@playhead/shared/file/format'
import { FileError } from './file-error'

/** Throws FileError when the file's format is not that of Playhead's session files. */
export function checkFormat(format: unknown): void {
  if (format === FILE_FORMAT) return
  throw new FileError(`not a Playhead session: "format" is ${JSON.stringify(format)?.slice(0, 80)}`, '', true)
}

/** Throws FileError when the version is not a number from 1 on, or is newer than this reader. */
export function checkVersion(version: unknown): void {
  if (!Number.isInteger(version) || (version as number) < 1) {
    throw new FileError('"version" must be a number from 1 on', '', true)
  }
  if ((version as number) > FILE_VERSION) {
    throw new FileError(
      `the file has version ${String(version)}, this Playhead reads up to ${FILE_VERSION}: open it with a newer Playhead`,
      '',
      true,
    )
  }
}
