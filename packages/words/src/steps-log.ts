import type { FindingId } from '@probatum/core'
import { quoteForShell } from './quote.ts'
import { SLOTS_BY_TYPE } from './slots-by-type.ts'
import { APPROVAL, REQUEST_DIGEST } from './steps-authorisation.ts'
import { HANDOVER, type HandoverSteps, shHandoverSteps } from './steps-handover.ts'

/** What the commands about the custody log are made from: which of its files are here, and the verifier's own keys. */
export interface LogSteps {
  /** Names below record/ that are here. */
  readonly files: readonly ('custody.jsonl' | 'items.jsonl' | 'disclosures.jsonl' | 'checkpoint')[]
  /** Log keys of the verifier's own list, PEM, by origin; null: he brings the file himself. */
  readonly keys: readonly { readonly origin: string; readonly pem: string }[] | null
  /** Files of later openings, as they were typed. */
  readonly later?: readonly string[]
  /** Absent: nothing is said about signatures on hand-overs. */
  readonly handovers?: HandoverSteps
}

const LINE_DIGESTS = (file: string) =>
  `while IFS= read -r line; do printf %s "$line" | openssl dgst -sha256 -r; done < record/${file}`
const OPENING = `printf %s "$opening" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '='`

/** The stock command behind a finding about the log, in the bundle's folder; `probatum steps` has them put together. */
const COMMANDS: Readonly<Partial<Record<FindingId, string>>> = {
  'custody.chain': LINE_DIGESTS('custody.jsonl'),
  'custody.order': LINE_DIGESTS('custody.jsonl'),
  'custody.export': LINE_DIGESTS('items.jsonl'),
  'custody.handover': HANDOVER,
  'log.size': 'wc -l < record/custody.jsonl; sed -n 2p record/checkpoint',
  'log.root': LINE_DIGESTS('custody.jsonl'),
  'log.checkpoint': `sed '/^$/,$d' record/checkpoint > checkpoint.text; awk '$2 == "'"$(sed -n 1p record/checkpoint)"'" { print $3 }' record/checkpoint | base64 -d | tail -c +5 > checkpoint.sig; openssl pkeyutl -verify -pubin -inkey log-key.pem -rawin -in checkpoint.text -sigfile checkpoint.sig`,
  'authorisation.request': REQUEST_DIGEST,
  'authorisation.approvals': APPROVAL,
  'disclosure.openings': OPENING,
  'disclosure.later-openings': OPENING,
  'disclosure.later-lines': 'printf %s "$line" | openssl dgst -sha256 -r',
}

export function logCommandOf(id: FindingId): string | undefined {
  return Object.hasOwn(COMMANDS, id) ? COMMANDS[id] : undefined
}

/** Whether all of these are here. */
export function has({ files }: LogSteps, ...names: readonly LogSteps['files'][number][]): boolean {
  return names.every((name) => files.includes(name))
}

/** For sh with GNU coreutils and OpenSSL: section 5 of the steps. Sets `wrong`; `$here` is where it was started. */
export function shLogSteps(log: LogSteps): readonly string[] {
  return [
    '',
    '# 5. The custody log. Each line is digested anew: some thousand lines take minutes.',
    '# Digest of a line without its end; of a withheld line the digest that stands in its place.',
    'digests() {',
    '  while IFS= read -r line; do',
    '    if printf \'%s\\n\' "$line" | grep -Eqx \'\\{"seq":[0-9]+,"withheld":"[0-9a-f]{64}"\\}\'',
    '    then printf \'%s\\n\' "$line" | sed \'s/.*"withheld":"//; s/"}$//\'',
    '    else printf %s "$line" | openssl dgst -sha256 -r | cut -c 1-64; fi',
    '  done < "$1"',
    '}',
    'unhex() { tr a-f A-F | basenc --base16 -d; }',
    'node() { { printf \'\\001\'; printf %s "$1$2" | unhex; } | openssl dgst -sha256 -r | cut -c 1-64; }',
    '# Merkle root (RFC 9162 2.1.1) over the digests on standard input: leaves, then pairs until one is left.',
    'root() {',
    '  level=$(while read -r one; do { printf \'\\000\'; printf %s "$one" | unhex; } | openssl dgst -sha256 -r | cut -c 1-64; done)',
    '  while [ "$(printf \'%s\\n\' "$level" | wc -l)" -gt 1 ]; do',
    '    level=$(printf \'%s\\n\' "$level" | while read -r one; do',
    '      if read -r two; then node "$one" "$two"; else printf \'%s\\n\' "$one"; fi; done)',
    '  done',
    '  printf \'%s\\n\' "$level"',
    '}',
    'same() { if [ "$2" != "$3" ] || [ -z "$2" ]; then echo "$1: expected $2, found $3"; wrong=1; fi; }',
    ...(has(log, 'custody.jsonl') ? shChain() : []),
    ...(has(log, 'custody.jsonl', 'items.jsonl') ? shItems() : []),
    ...(has(log, 'custody.jsonl', 'checkpoint') ? shCheckpoint(log) : []),
    ...(has(log, 'disclosures.jsonl') || log.later !== undefined ? shOpenings(log) : []),
  ]
}

