import { startView } from '../src/view/start.ts'
import { fixtureEngine } from './fixture-engine.ts'
import { speakPseudo } from './pseudo-language.ts'

const damaged = document.getElementById('damaged')
const page = document.getElementById('page')
if (damaged === null || page === null) throw new TypeError('this is another page')
if (window.PSEUDO === true) speakPseudo()
startView(fixtureEngine(), page)
damaged.hidden = true
page.hidden = false
