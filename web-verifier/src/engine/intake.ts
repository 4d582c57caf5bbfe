import {
  type BundleSource,
  openArchive,
  ParseError,
  type Policy,
  SourceFault,
  type TrustSet,
  toHex,
} from '@probatum/core'
import { BlobAccess, type ListedBlob, openFileList, type WebPorts } from '@probatum/platform/browser'
import { kindOfArchive } from './archive-kind.ts'
import { describeChoice, policyChoice } from './choices.ts'
import { classify, RECOGNISED_BYTES } from './classify.ts'
import { type EncryptedFile, EncryptedIntake, type OnChecked } from './encrypted-intake.ts'
import {
  type Beside,
  type BundleSubject,
  EngineError,
  type FileId,
  type Intake,
  type OtherFile,
  type Subject,
  type SubjectId,
} from './engine.ts'
import { failureOf } from './failure.ts'
import type { GivenFolder, GivenTree } from './given-files.ts'
import { markedFolders } from './marked-folders.ts'
import { pairByDigest, pairWithBundles } from './pairing.ts'
import { chooseRecordBundles } from './record-bundles.ts'

/** A file that can be asked about. */
export interface KeptFile {
  readonly id: FileId
  readonly name: string
  readonly access: BlobAccess
}

export interface KeptBundle {
  readonly source: BundleSource
  readonly name: string
  readonly bytes: number | null
  /** Fingerprint of the key that opened it, hex; null for what is not encrypted. */
  readonly recipient: string | null
}

/** Files of one folder without a bundle that are looked at one by one: more than people keep beside bundles. */
const LOOKED_AT = 1000

/**
 * Everything that was given so far: what it is, and where its bytes are. Ids depend on the order alone, so that whatever takes a
 * file stands in this one class.
 */
export class IntakeDesk {
  readonly files = new Map<FileId, KeptFile>()
  readonly bundles = new Map<string, KeptBundle>()
  readonly trustSets = new Map<string, TrustSet>()
  readonly policies = new Map<string, Policy>()
  #subjects: Subject[] = []
  readonly #beside: Beside[] = []
  readonly #others: OtherFile[] = []
  readonly #notRead: Intake['notRead'][number][] = []
  readonly #ports: WebPorts
  readonly #encrypted: EncryptedIntake
  #onChecked: OnChecked = () => {}
  #count = 0

  constructor(ports: WebPorts) {
    this.#ports = ports
    this.#encrypted = new EncryptedIntake(ports.inflater)
  }

  get intake(): Intake {
    return {
      subjects: [...this.#subjects],
      beside: [...this.#beside],
      others: [...this.#others],
      notRead: [...this.#notRead],
    }
  }

  /** @throws {EngineError} for a file that is not here */
  fileOf(id: FileId): KeptFile {
    const file = this.files.get(id)
    if (file === undefined) throw new EngineError({ kind: 'choice', what: 'beside' })
    return file
  }

  /** @throws {EngineError} for a subject that is not here */
  subjectOf(id: SubjectId): Subject {
    const subject = this.#subjects.find((each) => each.id === id)
    if (subject === undefined) throw new EngineError({ kind: 'choice', what: 'subject' })
    return subject
  }

  async take(
    { files, folders, unreadable }: GivenTree,
    onLooked: (files: number) => void,
    sample = false,
    onChecked: OnChecked = () => {},
  ): Promise<void> {
    this.#onChecked = onChecked
    let looked = 0
    for (const path of unreadable) this.#notRead.push({ path, reason: 'permission' })
    for (const { path, blob } of files) {
      await this.#takeFile(path, blob, sample)
      onLooked(++looked)
    }
    for (const folder of folders) await this.#takeFolder(folder, () => onLooked(++looked))
    await this.#pair()
  }

  async #takeFolder(folder: GivenFolder, onLooked: () => void): Promise<void> {
    for (const path of folder.unreadable) this.#notRead.push({ path: `${folder.name}/${path}`, reason: 'permission' })
    const marked = markedFolders(folder.files)
    const several = marked.length > 1
    if (marked.length === 0) {
      if (folder.files.length > LOOKED_AT) return this.#addFolder(folder.name, folder.files, folder.unreadable)
      const before = this.#subjects.length + this.#beside.length
      for (const { path, blob } of folder.files) {
        await this.#takeFile(`${folder.name}/${path}`, blob, false)
        onLooked()
      }
      // Nothing that anybody could verify: the folder itself is what the person meant.
      if (this.#subjects.length + this.#beside.length === before)
        this.#addFolder(folder.name, folder.files, folder.unreadable)
      return
    }
    const isInside = (path: string) => marked.some((root) => root === '' || path.startsWith(`${root}/`))
    if (several) {
      for (const root of marked) {
        const below = folder.files.flatMap(({ path, blob }) =>
          path.startsWith(`${root}/`) ? [{ path: path.slice(root.length + 1), blob }] : [],
        )
        const closed = folder.unreadable.flatMap((path) =>
          path.startsWith(`${root}/`) ? [path.slice(root.length + 1)] : [],
        )
        this.#addFolder(root.slice(root.lastIndexOf('/') + 1), below, closed)
      }
    } else this.#addFolder(folder.name, folder.files, folder.unreadable)
    const outside = folder.files.filter(({ path }) => !isInside(path)).slice(0, LOOKED_AT)
    for (const { path, blob } of outside) {
      await this.#takeFile(`${folder.name}/${path}`, blob, false)
      onLooked()
    }
  }

  #addFolder(name: string, files: readonly ListedBlob[], unreadable: readonly string[]): void {
    const irregular = unreadable.map((path) => ({ path, what: 'unreadable-folder' as const }))
    const source = openFileList(files, irregular)
    this.#addBundle({ source, name, bytes: null, recipient: null }, { file: null, inside: null, sample: false })
  }

  #addBundle(bundle: KeptBundle, of: Pick<BundleSubject, 'file' | 'inside' | 'sample' | 'encryption'>): void {
    const id = this.#next('subject')
    const { source, name, bytes } = bundle
    if (source.kind === 'file') throw new TypeError('a file is no container')
    this.bundles.set(id, bundle)
    this.#subjects.push({
      kind: 'bundle',
      id,
      name,
      container: source.kind,
      bytes,
      files: source.entries.length,
      ...of,
    })
  }

