import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `${'custody' | 'log' | 'disclosure'}.${string}`>

const ASK_ISSUER = 'اطلب من المُصدر تفسيرًا مكتوبًا، واطلب السجل كما هو عنده.'
const SHOW_ISSUER = 'اطلب من المُصدر أن يُظهر هذا السطر، أو أن يقول لماذا هو محجوب.'
const LIST = 'اطلب من المُصدر، بطريق غير الذي جاءت به هذه الحزمة، مجموعة الثقة التي تسمّي مفتاح هذا السجل.'
const CHOOSE_LIST = 'اختر مجموعة ثقة وصلتك بطريق غير الحزمة (--trust-set FILE).'
const LIST_ELSEWHERE = 'احصل على مجموعة الثقة من مُصدرها بطريق آخر.'
const LINE_UNREAD = {
  say: 'تعذّرت قراءة سطر، فلا يمكن القول عنه.',
  todo: 'افحص بنسخة أحدث من هذا البرنامج، أو اطلب من المرسل نسخة جديدة.',
}
const CLOSED = 'لا يُظهر أي حدث هذا، فلم يكن هناك ما يُقارن.'
const ASK_MAKER = 'احتفظ بالملف، ولا تعتمد عليه، واطلب ممن صنعه تفسيرًا مكتوبًا.'
const SEND_AGAIN = 'اطلب ممن صنع الملف أن يرسله مرة أخرى.'
const OTHER_BUNDLE = {
  say: 'لا شيء في الملف يعود إلى هذه الحزمة: صُنع لحزمة أخرى، أو غُيّر كله أو كُتب من دون مصدر. لا يقول شيئًا عن هذه الحزمة، ولا شيء فيه مؤكد.',
  todo: 'تأكد من أنه الملف المقصود لهذه الحزمة. فإن كان ينبغي أن يكون كذلك فاسأل من صنعه.',
}
const NO_LINES = {
  say: 'لا توجد هنا أسطر يستطيع هذا البرنامج أن يقارن بها المكشوفات.',
  todo: 'قدّم الملف مع الحزمة التي صُنع لها.',
}
const LATER_BUNDLE = {
  say: 'يُظهر الملف شيئًا من سطر يأتي بعد نهاية سجل هذه الحزمة: صُنع لحزمة لاحقة.',
  todo: 'افحصه مع الحزمة اللاحقة.',
}
const MALFORMED_VALUE = 'قيمة معروضة ليست من النوع الذي تريده الصيغة هناك، فلم تُقارن.'
const LOG_NOT_JUDGED = 'لم يُحكم في سجل الحيازة.'

