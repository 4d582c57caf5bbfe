import './pki-tokens-good.ts'
import './pki-tokens-bad.ts'
import './pki-tokens-authority.ts'
import { signatures } from './pki-signatures.ts'
import { tokens } from './pki-token-base.ts'
import type { FamilyFile } from './pki-vector.ts'

/** Every family, made anew; the same bytes each time. */
export const makeFamilies = (): readonly FamilyFile[] => [tokens.done(), signatures.done()]
