import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'

/** Tells whoever is concerned, wherever she is in Jalon, what has just happened to the means of signing in of an account. Mounted once, behind the login. */
export function SignInNews(): null {
  const { userId } = useActor()
  useEvents(['signIn.means.enrolled', 'signIn.account.locked'], (event) => {
    const hers = event['userId'] === userId
    toast({ tone: 'warning', text: (event.type === 'signIn.account.locked' ? lockedTexts : enrolledTexts)[hers ? 'hers' : 'others'] })
  })
  return null
}

const enrolledTexts = {
  hers: 'Un moyen de connexion vient d’être enregistré pour votre compte. Si ce n’est pas vous, prévenez l’administration régionale.',
  others: 'Un compte a enregistré un moyen de connexion sans Pro Santé Connect\u00a0: voir « Utilisateurs ».',
}
const lockedTexts = {
  hers: 'Plusieurs essais de connexion à votre compte ont été refusés. Si ce n’est pas vous, prévenez l’administration régionale.',
  others: 'Un compte est fermé pour un quart d’heure après plusieurs essais de connexion refusés\u00a0: voir « Utilisateurs ».',
}
