/** Its other end is closed: what is sent is taken from the sender, and reaches nobody. */
let nowhere: MessagePort | undefined

/**
 * Frees the memory of bytes that nobody needs any more, at once. An engine sees small objects and not the memory behind them: in
 * Chromium 156 up to 2 GB of a file of 100 GB had piled up before it looked, where 100 MB did with this. Neither waiting nor
 * `ArrayBuffer.prototype.transfer` helps there; what a message takes with it goes with the message.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  // A buffer of which others may have a part is left alone.
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== byteLength) return
  if (nowhere === undefined) {
    const { port1, port2 } = new MessageChannel()
    port2.close()
    nowhere = port1
  }
  nowhere.postMessage(null, [buffer])
}
