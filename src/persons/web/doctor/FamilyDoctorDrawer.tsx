import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { type DirectoryHit, hitDetail } from '../../../directory/contract/hit.ts'
import { searchDirectory } from '../../../directory/contract/queries.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { ChoiceCards } from '../../../platform/web/form/ChoiceCards.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { followReferral, recordConcertation, recordFamilyDoctor } from '../../contract/actions.ts'
import type { FamilyDoctorState, PersonTarget } from '../../contract/person.ts'
import type { PersonFamilyDoctorData } from '../../contract/queries.ts'

export type DoctorPart = 'doctor' | 'concertation' | 'referral'

interface PartProps {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly doctor: PersonFamilyDoctorData
  readonly onClose: () => void
}

const titles: Readonly<Record<DoctorPart, string>> = {
  doctor: 'Médecin traitant',
  concertation: 'Concertation avec le médecin traitant',
  referral: 'Saisine de la CPTS',
}

export function FamilyDoctorDrawer(props: PartProps & { readonly part: DoctorPart }): ReactNode {
  return (
    <Drawer opened onClose={props.onClose} position="right" size={520} title={titles[props.part]}>
      {props.part === 'doctor' ? <DoctorForm {...props} /> : props.part === 'concertation' ? <ConcertationForm {...props} /> : <ReferralForm {...props} />}
    </Drawer>
  )
}

interface DoctorValues {
  readonly id: string
  readonly state: FamilyDoctorState | ''
  readonly professionalId: string | null
  readonly name: string
  readonly phone: string
  readonly commune: string
  readonly startsOn: string
  readonly cptsId: string
}

/** What became of the referral to the CPTS, once « aucun » is noted. */
export const referralWords: Readonly<Record<string, string>> = {
  none: 'Médecin traitant noté.',
  sent: 'Noté. La CPTS est saisie, à relancer dans sept jours.',
  already_open: 'Noté. La CPTS est déjà saisie.',
  not_informed: 'Noté. La CPTS sera saisie quand la personne aura été informée (non-oppositions 1 et 2).',
  opposed: 'Noté. La personne s’oppose : la CPTS n’est pas saisie.',
  no_cpts: 'Noté. Aucune CPTS ne couvre sa commune.',
  commune_unknown: 'Noté. Sa commune est inconnue, aucune CPTS n’a pu être saisie.',
}

function DoctorForm({ personId, target, doctor, onClose }: PartProps): ReactNode {
  const form = useActionForm<typeof recordFamilyDoctor, DoctorValues>(recordFamilyDoctor, {
    target,
    initialValues: () => ({
      id: newId(),
      state: doctor.current?.state ?? '',
      professionalId: null,
      name: '',
      phone: '',
      commune: '',
      startsOn: '',
      cptsId: '',
    }),
    toInput: (values) => ({ ...values, state: values.state as FamilyDoctorState, personId }),
    done: ({ referral }) => referralWords[referral] ?? 'Noté.',
    onDone: onClose,
  })
  const combo = useCombo<DirectoryHit>({
    search: async (text, signal) => (await callQuery(searchDirectory, { text, facets: ['gp'], limit: 8 }, signal)).rows,
    keyOf: (hit) => hit.partyId,
    onPick: (hit) => form.setAll({ name: hit.label, professionalId: hit.partyId, phone: hit.phone ? formatPhone(hit.phone) : '', commune: hit.city ?? '' }),
  })
  const { state } = form.values
  const isNamed = state === 'declared' || state === 'de_facto' || state === 'military'
  const there = doctor.cptsThere
  return (
    <Form form={form}>
      <ChoiceCards
        value={state || null}
        onChange={(next) => form.set('state', next)}
        error={form.errors.state}
        label="Elle a un médecin traitant"
        options={[
          { value: 'declared', title: 'Déclaré', detail: 'Déclaré à l’Assurance maladie.' },
          { value: 'de_facto', title: 'De fait', detail: 'La suit, sans déclaration.' },
          { value: 'military', title: 'Médecin des armées' },
          {
            value: 'none',
            title: 'Aucun',
            detail:
              there === null
                ? typo('Sa commune est inconnue : aucune CPTS ne pourra être saisie.')
                : there.length === 0
                  ? 'Aucune CPTS ne couvre sa commune.'
                  : `${there.map((one) => one.name).join(', ')} sera saisie.`,
          },
          { value: 'unknown', title: 'Pas encore demandé' },
        ]}
      />
      {isNamed ? (
        <>
          <ComboField
            combo={combo}
            value={form.values.name}
            onChange={(name) => form.setAll({ name, professionalId: null })}
            error={form.errors.name}
            label="Nom"
            hint="dans l’annuaire, ou écrit à la main"
            span={12}
            option={(hit) => (
              <>
                <b>{hit.label}</b> <span className="small mut">{hitDetail(hit)}</span>
              </>
            )}
          />
          <PhoneField {...form.field('phone')} label="Téléphone" optional span={5} />
          <DayField {...form.field('startsOn')} label="Depuis le" optional hint="aujourd’hui sinon" span={7} />
        </>
      ) : null}
      {state === 'none' && there !== null && there.length > 1 ? (
        <SelectField {...form.field('cptsId')} label="CPTS à saisir" options={there.map((one) => ({ value: one.id, label: one.name }))} span={12} />
      ) : null}
      <FormFoot form={form} submit={state === 'none' && there !== null && there.length > 0 ? 'Noter et saisir la CPTS' : 'Noter'} />
    </Form>
  )
}

