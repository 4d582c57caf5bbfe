import { CONSENT_SLOTS, EVENT_TYPES, type FindingId, ITEM_TYPE } from '@probatum/core'
import { quoteForPowerShell, quoteForShell } from './quote.ts'
import { APPROVAL, REQUEST_DIGEST } from './steps-authorisation.ts'
import { HANDOVER, type HandoverSteps, powerShellHandoverSteps, shHandoverSteps } from './steps-handover.ts'

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

/** Names of the slots by type of line: from the specification, never from the bundle. */
const SLOTS: readonly (readonly [string, readonly string[]])[] = [
  ['consent', CONSENT_SLOTS],
  ['item', ITEM_TYPE.slots],
  ...Object.entries(EVENT_TYPES).map(([type, { slots }]) => [type, slots] as const),
]

const has = ({ files }: LogSteps, ...names: readonly LogSteps['files'][number][]) =>
  names.every((name) => files.includes(name))

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
    ...SLOTS.map(([type, slots]) => `    ${type}) echo ${slots.join(' ')} ;;`),
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

/** The same for PowerShell, with .NET for what no command of Windows does. */
export function powerShellLogSteps(log: LogSteps): readonly string[] {
  const own = has(log, 'disclosures.jsonl') ? ["'record/disclosures.jsonl'"] : []
  const later = (log.later ?? []).map((file) => {
    const name = quoteForPowerShell(file)
    return `$(if ([IO.Path]::IsPathRooted(${name})) { ${name} } else { (Join-Path $here ${name}) })`
  })
  const lines = [
    '',
    '# 5. The custody log. Each line is digested anew.',
    '$utf8 = New-Object System.Text.UTF8Encoding $false',
    '$sha = [System.Security.Cryptography.SHA256]::Create()',
    "function Hex([byte[]]$b) { -join ($b | ForEach-Object { $_.ToString('x2') }) }",
    'function Unhex([string]$h) { ,[byte[]]@(for ($i = 0; $i -lt $h.Length; $i += 2) { [Convert]::ToByte($h.Substring($i, 2), 16) }) }',
    'function Sha([byte[]]$b) { Hex ($sha.ComputeHash($b)) }',
    'function LinesOf([string]$p) { @([IO.File]::ReadAllText($(if ([IO.Path]::IsPathRooted($p)) { $p } else { Join-Path (Get-Location).Path $p }), $utf8).Split([char]10) | Select-Object -SkipLast 1) }',
    '# Digest of a line without its end; of a withheld line the digest that stands in its place.',
    'function Digest([string]$l) { if ($l -cmatch \'^\\{"seq":[0-9]+,"withheld":"([0-9a-f]{64})"\\}$\') { $Matches[1] } else { Sha ($utf8.GetBytes($l)) } }',
    '# Merkle root (RFC 9162 2.1.1): leaves, then pairs until one is left.',
    'function Root([string[]]$d) { $n = @($d | ForEach-Object { Sha ([byte[]](@([byte]0) + (Unhex $_))) }); while ($n.Count -gt 1) { $n = @(for ($i = 0; $i -lt $n.Count; $i += 2) { if ($i + 1 -lt $n.Count) { Sha ([byte[]](@([byte]1) + (Unhex ($n[$i] + $n[$i + 1])))) } else { $n[$i] } }) }; $n[0] }',
    'function Same([string]$what, [string]$expected, [string]$found) { if ($expected -cne $found -or $expected -eq \'\') { "$what`: expected $expected, found $found"; $script:wrong = 1 } }',
  ]
  if (has(log, 'custody.jsonl'))
    lines.push(
      '',
      '# Every shown event names the digest of the line before it.',
      "$custody = LinesOf 'record/custody.jsonl'",
      '$digests = @($custody | ForEach-Object { Digest $_ })',
      'for ($i = 0; $i -lt $custody.Count; $i++) { if ($custody[$i] -cmatch \'"prev":"([0-9a-f]{64})"\') { Same "custody.jsonl line $($i + 1) prev" $(if ($i -eq 0) { \'0\' * 64 } else { $digests[$i - 1] }) $Matches[1] } elseif ($custody[$i] -cnotmatch \',"withheld":"\') { Same "custody.jsonl line $($i + 1) prev" \'a digest\' \'\' } }',
    )
  if (has(log, 'custody.jsonl', 'items.jsonl'))
    lines.push(
      '',
      '# The last event is the making of this bundle: it names the items as they are here.',
      "$items = @(LinesOf 'record/items.jsonl' | ForEach-Object { Digest $_ })",
      "Same 'items' $(if ($custody[-1] -cmatch '\"itemCount\":([0-9]+)') { $Matches[1] }) $items.Count",
      'Same \'item root\' $(if ($custody[-1] -cmatch \'"itemRoot":"([0-9a-f]{64})"\') { $Matches[1] }) (Root $items)',
    )
  if (has(log, 'custody.jsonl', 'checkpoint')) lines.push(...powerShellCheckpoint(log))
  if (has(log, 'disclosures.jsonl') || log.later !== undefined)
    lines.push(
      '',
      '# Every opening is the slot of its own name. Nothing that it opens is printed.',
      '$names = @{',
      ...SLOTS.map(
        ([type, slots]) => `  ${quoteForPowerShell(type)} = ${quoteForPowerShell(slots.join(' '))}.Split(' ')`,
      ),
      '}',
      'function Openings([string]$path) { $all = LinesOf $path; foreach ($line in $all) { if ($line -cmatch \'^\\{"field":"([A-Za-z0-9]+)","file":"(authorisation\\.json|custody\\.jsonl|items\\.jsonl)","opening":"([A-Za-z0-9_-]+)","seq":([0-9]+)\\}$\') {',
      '  $field = $Matches[1]; $file = $Matches[2]; $opening = $Matches[3]; $seq = [int]$Matches[4]',
      '  # In authorisation.json the number is that of the item whose consent it is.',
      '  $isConsent = $file -ceq \'authorisation.json\'; $where = $(if ($isConsent) { "consent of item $seq $field" } else { "$file line $($seq + 1) $field" })',
      '  $of = $(if ($isConsent) { [regex]::Match([IO.File]::ReadAllText((Join-Path (Get-Location).Path "record/$file"), $utf8), \'\\{"item":\' + $seq + \',"salt":"[0-9a-f]*","sd":[^\\]]*\\]\\}\').Value } else { @(LinesOf "record/$file")[$seq] })',
      '  # A line that is withheld in the bundle may stand in a file of later openings.',
      `  if ($of -cmatch ',"withheld":"') { foreach ($one in $all) { if ($one.StartsWith('{"file":"' + $file + '","line":') -and $one.EndsWith(',"seq":' + $seq + '}')) { $of = ($one | ConvertFrom-Json).line } } }`,
      '  $type = $(if ($isConsent) { \'consent\' } elseif ($of -cmatch \'"type":"([a-z-]+)"\') { $Matches[1] }); $sd = $(if ($of -cmatch \'"sd":\\["([^\\]]*)"\\]\') { $Matches[1] -split \'","\' })',
      '  $place = [Array]::IndexOf([string[]]$names[$type], $field)',
      "  Same $where $(if ($place -ge 0) { @($sd)[$place] }) ([Convert]::ToBase64String($sha.ComputeHash($utf8.GetBytes($opening))).Replace('+', '-').Replace('/', '_').TrimEnd('='))",
      "  $plain = $utf8.GetString([Convert]::FromBase64String($opening.Replace('-', '+').Replace('_', '/').PadRight([int][Math]::Ceiling($opening.Length / 4) * 4, '=')))",
      '  if ($plain -cnotmatch (\'^\\["[A-Za-z0-9_-]{22}","\' + $field + \'",\')) { "$where`: opens another name"; $script:wrong = 1 }',
      '} } }',
      '# Every whole line in a file of later openings is the withheld one at its place.',
      `function Lines([string]$path) { foreach ($one in LinesOf $path) { if ($one -cmatch '^\\{"file":"(custody|items)\\.jsonl","line":.*,"seq":([0-9]+)\\}$') { $file = $Matches[1]; $seq = [int]$Matches[2]; Same "$file.jsonl line $($seq + 1)" (Digest (@(LinesOf "record/$file.jsonl")[$seq])) (Sha ($utf8.GetBytes(($one | ConvertFrom-Json).line))) } } }`,
      ...own.map((path) => `Openings ${path}`),
      ...later.flatMap((path) => [`Lines ${path}`, `Openings ${path}`]),
      ...(log.handovers === undefined || !has(log, 'custody.jsonl')
        ? []
        : powerShellHandoverSteps(log.handovers, [...own, ...later])),
    )
  return lines
}

