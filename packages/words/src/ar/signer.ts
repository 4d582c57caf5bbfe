import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'
import { PATH_CANDIDATE, pathConclusion } from './common.ts'
import { revocationOutcomes } from './revocation.ts'

const FRESH_COPY = 'لا تعدّل ولا تحفظ شيئًا في هذه النسخة. اطلب من المرسل نسخة جديدة، ودع شخصًا ثانيًا يفحص الاثنتين.'
const COMPLETE = 'اطلب من المرسل نسخة كاملة.'

const NO_SEAL = {
  say: 'لا يوجد ختم: لا شيء يُظهر من صنع قائمة الملفات هذه.',
  todo: 'اطلب من المرسل الحزمة المختومة.',
}
const OTHER_LIST = {
  say: 'لا يعود الختم إلى قائمة الملفات هذه: القائمة مختلفة عمّا خُتم.',
  todo: FRESH_COPY,
}
const OTHER_KEY = {
  say: 'لا يعود الختم إلى قائمة الملفات هذه: لم يُصنع بالمفتاح الذي يسمّيه.',
  todo: FRESH_COPY,
}
const OTHER_SIGNER = { say: 'صنع الختم موقّع غير الذي تصرّح به الحزمة.', todo: FRESH_COPY }
const INSIDE = {
  say: 'قائمة المراسي موجودة في الحزمة التي يُراد أن تشهد لها، ولم تُستعمل.',
  todo: 'احصل على مجموعة الثقة من مُصدرها بطريق آخر.',
}

const LINE_ENDS_TODO =
  'اطلب من المرسل البايتات نفسها. أو أعط نسخةً نهايات الأسطر التي تسمّيها النتيجة (unix2dos أو dos2unix)، وافحص تلك النسخة، ودوّن أنك فعلت ذلك.'

type Ids = Extract<FindingId, `${'signature' | 'signer' | 'trust'}.${string}`>

