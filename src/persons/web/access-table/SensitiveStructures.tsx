import { Modal } from '@mantine/core'
import { IconPlus, IconShieldLock } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type DirectoryHit, hitDetail } from '../../../directory/contract/hit.ts'
import { searchDirectory } from '../../../directory/contract/queries.ts'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { marksStructures } from '../../contract/access.ts'
import { markSensitiveStructure } from '../../contract/access-actions.ts'
import { sensitiveStructures } from '../../contract/access-queries.ts'

type Row = OutputOf<typeof sensitiveStructures>['rows'][number]

/** Structures whose name is not said to the circle of a person in danger (a refuge, a centre for victims): only the DAC in charge reads it there. */
export function SensitiveStructures(): ReactNode {
  const marks = marksStructures(useActor(), null, null)
  const query = useJalonQuery(sensitiveStructures, {}, { enabled: marks.allowed })
  const [asked, setAsked] = useState<'new' | Row | null>(null)
  if (!marks.allowed) return null
  return (
    <Section
      title="Structures sensibles"
      end={
        <Button small quiet icon={IconPlus} onClick={() => setAsked('new')}>
          Marquer une structure
        </Button>
      }
    >
      <p className="small mut" style={{ marginBottom: 10 }}>
        Près d’une personne notée en danger ou dont l’adresse est cachée, leur nom n’est lu que par le DAC qui l’accompagne : centre d’hébergement, lieu
        d’accueil de victimes, unité spécialisée.
      </p>
      <QueryState
        query={query}
        isEmpty={(data) => data.rows.length === 0}
        empty={
          <EmptyState icon={IconShieldLock} title="Aucune structure marquée">
            Marquez celles dont le nom seul dirait où se trouve une personne protégée.
          </EmptyState>
        }
      >
        {(data) => (
          <ul className="lines">
            {data.rows.map((row) => (
              <li key={row.partyId}>
                <div className="row sp">
                  <span>
                    <b>{row.name}</b> <span className="mut">{row.city}</span>
                  </span>
                  <span className="small">
                    <button type="button" className="linklike" aria-label={`Ne plus marquer ${row.name}`} onClick={() => setAsked(row)}>
                      Ne plus marquer
                    </button>
                  </span>
                </div>
                <p className="small mut">
                  {row.reason} · depuis le {formatDay(row.since)}
                  {row.byName ? `, ${row.byName}` : ''}
                </p>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
      {asked === null ? null : <MarkDialog row={asked === 'new' ? null : asked} onClose={() => setAsked(null)} />}
    </Section>
  )
}

function MarkDialog({ row, onClose }: { readonly row: Row | null; readonly onClose: () => void }): ReactNode {
  const form = useActionForm<typeof markSensitiveStructure, { readonly name: string; readonly partyId: string; readonly reason: string }>(
    markSensitiveStructure,
    {
      target: undefined as never,
      initialValues: { name: row?.name ?? '', partyId: row?.partyId ?? '', reason: '' },
      toInput: ({ partyId, reason }) => ({ partyId, reason, sensitive: row === null }),
      fieldOf: (path) => (path === 'partyId' ? 'name' : path),
      done: row === null ? 'Structure marquée. Son nom se tait dès maintenant près des personnes en danger.' : 'Structure rendue ordinaire.',
      onDone: onClose,
    },
  )
  const combo = useCombo<DirectoryHit>({
    search: async (text, signal) => (await callQuery(searchDirectory, { text, limit: 6 }, signal)).rows,
    keyOf: (hit) => hit.partyId,
    onPick: (hit) => form.setAll({ name: hit.label, partyId: hit.partyId }),
  })
  return (
    <Modal opened onClose={onClose} title={row === null ? 'Marquer une structure sensible' : `Ne plus marquer ${row.name}`}>
      <Form form={form}>
        {row === null ? (
          <ComboField
            combo={combo}
            value={form.values.name}
            onChange={(name) => form.setAll({ name, partyId: '' })}
            error={form.errors['name']}
            label="Structure"
            hint="à choisir dans l’annuaire"
            span={12}
            option={(hit) => (
              <>
                <b>{hit.label}</b> <span className="small mut">{hitDetail(hit)}</span>
              </>
            )}
          />
        ) : null}
        <TextField {...form.field('reason')} label="Pourquoi" hint="gardé dans l’historique" span={12} />
        <FormFoot form={form} submit={row === null ? 'Marquer' : 'Ne plus marquer'} />
      </Form>
    </Modal>
  )
}
