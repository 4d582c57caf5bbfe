export { type CourierReceipt, courierReceiptJson, courierReceiptText, randomOuterName } from './courier-receipt.ts'
export { encryptAge } from './encrypt-age.ts'
export { CMS_ENCRYPTION_BYTES, type CmsEncryption, encryptCms, type StartGcm } from './encrypt-cms.ts'
export {
  type AgeRecipient,
  ageRecipient,
  ageRecipients as parseAgeRecipients,
  type EncryptionRecipient,
  type RecipientCertificate,
  recipientCertificate,
  recipientFingerprint,
} from './encryption-recipient.ts'
