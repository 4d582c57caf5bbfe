import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

type Ids = Extract<FindingId, `renewal.${string}`>

export const RENEWAL: Record<Ids, FindingWords> = {
  'renewal.levels': {
    question: 'هل جُدد الختم، وهل كل تجديد كامل؟',
    outcomes: {
      PASSED: 'كل تجديد لاحق للختم في مكانه: {levels}.',
      'INDETERMINATE:gap': {
        say: 'ينقص تجديد في الوسط، فلا تثبت التجديدات التي بعده شيئًا هنا.',
        todo: 'اطلب من المُصدر كل تجديدات هذه الحزمة.',
      },
      'INDETERMINATE:incomplete': {
        say: 'ليس لأحد التجديدات قائمة أو طابع زمني، فلا يثبت شيئًا.',
        todo: 'ضع مجلد هذا التجديد جانبًا في نسخة وافحص تلك النسخة، أو اطلب من المُصدر التجديد كاملًا.',
      },
      'INDETERMINATE:misplaced': {
        say: 'في أحد التجديدات ملفات لا مكان لها فيه. لا تثبت شيئًا وتُنقص اليقين.',
        todo: 'ضع هذه الملفات جانبًا في نسخة وافحص تلك النسخة.',
      },
      'INDETERMINATE:limit': 'التجديدات أكثر مما يفحصه هذا البرنامج.',
      'NOT-CHECKED:none': 'لم يُجدد الختم.',
      'NOT-CHECKED': 'لم يُجدد الختم.',
      INDETERMINATE: 'أحد التجديدات اللاحقة للختم غير كامل، فلا يثبت شيئًا.',
    },
  },
  'renewal.sums': {
    question: 'هل الملفات كما يذكرها التجديد {name} في قائمته؟',
    outcomes: {
      PASSED: 'كل ملف يذكره التجديد كما كان حينئذ (قورن {matched}).',
      'INDETERMINATE:absent': 'ليس للتجديد قائمة ملفات، فطوابعه الزمنية ليست على شيء.',
      'INDETERMINATE:not-read': 'تعذرت قراءة قائمة التجديد.',
      'INDETERMINATE:malformed': {
        say: 'قائمة التجديد ليست بالشكل المقرر، فلا تثبت شيئًا.',
        todo: 'اطلب هذا التجديد من المُصدر مرة أخرى.',
      },
      'INDETERMINATE:mismatch': {
        say: 'أحد الملفات ليس كما يذكره التجديد، فلا يثبت التجديد شيئًا عن هذه النسخة.',
        todo: 'اطلب من المُصدر نسخة جديدة. وما يعنيه هذا للأدلة مذكور في الأجوبة الأخرى.',
      },
      'INDETERMINATE:missing': {
        say: 'ملف يذكره التجديد ليس هنا، فلا يثبت التجديد شيئًا عن هذه النسخة.',
        todo: 'اطلب من المُصدر نسخة جديدة.',
      },
      'INDETERMINATE:unreadable': 'تعذرت قراءة ملف يذكره التجديد.',
      INDETERMINATE: 'تعذرت مقارنة الملفات بقائمة التجديد.',
    },
  },
  'renewal.coverage': {
    question: 'هل يذكر التجديد {name} كل ما عليه أن يحميه؟',
    outcomes: {
      PASSED: 'يذكر التجديد كل ملف.',
      'PASSED:seal-only': 'يذكر التجديد الختم وقوائم الملفات؛ وهذا يكفي ما دامت طرقها معتبرة.',
      'INDETERMINATE:unlisted': {
        say: 'لا يذكر التجديد كل ملفات الختم التي تحته، فلا يثبت شيئًا.',
        todo: 'اطلب من المُصدر تجديدًا كاملًا، أو ضع جانبًا الملفات التي أضيفت بعده.',
      },
      'INDETERMINATE:incomplete': {
        say: 'لم تعد طريقة تحت هذا التجديد معتبرة، وهو لا يذكر كل ملف: فلم يعد يشهد للبقية.',
        todo: 'اطلب من المُصدر تجديدًا يذكر كل ملف وصُنع في حينه.',
      },
      'INDETERMINATE:digest-ended': 'لم تعد طريقة قائمة التجديد نفسها معتبرة.',
      'INDETERMINATE:not-read': 'تعذرت قراءة ما يذكره التجديد.',
      'NOT-CHECKED:not-asked': 'يذكر التجديد ملفات أدلة ببصمة SHA-512، ولم تُطلب تلك البصمة.',
      INDETERMINATE: 'تعذر الحكم هل يذكر التجديد كل شيء.',
      'NOT-CHECKED': 'لم يُقارن كل ما يذكره التجديد.',
    },
  },
  'renewal.token': {
    question: 'هل وقت التجديد {name} مثبت ولا يزال مصدَّقًا؟',
    outcomes: {
      PASSED: 'الطوابع الزمنية للتجديد سليمة ولا تزال مصدَّقة.',
      'PASSED:renewed': 'الطوابع الزمنية للتجديد سليمة، وجاء تجديد لاحق في حينه ليحفظها.',
      'INDETERMINATE:none': 'ليس للتجديد طابع زمني، فلا يثبت شيئًا.',
      'INDETERMINATE:broken': {
        say: 'طابع زمني للتجديد يناقض نفسه أو ما هو عليه. قد يكون أي شخص وضعه هناك؛ ولا يثبت التجديد معه شيئًا.',
        todo: 'ضع هذا الملف جانبًا في نسخة وافحص تلك النسخة، أو اطلب التجديد من المُصدر مرة أخرى.',
      },
      'INDETERMINATE:not-believed': {
        say: 'لم تعد الطوابع الزمنية للتجديد مصدَّقة، ولم يأت تجديد لاحق في حينه.',
        todo: 'افحص في تاريخ يوم أسبق مع --at، أو اطلب من المُصدر تجديدًا لاحقًا.',
      },
      'INDETERMINATE:revocation-unknown': 'لا يُعرف هل أُلغيت شهادات الطوابع الزمنية للتجديد.',
      'INDETERMINATE:not-proved': 'لا تثبت الطوابع الزمنية للتجديد وقته بالقائمة التي اخترتها.',
      'NOT-CHECKED:in-future': 'صُنع التجديد بعد لحظة هذا الفحص، فلا يدخل فيه.',
      'NOT-CHECKED': 'صُنع التجديد بعد لحظة هذا الفحص، فلا يدخل فيه.',
      'INDETERMINATE:too-few': 'تؤكد وقت التجديد سلطات أقل مما تطلبه السياسة.',
      INDETERMINATE: 'وقت التجديد غير مثبت.',
    },
  },
  'renewal.order': {
    question: 'هل التجديد {name} لاحق لكل ما يجدده؟',
    outcomes: {
      PASSED: 'التجديد لاحق لكل ما يجدده.',
      'INDETERMINATE:not-later': 'طابع زمني للتجديد ليس لاحقًا لطابع يُقال إنه يجدده.',
      'INDETERMINATE:unknown': 'لا يذكر أي طابع زمني للتجديد وقتًا يمكن أن يُقارن.',
      INDETERMINATE: 'تعذر الحكم في ترتيب التجديدات.',
    },
  },
  'renewal.due': {
    question: 'إلى متى يدوم إثبات الوقت هذا؟',
    outcomes: {
      'PASSED:certificate': 'جدد قبل {renewBefore.found}: عندئذ تنتهي شهادة الطوابع الزمنية «{certificate.found}».',
      'PASSED:anchor': 'جدد قبل {renewBefore.found}: عندئذ ينتهي الجذر «{anchor.found}» في قائمتك.',
      'PASSED:anchor-interval':
        'جدد قبل {renewBefore.found}: منذ ذلك الحين لا تعتمد قائمتك على «{anchor-interval.found}».',
      'PASSED:algorithm':
        'جدد قبل {renewBefore.found}: منذ ذلك الحين لا تُحتسب الطريقة {algorithm.found} بحسب هذه السياسة.',
      'INDETERMINATE:overdue': {
        say: 'كان ينبغي تجديد الختم قبل {renewBefore.found}؛ ولا يوجد هنا تجديد صُنع في حينه.',
        todo: 'اطلب من المُصدر الحزمة المجددة. افحص في تاريخ يوم أسبق مع --at لترى ما كان مثبتًا حينئذ.',
      },
      'NOT-CHECKED:nothing-proved': 'لا وقت مثبت، فلا شيء يُجدد.',
      INDETERMINATE: 'تعذر الحكم إلى متى يدوم إثبات الوقت.',
      'NOT-CHECKED': 'لا وقت مثبت، فلا شيء يُجدد.',
      PASSED: 'إثبات الوقت يُجدد لاحقًا.',
    },
  },
}
