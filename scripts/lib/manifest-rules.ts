import type { Target } from './manifest.ts'

const FORBIDDEN = ['web_accessible_resources', 'content_scripts', 'externally_connectable', 'sandbox']
/** `scripting` puts the bridge into an allowed page, `storage` tells runs of the browser apart, `unlimitedStorage` keeps recordings. */
const PERMISSIONS = ['scripting', 'storage', 'unlimitedStorage']
const AT_INSTALL = /^http:\/\/(localhost|127\.0\.0\.1)\/\*$/
const ON_REQUEST = ['http://*/*', 'https://*/*']
/** The policy of extension pages: each directive with the sources that it may have at most. */
const POLICY: Record<string, string[]> = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'worker-src': ["'self'"],
  'connect-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
}

/** Checks a built manifest. Returns a line for every rule that it breaks. */
export function manifestProblems(manifest: Record<string, unknown>, target: Target): string[] {
  const problems = FORBIDDEN.filter(key => key in manifest).map(key => `manifest.json has ${key}`)
  const beyond = (key: string, allowed: (value: string) => boolean, what: string) => {
    const extra = [manifest[key] ?? []]
      .flat()
      .map(String)
      .filter(value => !allowed(value))
    if (extra.length > 0) problems.push(`manifest.json ${what} ${extra.join(', ')}`)
  }
  beyond('host_permissions', host => AT_INSTALL.test(host), 'asks at install for')
  beyond('optional_host_permissions', host => ON_REQUEST.includes(host), 'may ask later for')
  beyond('permissions', name => PERMISSIONS.includes(name), 'asks for the permission')
  beyond('optional_permissions', () => false, 'may ask for the permission')
  if (target === 'chromium' && 'background' in manifest) problems.push('manifest.json has a background in Chromium')
  if (target === 'firefox' && !collectsNothing(manifest))
    problems.push('manifest.json does not say that no data is collected')
  return [...problems, ...policyProblems(manifest.content_security_policy)]
}

function policyProblems(given: unknown): string[] {
  const policies = (given ?? {}) as Record<string, unknown>
  const problems = Object.keys(policies)
    .filter(key => key !== 'extension_pages')
    .map(key => `manifest.json has a policy for ${key}`)
  const directives = new Map(
    String(policies.extension_pages ?? '')
      .split(';')
      .map(part => part.trim().split(/\s+/))
      .map(([name = '', ...sources]) => [name, sources]),
  )
  for (const [name, allowed] of Object.entries(POLICY)) {
    const sources = directives.get(name)
    if (!sources?.length) problems.push(`the policy has no ${name}`)
    else if (!sources.every(source => allowed.includes(source)))
      problems.push(`the policy lets ${name} be ${sources.join(' ')}`)
  }
  for (const name of directives.keys()) if (!(name in POLICY)) problems.push(`the policy has ${name}`)
  return problems
}

function collectsNothing(manifest: Record<string, unknown>): boolean {
  const settings = manifest.browser_specific_settings as
    | { gecko?: { data_collection_permissions?: { required?: unknown[] } } }
    | undefined
  const { required } = settings?.gecko?.data_collection_permissions ?? {}
  return required?.length === 1 && required[0] === 'none'
}
