import type { TransferPart } from '../parts'

/** The same transfers, and whether one is under way. */
export function countTransfers(part: TransferPart | undefined): {
  part: TransferPart | undefined
  underWay(): boolean
} {
  let count = 0
  const during = async <T>(work: Promise<T>): Promise<T> => {
    count++
    try {
      return await work
    } finally {
      count--
    }
  }
  return {
    part: part && {
      ...part,
      exportSession: (...given) => during(part.exportSession(...given)),
      importSession: (...given) => during(part.importSession(...given)),
    },
    underWay: () => count > 0,
  }
}
