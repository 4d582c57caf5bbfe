import type { FindingId } from '@probatum/core'
import type { FindingWords } from '../messages.ts'

const FRESH_COPY = 'ဤမိတ္တူတွင် ဘာကိုမျှ မပြင်ပါနှင့်၊ မသိမ်းပါနှင့်။ ပို့သူထံ မိတ္တူအသစ် တောင်းပြီး ဒုတိယလူတစ်ဦးအား နှစ်ခုလုံးကို စစ်ဆေးစေပါ။'
const COMPLETE = 'ပြည့်စုံသောမိတ္တူကို ပို့သူထံ တောင်းပါ။'
const NEWER = 'ဤပရိုဂရမ်၏ ဗားရှင်းအသစ်ဖြင့် စစ်ဆေးပါ။ ဖိုင်များနှင့် တံဆိပ်ကိုမူ ဆုံးဖြတ်ခဲ့ပြီး ဖြစ်သည်။'
const FOREIGN = 'အခြားပြုလုပ်သူ၏ bag ဖြစ်သဖြင့် သက်သေပုံစံသည် ၎င်းနှင့် မသက်ဆိုင်ပါ။'
const COMMANDS = 'command များကို `probatum steps` သို့မဟုတ် ထုတ်ပြန်ထားသော သတ်မှတ်ချက်မှ ယူပါ။'
const SET_ASIDE = 'မိတ္တူတစ်ခုတွင် ဤဖိုင်များကို ဖယ်ထားပြီး ထိုမိတ္တူကို စစ်ဆေးပါ။'
const NOT_PUBLISHED = 'VERIFY.txt သည် ထုတ်ပြန်ထားသော စာသား မဟုတ်ပါ။ ၎င်းထဲမှ command များကို မသုံးပါနှင့်။'
const SEALS_MISSING = 'အထုပ်က ရှိသည်ဟု ဆိုသော တံဆိပ် သို့မဟုတ် အချိန်တံဆိပ်အချို့ ဤနေရာတွင် မရှိပါ။'
const UNDECLARED = 'အထုပ်က ကြေညာမထားသော ဖိုင်များ seal/ အောက်တွင် ရှိသည်။ ၎င်းတို့သည် ဘာကိုမျှ မသက်သေပြဘဲ သေချာမှုကို လျော့စေသည်။'

type Ids = Extract<FindingId, `${'bundle' | 'seal'}.${string}`>

