import { ALIKE_BY_CONTENT, ALIKE_BY_NAME, type DigestAlgorithm } from '@probatum/core'
import { quoteForPowerShell, quoteForShell } from './quote.ts'

/** A place in the DER of a record: octets before it, and its length. */
export interface RecordPlace {
  readonly offset: number
  readonly length: number
}

/** An archive time-stamp (RFC 4998 §4.1), by its places in the record. */
export interface ArchiveTimeStampStep {
  /** `archiveTimeStamp[0][1]`: as findings name it. */
  readonly path: string
  readonly position: number
  /** Null for one that is not known here, or where the lists have digests of another length than it gives. */
  readonly digest: DigestAlgorithm | null
  /** The digests of each list, without the header around them; null without a tree. */
  readonly lists: readonly (RecordPlace & { readonly digests: number })[] | null
  readonly timeStamp: RecordPlace
  /** All chains before it, of the first one of a later chain; `header`: of the SEQUENCE that they are put into, hex. */
  readonly older: (RecordPlace & { readonly header: string }) | null
  /** Seconds since 1970, as for time-stamps of the seal. */
  readonly attime: number | null
}

/** An evidence record (RFC 4998) that a verifier was given beside a bundle. */
export interface EvidenceRecordStep {
  /** As it was typed. */
  readonly file: string
  readonly form: 'DER' | 'PEM' | 'base64'
  /** Null where it does not read. */
  readonly timestamps: readonly ArchiveTimeStampStep[] | null
}

const ABOUT = [
  '7. Evidence records (RFC 4998): which files each is over, and whether its time-stamps are over what they should be.',
  'The numbers are places in the record: openssl asn1parse -inform DER -in record.der shows what stands there.',
  'Judge by the times that are printed: each time-stamp must be later than the one before it, and earlier than the end of',
  'that one’s certificates, and of its digest. That, withdrawn certificates, and whether an authority’s key also sealed the',
  'bundle, no command below checks; probatum verify does.',
  'What is wrong with a record says nothing against the files.',
]

/** Sets `wrong`; `$here` is where it was started, `$bundle` the bundle’s folder. */
export function shEvidenceRecordSteps(records: readonly EvidenceRecordStep[]): readonly string[] {
  const names = ALIKE_BY_NAME.map((name) => `! -path ${quoteForShell(`./${name}`)}`).join(' ')
  return [
    '',
    ...ABOUT.map((line) => `# ${line}`),
    'open() { printf \'%s: %s\\n\' "$record" "$1"; wrong=1; }',
    'hash() { openssl dgst -"$1" -r | cut -d \' \' -f 1; }',
    'octets() { tr a-f A-F | basenc --base16 -d; }',
    '# OFFSET LENGTH: octets of the record, and the digests that stand there.',
    'part() { tail -c +$(($1 + 1)) "$here/record.der" | head -c "$2"; }',
    'listed() { openssl asn1parse -inform DER -in "$here/record.der" -offset "$1" -length "$2" | sed -n \'s/.*OCTET STRING *\\[HEX DUMP\\]://p\' | tr A-F a-f; }',
    '# What the time-stamp is over.',
    "imprint() { openssl ts -reply -token_in -in \"$here/stamp.der\" -text 2> /dev/null | sed -n '/^Message data:/,/^Serial number:/s/^    [0-9a-f]\\{4\\} - \\([0-9a-f -]\\{47\\}\\).*/\\1/p' | tr -d ' \\n-'; }",
    '# DIGEST FIRST, then OFFSET LENGTH of the further lists: sorted, joined and digested, each goes into the next (4.3).',
    'tree() {',
    '  algorithm=$1; below=$2; shift 2',
    '  while [ $# -gt 0 ]; do',
    '    below=$({ listed "$1" "$2"; printf \'%s\\n\' "$below"; } | LC_ALL=C sort | tr -d \'\\n\' | octets | hash "$algorithm"); shift 2',
    '  done',
    '  printf \'%s\\n\' "$below"',
    '}',
    '# DIGEST: the files of the bundle that the first list has. What other bundles have too does not count: an empty file, some by',
    '# their name. Names with control characters are left out.',
    'files() {',
    `  alike="${ALIKE_BY_CONTENT.map((text) => `$(printf %s ${quoteForShell(text)} | hash "$1")`).join(' ')}"`,
    `  (cd "$bundle" && find . -type f -size +0 ! -path '*[[:cntrl:]]*' ${names} -exec openssl dgst -"$1" -r {} +) |`,
    '    LC_ALL=C awk -v alike="$alike" \'NR == FNR { listed[$1]; next } ($1 in listed) && index(alike, $1) == 0\' "$here/listed.txt" - | LC_ALL=C sort > "$here/covered.txt"',
    `  while IFS= read -r line; do printf '%s is over %s\\n' "$record" "\${line#* ?}"; done < "$here/covered.txt"`,
    '  [ -s "$here/covered.txt" ] || open "is over none of these files"',
    '}',
    '# WHAT DIGEST: it is in the first list.',
    'among() { { [ -n "$2" ] && grep -Fqx -e "$2" "$here/listed.txt"; } || open "$1"; }',
    '# WHAT DIGEST TIME ROOT…: the time-stamp is over one of these, and an authority of tsa-roots.pem made it.',
    'stamp() {',
    '  what=$1; algorithm=$2; at=$3; shift 3; said=$(openssl ts -reply -token_in -in "$here/stamp.der" -text 2> /dev/null)',
    '  printf \'%s %s: %s\\n\' "$record" "$what" "$(printf \'%s\\n\' "$said" | sed -n \'s/^Time stamp: //p\')"',
    '  [ "$(printf \'%s\\n\' "$said" | sed -n \'s/^Hash Algorithm: //p\')" = "$algorithm" ] || open "$what is under another digest than its lists"',
    '  for one in "$@"; do',
    `    if said=$(openssl ts -verify -token_in -in "$here/stamp.der" -digest "$one" -CAfile "$here/tsa-roots.pem" \${at:+-attime "$at"} 2>&1); then echo 'Verification: OK'; return; fi`,
    '  done',
    '  printf \'%s\\n\' "$said"; open "$what does not hold"',
    '}',
    ...records.flatMap(shRecord),
  ]
}

