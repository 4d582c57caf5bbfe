import type { Messages } from '../messages.ts'

const AGAIN = 'Ask the sender for the file again, unchanged.'
const CUT = 'The download or copy was probably cut off. Get the file again and compare its size with the sender’s.'
const OTHER_ZIP =
  'Do not repair it. Ask the sender for a ZIP made by an ordinary program, or unpack it yourself and check the folder.'
const JSON_TODO = 'Do not edit such files by hand; ask for the file again.'

export const PARSE_ERRORS: Messages['parseErrors'] = {
  ERR_DER_TRUNCATED: { say: 'The end of a certificate, signature or time-stamp is missing.', todo: CUT },
  ERR_DER_TRAILING_DATA: {
    say: 'There are bytes behind the end of a certificate, signature or time-stamp.',
    todo: AGAIN,
  },
  ERR_DER_NON_CANONICAL: {
    say: 'A certificate, signature or time-stamp is encoded in a way that its standard forbids.',
    todo: AGAIN,
  },
  ERR_DER_UNEXPECTED_TAG: {
    say: 'The file is not what it is said to be, or it is damaged.',
    todo: 'Look at it with `probatum inspect FILE`.',
  },
  ERR_DER_VALUE: { say: 'A value in a certificate, signature or time-stamp does not read as its type.', todo: AGAIN },
  ERR_LIMIT: {
    say: 'It is larger or deeper than this program examines. That says nothing about what is in it.',
    todo: 'See the limits in docs/limits.md; checking it by hand remains possible.',
  },
  ERR_TIME: { say: 'A date or time cannot be read.', todo: 'Write times as 2026-03-14T09:12:00Z, or 2026-03-14.' },
  ERR_CMS_STRUCTURE: { say: 'It does not read as a CMS signature.', todo: AGAIN },
  ERR_CMS_NOT_SIGNED_DATA: { say: 'It is a CMS file, but not a signature.', todo: AGAIN },
  ERR_X509_STRUCTURE: { say: 'It does not read as a certificate.', todo: AGAIN },
  ERR_TSP_STRUCTURE: { say: 'It does not read as an RFC 3161 time-stamp.', todo: AGAIN },
  ERR_ERS_STRUCTURE: { say: 'It does not read as an RFC 4998 evidence record.', todo: AGAIN },
  ERR_PEM: {
    say: 'It does not read as PEM (text between BEGIN and END lines).',
    todo: 'Give the file in PEM; openssl converts others.',
  },
  ERR_ZIP_STRUCTURE: { say: 'It is not a whole ZIP, or it is damaged.', todo: AGAIN },
  ERR_ZIP_AMBIGUOUS: {
    say: 'The ZIP can be read in two ways: two programs could find different files in it.',
    todo: OTHER_ZIP,
  },
  ERR_ZIP_TRUNCATED: { say: 'The end of the ZIP is missing.', todo: CUT },
  ERR_ZIP_UNSUPPORTED: { say: 'The ZIP uses a method that this program does not read.', todo: OTHER_ZIP },
  ERR_ZIP_ENCRYPTED: {
    say: 'The ZIP is encrypted.',
    todo: 'Unpack it with its password first, then check the folder.',
  },
  ERR_ZIP_CONTENT: { say: 'A file in the ZIP does not come out as the ZIP says.', todo: AGAIN },
  ERR_ZIP_BACKSLASH: {
    say: 'Paths in the ZIP are separated by backslashes: systems disagree about what they mean.',
    todo: 'Unpack it on the system that made it and check the folder.',
  },
  ERR_ZIP_WRAPPED: {
    say: 'The ZIP is larger than its kind can hold, and its sizes are cut (macOS makes such archives over 4 GiB).',
    todo: 'Unpack it with Finder on a Mac and check the folder.',
  },
  ERR_TAR_STRUCTURE: { say: 'It is not a whole tar archive, or it is damaged.', todo: AGAIN },
  ERR_TAR_AMBIGUOUS: {
    say: 'The tar archive can be read in two ways: two programs could find different files in it.',
    todo: 'Unpack it with the program that made it and check the folder, or ask the sender for an archive made by an ordinary program.',
  },
  ERR_TAR_TRUNCATED: { say: 'The end of the tar archive is missing.', todo: CUT },
  ERR_TAR_UNSUPPORTED: {
    say: 'The tar archive uses something that this program does not read.',
    todo: 'Unpack it and check the folder.',
  },
  ERR_PATH_UNSAFE: {
    say: 'A path in the archive leads out of it, or cannot be meant honestly.',
    todo: 'Do not unpack it with other programs. Ask the sender how it was made.',
  },
  ERR_PATH_DUPLICATE: {
    say: 'Two entries of the archive have the same path: two programs could find different files in it.',
    todo: OTHER_ZIP,
  },
  ERR_ENTRY_TYPE: {
    say: 'The archive holds a link or device instead of a file.',
    todo: 'Ask the sender for an archive of ordinary files.',
  },
  ERR_NOT_A_BUNDLE: {
    say: 'We could not read this as an evidence bundle.',
    todo: 'A bundle is a folder, ZIP or tar with a file bagit.txt. Is this the whole of what you were sent?',
  },
  ERR_ENCRYPTED: {
    say: 'The file is encrypted: nothing in it can be checked without the key of a recipient.',
    todo: 'Give the file with your key: `--identity FILE` on the command line, or choose it on the page together with this file.',
  },
  ERR_ENCRYPTED_TWICE: {
    say: 'The file was opened, and holds another encrypted file: nothing in that one was checked.',
    todo: 'Open it with the program that encrypted it twice, and give what comes out, with the key for it.',
  },
  ERR_ENCRYPTION_STRUCTURE: {
    say: 'The envelope of the encrypted file is damaged, or not in its form. Nothing was checked.',
    todo: AGAIN,
  },
  ERR_ENCRYPTION_UNSUPPORTED: {
    say: 'The file is encrypted in a way that is not read here. Nothing was checked.',
    todo: 'Decrypt it with the program that it was made for, and check what comes out; or ask for it encrypted with age, or as CMS AuthEnvelopedData with AES-GCM, for an RSA key with OAEP.',
  },
  ERR_ENCRYPTION_PASSPHRASE: {
    say: 'The file is encrypted with a passphrase and not to a key. Nothing was checked.',
    todo: 'Decrypt it with `age -d` and check what comes out, or ask the sender to encrypt to your key.',
  },
  ERR_ENCRYPTION_IDENTITY: {
    say: 'The file is encrypted to somebody else: none of the keys that were given opens it. Nothing was checked.',
    todo: 'Give the file with the key that the sender has a recipient or certificate of.',
  },
  ERR_ENCRYPTION_TAG: {
    say: 'The encrypted file is not as it was encrypted: bytes differ, are missing or were added. Nothing in it was judged.',
    todo: 'Compare its SHA-256 with the receipt that came with it, and get the file again.',
  },
  ERR_IDENTITY: {
    say: 'The file with the key cannot be used.',
    todo: 'It must be an identity file of age, or a private key in PEM (RSA, or EC on P-256, P-384 or P-521) without a password.',
  },
  ERR_SEVERAL_BUNDLES: {
    say: 'There are several bundles in it, and which one is meant is not clear.',
    todo: 'Unpack it and check each folder by itself.',
  },
  ERR_JSON_SYNTAX: { say: 'This does not read as JSON.', todo: JSON_TODO },
  ERR_JSON_DUPLICATE_KEY: {
    say: 'A record names the same member twice, so two programs could read it differently.',
    todo: JSON_TODO,
  },
  ERR_JSON_NUMBER: { say: 'A number in a record does not survive being read.', todo: JSON_TODO },
  ERR_JSON_STRING: { say: 'A text in a record has characters that cannot be written.', todo: JSON_TODO },
  ERR_JSON_NOT_CANONICAL: { say: 'A record is not in the one form that is prescribed (RFC 8785).', todo: JSON_TODO },
  ERR_JSON_SHAPE: { say: 'A record lacks a member, has one too many, or one of another type.', todo: JSON_TODO },
  ERR_TEXT_ENCODING: { say: 'A text file is not in the encoding that it must be in.', todo: AGAIN },
  ERR_BAGIT_SYNTAX: { say: 'A file of the bag does not read as the standard wants it.', todo: AGAIN },
  ERR_PDF_STRUCTURE: {
    say: 'It does not read as a PDF.',
    todo: 'Check that it is the certificate itself, and ask for the file as it was made.',
  },
  ERR_TRUST_SET: {
    say: 'It does not read as a trust set.',
    todo: 'Ask its issuer for the file again, and for its set code by another way.',
  },
  ERR_POLICY: {
    say: 'It does not read as a policy.',
    todo: '`probatum policy list` names the policies that come with the program. A policy of your own needs a name (id) of its own.',
  },
  ERR_CHECKPOINT: { say: 'The checkpoint of the custody log does not read as a signed note.', todo: AGAIN },
  ERR_REPORT: {
    say: 'It does not read as a saved report.',
    todo: 'Make the file with `probatum verify BUNDLE --save FILE`.',
  },
  ERR_SIDECAR: {
    say: 'The file beside the certificate does not read as one that was made with it, or its parts do not fit together.',
    todo: 'Give the .json file that was made together with this certificate, as it was; or leave it out: the certificate is then checked without it.',
  },
  ERR_FACTS: {
    say: 'It does not read as saved facts.',
    todo: 'Make the file again with `probatum verify BUNDLE --save-facts FILE`.',
  },
}

const RETRY = 'Copy the bundle to another disk and check it there.'

/** Not one of these says anything about the evidence. */
export const FAULTS: Messages['faults'] = {
  permission: {
    say: 'The system does not allow reading it (permissions, or a virus scanner).',
    todo: 'Run again with the right to read it, or copy it elsewhere.',
  },
  busy: { say: 'Another program holds it open.', todo: 'Close other programs and run again.' },
  placeholder: {
    say: 'It is only a placeholder of a cloud service; the bytes are not on this computer.',
    todo: 'Have the service keep it on this device, then run again.',
  },
  'bad-sector': {
    say: 'The disk cannot read it.',
    todo: 'Stop using this disk and have an image made of it; check another copy.',
  },
  'not-a-file': { say: 'It is no ordinary file.', todo: 'Give a folder, a ZIP or a tar.' },
  changed: { say: 'It changed while it was being read.', todo: 'Close other programs that use it and run again.' },
  'too-large': { say: 'It is larger than this system can read.', todo: RETRY },
  vanished: {
    say: 'It is not there, or it was taken away while it was being read.',
    todo: 'Check the spelling, connect the disk again, and run again.',
  },
  other: { say: 'The system could not read it.', todo: RETRY },
}
