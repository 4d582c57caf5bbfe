// @ts-nocheck: it stands in front of the functions of node:fs, whatever they are given.
// Ends this process with SIGKILL before or within its n-th write, renaming or removal. Loaded with --import; only for tests.
// PROBATUM_LAST_WRITE: n, from 1; 0 ends nothing. PROBATUM_WRITES: a file that gets the number of them when the process ends.
import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import process from 'node:process'
import threads from 'node:worker_threads'

const last = Number(process.env.PROBATUM_LAST_WRITE ?? 0)
const countFile = process.env.PROBATUM_WRITES
const original = { ...fs, promises: { ...fs.promises } }
let count = 0

const die = () => {
  process.kill(process.pid, 'SIGKILL')
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
/** Counts one, and ends here when it is its turn. */
const step = () => {
  count += 1
  if (count === last) die()
}
/** Bytes that are written count twice: before, and when half of them are there. */
const writing = (bytes, half) => {
  step()
  count += 1
  if (count !== last) return
  half(bytes.subarray(0, bytes.length >> 1))
  die()
}
const asBytes = (data) => (typeof data === 'string' ? Buffer.from(data) : data)
const isMaking = (flags) => typeof flags === 'string' && /[wa]/.test(flags)

/** As the system's, name after name, so that each is a step. */
const removeTree = (path) => {
  const found = original.lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isDirectory()) {
    step()
    original.unlinkSync(path)
    return
  }
  for (const name of original.readdirSync(path)) removeTree(`${path}/${name}`)
  step()
  original.rmdirSync(path)
}
const removal = (path, options) => {
  if (options?.recursive === true) return removeTree(path)
  step()
  return original.rmSync(path, options)
}

for (const name of ['mkdir', 'rename', 'unlink', 'rmdir', 'link', 'truncate']) {
  fs[`${name}Sync`] = (...given) => {
    step()
    return original[`${name}Sync`](...given)
  }
  fs.promises[name] = async (...given) => {
    step()
    return original.promises[name](...given)
  }
}
fs.rmSync = removal
fs.promises.rm = async (path, options) => removal(path, options)
fs.openSync = (path, flags, ...rest) => {
  if (isMaking(flags)) step()
  return original.openSync(path, flags, ...rest)
}
fs.writeSync = (fd, data, ...rest) => {
  if (fd > 2) {
    const [offset = 0, length = data.length - offset] = typeof data === 'string' ? [] : rest
    const bytes = typeof data === 'string' ? asBytes(data) : data.subarray(offset, offset + length)
    writing(bytes, (half) => original.writeSync(fd, half))
  }
  return original.writeSync(fd, data, ...rest)
}
let isWatched = false
fs.promises.open = async (path, flags, ...rest) => {
  if (isMaking(flags)) step()
  const handle = await original.promises.open(path, flags, ...rest)
  if (!isWatched) {
    isWatched = true
    const { prototype } = handle.constructor
    const { write, writeFile, truncate } = prototype
    prototype.write = async function (data, offset = 0, length = data.length - offset, position = null) {
      const bytes = data.subarray(offset, offset + length)
      writing(bytes, (half) => original.writeSync(this.fd, half, 0, half.length, position))
      return write.call(this, data, offset, length, position)
    }
    prototype.writeFile = async function (data, ...others) {
      writing(asBytes(data), (half) => original.writeSync(this.fd, half))
      return writeFile.call(this, data, ...others)
    }
    prototype.truncate = async function (...given) {
      step()
      return truncate.apply(this, given)
    }
  }
  return handle
}
syncBuiltinESMExports()

if (threads.isMainThread && countFile !== undefined)
  process.on('exit', () => original.writeFileSync(countFile, String(count)))
