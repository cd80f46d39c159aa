import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Hit } from '../../../platform/web/display/Hit.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { CenterColumn, Columns, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { typo } from '../../../platform/web/text/typography.ts'
import { communeLabel } from '../../../territory/contract/commune.ts'
import { dacForCommune } from '../../../territory/contract/queries.ts'
import { submitRequest } from '../../contract/actions.ts'
import { guessRequesterKind } from '../../contract/caller.ts'
import { blockedBy } from '../../contract/extra-questions.ts'
import type { SollicitationId } from '../../contract/sollicitation.ts'
import { delays, personInformed, requesterKinds } from '../../contract/value-sets.ts'
import { CommuneField } from '../desk/CommuneField.tsx'
import { noOneByDefault, toldPerson } from '../desk/capture-values.ts'
import { ExtraQuestions } from '../desk/ExtraQuestions.tsx'
import { MotiveTokens } from '../desk/MotiveTokens.tsx'
import { phoneWords } from '../words.ts'

interface Values {
  readonly id: string
  readonly person: string
  readonly commune: string
  readonly communeCode: string | null
  readonly text: string
  readonly motives: readonly string[]
  readonly urgency: string
  readonly personInformed: string
  readonly requesterKind: string
  readonly requesterPhone: string
  readonly extra: Readonly<Record<string, string>>
}

/** An outside professional asks the DAC for help: a few lines, the commune finds who answers. */
export function SubmitPage(): ReactNode {
  const actor = useActor()
  const navigate = useNavigate()
  const kinds = useValueList(requesterKinds.code, requesterKinds.values)
  const delayList = useValueList(delays.code, delays.values)
  const informed = useValueList(personInformed.code, personInformed.values)
  const guessed = guessRequesterKind(actor.serviceName) ?? guessRequesterKind(actor.displayName) ?? ''
  const form = useActionForm<typeof submitRequest, Values>(submitRequest, {
    draftKey: 'intake.submit',
    initialValues: () => ({
      id: newId(),
      person: '',
      commune: '',
      communeCode: null,
      text: '',
      motives: [],
      urgency: 'within_72h',
      personInformed: '',
      requesterKind: guessed,
      requesterPhone: '',
      extra: {},
    }),
    toInput: inputOf,
    fieldOf: (path) => ({ communeCode: 'commune', 'concerned.name': 'person', 'concerned.birthDate': 'person' })[path] ?? path,
    done: ({ number }) => `Demande n° ${number} envoyée au DAC.`,
    onDone: ({ id }) => void navigate({ to: '/demandes/$requestId', params: { requestId: id } as never }),
  })
  const { values } = form
  const told = toldPerson(values.person)
  const groups = kinds.values.filter(({ parent }) => !parent)
  const naming = values.person.trim() === '' ? null : blockedBy('name_person', values.requesterKind, values.extra)
  return (
    <Page title="Solliciter le DAC">
      <Columns kind="two" drawerLabel="Le DAC">
        <CenterColumn label="Solliciter le DAC">
          <h1>Solliciter le DAC</h1>
          <Form form={form}>
            <TextField
              label="Pour qui"
              hint="nom, date de naissance ; rien si la question est générale"
              span={7}
              value={values.person}
              error={naming?.reason ?? form.errors['person']}
              onChange={(person) => form.set('person', person)}
              inside={told.birthDate ? <Token>{told.birthDate.split('-').reverse().join('/')} compris</Token> : null}
            />
            <CommuneField
              span={5}
              value={values.commune}
              error={form.errors['commune']}
              onType={(commune) => form.setAll({ commune, communeCode: null })}
              onPick={(hit) => form.setAll({ commune: communeLabel(hit), communeCode: hit.code })}
            />
            <AreaField
              {...form.field('text')}
              label="Ce qui vous met en difficulté, ce que vous attendez"
              rows={6}
              below={<MotiveTokens text={values.text} chosen={values.motives} onChange={(motives) => form.set('motives', motives)} />}
            />
            <SegmentedChoice
              {...form.field('urgency')}
              label="Une réponse vous est utile sous"
              span={7}
              options={delayList.values.map(({ code, label }) => ({ value: code, label: code === 'no_deadline' ? 'Sans délai' : label }))}
            />
            <SegmentedChoice
              {...form.field('personInformed')}
              label={'La personne est-elle informée\u202f?'}
              hint="vous êtes le mieux placé pour le faire"
              span={5}
              options={informed.values.slice(0, 3).map(({ code, label }) => ({ value: code, label }))}
            />
            <SelectField
              {...form.field('requesterKind')}
              label="Vous demandez comme"
              span={7}
              options={groups.flatMap((group) =>
                kinds.values.filter(({ parent }) => parent === group.code).map(({ code, label }) => ({ value: code, label, group: group.label })),
              )}
            />
            <PhoneField {...form.field('requesterPhone')} label="Vous rappeler au" span={5} optional />
            <ExtraQuestions kind={values.requesterKind} answers={values.extra} onChange={(extra) => form.set('extra', extra)} />
            <FormFoot form={form} submit="Envoyer au DAC" secondary={<ButtonLink to="/demandes">Mes demandes</ButtonLink>} />
          </Form>
        </CenterColumn>
        <SideColumn side="right" label="Le DAC">
          <TheDac communeCode={values.communeCode} />
        </SideColumn>
      </Columns>
    </Page>
  )
}

/** Who will answer, as soon as the commune is known. */
function TheDac({ communeCode }: { readonly communeCode: string | null }): ReactNode {
  const { data } = useJalonQuery(dacForCommune, { communeCode: communeCode ?? '' }, { enabled: communeCode !== null })
  return (
    <>
      <h2>Qui répond</h2>
      {communeCode !== null && data ? (
        <Hit best={data.dac !== null} label="DAC de la commune">
          <span className="micro semi dim">Pour {data.commune.name}</span>
          <b>{data.dac?.name ?? data.announced[0]?.name ?? 'Aucun DAC enregistré ici'}</b>
          {data.dac?.phone ? <span>{phoneWords(data.dac.phone)}</span> : null}
          <span className="small mut">{data.cpts.map(({ name }) => name).join(', ')}</span>
        </Hit>
      ) : (
        <p className="small mut">La commune de la personne désigne le DAC.</p>
      )}
      <Notice tone="alert">{typo('Urgence vitale : appelez le 15. Le DAC n’est pas un service d’urgence.')}</Notice>
    </>
  )
}

function inputOf(values: Values): RawInputOf<typeof submitRequest> {
  const told = toldPerson(values.person)
  return {
    id: values.id as SollicitationId,
    concerned: told.name ? { kind: 'told', name: told.name, birthDate: told.birthDate } : { kind: noOneByDefault(values.motives, values.text) },
    communeCode: values.communeCode ?? '',
    text: values.text,
    motives: [...values.motives],
    urgency: values.urgency,
    personInformed: values.personInformed,
    personInformedBy: null,
    extra: { ...values.extra },
    requesterKind: values.requesterKind,
    requesterPhone: values.requesterPhone,
  }
}
