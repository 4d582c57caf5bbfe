import type { Messages } from '../messages.ts'

const AGAIN = 'اطلب الملف من المرسل مرة أخرى دون تغيير.'
const CUT = 'الأرجح أن التنزيل أو النسخ انقطع. احصل على الملف من جديد وقارن حجمه بحجمه عند المرسل.'
const OTHER_ZIP = 'لا تصلحه. اطلب من المرسل ملف ZIP صنعه برنامج عادي، أو فكّه بنفسك وافحص المجلد.'
const JSON_TODO = 'لا تعدّل مثل هذه الملفات يدويًا؛ اطلب الملف من جديد.'

export const PARSE_ERRORS: Messages['parseErrors'] = {
  ERR_DER_TRUNCATED: { say: 'نهاية شهادة أو توقيع أو طابع زمني ناقصة.', todo: CUT },
  ERR_DER_TRAILING_DATA: { say: 'توجد بايتات بعد نهاية شهادة أو توقيع أو طابع زمني.', todo: AGAIN },
  ERR_DER_NON_CANONICAL: { say: 'شهادة أو توقيع أو طابع زمني مرمّز بطريقة يمنعها معياره.', todo: AGAIN },
  ERR_DER_UNEXPECTED_TAG: {
    say: 'الملف ليس ما يُقال إنه هو، أو هو تالف.',
    todo: 'انظر فيه بالأمر `probatum inspect FILE`.',
  },
  ERR_DER_VALUE: { say: 'قيمة في شهادة أو توقيع أو طابع زمني لا تُقرأ كنوعها.', todo: AGAIN },
  ERR_LIMIT: {
    say: 'هو أكبر أو أعمق مما يفحصه هذا البرنامج. هذا لا يقول شيئًا عمّا فيه.',
    todo: 'انظر الحدود في docs/limits.md؛ ويبقى الفحص اليدوي ممكنًا.',
  },
  ERR_TIME: {
    say: 'تاريخ أو وقت لا تمكن قراءته.',
    todo: 'اكتب الأوقات هكذا: 2026-03-14T09:12:00Z أو 2026-03-14.',
  },
  ERR_CMS_STRUCTURE: { say: 'لا يُقرأ كتوقيع CMS.', todo: AGAIN },
  ERR_CMS_NOT_SIGNED_DATA: { say: 'هو ملف CMS لكنه ليس توقيعًا.', todo: AGAIN },
  ERR_X509_STRUCTURE: { say: 'لا يُقرأ كشهادة.', todo: AGAIN },
  ERR_TSP_STRUCTURE: { say: 'لا يُقرأ كطابع زمني وفق RFC 3161.', todo: AGAIN },
  ERR_ERS_STRUCTURE: { say: 'لا يُقرأ كسجل إثبات وفق RFC 4998.', todo: AGAIN },
  ERR_PEM: {
    say: 'لا يُقرأ كملف PEM (نص بين سطري BEGIN وEND).',
    todo: 'قدّم الملف بصيغة PEM؛ والأداة openssl تحوّل غيرها.',
  },
  ERR_ZIP_STRUCTURE: { say: 'ليس ملف ZIP كاملًا، أو هو تالف.', todo: AGAIN },
  ERR_ZIP_AMBIGUOUS: {
    say: 'يمكن أن يُقرأ ملف ZIP بطريقتين: قد يجد برنامجان فيه ملفات مختلفة.',
    todo: OTHER_ZIP,
  },
  ERR_ZIP_TRUNCATED: { say: 'نهاية ملف ZIP ناقصة.', todo: CUT },
  ERR_ZIP_UNSUPPORTED: { say: 'يستعمل ملف ZIP طريقة لا يقرؤها هذا البرنامج.', todo: OTHER_ZIP },
  ERR_ZIP_ENCRYPTED: { say: 'ملف ZIP مشفّر.', todo: 'فكّه أولًا بكلمة مروره، ثم افحص المجلد.' },
  ERR_ZIP_CONTENT: { say: 'ملف داخل ZIP لا يخرج كما يذكره ZIP.', todo: AGAIN },
  ERR_ZIP_BACKSLASH: {
    say: 'المسارات في ملف ZIP مفصولة بشرطات مائلة عكسية: والأنظمة تختلف في معناها.',
    todo: 'فكّه على النظام الذي صُنع عليه وافحص المجلد.',
  },
  ERR_ZIP_WRAPPED: {
    say: 'ملف ZIP أكبر مما يتسع له نوعه، وأحجامه مقطوعة (يصنع macOS مثل هذه الأرشيفات فوق 4 GiB).',
    todo: 'فكّه ببرنامج Finder على حاسوب Mac وافحص المجلد.',
  },
  ERR_TAR_STRUCTURE: { say: 'ليس أرشيف tar كاملًا، أو هو تالف.', todo: AGAIN },
  ERR_TAR_TRUNCATED: { say: 'نهاية أرشيف tar ناقصة.', todo: CUT },
  ERR_TAR_UNSUPPORTED: { say: 'يستعمل أرشيف tar شيئًا لا يقرؤه هذا البرنامج.', todo: 'فكّه وافحص المجلد.' },
  ERR_PATH_UNSAFE: {
    say: 'مسار في الأرشيف يخرج منه، أو لا يمكن أن يكون مقصودًا بنية سليمة.',
    todo: 'لا تفكّه ببرامج أخرى. اسأل المرسل كيف صُنع.',
  },
  ERR_PATH_DUPLICATE: {
    say: 'لمدخلين في الأرشيف المسار نفسه: قد يجد برنامجان فيه ملفات مختلفة.',
    todo: OTHER_ZIP,
  },
  ERR_ENTRY_TYPE: { say: 'في الأرشيف رابط أو جهاز بدل ملف.', todo: 'اطلب من المرسل أرشيفًا من ملفات عادية.' },
  ERR_NOT_A_BUNDLE: {
    say: 'لم نتمكن من قراءة هذا كحزمة أدلة.',
    todo: 'الحزمة مجلد أو ملف ZIP أو tar فيه الملف bagit.txt. هل هذا كل ما أُرسل إليك؟',
  },
  ERR_ENCRYPTED: {
    say: 'الملف مشفَّر: لا يمكن التحقق من أي شيء فيه من دون مفتاح أحد المستلمين.',
    todo: 'أعطِ الملف الذي فيه مفتاحك: `--identity FILE` في سطر الأوامر، أو اختره في الصفحة مع هذا الملف.',
  },
  ERR_ENCRYPTED_TWICE: {
    say: 'فُتح الملف، وفي داخله ملف مشفَّر آخر: لم يُتحقق من أي شيء في ذلك الملف.',
    todo: 'افتحه بالبرنامج الذي شفّره مرتين، وأعطِ ما يخرج منه مع مفتاحه.',
  },
  ERR_ENCRYPTION_STRUCTURE: {
    say: 'غلاف الملف المشفَّر تالف أو ليس على صيغته. لم يُتحقق من شيء.',
    todo: AGAIN,
  },
  ERR_ENCRYPTION_UNSUPPORTED: {
    say: 'الملف مشفَّر بطريقة لا تُقرأ هنا. لم يُتحقق من شيء.',
    todo: 'فك تشفيره بالبرنامج الذي أُعدّ له وتحقق من الناتج؛ أو اطلبه مشفَّرًا بـ age أو بصيغة CMS AuthEnvelopedData مع AES-GCM.',
  },
  ERR_ENCRYPTION_PASSPHRASE: {
    say: 'الملف مشفَّر بعبارة سرية لا لمفتاح. لم يُتحقق من شيء.',
    todo: 'فك تشفيره بـ `age -d` وتحقق من الناتج، أو اطلب من المرسل أن يشفّر لمفتاحك.',
  },
  ERR_ENCRYPTION_IDENTITY: {
    say: 'الملف مشفَّر لشخص آخر: لا يفتحه أي من المفاتيح المعطاة. لم يُتحقق من شيء.',
    todo: 'أعطِ ملف المفتاح الذي لدى المرسل مستلمه أو شهادته.',
  },
  ERR_ENCRYPTION_TAG: {
    say: 'الملف المشفَّر ليس كما شُفِّر: بايتات مختلفة أو ناقصة أو مضافة. لم يُحكم على شيء فيه.',
    todo: 'قارن SHA-256 الخاص به بالإيصال الذي جاء معه، واحصل على الملف من جديد.',
  },
  ERR_IDENTITY: {
    say: 'لا يمكن استعمال الملف الذي فيه المفتاح.',
    todo: 'يجب أن يكون ملف هويات age، أو مفتاحًا خاصًا بصيغة PEM ‏(RSA، أو EC على P-256 أو P-384 أو P-521) بلا كلمة مرور.',
  },
  ERR_SEVERAL_BUNDLES: {
    say: 'فيه عدة حزم، وليس واضحًا أيها المقصودة.',
    todo: 'فكّه وافحص كل مجلد على حدة.',
  },
  ERR_JSON_SYNTAX: { say: 'بيان لا يُقرأ كملف JSON.', todo: JSON_TODO },
  ERR_JSON_DUPLICATE_KEY: {
    say: 'بيان يذكر العضو نفسه مرتين، فقد يقرؤه برنامجان قراءتين مختلفتين.',
    todo: JSON_TODO,
  },
  ERR_JSON_NUMBER: { say: 'عدد في بيان لا تبقى قيمته كما هي عند القراءة.', todo: JSON_TODO },
  ERR_JSON_STRING: { say: 'نص في بيان فيه علامات لا تمكن كتابتها.', todo: JSON_TODO },
  ERR_JSON_NOT_CANONICAL: { say: 'بيان ليس بالشكل الوحيد المقرر (RFC 8785).', todo: JSON_TODO },
  ERR_JSON_SHAPE: { say: 'بيان ينقصه عضو، أو فيه عضو زائد، أو عضو من نوع آخر.', todo: JSON_TODO },
  ERR_TEXT_ENCODING: { say: 'ملف نصي ليس بالترميز الذي يجب أن يكون به.', todo: AGAIN },
  ERR_BAGIT_SYNTAX: { say: 'ملف من ملفات الحقيبة لا يُقرأ كما يريد المعيار.', todo: AGAIN },
  ERR_PDF_STRUCTURE: {
    say: 'لا يُقرأ كملف PDF.',
    todo: 'تأكد من أنه الشهادة نفسها، واطلب الملف كما صُنع.',
  },
  ERR_TRUST_SET: {
    say: 'لا يُقرأ كمجموعة ثقة.',
    todo: 'اطلب الملف من مُصدرها مرة أخرى، واطلب رمزها بطريق آخر.',
  },
  ERR_POLICY: {
    say: 'لا يُقرأ كسياسة.',
    todo: 'الأمر `probatum policy list` يسمّي السياسات التي تأتي مع البرنامج.',
  },
  ERR_CHECKPOINT: { say: 'النقطة المرجعية لسجل الحيازة لا تُقرأ كإفادة موقّعة.', todo: AGAIN },
  ERR_REPORT: {
    say: 'لا يُقرأ كتقرير محفوظ.',
    todo: 'اصنع الملف بالأمر `probatum verify BUNDLE --save FILE`.',
  },
  ERR_SIDECAR: {
    say: 'الملف المرافق للشهادة لا يُقرأ كالملف الذي صُنع معها، أو أن أجزاءه لا تتوافق.',
    todo: 'أعطِ ملف .json الذي صُنع مع هذه الشهادة كما كان، أو اتركه: عندئذ يجري التحقق من الشهادة من دونه.',
  },
  ERR_FACTS: {
    say: 'لا يُقرأ كوقائع محفوظة.',
    todo: 'اصنع الملف من جديد بالأمر `probatum verify BUNDLE --save-facts FILE`.',
  },
}

