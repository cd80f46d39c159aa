import { Drawer } from '@mantine/core'
import { IconHeartHandshake } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { lowerFirst } from '../../platform/contract/typography.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueLabels, useValueList } from '../../platform/web/lists/value-lists.tsx'
import { formatInstant, today } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import {
  decideHealthSpace,
  type HealthSpaceDecisionId,
  type HealthSpaceDetail,
  healthSpace,
  healthSpaceDetailLabels,
  healthSpaceDetails,
  healthSpaceProblems,
  retryHealthSpace,
} from '../contract/health-space.ts'
import { usePersonTarget } from './use-person-target.ts'

type State = NonNullable<ReturnType<typeof useJalonQuery<typeof healthSpace>>['data']>

/** In a few words, what of her agenda stands in her own health space. */
function summaryOf({ decision, sent, waiting, waitingIdentity, cancelling, failed }: State): string {
  if (decision === null) return 'accord à demander'
  if (failed.length > 0) return plural(failed.length, 'envoi en échec', 'envois en échec')
  if (decision.decision === 'withdrawn') return cancelling > 0 ? plural(cancelling, 'annulation en cours', 'annulations en cours') : 'accord retiré'
  if (waitingIdentity > 0) return 'attend une identité qualifiée'
  return waiting > 0 ? plural(waiting, 'envoi en cours', 'envois en cours') : plural(sent, 'rendez-vous envoyé', 'rendez-vous envoyés')
}

/** The line above her agenda; opens what she decided and what was sent. */
export function HealthSpaceLine({ personId }: { readonly personId: PersonId }): ReactNode {
  const { data } = useJalonQuery(healthSpace, { personId })
  const [open, setOpen] = useState(false)
  if (data === undefined) return null
  return (
    <>
      <Button small quiet icon={IconHeartHandshake} onClick={() => setOpen(true)}>
        <span>
          Mon espace santé{'\u00a0'}: <span className={data.failed.length > 0 ? 't-alert' : 'mut'}>{summaryOf(data)}</span>
        </span>
      </Button>
      {open ? <HealthSpaceDrawer personId={personId} state={data} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function HealthSpaceDrawer({ personId, state, onClose }: { readonly personId: PersonId; readonly state: State; readonly onClose: () => void }): ReactNode {
  const label = useValueLabels()
  const [changing, setChanging] = useState(state.decision === null)
  const { decision } = state
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title="Mon espace santé" className="circle-drawer">
      <div className="stack stack--4">
        <p className="mut" style={{ margin: 0 }}>
          Avec son accord, ses rendez-vous des trois mois à venir s’inscrivent dans l’agenda de son espace santé. Ni nom, ni lieu, ni mot du dossier{'\u00a0'}:
          l’heure, et le genre si elle le veut, jamais quand il parle de sa santé.
        </p>
        {state.connected ? null : <Notice tone="info">Jalon n’est pas encore relié à Mon espace santé. L’accord est gardé{'\u00a0'}; rien ne part.</Notice>}
        {decision === null ? null : (
          <section aria-label="Accord">
            <h3>{decision.decision === 'given' ? 'Elle est d’accord' : 'Elle ne le veut plus'}</h3>
            <p style={{ margin: '4px 0 0' }}>
              Le {formatDay(decision.on)}, {lowerFirst(label('agenda.answer_mode', decision.mode))}, noté par {decision.recordedByName}.
              {decision.decision === 'given' ? ` Y figure\u00a0: ${lowerFirst(healthSpaceDetailLabels[decision.detail])}.` : ''}
            </p>
          </section>
        )}
        {decision === null ? null : <Sent personId={personId} state={state} />}
        {changing ? (
          <Decide personId={personId} state={state} onDone={() => setChanging(false)} />
        ) : (
          <div>
            <Button onClick={() => setChanging(true)}>Noter un changement</Button>
          </div>
        )}
      </div>
    </Drawer>
  )
}

function Sent({ personId, state }: { readonly personId: PersonId; readonly state: State }): ReactNode {
  const target = usePersonTarget(personId)
  const retry = useAction(retryHealthSpace, target, { onDone: () => toast({ text: 'Renvoyé dans la minute.' }) })
  const counted = [
    state.sent > 0 ? plural(state.sent, 'rendez-vous y figure', 'rendez-vous y figurent') : null,
    state.waiting > 0 ? plural(state.waiting, 'part dans la minute', 'partent dans la minute') : null,
    state.cancelling > 0 ? plural(state.cancelling, 's’y annule', 's’y annulent') : null,
  ].filter(Boolean)
  return (
    <section aria-label="Envois" className="stack stack--3">
      {counted.length > 0 ? <p style={{ margin: 0 }}>{counted.join(', ')}.</p> : null}
      {state.waitingIdentity > 0 ? (
        <Notice tone="warning">
          {plural(state.waitingIdentity, 'rendez-vous attend', 'rendez-vous attendent')} que son identité soit qualifiée{'\u00a0'}: sans INS vérifiée, rien ne
          part.
        </Notice>
      ) : null}
      {state.failed.length > 0 ? (
        <Notice tone="alert" live>
          {state.failed.slice(0, 5).map((one) => (
            <span key={one.occurrenceId} style={{ display: 'block' }}>
              {one.wish === 'cancel' ? 'Annulation du rendez-vous' : 'Rendez-vous'} du {formatInstant(one.startsAt)}
              {'\u00a0'}: {lowerFirst(healthSpaceProblems[one.problem ?? ''] ?? 'l’envoi n’a pas abouti.')}
            </span>
          ))}
          {state.failed.length > 5 ? <span style={{ display: 'block' }}>Et {state.failed.length - 5} autres.</span> : null}
        </Notice>
      ) : null}
      {retry.allowed && state.failed.length + state.waitingIdentity > 0 ? (
        <div>
          <Button blocked={retry.pending} onClick={() => void retry.run({ personId })}>
            Essayer à nouveau
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function Decide({ personId, state, onDone }: { readonly personId: PersonId; readonly state: State; readonly onDone: () => void }): ReactNode {
  const target = usePersonTarget(personId)
  const modes = useValueList('agenda.answer_mode')
  const given = state.decision?.decision === 'given'
  const form = useActionForm(decideHealthSpace, {
    target,
    initialValues: () => ({
      id: newId<HealthSpaceDecisionId>(),
      decision: (given ? 'withdrawn' : 'given') as 'given' | 'withdrawn',
      detail: (state.decision?.detail ?? 'minimal') as HealthSpaceDetail,
      on: today() as string,
      mode: 'in_person',
    }),
    toInput: (typed) => ({ ...typed, personId }),
    done: ({ id: _id }, { decision }) =>
      decision === 'given' ? 'Accord noté : ses rendez-vous partent dans la minute.' : 'Noté : ce qui est à venir s’y annule.',
    onDone,
  })
  return (
    <Form form={form}>
      <SegmentedChoice
        {...form.field('decision')}
        label="Elle dit"
        span={12}
        options={[
          { value: 'given', label: 'Je suis d’accord' },
          { value: 'withdrawn', label: 'Je ne le veux pas, ou plus' },
        ]}
      />
      {form.values.decision === 'given' ? (
        <SegmentedChoice
          {...form.field('detail')}
          label="Ce qui y figure"
          span={12}
          options={healthSpaceDetails.map((one) => ({ value: one, label: healthSpaceDetailLabels[one] }))}
        />
      ) : null}
      <DayField {...form.field('on')} label="Le" span={5} />
      <SelectField {...form.field('mode')} label="Recueilli" span={7} options={modes.options} />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Noter" />
      </div>
    </Form>
  )
}
