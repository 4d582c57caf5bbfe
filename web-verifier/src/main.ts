import { startPage } from './page/start-page.ts'
import { leaveNetwork } from './page/without-network.ts'
import { startView } from './view/start.ts'

leaveNetwork(window)
startPage(startView).catch((error: unknown) => {
  // The text that stands in the page is all that is shown.
  console.error(error)
})
