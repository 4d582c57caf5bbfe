import type { OpenedConsent } from './authorisation/opened-consents.ts'
import { establishBag } from './bundle/bag-establish.ts'
import { infoValues } from './bundle/bag-facts.ts'
import { listedAmong } from './bundle/bag-listed.ts'
import { establishRecordsOfBundle } from './bundle/record.ts'
import { establishSeal, NO_SEAL } from './bundle/seal-files.ts'
import type { BundleSource } from './bundle/source.ts'
import { makeFileTree, setLeftoversAside } from './bundle/tree.ts'
import { establishGivenDisclosures } from './custody/given-disclosures.ts'
import type { HandoverSignatures } from './custody/handover.ts'
import { establishGivenEvidenceRecords } from './establish-given-records.ts'
import { compareBytes, fromBase64, fromHex, toBase64, toHex } from './model/bytes.ts'
import type { Facts, FactsFile, OpenedValue } from './model/facts.ts'
import { LIMITS } from './model/limits.ts'
import { ParseError } from './model/parse-error.ts'
import type { AbortSignalLike, DigestAlgorithm, DigestProgress, Ports } from './model/ports.ts'
import type { ReportInputs } from './model/report.ts'
import { collectRevocation, type GivenRevocation, givenSources } from './pki/revocation-pool.ts'
import { describeGivenNotices, establishNotices } from './statements/establish-notices.ts'

/** What establishing a bundle is asked for. */
export interface FactsRequest {
  /** Payload digests to compute; tag files are always compared under every algorithm. */
  readonly digests: 'all' | readonly DigestAlgorithm[]
  /** Name of the container as the operator gave it; for the envelope. */
  readonly name: string
  /** Size of the container's own file in bytes; null for a directory. */
  readonly bytes: number | null
  /** CRLs and OCSP responses given beside the bundle; see `describeGivenRevocation` for the report's inputs. */
  readonly revocation?: readonly GivenRevocation[]
  /** Files of later openings, as `probatum disclose` writes them; see `describeGivenDisclosures` for the report's inputs. */
  readonly disclosures?: readonly Uint8Array[]
  /** Notices, as `probatum notice make` writes them; see `describeGivenNotices` for the report's inputs. */
  readonly notices?: readonly Uint8Array[]
  /** Evidence records (RFC 4998) over files of it; see `describeGivenEvidenceRecords` for the report's inputs. */
  readonly evidenceRecords?: readonly Uint8Array[]
  /** Opened values are handed out beside the facts; `serializeFacts` writes them only when asked again. */
  readonly showOpened?: boolean
  readonly signal?: AbortSignalLike
  readonly onProgress?: (done: DigestProgress) => void
}

/** Facts of a bundle, with what lies beside them and is no part of them. */
export interface EstablishedFacts {
  readonly factsFile: FactsFile
  /** JSON lines; the facts carry their SHA-256. */
  readonly inventory: Uint8Array
  /** Every field whose opening holds, in the order of disclosures.jsonl, then those of given files; null when not asked for. */
  readonly opened: readonly OpenedValue[] | null
}

/**
 * Reads a bundle, or any BagIt bag, and does all the arithmetic that needs no policy, trust set or time.
 * @throws ParseError when there is no bundle to speak of, or the container is ambiguous or hostile
 * @throws SourceFault `vanished` when the source went away: the run is not finished
 * @throws an error named AbortError when the signal is aborted
 */
export async function establishBundleFacts(
  source: BundleSource,
  ports: Ports,
  request: FactsRequest,
): Promise<EstablishedFacts> {
  const { postponed } = source
  if (postponed === undefined) return factsOfSource(source, ports, request)
  let established: EstablishedFacts
  try {
    established = await factsOfSource(source, ports, request)
  } catch (error) {
    // An archive that contradicts itself is refused for that before anything else about it, as where all is compared at once.
    if (error instanceof ParseError) await postponed.settle()
    throw error
  }
  await postponed.settle()
  return established
}

