import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY = 'لا تعدّل ولا تحفظ شيئًا في هذه النسخة. اطلب من المرسل نسخة جديدة، ودع شخصًا ثانيًا يفحص الاثنتين.'
const COMPLETE = 'اطلب من المرسل نسخة كاملة.'
const NEWER = 'افحصها بنسخة أحدث من هذا البرنامج. وقد حُكم في الملفات والختم مع ذلك.'
const COMMANDS = 'خذ الأوامر من `probatum steps` أو من المواصفة المنشورة.'
const NOT_APPLICABLE = 'هذه حقيبة من صانع آخر؛ ولا تنطبق عليها صيغة الأدلة.'

const NOT_PUBLISHED = { say: 'ليس VERIFY.txt النص المنشور. لا تشغّل أوامر منه.', todo: COMMANDS }
const SEALS_MISSING = { say: 'تقول الحزمة إن لها أختامًا أو طوابع زمنية ليست هنا.', todo: COMPLETE }
const UNDECLARED = {
  say: 'توجد تحت seal/ ملفات لم تصرّح بها الحزمة. لا تُثبت شيئًا وتُنقص اليقين.',
  todo: 'ضع هذه الملفات جانبًا في نسخة وافحص تلك النسخة.',
}

type Ids = Extract<FindingId, `${'bundle' | 'seal'}.${string}`>

export const BUNDLE_FORMAT: Record<Ids, FindingWords> = {
  'bundle.format': {
    question: 'هل يعرف هذا البرنامج صيغة الحزمة؟',
    outcomes: {
      'FAILED:profile-differs': 'يسمّي bag-info.txt وbundle.json صيغتين مختلفتين.',
      'INDETERMINATE:unknown-version': { say: 'للحزمة نسخة صيغة هي {found}، ولا يعرفها هذا البرنامج.', todo: NEWER },
      'INDETERMINATE:unknown-member': {
        say: 'في بيان الحزمة أعضاء لا يعرفها هذا البرنامج: {found}.',
        todo: NEWER,
      },
      'INDETERMINATE:not-named': 'لا تسمّي الحزمة نسخة صيغتها.',
      'INDETERMINATE:profile-missing': 'لا يسمّي bag-info.txt صيغة الحزمة.',
      PASSED: 'يعرف هذا البرنامج صيغة الحزمة.',
      FAILED: 'تناقض الحزمة نفسها في صيغتها.',
      INDETERMINATE: {
        say: 'صُنعت الحزمة بنسخة أحدث مما يعرفه هذا البرنامج، أو فيها أعضاء لا يعرفها.',
        todo: NEWER,
      },
      'NOT-CHECKED': NOT_APPLICABLE,
    },
  },
  'bundle.layout': {
    question: 'هل كل ملف في موضع تخصصه له الصيغة؟',
    outcomes: {
      'INDETERMINATE:missing': { say: 'ملفات تكون في كل حزمة ليست هنا.', todo: COMPLETE },
      'INDETERMINATE:no-place': 'بعض الملفات موجودة حيث ليس لها مكان في الصيغة.',
      PASSED: 'كل ملف في موضع تخصصه له الصيغة.',
      FAILED: 'بعض الملفات موجودة حيث ليس لها مكان في الصيغة، أو ملفات إلزامية ناقصة.',
      INDETERMINATE: 'لم يمكن حسم هل كل ملف في موضع تخصصه له الصيغة.',
      'NOT-CHECKED': NOT_APPLICABLE,
    },
  },
  'bundle.record': {
    question: 'هل تُقرأ بيانات الحزمة كما تريدها الصيغة؟',
    doesNotShow: 'الأسماء والتواريخ في البيانات هي قول المُصدر.',
    outcomes: {
      'FAILED:contradiction': 'تناقض بيانات الحزمة بعضها بعضًا أو تناقض ما هو هنا.',
      'INDETERMINATE:malformed': 'بيانات من الحزمة لا تُقرأ كما تريدها الصيغة، فلا يُستعمل ما تقوله.',
      'INDETERMINATE:missing': { say: 'بيانات من الحزمة ناقصة من هذه النسخة.', todo: COMPLETE },
      PASSED: 'تُقرأ بيانات الحزمة كما تريدها الصيغة.',
      FAILED: 'بيانات من الحزمة تناقض الصيغة.',
      INDETERMINATE: 'لم تمكن قراءة بيانات الحزمة كاملة.',
      'NOT-CHECKED': 'هذه حقيبة من صانع آخر؛ وليس فيها مثل هذه البيانات.',
    },
  },
  'bundle.items': {
    question: 'هل تذكر الحزمة من المواد العدد الذي تقوله؟',
    outcomes: {
      'FAILED:contradiction': { say: 'تناقض قائمة المواد نفسها أو تناقض ما هو هنا.', todo: FRESH_COPY },
      'FAILED:count-differs': {
        say: 'عدد الأسطر في قائمة المواد {found}، والحزمة تقول {expected}.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:count-unknown': 'لا تقول الحزمة كم عدد المواد.',
      'INDETERMINATE:malformed': 'لا تُقرأ قائمة المواد كما تريدها الصيغة.',
      'INDETERMINATE:missing': { say: 'قائمة المواد ناقصة من هذه النسخة.', todo: COMPLETE },
      PASSED: 'تذكر الحزمة من المواد العدد الذي تقوله.',
      FAILED: 'تذكر الحزمة من المواد عددًا غير الذي تقوله.',
      INDETERMINATE: 'تعذّرت قراءة قائمة المواد.',
      'NOT-CHECKED': 'لا توجد قائمة مواد.',
    },
  },
  'bundle.verify-text': {
    question: 'هل VERIFY.txt هو النص المنشور لهذه الصيغة؟',
    outcomes: {
      'INDETERMINATE:not-published': NOT_PUBLISHED,
      'INDETERMINATE:missing': { say: 'الملف VERIFY.txt ناقص من هذه النسخة.', todo: COMMANDS },
      PASSED: 'الملف VERIFY.txt هو النص المنشور لهذه الصيغة.',
      INDETERMINATE: NOT_PUBLISHED,
      'NOT-CHECKED': 'هذه حقيبة من صانع آخر؛ ولا تحتاج إلى VERIFY.txt.',
    },
  },
  'seal.declared': {
    question: 'هل كل ختم تقول الحزمة إنه لها موجود هنا؟',
    outcomes: {
      'INDETERMINATE:missing': SEALS_MISSING,
      'INDETERMINATE:not-declared': {
        say: 'لا تصرّح الحزمة بأن لها ختمًا.',
        todo: 'اطلب من المُصدر الحزمة المختومة.',
      },
      'INDETERMINATE:declaration-unreadable': 'تعذّرت قراءة ما تصرّح به الحزمة عن ختمها.',
      PASSED: 'كل ختم وطابع زمني تصرّح به الحزمة موجود هنا.',
      FAILED: 'ختم مصرّح به يناقض التصريح.',
      INDETERMINATE: SEALS_MISSING,
      'NOT-CHECKED': 'لا تصرّح الحزمة بأي ختم.',
    },
  },
  'seal.undeclared': {
    question: 'هل يوجد تحت seal/ ما لم تصرّح به الحزمة؟',
    outcomes: {
      'INDETERMINATE:undeclared': UNDECLARED,
      'INDETERMINATE:limit': 'تحت seal/ ملفات أكثر مما يفحصه هذا البرنامج.',
      PASSED: 'لا يوجد تحت seal/ ما لم تصرّح به الحزمة.',
      INDETERMINATE: UNDECLARED,
      'NOT-CHECKED': 'ليس للحزمة ختم.',
    },
  },
}
