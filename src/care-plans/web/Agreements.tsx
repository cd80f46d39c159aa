import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { personHeader } from '../../persons/contract/queries.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueLabels, useValueList } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { noteAgreement } from '../contract/agreements.ts'
import type { AgreementId, PlanAgreement } from '../contract/plan.ts'
import { agreementModes, agreementParties, agreementStates } from '../contract/value-sets.ts'
import { agreementLook } from './plan-words.ts'
import { usePlan } from './use-plan.ts'

type Noting = Pick<PlanAgreement, 'party' | 'partyName'> & { readonly partyId: string | null; readonly state?: string }

/** Who agrees on the number on the screen: the person first. A silence is written, with the way to ask again; it blocks nothing. */
export function Agreements(props: { readonly of?: readonly PlanAgreement[] | undefined }): ReactNode {
  const { data, target, writes, familyDoctor, personName } = usePlan()
  const label = useValueLabels()
  const [noting, setNoting] = useState<Noting | null>(null)
  const ask = useAction(noteAgreement, target, { onDone: () => toast({ text: 'Relance notée.' }) })
  const agreements = props.of ?? data.agreements
  const may = writes.allowed && data.state !== 'closed' && props.of === undefined
  const has = (party: string): boolean => agreements.some((one) => one.party === party)
  const doctor = familyDoctor && familyDoctor.name !== null && familyDoctor.state !== 'none' && familyDoctor.state !== 'unknown' ? familyDoctor : null
  return (
    <>
      <div className="chips">
        {agreements.map((one) => {
          const look = agreementLook(one.state)
          const waiting = one.state === 'asked' || one.state === 'no_answer'
          const pill = (
            <StatusPill tone={look.tone} icon={look.icon}>
              {waiting
                ? `${one.partyName}, ${lowerFirst(label('care_plans.agreement_state', one.state))} le ${formatDay(one.answeredOn).slice(0, 5)}`
                : one.state === 'agrees'
                  ? one.partyName
                  : `${one.partyName}, ${lowerFirst(label('care_plans.agreement_state', one.state))}`}
            </StatusPill>
          )
          return (
            <span
              key={one.id}
              className="row"
              style={{ gap: 6 }}
              title={`${label('care_plans.agreement_party', one.party)}, ${formatDay(one.answeredOn)}, noté par ${one.notedByName}${one.words ? ` : ${one.words}` : ''}`}
            >
              {may ? (
                <button type="button" className="pillbtn" onClick={() => setNoting({ party: one.party, partyName: one.partyName, partyId: one.partyId })}>
                  {pill}
                  <span className="vh">, noter la réponse</span>
                </button>
              ) : (
                pill
              )}
              {may && waiting ? (
                <button
                  type="button"
                  className="linklike no-print"
                  onClick={() =>
                    void ask.run({
                      id: newId<AgreementId>(),
                      planId: data.id,
                      party: one.party,
                      partyId: one.partyId,
                      partyName: one.partyName,
                      state: 'asked',
                      mode: one.mode,
                    })
                  }
                >
                  Relancer
                </button>
              ) : null}
            </span>
          )
        })}
        {agreements.length === 0 && !may ? <span className="mut">Aucun pour le moment.</span> : null}
        {may ? (
          <span className="row wrap no-print" style={{ gap: 10 }}>
            {has('person') ? null : (
              <button type="button" className="linklike" onClick={() => setNoting({ party: 'person', partyName: personName, partyId: null })}>
                L’accord de la personne
              </button>
            )}
            {doctor && !has('gp') ? (
              <button
                type="button"
                className="linklike"
                onClick={() => setNoting({ party: 'gp', partyName: doctor.name ?? '', partyId: doctor.partyId, state: 'asked' })}
              >
                {doctor.name}
              </button>
            ) : null}
            <button type="button" className="linklike" onClick={() => setNoting({ party: 'participant', partyName: '', partyId: null })}>
              {agreements.length === 0 ? 'Un autre accord' : 'Noter un accord'}
            </button>
          </span>
        ) : null}
      </div>
      {ask.error ? <p className="t-alert">{ask.error.detail}</p> : null}
      {noting ? <NoteModal noting={noting} onClose={() => setNoting(null)} /> : null}
    </>
  )
}

/** Notes what a party answered, how and when, or that she was asked. */
function NoteModal(props: { readonly noting: Noting; readonly onClose: () => void }): ReactNode {
  const { data, target, familyDoctor, personName } = usePlan()
  const parties = useValueList('care_plans.agreement_party', agreementParties.values)
  const states = useValueList('care_plans.agreement_state', agreementStates.values)
  const modes = useValueList('care_plans.agreement_mode', agreementModes.values)
  const header = useJalonQuery(personHeader, { personId: data.personId })
  const representative = header.data?.protections.find((one) => 'representativeName' in one && one.representativeName)
  const form = useActionForm(noteAgreement, {
    target,
    draftKey: `carePlans.agreement:${data.id}:${props.noting.party}${props.noting.partyId === null ? '' : `:${props.noting.partyId}`}`,
    initialValues: () => ({
      id: newId<AgreementId>(),
      planId: data.id,
      party: props.noting.party,
      partyId: props.noting.partyId as string | null,
      partyName: props.noting.partyName,
      state: props.noting.state ?? '',
      mode: '',
      on: today() as string,
      words: '',
      wordsVolet: 'social' as string,
    }),
    done: 'Accord noté.',
    onDone: props.onClose,
  })
  const named = (party: string): { partyName: string; partyId: string | null } =>
    party === 'person'
      ? { partyName: personName, partyId: null }
      : party === 'gp'
        ? { partyName: familyDoctor?.name ?? '', partyId: familyDoctor?.partyId ?? null }
        : party === 'legal_representative'
          ? { partyName: String((representative as { representativeName?: string } | undefined)?.representativeName ?? ''), partyId: null }
          : { partyName: '', partyId: null }
  return (
    <Modal opened onClose={props.onClose} title={`Accord sur la version ${data.draftNumber ?? data.validatedNumber}`} size="lg">
      <Form form={form}>
        <SelectField
          {...form.field('party')}
          label="De"
          span={5}
          options={parties.options}
          onChange={(party) => form.setAll({ ...form.values, party, ...named(party) })}
        />
        <TextField {...form.field('partyName')} label="Nom" span={7} />
        <SelectField {...form.field('state')} label="Réponse" span={5} options={states.options} />
        <SelectField {...form.field('mode')} label="Comment" optional span={4} options={modes.options.filter((one) => one.value !== 'online')} />
        <DayField {...form.field('on')} label="Le" span={3} />
        <AreaField {...form.field('words')} label="Ce qui a été dit" optional rows={2} />
        {form.values.words ? (
          <SelectField
            {...form.field('wordsVolet')}
            label="Qui pourra lire ces mots"
            span={6}
            options={[
              { value: 'social', label: 'Tout le cercle' },
              { value: 'health', label: 'Les professionnels de santé' },
            ]}
          />
        ) : null}
        <FormFoot form={form} submit="Noter" />
      </Form>
    </Modal>
  )
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase('fr-FR') + text.slice(1)
}
