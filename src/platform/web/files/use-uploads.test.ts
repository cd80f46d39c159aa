import { expect, it } from 'vitest'
import { errorText } from '../../contract/errors.ts'
import { newId } from '../../contract/ids.ts'
import { refusedWords } from './Attachments.tsx'
import { chooseAgain, foundAgain, keptOneDay } from './kept-files.ts'
import { notOnServer, whyLeftOut } from './use-uploads.ts'

const hour = 3_600_000

it('a file found again with a draft is ready while the server keeps it; after a day, or when its bytes had not left, it is to be chosen again', () => {
  const id = newId()
  const now = Date.now()
  const ready = { id, name: 'photo.jpg', state: 'ready' as const }
  expect(foundAgain(ready, now + 20 * hour)).toMatchObject({ state: 'ready' })
  expect(foundAgain(ready, now + 24 * hour)).toMatchObject({ state: 'failed', words: keptOneDay })
  expect(foundAgain({ ...ready, state: 'sending' }, now)).toMatchObject({ state: 'failed', words: chooseAgain })
})

it('a file that the server does not have is never said to be refused by the antivirus, even beside one that was', () => {
  const told = whyLeftOut({ files: ['infected', 'expired'], missing: ['expired'] })
  expect([...told]).toEqual([
    ['infected', refusedWords],
    ['expired', notOnServer],
  ])
  expect(whyLeftOut(null).size).toBe(0)
  expect(errorText('attachment_missing')).toContain('n’est pas sur le serveur')
  expect(errorText('attachment_missing')).not.toContain('antivirus')
})
