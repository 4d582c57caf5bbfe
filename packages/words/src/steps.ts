import type { ContainerKind, DigestAlgorithm } from '@probatum/core'
import { quoteForPowerShell, quoteForShell } from './quote.ts'
import { type ApprovalSteps, powerShellApprovalSteps, shApprovalSteps } from './steps-authorisation.ts'
import {
  type EvidenceRecordStep,
  powerShellEvidenceRecordSteps,
  shEvidenceRecordSteps,
} from './steps-evidence-record.ts'
import { type LogSteps, shLogSteps } from './steps-log.ts'
import { powerShellLogSteps } from './steps-log-powershell.ts'
import { type NoticeSteps, powerShellNoticeSteps, shNoticeSteps } from './steps-statement.ts'
import { cmsCommand, type SignatureStep, sumsCommand, tsCommand } from './stock-commands.ts'

export type Shell = 'sh' | 'powershell'

export interface LevelStep {
  /** `seal/2/sums-sha512.txt` */
  readonly sums: string
  readonly tokens: SignatureStep['tokens']
}

/** What the commands are made from: names of files that are here, never text out of them. */
export interface StepsInput {
  /** The bundle as it was named. */
  readonly path: string
  readonly kind: ContainerKind
  /** Of an archive that is encrypted: it is decrypted first, with the key in the file that KEY_FILE names. */
  readonly encryption?: 'age' | 'cms' | null
  /** Folder inside the archive that holds bagit.txt; null when there is none. */
  readonly topFolder: string | null
  readonly manifests: readonly {
    readonly path: string
    readonly kind: 'payload' | 'tag'
    readonly algorithm: DigestAlgorithm | null
  }[]
  readonly signatures: readonly SignatureStep[]
  /** Later levels of the seal: the list of each, and the time-stamps over it. Absent: none. */
  readonly levels?: readonly LevelStep[]
  /** Certificates of the verifier's own list, PEM; null: he brings the files himself. */
  readonly roots: { readonly signer: string; readonly timeStampAuthority: string } | null
  /** Null where there is no custody log of the form that is known here. */
  readonly log: LogSteps | null
  /** Where there is a record of a sharing decision, and a custody log. */
  readonly approvals?: ApprovalSteps
  readonly notices?: NoticeSteps
  /** Evidence records that were given beside the bundle. */
  readonly evidenceRecords?: readonly EvidenceRecordStep[]
}

const HEX_DIGITS: Readonly<Partial<Record<DigestAlgorithm, number>>> = {
  md5: 32,
  sha1: 40,
  sha256: 64,
  sha384: 96,
  sha512: 128,
}

const ABOUT = [
  'Made by probatum from the names of the files in this bundle; nothing is copied out of them.',
  'It repeats by hand: every listed file is unchanged, no file was added, the seal, its time-stamps, the custody log.',
  'It does not judge: revocation, and which roots deserve belief. signer-roots.pem and tsa-roots.pem must come from',
  'whom you trust, by another way than this bundle. Run it in an empty folder.',
]

/** What a stock tool makes of an encrypted archive. */
const DECRYPTED = 'decrypted.zip'
const ABOUT_DECRYPTED = [
  '# It is encrypted. KEY_FILE names the file with your key; what comes out is in the clear: use a disk that may hold it,',
  '# and remove it afterwards. Nothing below holds unless this command ends well.',
]

function decryptCommand(format: 'age' | 'cms', path: string, keyFile: string): string {
  return format === 'age'
    ? `age -d -i ${keyFile} -o ${DECRYPTED} ${path}`
    : `openssl cms -decrypt -binary -inform DER -in ${path} -inkey ${keyFile} -out ${DECRYPTED}`
}

const RENEWED = 'A renewal of the seal: what was here then, and the time-stamps over that list.'
/** OpenSSL before 3.5 does not know it, and would call what it does not know wrong. */
const isMlDsa = ({ file }: SignatureStep) => file.endsWith('.mldsa.p7s')
const unknownMlDsa = (file: string) => `not checked: ${file} (this openssl knows no ML-DSA; 3.5 and newer do)`
const ATTIME = '-attime is the time that the time-stamp states: certificates may have expired since.'

