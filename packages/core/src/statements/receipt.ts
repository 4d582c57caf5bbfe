import { exactly, object, orNull, type Shape } from '../json/shape.ts'
import {
  parseSignedStatement,
  parseStatement,
  RANDOM_128,
  SHA256,
  type SignedStatement,
  signedStatementFile,
  statementBytes,
} from './signed-statement.ts'

/** Receipts: what a recipient signs to acknowledge a bundle (docs/spec/receipt-1.md). */

export const RECEIPT_STATEMENT = 'probatum/receipt/1'

/** What is signed. When, the signing-time attribute says: the signer's own statement. */
export interface ReceiptStatement {
  /** Bundle id, hex. */
  readonly bundle: string
  /** SHA-256 of the encrypted file that arrived, hex; null where the bundle came as it is. */
  readonly ciphertext: string | null
  /** Of the bundle's own export event, hex: the log has the same one. */
  readonly exportNumber: string
  readonly logId: string
  /** Seal id, hex. */
  readonly seal: string
  readonly statement: typeof RECEIPT_STATEMENT
}

/** What a receipt must look like. */
export const RECEIPT_SHAPE: Shape<ReceiptStatement> = object<ReceiptStatement>({
  bundle: SHA256,
  ciphertext: orNull(SHA256),
  exportNumber: RANDOM_128,
  logId: RANDOM_128,
  seal: SHA256,
  statement: exactly(RECEIPT_STATEMENT),
})

/** The bytes that a receipt's signature is over. */
export function receiptStatement(receipt: ReceiptStatement): Uint8Array {
  return statementBytes(receipt)
}

/** The file of a receipt. `cms`: a detached CMS over `receiptStatement(receipt)`, DER. */
export function receiptFile(receipt: ReceiptStatement, cms: Uint8Array): Uint8Array {
  return signedStatementFile('receipt', receipt, cms)
}

/**
 * Reads the file of a receipt. Nothing is said about whether it holds.
 * @throws ParseError ERR_LIMIT, ERR_TEXT_ENCODING, ERR_JSON_*
 */
export function parseReceipt(bytes: Uint8Array, where?: string): SignedStatement<ReceiptStatement> {
  return parseSignedStatement(bytes, 'receipt', RECEIPT_SHAPE, where)
}

/** Reads what is signed alone, before there is a signature. @throws ParseError as `parseReceipt` */
export function parseReceiptStatement(bytes: Uint8Array): ReceiptStatement {
  return parseStatement(bytes, 'receipt', RECEIPT_SHAPE)
}
