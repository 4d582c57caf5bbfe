// Read by every tool before anything else, so it keeps to syntax that an old Node can read: no top-level await,
// no `node:` specifiers, no imports.

/** The oldest Node that is supported, as `engines` in package.json says. */
export const OLDEST_NODE = '20.19.0'

/**
 * @param {string} running a version such as `20.20.2`
 * @param {string} oldest
 * @returns {boolean} whether `running` is `oldest` or newer
 */
export function isNewEnough(running, oldest) {
  const ours = running.split('.').map(Number)
  const least = oldest.split('.').map(Number)
  for (let i = 0; i < 3; i += 1) {
    const a = ours[i] || 0
    const b = least[i] || 0
    if (a !== b) return a > b
  }
  return true
}

/** Ends the process with a plain sentence and exit code 70 when this Node is too old. Never 1: 1 is a verdict. */
export function requireNode() {
  if (isNewEnough(process.versions.node, OLDEST_NODE)) return
  console.error(
    `Probatum needs Node.js ${OLDEST_NODE} or newer; this is Node.js ${process.versions.node}.\n` +
      'Get a newer one from https://nodejs.org or from your system, and run the same command again.',
  )
  process.exit(70)
}