function shChain(): readonly string[] {
  return [
    '',
    '# Every shown event names the digest of the line before it.',
    'digests record/custody.jsonl > "$here/custody.digests"',
    "before=$(printf '%064d' 0); number=0",
    'while IFS= read -r line <&3 && IFS= read -r own <&4; do',
    '  number=$((number + 1))',
    '  case $line in *\',"withheld":"\'*) ;; *)',
    '    same "custody.jsonl line $number prev" "$before" "$(printf %s "$line" | sed -n \'s/.*"prev":"\\([0-9a-f]\\{64\\}\\)".*/\\1/p\')" ;;',
    '  esac',
    '  before=$own',
    'done 3< record/custody.jsonl 4< "$here/custody.digests"',
  ]
}

function shItems(): readonly string[] {
  return [
    '',
    '# The last event is the making of this bundle: it names the items as they are here.',
    'digests record/items.jsonl > "$here/items.digests"',
    'last=$(tail -n 1 record/custody.jsonl)',
    'same \'items\' "$(printf %s "$last" | sed -n \'s/.*"itemCount":\\([0-9]*\\).*/\\1/p\')" "$(wc -l < "$here/items.digests" | tr -d \' \')"',
    'same \'item root\' "$(printf %s "$last" | sed -n \'s/.*"itemRoot":"\\([0-9a-f]*\\)".*/\\1/p\')" "$(root < "$here/items.digests")"',
  ]
}

function shCheckpoint({ keys }: LogSteps): readonly string[] {
  const lines = [
    '',
    '# The checkpoint names the number of lines, and the root over all of them, withheld ones included.',
    'same \'size\' "$(sed -n 2p record/checkpoint)" "$(wc -l < "$here/custody.digests" | tr -d \' \')"',
    'same \'root\' "$(sed -n 3p record/checkpoint | base64 -d | od -An -v -tx1 | tr -d \' \\n\')" "$(root < "$here/custody.digests")"',
    '',
    '# The signature of the log over the text of the checkpoint (Ed25519, behind four octets of key ID).',
    'sed \'/^$/,$d\' record/checkpoint > "$here/checkpoint.text"',
    'LC_ALL=C awk -v origin="$(sed -n 1p record/checkpoint)" \'$2 == origin && !seen++ { print $3 }\' record/checkpoint | base64 -d | tail -c +5 > "$here/checkpoint.sig"',
  ]
  lines.push(
    'current=$(sed -n \'s/.*"logKey":"\\([0-9a-f]*\\)".*/\\1/p\' record/custody.jsonl | tail -n 1)',
    'fingerprint() { openssl pkey -pubin -in "$1" -outform DER | tail -c 32 | openssl dgst -sha256 -r | cut -c 1-64; }',
  )
  if (keys !== null && keys.length > 0) {
    lines.push(
      '# Keys of the trust set that you gave, for the log of their name only.',
      'origin=$(sed -n 1p record/checkpoint)',
    )
    for (const [at, { origin, pem }] of keys.entries())
      lines.push(
        `if [ "$origin" = ${quoteForShell(origin)} ]; then cat > "$here/log-key-${at + 1}.pem" <<'END'`,
        pem.trimEnd(),
        'END',
        'fi',
      )
    lines.push(
      '# Of several, which a log may have had one after the other, the one that it names last.',
      'for one in "$here"/log-key-[0-9]*.pem; do',
      '  if [ -f "$one" ] && { [ ! -f "$here/log-key.pem" ] || [ "$(fingerprint "$one")" = "$current" ]; }; then cp "$one" "$here/log-key.pem"; fi',
      'done',
    )
  }
  return [
    ...lines,
    'if [ -f "$here/log-key.pem" ]; then',
    '  openssl pkeyutl -verify -pubin -inkey "$here/log-key.pem" -rawin -in "$here/checkpoint.text" -sigfile "$here/checkpoint.sig" || wrong=1',
    '  # The key is the one that the log itself names, at its beginning or at its last change of key.',
    '  same \'log key\' "$current" "$(fingerprint "$here/log-key.pem")"',
    'else echo "log-key.pem is not here: whose log this is was not checked. Get the key by another way than this bundle."; fi',
  ]
}