function powerShellCheckpoint({ keys }: LogSteps): readonly string[] {
  const lines = [
    '',
    '# The checkpoint names the number of lines, and the root over all of them, withheld ones included.',
    "$note = LinesOf 'record/checkpoint'",
    "Same 'size' $note[1] $digests.Count",
    "Same 'root' (Hex ([Convert]::FromBase64String($note[2]))) (Root $digests)",
    '',
    '# The signature of the log over the text of the checkpoint (Ed25519, behind four octets of key ID).',
    "$end = [Array]::IndexOf([string[]]$note, '')",
    '[IO.File]::WriteAllText((Join-Path $here \'checkpoint.text\'), (($note[0..($end - 1)] -join "`n") + "`n"), $utf8)',
    "$signed = @($note | Select-Object -Skip ($end + 1) | Where-Object { $_.Split(' ')[1] -ceq $note[0] })[0]",
    "$bytes = [Convert]::FromBase64String($signed.Split(' ')[2])",
    "[IO.File]::WriteAllBytes((Join-Path $here 'checkpoint.sig'), [byte[]]$bytes[4..($bytes.Length - 1)])",
  ]
  lines.push(
    '$current = @($custody | ForEach-Object { if ($_ -cmatch \'"logKey":"([0-9a-f]{64})"\') { $Matches[1] } })[-1]',
  )
  // Of several, which a log may have had one after the other, the one that it names last: SHA-256 of the last 32 octets.
  for (const { origin, pem } of keys ?? [])
    lines.push(
      `if ($note[0] -ceq ${quoteForPowerShell(origin)}) { $pem = @'`,
      pem.trimEnd(),
      "'@",
      "  $der = [Convert]::FromBase64String(($pem -replace '-----[A-Z ]+-----', '')); $key = Sha ([byte[]]$der[($der.Length - 32)..($der.Length - 1)])",
      "  if ($key -ceq $current -or -not (Test-Path -LiteralPath (Join-Path $here 'log-key.pem'))) { $pem | Set-Content -Encoding ascii (Join-Path $here 'log-key.pem') } }",
    )
  return [
    ...lines,
    "if (Test-Path -LiteralPath (Join-Path $here 'log-key.pem')) {",
    '  openssl pkeyutl -verify -pubin -inkey "$here/log-key.pem" -rawin -in "$here/checkpoint.text" -sigfile "$here/checkpoint.sig"; if ($LASTEXITCODE -ne 0) { $wrong = 1 }',
    '} else { "log-key.pem is not here: whose log this is was not checked. Get the key by another way than this bundle." }',
  ]
}
