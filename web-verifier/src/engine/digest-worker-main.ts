import { runDigestWorker } from '@probatum/platform/browser'
import { leaveNetwork } from '../page/without-network.ts'

leaveNetwork(globalThis)
runDigestWorker(globalThis as unknown as Parameters<typeof runDigestWorker>[0])
