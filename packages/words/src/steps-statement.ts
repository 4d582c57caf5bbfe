import { quoteForPowerShell, quoteForShell } from './quote.ts'

/**
 * The stock commands that take a notice or receipt apart and verify its signature, for a POSIX shell; docs/spec/notice-1.md,
 * section 6. `roots`: a file of root certificates, as it is typed.
 */
export function statementCommands(name: 'notice' | 'receipt', file: string, roots = 'roots.pem'): readonly string[] {
  const quoted = quoteForShell(file)
  return [
    `sed -n 's/^{"${name}":\\(.*\\),"signature":"[A-Za-z0-9+/=]*"}$/\\1/p' ${quoted} | tr -d '\\n' > ${name}.signed`,
    `sed -n 's/^.*,"signature":"\\([A-Za-z0-9+/=]*\\)"}$/\\1/p' ${quoted} | tr -d '\\n' | openssl base64 -d -A > ${name}.p7s`,
    `openssl cms -verify -cades -binary -inform DER -in ${name}.p7s -content ${name}.signed -CAfile ${roots} -no-CApath -no-CAstore -purpose any -out /dev/null`,
  ]
}

/** Notices that a verifier was given beside a bundle. */
export interface NoticeSteps {
  /** Files, as they were typed. */
  readonly files: readonly string[]
  /** Root certificates of who seals and of who sends notices, PEM, from the verifier's own list; null: he brings the file. */
  readonly roots: string | null
}

const ABOUT = [
  '6. Notices: the signature of each, and whether it names this bundle. Any answer here leaves the files as they are.',
  'That the checkpoint in a notice continues the one in the bundle, and that the log signed it, probatum verify says.',
]

/** For sh; `$here` is where it was started. Sets `wrong`, and leaves the bundle's folder. */
export function shNoticeSteps({ files, roots }: NoticeSteps): readonly string[] {
  return [
    '',
    ...ABOUT.map((line) => `# ${line}`),
    'id=$(sha256sum < tagmanifest-sha256.txt | cut -c 1-64)',
    'cd "$here" || exit 2',
    ...(roots === null ? [] : ["cat > notice-roots.pem <<'END'", roots.trimEnd(), 'END']),
    ...files.flatMap((file) => {
      const [statement = '', signature = '', verify = ''] = statementCommands('notice', file, 'notice-roots.pem')
      return [
        statement,
        signature,
        `${verify} || wrong=1`,
        `if grep -qF '"bundle":"'"$id"'"' notice.signed; then printf '%s names this bundle: ' ${quoteForShell(file)}; grep -oE '"(code|date|kind)":"[^"]*"|"items":[^]]*' notice.signed | tr '\\n' ' '; echo; else printf '%s is about other bundles.\\n' ${quoteForShell(file)}; fi`,
      ]
    }),
  ]
}

/** For PowerShell; `$here` is where it was started. Sets `$wrong`, and leaves the bundle's folder. */
export function powerShellNoticeSteps({ files, roots }: NoticeSteps): readonly string[] {
  return [
    '',
    ...ABOUT.map((line) => `# ${line}`),
    "$id = (Get-FileHash -Algorithm SHA256 -LiteralPath 'tagmanifest-sha256.txt').Hash.ToLower()",
    'Set-Location -LiteralPath $here',
    ...(roots === null ? [] : ["@'", roots.trimEnd(), "'@ | Set-Content -Encoding ascii notice-roots.pem"]),
    ...files.flatMap((file) => [
      `$m = [regex]::Match([IO.File]::ReadAllText([IO.Path]::Combine($here, ${quoteForPowerShell(file)})), '^\\{"notice":(.*),"signature":"([A-Za-z0-9+/=]*)"\\}$')`,
      "[IO.File]::WriteAllText([IO.Path]::Combine($here, 'notice.signed'), $m.Groups[1].Value)",
      "[IO.File]::WriteAllBytes([IO.Path]::Combine($here, 'notice.p7s'), [Convert]::FromBase64String($m.Groups[2].Value))",
      'openssl cms -verify -cades -binary -inform DER -in notice.p7s -content notice.signed -CAfile notice-roots.pem -no-CApath -no-CAstore -purpose any -out NUL; if ($LASTEXITCODE -ne 0) { $wrong = 1 }',
      `if ($m.Groups[1].Value.Contains('"bundle":"' + $id + '"')) { ${quoteForPowerShell(file)} + ' names this bundle.' } else { ${quoteForPowerShell(file)} + ' is about other bundles.' }`,
    ]),
  ]
}
