/**
 * VERIFY.txt of format 1-draft: how to check a bundle with stock tools. The same text in every bundle, so that its digest can
 * be published; docs/spec/verify-1-draft.txt is the same bytes. Lines that begin with four spaces are one sh script.
 */
export const VERIFY_TEXT = String.raw`Do not run commands from a bundle that is not verified yet: take this same text from the published specification, or from "probatum steps".

How to check this bundle with sha256sum and openssl alone
(evidence bundle, format 1-draft; this text is the same in every bundle of the format)

You need, from elsewhere and never from this bundle:
  signer-roots.pem   certificates of the roots that you trust for whoever sealed it
  tsa-roots.pem      certificates of the roots that you trust for time-stamp authorities
Certificates inside the bundle help to build a path. They are no reason to believe anything.

The commands are for sh with GNU coreutils and OpenSSL 3.0 or newer. The lines that begin with four spaces are one script:
save them to a file with
  sed -n 's/^    //p' VERIFY.txt > check.sh
(from the published text) and run it with "sh check.sh" in the folder that holds bagit.txt.
On macOS install OpenSSL 3 and GNU coreutils first (the system's own openssl lacks what is needed); without GNU date the
script falls back to the system's date.

1. Where the roots are, and how a problem is remembered.

    LC_ALL=C; export LC_ALL
    [ -n "$SIGNER_ROOTS" ] || SIGNER_ROOTS=../signer-roots.pem
    [ -n "$TSA_ROOTS" ] || TSA_ROOTS=../tsa-roots.pem
    w=$(mktemp -d) || exit 2
    wrong() { echo "WRONG: $*"; : > "$w/wrong"; }
    nothing() { if [ -s "$w/list" ]; then cat "$w/list"; wrong "$*"; fi; }
    seconds() { date -u -d "$1" +%s 2> /dev/null || date -j -u -f '%b %e %T %Y %Z' "$1" +%s; }

2. The two numbers that name this bundle: the bundle id and the seal id. Compare them with what the sender told you by
another way.

    sha256sum tagmanifest-sha256.txt seal/1/tagmanifest-sha256.txt.p7s

3. The lists have the form that the format prescribes, and name nothing twice and nothing outside this folder.

    p='data/[0-9][0-9]+/[0-9]{6,}(\.[a-z0-9]{1,8})?'
    t='[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*'
    grep -vE "^[0-9a-f]{64}  $p\$" manifest-sha256.txt > "$w/list"; nothing "odd lines in manifest-sha256.txt"
    grep -vE "^[0-9a-f]{64}  ($t/)*$t\$" tagmanifest-sha256.txt > "$w/list"; nothing "odd lines in tagmanifest-sha256.txt"
    for f in manifest-sha256.txt tagmanifest-sha256.txt; do
      cut -c 67- "$f" | sort | uniq -d > "$w/list"; nothing "named twice in $f"
    done
    if [ -e manifest-sha512.txt ] || [ -e tagmanifest-sha512.txt ]; then
      grep -vE "^[0-9a-f]{128}  $p\$" manifest-sha512.txt > "$w/list"; nothing "odd lines in manifest-sha512.txt"
      grep -vE "^[0-9a-f]{128}  ($t/)*$t\$" tagmanifest-sha512.txt > "$w/list"; nothing "odd lines in tagmanifest-sha512.txt"
      for f in manifest tagmanifest; do
        cut -c 67- "$f-sha256.txt" > "$w/256"; cut -c 131- "$f-sha512.txt" > "$w/512"
        cmp -s "$w/256" "$w/512" || wrong "the lists $f-sha256.txt and $f-sha512.txt name different files"
      done
    fi

4. Every file that the lists name is here and unchanged.

    for a in 256 512; do
      [ "$a" = 256 ] || [ -e "tagmanifest-sha$a.txt" ] || [ -e "manifest-sha$a.txt" ] || continue
      sha"$a"sum --strict --quiet -c "tagmanifest-sha$a.txt" || wrong "files that tagmanifest-sha$a.txt names"
      sha"$a"sum --strict --quiet -c "manifest-sha$a.txt" || wrong "files that manifest-sha$a.txt names"
    done

5. Nothing is here that no list names, and no symbolic links. (sha256sum -c does not see an added file. What operating
systems leave behind, such as .DS_Store, is shown too: set it aside and run the script again.)

    find . -type l > "$w/list"; nothing "symbolic links"
    { cut -c 67- manifest-sha256.txt tagmanifest-sha256.txt; ls tagmanifest-sha256.txt tagmanifest-sha512.txt 2> /dev/null; } |
      sort > "$w/named"
    find . ! -type d ! -path './seal/*' | sed 's|^\./||' | sort | comm -13 "$w/named" - > "$w/list"
    nothing "files that no list names"

6. The signatures and time-stamps that record/bundle.json declares. Each time-stamp is checked at the time that it states
itself, so that an authority's certificate may have expired since; whether that time is still to be believed today, and
whether a certificate was revoked, these commands do not judge. If an intermediate certificate is missing, append it in PEM to
the file of roots: without -partial_chain only self-signed certificates in that file are believed.

    grep -oE '"file":"tagmanifest-sha[0-9]+\.txt(\.mldsa)?\.p7s","signer":"[0-9a-f]{64}","timestamps":[0-9]+' record/bundle.json |
      tr '":,' '   ' > "$w/declared"
    [ -s "$w/declared" ] || wrong "record/bundle.json declares no signature"
    while read -r x f x c x n; do
      s="seal/1/$f"; m=$(basename "$f" .p7s); m=$(basename "$m" .mldsa); k=0; u=
      case "$f" in *.mldsa.p7s) openssl list -signature-algorithms | grep -q ML-DSA || u=1 ;; esac
      for r in "$s".*.tsr; do
        [ -e "$r" ] || continue
        t=$(openssl ts -reply -in "$r" -text | sed -n 's/^Time stamp: //p' | sed 's/\.[0-9]* / /'); a=$(seconds "$t")
        echo "$r states $t (-attime $a)"
        openssl ts -verify -in "$r" -data "$s" -CAfile "$TSA_ROOTS" -attime "$a" || { wrong "time-stamp $r"; continue; }
        k=$((k + 1)); [ -z "$u" ] || continue
        openssl cms -verify -cades -binary -inform DER -in "$s" -content "$m" -CAfile "$SIGNER_ROOTS" -no-CApath -no-CAstore \
          -purpose any -attime "$a" -signer "$w/signer" -out /dev/null || wrong "signature $s"
        d=$(openssl x509 -in "$w/signer" -outform DER | sha256sum | cut -c 1-64)
        [ "$d" = "$c" ] || wrong "$s was made with certificate $d, not with the declared $c"
      done
      [ -z "$u" ] || { echo "NOT CHECKED: signature $s (this openssl knows no ML-DSA; 3.5 and newer do)"; : > "$w/unchecked"; }
      [ "$k" -ge "$n" ] && [ "$k" -gt 0 ] || wrong "$s: $k good time-stamps, $n declared"
    done < "$w/declared"
    openssl x509 -in "$w/signer" -noout -subject -issuer

7. Nothing under seal/1 that is not declared (seal/1/validation/ holds hints only).

    sed 's/^ *file *//; s/ .*//' "$w/declared" > "$w/files"
    find seal ! -type d | grep -vE '^seal/[1-9][0-9]*/validation/' | while read -r f; do
      case "$f" in seal/1/*) ;; seal/[1-9]*/sums-sha512.txt | seal/[1-9]*/*.tsr) continue ;; esac
      b=$(basename "$f"); b=$(echo "$b" | sed -E 's/\.p7s\.[a-z0-9-]+\.tsr$/.p7s/')
      [ "seal/1/$(basename "$f")" = "$f" ] && grep -qxF "$b" "$w/files" || echo "$f"
    done > "$w/list"
    nothing "files under seal/ that are not declared: set them aside and run the script again"

8. Renewals: each later level lists what came before it, and has time-stamps of its own.

    for l in seal/*/; do
      [ "$l" = seal/1/ ] && continue
      q="$l"sums-sha512.txt
      sha512sum --strict --quiet -c "$q" || wrong "files that $q names"
      for r in "$l"*.tsr; do
        t=$(openssl ts -reply -in "$r" -text | sed -n 's/^Time stamp: //p' | sed 's/\.[0-9]* / /'); a=$(seconds "$t")
        echo "$r states $t (-attime $a)"
        openssl ts -verify -in "$r" -data "$q" -CAfile "$TSA_ROOTS" -attime "$a" || wrong "time-stamp $r"
      done
    done

9. The end. "Nothing wrong" says that the files are those that the named signer sealed, and that they existed at the times
stated. It does not say that what they show is true, and it does not judge custody, disclosure or authorisation.

    if [ -e "$w/wrong" ]; then rm -r "$w"; echo "Something is wrong or could not be checked: see above."; exit 1; fi
    [ ! -e "$w/unchecked" ] || echo "Some of it was not checked: see NOT CHECKED above."
    rm -r "$w"; echo "Nothing wrong was found."
`

/** SHA-256 of every text that was ever published, by format version. Kept for ever: bundles keep the text of their time. */
export const PUBLISHED_VERIFY_TEXTS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    '1-draft',
    [
      '03ae058ee4bcf018d55cd131507d8b1a3979d545c4308f61b08eb4e8bcb9a898',
      '540aa9870ad4d924b9140775fe3167677c9acaeabf5a69a33cdbed2715e4e3a0',
    ],
  ],
])

/** Whether a bundle of that format version may carry the text with this SHA-256. */
export function isPublishedVerifyText(format: string, sha256: string): boolean {
  return PUBLISHED_VERIFY_TEXTS.get(format)?.includes(sha256) ?? false
}
