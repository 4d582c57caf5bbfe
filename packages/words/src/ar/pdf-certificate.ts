import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `document.${string}`>

const AS_MADE = 'اطلب الملف كما صُنع، مرسلًا كملف لا عبر نظام يطبعه أو يحفظه من جديد.'
const OTHER_VERSION =
  'صنعت هذه الشهادة نسخة أخرى من البرنامج أو بناء آخر له، وذلك وحده يصنع البايتات نفسها يقينًا. هذا ليس مأخذًا عليها.'
const CHECK_WITH_VERSION = 'افحصها بالنسخة {version.found}، البناء {build.found}، من البرنامج.'
const FROM_MAKER = 'لا تعتمد على هذا الملف. اطلب الشهادة ممن صنعها.'

/** Words of the checks of a PDF certificate. */
export const PDF_CERTIFICATE: Readonly<Record<Ids, FindingWords>> = {
  'document.structure': {
    question: 'هل يُقرأ الملف كملف PDF، وبطريقة واحدة فقط؟',
    outcomes: {
      PASSED: 'يُقرأ الملف كملف PDF.',
      'INDETERMINATE:malformed': {
        say: 'لا يُقرأ الملف كملف PDF (عند {where.found})، فقد تعرض برامج مختلفة صفحات مختلفة. ربما قُطع أو تلف في الطريق.',
        todo: AS_MADE,
      },
      'INDETERMINATE:limit': 'يطلب الملف أكثر مما يُقرأ من شهادة (عند {where.found}).',
      'INDETERMINATE:encrypted': {
        say: 'الملف مشفّر. الشهادات لا تكون كذلك؛ حفظه أحد هكذا.',
        todo: AS_MADE,
      },
      INDETERMINATE: 'لم تمكن قراءة الملف كملف PDF.',
    },
  },
  'document.data': {
    question: 'هل المعطيات التي صُنعت منها الشهادة موجودة، وهل يعود بعضها إلى بعض؟',
    outcomes: {
      PASSED: 'المعطيات المرفقة كلها موجودة، ولكل منها البصمة التي تذكرها الأخرى.',
      'FAILED:disagree': {
        say: 'المعطيات المرفقة يناقض بعضها بعضًا: المتوقع {expected}، والموجود {found}. بُدّل بعضها بعد صنع الشهادة.',
        todo: FROM_MAKER,
      },
      'INDETERMINATE:lost': {
        say: 'المعطيات التي صُنعت منها الشهادة ليست في هذا الملف. تُفقد حين تُطبع شهادة أو تُمسح ضوئيًا أو يحفظها نظام يُسقط المرفقات.',
        todo: `${AS_MADE} ومع الملف الذي بجانب الشهادة (NAME.pdf.json) يمكن أن تُقارن البصمات التي على صفحاتها (--sidecar).`,
      },
      'INDETERMINATE:malformed': 'لا تُقرأ المعطيات المرفقة كمعطيات شهادة.',
      'INDETERMINATE:limit':
        'المعطيات المرفقة أكبر مما يقرؤه هذا الإصدار: لا تتسع الشهادة عند فك ضغطها لأكثر من 32 MiB و16 ضعف حجمها. لم تُقرأ كلها.',
      'INDETERMINATE:not-read': 'لا يُقرأ الملف، فلم يمكن النظر في معطياته.',
      FAILED: 'المعطيات المرفقة يناقض بعضها بعضًا.',
      INDETERMINATE: 'المعطيات المرفقة غير موجودة، أو لا تُقرأ.',
    },
  },
  'document.base': {
    question: 'هل الملف، إلى توقيعه، مطابق بايتًا بايتًا لما يُصنع من المعطيات المرفقة؟',
    outcomes: {
      PASSED: 'صُنعت الصفحات من جديد من المعطيات المرفقة، وكل بايت هو نفسه.',
      'FAILED:differs': {
        say: 'غُيّر الملف: حين يُصنع من جديد من المعطيات المرفقة تكون له بايتات أخرى، أولها عند {firstDifference.found}، وعددها {differing.found} إجمالًا.',
        todo: FROM_MAKER,
      },
      'INDETERMINATE:written-anew': {
        say: 'ليس الملف كما صُنع: كتبه برنامج آخر من جديد. لم يُقارن بايتًا بايتًا ما تقوله الصفحات والخطوط والصور، والتوقيع لا يبقى بعد ذلك.',
        todo: AS_MADE,
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'من دون المعطيات المرفقة لم يمكن صنع شيء من جديد للمقارنة به.',
      FAILED: 'للملف بايتات غير التي تُصنع من معطياته.',
      INDETERMINATE: 'لم تمكن مقارنة الملف بما يُصنع من معطياته.',
    },
  },
  'document.shown': {
    question: 'هل تقول الصفحات التي يعرضها قارئ ما تقوله المعطيات المرفقة؟',
    doesNotShow: 'هل يعرض برنامج العرض الملف كما تقول بايتاته. قارن البصمات التي على الصفحة بالمطبوعة هنا.',
    outcomes: {
      PASSED: 'الصفحات هي التي صُنعت من المعطيات المرفقة، ولا شيء فوقها.',
      'FAILED:differs': {
        say: 'لا تقول الصفحات ما تقوله المعطيات المرفقة: من قطع النص وعددها {pieces.expected} يوجد {pieces.found}. بُدّلت صفحات أو معطيات.',
        todo: FROM_MAKER,
      },
      'INDETERMINATE:text-same': 'كل قطعة نص على الصفحات هي التي تقولها المعطيات؛ ولم تُقارن الصور والخطوط وما فوقها.',
      'INDETERMINATE:added': {
        say: 'في الصفحات كل ما تقوله المعطيات وأكثر: أُضيف نص بعد صنع الشهادة، كما تضيف أنظمة حفظ الملفات ختمًا.',
        todo: AS_MADE,
      },
      'INDETERMINATE:pages-missing': {
        say: 'صفحات ناقصة: الموجود {pages.found} من {pages.expected}.',
        todo: AS_MADE,
      },
      'INDETERMINATE:other-pages': {
        say: 'الصفحات الموجودة المأخوذة من الشهادة كاملة، لكن بعضها ناقص أو أُضيف غيرها أو هي في ترتيب آخر: هنا {pages.found} صفحة، وصُنعت {pages.expected}.',
        todo: AS_MADE,
      },
      'INDETERMINATE:made-anew': {
        say: 'صنع برنامج آخر الصفحات من جديد، فلم تمكن مقارنة نصها.',
        todo: AS_MADE,
      },
      'INDETERMINATE:unread': 'لم تمكن قراءة الصفحات هنا.',
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'من دون المعطيات المرفقة لا شيء تُقارن به الصفحات.',
      FAILED: 'لا تقول الصفحات ما تقوله المعطيات المرفقة.',
      INDETERMINATE: 'لم تمكن مقارنة الصفحات بالمعطيات.',
    },
  },
  'document.report': {
    question: 'هل ينتج التقرير من الوقائع المرفقة به؟',
    doesNotShow: 'هل هذه هي وقائع الحزمة: يظهر ذلك بفحصها من جديد (--bundle).',
    outcomes: {
      PASSED:
        'الوقائع المرفقة، حين حُكم فيها من جديد بالسياسة ومجموعة الثقة المرفقتين، تعطي التقرير المرفق: {indication.found} في {validationTime.found}.',
      'FAILED:differs': {
        say: 'يذكر التقرير المرفق {indication.found}، والوقائع المرفقة تعطي تقريرًا آخر.',
        todo: 'لا تعتمد على هذا الملف. افحص الحزمة نفسها.',
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'من دون المعطيات المرفقة لم يمكن الحكم من جديد في أي تقرير.',
      FAILED: 'تعطي الوقائع المرفقة تقريرًا آخر.',
      INDETERMINATE: 'لم يمكن الحكم في التقرير من جديد.',
    },
  },
  'document.revisions': {
    question: 'هل أُضيف إلى الملف غير التوقيعات وما يُثبتها لاحقًا؟',
    outcomes: {
      PASSED: 'لم يُضف إلى الملف إلا توقيعات، وطوابع زمنية على الوثيقة، وما يُثبتها لاحقًا.',
      'INDETERMINATE:changed': {
        say: 'أُضيف شيء آخر أو غُيّر لاحقًا، كما يفعل ختم نظام لحفظ الملفات أو غيره. ما وُقّع قبل ذلك لا يزال في الملف؛ وما يعرضه القارئ ليس هو.',
        todo: AS_MADE,
      },
      'INDETERMINATE:signed-again': {
        say: 'وُقّع الملف مرة أخرى لاحقًا. التوقيع اللاحق يشمل أيضًا ما يضيفه؛ ومن أضافه مسؤول عنه.',
        todo: 'اسأل من وقّع لاحقًا، ولماذا.',
      },
      'INDETERMINATE:not-appended': {
        say: 'كُتب الملف بغير الطريقة التي تُكتب بها الشهادات، فلا يمكن القول ماذا أُضيف إليه.',
        todo: AS_MADE,
      },
      'INDETERMINATE:not-read': 'لا يُقرأ الملف، فلا يمكن القول ماذا أُضيف إليه.',
      INDETERMINATE: 'لا يمكن القول ماذا أُضيف إلى الملف.',
    },
  },
  'document.bundle': {
    question: 'هل الحزمة المسلَّمة هي التي تتحدث عنها الشهادة؟',
    outcomes: {
      PASSED: 'الحزمة المسلَّمة هي التي تتحدث عنها الشهادة، ملفًا ملفًا.',
      'FAILED:differs': {
        say: 'ليست الحزمة المسلَّمة ما تذكره الشهادة عنها: رقمها هو نفسه، أما ملفاتها أو ما قُرئ منها فليست كذلك.',
        todo: 'افحص الحزمة وحدها، واطلب نسخة جديدة من الاثنتين.',
      },
      'INDETERMINATE:facts-differ':
        'في الحزمة المسلَّمة ملفات غير التي كانت حين صُنعت الشهادة: بعضها ناقص أو أُضيف، ولا شيء منها مختلف.',
      'INDETERMINATE:other-bundle': {
        say: 'تتحدث الشهادة عن حزمة غير المسلَّمة.',
        todo: 'قدّم الحزمة التي رقمها على الشهادة.',
      },
      'INDETERMINATE:other-version': { say: OTHER_VERSION, todo: CHECK_WITH_VERSION },
      'INDETERMINATE:no-data': 'من دون المعطيات المرفقة لا شيء تُقارن به الحزمة.',
      'NOT-CHECKED:not-given': { say: 'لم تُسلَّم حزمة.', todo: 'قدّم الحزمة أيضًا (--bundle).' },
      FAILED: 'ليست الحزمة ما تذكره الشهادة عنها.',
      INDETERMINATE: 'لم تمكن مقارنة الحزمة بالشهادة.',
      'NOT-CHECKED': 'لم تُسلَّم حزمة.',
    },
  },
  'document.sidecar': {
    question: 'هل يعود الملف المسلَّم بجانبها إلى هذه الشهادة؟',
    doesNotShow: 'هل تقول صفحات بصماتها سليمة ما تقوله الشهادة في غير ذلك.',
    outcomes: {
      PASSED: 'يعود الملف الذي بجانبها إلى هذه الشهادة.',
      'PASSED:printed':
        'بصمة التقرير التي على الصفحات هي بصمة الملف الذي بجانبها. يعرف هذا الملف من البصمات التي عليها {known.found}، ولا يعرف شيئًا عن أخرى عددها {unknown.found}. ولم يُقارن غير ذلك مما على الصفحات.',
      'INDETERMINATE:other-certificate': 'يعود الملف الذي بجانبها إلى شهادة أخرى.',
      'INDETERMINATE:printed-differs': {
        say: 'بصمات على الصفحات ليست بصمات الملف الذي بجانبها: يعود إلى شهادة أخرى، أو قُرئت أو كُتبت خطأً.',
        todo: 'قارنها بالعين، واطلب الشهادة نفسها.',
      },
      'INDETERMINATE:no-digests': {
        say: 'لم تمكن قراءة أي بصمة على الصفحات.',
        todo: 'اكتب بصمة التقرير التي في أسفل كل صفحة (--printed).',
      },
      'NOT-CHECKED:not-given': 'لم يُسلَّم ملف بجانب الشهادة.',
      INDETERMINATE: 'لم تمكن مقارنة الملف الذي بجانبها.',
      'NOT-CHECKED': 'لم يُسلَّم ملف بجانب الشهادة.',
    },
  },
  'document.signed': {
    question: 'هل الشهادة موقّعة؟',
    outcomes: {
      PASSED: 'الشهادة موقّعة.',
      'INDETERMINATE:none': {
        say: 'لم يوقّع أحد هذه الشهادة. كل من لديه البرنامج وبعض المعطيات يستطيع صنع مثل هذه الصفحات.',
        todo: 'افحص الحزمة نفسها، مع الشهادة (--bundle) أو وحدها؛ أو اطلب شهادة موقّعة.',
      },
      'INDETERMINATE:limit': 'فيها توقيعات أكثر مما يُنظر فيه.',
      'INDETERMINATE:not-read': 'لا يُقرأ الملف، فلم يمكن البحث عن توقيع.',
      INDETERMINATE: 'لم يُوجد توقيع.',
    },
  },
  'document.coverage': {
    question: 'هل يشمل التوقيع كل ما كان في الملف حين صُنع؟',
    outcomes: {
      PASSED: 'يشمل التوقيع كل شيء إلى موضعه.',
      'FAILED:not-four': 'لا يقول التوقيع ماذا يشمل: {ByteRange.found}.',
      'FAILED:out-of-range': 'ما يقول التوقيع إنه يشمله متداخل، أو خارج الملف: {ByteRange.found}.',
      'FAILED:not-whole': 'يترك التوقيع بايتات من الملف الذي صُنع فيه: يشمل {ByteRange.found}.',
      'FAILED:not-its-contents': 'يترك التوقيع بايتات غير موضعه هو: يشمل {ByteRange.found}.',
      'INDETERMINATE:moved': {
        say: 'كُتب الملف من جديد بعد توقيعه. لم يعد ما شمله التوقيع هناك، فلا يستطيع أن يُظهر شيئًا.',
        todo: AS_MADE,
      },
      FAILED: 'لا يشمل التوقيع كل الملف الذي صُنع فيه.',
      INDETERMINATE: 'لا يمكن القول ماذا يشمل التوقيع.',
    },
  },
  'document.form': {
    question: 'هل التوقيع بالشكل الذي تكون عليه توقيعات PDF (PAdES)؟',
    outcomes: {
      PASSED: 'التوقيع بالشكل الذي تكون عليه توقيعات PDF.',
      'INDETERMINATE:empty': {
        say: 'يوجد مكان لتوقيع، وليس فيه توقيع.',
        todo: 'يضعه هناك `probatum certificate embed`.',
      },
      'INDETERMINATE:sub-filter': 'التوقيع بشكل غير الذي للشهادات: {SubFilter.found}.',
      'INDETERMINATE:trailing': 'بعد التوقيع، في مكانه، بايتات لا يشملها شيء.',
      'INDETERMINATE:signing-time': 'يذكر التوقيع وقته في موضع ثانٍ، حيث لا يجوز ذلك في توقيعات PDF.',
      INDETERMINATE: 'التوقيع بشكل غير الذي للشهادات.',
    },
  },
}
