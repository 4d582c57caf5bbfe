import { startPage } from '../src/page/start-page.ts'
import { leaveNetwork } from '../src/page/without-network.ts'

/** The page without its view, for tests that ask the engine itself: same policy, same workers, same self-check. */
leaveNetwork(window)
startPage((engine) => {
  Object.assign(globalThis, { engine })
}).catch((error: unknown) => {
  console.error(error)
})
