import './exceptional.css'
import { IconChecks, IconKey, IconMailCheck, IconMailForward } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useInvalidate, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { voletWord } from '../../../platform/web/display/Volet.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { Segmented, SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Bar, Card, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { formatHour, formatInstant, formatWhen } from '../../../platform/web/text/dates.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { reviewExceptionalAccess } from '../../contract/access-actions.ts'
import { exceptionalAccesses } from '../../contract/access-queries.ts'
import type { ExceptionalAccessTarget } from '../../contract/person.ts'
import { noticeObstacleTexts } from '../../contract/person-notices.ts'

type Row = OutputOf<typeof exceptionalAccesses>['rows'][number]

/** « Accès exceptionnels »: each opened by one of ours, or on a person we accompany, is read again by somebody who answers for it. */
export function ReviewPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ etat: 'code' })
  const show = filters.etat === 'relus' ? 'reviewed' : 'to_review'
  const list = useJalonQuery(exceptionalAccesses, { show })
  const invalidate = useInvalidate()
  useEvents(
    ['persons.exceptionalAccess.opened', 'persons.exceptionalAccess.closed', 'persons.exceptionalAccess.reviewed', 'persons.personNotice.changed'],
    () => void invalidate(exceptionalAccesses),
  )
  return (
    <Page title="Accès exceptionnels">
      <Bar title="Accès exceptionnels">
        <Segmented
          inline
          label="Lesquels"
          value={show}
          onChange={(value) => setFilter('etat', value === 'reviewed' ? 'relus' : null)}
          options={[
            { value: 'to_review', label: `À relire${list.data && list.data.toReview > 0 ? ` · ${list.data.toReview}` : ''}` },
            { value: 'reviewed', label: 'Relus' },
          ]}
        />
      </Bar>
      <Columns kind="two" drawerLabel="Comment relire">
        <CenterColumn label="Accès exceptionnels" ground>
          <QueryState
            query={list}
            isEmpty={(data) => data.rows.length === 0}
            empty={
              <EmptyState icon={IconChecks} title={show === 'to_review' ? 'Tout est relu' : 'Aucun accès relu'}>
                Un accès exceptionnel paraît ici dans la minute où il s’ouvre.
              </EmptyState>
            }
          >
            {(data) => (
              <Card flush>
                <ul aria-label="Accès exceptionnels">
                  {data.rows.map((row) => (
                    <Line key={row.id} row={row} />
                  ))}
                </ul>
              </Card>
            )}
          </QueryState>
        </CenterColumn>
        <SideColumn side="right" label="Comment relire">
          <Section title="Relire un accès">
            <p className="small">
              Le motif tient-il ? La personne était-elle prise en charge ce jour-là ? Ce qui a été lu suffisait-il ? Un doute se lève d’abord avec le
              professionnel.
            </p>
          </Section>
          <Section title="Non justifié">
            <p className="small">
              Prévenez la direction et le délégué à la protection des données : la personne doit en être informée, et une violation se notifie à la CNIL sous 72
              heures (RGPD, art. 33 et 34).
            </p>
          </Section>
          <Section title="Qui relit">
            <p className="small">Les responsables du service de celui qui a ouvert et ceux du DAC qui accompagne la personne, jamais celui qui a ouvert.</p>
          </Section>
        </SideColumn>
      </Columns>
    </Page>
  )
}