  async #takeFile(path: string, blob: Blob, sample: boolean): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const access = new BlobAccess(blob, name, { isWhole: true })
    const id = this.#next('file')
    this.files.set(id, { id, name: path, access })
    let looksLike: string
    try {
      const source = await openArchive(access, this.#ports.inflater)
      if (await this.#takeArchive(source, { id, name, bytes: access.size, sample })) return
      looksLike = kindOfArchive(source.kind, source.entries)
    } catch (error) {
      if (error instanceof SourceFault) {
        this.#notRead.push({ path, reason: error.reason })
        return
      }
      if (!(error instanceof ParseError)) throw error
      if (error.code === 'ERR_ENCRYPTED') return this.#takeEncrypted({ id, path, name, access })
      if (error.code !== 'ERR_NOT_A_BUNDLE') {
        // An archive that is refused is one that somebody wants verified: the run says why.
        this.#addRefused(path, access, error)
        return
      }
      looksLike = error.detail.found ?? 'unknown'
    }
    try {
      if (await this.#takeIdentities({ id, path, name, access }, looksLike)) return
      await this.#takeLoose(id, path, access, looksLike)
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
      this.#notRead.push({ path, reason: error.reason })
    }
  }

  /** An encrypted file: opened when its key is here, named with the reason when not. */
  async #takeEncrypted(file: EncryptedFile): Promise<void> {
    const { id, path, name, access } = file
    try {
      const { source, encryption, recipient } = await this.#encrypted.open(file, this.#onChecked)
      if (markedFolders(source.entries).length === 0)
        throw new ParseError('ERR_NOT_A_BUNDLE', { where: name, expected: 'a bundle', found: source.kind })
      const of = { file: id, inside: null, sample: false, encryption: encryption.format }
      this.#addBundle({ source, name, bytes: access.size, recipient }, of)
    } catch (error) {
      if (error instanceof SourceFault) this.#notRead.push({ path, reason: error.reason })
      else if (!(error instanceof ParseError)) throw error
      // Keys of age are kept under a passphrase, bundles are not.
      else if (
        error.code === 'ERR_ENCRYPTION_PASSPHRASE' &&
        (await this.#encrypted.takeIdentities({ access })) !== null
      )
        this.#beside.push({ kind: 'locked-identity', file: id, name: path })
      else
        this.#others.push({
          file: id,
          name: path,
          bytes: access.size,
          looksLike: 'encrypted',
          failure: failureOf(error),
        })
    }
  }

