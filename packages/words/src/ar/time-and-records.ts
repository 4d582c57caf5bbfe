import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'
import { PATH_CANDIDATE, pathConclusion } from './common.ts'
import { revocationOutcomes } from './revocation.ts'

const FRESH_COPY = 'لا تعدّل ولا تحفظ شيئًا في هذه النسخة. اطلب من المرسل نسخة جديدة، ودع شخصًا ثانيًا يفحص الاثنتين.'
const LATER = 'لا تحكم هذه النسخة من البرنامج فيه بعد؛ ولا يُقال عنه شيء.'
const NEWER = 'افحص بنسخة أحدث من هذا البرنامج.'
const STAMP_AGAIN = 'اطلب من المُصدر هذا الطابع الزمني مرة أخرى.'
const ASK_STAMPS = 'اطلب من المُصدر الطوابع الزمنية لهذه الحزمة.'
const CLOCK = 'راجع ساعتك، أو الوقت الذي أعطيته مع --at.'
const EARLIER = 'افحص في تاريخ يوم أسبق مع --at؛ والأداة openssl تفعله مع -attime (يطبع `probatum steps` السطر).'
const MORE_STAMPS = 'اختر مجموعة ثقة تسمّي السلطات، أو اطلب من المُصدر طوابع زمنية أكثر.'

const NO_STAMP = {
  say: 'لا يوجد طابع زمني: لا شيء يُظهر منذ متى توجد هذه الملفات.',
  todo: ASK_STAMPS,
}
const OTHER_BYTES = {
  say: 'الطابع الزمني على بايتات غير هذه.',
  todo: 'تأكد من أن لديك الملف الذي وُضع عليه الطابع الزمني، بايتًا بايتًا.',
}
const OTHER_STATEMENT = { say: 'إفادة الوقت مختلفة عمّا وقّعته السلطة.', todo: FRESH_COPY }
const OTHER_KEY = { say: 'لم يُصنع الطابع الزمني بالمفتاح الذي يسمّيه.', todo: FRESH_COPY }
const IN_FUTURE = { say: 'الوقت المذكور بعد لحظة هذا الفحص.', todo: CLOCK }

type Ids = Exclude<Extract<FindingId, `${'timestamp' | 'authorisation'}.${string}`>, 'authorisation.notices'>

