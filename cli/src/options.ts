import type { Option } from 'yargs'

/** Spelled out: help must not load the catalogues. A test compares them with the languages there are. */
export const LANGUAGES = ['en', 'fr', 'es', 'ar', 'my'] as const

/** A value that is typed once, as text: yargs would read 2025 as a number and drop a zero. */
const text = (describe: string, rest: Partial<Option> = {}): Option => ({
  type: 'string',
  requiresArg: true,
  describe,
  ...rest,
})
const flag = (describe: string, rest: Partial<Option> = {}): Option => ({ type: 'boolean', describe, ...rest })

export const LOOKS: Readonly<Record<string, Option>> = {
  color: text('colours: auto means on a terminal only, and not under NO_COLOR', {
    choices: ['auto', 'always', 'never'],
  }),
  ascii: flag('write nothing but ASCII'),
}

export const JUDGEMENT: Readonly<Record<string, Option>> = {
  policy: text('what must hold: fixity, sealed (default), court, long-term, or a file written with its path'),
  'trust-set': text('the file that says whose keys you believe; it must come by another way than the bundle'),
  'trust-code': text('the code of that file, from the letter that came with it'),
  at: text(
    'judge as of this time, 2026-03-14T09:12:00Z, or 2026-03-14 for the last second of that day in UTC; default: now',
  ),
}

/** As core has them; written out, so that the help needs nothing of it. */
export const ROLES = ['signer', 'time-stamp-authority', 'log', 'handover', 'approver', 'notice', 'trust-set'] as const

export const REVOCATION: Readonly<Record<string, Option>> = {
  crl: text('withdrawal lists (CRLs) of authorities, DER or PEM; may be repeated', {
    array: true,
    alias: 'crls',
  }),
  ocsp: text('OCSP responses, DER; may be repeated', { array: true }),
}

/** What helps to judge a signature or time-stamp without its bundle. */
export const BESIDE: Readonly<Record<string, Option>> = {
  ...REVOCATION,
  intermediates: text(
    'certificates that a path may go through, PEM or DER; several files, or repeated. Never trusted by being here',
    { array: true },
  ),
}

/** The inputs of RFC 5280 §6.1.1 (c), (e), (f) and (g), in its own words. */
export const PATH_INPUTS: Readonly<Record<string, Option>> = {
  'user-initial-policy-set': text(
    'OIDs of the certificate policies that you accept where one is required (RFC 5280 §6.1.1); several, or repeated',
    { array: true },
  ),
  'initial-explicit-policy': flag('the path must be valid for a certificate policy'),
  'initial-policy-mapping-inhibit': flag('no certificate policy is mapped to another one'),
  'initial-any-policy-inhibit': flag('anyPolicy stands for no certificate policy'),
}

export const OUTPUT: Readonly<Record<string, Option>> = {
  json: flag('print the report as JSON, one line for each bundle'),
  details: flag('print every axis, what was not checked, and all digests'),
  quiet: flag('print nothing; the exit code tells'),
  save: text('save the report as JSON to this new file'),
  ...LOOKS,
}

/** Keys that open encrypted bundles. */
export const IDENTITY: Readonly<Record<string, Option>> = {
  identity: text(
    'your key, for a bundle that was encrypted to it: an identity file of age, a private key in PEM, or PKCS #12; may be repeated',
    { array: true },
  ),
  'identity-password-file': text('the file whose first line is the password of --identity'),
}

