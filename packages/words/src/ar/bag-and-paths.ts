import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY = 'لا تعدّل ولا تحفظ شيئًا في هذه النسخة. اطلب من المرسل نسخة جديدة، ودع شخصًا ثانيًا يفحص الاثنتين.'
const COMPLETE = 'اطلب من المرسل نسخة كاملة.'
const NEWER = 'افحص بنسخة أحدث من هذا البرنامج.'
const NO_MANIFEST = 'لا توجد قائمة بملفات الأدلة يمكن استعمالها.'

type Ids = Extract<FindingId, `${'bag' | 'manifest' | 'path' | 'file'}.${string}`>

export const BAG_AND_PATHS: Record<Ids, FindingWords> = {
  'manifest.algorithm': {
    question: 'هل تُحتسب بصمات القوائم إثباتًا بحسب هذه السياسة؟',
    outcomes: {
      PASSED: 'تُحتسب بصمات القوائم إثباتًا بحسب هذه السياسة.',
      'PASSED:renewed': 'لم تعد طرق القوائم معتبرة اليوم، لكن تجديدًا بطريقة أقوى ذكر كل ملف حين كانت معتبرة.',
      'PASSED:weak-beside-strong': 'تستعمل إحدى القوائم طريقة تُعدّ اليوم ضعيفة، لكن قائمة أخرى بجانبها تُحتسب إثباتًا.',
      'INDETERMINATE:unsupported-algorithm': { say: 'تستعمل القوائم بصمات لا يعرفها هذا البرنامج.', todo: NEWER },
      'INDETERMINATE:weak-digest': {
        say: 'تستعمل القوائم طرقًا تُعدّ اليوم ضعيفة؛ فلم تعد المطابقة وحدها تُثبت أن الملفات غير متغيرة.',
        todo: 'اطلب من المرسل قائمة ببصمات SHA-256 أو أقوى.',
      },
      'INDETERMINATE:no-manifest': NO_MANIFEST,
    },
  },
  'bag.declaration': {
    question: 'هل يصرّح bagit.txt بحقيبة؟',
    outcomes: {
      PASSED: 'يصرّح bagit.txt بحقيبة كما يريد RFC 8493.',
      'PASSED:loose': 'يصرّح bagit.txt بحقيبة، مع فروق صغيرة عن RFC 8493 لا تغير شيئًا.',
      'INDETERMINATE:missing': {
        say: 'الملف bagit.txt ناقص، فلا شيء يقول بأي قواعد يُقرأ الباقي.',
        todo: COMPLETE,
      },
      'INDETERMINATE:unreadable': 'تعذّرت قراءة bagit.txt.',
      'INDETERMINATE:malformed': 'لا يُقرأ bagit.txt كما يريد RFC 8493.',
      'INDETERMINATE:unsupported-encoding': 'يسمّي bagit.txt ترميزًا للنص لا يقرؤه هذا البرنامج.',
    },
  },
  'bag.version': {
    question: 'هل نسخة الحقيبة معروفة، وتسمح بها السياسة؟',
    outcomes: {
      PASSED: 'نسخة الحقيبة معروفة ومسموح بها.',
      'PASSED:old-version': 'نسخة الحقيبة قديمة؛ وكانت قواعدها أقل تشددًا.',
      'INDETERMINATE:old-version': {
        say: 'نسخة الحقيبة قديمة، وكانت قواعدها أقل تشددًا، وهذه السياسة لا تسمح بها.',
        todo: 'افحصها بالسياسة fixity.',
      },
      'INDETERMINATE:unknown-version': { say: 'نسخة الحقيبة لا يعرفها هذا البرنامج.', todo: NEWER },
      'INDETERMINATE:not-stated': 'لا تذكر الحقيبة نسختها.',
      'INDETERMINATE:native-version': 'حزمة الأدلة حقيبة من النسخة 1.0، وهذه تذكر نسخة أخرى.',
    },
  },
  'bag.info': {
    question: 'هل يُقرأ bag-info.txt كعناوين وقيم؟',
    doesNotShow: 'ما يقوله عن المرسل أو المكان أو التاريخ هو قول المرسل.',
    outcomes: {
      PASSED: 'يُقرأ bag-info.txt كعناوين وقيم.',
      'PASSED:absent': 'لا يوجد bag-info.txt؛ وليس وجوده لازمًا.',
      'PASSED:loose': 'يُقرأ bag-info.txt كعناوين وقيم، مع فروق صغيرة عن RFC 8493 لا تغير شيئًا.',
      'INDETERMINATE:missing': {
        say: 'الملف bag-info.txt ناقص، ويجب أن يكون في حزمة أدلة.',
        todo: COMPLETE,
      },
      'INDETERMINATE:unreadable': 'تعذّرت قراءة bag-info.txt.',
      'INDETERMINATE:malformed': 'في bag-info.txt أسطر ليست عنوانًا وقيمة.',
    },
  },
  'bag.fetch': {
    question: 'هل كل شيء هنا، دون أن يبقى ما يُجلب من مكان آخر؟',
    outcomes: {
      'PASSED:no-fetch': 'لم يبق شيء يُجلب من مكان آخر.',
      'PASSED:already-here': 'يوجد fetch.txt، وكل ما يسمّيه موجود هنا.',
      'FAILED:not-allowed': 'يوجد fetch.txt، ولا يجوز أن يكون في حزمة أدلة.',
      'INDETERMINATE:not-fetched': {
        say: 'بعض الملفات ما زال يجب جلبها من مكان آخر. هذا البرنامج لا يفعل ذلك أبدًا.',
        todo: COMPLETE,
      },
      'INDETERMINATE:not-listed': 'يسمّي fetch.txt ملفات لا تسمّيها القوائم.',
      'INDETERMINATE:malformed': 'في fetch.txt أسطر لا تمكن قراءتها.',
      'INDETERMINATE:unreadable': 'تعذّرت قراءة fetch.txt.',
    },
  },
  'bag.part': {
    question: 'هل هذه الحقيبة واحدة من مجموعة، وأي أجزائها ليست هنا؟',
    outcomes: {
      'NOT-CHECKED:no-group': 'لا تقول الحقيبة إنها واحدة من مجموعة.',
      'NOT-CHECKED:info-not-read': 'تعذّرت قراءة bag-info.txt؛ وقد يقول إن الحقيبة واحدة من مجموعة.',
      'NOT-CHECKED:part-of-group': {
        say: 'هذه الحقيبة واحدة من مجموعة؛ ولا يُقال شيء عن الأجزاء الأخرى.',
        todo: 'افحص الأجزاء الأخرى أيضًا؛ يقول bag-info.txt كم عددها.',
      },
      'NOT-CHECKED:declared-part': 'قلت إن هذه النسخة جزء (--part)؛ ولا يُقال شيء عن الباقي.',
      'INDETERMINATE:malformed': 'ما يقوله bag-info.txt عن المجموعة لا تمكن قراءته.',
    },
  },
  'manifest.present': {
    question: 'هل توجد قائمة بملفات الأدلة؟',
    outcomes: {
      PASSED: 'توجد قائمة بملفات الأدلة.',
      'INDETERMINATE:missing': { say: 'قائمة يجب أن تكون هنا ناقصة.', todo: COMPLETE },
    },
  },
  'manifest.syntax': {
    question: 'هل تُقرأ القوائم كما يريدها المعيار؟',
    outcomes: {
      PASSED: 'تُقرأ القوائم كما يريدها المعيار.',
      'PASSED:loose': 'تمكن قراءة القوائم، مع فروق صغيرة عن RFC 8493 لا تغير شيئًا.',
      'FAILED:not-native-form': 'قائمة ليست بالشكل الوحيد المقرر لحزمة أدلة.',
      'INDETERMINATE:malformed': 'في قائمة أسطر ليست بصمة ومسارًا.',
      'INDETERMINATE:manifest-not-read': 'تعذّرت قراءة قائمة.',
      'INDETERMINATE:no-manifest': NO_MANIFEST,
    },
  },
  'manifest.unique': {
    question: 'هل تسمّي كل قائمة كل ملف مرة واحدة؟',
    outcomes: {
      PASSED: 'تسمّي كل قائمة كل ملف مرة واحدة.',
      'PASSED:repeated': 'تسمّي قائمة ملفًا أكثر من مرة، بالبصمة نفسها.',
      'FAILED:contradictory': {
        say: 'تعطي قائمة لملف واحد بصمتين مختلفتين: ولا يمكن أن تصح كلتاهما.',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:same-algorithm': 'توجد قائمتان بالبصمة نفسها، وليس واضحًا أيهما المعتبرة.',
      'INDETERMINATE:no-manifest': NO_MANIFEST,
    },
  },
  'path.safe': {
    question: 'هل تبقى كل المسارات داخل الحزمة؟',
    outcomes: {
      PASSED: 'تبقى كل المسارات داخل الحزمة.',
      'PASSED:not-portable': 'تبقى كل المسارات داخل الحزمة؛ وفي بعضها علامات لا يستطيع كل نظام حفظها.',
      'FAILED:unsafe': {
        say: 'بعض المسارات تخرج من الحزمة، أو لا يمكن أن تكون مقصودة بنية سليمة.',
        todo: 'لا تفكّ هذه الحزمة ببرامج أخرى.',
      },
      'INDETERMINATE:not-utf-8': 'بعض الأسماء ليست نصًا بترميز UTF-8، فلا يمكن القول على وجه اليقين أي ملف هو المقصود.',
      'INDETERMINATE:too-long': 'بعض المسارات أطول مما يحفظه أي نظام.',
      'INDETERMINATE:no-files': 'لا يوجد أي ملف.',
    },
  },
  'path.collision': {
    question: 'هل يلتقي ملفان في اسم واحد على نظام آخر؟',
    outcomes: {
      PASSED: 'لا يلتقي مساران حيث تُحفظ الأحرف الكبيرة أو علامات الحروف بشكل آخر.',
      'PASSED:case': 'بعض المسارات لا تختلف إلا في الأحرف الكبيرة؛ وعلى Windows وmacOS يحل أحدها محل الآخر.',
      'INDETERMINATE:normalisation': {
        say: 'بعض المسارات لا تختلف إلا في طريقة حفظ علامات الحروف؛ وعلى نظام آخر يحل أحدها محل الآخر.',
        todo: 'افحص الحزمة في أرشيفها دون فكّه.',
      },
      'INDETERMINATE:no-files': 'لا يوجد أي ملف.',
    },
  },
  'file.regular': {
    question: 'هل كل ما هنا ملف عادي؟',
    outcomes: {
      PASSED: 'كل ما هنا ملف عادي.',
      'FAILED:irregular': {
        say: 'توجد روابط أو أجهزة أو أشياء أخرى ليست ملفات عادية، ولا يكون شيء منها في حزمة أدلة. لم تُتبع.',
        todo: 'الروابط تقود إلى خارج الحزمة: اصنع نسخة تكون الملفات نفسها في أماكنها، إن كنت تعرف إلى أين تقود، وافحص تلك النسخة؛ أو اطلب من المرسل نسخة جديدة.',
      },
      'INDETERMINATE:irregular': 'توجد روابط أو أجهزة أو أشياء أخرى ليست ملفات عادية. لم تُتبع، فلا يُعرف عنها شيء.',
      'INDETERMINATE:hard-link': {
        say: 'بعض ملفات الأرشيف مكتوبة كأسماء ثانية لغيرها. لم تُتبع.',
        todo: 'فكّ الأرشيف وافحص المجلد: هناك تكون ملفات عادية.',
      },
      'INDETERMINATE:unreadable-folder': {
        say: 'بعض المجلدات تعذّر فتحها، فلا يُعرف ما فيها.',
        todo: 'انسخ الحزمة إلى قرص آخر، أو شغّل البرنامج من جديد بصلاحية قراءة هذه الملفات.',
      },
    },
  },
  'file.leftover': {
    question: 'هل ترك نظام تشغيل ملفات من عنده؟',
    outcomes: {
      PASSED: 'لم يترك أي نظام تشغيل ملفات من عنده، أو وُضعت جانبًا لأنها غير مختومة.',
      'INDETERMINATE:refused': {
        say: 'ترك نظام تشغيل ملفات من عنده (أُضيفت بعد الختم)، وهذه السياسة لا تقبلها.',
        todo: 'افحص الحزمة كما وصلت، قبل أن يفتحها نظام.',
      },
    },
  },
}