/** The stock commands for one bundle, quoted for the shell. Ends with the status 0 only when nothing was wrong. */
export function renderSteps(input: StepsInput, shell: Shell = 'sh'): string {
  return `${(shell === 'sh' ? shSteps(input) : powerShellSteps(input)).join('\n')}\n`
}

function shSteps(input: StepsInput): string[] {
  const q = quoteForShell
  const lines = [
    ...ABOUT.map((line) => `# ${line}`),
    '# For sh with GNU coreutils and OpenSSL 3.0 or newer.',
    '',
    'wrong=0',
    'here=$(pwd)',
  ]
  if ((input.signatures.length > 0 || input.evidenceRecords !== undefined) && input.roots !== null) {
    lines.push('', '# The roots of the trust set that you gave.')
    for (const [file, pem] of [
      ['signer-roots.pem', input.roots.signer],
      ['tsa-roots.pem', input.roots.timeStampAuthority],
    ] as const)
      lines.push(`cat > ${file} <<'END'`, pem.trimEnd(), 'END')
  }
  lines.push('')
  if (input.kind === 'directory') lines.push(`cd ${q(input.path)} || exit 2`)
  else {
    const encryption = input.encryption ?? null
    if (encryption !== null)
      lines.push(...ABOUT_DECRYPTED, `${decryptCommand(encryption, q(input.path), '"$KEY_FILE"')} || exit 2`)
    const archive = encryption === null ? q(input.path) : DECRYPTED
    const unpack = input.kind === 'zip' ? `unzip -q ${archive} -d unpacked` : `tar -x -f ${archive} -C unpacked`
    lines.push('# Only after probatum has read the archive: other programs do not refuse what it refuses.')
    lines.push(
      `mkdir unpacked && ${unpack} && cd ${q(input.topFolder === null ? 'unpacked' : `unpacked/${input.topFolder}`)} || exit 2`,
    )
  }
  if (input.evidenceRecords !== undefined) lines.push('bundle=$(pwd)')
  lines.push('', '# 1. Every listed file is here and unchanged.')
  for (const { path, algorithm } of input.manifests) {
    const command = sumsCommand(path, algorithm)
    lines.push(
      command === null ? `echo ${q(`not checked: ${path} (no stock tool knows its digest)`)}` : `${command} || wrong=1`,
    )
  }
  lines.push(
    '',
    '# 2. Files that no list names (the line above does not see an added file). Nothing should be printed.',
  )
  lines.push(shUnlisted(input))
  if (input.signatures.length > 0) lines.push('', `# 3. The seal and its time-stamps. ${ATTIME}`)
  for (const signature of input.signatures) {
    const cms = `${cmsCommand(signature, q, '"$here/signer-roots.pem"', '/dev/null')} || wrong=1`
    lines.push(
      isMlDsa(signature)
        ? `if openssl list -signature-algorithms | grep -q ML-DSA; then ${cms}; else echo ${q(unknownMlDsa(signature.file))}; fi`
        : cms,
    )
    for (const token of signature.tokens)
      lines.push(`${tsCommand(token, signature.file, q, '"$here/tsa-roots.pem"')} || wrong=1`)
  }
  for (const { sums, tokens } of input.levels ?? []) {
    lines.push('', `# ${RENEWED}`, `${sumsCommand(sums, 'sha512')} || wrong=1`)
    for (const token of tokens) lines.push(`${tsCommand(token, sums, q, '"$here/tsa-roots.pem"')} || wrong=1`)
  }
  const ids = ['tagmanifest-sha256.txt', ...input.signatures.map(({ file }) => file)]
  if (input.signatures.length > 0)
    lines.push(
      '',
      '# 4. Bundle id and seal id, to be compared with what the sender tells you by another way.',
      `sha256sum ${ids.map(q).join(' ')}`,
    )
  if (input.log !== null) lines.push(...shLogSteps(input.log))
  if (input.approvals !== undefined) lines.push(...shApprovalSteps(input.approvals))
  if (input.notices !== undefined) lines.push(...shNoticeSteps(input.notices))
  if (input.evidenceRecords !== undefined) lines.push(...shEvidenceRecordSteps(input.evidenceRecords))
  lines.push(
    '',
    'if [ "$wrong" = 0 ]; then echo "Nothing wrong was found."; else echo "Something is wrong: see above."; (exit 1); fi',
  )
  return lines
}