export const SIGNER: Record<Ids, FindingWords> = {
  'signature.present': {
    question: 'هل يوجد ختم أصلًا؟',
    outcomes: {
      'INDETERMINATE:declared-missing': {
        say: 'تقول الحزمة إن لها ختمًا، وليس هنا.',
        todo: 'اطلب من المرسل نسخة كاملة، مع مجلدها seal/.',
      },
      'INDETERMINATE:unreadable': {
        say: 'الختم هنا، ولم يسلّمه النظام. هذا لا يقول شيئًا عمّا فيه.',
        todo: 'شغّل البرنامج من جديد بصلاحية قراءته، أو انسخ كل شيء إلى قرص آخر أولًا.',
      },
      'INDETERMINATE:none': NO_SEAL,
      'NOT-CHECKED:none': NO_SEAL,
      PASSED: 'يوجد ختم.',
      INDETERMINATE: NO_SEAL,
      'NOT-CHECKED': NO_SEAL,
    },
  },
  'signature.structure': {
    question: 'هل يُقرأ الختم {name} كتوقيع CMS؟',
    outcomes: {
      'FAILED:malformed': { say: 'لا يُقرأ الختم كتوقيع CMS.', todo: FRESH_COPY },
      PASSED: 'يُقرأ الختم كتوقيع CMS.',
      FAILED: { say: 'لا يُقرأ الختم كتوقيع CMS.', todo: FRESH_COPY },
      INDETERMINATE: 'لم تمكن قراءة الختم كتوقيع CMS.',
    },
  },
  'signature.signer-info': {
    question: 'هل للختم موقّع واحد بالضبط؟',
    outcomes: {
      'INDETERMINATE:none': 'ليس للختم موقّع.',
      PASSED: 'للختم موقّع واحد بالضبط.',
      FAILED: 'ليس للختم موقّع واحد بالضبط.',
      INDETERMINATE: 'ليس للختم موقّع واحد بالضبط يستطيع هذا البرنامج الحكم فيه.',
    },
  },
  'signature.content': {
    question: 'هل الختم على قائمة الملفات المرافقة التي بجانبه؟',
    outcomes: {
      'PASSED:attached': 'الختم على قائمة الملفات المرافقة التي بجانبه، ويحمل البايتات نفسها في داخله.',
      'FAILED:differs': {
        say: 'يحمل الختم بايتات غير بايتات قائمة الملفات المرافقة التي بجانبه: لا يعود إلى قائمة الملفات هذه.',
        todo: FRESH_COPY,
      },
      'FAILED:line-ends': {
        say: 'يحمل الختم قائمة الملفات المرافقة التي بجانبه بنهايات أسطر أخرى، ولا فرق غير ذلك.',
        todo: LINE_ENDS_TODO,
      },
      'FAILED:not-a-tag-manifest': 'ما صُنع عليه الختم لا يُقرأ كقائمة للملفات المرافقة، فليس ختمًا على قائمة ملفات.',
      'FAILED:attributes': 'ما صُنع عليه الختم يمكن أن يُقرأ كسمات موقّعة بدل قائمة ملفات.',
      'INDETERMINATE:content-missing': {
        say: 'قائمة الملفات المرافقة التي صُنع عليها الختم ليست هنا.',
        todo: COMPLETE,
      },
      'INDETERMINATE:content-unread':
        'الختم على الملف الذي بجانبه، ولم تمكن قراءته هنا كقائمة؛ فلا يُعرف ما صُنع عليه الختم.',
      PASSED: 'الختم على قائمة الملفات المرافقة التي بجانبه.',
      FAILED: { say: 'لا يعود الختم إلى قائمة الملفات هذه.', todo: FRESH_COPY },
      INDETERMINATE: 'قائمة الملفات المرافقة التي صُنع عليها الختم ليست هنا، أو لا تُقرأ كقائمة.',
    },
  },
  'signature.signed-attributes': {
    question: 'هل السمات الموقّعة مرمّزة كما يحتاجها التوقيع؟',
    outcomes: {
      'INDETERMINATE:absent': 'ليست في الختم سمات موقّعة: هو شكل أقدم لا يربط الشهادة ولا نوع المحتوى.',
      'FAILED:absent': 'ليست في الختم سمات موقّعة، ومعياره يشترطها.',
      'FAILED:not-der': 'السمات الموقّعة في الختم ليست مرمّزة بترميز DER كما يحتاجها التوقيع.',
      'FAILED:irregular': 'في السمات الموقّعة للختم سمة مكررة، أو سمة قيمتها ليست كما يشترط المعيار.',
      PASSED: 'السمات الموقّعة مرمّزة كما يحتاجها التوقيع.',
      FAILED: 'السمات الموقّعة في الختم تناقض المعيار.',
      INDETERMINATE: 'لا يمكن الحكم في السمات الموقّعة للختم.',
    },
  },
  'signature.content-type': {
    question: 'هل يقول الختم على أي نوع من المحتوى هو؟',
    outcomes: {
      'INDETERMINATE:unexpected-type': 'يسمّي الختم نوعًا من المحتوى لا يتوقعه هذا البرنامج.',
      'FAILED:differs': 'يسمّي الختم نوعًا من المحتوى غير الذي هو عليه.',
      'FAILED:absent': 'لا يقول الختم على أي نوع من المحتوى هو، ومعياره يشترط ذلك.',
      PASSED: 'يقول الختم على أي نوع من المحتوى هو.',
      FAILED: 'يسمّي الختم نوعًا من المحتوى غير الذي هو عليه.',
      INDETERMINATE: 'لا يقول الختم على أي نوع من المحتوى هو.',
    },
  },
  'signature.message-digest': {
    question: 'هل خُتمت قائمة الملفات هذه بالضبط؟',
    outcomes: {
      'FAILED:differs': OTHER_LIST,
      'FAILED:line-ends': {
        say: 'الختم على قائمة الملفات هذه بنهايات أسطر أخرى، ولا فرق غير ذلك.',
        todo: LINE_ENDS_TODO,
      },
      'FAILED:absent': 'لا يقول الختم على أي بايتات هو، ومعياره يشترط ذلك.',
      PASSED: 'خُتمت قائمة الملفات هذه بالضبط.',
      FAILED: OTHER_LIST,
      INDETERMINATE: 'لا يمكن القول هل خُتمت قائمة الملفات هذه بالضبط.',
    },
  },
  'signature.algorithm': {
    question: 'هل تُحتسب طريقة الختم إثباتًا بحسب هذه السياسة؟',
    outcomes: {
      'PASSED:other-digest': 'تُحتسب طريقة الختم إثباتًا؛ وبصمته غير التي يسمّيها المعيار لها، وهي بالقوة نفسها.',
      'INDETERMINATE:content-ended': {
        say: 'لم تعد طريقة الختم معتبرة اليوم، ولا شيء بطريقة أقوى يبيّن أن القائمة المختومة كانت موجودة قبل ذلك.',
        todo: 'اطلب من المُصدر تجديدًا يذكر كل ملف وصُنع في حينه.',
      },
      'INDETERMINATE:digest-weaker': {
        say: 'يستعمل الختم بصمة أضعف من طريقة توقيعه، فليس أقوى من تلك البصمة.',
        todo: 'اطلب من المُصدر ختمًا بطرق متوافقة، أو افحص بنسخة أحدث من هذا البرنامج.',
      },
      'PASSED:digests-differ':
        'تُحتسب طريقة الختم إثباتًا؛ ويستعمل بصمتين مختلفتين. وتطلب قواعد أحدث بصمة واحدة، فقد ترفضه برامج أخرى.',
      PASSED: 'تُحتسب طريقة الختم إثباتًا بحسب هذه السياسة.',
      INDETERMINATE: {
        say: 'صُنع الختم بطريقة تُعدّ ضعيفة أو لا يعرفها هذا البرنامج.',
        todo: 'اطلب من المُصدر ختمًا بطريقة حديثة، أو افحص بنسخة أحدث من هذا البرنامج.',
      },
    },
  },
  'signature.signing-certificate': {
    question: 'هل يسمّي الختم الشهادة التي صُنع بها؟',
    outcomes: {
      'INDETERMINATE:absent': 'لا يسمّي الختم الشهادة التي صُنع بها.',
      'PASSED:not-first': 'يسمّي الختم الشهادة التي صُنع بها، وإن لم تكن في الموضع الأول.',
      'FAILED:other-certificate': { say: 'يسمّي الختم شهادة غير التي هنا.', todo: FRESH_COPY },
      'FAILED:issuer-serial': 'يسمّي الختم مُصدرًا أو رقمًا تسلسليًا غير الذي للشهادة.',
      'FAILED:malformed': 'ما يقوله الختم عن شهادته لا يُقرأ كما يريد المعيار.',
      PASSED: 'يسمّي الختم الشهادة التي صُنع بها.',
      FAILED: 'يسمّي الختم شهادة غير التي هنا.',
      INDETERMINATE: 'لا يسمّي الختم شهادته، أو ليست تلك الشهادة هنا.',
    },
  },
  'signature.value': {
    question: 'هل صُنع الختم بمفتاح الموقّع؟',
    outcomes: {
      'FAILED:invalid': OTHER_KEY,
      PASSED: 'صُنع الختم بمفتاح الشهادة التي يسمّيها.',
      FAILED: OTHER_KEY,
      INDETERMINATE: 'لا يمكن القول هل صُنع الختم بمفتاح الموقّع.',
    },
  },
  'signature.declared-signer': {
    question: 'هل الموقّع هو الذي تصرّح به الحزمة؟',
    outcomes: {
      'FAILED:other-signer': OTHER_SIGNER,
      'INDETERMINATE:additional-signer': 'للختم موقّع آخر لا تصرّح به الحزمة.',
      'INDETERMINATE:not-established': 'لم يمكن إثبات من صنع الختم، فلا تمكن مقارنته.',
      PASSED: 'الموقّع هو الذي تصرّح به الحزمة.',
      FAILED: OTHER_SIGNER,
      INDETERMINATE: 'لا يمكن القول هل الموقّع هو الذي تصرّح به الحزمة.',
      'NOT-CHECKED': 'لا تصرّح الحزمة بأي موقّع.',
    },
  },
  'signer.key-usage': {
    question: 'هل شهادة الموقّع مخصصة للتوقيع؟',
    outcomes: {
      'INDETERMINATE:extended-key-usage': 'شهادة الموقّع مخصصة لغرض غير توقيع الوثائق.',
      'PASSED:unrestricted': 'لا تحدّ شهادة الموقّع مما خُصصت له.',
      'FAILED:key-usage': 'شهادة الموقّع ليست مخصصة للتوقيع.',
      'INDETERMINATE:ca-certificate': 'شهادة الموقّع من التي تُصدر شهادات، لا من التي توقّع ملفات.',
      PASSED: 'شهادة الموقّع مخصصة للتوقيع.',
      FAILED: 'شهادة الموقّع ليست مخصصة للتوقيع.',
      'INDETERMINATE:unreadable': 'ما تقوله شهادة الموقّع عن الغرض منها لا يُقرأ، فلا يمكن القول.',
      INDETERMINATE: 'لا يمكن القول لأي غرض خُصصت شهادة الموقّع.',
    },
  },
  'signer.path-candidate': {
    question: 'هل تؤدي هذه السلسلة المحتملة من الموقّع إلى مرساة في قائمتك؟',
    outcomes: PATH_CANDIDATE,
  },
  'signer.path': {
    question: 'هل تؤدي سلسلة من الموقّع إلى أحد في القائمة التي اخترتها؟',
    doesNotShow: 'يُظهر بمفتاح من خُتمت الملفات، لا من سجّل ما فيها، ولا أنه صحيح.',
    outcomes: pathConclusion('تؤدي سلسلة من الموقّع إلى مرساة في القائمة التي اخترتها.', 'لا شيء يناقض الختم.'),
  },
  'signer.key': {
    question: 'هل مفتاح شهادة الموقّع قوي بما يكفي؟',
    outcomes: {
      'INDETERMINATE:weak': 'مفتاح شهادة الموقّع أضعف من أن يُعتدّ به دليلًا وفق السياسة.',
      'INDETERMINATE:ended': 'لم تعد المفاتيح المماثلة لمفتاح شهادة الموقّع يُعتدّ بها دليلًا في ذلك الوقت.',
      'INDETERMINATE:unsupported': 'مفتاح شهادة الموقّع من نوع لا يستطيع هذا الإصدار التحقق به.',
      PASSED: 'يُعتدّ بمفتاح شهادة الموقّع دليلًا وفق السياسة في ذلك الوقت.',
      FAILED: 'لا يُعتدّ بمفتاح شهادة الموقّع دليلًا.',
      INDETERMINATE: 'لا يمكن القول هل مفتاح شهادة الموقّع قوي بما يكفي.',
    },
  },
  'signer.validity': {
    question: 'هل كانت شهادة الموقّع سارية حين صُنع الختم؟',
    outcomes: {
      'INDETERMINATE:not-yet-valid': 'لم تكن شهادة الموقّع قد بدأت في الوقت المعتبر.',
      'INDETERMINATE:expired': {
        say: 'كانت شهادة الموقّع قد انتهت في الوقت المعتبر، بقدر ما هو ثابت من ذلك الوقت.',
        todo: 'يحسم الأمرَ طابع زمني من سلطة في قائمتك صُنع قبل ذلك. أو افحص في تاريخ يوم أسبق (--at).',
      },
      PASSED: 'كانت شهادة الموقّع سارية في الوقت الثابت للختم.',
      FAILED: 'لم تكن شهادة الموقّع سارية في الوقت الثابت للختم.',
      INDETERMINATE: 'لا يمكن القول هل كانت شهادة الموقّع سارية حين صُنع الختم.',
    },
  },
  'signer.revocation': {
    question: 'هل كان مفتاح الموقّع قد أُبطل قبل أن يُصنع الختم؟',
    outcomes: revocationOutcomes('الموقّع', 'الختم'),
  },
  'trust.outside': {
    question: 'هل جاءت قائمة المراسي بطريق غير الحزمة؟',
    outcomes: {
      'PASSED:review-overdue': {
        say: 'قائمة المراسي ليست من ملفات هذه الحزمة. وقد مضى اليوم الذي يريد مُصدرها أن تُراجع فيه.',
        todo: 'اطلب من مُصدر مجموعة الثقة قائمة أحدث.',
      },
      'INDETERMINATE:inside-bundle': INSIDE,
      'NOT-CHECKED:no-trust-set': {
        say: 'لم تُختر قائمة مفاتيح، فلا يُعرف عن أحد أنه من يقول إنه هو.',
        todo: 'اختر مجموعة ثقة وصلتك بطريق غير الحزمة (--trust-set FILE).',
      },
      'NOT-CHECKED:nothing-rests': 'لا يوجد هنا ختم ولا طابع زمني يمكن أن تتحدث عنه قائمة المراسي.',
      PASSED: 'قائمة المراسي ليست من ملفات هذه الحزمة.',
      FAILED: INSIDE,
      INDETERMINATE: INSIDE,
      'NOT-CHECKED': 'لم تُختر قائمة مراسٍ، فلا يُعرف عن أحد أنه من يقول إنه هو.',
    },
  },
}
