import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'

/** Whoever sent a file that the antivirus refuses is told so at once, wherever she is. */
export function RefusedFiles(): null {
  const { userId } = useActor()
  useEvents(['liaison.file.scanned', 'conversations.file.scanned'], (event) => {
    if (event['verdict'] === 'infected' && event['addedBy'] === userId)
      toast({ text: 'L’antivirus a refusé un fichier que vous avez joint. Il est mis de côté : personne ne peut l’ouvrir.', tone: 'warning' })
  })
  return null
}
