import './gallery.css'
import {
  IconAlertTriangle,
  IconBan,
  IconCalendarTime,
  IconCircleCheck,
  IconCircleDashed,
  IconClipboardCheck,
  IconHandStop,
  IconHourglass,
  IconPencil,
  IconPlayerPlay,
  IconPlus,
  IconPrinter,
  IconUserQuestion,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Hit } from '../../../platform/web/display/Hit.tsx'
import { DelayWords, JalonPole } from '../../../platform/web/display/JalonPole.tsx'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { LongWork } from '../../../platform/web/display/LongWork.tsx'
import { EmptyState, HiddenNotice, NewsBar, Notice } from '../../../platform/web/display/Notice.tsx'
import { ErrorState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill, Token, TokenChoice } from '../../../platform/web/display/StatusPill.tsx'
import { FilItem, Timeline } from '../../../platform/web/display/Timeline.tsx'
import { ToastLine, toast } from '../../../platform/web/display/toast.tsx'
import { PriveBlock, VoletChip, VoletShape } from '../../../platform/web/display/Volet.tsx'
import { ConflictTable } from '../../../platform/web/form/ConflictModal.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { ScrollRegion } from '../../../platform/web/layout/ScrollRegion.tsx'
import type { Delay } from '../../../platform/web/text/delays.ts'
import { GalleryCharts } from './GalleryCharts.tsx'
import { GalleryFields } from './GalleryFields.tsx'
import { GalleryForm } from './GalleryForm.tsx'
import { GalleryHeaders } from './GalleryHeaders.tsx'
import { GalleryTable } from './GalleryTable.tsx'

const delays: readonly Delay[] = [
  { bands: 1, tone: 'calm', words: 'reste 3\u00a0j' },
  { bands: 3, tone: 'calm', words: 'reste 1\u00a0j' },
  { bands: 4, tone: 'near', words: 'reste 2\u00a0h' },
  { bands: 5, tone: 'late', words: 'en retard de 3\u00a0h' },
]

const conflict = {
  fields: [
    {
      field: 'phone',
      base: '06 39 98 41 00',
      theirs: '06 39 98 41 07',
      mine: '06 39 98 41 70',
      theirsBy: 'Nadia Ferry',
      theirsAt: '2026-10-15T09:40:00+02:00',
    },
    {
      field: 'instruction',
      base: 'Appeler',
      theirs: 'Appeler après 18 h',
      mine: 'Appeler le matin',
      theirsBy: 'Nadia Ferry',
      theirsAt: '2026-10-15T09:40:00+02:00',
    },
    { field: 'keys', base: null, theirs: 'Chez la voisine, n° 14', mine: null, theirsBy: 'Nadia Ferry', theirsAt: '2026-10-15T09:40:00+02:00' },
  ],
  labels: { phone: 'Téléphone', instruction: 'Consigne', keys: 'Clés' },
  keep: () => toast({ text: 'Vos choix sont enregistrés.' }),
  close: () => undefined,
}