function Line({ row }: { readonly row: Row }): ReactNode {
  const [reviewing, setReviewing] = useState(false)
  const until = row.endedAt ?? row.endsAt
  return (
    <li className="review">
      <div className="row wrap">
        <b>{row.userName}</b>
        <span className="mut">{[row.profession, row.serviceName].filter(Boolean).join(', ')}</span>
        <span className="end row">
          {row.live ? (
            <StatusPill tone="warning" icon={IconKey}>
              En cours
            </StatusPill>
          ) : null}
          {row.review ? (
            <StatusPill tone={row.review.outcome === 'justified' ? 'success' : 'alert'}>
              {row.review.outcome === 'justified' ? 'Justifié' : 'Non justifié'}
            </StatusPill>
          ) : null}
        </span>
      </div>
      <p>
        {row.person ? (
          <>
            Dossier de{' '}
            <Link to="/personnes/$personId" params={{ personId: row.personId } as never}>
              {formatPersonName(row.person)}
            </Link>
          </>
        ) : (
          <>
            Dossier <span className="num">{row.reference}</span> <span className="small mut">(l’identité ne vous est pas ouverte)</span>
          </>
        )}
        , ouvert {formatWhen(row.openedAt)}, {row.live ? 'jusqu’à' : 'fermé à'} {formatHour(until)}
      </p>
      <p className="review__words">
        <b>{row.reasonLabel}.</b> {row.explanation}
      </p>
      <div className="row wrap small mut">
        <span>
          {plural(row.reads, 'lecture')} · volets {row.volets.map((one) => voletWord(one).toLocaleLowerCase('fr-FR')).join(', ')}
        </span>
        {row.review ? null : row.canReview ? (
          reviewing ? null : (
            <span className="end">
              <Button small icon={IconChecks} onClick={() => setReviewing(true)}>
                Relire
              </Button>
            </span>
          )
        ) : (
          <span className="end">Un autre responsable le relira.</span>
        )}
      </div>
      {row.notice ? <Told notice={row.notice} /> : null}
      {row.review ? (
        <p className="small">
          <b>{row.review.byName}</b>, le {formatInstant(row.review.at)}
          {'\u00a0'}: {row.review.comment}
        </p>
      ) : null}
      {reviewing ? <ReviewForm row={row} onClose={() => setReviewing(false)} /> : null}
    </li>
  )
}

/** Whether the person knows: what kept the notice from leaving is said to those who see her. */
function Told({ notice }: { readonly notice: NonNullable<Row['notice']> }): ReactNode {
  const words = {
    waiting: 'L’avis à la personne part vers Mon espace santé.',
    told: notice.byName ? `Avis remis à la personne par ${notice.byName}.` : 'La personne en est prévenue dans Mon espace santé.',
    to_hand: 'Avis à remettre à la personne par le DAC qui l’accompagne.',
    settled: notice.byName ? `Avis non remis, décidé par ${notice.byName}.` : 'L’avis à la personne est entre les mains du DAC qui l’accompagne.',
  }
  return (
    <p className="row small mut">
      <Ic of={notice.state === 'told' ? IconMailCheck : IconMailForward} size="s" />
      <span>
        {words[notice.state]}
        {notice.obstacle ? ` ${noticeObstacleTexts[notice.obstacle]}` : ''}
      </span>
    </p>
  )
}

interface Values {
  readonly id: string
  readonly outcome: 'justified' | 'not_justified' | ''
  readonly comment: string
}

function ReviewForm({ row, onClose }: { readonly row: Row; readonly onClose: () => void }): ReactNode {
  const target: ExceptionalAccessTarget = { id: row.id, personId: row.personId, userId: row.userId as never, supervised: row.canReview }
  const form = useActionForm<typeof reviewExceptionalAccess, Values>(reviewExceptionalAccess, {
    target,
    initialValues: { id: row.id, outcome: '', comment: '' },
    toInput: (values) => ({ ...values, id: values.id as never, outcome: values.outcome as 'justified' }),
    done: (_output) => `Accès du ${formatDay(row.openedAt)} relu.`,
    onDone: onClose,
  })
  return (
    <Form form={form} label={`Relire l’accès de ${row.userName}`}>
      <SegmentedChoice
        value={form.values.outcome || null}
        onChange={(outcome) => form.set('outcome', outcome)}
        error={form.errors['outcome']}
        label="Cet accès était"
        span={12}
        options={[
          { value: 'justified', label: 'Justifié' },
          { value: 'not_justified', label: 'Non justifié' },
        ]}
      />
      <AreaField {...form.field('comment')} label="Commentaire" hint="gardé avec l’accès" rows={2} />
      <FormFoot
        form={form}
        submit="Enregistrer la relecture"
        secondary={
          <Button small quiet onClick={onClose}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
