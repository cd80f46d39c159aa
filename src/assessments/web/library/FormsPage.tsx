import './library.css'
import { IconClipboardList, IconFileUpload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { Bar, CenterColumn, Columns, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { TabLinks } from '../../../platform/web/layout/TabLinks.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { administrationPlacesFor } from '../../../territory/contract/administration-places.ts'
import { addForms, currentForm, formVersion } from '../../contract/library.ts'
import { regionalForms } from '../../contract/queries.ts'
import { AboutLoaded } from './AboutLoaded.tsx'
import { FormList } from './FormList.tsx'
import { FormTrial } from './FormTrial.tsx'
import { Publishing } from './Publishing.tsx'
import { type Candidate, readCandidate } from './read-file.ts'

/** The library of forms: those of the region, version after version, beside those that come with Jalon; a file to check, to try and to publish. */
export function FormsPage(): ReactNode {
  const forms = useJalonQuery(regionalForms, {})
  addForms(forms.data?.rows ?? [])
  return (
    <Page title="Formulaires d’évaluation">
      <Bar title="Administration" />
      <div className="admintabs">
        <TabLinks label="Administration" tabs={administrationPlacesFor(useActor())} />
      </div>
      <QueryState query={forms}>{() => <Library />}</QueryState>
    </Page>
  )
}

function Library(): ReactNode {
  const { filters } = useUrlFilters({ formulaire: 'code', version: 'code' })
  const navigate = useNavigate()
  const [candidate, setCandidate] = useState<Candidate | null>(null)
  const shown = filters.formulaire
    ? ((filters.version ? formVersion(filters.formulaire, filters.version) : undefined) ?? currentForm(filters.formulaire))
    : undefined
  const leave = (): void => setCandidate(null)
  const published = (code: string, version: string): void => {
    setCandidate(null)
    void navigate({ to: '.', search: { formulaire: code, version } as never, replace: true })
  }
  return (
    <Columns kind="dir" drawerLabel={candidate ? 'Publier' : 'À propos'} listFirst={candidate === null && shown === undefined}>
      <SideColumn side="left" label="Formulaires" flush>
        <ChooseFile onChosen={(file) => void readCandidate(file).then(setCandidate)} />
        <FormList chosen={candidate ? null : (shown ?? null)} onPick={leave} />
      </SideColumn>
      <CenterColumn label="Aperçu">
        {candidate ? (
          <CandidateView candidate={candidate} />
        ) : shown ? (
          <>
            <h2>{shown.title}</h2>
            <p className="small mut">{shown.purpose.replace(/\.$/, '')}. Essayez-le : rien n’est gardé.</p>
            <FormTrial key={`${shown.code} ${shown.version}`} form={shown} />
          </>
        ) : (
          <EmptyState icon={IconClipboardList} title="Choisissez un formulaire, ou chargez celui de votre région">
            Le fichier est vérifié, vous l’essayez ici, puis vous publiez sa version. Ce qui a déjà été répondu garde la sienne.
          </EmptyState>
        )}
      </CenterColumn>
      <SideColumn side="right" label={candidate ? 'Publier' : 'À propos'}>
        {candidate ? <Publishing candidate={candidate} onLeave={leave} onPublished={published} /> : shown ? <AboutLoaded form={shown} /> : <HowTo />}
      </SideColumn>
    </Columns>
  )
}

/** The file of a form; the same one may be chosen again once it was corrected. */
function ChooseFile(props: { readonly onChosen: (file: File) => void }): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="library__choose">
      <Button icon={IconFileUpload} onClick={() => input.current?.click()}>
        Charger un fichier
      </Button>
      <input
        ref={input}
        className="vh"
        type="file"
        tabIndex={-1}
        accept=".json,application/json"
        aria-label="Fichier d’un formulaire, en JSON"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) props.onChosen(file)
        }}
      />
    </div>
  )
}

function CandidateView({ candidate }: { readonly candidate: Candidate }): ReactNode {
  const { form, faults, fileName } = candidate
  if (form === null)
    return (
      <>
        <h2>{fileName}</h2>
        <Notice tone="alert" live>
          <b>{faults.length > 1 ? `${plural(faults.length, 'faute')} à corriger` : 'À corriger'} : rien n’est publié.</b> Corrigez le fichier, puis chargez-le à
          nouveau.
        </Notice>
        <ul className="lines">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      </>
    )
  return (
    <>
      <h2>{form.title}</h2>
      <Notice tone="info" live>
        <b>Aperçu de {fileName} : rien n’est encore publié.</b> Répondez pour essayer les conditions et le score.
      </Notice>
      <FormTrial key={candidate.definition} form={form} />
    </>
  )
}

function HowTo(): ReactNode {
  return (
    <div className="stack">
      <h2>Un formulaire de la région</h2>
      <p className="mut">
        C’est un fichier JSON : un titre, des rubriques qui portent chacune leur volet, des questions, un score s’il y en a un. Pour en écrire un, partez d’un
        formulaire de la liste et de « Enregistrer son fichier ».
      </p>
      <p className="mut">
        Jalon livre les grilles dont la licence le permet. MNA, MMSE, MoCA, Zarit ou interRAI se chargent ici si votre région en a le droit.
      </p>
    </div>
  )
}