/** What the history of the evidence shows: custody.jsonl, the signed log, and what of both is opened. */
export const HISTORY: Record<Ids, FindingWords> = {
  'custody.chain': {
    question: 'هل تشكّل قيود سجل الحيازة سلسلة واحدة غير مقطوعة؟',
    doesNotShow: 'تُظهر السلسلة أن شيئًا لم يتغير بعد ذلك، لا أن ما كُتب صحيح.',
    outcomes: {
      PASSED: 'كل قيد معروض يسمّي القيد الذي قبله بالضبط.',
      'FAILED:broken': { say: 'قيد يسمّي قبله قيدًا غير الموجود هناك.', todo: ASK_ISSUER },
      'FAILED:fork': { say: 'قيدان يسمّيان القيد نفسه قبلهما: كُمّل السجل بطريقتين.', todo: ASK_ISSUER },
      FAILED: 'يوجد ما يناقض السلسلة.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'لم يمكن القول هل تشكّل القيود سلسلة واحدة.',
      'NOT-CHECKED': LOG_NOT_JUDGED,
    },
  },
  'custody.order': {
    question: 'هل قيود سجل الحيازة مرقّمة دون فجوة أو تكرار؟',
    outcomes: {
      PASSED: 'القيود مرقّمة ابتداءً من الأول، كل منها مرة واحدة.',
      'FAILED:out-of-order': { say: 'قيود ناقصة، أو مكررة، أو بترتيب آخر.', todo: ASK_ISSUER },
      INDETERMINATE: 'لم يمكن القول ما أرقام القيود.',
      'NOT-CHECKED': LOG_NOT_JUDGED,
    },
  },
  'custody.log-start': {
    question: 'هل يبدأ سجل الحيازة ببدايته هو؟',
    outcomes: {
      PASSED: 'القيد الأول يبدأ هذا السجل، ويسمّي السجل الذي تسمّيه الحزمة.',
      'FAILED:not-first': { say: 'القيد الأول ليس بداية سجل.', todo: ASK_ISSUER },
      'FAILED:differs': { say: 'يبدأ السجل على أنه سجل غير الذي تسمّيه الحزمة.', todo: ASK_ISSUER },
      'FAILED:again': { say: 'في وسط هذا السجل يبدأ سجل من جديد.', todo: ASK_ISSUER },
      FAILED: 'يوجد ما يناقض بداية السجل.',
      'INDETERMINATE:withheld': { say: 'بداية السجل محجوبة؛ والصيغة لا تسمح بذلك أبدًا.', todo: SHOW_ISSUER },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'لم يمكن القول هل هذه بداية السجل.',
      'NOT-CHECKED': LOG_NOT_JUDGED,
    },
  },
  'custody.export': {
    question: 'هل القيد الأخير هو صنع هذه الحزمة بعينها؟',
    outcomes: {
      PASSED: 'القيد الأخير هو صنع هذه الحزمة، على هذه المواد وقرار المشاركة هذا بالضبط.',
      'FAILED:not-last': { say: 'القيد الأخير ليس صنع حزمة: قُطع السجل أو كُمّل.', todo: ASK_ISSUER },
      'FAILED:items-differ': { say: 'القيد الأخير عن مواد غير المذكورة في القائمة هنا.', todo: ASK_ISSUER },
      'FAILED:authorisation-differs': { say: 'القيد الأخير عن قرار مشاركة غير الموجود هنا.', todo: ASK_ISSUER },
      FAILED: 'القيد الأخير يناقض هذه الحزمة.',
      'INDETERMINATE:withheld': { say: 'القيد الأخير محجوب؛ والصيغة لا تسمح بذلك أبدًا.', todo: SHOW_ISSUER },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:not-compared': 'لم تمكن مقارنة القيد الأخير بالمواد وبقرار المشاركة.',
      'NOT-CHECKED': LOG_NOT_JUDGED,
    },
  },
  'custody.types': {
    question: 'هل يعرف هذا البرنامج كل نوع من القيود في سجل الحيازة؟',
    outcomes: {
      PASSED: 'كل قيد معروض من نوع يعرفه هذا البرنامج.',
      'INDETERMINATE:unknown-type': {
        say: 'توجد أنواع من القيود لا يعرفها هذا البرنامج. هذا ليس مأخذًا عليها.',
        todo: 'افحص بنسخة أحدث من هذا البرنامج.',
      },
      'NOT-CHECKED': LOG_NOT_JUDGED,
    },
  },
  'custody.shown': {
    question: 'هل كل قيود سجل الحيازة معروضة؟',
    outcomes: {
      PASSED: 'كل القيود معروضة.',
      'WITHHELD:withheld': 'بعض القيود محجوبة: مواضعها وأختامها هنا، ولا شيء غير ذلك.',
      'INDETERMINATE:none-shown': {
        say: 'لا يُعرض أي قيد غير بداية السجل وصنع هذه الحزمة، فلا يظهر شيء عن حيازتها.',
        todo: 'اسأل المُصدر أي القيود يجوز عرضها.',
      },
      INDETERMINATE: 'لم يمكن القول أي القيود معروضة.',
      'NOT-CHECKED': LOG_NOT_JUDGED,
    },
  },
  'custody.objects': {
    question: 'هل تسمّي القيود مواد موجودة؟',
    outcomes: {
      PASSED: 'كل قيد يُظهر مواده يسمّي مواد مذكورة في القائمة.',
      'FAILED:no-item': { say: 'قيد يسمّي مادة غير مذكورة في القائمة.', todo: ASK_ISSUER },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:not-compared': 'لم تمكن مقارنة المواد التي تسمّيها القيود بقائمة المواد.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.digests': {
    question: 'هل البصمات التي تذكرها القيود هي بصمات المواد؟',
    outcomes: {
      PASSED: 'كل بصمة يُظهرها قيد لمادة واحدة معروضة هي بصمة تلك المادة.',
      'FAILED:differs': { say: 'قيد يذكر لمادة بصمة غير بصمتها.', todo: ASK_ISSUER },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'لم تمكن مقارنة البصمات.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED:not-compared': 'تُظهر قيود بصمات، لكن ليس لمادة واحدة معروضة بطريقة يستعملها كلاهما.',
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.time': {
    question: 'هل أوقات القيود ممكنة كما هي مذكورة؟',
    doesNotShow: 'أوقات القيود هي أقوال من كتبوها. القيود بترتيب كتابتها: ما يرويه قيد قد يكون حدث قبل ذلك بكثير.',
    outcomes: {
      PASSED: 'لا شيء يعارض الأوقات المعروضة: لا قيد متأخر عن وقت كتابته، ولا مادة أُضيفت قبل الحصول عليها.',
      'INDETERMINATE:later-than-record': {
        say: 'قيد يذكر وقتًا كان فيه مكتوبًا من قبل: وقته متأخر عن قيد لاحق للسجل نفسه، أو عن الحزمة.',
        todo: 'اسأل المُصدر عن هذه الأوقات وعن الساعات التي أُخذت منها.',
      },
      'INDETERMINATE:before-acquisition': {
        say: 'بحسب القيود أُضيفت مواد إلى السجل قبل الحصول عليها.',
        todo: 'اسأل المُصدر متى حُصل على هذه المواد ومتى أُضيفت.',
      },
      'INDETERMINATE:created-later': {
        say: 'تذكر الحزمة أنها صُنعت بعد ختمها الزمني. فساعتها كانت خاطئة، وقد تكون أوقات القيود خاطئة أيضًا.',
        todo: 'اسأل المُصدر عن الساعة التي صُنعت بها الحزمة.',
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'لم تمكن مقارنة الأوقات.',
      'NOT-CHECKED:closed': CLOSED,
      'NOT-CHECKED': CLOSED,
    },
  },
  'custody.handover': {
    question: 'هل وقّع المسلّم والمتسلّم على التسليمات؟',
    outcomes: {
      'FAILED:other-content': { say: 'توقيع على تسليم يعود إلى شيء آخر.', todo: ASK_ISSUER },
      PASSED: 'كل توقيع معروض على تسليم ثابت على قيده هو، وتشهد قائمتك لمن هو.',
      'FAILED:signature': { say: 'توقيع على تسليم غير ثابت.', todo: ASK_ISSUER },
      'FAILED:replayed': {
        say: 'توقيع على تسليم موجود في أكثر من قيد: وقد أُعطي لواحد منها.',
        todo: ASK_ISSUER,
      },
      'FAILED:key-usage': { say: 'وُقّع تسليم بمفتاح تقول شهادته إنه لا يوقّع.', todo: ASK_ISSUER },
      'FAILED:revoked': {
        say: 'كانت شهادة من وقّع على تسليم قد أُبطلت حينئذ.',
        todo: 'اسأل المُصدر من وقّع، ومتى، ولماذا أُبطلت الشهادة.',
      },
      FAILED: 'توقيع على تسليم غير ثابت.',
      'INDETERMINATE:line-unread': {
        say: 'تعذّرت مقارنة توقيع على تسليم: تعذّرت قراءة السطر الأول من السجل، الذي يقول أي سجل هو.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:one-for-both': {
        say: 'وقّع المسلّم والمتسلّم على تسليم بالمفتاح نفسه، أو بمفتاحين يصدّق أحدهما الآخر، أو بالاسم نفسه: هذا قول شخص واحد، لا اثنين.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:name-closed': {
        say: 'توقيع على تسليم ثابت، لكن القيد لا يُظهر توقيع من هو كما يُقال.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:not-in-facts': {
        say: 'التوقيعات على التسليمات ثابتة، لكن ليست في الوقائع المحفوظة شهاداتها التي تسمّي أشخاصًا.',
        todo: 'افحص الحزمة نفسها.',
      },
      'INDETERMINATE:no-trust-set': {
        say: 'التوقيعات على التسليمات ثابتة، لكن لم تُختر قائمة تقول لمن المفاتيح.',
        todo: CHOOSE_LIST,
      },
      'INDETERMINATE:trust-set-inside': {
        say: 'القائمة التي يُراد أن تقول بمفاتيح من وُقّعت التسليمات موجودة في الحزمة نفسها، ولم تُستعمل.',
        todo: LIST_ELSEWHERE,
      },
      'INDETERMINATE:other-role': {
        say: 'في قائمتك من شهد لموقّعي التسليمات، لكن بدور آخر: ليس لتوقيع التسليمات.',
        todo: 'اسأل مُصدر مجموعة الثقة هل تشهد هذه السلطة لأشخاص يسلّمون الأدلة (الدور handover).',
      },
      'INDETERMINATE:signer-unknown': {
        say: 'التوقيعات على التسليمات ثابتة، لكن القائمة التي اخترتها لا تقول لمن المفاتيح.',
        todo: 'اطلب من المُصدر، بطريق غير الذي جاءت به هذه الحزمة، مجموعة الثقة التي فيها مراسي الدور handover؛ أو قارن بصمات الشهادات مع المسلّم والمتسلّم.',
      },
      'INDETERMINATE:anchor-interval': {
        say: 'مرساة من وقّع على تسليم لا يجوز الاعتماد عليها في الوقت الثابت له.',
        todo: 'اسأل مُصدر مجموعة الثقة عمّا جرى لتلك المرساة.',
      },
      'INDETERMINATE:validity': {
        say: 'شهادة من وقّع على تسليم لم تكن سارية في الوقت الثابت: كانت قد انتهت أو لم تبدأ. ربما كان التسليم أسبق، لكن لا شيء هنا يُثبته.',
        todo: 'اطلب حزمة خُتمت حين كانت الشهادة سارية.',
      },
      'INDETERMINATE:key-usage': 'شهادة وُقّع بها تسليم ليست لتوقيع الوثائق.',
      'INDETERMINATE:algorithm': 'توقيع على تسليم يستعمل طريقة لا تحتسبها سياستك إثباتًا.',
      'INDETERMINATE:revocation': {
        say: 'لا يُعرف هل كانت شهادة وُقّع بها تسليم قد أُبطلت.',
        todo: 'اطلب قائمة الإبطال (CRL) أو جواب OCSP من السلطة التي أصدرتها، وقدّمه مع الحزمة (--crl أو --ocsp).',
      },
      INDETERMINATE: 'لم يمكن الحكم في توقيع على تسليم.',
      'NOT-CHECKED:none': 'لا يُظهر أي تسليم توقيعًا.',
      'NOT-CHECKED:not-read': 'تعذّرت قراءة سجل الحيازة.',
      'NOT-CHECKED': 'لا يُظهر أي تسليم توقيعًا.',
    },
  },
  'log.checkpoint': {
    question: 'هل وقّع السجل على حالته؟',
    outcomes: {
      PASSED: 'توقيع السجل ثابت، بمفتاح من القائمة التي اخترتها.',
      'FAILED:signature': { say: 'التوقيع تحت اسم السجل غير ثابت.', todo: ASK_ISSUER },
      'FAILED:origin-differs': { say: 'الحالة الموقّعة هي حالة سجل آخر.', todo: ASK_ISSUER },
      'FAILED:other-key': { say: 'وُقّعت الحالة بمفتاح غير مفتاح السجل.', todo: ASK_ISSUER },
      FAILED: 'يوجد ما يناقض الحالة الموقّعة للسجل.',
      'INDETERMINATE:not-signed': { say: 'لا تحمل حالة السجل توقيع السجل نفسه.', todo: ASK_ISSUER },
      'INDETERMINATE:no-trust-set': {
        say: 'لم تختر قائمة بالمفاتيح التي تصدّقها، فلا شيء يقول لمن هذا السجل.',
        todo: CHOOSE_LIST,
      },
      'INDETERMINATE:trust-set-inside': {
        say: 'القائمة التي اخترتها موجودة في الحزمة نفسها ولم تُستعمل.',
        todo: LIST_ELSEWHERE,
      },
      'INDETERMINATE:anchor-missing': { say: 'القائمة التي اخترتها لا تسمّي هذا السجل.', todo: LIST },
      'INDETERMINATE:same-name-other-key': {
        say: 'القائمة التي اخترتها تسمّي هذا السجل، لكن بمفتاح آخر.',
        todo: 'قارن البصمات مع المُصدر بالهاتف أو برسالة قبل أن تصدّق أيًّا منهما.',
      },
      'INDETERMINATE:anchor-interval': {
        say: 'القائمة التي اخترتها تسمح بهذا المفتاح لوقت آخر فقط.',
        todo: 'اسأل مُصدر مجموعة الثقة لماذا قُيّد الوقت.',
      },
      INDETERMINATE: 'لم يمكن الحكم في توقيع السجل.',
      'NOT-CHECKED': 'لم يُحكم في السجل.',
    },
  },
  'log.key': {
    question: 'هل المفتاح الذي وقّع هو مفتاح السجل، ولا يُستعمل لغير ذلك؟',
    outcomes: {
      PASSED: 'المفتاح هو الذي يسمّيه السجل نفسه، ولا يوقّع هنا شيئًا آخر.',
      'FAILED:other-key': { say: 'المفتاح غير الذي يسمّيه السجل.', todo: ASK_ISSUER },
      'FAILED:seal-key': { say: 'مفتاح السجل هو أيضًا مفتاح ختم أو مفتاح دور آخر.', todo: ASK_ISSUER },
      FAILED: 'يوجد ما يناقض مفتاح السجل.',
      'INDETERMINATE:key-unknown': 'تعذّرت قراءة بداية السجل التي تسمّي مفتاحه.',
      INDETERMINATE: 'لم تمكن مقارنة مفتاح السجل.',
      'NOT-CHECKED:not-verified': 'لم يُوجد توقيع ثابت للسجل، فلا مفتاح يُقارن.',
      'NOT-CHECKED': 'لم يُقارن مفتاح السجل.',
    },
  },
  'log.key-change': {
    question: 'هل وقّع كلَّ تغيير لمفتاح السجل المفتاحُ الذي قبله؟',
    outcomes: {
      PASSED: 'كل تغيير للمفتاح موقّع كما تريد الصيغة.',
      'FAILED:signature': { say: 'التوقيع على تغيير للمفتاح غير ثابت.', todo: ASK_ISSUER },
      'FAILED:key-differs': { say: 'تغيير للمفتاح يسمّي مفتاحين مختلفين.', todo: ASK_ISSUER },
      FAILED: 'يوجد ما يناقض تغييرًا للمفتاح.',
      'INDETERMINATE:key-missing': {
        say: 'تغيير للمفتاح لم يوقّعه مفتاح تذكره قائمتك لهذا السجل ويحق له توقيعه.',
        todo: LIST,
      },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:anchor-interval': {
        say: 'تغيير للمفتاح موقّع بمفتاح لا يجوز الاعتماد عليه في الوقت الثابت: كان قد انتهى حينئذ.',
        todo: 'اسأل مُصدر مجموعة الثقة عمّا جرى لذلك المفتاح؛ بعد سرقة توقّع التغييرَ مرساة، لا المفتاح القديم.',
      },
      INDETERMINATE: 'لم يمكن الحكم في تغيير للمفتاح.',
      'NOT-CHECKED': 'كان للسجل المفتاح نفسه دائمًا.',
    },
  },
  'log.size': {
    question: 'هل في السجل من القيود العدد الذي تقوله حالته الموقّعة؟',
    outcomes: {
      PASSED: 'عدد القيود هو الذي تقوله الحالة الموقّعة.',
      'FAILED:differs': { say: 'القيود أكثر أو أقل مما تقوله الحالة الموقّعة.', todo: ASK_ISSUER },
      'INDETERMINATE:not-compared': 'لم تمكن مقارنة عدد القيود.',
      'NOT-CHECKED': 'لم يُحكم في السجل.',
    },
  },
  'log.root': {
    question: 'هل القيود، ومنها المحجوبة، هي قيود الحالة الموقّعة بالضبط؟',
    outcomes: {
      PASSED: 'القيود هي قيود الحالة الموقّعة بالضبط، كل منها في موضعه، ومنها المحجوبة.',
      'FAILED:differs': {
        say: 'القيود ليست قيود الحالة الموقّعة: غُيّر شيء أو بُدّل أو أُضيف أو تُرك.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:not-compared': 'لم تمكن مقارنة القيود بالحالة الموقّعة.',
      'NOT-CHECKED': 'لم يُحكم في السجل.',
    },
  },
  'log.consistency': {
    question: 'هل يكمّل السجل حالاته السابقة؟',
    outcomes: {
      PASSED: 'يكمّل السجل كل حالة سابقة مسمّاة هنا.',
      'FAILED:proof': { say: 'إثبات أن السجل يكمّل حالة سابقة غير ثابت.', todo: ASK_ISSUER },
      'FAILED:history-differs': { say: 'كانت حالة سابقة على قيود أخرى: كُتب التاريخ من جديد.', todo: ASK_ISSUER },
      'FAILED:items-differ': {
        say: 'بحسب قيدها، أُعدّت حزمة سابقة من هذا السجل على مواد غير التي تبدأ بها القائمة هنا: غُيّرت مواد أو أُزيلت أو تبدّل ترتيبها منذ ذلك.',
        todo: ASK_ISSUER,
      },
      FAILED: 'لا يكمّل السجل حالة سابقة.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:not-compared': 'لم يمكن القول هل يكمّل السجل حالاته السابقة.',
      'NOT-CHECKED': 'لا تُسمّى هنا حالة سابقة للسجل.',
    },
  },
  'log.witnesses': {
    question: 'هل رأى شهود هذه الحالة من السجل؟',
    outcomes: {
      PASSED: 'يؤكد شهود من القائمة التي اخترتها أنهم رأوا هذه الحالة من السجل.',
      'FAILED:signature': { say: 'التوقيع تحت اسم شاهد غير ثابت.', todo: ASK_ISSUER },
      'INDETERMINATE:later': 'يذكر شاهد وقتًا كانت فيه هذه الحالة من السجل مختومة منذ زمن، أو وقتًا بعد يوم هذا الفحص.',
      'INDETERMINATE:anchor-interval': 'تسمح قائمتك بمفتاح شاهد لوقت آخر فقط.',
      INDETERMINATE: 'لم يمكن الحكم في توقيع شاهد.',
      'NOT-CHECKED:unknown': {
        say: 'توجد توقيعات أخرى، لكن ليس بينها توقيع شاهد تسمّيه قائمة اخترتها. مفاتيح السجل نفسه، والمفاتيح التي تختم أو توافق، ليست شهودًا.',
        todo: 'إن كنت تعرف شاهدًا لهذا السجل فأضف مفتاح التحقق الخاص به إلى مجموعة الثقة لديك (الدور log).',
      },
      'NOT-CHECKED': 'لم يوقّع أي شاهد هذه الحالة من السجل.',
    },
  },
  'disclosure.openings': {
    question: 'هل كل ما كُشف مطابق لما التُزم به؟',
    outcomes: {
      PASSED: 'كل قيمة مكشوفة هي التي التُزم بها، باسمها هي.',
      'PASSED:salt-again': {
        say: 'كل قيمة مكشوفة هي التي التُزم بها. لكن لعدد منها ({saltsAgain}) قيمة عشوائية (salt) هي لغيرها أيضًا: لم يأخذها البرنامج الذي صنع هذا السجل كما يجب، فقد يمكن تخمين المحجوب فيه.',
        todo: 'أبلغ المُصدر، دون أن تنقل المكشوفات إلى غيرك.',
      },
      'FAILED:no-slot': { say: 'قيمة مكشوفة ليست التي التُزم بها.', todo: ASK_ISSUER },
      'FAILED:other-slot': { say: 'قيمة كُشفت باسم غير الذي التُزم به.', todo: ASK_ISSUER },
      'FAILED:twice': { say: 'حقل كُشف مرتين.', todo: ASK_ISSUER },
      'FAILED:no-line': { say: 'كُشفت قيمة لسطر غير موجود.', todo: ASK_ISSUER },
      'FAILED:no-such-field': { say: 'كُشفت قيمة لحقل ليس في سطره.', todo: ASK_ISSUER },
      'FAILED:clear-member': { say: 'كُشفت قيمة لشيء مكتوب مكشوفًا.', todo: ASK_ISSUER },
      FAILED: 'قيمة مكشوفة تناقض ما التُزم به.',
      'INDETERMINATE:line-withheld': {
        say: 'كُشفت قيمة لسطر محجوب، فلا شيء تُقارن به.',
        todo: SHOW_ISSUER,
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:own-export': 'كُشف حقل من صنع هذه الحزمة؛ والصيغة لا تسمح بذلك.',
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'لم تمكن مقارنة قيمة مكشوفة.',
      'NOT-CHECKED': 'لم يُكشف شيء.',
    },
  },
  'disclosure.grounds': {
    question: 'هل ما يُقال إنه محجوب محجوب فعلًا؟',
    outcomes: {
      PASSED: 'ما يُقال إنه محجوب غير معروض.',
      'FAILED:opened': { say: 'شيء يُقال إنه محجوب، وهو معروض مع ذلك.', todo: ASK_ISSUER },
      'FAILED:no-line': { say: 'ذُكر سبب لحجب سطر غير موجود.', todo: ASK_ISSUER },
      'FAILED:no-such-field': { say: 'ذُكر سبب لحجب حقل ليس في سطره.', todo: ASK_ISSUER },
      FAILED: 'سبب للحجب يناقض ما هو هنا.',
      'INDETERMINATE:line-unread': { say: 'ذُكر سبب لحجب سطر تعذّرت قراءته.', todo: ASK_ISSUER },
      INDETERMINATE: 'تعذّرت قراءة أسباب الحجب.',
      'NOT-CHECKED': 'لم يُذكر سبب للحجب.',
    },
  },
  'disclosure.payload': {
    question: 'هل يعود كل ملف أدلة إلى مادة واحدة بالضبط من القائمة؟',
    outcomes: {
      PASSED: 'يعود كل ملف أدلة إلى مادة واحدة بالضبط، بهذه البصمة وهذا الحجم.',
      'FAILED:differs': { say: 'لمادة بصمة أو حجم غير ما لملف الأدلة الذي تسمّيه.', todo: ASK_ISSUER },
      'FAILED:several-items': { say: 'مادتان تسمّيان ملف الأدلة نفسه.', todo: ASK_ISSUER },
      'FAILED:no-item': { say: 'يوجد ملف أدلة لا تسمّيه أي مادة.', todo: ASK_ISSUER },
      FAILED: 'ملفات الأدلة والمواد يناقض بعضها بعضًا.',
      'INDETERMINATE:no-item': {
        say: 'يوجد ملف أدلة لا تُظهر أي مادة أنه لها.',
        todo: 'اطلب من المُصدر أن يكشف مسار هذه المادة وحجمها وبصمتها.',
      },
      'INDETERMINATE:closed': {
        say: 'مادة تسمّي ملف الأدلة الخاص بها، لكنها لا تُظهر بصمته وحجمه.',
        todo: 'اطلب من المُصدر أن يكشف حجم هذه المادة وبصمتها.',
      },
      'INDETERMINATE:no-file': {
        say: 'مادة تسمّي ملف أدلة ليس جزءًا من هذه الحزمة.',
        todo: 'اسأل المُصدر هل تُرك هذا الملف عن قصد.',
      },
      'INDETERMINATE:no-payload': 'لا يوجد ملف أدلة.',
      'INDETERMINATE:not-compared': 'لم تمكن مقارنة ملفات الأدلة والمواد.',
      'NOT-CHECKED': 'لم تُقارن المواد بملفات الأدلة.',
    },
  },
  'disclosure.copies': {
    question: 'هل تسمّي كل نسخة محجوبة الأجزاء أصلها؟',
    doesNotShow: 'أن النسخة تُظهر بقية أصلها بأمانة هو قول المُصدر.',
    outcomes: {
      PASSED: 'نسخة محجوبة الأجزاء: كل واحدة تسمّي المادة التي صُنعت منها.',
      'FAILED:original-differs': {
        say: 'نسخة محجوبة الأجزاء تسمّي أصلًا غير الذي في ذلك الموضع.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-original': { say: 'نسخة محجوبة الأجزاء تسمّي أصلًا لم يكن قبلها.', todo: ASK_ISSUER },
      FAILED: 'نسخة محجوبة الأجزاء تناقض قائمة المواد.',
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      INDETERMINATE: 'لم تمكن مقارنة أصول النسخ المحجوبة الأجزاء.',
      'NOT-CHECKED': 'لا توجد نسخة محجوبة الأجزاء تُظهر أنها كذلك.',
    },
  },
  'disclosure.items': {
    question: 'هل كل المواد معروضة؟',
    outcomes: {
      PASSED: 'معروض من كل مادة شيء.',
      'WITHHELD:withheld': 'بعض المواد محجوبة: مواضعها وأختامها هنا، ولا شيء غير ذلك.',
      'WITHHELD:closed': 'بعض المواد لم يُكشف منها حقل: مواضعها وأختامها هنا، ولا شيء غير ذلك.',
      WITHHELD: 'بعض المواد محجوبة.',
      'INDETERMINATE:line-unread': LINE_UNREAD,
      INDETERMINATE: 'لم يمكن القول أي المواد معروضة.',
      'NOT-CHECKED': 'لم يُحكم في قائمة المواد.',
    },
  },
  'disclosure.fields': {
    question: 'هل كُشفت كل حقول الأسطر المعروضة؟',
    outcomes: {
      PASSED: 'كُشفت كل الحقول.',
      'WITHHELD:withheld': 'بعض الحقول محجوبة بسبب مذكور؛ وأخرى محجوبة أو لم تُملأ قط.',
      'WITHHELD:closed': 'بعض الحقول مغلقة: هي محجوبة أو لم تُملأ قط.',
      WITHHELD: 'بعض الحقول مغلقة.',
      INDETERMINATE: 'لم يمكن القول أي الحقول مكشوفة.',
      'NOT-CHECKED': 'لم يُحكم فيما كُشف.',
    },
  },
  'disclosure.later-form': {
    question: 'هل ملف الكشف اللاحق بالشكل الذي تريده الصيغة؟',
    outcomes: {
      PASSED: 'ملف الكشف اللاحق بالشكل المطلوب، وقُرئ كل ما فيه.',
      'INDETERMINATE:malformed': {
        say: 'شيء في ملف الكشف اللاحق ليس بالشكل المطلوب، ولم يُقرأ ككشف.',
        todo: SEND_AGAIN,
      },
      'INDETERMINATE:limit': { say: 'سطر في ملف الكشف اللاحق أكبر مما يفحصه هذا البرنامج.', todo: SEND_AGAIN },
      INDETERMINATE: 'لم تمكن قراءة ملف الكشف اللاحق كاملًا.',
    },
  },
  'disclosure.later-lines': {
    question: 'هل كل سطر يُظهره ملف الكشف اللاحق هو المحجوب في موضعه؟',
    outcomes: {
      PASSED: 'كل سطر يُظهره الملف هو الذي حجبته هذه الحزمة في موضعه.',
      'FAILED:differs': {
        say: 'الملف من هذا السجل، لكن سطرًا يُظهره ليس الذي في هذه الحزمة في موضعه. هذا ليس مأخذًا على الحزمة: يُحكم في أسطرها وختمها على حدة.',
        todo: ASK_MAKER,
      },
      'FAILED:seq-differs': { say: 'سطر كان محجوبًا يعطي نفسه رقمًا غير رقم موضعه في السجل.', todo: ASK_ISSUER },
      'FAILED:prev-differs': { say: 'سطر كان محجوبًا يسمّي قبله سطرًا غير الموجود هناك.', todo: ASK_ISSUER },
      'FAILED:number-again': {
        say: 'سطر كان محجوبًا يحمل رقم هذا التصدير نفسه، أو رقم تسليم موقّع هنا: يُسحب مثل هذا الرقم مرة واحدة، فاستُعمل القرار أو التوقيع مرتين.',
        todo: ASK_ISSUER,
      },
      'FAILED:items-differ': {
        say: 'بحسب سطر كان محجوبًا، أُعدّت حزمة سابقة من هذا السجل على مواد غير التي تبدأ بها القائمة هنا: غُيّرت مواد أو أُزيلت أو تبدّل ترتيبها منذ ذلك.',
        todo: ASK_ISSUER,
      },
      'FAILED:log-again': {
        say: 'سطر كان محجوبًا يبدأ السجل من جديد في وسط هذا السجل.',
        todo: ASK_ISSUER,
      },
      'INDETERMINATE:key-withheld': {
        say: 'سطر كان محجوبًا يغيّر مفتاح السجل، ولا تسمح الصيغة أبدًا بحجب ذلك: حُكم من دونه في صاحب توقيع السجل.',
        todo: ASK_ISSUER,
      },
      FAILED: 'سطر يُظهره الملف يناقض أسطر هذه الحزمة.',
      'INDETERMINATE:other-bundle': OTHER_BUNDLE,
      'INDETERMINATE:no-lines': NO_LINES,
      'INDETERMINATE:no-line': LATER_BUNDLE,
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:malformed': {
        say: 'سطر كان محجوبًا معروض الآن، وليس بشكل يعرفه هذا البرنامج.',
        todo: 'افحص بنسخة أحدث من هذا البرنامج.',
      },
      INDETERMINATE: 'لم تمكن مقارنة سطر يُظهره الملف.',
    },
  },
  'disclosure.later-openings': {
    question: 'هل كل ما يكشفه ملف الكشف اللاحق مطابق لما التُزم به في هذه الحزمة؟',
    doesNotShow: 'يُظهر الكشف أن حقلًا قال هذا منذ خُتم السجل، لا أن ما يقوله صحيح.',
    outcomes: {
      PASSED: 'كل قيمة يكشفها الملف هي التي التزمت بها هذه الحزمة، باسمها هي.',
      'FAILED:no-slot': {
        say: 'الملف من هذا السجل، لكن قيمة فيه ليست التي التزمت بها هذه الحزمة. هذا ليس مأخذًا على الحزمة: يُحكم في أسطرها وختمها على حدة.',
        todo: ASK_MAKER,
      },
      'FAILED:other-slot': { say: 'يكشف الملف قيمة باسم غير الذي التُزم به.', todo: ASK_MAKER },
      'FAILED:twice': { say: 'يكشف الملف حقلًا مرتين.', todo: ASK_MAKER },
      'FAILED:no-such-field': { say: 'يكشف الملف حقلًا ليس في سطره.', todo: ASK_MAKER },
      'FAILED:clear-member': { say: 'يكشف الملف شيئًا مكتوبًا مكشوفًا.', todo: ASK_MAKER },
      FAILED: 'قيمة يكشفها الملف تناقض ما التُزم به.',
      'INDETERMINATE:other-bundle': OTHER_BUNDLE,
      'INDETERMINATE:no-lines': NO_LINES,
      'INDETERMINATE:no-line': LATER_BUNDLE,
      'INDETERMINATE:line-withheld': {
        say: 'يكشف الملف قيمة من سطر محجوب، ولا يُظهر السطر، فلا شيء تُقارن به.',
        todo: 'اطلب ملفًا يُظهر السطر أيضًا: الأمر `probatum disclose` إذا صُنع لهذه الحزمة بعينها يفعل ذلك.',
      },
      'INDETERMINATE:line-unread': LINE_UNREAD,
      'INDETERMINATE:own-export': 'يكشف الملف حقلًا من صنع هذه الحزمة؛ والصيغة لا تسمح بذلك.',
      'INDETERMINATE:malformed': { say: 'تعذّرت قراءة كشف في الملف.', todo: SEND_AGAIN },
      'INDETERMINATE:malformed-value': MALFORMED_VALUE,
      'INDETERMINATE:empty': { say: 'لا يكشف الملف شيئًا.', todo: SEND_AGAIN },
      INDETERMINATE: 'لم تمكن مقارنة قيمة يكشفها الملف.',
    },
  },
  'disclosure.later-values': {
    question: 'هل يتفق ما كُشف لاحقًا مع ما تُظهره الحزمة؟',
    doesNotShow: 'تُقارن القيم بعضها ببعض وبالملفات، لا بالعالم أبدًا.',
    outcomes: {
      PASSED: 'يتفق ما كُشف لاحقًا مع ما تُظهره الحزمة، بقدر ما تمكن المقارنة.',
      'FAILED:no-item': { say: 'قيد كُشف لاحقًا يسمّي مواد غير موجودة.', todo: ASK_ISSUER },
      'FAILED:digest-differs': { say: 'قيد كُشف لاحقًا يسمّي بصمة غير بصمة مادته.', todo: ASK_ISSUER },
      'FAILED:original-differs': {
        say: 'نسخة محجوبة الأجزاء كُشفت لاحقًا تسمّي أصلًا غير الذي في ذلك الموضع.',
        todo: ASK_ISSUER,
      },
      'FAILED:no-original': {
        say: 'نسخة محجوبة الأجزاء كُشفت لاحقًا تسمّي أصلًا لم يكن قبلها.',
        todo: ASK_ISSUER,
      },
      'FAILED:payload-differs': {
        say: 'لمادة كُشفت لاحقًا بصمة أو حجم غير ما لملف الأدلة الذي تسمّيه.',
        todo: ASK_ISSUER,
      },
      'FAILED:several-items': { say: 'مادة كُشفت لاحقًا تسمّي ملف أدلة لمادة أخرى.', todo: ASK_ISSUER },
      FAILED: 'ما كُشف لاحقًا يناقض ما تُظهره الحزمة.',
      'INDETERMINATE:handover': {
        say: 'كُشف لاحقًا توقيع على تسليم. لا تحكم هذه النسخة لمن هو إلا حيث تكشفه الحزمة نفسها.',
        todo: 'اطلب من المُصدر حزمة تكشفه، أو قارنه يدويًا.',
      },
      'INDETERMINATE:times': {
        say: 'مع ما كُشف لاحقًا لا تتوافق أوقات القيود.',
        todo: 'اسأل المُصدر عن أوقات هذه القيود.',
      },
      'INDETERMINATE:limit': 'تكشف الحزمة أكثر مما يقارنه هذا البرنامج بما كُشف لاحقًا.',
      INDETERMINATE: 'لم تمكن مقارنة ما كُشف لاحقًا بما تُظهره الحزمة.',
    },
  },
}
