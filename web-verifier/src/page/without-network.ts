/** Ways out of the page that its policy does not stop (pop-ups, WebRTC), and those that it does. */
const WAYS_OUT = [
  'open',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
  'RTCDataChannel',
  'importScripts',
  'SharedWorker',
  'Notification',
  'PresentationRequest',
]

/**
 * Takes the network's functions away before anything else runs, in the page and in every worker. Nothing here calls
 * them (tools/check-boundaries.mjs), and the policy forbids most: this is for what neither sees.
 */
export function leaveNetwork(scope: object): void {
  for (let owner: object | null = scope; owner !== null; owner = Object.getPrototypeOf(owner)) {
    for (const name of WAYS_OUT) Reflect.deleteProperty(owner, name)
  }
  const { navigator } = scope as { readonly navigator?: object }
  if (navigator === undefined) return
  for (const name of ['sendBeacon', 'serviceWorker', 'presentation', 'joinAdInterestGroup']) {
    Reflect.deleteProperty(Object.getPrototypeOf(navigator), name)
  }
}
