import { IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { saveFile } from '../../../platform/web/api/client.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import type { FormDefinition } from '../../contract/form-definition.ts'
import { currentForm } from '../../contract/library.ts'
import { formVersions } from '../../contract/queries.ts'
import { FormFacts } from './FormFacts.tsx'
import { isStarter } from './FormList.tsx'

/** What the form on screen is, its versions, and its file to begin another from. */
export function AboutLoaded({ form }: { readonly form: FormDefinition }): ReactNode {
  return (
    <>
      <Section title="Ce formulaire">
        <FormFacts form={form} />
      </Section>
      {isStarter(form) ? (
        <p className="small mut">Livré avec Jalon : il ne se remplace pas. Pour l’adapter, enregistrez son fichier et donnez-lui un autre code.</p>
      ) : (
        <Versions form={form} />
      )}
      <p>
        <Button
          small
          icon={IconDownload}
          onClick={() => saveFile(new Blob([JSON.stringify(form, null, 2)], { type: 'application/json' }), `${form.code}-${form.version}.json`)}
        >
          Enregistrer son fichier
        </Button>
      </p>
    </>
  )
}

function Versions({ form }: { readonly form: FormDefinition }): ReactNode {
  const versions = useJalonQuery(formVersions, {})
  const current = currentForm(form.code)?.version
  return (
    <Section title="Versions">
      <QueryState query={versions}>
        {({ rows }) => (
          <ul className="lines">
            {rows
              .filter((row) => row.code === form.code)
              .map((row) => (
                <li key={row.version} className="row row--top">
                  <span className="grow">
                    <Link
                      to="."
                      replace
                      search={{ formulaire: row.code, version: row.version } as never}
                      aria-current={row.version === form.version ? 'true' : undefined}
                    >
                      Version {row.version}
                    </Link>
                    <span className="small mut" style={{ display: 'block' }}>
                      {formatInstant(row.loadedAt)}, {row.loadedByName}
                    </span>
                  </span>
                  {row.version === current ? <StatusPill tone="success">En vigueur</StatusPill> : <StatusPill>Remplacée</StatusPill>}
                </li>
              ))}
          </ul>
        )}
      </QueryState>
    </Section>
  )
}