const RETRY = 'انسخ الحزمة إلى قرص آخر وافحصها هناك.'

/** Not one of these says anything about the evidence. */
export const FAULTS: Messages['faults'] = {
  permission: {
    say: 'لا يسمح النظام بقراءته (الصلاحيات، أو برنامج مكافحة الفيروسات).',
    todo: 'شغّل البرنامج من جديد بصلاحية قراءته، أو انسخه إلى مكان آخر.',
  },
  busy: { say: 'يمسكه برنامج آخر مفتوحًا.', todo: 'أغلق البرامج الأخرى وشغّل من جديد.' },
  placeholder: {
    say: 'هو مجرد بديل من خدمة سحابية؛ البايتات ليست على هذا الحاسوب.',
    todo: 'اجعل الخدمة تحفظه على هذا الجهاز، ثم شغّل من جديد.',
  },
  'bad-sector': {
    say: 'لا يستطيع القرص قراءته.',
    todo: 'توقف عن استعمال هذا القرص واجعل من يصنع صورة عنه؛ وافحص نسخة أخرى.',
  },
  'not-a-file': { say: 'ليس ملفًا عاديًا.', todo: 'قدّم مجلدًا أو ملف ZIP أو tar.' },
  changed: { say: 'تغير أثناء قراءته.', todo: 'أغلق البرامج الأخرى التي تستعمله وشغّل من جديد.' },
  'too-large': { say: 'أكبر مما يستطيع هذا النظام قراءته.', todo: RETRY },
  vanished: {
    say: 'ليس هناك، أو أُزيل أثناء قراءته.',
    todo: 'راجع كتابة الاسم، وصِل القرص من جديد، وشغّل من جديد.',
  },
  other: { say: 'لم يستطع النظام قراءته.', todo: RETRY },
}
