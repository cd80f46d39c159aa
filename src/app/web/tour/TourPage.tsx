import './tour.css'
import { IconAlertTriangle, IconCloudOff, IconDeviceMobileDown, IconDog, IconKey, IconMapPin, IconRefresh, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { hoursWords, placeWords } from '../../../agenda/web/occurrence-words.ts'
import { faultOfCode } from '../../../offline/contract/read-key.ts'
import { carryTour, type Tour } from '../../../offline/web/carrying.ts'
import { ageOn } from '../../../platform/contract/dates.ts'
import { errorDetail } from '../../../platform/web/api/api-error.ts'
import { network } from '../../../platform/web/api/network.ts'
import { useSession } from '../../../platform/web/api/SessionProvider.tsx'
import { useSignal } from '../../../platform/web/api/signal.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { EmptyState, Notice } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { Bar, Card, CenterColumn, Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatHour, formatLongDay, today } from '../../../platform/web/text/dates.ts'
import { formatCivilName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { Standing } from './Standing.tsx'
import { useOffline } from './use-offline.ts'

/** The visits of today and the files that they open, on this device: with a network or without. */
export function TourPage(): ReactNode {
  const { carrying } = useOffline()
  const tour = carrying?.tour ?? null
  return (
    <Page title="Ma tournée" hiddenHeading>
      <Bar title="Ma tournée">{tour === null ? null : <span className="mut">{formatLongDay(tour.day)}</span>}</Bar>
      <Columns kind="one">
        <CenterColumn label="Ma tournée">
          <div className="tour">
            <Standing />
            {tour === null ? <Prepare /> : <Visits tour={tour} />}
            {tour === null ? null : <Taken tour={tour} />}
          </div>
        </CenterColumn>
      </Columns>
    </Page>
  )
}

function Visits({ tour }: { readonly tour: Tour }): ReactNode {
  const label = useValueLabels()
  if (tour.visits.length === 0) {
    return (
      <EmptyState icon={IconMapPin} title="Aucun rendez-vous aujourd’hui">
        La tournée reprend l’agenda du jour{'\u00a0'}: ce que vous y ajoutez se prend avec « Actualiser ».
      </EmptyState>
    )
  }
  return (
    <ol className="tour__visits" aria-label="Visites du jour">
      {tour.visits.map((visit) => {
        const file = tour.files.find(({ personId }) => personId === visit.person?.personId)
        const { person, safety } = visit
        const head = (
          <>
            <b>{person === null ? (visit.title ?? label('agenda.appointment_kind', visit.kind)) : formatCivilName(person)}</b>
            {person?.birthDay ? <span className="mut">, {ageOn(person.birthDay, today())} ans</span> : null}
          </>
        )
        return (
          <li key={visit.id} className={file === undefined ? 'tour__visit' : 'tour__visit tour__visit--file'}>
            <time className="num">{hoursWords(visit)}</time>
            <div className="grow">
              {file === undefined ? (
                head
              ) : (
                <Link className="tour__open" to="/tournee/$personId" params={{ personId: file.personId } as never}>
                  {head}
                </Link>
              )}
              <div className="small mut">{[label('agenda.appointment_kind', visit.kind), placeWords(visit)].filter(Boolean).join(' · ')}</div>
              {safety === null ? null : (
                <div className="row wrap small tour__door">
                  {safety.doorCode === null ? null : (
                    <span>
                      <Ic of={IconKey} size="s" /> {safety.doorCode}
                    </span>
                  )}
                  {safety.animals === null ? null : (
                    <span>
                      <Ic of={IconDog} size="s" /> {safety.animals}
                    </span>
                  )}
                  {safety.neverAlone ? (
                    <span className="t-alert semi">
                      <Ic of={IconUsers} size="s" /> Jamais seul
                    </span>
                  ) : null}
                </div>
              )}
              {person !== null && file === undefined ? <div className="small t-warning">Dossier non emporté{'\u00a0'}: il ne vous est pas ouvert.</div> : null}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** What was taken, until when it reads, and how it opens again. */
function Taken({ tour }: { readonly tour: Tour }): ReactNode {
  const { carrying } = useOffline()
  const [again, setAgain] = useState(false)
  const lost = useSignal(network) === 'lost'
  if (carrying === null) return null
  const { coded, terms, withoutNetwork } = carrying
  return (
    <Card title="Sur cet appareil" badge={<StatusPill tone="success">{plural(tour.files.length, 'dossier')}</StatusPill>}>
      <p>
        Emportés à {formatHour(tour.takenAt)}, chiffrés, lisibles jusqu’à <b>{formatHour(terms.readUntil)}</b>. Ils s’effacent à cette heure, à la fin de votre
        session ou dès que vous vous déconnectez.
      </p>
      <p className="small mut" style={{ marginTop: 6 }}>
        {coded
          ? 'Navigateur fermé sans réseau\u00a0: votre code de tournée les rouvre.'
          : 'Sans code de tournée, fermer le navigateur referme les dossiers jusqu’au retour du réseau.'}{' '}
        Ce que vous écrivez est scellé pour le serveur et reste ici jusqu’à son envoi.
      </p>
      {again ? (
        <Prepare />
      ) : (
        <div className="row wrap" style={{ marginTop: 12 }}>
          <Button icon={IconRefresh} blocked={lost || withoutNetwork} onClick={() => setAgain(true)}>
            Actualiser la tournée
          </Button>
          {lost ? <span className="small mut">avec le réseau</span> : null}
        </div>
      )}
    </Card>
  )
}

/** « Préparer ma tournée »: what is taken, the code that opens it again, one button. */
function Prepare(): ReactNode {
  const { carrying } = useOffline()
  const lost = useSignal(network) === 'lost'
  const { settings } = useSession()
  const [code, setCode] = useState('')
  const [state, setState] = useState<{ readonly pending: boolean; readonly error: string | null }>({ pending: false, error: null })
  const fault = code === '' ? null : faultOfCode(code)
  const prepare = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setState({ pending: true, error: null })
    try {
      await carryTour(code === '' ? null : code)
      setCode('')
      setState({ pending: false, error: null })
    } catch (error) {
      setState({ pending: false, error: errorDetail(error) })
    }
  }
  if (settings['offline'] !== true) {
    return (
      <EmptyState icon={IconCloudOff} title="Le travail sans réseau n’est pas ouvert">
        Votre installation n’a pas encore de clé pour le sceller. Demandez à son exploitant.
      </EmptyState>
    )
  }
  if (lost && carrying?.tour == null) {
    return (
      <EmptyState icon={IconCloudOff} title="Aucune tournée sur cet appareil">
        Elle se prépare avec le réseau, avant de partir.
      </EmptyState>
    )
  }
  return (
    <Card title={carrying?.tour == null ? 'Préparer ma tournée' : 'Actualiser ma tournée'}>
      <form className="form" onSubmit={(event) => void prepare(event)}>
        <div className="f">
          <p>
            Les dossiers de vos rendez-vous du jour viennent sur cet appareil, chiffrés{'\u00a0'}: en-tête, qui appeler, consignes de visite, PPCS, dernières
            notes, évaluation en cours. Vous les lisez et vous y écrivez sans réseau. <b>Chaque personne peut savoir que son dossier a été emporté.</b>
          </p>
        </div>
        {carrying?.terms.reopening === false ? null : (
          <TextField
            label="Code de tournée"
            optional
            span={12}
            value={code}
            onChange={setCode}
            error={fault ?? undefined}
            hint="Huit caractères, lettres et chiffres. Rouvre les dossiers sans réseau si le navigateur s’est fermé. Il n’est gardé nulle part."
          />
        )}
        {state.error === null ? null : (
          <div className="f">
            <Notice tone="alert" live>
              {state.error}
            </Notice>
          </div>
        )}
        <div className="f row wrap">
          <Button main type="submit" icon={IconDeviceMobileDown} disabled={state.pending || fault !== null || carrying === null}>
            {state.pending ? 'Préparation…' : 'Emporter ma tournée'}
          </Button>
          <span className="small mut">
            <Ic of={IconAlertTriangle} size="s" /> Sur un appareil partagé, déconnectez-vous au retour.
          </span>
        </div>
      </form>
    </Card>
  )
}
