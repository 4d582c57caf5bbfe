export const EXAMPLES: Readonly<Record<string, string>> = {
  main: `Examples
  probatum demo                                    make a sample, and check it
  probatum verify BUNDLE                           unchanged? whose? since when?
  probatum verify BUNDLE --trust-set trust.json    and believe these keys
  probatum verify --policy fixity BAG              any BagIt bag: bytes alone
  probatum steps BUNDLE                            with sha256sum and openssl`,
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
  'trust list': `Examples
  probatum trust list set-2.json`,
  'trust end': `Examples
  probatum trust end 3f9a0c51 --until 2030-06-01 --after set-2.json --to set-3.json    the first 8 digits of its SHA-256`,
  'trust sign': `Examples
  probatum trust sign set-3.json --under set-2.json --key key.pem --chain chain.pem`,
  'trust verify-next': `Examples
  probatum trust verify-next set-3.json --under set-2.json
  probatum trust verify-next set-3.json --under set-2.json --signature received.p7s --at 2030-06-02`,
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
  'custody handover': `Examples
  probatum custody handover log/ --objects 0-3 --field agent="Example Office" --field receiver="Example Court" -o handover/`,
  'custody show': `Examples
  probatum custody show log/
  probatum custody show log/ --lines 0-3,7 --show-opened`,
  'custody verify': `Examples
  probatum custody verify log/`,
  'custody change-key': `Examples
  probatum custody change-key log/ --log-key log-key.pem --to new-log-key.pem --new-key
  probatum custody change-key log/ --anchor-key anchor-key.pem --to new-log-key.pem --new-key    the old one is lost`,
  'custody cosign': `Examples
  probatum custody cosign --witness-key witness-key.pem --new-key --name witness.example/1
  probatum custody cosign add-checkpoint --witness-key witness-key.pem --name witness.example/1 --log LOG-KEY`,
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
  'gate except': `Examples
  probatum gate except request.json --condition consent-expired --item 14 --ground "Example statute, article 9" \\
      --key my-key.pem --chain my-chain.pem -o request-2.json`,
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
  probatum steps evidence.zip --trust-set trust.json    with the root certificates of that list written out
  probatum steps evidence/ --trust-set trust.json --evidence-record kept.ers`,
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
  'certificate prepare': `Examples
  probatum certificate prepare c.pdf -o prepared.pdf --chain chain.pem
  pkcs11-tool … --sign --mechanism ECDSA-SHA256 -i prepared.pdf.attributes.der -o c.sig
  probatum certificate embed prepared.pdf --signature c.sig --chain chain.pem -o signed.pdf`,
  'certificate embed': `Examples
  probatum certificate embed prepared.pdf --signature c.sig --chain chain.pem -o signed.pdf`,
  'certificate prepare-timestamp': `Examples
  probatum certificate prepare-timestamp signed.pdf -o c.tsq
  curl -H 'Content-Type: application/timestamp-query' --data-binary @c.tsq https://tsa.example/ -o c.tsr
  probatum certificate embed-timestamp signed.pdf --response c.tsr --request c.tsq -o stamped.pdf`,
  'certificate embed-timestamp': `Examples
  probatum certificate embed-timestamp signed.pdf --response c.tsr --request c.tsq -o stamped.pdf`,
  judge: `Examples
  probatum verify evidence.zip --save-facts facts.json
  probatum judge facts.json --policy court --trust-set trust.json --at 2030-01-01`,
  page: `Examples
  probatum page check probatum-verifier.html
  probatum page make --name "Example Court" --trust-set set.json -o example-court.html

check says whether a page was released, as which version, or is an edition or an unreleased build. It ends with 0 for a page
that this program knows and editions of it, 1 for one that is damaged or changed, 3 for a version that it does not know.
The file may have any name. When it has that of a release, probatum-verifier-VERSION-DIGITS.html, check says whether the
digits are of another file; the answer goes by the whole SHA-256, never by the name.`,
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