export const VERIFY: Readonly<Record<string, Option>> = {
  ...JUDGEMENT,
  ...IDENTITY,
  ...REVOCATION,
  digests: text('hash the evidence files under these only, e.g. sha256 or sha256,sha512; default: all'),
  part: flag('this copy is a part: listed files that are absent do not contradict'),
  names: flag('show original file names where they were opened'),
  disclosures: text(
    'a file of later openings, as `probatum disclose` writes it; may be repeated. It is checked against this bundle',
    {
      array: true,
    },
  ),
  notices: text(
    'a notice of the issuer, as `probatum notice make` writes it: what was withdrawn, superseded or recalled; may be repeated',
    { array: true },
  ),
  'evidence-record': text(
    'an evidence record (RFC 4998) over files of the bundle; may be repeated: since when they existed, as it proves',
    { array: true },
  ),
  recipient: text(
    'whom the bundle should be for: age1…, a file with a certificate, the SHA-256 of a key, or name:NAME; says when it was made for somebody else',
  ),
  'show-opened': flag('print opened values under a banner, and keep them in --save-facts; never in a report'),
  html: text('save the report as one page for a browser, to be kept or printed, to this new file'),
  language: text('of --html; default: en', { choices: LANGUAGES }),
  inventory: text('save what was found of each file (JSON lines) to this new file'),
  'save-facts': text('save what was computed, for `probatum judge`, to this new file'),
  jobs: { type: 'number', requiresArg: true, describe: 'threads that hash; default: as many as this computer has' },
  ...OUTPUT,
}

