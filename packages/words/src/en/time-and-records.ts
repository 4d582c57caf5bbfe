import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'
import { PATH_CANDIDATE, pathConclusion } from './common.ts'
import { revocationOutcomes } from './revocation.ts'

const FRESH_COPY =
  'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.'

type Ids = Extract<FindingId, `timestamp.${string}`>

export const TIME_AND_RECORDS: Record<Ids, FindingWords> = {
  'timestamp.present': {
    question: 'Is there a time-stamp over the seal?',
    outcomes: {
      'INDETERMINATE:none': {
        say: 'There is no time-stamp: nothing but the sealer’s own word says since when these files exist.',
        todo: 'Ask the issuer for the time-stamps of this bundle.',
      },
      'INDETERMINATE:signature-not-read':
        'There are time-stamps, but the seal that they are over could not be read, so they were not judged.',
      'NOT-CHECKED:none': {
        say: 'There is no time-stamp: nothing shows since when these files exist.',
        todo: 'Ask the issuer for the time-stamps of this bundle.',
      },
      PASSED: 'There is a time-stamp.',
      INDETERMINATE: {
        say: 'There is no time-stamp: only the sealer says when the seal was made.',
        todo: 'Ask the issuer for the time-stamps of this bundle.',
      },
      'NOT-CHECKED': {
        say: 'There is no time-stamp: nothing shows since when these files exist.',
        todo: 'Ask the issuer for the time-stamps of this bundle.',
      },
    },
  },
  'timestamp.structure': {
    question: 'Does {name} read as an RFC 3161 time-stamp?',
    outcomes: {
      'FAILED:malformed': 'The declared time-stamp does not read as an RFC 3161 time-stamp.',
      'INDETERMINATE:refused': 'The file is the authority’s refusal; there is no time-stamp in it.',
      'PASSED:version-3':
        'It reads as an RFC 3161 time-stamp; it states a version that does not name all its parts, and nothing depends on that.',
      PASSED: 'It reads as an RFC 3161 time-stamp.',
      FAILED: 'It does not read as an RFC 3161 time-stamp.',
      INDETERMINATE: {
        say: 'The file does not read as an RFC 3161 time-stamp, so it proves nothing.',
        todo: 'Ask the issuer for this time-stamp again.',
      },
    },
  },
  'timestamp.status': {
    question: 'Did the authority grant the time-stamp?',
    outcomes: {
      'PASSED:bare-token': 'The file is the time-stamp itself, without the authority’s answer around it.',
      'FAILED:refused-with-token': 'The authority refused, and yet a time-stamp is in its answer.',
      'INDETERMINATE:refused': {
        say: 'The authority refused to make this time-stamp.',
        todo: 'Ask the issuer for this time-stamp again.',
      },
      PASSED: 'The authority granted the time-stamp.',
      FAILED: 'The authority did not grant this time-stamp.',
      INDETERMINATE: 'The authority did not grant this time-stamp: the file is a refusal and proves nothing.',
      'NOT-CHECKED': 'The file is a bare time-stamp without the authority’s answer around it.',
    },
  },
  'timestamp.message-imprint': {
    question: 'Is the time-stamp over exactly these bytes?',
    doesNotShow: 'A time-stamp shows that the bytes existed, not when what they show happened.',
    outcomes: {
      'FAILED:differs': {
        say: 'The time-stamp is over other bytes than these.',
        todo: 'Check that you have the file that was time-stamped, byte for byte.',
      },
      PASSED: 'The time-stamp is over exactly these bytes.',
      FAILED: {
        say: 'The time-stamp is over other bytes than these.',
        todo: 'Check that you have the file that was time-stamped, byte for byte.',
      },
      INDETERMINATE: 'It cannot be told whether the time-stamp is over these bytes.',
    },
  },
  'timestamp.signer-info': {
    question: 'Does the time-stamp have exactly one signer?',
    outcomes: {
      'FAILED:none': 'The time-stamp has no signer.',
      'FAILED:several': 'The time-stamp has several signers; its standard allows one.',
      PASSED: 'The time-stamp has exactly one signer.',
      FAILED: 'The time-stamp does not have exactly one signer.',
      INDETERMINATE: 'The time-stamp does not have exactly one signer that this program can judge.',
    },
  },
  'timestamp.signed-attributes': {
    question: 'Are the signed attributes encoded as the signature needs them?',
    outcomes: {
      'FAILED:absent': 'The time-stamp has no signed attributes, and its standard demands them.',
      'FAILED:not-der': 'The signed attributes of the time-stamp are not encoded in DER, as the signature needs them.',
      'FAILED:irregular':
        'The signed attributes of the time-stamp have one twice, or one whose value is not as the standard demands.',
      PASSED: 'The signed attributes are encoded as the signature needs them.',
      FAILED: 'The signed attributes of the time-stamp contradict the standard.',
      INDETERMINATE: 'The signed attributes of the time-stamp cannot be judged.',
    },
  },
  'timestamp.content-type': {
    question: 'Does the token say that it is a time-stamp?',
    outcomes: {
      'FAILED:differs': 'The time-stamp names another kind of content than it is over.',
      'FAILED:absent': 'The time-stamp does not say what kind of content it is over, and its standard demands it.',
      PASSED: 'The token says that it is a time-stamp.',
      FAILED: 'The token names another kind of content than a time-stamp.',
      INDETERMINATE: 'The token does not say what kind of content it has.',
    },
  },
  'timestamp.message-digest': {
    question: 'Did the authority sign exactly this statement?',
    outcomes: {
      'FAILED:differs': {
        say: 'The statement of time is different from what the authority signed.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      'FAILED:absent': 'The time-stamp does not say which statement was signed, and its standard demands it.',
      PASSED: 'The authority signed exactly this statement of time.',
      FAILED: { say: 'The statement of time is different from what the authority signed.', todo: FRESH_COPY },
      INDETERMINATE: 'It cannot be told whether the authority signed exactly this statement.',
    },
  },
  'timestamp.algorithm': {
    question: 'Does the method of the time-stamp count as proof under this policy?',
    outcomes: {
      'PASSED:other-digest':
        'The method of the time-stamp counts as proof; its digest is another than the standard names for it, and as strong.',
      'INDETERMINATE:digest-weaker': {
        say: 'The time-stamp uses a digest that is weaker than its signature method, so it is only as strong as that digest.',
        todo: 'Ask the issuer for a seal under matching methods, or check with a newer version of this program.',
      },
      'PASSED:digests-differ':
        'The method of the time-stamp counts as proof; it uses two different digests. Newer rules ask for one, so that other programs may refuse it.',
      PASSED: 'The method of the time-stamp counts as proof under this policy.',
      INDETERMINATE: {
        say: 'The time-stamp was made with a method that is considered weak or that this program does not know.',
        todo: 'Ask the issuer for a time-stamp under a current method, or check with a newer version of this program.',
      },
    },
  },
  'timestamp.signing-certificate': {
    question: 'Does the time-stamp name the certificate that it was made with?',
    outcomes: {
      'FAILED:absent': 'The time-stamp does not name its certificate, and its standard demands it.',
      'PASSED:not-first': 'The time-stamp names the certificate that it was made with, though not in the first place.',
      'FAILED:other-certificate': {
        say: 'The time-stamp names another certificate than the one that is here.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      'FAILED:issuer-serial': 'The time-stamp names another issuer or serial number than the certificate has.',
      'FAILED:malformed': 'What the time-stamp says about its certificate does not read as the standard wants it.',
      PASSED: 'The time-stamp names the certificate that it was made with.',
      FAILED: 'The time-stamp names another certificate than the one that is here.',
      INDETERMINATE: 'The time-stamp does not name its certificate, or that certificate is not here.',
    },
  },
  'timestamp.signature': {
    question: 'Was the time-stamp made with the authority’s key?',
    outcomes: {
      'FAILED:invalid': {
        say: 'The time-stamp was not made with the key that it names.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      PASSED: 'The time-stamp was made with the key of the certificate that it names.',
      FAILED: { say: 'The time-stamp was not made with the key that it names.', todo: FRESH_COPY },
      INDETERMINATE: 'It cannot be told whether the time-stamp was made with the authority’s key.',
    },
  },
  'timestamp.extensions': {
    question: 'Does the time-stamp demand anything that this program does not know?',
    outcomes: {
      'INDETERMINATE:unknown-critical': {
        say: 'The time-stamp demands something that this program does not know.',
        todo: 'Check with a newer version of this program.',
      },
      PASSED: 'The time-stamp demands nothing that this program does not know.',
      INDETERMINATE: 'The time-stamp has a critical extension that this program does not know.',
      FAILED: 'The extensions of the time-stamp contradict the standard.',
    },
  },
  'timestamp.tsa-name': {
    question: 'Is the authority that the time-stamp names the one whose certificate it was made with?',
    outcomes: {
      'PASSED:absent': 'The time-stamp does not name its authority in words; it need not.',
      'FAILED:other-name': 'The time-stamp names another authority than the one whose certificate it was made with.',
      PASSED: 'The authority that the time-stamp names is the one whose certificate it was made with.',
      FAILED: 'The time-stamp names another authority than the one whose certificate it was made with.',
      INDETERMINATE: 'It cannot be told whether the time-stamp names the authority whose certificate it was made with.',
      'NOT-CHECKED': 'The time-stamp does not name its authority; it need not.',
    },
  },
  'timestamp.extended-key-usage': {
    question: 'Is the authority’s certificate meant for time-stamps only?',
    outcomes: {
      'FAILED:absent': 'The authority’s certificate does not say that it is meant for time-stamps.',
      'FAILED:not-critical':
        'The authority’s certificate names its purpose, but not as binding (critical), as the standard demands.',
      'FAILED:other-purpose': 'The authority’s certificate is meant for another purpose than time-stamps.',
      'FAILED:additional-purpose': 'The authority’s certificate is meant for further purposes besides time-stamps.',
      PASSED: 'The authority’s certificate is meant for time-stamps, and for nothing else.',
      FAILED: 'The authority’s certificate is not meant for time-stamps only.',
      'INDETERMINATE:unreadable':
        'What the authority’s certificate says it is meant for does not read, so that it cannot be told.',
      INDETERMINATE: 'It cannot be told what the authority’s certificate is meant for.',
    },
  },
  'timestamp.key-usage': {
    question: 'Is the authority’s certificate meant for signing?',
    outcomes: {
      'INDETERMINATE:additional-usage': 'The authority’s certificate is also meant for other things than signing.',
      'PASSED:unrestricted': 'The authority’s certificate does not limit what it is meant for.',
      'FAILED:key-usage': 'The authority’s certificate is not meant for signing.',
      'INDETERMINATE:ca-certificate':
        'The authority’s certificate is one that issues certificates, not one that signs files.',
      PASSED: 'The authority’s certificate is meant for signing.',
      FAILED: 'The authority’s certificate is not meant for signing.',
      'INDETERMINATE:unreadable':
        'What the authority’s certificate says it is meant for does not read, so that it cannot be told.',
      INDETERMINATE: 'It cannot be told what the authority’s certificate is meant for.',
    },
  },
  'timestamp.path-candidate': {
    question: 'Does this candidate path lead from the authority to an anchor of your list?',
    outcomes: PATH_CANDIDATE,
  },
  'timestamp.path': {
    question: 'Does a path lead from the authority to somebody on the list you chose?',
    outcomes: pathConclusion(
      'A path leads from the time-stamp authority to an anchor of the list you chose.',
      'The time-stamp is not contradicted.',
    ),
  },
  'timestamp.key': {
    question: 'Is the key of the authority’s certificate strong enough?',
    outcomes: {
      'INDETERMINATE:weak': 'The key of the authority’s certificate is too weak to count as proof under the policy.',
      'INDETERMINATE:ended':
        'Keys like the one of the authority’s certificate no longer counted as proof at that time.',
      'INDETERMINATE:unsupported':
        'The key of the authority’s certificate is of a kind that this version cannot verify with.',
      PASSED: 'The key of the authority’s certificate counts as proof under the policy at that time.',
      FAILED: 'The key of the authority’s certificate does not count as proof.',
      INDETERMINATE: 'It cannot be told whether the key of the authority’s certificate is strong enough.',
    },
  },
  'timestamp.validity': {
    question: 'Was the authority’s certificate valid when it made the time-stamp?',
    outcomes: {
      'INDETERMINATE:not-yet-valid': 'The authority’s certificate had not begun at the time that counts.',
      'INDETERMINATE:expired': {
        say: 'The authority’s certificate had ended at the time that counts, as far as that time is proved.',
        todo: 'A time-stamp of an authority on your list, made before that, would settle it. Or check as of an earlier day (--at).',
      },
      PASSED: 'The authority’s certificate was valid when it made the time-stamp.',
      FAILED: 'The authority’s certificate was not valid when it made the time-stamp.',
      INDETERMINATE: 'It cannot be told whether the authority’s certificate was valid when it made the time-stamp.',
    },
  },
  'timestamp.revocation': {
    question: 'Had the authority’s key been withdrawn before it made the time-stamp?',
    outcomes: revocationOutcomes('authority’s', 'the time-stamp'),
  },
  'timestamp.gen-time': {
    question: 'Does the stated time lie before the moment of this check?',
    outcomes: {
      'INDETERMINATE:in-future': {
        say: 'The stated time lies after the moment of this check.',
        todo: 'Check your clock, or the time that you gave (--at).',
      },
      'INDETERMINATE:bound-in-future': {
        say: 'The stated time lies before the moment of this check, but by the accuracy that the authority states the time-stamp may also have been made after it.',
        todo: 'Check again later, or give a later time (--at).',
      },
      PASSED: 'The stated time lies before the moment of this check.',
      FAILED: 'The stated time cannot be.',
      INDETERMINATE: {
        say: 'The stated time lies after the moment of this check.',
        todo: 'Check your clock, or the time that you gave (--at).',
      },
    },
  },
  'timestamp.believed': {
    question: 'Is the stated time still believed at the moment of this check?',
    outcomes: {
      'PASSED:renewed': 'The stated time is still believed: a later time-stamp renewed it in time.',
      'INDETERMINATE:expired': {
        say: 'The authority’s certificate has ended since, and no later time-stamp renewed this one in time.',
        todo: 'Check as of an earlier day (--at); openssl does it with -attime (`probatum steps` prints the line).',
      },
      'INDETERMINATE:path-ended': {
        say: 'The path to your list has ended since, and no later time-stamp renewed this one in time.',
        todo: 'Check as of an earlier day (--at); openssl does it with -attime (`probatum steps` prints the line).',
      },
      'INDETERMINATE:algorithm-ended': {
        say: 'The method of the time-stamp no longer counts today, and no later time-stamp renewed it in time.',
        todo: 'Ask the issuer for a renewed bundle.',
      },
      'INDETERMINATE:unsupported':
        'The time-stamp uses a method that this program does not know, so whether its time is still believed cannot be told.',
      'INDETERMINATE:no-path': 'No path leads from the authority to the list you chose, so its time is not believed.',
      'INDETERMINATE:in-future': 'The stated time lies after the moment of this check.',
      PASSED: 'The stated time is still believed at the moment of this check.',
      FAILED: 'The stated time is contradicted.',
      INDETERMINATE: {
        say: 'The authority’s certificate has ended since, and no later time-stamp renewed this one in time.',
        todo: 'Check as of an earlier day (--at), or ask the issuer for a renewed bundle.',
      },
    },
  },
  'timestamp.declared-authority': {
    question: 'Is the authority one of those that the bundle declares?',
    outcomes: {
      'INDETERMINATE:not-listed': 'The authority is none of those that the bundle declares.',
      'INDETERMINATE:other-subject': 'The bundle declares another authority under this label.',
      PASSED: 'The authority is one of those that the bundle declares.',
      FAILED: 'The authority is none of those that the bundle declares.',
      INDETERMINATE: 'The authority is none of those that the bundle declares, or cannot be compared with them.',
      'NOT-CHECKED': 'The bundle declares no authorities.',
    },
  },
  'timestamp.threshold': {
    question: 'Do enough distinct authorities confirm the time of the seal?',
    outcomes: {
      'INDETERMINATE:own-key': {
        say: 'The key that made the signature also made the time-stamp, or certified whoever made it: that confirms the time to nobody but its holder.',
        todo: 'Ask the issuer for a time-stamp of somebody else.',
      },
      'INDETERMINATE:too-few': {
        say: 'Fewer distinct authorities confirm the time than are asked for: {found} of {expected}.',
        todo: 'Choose a trust set that names the authorities, or ask the issuer for more time-stamps.',
      },
      'INDETERMINATE:revocation-unknown': {
        say: 'Enough distinct authorities confirm the time, but it could not be told whether their keys had been withdrawn.',
        todo: 'Give the withdrawal lists (CRL or OCSP) of the authorities’ certificates, too (--crl or --ocsp).',
      },
      'NOT-CHECKED:not-asked': 'The policy asks for no time-stamp.',
      PASSED: 'Enough distinct authorities confirm the time.',
      INDETERMINATE: {
        say: 'Fewer authorities confirm the time than are asked for.',
        todo: 'Choose a trust set that names the authorities, or ask the issuer for more time-stamps.',
      },
      'NOT-CHECKED': 'No time-stamp is asked for.',
    },
  },
}
