import { describe, expect, it } from 'vitest'
import { artifactFileName, isText, previewOf, whyMissing } from './artifact-file'

describe('the name of an artifact as a file', () => {
  it.each([
    ['day 3 report', 'application/json', 'day-3-report.json'],
    ['report.json', 'application/json', 'report.json'],
    ['trace.log', '', 'trace.log'],
    ['../../etc/passwd', '', 'etc-passwd.bin'],
    ['..\\..\\run.exe', 'application/json', 'run.exe.json'],
    ['setup.exe', '', 'setup.exe.bin'],
    ['page.html', 'text/html; charset=utf-8', 'page.html.txt'],
    ['picture.svg', 'image/svg+xml', 'picture.svg.bin'],
    ['gpj.\u202eexe', 'image/png', 'gpj.-exe.png'],
    ['', '', 'artifact.bin'],
    ['...', 'text/plain', 'artifact.txt'],
    ['NUL', '', 'artifact-NUL.bin'],
    ['con.txt', '', 'artifact-con.txt'],
    ['x', 'constructor', 'x.bin'],
    ['é'.repeat(200), 'image/png', `${'é'.repeat(80)}.png`],
  ])('%j of type %j is %j', (name, type, expected) => {
    expect(artifactFileName({ name, type })).toBe(expected)
  })
})

describe('a preview', () => {
  it('is for text, and bounded', () => {
    expect(['text/html', 'application/json', 'application/ld+json; x=1'].map(isText)).toEqual([true, true, true])
    expect(['image/png', '', 'application/octet-stream', 'x-text/plain'].map(isText)).toEqual(Array(4).fill(false))
    const of = (text: string) => previewOf(new TextEncoder().encode(text).buffer)
    expect(of('short')).toEqual({ text: 'short', more: false })
    expect(of('x'.repeat(5000))).toEqual({ text: 'x'.repeat(4000), more: true })
    expect(of('é'.repeat(4000))).toEqual({ text: 'é'.repeat(4000), more: false })
    expect(previewOf(new Uint8Array([0xff, 65]).buffer)).toEqual({ text: '\ufffdA', more: false })
  })
})

describe('bytes that are not here', () => {
  it('have a reason', () => {
    expect(whyMissing({ ref: '', bytes: 17 << 20 })).toContain('larger')
    expect(whyMissing({ ref: '', bytes: 5 })).toContain('not kept')
    expect(whyMissing({ ref: 'ab'.repeat(32), bytes: 5 })).toContain('not here')
  })
})
