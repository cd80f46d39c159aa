import type { ReactNode } from 'react'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { formatHour, formatWhen } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import type { InsiCall } from '../../contract/identity-queries.ts'

const failures: Readonly<Record<string, string>> = {
  timeout: 'le téléservice n’a pas répondu à temps',
  down: 'le téléservice est injoignable',
  answer_unreadable: 'la réponse est illisible',
  not_authorised: 'le certificat de l’installation est refusé : prévenez l’exploitant',
  request_invalid: 'la question est refusée : prévenez l’exploitant',
  answer_invalid: 'le matricule reçu n’est pas admis ici : prévenez l’exploitant',
}

/** What the last call gave, in a sentence, and what to do with it. */
export function InsiAnswer({ call, has }: { readonly call: InsiCall; readonly has: boolean }): ReactNode {
  const why = call.code === null ? null : failures[call.code]
  const when = formatWhen(call.answeredAt ?? call.askedAt)
  const said: Readonly<Record<InsiCall['state'], string>> = {
    waiting:
      call.nextAttemptAt === null
        ? 'Question posée au téléservice. La réponse s’affiche ici.'
        : `Pas de réponse : ${why ?? 'le téléservice se tait'}. Nouvel essai à ${formatHour(call.nextAttemptAt)}, sans rien faire.`,
    found: call.decision === 'set_aside' ? 'La dernière réponse a été écartée.' : '',
    none: 'Aucune identité ne répond à ces traits. INSi est strict sur le nom de naissance : tirets, apostrophes, orthographe de l’acte.',
    several: 'Plusieurs identités répondent, même avec tous les prénoms et le lieu de naissance. Vérifiez les traits sur une pièce.',
    confirmed: 'INSi confirme cette INS avec ces traits.',
    denied: has ? '' : 'INSi refuse l’INS qui a été lue : elle ne va pas avec ces traits.',
    refused: `INSi n’a pas accepté la question : ${why ?? 'sans raison connue'}.`,
    unreachable: `INSi n’a pas répondu : ${why ?? 'il se tait'}. Rien n’est changé.`,
    outdated:
      call.code === 'kept'
        ? 'Question sans suite : entre-temps, ses traits ne pouvaient plus sortir (opposition, limitation ou archive).'
        : call.code === 'merged'
          ? 'Question sans suite : le dossier a été réuni à un autre. Interrogez de nouveau, avec les traits qui restent.'
          : 'Question sans suite : l’identité a changé entre-temps. Interrogez de nouveau.',
  }
  if (said[call.state] === '') return null
  const calm = call.state === 'confirmed' || (call.state === 'waiting' && call.nextAttemptAt === null)
  return (
    <Notice tone={calm ? 'info' : 'warning'} live>
      {typo(said[call.state])} <span className="mut">{when}</span>
    </Notice>
  )
}
