import { EVENT_TYPES } from '@probatum/core'

/** What the commands about signed hand-overs are made from. */
export interface HandoverSteps {
  /** Root certificates of role handover, PEM, from the verifier's own list; null: he brings the file. */
  readonly roots: string | null
  /** Seconds since 1970: the moment at which the certificates are looked at; null for now. */
  readonly attime: number | null
}

/** docs/spec/bundle-1.md, section 5.4: what giver and receiver sign. */
const STATEMENTS = { handover: 'probatum/handover/1', receipt: 'probatum/handover-receipt/1' } as const
/** Slots that are signed, from 1, as `cut` counts. */
const PLACE = Object.fromEntries(
  (['agent', 'objects', 'receiver'] as const).map((name) => [name, EVENT_TYPES.transfer.slots.indexOf(name) + 1]),
)
const VERIFY = 'openssl cms -verify -binary -inform DER'
/** Without roots there is no path, and without a path openssl does not compare the signing-certificate attribute. */
const CHAIN = '-cades -CAfile handover-roots.pem -no-CApath -no-CAstore -purpose any'

export const HANDOVER = `${VERIFY} -in handover-LINE.p7s -content handover-LINE.json ${CHAIN} -out /dev/null`

const ABOUT = [
  'Signed hand-overs that are opened: each signature is over the statement that is made from its own line. The certificates lie',
  'in handover-LINE.pem and receipt-LINE.pem: whose they are, they say. Two lines never have one event, nor two sides one key.',
]
const NO_ROOTS =
  'handover-roots.pem is not here: whose signatures on hand-overs these are was not checked. Get the roots by another way than this bundle.'

/**
 * For sh with GNU coreutils and OpenSSL, in the bundle's folder, behind the commands about openings, whose `whole` it uses; `$here` is
 * where it was started. Sets `wrong`.
 * @param files of openings, quoted
 */
export function shHandoverSteps({ roots, attime }: HandoverSteps, files: readonly string[]): readonly string[] {
  const chain = `${CHAIN}${attime === null ? '' : ` -attime ${attime}`}`
  return [
    '',
    ...ABOUT.map((line) => `# ${line}`),
    ...(roots === null || roots === '' ? [] : [`cat > "$here/handover-roots.pem" <<'END'`, roots.trimEnd(), 'END']),
    `if [ -f "$here/handover-roots.pem" ]; then chain='${chain}'; else chain=-noverify; fi`,
    `padded() { printf %s "$1"; case $((\${#1} % 4)) in 2) printf == ;; 3) printf = ;; esac; }`,
    'handovers() {',
    '  sed -n \'s/^{"field":"\\(handover\\|receipt\\)","file":"custody\\.jsonl","opening":"\\([A-Za-z0-9_-]*\\)","seq":\\([0-9]*\\)}$/\\1 \\3 \\2/p\' "$1" > "$here/handovers.list"',
    '  while read -r field seq opening; do',
    '    name=$field-$((seq + 1)); of=$(sed -n "$((seq + 1))p" record/custody.jsonl)',
    '    case $of in *\',"withheld":"\'*) of=$(whole "$1" custody.jsonl "$seq") ;; esac',
    '    sd=$(printf %s "$of" | sed -n \'s/.*"sd":\\["\\([A-Za-z0-9_",-]*\\)"\\].*/\\1/p\' | sed \'s/","/,/g\')',
    '    slot() { printf %s "$sd" | cut -d , -f "$1"; }',
    '    member() { sed -n \'s/.*"\'"$1"\'":"\\([0-9a-f]*\\)".*/\\1/p\'; }',
    '    event=$(printf %s "$of" | member event)',
    `    case $field in handover) statement=${STATEMENTS.handover} ;; *) statement=${STATEMENTS.receipt} ;; esac`,
    `    printf '{"agent":"%s","event":"%s","logId":"%s","objects":"%s","receiver":"%s","statement":"%s"}' "$(slot ${PLACE.agent})" "$event" "$(head -n 1 record/custody.jsonl | member logId)" "$(slot ${PLACE.objects})" "$(slot ${PLACE.receiver})" "$statement" > "$here/$name.json"`,
    '    padded "$opening" | tr -- \'-_\' \'+/\' | base64 -d | sed -n \'s/^\\["[A-Za-z0-9_-]*","[a-z]*","\\([A-Za-z0-9+/=]*\\)"\\]$/\\1/p\' | base64 -d > "$here/$name.p7s"',
    '    printf \'custody.jsonl line %s %s: \' "$((seq + 1))" "$field"',
    `    (cd "$here" && ${VERIFY} -in "$name.p7s" -content "$name.json" $chain -signer "$name.pem" -out /dev/null) 2>&1 || wrong=1`,
    '    [ "$(grep -c "^{\\"event\\":\\"$event\\"" record/custody.jsonl)" -le 1 ] || { echo "custody.jsonl line $((seq + 1)): another line has its event"; wrong=1; }',
    '  done < "$here/handovers.list"',
    `  [ "$chain" != -noverify ] || [ ! -s "$here/handovers.list" ] || echo '${NO_ROOTS}'`,
    '}',
    ...files.map((file) => `handovers ${file}`),
    'for one in "$here"/handover-[0-9]*.pem; do',
    '  other=$(printf %s "$one" | sed \'s/handover-\\([0-9]*\\.pem\\)$/receipt-\\1/\')',
    '  if [ -f "$one" ] && [ -f "$other" ] && [ "$(openssl x509 -in "$one" -noout -pubkey)" = "$(openssl x509 -in "$other" -noout -pubkey)" ]',
    '  then echo "$(basename "$one" .pem): one key on both sides"; wrong=1; fi',
    'done',
  ]
}

