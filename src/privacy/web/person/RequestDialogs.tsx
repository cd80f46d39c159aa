import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { ChoiceCards } from '../../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { addAddendum, answerRequest, extendRequestTerm, liftLimitation, limitUse, type RequestTarget, recordRequest } from '../../contract/actions.ts'
import {
  dueOn,
  limitationReasons,
  limitationReasonWords,
  type RequestKind,
  type RequestOutcome,
  requestKinds,
  requestKindTexts,
  requestKindWords,
  requestOutcomeWords,
} from '../../contract/requests.ts'
import type { PersonRequest, PersonRequestsData } from '../../contract/rights-queries.ts'

interface Dialog {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly onClose: () => void
}

export const requestTarget = (target: PersonTarget | null, requestId: string): RequestTarget | null =>
  target === null ? null : { ...target, requestId: requestId as never }

/** A request as it came: what she asks, how, who for her, and how one made sure of it. */
export function RecordRequestDialog({ personId, target, onClose }: Dialog): ReactNode {
  const modes = useValueList('persons.information_mode')
  const askers = useValueList('persons.right_exercised_by')
  const form = useActionForm(recordRequest, {
    target,
    initialValues: () => ({
      id: newId<never>() as string,
      personId: personId as string,
      kind: '' as RequestKind | '',
      receivedOn: today(),
      mode: 'written',
      askedBy: 'person',
      askedByName: '',
      identityChecked: 'Connue du service',
      words: '',
    }),
    toInput: (values) => ({ ...values, kind: values.kind as RequestKind }),
    done: 'Demande notée. Le délai court.',
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title="Noter une demande" size="lg">
      <Form form={form}>
        <SelectField
          value={form.values.kind}
          onChange={(kind) => form.set('kind', kind as RequestKind)}
          error={form.errors.kind}
          name="kind"
          label="Ce qu’elle demande"
          options={requestKinds.map((value) => ({ value, label: requestKindWords[value] }))}
          span={6}
        />
        <DayField {...form.field('receivedOn')} label="Reçue le" understood={(day) => `répondre avant le ${formatDay(dueOn(day))}`} span={6} />
        <SelectField {...form.field('mode')} label="Comment" options={modes.options} span={6} />
        <SelectField {...form.field('askedBy')} label="Qui demande" options={askers.options} span={6} />
        {form.values.askedBy === 'person' ? null : <TextField {...form.field('askedByName')} label="Son nom" span={6} />}
        <TextField
          {...form.field('identityChecked')}
          label="Identité vérifiée"
          hint="connue du service, pièce vue, mandat lu…"
          span={form.values.askedBy === 'person' ? 12 : 6}
        />
        <AreaField {...form.field('words')} label="En ses mots" optional rows={3} span={12} />
        {form.values.kind ? (
          <p className="small mut" style={{ gridColumn: 'span 12' }}>
            {requestKindTexts[form.values.kind].article} · {requestKindTexts[form.values.kind].next}
          </p>
        ) : null}
        <FormFoot form={form} submit="Noter la demande" />
      </Form>
    </Modal>
  )
}

/** The answer, and why when it is not yes. */
export function AnswerDialog({ target, request, onClose }: Dialog & { readonly request: PersonRequest }): ReactNode {
  const form = useActionForm(answerRequest, {
    target: requestTarget(target, request.id),
    initialValues: { requestId: request.id, outcome: '' as RequestOutcome | '', words: '' },
    toInput: (values) => ({ ...values, outcome: values.outcome as RequestOutcome }),
    done: 'Réponse enregistrée. La lettre est prête.',
    onDone: onClose,
  })
  const { outcome } = form.values
  return (
    <Modal opened onClose={onClose} title={typo(`Répondre : ${requestKindWords[request.kind].toLocaleLowerCase('fr-FR')}`)} size="lg">
      <Form form={form}>
        <SegmentedChoice
          value={outcome || null}
          onChange={(value) => form.set('outcome', value)}
          error={form.errors.outcome}
          label="Réponse"
          span={12}
          options={(['granted', 'partly', 'refused', 'withdrawn'] as const).map((value) => ({ value, label: requestOutcomeWords[value] }))}
        />
        {outcome && outcome !== 'withdrawn' ? (
          <p className="small" style={{ gridColumn: 'span 12' }}>
            La lettre dira : « {requestKindTexts[request.kind].letter[outcome]} »
          </p>
        ) : null}
        <AreaField
          {...form.field('words')}
          label="Ce que la lettre ajoute"
          optional={outcome === 'granted' || outcome === 'withdrawn'}
          hint="la raison d’un refus, même partiel, est due"
          rows={4}
          span={12}
        />
        <FormFoot form={form} submit="Enregistrer la réponse" />
      </Form>
    </Modal>
  )
}

export function ExtendDialog({ target, request, onClose }: Dialog & { readonly request: PersonRequest }): ReactNode {
  const form = useActionForm(extendRequestTerm, {
    target: requestTarget(target, request.id),
    initialValues: { requestId: request.id, reason: '' },
    done: 'Délai prolongé. Dites-le à la personne : la lettre est prête.',
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title="Prolonger le délai de deux mois">
      <Form form={form}>
        <p className="small" style={{ gridColumn: 'span 12' }}>
          Réponse avant le {formatDay(dueOn(request.receivedOn, { extended: true }))}. La personne doit en être informée dans le premier mois, avec la raison.
        </p>
        <AreaField {...form.field('reason')} label="Pourquoi" hint="complexité, nombre de demandes" rows={3} autoFocus span={12} />
        <FormFoot form={form} submit="Prolonger" />
      </Form>
    </Modal>
  )
}

/** Art. 18: one of four cases. */
export function LimitDialog({ personId, target, onClose }: Dialog): ReactNode {
  const form = useActionForm(limitUse, {
    target,
    initialValues: () => ({
      id: newId<never>() as string,
      personId: personId as string,
      reason: '' as (typeof limitationReasons)[number] | '',
      requestId: null,
    }),
    toInput: (values) => ({ ...values, reason: values.reason as (typeof limitationReasons)[number] }),
    done: 'Usage limité : plus rien ne s’écrit dans ce dossier.',
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title="Limiter l’usage du dossier" size="lg">
      <Form form={form}>
        <ChoiceCards
          value={form.values.reason || null}
          onChange={(reason) => form.set('reason', reason)}
          error={form.errors.reason}
          label="Pourquoi"
          span={12}
          options={limitationReasons.map((value) => ({ value, title: limitationReasonWords[value] }))}
        />
        <p className="small mut" style={{ gridColumn: 'span 12' }}>
          Le cercle ne voit plus rien dès le prochain clic ; le DAC garde le volet administratif, pour la reconnaître et lui répondre. Restent possibles : ses
          droits, la protection d’une personne en danger, répondre à un appel ou à une demande, fermer un accès. Le reste se lit avec son accord ou pour un
          droit en justice, par un accès motivé, limité à 24 heures et relu (RGPD, art. 18.2).
        </p>
        <FormFoot form={form} submit="Limiter l’usage" />
      </Form>
    </Modal>
  )
}

export function LiftLimitationDialog({ target, limitationId, onClose }: Dialog & { readonly limitationId: string }): ReactNode {
  const form = useActionForm(liftLimitation, { target, initialValues: { limitationId, reason: '' }, done: 'Limitation levée.', onDone: onClose })
  return (
    <Modal opened onClose={onClose} title="Lever la limitation">
      <Form form={form}>
        <p className="small" style={{ gridColumn: 'span 12' }}>
          La personne en est informée avant (RGPD, art. 18.3).
        </p>
        <AreaField {...form.field('reason')} label="Pourquoi" rows={3} autoFocus span={12} />
        <FormFoot form={form} submit="Lever la limitation" />
      </Form>
    </Modal>
  )
}

/** Her words beside what she contests; what was written stays. */
export function AddendumDialog({ personId, target, items, onClose }: Dialog & { readonly items: PersonRequestsData['items'] }): ReactNode {
  const form = useActionForm(addAddendum, {
    target,
    initialValues: () => ({ id: newId<never>() as string, personId: personId as string, itemId: '', words: '', requestId: null }),
    done: 'Complément ajouté au fil, à côté de ce qui est contesté.',
    onDone: onClose,
    invalidates: ['liaison'],
  })
  return (
    <Modal opened onClose={onClose} title="Ajouter son complément" size="lg">
      <Form form={form}>
        <SelectField
          {...form.field('itemId')}
          label="À propos de"
          options={items.map((item) => ({ value: item.id, label: `${formatDay(item.at)} · ${item.title}` }))}
          span={12}
        />
        <AreaField {...form.field('words')} label="Ce que la personne veut voir écrit" rows={4} span={12} />
        <p className="small mut" style={{ gridColumn: 'span 12' }}>
          Le texte d’origine n’est pas modifié. Le complément se lit avec lui, sous le même volet.
        </p>
        <FormFoot form={form} submit="Ajouter le complément" />
      </Form>
    </Modal>
  )
}
