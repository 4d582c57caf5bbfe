import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `document.${string}`>

const AS_MADE = 'Ask for the file as it was made, sent as a file and not through a system that prints or saves it anew.'
const OTHER_VERSION =
  'Another version or build of the program made this certificate, and only that one surely makes the same bytes. This says nothing against it.'
const CHECK_WITH_VERSION = 'Check it with version {version.found}, build {build.found} of the program.'

/** Words of the checks of a PDF certificate. */
export const PDF_CERTIFICATE: Readonly<Record<Ids, FindingWords>> = {
  'document.structure': {
    question: 'Does the file read as a PDF, in one way only?',
    outcomes: {
      PASSED: 'The file reads as a PDF.',
      'INDETERMINATE:malformed': {
        say: 'The file does not read as a PDF (at {where.found}), so that different programs may show different pages. It may have been cut off or damaged on its way.',
        todo: AS_MADE,
      },
      'INDETERMINATE:limit': 'The file asks for more than is read of a certificate (at {where.found}).',
      'INDETERMINATE:encrypted': {
        say: 'The file is encrypted. Certificates are not; somebody saved it so.',
        todo: AS_MADE,
      },
      INDETERMINATE: 'The file could not be read as a PDF.',
    },
  },
  'document.data': {
    question: 'Are the data there that the certificate was made from, and do they belong together?',
    outcomes: {
      PASSED: 'The attached data are all there, and each has the digest that the others state.',
      'FAILED:disagree': {
        say: 'The attached data contradict each other: {expected} was expected, and {found} is there. Some of them were exchanged after the certificate was made.',
        todo: 'Do not rely on this file. Ask for the certificate from whoever made it.',
      },
      'INDETERMINATE:lost': {
        say: 'The data that the certificate was made from are not in this file. They are lost when a certificate is printed, scanned, or saved by a system that drops attachments.',
        todo: `${AS_MADE} With the file that lies beside the certificate (NAME.pdf.json), the digests on its pages can be compared (--sidecar).`,
      },
      'INDETERMINATE:malformed': 'The attached data do not read as those of a certificate.',
      'INDETERMINATE:limit':
        'The attached data are larger than this version reads: a certificate unpacks to no more than 32 MiB and 16 times its own size. They were not read whole.',
      'INDETERMINATE:not-read': 'The file does not read, so that its data could not be looked at.',
      FAILED: 'The attached data contradict each other.',
      INDETERMINATE: 'The attached data are not there, or do not read.',
    },
  },
  'document.base': {
    question: 'Is the file, up to its signature, byte for byte what is made from the attached data?',
    outcomes: {
      PASSED: 'The pages were made again from the attached data, and every byte is the same.',
      'FAILED:differs': {
        say: 'The file was changed: made again from the attached data it has other bytes, the first at {firstDifference.found}, {differing.found} of them in all.',
        todo: 'Do not rely on this file. Ask for the certificate from whoever made it.',
      },
      'INDETERMINATE:written-anew': {
        say: 'The file is not as it was made: another program has written it anew. What pages, fonts and pictures say was not compared byte by byte, and a signature does not survive this.',
        todo: AS_MADE,
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Without the attached data nothing could be made again to compare with.',
      FAILED: 'The file has other bytes than what is made from its data.',
      INDETERMINATE: 'The file could not be compared with what is made from its data.',
    },
  },
  'document.shown': {
    question: 'Do the pages that a reader shows say what the attached data say?',
    doesNotShow:
      'Whether a viewer shows the file as its bytes say. Compare the digests on the page with those printed here.',
    outcomes: {
      PASSED: 'The pages are those that were made from the attached data, and nothing lies over them.',
      'FAILED:differs': {
        say: 'The pages do not say what the attached data say: of {pieces.expected} pieces of text {pieces.found} are there. Pages or data were exchanged.',
        todo: 'Do not rely on this file. Ask for the certificate from whoever made it.',
      },
      'INDETERMINATE:text-same':
        'Every piece of text on the pages is the one that the data say; pictures, fonts and what lies over them were not compared.',
      'INDETERMINATE:added': {
        say: 'The pages have all that the data say, and more: text was added after the certificate was made, as filing systems add a stamp.',
        todo: AS_MADE,
      },
      'INDETERMINATE:pages-missing': {
        say: 'Pages are missing: {pages.found} of {pages.expected} are here.',
        todo: AS_MADE,
      },
      'INDETERMINATE:other-pages': {
        say: 'The pages that are here and come from the certificate are whole, but some are missing, others were added, or they stand in another order: {pages.found} pages are here, {pages.expected} were made.',
        todo: AS_MADE,
      },
      'INDETERMINATE:made-anew': {
        say: 'The pages were made anew by another program, so that their text could not be compared.',
        todo: AS_MADE,
      },
      'INDETERMINATE:unread': 'The pages could not be read here.',
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Without the attached data there is nothing to compare the pages with.',
      FAILED: 'The pages do not say what the attached data say.',
      INDETERMINATE: 'The pages could not be compared with the data.',
    },
  },
  'document.report': {
    question: 'Does the report follow from the facts that are attached to it?',
    doesNotShow: 'Whether these are the facts of the bundle is shown by verifying it again (--bundle).',
    outcomes: {
      PASSED:
        'The attached facts, judged again under the attached policy and trust set, give the attached report: {indication.found} at {validationTime.found}.',
      'FAILED:differs': {
        say: 'The attached report states {indication.found}, and the attached facts give another report.',
        todo: 'Do not rely on this file. Verify the bundle itself.',
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Without the attached data no report could be judged again.',
      FAILED: 'The attached facts give another report.',
      INDETERMINATE: 'The report could not be judged again.',
    },
  },
  'document.revisions': {
    question: 'Was anything but signatures and what proves them later added to the file?',
    outcomes: {
      PASSED:
        'Nothing was added to the file but signatures, time-stamps over the document, and what proves them later.',
      'INDETERMINATE:changed': {
        say: 'Something else was added or changed afterwards, as a stamp of a filing system is, or by somebody with a purpose. What was signed before is still in the file; what a reader shows is not it.',
        todo: AS_MADE,
      },
      'INDETERMINATE:signed-again': {
        say: 'The file was signed again afterwards. A later signature covers what it adds as well; who added it must answer for it.',
        todo: 'Ask who signed later, and why.',
      },
      'INDETERMINATE:not-appended': {
        say: 'The file was written in another way than certificates are, so that it cannot be told what was added to it.',
        todo: AS_MADE,
      },
      'INDETERMINATE:not-read': 'The file does not read, so that it cannot be told what was added to it.',
      INDETERMINATE: 'It cannot be told what was added to the file.',
    },
  },
  'document.bundle': {
    question: 'Is the bundle that was given the one that the certificate is about?',
    outcomes: {
      PASSED: 'The bundle that was given is the one that the certificate is about, file by file.',
      'FAILED:differs': {
        say: 'The bundle that was given is not what the certificate states of it: its number is the same, and its files or what was read of them are not.',
        todo: 'Verify the bundle by itself, and ask for a fresh copy of both.',
      },
      'INDETERMINATE:facts-differ':
        'The bundle that was given has other files than when the certificate was made: some are missing or were added, and none differs.',
      'INDETERMINATE:other-bundle': {
        say: 'The certificate is about another bundle than the one that was given.',
        todo: 'Give the bundle whose number stands on the certificate.',
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'Without the attached data the bundle has nothing to be compared with.',
      'NOT-CHECKED:not-given': { say: 'No bundle was given.', todo: 'Give the bundle, too (--bundle).' },
      FAILED: 'The bundle is not what the certificate states of it.',
      INDETERMINATE: 'The bundle could not be compared with the certificate.',
      'NOT-CHECKED': 'No bundle was given.',
    },
  },
  'document.sidecar': {
    question: 'Does the file that was given beside it belong to this certificate?',
    doesNotShow: 'Whether pages whose digests are right say what the certificate says otherwise.',
    outcomes: {
      PASSED: 'The file beside it belongs to this certificate.',
      'PASSED:printed':
        'The report digest on the pages is that of the file beside it, which has {known.found} of the digests on them; of {unknown.found} others it knows nothing. What else stands on the pages was not compared.',
      'INDETERMINATE:other-certificate': 'The file beside it belongs to another certificate.',
      'INDETERMINATE:printed-differs': {
        say: 'Digests on the pages are not those of the file beside it: it belongs to another certificate, or they were read or typed wrongly.',
        todo: 'Compare them by eye, and ask for the certificate itself.',
      },
      'INDETERMINATE:no-digests': {
        say: 'No digest could be read on the pages.',
        todo: 'Type the report digest that stands at the foot of each page (--printed).',
      },
      'NOT-CHECKED:not-given': 'No file beside the certificate was given.',
      INDETERMINATE: 'The file beside it could not be compared.',
      'NOT-CHECKED': 'No file beside the certificate was given.',
    },
  },
  'document.signed': {
    question: 'Is the certificate signed?',
    outcomes: {
      PASSED: 'The certificate is signed.',
      'INDETERMINATE:none': {
        say: 'Nobody signed this certificate. Whoever has the program and some data can make such pages.',
        todo: 'Verify the bundle itself, beside the certificate (--bundle) or alone; or ask for a signed certificate.',
      },
      'INDETERMINATE:limit': 'It has more signatures than are looked at.',
      'INDETERMINATE:not-read': 'The file does not read, so that no signature could be looked for.',
      INDETERMINATE: 'No signature was found.',
    },
  },
  'document.coverage': {
    question: 'Does the signature cover everything that stood in the file when it was made?',
    outcomes: {
      PASSED: 'The signature covers everything up to itself.',
      'FAILED:not-four': 'The signature does not say what it covers: {ByteRange.found}.',
      'FAILED:out-of-range':
        'What the signature says that it covers overlaps, or lies outside the file: {ByteRange.found}.',
      'FAILED:not-whole':
        'The signature leaves out bytes of the file in which it was made: it covers {ByteRange.found}.',
      'FAILED:not-its-contents':
        'The signature leaves out other bytes than its own place: it covers {ByteRange.found}.',
      'INDETERMINATE:moved': {
        say: 'The file was written anew after it was signed. What the signature covered is no longer there, so that it can show nothing.',
        todo: AS_MADE,
      },
      FAILED: 'The signature does not cover the whole file in which it was made.',
      INDETERMINATE: 'It cannot be told what the signature covers.',
    },
  },
  'document.form': {
    question: 'Is the signature of the form that PDF signatures have (PAdES)?',
    outcomes: {
      PASSED: 'The signature is of the form that PDF signatures have.',
      'INDETERMINATE:empty': {
        say: 'There is room for a signature, and no signature in it.',
        todo: '`probatum certificate embed` puts it there.',
      },
      'INDETERMINATE:sub-filter': 'The signature is of another form than certificates have: {SubFilter.found}.',
      'INDETERMINATE:trailing': 'Behind the signature, in its room, stand bytes that nothing covers.',
      'INDETERMINATE:signing-time': 'The signature states its time in a second place, where PDF signatures must not.',
      INDETERMINATE: 'The signature is of another form than certificates have.',
    },
  },
}
