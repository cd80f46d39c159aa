import type { ReactNode } from 'react'
import { Token } from '../../platform/web/display/StatusPill.tsx'
import { ComboField } from '../../platform/web/form/ComboField.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import type { FieldOf } from '../../platform/web/form/use-action-form.ts'
import { useCombo } from '../../platform/web/form/use-combo.ts'
import { today } from '../../platform/web/text/dates.ts'
import type { actionActorKinds, DueKind, PlanAction } from '../contract/plan.ts'
import { usePlan } from './use-plan.ts'
import { useWhoSearch, type WhoHit } from './who-search.ts'

/** What is typed of an action, added or edited. */
export interface ActionValues {
  title: string
  details: string
  actorKind: (typeof actionActorKinds)[number]
  actorPartyId: string | null
  actorName: string
  actorRole: string
  dueOn: string
  dueKind: DueKind
  dueWords: string
}

export const emptyAction: ActionValues = {
  title: '',
  details: '',
  actorKind: 'free',
  actorPartyId: null,
  actorName: '',
  actorRole: '',
  dueOn: '',
  dueKind: 'before',
  dueWords: '',
}

export function valuesOf(action: PlanAction): ActionValues {
  const { actor } = action
  return {
    title: action.title,
    details: action.details ?? '',
    actorKind: actor.kind,
    actorPartyId: actor.partyId,
    actorName: actor.name ?? '',
    actorRole: actor.role ?? '',
    dueOn: action.dueOn ?? '',
    dueKind: action.dueKind,
    dueWords: action.dueWords ?? '',
  }
}

export const actorInput = ({ actorKind, actorPartyId, actorName, actorRole }: ActionValues) => ({ actorKind, actorPartyId, actorName, actorRole })
export const termInput = ({ dueOn, dueKind, dueWords }: ActionValues) => ({ dueOn, dueKind, dueWords })

/** What, who, by when. Who is found in the circle or the directory, or said in words. */
export function ActionFields(props: {
  readonly values: ActionValues
  readonly field: FieldOf<ActionValues>
  readonly set: (values: Partial<ActionValues>) => void
}): ReactNode {
  const { values, field, set } = props
  const { data, personName } = usePlan()
  const search = useWhoSearch(data.personId, personName)
  const combo = useCombo<WhoHit>({
    search,
    keyOf: (hit) => hit.key,
    onPick: (hit) => set({ actorKind: hit.kind, actorPartyId: hit.partyId, actorName: hit.name, actorRole: hit.role ?? '' }),
  })
  const known = values.actorPartyId !== null || values.actorKind !== 'free'
  return (
    <>
      <TextField {...field('title')} label="Action" span={12} autoFocus={values.title === ''} />
      <ComboField
        {...field('actorName')}
        combo={combo}
        label="Qui"
        span={7}
        value={values.actorName}
        onChange={(actorName) => set({ actorKind: 'free', actorPartyId: null, actorName })}
        inside={known ? <Token ok>{values.actorKind === 'person' ? 'elle-même' : 'reconnu'}</Token> : null}
        option={(hit) => (
          <span className="row">
            <span className="grow">
              <b className="semi">{hit.name}</b> <span className="small mut">{hit.role}</span>
            </span>
            <span className="small dim nw">{hit.from}</span>
          </span>
        )}
      />
      <TextField {...field('actorRole')} label="À quel titre" optional placeholder="kiné, avec la pharmacie…" span={5} />
      <SegmentedChoice
        {...field('dueKind')}
        label="Terme"
        span={5}
        options={[
          { value: 'before', label: 'avant le' },
          { value: 'on', label: 'le' },
          { value: 'until', label: 'jusqu’au' },
        ]}
      />
      <DayField {...field('dueOn')} label="Date" optional span={3} pivotYear={Number(today().slice(0, 4)) + 3} />
      <TextField {...field('dueWords')} label="Rythme, en mots" optional span={4} placeholder="mar. et jeu." />
      <AreaField {...field('details')} label="Précisions" optional rows={2} />
    </>
  )
}