/**
 * Named twice and found once: what `uniq -u` leaves was found and is not named. A line feed in a name would make lines of its own,
 * which can be made equal to others and vanish: it changes places with the NUL that no name has.
 */
function shUnlisted(input: StepsInput): string {
  const q = quoteForShell
  const payload = input.manifests.filter(({ kind }) => kind === 'payload')
  const tags = input.manifests.filter(({ kind }) => kind === 'tag')
  const all = [...payload, ...tags].map(({ path }) => q(path)).join(' ')
  const own = tags.map(({ path }) => q(path)).join(' ')
  const named = `sed 's/^[0-9A-Fa-f]*[ \t]*[*]*//; s|^\\./||' ${all} | LC_ALL=C sort -u`
  const twice = `{ ${named}; ${named};${own === '' ? '' : ` printf '%s\\n' ${own} ${own};`} }`
  const found =
    tags.length === 0
      ? `find data ! -type d -print0 | ${NAME_A_LINE}`
      : `find . ! -type d${input.signatures.length > 0 ? " ! -path './seal/*'" : ''} -print0 | ${NAME_A_LINE} | sed 's|^\\./||'`
  // Under another locale octets that are no text match nothing.
  return `{ ${twice}; ${found}; } | LC_ALL=C sort | LC_ALL=C uniq -u | { ! LC_ALL=C grep -a .; } || wrong=1`
}

const NAME_A_LINE = String.raw`tr '\n\0' '\0\n'`

