import { flushAndWipeDrafts } from '../../../platform/web/drafts/draft-keeper.ts'
import { queryClient } from '../query-client.ts'
import { type SessionNews, sessionChannel } from './load-session.ts'

/**
 * Leaves for good: drafts reach the server, this browser forgets everything of the user, then the server closes the session. The last step is
 * a form, not a request of the page: the answer leads on to the logout of Pro Santé Connect.
 */
export async function logOut(): Promise<void> {
  await flushAndWipeDrafts()
  queryClient.clear()
  const form = document.createElement('form')
  form.method = 'post'
  form.action = '/logout'
  document.body.append(form)
  sessionChannel().postMessage('signed-out' satisfies SessionNews)
  form.submit()
}
