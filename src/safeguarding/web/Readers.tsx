import { Modal } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { colleagues } from '../../territory/contract/queries.ts'
import { keepsReaders } from '../contract/access.ts'
import { addReader, removeReader } from '../contract/actions.ts'
import { type ReportData, type ReportReader, reportAccesses } from '../contract/queries.ts'
import type { ReportTarget } from '../contract/report.ts'

/** Who may read, why, and who did. The list is kept by the author and by the direction. */
export function Readers({ data }: { readonly data: ReportData }): ReactNode {
  const actor = useActor()
  const [asked, setAsked] = useState<'new' | ReportReader | null>(null)
  const target = data as unknown as ReportTarget
  const keeps = keepsReaders(actor, target, undefined)
  const live = data.readers.filter((one) => one.endedAt === null)
  const former = data.readers.filter((one) => one.endedAt !== null)
  return (
    <>
      <Section
        title="Lecteurs"
        count={String(live.length)}
        end={
          keeps.allowed ? (
            <Button small quiet icon={IconPlus} onClick={() => setAsked('new')}>
              Nommer
            </Button>
          ) : undefined
        }
      >
        <ul className="lines">
          {live.map((one) => (
            <li key={one.id}>
              <div className="row sp">
                <b>{readerName(one)}</b>
                {keeps.allowed ? (
                  <span className="small">
                    <button type="button" className="linklike" aria-label={`Retirer ${readerName(one)}`} onClick={() => setAsked(one)}>
                      Retirer
                    </button>
                  </span>
                ) : null}
              </div>
              <p className="small mut">{groundOf(one)}</p>
            </li>
          ))}
        </ul>
        {former.length > 0 ? (
          <details className="small" style={{ marginTop: 6 }}>
            <summary>{plural(former.length, 'lecteur retiré', 'lecteurs retirés')}</summary>
            <ul className="lines">
              {former.map((one) => (
                <li key={one.id} className="removed">
                  {readerName(one)}, jusqu’au {formatDay(one.endedAt ?? one.addedAt)}, par {one.endedByName}
                  {'\u00a0'}: {one.endReason}
                </li>
              ))}
            </ul>
          </details>
        ) : null}
        {keeps.allowed ? null : <p className="small mut">{keeps.reason}</p>}
      </Section>
      <Accesses data={data} />
      {asked === 'new' ? <AddDialog data={data} onClose={() => setAsked(null)} /> : null}
      {asked !== null && asked !== 'new' ? <RemoveDialog data={data} reader={asked} onClose={() => setAsked(null)} /> : null}
    </>
  )
}

function readerName(one: ReportReader): string {
  return one.name ?? 'Direction du service'
}

function groundOf(one: ReportReader): string {
  if (one.ground === 'author') return 'a écrit le signalement'
  if (one.ground === 'director') return 'quiconque dirige le service'
  return `${one.reason ?? ''} · nommé le ${formatDay(one.addedAt)} par ${one.addedByName ?? ''}`
}

/** Who opened it, from the audit itself. */
function Accesses({ data }: { readonly data: ReportData }): ReactNode {
  const { data: found } = useJalonQuery(reportAccesses, { id: data.id })
  const byUser = new Map<string, { name: string; reads: number; lastAt: string }>()
  for (const row of found?.rows ?? []) {
    const key = row.userId ?? row.name
    const before = byUser.get(key)
    const reads = (before?.reads ?? 0) + (row.action === 'safeguarding.report' ? row.times : 0)
    byUser.set(key, { name: row.name, reads, lastAt: before && before.lastAt > row.lastAt ? before.lastAt : row.lastAt })
  }
  return (
    <Section title="Qui l’a ouvert">
      <ul className="lines">
        {[...byUser].map(([key, one]) => (
          <li key={key}>
            <div className="row sp">
              <b className="cut">{one.name}</b>
              <span className="small mut nw">{plural(one.reads, 'lecture')}</span>
            </div>
            <p className="small mut">dernière le {formatInstant(one.lastAt)}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function AddDialog({ data, onClose }: { readonly data: ReportData; readonly onClose: () => void }): ReactNode {
  const team = useJalonQuery(colleagues, { functions: ['referent', 'doctor', 'team_lead', 'director'] })
  const already = new Set(data.readers.filter((one) => one.endedAt === null).map(({ userId }) => userId as string | null))
  const form = useActionForm(addReader, {
    target: data as unknown as ReportTarget,
    initialValues: () => ({ id: newId<never>() as string, reportId: data.id as string, userId: '', reason: '' }),
    done: 'Lecteur nommé. Il lit le signalement dès maintenant.',
    onDone: onClose,
  })
  const options = (team.data?.rows ?? [])
    .filter(({ userId }) => !already.has(userId))
    .map((one) => ({ value: one.userId, label: [one.name, one.jobTitle].filter(Boolean).join(', ') }))
  return (
    <Modal opened onClose={onClose} title="Nommer un lecteur">
      <Form form={form}>
        <SelectField {...form.field('userId')} label="Collègue" options={options} span={12} />
        <TextField {...form.field('reason')} label="Pourquoi" hint="affiché à tous les lecteurs" span={12} />
        <FormFoot form={form} submit="Nommer" />
      </Form>
    </Modal>
  )
}

function RemoveDialog({ data, reader, onClose }: { readonly data: ReportData; readonly reader: ReportReader; readonly onClose: () => void }): ReactNode {
  const form = useActionForm(removeReader, {
    target: data as unknown as ReportTarget,
    initialValues: { id: reader.id as string, reportId: data.id as string, reason: '' },
    done: 'Lecteur retiré. Sa page se ferme.',
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={`Retirer ${readerName(reader)}`}>
      <Form form={form}>
        <TextField {...form.field('reason')} label="Pourquoi" hint="gardé dans l’historique" span={12} autoFocus />
        <FormFoot form={form} submit="Retirer" />
      </Form>
    </Modal>
  )
}
