import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { type DirectoryHit, hitDetail } from '../../directory/contract/hit.ts'
import { searchDirectory } from '../../directory/contract/queries.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import type { PartyId, ServiceId } from '../../platform/contract/ids.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { Token } from '../../platform/web/display/StatusPill.tsx'
import { ChoiceCards } from '../../platform/web/form/ChoiceCards.tsx'
import { ComboField } from '../../platform/web/form/ComboField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { PhoneField } from '../../platform/web/form/PhoneField.tsx'
import { AreaField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useCombo } from '../../platform/web/form/use-combo.ts'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { formatCivilName, formatPersonName } from '../../platform/web/text/names.ts'
import { formatPhone } from '../../platform/web/text/phones.ts'
import { nbsp } from '../../platform/web/text/typography.ts'
import { answerReferral, type cptsAnswers, type OpenReferral, type ReferralTarget } from '../contract/referrals.ts'

type Answer = (typeof cptsAnswers)[number]

interface Values {
  readonly state: Answer | ''
  readonly doctorId: string
  readonly doctorName: string
  readonly doctorPhone: string
  readonly doctorCommune: string
  readonly outcome: string
}

/** One referral: who she is, what was asked, and what the CPTS answers. */
export function AnswerDrawer(props: { readonly referral: OpenReferral; readonly onClose: () => void; readonly onAnswered: () => void }): ReactNode {
  const { referral } = props
  const { person, dac } = referral
  const label = useValueLabels()
  return (
    <Drawer opened onClose={props.onClose} position="right" size={520} title={formatPersonName(person)}>
      <dl className="kv" style={{ marginBottom: 16 }}>
        <dt>{person.sex === 'M' ? 'Né le' : 'Née le'}</dt>
        <dd>{person.birthDay ? `${formatDay(person.birthDay)}${person.birthDayApproximate ? ', date approchée' : ''}` : 'date inconnue'}</dd>
        <dt>Commune</dt>
        <dd>{person.commune ?? 'non communiquée'}</dd>
        <dt>Téléphone</dt>
        <dd>{referral.phone ? formatPhone(referral.phone) : 'passer par le DAC'}</dd>
        {referral.language || referral.needsInterpreter ? (
          <>
            <dt>Langue</dt>
            <dd>
              {[referral.language ? label('persons.language', referral.language) : null, referral.needsInterpreter ? 'interprète nécessaire' : null]
                .filter(Boolean)
                .join(', ')}
            </dd>
          </>
        ) : null}
        <dt>Demandée</dt>
        <dd>
          {formatWhen(referral.sentAt)} par {[dac.askedByName, dac.name, dac.phone ? formatPhone(dac.phone) : null].filter(Boolean).join(', ')}
        </dd>
        {referral.answeredAt ? (
          <>
            <dt>Dernière réponse</dt>
            <dd>
              {label('persons.gp_referral_state', referral.state)}
              {referral.doctor ? `${nbsp}: ${referral.doctor.name}` : ''}, {formatWhen(referral.answeredAt)} par {referral.answeredByName}
              {referral.outcome ? <span className="mut"> {referral.outcome}</span> : null}
            </dd>
          </>
        ) : null}
      </dl>
      <AnswerForm {...props} />
    </Drawer>
  )
}

function AnswerForm(props: { readonly referral: OpenReferral; readonly onClose: () => void; readonly onAnswered: () => void }): ReactNode {
  const { referral } = props
  const form = useActionForm<typeof answerReferral, Values>(answerReferral, {
    target: targetOf(referral, useActor()),
    draftKey: `cpts.answer:${referral.id}`,
    initialValues: () => ({
      state: '',
      doctorId: referral.doctor?.partyId ?? '',
      doctorName: referral.doctor?.name ?? '',
      doctorPhone: referral.doctor?.phone ? formatPhone(referral.doctor.phone) : '',
      doctorCommune: referral.doctor?.commune ?? '',
      outcome: '',
    }),
    toInput: (values) => ({
      ...values,
      id: referral.id,
      baseVersion: referral.version,
      state: values.state as Answer,
      doctorId: (values.doctorId || null) as PartyId | null,
    }),
    done: 'Réponse transmise au DAC.',
    onDone: () => {
      props.onAnswered()
      props.onClose()
    },
  })
  const combo = useCombo<DirectoryHit>({
    search: async (text, signal) => (await callQuery(searchDirectory, { text, facets: ['gp'], limit: 8 }, signal)).rows,
    keyOf: (hit) => hit.partyId,
    onPick: (hit) =>
      form.setAll({ doctorId: hit.partyId, doctorName: hit.label, doctorPhone: hit.phone ? formatPhone(hit.phone) : '', doctorCommune: hit.city ?? '' }),
  })
  const { state, doctorId } = form.values
  const she = formatCivilName(referral.person)
  return (
    <Form form={form}>
      <ChoiceCards
        value={state || null}
        onChange={(next) => form.set('state', next)}
        error={form.errors.state}
        label="Votre réponse"
        options={[
          ...(referral.state === 'sent' || referral.state === 'reminded'
            ? [{ value: 'received' as const, title: 'Reçue', detail: 'La recherche commence. Le DAC le voit.' }]
            : []),
          { value: 'proposed', title: 'Un médecin est proposé', detail: `${she} peut encore choisir.` },
          { value: 'designated', title: 'Médecin désigné', detail: 'Le médecin accepte et la personne l’a choisi. Le DAC le note dans le dossier.' },
          { value: 'declined', title: 'Proposition refusée par la personne', detail: 'Le choix du médecin est libre.' },
          { value: 'failed', title: 'Aucun médecin trouvé', detail: 'Le DAC cherche avec vous une autre voie.' },
        ]}
      />
      {state === 'proposed' || state === 'designated' ? (
        <>
          <ComboField
            combo={combo}
            value={form.values.doctorName}
            onChange={(doctorName) => form.setAll({ doctorName, doctorId: '' })}
            error={form.errors.doctorName}
            label="Médecin"
            hint="dans l’annuaire, ou écrit à la main"
            span={12}
            inside={doctorId === '' ? undefined : <Token ok>de l’annuaire</Token>}
            option={(hit) => (
              <>
                <b>{hit.label}</b> <span className="small mut">{hitDetail(hit)}</span>
              </>
            )}
          />
          <PhoneField {...form.field('doctorPhone')} label="Téléphone" optional span={6} />
        </>
      ) : null}
      <AreaField
        {...form.field('outcome')}
        label={state === 'declined' || state === 'failed' ? 'Pourquoi' : 'Précision'}
        optional={state !== 'declined' && state !== 'failed'}
        rows={3}
      />
      <FormFoot form={form} submit="Répondre au DAC" />
    </Form>
  )
}

/** What is listed is addressed to her own CPTS; the server asks the rule again. */
function targetOf(referral: OpenReferral, actor: Actor): ReferralTarget {
  return {
    id: referral.id,
    personId: referral.person.personId,
    cptsId: actor.serviceId as ServiceId,
    version: referral.version,
    state: referral.state,
    ended: referral.endedAt !== null,
  }
}