const BY_FORM: Readonly<Record<EvidenceRecordStep['form'], (file: string) => string>> = {
  DER: (file) => `cat ${file}`,
  PEM: (file) =>
    `sed -n '/^-----BEGIN/,/^-----END/p' ${file} | sed '/^-----/d' | tr -d ' \\t\\r\\n' | openssl base64 -d -A`,
  base64: (file) => `tr -d ' \\t\\r\\n\\v\\f' < ${file} | openssl base64 -d -A`,
}

function shRecord({ file, form, timestamps }: EvidenceRecordStep): readonly string[] {
  const path = file.startsWith('/') ? quoteForShell(file) : `"$here"/${quoteForShell(file)}`
  return [
    '',
    `record=${quoteForShell(file)}`,
    ...(timestamps === null
      ? ["open 'does not read as an evidence record, so nothing of it was checked'"]
      : [`${BY_FORM[form](path)} > "$here/record.der" || exit 2`, ...timestamps.flatMap(shStamp)]),
  ]
}

function shStamp({ path, position, digest, lists, timeStamp, older, attime }: ArchiveTimeStampStep): readonly string[] {
  const at = ({ offset, length }: RecordPlace) => `${offset} ${length}`
  if (digest === null) return [`open ${quoteForShell(`${path} cannot be computed by these commands`)}`]
  const first = lists?.[0]
  const rest = (lists ?? []).slice(1).map(at).join(' ')
  const tree = (below: string) => (rest === '' ? below : `"$(tree ${digest} ${below} ${rest})"`)
  const joined = `"$(LC_ALL=C sort "$here/listed.txt" | tr -d '\\n' | octets | hash ${digest})"`
  const own = '"$(cat "$here/listed.txt")"'
  // Of a single digest the standard can be read in two ways (docs/adr/0024-evidence-records.md).
  const roots = first === undefined ? [own] : first.digests === 1 ? [tree(own), tree(joined)] : [tree(joined)]
  const stated = attime === null ? "''" : String(attime)
  return [
    `# ${path}`,
    ...(position > 0 ? [`before=$(hash ${digest} < "$here/stamp.der")`] : []),
    `part ${at(timeStamp)} > "$here/stamp.der"`,
    `${first === undefined ? '{ imprint; echo; }' : `listed ${at(first)}`} > "$here/listed.txt"`,
    ...(position > 0
      ? [`among ${quoteForShell(`${path} is not over the time-stamp before it`)} "$before"`]
      : older === null
        ? [`files ${digest}`]
        : [
            '# Each file under this digest, with all chains before.',
            `older=$({ printf %s ${older.header} | octets; part ${at(older)}; } | hash ${digest})`,
            'while IFS= read -r line <&3; do',
            `  own=$(cd "$bundle" && hash ${digest} < "\${line#* ?}")`,
            `  among ${quoteForShell(`${path} is not over`)}" \${line#* ?} with the chains before it" "$(printf %s "$own$older" | octets | hash ${digest})"`,
            'done 3< "$here/covered.txt"',
          ]),
    `stamp ${quoteForShell(path)} ${digest} ${stated} ${roots.join(' ')}`,
  ]
}

/** In PowerShell nothing of a record is checked; it says so. */
export function powerShellEvidenceRecordSteps(records: readonly EvidenceRecordStep[]): readonly string[] {
  return [
    '',
    '# 7. Evidence records (RFC 4998) are taken apart with the tools of a POSIX shell: run the steps for sh, for example in WSL.',
    ...records.map(({ file }) => `'not checked: ' + ${quoteForPowerShell(file)} + ' (the steps for sh do)'`),
  ]
}
