import { expect, it } from 'vitest'
import { newId } from '../../contract/ids.ts'
import { chooseAgain, foundAgain, keptOneDay } from './use-uploads.ts'

const hour = 3_600_000

it('a file found again with a draft is ready while the server keeps it; after a day, or when its bytes had not left, it is to be chosen again', () => {
  const id = newId()
  const now = Date.now()
  const ready = { id, name: 'photo.jpg', state: 'ready' as const }
  expect(foundAgain(ready, now + 20 * hour)).toMatchObject({ state: 'ready' })
  expect(foundAgain(ready, now + 24 * hour)).toMatchObject({ state: 'failed', words: keptOneDay })
  expect(foundAgain({ ...ready, state: 'sending' }, now)).toMatchObject({ state: 'failed', words: chooseAgain })
})