/** For PowerShell, behind the commands about openings; `$here` is where it was started. Sets `$wrong`. */
export function powerShellHandoverSteps({ roots, attime }: HandoverSteps, files: readonly string[]): readonly string[] {
  const chain = [...CHAIN.split(' '), ...(attime === null ? [] : ['-attime', `${attime}`])]
  return [
    '',
    ...ABOUT.map((line) => `# ${line}`),
    ...(roots === null || roots === ''
      ? []
      : ["@'", roots.trimEnd(), "'@ | Set-Content -Encoding ascii (Join-Path $here 'handover-roots.pem')"]),
    `$chain = @(if (Test-Path -LiteralPath (Join-Path $here 'handover-roots.pem')) { ${chain.map((part) => `'${part}'`).join(', ')} } else { '-noverify' })`,
    "$events = @(LinesOf 'record/custody.jsonl')",
    `$statements = @{ handover = '${STATEMENTS.handover}'; receipt = '${STATEMENTS.receipt}' }`,
    'function Handovers([string]$path) { $all = LinesOf $path; foreach ($line in $all) { if ($line -cmatch \'^\\{"field":"(handover|receipt)","file":"custody\\.jsonl","opening":"([A-Za-z0-9_-]+)","seq":([0-9]+)\\}$\') {',
    '  $field = $Matches[1]; $opening = $Matches[2]; $seq = [int]$Matches[3]; $name = "$field-$($seq + 1)"; $of = $events[$seq]',
    `  if ($of -cmatch ',"withheld":"') { foreach ($one in $all) { if ($one.StartsWith('{"file":"custody.jsonl","line":') -and $one.EndsWith(',"seq":' + $seq + '}')) { $of = ($one | ConvertFrom-Json).line } } }`,
    '  $sd = @($(if ($of -cmatch \'"sd":\\["([^\\]]*)"\\]\') { $Matches[1] -split \'","\' }))',
    '  $event = $(if ($of -cmatch \'"event":"([0-9a-f]*)"\') { $Matches[1] }); $log = $(if ($events[0] -cmatch \'"logId":"([0-9a-f]*)"\') { $Matches[1] })',
    `  [IO.File]::WriteAllText((Join-Path $here "$name.json"), '{"agent":"' + $sd[${(PLACE.agent ?? 1) - 1}] + '","event":"' + $event + '","logId":"' + $log + '","objects":"' + $sd[${(PLACE.objects ?? 1) - 1}] + '","receiver":"' + $sd[${(PLACE.receiver ?? 1) - 1}] + '","statement":"' + $statements[$field] + '"}', $utf8)`,
    "  $plain = $utf8.GetString([Convert]::FromBase64String($opening.Replace('-', '+').Replace('_', '/').PadRight([int][Math]::Ceiling($opening.Length / 4) * 4, '=')))",
    '  $cms = $(if ($plain -cmatch \'","([A-Za-z0-9+/=]*)"\\]$\') { $Matches[1] }); [IO.File]::WriteAllBytes((Join-Path $here "$name.p7s"), [Convert]::FromBase64String($cms))',
    '  "custody.jsonl line $($seq + 1) $field"; Push-Location -LiteralPath $here',
    `  ${VERIFY} -in "$name.p7s" -content "$name.json" @chain -signer "$name.pem" -out NUL; if ($LASTEXITCODE -ne 0) { $script:wrong = 1 }`,
    '  Pop-Location',
    '  if (@($events | Where-Object { $_.StartsWith(\'{"event":"\' + $event + \'"\') }).Count -gt 1) { "custody.jsonl line $($seq + 1): another line has its event"; $script:wrong = 1 }',
    `  if ($chain[0] -eq '-noverify') { '${NO_ROOTS}' }`,
    '} } }',
    ...files.map((file) => `Handovers ${file}`),
    "foreach ($one in Get-ChildItem -LiteralPath $here -Filter 'handover-*.pem') { $other = Join-Path $here $one.Name.Replace('handover-', 'receipt-'); if ($one.Name -cne 'handover-roots.pem' -and (Test-Path -LiteralPath $other) -and (\"$(openssl x509 -in $one.FullName -noout -pubkey)\" -ceq \"$(openssl x509 -in $other -noout -pubkey)\")) { \"$($one.BaseName): one key on both sides\"; $wrong = 1 } }",
  ]
}
