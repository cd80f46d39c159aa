import { IconSearch, IconUserSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { searchPersons } from '../../persons/contract/queries.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { CenterColumn, Columns } from '../../platform/web/layout/Columns.tsx'
import { nameOf, traitsOf } from './report-words.tsx'

/** Whose file the facts are found in: a person whom one sees. */
export function WhoItIs({ onPick }: { readonly onPick: (personId: PersonId) => void }): ReactNode {
  const [text, setText] = useState('')
  const asked = text.trim().length >= 2
  const found = useJalonQuery(searchPersons, { text, limit: 8 }, { enabled: asked, keepPrevious: true })
  return (
    <Columns kind="one">
      <CenterColumn label="La personne accompagnée">
        <div className="whoitis stack stack--3">
          <h2>Dans le dossier de qui ?</h2>
          <p className="mut">La personne accompagnée, même si c’est un enfant ou un voisin qui est en danger : vous le direz ensuite.</p>
          <TextField
            value={text}
            onChange={setText}
            label="Chercher une personne"
            hint="nom, prénom, date de naissance"
            icon={IconSearch}
            inputMode="search"
            maxLength={200}
            span={12}
            autoFocus
          />
          {asked ? (
            <QueryState
              query={found}
              isEmpty={(data) => data.rows.length === 0}
              empty={
                <EmptyState icon={IconUserSearch} title="Personne ne répond parmi celles que vous voyez">
                  Vérifiez le nom. Une personne que votre DAC n’accompagne pas : créez d’abord son identité dans Personnes.
                </EmptyState>
              }
            >
              {(data) => (
                <ul className="lines">
                  {data.rows.map((row) => (
                    <li key={row.personId}>
                      <button type="button" className="linklike" onClick={() => onPick(row.personId)}>
                        {nameOf({ person: row })}
                      </button>
                      <p className="small mut">{traitsOf({ person: row })}</p>
                    </li>
                  ))}
                </ul>
              )}
            </QueryState>
          ) : null}
        </div>
      </CenterColumn>
    </Columns>
  )
}