function powerShellSteps(input: StepsInput): string[] {
  const q = quoteForPowerShell
  const lines = [
    ...ABOUT.map((line) => `# ${line}`),
    '# For PowerShell 5.1 or newer, with openssl 3.0 or newer in the PATH.',
    '',
    '$wrong = 0',
    '$here = (Get-Location).Path',
  ]
  if (input.signatures.length > 0 && input.roots !== null) {
    lines.push('', '# The roots of the trust set that you gave.')
    for (const [file, pem] of [
      ['signer-roots.pem', input.roots.signer],
      ['tsa-roots.pem', input.roots.timeStampAuthority],
    ] as const)
      lines.push("@'", pem.trimEnd(), `'@ | Set-Content -Encoding ascii ${q(file)}`)
  }
  lines.push('')
  const encryption = input.encryption ?? null
  if (encryption !== null)
    lines.push(
      ...ABOUT_DECRYPTED,
      decryptCommand(encryption, q(input.path), '"$env:KEY_FILE"'),
      'if ($LASTEXITCODE -ne 0) { exit 2 }',
    )
  const archive = encryption === null ? q(input.path) : DECRYPTED
  if (input.kind === 'zip')
    lines.push(
      '# Only after probatum has read the archive: other programs do not refuse what it refuses.',
      `Expand-Archive -LiteralPath ${archive} -DestinationPath unpacked`,
      `Set-Location -LiteralPath ${q(input.topFolder === null ? 'unpacked' : `unpacked/${input.topFolder}`)}`,
    )
  else if (input.kind === 'tar')
    lines.push(
      'New-Item -ItemType Directory unpacked | Out-Null',
      `tar -x -f ${archive} -C unpacked`,
      `Set-Location -LiteralPath ${q(input.topFolder === null ? 'unpacked' : `unpacked/${input.topFolder}`)}`,
    )
  else lines.push(`Set-Location -LiteralPath ${q(input.path)}`)
  lines.push('', '# 1. Every listed file is here and unchanged.')
  const usable: string[] = []
  for (const { path, algorithm } of input.manifests) {
    const digits = algorithm === null ? undefined : HEX_DIGITS[algorithm]
    if (algorithm === null || digits === undefined) {
      lines.push(q(`not checked: ${path} (Get-FileHash does not know its digest)`))
      continue
    }
    usable.push(
      `Get-Content -Encoding UTF8 -LiteralPath ${q(path)} | ForEach-Object { $_.Substring(${digits}).TrimStart(' ', [char]9, '*') }`,
    )
    lines.push(powerShellSums(q(path), algorithm.toUpperCase(), digits))
  }
  lines.push(
    '',
    '# 2. Files that no list names. Nothing should be printed.',
    `$named = @(${usable.map((one) => `(${one})`).join('; ')})`,
  )
  const tags = input.manifests.flatMap(({ kind, path }) => (kind === 'tag' ? [q(path)] : []))
  const isSealed = input.signatures.length > 0
  lines.push(
    `foreach ($p in Get-ChildItem -Recurse -File -Force${tags.length > 0 ? '' : ' data'} | ForEach-Object { $_.FullName.Substring((Get-Location).Path.Length + 1).Replace('\\', '/') }) { if ($named -cnotcontains $p${isSealed ? " -and $p -cnotlike 'seal/*'" : ''}${tags.length > 0 ? ` -and @(${tags.join(', ')}) -cnotcontains $p` : ''}) { "in no list: $p"; $wrong = 1 } }`,
  )
  if (input.signatures.length > 0) lines.push('', `# 3. The seal and its time-stamps. ${ATTIME}`)
  for (const signature of input.signatures) {
    const cms = `${cmsCommand(signature, q, '"$here/signer-roots.pem"', 'NUL')}; if ($LASTEXITCODE -ne 0) { $wrong = 1 }`
    lines.push(
      isMlDsa(signature)
        ? `if ((openssl list -signature-algorithms) -match 'ML-DSA') { ${cms} } else { ${q(unknownMlDsa(signature.file))} }`
        : cms,
    )
    for (const token of signature.tokens)
      lines.push(
        `${tsCommand(token, signature.file, q, '"$here/tsa-roots.pem"')}; if ($LASTEXITCODE -ne 0) { $wrong = 1 }`,
      )
  }
  for (const { sums, tokens } of input.levels ?? []) {
    lines.push('', `# ${RENEWED}`, powerShellSums(q(sums), 'SHA512', 128))
    for (const token of tokens)
      lines.push(`${tsCommand(token, sums, q, '"$here/tsa-roots.pem"')}; if ($LASTEXITCODE -ne 0) { $wrong = 1 }`)
  }
  if (input.signatures.length > 0)
    lines.push(
      '',
      '# 4. Bundle id and seal id, to be compared with what the sender tells you by another way.',
      ...['tagmanifest-sha256.txt', ...input.signatures.map(({ file }) => file)].map(
        (file) => `Get-FileHash -Algorithm SHA256 -LiteralPath ${q(file)} | Format-List`,
      ),
    )
  if (input.log !== null) lines.push(...powerShellLogSteps(input.log))
  if (input.approvals !== undefined) lines.push(...powerShellApprovalSteps(input.approvals))
  if (input.notices !== undefined) lines.push(...powerShellNoticeSteps(input.notices))
  if (input.evidenceRecords !== undefined) lines.push(...powerShellEvidenceRecordSteps(input.evidenceRecords))
  lines.push('', 'if ($wrong -eq 0) { "Nothing wrong was found." } else { "Something is wrong: see above." }')
  return lines
}

/** `list`: quoted. `digits`: of the digest in hex. */
function powerShellSums(list: string, algorithm: string, digits: number): string {
  return `foreach ($line in Get-Content -Encoding UTF8 -LiteralPath ${list}) { $p = $line.Substring(${digits}).TrimStart(' ', [char]9, '*'); if (-not (Test-Path -LiteralPath $p) -or (Get-FileHash -Algorithm ${algorithm} -LiteralPath $p).Hash -ne $line.Substring(0, ${digits})) { "is not as listed: $p"; $wrong = 1 } }`
}
