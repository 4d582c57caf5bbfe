import './pki-tokens-good.ts'
import './pki-tokens-bad.ts'
import './pki-tokens-authority.ts'
import './pki-paths.ts'
import './pki-paths-names.ts'
import { paths } from './pki-path-base.ts'
import './pki-revocation-crls.ts'
import './pki-revocation-ocsp.ts'
import './pki-revocation-tokens.ts'
import './pki-revocation-signatures.ts'
import { revocation } from './pki-revocation-base.ts'
import { signatures } from './pki-signatures.ts'
import { tokens } from './pki-token-base.ts'
import type { FamilyFile } from './pki-vector.ts'

/** Every family, made anew; the same bytes each time. */
export const makeFamilies = (): readonly FamilyFile[] => [
  tokens.done(),
  signatures.done(),
  paths.done(),
  revocation.done(),
]
