import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `evidence.${string}`>

export const EVIDENCE_RECORD: Record<Ids, FindingWords> = {
  'evidence.structure': {
    question: 'Does the evidence record read as RFC 4998 wants it?',
    outcomes: {
      PASSED: 'The evidence record reads as it should.',
      'PASSED:digest-not-announced':
        'The evidence record reads as it should; its head does not name every digest that it uses, and nothing depends on that.',
      'INDETERMINATE:malformed': {
        say: 'The evidence record breaks off, or is not in the form that RFC 4998 prescribes, so it proves nothing.',
        todo: 'Ask whoever keeps the record for a fresh copy of it.',
      },
      'INDETERMINATE:limit':
        'The evidence record is larger than this program examines. That says nothing about what is in it.',
      'INDETERMINATE:version': {
        say: 'The evidence record has a version that this program does not know.',
        todo: 'Check with a newer version of this program.',
      },
      INDETERMINATE: 'The evidence record could not be read.',
    },
  },
  'evidence.data': {
    question: 'Is every file among those that the record protects?',
    outcomes: {
      PASSED: 'Every file ({files}) is among those that the first time-stamp of the record is over.',
      'FAILED:differs': {
        say: 'The record does not hold the digest of every file that was given: {covered} of {files} are in it.',
        todo: 'Check that you have the file that was archived, byte for byte, and the record that belongs to it.',
      },
      'INDETERMINATE:encryption-info': {
        say: 'The record does not hold the digest of this file. It says that files were encrypted before they were archived, and this program does not encrypt them again.',
        todo: 'Give the encrypted file, as it was archived.',
      },
      'INDETERMINATE:hash-length':
        'The record holds digests of a length that its method does not give, so nothing can be compared.',
      'INDETERMINATE:not-read': 'What the record is over could not be read.',
      'INDETERMINATE:unreadable': 'The digest of a file could not be computed.',
      'INDETERMINATE:unsupported': {
        say: 'The record uses a digest that this program does not know. That says nothing against it.',
        todo: 'Check with a newer version of this program.',
      },
      FAILED: 'The record is not over this file.',
      INDETERMINATE: 'It cannot be told whether the record is over these files.',
    },
  },
  'evidence.hash-tree': {
    question: 'Is the time-stamp {name} over its own tree of digests?',
    outcomes: {
      PASSED: 'The time-stamp is over the root of its tree.',
      'PASSED:no-tree': 'There is no tree: the time-stamp is over one digest itself.',
      'FAILED:differs': {
        say: 'The time-stamp is over another tree than the one that stands with it.',
        todo: 'Ask whoever keeps the record for a fresh copy of it.',
      },
      'INDETERMINATE:digest-differs':
        'Tree and time-stamp use different digests, so the one does not lead to the other.',
      'INDETERMINATE:hash-length':
        'The tree holds digests of a length that its method does not give, so it was not computed.',
      'INDETERMINATE:not-read': 'The time-stamp could not be read, so there is nothing to compare its tree with.',
      'INDETERMINATE:unprotected': {
        say: 'A later time-stamp is over another tree than the one that stands with it. Nothing signed says that it belongs here: anybody can have put it there. It proves nothing, and contradicts nothing.',
        todo: 'Ask whoever keeps the record for a fresh copy of it.',
      },
      'INDETERMINATE:unsupported': {
        say: 'The tree uses a digest that this program does not know. That says nothing against it.',
        todo: 'Check with a newer version of this program.',
      },
      FAILED: 'The time-stamp is not over its tree.',
      INDETERMINATE: 'It cannot be told whether the time-stamp is over its tree.',
    },
  },
  'evidence.renewal': {
    question: 'Does the time-stamp {name} renew what stands before it in the record?',
    outcomes: {
      'PASSED:time-stamp': 'It is over the time-stamp before it.',
      'PASSED:hash-tree':
        'It is over the files under a new digest, together with everything that stood in the record before.',
      'INDETERMINATE:not-linked': {
        say: 'It is not over what stands before it: a renewal in between is missing, what stands before was altered, or this one belongs to another record. It proves nothing here.',
        todo: 'Ask whoever keeps the record for a complete copy of it.',
      },
      'INDETERMINATE:unreadable': 'The digest of a file could not be computed.',
      'INDETERMINATE:unsupported': {
        say: 'It uses a digest that this program does not know. That says nothing against it.',
        todo: 'Check with a newer version of this program.',
      },
      'NOT-CHECKED:in-future': 'It was made after the moment of this check, and is no part of it.',
      PASSED: 'It renews what stands before it.',
      INDETERMINATE: 'It cannot be told what it renews.',
      'NOT-CHECKED': 'This renewal was not checked.',
    },
  },
  'evidence.order': {
    question: 'Is the time-stamp {name} later than the one before it?',
    outcomes: {
      PASSED: 'It is later than the one before it.',
      'PASSED:within-accuracy': 'It is later than the one before it as far as the accuracy of both allows to tell.',
      'INDETERMINATE:not-later': {
        say: 'It states an earlier time than the one that it renews, which cannot be.',
        todo: 'Ask whoever keeps the record for a fresh copy of it.',
      },
      'INDETERMINATE:unknown': 'One of the two states no time that could be read.',
      INDETERMINATE: 'The order could not be told.',
    },
  },
  'evidence.record': {
    question: 'Does an evidence record that was given prove since when files of this existed?',
    doesNotShow: 'It says nothing of files that it is not over, and nothing of who made them.',
    outcomes: {
      PASSED: 'Of the {files} files here, {covered} existed before {found}: an evidence record is over their bytes.',
      'INDETERMINATE:malformed': {
        say: 'The evidence record does not read.',
        todo: 'Ask whoever keeps it for a whole copy. It says nothing against these files.',
      },
      'INDETERMINATE:limit': 'The evidence record is larger than what is examined here.',
      'INDETERMINATE:common': {
        say: 'The evidence record is over nothing here but files that are the same in other bundles ({common} of {files}), so it shows nothing of this one.',
        todo: 'Ask whoever keeps it for the record that is over this bundle. It says nothing against these files.',
      },
      'INDETERMINATE:foreign': {
        say: 'The evidence record is over none of these files: it belongs to others, or these are not the files that it was made for.',
        todo: 'Ask whoever keeps it which files it is over. It says nothing against these.',
      },
      'INDETERMINATE:not-compared': {
        say: 'The evidence record is over none of the files that could be compared; the digest that it uses was not computed for the others.',
        todo: '`probatum evidence-record verify RECORD --data FILE` compares single files.',
      },
      'INDETERMINATE:unproved': {
        say: 'The evidence record is over files of this, but it proves no time for them.',
        todo: '`probatum evidence-record verify RECORD --data FILE` says what is open. It says nothing against these files.',
      },
      INDETERMINATE: 'The evidence record proves nothing for these files.',
      'NOT-CHECKED:in-future': 'The evidence record was made after the time of this check, so it was not there yet.',
      'NOT-CHECKED': 'The evidence record was not judged.',
    },
  },
  'evidence.digest': {
    question: 'Did the digests of this part of the record count until others took their place?',
    outcomes: {
      PASSED: 'The digests of this part still count.',
      'PASSED:replaced': 'The digests of this part have ended; while they counted, others took their place.',
      'INDETERMINATE:ended': {
        say: 'The digests of this part count no longer, and no others took their place in time: since then another file with the same digest can have been put in.',
        todo: 'Ask whoever keeps the record for one whose files were hashed anew in time. Check as of an earlier day (--at) to see what was shown then.',
      },
      'INDETERMINATE:weak': {
        say: 'The digests of this part do not count as proof by this policy.',
        todo: 'Ask whoever keeps the record for one under a current digest.',
      },
      'INDETERMINATE:mixed': 'Time-stamps of one part of the record use different digests, which RFC 4998 forbids.',
      'INDETERMINATE:unsupported': {
        say: 'A digest that this program does not know is used. That says nothing against it.',
        todo: 'Check with a newer version of this program.',
      },
      INDETERMINATE: 'It cannot be told whether the digests counted.',
    },
  },
}
