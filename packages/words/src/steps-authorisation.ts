import { quoteForShell } from './quote.ts'

/** What the commands about approvals are made from. */
export interface ApprovalSteps {
  /** Root certificates of role approver, PEM, from the verifier's own list; null: he brings the file. */
  readonly roots: string | null
  /** Seconds since 1970: the moment at which the certificates are looked at; null for now. */
  readonly attime: number | null
}

const RECORD = 'record/authorisation.json'
/** The file is canonical, and quotes in its texts are escaped: this stands in it once. */
const BEFORE_REQUEST = ',"authorisation":"probatum/authorisation/1-draft","request":'

/** The request as it stands in the record: what approvals name is its digest. */
const REQUEST = `sed -n 's|^.*${BEFORE_REQUEST}\\(.*\\)}$|\\1|p' ${RECORD} | tr -d '\\n'`

/** `{"exportNumber":…,"logId":…,"request":…,"statement":…}`: the bytes that each approval signs. */
const STATEMENT = '{"exportNumber":"%s","logId":"%s","request":"%s","statement":"probatum/approval/1"}'

export const REQUEST_DIGEST = `${REQUEST} | openssl dgst -sha256 -r`

function verifyCommand(attime: number | null, number: string, sink: string): string {
  const at = attime === null ? '' : ` -attime ${attime}`
  return `openssl cms -verify -cades -binary -inform DER -in approval-${number}.p7s -content approval.json -CAfile approver-roots.pem -no-CApath -no-CAstore -purpose any${at} -signer approver-${number}.pem -out ${sink}`
}

export const APPROVAL = verifyCommand(null, '1', '/dev/null')

const ABOUT = [
  'The sharing decision: each approval is over the digest of the request, its export number and its log. Two of them must be of',
  'two persons, by name and by key, and of none who sealed. What was approved stands in request.json, to be read.',
]

/** For sh with GNU coreutils and OpenSSL, in the bundle's folder; `$here` is where it was started. Sets `wrong`. */
export function shApprovalSteps({ roots, attime }: ApprovalSteps): readonly string[] {
  return [
    '',
    ...ABOUT.map((line) => `# ${line}`),
    ...(roots === null ? [] : [`cat > "$here/approver-roots.pem" <<'END'`, roots.trimEnd(), 'END']),
    `${REQUEST} > "$here/request.json"`,
    'member() { sed -n \'s/^.*"\'"$1"\'":"\\([0-9a-f]*\\)".*$/\\1/p\' "$2"; }',
    'if [ "$(cat "$here/request.json")" = null ]; then echo "There is no request to share."; else',
    '  last=$(mktemp); tail -n 1 record/custody.jsonl > "$last"; first=$(mktemp); head -n 1 record/custody.jsonl > "$first"',
    '  said() { [ "$2" = "$3" ] && [ -n "$2" ] || { echo "$1: expected $2, found $3"; wrong=1; }; }',
    '  said "request logId" "$(member logId "$first")" "$(member logId "$here/request.json")"',
    '  said "request exportNumber" "$(member exportNumber "$last")" "$(member exportNumber "$here/request.json")"',
    '  said "request itemRoot" "$(member itemRoot "$last")" "$(member itemRoot "$here/request.json")"',
    `  said "request disclosures" "$(openssl dgst -sha256 -r record/disclosures.jsonl | cut -c 1-64)" "$(member disclosures "$here/request.json")"`,
    `  said "own export" "$(member authorisation "$last")" "$(openssl dgst -sha256 -r ${RECORD} | cut -c 1-64)"`,
    '  rm "$last" "$first"',
    `  printf ${quoteForShell(STATEMENT)} "$(member exportNumber "$here/request.json")" "$(member logId "$here/request.json")" "$(openssl dgst -sha256 -r "$here/request.json" | cut -c 1-64)" > "$here/approval.json"`,
    '  number=0',
    `  for signature in $(sed 's|${BEFORE_REQUEST}.*$||' ${RECORD} | grep -o '"signature":"[A-Za-z0-9+/=]*"' | cut -d '"' -f 4); do`,
    '    number=$((number + 1))',
    '    printf %s "$signature" | openssl base64 -d -A > "$here/approval-$number.p7s"',
    `    (cd "$here" && ${verifyCommand(attime, '"$number"', '/dev/null')} && openssl x509 -in approver-"$number".pem -noout -subject -nameopt RFC2253) || wrong=1`,
    '  done',
    '  for part in subject pubkey; do',
    '    people=$(for one in "$here"/approver-[0-9]*.pem; do openssl x509 -in "$one" -noout -"$part" | openssl dgst -sha256 -r; done | sort -u | wc -l)',
    '    [ "$people" -ge 2 ] || { echo "fewer than two approvers by $part"; wrong=1; }',
    '  done',
    'fi',
  ]
}

/** For PowerShell; `$here` is where it was started. Sets `$wrong`. */
export function powerShellApprovalSteps({ roots, attime }: ApprovalSteps): readonly string[] {
  return [
    '',
    ...ABOUT.map((line) => `# ${line}`),
    ...(roots === null ? [] : ["@'", roots.trimEnd(), '\'@ | Set-Content -Encoding ascii "$here/approver-roots.pem"']),
    `$m = [regex]::Match([IO.File]::ReadAllText([IO.Path]::Combine((Get-Location).Path, '${RECORD}')), '^\\{"approvals":\\[(.*)\\]${BEFORE_REQUEST}(.*)\\}$')`,
    '$request = $m.Groups[2].Value',
    "if ($request -eq 'null') { 'There is no request to share.' } else {",
    '  [IO.File]::WriteAllText("$here/request.json", $request)',
    '  $sha = (Get-FileHash -Algorithm SHA256 -LiteralPath "$here/request.json").Hash.ToLower()',
    `  function Member($name) { [regex]::Match($request, '"' + $name + '":"([0-9a-f]*)"').Groups[1].Value }`,
    "  if ((Member 'disclosures') -ne (Get-FileHash -Algorithm SHA256 -LiteralPath 'record/disclosures.jsonl').Hash.ToLower()) { 'request disclosures: another digest'; $wrong = 1 }",
    `  [IO.File]::WriteAllText("$here/approval.json", '{"exportNumber":"' + (Member 'exportNumber') + '","logId":"' + (Member 'logId') + '","request":"' + $sha + '","statement":"probatum/approval/1"}')`,
    '  $number = 0; Push-Location -LiteralPath $here',
    `  foreach ($one in [regex]::Matches($m.Groups[1].Value, '"signature":"([A-Za-z0-9+/=]*)"')) { $number++`,
    '    [IO.File]::WriteAllBytes("$here/approval-$number.p7s", [Convert]::FromBase64String($one.Groups[1].Value))',
    `    ${verifyCommand(attime, '$number', 'NUL')}; if ($LASTEXITCODE -ne 0) { $wrong = 1 } else { openssl x509 -in approver-$number.pem -noout -subject -nameopt RFC2253 }`,
    '  }',
    "  if ($number -lt 2) { 'fewer than two approvals'; $wrong = 1 }",
    '  Pop-Location',
    '}',
  ]
}