  /** Keys are taken, and files that waited for one of them are opened. @returns whether it was a file of keys */
  async #takeIdentities({ id, path, access }: EncryptedFile, looksLike: string): Promise<boolean> {
    if (looksLike !== 'text' && looksLike !== 'pem' && looksLike !== 'der') return false
    let keys: number | 'locked' | null
    try {
      keys = await this.#encrypted.takeIdentities({ access })
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      this.#others.push({ file: id, name: path, bytes: access.size, looksLike: 'key', failure: failureOf(error) })
      return true
    }
    if (keys === null) return false
    if (keys === 'locked') {
      this.#beside.push({ kind: 'locked-identity', file: id, name: path })
      return true
    }
    this.#beside.push({ kind: 'identity', file: id, name: path, keys })
    await this.#keyTaken(id)
    return true
  }

  /** Opens a key with its pass phrase. @throws {EngineError} when it is another one */
  async unlock(id: FileId, passphrase: string): Promise<void> {
    const at = this.#beside.findIndex(({ kind, file }) => kind === 'locked-identity' && file === id)
    const file = this.files.get(id)
    if (at < 0 || file === undefined) throw new EngineError({ kind: 'choice', what: 'beside' })
    const keys = await this.#encrypted.unlock(file, passphrase)
    this.#beside[at] = { kind: 'identity', file: id, name: file.name, keys }
    await this.#keyTaken(id)
    await this.#pair()
  }

  async #keyTaken(id: FileId): Promise<void> {
    // A secret is not hashed, looked for or shown.
    this.files.delete(id)
    for (const file of this.#encrypted.takeWaiting()) {
      const at = this.#others.findIndex((other) => other.file === file.id)
      if (at >= 0) this.#others.splice(at, 1)
      await this.#takeEncrypted(file)
    }
  }

  #addRefused(path: string, { size }: BlobAccess, error: ParseError): void {
    this.#others.push({
      file: [...this.files.keys()].at(-1) ?? '',
      name: path,
      bytes: size,
      looksLike: error.code.startsWith('ERR_TAR') ? 'tar' : 'zip',
      failure: failureOf(error),
    })
  }

  /** @returns whether there was a bundle in it, or a bundle's archive stored in it */
  async #takeArchive(
    source: BundleSource,
    {
      id,
      name,
      bytes,
      sample,
    }: { readonly id: FileId; readonly name: string; readonly bytes: number; readonly sample: boolean },
  ): Promise<boolean> {
    if (markedFolders(source.entries).length > 0) {
      this.#addBundle({ source, name, bytes, recipient: null }, { file: id, inside: null, sample })
      return true
    }
    // One level, and only what is stored: its bytes lie in the archive as they are.
    let found = false
    for (const { path, extent } of source.entries.slice(0, LOOKED_AT)) {
      if (extent.method !== 'stored' || !(extent.container instanceof BlobAccess) || extent.length < 22) continue
      const { blob } = extent.container.handle
      const inner = new BlobAccess(blob.slice(extent.offset, extent.offset + extent.length), path, { isWhole: true })
      try {
        const bundle = await openArchive(inner, this.#ports.inflater)
        if (markedFolders(bundle.entries).length === 0) continue
        this.#addBundle(
          { source: bundle, name: path.slice(path.lastIndexOf('/') + 1), bytes: inner.size, recipient: null },
          { file: null, inside: name, sample },
        )
        found = true
      } catch (error) {
        if (!(error instanceof ParseError)) throw error
      }
    }
    return found
  }

  async #takeLoose(id: FileId, path: string, access: BlobAccess, looksLike: string): Promise<void> {
    const { smallDigest } = this.#ports
    let whole: Uint8Array | undefined
    const read = async () => {
      whole ??= await access.read(0, access.size)
      return whole
    }
    const found =
      access.size > RECOGNISED_BYTES
        ? ({ is: 'other', looksLike, error: null } as const)
        : await classify(looksLike, read, smallDigest)
    const name = path
    const subject = () => ({ id: this.#next('subject'), name, file: id })
    switch (found.is) {
      case 'trust-set': {
        this.trustSets.set(id, found.trustSet)
        const trustSet = describeChoice(found.trustSet, { id, from: 'file', file: name })
        this.#beside.push({ kind: 'trust-set', file: id, name, trustSet })
        return
      }
      case 'policy': {
        const policy = policyChoice(found.policy, id, 'file', smallDigest)
        this.policies.set(policy.id, found.policy)
        this.#beside.push({ kind: 'policy', file: id, name, policy })
        return
      }
      case 'timestamp':
        this.#subjects.push({ kind: 'timestamp', ...subject(), candidates: [], data: null })
        return
      case 'signature':
        this.#subjects.push({ kind: 'signature', ...subject(), candidates: [], content: null, tokens: [] })
        return
      case 'certificate':
        this.#subjects.push({ kind: 'certificate', ...subject(), subject: found.subject })
        return
      case 'document':
        this.#subjects.push({ kind: 'document', ...subject(), candidates: [], bundle: null })
        return
      case 'facts':
      case 'report':
        this.#subjects.push({ kind: found.is, ...subject() })
        return
      case 'evidence-record':
        this.#subjects.push({
          ...{ kind: 'evidence-record', ...subject(), candidates: [], data: [] },
          ...{ bundles: [], bundle: null },
        })
        return
      case 'other': {
        const failure = found.error === null ? null : failureOf(found.error)
        this.#others.push({ file: id, name, bytes: access.size, looksLike: found.looksLike, failure })
        return
      }
      default:
        this.#beside.push({ kind: found.is, file: id, name, sha256: toHex(smallDigest('sha256', await read())) })
    }
  }

  /** Finds again what belongs together, whenever something came. */
  async #pair(): Promise<void> {
    const { digester, smallDigest } = this.#ports
    const paired = pairWithBundles(await pairByDigest(this.#subjects, this.files, digester))
    this.#subjects = [...(await chooseRecordBundles(paired, this.files, this.bundles, smallDigest))]
  }

  #next(what: 'file' | 'subject'): string {
    return `${what}-${++this.#count}`
  }
}
