import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'
import { PATH_CANDIDATE, pathConclusion } from './common.ts'
import { revocationOutcomes } from './revocation.ts'

const FRESH_COPY =
  'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.'

const LINE_ENDS_TODO =
  'Ask the sender for the very bytes. Or give a copy the line ends that the evidence names (unix2dos, dos2unix), check that copy, and note that you did.'

type Ids = Extract<FindingId, `${'signature' | 'signer' | 'trust'}.${string}`>

export const SIGNER: Record<Ids, FindingWords> = {
  'signature.present': {
    question: 'Is there a seal at all?',
    outcomes: {
      'INDETERMINATE:declared-missing': {
        say: 'The bundle says that it has a seal, and it is not here.',
        todo: 'Ask the sender for a complete copy, with its folder seal/.',
      },
      'INDETERMINATE:unreadable': {
        say: 'The seal is here, and the system did not hand it over. This says nothing about what is in it.',
        todo: 'Run again with the right to read it, or copy everything to another disk first.',
      },
      'INDETERMINATE:none': {
        say: 'There is no seal: nothing shows who made this list of files.',
        todo: 'Ask the sender for the sealed bundle.',
      },
      'NOT-CHECKED:none': {
        say: 'There is no seal: nothing shows who made this list of files.',
        todo: 'Ask the sender for the sealed bundle.',
      },
      PASSED: 'There is a seal.',
      INDETERMINATE: {
        say: 'There is no seal: nothing shows who made this list of files.',
        todo: 'Ask the sender for the sealed bundle.',
      },
      'NOT-CHECKED': {
        say: 'There is no seal: nothing shows who made this list of files.',
        todo: 'Ask the sender for the sealed bundle.',
      },
    },
  },
  'signature.structure': {
    question: 'Does the seal {name} read as a CMS signature?',
    outcomes: {
      'FAILED:malformed': {
        say: 'The seal does not read as a CMS signature.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      PASSED: 'The seal reads as a CMS signature.',
      FAILED: { say: 'The seal does not read as a CMS signature.', todo: FRESH_COPY },
      INDETERMINATE: 'The seal could not be read as a CMS signature.',
    },
  },
  'signature.signer-info': {
    question: 'Does the seal have exactly one signer?',
    outcomes: {
      'INDETERMINATE:none': 'The seal has no signer.',
      PASSED: 'The seal has exactly one signer.',
      FAILED: 'The seal does not have exactly one signer.',
      INDETERMINATE: 'The seal does not have exactly one signer that this program can judge.',
    },
  },
  'signature.content': {
    question: 'Is the seal over the tag manifest beside it?',
    outcomes: {
      'PASSED:attached': 'The seal is over the tag manifest beside it, and carries the same bytes inside.',
      'FAILED:differs': {
        say: 'The seal carries other bytes than the tag manifest beside it: it does not belong to this list of files.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      'FAILED:line-ends': {
        say: 'The seal carries the tag manifest beside it with other line ends; nothing else differs.',
        todo: LINE_ENDS_TODO,
      },
      'FAILED:not-a-tag-manifest':
        'What the seal is over does not read as a tag manifest, so it is no seal over a list of files.',
      'FAILED:attributes': 'What the seal is over could be read as signed attributes instead of a list of files.',
      'INDETERMINATE:content-missing': {
        say: 'The tag manifest that the seal is over is not here.',
        todo: 'Ask the sender for a complete copy.',
      },
      'INDETERMINATE:content-unread':
        'The seal is over the file beside it, which could not be read as a list here; so what the seal is over is not known.',
      PASSED: 'The seal is over the tag manifest beside it.',
      FAILED: { say: 'The seal does not belong to this list of files.', todo: FRESH_COPY },
      INDETERMINATE: 'The tag manifest that the seal is over is not here, or does not read as one.',
    },
  },
  'signature.signed-attributes': {
    question: 'Are the signed attributes encoded as the signature needs them?',
    outcomes: {
      'INDETERMINATE:absent':
        'The seal has no signed attributes: it is an older form that binds neither certificate nor kind of content.',
      'FAILED:absent': 'The seal has no signed attributes, and its standard demands them.',
      'FAILED:not-der': 'The signed attributes of the seal are not encoded in DER, as the signature needs them.',
      'FAILED:irregular':
        'The signed attributes of the seal have one twice, or one whose value is not as the standard demands.',
      PASSED: 'The signed attributes are encoded as the signature needs them.',
      FAILED: 'The signed attributes of the seal contradict the standard.',
      INDETERMINATE: 'The signed attributes of the seal cannot be judged.',
    },
  },
  'signature.content-type': {
    question: 'Does the seal say what kind of content it is over?',
    outcomes: {
      'INDETERMINATE:unexpected-type': 'The seal names a kind of content that this program does not expect.',
      'FAILED:differs': 'The seal names another kind of content than it is over.',
      'FAILED:absent': 'The seal does not say what kind of content it is over, and its standard demands it.',
      PASSED: 'The seal says what kind of content it is over.',
      FAILED: 'The seal names another kind of content than it is over.',
      INDETERMINATE: 'The seal does not say what kind of content it is over.',
    },
  },
  'signature.message-digest': {
    question: 'Was exactly this list of files sealed?',
    outcomes: {
      'FAILED:differs': {
        say: 'The seal does not belong to this list of files: the list is different from what was sealed.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      'FAILED:line-ends': {
        say: 'The seal is over this list of files with other line ends; nothing else differs.',
        todo: LINE_ENDS_TODO,
      },
      'FAILED:absent': 'The seal does not say which bytes it is over, and its standard demands it.',
      PASSED: 'Exactly this list of files was sealed.',
      FAILED: {
        say: 'The seal does not belong to this list of files: the list is different from what was sealed.',
        todo: FRESH_COPY,
      },
      INDETERMINATE: 'It cannot be told whether exactly this list of files was sealed.',
    },
  },
  'signature.algorithm': {
    question: 'Does the method of the seal count as proof under this policy?',
    outcomes: {
      'PASSED:other-digest':
        'The method of the seal counts as proof; its digest is another than the standard names for it, and as strong.',
      'INDETERMINATE:content-ended': {
        say: 'The method of the seal no longer counts today, and nothing under a stronger one shows that the sealed list existed before.',
        todo: 'Ask the issuer for a renewal that lists every file and was made in time.',
      },
      'INDETERMINATE:digest-weaker': {
        say: 'The seal uses a digest that is weaker than its signature method, so it is only as strong as that digest.',
        todo: 'Ask the issuer for a seal under matching methods, or check with a newer version of this program.',
      },
      'PASSED:digests-differ':
        'The method of the seal counts as proof; it uses two different digests. Newer rules ask for one, so that other programs may refuse it.',
      PASSED: 'The method of the seal counts as proof under this policy.',
      INDETERMINATE: {
        say: 'The seal was made with a method that is considered weak or that this program does not know.',
        todo: 'Ask the issuer for a seal under a current method, or check with a newer version of this program.',
      },
    },
  },
  'signature.signing-certificate': {
    question: 'Does the seal name the certificate that it was made with?',
    outcomes: {
      'INDETERMINATE:absent': 'The seal does not name the certificate that it was made with.',
      'PASSED:not-first': 'The seal names the certificate that it was made with, though not in the first place.',
      'FAILED:other-certificate': {
        say: 'The seal names another certificate than the one that is here.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      'FAILED:issuer-serial': 'The seal names another issuer or serial number than the certificate has.',
      'FAILED:malformed': 'What the seal says about its certificate does not read as the standard wants it.',
      PASSED: 'The seal names the certificate that it was made with.',
      FAILED: 'The seal names another certificate than the one that is here.',
      INDETERMINATE: 'The seal does not name its certificate, or that certificate is not here.',
    },
  },
  'signature.value': {
    question: 'Was the seal made with the signer’s key?',
    outcomes: {
      'FAILED:invalid': {
        say: 'The seal does not belong to this list of files: it was not made with the key that it names.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      PASSED: 'The seal was made with the key of the certificate that it names.',
      FAILED: {
        say: 'The seal does not belong to this list of files: it was not made with the key that it names.',
        todo: FRESH_COPY,
      },
      INDETERMINATE: 'It cannot be told whether the seal was made with the signer’s key.',
    },
  },
  'signature.declared-signer': {
    question: 'Is the signer the one that the bundle declares?',
    outcomes: {
      'FAILED:other-signer': {
        say: 'The seal was made by another signer than the bundle declares.',
        todo: 'Do not edit or save anything in this copy. Ask the sender for a fresh copy, and have a second person check both.',
      },
      'INDETERMINATE:additional-signer': 'The seal has a further signer that the bundle does not declare.',
      'INDETERMINATE:not-established': 'It could not be established who made the seal, so it cannot be compared.',
      PASSED: 'The signer is the one that the bundle declares.',
      FAILED: { say: 'The seal was made by another signer than the bundle declares.', todo: FRESH_COPY },
      INDETERMINATE: 'It cannot be told whether the signer is the one that the bundle declares.',
      'NOT-CHECKED': 'The bundle declares no signer.',
    },
  },
  'signer.key-usage': {
    question: 'Is the signer’s certificate meant for signing?',
    outcomes: {
      'INDETERMINATE:extended-key-usage':
        'The signer’s certificate is meant for another purpose than signing documents.',
      'PASSED:unrestricted': 'The signer’s certificate does not limit what it is meant for.',
      'FAILED:key-usage': 'The signer’s certificate is not meant for signing.',
      'INDETERMINATE:ca-certificate':
        'The signer’s certificate is one that issues certificates, not one that signs files.',
      PASSED: 'The signer’s certificate is meant for signing.',
      FAILED: 'The signer’s certificate is not meant for signing.',
      'INDETERMINATE:unreadable':
        'What the signer’s certificate says it is meant for does not read, so that it cannot be told.',
      INDETERMINATE: 'It cannot be told what the signer’s certificate is meant for.',
    },
  },
  'signer.path-candidate': {
    question: 'Does this candidate path lead from the signer to an anchor of your list?',
    outcomes: PATH_CANDIDATE,
  },
  'signer.path': {
    question: 'Does a path lead from the signer to somebody on the list you chose?',
    doesNotShow: 'It shows whose key sealed the files, not who recorded what is in them, nor that it is true.',
    outcomes: pathConclusion(
      'A path leads from the signer to an anchor of the list you chose.',
      'The seal is not contradicted.',
    ),
  },
  'signer.key': {
    question: 'Is the key of the signer’s certificate strong enough?',
    outcomes: {
      'INDETERMINATE:weak': 'The key of the signer’s certificate is too weak to count as proof under the policy.',
      'INDETERMINATE:ended': 'Keys like the one of the signer’s certificate no longer counted as proof at that time.',
      'INDETERMINATE:unsupported':
        'The key of the signer’s certificate is of a kind that this version cannot verify with.',
      PASSED: 'The key of the signer’s certificate counts as proof under the policy at that time.',
      FAILED: 'The key of the signer’s certificate does not count as proof.',
      INDETERMINATE: 'It cannot be told whether the key of the signer’s certificate is strong enough.',
    },
  },
  'signer.validity': {
    question: 'Was the signer’s certificate valid when the seal was made?',
    outcomes: {
      'INDETERMINATE:not-yet-valid': 'The signer’s certificate had not begun at the time that counts.',
      'INDETERMINATE:expired': {
        say: 'The signer’s certificate had ended at the time that counts, as far as that time is proved.',
        todo: 'A time-stamp of an authority on your list, made before that, would settle it. Or check as of an earlier day (--at).',
      },
      PASSED: 'The signer’s certificate was valid at the proved time of the seal.',
      FAILED: 'The signer’s certificate was not valid at the proved time of the seal.',
      INDETERMINATE: 'It cannot be told whether the signer’s certificate was valid when the seal was made.',
    },
  },
  'signer.revocation': {
    question: 'Had the signer’s key been withdrawn before the seal was made?',
    outcomes: revocationOutcomes('signer’s', 'the seal'),
  },
  'trust.outside': {
    question: 'Did the list of anchors come by another way than the bundle?',
    outcomes: {
      'PASSED:review-overdue': {
        say: 'The list of anchors is not one of the files of this bundle. It is past the day on which its issuer wants it reviewed.',
        todo: 'Ask the issuer of the trust set for a newer one.',
      },
      'INDETERMINATE:inside-bundle': {
        say: 'The list of anchors lies in the bundle that it should vouch for, and was not used.',
        todo: 'Get the trust set from its issuer by another way.',
      },
      'NOT-CHECKED:no-trust-set': {
        say: 'No list of keys was chosen, so nobody is known to be who they say.',
        todo: 'Choose a trust set that came by another way than the bundle (--trust-set FILE).',
      },
      'NOT-CHECKED:nothing-rests': 'There is no seal and no time-stamp here that the list of anchors could speak of.',
      PASSED: 'The list of anchors is not one of the files of this bundle.',
      FAILED: {
        say: 'The list of anchors lies in the bundle that it should vouch for, and was not used.',
        todo: 'Get the trust set from its issuer by another way.',
      },
      INDETERMINATE: {
        say: 'The list of anchors lies in the bundle that it should vouch for, and was not used.',
        todo: 'Get the trust set from its issuer by another way.',
      },
      'NOT-CHECKED': 'No list of anchors was chosen, so nobody is known to be who they say.',
    },
  },
}