function shOpenings(log: LogSteps): readonly string[] {
  const later = (log.later ?? []).map((file) =>
    file.startsWith('/') ? quoteForShell(file) : `"$here"/${quoteForShell(file)}`,
  )
  const own = has(log, 'disclosures.jsonl') ? ['record/disclosures.jsonl'] : []
  return [
    '',
    '# Every opening is the slot of its own name. Nothing that it opens is printed.',
    'names() {',
    '  case $1 in',
    ...SLOTS_BY_TYPE.map(([type, slots]) => `    ${type}) echo ${slots.join(' ')} ;;`),
    '  esac',
    '}',
    '# FILE NAME SEQ: the whole line that a file of later openings shows, as text.',
    'whole() {',
    '  grep "^{\\"file\\":\\"$2\\",\\"line\\":\\".*\\",\\"seq\\":$3}\\$" "$1" | head -n 1 |',
    '    sed \'s/^{"file":"[a-z.]*","line":"//; s/","seq":[0-9]*}$//; s/\\\\"/"/g; s/\\\\\\\\/\\\\/g\'',
    '}',
    '# FILE: every whole line in it is the withheld one at its place.',
    'lines() {',
    '  sed -n \'s/^{"file":"\\([a-z]*\\.jsonl\\)","line":.*,"seq":\\([0-9]*\\)}$/\\1 \\2/p\' "$1" > "$here/lines.list"',
    '  while read -r file seq; do',
    '    same "$file line $((seq + 1))" "$(sed -n "$((seq + 1))p" "$here/$(basename "$file" .jsonl).digests")" "$(printf %s "$(whole "$1" "$file" "$seq")" | openssl dgst -sha256 -r | cut -c 1-64)"',
    '  done < "$here/lines.list"',
    '}',
    'openings() {',
    '  while IFS= read -r line; do',
    '    opening=$(printf %s "$line" | sed -n \'s/.*"opening":"\\([A-Za-z0-9_-]*\\)".*/\\1/p\')',
    '    [ -n "$opening" ] || continue',
    '    file=$(printf %s "$line" | sed -n \'s/.*"file":"\\(authorisation\\.json\\|custody\\.jsonl\\|items\\.jsonl\\)".*/\\1/p\')',
    '    field=$(printf %s "$line" | sed -n \'s/^{"field":"\\([A-Za-z0-9]*\\)".*/\\1/p\')',
    '    seq=$(printf %s "$line" | sed -n \'s/.*"seq":\\([0-9]*\\)}$/\\1/p\')',
    '    where="$file line $((seq + 1)) $field"',
    '    # In authorisation.json the number is that of the item whose consent it is.',
    '    case $file in authorisation.json) where="consent of item $seq $field"; type=consent',
    '      of=$(grep -o "{\\"item\\":$seq,\\"salt\\":\\"[0-9a-f]*\\",\\"sd\\":[^]]*]}" "record/$file") ;;',
    '    *) of=$(sed -n "$((seq + 1))p" "record/$file") ;; esac',
    '    # A line that is withheld in the bundle may stand in a file of later openings.',
    '    case $of in *\',"withheld":"\'*)',
    '      shown=$(whole "$1" "$file" "$seq")',
    '      if [ -n "$shown" ]; then of=$shown; fi ;;',
    '    esac',
    '    if [ "$file" != authorisation.json ]; then type=$(printf %s "$of" | sed -n \'s/.*"type":"\\([a-z-]*\\)".*/\\1/p\'); fi',
    '    sd=$(printf %s "$of" | sed -n \'s/.*"sd":\\["\\([A-Za-z0-9_",-]*\\)"\\].*/\\1/p\' | sed \'s/","/,/g\')',
    '    slot=; place=0',
    '    for name in $(names "$type"); do',
    '      place=$((place + 1))',
    '      if [ "$name" = "$field" ]; then slot=$(printf %s "$sd" | cut -d , -f "$place"); fi',
    '    done',
    '    same "$where" "$slot" "$(printf %s "$opening" | openssl dgst -sha256 -binary | openssl base64 -A | tr \'+/\' \'-_\' | tr -d \'=\')"',
    '    case "$(printf %s "$opening" | tr -- \'-_\' \'+/\' | base64 -d 2> /dev/null)" in \'["\'*\'","\'"$field"\'",\'*) ;; *) echo "$where: opens another name"; wrong=1 ;; esac',
    '  done < "$1"',
    '}',
    ...own.map((path) => `openings ${path}`),
    ...later.flatMap((path) => [`lines ${path}`, `openings ${path}`]),
    ...(log.handovers === undefined || !has(log, 'custody.jsonl')
      ? []
      : shHandoverSteps(log.handovers, [...own, ...later])),
  ]
}
