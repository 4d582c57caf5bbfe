import type { Messages } from '../messages.ts'

export const AXIS_WORDS: Messages['axes'] = {
  bytes: { title: 'Bytes', is: 'the files are what the list says' },
  completeness: { title: 'Completeness', is: 'nothing is missing, nothing was added' },
  signer: { title: 'Signer', is: 'who sealed it' },
  time: { title: 'Time', is: 'since when it exists' },
  custody: { title: 'Custody', is: 'through whose hands it went' },
  log: { title: 'Log', is: 'the custody log agrees with its signed checkpoint' },
  disclosure: { title: 'Disclosure', is: 'what was opened matches what was committed to' },
  authorisation: { title: 'Authorisation', is: 'the sharing was decided on by the rules' },
}

/** ETSI EN 319 102-1 §5.1.3 in plain words. */
export const SUB_INDICATIONS: Messages['subIndications'] = {
  FORMAT_FAILURE: 'the signature does not have the form that the standard asks for',
  HASH_FAILURE: 'the signed digest is not the digest of these bytes',
  SIG_CRYPTO_FAILURE: 'the signature was not made with the named key over these bytes',
  REVOKED: 'the certificate had been withdrawn at the time that counts',
  EXPIRED: 'the signature was made after the certificate had ended',
  NOT_YET_VALID: 'the signature was made before the certificate began',
  SIG_CONSTRAINTS_FAILURE: 'the signature does not meet what the policy asks for',
  CHAIN_CONSTRAINTS_FAILURE: 'the chain of certificates does not meet what the policy asks for',
  CERTIFICATE_CHAIN_GENERAL_FAILURE: 'no chain of certificates holds; each candidate’s reason is listed',
  CRYPTO_CONSTRAINTS_FAILURE: 'a method is considered too weak by the policy',
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE: 'a method is considered weak today, and nothing proves that it was used before',
  NO_SIGNING_CERTIFICATE_FOUND: 'the signer’s certificate is not here',
  NO_CERTIFICATE_CHAIN_FOUND: 'no chain leads to an anchor of the list that was chosen',
  OUT_OF_BOUNDS_NO_POE: 'the certificate is outside its dates today, and nothing proves that the signature is older',
  OUT_OF_BOUNDS_NOT_REVOKED: 'the certificate is outside its dates today; it is known not to have been withdrawn',
  REVOKED_NO_POE: 'the certificate has been withdrawn, and nothing proves that the signature is older',
  REVOKED_CA_NO_POE: 'an authority’s certificate has been withdrawn, and nothing proves that the signature is older',
  TIMESTAMP_ORDER_FAILURE: 'the order of the time-stamps contradicts itself',
  SIGNED_DATA_NOT_FOUND: 'what was signed is not here',
  NO_POE: 'nothing proves that it existed at the time that counts',
  TRY_LATER: 'newer withdrawal data will decide it',
  POLICY_PROCESSING_ERROR: 'the policy could not be applied',
}

/** Reasons of single objects. */
export const EXCEPTIONS: Messages['exceptions'] = {
  mismatch: 'is different from what was sealed',
  missing: 'is missing from this copy',
  unlisted: 'was not part of what was sealed',
  unreadable: 'could not be read',
}

/** Never changes the value of a finding: it only says how the difference looks. */
export const DIAGNOSES: Messages['diagnoses'] = {
  'line-ends': 'only the line ends differ (a program saved it, or a transfer in text mode)',
  'byte-order-mark': 'only a byte order mark was added or removed (a text editor saved it)',
  truncated: 'the end is missing from byte {at} on (a transfer that was cut off?)',
  zeros: 'from byte {at} on there are only zeros (a copy that was not finished?)',
  'cut-at-4-gib': 'it ends at 4 GiB exactly (a disk format that holds no larger files?)',
  'other-item': 'these are the bytes of {path} (two files were exchanged?)',
}

export const MISSING: Messages['missing'] = {
  'trust-set': {
    what: 'a list of the keys that you believe (trust set)',
    from: 'the issuer of the bundle, or your own institution',
    ask: 'Please send me your trust set for evidence bundles, and by another way (telephone, letter) its set code.',
  },
  'trust-anchor': {
    what: 'an anchor on your list for this certificate',
    from: 'the issuer of the bundle, or the authority itself',
    ask: 'Please tell me which root certificate stands behind your signature, and its SHA-256 fingerprint by another way than e-mail.',
  },
  'issuer-certificate': {
    what: 'the certificate of the authority between signer and anchor',
    from: 'the issuer of the bundle',
    ask: 'Please send me the intermediate certificates that belong to your signing certificate.',
  },
  'signing-certificate': {
    what: 'the signer’s certificate',
    from: 'the issuer of the bundle',
    ask: 'Please send me the certificate with which you sealed this bundle.',
  },
  'revocation-data': {
    what: 'a withdrawal list (CRL or OCSP) of the time of the seal',
    from: 'the authority that issued the certificate',
    ask: 'Please send me the revocation list that was current at the time of this signature.',
  },
  'proof-of-existence': {
    what: 'a proof that it existed before the certificate ended',
    from: 'the issuer of the bundle',
    ask: 'Please send me the renewed bundle, with its later time-stamps.',
  },
  timestamp: {
    what: 'a time-stamp of an authority on your list',
    from: 'the issuer of the bundle',
    ask: 'Please send me the time-stamps over the seal of this bundle.',
  },
  signature: {
    what: 'the seal',
    from: 'the issuer of the bundle',
    ask: 'Please send me the sealed bundle, with its folder seal/.',
  },
}