export const TIME_AND_RECORDS: Record<Ids, FindingWords> = {
  'timestamp.present': {
    question: 'هل يوجد طابع زمني على الختم؟',
    outcomes: {
      'INDETERMINATE:none': {
        say: 'لا يوجد طابع زمني: لا شيء غير قول صاحب الختم يقول منذ متى توجد هذه الملفات.',
        todo: ASK_STAMPS,
      },
      'INDETERMINATE:signature-not-read': 'توجد طوابع زمنية، لكن الختم الذي صُنعت عليه تعذّرت قراءته، فلم يُحكم فيها.',
      'NOT-CHECKED:none': NO_STAMP,
      PASSED: 'يوجد طابع زمني.',
      INDETERMINATE: {
        say: 'لا يوجد طابع زمني: صاحب الختم وحده يقول متى صُنع الختم.',
        todo: ASK_STAMPS,
      },
      'NOT-CHECKED': NO_STAMP,
    },
  },
  'timestamp.structure': {
    question: 'هل يُقرأ {name} كطابع زمني وفق RFC 3161؟',
    outcomes: {
      'FAILED:malformed': 'لا يُقرأ الطابع الزمني المصرّح به كطابع زمني وفق RFC 3161.',
      'INDETERMINATE:refused': 'الملف رفض من السلطة؛ وليس فيه طابع زمني.',
      PASSED: 'يُقرأ كطابع زمني وفق RFC 3161.',
      FAILED: 'لا يُقرأ كطابع زمني وفق RFC 3161.',
      INDETERMINATE: {
        say: 'لا يُقرأ الملف كطابع زمني وفق RFC 3161، فلا يُثبت شيئًا.',
        todo: STAMP_AGAIN,
      },
    },
  },
  'timestamp.status': {
    question: 'هل منحت السلطة الطابع الزمني؟',
    outcomes: {
      'PASSED:bare-token': 'الملف هو الطابع الزمني نفسه، من دون جواب السلطة حوله.',
      'FAILED:refused-with-token': 'رفضت السلطة، ومع ذلك في جوابها طابع زمني.',
      'INDETERMINATE:refused': { say: 'رفضت السلطة صنع هذا الطابع الزمني.', todo: STAMP_AGAIN },
      PASSED: 'منحت السلطة الطابع الزمني.',
      FAILED: 'لم تمنح السلطة هذا الطابع الزمني.',
      INDETERMINATE: 'لم تمنح السلطة هذا الطابع الزمني: الملف رفض ولا يُثبت شيئًا.',
      'NOT-CHECKED': 'الملف طابع زمني وحده من دون جواب السلطة حوله.',
    },
  },
  'timestamp.message-imprint': {
    question: 'هل الطابع الزمني على هذه البايتات بالضبط؟',
    doesNotShow: 'يُظهر الطابع الزمني أن البايتات كانت موجودة، لا متى جرى ما تُظهره.',
    outcomes: {
      'FAILED:differs': OTHER_BYTES,
      PASSED: 'الطابع الزمني على هذه البايتات بالضبط.',
      FAILED: OTHER_BYTES,
      INDETERMINATE: 'لا يمكن القول هل الطابع الزمني على هذه البايتات.',
    },
  },
  'timestamp.signer-info': {
    question: 'هل للطابع الزمني موقّع واحد بالضبط؟',
    outcomes: {
      'FAILED:none': 'ليس للطابع الزمني موقّع.',
      'FAILED:several': 'للطابع الزمني عدة موقّعين؛ ومعياره يسمح بواحد.',
      PASSED: 'للطابع الزمني موقّع واحد بالضبط.',
      FAILED: 'ليس للطابع الزمني موقّع واحد بالضبط.',
      INDETERMINATE: 'ليس للطابع الزمني موقّع واحد بالضبط يستطيع هذا البرنامج الحكم فيه.',
    },
  },
  'timestamp.signed-attributes': {
    question: 'هل السمات الموقّعة مرمّزة كما يحتاجها التوقيع؟',
    outcomes: {
      'FAILED:absent': 'ليست في الطابع الزمني سمات موقّعة، ومعياره يشترطها.',
      'FAILED:not-der': 'السمات الموقّعة في الطابع الزمني ليست مرمّزة بترميز DER كما يحتاجها التوقيع.',
      'FAILED:irregular': 'في السمات الموقّعة للطابع الزمني سمة مكررة، أو سمة قيمتها ليست كما يشترط المعيار.',
      PASSED: 'السمات الموقّعة مرمّزة كما يحتاجها التوقيع.',
      FAILED: 'السمات الموقّعة في الطابع الزمني تناقض المعيار.',
      INDETERMINATE: 'لا يمكن الحكم في السمات الموقّعة للطابع الزمني.',
    },
  },
  'timestamp.content-type': {
    question: 'هل يقول المحتوى الموقّع إنه طابع زمني؟',
    outcomes: {
      'FAILED:differs': 'يسمّي الطابع الزمني نوعًا من المحتوى غير الذي هو عليه.',
      'FAILED:absent': 'لا يقول الطابع الزمني على أي نوع من المحتوى هو، ومعياره يشترط ذلك.',
      PASSED: 'يقول المحتوى الموقّع إنه طابع زمني.',
      FAILED: 'يسمّي المحتوى الموقّع نوعًا غير الطابع الزمني.',
      INDETERMINATE: 'لا يقول المحتوى الموقّع من أي نوع هو.',
    },
  },
  'timestamp.message-digest': {
    question: 'هل وقّعت السلطة هذه الإفادة بالضبط؟',
    outcomes: {
      'FAILED:differs': OTHER_STATEMENT,
      'FAILED:absent': 'لا يقول الطابع الزمني أي إفادة وُقّعت، ومعياره يشترط ذلك.',
      PASSED: 'وقّعت السلطة إفادة الوقت هذه بالضبط.',
      FAILED: OTHER_STATEMENT,
      INDETERMINATE: 'لا يمكن القول هل وقّعت السلطة هذه الإفادة بالضبط.',
    },
  },
  'timestamp.algorithm': {
    question: 'هل تُحتسب طريقة الطابع الزمني إثباتًا بحسب هذه السياسة؟',
    outcomes: {
      'PASSED:other-digest': 'تُحتسب طريقة الطابع الزمني إثباتًا؛ وبصمته غير التي يسمّيها المعيار لها، وهي بالقوة نفسها.',
      'INDETERMINATE:digest-weaker': {
        say: 'يستعمل الطابع الزمني بصمة أضعف من طريقة توقيعه، فليس أقوى من تلك البصمة.',
        todo: 'اطلب من المُصدر ختمًا بطرق متوافقة، أو افحص بنسخة أحدث من هذا البرنامج.',
      },
      'PASSED:digests-differ': 'تُحتسب طريقة الطابع الزمني إثباتًا؛ ويستعمل بصمتين مختلفتين، وهذا مسموح.',
      PASSED: 'تُحتسب طريقة الطابع الزمني إثباتًا بحسب هذه السياسة.',
      INDETERMINATE: {
        say: 'صُنع الطابع الزمني بطريقة تُعدّ ضعيفة أو لا يعرفها هذا البرنامج.',
        todo: 'اطلب من المُصدر طابعًا زمنيًا بطريقة حديثة، أو افحص بنسخة أحدث من هذا البرنامج.',
      },
    },
  },
  'timestamp.signing-certificate': {
    question: 'هل يسمّي الطابع الزمني الشهادة التي صُنع بها؟',
    outcomes: {
      'FAILED:absent': 'لا يسمّي الطابع الزمني شهادته، ومعياره يشترط ذلك.',
      'PASSED:not-first': 'يسمّي الطابع الزمني الشهادة التي صُنع بها، وإن لم تكن في الموضع الأول.',
      'FAILED:other-certificate': { say: 'يسمّي الطابع الزمني شهادة غير التي هنا.', todo: FRESH_COPY },
      'FAILED:issuer-serial': 'يسمّي الطابع الزمني مُصدرًا أو رقمًا تسلسليًا غير الذي للشهادة.',
      'FAILED:malformed': 'ما يقوله الطابع الزمني عن شهادته لا يُقرأ كما يريد المعيار.',
      PASSED: 'يسمّي الطابع الزمني الشهادة التي صُنع بها.',
      FAILED: 'يسمّي الطابع الزمني شهادة غير التي هنا.',
      INDETERMINATE: 'لا يسمّي الطابع الزمني شهادته، أو ليست تلك الشهادة هنا.',
    },
  },
  'timestamp.signature': {
    question: 'هل صُنع الطابع الزمني بمفتاح السلطة؟',
    outcomes: {
      'FAILED:invalid': OTHER_KEY,
      PASSED: 'صُنع الطابع الزمني بمفتاح الشهادة التي يسمّيها.',
      FAILED: OTHER_KEY,
      INDETERMINATE: 'لا يمكن القول هل صُنع الطابع الزمني بمفتاح السلطة.',
    },
  },
  'timestamp.extensions': {
    question: 'هل يشترط الطابع الزمني ما لا يعرفه هذا البرنامج؟',
    outcomes: {
      'INDETERMINATE:unknown-critical': { say: 'يشترط الطابع الزمني شيئًا لا يعرفه هذا البرنامج.', todo: NEWER },
      PASSED: 'لا يشترط الطابع الزمني ما لا يعرفه هذا البرنامج.',
      INDETERMINATE: 'في الطابع الزمني امتداد ملزم (critical) لا يعرفه هذا البرنامج.',
      FAILED: 'امتدادات الطابع الزمني تناقض المعيار.',
    },
  },
  'timestamp.tsa-name': {
    question: 'هل السلطة التي يسمّيها الطابع الزمني هي صاحبة الشهادة التي صُنع بها؟',
    outcomes: {
      'PASSED:absent': 'لا يسمّي الطابع الزمني سلطته بالكلمات؛ وليس ذلك لازمًا.',
      'FAILED:other-name': 'يسمّي الطابع الزمني سلطة غير صاحبة الشهادة التي صُنع بها.',
      PASSED: 'السلطة التي يسمّيها الطابع الزمني هي صاحبة الشهادة التي صُنع بها.',
      FAILED: 'يسمّي الطابع الزمني سلطة غير صاحبة الشهادة التي صُنع بها.',
      INDETERMINATE: 'لا يمكن القول هل يسمّي الطابع الزمني السلطة صاحبة الشهادة التي صُنع بها.',
      'NOT-CHECKED': 'لا يسمّي الطابع الزمني سلطته؛ وليس ذلك لازمًا.',
    },
  },
  'timestamp.extended-key-usage': {
    question: 'هل شهادة السلطة مخصصة للطوابع الزمنية وحدها؟',
    outcomes: {
      'FAILED:absent': 'لا تقول شهادة السلطة إنها مخصصة للطوابع الزمنية.',
      'FAILED:not-critical': 'تسمّي شهادة السلطة غرضها، لكن ليس على أنه ملزم (critical) كما يشترط المعيار.',
      'FAILED:other-purpose': 'شهادة السلطة مخصصة لغرض غير الطوابع الزمنية.',
      'FAILED:additional-purpose': 'شهادة السلطة مخصصة لأغراض أخرى إلى جانب الطوابع الزمنية.',
      PASSED: 'شهادة السلطة مخصصة للطوابع الزمنية، لا لغيرها.',
      FAILED: 'شهادة السلطة ليست مخصصة للطوابع الزمنية وحدها.',
      'INDETERMINATE:unreadable': 'ما تقوله شهادة السلطة عن الغرض منها لا يُقرأ، فلا يمكن القول.',
      INDETERMINATE: 'لا يمكن القول لأي غرض خُصصت شهادة السلطة.',
    },
  },
  'timestamp.key-usage': {
    question: 'هل شهادة السلطة مخصصة للتوقيع؟',
    outcomes: {
      'INDETERMINATE:additional-usage': 'شهادة السلطة مخصصة أيضًا لأشياء غير التوقيع.',
      'PASSED:unrestricted': 'لا تحدّ شهادة السلطة مما خُصصت له.',
      'FAILED:key-usage': 'شهادة السلطة ليست مخصصة للتوقيع.',
      'INDETERMINATE:ca-certificate': 'شهادة السلطة من التي تُصدر شهادات، لا من التي توقّع ملفات.',
      PASSED: 'شهادة السلطة مخصصة للتوقيع.',
      FAILED: 'شهادة السلطة ليست مخصصة للتوقيع.',
      'INDETERMINATE:unreadable': 'ما تقوله شهادة السلطة عن الغرض منها لا يُقرأ، فلا يمكن القول.',
      INDETERMINATE: 'لا يمكن القول لأي غرض خُصصت شهادة السلطة.',
    },
  },
  'timestamp.path-candidate': {
    question: 'هل تؤدي هذه السلسلة المحتملة من السلطة إلى مرساة في قائمتك؟',
    outcomes: PATH_CANDIDATE,
  },
  'timestamp.path': {
    question: 'هل تؤدي سلسلة من السلطة إلى أحد في القائمة التي اخترتها؟',
    outcomes: pathConclusion(
      'تؤدي سلسلة من سلطة الطوابع الزمنية إلى مرساة في القائمة التي اخترتها.',
      'لا شيء يناقض الطابع الزمني.',
    ),
  },
  'timestamp.validity': {
    question: 'هل كانت شهادة السلطة سارية حين صنعت الطابع الزمني؟',
    outcomes: {
      'INDETERMINATE:not-yet-valid': 'لم تكن شهادة السلطة قد بدأت في الوقت المعتبر.',
      'INDETERMINATE:expired': {
        say: 'كانت شهادة السلطة قد انتهت في الوقت المعتبر، بقدر ما هو ثابت من ذلك الوقت.',
        todo: 'يحسم الأمرَ طابع زمني من سلطة في قائمتك صُنع قبل ذلك. أو افحص في تاريخ يوم أسبق مع --at.',
      },
      PASSED: 'كانت شهادة السلطة سارية حين صنعت الطابع الزمني.',
      FAILED: 'لم تكن شهادة السلطة سارية حين صنعت الطابع الزمني.',
      INDETERMINATE: 'لا يمكن القول هل كانت شهادة السلطة سارية حين صنعت الطابع الزمني.',
    },
  },
  'timestamp.revocation': {
    question: 'هل كان مفتاح السلطة قد أُبطل قبل أن يُصنع الطابع الزمني؟',
    outcomes: revocationOutcomes('السلطة', 'الطابع الزمني'),
  },
  'timestamp.gen-time': {
    question: 'هل الوقت المذكور قبل لحظة هذا الفحص؟',
    outcomes: {
      'INDETERMINATE:in-future': IN_FUTURE,
      'INDETERMINATE:bound-in-future': {
        say: 'الوقت المذكور قبل لحظة هذا الفحص، لكن بحسب الدقة التي تذكرها السلطة قد يكون الطابع الزمني صُنع بعدها.',
        todo: 'افحص من جديد لاحقًا، أو أعطِ وقتًا متأخرًا أكثر مع --at.',
      },
      PASSED: 'الوقت المذكور قبل لحظة هذا الفحص.',
      FAILED: 'لا يمكن أن يكون الوقت المذكور.',
      INDETERMINATE: IN_FUTURE,
    },
  },
  'timestamp.believed': {
    question: 'هل لا يزال الوقت المذكور مصدَّقًا في لحظة هذا الفحص؟',
    outcomes: {
      'PASSED:renewed': 'لا يزال الوقت المذكور مصدَّقًا: جدده طابع زمني لاحق في حينه.',
      'INDETERMINATE:expired': {
        say: 'انتهت شهادة السلطة منذ ذلك الحين، ولم يجدد هذا الطابع الزمني طابع لاحق في حينه.',
        todo: EARLIER,
      },
      'INDETERMINATE:path-ended': {
        say: 'انتهت السلسلة إلى قائمتك منذ ذلك الحين، ولم يجدد هذا الطابع الزمني طابع لاحق في حينه.',
        todo: EARLIER,
      },
      'INDETERMINATE:algorithm-ended': {
        say: 'لم تعد طريقة الطابع الزمني معتبرة اليوم، ولم يجدده طابع زمني لاحق في حينه.',
        todo: 'اطلب من المُصدر حزمة مجددة.',
      },
      'INDETERMINATE:unsupported':
        'يستعمل الطابع الزمني طريقة لا يعرفها هذا البرنامج، فلا يمكن القول هل لا يزال وقته مصدَّقًا.',
      'INDETERMINATE:no-path': 'لا سلسلة تؤدي من السلطة إلى القائمة التي اخترتها، فوقتها غير مصدَّق.',
      'INDETERMINATE:in-future': 'الوقت المذكور بعد لحظة هذا الفحص.',
      PASSED: 'لا يزال الوقت المذكور مصدَّقًا في لحظة هذا الفحص.',
      FAILED: 'يوجد ما يناقض الوقت المذكور.',
      INDETERMINATE: {
        say: 'انتهت شهادة السلطة منذ ذلك الحين، ولم يجدد هذا الطابع الزمني طابع لاحق في حينه.',
        todo: 'افحص في تاريخ يوم أسبق مع --at، أو اطلب من المُصدر حزمة مجددة.',
      },
    },
  },
  'timestamp.declared-authority': {
    question: 'هل السلطة من السلطات التي تصرّح بها الحزمة؟',
    outcomes: {
      'INDETERMINATE:not-listed': 'ليست السلطة من السلطات التي تصرّح بها الحزمة.',
      'INDETERMINATE:other-subject': 'تصرّح الحزمة بسلطة أخرى تحت هذا العنوان.',
      PASSED: 'السلطة من السلطات التي تصرّح بها الحزمة.',
      FAILED: 'ليست السلطة من السلطات التي تصرّح بها الحزمة.',
      INDETERMINATE: 'ليست السلطة من السلطات التي تصرّح بها الحزمة، أو لا تمكن مقارنتها بها.',
      'NOT-CHECKED': 'لا تصرّح الحزمة بأي سلطات.',
    },
  },
  'timestamp.threshold': {
    question: 'هل تؤكد وقت الختم سلطات مختلفة بالعدد الكافي؟',
    outcomes: {
      'INDETERMINATE:too-few': {
        say: 'السلطات المختلفة التي تؤكد الوقت أقل من المطلوب: {found} من {expected}.',
        todo: MORE_STAMPS,
      },
      'INDETERMINATE:revocation-unknown': {
        say: 'تؤكد الوقت سلطات مختلفة بالعدد الكافي، لكن لم يمكن القول هل كانت مفاتيحها قد أُبطلت.',
        todo: 'قدّم قوائم الإبطال (CRL أو OCSP) لشهادات السلطات مع --crl أو --ocsp.',
      },
      'NOT-CHECKED:not-asked': 'لا تطلب السياسة أي طابع زمني.',
      PASSED: 'تؤكد الوقت سلطات مختلفة بالعدد الكافي.',
      INDETERMINATE: { say: 'السلطات التي تؤكد الوقت أقل من المطلوب.', todo: MORE_STAMPS },
      'NOT-CHECKED': 'لم يُطلب أي طابع زمني.',
    },
  },
  'authorisation.request': {
    question: 'هل تقررت هذه المشاركة كما تريد القواعد؟',
    outcomes: { 'NOT-CHECKED': LATER },
  },
}
