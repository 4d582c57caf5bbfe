import { type Instant, parseReceipt, type ReceiptStatement, receiptFile, receiptStatement } from '@probatum/core'
import { signDetached } from '../signatures/sign-detached.ts'
import type { StatementSigner } from './notice.ts'

/** Signs a receipt: the file that goes back to the issuer. Throws ParseError for ids that are none. */
export async function signReceipt(
  receipt: Omit<ReceiptStatement, 'statement'>,
  { key, certificates, digest = 'sha256' }: StatementSigner,
  signingTime: Instant,
): Promise<Uint8Array> {
  const statement: ReceiptStatement = { ...receipt, statement: 'probatum/receipt/1' }
  const content = receiptStatement(statement)
  const cms = await signDetached({ content, certificates, privateKey: key, signingTime, digest })
  const file = receiptFile(statement, cms)
  // What is written is what is read.
  parseReceipt(file)
  return file
}
