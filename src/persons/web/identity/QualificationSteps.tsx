import { IconCheck, IconCircle, IconCircleDot } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { typo } from '../../../platform/web/text/typography.ts'
import { type QualificationStep, remainingSteps, traitLabels } from '../../contract/identity-status.ts'
import type { PersonIdentityData } from '../../contract/queries.ts'
import { missingTraits, type ProvisionalTraits } from '../../contract/traits.ts'
import type { IdentityAttribute } from '../../contract/value-sets.ts'
import type { IdentityPart } from './IdentityDrawer.tsx'

const partOf: Readonly<Record<QualificationStep, IdentityPart>> = { attributes: 'flags', traits: 'traits', ins: 'ins', document: 'check' }

/** What is left to do before the INS is qualified: three steps in their order, the next one is a gesture. Nothing once it is qualified. */
export function QualificationSteps(props: { readonly identity: PersonIdentityData; readonly onOpen: (part: IdentityPart) => void }): ReactNode {
  const { identity } = props
  const missing = missingTraits(identity as unknown as ProvisionalTraits)
  const remaining = remainingSteps(
    {
      insRetrieved: identity.insRetrievedAt !== null,
      identityChecked: identity.identityCheckedAt !== null,
      insContested: identity.insContestedAt !== null,
      attributes: identity.attributes as readonly IdentityAttribute[],
    },
    missing.length,
  )
  const [next] = remaining
  if (next === undefined) return null
  const steps: readonly { readonly step: QualificationStep; readonly title: string; readonly gesture: string }[] = [
    ...(remaining.includes('attributes') ? [{ step: 'attributes' as const, title: 'Doute levé', gesture: 'Lever ou confirmer le signalement' }] : []),
    {
      step: 'traits',
      title: 'Cinq traits stricts',
      gesture: `Compléter : ${missing.map((trait) => traitLabels[trait]).join(', ')}`,
    },
    { step: 'ins', title: 'INS retrouvée par INSi', gesture: identity.insContestedAt ? 'INSi refuse cette INS : interroger de nouveau' : 'Interroger INSi' },
    { step: 'document', title: 'Pièce de haute confiance vérifiée', gesture: 'Vérifier sur une pièce' },
  ]
  return (
    <ol className="steps" aria-label="Avant la qualification">
      {steps.map(({ step, title, gesture }) => {
        const done = !remaining.includes(step)
        return (
          <li key={step} data-done={done} aria-current={step === next ? 'step' : undefined}>
            <Ic of={done ? IconCheck : step === next ? IconCircleDot : IconCircle} size="s" />
            {done ? (
              <span>{title}</span>
            ) : (
              <button type="button" className="linklike" onClick={() => props.onOpen(partOf[step])}>
                {typo(gesture)}
              </button>
            )}
            <span className="vh">{done ? 'fait' : 'à faire'}</span>
          </li>
        )
      })}
    </ol>
  )
}
