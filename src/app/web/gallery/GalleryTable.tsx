import { IconInbox } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { z } from 'zod'
import { defineQuery, signedIn } from '../../../platform/contract/action.ts'
import { cursor } from '../../../platform/contract/fields.ts'
import type { ListQuery } from '../../../platform/web/api/use-query.ts'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'

const row = z.object({ id: z.string(), received: z.string(), service: z.string(), motive: z.string(), answered: z.string(), late: z.boolean() })

const examples = defineQuery({
  name: 'gallery.requests',
  title: 'Exemple de liste',
  input: z.object({ cursor }),
  output: z.object({ rows: z.array(row), next: z.string().nullable(), total: z.number() }),
  access: signedIn('the gallery of components'),
  audit: { none: 'invented rows' },
  csv: { file: 'exemple', columns: ['Reçue le', 'Service'], rows: (output) => output.rows.map((one) => [one.received, one.service]) },
})

const rows = [
  { id: '1', received: '30/09/2026', service: 'CH des Hautes-Vallées, SMR', motive: 'Sortie sans aide à domicile', answered: '3 h', late: false },
  { id: '2', received: '29/09/2026', service: 'CH, équipe de gériatrie', motive: 'Logement inadapté', answered: '1 j', late: false },
  { id: '3', received: '29/09/2026', service: 'CH, service social', motive: 'Plus de médecin traitant', answered: '4 j', late: true },
]

/** A table of the server, without a server. */
export function GalleryTable(): ReactNode {
  const [sort, setSort] = useState('-received')
  const list: ListQuery<typeof examples> = {
    contract: examples,
    input: {},
    rows: sort === 'received' ? [...rows].reverse() : rows,
    total: 354,
    hasMore: true,
    more: () => undefined,
    loading: false,
    loadingMore: false,
    error: null,
    retry: () => undefined,
  }
  return (
    <Section title="Une liste">
      <div className="card" style={{ overflow: 'hidden' }}>
        <DataTable
          list={list}
          caption="Demandes des hôpitaux"
          unit={['demande', 'demandes']}
          csv
          sort={sort}
          onSort={setSort}
          rowKey={(one) => one.id}
          rowLink={() => ({ to: '/demandes' })}
          empty={<EmptyState icon={IconInbox} title="Aucune demande" />}
          columns={[
            { key: 'received', head: 'Reçue le', cell: (one) => one.received, sort: 'received', width: 120 },
            { key: 'service', head: 'Service', cell: (one) => one.service },
            { key: 'motive', head: 'Motif', cell: (one) => one.motive },
            { key: 'answered', head: 'Répondu en', cell: (one) => (one.late ? <StatusPill tone="alert">{one.answered}</StatusPill> : one.answered), num: true },
          ]}
        />
      </div>
    </Section>
  )
}
