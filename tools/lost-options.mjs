/** Options of the program that are no settings of npm's own, as npm names them in the environment. */
export const OURS = [
  ...[
    'policy',
    'trust-set',
    'trust-code',
    'at',
    'identity',
    'crl',
    'crls',
    'ocsp',
    'digests',
    'part',
    'names',
    'disclosures',
  ],
  ...[
    'notices',
    'evidence-record',
    'recipient',
    'show-opened',
    'html',
    'inventory',
    'save-facts',
    'details',
    'language',
  ],
  ...['data', 'content', 'out', 'chain', 'tsa', 'demo-authority', 'role', 'issuer', 'source', 'to', 'after', 'until'],
  ...['bundle', 'zip', 'items', 'resume', 'log-key', 'encrypt-to', 'rests-on', 'in', 'template'],
]

/**
 * What npm kept for itself: `npm start verify B --policy=court` without the two hyphens, or with hyphens that PowerShell took out,
 * hands `verify B` alone to the program, and puts the rest into the environment. What is asked for would silently not be asked.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string[]} the options, as typed
 */
export function lostOptions(env) {
  if (env.npm_lifecycle_event !== 'start') return []
  return OURS.filter((name) => env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined).map((name) => `--${name}`)
}

/** @param {readonly string[]} lost */
export function sayLost(lost) {
  return (
    `probatum: npm kept ${lost.join(', ')} for itself. Nothing was checked.\n` +
    '  What to do: put two hyphens before the command: npm start -- verify BUNDLE --policy court. In PowerShell they need\n' +
    "  quotes: npm start '--' verify … Or leave npm out: node cli/dist/probatum.mjs verify …\n"
  )
}