export const BUNDLE_FORMAT: Record<Ids, FindingWords> = {
  'bundle.format': {
    question: 'ဤပရိုဂရမ်က အထုပ်၏ ပုံစံကို သိပါသလား။',
    outcomes: {
      'FAILED:profile-differs': 'bag-info.txt နှင့် bundle.json သည် မတူသော ပုံစံများကို ဖော်ပြသည်။',
      'INDETERMINATE:unknown-version': { say: 'အထုပ်၏ ပုံစံဗားရှင်းမှာ {found} ဖြစ်ပြီး ဤပရိုဂရမ် မသိပါ။', todo: NEWER },
      'INDETERMINATE:unknown-member': {
        say: 'အထုပ်၏ မှတ်တမ်းတွင် ဤပရိုဂရမ် မသိသော အဖွဲ့ဝင်များ ရှိသည် - {found}။',
        todo: NEWER,
      },
      'INDETERMINATE:not-named': 'အထုပ်က ၎င်း၏ပုံစံဗားရှင်းကို မဖော်ပြပါ။',
      'INDETERMINATE:profile-missing': 'bag-info.txt က အထုပ်၏ ပုံစံကို မဖော်ပြပါ။',
      PASSED: 'ဤပရိုဂရမ်က အထုပ်၏ ပုံစံကို သိသည်။',
      FAILED: 'အထုပ်သည် ၎င်း၏ပုံစံအကြောင်း မိမိကိုယ်ကို ဆန့်ကျင်သည်။',
      INDETERMINATE: {
        say: 'အထုပ်ကို ဤပရိုဂရမ် သိသည်ထက် သစ်သော ဗားရှင်းဖြင့် ပြုလုပ်ခဲ့သည် သို့မဟုတ် ၎င်းမသိသော အဖွဲ့ဝင်များ ပါသည်။',
        todo: NEWER,
      },
      'NOT-CHECKED': FOREIGN,
    },
  },
  'bundle.layout': {
    question: 'ဖိုင်တိုင်းသည် ပုံစံတွင် နေရာရှိသည့်နေရာ၌ ရှိပါသလား။',
    outcomes: {
      'INDETERMINATE:missing': { say: 'အထုပ်တိုင်းတွင် ရှိသော ဖိုင်အချို့ ဤနေရာတွင် မရှိပါ။', todo: COMPLETE },
      'INDETERMINATE:no-place': 'ဖိုင်အချို့သည် ပုံစံတွင် နေရာမရှိသည့်နေရာ၌ ရှိသည်။',
      PASSED: 'ဖိုင်တိုင်းသည် ပုံစံတွင် နေရာရှိသည့်နေရာ၌ ရှိသည်။',
      FAILED: 'ဖိုင်အချို့သည် ပုံစံတွင် နေရာမရှိသည့်နေရာ၌ ရှိသည် သို့မဟုတ် မရှိမဖြစ်ဖိုင်များ ပျောက်နေသည်။',
      INDETERMINATE: 'ဖိုင်တိုင်းသည် ပုံစံတွင် နေရာရှိသည့်နေရာ၌ ရှိမရှိ မဆုံးဖြတ်နိုင်ပါ။',
      'NOT-CHECKED': FOREIGN,
    },
  },
  'bundle.record': {
    question: 'အထုပ်၏ မှတ်တမ်းများကို ပုံစံက လိုသည့်အတိုင်း ဖတ်ရပါသလား။',
    doesNotShow: 'မှတ်တမ်းများရှိ အမည်နှင့် ရက်စွဲများသည် ထုတ်ပေးသူ၏ အဆို ဖြစ်သည်။',
    outcomes: {
      'FAILED:contradiction': 'အထုပ်၏ မှတ်တမ်းများသည် အချင်းချင်း သို့မဟုတ် ဤနေရာရှိ အရာကို ဆန့်ကျင်သည်။',
      'INDETERMINATE:malformed': 'အထုပ်၏ မှတ်တမ်းအချို့ကို ပုံစံက လိုသည့်အတိုင်း မဖတ်ရသဖြင့် ၎င်းတို့ဆိုသည်ကို မသုံးပါ။',
      'INDETERMINATE:missing': { say: 'အထုပ်၏ မှတ်တမ်းအချို့ ဤမိတ္တူတွင် ပျောက်နေသည်။', todo: COMPLETE },
      PASSED: 'အထုပ်၏ မှတ်တမ်းများကို ပုံစံက လိုသည့်အတိုင်း ဖတ်ရသည်။',
      FAILED: 'အထုပ်၏ မှတ်တမ်းအချို့သည် ပုံစံကို ဆန့်ကျင်သည်။',
      INDETERMINATE: 'အထုပ်၏ မှတ်တမ်းအချို့ကို အပြည့်အစုံ မဖတ်နိုင်ခဲ့ပါ။',
      'NOT-CHECKED': 'အခြားပြုလုပ်သူ၏ bag ဖြစ်သဖြင့် ထိုမှတ်တမ်းများ မရှိပါ။',
    },
  },
  'bundle.items': {
    question: 'အထုပ်သည် ၎င်းဆိုသလောက် ပစ္စည်းများကို စာရင်းသွင်းပါသလား။',
    outcomes: {
      'FAILED:contradiction': { say: 'ပစ္စည်းစာရင်းသည် မိမိကိုယ်ကို သို့မဟုတ် ဤနေရာရှိ အရာကို ဆန့်ကျင်သည်။', todo: FRESH_COPY },
      'FAILED:count-differs': {
        say: 'ပစ္စည်းစာရင်းတွင် စာကြောင်း {found} ကြောင်း ရှိပြီး အထုပ်က {expected} ဟု ဆိုသည်။',
        todo: FRESH_COPY,
      },
      'INDETERMINATE:count-unknown': 'အထုပ်က ပစ္စည်း မည်မျှရှိသည်ကို မဆိုပါ။',
      'INDETERMINATE:malformed': 'ပစ္စည်းစာရင်းကို ပုံစံက လိုသည့်အတိုင်း မဖတ်ရပါ။',
      'INDETERMINATE:missing': { say: 'ပစ္စည်းစာရင်း ဤမိတ္တူတွင် ပျောက်နေသည်။', todo: COMPLETE },
      PASSED: 'အထုပ်သည် ၎င်းဆိုသလောက် ပစ္စည်းများကို စာရင်းသွင်းသည်။',
      FAILED: 'အထုပ်သည် ၎င်းဆိုသည်နှင့် မတူသော ပစ္စည်းအရေအတွက်ကို စာရင်းသွင်းသည်။',
      INDETERMINATE: 'ပစ္စည်းစာရင်းကို မဖတ်နိုင်ခဲ့ပါ။',
      'NOT-CHECKED': 'ပစ္စည်းစာရင်း မရှိပါ။',
    },
  },
  'bundle.verify-text': {
    question: 'VERIFY.txt သည် ဤပုံစံ၏ ထုတ်ပြန်ထားသော စာသား ဖြစ်ပါသလား။',
    outcomes: {
      'INDETERMINATE:not-published': { say: NOT_PUBLISHED, todo: COMMANDS },
      'INDETERMINATE:missing': { say: 'VERIFY.txt ဤမိတ္တူတွင် ပျောက်နေသည်။', todo: COMMANDS },
      PASSED: 'VERIFY.txt သည် ဤပုံစံ၏ ထုတ်ပြန်ထားသော စာသား ဖြစ်သည်။',
      INDETERMINATE: { say: NOT_PUBLISHED, todo: COMMANDS },
      'NOT-CHECKED': 'အခြားပြုလုပ်သူ၏ bag ဖြစ်သဖြင့် VERIFY.txt မလိုပါ။',
    },
  },
  'seal.declared': {
    question: 'အထုပ်က ရှိသည်ဟု ဆိုသော တံဆိပ်တိုင်း ဤနေရာတွင် ရှိပါသလား။',
    outcomes: {
      'INDETERMINATE:missing': { say: SEALS_MISSING, todo: COMPLETE },
      'INDETERMINATE:not-declared': {
        say: 'အထုပ်က တံဆိပ် ရှိကြောင်း မကြေညာပါ။',
        todo: 'တံဆိပ်ခတ်ထားသော အထုပ်ကို ထုတ်ပေးသူထံ တောင်းပါ။',
      },
      'INDETERMINATE:declaration-unreadable': 'အထုပ်က ၎င်း၏တံဆိပ်အကြောင်း ကြေညာသည်ကို မဖတ်နိုင်ခဲ့ပါ။',
      PASSED: 'အထုပ်က ကြေညာသော တံဆိပ်နှင့် အချိန်တံဆိပ်တိုင်း ဤနေရာတွင် ရှိသည်။',
      FAILED: 'ကြေညာထားသော တံဆိပ်တစ်ခုသည် ကြေညာချက်ကို ဆန့်ကျင်သည်။',
      INDETERMINATE: { say: SEALS_MISSING, todo: COMPLETE },
      'NOT-CHECKED': 'အထုပ်က တံဆိပ်ကို မကြေညာပါ။',
    },
  },
  'seal.undeclared': {
    question: 'အထုပ်က ကြေညာမထားသည့်အရာ seal/ အောက်တွင် ရှိပါသလား။',
    outcomes: {
      'INDETERMINATE:undeclared': { say: UNDECLARED, todo: SET_ASIDE },
      'INDETERMINATE:limit': 'seal/ အောက်တွင် ဤပရိုဂရမ် စစ်ဆေးသည်ထက် များသော ဖိုင်များ ရှိသည်။',
      PASSED: 'အထုပ်က ကြေညာမထားသည့်အရာ seal/ အောက်တွင် မရှိပါ။',
      INDETERMINATE: { say: UNDECLARED, todo: SET_ASIDE },
      'NOT-CHECKED': 'အထုပ်တွင် တံဆိပ် မရှိပါ။',
    },
  },
}