export const EXAMPLES: Readonly<Record<string, string>> = {
  main: `Examples
  probatum demo                                     make a sample, verify it, and see a changed copy refused
  probatum verify BUNDLE                            is it unchanged, who sealed it, since when
  probatum verify BUNDLE --trust-set trust.json     and believe the keys of this list
  probatum verify --policy fixity BAG               any BagIt bag: bytes and completeness only
  probatum steps BUNDLE                             the same with sha256sum and openssl`,
  verify: `Examples
  probatum verify evidence.zip --trust-set trust.json
  probatum verify evidence/ --policy fixity
  probatum verify evidence.zip --trust-set trust.json --disclosures later.jsonl --show-opened
  probatum verify evidence.zip --trust-set trust.json --notices notice.json
  probatum verify evidence.zip --trust-set trust.json --evidence-record kept.ers
  probatum verify evidence.zip --policy court --trust-set trust.json --recipient our-certificate.pem
  probatum verify 5d0c7e.age --identity key.txt --trust-set trust.json    encrypted to you; no plaintext is written
  probatum verify a.zip b.zip c/ --json > reports.jsonl
  probatum verify evidence.zip --trust-set trust.json --at 2030-01-01 --save report.json`,
  'timestamp verify': `Examples
  probatum timestamp verify token.tsr --data photo.jpg --trust-set trust.json
  probatum timestamp verify token.tsr --data photo.jpg --at 2025-03-11`,
  'timestamp request': `Examples
  probatum seal photos/ -o sealed/ --key key.pem --chain chain.pem --tsa-later acme="CN=Acme TSA"
  probatum timestamp request sealed/ -o acme.tsq
  curl -H 'Content-Type: application/timestamp-query' --data-binary @acme.tsq https://tsa.example/ -o acme.tsr
  probatum timestamp attach sealed/ acme.tsr --request acme.tsq`,
  'timestamp attach': `Examples
  probatum timestamp attach sealed/ acme.tsr --request acme.tsq`,
  'signature verify': `Examples
  probatum signature verify letter.p7s --content letter.pdf --trust-set trust.json
  probatum signature verify letter.p7s --content letter.pdf --tokens letter.p7s.tsr --at 2030-01-01`,
  'evidence-record verify': `Examples
  probatum evidence-record verify letter.ers --data letter.pdf --trust-set trust.json
  probatum evidence-record verify group.ers --data letter.pdf letter.p7s --trust-set trust.json --at 2040-01-01`,
  'path verify': `Examples
  probatum path verify signer.pem --intermediates chain.pem --crls root.crl authority.crl --trust-set trust.json --at 2026-03-14
  probatum path verify tsa.pem --role time-stamp-authority --ocsp answer.der --trust-set trust.json
  probatum path verify signer.pem --trust-set trust.json --initial-explicit-policy --user-initial-policy-set 1.3.6.1.4.1.32473.1
  The inputs of RFC 5280 make another policy, whose identifier and digest are in the report; depth stands in a policy file.`,
  trust: `Examples
  probatum trust add root.pem --role signer --source "letter of 3 March 2026" --issuer "Our court" --to set-1.json
  probatum trust add tsa.pem --role time-stamp-authority --source "tsa.example" --after set-1.json --to set-2.json
  probatum trust explain set-2.json
  probatum trust card set-2.json                    the letter that goes by another way than the file`,
  seal: `Examples
  probatum seal photos/ -o sealed/ --demo-authority
  probatum seal photos/ --items items.csv --dry-run                  nothing is written
  probatum seal bag/ -o sealed/ --key key.pem --chain chain.pem --tsa a=URL --resume
  probatum seal photos/ -o sealed.zip --zip --key key.pem --chain chain.pem --tsa acme=https://tsa.example/
  probatum seal photos/ -o sealed/ --key key.pem --chain chain.pem --tsa a=URL --tsa b=URL --long-term
  probatum seal photos/ -o outbox/ --key key.pem --chain chain.pem --tsa a=URL --encrypt-to court.pem
  probatum seal photos/ -o sealed/ --key key.pem --chain chain.pem --tsa a=URL --tsa b=URL --tsa c=URL --tsa-threshold 2
  probatum seal photos/ -o sealed/ --key key.pem --chain chain.pem --tsa a=URL --validation root.pem --online`,
  'seal prepare': `Examples
  probatum seal prepare photos/ -o prepared/ --chain chain.pem --tsa acme=https://tsa.example/
  pkcs11-tool … --sign --mechanism ECDSA-SHA256 -i prepared/to-sign/….attributes.der -o seal.sig
  probatum seal embed prepared/ --signature seal.sig -o sealed/`,
  'seal embed': `Examples
  probatum seal embed prepared/ --signature seal.sig -o sealed/
  probatum seal embed prepared/ --signature sha256.sig sha512.sig -o sealed.zip --zip`,
  'redact prepare': `Examples
  probatum redact prepare master/ --log log/ --log-key log-key.pem --policy defence.json -o prepared/ \\
      --chain chain.pem --tsa a=URL`,
  'redact embed': `Examples
  probatum redact embed prepared/ --signature defence.sig -o out/`,
  renew: `Examples
  probatum renew --check sealed/ --trust-set trust.json
  probatum renew sealed/ --trust-set trust.json --tsa acme=https://tsa.example/ --validation lists/
  probatum renew sealed.zip -o renewed.zip --tsa a=URL --tsa b=URL --tsa-threshold 1 --online

--check ends with 0 when there is time, 3 when it is overdue or cannot be told, 1 when the bundle does not hold.`,
  custody: `Examples
  probatum custody init log/ --log-key log-key.pem --new-key --origin archive.example/case-7
  probatum custody append log/ --type transfer --field agent="Example Office" --field receiver="Example Court" --objects 0-3
  probatum custody append log/ --item photo.jpg --item note.txt
  probatum custody append log/ --batch < events.jsonl > acknowledged.jsonl
  probatum seal photos/ --log log/ --log-key log-key.pem -o master/ --key key.pem --chain chain.pem --tsa a=URL`,
  gate: `Examples
  probatum gate request --log log/ --recipient prosecutor.json --consents consents.csv --policy defence.json \\
      --purpose "trial of case 7" --ground "Example statute, article 7" -o request.json
  probatum gate approve request.json --log log/ --key my-key.pem --chain my-chain.pem
  probatum gate check request.json request.approval-1.json request.approval-2.json --log log/
  probatum redact master/ --log log/ --log-key log-key.pem --for request.json --approval request.approval-1.json \\
      --approval request.approval-2.json -o out/ --key key.pem --chain chain.pem --tsa a=URL
  probatum gate explain consent-expired

check ends with 0 when everything is met, 3 when something is missing, 1 when files, signatures or the log contradict
each other.`,
  redact: `Examples
  probatum redact master/ --log log/ --log-key log-key.pem --policy defence.json --policy court.json -o out/ \\
      --key key.pem --chain chain.pem --tsa a=URL`,
  encrypt: `Examples
  probatum encrypt sealed/ --encrypt-to age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs… -o outbox/
  probatum encrypt sealed.zip --encrypt-to court.pem -o outbox/`,
  disclose: `Examples
  probatum disclose out/defence/ --log log/ --open custody.jsonl:4:agent --open items.jsonl:2 -o later.jsonl`,
  notice: `Examples
  probatum custody append log/ --type consent-withdrawal --objects 14
  probatum notice make sealed/ --log log/ --log-key log-key.pem --kind withdrawn --items 14 --code consent-withdrawn \\
      --event last --key key.pem --chain chain.pem -o item-14.notice.json
  probatum notice make --bundle-id 64-HEX --seal-id 64-HEX --export 17 --log log/ --kind recalled \\
      --code shared-in-error --key key.pem --chain chain.pem -o recall.notice.json
  probatum notice show item-14.notice.json
  probatum verify sealed/ --trust-set trust.json --notices item-14.notice.json`,
  receipt: `Examples
  probatum receipt make evidence.zip --key key.pem --chain chain.pem -o receipt.json
  probatum receipt check receipt.json --bundle evidence.zip --trust-set trust.json
  probatum custody append log/ --receipt receipt.json --field agent="Example Office"

check ends with 0 when the signature holds and an anchor of role handover certifies it, with 1 when signature or bundle
contradict the receipt, else with 3.`,
  demo: `Examples
  probatum demo`,
  inspect: `Examples
  probatum inspect token.tsr
  probatum inspect evidence.zip`,
  explain: `Examples
  probatum verify evidence.zip --save report.json; probatum explain report.json
  probatum explain evidence.zip --rests-on --trust-set trust.json`,
  steps: `Examples
  probatum steps evidence/
  probatum steps evidence/ --shell powershell
  probatum steps evidence.zip --trust-set trust.json    with the root certificates of that list written out`,
  which: `Examples
  probatum which photo.jpg --in evidence.zip
  probatum which *.jpg --in all-bundles/`,
  compare: `Examples
  probatum compare defence.zip prosecution.zip --trust-set trust.json
  probatum compare a.zip b.zip c/ --trust-set trust.json --csv items.csv
  probatum compare evidence.zip --core 40,6             the code to read out, over what the other side has
  probatum compare report-a.json report-b.json          which input makes two reports differ

Ends with 0 for one history (every two SAME HISTORY or ONE EXTENDS THE OTHER), 1 for a FORK or a bundle that does
not hold, else 3. Reports: 0 for the same, 1 for a difference that nothing explains, else 3.`,
  extract: `Examples
  probatum extract evidence.zip -o files/ --trust-set trust.json
  probatum extract evidence.zip -o files/ --also-unverified 3

Ends as \`probatum verify\` does, and with 3 at best when nothing was copied, or something that did not verify.`,
  certify: `Examples
  probatum certify evidence.zip -o certificate.pdf --trust-set trust.json --trust-code CODE
  probatum certify evidence.zip -o certificate.pdf --template us-902 --choice outside --paper letter
  probatum certify evidence.zip -o certificate.pdf --labels exhibits.txt --language my --utc-offset +06:30

Ends as \`probatum verify\` does. A certificate is made whatever the result is, and says it.`,
  certificate: `Examples
  probatum certificate check c.pdf --trust-set trust.json
  probatum certificate check c.pdf --trust-set trust.json --bundle evidence.zip
  probatum certificate check c.pdf --trust-set trust.json --bundle 5d0c7e.age --identity key.txt --notices notice.json
  probatum certificate check scanned.pdf --sidecar c.pdf.json --printed 64-HEX-DIGITS
  probatum certificate sign c.pdf -o signed.pdf --key key.pem --chain chain.pem --tsa https://tsa.example/
  probatum certificate extend signed.pdf -o lt.pdf --certificates chain.pem --crl authority.crl`,
  judge: `Examples
  probatum verify evidence.zip --save-facts facts.json
  probatum judge facts.json --policy court --trust-set trust.json --at 2030-01-01`,
  page: `Examples
  probatum page check probatum-verifier.html
  probatum page make --name "Example Court" --trust-set set.json -o example-court.html

check says whether a page was released, as which version, or is an edition or an unreleased build. It ends with 0 for a page
that this program knows and editions of it, 1 for one that is damaged or changed, 3 for a version that it does not know.`,
  serve: `Examples
  probatum serve
  probatum serve --port 8080 --page example-court.html`,
  policy: `Examples
  probatum policy list
  probatum policy show sealed
  probatum policy diff sealed ./ours.json`,
  help: `Examples
  probatum help exit-codes
  probatum help environment`,
}