async function factsOfSource(source: BundleSource, ports: Ports, request: FactsRequest): Promise<EstablishedFacts> {
  const found = await makeFileTree(source)
  const listed = await listedAmong(found.tree, found.leftoverCandidates)
  const { tree, leftovers } = setLeftoversAside(found, (path) => listed.has(path))
  const { digests, signal, onProgress } = request
  const bag = await establishBag(tree, ports, {
    digests,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  })
  const profiles = infoValues(bag.facts.info, 'BagIt-Profile-Identifier')
  const opened: OpenedValue[] | null = request.showOpened === true ? [] : null
  let handovers: HandoverSignatures | undefined
  let consents: readonly OpenedConsent[] | undefined
  const records = await establishRecordsOfBundle(tree, ports, profiles, {
    payload: bag.payload,
    ...(opened === null ? {} : { onOpened: (field) => opened.push({ ...field, given: null }) }),
    onHandovers: (signatures) => {
      handovers = signatures
    },
    onConsents: (opened) => {
      consents = opened
    },
    fileDigest: (path) => bag.fileDigest(path)?.sha256,
  })
  const isBundle = records !== null
  const { disclosures: given = [] } = request
  const disclosures =
    given.length === 0
      ? null
      : await establishGivenDisclosures(tree, given, records?.history ?? null, bag.payload, ports, {
          onOpened: (field) => opened?.push(field),
          onConsents: (later) => {
            consents = [...(consents ?? []), ...later]
          },
          consents: records?.authorisation?.request?.consents ?? null,
        })
  const seal = isBundle ? await establishSeal(tree, bag, digests, ports) : NO_SEAL
  const bundleId = bag.fileDigest('tagmanifest-sha256.txt')?.sha256 ?? null
  const { signatures, certificates } = seal
  const notices =
    request.notices === undefined || request.notices.length === 0
      ? null
      : await establishNotices(request.notices, { bundleId, records, signatures, certificates }, ports)
  const revocation = [...seal.revocation, ...givenSources(request.revocation)]
  const evidenceRecords =
    request.evidenceRecords === undefined || request.evidenceRecords.length === 0
      ? null
      : await establishGivenEvidenceRecords(request.evidenceRecords, { tree, bag }, revocation, ports)
  let smallFiles: string | undefined
  const facts: Facts = {
    facts: 'probatum/facts/1-draft',
    kind: isBundle ? 'bundle' : 'bag',
    content: bag.content,
    inventory: { sha256: toHex(ports.smallDigest('sha256', bag.inventory)), lines: bag.inventoryLines },
    digests,
    // Sorting and writing them takes as long as digesting some hundred files: for a trust set, which is looked for among them, and
    // for the facts as they are saved or digested.
    get smallFiles() {
      smallFiles ??= toBase64(bag.digestsOfFilesUpTo(LIMITS.trustSetBytes))
      return smallFiles
    },
    bundleId,
    bag: bag.facts,
    records,
    signatures,
    ...(seal.renewal === null ? {} : { renewal: seal.renewal }),
    token: null,
    certificates,
    revocation: collectRevocation(revocation, ports.smallDigest),
    ...(disclosures === null ? {} : { disclosures }),
    ...(notices === null ? {} : { notices }),
    ...(evidenceRecords === null ? {} : { evidenceRecords }),
  }
  const container = {
    kind: source.kind,
    name: request.name,
    bytes: request.bytes,
    oddities: found.oddities,
    leftovers,
    outside: found.outside,
  }
  const factsFile = {
    facts,
    container,
    ...(handovers === undefined ? {} : { handovers }),
    ...(consents === undefined ? {} : { consents }),
    ...(opened === null ? {} : { opened }),
  }
  return { factsFile, inventory: bag.inventory, opened }
}

/** The given files as they stand in a report's inputs. */
function describeGivenDisclosures({ disclosures }: Pick<Facts, 'disclosures'>): ReportInputs['files'] {
  return (disclosures?.files ?? []).map(({ sha256 }) => ({ kind: 'disclosures', sha256 }))
}

/** The given records as they stand in a report's inputs. */
function describeGivenEvidenceRecords({ evidenceRecords }: Pick<Facts, 'evidenceRecords'>): ReportInputs['files'] {
  return (evidenceRecords?.files ?? []).map(({ sha256 }) => ({ kind: 'evidence-record', sha256 }))
}

/**
 * All that was given beside a bundle or bag and is in its facts, as it stands in a report's inputs; CRLs and OCSP responses stand
 * before it (`describeGivenRevocation`). Whoever judges saved facts states the same inputs by it, and so gets the same report.
 */
export function describeGivenBeside(facts: Facts): ReportInputs['files'] {
  return [...describeGivenDisclosures(facts), ...describeGivenNotices(facts), ...describeGivenEvidenceRecords(facts)]
}

/** Whether a file of this SHA-256 (hex) is among the small files of the facts. */
export function isSmallFile(facts: Facts, sha256: string): boolean {
  const wanted = fromHex(sha256)
  const digests = fromBase64(facts.smallFiles)
  if (wanted?.length !== 32 || digests === undefined) return false
  let low = 0
  let high = Math.floor(digests.length / 32)
  while (low < high) {
    const middle = (low + high) >> 1
    const order = compareBytes(digests.subarray(middle * 32, middle * 32 + 32), wanted)
    if (order === 0) return true
    if (order < 0) low = middle + 1
    else high = middle
  }
  return false
}
