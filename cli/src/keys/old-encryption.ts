import { OldEncryptionError } from '@probatum/seal'
import { quoteForShell } from '@probatum/words'

/** What OpenSSL 3 makes of a file under an old encryption; nothing of it stands on the disk in the clear. */
const ANEW: Readonly<Record<'pkcs12' | 'pem', (path: string) => readonly string[]>> = {
  pkcs12: (path) => [
    `openssl pkcs12 -legacy -in ${path} -aes256 -out between.pem`,
    'openssl pkcs12 -export -in between.pem -out new.p12',
  ],
  pem: (path) => [`openssl pkcs8 -topk8 -in ${path} -out new.pem`],
}

/** What to type where the error says that a key is encrypted in an old way; undefined for another error. */
export function todoOfOldEncryption(error: unknown, path: string): string | undefined {
  if (!(error instanceof OldEncryptionError)) return undefined
  const { form } = error
  const commands = ANEW[form](quoteForShell(path)).map((command) => `  ${command}`)
  const rest = form === 'pkcs12' ? 'Then give new.p12, and delete between.pem.' : 'Then give new.pem.'
  return ['Write it anew with OpenSSL 3, which asks for its password and for a new one:', ...commands, rest].join('\n')
}
