/** What a letter of answer says; labels are French, as the lists give them. */
export interface LetterFacts {
  readonly to: 'requester' | 'referred_by'
  readonly number: number
  /** DD/MM/YYYY */
  readonly receivedOn: string
  readonly dacName: string
  /** « Mme Odile Perrin », or null when the request is about no one in particular. */
  readonly person: string | null
  /** Who asked, when the letter goes to whoever sent them. */
  readonly requesterName: string | null
  readonly answers: readonly { readonly label: string; readonly text: string | null; readonly code: string }[]
  readonly partners: readonly string[]
  readonly accompaniment: { readonly level: string; readonly referent: string | null } | null
  readonly noFollowUpReason: string | null
}

const sentences: Readonly<Record<string, (facts: LetterFacts) => string | null>> = {
  B1: () => 'Nous avons donné les renseignements et les conseils demandés.',
  B2: () => 'Nous avons orienté vers les ressources du territoire qui peuvent répondre directement.',
  B3: ({ partners }) =>
    partners.length === 0
      ? 'Cette demande relève d’un autre interlocuteur : nous lui avons passé le relais.'
      : `Nous avons passé le relais à ${partners.join(', ')}. Nous nous assurerons de la suite donnée.`,
  B4: () => 'Nous apportons un appui ponctuel à cette situation.',
  B5: () => 'Une évaluation à domicile est prévue.',
  B6: () => 'Nous organisons une concertation entre les professionnels concernés.',
  B7: accompanied,
  B8: accompanied,
  B9: () => 'Nous apportons notre appui à votre équipe.',
  B0: ({ noFollowUpReason }) => `Nous ne donnons pas suite à cette demande${noFollowUpReason ? ` : ${lower(noFollowUpReason)}` : ''}.`,
}

function accompanied({ accompaniment }: LetterFacts): string {
  const level = accompaniment ? ` (niveau ${lower(accompaniment.level)})` : ''
  const referent = accompaniment?.referent ? ` ${accompaniment.referent} en est le référent et prendra contact.` : ''
  return `Un accompagnement par le DAC est proposé${level}.${referent}`
}

/**
 * The first draft of the answer that goes back, from what was recorded; whoever sends it reads and changes it.
 * One answer may not be written twice: a punctual support and its accompaniment give two sentences, not four.
 */
export function draftLetter(facts: LetterFacts): string {
  const about = facts.person ? ` concernant ${facts.person}` : ''
  const opening =
    facts.to === 'requester'
      ? `Vous nous avez sollicités le ${facts.receivedOn}${about}. Voici la réponse apportée.`
      : `Vous avez orienté vers nous ${facts.requesterName ?? 'la personne qui nous a sollicités'} le ${facts.receivedOn}${about}. Voici la réponse que nous avons apportée.`
  const said = facts.answers.map(({ code, text }) => [sentences[code]?.(facts) ?? null, text].filter(Boolean).join('\n')).filter((one) => one !== '')
  const body = [...new Set(said)].join('\n\n') || 'Votre demande est en cours de traitement : nous revenons vers vous dès qu’une réponse est décidée.'
  return [opening, body, 'Nous restons à votre disposition pour tout échange sur cette situation.', facts.dacName].join('\n\n')
}

function lower(text: string): string {
  return text.charAt(0).toLocaleLowerCase('fr-FR') + text.slice(1)
}
