interface ScriptPolicy {
  createScriptURL(url: string): string
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy
}

let policy: ScriptPolicy | undefined
const known = new Set<string>()

/**
 * Starts a classic worker from a text of this program: the one form that works from a `file:` page in every browser.
 * Trusted Types (where there are any) let through only the addresses that were made here.
 */
export function startScriptWorker(script: string): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  known.add(url)
  try {
    return new Worker(policyHere().createScriptURL(url))
  } finally {
    known.delete(url)
    // The worker has asked for it by now; without a turn some browsers have not.
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
}

function policyHere(): ScriptPolicy {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes }
  const rules = {
    createScriptURL(url: string) {
      if (!known.has(url)) throw new TypeError('not a script of this page')
      return url
    },
  }
  policy ??= trustedTypes?.createPolicy('probatum', rules) ?? rules
  return policy
}
