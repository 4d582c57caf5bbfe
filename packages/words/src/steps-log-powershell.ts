import { quoteForPowerShell } from './quote.ts'
import { SLOTS_BY_TYPE } from './slots-by-type.ts'
import { powerShellHandoverSteps } from './steps-handover.ts'
import { has, type LogSteps } from './steps-log.ts'

/** Section 5 of the steps for PowerShell, with .NET for what no command of Windows does. Sets `$wrong`; `$here` is where it was started. */
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
      ...SLOTS_BY_TYPE.map(
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
