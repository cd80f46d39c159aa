import { IconFileText, IconHome, IconMailForward, IconShieldCheck, IconUserCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { planSummary } from '../../../care-plans/contract/queries.ts'
import { PersonFiles } from '../../../liaison/web/PersonFiles.tsx'
import { isDacStaff } from '../../../platform/contract/actor.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Ic, type Icon } from '../../../platform/web/display/Ic.tsx'
import { Columns, Section, Sheet } from '../../../platform/web/layout/Columns.tsx'

interface Printable {
  readonly icon: Icon
  readonly title: string
  readonly detail: string
  readonly to: string
}

/** Every paper that the file can make, each one click away, then what came with the notes of the notebook. */
export function DocumentsTab({ personId }: { readonly personId: PersonId }): ReactNode {
  const actor = useActor()
  const beyondDesk = actor.volets.some((volet) => volet !== 'administrative')
  const plan = useJalonQuery(planSummary, { personId }, { enabled: beyondDesk })
  const summary = plan.data?.plan
  const papers: readonly Printable[] = [
    ...(beyondDesk
      ? [
          {
            icon: IconFileText,
            title: 'PPCS',
            detail:
              summary?.validatedNumber && summary.validatedOn
                ? `version ${summary.validatedNumber}, validée le ${formatDay(summary.validatedOn)} · PDF pour la personne et pour le cercle`
                : 'aucune version validée pour l’instant',
            to: '/personnes/$personId/ppcs',
          },
        ]
      : []),
    { icon: IconHome, title: 'Feuille du frigo', detail: 'qui vient et quand, qui appeler, en gros caractères', to: '/personnes/$personId/feuille-du-frigo' },
    ...(isDacStaff(actor)
      ? [{ icon: IconMailForward, title: 'Lettres de réponse', detail: 'dans chaque demande, une fois la réponse donnée', to: '/personnes/$personId/echanges' }]
      : []),
    {
      icon: IconShieldCheck,
      title: 'Ce que Jalon sait d’elle',
      detail: 'tout son dossier en PDF ou en JSON, à lui remettre',
      to: '/personnes/$personId/droits',
    },
    { icon: IconUserCheck, title: 'Qui a ouvert son dossier', detail: 'quand et pourquoi, à lui remettre', to: '/personnes/$personId/acces' },
  ]
  return (
    <Columns kind="one">
      <Sheet label="Documents">
        <div className="stack stack--4" style={{ maxWidth: 760 }}>
          <Section title="À imprimer, à remettre">
            <ul className="lines">
              {papers.map((paper) => (
                <li key={paper.title} className="row row--top document-line">
                  <Ic of={paper.icon} />
                  <span className="grow">
                    <Link to={paper.to as never} params={{ personId } as never}>
                      <b>{paper.title}</b>
                    </Link>
                    <span className="small mut" style={{ display: 'block' }}>
                      {paper.detail}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </Section>
          <Section title="Photos et fichiers du carnet">
            <PersonFiles personId={personId} />
          </Section>
        </div>
      </Sheet>
    </Columns>
  )
}
