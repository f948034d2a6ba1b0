import manifest from '../../manifest.json' with { type: 'json' }

export type Target = 'chromium' | 'firefox'

/** Returns the manifest for one browser. The file holds Chromium's; Firefox's has the relay as its background in addition. */
export function manifestFor(target: Target): Record<string, unknown> {
  if (target === 'chromium') return { ...manifest }
  const { minimum_chrome_version: _version, message_serialization: _serialization, ...common } = manifest
  return {
    ...common,
    background: { scripts: ['src/background/relay.ts'], type: 'module' },
    browser_specific_settings: {
      gecko: {
        id: 'playhead@playhead',
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  }
}