function ConcertationForm({ personId, target, doctor, onClose }: PartProps): ReactNode {
  const outcomes = useValueList('persons.gp_concertation')
  const form = useActionForm(recordConcertation, {
    target,
    draftKey: `persons.concertation:${personId}`,
    initialValues: () => ({ id: newId() as string, personId: personId as string, outcome: '', opinion: '', phone: '' }),
    done: 'Concertation notée.',
    onDone: onClose,
  })
  const shared = target?.volets.includes('health') ?? false
  return (
    <Form form={form}>
      <p style={{ gridColumn: 'span 12' }}>
        <b>{doctor.current?.name}</b> <span className="mut num">{doctor.current?.phone ? formatPhone(doctor.current.phone) : ''}</span>
      </p>
      <SelectField {...form.field('outcome')} label="Ce qui en est sorti" options={outcomes.options} span={12} />
      <AreaField {...form.field('opinion')} label="Ce que le médecin en dit" optional rows={4} />
      <div style={{ gridColumn: 'span 12' }}>
        <Notice>
          {shared ? typo('Volet santé : lu par le cercle qui y a droit.') : typo('L’accompagnement n’est pas ouvert : ces mots restent privés au DAC.')}
        </Notice>
      </div>
      <PhoneField {...form.field('phone')} label="Meilleur numéro" optional hint="remplace celui qui est noté" span={6} />
      <FormFoot form={form} submit="Noter" />
    </Form>
  )
}

interface FollowValues {
  readonly baseVersion: number
  readonly state: string
  readonly remindOn: string
  readonly outcome: string
}

function ReferralForm({ personId, target, doctor, onClose }: PartProps): ReactNode {
  const states = useValueList('persons.gp_referral_state')
  const referral = doctor.referrals.find((one) => one.outcomeAt === null)
  const form = useActionForm<typeof followReferral, FollowValues>(followReferral, {
    target,
    record: referral?.id ?? 'none',
    initialValues: { baseVersion: referral?.version ?? 1, state: '', remindOn: '', outcome: '' },
    toInput: (values) => ({ ...values, id: referral?.id ?? '', personId, state: values.state as 'reminded' }),
    labels: { state: 'Où en est-on', remindOn: 'Relancer le', outcome: 'Ce qui en est sorti' },
    words: (field, value) => (field === 'state' ? (states.options.find((one) => one.value === value)?.label ?? value) : value),
    done: 'Saisine mise à jour.',
    onDone: onClose,
  })
  const final = ['designated', 'declined', 'failed'].includes(form.values.state)
  return (
    <Form form={form}>
      <SelectField
        {...form.field('state')}
        label="Où en est-on"
        options={states.options.filter((one) => one.value !== 'sent' && one.value !== 'no_cpts')}
        span={12}
      />
      {final ? null : <DayField {...form.field('remindOn')} label="Relancer le" optional hint="dans sept jours sinon" span={6} />}
      <AreaField {...form.field('outcome')} label="Précision" optional rows={3} />
      <FormFoot form={form} submit="Enregistrer" />
    </Form>
  )
}