/** Every component in its states, and above all in those one forgets: empty, error, conflict, waiting, offline. */
export function GalleryPage(): ReactNode {
  const [motives, setMotives] = useState<readonly string[]>(['Sortie d’hospitalisation'])
  const toggle = (motive: string, on: boolean): void => setMotives(on ? [...motives, motive] : motives.filter((one) => one !== motive))
  return (
    <Page title="Composants et états" note="données inventées">
      <ScrollRegion region className="scroll" label="Composants">
        <div className="gallery">
          <div className="row sp">
            <h1>Composants et états</h1>
            <span className="small mut">les cas que l’on oublie{'\u00a0'}: vide, erreur, conflit, attente, hors connexion</span>
          </div>
          <div className="g3">
            <Section title="Volets : couleur, forme et mot">
              <div className="stack">
                <div className="row wrap">
                  <VoletChip volet="health" />
                  <VoletChip volet="social" />
                  <VoletChip volet="administrative" />
                  <VoletChip volet="private" />
                </div>
                <div className="row">
                  <VoletShape volet="health" />
                  <VoletShape volet="social" />
                  <VoletShape volet="administrative" />
                  <VoletShape volet="private" />
                  <span className="small mut">dans le fil et sur le téléphone</span>
                </div>
              </div>
            </Section>
            <Section title="Statuts">
              <div className="row wrap" style={{ gap: 6 }}>
                <StatusPill icon={IconCircleDashed}>Proposée</StatusPill>
                <StatusPill icon={IconCalendarTime}>Planifiée</StatusPill>
                <StatusPill tone="accent" icon={IconPlayerPlay}>
                  En cours
                </StatusPill>
                <StatusPill tone="success" icon={IconCircleCheck}>
                  Réalisée
                </StatusPill>
                <StatusPill icon={IconHandStop}>Refusée par la personne</StatusPill>
                <StatusPill tone="warning" icon={IconBan}>
                  Non réalisable
                </StatusPill>
                <StatusPill tone="alert" icon={IconHourglass}>
                  En retard
                </StatusPill>
                <StatusPill tone="draft" icon={IconPencil}>
                  Brouillon
                </StatusPill>
              </div>
            </Section>
            <Section title="Le jalon : un délai qui se remplit">
              <div className="row wrap" style={{ gap: 22, height: 44 }}>
                {delays.map((delay) => (
                  <span key={delay.words} className="row" style={{ alignSelf: 'stretch' }}>
                    <JalonPole bands={delay.bands} tone={delay.tone} />
                    <DelayWords delay={delay} />
                  </span>
                ))}
              </div>
            </Section>
          </div>
          <div className="g3">
            <Section title="Boutons">
              <div className="stack">
                <div className="row wrap">
                  <Button main keys="Ctrl+Enter" onClick={() => toast({ text: 'Demande close, réponse enregistrée.', undo: () => undefined })}>
                    Répondre et clore
                  </Button>
                  <Button onClick={() => toast({ text: 'Réseau perdu. 2 notes attendent ici.', tone: 'network' })}>À qualifier</Button>
                  <Button
                    alert
                    onClick={() =>
                      void confirm({
                        title: 'Clore cette situation ?',
                        text: 'Le cercle en est informé. Elle peut être rouverte.',
                        action: 'Clore la situation',
                        danger: true,
                      })
                    }
                  >
                    Clore
                  </Button>
                </div>
                <div className="row wrap">
                  <Button disabled>Indisponible</Button>
                  <span className="small mut">La raison s’écrit à côté.</span>
                </div>
                <div className="row wrap" style={{ gap: 6 }}>
                  <Token>04/11/1938 compris</Token>
                  <Token ok>notre DAC</Token>
                  {['Sortie d’hospitalisation', 'Aidant épuisé'].map((motive) => (
                    <TokenChoice key={motive} on={motives.includes(motive)} onChange={(on) => toggle(motive, on)}>
                      {motive}
                    </TokenChoice>
                  ))}
                </div>
              </div>
            </Section>
            <GalleryFields />
            <Section title="Messages brefs">
              <div className="stack">
                <ToastLine toast={{ text: 'Note partagée avec 4 personnes.', undo: () => undefined }} />
                <ToastLine toast={{ text: 'Réseau perdu. 2 notes attendent ici.', tone: 'network' }} />
                <NewsBar count={3} onShow={() => undefined} />
              </div>
            </Section>
          </div>
          <div className="g2">
            <Section title="Deux personnes ont modifié la même fiche">
              <div className="card" style={{ overflow: 'hidden' }}>
                <ConflictTable conflict={conflict} />
              </div>
            </Section>
            <Section title="Un travail long">
              <div className="stack">
                <LongWork
                  title="Import RPPS d’octobre"
                  state="running"
                  done={124310}
                  total={200000}
                  timeLeft="reste environ 3 min"
                  rejected={18}
                  report={<a href="#rejets">Voir pourquoi</a>}
                  onSuspend={() => undefined}
                  onCancel={() => undefined}
                />
                <HiddenNotice
                  count={2}
                  reason={'Volet santé\u00a0: votre fonction donne accès au volet social.'}
                  askTo={<a href="#demander">Demander l’accès</a>}
                />
              </div>
            </Section>
          </div>
          <div className="g3">
            <Section title="Rien encore">
              <EmptyState icon={IconClipboardCheck} title="Aucune alerte à prendre">
                Tout est pris. La prochaine arrivera ici et sur votre téléphone.
              </EmptyState>
            </Section>
            <Section title="Rien trouvé">
              <EmptyState
                icon={IconUserQuestion}
                title="Personne ne répond à « tiriet jerar »"
                action={
                  <Button small icon={IconPlus}>
                    Identité provisoire
                  </Button>
                }
              >
                Essayez la date de naissance seule, ou créez une identité provisoire.
              </EmptyState>
            </Section>
            <Section title="Une erreur">
              <ErrorState title="L’envoi MSSanté n’est pas parti" onRetry={() => undefined}>
                La messagerie ne répond pas. Le courrier est gardé, nouvel essai à 9{'\u00a0'}h{'\u00a0'}50.
              </ErrorState>
            </Section>
          </div>
          <div className="g3">
            <Notice tone="alert">
              <b>Alerte.</b> À prendre par quelqu’un, maintenant.
            </Notice>
            <Notice tone="warning">
              <b>Attention.</b> Un délai approche, une réponse manque.
            </Notice>
            <Notice tone="info">
              <b>Information.</b> Un changement depuis la version 2.
            </Notice>
          </div>
          <div className="g3">
            <Section title="Fil" count="2 nouveautés">
              <Timeline>
                <FilItem volet="health" title="Chute dans la salle de bains" meta="aujourd’hui 7 h 50 · Thomas Noël, infirmier" unread>
                  Relevée seule vers 21 h, pas de plaie.
                </FilItem>
                <FilItem volet="private" title="À vérifier avant la concertation" meta="hier 16 h 40 · Karim Belkacem · visible du seul DAC" unread>
                  Le curateur n’a pas répondu.
                </FilItem>
                <FilItem volet="administrative" title="Pièce reçue pour l’APA" meta="02/10/2026 · Alain Colin, curateur">
                  Avis d’imposition 2025.
                </FilItem>
              </Timeline>
            </Section>
            <Section title="Reconnu pendant la frappe">
              <div className="stack stack--3">
                <Hit best>
                  <div className="row sp">
                    <h3>THIRIET Gérard, 87 ans</h3>
                    <Keys k="Enter" />
                  </div>
                  <div className="small mut">Né le 04/11/1938 · 12, rue de la Gare, Le Thillot</div>
                </Hit>
                <Hit dashed>
                  <b>THIRIET Gérald</b>
                  <div className="small mut">Baccarat, DAC Meurthe et Mortagne · traits partiels</div>
                </Hit>
              </div>
            </Section>
            <Section title="Privé DAC">
              <PriveBlock>
                <b>Ne pas en parler devant elle</b>
                <p className="small mut">visible du seul DAC, ne s’imprime jamais avec un document partagé</p>
              </PriveBlock>
              <div className="row" style={{ marginTop: 12 }}>
                <Button small icon={IconPrinter} onClick={() => window.print()}>
                  Imprimer
                </Button>
                <StatusPill tone="alert" icon={IconAlertTriangle}>
                  2 alertes
                </StatusPill>
              </div>
            </Section>
          </div>
          <div className="g2">
            <GalleryForm />
            <GalleryTable />
          </div>
          <GalleryCharts />
          <GalleryHeaders />
        </div>
      </ScrollRegion>
    </Page>
  )
}
