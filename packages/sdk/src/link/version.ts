/** The version of this package; the same stands in package.json. */
export const SDK_VERSION = '0.1.0'
