/** Same as in package.json. */
export const SDK_VERSION = '0.1.0'
